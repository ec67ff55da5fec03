"""A document as a PDF: A4 or Letter, bookmarks, and on every page whom it is about, the log's anchor and its number."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import singledispatchmethod

from fpdf import FPDF
from fpdf.enums import MethodReturnValue, XPos, YPos
from fpdf.fonts import FontFace, TTFFont

from peernote_tui.documents.document import (
    Boxes,
    Document,
    Facts,
    Heading,
    Made,
    Notice,
    PageBreak,
    Paper,
    Paragraph,
    Piece,
    Table,
    WritingLines,
)
from peernote_tui.documents.formats import fonts
from peernote_tui.documents.note_document import BlockKind

_SANS = "DejaVu"
_SIDE, _TOP, _BOTTOM = 20.0, 24.0, 20.0
"""Margins in millimetres."""
_LABEL = 38.0
_SIZES = {1: 15.0, 2: 12.0, 3: 10.0}
_BODY, _QUIET = 10.0, 8.0
_LEADING = 0.5
"""Millimetres of line height to a point of size."""
_INK, _PALE, _RULE = (26, 26, 26), (96, 96, 96), (170, 170, 170)
_MOST_IN_A_CELL = 240
"""Characters; a table with more in one cell is told row by row, since a row never breaks across pages."""
_UNDRAWN = "{count} that no font here draws, shown as {mark} or by name in brackets. Another format holds them."


def render(document: Document, *, paper: Paper = Paper.A4) -> Made:
    """The document as PDF; the same bytes for the same document and the same fonts."""
    page = _Page(document, paper)
    for piece in document.pieces:
        page.put(piece)
    page.tell_undrawn()
    return Made(data=bytes(page.output()), undrawable=page.undrawn)


class _Page(FPDF):
    """Draws pieces from top to bottom.

    Attributes:
        undrawn: How many characters no font drew.
    """

    def __init__(self, document: Document, paper: Paper) -> None:
        super().__init__(format=paper.value)
        self._about, self._anchor = document.about, document.anchor
        self._made = document.made
        self._called = document.title
        self.undrawn = 0
        wanted = fonts.lacking("".join(_words(document)))
        system = fonts.system_fonts(wanted)
        self.add_font(_SANS, fname=fonts.shipped_path())
        self.add_font(_SANS, style="B", fname=fonts.shipped_path(bold=True))
        for number, font in enumerate(system):
            self.add_font(f"System{number}", fname=font.path, collection_font_number=font.number)
        drawn = {point for font in self.fonts.values() if isinstance(font, TTFFont) for point in font.cmap}
        self._undrawable = frozenset(wanted - drawn)
        self.set_fallback_fonts([f"System{number}" for number in range(len(system))], exact_match=False)
        self.set_text_shaping(use_shaping_engine=True)
        self.set_title(document.title)
        self.set_lang(document.language)
        self.set_creator("PeerNote")
        self.set_producer("PeerNote")
        # A document says itself when it was made; its bytes are to be the same for the same words.
        self.set_creation_date(datetime(2000, 1, 1, tzinfo=UTC))
        self.set_margins(_SIDE, _TOP, _SIDE)
        self.set_auto_page_break(True, _BOTTOM)
        self.alias_nb_pages("{n}")
        self.c_margin = 0
        self.set_draw_color(*_RULE)
        self.add_page()
        if document.made:
            self._write(document.made, size=_QUIET, color=_PALE)
            self.ln(2)

    def header(self) -> None:
        """Whom it is about, and what it is."""
        self.set_y(12)
        self._font(_QUIET, color=_PALE)
        half = self.epw / 2
        self.cell(half, 4, self._shown(self._about))
        self.cell(half, 4, self._shown(self._called), align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.line(self.l_margin, self.get_y() + 1, self.w - self.r_margin, self.get_y() + 1)
        self.set_y(_TOP)

    def footer(self) -> None:
        """The log's anchor, and the number of the page."""
        self.set_y(-14)
        self._font(_QUIET, color=_PALE)
        half = self.epw / 2
        self.cell(half, 4, self._shown(self._anchor))
        self.cell(half, 4, f"{self.page_no()} of {{n}}", align="R")

    @singledispatchmethod
    def put(self, piece: Piece) -> None:
        """Draw a piece under what is there."""
        raise TypeError(type(piece).__name__)

    @put.register
    def _(self, piece: Heading) -> None:
        size = _SIZES[piece.level]
        self._room(size + 14)
        self.ln({1: 5, 2: 4, 3: 2.5}[piece.level])
        if piece.level < 3:
            self.start_section(self._shown(piece.text), level=piece.level - 1, strict=False)
        self._write(piece.text, size=size, bold=True, color=_INK if piece.level < 3 else _PALE)
        self.ln(1)

    @put.register
    def _(self, piece: Facts) -> None:
        self._facts(piece.rows)
        self.ln(1)

    @put.register
    def _(self, piece: Paragraph) -> None:
        if piece.quiet:
            self._write(piece.text, size=_QUIET, color=_PALE)
        elif piece.how is BlockKind.ITEM:
            self._write("•", indent=2, stay=True)
            self._write(piece.text, indent=6)
        elif piece.how is BlockKind.QUOTE:
            page, top = self.page, self.get_y()
            self._write(piece.text, indent=6)
            if self.page == page:
                self.line(self.l_margin + 2, top, self.l_margin + 2, self.get_y() - 1)
        else:
            self._write(piece.text)
        self.ln(0.8)

    @put.register
    def _(self, piece: Notice) -> None:
        self.ln(1)
        self.set_fill_color(243, 239, 230)
        self._font(_BODY, bold=True)
        self.c_margin = 3
        self.multi_cell(
            0, _BODY * _LEADING, self._shown(piece.text), align=_side(piece.text), fill=True, padding=2,
            new_x=XPos.LMARGIN, new_y=YPos.NEXT,
        )  # fmt: skip
        self.c_margin = 0
        self.ln(1)

    @put.register
    def _(self, piece: Table) -> None:
        if any(len(cell) > _MOST_IN_A_CELL or "\n" in cell for row in piece.rows for cell in row):
            for row in piece.rows:
                self._facts(tuple((head, cell) for head, cell in zip(piece.heads, row, strict=True) if cell))
                self.ln(2)
            return
        self._font(9)
        self.c_margin = 1
        with self.table(
            borders_layout="HORIZONTAL_LINES",
            line_height=4.6,
            text_align=tuple("L" for _head in piece.heads),
            headings_style=FontFace(emphasis="BOLD"),
            padding=1,
        ) as table:
            table.row([self._shown(head) for head in piece.heads])
            for row in piece.rows:
                table.row([self._shown(cell) for cell in row])
        self.c_margin = 0
        self.ln(2)

    @put.register
    def _(self, piece: WritingLines) -> None:
        self._room(min(piece.lines, 6) * 8 + 10)
        self._question(piece.label, piece.hint)
        if piece.value:
            self._write(piece.value)
        for _line in range(0 if piece.value else piece.lines):
            self._room(8)
            self.ln(8)
            self.line(self.l_margin, self.get_y(), self.w - self.r_margin, self.get_y())
        self.ln(2)

    @put.register
    def _(self, piece: Boxes) -> None:
        self._room(14)
        self._question(piece.label, piece.hint)
        for value, label in piece.options:
            self._room(7)
            top = self.get_y() + 0.6
            self.rect(self.l_margin + 2, top, 4, 4)
            if value in piece.ticked:
                self.line(self.l_margin + 2, top, self.l_margin + 6, top + 4)
                self.line(self.l_margin + 6, top, self.l_margin + 2, top + 4)
            self._write(label, indent=9)
            self.ln(1.2)
        self.ln(1)

    @put.register
    def _(self, piece: PageBreak) -> None:  # noqa: ARG002 one is like the other
        self.add_page()

    def tell_undrawn(self) -> None:
        """Say at the end how many characters are shown by a mark or a name."""
        if self.undrawn:
            count = "1 character" if self.undrawn == 1 else f"{self.undrawn:,} characters"
            self.ln(3)
            self._write(_UNDRAWN.format(count=count, mark=fonts.MARK), size=_QUIET, color=_PALE, counted=False)

    def _facts(self, rows: tuple[tuple[str, str], ...]) -> None:
        for label, value in rows:
            height = _BODY * _LEADING
            self._font(9, color=_PALE)
            lines = self.multi_cell(
                _LABEL - 3, height, self._shown(label), align="L", dry_run=True, output=MethodReturnValue.LINES
            )
            self._room(height * (len(lines) if isinstance(lines, list) else 1))
            page, top = self.page, self.get_y()
            self.multi_cell(_LABEL - 3, height, self._shown(label), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            under = self.get_y()
            self.set_y(top)
            self._write(value, indent=_LABEL)
            if self.page == page:
                self.set_y(max(under, self.get_y()))

    def _question(self, label: str, hint: str) -> None:
        self.ln(1.5)
        self._write(label, bold=True)
        if hint:
            self._write(hint, size=_QUIET, color=_PALE)

    def _write(
        self,
        text: str,
        *,
        size: float = _BODY,
        bold: bool = False,
        color: tuple[int, int, int] = _INK,
        indent: float = 0,
        stay: bool = False,
        counted: bool = True,
    ) -> None:
        """Write text from the left margin plus `indent`; `stay` leaves the pen at the top of it."""
        self._font(size, bold=bold, color=color)
        shown = self._shown(text) if counted else text
        for number, line in enumerate(shown.split("\n")):
            self.set_x(self.l_margin + indent)
            self.multi_cell(
                0, size * _LEADING, line or " ", align=_side(line),
                new_x=XPos.LMARGIN, new_y=YPos.TOP if stay and not number else YPos.NEXT,
            )  # fmt: skip

    def _font(self, size: float, *, bold: bool = False, color: tuple[int, int, int] = _INK) -> None:
        self.set_font(_SANS, style="B" if bold else "", size=size)
        self.set_text_color(*color)

    def _room(self, millimetres: float) -> None:
        """Begin a new page where so much does not fit any more."""
        if self.get_y() + millimetres > self.h - _BOTTOM:
            self.add_page()

    def _shown(self, text: str) -> str:
        shown, count = fonts.with_marks(text, self._undrawable)
        self.undrawn += count
        return shown


def _side(text: str) -> str:
    """On which side a paragraph begins: that of its first letter with a direction (Unicode UAX 9, rules P2 and P3)."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"L", "R", "AL"}:
            return "L" if direction == "L" else "R"
    return "L"


def _words(document: Document) -> Iterator[str]:
    """Everything that is drawn, to know which fonts it takes."""
    yield from (document.about, document.anchor, document.made, document.title, fonts.MARK)
    for piece in document.pieces:
        yield from _texts(piece.model_dump())


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
