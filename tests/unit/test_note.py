"""What a note holds, what counts as words about a person, and what is hashed."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.note import (
    SESSION_FIELDS,
    ActionReview,
    AgreedAction,
    NextContact,
    Note,
    NoteContent,
    NoteKind,
    NoteParticipant,
    NoteSeal,
    has_words,
    seal_hash,
)

WORDS = {
    "concern_tags": ("housing",),
    "concerns": "w",
    "action_reviews": (ActionReview(text="t", outcome=ActionStatus.DONE),),
    "summary": "w",
    "techniques": ("grounding",),
    "response": "w",
    "own_words": "w",
    "strengths": "w",
    "rating": 0,
    "written_together": True,
    "reason": "w",
    "agreed_actions": (AgreedAction(text="t"),),
    "next_contact": NextContact(day=date(2026, 11, 30)),
    "next_place": "w",
    "next_topics": "w",
    "plan": "w",
    "referrals": "w",
    "custom": {"q": "a"},
}


def test_every_field_is_either_of_the_session_or_words():
    assert set(WORDS) | SESSION_FIELDS == set(NoteContent.model_fields)


@pytest.mark.parametrize("name", sorted(WORDS))
def test_each_answer_alone_counts_as_words(name):
    assert has_words(NoteContent.model_validate({name: WORDS[name]}))


def test_that_a_contact_took_place_is_not_words():
    bare = NoteContent(
        kind=NoteKind.NO_SHOW,
        mode="phone",
        place="home",
        day=date(2026, 11, 23),
        start=time(9),
        end=time(10),
        emergency_reason="none needed",
    )
    assert not has_words(bare)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        (time(14), time(14, 45), 45),
        (time(23, 30), time(0, 15), 45),
        (time(9), time(9), 0),
        (time(9), None, None),
        (None, time(9), None),
        (time(0), time(23, 59), 1439),
    ],
)
def test_length_of_a_contact(start, end, minutes):
    assert NoteContent(start=start, end=end).minutes == minutes


@given(st.times(), st.times())
def test_no_contact_is_longer_than_a_day_or_shorter_than_nothing(start, end):
    assert 0 <= NoteContent(start=start, end=end).minutes < 24 * 60


@pytest.mark.parametrize(
    "content",
    [
        {"start": "14:00Z"},
        {"start": 14},
        {"next_contact": {"day": "2026-11-30", "at": "14:00+01:00"}},
        {"day": "9999-12-31"},
        {"day": "0001-01-01"},
        {"next_contact": {"day": "3000-01-01"}},
        {"agreed_actions": [{"text": "call", "due": "1066-10-14"}]},
        {"agreed_actions": [{"text": "  \x00 "}]},
        {"agreed_actions": [{"text": "call", "id": "../../etc"}]},
        {"action_reviews": [{"text": "call", "outcome": "open"}]},
        {"rating": 11},
        {"rating": -1},
        {"rating": 5.5},
        {"concerns": "x" * 200_001},
        {"concern_tags": ["tag"] * 51},
        {"custom": {"q": float("inf")}},
        {"custom": {"q": ["\ud800"]}},
        {"unknown": 1},
    ],
)
def test_what_a_note_cannot_hold_is_refused_without_being_quoted(content):
    with pytest.raises(ValidationError) as caught:
        NoteContent.model_validate({"summary": "CANARY", **content})
    assert "CANARY" not in str(caught.value)


def test_instants_need_a_zone_and_a_year_that_can_be_moved_between_zones():
    for instant in ("2026-11-23T14:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"):
        with pytest.raises(ValidationError):
            Note.model_validate({"participant": "x", "content": {}, "entered_at": instant})


def test_a_participant_may_be_named_by_one_word():
    assert Note.model_validate({"participant": "M-0042", "content": {}}).participant == NoteParticipant(id="M-0042")


def note(**changes):
    plain = {
        "id": "01900000-0000-7000-8000-000000000000",
        "participant": NoteParticipant(id="p", name="Maria Santos"),
        "zone": "America/New_York",
        "content": NoteContent(summary="We talked."),
        "entered_at": datetime(2026, 11, 23, 19, 52, tzinfo=UTC),
    }
    return Note(**{**plain, **changes})


def test_the_hash_covers_everything_but_the_seal():
    plain = note()
    seal = NoteSeal(salt="00", hash="11", signature="22", public_key="33")
    assert plain.model_copy(update={"seal": seal}).canonical() == plain.canonical()
    others = [
        note(zone="UTC"),
        note(late_reason="flat battery"),
        note(content=NoteContent(summary="We talked. ")),
        note(participant=NoteParticipant(id="q", name="Maria Santos")),
        note(entered_at=datetime(2026, 11, 23, 19, 53, tzinfo=UTC)),
        note(signed_at=datetime(2026, 11, 23, 20, tzinfo=UTC)),
    ]
    assert len({each.canonical() for each in [plain, *others]}) == len(others) + 1


def test_the_hash_is_sha_256_over_salt_and_text():
    assert seal_hash("00ff", "text") == hashlib.sha256(b"\x00\xfftext").hexdigest()
    assert seal_hash("00ff", "text") != seal_hash("00fe", "text")


@given(data=st.data())
def test_canonical_text_survives_reading_and_writing(any_content, data):
    told = note(content=data.draw(any_content))
    again = Note.model_validate_json(told.canonical())
    assert again == told
    assert again.canonical() == told.canonical()


def test_wall_clock_of_start_and_end():
    told = note(content=NoteContent(day=date(2026, 11, 23), start=time(23, 30), end=time(0, 15)))
    assert told.starts_at_local().isoformat() == "2026-11-23T23:30:00"
    assert told.ends_at_local().isoformat() == "2026-11-24T00:15:00"
    assert note().starts_at_local() is None
    assert note().ends_at_local() is None


def test_where_a_note_was_written_first_is_part_of_what_is_signed_and_only_then():
    written = NoteContent(summary="x")
    assert "copied_from" not in written.model_dump(mode="json")
    copied = NoteContent(summary="x", copied_from="paper")
    assert copied.model_dump(mode="json")["copied_from"] == "paper"
    assert NoteContent.model_validate_json(copied.model_dump_json()) == copied
    assert not has_words(NoteContent(copied_from="paper"))
