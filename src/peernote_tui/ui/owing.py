"""What Today and the sweep do with what is owed: each act says what it did, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.errors import InvalidInputError, PeerNoteError
from peernote_tui.domain.next_contact import say_contact, understand_contact
from peernote_tui.domain.note import NextContact
from peernote_tui.services.changing_actions import ActionChange, settle, snooze
from peernote_tui.services.groups import discard_group, restore_group
from peernote_tui.services.sweeping import put_off
from peernote_tui.services.writing import discard_draft, restore_draft
from peernote_tui.ui import sentences
from peernote_tui.ui.undoing import push_actions, with_next

if TYPE_CHECKING:
    from peernote_tui.services.meetings import MeetingChange, MeetingPlan
    from peernote_tui.ui.screens.vault_screen import VaultScreen

NO_SHOW = "no-show"
"""Template of a contact that did not take place."""


async def settle_action(
    screen: VaultScreen[Any], action_id: str, status: ActionStatus, *, text: str, name: str
) -> None:
    """Say what became of an action item."""
    change = await screen.ask(settle, [action_id], status)
    _changed(screen, change, text, sentences.settled(status.value, text, name))


async def snooze_action(screen: VaultScreen[Any], action_id: str, *, text: str, name: str) -> None:
    """Let an action item wait until tomorrow."""
    tomorrow = screen.workspace.today + timedelta(days=1)
    change = await screen.ask(snooze, [action_id], tomorrow)
    _changed(screen, change, text, sentences.snoozed_to_tomorrow(text, name))


async def put_action_off(
    screen: VaultScreen[Any], action_id: str, status: ActionStatus, *, text: str, name: str
) -> None:
    """Say that an action item is partly or not yet done, and let it wait until tomorrow."""
    change = await screen.ask(put_off, action_id, status)
    _changed(screen, change, text, sentences.put_off(status.value, text, name))


async def put_draft_aside(screen: VaultScreen[Any], draft_id: str, *, name: str) -> None:
    """Put a draft aside."""
    if await screen.ask(discard_draft, draft_id) is not None:
        back = partial(restore_draft, draft_id=draft_id)
        screen.house.undoing.push(sentences.draft_back(name), back, about=draft_id)
        screen.say(sentences.draft_aside(name), way=sentences.u_to_undo())


async def put_group_aside(screen: VaultScreen[Any], group_id: str, *, topic: str) -> None:
    """Put a group session aside."""
    if await screen.ask(discard_group, group_id) is not None:
        back = partial(restore_group, group_id=group_id)
        screen.house.undoing.push(sentences.group_back(topic), back, about=group_id)
        screen.say(sentences.group_aside(topic), way=sentences.u_to_undo())


async def meeting_not_held(screen: VaultScreen[Any], meeting_id: str, participant_id: str, *, name: str) -> None:
    """Ask what became of a meeting that did not take place, and do that; in a flow, since it waits for the person."""
    from peernote_tui.ui.flows import new_note
    from peernote_tui.ui.screens.meeting_outcome import MeetingOutcome

    chosen = await screen.app.push_screen_wait(MeetingOutcome(name))
    if chosen == "no-show":
        await new_note(screen.house, participant_id, template_id=NO_SHOW, meeting_id=meeting_id)
    elif chosen == "move":
        await move(screen, meeting_id, name=name)
    elif chosen == "cancel":
        await cancel(screen, meeting_id, name=name)


async def cancel(screen: VaultScreen[Any], meeting_id: str, *, name: str) -> None:
    """Ask why a meeting is not needed, and cancel it; in a flow."""
    from peernote_tui.services.meetings import cancel_meeting, get_meeting
    from peernote_tui.ui.screens.kept_line import ask_kept, settled

    held = await screen.ask(get_meeting, meeting_id)
    if held is None:
        return
    whose, form = held.participant_id, f"cancel:{meeting_id}"
    reason = await ask_kept(screen, whose, form, sentences.OUTCOME_CANCEL)
    change = await screen.ask(cancel_meeting, meeting_id, reason=reason) if reason else None
    if change is not None:
        await settled(screen, whose, form)
        await _meeting_changed(screen, change, name, sentences.meeting_cancelled(name))


async def move(screen: VaultScreen[Any], meeting_id: str, *, name: str) -> None:
    """Ask for another day and time of a meeting, and move it; in a flow."""
    from peernote_tui.services.meetings import get_meeting, move_meeting, plan_of

    held = await screen.ask(get_meeting, meeting_id)
    if held is None:
        return

    def moved(plan: MeetingPlan, planned: NextContact) -> MeetingPlan:
        return plan.model_copy(
            update={"day": planned.day, "at": planned.at, "mode": planned.mode or plan.mode},
        )

    def store(planned: NextContact) -> Callable[..., MeetingChange]:
        return partial(move_meeting, meeting_id=meeting_id, plan=moved(plan_of(held), planned))

    await _ask_when(screen, store, name, held.participant_id, f"move:{meeting_id}")


async def plan_call(screen: VaultScreen[Any], participant_id: str, *, name: str) -> None:
    """Ask when to try somebody again, and plan that; in a flow."""
    from peernote_tui.domain.note import Mode
    from peernote_tui.services.meetings import MeetingPlan, plan_meeting

    def store(planned: NextContact) -> Callable[..., MeetingChange]:
        plan = MeetingPlan(day=planned.day, at=planned.at, mode=planned.mode or Mode.PHONE)
        return partial(plan_meeting, participant_id=participant_id, plan=plan)

    await _ask_when(screen, store, name, participant_id, "plan")


async def open_contact_card(
    screen: VaultScreen[Any], participant_id: str, *, meeting_id: str | None, name: str
) -> None:
    """Show how to reach somebody, and do what is chosen there; in a flow."""
    from peernote_tui.domain.note import CONTACT_TEMPLATE
    from peernote_tui.services.participants import brief
    from peernote_tui.ui.flows import new_note, open_participant
    from peernote_tui.ui.screens.contact_card import ContactCard

    found = await screen.ask(brief, participant_id)
    if found is None:
        return
    chosen = await screen.app.push_screen_wait(ContactCard(found))
    if chosen == "note":
        await new_note(screen.house, participant_id, template_id=CONTACT_TEMPLATE, meeting_id=meeting_id)
    elif chosen == "page":
        await open_participant(screen.house, participant_id)
    elif chosen == "again":
        await (move(screen, meeting_id, name=name) if meeting_id else plan_call(screen, participant_id, name=name))


async def _ask_when(
    screen: VaultScreen[Any],
    store: Callable[[NextContact], Callable[..., MeetingChange]],
    name: str,
    participant_id: str,
    form: str,
) -> None:
    from peernote_tui.ui.screens.kept_line import ask_kept, settled

    wrong = ""
    while True:
        answer = await ask_kept(screen, participant_id, form, sentences.OUTCOME_MOVE, error=wrong)
        if not answer:
            return
        now, day_first = screen.workspace.local_now, screen.house.settings.day_first
        try:
            planned = understand_contact(answer, now=now, day_first=day_first)
            change = await screen.house.gateway.call(store(planned))
        except InvalidInputError as error:
            wrong = str(error)
            continue
        except PeerNoteError as error:
            screen.say(str(error), tone="error")
            return
        await settled(screen, participant_id, form)
        said = sentences.meeting_moved(name, say_contact(planned, today=now.date()))
        await _meeting_changed(screen, change, name, said)
        return


async def _meeting_changed(screen: VaultScreen[Any], change: MeetingChange, name: str, said: str) -> None:
    from peernote_tui.services import meetings

    back = partial(meetings.take_back, change=change)
    screen.house.undoing.push(sentences.meeting_back(name), back, about=change.after.id)
    screen.say(said, way=sentences.u_to_undo())
    await screen.reload()


def _changed(screen: VaultScreen[Any], change: tuple[ActionChange, ...] | None, text: str, said: str) -> None:
    if change is not None:
        push_actions(screen.house.undoing, sentences.undone(text), change)
        screen.say(said, way=with_next(sentences.u_to_undo(), change, screen.workspace.today))
