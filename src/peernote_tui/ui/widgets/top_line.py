"""The one line at the top: name, where I am, what is saved, when it locks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from peernote_tui.ui import safe, sentences

TONES = {"muted": "$muted", "success": "$success", "warning": "$primary", "error": "$error", "text": "$text"}
_SOON = 60
_LEAST_NAME = 16


class TopLine(Widget):
    """Left: the name, then tabs or the place and whom it is about. Right: mark, status and lock countdown.

    It never overflows: as room gets short it leaves out, in this order, the details of the
    person, the words "locks in", the whole name, the second part of the status, the place and the
    status. What is left is shortened with "…".

    Args:
        place: Where I am, such as "New note"; for a tab, its name.
        tabs: Names of the tabs; empty on other screens.
        id: Widget id.
    """

    place: reactive[str] = reactive("")
    name_shown: reactive[str] = reactive("")
    """Whom the screen is about, bold; empty for nobody."""
    detail: reactive[str] = reactive("")
    """Muted words after the name, such as "she/her · M-0042"."""
    short_name: reactive[str] = reactive("")
    """The name where room is short."""
    number: reactive[str] = reactive("")
    """What stays of the detail where room is short; it tells two people of one name apart."""
    status: reactive[str] = reactive("")
    """Such as "saved 14:52"; parts joined by " · " can be left out from the right."""
    tone: reactive[str] = reactive("muted")
    """Colour of the status: one of `TONES`."""
    mark: reactive[str] = reactive("")
    """What holds for the whole vault and is never left out, such as "read only"; empty for nothing."""
    seconds: reactive[int | None] = reactive(None)
    """Seconds until the vault locks; None shows nothing."""

    def __init__(self, place: str = "", *, tabs: Sequence[str] = (), id: str | None = None) -> None:  # noqa: A002 Textual's name
        super().__init__(id=id)
        self.tabs = tuple(tabs)
        self.set_reactive(TopLine.place, place)

    def render(self) -> Content:
        """Draw the fullest form that fits."""
        width = self.content_size.width
        form: tuple[Content, Content] = (Content(""), Content(""))
        for form in self._forms():
            left, right = form
            if left.cell_length + right.cell_length + 2 * bool(right) <= width:
                break
        left, right = form
        room = width - right.cell_length - 2 * bool(right)
        if left.cell_length > room:
            left = left.truncate(max(1, room), ellipsis=True)
        gap = max(0, width - left.cell_length - right.cell_length)
        return Content.assemble(left, " " * gap, right)

    def _forms(self) -> Iterator[tuple[Content, Content]]:
        """Give the line from its fullest to its shortest form."""
        whole = self.status.split(" · ")
        full, short, place = (self.name_shown, self.detail), (self.name_shown, self.number), not self.name_shown
        shortest = (self.short_name or self.name_shown, self.number)
        least = (safe.shorten(shortest[0], _LEAST_NAME), self.number)
        for whom, long_lock, parts, with_place, name in (
            (full, True, len(whole), True, True),
            (short, True, len(whole), True, True),
            (short, False, len(whole), True, True),
            (shortest, False, len(whole), True, True),
            (shortest, False, 1, True, True),
            (shortest, False, 1, place, True),
            (least, False, 1, place, True),
            (shortest, False, 0, place, True),
            (shortest, False, 0, place, False),
        ):
            yield (
                self._left(*whom, place=with_place, name=name),
                self._right(whole[:parts], long_lock=long_lock),
            )

    def _left(self, called: str, detail: str, *, place: bool, name: bool) -> Content:
        parts: list[tuple[str, str]] = [(sentences.APP_NAME, "bold $primary")] if name else []
        for tab in self.tabs:
            parts.append((" " if parts else "", ""))
            # Where there are no colours, the sign tells where one is.
            here = tab == self.place
            parts.append((f"›{tab} " if here else f" {tab} ", "bold $on-primary on $primary" if here else "$muted"))
        if not self.tabs and place and self.place:
            parts.append((("   " if parts else "") + safe.clean(self.place), "$muted"))
        if called:
            parts.append((("  " if parts else "") + safe.shorten(called, 40), "bold $text"))
            if detail:
                parts.append(("  " + safe.shorten(detail, 40), "$muted"))
        return Content.assemble(*parts)

    def _right(self, status: Sequence[str], *, long_lock: bool) -> Content:
        parts: list[tuple[str, str]] = []
        if self.mark:
            parts.append((self.mark, TONES["warning"]))
        shown = safe.clean(" · ".join(status))
        if shown:
            parts.append((("  " if parts else "") + shown, TONES.get(self.tone, "$muted")))
        if self.seconds is not None:
            clock = sentences.locks_in(self.seconds)
            style = "$primary" if self.seconds <= _SOON else "$muted"
            parts.append((("  " if parts else "") + (clock if long_lock else clock.rpartition(" ")[2]), style))
        return Content.assemble(*parts)
