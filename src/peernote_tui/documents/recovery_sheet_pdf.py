"""The recovery sheet as one page of PDF, with the code large enough to be read back from paper.

fpdf2 and what it brings are imported only here, when a sheet is made. The font is one that every reader has; it knows
Western letters, and other signs in a path are shown as a question mark, with a line that says so.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from peernote_tui.documents.recovery_sheet import TITLE, RecoverySheet, SheetSection, code_note, facts, sections

if TYPE_CHECKING:
    from fpdf import FPDF

# As wide as A4 and as high as US Letter, so that either paper takes it whole; millimetres.
_PAGE = (210.0, 279.4)
_MARGIN = 20.0
_LABEL = 42.0
_SANS, _TYPED = "Helvetica", "Courier"
_LINE = 5.2
_LONGEST_PLACE = 300


def pdf_sheet(sheet: RecoverySheet) -> bytes:
    """The sheet as a PDF of one page."""
    from fpdf import FPDF  # noqa: PLC0415 see the top of this file

    pdf = FPDF(format=_PAGE)
    pdf.set_title(TITLE)
    pdf.set_creation_date(datetime.combine(sheet.day, time(), UTC))
    pdf.set_compression(False)
    pdf.set_auto_page_break(False)
    pdf.set_margin(_MARGIN)
    pdf.c_margin = 0
    pdf.add_page()
    _write(pdf, TITLE, size=20, bold=True, after=4)
    missing = False
    for label, value in facts(sheet):
        shown, changed = _in_font(value)
        missing |= changed
        pdf.set_font(_SANS, size=10)
        pdf.cell(_LABEL, _LINE, label)
        pdf.multi_cell(0, _LINE, shown, new_x="LMARGIN", new_y="NEXT", align="L")
    if missing:
        _write(pdf, "Signs that this font does not have are shown as ?.", size=8)
    _code(pdf, sheet)
    for section in sections(sheet):
        _section(pdf, section)
    return bytes(pdf.output())


def _code(pdf: FPDF, sheet: RecoverySheet) -> None:
    pdf.ln(5)
    _write(pdf, "Recovery code", size=12, bold=True, after=2)
    groups = sheet.code.split("-") if sheet.code else [""] * 7
    gap, height = 3.0, 14.0
    width = (_PAGE[0] - 2 * _MARGIN - gap * (len(groups) - 1)) / len(groups)
    top = pdf.get_y()
    pdf.set_font(_TYPED, style="B", size=19)
    for place, group in enumerate(groups):
        pdf.set_xy(_MARGIN + place * (width + gap), top)
        pdf.cell(width, height, group, border=1, align="C")
        if place:
            pdf.line(pdf.get_x() - width - gap + 0.6, top + height / 2, pdf.get_x() - width - 0.6, top + height / 2)
    pdf.set_xy(_MARGIN, top + height + 2)
    _write(pdf, code_note(sheet), size=10)


def _section(pdf: FPDF, section: SheetSection) -> None:
    pdf.ln(4)
    _write(pdf, section.title, size=12, bold=True, after=1)
    for paragraph in section.paragraphs:
        _write(pdf, paragraph, size=10, after=1)
    for number, (says, typed) in enumerate(section.steps, start=1):
        _write(pdf, f"{number}.  {says}", size=10)
        pdf.set_font(_TYPED, size=11)
        pdf.set_x(_MARGIN + 8)
        pdf.cell(0, _LINE + 1.5, typed, new_x="LMARGIN", new_y="NEXT")


def _write(pdf: FPDF, text: str, *, size: int, bold: bool = False, after: float = 0) -> None:
    pdf.set_font(_SANS, style="B" if bold else "", size=size)
    pdf.multi_cell(0, size * 0.5, text, new_x="LMARGIN", new_y="NEXT", align="L")
    if after:
        pdf.ln(after)


def _in_font(text: str) -> tuple[str, bool]:
    """The text with question marks for what the font lacks, cut to leave room for the rest; and whether it differs."""
    shown = "".join(char if char.isprintable() and ord(char) < 256 else "?" for char in text)
    cut = shown if len(shown) <= _LONGEST_PLACE else "..." + shown[-_LONGEST_PLACE:]
    return cut, cut != text
