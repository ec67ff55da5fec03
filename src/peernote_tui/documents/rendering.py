"""A document in any of its formats; each renderer is imported only when it is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from peernote_tui.documents.document import Document, Made, Paper, Piece


class Format(StrEnum):
    """The formats in which a document is written."""

    PDF = "pdf"
    DOCX = "docx"
    RTF = "rtf"
    TXT = "txt"
    MARKDOWN = "md"
    HTML = "html"
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    ICS = "ics"


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
    Format.XLSX: FormatFacts(".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    Format.CSV: FormatFacts(".csv", "text/csv; charset=utf-8"),
    Format.JSON: FormatFacts(".json", "application/json"),
    Format.JSONL: FormatFacts(".jsonl", "application/jsonl"),
    Format.ICS: FormatFacts(".ics", "text/calendar; charset=utf-8"),
}
LAID_OUT = tuple(form for form in Format if FACTS[form].module)
"""The formats in which every document is written; the others hold data, and are made of some kinds of documents."""


Watching: TypeAlias = Callable[[int, int], None]
"""Told how many pieces of how many are begun, in the thread that renders; what it raises ends the rendering."""


@dataclass(frozen=True, slots=True)
class _Watched:
    """The pieces of a document, telling how far they are walked; a renderer may walk them more than once."""

    pieces: tuple[Piece, ...]
    watching: Watching

    def __iter__(self) -> Iterator[Piece]:
        for at, piece in enumerate(self.pieces, start=1):
            self.watching(at, len(self.pieces))
            yield piece


def render(document: Document, form: Format, *, paper: Paper = Paper.A4, watching: Watching | None = None) -> Made:
    """The document as a file of one of the formats that are laid out; the same bytes for the same document.

    Args:
        document: What is to be written.
        form: The format.
        paper: The size of a page, for formats that have pages.
        watching: Who looks on and may end it.
    """
    if watching is not None:
        document = document.model_copy(update={"pieces": _Watched(document.pieces, watching)})
    module = importlib.import_module(FACTS[form].module)
    made: Made = module.render(document, paper=paper)
    return made
