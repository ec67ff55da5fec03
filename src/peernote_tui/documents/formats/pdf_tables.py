"""Tables of a PDF: to read, to write into by hand, and to type into; labels with their values."""

from __future__ import annotations

from dataclasses import dataclass

from peernote_tui.documents.document import Document, Paper, Table
from peernote_tui.documents.formats.pdf_pen import BODY, INK, LEADING, PALE, SMALL, Pen

CELL = 9.0
"""Millimetres of a row to write into."""
_LABEL, _APART = 38.0, 3.0
"""Millimetres of the column of labels, and between two columns."""
_INSIDE = 1.5
"""Millimetres between the edge of a cell to write into and what stands in it."""


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


class TablePen(Pen):
    """A pen that draws tables.

    Attributes:
        places: Where something is to be typed; empty where it is written by hand.
    """

    def __init__(self, document: Document, paper: Paper) -> None:
        super().__init__(document, paper)
        self.places: list[Place] = []

    def put_facts(self, rows: tuple[tuple[str, str], ...]) -> None:
        """Labels with their values, in two columns; a label stands on the page on which its value begins."""
        height = BODY * LEADING
        for label, value in rows:
            self.choose_font(BODY)
            least = min(self.lines_of(self.shown_as(value), self.epw - _LABEL), 2)
            self.choose_font(SMALL)
            self.make_room(height * max(self.lines_of(self.shown_as(label), _LABEL - _APART), least))
            page, top = self.page, self.get_y()
            self.put_words(label, size=SMALL, color=PALE, width=_LABEL - _APART, height=height)
            under = self.get_y()
            self.set_y(top)
            self.put_words(value, indent=_LABEL)
            if self.page == page:
                self.set_y(max(under, self.get_y()))

    def put_table(self, piece: Table) -> None:
        """A table to read; its heads stand again on every page that it reaches."""
        widths = [self.epw * share for share in piece.shares]
        heads = self._high(piece.heads, widths, bold=True)
        if piece.rows:
            self.make_room(heads + self._high(piece.rows[0], widths))
        self._row(piece.heads, widths, heads, bold=True)
        for row in piece.rows:
            high = self._high(row, widths)
            if high > self.room:
                self.add_page()
                self._row(piece.heads, widths, heads, bold=True)
            self._row(row, widths, high)
        self.ln(2)

    def put_grid(self, piece: Table, *, typed: bool) -> None:
        """A table to write into, or to type into."""
        widths = [self.epw * share for share in piece.shares]
        for number, row in enumerate((piece.heads, *piece.rows)):
            self.choose_font(SMALL)
            lines = [
                self.lines_of(self.shown_as(cell), width - 2 * _INSIDE) for cell, width in zip(row, widths, strict=True)
            ]
            high = max(lines) * SMALL * LEADING + (CELL - SMALL * LEADING if number else 2)
            self.make_room(high + (0 if number else CELL))
            top, left = self.get_y(), self.l_margin
            for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
                if number and typed and (not cell or piece.columns[column] != "as"):
                    key = f"{piece.key}.{number}.{piece.columns[column]}"
                    label = f"{piece.label}: {piece.heads[column]}, {number}"
                    self.remember(key, label, (left, top, width, high), value=cell)
                else:
                    if number:
                        self.rect(left, top, width, high)
                    self._cell(cell, left, top + (_INSIDE if number else 0.5), width, pale=not number)
                left += width
            self.set_y(top + high)
        self.ln(2)

    def remember(
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

    def _cell(self, text: str, left: float, top: float, width: float, *, pale: bool) -> None:
        self.set_y(top)
        inside = 0 if pale else _INSIDE
        self.put_words(
            text,
            size=SMALL,
            indent=left - self.l_margin + inside,
            width=width - 2 * _INSIDE,
            color=PALE if pale else INK,
        )

    def _high(self, row: tuple[str, ...], widths: list[float], *, bold: bool = False) -> float:
        self.choose_font(SMALL, bold=bold)
        lines = [self.lines_of(self.shown_as(cell), width - _APART) for cell, width in zip(row, widths, strict=True)]
        return max(lines) * SMALL * LEADING + 2

    def _row(self, row: tuple[str, ...], widths: list[float], high: float, *, bold: bool = False) -> None:
        top, left = self.get_y(), 0.0
        for cell, width in zip(row, widths, strict=True):
            self.set_y(top + 1)
            self.put_words(cell, size=SMALL, bold=bold, indent=left, width=width - _APART)
            left += width
        under = top + high
        self.line(self.l_margin, under, self.w - self.r_margin, under)
        self.set_y(under)
