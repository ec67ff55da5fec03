"""The calendar file, read back by the library's parser and by its lines, after RFC 5545."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from peernote_tui.documents.calendar_file import write_calendar
from peernote_tui.domain.calendar_row import CalendarKind, CalendarNames, CalendarRow

MADE = datetime(2026, 11, 23, 15, tzinfo=UTC)
_NAME = re.compile(r"[A-Z-]+(;[A-Z-]+=[A-Z-]+)*:")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_ONCE = {
    "UID",
    "DTSTAMP",
    "CREATED",
    "LAST-MODIFIED",
    "SEQUENCE",
    "SUMMARY",
    "STATUS",
    "TRANSP",
    "CLASS",
    "DTSTART",
    "DTEND",
    "LOCATION",
}
ODD = ("a,b;c\\n\\,\nx:y", "👨‍👩‍👧‍👦" * 200, "مرحبا بالعالم " * 40, "x" * 2_000, "é" * 1_999, "\u2028a\u0085b", "")
_NEEDED = _ONCE - {"DTEND", "LOCATION"}


def row(kind=CalendarKind.MEETING, **changes):
    fields = {
        "kind": kind,
        "id": "01a209f7-1f00-7ac4-8241-d9f26ef847bf",
        "participant_id": "p",
        "participant_name": "Maria Santos",
        "day": date(2026, 12, 1),
        "at": time(14) if kind is CalendarKind.MEETING else None,
        "created_at": MADE,
        "changed_at": MADE,
    }
    return CalendarRow(**{**fields, **changes})


def lines_of(data):
    """The unfolded lines, after everything that holds for the file as it stands."""
    assert data.endswith(b"\r\n")
    raw = data[:-2].split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in raw)
    assert all(0 < len(line) <= 75 for line in raw)
    for line in raw:
        # A fold never splits a character.
        line.decode()
    lines = data.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    assert all(_NAME.match(line) for line in lines)
    assert not any(ord(sign) < 32 or ord(sign) == 127 for line in lines for sign in line)
    return lines


def checked(data):
    """The events of a file, each as its properties, after everything the format asks of it."""
    lines = lines_of(data)
    assert lines[:4] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//PeerNote//PeerNote//EN", "CALSCALE:GREGORIAN"]
    assert lines[-1] == "END:VCALENDAR"
    events, own = [], None
    for line in lines[4:-1]:
        if line == "BEGIN:VEVENT":
            assert own is None
            own = {}
        elif line == "END:VEVENT":
            events.append(own)
            own = None
        else:
            name, _, value = line.partition(":")
            key = name.partition(";")[0]
            assert key in _ONCE
            assert key not in own
            own[key] = value
    assert own is None
    for event in events:
        assert event.keys() >= _NEEDED
        for stamp in ("DTSTAMP", "CREATED", "LAST-MODIFIED"):
            assert re.fullmatch(r"\d{8}T\d{6}Z", event[stamp])
        assert re.fullmatch(r"\d{8}(T\d{6})?", event["DTSTART"])
        assert len(event.get("DTEND", event["DTSTART"])) == len(event["DTSTART"])
        assert event["CLASS"] == "PRIVATE"
    assert len({event["UID"] for event in events}) == len(events)
    read = Calendar.from_ical(data)
    assert not read.errors
    assert len(read.walk("VEVENT")) == len(events)
    return events


def test_a_meeting_is_wall_time_and_a_due_day_keeps_nobody_busy():
    met, due = checked(write_calendar([row(), row(CalendarKind.ACTION, id="01b", day=date(2026, 12, 31))]))
    assert (met["SUMMARY"], met["DTSTART"], met["DTEND"]) == ("Meeting", "20261201T140000", "20261201T150000")
    assert (met["STATUS"], met["TRANSP"]) == ("CONFIRMED", "OPAQUE")
    assert (due["SUMMARY"], due["DTSTART"], due["DTEND"]) == ("Action due", "20261231", "20270101")
    assert due["TRANSP"] == "TRANSPARENT"
    read = Calendar.from_ical(write_calendar([row()])).walk("VEVENT")[0]
    assert [each.isoformat() for each in (read.start, read.end)] == ["2026-12-01T14:00:00", "2026-12-01T15:00:00"]
    assert b"VALARM" not in write_calendar([row()])


def test_what_changes_keeps_its_id_and_grows():
    first = row()
    moved = row(day=date(2026, 12, 2), changed_at=MADE + timedelta(minutes=5))
    off = row(called_off=True, changed_at=MADE + timedelta(days=2))
    back = row(changed_at=MADE - timedelta(hours=1))
    told = [checked(write_calendar([each]))[0] for each in (first, moved, off, back)]
    assert len({each["UID"] for each in told}) == 1
    assert [int(each["SEQUENCE"]) for each in told] == [0, 300, 172800, 0]
    assert [each["STATUS"] for each in told] == ["CONFIRMED", "CONFIRMED", "CANCELLED", "CONFIRMED"]
    assert told[1]["LAST-MODIFIED"] == "20261123T150500Z"
    assert (told[2]["SUMMARY"], told[2]["TRANSP"]) == ("Meeting called off", "TRANSPARENT")


def test_names_and_places_only_when_asked():
    there = row(place="Women's shelter, 3rd floor; ring twice\\")
    assert b"shelter" not in write_calendar([there])
    assert b"Maria" not in write_calendar([there])
    titles = [checked(write_calendar([there], names=names))[0]["SUMMARY"] for names in CalendarNames]
    assert titles == ["Meeting", "Meeting: MS", "Meeting: Maria Santos"]
    place = checked(write_calendar([there], places=True))[0]["LOCATION"]
    assert place == "Women's shelter\\, 3rd floor\\; ring twice\\\\"


@pytest.mark.parametrize(
    ("day", "at", "begin", "end"),
    [
        (date(2028, 2, 29), None, "20280229", "20280301"),
        (date(2028, 2, 29), time(23, 30), "20280229T233000", "20280301T003000"),
        # The clock jumps over this hour in New York; a wall time without a zone is written as it was agreed.
        (date(2026, 3, 8), time(2, 30), "20260308T023000", "20260308T033000"),
        (date(2026, 12, 31), None, "20261231", "20270101"),
        (date.max, None, "99991231", None),
        (date.max, time(23, 30, 59, 7), "99991231T233059", None),
        (date(1, 1, 1), time(0), "00010101T000000", "00010101T010000"),
    ],
)
def test_days_at_the_edge(day, at, begin, end):
    (event,) = checked(write_calendar([row(day=day, at=at)]))
    assert (event["DTSTART"], event.get("DTEND")) == (begin, end)


@settings(max_examples=60, deadline=None)
@given(
    words=st.text(max_size=2_000) | st.sampled_from(ODD),
)
def test_any_words_stay_within_the_form_and_come_back(words):
    made = row(participant_name=words, place=words)
    plain, place = (_CONTROL.sub(" ", text).strip() for text in (f"Meeting: {words}", made.place))
    data = write_calendar([made], names=CalendarNames.FULL, places=True)
    checked(data)
    event = Calendar.from_ical(data).walk("VEVENT")[0]
    assert (str(event["SUMMARY"]), str(event.get("LOCATION", ""))) == (plain, place)


def test_four_thousand_actions_in_any_order_are_the_same_bytes():
    start = date(2026, 12, 1)
    rows = [row(CalendarKind.ACTION, id=f"01a-{n:05}", day=start + timedelta(days=n % 90)) for n in range(4_000)]
    data = write_calendar(rows)
    assert data.count(b"BEGIN:VEVENT") == data.count(b"UID:") == 4_000
    assert write_calendar(rows[:50:-1][:60]) == write_calendar(rows[-60:])
