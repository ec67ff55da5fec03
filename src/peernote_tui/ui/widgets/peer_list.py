"""A list of rows under headings, with one amber bar instead of a coloured slab."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, TypeAlias

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from peernote_tui.ui import safe
from peernote_tui.ui.safe import Cell, Column

BAR = "▌"
_INDENT = 2


@dataclass(frozen=True)
class Heading:
    """A line that cannot be chosen: "Overdue   3".

    Attributes:
        text: The words.
        count: A muted number after them; None for none.
        style: Textual style of the words.
        beside: Further words after both, in styles of their own.
    """

    text: str
    count: int | None = None
    style: str = "bold $primary"
    beside: Content | None = None


@dataclass(frozen=True)
class Row:
    """A line that can be chosen.

    Attributes:
        id: Its id, unique in the list.
        cells: One text per column of the list; a plain string has no style.
        below: A muted second line under the first, such as a hit in context, or several; empty for none.
        columns: Columns of this row's own; those of the list when empty.
    """

    id: str
    cells: tuple[Cell | Content | str, ...]
    below: str | Content = ""
    columns: tuple[Column, ...] = ()

    def fitted(self, room: int) -> Row:  # noqa: ARG002 for subclasses
        """The row as it is shown in `room` cells; a subclass may choose shorter words."""
        return self

    @property
    def fits_by(self) -> object:
        """On what `fitted` goes beside the row and the room: when that changes, it is laid out anew."""
        return None


Line: TypeAlias = Heading | Row


class PeerList(OptionList):
    """Rows in fixed cells, under headings.

    The highlight is kept by id when the rows are replaced; when its row is gone, the row that took
    its place is highlighted. Enter posts `OptionList.OptionSelected`, moving the highlight posts
    `OptionList.OptionHighlighted`, both with `option_id`. Text is never read as markup.

    Args:
        columns: The columns of every row, see `safe.Column`.
        empty: Sentence for an empty list; it names the key that fills it.
        gap: Cells between columns.
        id: Widget id.
        classes: CSS classes.
    """

    COMPONENT_CLASSES = {"peer-list--bar"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Open", id="list.open", tooltip="Open the highlighted line."),
    ]

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        empty: str = "",
        gap: int = 2,
        id: str | None = None,  # noqa: A002 Textual's name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes, markup=False, compact=True)
        self._columns = tuple(columns)
        self._gap = gap
        self._empty = empty
        self._lines_given: tuple[Line, ...] = ()
        self._laid_for = -1
        self._drawn: dict[str, tuple[Row, object, Option]] = {}
        """Rows as they were laid out last, by id: most of them stay when one is marked or changed."""
        self._is_late = False
        self._waiting: str | None = None
        self._expected: str | None = None

    @property
    def highlighted_id(self) -> str | None:
        """Id of the highlighted row, or None."""
        option = self.highlighted_option
        return option.id if option is not None else None

    @property
    def row_count(self) -> int:
        """Rows that can be chosen."""
        return sum(isinstance(line, Row) for line in self._lines_given)

    def show(self, lines: Sequence[Line], *, highlight: str | None = None) -> None:
        """Replace headings and rows.

        Args:
            lines: Headings and rows from top to bottom.
            highlight: Id of the row to highlight; the one before when left out.
        """
        wanted = highlight or self.highlighted_id
        place = self._row_place()
        self._lines_given = tuple(lines)
        # A hidden list has no width to lay its rows out for; they are laid out when it shows itself.
        self._waiting = wanted if self._room() <= 0 else None
        self._is_late = self._room() <= 0
        self._lay(wanted, place)

    def expect(self, row_id: str) -> None:
        """Highlight this row as soon as it is among those that are shown."""
        self._expected = row_id
        self._lay(self.highlighted_id, self._row_place())

    def on_show(self) -> None:
        """Lay out what was given while the list was hidden."""
        if self._is_late:
            self._is_late = False
            self._lay(self._waiting, 0)

    def place_left(self) -> dict[str, Any]:
        """The highlighted row."""
        return {"row": self.highlighted_id} if self.highlighted_id else {}

    def return_to(self, left: dict[str, Any]) -> None:
        """Highlight that row again, where it is still there."""
        place = next((n for n, option in enumerate(self.options) if option.id and option.id == left.get("row")), None)
        if place is not None:
            self.highlighted = place

    def set_empty(self, sentence: str) -> None:
        """Replace the sentence for an empty list."""
        self._empty = sentence
        if not self._lines_given:
            self._lay(None, 0)

    def on_mount(self) -> None:
        """Lay out what was given before mounting."""
        self._lay(self.highlighted_id, 0)

    def on_resize(self, _event: events.Resize) -> None:
        """Lay the cells out anew when the width changed."""
        self._fit()

    def watch_show_vertical_scrollbar(self) -> None:
        """Lay the cells out anew when a scrollbar came or went, which is no resize."""
        self.call_next(self._fit)

    def scroll_to_highlight(self, top: bool = False) -> None:  # noqa: FBT001, FBT002 the signature is Textual's
        """Keep the highlight in view, with the heading above the first row."""
        first = next((place for place, option in enumerate(self.options) if not option.disabled), None)
        if self.highlighted is not None and self.highlighted == first:
            self.scroll_home(animate=False, immediate=True)
        else:
            super().scroll_to_highlight(top)

    def _move_page(self, direction: Literal[-1, 1]) -> None:
        """Move by a page; a list that is not shown, as in a terminal that is too small, has none."""
        if self.scrollable_content_region:
            super()._move_page(direction)

    def render_line(self, y: int) -> Strip:
        """Draw one line, with the bar on the highlighted row."""
        strip = super().render_line(y)
        if self.highlighted is None or not any(
            segment.style is not None and segment.style.meta.get("option") == self.highlighted for segment in strip
        ):
            return strip
        style = strip.crop(0, 1)
        base = next(iter(style)).style if style.cell_length else None
        bar = self.get_component_rich_style("peer-list--bar", partial=True)
        return Strip.join([Strip([Segment(BAR, base + bar if base else bar)], 1), strip.crop(1)])

    def _fit(self) -> None:
        if self._room() != self._laid_for:
            self._lay(self.highlighted_id, self._row_place())

    def _room(self) -> int:
        return self.scrollable_content_region.width

    def _row_place(self) -> int:
        """Give how many rows stand above the highlighted one."""
        if self.highlighted is None:
            return 0
        return sum(not option.disabled for option in self.options[: self.highlighted])

    def _lay(self, wanted: str | None, place: int) -> None:
        width = self._room()
        if not self.is_mounted or width <= 0:
            return
        before = self._drawn if width == self._laid_for else {}
        self._laid_for, self._drawn = width, {}
        top = self.scroll_offset.y
        options = [
            self._heading(line, width, first=number == 0)
            if isinstance(line, Heading)
            else self._row(line, width - _INDENT, before)
            for number, line in enumerate(self._lines_given)
        ]
        if not options and self._empty:
            options = [Option(safe.content(self._empty, "$muted", keep_lines=True), disabled=True)]
        self.set_options(options)
        self.scroll_to(y=top, animate=False, immediate=True)
        rows = [number for number, line in enumerate(self._lines_given) if isinstance(line, Row)]
        if self._expected is not None and any(options[number].id == self._expected for number in rows):
            wanted, self._expected = self._expected, None
        if rows:
            kept = [number for number in rows if options[number].id == wanted]
            self.highlighted = kept[0] if kept else rows[min(place, len(rows) - 1)]

    def _heading(self, line: Heading, width: int, *, first: bool) -> Option:
        count = "" if line.count is None else f"   {line.count}"
        words = safe.shorten(line.text, width - len(count))
        laid = Content.assemble((words, line.style), (count, "$muted"))
        if line.beside is not None:
            laid = Content.assemble(laid, "  ", line.beside).truncate(width, ellipsis=True)
        return Option(Content.assemble("" if first else "\n", laid), disabled=True)

    def _row(self, line: Row, room: int, before: dict[str, tuple[Row, object, Option]]) -> Option:
        known, fits = before.get(line.id), line.fits_by
        if known is not None and known[:2] == (line, fits):
            option = known[2]
        else:
            option = Option(self._laid(line.fitted(room), room), id=line.id)
        self._drawn[line.id] = (line, fits, option)
        return option

    def _laid(self, line: Row, room: int) -> Content:
        columns = line.columns or self._columns
        laid = Content.assemble(" " * _INDENT, safe.row(line.cells, columns, room, gap=self._gap))
        if line.below:
            below = line.below if isinstance(line.below, Content) else safe.content(line.below, "$muted")
            for more in below.split("\n", allow_blank=True):
                laid = Content.assemble(laid, "\n" + " " * (_INDENT + 2), more.truncate(room - 2, ellipsis=True))
        return laid
