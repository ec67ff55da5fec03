"""The yardstick for starting: the smallest Textual app with one Static and one Input."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Input, Static

PAINTED = "The bare yardstick"


class BareApp(App[None]):
    def compose(self) -> ComposeResult:
        yield Static(PAINTED)
        yield Input()


if __name__ == "__main__":
    BareApp().run()
