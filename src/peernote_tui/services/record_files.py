"""A participant's whole record, gathered as the file that holds it without loss."""

from __future__ import annotations

from peernote_tui.documents.record_json import RecordAction, RecordAnchor, RecordFile
from peernote_tui.domain.addendum import Addendum
from peernote_tui.domain.disclosure import Purpose
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.note import Note, NoteAuthor
from peernote_tui.domain.participant import Participant
from peernote_tui.domain.private_answers import leaving_addendum, leaving_note, stayed
from peernote_tui.domain.template import Template
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.amending import addendum_of, history_in
from peernote_tui.services.consenting import consent_in
from peernote_tui.services.disclosing import Leave
from peernote_tui.services.laying_out import held_back
from peernote_tui.services.participants import participant_in
from peernote_tui.services.reviewing import draft_note
from peernote_tui.services.staying import leaving_consents, leaving_record, stayed_notes
from peernote_tui.services.templates import template_of
from peernote_tui.services.workspace import Workspace


def record_file(workspace: Workspace, leave: Leave) -> RecordFile:
    """The whole record of the participant that a leave is about.

    An own copy moves to another laptop of the same peer supporter: it holds their drafts, the people around the
    participant, and what the vault says of the record itself (pinned, under legal hold). For everybody else these stay.

    Raises:
        NotFoundError: There is no such participant.
    """
    given = leave.disclosure
    own = given.purpose is Purpose.OWN
    with workspace.reading() as work:
        person = participant_in(work, given.participant_id)
        # Another laptop that has an action item has to learn that it was taken back.
        every, actions, planned = leaving_record(work, person.id, given.purpose, unlisted=own)
        notes = [leaving_note(_form_of(workspace, note), note) for note in every]
        addenda = [
            leaving_addendum(_form_of(workspace, note), each)
            for note in notes
            for each in work.addenda.of_note(note.id)
        ]
        if own:
            drafts = work.drafts.open(person.id)
            notes += [_unsigned(workspace, work, person, each) for each in drafts if each.amendment is None]
            addenda += [_adding(workspace, work, each) for each in drafts if each.amendment is not None]
        author = workspace.author
        length, head = work.audit.head()
        return RecordFile(
            notices=leave.notices,
            held_back=() if own else (*held_back(person), *stayed_notes(work, person.id, given.purpose)),
            left_out=stayed((*notes, *addenda)),
            purpose=given.purpose,
            made_at=given.at,
            made_by=NoteAuthor(id=author.id, name=author.name, credential=author.credential),
            anchor=RecordAnchor(length=length, head=head),
            participant=person if own else _for_others(person),
            merged_ids=tuple(sorted(each for each in work.participants.same(person.id) if each != person.id)),
            consents=leaving_consents(work.consents.of_participant(person.id), given.purpose),
            notes=tuple(notes),
            addenda=tuple(addenda),
            actions=tuple(RecordAction(item=item, events=work.action_items.events(item.id)) for item in actions),
            follow_ups=planned,
            disclosures=work.disclosures.of_participant(person.id),
        )


def _for_others(person: Participant) -> Participant:
    return person.model_copy(update={"people": (), "pinned_at": None, "held_at": None, "hold_reason": ""})


def _form_of(workspace: Workspace, note: Note) -> Template:
    return template_of(workspace.templates, note.template.id, note.template.version)


def _unsigned(workspace: Workspace, work: UnitOfWork, person: Participant, draft: Draft) -> Note:
    note = draft_note(workspace, draft, person, consent_in(workspace, work, person.id))
    return leaving_note(_form_of(workspace, note), note)


def _adding(workspace: Workspace, work: UnitOfWork, draft: Draft) -> Addendum:
    history = history_in(work, draft.amendment.note_id if draft.amendment else "")
    return leaving_addendum(_form_of(workspace, history.note), addendum_of(workspace, draft, history))
