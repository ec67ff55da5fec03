"""The gate: no consent, no note content, except for an emergency whose reason is recorded.

Every service that stores what a person wrote about a participant goes through here, so that no screen, command or
file is a way round.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from peernote_tui.domain.addendum import Addendum, AddendumKind
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.consent import Consent, ConsentScope, ConsentStanding, ConsentState, consent_state
from peernote_tui.domain.dates import say_day
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.errors import ConsentMissingError, RefusedError
from peernote_tui.domain.note import (
    CONTACT_TEMPLATE,
    LONGEST_PLACE,
    SESSION_FIELDS,
    Note,
    NoteContent,
    NoteKind,
    has_words,
)
from peernote_tui.domain.seen_actions import SEEN
from peernote_tui.domain.template import FieldKind, Template
from peernote_tui.domain.template_actions import MADE
from peernote_tui.domain.template_rules import Missing
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.workspace import Workspace

_ALWAYS_ADDED = frozenset({AddendumKind.STATEMENT, AddendumKind.IN_ERROR, AddendumKind.COSIGNATURE})
"""What may be added to a signed note without consent: the participant's own words, that the note does not belong here,
and a supervisor's signature under it."""
_SESSION_BOXES = frozenset({*SESSION_FIELDS, "session"})
_SILENT = _SESSION_BOXES | {MADE, SEEN}


def holds_words(draft: Draft) -> bool:
    """Whether a draft says anything about the participant beyond the bare fact of the contact."""
    typed = (text.strip() for key, text in draft.typed.items() if key not in _SILENT)
    half = (len(text) > LONGEST_PLACE for key, text in draft.typed.items() if key in _SESSION_BOXES)
    return any(typed) or any(half) or has_words(draft.content)


def admit_beginning(workspace: Workspace, work: UnitOfWork, draft: Draft) -> Draft:
    """A draft as it may begin: without consent, what a template fills in by itself is left out.

    It would count as words that were there before, and so let others in.
    """
    content = draft.content
    if draft.template == CONTACT_TEMPLATE:
        return draft.model_copy(update={"content": content.model_copy(update={"place": "", "custom": {}})})
    if not holds_words(draft) or notes_state(workspace, work, draft.participant_id).active:
        return draft
    bare = {name: getattr(content, name) for name in SESSION_FIELDS}
    place = "" if len(content.place) > LONGEST_PLACE else content.place
    return draft.model_copy(update={"content": NoteContent(**{**bare, "place": place})})


def admit_words(workspace: Workspace, work: UnitOfWork, draft: Draft, *, held: Draft | None) -> None:
    """Let a draft be stored, or refuse it; an emergency that opens the gate is recorded in the log.

    Args:
        workspace: The open vault.
        work: The transaction the draft is stored in.
        draft: As it is to be stored.
        held: What the vault holds of it already. A draft with words keeps being stored when consent ends: nothing
            typed is lost, only the signature is refused.

    Raises:
        ConsentMissingError: Words about the participant, with neither consent nor an emergency reason.
        RefusedError: Words in a contact that is logged without content.
    """
    if draft.amendment is not None:
        _admit_added_words(workspace, work, draft, held=held)
        return
    if draft.template == CONTACT_TEMPLATE and not _is_bare(draft):
        raise RefusedError("A contact without content holds no words.", "Write a note instead, with consent.")
    if not holds_words(draft):
        return
    # A draft that was open while its record became part of another names the record that it was begun in.
    if held is not None and held.participant_id != work.participants.same(draft.participant_id)[0]:
        held = None
    if notes_state(workspace, work, draft.participant_id).active:
        return
    if draft.content.emergency_reason.strip():
        if held is None or not (holds_words(held) and held.content.emergency_reason.strip()):
            workspace.log(work, AuditAction.EMERGENCY_WRITTEN, draft.id)
    elif held is None or not holds_words(held):
        raise _refusal(workspace, work, draft.participant_id)


def admit_signature(workspace: Workspace, work: UnitOfWork, draft: Draft) -> None:
    """Let a draft be signed, or refuse it.

    Raises:
        ConsentMissingError: No consent today and no emergency reason; a contact without content needs neither.
        RefusedError: Words in a contact that is logged without content.
    """
    if draft.template == CONTACT_TEMPLATE:
        if not _is_bare(draft):
            raise RefusedError("A contact without content holds no words.", "Write a note instead, with consent.")
        return
    if not draft.content.emergency_reason.strip() and not notes_state(workspace, work, draft.participant_id).active:
        raise _refusal(workspace, work, draft.participant_id)


def admit_amendment(workspace: Workspace, work: UnitOfWork, draft: Draft) -> None:
    """Let something be added to a signed note, or refuse it.

    Raises:
        ConsentMissingError: New words about the participant, without consent today.
    """
    if amendment_gap(workspace, work, draft):
        raise ConsentMissingError(
            why_closed(workspace, notes_state(workspace, work, draft.participant_id)),
            "Record their consent first. A statement of their own can be added without.",
        )


def admit_sealed_addendum(workspace: Workspace, work: UnitOfWork, addendum: Addendum, note: Note) -> None:
    """Let something that was signed elsewhere be added to a note, or refuse it.

    It stands on what the note stands on, unless a withdrawal was recorded here before it was signed.

    Raises:
        ConsentMissingError: New words about the participant, and no consent that they could rest on.
    """
    participant_id = work.notes.participant_id(note.id) or ""
    history = work.consents.of_participant(participant_id)
    if not addendum_stands(addendum, note, history, workspace.today):
        raise _refusal(workspace, work, participant_id)


def addendum_stands(addendum: Addendum, note: Note, history: Sequence[Consent], today: date) -> bool:
    """Whether something that was signed elsewhere may be added to a note, by this history of consents."""
    if addendum.kind in _ALWAYS_ADDED or consent_state(history, ConsentScope.NOTES, today).active:
        return True
    any_consent = any(row.scope is ConsentScope.NOTES for row in history)
    if not any_consent and not note.content.emergency_reason.strip():
        return False
    return not _was_withdrawn(history, addendum.signed_at, today)


def _admit_added_words(workspace: Workspace, work: UnitOfWork, draft: Draft, *, held: Draft | None) -> None:
    if draft.template == CONTACT_TEMPLATE and not _is_bare(draft):
        raise RefusedError("A contact without content holds no words.", "Write a note instead, with consent.")
    # It was let in when it was begun; what is typed since is kept, and only the signature is refused.
    if held is None or held.amendment is None:
        admit_amendment(workspace, work, draft)
    if draft.amendment and draft.amendment.kind is not AddendumKind.CORRECTION and has_words(draft.content):
        raise RefusedError("What is added to a note holds no answers to its form.", "Write a correction instead.")


def amendment_gap(workspace: Workspace, work: UnitOfWork, draft: Draft) -> str:
    """Why consent keeps a draft from being added to a signed note, in one sentence; empty where it does not."""
    if draft.amendment is None or draft.amendment.kind in _ALWAYS_ADDED:
        return ""
    if draft.template == CONTACT_TEMPLATE and _is_bare(draft):
        return ""
    return why_closed(workspace, notes_state(workspace, work, draft.participant_id))


def admit_sealed(workspace: Workspace, work: UnitOfWork, note: Note, participant_id: str) -> None:
    """Let a note that was signed elsewhere into the record, or refuse it.

    A signed note stands on what stood when it was signed: a consent of its own or an emergency. A withdrawal that
    was recorded here before it was signed is stronger than what its file says.

    Raises:
        ConsentMissingError: It stands on neither, and there is no consent here.
    """
    if not note_stands(note, work.consents.of_participant(participant_id), workspace.today):
        raise _refusal(workspace, work, participant_id)


def note_stands(note: Note, history: Sequence[Consent], today: date) -> bool:
    """Whether a note that was signed elsewhere may enter the record, by this history of consents."""
    if not has_words(note.content) or note.content.emergency_reason.strip():
        return True
    if consent_state(history, ConsentScope.NOTES, today).active:
        return True
    return note.basis.how is not None and not _was_withdrawn(history, note.signed_at, today)


def draft_stands(draft: Draft, state: ConsentState) -> bool:
    """Whether a draft out of a file may be kept, where its participant stands so on notes."""
    if state.active:
        return True
    if draft.amendment is not None:
        return draft.amendment.kind in _ALWAYS_ADDED
    return not holds_words(draft) or bool(draft.content.emergency_reason.strip())


def notes_state(workspace: Workspace, work: UnitOfWork, participant_id: str) -> ConsentState:
    """Where a participant stands on notes, today."""
    return consent_state(work.consents.of_participant(participant_id), ConsentScope.NOTES, workspace.today)


def group_warnings(workspace: Workspace, work: UnitOfWork, draft: Draft) -> tuple[str, ...]:
    """What to look at twice before a note about a group is signed; it keeps nobody from signing."""
    if draft.content.kind is not NoteKind.GROUP:
        return ()
    history = work.consents.of_participant(draft.participant_id)
    active = consent_state(history, ConsentScope.GROUPS, workspace.today).active
    return () if active else ("No consent to groups is on file.",)


def why_closed(workspace: Workspace, state: ConsentState) -> str:
    """Why no note may be written, in one sentence; empty when one may."""
    row = state.consent
    if state.active:
        return ""
    if row is not None and state.standing is ConsentStanding.WITHDRAWN:
        return f"Consent to notes was withdrawn, {say_day(row.starts_on, today=workspace.today)}."
    if row is not None and row.expires_on is not None:
        return f"Consent to notes ended, {say_day(row.expires_on, today=workspace.today)}."
    return "No consent to write notes is on file."


def consent_gaps(workspace: Workspace, template: Template, draft: Draft, state: ConsentState) -> list[Missing]:
    """What of consent stands between a draft and its signature, and why; empty where nothing does.

    Args:
        workspace: The open vault.
        template: The form of the draft; one without a question about consent needs consent all the same.
        draft: The draft.
        state: Where its participant stands on notes.
    """
    if state.active or draft.template == CONTACT_TEMPLATE or draft.content.emergency_reason.strip():
        return []
    places = ((index, field) for index, section in enumerate(template.sections) for field in section.fields)
    asked = ((index, field.key) for index, field in places if field.kind is FieldKind.CONSENT)
    section, key = next(asked, (0, "consent"))
    return [Missing(section=section, key=key, sentence=why_closed(workspace, state))]


def _is_bare(draft: Draft) -> bool:
    return not holds_words(draft) and not draft.content.place and not draft.content.emergency_reason


def _was_withdrawn(history: Sequence[Consent], signed_at: datetime | None, today: date) -> bool:
    """Whether a withdrawal of what notes rest on was recorded before something was signed."""
    before = [row for row in history if signed_at is None or row.recorded_at <= signed_at]
    return consent_state(before, ConsentScope.NOTES, today).standing is ConsentStanding.WITHDRAWN


def _refusal(workspace: Workspace, work: UnitOfWork, participant_id: str) -> ConsentMissingError:
    why = why_closed(workspace, notes_state(workspace, work, participant_id))
    return ConsentMissingError(why, "Record their consent, or an emergency reason; a draft stays as it is.")
