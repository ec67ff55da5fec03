"""What can be done with a meeting wherever one is listed: plan, move, cancel, begin its note."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from textual.binding import Binding

from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.domain.follow_up import FollowUp
from peernote_tui.domain.names import Called
from peernote_tui.services.half_typed import keep_typed, typed_before
from peernote_tui.services.meetings import (
    MeetingChange,
    cancel_meeting,
    move_meeting,
    plan_meeting,
    plan_of,
    take_back,
)
from peernote_tui.ui import sentences
from peernote_tui.ui.flows import new_note
from peernote_tui.ui.screens.kept_line import ask_kept, settled
from peernote_tui.ui.screens.meeting_dialog import MeetingDialog, Planned, Typed
from peernote_tui.ui.screens.vault_screen import VaultScreen

if TYPE_CHECKING:
    from peernote_tui.services.workspace import Workspace

Verb: TypeAlias = "Callable[[Workspace], MeetingChange]"
NO_SHOW = "no-show"
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
        self.run_worker(self._plan(), description="plan meeting", exclusive=True, group="meeting")

    def action_move_meeting(self) -> None:
        """Give the highlighted meeting another time, way, place or topics."""
        if (here := self.meeting_here()) is not None:
            self.run_worker(self._move(*here), description="move meeting", exclusive=True, group="meeting")

    def action_cancel_meeting(self) -> None:
        """Say that the highlighted meeting will not take place, and why."""
        if (here := self.meeting_here()) is not None:
            self.run_worker(self._cancel(*here), description="cancel meeting", exclusive=True, group="meeting")

    def action_missed_meeting(self) -> None:
        """Begin the no-show note of the highlighted meeting."""
        if (here := self.meeting_here()) is not None:
            self.write_up(here[0], template_id=NO_SHOW)

    def write_up(self, meeting: FollowUp, *, template_id: str = "") -> None:
        """Begin the note of a meeting, or go on with it."""
        begun = new_note(self.house, meeting.participant_id, template_id=template_id, meeting_id=meeting.id)
        self.house.run_worker(begun, description="note of a meeting", exclusive=True, group="flow")

    async def _plan(self) -> None:
        person = await self.whom_to_meet()
        if person is not None:
            change = await self._entered(
                person, None, lambda told: partial(plan_meeting, participant_id=person.id, plan=told.plan)
            )
            if change is not None:
                await self._changed(change, sentences.MEETING_PLANNED, sentences.PLAN_TAKEN_BACK)

    async def _move(self, meeting: FollowUp, person: Called) -> None:
        def verb(told: Planned) -> Verb:
            return partial(move_meeting, meeting_id=meeting.id, plan=told.plan, reason=told.reason)

        change = await self._entered(person, meeting, verb)
        if change is not None:
            await self._changed(change, sentences.MEETING_MOVED, sentences.MOVE_TAKEN_BACK)

    async def _entered(
        self, person: Called, meeting: FollowUp | None, verb: Callable[[Planned], Verb]
    ) -> MeetingChange | None:
        """Let somebody fill in the form until it is kept or closed; what was typed waits for the next time."""
        form, error = f"meeting:{meeting.id if meeting else ''}", ""
        while True:
            before = await self.ask(typed_before, person.id, form=form)
            dialog = MeetingDialog(
                person,
                self.house.gateway,
                day_first=self.house.settings.day_first,
                held=plan_of(meeting) if meeting else None,
                meeting_id=meeting.id if meeting else "",
                typed=Typed(**before) if before else None,
                error=error,
                keep=lambda typed: self._keep(person.id, typed, form),
            )
            told = await self.app.push_screen_wait(dialog)
            if told is None:
                return None
            try:
                change = await self.house.gateway.call(verb(told))
            except PeerNoteError as refused:
                error = str(refused)
                continue
            await self._keep(person.id, None, form)
            return change

    async def _keep(self, participant_id: str, typed: Typed | None, form: str) -> None:
        """Keep what stands in the form for the next time; nothing waits any more when that is None."""
        if not self.workspace.vault.read_only:
            await self.ask(keep_typed, participant_id, asdict(typed) if typed else {}, form=form)

    async def _cancel(self, meeting: FollowUp, person: Called) -> None:
        words = (sentences.CANCEL_TITLE, sentences.CANCEL_WHY, sentences.CANCEL_HINT)
        form = f"cancel:{meeting.id}"
        reason = await ask_kept(self, person.id, form, words)
        change = await self.ask(cancel_meeting, meeting.id, reason=reason) if reason else None
        if change is not None:
            await settled(self, person.id, form)
            await self._changed(change, sentences.MEETING_CANCELLED, sentences.CANCEL_TAKEN_BACK)

    async def _changed(self, change: MeetingChange, said: str, undone: str) -> None:
        self.house.undoing.push(undone, partial(take_back, change=change), about=change.after.id)
        await self.show_meeting(change.after.id)
        self.say(said, tone="success", way=sentences.u_to_undo())
