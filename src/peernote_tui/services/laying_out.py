"""What the vault holds, gathered and laid out as a document that leaves it: without private answers, counted."""

from __future__ import annotations

from collections.abc import Sequence

from peernote_tui.documents.added import leaving_document
from peernote_tui.documents.contents.form import form_document
from peernote_tui.documents.contents.notes import notes_document
from peernote_tui.documents.contents.record import RecordContents, accounting_document, record_document
from peernote_tui.documents.contents.summary import MONTHS, SummaryContents, summary_document
from peernote_tui.documents.contents.tables import PURPOSE_WORDS
from peernote_tui.documents.document import Cover, Document
from peernote_tui.documents.note_document import NoteDocument, instant_words
from peernote_tui.domain.audit import anchor_words
from peernote_tui.domain.dates.days import add_months
from peernote_tui.domain.disclosure import Disclosure, Purpose
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.errors import InvalidInputError, NotFoundError
from peernote_tui.domain.note import Note
from peernote_tui.domain.page_lines import say_contact, say_phone
from peernote_tui.domain.participant import BirthPrecision, Participant
from peernote_tui.domain.private_answers import private_fields
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.disclosing import Leave
from peernote_tui.services.participants import participant_in
from peernote_tui.services.progress import progress
from peernote_tui.services.referring import people_meant_in, words_outside
from peernote_tui.services.staying import leaving_consents, leaving_record, require_leaves, stayed_notes
from peernote_tui.services.templates import template_of
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault.read_only import ReadOnlyReason

_PRIVATE = {"concern_tags": "concerns", "rating": "how things were"}


def notes_out(workspace: Workspace, leave: Leave) -> Document:
    """The notes that a leave names, in its order, each as it stands now.

    Raises:
        NotFoundError: One of them is not in the vault.
        InvalidInputError: One of them stands in another participant's record.
    """
    given = leave.disclosure
    with workspace.reading() as work:
        same = work.participants.same(given.participant_id)
        notes = [chosen_in(work, note_id, same, given.purpose) for note_id in given.note_ids]
        laid_out = [laid_out_in(workspace, work, note) for note in notes]
        return notes_document(laid_out, cover_in(workspace, work, leave))


def record_out(workspace: Workspace, leave: Leave) -> Document:
    """A participant's whole record: what the page says, notes, action items, consents, disclosures."""
    with workspace.reading() as work:
        person, purpose = participant_in(work, leave.disclosure.participant_id), leave.disclosure.purpose
        notes, actions, _ = leaving_record(work, person.id, purpose)
        contents = RecordContents(
            participant_name=person.name,
            facts=page_facts(person),
            held_back=(*held_back(person), *stayed_notes(work, person.id, purpose)),
            notes=tuple(laid_out_in(workspace, work, note) for note in notes),
            actions=actions,
            consents=leaving_consents(work.consents.of_participant(person.id), purpose),
            disclosures=work.disclosures.of_participant(person.id),
            zone=workspace.clock.zone,
        )
        return record_document(contents, cover_in(workspace, work, leave))


def draft_out(workspace: Workspace, leave: Leave) -> Document:
    """The draft that a leave names as a form with its answers in it, to go over together and to write on.

    Raises:
        NotFoundError: It is no draft in this participant's record.
    """
    given = leave.disclosure
    with workspace.reading() as work:
        draft = open_draft_in(work, given.note_ids[0] if given.note_ids else "", given.participant_id)
        template = template_of(workspace.templates, draft.template, draft.template_version)
        name, cover = participant_in(work, draft.participant_id).name, cover_in(workspace, work, leave)
        return form_document(template, content=draft.content, participant=name, cover=cover)


def open_draft_in(work: UnitOfWork, draft_id: str, participant_id: str) -> Draft:
    """A draft of a note of a participant that is being written.

    Raises:
        NotFoundError: There is none of this id, or it adds to a signed note or stands in another record.
    """
    draft = work.drafts.get(draft_id)
    if (
        draft is None
        or draft.amendment is not None
        or draft.participant_id not in work.participants.same(participant_id)
    ):
        raise NotFoundError(
            "This draft is not in the vault; it may have been signed.", "Look with: peernote notes list"
        )
    return draft


def summary_out(workspace: Workspace, leave: Leave) -> Document:
    """Needs, progress and open actions for a care team; nothing that a form keeps private."""
    participant_id = leave.disclosure.participant_id
    found = progress(workspace, participant_id, since=add_months(workspace.today.replace(day=1), 1 - MONTHS))
    kept = _kept_private(workspace)
    if "concern_tags" in kept:
        found = found.model_copy(update={"concerns": ()})
    if "rating" in kept:
        met = {month: each.model_copy(update={"ratings": ()}) for month, each in found.met.items()}
        found = found.model_copy(update={"met": met, "rated": ()})
    with workspace.reading() as work:
        person = participant_in(work, participant_id)
        contents = SummaryContents(
            participant_name=person.name,
            goals=person.goals,
            strengths=person.strengths,
            progress=found,
            held_back=tuple(f"Not shown here: {_PRIVATE[key]}, which a form keeps private." for key in sorted(kept)),
            open_actions=work.action_items.open_of(person.id),
            planned=work.follow_ups.open_of(person.id),
        )
        return summary_document(contents, cover_in(workspace, work, leave))


def accounting_out(workspace: Workspace, leave: Leave) -> Document:
    """What was handed out of a participant's record, as they may ask for it."""
    with workspace.reading() as work:
        rows = work.disclosures.of_participant(leave.disclosure.participant_id)
        return accounting_document(rows, workspace.clock.zone, cover_in(workspace, work, leave))


def _kept_private(workspace: Workspace) -> frozenset[str]:
    """Which of what a summary counts is private in some form; it is left out whole, since counts tell of it."""
    private = {field.key for template in workspace.templates.values() for field in private_fields(template)}
    return frozenset(private & _PRIVATE.keys())


def chosen_in(work: UnitOfWork, note_id: str, same: Sequence[str], purpose: Purpose) -> Note:
    """A signed note that was chosen out of the record of a participant of these ids.

    Raises:
        NotFoundError: It is not in the vault.
        InvalidInputError: It stands in another participant's record.
        RefusedError: It stands there in error, and does not leave for this purpose.
    """
    note = work.notes.get(note_id)
    if note is None:
        raise NotFoundError("A note that was chosen is not in the vault; a draft has to be signed first.")
    if work.notes.participant_id(note_id) not in same:
        raise InvalidInputError("Notes of several participants never go into one document.", "Choose those of one.")
    require_leaves(work, note_id, purpose)
    return note


def laid_out_in(workspace: Workspace, work: UnitOfWork, note: Note) -> NoteDocument:
    """A note with what was added to it, as it leaves the vault."""
    template = template_of(workspace.templates, note.template.id, note.template.version)
    addenda = work.addenda.of_note(note.id)
    contents = (note.content, *(each.content for each in addenda if each.content is not None))
    return leaving_document(note, template, addenda, words_outside(people_meant_in(work, template, contents)))


def cover_in(workspace: Workspace, work: UnitOfWork, leave: Leave) -> Cover:
    """What a document begins with: whom it is about, and what goes along."""
    person = participant_in(work, leave.disclosure.participant_id)
    author = ", ".join(part for part in (workspace.author.name, workspace.author.credential) if part)
    second = person.external_id or person.born or person.id[:13]
    # Of a damaged vault the log may be what does not read.
    damaged = workspace.vault.read_only_because is ReadOnlyReason.DAMAGED
    return Cover(
        about=f"{person.name} · {second}",
        anchor="" if damaged else anchor_words(*work.audit.head()),
        made=f"Made by {author}, {instant_words(leave.disclosure.at, workspace.clock.zone)}, {_for(leave.disclosure)}.",
        notices=leave.notices,
    )


def _for(disclosure: Disclosure) -> str:
    whom = f"for {disclosure.to}"
    named = disclosure.purpose not in (Purpose.PARTICIPANT, Purpose.OWN)
    return f"{whom} ({PURPOSE_WORDS[disclosure.purpose]})" if named else whom


def page_facts(person: Participant) -> tuple[tuple[str, str], ...]:
    """What a participant's page says that may leave the vault, label and value."""
    facts = [
        ("Name", person.name),
        ("Legal name", person.legal_name),
        ("Pronouns", person.pronouns),
        ("Born", f"about {person.born}" if person.birth_precision is BirthPrecision.ESTIMATED else person.born),
        ("ID", person.external_id),
        ("Phone", say_phone(person.phone, person.phone_safety)),
        *(("Contact", say_contact(contact)) for contact in person.contacts),
        ("Also called", ", ".join(person.aliases)),
        ("Languages", ", ".join(person.languages)),
        *(("Strength", strength) for strength in person.strengths),
        *(("Goal", goal) for goal in person.goals),
        ("About", person.about),
        *((one.label or "Other ID", one.value) for one in person.other_ids),
        *((one.label, one.value) for one in person.custom),
    ]
    return tuple((label, value) for label, value in facts if value)


def held_back(person: Participant) -> tuple[str, ...]:
    """What of a participant's page is left out for others, a sentence each."""
    count = len(person.people)
    if not count:
        return ()
    around = "1 person around them" if count == 1 else f"{count} people around them"
    return (f"Not shown here: {around}, whose data is their own.",)
