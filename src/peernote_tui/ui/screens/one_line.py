"""A question with a one-line answer, over a screen."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.suggester import Suggester
from textual.widgets import Input, Static

from peernote_tui.ui import safe, sentences
from peernote_tui.ui.screens.keeping import KeepingModal, Take
from peernote_tui.ui.shelf import Shelf
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.text_input import CAP, TextInput


class OneLine(KeepingModal[Any]):
    """Gives what was typed, or what came of taking it; None when it was closed.

    Args:
        title: What it is about.
        label: What is asked.
        hint: What an answer looks like.
        shelf: Where it waits.
        take: As for `KeepingModal`.
        typed: What stands there.
        suggester: Completes what is typed.
        may_be_empty: Whether nothing is an answer, too.
        longest: Most characters.
        told: What is to be known before it is answered.
        error: What is wrong with what stands there; goes when something else is typed.
    """

    def __init__(
        self,
        title: str,
        label: str,
        *,
        hint: str,
        shelf: Shelf,
        take: Take[Any] | None = None,
        typed: str = "",
        suggester: Suggester | None = None,
        may_be_empty: bool = False,
        longest: int = CAP,
        told: str = "",
        error: str = "",
    ) -> None:
        super().__init__(shelf, take)
        self._may_be_empty = may_be_empty
        self._title, self._told = title, told
        box = TextInput(typed, max_length=longest)
        box.suggester = suggester
        self._field = Field("one_line", label, box, hint=hint, stacked=True)
        self._wrong = (typed, error)

    def compose(self) -> ComposeResult:
        """Lay out the question and the keys."""
        with Vertical(classes="dialog dialog--wide"):
            yield Static(safe.content(self._title, "bold"), markup=False)
            if self._told:
                yield Static(safe.content(self._told, "$primary"), classes="dialog--text", markup=False)
            yield self._field
            yield Static(safe.content(sentences.ONE_LINE_KEYS), classes="dialog--keys", markup=False)

    def on_mount(self) -> None:
        """Begin in the box."""
        self.query_one(TextInput).focus()
        self._field.set_error(self._wrong[1] or None)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        if event.value != self._wrong[0]:
            self._field.set_error(None)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip() or self._may_be_empty:
            self.give(event.value.strip())
        else:
            self._field.set_error(sentences.ONE_LINE_EMPTY)
