"""Why a record is archived: asked in place, after saying what is still open in it."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from peernote_tui.ui import safe, sentences
from peernote_tui.ui.screens.base import PeerModal
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.text_input import TextInput

_LONGEST = 500


class ArchiveReason(PeerModal[str]):
    """Asks why a record is archived; gives the reason, or None when it was closed.

    Args:
        still_open: What is still open in it, in a sentence; empty for nothing.
        typed: What was typed here before.
    """

    def __init__(self, still_open: str, typed: str) -> None:
        super().__init__()
        self._still_open = still_open
        self.typed = typed
        """What stands in the box, for the next time."""

    def compose(self) -> ComposeResult:
        """Lay out what is open, and the question."""
        with Vertical(classes="dialog dialog--wide"):
            if self._still_open:
                yield Static(safe.content(self._still_open, "$primary"), classes="dialog--text", markup=False)
            box = TextInput(self.typed, max_length=_LONGEST)
            yield Field("reason", sentences.ARCHIVE_WHY, box, hint=sentences.ARCHIVE_HINT, stacked=True)

    def on_mount(self) -> None:
        """Begin in the box."""
        self.query_one(TextInput).focus()

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        self.typed = event.value

    @on(Input.Submitted)
    def _entered(self) -> None:
        if self.typed.strip():
            self.dismiss(self.typed.strip())
