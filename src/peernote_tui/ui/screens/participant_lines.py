"""The line that opens in place on a participant's page: a new action item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from peernote_tui.domain.action_line import LONGEST_LINE, ActionLine, parse_action_line
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.names import Called
from peernote_tui.ui import naming, sentences
from peernote_tui.ui.line_completing import LineSuggester, offered_owner
from peernote_tui.ui.line_echo import echo_line
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.text_input import TextInput

_LONGEST_DAY = 60


class AddBox(TextInput):
    """A new action item in one line."""

    HELP_TEXT = sentences.ACTION_LINE_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Add it", id="participant.keep", tooltip="Add the action item."),
    ]


class ActionAdder(Vertical):
    """A line for a new action item that says back what it understands."""

    @dataclass
    class Written(Message):
        """Enter on a line that is understood."""

        line: ActionLine

    def __init__(self) -> None:
        super().__init__(classes="opens-in-place")
        self._whose = self._called = self._shown = ""
        self._today = date.min
        self._day_first: bool | None = None

    def compose(self) -> ComposeResult:
        """Lay out the line."""
        box = AddBox(max_length=LONGEST_LINE, placeholder=sentences.ACTION_EXAMPLE)
        box.suggester = LineSuggester(lambda: (self._today, self._shown))
        yield Field("add", sentences.ACTION, box, hint=sentences.ACTION_LINE_HINT)

    def begin(self, person: Called, today: date, *, day_first: bool | None) -> None:
        """Put focus in the line, with what was typed before.

        Args:
            person: The participant.
            today: The local day.
            day_first: How 3/4 is read; None refuses it.
        """
        self._whose, self._called, self._shown = person.name, naming.as_owner(person), offered_owner(person)
        self._today, self._day_first = today, day_first
        self._say_back()
        self._field.focus_control()

    def finish(self) -> None:
        """Empty the line after its action item is stored."""
        self.query_one(AddBox).load("")
        self._field.set_echo(None)

    def refuse(self, sentence: str) -> None:
        """Say under the line why its action item is not stored."""
        self._field.set_error(sentence)

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        event.stop()
        self._field.set_error(None)
        self._say_back()

    def _say_back(self) -> None:
        try:
            line = self._understood()
        except InvalidInputError:
            self._field.set_echo(None)
            return
        self._field.set_echo(echo_line(line, today=self._today, called=self._called))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        try:
            self.post_message(self.Written(self._understood()))
        except InvalidInputError as error:
            self._field.set_error(str(error))

    def _understood(self) -> ActionLine:
        return parse_action_line(
            self.query_one(AddBox).value,
            today=self._today,
            participant_name=self._whose,
            day_first=self._day_first,
        )

    @property
    def _field(self) -> Field:
        return self.query_one("#field-add", Field)
