"""Notes out of and into a vault in their lossless form, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from peernote_tui.documents.note_json import Notices
from peernote_tui.domain.addendum import Addendum
from peernote_tui.domain.answer_checks import answer_problem
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.base import Model
from peernote_tui.domain.consent import Consent, ConsentEvent, ConsentScope
from peernote_tui.domain.consent_rules import Minority, minority
from peernote_tui.domain.disclosure import Disclosure, Purpose
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.errors import InvalidInputError, NotFoundError, PeerNoteError, RefusedError
from peernote_tui.domain.ids import is_id, new_id
from peernote_tui.domain.names import clean_name
from peernote_tui.domain.note import Note, NoteContent, NoteState
from peernote_tui.domain.participant import Participant
from peernote_tui.domain.private_answers import STAYED, leaving_content, leaving_note
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services import disclosing, gate
from peernote_tui.services.consenting import consent_in
from peernote_tui.services.disclosing import Given, Leave, Request
from peernote_tui.services.notes import resolve_note
from peernote_tui.services.participants import reference_in
from peernote_tui.services.recording import enter_into_record
from peernote_tui.services.staying import leaving_notes, require_leaves
from peernote_tui.services.taking_addenda import ImportedAddendum, take_addendum
from peernote_tui.services.templates import template_of
from peernote_tui.services.verifying import seal_holds
from peernote_tui.services.workspace import Workspace
from peernote_tui.services.writing import sign_in

_NOT_SIGNED = datetime.max.replace(tzinfo=UTC)
IMPORTED_LATE = "Entered from a file."
"""The reason a late entry gets when its file gives none."""
CARRIED = "carried with an imported note"
"""The remark on a consent of which no more is known than what a note says it rests on."""


class ImportedNote(Model):
    """What became of one note of a file."""

    id: str
    state: NoteState
    participant_id: str
    new: bool = True
    """False when the vault held this very note already."""


class ExportedNotes(Model):
    """Notes as they leave the vault, and what has to be read with them.

    Attributes:
        notices: Of each participant whose notes are handed to others; a copy of one's own carries none.
        accounted: What the account says of it.
    """

    notes: tuple[Note, ...]
    notices: tuple[Notices, ...]
    accounted: tuple[Disclosure, ...] = ()


def export_notes(
    workspace: Workspace,
    *,
    note_ids: tuple[str, ...] = (),
    participant_id: str | None = None,
    given: Given | None = None,
    unaccounted: bool = False,
) -> tuple[Note, ...]:
    """The notes of `exported_notes`."""
    return exported_notes(
        workspace, note_ids=note_ids, participant_id=participant_id, given=given, unaccounted=unaccounted
    ).notes


def exported_notes(
    workspace: Workspace,
    *,
    note_ids: tuple[str, ...] = (),
    participant_id: str | None = None,
    given: Given | None = None,
    form: str = "json",
    unaccounted: bool = False,
) -> ExportedNotes:
    """Notes as they are exchanged, without private and hidden answers; they pass the door that keeps the account.

    Args:
        workspace: The open vault.
        note_ids: References to notes or drafts; the signed notes of the participant, or all, when empty.
        participant_id: Only of this participant.
        given: To whom, what for and on what basis; a copy that the peer supporter keeps when None.
        form: The format they are written in.
        unaccounted: Whether they are to leave although the vault is only read and keeps no account.

    Raises:
        NotFoundError: A reference means no note.
        InvalidInputError: To whom, or a reason, is missing.
        RefusedError: The consent does not hold, or the vault keeps no account; or a note was chosen that is about
            somebody else.
    """
    kept = disclosing.require_account(workspace, unaccounted=unaccounted)
    given = given or Given()
    found = tuple(resolve_note(workspace, reference) for reference in note_ids)
    with workspace.reading() as work:
        if note_ids:
            for note in found:
                require_leaves(work, note.id, given.purpose)
        else:
            found = leaving_notes(work, work.notes.in_order(participant_id), given.purpose)
        leaves = _leaves(workspace, work, found, given, form)
    accounted: tuple[Disclosure, ...] = ()
    if found and kept:
        accounted = tuple(leave.disclosure for leave in leaves)
        with workspace.changing() as work:
            for disclosure in accounted:
                disclosing.account_in(workspace, work, disclosure)
            for note in found:
                workspace.log(work, AuditAction.NOTE_EXPORTED, note.id, form)
            work.commit()
    return ExportedNotes(
        notes=tuple(
            leaving_note(template_of(workspace.templates, n.template.id, n.template.version), n) for n in found
        ),
        notices=tuple(notices for leave in leaves for notices in notices_of(leave)),
        accounted=accounted,
    )


def notices_of(leave: Leave) -> tuple[Notices, ...]:
    """What stands before notes in their JSON form and in tables; nothing for a copy of one's own."""
    if leave.disclosure.purpose is Purpose.OWN or not leave.notices:
        return ()
    return (Notices(participant_id=leave.disclosure.participant_id, notices=leave.notices),)


def _leaves(
    workspace: Workspace, work: UnitOfWork, notes: Sequence[Note], given: Given, form: str
) -> tuple[Leave, ...]:
    """The leave to hand the notes out, for each participant they are about."""
    whose: dict[str, list[Note]] = {}
    for note in notes:
        draft = work.drafts.get(note.id)
        owner = draft.participant_id if draft else work.notes.participant_id(note.id)
        whose.setdefault(owner or note.participant.id, []).append(note)
    found = []
    for participant_id, theirs in whose.items():
        request = Request(
            **given.model_dump(),
            participant_id=participant_id,
            what=disclosing.what_notes(theirs),
            form=form,
            note_ids=tuple(note.id for note in theirs),
        )
        found.append(disclosing.leave_in(workspace, work, request))
    return tuple(found)


class ImportedFile(Model):
    """What became of a file of notes."""

    notes: tuple[ImportedNote, ...]
    addenda: tuple[ImportedAddendum, ...]


def import_notes(
    workspace: Workspace, notes: tuple[Note, ...], *, sign: bool = False, dry_run: bool = False
) -> tuple[ImportedNote, ...]:
    """As `import_file`, of notes alone."""
    return import_file(workspace, notes, (), sign=sign, dry_run=dry_run).notes


def import_file(
    workspace: Workspace,
    notes: tuple[Note, ...],
    addenda: tuple[Addendum, ...],
    *,
    sign: bool = False,
    dry_run: bool = False,
) -> ImportedFile:
    """Take notes in, and what was added to notes, in one transaction.

    A sealed note keeps its id, author and signature. Anything else becomes a draft, which is signed here and
    now when asked. A participant the vault does not know is added when the note names them; a consent the
    note rests on is recorded with them.

    Args:
        workspace: The open vault.
        notes: Notes as read from a file.
        addenda: What was added to notes of the file or of the vault; sealed.
        sign: Sign what is not signed yet.
        dry_run: Do everything but keep nothing.

    Raises:
        PeerNoteError: One of them cannot be taken in; its sentence names which by number; nothing is kept.
    """
    results: dict[int, ImportedNote] = {}
    # An outcome can only land in an action that an earlier note brought, whatever the order of the file.
    in_order = sorted(enumerate(notes, start=1), key=lambda numbered: numbered[1].signed_at or _NOT_SIGNED)
    with workspace.changing() as work:
        for number, note in in_order:
            try:
                results[number] = _import(workspace, work, note, sign=sign)
            except PeerNoteError as error:
                error.sentence = f"Note {number} of {len(notes)}: {error.sentence}"
                raise
        added = _take_addenda(workspace, work, addenda)
        if not dry_run:
            work.commit()
    return ImportedFile(notes=tuple(results[number] for number in sorted(results)), addenda=added)


def _take_addenda(
    workspace: Workspace, work: UnitOfWork, addenda: tuple[Addendum, ...]
) -> tuple[ImportedAddendum, ...]:
    results: dict[int, ImportedAddendum] = {}
    for number, addendum in sorted(
        enumerate(addenda, start=1), key=lambda numbered: numbered[1].signed_at or _NOT_SIGNED
    ):
        try:
            results[number] = take_addendum(workspace, work, addendum)
        except PeerNoteError as error:
            error.sentence = f"Addendum {number} of {len(addenda)}: {error.sentence}"
            raise
    return tuple(results[number] for number in sorted(results))


def _import(workspace: Workspace, work: UnitOfWork, note: Note, *, sign: bool) -> ImportedNote:
    template_of(workspace.templates, note.template.id, note.template.version)
    known = work.notes.get(note.id) if note.id else None
    if known is not None:
        if note.left_out:
            known = leaving_note(template_of(workspace.templates, known.template.id, known.template.version), known)
        same = known.canonical() == note.canonical() if note.seal else _told(known) == _told(note)
        if not same:
            raise RefusedError("The vault holds another signed note under this id.", "A signed note never changes.")
        owner = work.notes.participant_id(note.id) or ""
        return ImportedNote(id=note.id, state=NoteState.SIGNED, participant_id=owner, new=False)
    if note.id and work.erasures.note_erased_at(note.id):
        raise RefusedError(
            "This note was erased with its participant's record, and does not come back by itself.",
            "If they ask for it: add them anew, then import the note without its id and seal, as a draft.",
        )
    participant = _participant(workspace, work, note)
    _carry_consent(workspace, work, note, participant)
    if note.seal is not None:
        return _take_sealed(workspace, work, note, participant)
    return _take_draft(workspace, work, note, participant, sign=sign)


def _told(note: Note) -> NoteContent:
    """What a note tells, without the ids that signing gives to its actions."""
    actions = tuple(action.model_copy(update={"id": ""}) for action in note.content.agreed_actions)
    return note.content.model_copy(update={"agreed_actions": actions})


def _take_sealed(workspace: Workspace, work: UnitOfWork, note: Note, participant: Participant) -> ImportedNote:
    if note.left_out:
        raise RefusedError(STAYED, "Take the seal and left_out out of the file and import it as a draft.")
    if note.seal is None or not note.id or note.signed_at is None or not seal_holds(note):
        raise RefusedError(
            "The seal does not fit the text: this note was changed after it was signed.",
            "Ask for the file as it was exported, or take the seal out and import it as a draft.",
        )
    gate.admit_sealed(workspace, work, note, participant.id)
    # A note about a record that became part of another belongs to that record, and so to both.
    same = work.participants.same(participant.id)
    whose = note.participant.id if note.participant.id in same else participant.id
    enter_into_record(workspace, work, note, participant_id=whose)
    workspace.log(work, AuditAction.NOTE_IMPORTED, note.id, f"sealed {note.seal.hash}")
    return ImportedNote(id=note.id, state=NoteState.SIGNED, participant_id=participant.id)


def _take_draft(
    workspace: Workspace, work: UnitOfWork, note: Note, participant: Participant, *, sign: bool
) -> ImportedNote:
    now = workspace.clock.now()
    held = work.drafts.get(note.id) if note.id else None
    if held is not None:
        template = template_of(workspace.templates, held.template, held.template_version)
        there = leaving_content(template, held.content) if note.left_out else held.content
        if there == note.content and not sign:
            return ImportedNote(id=held.id, state=NoteState.DRAFT, participant_id=held.participant_id, new=False)
        raise RefusedError(
            "The vault holds a draft under this id already.",
            "Finish that draft, or take the id out of the file to import it beside the draft.",
        )
    draft = Draft(
        id=note.id or new_id(now),
        participant_id=participant.id,
        template=note.template.id,
        template_version=note.template.version,
        zone=note.zone or workspace.clock.zone,
        content=note.content,
        begun_at=note.entered_at or now,
        changed_at=now,
    )
    require_fitting(workspace, draft)
    gate.admit_words(workspace, work, draft, held=None)
    work.drafts.add(draft, by=workspace.author.id)
    work.participants.touch(participant.id, now)
    if sign:
        signed = sign_in(workspace, work, draft, late_reason=note.late_reason or IMPORTED_LATE)
        workspace.log(work, AuditAction.NOTE_IMPORTED, signed.id, "signed here")
        return ImportedNote(id=signed.id, state=NoteState.SIGNED, participant_id=participant.id)
    workspace.log(work, AuditAction.NOTE_IMPORTED, draft.id, "draft")
    return ImportedNote(id=draft.id, state=NoteState.DRAFT, participant_id=participant.id)


def require_fitting(workspace: Workspace, draft: Draft) -> None:
    """Refuse answers of another kind than the template asks for: they could not be shown, nor changed.

    Raises:
        InvalidInputError: There is one; its field is named.
    """
    template = template_of(workspace.templates, draft.template, draft.template_version)
    for field in (field for section in template.sections for field in section.fields):
        if problem := answer_problem(field, draft.content.custom.get(field.key)):
            where = f"content.custom.{field.key}"
            raise InvalidInputError(f"{where}: {problem}", "Correct it in the file.", field=where)


def _participant(workspace: Workspace, work: UnitOfWork, note: Note) -> Participant:
    named = note.participant
    found = reference_in(work, named.id, shortened=False)
    if found is None and named.external_id:
        found = work.participants.by_external_id(named.external_id)
    if found is not None:
        return found
    if not named.name:
        raise NotFoundError(
            "Its participant is not in the vault.", "Add them first, or name them in the file with “name”."
        )
    if named.id and work.erasures.erased_at(named.id):
        raise RefusedError(
            "Its participant's record was erased, and does not come back by itself.",
            "If they want to be in the vault again, add them anew with the ID that stands in the file.",
        )
    # An id or ID that nobody has yet makes a person of the same name somebody else.
    if not named.id and not named.external_id:
        found = reference_in(work, named.name, shortened=False)
        if found is not None:
            return found
    now = workspace.clock.now()
    foreign = "" if is_id(named.id) else named.id
    participant = Participant(
        id=new_id(now) if foreign or not named.id else named.id,
        name=clean_name(named.name),
        pronouns=named.pronouns,
        external_id=named.external_id or foreign,
        born=named.born,
        created_at=now,
        changed_at=now,
    )
    work.participants.add(participant, by=workspace.author.id)
    workspace.log(work, AuditAction.PARTICIPANT_ADDED, participant.id, "imported")
    return participant


def _carry_consent(workspace: Workspace, work: UnitOfWork, note: Note, participant: Participant) -> None:
    basis = note.basis
    if basis.how is None or basis.starts_on is None or consent_in(workspace, work, participant.id).active:
        return
    history = work.consents.of_participant(participant.id)
    # A history that exists here, such as a withdrawal, is newer knowledge than what a file carries; and for a minor
    # the file does not say who consented.
    if history or minority(participant, basis.starts_on) is Minority.YES:
        return
    now = workspace.clock.now()
    sealed = work.consents.add(
        Consent(
            id=basis.consent_id or new_id(now),
            participant_id=participant.id,
            scope=ConsentScope.NOTES,
            event=ConsentEvent.GIVEN,
            how=basis.how,
            starts_on=basis.starts_on,
            expires_on=basis.expires_on,
            remark=CARRIED,
            recorded_at=now,
            recorded_by=workspace.author.id,
        )
    )
    workspace.log(work, AuditAction.CONSENT_GIVEN, participant.id, f"{ConsentScope.NOTES.value} imported {sealed}")
