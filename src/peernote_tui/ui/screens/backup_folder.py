"""The question which folder on another drive takes backups."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from peernote_tui.ui import safe, sentences
from peernote_tui.ui.screens.keeping import KeepingModal
from peernote_tui.ui.shelf import Shelf
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.text_input import TextInput


class ChooseFolder(KeepingModal[str]):
    """Gives the path as typed, "" for no other drive, or None to change nothing.

    Args:
        chosen: The folder that is chosen now; empty for none.
        connected: Drives to mention.
    """

    def __init__(self, chosen: str, connected: list[str]) -> None:
        super().__init__(Shelf("backup folder"))
        self._chosen = chosen
        self._connected = connected

    def compose(self) -> ComposeResult:
        """Lay out what is asked, the field and the keys."""
        with Vertical(classes="dialog"):
            yield Static(safe.content(sentences.FOLDER_TITLE, "bold"), markup=False)
            yield Static(safe.content(sentences.FOLDER_MEANS), classes="dialog--text", markup=False)
            if said := sentences.drives_connected(self._connected):
                yield Static(safe.content(said, "$muted"), classes="dialog--text", markup=False)
            first = self._chosen or (self._connected[0] if len(self._connected) == 1 else "")
            yield Field(
                "folder", sentences.FOLDER_LABEL, TextInput(first, id="folder"), stacked=True, classes="dialog--text"
            )
            yield Static(safe.content(sentences.FOLDER_KEYS), classes="dialog--keys", markup=False)

    def on_mount(self) -> None:
        """Begin in the field."""
        self.query_one("#folder", TextInput).focus()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.give(event.value.strip())
