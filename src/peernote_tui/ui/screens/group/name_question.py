"""The question what to say instead of a name that others would read."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from peernote_tui.ui import safe, sentences
from peernote_tui.ui.screens.base import PeerModal

REPLACE, ORDINARY, EDIT = "replace", "ordinary", "edit"


class NameQuestion(PeerModal[str]):
    """Gives `REPLACE`, `ORDINARY`, `EDIT`, or None to step back.

    Args:
        question: What stands where, in a sentence.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", f"settle('{REPLACE}')", "Say “a participant”", id="name.replace",
                tooltip="Say “a participant” in its place, wherever others would read it."),
        Binding("o", f"settle('{ORDINARY}')", "Ordinary word", id="name.ordinary",
                tooltip="It is no name here; it stays as it is written."),
        Binding("e", f"settle('{EDIT}')", "Edit", id="name.edit", tooltip="Go back to the box and write it anew."),
    ]  # fmt: skip

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """Lay out the question and the keys."""
        with Vertical(classes="dialog"):
            yield Static(safe.content(self._question, "bold"), markup=False)
            keys = safe.content(sentences.NAME_INSTEAD_KEYS, keep_lines=True)
            yield Static(keys, classes="dialog--keys", markup=False)

    def action_settle(self, answer: str) -> None:
        """Answer and close."""
        self.dismiss(answer)
