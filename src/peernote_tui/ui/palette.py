"""The command palette, for those who type on before it stands.

It reaches into Textual's palette; a test fails when that changes. Measured with Textual 8.2.8.
"""

from __future__ import annotations

from contextlib import suppress

from textual import events
from textual.command import CommandPalette

from peernote_tui.ui.leaving import LeavableScreen

_WITH_ONE_BELOW = 2


class Palette(CommandPalette, LeavableScreen[None]):
    """Textual's palette, which ends the program neither by a page key that comes too early nor by going too early."""

    def _on_mount(self, event: events.Mount) -> None:
        # It asks for the screen below; while a vault opens, all screens go, and it may have gone before it stood.
        if len(self.app.screen_stack) < _WITH_ONE_BELOW:
            event.prevent_default()

    def _action_command_list(self, action: str) -> None:
        # The list asks on which line its highlight stands, and has no lines yet.
        with suppress(KeyError, IndexError):
            super()._action_command_list(action)
