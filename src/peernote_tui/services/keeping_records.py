"""Keeping a participant's record: changing, taking a change back, archiving, reopening, pinning."""

from __future__ import annotations

from typing import Any

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.base import clean_line
from peernote_tui.domain.errors import InvalidInputError, NotFoundError, RefusedError
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.names import clean_name
from peernote_tui.domain.participant import ChangeKind, Participant, ParticipantChange, ParticipantDetails
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.participants import participant_in
from peernote_tui.services.workspace import Workspace


def change_participant(workspace: Workspace, participant_id: str, details: ParticipantDetails) -> Participant:
    """Store what a participant's page says now; what it said before stays in its history.

    Raises:
        InvalidInputError: The name cannot be used.
        RefusedError: Another participant has this ID.
        NotFoundError: There is no such participant.
    """
    details = details.model_copy(update={"name": clean_name(details.name)})
    with workspace.changing() as work:
        person = participant_in(work, participant_id)
        changed = person.model_copy(update={name: getattr(details, name) for name in ParticipantDetails.model_fields})
        if not _same_id_allowed(work, changed):
            raise RefusedError("Another participant has this ID already.", "Look them up by it, or use another ID.")
        changed = store_change(workspace, work, person, changed, ChangeKind.EDITED)
        work.commit()
    return changed


def take_back_change(workspace: Workspace, change_id: str) -> Participant:
    """Give the fields of a change back what they held before; that is a change, too.

    Raises:
        NotFoundError: There is no such change, or its words were erased.
        RefusedError: Another participant has the ID meanwhile, or it was no edit.
    """
    with workspace.changing() as work:
        change = work.participant_changes.get(change_id)
        if change is None or not change.document:
            raise NotFoundError("This change is not in the vault.")
        if change.kind is not ChangeKind.EDITED:
            raise RefusedError("Only a change of what the page says can be taken back here.")
        person = participant_in(work, change.participant_id)
        if person.id != change.participant_id:
            raise RefusedError(
                "This change was made in a record that became part of another since.",
                "Separate the two records first, then take the change back.",
            )
        before = ParticipantDetails.model_validate({**_details(person), **change.document})
        changed = person.model_copy(update={name: getattr(before, name) for name in change.fields})
        if not _same_id_allowed(work, changed):
            raise RefusedError("Another participant has this ID already.", "Look them up by it, or use another ID.")
        changed = store_change(workspace, work, person, changed, ChangeKind.EDITED)
        work.commit()
    return changed


def archive_participant(workspace: Workspace, participant_id: str, reason: str) -> Participant:
    """Take a participant off the lists, with the reason; everything is kept, and the record can be reopened.

    Raises:
        InvalidInputError: No reason is given, or it is too long.
        RefusedError: It is archived already.
        NotFoundError: There is no such participant.
    """
    reason = clean_line(reason, field="reason")
    if not reason:
        raise InvalidInputError("Archiving needs a reason.", "A few words are enough.", field="reason")
    with workspace.changing() as work:
        person = participant_in(work, participant_id)
        if person.archived_at is not None:
            raise RefusedError("This record is archived already.")
        changed = person.model_copy(
            update={"archived_at": workspace.clock.now(), "archive_reason": reason, "pinned_at": None}
        )
        changed = store_change(workspace, work, person, changed, ChangeKind.ARCHIVED)
        work.commit()
    return changed


def reopen_participant(workspace: Workspace, participant_id: str) -> Participant:
    """Put an archived participant back on the lists; why it was archived stays in the history.

    Raises:
        RefusedError: It is not archived.
        NotFoundError: There is no such participant.
    """
    with workspace.changing() as work:
        person = participant_in(work, participant_id)
        if person.archived_at is None:
            raise RefusedError("This record is not archived.")
        changed = person.model_copy(update={"archived_at": None, "archive_reason": ""})
        changed = store_change(workspace, work, person, changed, ChangeKind.REOPENED)
        work.commit()
    return changed


def pin_participant(workspace: Workspace, participant_id: str, *, pinned: bool) -> Participant:
    """Keep a participant at the head of the list, or no longer.

    Raises:
        NotFoundError: There is no such participant.
    """
    with workspace.changing() as work:
        person = participant_in(work, participant_id)
        changed = person.model_copy(update={"pinned_at": workspace.clock.now() if pinned else None})
        work.participants.change(changed, by=workspace.author.id)
        workspace.log(work, AuditAction.PARTICIPANT_PINNED, person.id, "" if pinned else "no longer")
        work.commit()
    return changed


def history_of(workspace: Workspace, participant_id: str) -> tuple[ParticipantChange, ...]:
    """What a record was before each of its changes, oldest first."""
    with workspace.reading() as work:
        participant_in(work, participant_id)
        return work.participant_changes.of_participant(participant_id)


def store_change(
    workspace: Workspace, work: UnitOfWork, before: Participant, after: Participant, kind: ChangeKind
) -> Participant:
    """Store a changed record with what it was before, inside a transaction that the caller commits.

    Where nothing differs, nothing is stored.

    Args:
        workspace: The open vault.
        work: The transaction.
        before: The record as it is stored.
        after: The record as it is to be.
        kind: What was done.

    Returns:
        The record as it is now.
    """
    was, becomes = _kept(before), _kept(after)
    fields = tuple(name for name, value in was.items() if becomes[name] != value)
    if not fields:
        return before
    now = workspace.clock.now()
    after = after.model_copy(update={"changed_at": now})
    change = ParticipantChange(
        id=new_id(now),
        participant_id=before.id,
        kind=kind,
        fields=fields,
        document={name: was[name] for name in fields},
        at=now,
        by=workspace.author.id,
    )
    work.participants.change(after, by=workspace.author.id)
    sealed = work.participant_changes.add(change)
    workspace.log(work, AuditAction.PARTICIPANT_CHANGED, before.id, f"{kind.value} {' '.join(fields)} {sealed}")
    return after


def _details(person: Participant) -> dict[str, Any]:
    return person.model_dump(mode="json", include=set(ParticipantDetails.model_fields))


def _kept(person: Participant) -> dict[str, Any]:
    return person.model_dump(mode="json", exclude={"id", "created_at", "changed_at", "pinned_at"})


def _same_id_allowed(work: UnitOfWork, person: Participant) -> bool:
    if not person.external_id:
        return True
    other = work.participants.by_external_id(person.external_id)
    return other is None or other.id == person.id
