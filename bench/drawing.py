"""How long the words of a hundred notes take as PDF and as Word: ours against the libraries used as they come."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

import docx
from fpdf import FPDF
from measuring import Pairs, Setting

from peernote_tui.documents.document import Document, DocumentKind, Heading, Paragraph
from peernote_tui.documents.formats import fonts
from peernote_tui.documents.rendering import Format, render

NOTES = 100
_WORDS = "We read the second notice together, and she called the office herself. She told me how long it took, "
_FONT = "DejaVu"


def documents_drawn(setting: Setting) -> list[Pairs]:
    """Both formats, in turn with their yardsticks; in milliseconds of the processor."""
    notes = max(1, round(NOTES * min(setting.scales)))
    texts = [(f"Summary {number}", (_WORDS * 14).strip()) for number in range(notes)]
    return [
        Pairs(
            f"{notes} notes of 250 words as PDF",
            "fpdf2, shaping each paragraph",
            *_taken(setting, Format.PDF, texts),
            0.5,
        ),
        Pairs(
            f"{notes} notes of 250 words as Word",
            "python-docx, styles by name",
            *_taken(setting, Format.DOCX, texts),
            1,
        ),
    ]


def _taken(setting: Setting, form: Format, texts: list[tuple[str, str]]) -> tuple[list[float], list[float]]:
    pieces = [piece for head, text in texts for piece in (Heading(level=2, text=head), Paragraph(text=text))]
    document = Document(kind=DocumentKind.RECORD, title="Record", pieces=tuple(pieces))
    yardstick = {Format.PDF: _shaped, Format.DOCX: _styled}[form]
    ours: list[float] = []
    theirs: list[float] = []
    for run in range(setting.runs + 1):
        taken = _milliseconds(lambda: render(document, form)), _milliseconds(lambda: yardstick(texts))
        if run:
            ours.append(taken[0])
            theirs.append(taken[1])
    return ours, theirs


def _milliseconds(made: Callable[[], object]) -> float:
    began = time.process_time()
    made()
    return (time.process_time() - began) * 1000


def _shaped(texts: list[tuple[str, str]]) -> None:
    page = FPDF()
    page.set_creation_date(datetime(2000, 1, 1, tzinfo=UTC))
    page.add_font(_FONT, fname=fonts.shipped_path())
    page.set_text_shaping(use_shaping_engine=True)
    page.add_page()
    for head, text in texts:
        for size, words in ((12, head), (10, text)):
            page.set_font(_FONT, size=size)
            page.multi_cell(0, size / 2, words, align="L", new_x="LMARGIN", new_y="NEXT")
    page.output()


def _styled(texts: list[tuple[str, str]]) -> None:
    word = docx.Document()
    for head, text in texts:
        word.add_paragraph(head, style="Heading 2")
        word.add_paragraph(text, style="Normal")
    word.save(BytesIO())
