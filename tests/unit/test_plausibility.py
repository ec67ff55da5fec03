"""Contacts at the same time, and what is odd about one by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.domain.note import Note, NoteAuthor, NoteContent, NoteParticipant
from peernote_tui.domain.plausibility import Neighbour, overlaps, time_warnings

MONDAY = date(2026, 11, 23)
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))


def note(start=time(14), end=time(15), **content):
    content = NoteContent(**{"day": MONDAY, "start": start, "end": end, **content})
    return Note(participant=NoteParticipant(id="p"), author=NoteAuthor(id="me"), zone="UTC", content=content)


def other(start=time(14, 30), end=time(15, 30), **changes):
    told = {"note_id": "n", "participant_id": "q", "participant_name": "Ben", "author_id": "me", "kind": "individual",
            "day": MONDAY, "zone": "UTC", "signed": True, **changes}  # fmt: skip
    return Neighbour(start=start, end=end, **told)


def found(one, *others):
    return [overlap.participant_name for overlap in overlaps(one, ("p", "p-merged"), others)]


@pytest.mark.parametrize(
    ("near", "at_once"),
    [
        (other(), True),
        (other(time(15), time(16)), False),  # one ends when the other begins
        (other(time(13), time(14)), False),
        (other(time(14, 10), time(14, 20)), True),
        (other(day=MONDAY + timedelta(days=1)), False),
        (other(time(23), time(14, 10), day=MONDAY - timedelta(days=1)), True),  # over night
        (other(time(9, 30), time(10, 30), zone="America/New_York"), True),  # the same hour elsewhere
        (other(zone="America/New_York"), False),
        (other(author_id="somebody"), False),
        (other(author_id="somebody", participant_id="p"), True),
        (other(author_id="somebody", participant_id="p-merged"), True),
        (other(kind="no_show"), False),
    ],
)
def test_what_is_at_the_same_time(near, at_once):
    assert found(note(), near) == (["Ben"] if at_once else [])


def test_the_notes_of_one_group_go_together():
    group = note(kind="group")
    assert found(group, other(time(14), time(15), kind="group")) == []
    assert found(group, other(time(14), time(15), kind="group", participant_id="p")) == ["Ben"]
    assert found(group, other(time(14, 30), time(15), kind="group")) == ["Ben"]
    assert found(group, other(time(14), time(15))) == ["Ben"]


def test_what_did_not_take_place_or_has_no_end_is_at_no_time():
    assert found(note(kind="no_show"), other()) == []
    assert found(note(end=None), other()) == []


def test_it_is_said_who_and_when():
    same, another = overlaps(note(), ("p",), (other(), other(participant_id="p", signed=False)))
    assert same.sentence("Maria") == "Another draft tells of a contact with Maria at the same time, 14:30 to 15:30."
    assert another.sentence("Ben") == "At the same time you were with Ben, says a note, 14:30 to 15:30."


@given(TIMES, TIMES, TIMES, TIMES)
def test_being_at_the_same_time_goes_both_ways(a, b, c, d):
    there = found(note(a, b), other(c, d))
    back = found(note(c, d), other(a, b))
    assert there == back


def test_odd_times_are_pointed_out():
    later = datetime(2026, 11, 30, tzinfo=UTC)
    assert time_warnings(note(), later) == ()
    night = time_warnings(note(time(15), time(14)), later)
    assert [warning.partition(",")[0] for warning in night] == [
        "The end is before the start",
        "The contact is longer than four hours.",
    ]
    assert "no length" in time_warnings(note(time(14), time(14)), later)[0]
    assert time_warnings(note(), datetime(2026, 11, 23, 14, 30, tzinfo=UTC)) == ("The contact ends later than now.",)
    assert time_warnings(note(time(9), time(13)), later) == ()
