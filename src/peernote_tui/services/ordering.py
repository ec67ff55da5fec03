"""What is to be known before something is handed out, and how the order for it is made up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from peernote_tui.documents.document import DocumentKind, Paper
from peernote_tui.documents.rendering import Format
from peernote_tui.domain.consent import Consent, sharing_consents
from peernote_tui.domain.note import NoteRow
from peernote_tui.domain.participant import Participant
from peernote_tui.domain.private_answers import leaving_addendum, leaving_note, stayed
from peernote_tui.services.consenting import consent_in
from peernote_tui.services.disclosing import Given, Request, what_notes
from peernote_tui.services.half_typed import typed_before
from peernote_tui.services.handing_out import Order
from peernote_tui.services.participants import participant_in
from peernote_tui.services.reviewing import draft_note
from peernote_tui.services.templates import template_of
from peernote_tui.services.workspace import Workspace

TYPED = "handing_out"
"""Under which form what was typed for a participant waits, see `services.half_typed`."""
WHAT = {
    DocumentKind.RECORD: "the whole record",
    DocumentKind.SUMMARY: "a summary for the care team",
    DocumentKind.ACCOUNTING: "the accounting of disclosures",
    DocumentKind.CALENDAR: "the planned meetings",
    DocumentKind.FORM: "a draft, as a form to go over",
}
"""What stands in the account for what is no choice of notes."""
_HABITS = "handing_out"
_WITH_NOTES = frozenset({DocumentKind.NOTE, DocumentKind.NOTES, DocumentKind.RECORD})


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is to be known before something of a participant's record is handed out.

    Attributes:
        participant: Whose record.
        consents: To share, those that hold today, the oldest first.
        typed: What was typed for them before and not handed out.
        habits: Format, paper and folder of the last time.
    """

    participant: Participant
    consents: tuple[Consent, ...]
    typed: dict[str, Any] = field(repr=False)
    habits: dict[str, str] = field(repr=False)


def look_ahead(workspace: Workspace, participant_id: str) -> Ahead:
    """Gather what is to be known before something is handed out.

    Raises:
        NotFoundError: There is no such participant.
    """
    with workspace.reading() as work:
        person = participant_in(work, participant_id)
        held = sharing_consents(work.consents.of_participant(person.id), workspace.today)
        habits = work.remembered.get(_HABITS)
    return Ahead(
        person, held, typed_before(workspace, person.id, form=TYPED), habits if isinstance(habits, dict) else {}
    )


def keep_habits(workspace: Workspace, habits: dict[str, str]) -> None:
    """Remember format, paper and folder for the next time; what is not told stays as it was."""
    with workspace.changing() as work:
        before = work.remembered.get(_HABITS)
        kept = {**before, **habits} if isinstance(before, dict) else habits
        work.remembered.put(_HABITS, kept, at=workspace.clock.now(), by=workspace.author.id)
        work.commit()


def notes_to_choose(workspace: Workspace, participant_id: str, limit: int) -> tuple[tuple[NoteRow, ...], int]:
    """A participant's signed notes, the newest first, and how many there are in all."""
    with workspace.reading() as work:
        return work.notes.rows(participant_id=participant_in(work, participant_id).id, limit=limit)


def staying(workspace: Workspace, participant_id: str, kind: DocumentKind, note_ids: tuple[str, ...]) -> int:
    """How many private or hidden answers stay in the vault when this is handed out."""
    if kind is DocumentKind.FORM:
        return _staying_of_draft(workspace, participant_id, note_ids)
    if kind not in _WITH_NOTES:
        return 0
    with workspace.reading() as work:
        if kind is DocumentKind.RECORD:
            notes = list(work.notes.in_order(participant_in(work, participant_id).id))
        else:
            notes = [note for note_id in note_ids if (note := work.notes.get(note_id)) is not None]
        count = 0
        for note in notes:
            template = template_of(workspace.templates, note.template.id, note.template.version)
            added = (leaving_addendum(template, each) for each in work.addenda.of_note(note.id))
            count += stayed((leaving_note(template, note), *added))
    return count


def _staying_of_draft(workspace: Workspace, participant_id: str, note_ids: tuple[str, ...]) -> int:
    with workspace.reading() as work:
        person = participant_in(work, participant_id)
        draft = work.drafts.get(note_ids[0]) if note_ids else None
        if draft is None:
            return 0
        note = draft_note(workspace, draft, person, consent_in(workspace, work, person.id))
    return stayed([leaving_note(template_of(workspace.templates, note.template.id, note.template.version), note)])


def order_of(
    workspace: Workspace,
    participant_id: str,
    kind: DocumentKind,
    given: Given,
    *,
    form: Format,
    paper: Paper = Paper.A4,
    note_ids: tuple[str, ...] = (),
    mail: bool = False,
) -> Order:
    """The order for a document, with what it is in the words of the account.

    Raises:
        NotFoundError: There is no such participant.
    """
    with workspace.reading() as work:
        person = participant_in(work, participant_id)
        notes = [note for note_id in note_ids if (note := work.notes.get(note_id)) is not None]
    what = WHAT.get(kind) or what_notes(notes)
    request = Request(
        **given.model_dump(),
        participant_id=person.id,
        what=what,
        form=form.value,
        note_ids=() if kind in WHAT and kind is not DocumentKind.FORM else note_ids,
    )
    return Order(kind=kind, form=form, paper=paper, mail=mail, request=request)
