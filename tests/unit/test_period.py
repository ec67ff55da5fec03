"""Periods as people name them."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.period import period_between, understand_period

TODAY = date(2026, 11, 23)
"""A Monday."""

READ = {
    "this week": ("2026-11-23", "2026-11-29"),
    "Last  Week": ("2026-11-16", "2026-11-22"),
    "this month": ("2026-11-01", "2026-11-30"),
    "last month": ("2026-10-01", "2026-10-31"),
    "previous quarter": ("2026-07-01", "2026-09-30"),
    "this quarter": ("2026-10-01", "2026-12-31"),
    "q3": ("2026-07-01", "2026-09-30"),
    "Q1 2025": ("2025-01-01", "2025-03-31"),
    "2nd quarter 2024": ("2024-04-01", "2024-06-30"),
    "october": ("2026-10-01", "2026-10-31"),
    "dec": ("2025-12-01", "2025-12-31"),
    "feb 2024": ("2024-02-01", "2024-02-29"),
    "2026-02": ("2026-02-01", "2026-02-28"),
    "2025": ("2025-01-01", "2025-12-31"),
    "last year": ("2025-01-01", "2025-12-31"),
    "last 30 days": ("2026-10-25", "2026-11-23"),
    "past 2 weeks": ("2026-11-10", "2026-11-23"),
    "1 oct to 15 oct": ("2026-10-01", "2026-10-15"),
    "from 1 oct until 15 oct": ("2026-10-01", "2026-10-15"),
    "1 oct – 15 oct": ("2026-10-01", "2026-10-15"),
    "1 oct-15 oct": ("2026-10-01", "2026-10-15"),
    "2026-10-01..2026-10-05": ("2026-10-01", "2026-10-05"),
    "2026-10-01 to 2026-10-05": ("2026-10-01", "2026-10-05"),
    "3 nov until today": ("2026-11-03", "2026-11-23"),
    "yesterday": ("2026-11-22", "2026-11-22"),
    "29 feb 2024": ("2024-02-29", "2024-02-29"),
    "1 jan 2027 to 31 jan 2027": ("2027-01-01", "2027-01-31"),
}


@pytest.mark.parametrize("typed", READ)
def test_what_is_understood(typed):
    found = understand_period(typed, today=TODAY)
    assert (found.first.isoformat(), found.last.isoformat()) == READ[typed]


@pytest.mark.parametrize(
    "typed", ["", "blub", "2026-13", "q5", "1/2 to 3/4", "last 0 days", "1 nov to", "29 feb 2026", "1850", "x" * 500]
)
def test_what_is_refused(typed):
    with pytest.raises(InvalidInputError, match="not understood"):
        understand_period(typed, today=TODAY)


def test_the_end_before_the_beginning_is_refused_in_words():
    with pytest.raises(InvalidInputError, match="ends before it begins"):
        understand_period("5 nov to 1 nov", today=TODAY)
    with pytest.raises(InvalidInputError, match="ends before it begins"):
        period_between(TODAY, TODAY - timedelta(days=1))


def test_a_week_begins_where_the_agency_says():
    sunday = understand_period("this week", today=TODAY, week_starts=6)
    assert (sunday.first, sunday.last) == (date(2026, 11, 22), date(2026, 11, 28))
    assert understand_period("last week", today=date(2026, 11, 22), week_starts=6).last == date(2026, 11, 21)


@given(st.dates(date(1950, 1, 1), date(2080, 12, 31)), st.sampled_from(["week", "month", "quarter", "year"]))
@settings(max_examples=60)
def test_this_holds_today_and_last_ends_the_day_before(today, unit):
    this = understand_period(f"this {unit}", today=today)
    last = understand_period(f"last {unit}", today=today)
    assert this.first <= today <= this.last
    assert last.last + timedelta(days=1) == this.first
    assert this.earlier() == last
    assert last.later() == this


@given(st.dates(date(1950, 1, 1), date(2080, 12, 31)), st.integers(0, 400))
@settings(max_examples=60)
def test_any_two_days_are_read_back_from_how_they_are_written(first, length):
    last = first + timedelta(days=length)
    found = understand_period(f"{first} to {last}", today=TODAY)
    assert (found.first, found.last) == (first, last)
    assert understand_period(found.words, today=TODAY) == found
