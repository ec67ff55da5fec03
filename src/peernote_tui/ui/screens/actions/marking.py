"""The tracker's keys that mark action items, so that the next key means all of them."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from peernote_tui.domain.action_item import ActionListing, due_group
from peernote_tui.ui import sentences
from peernote_tui.ui.screens.actions.frame import TrackerFrame
from peernote_tui.ui.screens.actions.rows import closed_at


class MarkingVerbs(TrackerFrame):
    """Marks on action items."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "m",
            "mark",
            "Mark",
            id="actions.mark",
            show=False,
            tooltip="Mark it and go down; the next key means everything marked. Esc clears the marks.",
        ),
        Binding(
            "asterisk",
            "mark_all",
            "Mark all",
            id="actions.mark_all",
            show=False,
            tooltip="Mark all under this heading; again, all in the view; again, none.",
        ),
        Binding(
            "M",
            "doubles",
            "Likely doubles",
            id="actions.doubles",
            show=False,
            tooltip="Records that look like one person; m alone marks here.",
        ),
    ]

    def action_mark(self) -> None:
        """Mark the highlighted one, or take its mark away, and go down."""
        if (listing := self.highlighted) is None:
            return
        self.marks.toggle(listing.action.id)
        ids = [each.action.id for each in self.rows]
        below = ids[min(ids.index(listing.action.id) + 1, len(ids) - 1)]
        self.lay(highlight=below)

    def action_mark_all(self) -> None:
        """Mark the group of the highlighted one; what is marked as a whole already, grows to the view, then to none."""
        self.run_worker(self._mark_all(), description="mark", exclusive=True, group="mark")

    async def _mark_all(self) -> None:
        if (listing := self.highlighted) is None:
            return
        group = [each.action.id for each in self.rows if self._group(each) == self._group(listing)]
        if any(each not in self.marks for each in group):
            self.marks.add(group)
            self.say(sentences.MARKED_GROUP)
        else:
            ids = await self.all_ids()
            if any(each not in self.marks for each in ids):
                self.marks.add(ids)
                self.say(sentences.marked_all(len(self.marks)))
            else:
                self.marks.clear()
                self.say(sentences.MARKS_CLEARED)
        self.lay()

    def _group(self, listing: ActionListing) -> object:
        """What tells the headings apart."""
        if not listing.action.status.is_open:
            day = closed_at(listing, self.workspace.clock.zone).date()
            return day if self.view.wanted.closed else "closed"
        return due_group(listing.action.due, self.workspace.today)
