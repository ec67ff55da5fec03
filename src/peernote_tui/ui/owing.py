"""What Today and the sweep do with what is owed: each act says what it did, and can be taken back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.services.changing_actions import ActionChange, settle
from peernote_tui.services.groups import discard_group, restore_group
from peernote_tui.services.sweeping import put_off
from peernote_tui.services.writing import discard_draft, restore_draft
from peernote_tui.ui import sentences
from peernote_tui.ui.meeting_ways import move, plan
from peernote_tui.ui.undoing import push_actions, with_next

if TYPE_CHECKING:
    from peernote_tui.domain.names import Called
    from peernote_tui.ui.screens.vault_screen import VaultScreen


async def settle_action(
    screen: VaultScreen[Any], action_id: str, status: ActionStatus, *, text: str, name: str
) -> None:
    """Say what became of an action item."""
    change = await screen.ask(settle, [action_id], status)
    _changed(screen, change, text, sentences.settled(status.value, text, name))


async def snooze_action(screen: VaultScreen[Any], action_id: str, *, text: str, name: str) -> None:
    """Ask until when an action item waits, and why; in a flow."""
    from peernote_tui.ui.screens.actions.dialogs import snooze_dialog, snoozed_until

    subject = sentences.one_action(text, name)
    change = await screen.app.push_screen_wait(snooze_dialog(screen, (action_id,), subject))
    if change:
        _changed(screen, change, text, snoozed_until(change, subject, screen.workspace.today))


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


async def try_again(screen: VaultScreen[Any], person: Called, meeting_id: str | None) -> None:
    """Ask when to try somebody again, and move the planned call there, or plan one; in a flow."""
    from peernote_tui.domain.note import Mode

    await (move(screen, meeting_id) if meeting_id else plan(screen, person, usual=Mode.PHONE))


async def open_contact_card(screen: VaultScreen[Any], participant_id: str, *, meeting_id: str | None) -> None:
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
        await try_again(screen, found.participant.called, meeting_id)


def _changed(screen: VaultScreen[Any], change: tuple[ActionChange, ...] | None, text: str, said: str) -> None:
    if change is not None:
        push_actions(screen.house.undoing, sentences.undone(text), change)
        screen.say(said, way=with_next(sentences.u_to_undo(), change, screen.workspace.today))
