"""The timeline tells everything that happened in a record, once, the newest first, a page at a time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.addendum import AddendumKind
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.consent import ConsentHow
from peernote_tui.domain.errors import InvalidInputError, NotFoundError
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.participant import ParticipantDetails
from peernote_tui.domain.timeline import TimelineKind
from peernote_tui.services import (
    action_items,
    amending,
    changing_actions,
    consenting,
    interchange,
    keeping_records,
    notes,
    writing,
)
from peernote_tui.services.timeline import timeline


def add_to(workspace, note, reason):
    draft = amending.start_amendment(workspace, note.id, AddendumKind.ADDENDUM)
    words = draft.amendment.model_copy(update={"reason": reason, "text": "The letter came."})
    writing.save_draft(workspace, draft.model_copy(update={"amendment": words}))
    return amending.sign_amendment(workspace, draft.id)


@pytest.fixture
def lived(workspace, consented, clock, write_note, write_draft):
    """Tomás, with a bit of everything; an hour lies between one thing and the next."""

    def later():
        clock.instant += timedelta(hours=1)

    later()
    note = write_note(consented, agreed_actions=[{"text": "call", "owner": "me"}], next_contact={"day": "2027-01-04"})
    later()
    (action,) = action_items.list_actions(workspace).actions
    changing_actions.settle(workspace, [action.action.id], ActionStatus.PARTLY)
    later()
    add_to(workspace, note, "She called.")
    later()
    keeping_records.change_participant(
        workspace, consented.id, ParticipantDetails(name="Tomás", external_id="T-0007", legal_name="Hidden Name")
    )
    later()
    interchange.export_notes(workspace, participant_id=consented.id)
    later()
    draft = write_draft(consented)
    writing.discard_draft(workspace, draft.id)
    later()
    consenting.withdraw_consent(workspace, consented.id)
    later()
    keeping_records.archive_participant(workspace, consented.id, "moved to Ohio")
    later()
    keeping_records.reopen_participant(workspace, consented.id)
    return consented, note


def told(found):
    return [f"{entry.kind.value} {entry.event}" for entry in found.entries]


def test_everything_is_told_the_newest_first(workspace, lived):
    person, note = lived
    found = timeline(workspace, person.id)
    assert not found.more
    # The note stands at the time of the contact.
    assert [line for line in told(found) if line != "note signed"] == [
        "record reopened",
        "record archived",
        "consent withdrawn",
        "draft put_aside",
        "disclosure handed_out",
        "record edited",
        "addendum addendum",
        "action partly",
        "follow_up planned",
        "action added",
        "consent given",
        "record added",
    ]
    assert [entry.at for entry in found.entries] == sorted((entry.at for entry in found.entries), reverse=True)
    by = {f"{entry.kind.value} {entry.event}": entry for entry in found.entries}
    assert by["note signed"].note.id == note.id
    assert by["record archived"].text == "moved to Ohio"
    assert by["action added"].note_id == note.id
    assert by["follow_up planned"].day == "2027-01-04"


def test_an_edit_tells_old_and_new_but_never_a_legal_name(workspace, lived):
    person, _note = lived
    found = timeline(workspace, person.id, kinds=[TimelineKind.RECORD])
    edit = next(entry for entry in found.entries if entry.event == "edited")
    assert set(edit.fields) == {"name", "legal_name"}
    assert (edit.before, edit.after) == ({"name": "Tomás Ibarra"}, {"name": "Tomás"})
    assert "Hidden Name" not in found.model_dump_json()


def test_pages_hold_everything_once(workspace, lived, write_note, clock):
    person, _note = lived
    consenting.give_consent(workspace, person.id, how=ConsentHow.VERBAL)
    for _ in range(6):
        write_note(person)
    for note in notes.list_notes(workspace, participant_id=person.id).notes:
        notes.note_copied(workspace, note.id)
    everything = [entry.cursor for entry in timeline(workspace, person.id, limit=100).entries]
    assert len(everything) == len(set(everything))
    for size in (1, 2, 3, 7):
        seen, before = [], ""
        while True:
            page = timeline(workspace, person.id, limit=size, before=before)
            seen += [entry.cursor for entry in page.entries]
            if not page.more:
                break
            before = seen[-1]
        assert seen == everything


def test_one_kind_alone(workspace, lived):
    person, _note = lived
    for kind in TimelineKind:
        found = timeline(workspace, person.id, kinds=[kind])
        assert found.entries
        assert {entry.kind for entry in found.entries} == {kind}


def test_notes_that_go_out_together_are_one_entry(workspace, consented, write_note, clock):
    for _ in range(3):
        write_note(consented)
    interchange.export_notes(workspace, participant_id=consented.id)
    clock.instant += timedelta(minutes=5)
    interchange.export_notes(workspace, participant_id=consented.id)
    found = timeline(workspace, consented.id, kinds=[TimelineKind.DISCLOSURE])
    assert [(entry.count, entry.detail) for entry in found.entries] == [(3, "the peer supporter, as a copy")] * 2


def test_a_consent_that_ran_out_is_told_on_its_day(workspace, participant, clock):
    today = workspace.today
    consenting.give_consent(workspace, participant.id, how=ConsentHow.VERBAL, expires_on=today + timedelta(days=1))
    assert told(timeline(workspace, participant.id, kinds=[TimelineKind.CONSENT])) == ["consent given"]
    clock.instant += timedelta(days=4)
    found = timeline(workspace, participant.id, kinds=[TimelineKind.CONSENT])
    assert told(found) == ["consent expired", "consent given"]
    assert found.entries[0].at.date() == today + timedelta(days=2)
    consenting.give_consent(workspace, participant.id, how=ConsentHow.VERBAL)
    assert told(timeline(workspace, participant.id, kinds=[TimelineKind.CONSENT]))[0] == "consent given"


def test_a_consent_renewed_in_time_did_not_run_out(workspace, participant, clock):
    end = workspace.today + timedelta(days=1)
    consenting.give_consent(workspace, participant.id, how=ConsentHow.VERBAL, expires_on=end)
    consenting.give_consent(workspace, participant.id, how=ConsentHow.VERBAL)
    clock.instant += timedelta(days=4)
    found = timeline(workspace, participant.id, kinds=[TimelineKind.CONSENT])
    assert told(found) == ["consent given", "consent given"]


def test_what_was_added_to_a_note_stands_at_its_own_time(workspace, consented, clock, write_note):
    note = write_note(consented)
    for reason in ("She called.", "And again."):
        clock.instant += timedelta(hours=1)
        add_to(workspace, note, reason)
    found = timeline(workspace, consented.id, kinds=[TimelineKind.ADDENDUM], limit=1)
    (entry,) = found.entries
    assert (entry.event, entry.text, entry.note_id, entry.at) == ("addendum", "And again.", note.id, clock.instant)
    assert found.more
    rest = timeline(workspace, consented.id, kinds=[TimelineKind.ADDENDUM], before=entry.cursor)
    assert [entry.text for entry in rest.entries] == ["She called."]


def test_an_action_added_alone(workspace, consented):
    action_items.add_action(workspace, consented.id, ActionLine("call", Owner.OTHER, "Ana", due=date(2027, 1, 4)))
    (entry,) = timeline(workspace, consented.id, kinds=[TimelineKind.ACTION]).entries
    assert (entry.event, entry.text, entry.detail, entry.note_id) == ("added", "call", "Ana", "")


def test_what_cannot_be_asked_is_refused(workspace, consented):
    for cursor in ("x", "2026-01-01", "|"):
        with pytest.raises(InvalidInputError):
            timeline(workspace, consented.id, before=cursor)
    with pytest.raises(NotFoundError):
        timeline(workspace, "nobody")


def test_what_went_out_before_there_was_an_account_is_told_from_the_log(workspace, consented, write_note, clock):
    noted = [write_note(consented) for _ in range(2)]
    with workspace.changing() as work:
        for note in noted:
            workspace.log(work, AuditAction.NOTE_EXPORTED, note.id, "json")
        work.commit()
    clock.instant += timedelta(minutes=5)
    interchange.export_notes(workspace, note_ids=(noted[0].id,))
    found = timeline(workspace, consented.id, kinds=[TimelineKind.DISCLOSURE])
    assert [(entry.event, entry.count) for entry in found.entries] == [("handed_out", 1), ("exported", 2)]
