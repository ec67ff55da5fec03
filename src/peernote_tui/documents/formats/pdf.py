"""A document as a PDF: A4 or Letter, bookmarks, and on every page whom it is about, the log's anchor and its number."""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatchmethod
from itertools import chain, pairwise

from fpdf.enums import MethodReturnValue, XPos, YPos
from fpdf.fonts import FontFace

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
from peernote_tui.documents.formats.pdf_pen import BODY, INK, LEADING, PALE, QUIET, SMALL, Pen, side
from peernote_tui.documents.note_document import BlockKind

_LABEL = 38.0
_LINE, _CELL, _BOX = 7.5, 9.0, 4.5
"""Millimetres between two lines to write on, of a row to write into, and of a box to tick."""
_SIZES = {1: 15.0, 2: 12.0, 3: 10.0}
_MOST_IN_A_CELL = 240
"""Characters; a table with more in one cell is told row by row, since a row never breaks across pages."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is to be typed or ticked.

    Attributes:
        page: The page, from 1.
        key: What it answers.
        label: The question.
        at: Left, top, width and height in millimetres from the page's top left corner.
        value: What stands there; anything for a box that is ticked.
        option: What a box stands for; empty where something is typed.
        many: Whether several of the boxes of this key may be ticked.
    """

    page: int
    key: str
    label: str
    at: tuple[float, float, float, float]
    value: str = ""
    option: str = ""
    many: bool = False


def render(document: Document, *, paper: Paper = Paper.A4) -> Made:
    """The document as PDF; the same bytes for the same document and the same fonts."""
    return drawn(document, paper)[0]


def drawn(document: Document, paper: Paper, *, typed: bool = False) -> tuple[Made, tuple[Place, ...]]:
    """The document as PDF, and where in it something is to be typed.

    Args:
        document: What is to be drawn.
        paper: The size of a page.
        typed: Whether room is left for fields to type into, instead of lines to write on by hand.
    """
    page = _Page(document, paper, typed=typed)
    for piece, following in pairwise(chain(document.pieces, (PageBreak(),))):
        page.keep_together(piece, following)
        page.put(piece)
    page.tell_undrawn()
    return Made(data=bytes(page.output()), undrawable=page.undrawn), tuple(page.places)


class _Page(Pen):
    """Draws pieces from top to bottom.

    Attributes:
        places: Where something is to be typed; empty where it is written by hand.
    """

    def __init__(self, document: Document, paper: Paper, *, typed: bool) -> None:
        super().__init__(document, paper)
        self._typed = typed
        self.places: list[Place] = []

    def keep_together(self, piece: Piece, following: Piece) -> None:
        """Begin a new page where a heading would stand alone at the foot of this one."""
        if isinstance(piece, Heading) and isinstance(following, WritingLines):
            self.make_room(14 + self._height(following))
        quiet = isinstance(following, Paragraph) and following.quiet
        if isinstance(piece, Heading) and (quiet or isinstance(following, Heading | Table)):
            self.make_room(3 * _CELL + 24)

    @singledispatchmethod
    def put(self, piece: Piece) -> None:
        """Draw a piece under what is there."""
        raise TypeError(type(piece).__name__)

    @put.register
    def _(self, piece: Heading) -> None:
        size = _SIZES[piece.level]
        self.make_room(size + 14)
        self.ln({1: 5, 2: 4, 3: 2.5}[piece.level])
        if piece.level < 3:
            self.start_section(self.shown(piece.text), level=piece.level - 1, strict=False)
        self.put_words(piece.text, size=size, bold=True, color=INK if piece.level < 3 else PALE)
        self.ln(1)

    @put.register
    def _(self, piece: Facts) -> None:
        self._facts(piece.rows)
        self.ln(1)

    @put.register
    def _(self, piece: Paragraph) -> None:
        if piece.quiet:
            self.put_words(piece.text, size=QUIET, color=PALE)
        elif piece.how is BlockKind.ITEM:
            self.put_words("•", indent=2, stay=True)
            self.put_words(piece.text, indent=6)
        elif piece.how is BlockKind.QUOTE:
            page, top = self.page, self.get_y()
            self.put_words(piece.text, indent=6)
            if self.page == page:
                self.line(self.l_margin + 2, top, self.l_margin + 2, self.get_y() - 1)
        else:
            self.put_words(piece.text)
        self.ln(0.8)

    @put.register
    def _(self, piece: Notice) -> None:
        self.ln(1)
        self.set_fill_color(243, 239, 230)
        self.choose_font(BODY, bold=True)
        self.c_margin = 3
        self.multi_cell(
            0, BODY * LEADING, self.shown(piece.text), align=side(piece.text), fill=True, padding=2,
            new_x=XPos.LMARGIN, new_y=YPos.NEXT,
        )  # fmt: skip
        self.c_margin = 0
        self.ln(1)

    @put.register
    def _(self, piece: Table) -> None:
        if piece.key:
            self._grid(piece)
            return
        if any(len(cell) > _MOST_IN_A_CELL or "\n" in cell for row in piece.rows for cell in row):
            for row in piece.rows:
                self._facts(tuple((head, cell) for head, cell in zip(piece.heads, row, strict=True) if cell))
                self.ln(2)
            return
        self.choose_font(SMALL)
        self.c_margin = 1
        with self.table(
            borders_layout="HORIZONTAL_LINES",
            line_height=4.6,
            text_align=tuple("L" for _head in piece.heads),
            headings_style=FontFace(emphasis="BOLD"),
            padding=1,
        ) as table:
            table.row([self.shown(head) for head in piece.heads])
            for row in piece.rows:
                table.row([self.shown(cell) for cell in row])
        self.c_margin = 0
        self.ln(2)

    @put.register
    def _(self, piece: WritingLines) -> None:
        high = piece.lines * _LINE
        self.make_room(self._height(piece))
        self._question(piece.label, piece.hint)
        if self._typed:
            self._remember(piece.key, piece.label, (self.l_margin, self.get_y() + 1, self.epw, high), value=piece.value)
            self.set_y(self.get_y() + high + 1)
        elif piece.value:
            self.put_words(piece.value)
        else:
            for _line in range(piece.lines):
                self.make_room(_LINE)
                self.ln(_LINE)
                self.line(self.l_margin, self.get_y(), self.w - self.r_margin, self.get_y())
        self.ln(2)

    @put.register
    def _(self, piece: Boxes) -> None:
        self.make_room(18)
        self._question(piece.label, piece.hint)
        self.ln(1)
        self.choose_font(BODY)
        widest = max((self.get_string_width(self.shown(label)) for _value, label in piece.options), default=0)
        columns = max(1, min(len(piece.options), int(self.epw / (widest + _BOX + (3 if piece.across else 8)))))
        for number, (value, label) in enumerate(piece.options):
            if not number % columns:
                self.make_room(_BOX + 3)
            top, left = self.get_y(), self.epw / columns * (number % columns)
            box = (self.l_margin + left, top, _BOX, _BOX)
            ticked = value in piece.ticked
            if self._typed:
                self._remember(
                    piece.key, f"{piece.label}: {label}", box, option=value, value="x" * ticked, many=piece.many
                )
            else:
                self._box(box, ticked=ticked)
            last = number % columns == columns - 1 or number == len(piece.options) - 1
            self.put_words(label, indent=left + _BOX + 2)
            self.set_y(max(self.get_y(), top + _BOX + 2) if last else top)
        self.ln(1)

    @put.register
    def _(self, piece: PageBreak) -> None:  # noqa: ARG002 one is like the other
        self.add_page()

    def _facts(self, rows: tuple[tuple[str, str], ...]) -> None:
        for label, value in rows:
            height = BODY * LEADING
            self.choose_font(SMALL, color=PALE)
            lines = self.multi_cell(
                _LABEL - 3, height, self.shown(label), align="L", dry_run=True, output=MethodReturnValue.LINES
            )
            self.make_room(height * (len(lines) if isinstance(lines, list) else 1))
            page, top = self.page, self.get_y()
            self.multi_cell(_LABEL - 3, height, self.shown(label), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            under = self.get_y()
            self.set_y(top)
            self.put_words(value, indent=_LABEL)
            if self.page == page:
                self.set_y(max(under, self.get_y()))

    def _height(self, piece: WritingLines) -> float:
        """What must fit on a page; on paper, half of many lines may stand on the next one."""
        return (piece.lines if self._typed else min(piece.lines, 6)) * _LINE + 14

    def _grid(self, piece: Table) -> None:
        """A table to write into."""
        widths = [self.epw * share for share in piece.shares]
        self.make_room(_CELL * 3 + 6)
        for number, row in enumerate((piece.heads, *piece.rows)):
            self.choose_font(SMALL, color=INK if number else PALE)
            cells = [
                self.multi_cell(
                    width - 3, SMALL * LEADING, self.shown(cell), dry_run=True, output=MethodReturnValue.LINES
                )
                for cell, width in zip(row, widths, strict=True)
            ]
            most = max((len(lines) for lines in cells if isinstance(lines, list)), default=1)
            high = most * SMALL * LEADING + (_CELL - SMALL * LEADING if number else 2)
            self.make_room(high)
            top, left = self.get_y(), self.l_margin
            for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
                if number and self._typed and (not cell or piece.columns[column] != "as"):
                    key = f"{piece.key}.{number}.{piece.columns[column]}"
                    self._remember(
                        key, f"{piece.label}: {piece.heads[column]}, {number}", (left, top, width, high), value=cell
                    )
                else:
                    if number:
                        self.rect(left, top, width, high)
                    self.set_y(top + (1.5 if number else 0.5))
                    self.put_words(
                        cell,
                        size=SMALL,
                        indent=left - self.l_margin + 1.5 * bool(number),
                        width=width - 3,
                        color=INK if number else PALE,
                    )
                left += width
            self.set_y(top + high)
        self.ln(2)

    def _remember(
        self,
        key: str,
        label: str,
        at: tuple[float, float, float, float],
        *,
        value: str = "",
        option: str = "",
        many: bool = False,
    ) -> None:
        """Draw the edge of what is to be typed or ticked, and keep in mind where it is."""
        self.rect(*at)
        self.places.append(
            Place(page=self.page_no(), key=key, label=label, at=at, value=value, option=option, many=many)
        )

    def _box(self, at: tuple[float, float, float, float], *, ticked: bool) -> None:
        left, top, wide, high = at
        self.rect(left, top, wide, high)
        if ticked:
            self.line(left, top, left + wide, top + high)
            self.line(left + wide, top, left, top + high)

    def _question(self, label: str, hint: str) -> None:
        self.ln(1.5)
        self.put_words(label, bold=True)
        if hint:
            self.put_words(hint, size=QUIET, color=PALE)
