"""What stands beside: last time, open actions, own words, trend, consent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from peernote_tui.ui import safe
from peernote_tui.ui.trend import Rated, trend

_CHART = 34
_CHART_ROWS = 4
"""Cells and lines of a trend beside."""


@dataclass(frozen=True)
class PaneLine:
    """One line: plain text, optionally with a sign before it in its own style.

    Attributes:
        text: Text of any origin; long lines wrap.
        style: Textual style of the text.
        sign: Such as "!" or "✓"; empty for none.
        sign_style: Textual style of the sign.
    """

    text: str
    style: str = ""
    sign: str = ""
    sign_style: str = "$error"


@dataclass(frozen=True)
class Section:
    """A heading and its lines.

    Attributes:
        heading: Such as "Open actions".
        lines: Plain strings or `PaneLine`s.
        rated: Days and ratings 0 to 10 for a trend under the heading, oldest first; empty for none.
        key: By which a screen that shows the same elsewhere leaves it out.
    """

    heading: str
    lines: tuple[str | PaneLine, ...] = ()
    rated: tuple[Rated, ...] = ()
    key: str = ""


class SidePane(VerticalScroll, can_focus=True):
    """Sections under teal headings behind one thin rule.

    Shown from 100 columns on; below that the screen's side pane key brings it over the body. With
    focus, the arrow and page keys scroll it.
    """

    def compose(self) -> ComposeResult:
        """Hold the text."""
        yield Static("", classes="side--text", markup=False)

    def show(self, sections: Sequence[Section], *, title: str = "", detail: str = "") -> None:
        """Replace what is shown.

        Args:
            sections: The sections from top to bottom.
            title: Bold first line, such as a participant's name.
            detail: Muted words after the title.
        """
        blocks: list[Content] = []
        if title:
            blocks.append(Content.assemble(safe.content(title, "bold"), "  ", safe.content(detail, "$muted")))
        blocks += [_section(section) for section in sections]
        # A pane that is just coming or going has no text, and nobody who would read it.
        for text in self.query(".side--text").results(Static):
            text.update(Content("\n\n").join(blocks))
        self.scroll_home(animate=False)


def laid(given: str | PaneLine) -> Content:
    """A line with its sign."""
    line = PaneLine(given) if isinstance(given, str) else given
    sign = (safe.clean(line.sign) + " ", line.sign_style) if line.sign else ("", "")
    return Content.assemble(sign, safe.content(line.text, line.style))


def _section(section: Section) -> Content:
    lines = [safe.content(section.heading, "bold $secondary")]
    lines += [Content.styled(line, "$primary") for line in trend(section.rated, _CHART, rows=_CHART_ROWS)]
    return Content("\n").join([*lines, *map(laid, section.lines)])
