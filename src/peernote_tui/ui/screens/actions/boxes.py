"""What the tracker is made of beside its rows: the list, the filter, and the box for a new action item."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from peernote_tui.ui import safe, sentences
from peernote_tui.ui.widgets.action_line import ActionBox
from peernote_tui.ui.widgets.peer_list import PeerList
from peernote_tui.ui.widgets.text_input import TextInput


class ActionList(PeerList):
    """The action items; left and right choose the view."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "screen.view(1)", "View", id="actions.next_view", tooltip="The next view: what is shown."),
        Binding(
            "left", "screen.view(-1)", "View before", id="actions.view_before", show=False, tooltip="The view before."
        ),
    ]


class FilterBox(TextInput):
    """Words that an action item, its participant or its owner must hold."""

    HELP_TEXT = sentences.FILTER_HELP
    MAY_BE_LOST = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.list", "To the list", id="actions.list", tooltip="Keep the filter."),
        Binding("down", "screen.list", "To the list", show=False, tooltip="Keep the filter."),
    ]


class FilterTold(Widget):
    """What is filtered and how many are marked, in one line with the ways out; not there when nothing is."""

    only: reactive[str] = reactive("")
    marked: reactive[int] = reactive(0)

    def on_mount(self) -> None:
        """Begin away."""
        self._show()

    def watch_only(self) -> None:
        """Show what is filtered."""
        self._show()

    def watch_marked(self) -> None:
        """Show how many are marked."""
        self._show()

    def render(self) -> Content:
        """Draw what is on; the ways out are left out first where room is short."""
        parts: list[tuple[str, str]] = []
        if self.marked:
            parts += [(sentences.marked(self.marked), "bold $primary"), (f"   {sentences.MARKS_WAY}", "$muted")]
        if self.only:
            gap = "   " if parts else ""
            parts += [(f"{gap}{sentences.FILTERED} ", "$muted"), (self.only, "bold $primary")]
            parts.append((f"   {sentences.FILTER_WAY}", "$muted"))
        whole = safe.assemble(*parts)
        if whole.cell_length > self.content_size.width and self.marked and self.only:
            whole = safe.assemble(parts[0], *parts[2:])
        return whole.truncate(self.content_size.width, ellipsis=True)

    def _show(self) -> None:
        self.display = bool(self.only or self.marked)
        self.refresh()


class AddBox(ActionBox):
    """A new action item in one line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f8",
            "screen.for_another",
            "For another",
            id="actions.for_another",
            tooltip="Choose another participant for this action item.",
        ),
    ]
