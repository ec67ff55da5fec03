"""Adding to a signed note: addendum, correction, the participant's statement, written in error.

What is being added is a draft until it is signed, so that it is kept while it is typed as every other.
"""

from __future__ import annotations

from peernote_tui.domain.action_item import OPEN_STATUSES, ActionStatus
from peernote_tui.domain.addendum import Addendum, AddendumKind, Amendment
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.base import Model
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.errors import NoteIncompleteError, NotFoundError, RefusedError
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.note import CONTACT_TEMPLATE, Note, NoteAuthor, NoteContent
from peernote_tui.domain.private_answers import leaving_addendum, leaving_note
from peernote_tui.domain.template import Template
from peernote_tui.domain.template_rules import as_signed, missing
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services import gate
from peernote_tui.services.action_history import record_change
from peernote_tui.services.group_names import other_names_in
from peernote_tui.services.participants import open_record_in
from peernote_tui.services.recurring import later, series_after
from peernote_tui.services.reviewing import draft_in, loose_ends
from peernote_tui.services.sealing import seal
from peernote_tui.services.templates import template_of
from peernote_tui.services.workspace import Workspace

_NEEDS_REASON = frozenset({AddendumKind.ADDENDUM, AddendumKind.CORRECTION, AddendumKind.IN_ERROR})
_NEEDS_TEXT = frozenset({AddendumKind.ADDENDUM, AddendumKind.STATEMENT, AddendumKind.COSIGNATURE})
_IN_ERROR_WORDS = "The note it came from was written in error."


class NoteHistory(Model):
    """A signed note with all that was added to it."""

    note: Note
    """As it was signed."""
    addenda: tuple[Addendum, ...]
    """In the order in which they were added."""

    @property
    def present(self) -> NoteContent:
        """The content with the last correction applied."""
        corrected = [each.content for each in self.addenda if each.content is not None]
        return corrected[-1] if corrected else self.note.content

    @property
    def in_error(self) -> Addendum | None:
        """What says that the note was written in error; None when nothing does."""
        return next((each for each in self.addenda if each.kind is AddendumKind.IN_ERROR), None)


def note_with_addenda(workspace: Workspace, note_id: str) -> NoteHistory:
    """A signed note with all that was added to it.

    Raises:
        NotFoundError: There is no such note.
    """
    with workspace.reading() as work:
        return history_in(work, note_id)


def history_in(work: UnitOfWork, note_id: str) -> NoteHistory:
    """As `note_with_addenda`, inside a transaction."""
    note = work.notes.get(note_id)
    if note is None:
        raise NotFoundError("This note is not in the vault.")
    return NoteHistory(note=note, addenda=work.addenda.of_note(note_id))


def leaving_history(template: Template, history: NoteHistory) -> NoteHistory:
    """A note's history as it leaves the vault: without private answers."""
    note = leaving_note(template, history.note)
    return NoteHistory(note=note, addenda=tuple(leaving_addendum(template, each) for each in history.addenda))


def start_amendment(
    workspace: Workspace, note_id: str, kind: AddendumKind, *, said_by: str = "", belongs_to: str = ""
) -> Draft:
    """Begin to add something to a signed note; it is kept as a draft and saved as one.

    The words go into the draft's `amendment`; those of a correction into its content, which holds the whole note as
    it stands now.

    Args:
        workspace: The open vault.
        note_id: The signed note.
        kind: What is added.
        said_by: Whose statement it is, when it is not the participant's own.
        belongs_to: Of a note written in error, the note or draft in the record where it belongs.

    Raises:
        ConsentMissingError: New words about the participant, without consent.
        RefusedError: The note cannot be corrected, or is marked already.
        NotFoundError: There is no such note.
    """
    now = workspace.clock.now()
    with workspace.changing() as work:
        history = history_in(work, note_id)
        participant_id = work.notes.participant_id(note_id) or ""
        admit_kind(history, kind)
        note = history.note
        draft = Draft(
            id=new_id(now),
            participant_id=open_record_in(work, participant_id).id,
            template=note.template.id,
            template_version=note.template.version,
            zone=note.zone if kind is AddendumKind.CORRECTION else workspace.clock.zone,
            content=history.present if kind is AddendumKind.CORRECTION else NoteContent(),
            begun_at=now,
            changed_at=now,
            amendment=Amendment(note_id=note.id, kind=kind, said_by=said_by, belongs_to=belongs_to),
        )
        gate.admit_amendment(workspace, work, draft)
        work.drafts.add(draft, by=workspace.author.id)
        work.participants.touch(draft.participant_id, now)
        workspace.log(work, AuditAction.DRAFT_STARTED, draft.id, kind.value)
        work.commit()
    return draft


def amendment_problems(workspace: Workspace, draft_id: str) -> tuple[str, ...]:
    """What stands between a draft that adds to a note and its signature, in sentences.

    Raises:
        NotFoundError: There is no such draft.
        RefusedError: It is a note of its own.
    """
    with workspace.reading() as work:
        draft = draft_in(work, draft_id)
        return problems_in(workspace, work, draft)


def problems_in(workspace: Workspace, work: UnitOfWork, draft: Draft) -> tuple[str, ...]:
    """As `amendment_problems`, inside a transaction."""
    amendment = _amendment_of(draft)
    found = []
    if amendment.kind in _NEEDS_REASON and not amendment.reason.strip():
        found.append("Say in a few words why it is added.")
    if amendment.kind in _NEEDS_TEXT and not amendment.text.strip():
        found.append("There are no words in it yet.")
    if amendment.kind is AddendumKind.CORRECTION:
        found += _correction_problems(workspace, history_in(work, amendment.note_id), draft)
    why = gate.amendment_gap(workspace, work, draft)
    return (*found, why) if why else tuple(found)


def amendment_warnings(workspace: Workspace, draft_id: str) -> tuple[str, ...]:
    """What to look at twice before a draft that adds to a note is signed, in sentences.

    Raises:
        NotFoundError: There is no such draft.
    """
    with workspace.reading() as work:
        return other_names_in(work, draft_in(work, draft_id))


def sign_amendment(workspace: Workspace, draft_id: str) -> Addendum:
    """Sign what is added: sealed, stored and logged in one transaction; then it is frozen as the note is.

    Marking a note as written in error drops the actions that came from it and are still open, and closes the contact
    it planned: they stand in the record of somebody whom they do not concern.

    Raises:
        ConsentMissingError: New words about the participant, without consent.
        NoteIncompleteError: Something required is missing; `missing` says what.
        RefusedError: The draft was put aside, or the note is marked as written in error already.
        NotFoundError: There is no such draft.
    """
    with workspace.changing() as work:
        draft = draft_in(work, draft_id)
        if draft.discarded_at is not None:
            raise RefusedError("This draft was put aside, so it cannot be signed.", "Bring it back first.")
        amendment = _amendment_of(draft)
        history = history_in(work, amendment.note_id)
        admit_kind(history, amendment.kind)
        gate.admit_amendment(workspace, work, draft)
        gaps = problems_in(workspace, work, draft)
        if gaps:
            raise NoteIncompleteError("This cannot be signed yet.", " ".join(gaps), missing=gaps)
        addendum = addendum_of(workspace, draft, history)
        addendum = addendum.model_copy(update={"signed_at": workspace.clock.now()})
        addendum = addendum.model_copy(update={"seal": seal(workspace, work, addendum.canonical())})
        store_in(workspace, work, addendum)
        work.drafts.remove(draft.id)
        work.commit()
    return addendum


def store_in(workspace: Workspace, work: UnitOfWork, addendum: Addendum, *, imported: bool = False) -> None:
    """Let a sealed addendum enter the record of its note, with what follows from it; the caller commits.

    The gate is the caller's to ask.
    """
    if addendum.seal is None:
        raise RefusedError("Only what is signed enters the record.")
    whose = work.notes.record_id(addendum.note_id) or ""
    work.addenda.add(addendum, addendum.seal, participant_id=whose)
    detail = f"{addendum.kind.value} imported" if imported else addendum.kind.value
    workspace.log(work, AuditAction.ADDENDUM_SIGNED, addendum.id, f"{detail} {addendum.seal.hash}")
    note = work.notes.get(addendum.note_id)
    if addendum.kind is AddendumKind.IN_ERROR and note is not None:
        _let_go(workspace, work, note)
    work.participants.touch(whose, workspace.clock.now())


def admit_kind(history: NoteHistory, kind: AddendumKind) -> None:
    """Refuse what cannot be added to a note of this history.

    Raises:
        RefusedError: It is marked as written in error already, or is a contact without content.
    """
    if kind is AddendumKind.IN_ERROR and history.in_error is not None:
        raise RefusedError("This note is marked as written in error already.")
    if kind is AddendumKind.CORRECTION and history.in_error is not None:
        raise RefusedError(
            "This note was written in error, so there is nothing in it to correct.", "Write an addendum instead."
        )
    if kind in (AddendumKind.ADDENDUM, AddendumKind.STATEMENT) and history.note.template.id == CONTACT_TEMPLATE:
        raise RefusedError("A contact without content holds no words.", "Write a note instead, with consent.")


def move_to_right_record(workspace: Workspace, note_id: str, participant_id: str) -> Draft:
    """A draft of what a note says in the record where it belongs, for a note that was written in error.

    Outcomes of actions stay behind, for they speak of the other person's actions. The draft goes through the gate of
    the record it enters.

    Args:
        workspace: The open vault.
        note_id: The note that stands in the wrong record.
        participant_id: Whom it is about.

    Raises:
        ConsentMissingError: There is no consent to write about that person.
        RefusedError: The note is in that record already.
        NotFoundError: There is no such note or participant.
    """
    now = workspace.clock.now()
    with workspace.changing() as work:
        history = history_in(work, note_id)
        right = open_record_in(work, participant_id)
        if work.notes.participant_id(note_id) == right.id:
            raise RefusedError("This note is in that record already.", "Choose the person it is really about.")
        present = history.present
        actions = tuple(action.model_copy(update={"id": ""}) for action in present.agreed_actions)
        draft = Draft(
            id=new_id(now),
            participant_id=right.id,
            template=history.note.template.id,
            template_version=history.note.template.version,
            zone=history.note.zone,
            content=present.model_copy(update={"agreed_actions": actions, "action_reviews": ()}),
            begun_at=now,
            changed_at=now,
        )
        gate.admit_words(workspace, work, draft, held=None)
        work.drafts.add(draft, by=workspace.author.id)
        work.participants.touch(right.id, now)
        workspace.log(work, AuditAction.DRAFT_STARTED, draft.id, "from a note written in error")
        work.commit()
    return draft


def _amendment_of(draft: Draft) -> Amendment:
    if draft.amendment is None:
        raise RefusedError("This draft is a note of its own.", "Sign it as a note.")
    return draft.amendment


def _correction_problems(workspace: Workspace, history: NoteHistory, draft: Draft) -> list[str]:
    template = template_of(workspace.templates, draft.template, draft.template_version)
    found = [gap.sentence for gap in loose_ends(template, draft)]
    # What was not there when the note was signed does not keep anybody from correcting the rest.
    known = {gap.sentence for gap in missing(template, history.note.content, may_write=True)}
    gaps = [gap.sentence for gap in missing(template, draft.content, may_write=True)]
    found += [gap for gap in gaps if gap not in known and gap not in found]
    if not found and as_signed(template, draft.content) == as_signed(template, history.present):
        found.append("Nothing is changed yet.")
    return found


def addendum_of(workspace: Workspace, draft: Draft, history: NoteHistory) -> Addendum:
    """A draft in the form of what it adds to its note, unsigned."""
    amendment = _amendment_of(draft)
    if history.note.seal is None:
        raise RefusedError("Only a signed note is added to.")
    template = template_of(workspace.templates, draft.template, draft.template_version)
    correction = amendment.kind is AddendumKind.CORRECTION
    author = workspace.author
    return Addendum(
        id=draft.id,
        note_id=amendment.note_id,
        note_hash=history.note.seal.hash,
        kind=amendment.kind,
        author=NoteAuthor(id=author.id, name=author.name, credential=author.credential),
        zone=workspace.clock.zone,
        reason=amendment.reason.strip(),
        text="" if correction else amendment.text.strip(),
        said_by=amendment.said_by,
        belongs_to=amendment.belongs_to,
        content=as_signed(template, draft.content) if correction else None,
        entered_at=draft.begun_at,
    )


def _let_go(workspace: Workspace, work: UnitOfWork, note: Note) -> None:
    """Drop the open actions of a note that was written in error and of their series, and close what it planned."""
    now = workspace.clock.now()
    agreed = (work.action_items.get(each.id) for each in note.content.agreed_actions)
    found = [action for action in agreed if action is not None]
    for action in (each for first in found for each in (first, *series_after(work, first))):
        if action.status not in OPEN_STATUSES or action.note_id != note.id:
            continue
        update = {"status": ActionStatus.DROPPED, "words": _IN_ERROR_WORDS, "changed_at": later(now, action)}
        changed = action.model_copy(update=update)
        work.action_items.change(changed, by=workspace.author.id)
        record_change(workspace, work, changed, AuditAction.ACTION_CHANGED)
    for follow_up_id in work.follow_ups.close_planned_by(note.id, at=now, by=workspace.author.id):
        workspace.log(work, AuditAction.FOLLOW_UP_CLOSED, follow_up_id)
