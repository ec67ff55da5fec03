"""The yardstick for typing: a Textual app that is one text area."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static, TextArea

PAINTED = "The bare yardstick"


class BareArea(App[None]):
    def compose(self) -> ComposeResult:
        yield Static(PAINTED)
        yield TextArea(soft_wrap=True, tab_behavior="focus")


if __name__ == "__main__":
    BareArea().run()
