"""A participant's whole record out of another vault: what it would do, and doing just that, all or nothing.

Nothing takes effect again. A note that enters here brings neither its action items nor its next contact: those come
from the file with the ids, and with what became of them, that they have there.
"""

from __future__ import annotations

from peernote_tui.documents.record_json import RecordFile
from peernote_tui.domain.action_item import ActionItem, ActionStatus
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.consent import ConsentEvent, ConsentScope, consent_state
from peernote_tui.domain.errors import RefusedError
from peernote_tui.domain.follow_up import FollowUp
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.merging import MergeEvent
from peernote_tui.domain.participant import ChangeKind, ParticipantChange
from peernote_tui.domain.uniting import Fate, differing
from peernote_tui.services import backups, gate
from peernote_tui.services.action_history import record_change
from peernote_tui.services.merging import record_merge
from peernote_tui.services.record_plans import RecordPlan, RecordRefusedError
from peernote_tui.services.recurring import later
from peernote_tui.services.weighing_notes import weigh_addenda, weigh_drafts, weigh_notes
from peernote_tui.services.weighing_records import Sight, see, weigh_consents, weigh_owners, weigh_page
from peernote_tui.services.weighing_tracker import first_of_each, weigh_actions, weigh_disclosures, weigh_follow_ups
from peernote_tui.services.workspace import Workspace

_TAKEN = "taken in"


def look_at_record(workspace: Workspace, record: RecordFile) -> RecordPlan:
    """What taking a record in would do; nothing is written.

    Args:
        workspace: The open vault.
        record: As `documents.record_json.read_record` gives it: whole in itself.
    """
    with workspace.reading() as work:
        return _weigh(see(workspace, work, record))


def take_record(workspace: Workspace, record: RecordFile, agreed: RecordPlan | None = None) -> RecordPlan:
    """Take a record in as its plan says, in one transaction, after a backup; where nothing is new, nothing is written.

    Args:
        workspace: The open vault.
        record: The file.
        agreed: The plan that somebody looked at; None to take in whatever the plan says now.

    Returns:
        The plan that was carried out.

    Raises:
        RecordRefusedError: Something in the file is not what was signed, or is somebody else's; every reason is named.
        RefusedError: The vault has changed since `agreed` was looked at.
        StorageError: The disk refuses; nothing of the record is here.
    """
    plan = look_at_record(workspace, record)
    if plan.refused:
        raise RecordRefusedError(plan.refused)
    if agreed is not None and plan != agreed:
        raise RefusedError("Something in the vault changed since the file was looked at.", "Look at the file again.")
    if plan.empty:
        return plan
    # A vault that is only read says so, before a backup is made of it.
    workspace.changing()
    if backups.has_somebody(workspace):
        backups.back_up_before(workspace, backups.Kind.BEFORE_IMPORT)
    with workspace.changing() as work:
        sight = see(workspace, work, record)
        _weigh(sight)
        _carry_out(sight)
        work.commit()
    return plan


def _weigh(sight: Sight) -> RecordPlan:
    record, decided = sight.record, sight.decided
    weigh_owners(sight)
    page, participant = Fate.OUT, record.participant
    differs: tuple[str, ...] = ()
    if not decided.refused:
        page, participant, differs = weigh_page(sight)
        weigh_consents(sight)
        weigh_notes(sight)
        weigh_addenda(sight)
        weigh_drafts(sight)
        weigh_actions(sight)
        weigh_follow_ups(sight)
        weigh_disclosures(sight)
    new = {row.id for rows in (decided.consents, decided.addenda, decided.events, decided.disclosures) for row in rows}
    decided.placed = {each: place for each, place in decided.placed.items() if each in new}
    state = consent_state(sight.history, ConsentScope.NOTES, sight.workspace.today)
    return RecordPlan(
        participant=participant,
        known=sight.person is not None,
        page=page,
        differs=differs,
        like_id=sight.like.id if sight.like else "",
        parts=decided.numbers(),
        told=tuple(dict.fromkeys(decided.told)),
        refused=tuple(decided.refused),
        closed="" if page is Fate.OUT else gate.why_closed(sight.workspace, state),
        purpose=record.purpose,
        made_at=record.made_at,
        made_by=record.made_by,
        held_back=record.held_back,
    )


def _carry_out(sight: Sight) -> None:
    _take_page(sight)
    _take_history(sight)
    _take_notes(sight)
    _take_tracker(sight)
    workspace, work, decided = sight.workspace, sight.work, sight.decided
    now, by = workspace.clock.now(), workspace.author.id
    whose = work.participants.same(sight.whose[0])[0]
    sealed = work.taken_records.add(new_id(now), whose, decided.placed, at=now, by=by)
    rows = sum(count for (_, fate), count in decided.counted.items() if fate in (Fate.NEW, Fate.CHANGED))
    workspace.log(work, AuditAction.RECORD_TAKEN, whose, f"{rows} rows {sealed}")
    work.participants.touch(whose, now)


def _take_page(sight: Sight) -> None:
    workspace, work, page, before = sight.workspace, sight.work, sight.decided.page, sight.person
    if page is not None and before is None:
        work.participants.add(page, by=workspace.author.id)
        workspace.log(work, AuditAction.PARTICIPANT_ADDED, page.id, _TAKEN)
    elif page is not None and before is not None:
        fields = differing(before, page)
        was = before.model_dump(mode="json", include=set(fields))
        now = workspace.clock.now()
        change = ParticipantChange(
            id=new_id(now),
            participant_id=page.id,
            kind=ChangeKind.EDITED,
            fields=fields,
            document=was,
            at=now,
            by=workspace.author.id,
        )
        work.participants.change(page, by=workspace.author.id)
        sealed = work.participant_changes.add(change)
        detail = f"{_TAKEN} {' '.join(fields)} {sealed}"
        workspace.log(work, AuditAction.PARTICIPANT_CHANGED, page.id, detail)
    for part in sight.decided.parts_of:
        work.participants.add(part, by=workspace.author.id)
        workspace.log(work, AuditAction.PARTICIPANT_ADDED, part.id, _TAKEN)
        kept = part.merged_into or ""
        record_merge(workspace, work, MergeEvent.MERGED, kept_id=kept, merged_id=part.id, moved=())


def _take_history(sight: Sight) -> None:
    workspace, work = sight.workspace, sight.work
    for consent in sight.decided.consents:
        given = consent.event is ConsentEvent.GIVEN
        action = AuditAction.CONSENT_GIVEN if given else AuditAction.CONSENT_WITHDRAWN
        detail = f"{consent.scope.value} {_TAKEN} {work.consents.add(consent)}"
        workspace.log(work, action, consent.participant_id, detail)
    for row in sight.decided.disclosures:
        action = AuditAction.DISCLOSURE_VOIDED if row.voids else AuditAction.DISCLOSED
        detail = f"{row.purpose.value} {row.form} {_TAKEN} {work.disclosures.add(row)}"
        workspace.log(work, action, row.participant_id, detail)


def _take_notes(sight: Sight) -> None:
    workspace, work, decided = sight.workspace, sight.work, sight.decided
    for note, whose in decided.notes:
        if note.seal is not None:
            work.notes.add(note, note.seal, participant_id=whose)
            workspace.log(work, AuditAction.NOTE_IMPORTED, note.id, f"sealed {note.seal.hash}")
    for addendum in decided.addenda:
        if addendum.seal is not None:
            whose = work.notes.record_id(addendum.note_id) or ""
            work.addenda.add(addendum, addendum.seal, participant_id=whose)
            detail = f"{addendum.kind.value} imported {addendum.seal.hash}"
            workspace.log(work, AuditAction.ADDENDUM_SIGNED, addendum.id, detail)
    for each in decided.signed_drafts:
        work.drafts.remove(each)
    for draft in decided.kept_drafts:
        work.drafts.add(draft, by=workspace.author.id)
        workspace.log(work, AuditAction.DRAFT_STARTED, draft.id, _TAKEN)
    for draft in decided.drafts:
        gate.admit_words(workspace, work, draft, held=None)
        work.drafts.add(draft, by=workspace.author.id)
        workspace.log(work, AuditAction.DRAFT_STARTED, draft.id, _TAKEN)


def _take_tracker(sight: Sight) -> None:
    workspace, work, decided = sight.workspace, sight.work, sight.decided
    by = workspace.author.id
    for before in decided.taken_back:
        _take_back(sight, before)
    for item in decided.actions:
        work.action_items.add(item, by=by)
    begins = first_of_each(decided.events, decided.actions)
    for event in decided.events:
        action = AuditAction.ACTION_ADDED if event.id in begins else AuditAction.ACTION_CHANGED
        detail = f"{event.status.value} {_TAKEN} {work.action_items.record(event)}"
        workspace.log(work, action, event.action_id, detail)
    for item in decided.changed_actions:
        work.action_items.change(item, by=by)
    for row in decided.follow_ups:
        work.follow_ups.add(row, by=by)
        workspace.log(work, AuditAction.FOLLOW_UP_PLANNED, row.id, _TAKEN)
    for was, row in decided.changed_follow_ups:
        _change_meeting(sight, was, row)


def _take_back(sight: Sight, before: ActionItem) -> None:
    """Let a next one of a series, with which nothing was done, give way to the file's."""
    workspace, work = sight.workspace, sight.work
    told = {"status": ActionStatus.DROPPED, "unlisted": True, "born_from": None}
    after = before.model_copy(update={**told, "changed_at": later(workspace.clock.now(), before)})
    work.action_items.change(after, by=workspace.author.id)
    record_change(workspace, work, after, AuditAction.ACTION_CHANGED, change=after.changes_from(before))


def _change_meeting(sight: Sight, before: FollowUp, after: FollowUp) -> None:
    workspace, work, by = sight.workspace, sight.work, sight.workspace.author.id
    # Nothing was done with it here: a later word of the other vault counts again.
    work.follow_ups.change(after, at=before.created_at, by=by)
    action = AuditAction.FOLLOW_UP_MOVED
    if after.closed_by_note_id is not None:
        work.follow_ups.close((after.id,), note_id=after.closed_by_note_id, at=workspace.clock.now(), by=by)
        action = AuditAction.FOLLOW_UP_CLOSED
    elif after.cancelled_at is not None:
        action = AuditAction.FOLLOW_UP_CANCELLED
    elif before.cancelled_at is not None:
        action = AuditAction.FOLLOW_UP_REOPENED
    workspace.log(work, action, after.id, _TAKEN)
