"""Erasing a participant's record, and the legal hold that keeps it from being erased.

What an erasure leaves is a tombstone: an id, when it was erased, and of each signed note what seals it, so that the
log stays whole. Sources: /docs/vault.md "Erasing a record".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from peernote_tui.documents.note_json import NoteFile, write_file
from peernote_tui.domain.addendum import Addendum
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.base import clean_line
from peernote_tui.domain.disclosure import Disclosure, Purpose
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.errors import InvalidInputError, NotFoundError, RefusedError
from peernote_tui.domain.participant import Participant
from peernote_tui.domain.private_answers import leaving_addendum, stayed
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services import backups
from peernote_tui.services.amending import NoteHistory, addendum_of, note_with_addenda
from peernote_tui.services.backups import Kind
from peernote_tui.services.disclosing import Given
from peernote_tui.services.erasing_backups import HoldingBackup, backups_holding, remove_rescue_files, rescue_files
from peernote_tui.services.exporting_people import require_free
from peernote_tui.services.group_names import other_names_in
from peernote_tui.services.interchange import ExportedNotes, exported_notes
from peernote_tui.services.participants import participant_in
from peernote_tui.services.placing import place_out
from peernote_tui.services.taking_addenda import addenda_of
from peernote_tui.services.templates import template_of
from peernote_tui.services.workspace import Workspace
from peernote_tui.services.writing import open_drafts


class ErasureReason(StrEnum):
    """Why a record is erased: one word, because the log keeps it and words of one's own could name somebody."""

    ASKED = "asked"
    """The person asked for it."""
    RETENTION = "retention"
    """The time for which it had to be kept is over."""
    MISTAKE = "mistake"
    """It should never have been there."""


@dataclass(frozen=True, slots=True)
class ErasurePreview:
    """What an erasure would take away, and where the person would still be found.

    Attributes:
        participant: Whose record.
        counts: How many `notes`, `drafts`, `action_items`, `follow_ups` and `consents` there are.
        backups: The vault's own backups that still hold them.
        rescue_files: How many files with rescued drafts about them there are; they go too.
        named_in: How many notes of other people hold every word of their name.
    """

    participant: Participant
    counts: dict[str, int]
    backups: tuple[HoldingBackup, ...]
    rescue_files: int
    named_in: int


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did.

    Attributes:
        participant_id: Whose record is gone.
        notes: How many signed notes lost their text.
        backups: The vault's own backups that still hold them.
    """

    participant_id: str
    notes: int
    backups: tuple[HoldingBackup, ...]


def hold_record(workspace: Workspace, participant_id: str, *, reason: str) -> Participant:
    """Put a record under legal hold: it cannot be erased until it is released.

    Raises:
        InvalidInputError: No reason is given, or it is too long.
        RefusedError: It is held already.
        NotFoundError: There is no such participant.
    """
    why = clean_line(reason, field="reason")
    if not why:
        raise InvalidInputError("A legal hold needs a reason.", "Say in a few words who asked for it.", field="reason")
    with workspace.changing() as work:
        person = participant_in(work, participant_id)
        if person.held_at is not None:
            raise RefusedError("This record is under legal hold already.", "Release it first to change the reason.")
        return _set_hold(workspace, work, person, workspace.clock.now(), why)


def release_record(workspace: Workspace, participant_id: str) -> Participant:
    """Lift a legal hold.

    Raises:
        RefusedError: There is none.
        NotFoundError: There is no such participant.
    """
    with workspace.changing() as work:
        person = participant_in(work, participant_id)
        if person.held_at is None:
            raise RefusedError("This record is not under legal hold.")
        return _set_hold(workspace, work, person, None, "")


def preview_erasure(workspace: Workspace, participant_id: str) -> ErasurePreview:
    """What erasing a participant's record would take away; changes nothing.

    Raises:
        NotFoundError: There is no such participant.
    """
    with workspace.reading() as work:
        person = participant_in(work, participant_id)
        counts = work.erasures.counts(participant_id)
        _, everywhere = work.notes.search(person.name, limit=1)
        _, own = work.notes.search(person.name, participant_id=participant_id, limit=1)
    return ErasurePreview(
        participant=person,
        counts=counts,
        backups=backups_holding(workspace, participant_id),
        rescue_files=len(rescue_files(workspace, participant_id)),
        named_in=everywhere - own,
    )


def record_of(workspace: Workspace, participant_id: str) -> NoteFile:
    """A participant's whole record, to be handed to them: signed notes, what was added, drafts; the export is logged.

    Raises:
        NotFoundError: There is no such participant.
        VaultError: The vault is only read, so that nothing can be erased either.
    """
    return _record_of(workspace, participant_id)[0]


def keep_record(workspace: Workspace, participant_id: str, path: Path) -> int:
    """Write a participant's whole record to a file, as `record_of` gives it, and say how many answers it lacks.

    Raises:
        NotFoundError: There is no such participant.
        RefusedError: The file is there already.
        StorageError: The disk refuses; nothing half-written is left.
    """
    try:
        require_free(path, replace=False)
    except RefusedError:
        raise RefusedError("A file of this name is there already.", "Choose another name.") from None
    record, accounted = _record_of(workspace, participant_id)
    place_out(workspace, path, write_file(record), replace=False, accounted=accounted)
    return stayed((*record.notes, *record.addenda))


def _record_of(workspace: Workspace, participant_id: str) -> tuple[NoteFile, tuple[Disclosure, ...]]:
    workspace.require_writable()
    with workspace.reading() as work:
        participant_in(work, participant_id)
    given = Given(purpose=Purpose.PARTICIPANT)
    signed = exported_notes(workspace, participant_id=participant_id, given=given)
    drafts = tuple(row.draft for row in open_drafts(workspace, participant_id))
    with workspace.reading() as work:
        ids = tuple(each.id for each in drafts if each.amendment is None and not other_names_in(work, each))
    adding = tuple(
        _leaving(workspace, note_with_addenda(workspace, draft.amendment.note_id), draft)
        for draft in drafts
        if draft.amendment is not None
    )
    unsigned = exported_notes(workspace, note_ids=ids, given=given) if ids else ExportedNotes(notes=(), notices=())
    record = NoteFile(notes=signed.notes + unsigned.notes, addenda=addenda_of(workspace, signed.notes) + adding)
    return record, signed.accounted + unsigned.accounted


def _leaving(workspace: Workspace, history: NoteHistory, draft: Draft) -> Addendum:
    """A draft that adds to a note, as it leaves the vault."""
    version = history.note.template
    template = template_of(workspace.templates, version.id, version.version)
    return leaving_addendum(template, addendum_of(workspace, draft, history))


def erase_participant(workspace: Workspace, participant_id: str, *, reason: ErasureReason) -> Erased:
    """Take every word of a participant's record out of the vault, in one transaction. It cannot be undone.

    A backup is made first, in case the wrong person was meant; it holds them still, and `erasing_backups` removes it.

    Args:
        workspace: The open vault.
        participant_id: Whose record.
        reason: Why; the word goes into the log.

    Raises:
        RefusedError: A legal hold keeps it; nothing was changed.
        StorageError, VaultDamagedError: No backup could be made first; nothing was erased.
        NotFoundError: There is no such participant.
    """
    with workspace.reading() as work:
        require_no_hold(participant_in(work, participant_id))
    rescued = rescue_files(workspace, participant_id)
    backups.back_up_before(workspace, Kind.BEFORE_ERASURE)
    with workspace.changing() as work:
        require_no_hold(participant_in(work, participant_id))
        same = work.participants.same(participant_id)
        notes = work.erasures.ids("notes", participant_id)
        addenda = work.erasures.ids("addenda", participant_id)
        actions = work.erasures.ids("action_items", participant_id)
        work.erasures.add(participant_id, reason.value, at=workspace.clock.now(), by=workspace.author.id)
        for record_id in same:
            workspace.log(work, AuditAction.PARTICIPANT_ERASED, record_id, reason.value)
        for note_id in notes:
            workspace.log(work, AuditAction.NOTE_ERASED, note_id)
        for addendum_id in addenda:
            workspace.log(work, AuditAction.ADDENDUM_ERASED, addendum_id)
        for action_id in actions:
            workspace.log(work, AuditAction.ACTION_ERASED, action_id)
        work.commit()
    remove_rescue_files(rescued)
    return Erased(same[0], len(notes), backups_holding(workspace, participant_id))


def require_no_hold(person: Participant) -> None:
    """Refuse to erase a record that is held.

    Raises:
        RefusedError: It is under legal hold.
    """
    if person.held_at is not None:
        raise RefusedError(
            "This record is under legal hold, so it is kept.",
            "When the hold has ended, lift it on the participant's page, or with: peernote participants release …",
        )


def erased_at(workspace: Workspace, participant_id: str) -> datetime:
    """When a participant's record was erased.

    Raises:
        NotFoundError: It was not.
    """
    with workspace.reading() as work:
        moment = work.erasures.erased_at(participant_id)
    if moment is None:
        raise NotFoundError("There is no erased record of this id.")
    return moment


def _set_hold(
    workspace: Workspace, work: UnitOfWork, person: Participant, since: datetime | None, reason: str
) -> Participant:
    """A hold covers the records that became part of this one; what is released is released with them."""
    hold = {"held_at": since, "hold_reason": reason, "changed_at": workspace.clock.now()}
    for record in work.participants.records(person.id):
        work.participants.change(record.model_copy(update=hold), by=workspace.author.id)
    changed = person.model_copy(update=hold)
    action = AuditAction.PARTICIPANT_RELEASED if since is None else AuditAction.PARTICIPANT_HELD
    workspace.log(work, action, person.id)
    work.commit()
    return changed
