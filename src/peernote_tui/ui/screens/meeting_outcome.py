"""The question what became of a meeting that did not take place."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from peernote_tui.ui import safe, sentences
from peernote_tui.ui.screens.base import PeerModal


class MeetingOutcome(PeerModal[str]):
    """Gives "no-show", "move", "cancel", or None to step back.

    Args:
        name: With whom the meeting was.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "answer('no-show')", "Did not come", id="outcome.no_show", tooltip="Write the no-show note."),
        Binding("v", "answer('move')", "Move", id="outcome.move", tooltip="Another time, way, place or topics."),
        Binding("d", "answer('cancel')", "Cancel", id="outcome.cancel", tooltip="Cancel it, with a reason."),
    ]

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name_shown = name

    def compose(self) -> ComposeResult:
        """Lay out whom it was with, and the ways."""
        ways = [
            part for key, words in sentences.OUTCOME_WAYS for part in ((f"  {key}  ", "bold $primary"), f"{words}\n")
        ]
        with Vertical(classes="dialog"):
            head = ((sentences.OUTCOME_TITLE, "bold"), "  ", (self._name_shown, "$muted"))
            yield Static(safe.assemble(*head), markup=False)
            yield Static(safe.assemble(*ways), classes="dialog--text", markup=False)
            yield Static(safe.content(sentences.OUTCOME_KEYS), classes="dialog--keys", markup=False)

    def action_answer(self, answer: str) -> None:
        """Answer and close."""
        self.dismiss(answer)
