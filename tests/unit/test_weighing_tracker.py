"""The order in which the action items of a series come in out of a file."""

from __future__ import annotations

from types import SimpleNamespace

from peernote_tui.domain.action_item import ActionItem
from peernote_tui.services.weighing_tracker import _parents_first

NOBODY_HERE = SimpleNamespace(work=SimpleNamespace(action_items=SimpleNamespace(get=lambda _id: None)))


def born(**parents):
    items = [ActionItem.model_construct(id=each, born_from=parent) for each, parent in parents.items()]
    return [(item.id, item.born_from) for item in _parents_first(NOBODY_HERE, items)]


def test_each_comes_after_the_one_it_was_born_from():
    assert born(third="second", second="first", first=None) == [
        ("first", None),
        ("second", "first"),
        ("third", "second"),
    ]


def test_a_series_of_years_in_any_order_is_sorted_at_once():
    days = 20_000
    chain = {f"d{day}": f"d{day - 1}" if day else None for day in reversed(range(days))}
    found = born(**chain)
    assert found[0] == ("d0", None)
    assert found[-1] == (f"d{days - 1}", f"d{days - 2}")


def test_no_item_is_born_in_a_circle_of_nothing_or_beside_another_next_one():
    assert born(a="b", b="a", c="nothing") == [("c", None), ("a", None), ("b", "a")]
    assert born(a=None, b="a", c="a") == [("a", None), ("b", "a"), ("c", None)]
