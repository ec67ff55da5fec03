"""A widget that draws ready lines and is exactly as tall as they are."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget


class LinesWidget(Widget):
    """Base for widgets that lay out their own lines for a given width."""

    def lines(self, width: int) -> list[Content]:
        """Give the lines for a width in cells; for subclasses."""
        raise NotImplementedError

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 Textual's signature
        """Give the number of lines at this width."""
        return max(1, len(self.lines(width)))

    def render(self) -> Content:
        """Draw the lines."""
        return Content("\n").join(self.lines(self.content_size.width))
