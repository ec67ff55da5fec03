"""Agreed actions with how sure the participant is of each: a number on a row, without typing the line again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.suggester import Suggester

from peernote_tui.ui import sentences
from peernote_tui.ui.widgets.action_rows import ActionList, ActionRow, ActionRows

TOP = 10


class AgreedList(ActionList):
    """The rows; a digit on one says how sure the participant is of it, and the same digit again takes that back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "sure(-1)", "Less sure", id="rows.less_sure", show=False, tooltip=sentences.LESS_SURE),
        Binding("right", "sure(1)", "More sure", id="rows.more_sure", show=False, tooltip=sentences.MORE_SURE),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._typed_one = False

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Keep digits from reaching the screen's commands."""
        return bool(key) and character is not None and character in "0123456789"

    def on_key(self, event: events.Key) -> None:
        """Take a digit; 1 and then 0 make 10."""
        if not event.character or event.character not in "0123456789" or not self.rows:
            self._typed_one = False
            return
        event.stop()
        event.prevent_default()
        digit = int(event.character)
        number = TOP if digit == 0 and self._typed_one else digit
        self._typed_one = digit == 1
        self._rate(None if number == self.rows[self.at].sure else number)

    def action_sure(self, step: int) -> None:
        """One more, or one less; from nothing, the middle."""
        self._typed_one = False
        if self.rows:
            held = self.rows[self.at].sure
            self._rate(TOP // 2 if held is None else max(0, min(held + step, TOP)))

    def _rate(self, number: int | None) -> None:
        owner = self._owner
        if isinstance(owner, AgreedRows):
            owner.rate(self.at, number)


class AgreedRows(ActionRows):
    """Rows of agreed actions.

    Args:
        read: As for `ActionRows`.
        echo: As for `ActionRows`.
        rated: The row with another number, 0 to 10, or none.
        rows: Rows to begin with.
        typed: A half-typed line to begin with.
        suggester: Completes what is typed.
    """

    LIST = AgreedList

    def __init__(
        self,
        read: Callable[[str], ActionRow],
        echo: Callable[[str], str],
        rated: Callable[[ActionRow, int | None], ActionRow],
        *,
        rows: Sequence[ActionRow] = (),
        typed: str = "",
        suggester: Suggester | None = None,
    ) -> None:
        super().__init__(read, echo, rows=rows, typed=typed, suggester=suggester)
        self._rated = rated

    def rate(self, place: int, number: int | None) -> None:
        """Say how sure the participant is of a row; `undo` takes it back."""
        row = self._rated(self.rows[place], number)
        self._set((*self.rows[:place], row, *self.rows[place + 1 :]))
