"""How things recur: read as typed, kept as text, counted in days whatever the clock does."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.recurrence import (
    check_rule,
    is_a_day_of,
    next_due,
    read_recurrence,
    read_series,
    say_recurrence,
)

TODAY = date(2026, 11, 26)  # a Thursday
ZONES = [ZoneInfo(name) for name in ("America/New_York", "Europe/Berlin", "Australia/Lord_Howe")]

READ = {
    "every day": ("every day", "2026-11-27"),
    "daily": ("every day", "2026-11-27"),
    "every 1 day": ("every day", "2026-11-27"),
    "every other day": ("every 2 days from 2026-11-26", "2026-11-28"),
    "every 3 days": ("every 3 days from 2026-11-26", "2026-11-29"),
    "every weekday": ("every weekday", "2026-11-27"),
    "every mon": ("every monday", "2026-11-30"),
    "Every Friday.": ("every friday", "2026-11-27"),
    "each thursday": ("every thursday", "2026-12-03"),
    "every tue and thu": ("every tuesday and thursday", "2026-12-01"),
    "every mon, wed & fri": ("every monday, wednesday and friday", "2026-11-27"),
    "every mon/wed": ("every monday and wednesday", "2026-11-30"),
    "on fridays": ("every friday", "2026-11-27"),
    "every week": ("every thursday", "2026-12-03"),
    "weekly": ("every thursday", "2026-12-03"),
    "once a week": ("every thursday", "2026-12-03"),
    "every week on tuesday": ("every tuesday", "2026-12-01"),
    "every 2 weeks": ("every 2 weeks on thursday from 2026-11-26", "2026-12-10"),
    "fortnightly": ("every 2 weeks on thursday from 2026-11-26", "2026-12-10"),
    "every two weeks on friday": ("every 2 weeks on friday from 2026-11-27", "2026-11-27"),
    "every other friday": ("every 2 weeks on friday from 2026-11-27", "2026-11-27"),
    "every other friday from 4 dec": ("every 2 weeks on friday from 2026-12-04", "2026-12-04"),
    "monthly": ("every month on the 26th", "2026-12-26"),
    "every month on the 31st": ("every month on the 31st", "2026-11-30"),
    "on the last day of every month": ("every month on the 31st", "2026-11-30"),
    "the 15th of each month": ("every month on the 15th", "2026-12-15"),
    "every last friday of the month": ("every last friday of the month", "2026-11-27"),
    "every first monday": ("every first monday of the month", "2026-12-07"),
    "every second friday of the month": ("every second friday of the month", "2026-12-11"),
    "every 3 months": ("every 3 months on the 26th from 2026-11-26", "2027-02-26"),
    "every 3 months on the 31st": ("every 3 months on the 31st from 2026-11-30", "2026-11-30"),
    "yearly": ("every year on 26 november", "2027-11-26"),
    "every year on 29 february": ("every year on 29 february", "2027-02-28"),
    "monthly until june": ("every month on the 26th until 2027-06-30", "2026-12-26"),
    "every friday until 30 nov": ("every friday until 2026-11-30", "2026-11-27"),
    "every friday till end of year": ("every friday until 2026-12-31", "2026-11-27"),
    "every day until november": ("every day until 2026-11-30", "2026-11-27"),
    "every day until june 2028": ("every day until 2028-06-30", "2026-11-27"),
    "every friday for 4 weeks": ("every friday until 2026-12-24", "2026-11-27"),
    "every friday for 4 times": ("every friday until 2026-12-18", "2026-11-27"),
    "every day for a week": ("every day until 2026-12-03", "2026-11-27"),
}


@pytest.mark.parametrize("words", READ)
def test_words_are_read(words):
    series = read_series(words, today=TODAY)
    assert series is not None
    assert (series.rule, series.first.isoformat()) == READ[words]
    assert read_recurrence(words, today=TODAY) == series.rule


@pytest.mark.parametrize(
    "words",
    ["", "every", "every document", "every bank", "every may", "every 15th", "every 0 days", "every 400 days",
     "every few weeks", "every 2-3 weeks", "every tue or thu", "every morning", "every 24 hours", "first monday",
     "24/7", "mon-fri", "every friday or so", "twice a week", "until june", "every 2 week", "every friday friday",
     "every month on the 32nd", "every week on the 3rd", "every year on 29", "every " * 500, "every 2 days 2 weeks"],
)  # fmt: skip
def test_other_words_are_no_recurrence(words):
    assert read_recurrence(words, today=TODAY) is None


@pytest.mark.parametrize(
    "words",
    ["biweekly", "bi-weekly until june", "bimonthly", "every second friday", "every 3rd monday until june",
     "every friday until easter", "every friday until 2027", "every friday until 5/6", "every friday until 1 jan 2020",
     "every year until june"],
)  # fmt: skip
def test_what_can_mean_two_things_is_refused(words):
    with pytest.raises(InvalidInputError) as refusal:
        read_recurrence(words, today=TODAY)
    assert refusal.value.way_out


@pytest.mark.parametrize(
    "rule", ["", "weekly", "every week", "every fri", "every friday ", "every friday until 20270630"]
)
def test_only_the_canonical_text_is_a_rule(rule):
    for use in (check_rule, lambda text: next_due(text, after=TODAY), lambda text: is_a_day_of(text, TODAY)):
        with pytest.raises(InvalidInputError):
            use(rule)
    assert say_recurrence(rule) == rule


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("every monday, wednesday and friday", "every Monday, Wednesday and Friday"),
        ("every 2 weeks on friday from 2026-11-27 until 2027-06-30", "every 2 weeks on Friday until 30 Jun 2027"),
        ("every month on the 31st until 2026-12-31", "every month on the 31st until 31 Dec"),
        ("every year on 29 february", "every year on 29 February"),
    ],
)
def test_a_rule_is_said_in_words(rule, said):
    assert say_recurrence(rule, today=TODAY) == said


def days_of(rule: str, after: date, count: int) -> list[str]:
    found = []
    for _ in range(count):
        day = next_due(rule, after=after)
        if day is None:
            break
        found.append(day.isoformat())
        after = day
    return found


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("every month on the 31st", ["2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]),
        ("every month on the 30th", ["2027-12-30", "2028-01-30", "2028-02-29", "2028-03-30", "2028-04-30"]),
        ("every year on 29 february", ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]),
        ("every last friday of the month until 2028-01-31", ["2027-12-31", "2028-01-28"]),
        ("every weekday", ["2027-12-01", "2027-12-02", "2027-12-03", "2027-12-06", "2027-12-07"]),
        (
            "every 2 weeks on friday from 2026-11-27",
            ["2027-12-10", "2027-12-24", "2028-01-07", "2028-01-21", "2028-02-04"],
        ),
        (
            "every 3 months on the 31st from 2026-11-30",
            ["2028-02-29", "2028-05-31", "2028-08-31", "2028-11-30", "2029-02-28"],
        ),
    ],
)
def test_the_days_of_a_rule(rule, days):
    assert days_of(rule, date(2027, 11, 30), 5) == days


def test_a_first_day_must_be_one_of_the_days():
    with pytest.raises(InvalidInputError):
        read_series("every friday", today=TODAY, first=date(2026, 11, 28))
    series = read_series("every 2 weeks", today=TODAY, first=date(2026, 11, 28))
    assert series is not None
    assert series.rule == "every 2 weeks on saturday from 2026-11-28"
    assert series.first == date(2026, 11, 28)


HEADS = [
    "every day", "every weekday", "every mon", "every tue and thu", "every sat & sun", "weekly", "every 2 weeks",
    "every other friday", "every 5 days", "monthly", "every month on the 29th", "every month on the 31st",
    "every last sunday of the month", "every first monday", "every 3 months", "every 2 months on the 30th", "yearly",
    "every year on 29 february", "every 4 weeks on tuesday", "on fridays",
]  # fmt: skip
ENDS = ["", " until june", " until feb 2029", " until end of year", " for 4 times", " for 3 months", " from 5 jan"]
INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2090, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001
CHANGES = [
    datetime(2026, 3, 8, 7, tzinfo=UTC), datetime(2026, 11, 1, 6, tzinfo=UTC),  # New York
    datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC),  # Berlin
    datetime(2026, 4, 4, 15, tzinfo=UTC), datetime(2026, 10, 3, 15, 30, tzinfo=UTC),  # Lord Howe, by half an hour
    datetime(2028, 2, 29, 12, tzinfo=UTC), datetime(2026, 12, 31, 23, 30, tzinfo=UTC),
]  # fmt: skip
NEAR_CHANGES = st.tuples(st.sampled_from(CHANGES), st.integers(-60 * 30, 60 * 30)).map(
    lambda given: given[0] + timedelta(minutes=given[1])
)


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(HEADS), st.sampled_from(ENDS), st.sampled_from(ZONES), NEAR_CHANGES | INSTANTS)
def test_a_series_keeps_its_days_in_every_zone_across_clock_changes(head, end, zone, instant):
    today = instant.astimezone(zone).date()
    try:
        series = read_series(head + end, today=today)
    except InvalidInputError:
        assert " until " in end
        return
    assert series is not None
    rule, until = series.rule, series.rule.partition(" until ")[2]
    assert len(rule) <= 200
    assert series.first > today
    assert read_recurrence(rule, today=today) == rule == read_recurrence(rule, today=today + timedelta(days=4_000))
    day: date | None = series.first - timedelta(days=1)
    for at in range(12):
        assert day is not None
        following = next_due(rule, after=day)
        if following is None:
            assert until
            break
        assert following > day
        assert at or following == series.first
        assert is_a_day_of(rule, following)
        assert not until or following <= date.fromisoformat(until)
        # No day between is skipped, so closing late or early never moves the series.
        assert not any(is_a_day_of(rule, day + timedelta(days=n)) for n in range(1, min((following - day).days, 40)))
        # Each of those days is that day in the zone at any hour: nothing is ever counted in hours.
        assert datetime(following.year, following.month, following.day, 2, 30, tzinfo=zone).date() == following
        day = following


@given(st.integers(1, 31), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_the_day_of_a_month_never_drifts(number, after):
    found = read_recurrence(f"every month on the {number}th", today=TODAY)
    assert found is not None
    for _ in range(14):
        following = next_due(found, after=after)
        assert following is not None
        assert following.day == min(number, calendar.monthrange(following.year, following.month)[1])
        assert 1 <= (following - after).days <= 31
        after = following


PARTS = [
    "every", "other", "friday", "until", "june", "for", "2", "weeks", "from", "on", "the", "31st", "month", "of",
    "last", "a",
]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40) | st.lists(st.sampled_from(PARTS), max_size=9).map(" ".join), st.dates())
def test_whatever_is_typed_is_read_or_refused(words, today):
    try:
        rule = read_recurrence(words, today=today)
    except InvalidInputError:
        return
    if rule is not None:
        assert check_rule(rule) == rule
        assert next_due(rule, after=date.max) is None
