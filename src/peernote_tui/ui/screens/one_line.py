"""A question with a one-line answer, over a screen."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.suggester import Suggester
from textual.widgets import Input, Static

from peernote_tui.ui import safe, sentences
from peernote_tui.ui.screens.base import PeerModal
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.text_input import TextInput


class OneLine(PeerModal[str]):
    """Gives what was typed, or None when it was closed.

    Args:
        title: What it is about.
        label: What is asked.
        hint: What an answer looks like.
        typed: What stands there.
        suggester: Completes what is typed.
        may_be_empty: Whether nothing is an answer, too.
        error: What is wrong with what stands there; goes when something else is typed.
    """

    def __init__(
        self,
        title: str,
        label: str,
        *,
        hint: str,
        typed: str = "",
        suggester: Suggester | None = None,
        may_be_empty: bool = False,
        error: str = "",
    ) -> None:
        super().__init__()
        self._may_be_empty = may_be_empty
        self._title, self._before = title, typed
        box = TextInput(typed)
        box.suggester = suggester
        self._box = box
        self._field = Field("one_line", label, box, hint=hint, stacked=True)
        self._wrong = (typed, error)

    def compose(self) -> ComposeResult:
        """Lay out the question and the keys."""
        with Vertical(classes="dialog dialog--wide"):
            yield Static(safe.content(self._title, "bold"), markup=False)
            yield self._field
            yield Static(safe.content(sentences.ONE_LINE_KEYS), classes="dialog--keys", markup=False)

    @property
    def typed(self) -> str:
        """What stands in the box."""
        return self._box.value

    @property
    def is_changed(self) -> bool:
        """Whether something else stands in the box than at first."""
        return self._box.value != self._before

    def put(self, typed: str) -> None:
        """Put words into the box that were typed there before."""
        self._box.value = typed

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
            self.dismiss(event.value.strip())
        else:
            self._field.set_error(sentences.ONE_LINE_EMPTY)
