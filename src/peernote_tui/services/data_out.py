"""What leaves the vault as data: tables, lossless files, calendars; other formats lay a document out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from peernote_tui.documents.calendar_file import write_calendar
from peernote_tui.documents.contents.notes import ONE, SEVERAL
from peernote_tui.documents.document import DocumentKind
from peernote_tui.documents.note_json import Notices, write_lines, write_notes
from peernote_tui.documents.note_sheet import SheetNote
from peernote_tui.documents.record_json import write_record
from peernote_tui.documents.record_sheets import RecordTables, notes_book, notes_csv, record_book
from peernote_tui.documents.rendering import LAID_OUT, Format
from peernote_tui.domain.addendum import Addendum
from peernote_tui.domain.calendar_row import CalendarNames
from peernote_tui.domain.disclosure import Purpose
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.note import Note
from peernote_tui.domain.private_answers import leaving_addendum, leaving_note
from peernote_tui.domain.template import Template
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.disclosing import Leave
from peernote_tui.services.interchange import notices_of
from peernote_tui.services.laying_out import chosen_in, cover_in, held_back, laid_out_in, page_facts
from peernote_tui.services.participants import participant_in
from peernote_tui.services.record_files import record_file
from peernote_tui.services.staying import leaving_consents, leaving_notes, leaving_record, stayed_notes
from peernote_tui.services.templates import template_of
from peernote_tui.services.workspace import Workspace


def notes_json_out(workspace: Workspace, leave: Leave) -> bytes:
    """The notes that a leave names, and what was added to them, in their lossless form."""
    return write_notes(*_notes_and_added(workspace, leave))


def notes_lines_out(workspace: Workspace, leave: Leave) -> bytes:
    """The same as JSON Lines."""
    return write_lines(*_notes_and_added(workspace, leave))


def notes_book_out(workspace: Workspace, leave: Leave) -> bytes:
    """The notes that a leave names as a workbook."""
    with workspace.reading() as work:
        notes = _chosen(work, leave)
        rows = _for_sheets(workspace, work, notes)
        return notes_book(rows, cover_in(workspace, work, leave), title=SEVERAL if len(notes) > 1 else ONE)


def notes_csv_out(workspace: Workspace, leave: Leave) -> bytes:
    """The notes that a leave names as CSV."""
    with workspace.reading() as work:
        return notes_csv(_for_sheets(workspace, work, _chosen(work, leave)), _above(leave))


def record_json_out(workspace: Workspace, leave: Leave) -> bytes:
    """A participant's whole record as JSON."""
    return write_record(record_file(workspace, leave))


def record_csv_out(workspace: Workspace, leave: Leave) -> bytes:
    """All notes of a participant's record as CSV."""
    with workspace.reading() as work:
        given = leave.disclosure
        notes = leaving_notes(work, work.notes.in_order(given.participant_id), given.purpose)
        return notes_csv(_for_sheets(workspace, work, notes), _above(leave))


def record_book_out(workspace: Workspace, leave: Leave) -> bytes:
    """A participant's whole record as a workbook."""
    with workspace.reading() as work:
        person, purpose = participant_in(work, leave.disclosure.participant_id), leave.disclosure.purpose
        notes, actions, _ = leaving_record(work, person.id, purpose)
        tables = RecordTables(
            participant_name=person.name,
            facts=page_facts(person),
            held_back=(*held_back(person), *stayed_notes(work, person.id, purpose)),
            notes=_for_sheets(workspace, work, notes),
            actions=actions,
            consents=leaving_consents(work.consents.of_participant(person.id), purpose),
            disclosures=work.disclosures.of_participant(person.id),
            zone=workspace.clock.zone,
        )
        return record_book(tables, cover_in(workspace, work, leave))


def calendar_out(workspace: Workspace, leave: Leave) -> bytes:
    """A participant's meetings from today on; where and with whom is said only in their own calendar.

    Raises:
        InvalidInputError: None is planned.
    """
    theirs = leave.disclosure.purpose is Purpose.PARTICIPANT
    with workspace.reading() as work:
        person = participant_in(work, leave.disclosure.participant_id)
        rows = [row for row in work.calendar.meetings(workspace.today, None) if row.participant_id == person.id]
    if not rows:
        raise InvalidInputError("No meeting is planned from today on.", "Plan one first.", field="what")
    # In their own calendar a meeting is one with the peer supporter, and their own name would say nothing.
    called = [row.model_copy(update={"participant_name": workspace.author.name}) for row in rows] if theirs else rows
    names = CalendarNames.FULL if theirs else CalendarNames.NONE
    return write_calendar(called, names=names, places=theirs, notices=leave.notices)


_NOTES: dict[Format, Callable[[Workspace, Leave], bytes]] = {
    Format.XLSX: notes_book_out,
    Format.CSV: notes_csv_out,
    Format.JSON: notes_json_out,
    Format.JSONL: notes_lines_out,
}
MAKERS: dict[tuple[DocumentKind, Format], Callable[[Workspace, Leave], bytes]] = {
    **{(DocumentKind.NOTE, form): maker for form, maker in _NOTES.items()},
    **{(DocumentKind.NOTES, form): maker for form, maker in _NOTES.items()},
    (DocumentKind.RECORD, Format.XLSX): record_book_out,
    (DocumentKind.RECORD, Format.CSV): record_csv_out,
    (DocumentKind.RECORD, Format.JSON): record_json_out,
    (DocumentKind.CALENDAR, Format.ICS): calendar_out,
}
"""What there is as data, and what makes the bytes of the file."""


def forms_of(kind: DocumentKind) -> tuple[Format, ...]:
    """The formats in which there is something of this kind."""
    laid_out = () if kind is DocumentKind.CALENDAR else LAID_OUT
    return tuple(form for form in Format if form in laid_out or (kind, form) in MAKERS)


def require_form(kind: DocumentKind, form: Format) -> None:
    """Refuse a format in which there is nothing of this kind.

    Raises:
        InvalidInputError: The sentence names the formats that there are.
    """
    if form not in forms_of(kind):
        there = ", ".join(each.value for each in forms_of(kind))
        raise InvalidInputError(f"This is not made as {form.value}.", f"Choose one of: {there}.", field="format")


def _chosen(work: UnitOfWork, leave: Leave) -> tuple[Note, ...]:
    given = leave.disclosure
    same = work.participants.same(given.participant_id)
    return tuple(chosen_in(work, note_id, same, given.purpose) for note_id in given.note_ids)


def _above(leave: Leave) -> tuple[str, ...]:
    return tuple(notice for each in notices_of(leave) for notice in each.notices)


def _notes_and_added(
    workspace: Workspace, leave: Leave
) -> tuple[tuple[Note, ...], tuple[Addendum, ...], tuple[Notices, ...]]:
    with workspace.reading() as work:
        notes, added = [], []
        for note in _chosen(work, leave):
            form = _form_of(workspace, note)
            notes.append(leaving_note(form, note))
            added += [leaving_addendum(form, each) for each in work.addenda.of_note(note.id)]
    return tuple(notes), tuple(added), notices_of(leave)


def _for_sheets(workspace: Workspace, work: UnitOfWork, notes: Sequence[Note]) -> tuple[SheetNote, ...]:
    found = []
    for note in notes:
        form = _form_of(workspace, note)
        leaving = leaving_note(form, note)
        present = [leaving_addendum(form, each) for each in work.addenda.of_note(note.id)]
        corrected = [each for each in present if each.content is not None]
        left_out = dict.fromkeys((*leaving.left_out, *(key for each in present for key in each.left_out)))
        update = {
            "content": corrected[-1].content if corrected else leaving.content,
            "left_out": tuple(left_out),
        }
        laid_out = laid_out_in(workspace, work, note)
        found.append(SheetNote(note=leaving.model_copy(update=update), document=laid_out, form=form.title))
    return tuple(found)


def _form_of(workspace: Workspace, note: Note) -> Template:
    return template_of(workspace.templates, note.template.id, note.template.version)
