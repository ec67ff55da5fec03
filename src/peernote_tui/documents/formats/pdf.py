"""A document as a PDF: A4 or Letter, bookmarks, and on every page whom it is about, the log's anchor and its number."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import singledispatchmethod
from itertools import takewhile

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
from peernote_tui.documents.formats.pdf_pen import BODY, INK, LEADING, PALE, QUIET, side
from peernote_tui.documents.formats.pdf_tables import CELL, Place, TablePen
from peernote_tui.documents.note_document import BlockKind

_LINE, _BOX = 7.1, 4.5
"""Millimetres between two lines to write on, as on ruled paper, and of a box to tick."""
_SIZES = {1: 15.0, 2: 12.0, 3: 10.0, 4: 9.0}
_BEFORE = {1: 5.0, 2: 4.0, 3: 3.0, 4: 1.5}
"""Size of a heading in points and air above it in millimetres, by its level."""
_MOST_IN_A_CELL = 400
"""Characters; a table with more in one cell is told row by row, since a row never breaks across pages."""
_AHEAD = 5
"""How many pieces are looked at to know what a heading stands above."""
_SHRUNK = 0.7
"""What is left of a field of many lines, rather than that it goes to the next page; what is typed scrolls there."""


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
    for ahead in _with_following(document.pieces):
        page.begin(ahead)
        page.put(ahead[0])
    page.tell_undrawn()
    return Made(data=bytes(page.output()), undrawable=page.undrawn), tuple(page.places)


def _with_following(pieces: Iterable[Piece]) -> Iterator[Sequence[Piece]]:
    """Each piece with those that follow it; a piece is asked for no earlier than that."""
    ahead: deque[Piece] = deque()
    for piece in pieces:
        ahead.append(piece)
        if len(ahead) > _AHEAD:
            yield ahead
            ahead.popleft()
    while ahead:
        yield ahead
        ahead.popleft()


def _is_quiet(piece: Piece) -> bool:
    return isinstance(piece, Paragraph) and piece.quiet


class _Page(TablePen):
    """Draws pieces from top to bottom."""

    def __init__(self, document: Document, paper: Paper, *, typed: bool) -> None:
        super().__init__(document, paper)
        self._typed = typed
        self._after_words = False

    def begin(self, ahead: Sequence[Piece]) -> None:
        """Begin a new page where a heading would stand alone at the foot of this one, and set apart what is quiet.

        A few quiet lines, such as signature and seal, stand together.
        """
        piece = ahead[0]
        if isinstance(piece, Heading):
            self.make_room(self._kept_together(ahead))
        if _is_quiet(piece) and self._after_words:
            self.ln(2)
            self.make_room((QUIET * LEADING + 0.8) * sum(1 for _piece in takewhile(_is_quiet, ahead)))
        self._after_words = isinstance(piece, Paragraph | Facts) and not _is_quiet(piece)

    def _kept_together(self, ahead: Sequence[Piece]) -> float:
        """Millimetres that a heading takes with all that is to stand on its page."""
        height = 0.0
        for piece in ahead:
            if isinstance(piece, Heading):
                height += _BEFORE[piece.level] + _SIZES[piece.level] * LEADING + 1
            elif _is_quiet(piece):
                height += QUIET * LEADING + 1
            else:
                return height + self._beginning(piece)
        return height

    def _beginning(self, piece: Piece) -> float:
        """Millimetres that what follows a heading takes at least."""
        if isinstance(piece, WritingLines):
            return self._height(piece)
        if isinstance(piece, Table):
            return CELL * min(len(piece.rows) + 1, 5) if piece.key else 20
        return 18 if isinstance(piece, Boxes | Notice | Facts) else 2 * BODY * LEADING

    @singledispatchmethod
    def put(self, piece: Piece) -> None:
        """Draw a piece under what is there."""
        raise TypeError(type(piece).__name__)

    @put.register
    def _(self, piece: Heading) -> None:
        size = _SIZES[piece.level]
        self.ln(_BEFORE[piece.level])
        if piece.level < 3:
            self.start_section(self.shown_as(piece.text), level=piece.level - 1, strict=False)
        self.put_words(piece.text, size=size, bold=True, color=INK if piece.level < 4 else PALE)
        self.ln(1 if piece.level < 4 else 0.4)

    @put.register
    def _(self, piece: Facts) -> None:
        self.put_facts(piece.rows)
        self.ln(1)

    @put.register
    def _(self, piece: Paragraph) -> None:
        if piece.quiet:
            self.put_words(piece.text, size=QUIET, color=PALE)
        elif piece.how is BlockKind.ITEM:
            self._item(piece.text)
        else:
            quoted = piece.how is BlockKind.QUOTE
            self.put_words(piece.text, indent=6 * quoted, width=self.epw - 12 if quoted else 0, bar=quoted)
        self.ln(0.8 if piece.quiet or piece.how is BlockKind.ITEM else 1.5)

    def _item(self, text: str) -> None:
        self.choose_font(BODY)
        self.make_room(BODY * LEADING * min(self.lines_of(self.shown_as(text), self.epw - 6), 2))
        top = self.get_y()
        right = side(text) == "R"
        self.put_words("•", indent=self.epw - 5 if right else 2, width=3)
        self.set_y(top)
        self.put_words(text, indent=0 if right else 6, width=self.epw - 6)

    @put.register
    def _(self, piece: Notice) -> None:
        self.ln(1)
        self.choose_font(BODY, bold=True)
        inner = self.epw - 8
        high = self.lines_of(self.shown_as(piece.text), inner) * BODY * LEADING + 4
        # One that is longer than a page is told without a ground.
        if self.make_room(high):
            self.set_fill_color(245, 245, 245)
            self.rect(self.l_margin, self.get_y(), self.epw, high, style="F")
            self.set_fill_color(*INK)
            edge = self.w - self.r_margin - 0.8 if side(piece.text) == "R" else self.l_margin
            self.rect(edge, self.get_y(), 0.8, high, style="F")
        self.ln(2)
        self.put_words(piece.text, bold=True, indent=4, width=inner)
        self.ln(3)

    @put.register
    def _(self, piece: Table) -> None:
        if piece.key:
            self.put_grid(piece, typed=self._typed)
        elif any(len(cell) > _MOST_IN_A_CELL for row in piece.rows for cell in row):
            for row in piece.rows:
                self.put_facts(tuple((head, cell) for head, cell in zip(piece.heads, row, strict=True) if cell))
                self.ln(2)
        else:
            self.put_table(piece)

    @put.register
    def _(self, piece: WritingLines) -> None:
        self.make_room(self._height(piece))
        self._question(piece.label, piece.hint)
        if self._typed:
            high = min(piece.lines * _LINE, max(self.room - 2, piece.lines * _LINE * _SHRUNK))
            self.remember(piece.key, piece.label, (self.l_margin, self.get_y() + 1, self.epw, high), value=piece.value)
            self.set_y(self.get_y() + high + 1)
        elif piece.value:
            self.put_words(piece.value)
        else:
            for line in range(piece.lines):
                self.make_room(_LINE * (2 if line == piece.lines - 2 else 1))
                self.ln(_LINE)
                self.line(self.l_margin, self.get_y(), self.w - self.r_margin, self.get_y())
        self.ln(2)

    @put.register
    def _(self, piece: Boxes) -> None:
        self.make_room(18)
        self._question(piece.label, piece.hint)
        self.ln(1)
        self.choose_font(BODY)
        widest = max((self.get_string_width(self.shown_as(label)) for _value, label in piece.options), default=0)
        columns = max(1, min(len(piece.options), int(self.epw / (widest + _BOX + (3 if piece.across else 8)))))
        for number, (value, label) in enumerate(piece.options):
            if not number % columns:
                self.make_room(_BOX + 3)
            top, left = self.get_y(), self.epw / columns * (number % columns)
            box = (self.l_margin + left, top, _BOX, _BOX)
            ticked = value in piece.ticked
            if self._typed:
                self.remember(
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

    def _height(self, piece: WritingLines) -> float:
        """What must fit on a page; on paper, half of many lines may stand on the next one."""
        high = piece.lines * _LINE * (_SHRUNK if piece.lines > 2 else 1) if self._typed else min(piece.lines, 6) * _LINE
        return high + 14

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
