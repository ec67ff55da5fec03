"""Notes and records as tables, lines, calendars and drafts of e-mails, read back by programs that are not ours."""

from __future__ import annotations

import csv
import io
import json
from email import message_from_bytes, policy

import pytest
from icalendar import Calendar

from peernote_tui.documents.document import DocumentKind
from peernote_tui.documents.note_json import read_note_file
from peernote_tui.documents.record_json import read_record
from peernote_tui.documents.rendering import FACTS, LAID_OUT, Format
from peernote_tui.documents.workbook_library import openpyxl
from peernote_tui.domain.addendum import AddendumKind
from peernote_tui.domain.disclosure import PART2_NOTICE, Purpose
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.services import amending, disclosing, interchange
from peernote_tui.services.disclosing import Given, Request
from peernote_tui.services.handing_out import Closed, Order, hand_over
from peernote_tui.services.verifying import seal_holds

HARD = "=1+1\nżółć Ἑλλάς مرحبا 🙂 [b] “x”; -- \t007"
LONG = "long words " * 1_500
REASON = "Maria's aunt asked for it"


@pytest.fixture
def notes(workspace, consented, write_note):
    """Two notes, the first of them corrected."""
    first = write_note(
        consented,
        summary=HARD,
        place="007",
        agreed_actions=[{"text": "+call", "owner": "me", "due": "2026-11-27", "tags": ["housing"]}],
    )
    draft = amending.start_amendment(workspace, first.id, AddendumKind.CORRECTION)
    amendment = draft.amendment.model_copy(update={"reason": "It was later."})
    changed = {"amendment": amendment, "content": draft.content.model_copy(update={"response": "Laughed."})}
    with workspace.changing() as work:
        work.drafts.save(draft.model_copy(update=changed), by=workspace.author.id)
        work.commit()
    amending.sign_amendment(workspace, draft.id)
    return first, write_note(consented, summary=LONG, start="14:46", end="14:51")


@pytest.fixture
def hand(workspace, consented, notes):
    """Hand something of Tomás's out: the bytes."""

    def made(kind, form, purpose=Purpose.LEGAL, *, mail=False, closed=None, **told):
        told = {"to": "County court", "reason": REASON, **told} if purpose is Purpose.LEGAL else told
        request = Request(
            participant_id=consented.id,
            what="x",
            form="",
            purpose=purpose,
            note_ids=tuple(note.id for note in notes),
            **told,
        )
        order = Order(kind=kind, form=form, mail=mail, request=request)
        return hand_over(workspace, order, closed=closed).data

    return made


def by_head(rows):
    heads, *others = [tuple("" if cell is None else cell for cell in row) for row in rows]
    assert len(set(heads)) == len(heads)
    return [dict(zip(heads, row, strict=True)) for row in others]


def test_a_record_as_a_workbook(hand):
    data = hand(DocumentKind.RECORD, Format.XLSX)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["About", "Notes", "Action items", "Consents", "Disclosures"]
    about = [row for row in book["About"].values if any(row)]
    assert about[0] == ("Record", "Tomás Ibarra · T-0007")
    assert about[1] == ("Read first", PART2_NOTICE)
    assert REASON in about[2][1]
    assert any(row[0] == "Log" and row[1].startswith("log ") for row in about)
    first, second = by_head(book["Notes"].values)
    assert (first["Day"], first["Start"], first["End"], first["Minutes"]) == ("2026-11-23", "14:00", "14:45", 45)
    assert (first["Place"], first["Concerns"]) == ("007", "housing")
    summary = next(head for head, cell in first.items() if cell == HARD)
    assert second[summary] + second[f"{summary} (goes on, 2)"] == LONG
    assert any(str(cell).startswith("Laughed.\n(corrected") for cell in first.values())
    assert "It was later." in first["Added"]
    assert "Breathing slowed." in first["Added"]
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    (action,) = by_head(book["Action items"].values)
    assert (action["What"], action["By"], action["Tags"]) == ("+call", "2026-11-27", "housing")
    (consent,) = by_head(book["Consents"].values)
    assert (consent["To"], consent["How"]) == ("notes", "verbal")


def test_notes_as_csv_with_the_notices_above(hand, notes):
    data = hand(DocumentKind.NOTES, Format.CSV)
    assert data.startswith(b"\xef\xbb\xbf# 42 CFR part 2")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [len(row) for row in rows[:2]] == [1, 1]
    first, _ = by_head(rows[2:])
    assert first["Note"] == notes[0].id
    assert "'" + HARD in first.values()
    own = hand(DocumentKind.NOTES, Format.CSV, Purpose.OWN)
    assert own.startswith(b"\xef\xbb\xbfDay,Start,End,")
    assert own == hand(DocumentKind.RECORD, Format.CSV, Purpose.OWN)


def test_notes_as_json_and_lines_carry_the_notices_and_keep_their_seals(hand, notes, workspace):
    whole, lines = hand(DocumentKind.NOTES, Format.JSON), hand(DocumentKind.NOTES, Format.JSONL)
    told = read_note_file(whole)
    assert read_note_file(lines) == told
    assert json.loads(lines.splitlines()[0])["notices"][0] == PART2_NOTICE
    assert told.notes == notes
    assert all(seal_holds(each) for each in (*told.notes, *told.addenda))
    assert all(not each.new for each in interchange.import_file(workspace, told.notes, told.addenda).notes)
    assert read_note_file(hand(DocumentKind.NOTES, Format.JSON, Purpose.OWN)).notices == ()
    given = Given(to="County court", purpose=Purpose.LEGAL, reason=REASON)
    (notices,) = interchange.exported_notes(workspace, note_ids=(notes[0].id,), given=given).notices
    assert (notices,) == told.notices


def test_a_draft_of_an_email_holds_the_document_and_names_nobody(hand):
    for form in Format:
        kind = DocumentKind.CALENDAR if form is Format.ICS else DocumentKind.RECORD
        kind = DocumentKind.NOTES if form is Format.JSONL else DocumentKind.ACCOUNTING if form in LAID_OUT else kind
        data = hand(kind, form, mail=True, address="clerk@court.example")
        draft = message_from_bytes(data, policy=policy.default)
        assert (draft["To"], draft["X-Unsent"], draft["From"]) == ("clerk@court.example", "1", None)
        assert draft["Subject"] == "A document from PeerNote"
        (attached,) = draft.iter_attachments()
        assert attached.get_filename() == f"document{FACTS[form].suffix}"
        assert len(attached.get_payload(decode=True)) > 100
        assert PART2_NOTICE in draft.get_body().get_content()
        attached.set_payload("")
        readable = draft.as_string()
        assert not [word for word in ("Tomás", "Ibarra", "T-0007", "Maria", "Alex") if word in readable]
        assert b"\n" not in data.replace(b"\r\n", b"")


def test_an_email_of_a_closed_file_is_closed_and_asks_for_no_odd_address(hand):
    own = hand(
        DocumentKind.ACCOUNTING, Format.PDF, Purpose.OWN, mail=True, closed=Closed(password="pw"), address="12 Elm St"
    )
    draft = message_from_bytes(own, policy=policy.default)
    (attached,) = draft.iter_attachments()
    assert attached.get_content_type() == "application/pdf"
    assert b"/Encrypt" in attached.get_content()
    assert draft["To"] is None
    assert "password" in draft.get_body().get_content()
    aged = hand(
        DocumentKind.RECORD, Format.JSON, mail=True, closed=Closed(passphrase="six plain words", work_factor=10)
    )
    (attached,) = message_from_bytes(aged, policy=policy.default).iter_attachments()
    assert attached.get_filename() == "document.json.age"
    assert attached.get_content().startswith(b"age-encryption.org/v1")


def test_a_record_in_an_email_is_the_record(hand):
    data = hand(DocumentKind.RECORD, Format.JSON, Purpose.OWN, mail=True)
    (attached,) = message_from_bytes(data, policy=policy.default).iter_attachments()
    assert len(read_record(attached.get_content()).notes) == 2


def test_their_meetings_are_a_calendar_for_the_participant(hand, workspace, consented, notes):
    theirs = Calendar.from_ical(hand(DocumentKind.CALENDAR, Format.ICS, Purpose.PARTICIPANT))
    assert {str(event["summary"]) for event in theirs.walk("VEVENT")} == {"Meeting: Alex Rivera"}
    for_others = Calendar.from_ical(hand(DocumentKind.CALENDAR, Format.ICS))
    assert {str(event["summary"]) for event in for_others.walk("VEVENT")} == {"Meeting"}
    with workspace.changing() as work:
        for meeting in work.follow_ups.open_of(consented.id):
            work.follow_ups.close([meeting.id], note_id=notes[0].id, at=workspace.clock.now(), by=workspace.author.id)
        work.commit()
    with pytest.raises(InvalidInputError, match="No meeting"):
        hand(DocumentKind.CALENDAR, Format.ICS)
    assert len(disclosing.disclosures_of(workspace, consented.id)) == 2
