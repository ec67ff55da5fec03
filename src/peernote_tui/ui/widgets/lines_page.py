"""A page of ready lines to read, laid out anew for each width."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from peernote_tui.ui.widgets.lines import LinesWidget

Laying = Callable[[int], list[Content]]
"""Lays lines out for a width in cells."""


class LinesText(LinesWidget):
    """The text of the page."""

    def __init__(self) -> None:
        super().__init__()
        self._lay: Laying = lambda _width: []
        self._laid: tuple[int, list[Content]] | None = None

    def show(self, lay: Laying) -> None:
        """Draw something else."""
        self._lay, self._laid = lay, None
        self.refresh(layout=True)

    def lines(self, width: int) -> list[Content]:
        """Give the lines; laid out once for each width."""
        if width <= 0:
            return []
        if self._laid is None or self._laid[0] != width:
            self._laid = width, self._lay(width)
        return self._laid[1]


class LinesPage(VerticalScroll, can_focus=True):
    """A page to read. The arrow and page keys, Home, End and space scroll it; left and right step through time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "screen.step(-1)", "Earlier", id="time.earlier", tooltip="What was before these days."),
        Binding("right", "screen.step(1)", "Later", id="time.later", tooltip="What came after these days."),
        Binding("space", "page_down", "Read on", id="page.on", tooltip="Scroll one page on."),
    ]

    def compose(self) -> ComposeResult:
        """Hold the text."""
        yield LinesText()

    def show(self, lay: Laying) -> None:
        """Show something else, from its top."""
        self.query_one(LinesText).show(lay)
        self.scroll_home(animate=False)
