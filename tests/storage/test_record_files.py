"""A whole record as JSON: all that is written about one participant, with its ids, read back as it was."""

from __future__ import annotations

import json

import pytest

from peernote_tui.documents.document import DocumentKind
from peernote_tui.documents.record_json import InvalidRecordError, read_record, write_record
from peernote_tui.documents.rendering import Format
from peernote_tui.domain.disclosure import PART2_NOTICE, Purpose
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.participant import PersonAround
from peernote_tui.services import amending, disclosing, handing_out
from peernote_tui.services.disclosing import Request
from peernote_tui.services.verifying import seal_holds


@pytest.fixture
def record(workspace, consented, write_note, write_draft):
    """Hand the record of Tomás out for a purpose and read it back."""
    around = PersonAround(name="Rosa Ibarra", relation="sister", phone="555-0143")
    with workspace.changing() as work:
        work.participants.change(consented.model_copy(update={"people": (around,)}), by=workspace.author.id)
        work.commit()
    note = write_note(consented, agreed_actions=[{"text": "=call housing", "owner": "me", "due": "2026-11-27"}])
    draft = amending.start_amendment(workspace, note.id, amending.AddendumKind.STATEMENT)
    amendment = draft.amendment.model_copy(update={"text": "I see it otherwise."})
    with workspace.changing() as work:
        work.drafts.save(draft.model_copy(update={"amendment": amendment}), by=workspace.author.id)
        work.commit()
    amending.sign_amendment(workspace, draft.id)
    write_draft(consented, summary="Only begun.")

    def hand(purpose=Purpose.OWN, **told):
        request = Request(participant_id=consented.id, what="the whole record", form="", purpose=purpose, **told)
        order = handing_out.Order(kind=DocumentKind.RECORD, form=Format.JSON, request=request)
        return handing_out.hand_over(workspace, order).data

    return hand


def test_an_own_copy_holds_everything_and_reads_back_the_same(record, workspace, consented):
    disclosing.account_for(
        workspace,
        [disclosing.ask_leave(workspace, Request(participant_id=consented.id, what="said on the phone", form="words"))],
    )
    data = record()
    told = read_record(data)
    assert write_record(told) == data
    assert [note.state.value for note in told.notes] == ["signed", "draft"]
    assert [each.text for each in told.addenda] == ["I see it otherwise."]
    assert all(seal_holds(each) for each in (told.notes[0], *told.addenda))
    (action,) = told.actions
    assert (action.item.text, action.item.note_id, len(action.events)) == ("=call housing", told.notes[0].id, 1)
    assert [meeting.note_id for meeting in told.follow_ups] == [told.notes[0].id]
    assert [row.what for row in told.disclosures] == ["said on the phone"]
    assert [row.scope.value for row in told.consents] == ["notes"]
    assert [each.name for each in told.participant.people] == ["Rosa Ibarra"]
    assert (told.participant.id, told.held_back, told.left_out) == (consented.id, (), 0)


def test_for_others_drafts_and_other_people_stay_and_the_notice_goes_along(record, workspace):
    data = record(Purpose.LEGAL, to="County court", reason="a subpoena of today")
    told = read_record(data)
    assert b"Rosa" not in data
    assert b"Only begun." not in data
    assert told.held_back == ("Not shown here: 1 person around them, whose data is their own.",)
    assert told.notices[0] == PART2_NOTICE
    assert "a subpoena of today" in told.notices[1]
    assert json.loads(data)["notices"] == list(told.notices)
    assert read_record(record(Purpose.PARTICIPANT)).notices == ()


WRONG = {
    "participant.id": lambda told: told["participant"].update(id="me"),
    "consents.0.participant_id": lambda told: told["consents"][0].update(participant_id=told["notes"][0]["id"]),
    "notes.0.content.start": lambda told: told["notes"][0]["content"].update(start="soon"),
    "notes": lambda told: told["notes"][0].update(id=""),
    "addenda.0.note_id": lambda told: told["addenda"][0].update(note_id=told["participant"]["id"]),
    "actions.0.events.0.action_id": lambda told: told["actions"][0]["events"][0].update(
        action_id=told["notes"][0]["id"]
    ),
    "actions.0.item.created_at": lambda told: told["actions"][0]["item"].update(created_at="2026-11-23T10:00:00"),
    "follow_ups": lambda told: told["follow_ups"].append(told["follow_ups"][0]),
    "follow_ups.0.day": lambda told: told["follow_ups"][0].update(day="0001-01-01"),
    "actions.0.events.0.change.1.0": lambda told: told["actions"][0]["events"][0].update(change={"Rosa": ["\x07", 1]}),
    "anchor.head": lambda told: told["anchor"].update(head="none"),
    "format": lambda told: told.update(format="peernote.note"),
}


def test_what_does_not_fit_is_named_by_its_path_and_never_quoted(record):
    whole = record()
    for path, spoil in WRONG.items():
        told = json.loads(whole)
        spoil(told)
        with pytest.raises(InvalidRecordError) as caught:
            read_record(json.dumps(told).encode())
        assert path in {problem.field for problem in caught.value.problems}
        assert "Rosa" not in str(caught.value)


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b'{"format": "peernote.record"', b"[" * 100_000, b"7"])
def test_what_is_no_record_is_told_so(data):
    with pytest.raises(InvalidRecordError):
        read_record(data)


def test_a_kind_that_is_not_made_in_a_format_says_which_are(workspace, consented):
    request = Request(participant_id=consented.id, what="accounting", form="", purpose=Purpose.PARTICIPANT)
    order = handing_out.Order(kind=DocumentKind.ACCOUNTING, form=Format.JSON, request=request)
    with pytest.raises(InvalidInputError, match="not made as json"):
        handing_out.hand_over(workspace, order)
    assert disclosing.disclosures_of(workspace, consented.id) == ()
