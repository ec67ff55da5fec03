"""Agreed actions: what stands so far, and one line to type the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input, Static

from peernote_tui.domain.action_line import LONGEST_LINE
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.widgets.lines import LinesWidget
from peernote_tui.ui.widgets.text_input import TextInput


@dataclass(frozen=True)
class ActionRow:
    """One agreed action as the list shows it.

    Attributes:
        id: Its id.
        text: What is to be done.
        who: Who does it, in a word.
        due: By when, in words; empty for no day.
        line: The line that would enter it again, for editing.
        meaning: What the row stands for; the list does not look into it.
        more: What else is known of it, such as how it recurs; shown behind the text.
        sure: How sure the participant is of it, 0 to 10; None for not said.
    """

    id: str
    text: str
    who: str
    due: str
    line: str
    meaning: object
    more: str = ""
    sure: int | None = None


class ActionList(LinesWidget, can_focus=True):
    """The rows agreed so far; with focus, one of them is marked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,e", "edit", "Edit", id="rows.edit", tooltip="Bring this row back into the line below."),
        Binding("delete,x", "remove", "Take out", id="rows.remove", tooltip="Take this row out; u brings it back."),
        Binding("u,ctrl+z", "undo", "Undo", id="rows.undo", tooltip="Bring back what was taken out."),
        Binding("up", "move(-1)", "Row above", show=False),
        Binding("down", "move(1)", "Row below", show=False),
    ]

    @dataclass
    class Left(Message):
        """Down was pressed on the last row."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[ActionRow, ...] = ()
        self.at = 0

    def show(self, rows: Sequence[ActionRow]) -> None:
        """Draw other rows."""
        self.rows = tuple(rows)
        self.at = max(0, min(self.at, len(self.rows) - 1))
        self.display = bool(self.rows)
        self.refresh(layout=True)

    def place_left(self) -> dict[str, Any]:
        """The marked row."""
        return {"at": self.at} if self.rows else {}

    def return_to(self, left: dict[str, Any]) -> None:
        """Mark that row again."""
        self.at = max(0, min(int(left["at"]), len(self.rows) - 1))
        self.refresh()

    def lines(self, width: int) -> list[Content]:
        """Draw a row a line: sign, what, who, by when."""
        columns = (safe.Column(20, flex=1), safe.Column(10), safe.Column(12))
        drawn = []
        for place, row in enumerate(self.rows):
            here = self.has_focus and place == self.at
            # The marked row has room for all of it.
            more = f" · {row.more}" if row.more and not here else ""
            cells = (
                safe.assemble((row.text, "bold" if here else ""), (more, "$muted")),
                safe.Cell(row.who, "$secondary"),
                safe.Cell(row.due, "$muted"),
            )
            bar = ("▌ ", "$primary") if here else ("○ ", "$muted")
            drawn.append(Content.assemble(bar, safe.row(cells, columns, max(1, width - 2))))
            if here and row.more:
                more = safe.shorten(row.more, max(1, width - 2))
                drawn.append(Content.assemble(bar, (more, "$muted")))
        return drawn

    def on_focus(self) -> None:
        """Mark the last row when coming from below."""
        self.refresh(layout=True)

    def on_blur(self) -> None:
        """Take the mark away."""
        self.refresh(layout=True)

    def action_move(self, step: int) -> None:
        """Mark the neighbour; below the last row stands the line."""
        if step > 0 and self.at >= len(self.rows) - 1:
            self.post_message(self.Left())
            return
        self.at = max(0, self.at + step)
        self.refresh(layout=True)

    def action_edit(self) -> None:
        """Bring the marked action back into the line."""
        if self.rows:
            self._owner.edit(self.at)

    def action_remove(self) -> None:
        """Take the marked action out."""
        if self.rows:
            self._owner.take_out(self.at)

    def action_undo(self) -> None:
        """Bring back what was taken out."""
        self._owner.undo()

    @property
    def _owner(self) -> ActionRows:
        return next(node for node in self.ancestors if isinstance(node, ActionRows))


class ActionInput(TextInput):
    """The line of `ActionRows`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Add or go on", id="field.next", tooltip="Add the line, or go on when it is empty."),
    ]

    def on_key(self, event: events.Key) -> None:
        """Up goes to the rows; Backspace on an empty line brings the last one back."""
        owner = next(node for node in self.ancestors if isinstance(node, ActionRows))
        if (event.key == "up" and owner.go_up()) or (
            event.key == "backspace" and not self.value and owner.edit(len(owner.rows) - 1)
        ):
            event.stop()
            event.prevent_default()

    def action_undo(self) -> None:
        """Undo typing, or the last change of the rows on a line without history."""
        if self.can_undo:
            super().action_undo()
        else:
            next(node for node in self.ancestors if isinstance(node, ActionRows)).undo()


class ActionRows(Vertical):
    """Rows of agreed actions and one line for the next; Enter adds, Enter on an empty line goes on.

    Args:
        read: Understands a line: gives the row it would make, or raises `ValueError` with the sentence that
            says what is wrong.
        echo: Says back what a line is understood as; empty while nothing is.
        rows: Rows to begin with.
        typed: A half-typed line to begin with.
        example: Shown in the empty line.
        longest: Most characters of a line.
        suggester: Completes what is typed.
    """

    HELP_TEXT = sentences.ACTION_ROWS_HELP
    LIST: ClassVar[type[ActionList]] = ActionList
    """What draws the rows."""

    @dataclass
    class Changed(Message):
        """Rows or typing changed."""

        field: ActionRows

        @property
        def control(self) -> ActionRows:
            """The field, for `@on(ActionRows.Changed, "#id")`."""
            return self.field

    @dataclass
    class Submitted(Message):
        """Enter on an empty line: go on."""

        field: ActionRows

        @property
        def control(self) -> ActionRows:
            """The field, for `@on(ActionRows.Submitted, "#id")`."""
            return self.field

    def __init__(
        self,
        read: Callable[[str], ActionRow],
        echo: Callable[[str], str],
        *,
        rows: Sequence[ActionRow] = (),
        typed: str = "",
        example: str = sentences.ACTION_EXAMPLE,
        longest: int = LONGEST_LINE,
        suggester: Suggester | None = None,
    ) -> None:
        super().__init__()
        self._read = read
        self._say_back = echo
        self.rows: tuple[ActionRow, ...] = tuple(rows)
        self._past: list[tuple[ActionRow, ...]] = []
        self._list = self.LIST()
        self._input = ActionInput(typed, placeholder=example, max_length=longest)
        self._input.suggester = suggester

    def compose(self) -> ComposeResult:
        """Lay out rows, line and echo."""
        yield self._list
        yield self._input
        yield Static("", classes="rows--echo", markup=False)

    def on_mount(self) -> None:
        """Show what was given."""
        self._list.show(self.rows)
        self._tell(self._say_back(self.typed))

    @property
    def typed(self) -> str:
        """What stands in the line and is not entered yet."""
        return self._input.value

    @property
    def first_focus(self) -> TextInput:
        """The line, also when rows stand above it."""
        return self._input

    def load(self, rows: Sequence[ActionRow], typed: str) -> None:
        """Show other rows and another half-typed line, without a message; `undo` does not reach behind it."""
        self.rows, self._past = tuple(rows), []
        self._list.show(self.rows)
        self._input.load(typed)
        self._tell(self._say_back(typed))

    def enter(self) -> str:
        """Take what stands in the line as entered.

        Returns:
            Why it is not understood; empty when it is, or when nothing stands there.
        """
        if not self.typed.strip():
            return ""
        try:
            row = self._read(self.typed)
        except ValueError as refusal:
            self._tell(str(refusal), wrong=True)
            return str(refusal)
        self._input.load("")
        self._tell("")
        self._set((*self.rows, row))
        return ""

    def edit(self, place: int) -> bool:
        """Bring a row back into the line; True when there was one."""
        if not 0 <= place < len(self.rows):
            return False
        if self.typed.strip():
            self._tell(sentences.LINE_IN_USE, wrong=True)
            return False
        row = self.rows[place]
        self._set(self.rows[:place] + self.rows[place + 1 :])
        self._input.value = row.line
        self._input.cursor_position = len(row.line)
        self._input.focus()
        return True

    def take_out(self, place: int) -> None:
        """Take a row out; `undo` brings it back."""
        self._set(self.rows[:place] + self.rows[place + 1 :])
        if not self.rows:
            self._input.focus()

    def undo(self) -> None:
        """Bring back the rows as they were before the last change."""
        if self._past:
            self.rows = self._past.pop()
            self._list.show(self.rows)
            self.post_message(self.Changed(self))

    def go_up(self) -> bool:
        """Move to the rows; True when there are any."""
        if not self.rows:
            return False
        self._list.at = len(self.rows) - 1
        self._list.focus()
        return True

    @on(ActionList.Left)
    def _back_to_line(self, event: ActionList.Left) -> None:
        event.stop()
        self._input.focus()

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        event.stop()
        self._tell(self._say_back(self.typed))
        self.post_message(self.Changed(self))

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        event.stop()
        if not self.typed.strip():
            self.post_message(self.Submitted(self))
        else:
            self.enter()

    def _set(self, rows: tuple[ActionRow, ...]) -> None:
        self._past.append(self.rows)
        self.rows = rows
        self._list.show(rows)
        self.post_message(self.Changed(self))

    def _tell(self, text: str, *, wrong: bool = False) -> None:
        line = self.query_one(".rows--echo", Static)
        line.display = bool(text)
        line.update(safe.content(f"! {text}" if wrong else text, "$error" if wrong else "$secondary"))
