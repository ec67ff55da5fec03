"""Phrases and what they mean, on a Monday afternoon."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from peernote_tui.domain.dates import (
    Birth,
    Moment,
    Precision,
    SessionTime,
    Toward,
    age_words,
    is_future,
    minutes,
    say_ago,
    say_day,
    say_due,
    say_moment,
    say_session,
    understand_birth,
    understand_day,
    understand_moment,
    understand_session,
    understand_time,
)
from peernote_tui.domain.errors import InvalidInputError

ZONE = timezone(timedelta(hours=-5))
NOW = datetime(2026, 11, 23, 15, 0, 20, tzinfo=ZONE)  # a Monday
TODAY = NOW.date()


def at(month: int, day: int, start: str = "", end: str = "", year: int = 2026) -> SessionTime:
    return SessionTime(
        date(year, month, day),
        time.fromisoformat(start) if start else None,
        time.fromisoformat(end) if end else None,
    )


SESSIONS = {
    "2-245": at(11, 23, "14:00", "14:45"),
    "2:00-2:45": at(11, 23, "14:00", "14:45"),
    "2.00-2.45": at(11, 23, "14:00", "14:45"),
    "1400-1445": at(11, 23, "14:00", "14:45"),
    "14-1445": at(11, 23, "14:00", "14:45"),
    "1pm": at(11, 23, "13:00"),
    "1p": at(11, 23, "13:00"),
    "1 P.M.": at(11, 23, "13:00"),
    "1:30 pm": at(11, 23, "13:30"),
    "1pm-2": at(11, 23, "13:00", "14:00"),
    "1-2pm": at(11, 23, "13:00", "14:00"),
    "1 pm - 2 pm": at(11, 23, "13:00", "14:00"),
    "11-1": at(11, 23, "11:00", "13:00"),
    "11-1pm": at(11, 23, "11:00", "13:00"),
    "9:30-1:00": at(11, 23, "09:30", "13:00"),
    "9-10": at(11, 23, "09:00", "10:00"),
    "9-5pm": at(11, 23, "09:00", "17:00"),
    "9am-5": at(11, 23, "09:00", "17:00"),
    "now": at(11, 23, "15:00"),
    "now-45": at(11, 23, "14:15", "15:00"),
    "now - 45": at(11, 23, "14:15", "15:00"),
    "now-1h": at(11, 23, "14:00", "15:00"),
    "now-1h30": at(11, 23, "13:30", "15:00"),
    "45m": at(11, 23, "14:15", "15:00"),
    "45 min": at(11, 23, "14:15", "15:00"),
    "last 45 minutes": at(11, 23, "14:15", "15:00"),
    "an hour": at(11, 23, "14:00", "15:00"),
    "yesterday 3pm": at(11, 22, "15:00"),
    "yesterday 2-245": at(11, 22, "14:00", "14:45"),
    "2-245 yesterday": at(11, 22, "14:00", "14:45"),
    "fri 2-3": at(11, 20, "14:00", "15:00"),
    "2-3 on Friday": at(11, 20, "14:00", "15:00"),
    "mon": at(11, 23),
    "fri": at(11, 20),
    "last fri 2pm": at(11, 20, "14:00"),
    "20 nov 2-245": at(11, 20, "14:00", "14:45"),
    "nov 20 2pm": at(11, 20, "14:00"),
    "20 nov 2026": at(11, 20),
    "20 nov 2026 1400": at(11, 20, "14:00"),
    "2pm 20 Nov, 2026": at(11, 20, "14:00"),
    "27 nov 2pm": at(11, 27, "14:00", year=2025),
    "Fri 27 Nov 2pm": at(11, 27, "14:00"),
    "11/20 2pm": at(11, 20, "14:00"),
    "20/11": at(11, 20),
    "20.11. 14:00": at(11, 20, "14:00"),
    "5/5 2pm": at(5, 5, "14:00"),
    "2026-11-20 14:00-14:45": at(11, 20, "14:00", "14:45"),
    "today 2pm": at(11, 23, "14:00"),
    "2 – 2:45": at(11, 23, "14:00", "14:45"),
    "2—2:45": at(11, 23, "14:00", "14:45"),
    "2 to 2:45": at(11, 23, "14:00", "14:45"),
    "from 2 til 245": at(11, 23, "14:00", "14:45"),
    "2 until 3": at(11, 23, "14:00", "15:00"),
    "noon": at(11, 23, "12:00"),
    "midday-1": at(11, 23, "12:00", "13:00"),
    "12-1": at(11, 23, "12:00", "13:00"),
    "midnight": at(11, 23, "00:00"),
    "2pm for 45 min": at(11, 23, "14:00", "14:45"),
    "fri 2pm 1h30": at(11, 20, "14:00", "15:30"),
    "fri 10pm-1am": at(11, 20, "22:00", "01:00"),
    "10pm-1am": at(11, 22, "22:00", "01:00"),
    "10pm-midnight": at(11, 22, "22:00", "00:00"),
    "yesterday 9pm-10": at(11, 22, "21:00", "22:00"),
    "02:00-02:45": at(11, 23, "02:00", "02:45"),
    "4pm": at(11, 23, "16:00"),
    "tomorrow 9": at(11, 24, "09:00"),
    "3 days ago 2pm": at(11, 20, "14:00"),
}

NO_SESSIONS = [
    "", " ", "-", "45", "25:00", "2:75", "13pm", "0pm", "2-2", "3pm-2pm", "14:00-13:00", "15:00-02:45", "9-845",
    "6am-7pm", "yesterday 8-9", "yesterday 8", "11/12 2pm", "30 feb", "fri 32", "now-2h-3", "now-300", "now-0",
    "yesterday now", "2-3-4", "2-3h", "+45", "+2w 2pm", "2 weeks", "12/11/13", "noon-ish", "tuesdayish", "2 nov 20pm 3",
    "20 nov 2030", "fri 12.11", "9.10", "Thu 20 Nov 2pm", "٢-٣", "2🙂", "2\x00pm", "two", "1e3",
    "2pm-3pm 45 min", "45m ago",
]  # fmt: skip


@pytest.mark.parametrize("text", SESSIONS)
def test_a_session_is_understood(text):
    assert understand_session(text, now=NOW) == SESSIONS[text]


@pytest.mark.parametrize("text", NO_SESSIONS)
def test_a_doubtful_session_is_refused_with_two_examples_and_no_echo(text):
    with pytest.raises(InvalidInputError) as refusal:
        understand_session(text, now=NOW)
    assert refusal.value.way_out
    if len(text) > 8:
        assert text not in str(refusal.value)


@pytest.mark.parametrize(
    ("clock", "text", "expected"),
    [
        ("08:00", "2-245", at(11, 23, "14:00", "14:45")),
        ("08:00", "9", at(11, 23, "09:00")),
        ("14:30", "2-3", at(11, 23, "14:00", "15:00")),
        ("20:45", "8am-9", at(11, 23, "08:00", "09:00")),
        ("20:00", "now-45", at(11, 23, "19:15", "20:00")),
        ("00:20", "now-45", at(11, 22, "23:35", "00:20")),
        ("01:30", "10pm-1am", at(11, 22, "22:00", "01:00")),
    ],
)
def test_the_hour_of_writing_decides_what_bare_times_mean(clock, text, expected):
    now = datetime.combine(TODAY, time.fromisoformat(clock), ZONE)
    assert understand_session(text, now=now) == expected


def test_morning_and_evening_both_past_is_refused():
    with pytest.raises(InvalidInputError, match="morning and an evening"):
        understand_session("8-9", now=NOW.replace(hour=22))


@pytest.mark.parametrize(("day_first", "month", "day"), [(True, 10, 5), (False, 5, 10)])
def test_the_order_of_numbers_is_a_parameter(day_first, month, day):
    assert understand_session("5/10 2pm", now=NOW, day_first=day_first).day == date(2026, month, day)
    assert understand_day("5/10", today=TODAY, toward=Toward.PAST, day_first=day_first) == date(2026, month, day)


def test_ends_next_day_future_and_minutes():
    late = at(11, 22, "22:00", "01:00")
    assert late.ends_next_day
    assert minutes(late) == 180
    assert minutes(at(11, 22, "22:00")) is None
    assert not at(11, 22, "14:00", "14:45").ends_next_day
    assert is_future(at(11, 23, "15:01"), NOW)
    assert not is_future(at(11, 23, "15:00"), NOW)
    assert is_future(at(11, 24), NOW)
    assert not is_future(at(11, 23), NOW)


DAYS_AHEAD = {
    "fri": (11, 27), "friday": (11, 27), "Fri.": (11, 27), "on fri": (11, 27), "mon": (11, 30), "this fri": (11, 27),
    "next fri": (12, 4), "next mon": (11, 30), "today": (11, 23), "tomorrow": (11, 24), "tmrw": (11, 24),
    "day after tomorrow": (11, 25), "+3": (11, 26), "+3d": (11, 26), "+2w": (12, 7), "+1m": (12, 23),
    "in 2 weeks": (12, 7), "2 weeks": (12, 7), "in a week": (11, 30), "end of month": (11, 30), "eom": (11, 30),
    "30 nov": (11, 30), "nov 30": (11, 30), "30th of November": (11, 30), "11/30": (11, 30), "30/11": (11, 30),
    "2026-11-30": (11, 30), "30.11.": (11, 30), "1. dec": (12, 1), "1 dec 2026": (12, 1), "Tue, Dec 1": (12, 1),
    "yesterday": (11, 22), "3 days ago": (11, 20), "11/30/26": (11, 30), "23 nov": (11, 23), "sun": (11, 29),
}  # fmt: skip


@pytest.mark.parametrize("text", DAYS_AHEAD)
def test_a_day_ahead_is_understood(text):
    assert understand_day(text, today=TODAY, toward=Toward.FUTURE) == date(2026, *DAYS_AHEAD[text])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fri", date(2026, 11, 20)), ("mon", date(2026, 11, 23)), ("last fri", date(2026, 11, 20)),
        ("30 nov", date(2025, 11, 30)), ("Mon 30 Nov", date(2026, 11, 30)), ("29 feb", date(2024, 2, 29)),
        ("-2w", date(2026, 11, 9)), ("day before yesterday", date(2026, 11, 21)),
    ],
)  # fmt: skip
def test_a_day_back_is_understood(text, expected):
    assert understand_day(text, today=TODAY, toward=Toward.PAST) == expected


def test_a_month_ahead_ends_with_a_short_month():
    assert understand_day("+1m", today=date(2027, 1, 31), toward=Toward.FUTURE) == date(2027, 2, 28)
    assert understand_day("+1y", today=date(2028, 2, 29), toward=Toward.FUTURE) == date(2029, 2, 28)
    assert understand_day("2 years ago", today=date(2028, 2, 29), toward=Toward.PAST) == date(2026, 2, 28)


def test_last_friday_on_a_saturday_could_be_two_days():
    with pytest.raises(InvalidInputError, match="Two different days"):
        understand_day("last fri", today=date(2026, 11, 28), toward=Toward.PAST)


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "5/6", "11.12", "31 nov", "0 nov", "13/13", "fri fri", "next week", "2", "may", "11/30/1", "24/7/7/7",
        "30 nov 1400", "Thu 27 Nov 2026", "+9999", "+2x", "2026-13-01", "sometime", "fri 2pm", "a" * 10**6,
    ],
)  # fmt: skip
def test_a_doubtful_day_is_refused(text):
    with pytest.raises(InvalidInputError):
        understand_day(text, today=TODAY, toward=Toward.FUTURE)


def test_a_wrong_weekday_is_named_as_the_trouble():
    with pytest.raises(InvalidInputError, match="do not belong together"):
        understand_day("Thu 27 Nov 2026", today=TODAY, toward=Toward.FUTURE)


MOMENTS = {
    "fri 2pm": (11, 27, "14:00"), "tomorrow 10": (11, 24, "10:00"), "+2w 1pm": (12, 7, "13:00"),
    "fri": (11, 27, ""),
    "30 nov 14:00": (11, 30, "14:00"), "fri 2": (11, 27, "14:00"),
    "fri 7": (11, 27, "07:00"), "fri 12": (11, 27, "12:00"),
    "2pm fri": (11, 27, "14:00"), "tomorrow at 10": (11, 24, "10:00"), "next fri at noon": (12, 4, "12:00"),
    "in 2 weeks 930": (12, 7, "09:30"), "1 dec 2026": (12, 1, ""), "1 dec 2026 1430": (12, 1, "14:30"),
    "1 dec 10": (12, 1, "10:00"), "4pm": (11, 23, "16:00"), "fri 06:30": (11, 27, "06:30"), "eom 3": (11, 30, "15:00"),
}  # fmt: skip


@pytest.mark.parametrize("text", MOMENTS)
def test_a_moment_is_understood(text):
    month, day, clock = MOMENTS[text]
    expected = Moment(date(2026, month, day), time.fromisoformat(clock) if clock else None)
    assert understand_moment(text, now=NOW, toward=Toward.FUTURE) == expected


@pytest.mark.parametrize("text", ["", "2pm", "fri 2-3", "1 dec 2030", "fri 25", "5/6 2pm", "soon", "fri mon"])
def test_a_doubtful_moment_is_refused(text):
    with pytest.raises(InvalidInputError):
        understand_moment(text, now=NOW, toward=Toward.FUTURE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1", "13:00"), ("6", "18:00"), ("7", "07:00"), ("11", "11:00"), ("12", "12:00"), ("12am", "00:00"),
     ("0", "00:00"),
     ("245", "14:45"), ("0245", "02:45"), ("6a", "06:00"), ("noon", "12:00"), ("23:59", "23:59")],
)  # fmt: skip
def test_a_time_alone(text, expected):
    assert understand_time(text) == time.fromisoformat(expected)


@pytest.mark.parametrize("text", ["", "24:00", "2:5", "12345", "pm", "260"])
def test_no_time(text):
    with pytest.raises(InvalidInputError):
        understand_time(text)


@pytest.mark.parametrize(
    ("text", "value", "precision", "age"),
    [
        ("1990-05-02", "1990-05-02", Precision.EXACT, "36"), ("2 may 1990", "1990-05-02", Precision.EXACT, "36"),
        ("May 2, 1990", "1990-05-02", Precision.EXACT, "36"), ("24 nov 1990", "1990-11-24", Precision.EXACT, "35"),
        ("13/5/1990", "1990-05-13", Precision.EXACT, "36"), ("1990", "1990", Precision.YEAR, "35 or 36"),
        ("34", "1992", Precision.ESTIMATED, "about 34"), ("~1990", "1990", Precision.ESTIMATED, "about 36"),
        ("about 34", "1992", Precision.ESTIMATED, "about 34"), ("120", "1906", Precision.ESTIMATED, "about 120"),
        ("2026", "2026", Precision.YEAR, "0"),
    ],
)  # fmt: skip
def test_a_birth_is_understood(text, value, precision, age):
    birth = understand_birth(text, today=TODAY)
    assert birth == Birth(value, precision)
    assert age_words(birth, TODAY) == age


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2027",
        "1899",
        "121",
        "24 nov 2026",
        "2 may",
        "2/5/1990",
        "2/13/90",
        "99999",
        "fri",
        "yesterday",
        "-3",
        "1 jan 1905",
    ],
)
def test_a_doubtful_birth_is_refused(text):
    with pytest.raises(InvalidInputError):
        understand_birth(text, today=TODAY)


def test_on_the_last_day_of_the_year_the_age_is_certain():
    assert age_words(Birth("1990", Precision.YEAR), date(2026, 12, 31)) == "36"


def test_saying_back():
    assert say_day(date(2026, 11, 27), today=TODAY) == "Fri 27 Nov"
    assert [say_day(TODAY + timedelta(days=n), today=TODAY) for n in (-1, 0, 1)] == ["yesterday", "today", "tomorrow"]
    assert say_day(date(2027, 1, 1), today=TODAY) == "Fri 1 Jan 2027"
    assert say_session(at(11, 23, "14:00", "14:45"), today=TODAY) == "Mon 23 Nov, 14:00 to 14:45, 45 minutes"
    assert say_session(at(11, 22, "22:00", "01:00"), today=TODAY) == (
        "Sun 22 Nov, 22:00 to 01:00 the next day, 180 minutes"
    )
    assert say_session(at(11, 23, "14:00", "14:01"), today=TODAY).endswith("1 minute")
    assert say_moment(Moment(date(2026, 11, 27), time(14)), today=TODAY) == "Fri 27 Nov, 14:00"
    assert say_due(TODAY - timedelta(days=2), today=TODAY) == "2 days overdue"
    assert say_due(TODAY - timedelta(days=1), today=TODAY) == "1 day overdue"
    assert say_due(TODAY, today=TODAY) == "today"
    assert say_due(date(2026, 11, 27), today=TODAY) == "Fri 27 Nov"


@pytest.mark.parametrize(
    ("back", "words"),
    [
        (timedelta(seconds=30), "just now"), (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=3), "3 minutes ago"),
        (timedelta(hours=5), "5 hours ago"), (timedelta(hours=20), "yesterday"), (timedelta(days=4), "4 days ago"),
        (timedelta(days=17), "Fri 6 Nov"), (timedelta(days=365), "Sun 23 Nov 2025"), (timedelta(days=-2), "Wed 25 Nov"),
    ],
)  # fmt: skip
def test_how_long_ago(back, words):
    assert say_ago((NOW - back).astimezone(UTC), NOW) == words
