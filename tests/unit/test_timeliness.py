"""When a note is due, and what a change of the clocks does to that."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.domain.note import Note, NoteContent, NoteParticipant
from peernote_tui.domain.timeliness import DueClock, due_at, ends_at, is_late, starts_at

DAY = DueClock(hours=24)


def note(day, start=None, end=None, zone="America/New_York"):
    content = NoteContent.model_validate({"day": day, "start": start, "end": end})
    return Note(participant=NoteParticipant(id="p"), zone=zone, content=content)


def test_a_note_without_a_day_is_never_due_nor_late():
    empty = note(None, time(9), time(10))
    assert starts_at(empty) is None
    assert due_at(empty, DAY) is None
    assert not is_late(empty, DAY, datetime(2099, 1, 1, tzinfo=UTC))


def test_due_counts_from_the_end_of_the_contact_in_utc():
    due = due_at(note("2026-11-23", time(14), time(14, 45)), DAY)
    assert due == datetime(2026, 11, 24, 19, 45, tzinfo=UTC)
    assert due.utcoffset() == timedelta(0)


def test_late_begins_right_after_the_due_instant():
    told = note("2026-11-23", time(14), time(14, 45))
    due = datetime(2026, 11, 24, 19, 45, tzinfo=UTC)
    assert not is_late(told, DAY, due)
    assert is_late(told, DAY, due + timedelta(microseconds=1))


def test_without_an_end_the_start_counts_and_without_a_start_midnight():
    assert ends_at(note("2026-11-23", time(14))) == datetime(2026, 11, 23, 19, tzinfo=UTC)
    assert starts_at(note("2026-11-23")) == datetime(2026, 11, 23, 5, tzinfo=UTC)


def test_a_contact_over_midnight_ends_on_the_next_day():
    assert ends_at(note("2026-11-23", time(23, 30), time(0, 15))) == datetime(2026, 11, 24, 5, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("2026-03-07", datetime(2026, 3, 8, 23, 0, tzinfo=UTC)),  # clocks go forward in the night
        ("2026-10-31", datetime(2026, 11, 1, 22, 0, tzinfo=UTC)),  # clocks go back in the night
    ],
)
def test_twenty_four_hours_are_twenty_four_hours_when_the_clocks_change(day, due):
    told = note(day, time(17), time(18))
    assert due_at(told, DAY) == due
    assert due_at(told, DAY) - ends_at(told) == timedelta(hours=24)


def test_a_wall_time_that_happens_twice_is_the_first():
    assert starts_at(note("2026-11-01", time(1, 30))) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_a_wall_time_that_never_happens_is_read_as_before_the_change():
    assert starts_at(note("2026-03-08", time(2, 30))) == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["", "Nowhere/Else", "../../etc/passwd", "America", "\x00"])
def test_an_unknown_zone_is_read_as_utc(zone):
    assert starts_at(note("2026-11-23", time(14), zone=zone)) == datetime(2026, 11, 23, 14, tzinfo=UTC)


@given(
    st.dates(datetime(1900, 1, 1).date(), datetime(2999, 12, 31).date()),  # noqa: DTZ001 only days are taken from it
    st.times(),
    st.none() | st.times(),
    st.sampled_from(["America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Australia/Lord_Howe", "UTC"]),
    st.integers(1, 24 * 14),
)
def test_due_is_always_the_end_and_the_hours(day, start, end, zone, hours):
    told = note(day, start, end, zone)
    assert due_at(told, DueClock(hours=hours)) - ends_at(told) == timedelta(hours=hours)
    assert ends_at(told) - starts_at(told) < timedelta(hours=26)
