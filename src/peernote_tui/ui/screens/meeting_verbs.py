"""The keys of a screen that lists meetings: plan, move, cancel, begin the note."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING, Any

from textual.binding import Binding

from peernote_tui.domain.follow_up import FollowUp
from peernote_tui.domain.names import Called
from peernote_tui.ui import meeting_ways, sentences
from peernote_tui.ui.flows import new_note
from peernote_tui.ui.screens.vault_screen import VaultScreen

if TYPE_CHECKING:
    from peernote_tui.services.meetings import MeetingChange

MEETING_KEYS = (
    Binding("f", "screen.plan_meeting", "Plan a meeting", id="meeting.plan", tooltip=sentences.PLAN_TIP),
    Binding("v", "screen.move_meeting", "Move", id="meeting.move", tooltip=sentences.MOVE_TIP),
    Binding("d", "screen.cancel_meeting", "Cancel", id="meeting.cancel", tooltip=sentences.CANCEL_TIP),
    Binding(
        "o", "screen.missed_meeting", "Did not come", id="meeting.missed", show=False, tooltip=sentences.MISSED_TIP
    ),
)
"""For the list of a screen that has `MeetingVerbs`."""


class MeetingVerbs(VaultScreen[Any]):
    """A screen that lists meetings; subclasses say which one is highlighted and with whom."""

    def meeting_here(self) -> tuple[FollowUp, Called] | None:
        """The highlighted meeting, and with whom it is; for subclasses."""
        return None

    async def whom_to_meet(self) -> Called | None:
        """With whom a new meeting is planned; None when nobody was chosen. For subclasses."""
        return None

    async def show_meeting(self, meeting_id: str) -> None:
        """List anew with that meeting highlighted; for subclasses."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Move, cancel and missed fit a meeting only."""
        if action in ("move_meeting", "cancel_meeting", "missed_meeting"):
            return self.is_mounted and self.meeting_here() is not None
        return super().check_action(action, parameters)

    def action_plan_meeting(self) -> None:
        """Plan a meeting."""
        self._change(self._plan(), "plan meeting")

    def action_move_meeting(self) -> None:
        """Give the highlighted meeting another time, way, place or topics."""
        if (here := self.meeting_here()) is not None:
            self._change(meeting_ways.move(self, here[0].id), "move meeting")

    def action_cancel_meeting(self) -> None:
        """Say that the highlighted meeting will not take place, and why."""
        if (here := self.meeting_here()) is not None:
            self._change(meeting_ways.cancel(self, here[0].id), "cancel meeting")

    def action_missed_meeting(self) -> None:
        """Begin the no-show note of the highlighted meeting."""
        if (here := self.meeting_here()) is not None:
            self.write_up(here[0], template_id=meeting_ways.NO_SHOW)

    def write_up(self, meeting: FollowUp, *, template_id: str = "") -> None:
        """Begin the note of a meeting, or go on with it."""
        begun = new_note(self.house, meeting.participant_id, template_id=template_id, meeting_id=meeting.id)
        self.house.run_worker(begun, description="note of a meeting", exclusive=True, group="flow")

    async def _plan(self) -> MeetingChange | None:
        person = await self.whom_to_meet()
        return await meeting_ways.plan(self, person) if person is not None else None

    def _change(self, way: Awaitable[MeetingChange | None], description: str) -> None:
        async def change() -> None:
            if (made := await way) is not None:
                await self.show_meeting(made.after.id)

        self.run_worker(change(), description=description, exclusive=True, group="meeting")
