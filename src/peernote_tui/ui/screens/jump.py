"""Ctrl+O: letters over the fields; pressing one goes there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Offset
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from peernote_tui.ui import sentences
from peernote_tui.ui.screens.base import PeerModal
from peernote_tui.ui.widgets.side_pane import SidePane

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""Home row first: the letters nearest to resting fingers."""


@dataclass(frozen=True)
class Target:
    """A field that can be jumped to: its letter, the widget, and where the letter stands."""

    letter: str
    widget: Widget
    offset: Offset


def jump_targets(screen: Screen[Any]) -> list[Target]:
    """Give the focusable widgets that can be seen on a screen, from top left to bottom right."""
    seen = [widget for widget in screen.focus_chain if screen.can_view_partial(widget)]
    # What only scrolls comes last: the nearest letters belong to what is typed into.
    seen.sort(key=lambda widget: (isinstance(widget, SidePane), widget.region.y, widget.region.x))
    return [
        Target(letter, widget, Offset(max(0, widget.region.x), max(0, widget.region.y)))
        for letter, widget in zip(LETTERS, seen, strict=False)
    ]


class JumpScreen(PeerModal[Widget | None]):
    """Letters over the fields of the screen below; gives the chosen widget, or None.

    Args:
        targets: From `jump_targets`.
    """

    def __init__(self, targets: Sequence[Target]) -> None:
        super().__init__()
        self._targets = tuple(targets)

    def compose(self) -> ComposeResult:
        """Place one label per target, and the hint at the foot."""
        for target in self._targets:
            label = Static(Content(f" {target.letter} "), classes="jump--letter", markup=False)
            label.styles.offset = target.offset
            yield label
        yield Static(sentences.JUMP_HINT, classes="jump--hint", markup=False)

    def on_key(self, event: events.Key) -> None:
        """Go to the letter; any other letter does nothing."""
        for target in self._targets:
            if event.character and event.character.lower() == target.letter:
                event.stop()
                self.dismiss(target.widget)
                return
