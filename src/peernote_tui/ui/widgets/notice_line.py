"""One line above the footer for what just happened."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from peernote_tui.ui import safe
from peernote_tui.ui.widgets.top_line import TONES


class NoticeLine(Widget):
    """A notice such as "Done. Ask landlord for receipt   u to undo".

    It stays until it is replaced or cleared. An error begins with the sign "!". Without a way out that has to stand
    beside it, it takes up to three lines when it needs them.
    """

    notice: reactive[tuple[str, str, str]] = reactive(("", "muted", ""))
    """Text, tone and way out; see `say`."""

    def say(self, text: str, *, tone: str = "muted", way: str = "") -> None:
        """Show a notice in place of the one before.

        Args:
            text: What happened, of any origin; shortened to fit.
            tone: One of "muted", "success", "warning", "error", "text".
            way: What can be pressed now, such as "u to undo"; always shown whole.
        """
        self.notice = (text, tone, way)

    def clear(self) -> None:
        """Show nothing."""
        self.notice = ("", "muted", "")

    @property
    def is_error(self) -> bool:
        """Whether an error is standing."""
        return bool(self.notice[0]) and self.notice[1] == "error"

    def watch_notice(self) -> None:
        """Give a sentence the lines it needs, three at most: its end often is the way out."""
        text, _tone, way = self.notice
        room = self.content_size.width - 2
        was_tall = self.has_class("-tall")
        self.set_class(not way and safe.width(safe.clean(text)) > room > 0, "-tall")
        if was_tall:
            self.refresh(layout=True)

    def render(self) -> Content:
        """Draw the notice, in one line as a rule."""
        text, tone, way = self.notice
        if not text:
            return Content("")
        if self.has_class("-tall"):
            return safe.content(("! " if tone == "error" else "") + text, TONES[tone])
        style = TONES.get(tone, "$muted")
        way = safe.clean(way)
        sign = "! " if tone == "error" else ""
        room = self.content_size.width - len(sign) - (safe.width(way) + 3 if way else 0)
        parts = [(sign, style), (safe.shorten(text, room), style)]
        if way:
            parts.append(("   " + way, "$primary"))
        return Content.assemble(*parts)
