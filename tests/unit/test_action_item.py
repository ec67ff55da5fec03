"""Action items: what is open, and the headings they stand under."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.domain.action_item import ActionStatus, DueGroup, days_of, due_group

TODAY = date(2026, 11, 23)


def test_partly_and_not_yet_are_still_to_be_done():
    still = {status for status in ActionStatus if status.is_open}
    assert still == {ActionStatus.OPEN, ActionStatus.PARTLY, ActionStatus.NOT_YET}


@pytest.mark.parametrize(
    ("days", "group"),
    [
        (-400, DueGroup.OVERDUE),
        (-1, DueGroup.OVERDUE),
        (0, DueGroup.TODAY),
        (1, DueGroup.THIS_WEEK),
        (7, DueGroup.THIS_WEEK),
        (8, DueGroup.LATER),
    ],
)
def test_headings(days, group):
    assert due_group(TODAY + timedelta(days=days), TODAY) is group


def test_no_day_has_its_own_heading():
    assert due_group(None, TODAY) is DueGroup.NO_DATE


@given(st.dates(), st.dates(max_value=date(9999, 12, 1)))
def test_a_later_day_never_stands_under_an_earlier_heading(due, today):
    order = [DueGroup.OVERDUE, DueGroup.TODAY, DueGroup.THIS_WEEK, DueGroup.LATER]
    place = order.index(due_group(due, today))
    assert (place == 0) == (due < today)
    if due < date.max:
        assert order.index(due_group(due + timedelta(days=1), today)) >= place


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(-40, 40))
def test_the_days_of_a_heading_are_those_that_stand_under_it(today, apart):
    due = today + timedelta(days=apart)
    fitting = []
    for group in DueGroup:
        first, last = days_of(group, today)
        if group is not DueGroup.NO_DATE and (first is None or first <= due) and (last is None or due <= last):
            fitting.append(group)
    assert fitting == [due_group(due, today)]
