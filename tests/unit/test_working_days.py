"""Business days: which count, and when a note is due by them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from peernote_tui.documents.holiday_list import holiday_faults, read_holidays
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.note import Note, NoteContent, NoteParticipant
from peernote_tui.domain.timeliness import DueClock, due_at, is_late
from peernote_tui.domain.working_days import USUAL, Holiday, WorkingDays

TWO = DueClock(business_days=2)
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
WORKING = st.builds(
    WorkingDays,
    weekend=st.sets(st.integers(0, 6), max_size=6).map(tuple),
    holidays=st.lists(DAYS.map(lambda day: Holiday(day=day)), max_size=20).map(tuple),
)


def note(day, start=time(14), end=time(14, 45), zone="America/Chicago"):
    content = NoteContent(day=date.fromisoformat(day), start=start, end=end)
    return Note(participant=NoteParticipant(id="p"), zone=zone, content=content)


@pytest.mark.parametrize(
    ("contact", "last"),
    [
        ("2026-11-23", "2026-11-25"),  # Monday
        ("2026-11-24", "2026-11-27"),  # Thanksgiving lies between
        ("2026-11-25", "2026-11-30"),  # and here the weekend as well
        ("2026-11-21", "2026-11-24"),  # a contact on a Saturday
    ],
)
def test_due_at_the_end_of_the_second_business_day(contact, last):
    days = WorkingDays(holidays=(Holiday(day=date(2026, 11, 26), name="Thanksgiving"),))
    due = due_at(note(contact), TWO, days).astimezone(ZoneInfo("America/Chicago"))
    assert (due.date(), f"{due:%H:%M}") == (date.fromisoformat(last), "23:59")
    assert not is_late(note(contact), TWO, due, days)
    assert is_late(note(contact), TWO, due + timedelta(microseconds=1), days)


def test_the_end_of_the_day_is_that_of_the_notes_zone_also_when_clocks_change():
    # Clocks go back on Sunday 1 November 2026: Friday and Monday lie on both sides.
    due = due_at(note("2026-10-30"), DueClock(business_days=1))
    assert due == datetime(2026, 11, 3, 5, 59, 59, 999999, tzinfo=UTC)
    # In Chile the last hour of a day comes twice in autumn: the later end counts.
    every_day = WorkingDays(weekend=())
    due = due_at(note("2026-04-03", zone="America/Santiago"), DueClock(business_days=1), every_day)
    assert due == datetime(2026, 4, 5, 3, 59, 59, 999999, tzinfo=UTC)


def test_a_contact_past_midnight_counts_from_the_day_it_ended():
    late_at_night = note("2026-11-23", time(23), time(0, 30))
    assert due_at(late_at_night, DueClock(business_days=1)).astimezone(ZoneInfo("America/Chicago")).day == 25


def test_without_a_day_nothing_is_due():
    empty = Note(participant=NoteParticipant(id="p"), content=NoteContent())
    assert due_at(empty, TWO) is None


@given(WORKING, DAYS, st.integers(0, 30))
def test_as_many_business_days_lie_between_as_were_asked_for(working, day, count):
    last = working.after(day, count)
    passed = (day + timedelta(days=number) for number in range(1, (last - day).days + 1))
    assert sum(map(working.counts, passed)) == count
    assert count == 0 or working.counts(last)


@given(WORKING, DAYS, st.integers(0, 30))
def test_a_holiday_more_never_makes_it_due_earlier(working, day, count):
    last = working.after(day, count)
    more = WorkingDays(weekend=working.weekend, holidays=(*working.holidays, Holiday(day=last)))
    assert more.after(day, count) >= last


def test_a_week_without_a_business_day_cannot_be():
    with pytest.raises(ValidationError):
        WorkingDays(weekend=tuple(range(7)))
    assert USUAL.counts(date(2026, 11, 23))
    assert not USUAL.counts(date(2026, 11, 22))


def test_a_list_of_holidays_is_read_as_people_write_it():
    written = (
        b"\xef\xbb\xbfdate,name\r\n2026-12-25,Christmas Day\r\n# next year\n\n"
        b'2027-01-01 New Year\n"2027-01-18";"Martin Luther King Jr. Day"\n'
        b"2027-05-31\tMemorial Day # Monday\n2027-07-04\n"
    )
    names = [holiday.name for holiday in read_holidays(written)]
    assert names == ["Christmas Day", "New Year", "Martin Luther King Jr. Day", "Memorial Day", ""]


def test_every_wrong_line_is_named():
    assert [fault.line for fault in holiday_faults(b"2026-12-25 x\n25 dec\n2026-02-30 y\n")] == [2, 3]
    for wrong in (b"", b"\xff\xfe", b"# nothing\n", b"x" * 300_000):
        (fault,) = holiday_faults(wrong)
        assert fault.line == 1
        with pytest.raises(InvalidInputError):
            read_holidays(wrong)
