"""The command palette, for those who type on before it stands.

It reaches into Textual's palette; a test fails when that changes. Measured with Textual 8.2.8.
"""

from __future__ import annotations

from contextlib import suppress

from textual.command import CommandPalette

from peernote_tui.ui.leaving import LeavableScreen


class Palette(CommandPalette, LeavableScreen[None]):
    """Textual's palette, which a page key that comes before its list is laid out does not end the program with."""

    def _action_command_list(self, action: str) -> None:
        # The list asks on which line its highlight stands, and has no lines yet.
        with suppress(KeyError, IndexError):
            super()._action_command_list(action)
