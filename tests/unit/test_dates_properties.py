"""What holds for every entry, however odd."""

from __future__ import annotations

import time as clock
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peernote_tui.domain.dates import (
    Moment,
    Precision,
    SessionTime,
    Toward,
    age_words,
    minutes,
    say_day,
    say_moment,
    say_session,
    understand_birth,
    understand_day,
    understand_moment,
    understand_session,
    understand_time,
)
from peernote_tui.domain.errors import InvalidInputError

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))
ANY_DAY = st.dates()
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0))
PIECES = [
    "now", "-", "+", "1", "2", "245", "9:30", "14:00", "24:00", "99", "1400", "am", "pm", "a", "p", "noon", "midnight",
    "fri", "mon", "sun", "may", "nov", "20", "31", "5/6", "11/20", "30.11.", "2026", "1990", "2026-11-20", "today",
    "tomorrow", "yesterday", "last", "next", "this", "in", "ago", "to", "til", "for", "45", "min", "1h", "1h30", "w",
    "d", "m", "+1m", "eom", "the next day", "~", "٣", "😀", "\x00",
]  # fmt: skip
ENTRIES = st.one_of(
    st.text(max_size=130),
    st.lists(st.sampled_from(PIECES), max_size=7).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=5).map("".join),
)
UNDERSTOOD = (
    lambda text, now: understand_session(text, now=now),
    lambda text, now: understand_day(text, today=now.date(), toward=Toward.PAST),
    lambda text, now: understand_day(text, today=now.date(), toward=Toward.FUTURE),
    lambda text, now: understand_moment(text, now=now, toward=Toward.PAST),
    lambda text, now: understand_moment(text, now=now, toward=Toward.FUTURE),
    lambda text, now: understand_birth(text, today=now.date()),
    lambda text, _: understand_time(text),
)


@settings(max_examples=400, deadline=None)
@given(ENTRIES, ANY_DAY, TIMES, st.sampled_from(UNDERSTOOD))
def test_every_entry_is_understood_or_refused_in_words(text, day, at, understand):
    now = datetime.combine(day, at, timezone(timedelta(hours=2)))
    sentences: list[str] = []
    try:
        understand(text, now)
    except InvalidInputError as refusal:
        sentences.append(str(refusal))
    assert all(sentence.endswith(".") for sentence in sentences)


@pytest.mark.parametrize(
    "text",
    [
        "9" * 10**6,
        " " * 10**6,
        "now-" * 250_000,
        "\x00" * 10**6,
        "😀" * 10**6,
        "1 " * 60,
        "mon " * 30,
        "2-" * 60,
        "٣" * 100,
    ],
    ids=["digits", "spaces", "now", "nul", "emoji", "ones", "mondays", "ranges", "arabic"],
)
@pytest.mark.parametrize("understand", UNDERSTOOD)
def test_long_and_odd_entries_are_refused_at_once(text, understand):
    now = datetime(2026, 11, 23, 15, tzinfo=UTC)
    best = 1.0
    for _ in range(3):
        began = clock.perf_counter()
        with pytest.raises(InvalidInputError):
            understand(text, now)
        best = min(best, clock.perf_counter() - began)
    assert best < 0.05


@settings(max_examples=400, deadline=None)
@given(ENTRIES, DAYS, TIMES)
def test_a_session_never_makes_nonsense(text, day, at):
    try:
        session = understand_session(text, now=datetime.combine(day, at))
    except InvalidInputError:
        return
    assert session.start is not None or session.end is None
    length = minutes(session)
    assert length is None or 0 < length <= 12 * 60


@given(DAYS, TIMES, DAYS, TIMES, st.integers(0, 12 * 60))
def test_a_session_said_back_is_understood_as_the_same(today, at, day, start, length):
    end = (datetime.combine(day, start) + timedelta(minutes=length)).time()
    if end < start < time(18):
        length = 0
    session = SessionTime(day, start, end if length else None)
    said = say_session(session, today=today)
    assert understand_session(said, now=datetime.combine(today, at)) == session


@given(DAYS, TIMES, DAYS)
def test_a_session_day_alone_said_back_is_understood_as_the_same(today, at, day):
    said = say_session(SessionTime(day), today=today)
    assert understand_session(said, now=datetime.combine(today, at)) == SessionTime(day)


@given(DAYS, DAYS, st.sampled_from(Toward))
def test_a_day_said_back_is_understood_as_the_same(today, day, toward):
    assert understand_day(say_day(day, today=today), today=today, toward=toward) == day


@given(DAYS, TIMES, DAYS, st.none() | TIMES, st.sampled_from(Toward))
def test_a_moment_said_back_is_understood_as_the_same(today, at, day, planned, toward):
    moment = Moment(day, planned)
    said = say_moment(moment, today=today)
    assert understand_moment(said, now=datetime.combine(today, at), toward=toward) == moment


@given(DAYS, st.sampled_from(["mon", "tuesday", "wed", "thurs", "fri", "sat", "sunday"]))
def test_a_weekday_lies_within_a_week_of_today(today, weekday):
    back = today - understand_day(weekday, today=today, toward=Toward.PAST)
    ahead = understand_day(weekday, today=today, toward=Toward.FUTURE) - today
    assert timedelta(0) <= back <= timedelta(6)
    assert timedelta(1) <= ahead <= timedelta(7)
    assert (back + ahead).days == 7


@given(st.integers(0, 120), DAYS.filter(lambda day: day.year >= 2020))
def test_an_age_comes_back_as_the_same_age(age, today):
    birth = understand_birth(str(age), today=today)
    assert birth.precision is Precision.ESTIMATED
    assert age_words(birth, today) == f"about {age}"
