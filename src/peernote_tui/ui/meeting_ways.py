"""What can be done with a meeting, wherever it is listed: plan it, move it, cancel it. Each can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from peernote_tui.domain.next_contact import say_contact
from peernote_tui.domain.note import NextContact
from peernote_tui.ui import naming, sentences

if TYPE_CHECKING:
    from peernote_tui.domain.follow_up import FollowUp
    from peernote_tui.domain.names import Called
    from peernote_tui.domain.note import Mode
    from peernote_tui.services.meetings import MeetingChange
    from peernote_tui.services.workspace import Workspace
    from peernote_tui.ui.screens.meeting_dialog import Planned
    from peernote_tui.ui.screens.vault_screen import VaultScreen

    Verb: TypeAlias = "Callable[[Workspace], MeetingChange]"

NO_SHOW = "no-show"
"""Template of a contact that did not take place."""


async def plan(screen: VaultScreen[Any], person: Called, *, usual: Mode | None = None) -> MeetingChange | None:
    """Ask when, how, where and what about, and plan a meeting; in a worker, since it waits for the person.

    Args:
        screen: Over which it is asked, and on which it is said.
        person: With whom.
        usual: How they meet where nothing is said of that.

    Returns:
        The change; None when it was closed.
    """
    from peernote_tui.services.meetings import plan_meeting

    def verb(told: Planned) -> Verb:
        return partial(plan_meeting, participant_id=person.id, plan=told.plan)

    change = await _entered(screen, person, None, verb, usual)
    if change is not None:
        said = sentences.meeting_planned(naming.by_number(person), _when(screen, change))
        _changed(screen, change, said, sentences.PLAN_TAKEN_BACK)
    return change


async def move(screen: VaultScreen[Any], meeting_id: str) -> MeetingChange | None:
    """Ask for another time, way, place or topics of a meeting, and move it; as `plan`."""
    from peernote_tui.services.meetings import move_meeting

    if (found := await _found(screen, meeting_id)) is None:
        return None
    meeting, person = found

    def verb(told: Planned) -> Verb:
        return partial(move_meeting, meeting_id=meeting_id, plan=told.plan, reason=told.reason)

    change = await _entered(screen, person, meeting, verb)
    if change is not None:
        name = naming.by_number(person)
        said = sentences.meeting_moved(name, _when(screen, change))
        _changed(screen, change, said, sentences.meeting_back(name))
    return change


async def cancel(screen: VaultScreen[Any], meeting_id: str) -> MeetingChange | None:
    """Ask why a meeting will not take place, or did not, and cancel it; as `plan`."""
    from peernote_tui.services.meetings import cancel_meeting
    from peernote_tui.ui.screens.one_line import OneLine
    from peernote_tui.ui.shelf import Shelf

    if (found := await _found(screen, meeting_id)) is None:
        return None
    name = naming.by_number(found[1])

    async def take(reason: str) -> MeetingChange:
        return await screen.house.gateway.call(cancel_meeting, meeting_id, reason=reason)

    question = OneLine(
        sentences.cancel_title(name),
        sentences.CANCEL_WHY,
        hint=sentences.CANCEL_HINT,
        shelf=Shelf("cancel", (found[1].id, meeting_id)),
        take=take,
    )
    change: MeetingChange | None = await screen.app.push_screen_wait(question)
    if change is not None:
        _changed(screen, change, sentences.meeting_cancelled(name), sentences.meeting_back(name))
    return change


async def not_held(screen: VaultScreen[Any], meeting_id: str, participant_id: str, *, name: str) -> None:
    """Ask what became of a meeting that did not take place, and do that; in a flow."""
    from peernote_tui.ui.flows import new_note
    from peernote_tui.ui.screens.meeting_outcome import MeetingOutcome

    chosen = await screen.app.push_screen_wait(MeetingOutcome(name))
    if chosen == "no-show":
        await new_note(screen.house, participant_id, template_id=NO_SHOW, meeting_id=meeting_id)
    elif chosen == "move":
        await move(screen, meeting_id)
    elif chosen == "cancel":
        await cancel(screen, meeting_id)


async def _found(screen: VaultScreen[Any], meeting_id: str) -> tuple[FollowUp, Called] | None:
    from peernote_tui.services.meetings import get_meeting
    from peernote_tui.services.participants import get_participant

    meeting = await screen.ask(get_meeting, meeting_id)
    person = await screen.ask(get_participant, meeting.participant_id) if meeting is not None else None
    return (meeting, person.called) if meeting is not None and person is not None else None


async def _entered(
    screen: VaultScreen[Any],
    person: Called,
    meeting: FollowUp | None,
    verb: Callable[[Planned], Verb],
    usual: Mode | None = None,
) -> MeetingChange | None:
    from peernote_tui.services.meetings import plan_of
    from peernote_tui.ui.screens.meeting_dialog import MeetingDialog

    async def take(told: Planned) -> MeetingChange:
        return await screen.house.gateway.call(verb(told))

    dialog = MeetingDialog(
        person,
        take,
        day_first=screen.house.settings.day_first,
        held=plan_of(meeting) if meeting else None,
        meeting_id=meeting.id if meeting else "",
        # Whoever moves a meeting says nothing of how: as it was.
        usual=meeting.mode if meeting else usual,
    )
    return await screen.app.push_screen_wait(dialog)


def _when(screen: VaultScreen[Any], change: MeetingChange) -> str:
    meeting = change.after
    return say_contact(NextContact(day=meeting.day, at=meeting.at, mode=meeting.mode), today=screen.workspace.today)


def _changed(screen: VaultScreen[Any], change: MeetingChange, said: str, undone: str) -> None:
    from peernote_tui.services.meetings import take_back

    screen.house.undoing.push(undone, partial(take_back, change=change), about=change.after.id)
    screen.say(said, tone="success", way=sentences.u_to_undo())
