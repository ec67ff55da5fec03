"""A document in any of its formats; each renderer is imported only when it is asked for."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from enum import StrEnum

from peernote_tui.documents.document import Document, Made, Paper


class Format(StrEnum):
    """The formats in which a document is written."""

    PDF = "pdf"
    DOCX = "docx"
    RTF = "rtf"
    TXT = "txt"
    MARKDOWN = "md"
    HTML = "html"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class FormatFacts:
    """What is to be known of a format.

    Attributes:
        suffix: Of its files, with the dot.
        media_type: As e-mail and browsers name it.
        module: The module whose `render` writes it; empty for one that holds data and is not laid out.
    """

    suffix: str
    media_type: str
    module: str = ""


_ROOM = "peernote_tui.documents.formats"
FACTS = {
    Format.PDF: FormatFacts(".pdf", "application/pdf", f"{_ROOM}.pdf"),
    Format.DOCX: FormatFacts(
        ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", f"{_ROOM}.docx"
    ),
    Format.RTF: FormatFacts(".rtf", "application/rtf", f"{_ROOM}.rtf"),
    Format.TXT: FormatFacts(".txt", "text/plain; charset=utf-8", f"{_ROOM}.text"),
    Format.MARKDOWN: FormatFacts(".md", "text/markdown; charset=utf-8", f"{_ROOM}.markdown"),
    Format.HTML: FormatFacts(".html", "text/html; charset=utf-8", f"{_ROOM}.html"),
    Format.JSON: FormatFacts(".json", "application/json"),
}
LAID_OUT = tuple(form for form in Format if FACTS[form].module)
"""The formats in which every document is written; the others hold data, and are made of some kinds of documents."""


def render(document: Document, form: Format, *, paper: Paper = Paper.A4) -> Made:
    """The document as a file of one of the formats that are laid out; the same bytes for the same document.

    Args:
        document: What is to be written.
        form: The format.
        paper: The size of a page, for formats that have pages.
    """
    module = importlib.import_module(FACTS[form].module)
    made: Made = module.render(document, paper=paper)
    return made
