"""The trend is read without colour: the axis never stretches, and what was not answered stays a gap."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.ui.trend import trend

DAY = date(2026, 9, 3)
RATED = st.lists(st.tuples(st.just(DAY), st.none() | st.integers(0, 10)), max_size=40)


def test_a_picture():
    ratings = (4, 6, None, 10, 0)
    rated = [(DAY + timedelta(days=7 * place), rating) for place, rating in enumerate(ratings)]
    assert trend(rated, 40) == [
        "10 │         10",
        "   │",
        "   │    6",
        "   │ 4",
        "   │",
        " 0 │             0",
        "   └────── · ──────",
        "    3 Sep     1 Oct",
    ]


@given(rated=RATED, width=st.integers(12, 76), rows=st.integers(2, 11))
def test_every_answer_stands_at_its_own_height_whatever_stands_beside_it(rated, width, rows):
    lines = trend(rated, width, rows=rows)
    shown = rated[-((width - 4) // 3) :]
    if all(rating is None for _day, rating in shown):
        assert lines == []
        return
    assert len(lines) == rows + 2
    assert all(len(line) <= width for line in lines[: rows + 1])
    for place, (day, rating) in enumerate(shown):
        column = [line[4 + 3 * place : 6 + 3 * place].strip() for line in lines[:rows]]
        told = [(row, text) for row, text in enumerate(column) if text]
        if rating is None:
            assert told == []
            assert lines[rows][5 + 3 * place] == "·"
        else:
            ((row, text),) = told
            assert text == str(rating)
            alone = trend([(day, rating)], width, rows=rows)
            assert alone[row][4:6].strip() == str(rating)


@given(one=st.integers(0, 10), other=st.integers(0, 10))
def test_the_higher_answer_never_stands_lower(one, other):
    def height(rating):
        return next(row for row, line in enumerate(trend([(DAY, rating)], 40)[:6]) if line[4:].strip())

    if one > other:
        assert height(one) <= height(other)


def test_years_are_told_where_they_differ():
    assert trend([(date(2025, 12, 30), 3), (date(2026, 1, 2), 4)], 40)[-1].strip() == "30 Dec 2025 – 2 Jan 2026"
