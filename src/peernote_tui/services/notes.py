"""Reading signed notes: one, a list, a search."""

from __future__ import annotations

from peernote_tui.domain.action_item import ActionItem
from peernote_tui.domain.addendum import Addendum
from peernote_tui.domain.audit import AuditAction, anchor_words
from peernote_tui.domain.base import LONGEST_QUERY, Model, clean_line, clean_text
from peernote_tui.domain.errors import NotFoundError, RefusedError
from peernote_tui.domain.note import Note, NoteRow
from peernote_tui.domain.participant import Participant
from peernote_tui.domain.template import Template
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services import disclosing
from peernote_tui.services.consenting import consent_in
from peernote_tui.services.disclosing import CLIPBOARD, Request
from peernote_tui.services.namesakes import rows_apart, told_apart
from peernote_tui.services.note_seals import seal_problems
from peernote_tui.services.participants import participant_in
from peernote_tui.services.referring import people_meant_in
from peernote_tui.services.reviewing import draft_note
from peernote_tui.services.templates import template_of
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault.read_only import ReadOnlyReason


class Belongs(Model):
    """Where a note that was written in error belongs."""

    participant: Participant
    note_id: str = ""
    """The signed note there; empty while it is a draft."""
    draft_id: str = ""


class NoteView(Model):
    """A note with what a reader wants beside it."""

    note: Note
    """As it was signed."""
    addenda: tuple[Addendum, ...]
    """What was added to it, in the order it was added."""
    belongs: Belongs | None
    """Where it belongs when it was written in error, if that is known and still there."""
    seal_problems: tuple[str, ...]
    """What does not fit its seal, or those of what was added; empty when all of them hold."""
    anchor: str
    """The head of the log as it is printed, once this view is in it; empty in a damaged vault."""
    participant: Participant
    """The participant as known today; the note keeps how they were known then."""
    template: Template
    actions: tuple[ActionItem, ...]
    """The agreed actions as they stand today."""
    people: dict[str, Participant | None]
    """Whom answers mean, by the id they hold; None for whose record was erased."""


class FoundNotes(Model):
    """The answer to a list or search."""

    query: str
    notes: tuple[NoteRow, ...]
    total: int


def view_note(workspace: Workspace, note_id: str) -> NoteView:
    """Open a signed note to read; the view is recorded in the log.

    Raises:
        NotFoundError: There is no such note.
    """
    if workspace.vault.read_only:
        with workspace.reading() as work:
            return _view(workspace, work, note_id)
    with workspace.changing() as work:
        _present(work, note_id)
        workspace.log(work, AuditAction.NOTE_VIEWED, note_id)
        found = _view(workspace, work, note_id)
        work.commit()
    return found


def read_again(workspace: Workspace, note_id: str) -> NoteView:
    """The note that is open to read as it stands by now; that is no further view of it.

    Raises:
        NotFoundError: There is no such note.
    """
    with workspace.reading() as work:
        return _view(workspace, work, note_id)


def note_copied(workspace: Workspace, note_id: str) -> bool:
    """Account for a signed note that is about to be handed to the clipboard; True when it may be.

    Raises:
        NotFoundError: There is no such note.
        PeerNoteError: The log does not take it; then nothing is to be handed over.
    """
    with workspace.reading() as work:
        note, participant_id = _present(work, note_id)
    if workspace.vault.read_only:
        return True
    what = disclosing.what_notes((note,))
    request = Request(participant_id=participant_id, what=what, form=CLIPBOARD, note_ids=(note_id,))
    with workspace.changing() as work:
        disclosing.account_in(workspace, work, disclosing.leave_in(workspace, work, request).disclosure)
        workspace.log(work, AuditAction.NOTE_COPIED, note_id)
        work.commit()
    return True


def words_copied(workspace: Workspace, draft_id: str) -> bool:
    """Account for words of a draft that are about to be handed to the clipboard; True when they may be.

    Raises:
        NotFoundError: There is no such draft.
        PeerNoteError: The account does not take it; then nothing is to be handed over.
    """
    with workspace.reading() as work:
        draft = work.drafts.get(draft_id)
    if draft is None:
        raise NotFoundError("This draft is not in the vault; it may have been signed.")
    request = Request(participant_id=draft.participant_id, what="words of a draft", form=CLIPBOARD)
    if not workspace.vault.read_only:
        disclosing.account_for(workspace, [disclosing.ask_leave(workspace, request)])
    return True


def list_notes(
    workspace: Workspace, *, participant_id: str | None = None, limit: int = 50, offset: int = 0
) -> FoundNotes:
    """Signed notes, newest first, of one participant or of all."""
    with workspace.reading() as work:
        rows, total = work.notes.rows(participant_id=participant_id, limit=limit, offset=offset)
        rows = rows_apart(work, rows)
    return FoundNotes(query="", notes=rows, total=total)


def search_notes(workspace: Workspace, query: str, *, participant_id: str | None = None, limit: int = 50) -> FoundNotes:
    """Signed notes that hold every word, newest first, each with the words in their surroundings.

    Raises:
        InvalidInputError: The query is too long to be looked for in a moment.
    """
    clean_line(query, field="query", longest=LONGEST_QUERY)
    with workspace.reading() as work:
        rows, total = work.notes.search(query, participant_id=participant_id, limit=limit)
        rows = rows_apart(work, rows)
    return FoundNotes(query=query, notes=rows, total=total)


def used_tags(workspace: Workspace, field: str) -> tuple[str, ...]:
    """Tags used before in a field of the note, the most used first."""
    with workspace.reading() as work:
        return work.notes.used_tags(field)


def resolve_note(workspace: Workspace, reference: str) -> Note:
    """The signed note or draft that an id or a unique prefix of one means, drafts in the form of a note.

    Raises:
        NotFoundError: None, or more than one, is meant.
    """
    reference = clean_text(reference).strip().lower()
    with workspace.reading() as work:
        found = {*work.notes.ids_with_prefix(reference), *work.drafts.ids_with_prefix(reference)}
        if not reference or not found:
            raise NotFoundError("No note has this id.", "Look with: peernote notes list")
        if len(found) > 1 and reference not in found:
            raise NotFoundError("More than one note begins with this id.", "Use more of it.")
        note_id = reference if reference in found else found.pop()
        signed = work.notes.get(note_id)
        if signed is not None:
            return signed
        draft = work.drafts.get(note_id)
        if draft is None:
            raise NotFoundError("No note has this id.")
        if draft.amendment is not None:
            raise RefusedError(
                "This is something being added to a signed note, and no note of its own.",
                "Go on with it in the app: it stands among the drafts.",
            )
        consent = consent_in(workspace, work, draft.participant_id)
        return draft_note(workspace, draft, participant_in(work, draft.participant_id), consent)


def _present(work: UnitOfWork, note_id: str) -> tuple[Note, str]:
    """A signed note and whose record it stands in."""
    note = work.notes.get(note_id)
    participant_id = work.notes.participant_id(note_id)
    if note is None or participant_id is None:
        raise NotFoundError("This note is not in the vault.")
    return note, participant_id


def _belongs(work: UnitOfWork, addenda: tuple[Addendum, ...]) -> Belongs | None:
    there = next((each.belongs_to for each in addenda if each.belongs_to), "")
    if not there:
        return None
    draft = work.drafts.get(there)
    whose = draft.participant_id if draft is not None else work.notes.participant_id(there)
    person = work.participants.get(whose) if whose else None
    if person is None:
        return None
    (person,) = told_apart(work, (person,))
    return Belongs(participant=person, **{"note_id" if draft is None else "draft_id": there})


def _view(workspace: Workspace, work: UnitOfWork, note_id: str) -> NoteView:
    note, participant_id = _present(work, note_id)
    damaged = workspace.vault.read_only_because is ReadOnlyReason.DAMAGED
    addenda = work.addenda.of_note(note_id)
    (participant,) = told_apart(work, (participant_in(work, participant_id),))
    actions = (work.action_items.get(agreed.id) for agreed in note.content.agreed_actions)
    template = template_of(workspace.templates, note.template.id, note.template.version)
    contents = (note.content, *(each.content for each in addenda if each.content is not None))
    return NoteView(
        note=note,
        addenda=addenda,
        belongs=_belongs(work, addenda),
        seal_problems=seal_problems(workspace, work, note_id),
        anchor="" if damaged else anchor_words(*work.audit.head()),
        participant=participant,
        template=template,
        actions=tuple(action for action in actions if action is not None),
        people=people_meant_in(work, template, contents),
    )
