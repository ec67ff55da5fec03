"""What a signed note does to the record: action items, outcomes and the follow-up, in its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from peernote_tui.domain.action_item import ActionItem, ActionStatus
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.errors import RefusedError
from peernote_tui.domain.follow_up import FollowUp, told_of
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.note import Note
from peernote_tui.domain.referral_loop import agreed_on, referral_change, settling
from peernote_tui.domain.seen_actions import later_word, seen
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.action_history import record_change
from peernote_tui.services.recurring import follow, later
from peernote_tui.services.workspace import Workspace


def enter_into_record(
    workspace: Workspace,
    work: UnitOfWork,
    note: Note,
    *,
    participant_id: str,
    draft: Draft | None = None,
) -> None:
    """Store a sealed note and let its agreements and outcomes take effect.

    Args:
        workspace: The open vault.
        work: The transaction; the caller commits.
        note: A signed and sealed note whose agreed actions all have ids.
        participant_id: Whose record it enters.
        draft: The draft it was written as; None for a note from a file. It knows the meeting it was begun from, and
            what the tracker said when actions were told of: what that was told since is the later word, and stays.

    Raises:
        RefusedError: The note is not sealed.
    """
    if note.seal is None or note.signed_at is None:
        raise RefusedError("Only a signed note enters the record.")
    work.notes.add(note, note.seal, participant_id=participant_id)
    _let_outcomes_land(workspace, work, note, participant_id, seen(draft.typed) if draft else {})
    _add_agreed(workspace, work, note, participant_id, note.signed_at)
    _plan_follow_up(workspace, work, note, participant_id, note.signed_at)
    _close_told(workspace, work, note, participant_id, draft.meeting_id if draft else None)
    work.participants.touch(participant_id, workspace.clock.now())


def told_actions(work: UnitOfWork, draft: Draft) -> tuple[ActionItem, ...]:
    """The action items of the participant that a draft tells of, as they are in the tracker."""
    own = work.participants.same(draft.participant_id)[0] if draft.content.action_reviews else ""
    found = (work.action_items.get(told.action_id) for told in draft.content.action_reviews if told.action_id)
    return tuple(action for action in found if action is not None and action.participant_id == own)


def _let_outcomes_land(
    workspace: Workspace, work: UnitOfWork, note: Note, participant_id: str, seen_as: Mapping[str, ActionStatus]
) -> None:
    at = note.signed_at or workspace.clock.now()
    for told in note.content.action_reviews:
        action = work.action_items.get(told.action_id) if told.action_id else None
        # An outcome about somebody else's action, or one this vault never had, stays words in the note.
        if action is None or action.participant_id != work.participants.same(participant_id)[0]:
            continue
        if later_word(told, action, seen_as.get(told.action_id)):
            # What was said in the tracker after this was told here stays; that this was told is part of the history.
            stays = action.model_copy(update={"words": told.words})
            reason = f"The note says {_said(told.outcome)}; {_said(action.status)} was said after that."
            record_change(
                workspace, work, stays, AuditAction.ACTION_CHANGED, note_id=note.id, at=at, change={"reason": reason}
            )
            continue
        words = told.words or (action.words if action.status is told.outcome else "")
        moved = settling(action, told.outcome, today=workspace.today, words=told.words)
        update = {"status": told.outcome, "words": words, "unlisted": False, "changed_at": later(at, action), **moved}
        changed = action.model_copy(update=update)
        # A note from a file may be older than what became of the action since.
        lands = at >= action.changed_at or note.author.id == workspace.author.id
        change = referral_change(action, changed) if lands else None
        record_change(workspace, work, changed, AuditAction.ACTION_CHANGED, note_id=note.id, at=at, change=change)
        if lands:
            work.action_items.change(changed, by=workspace.author.id)
            follow(workspace, work, action, changed, note_id=note.id)


def _said(status: ActionStatus) -> str:
    return status.value.replace("_", " ")


def _add_agreed(workspace: Workspace, work: UnitOfWork, note: Note, participant_id: str, at: datetime) -> None:
    for agreed in note.content.agreed_actions:
        if agreed.id and work.action_items.get(agreed.id) is not None:
            continue
        action = ActionItem(
            **agreed.model_dump(exclude={"id", "referral_to"}),
            id=agreed.id or new_id(workspace.clock.now()),
            participant_id=participant_id,
            note_id=note.id,
            status=ActionStatus.OPEN,
            referral=agreed_on(agreed.referral_to, note.content.day or workspace.today),
            created_at=at,
            changed_at=at,
        )
        work.action_items.add(action, by=workspace.author.id)
        record_change(workspace, work, action, AuditAction.ACTION_ADDED, note_id=note.id, at=at)


def _plan_follow_up(workspace: Workspace, work: UnitOfWork, note: Note, participant_id: str, at: datetime) -> None:
    content = note.content
    by = workspace.author.id
    if content.next_contact is not None:
        follow_up = FollowUp(
            id=new_id(workspace.clock.now()),
            participant_id=participant_id,
            note_id=note.id,
            day=content.next_contact.day,
            at=content.next_contact.at,
            place=content.next_place,
            topics=content.next_topics,
            mode=content.next_contact.mode,
            created_at=at,
        )
        work.follow_ups.add(follow_up, by=by)
        workspace.log(work, AuditAction.FOLLOW_UP_PLANNED, follow_up.id)


def _close_told(
    workspace: Workspace, work: UnitOfWork, note: Note, participant_id: str, meeting_id: str | None
) -> None:
    """A planned contact is over when a note tells of it: the one that was begun from it, or one of its day or later."""
    open_ = work.follow_ups.open_of(participant_id)
    # A note does not tell of what it plans itself, such as a second contact on the same day; a later one may.
    planned = tuple(each for each in open_ if each.note_id == note.id)
    others = tuple(each for each in open_ if each.note_id != note.id)
    if meeting_id is not None:
        told = tuple(each for each in others if each.id == meeting_id)
    else:
        told = told_of(others, note.content.day, note.content.start) if note.content.day else ()
    _close(workspace, work, told, note.id, note.signed_at)
    newest = work.notes.latest(participant_id)[0]
    if newest.id != note.id and newest.content.day is not None:
        _close(workspace, work, told_of(planned, newest.content.day, newest.content.start), newest.id, note.signed_at)


def _close(
    workspace: Workspace, work: UnitOfWork, told: tuple[FollowUp, ...], note_id: str, at: datetime | None
) -> None:
    ids = tuple(each.id for each in told)
    work.follow_ups.close(ids, note_id=note_id, at=at or workspace.clock.now(), by=workspace.author.id)
    for follow_up_id in ids:
        workspace.log(work, AuditAction.FOLLOW_UP_CLOSED, follow_up_id)
