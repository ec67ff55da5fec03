"""What two vaults have changed since they had it alike comes to one word on both, in whatever order they hear of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.domain.action_item import ActionEvent, ActionItem, ActionStatus
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.row_order import in_time_order, places_needed
from peernote_tui.domain.uniting import ActionHistory, same_event, united

START = datetime(2026, 11, 23, 12, tzinfo=UTC)
SAID = st.sampled_from(("status", "text", "owner_name", "due", "tags"))
VALUES = {
    "text": ("walk", "call"),
    "owner_name": ("", "Ana"),
    "due": ("2026-11-27", "2026-12-04"),
    "tags": (["rent"], []),
}


def changes(side):
    """What one side does: minutes after the start, what is changed, and which of two values it gets."""
    return st.lists(st.tuples(st.integers(1, 60), SAID, st.booleans()), max_size=5).map(
        lambda found: [(side, *each) for each in found]
    )


def first():
    item = ActionItem(id="a", participant_id="p", text="walk", owner=Owner.ME, created_at=START, changed_at=START)
    return ActionHistory(item=item, events=(event("e0", item, {}, START),))


def event(key, item, change, at):
    return ActionEvent(id=key, action_id="a", status=item.status, words=item.words, change=change, at=at, by="who")


def after(history, done):
    """A history with what a side did, as the services record it."""
    for number, (side, minutes, name, second) in enumerate(done):
        # The clock may be set back meanwhile; then an item still counts as changed after it was changed before.
        at = START + timedelta(minutes=minutes)
        changed_at = max(at, history.item.changed_at + timedelta(microseconds=1))
        if name == "status":
            update = {"status": ActionStatus.DONE if second else ActionStatus.PARTLY, "words": side}
        else:
            update = {name: VALUES[name][second]}
        now = ActionItem.model_validate({**history.item.model_dump(), **update, "changed_at": changed_at})
        told = event(f"{side}{number}", now, now.changes_from(history.item), at)
        history = ActionHistory(item=now, events=(*history.events, told))
    return history


def joined(here, theirs):
    """A history after it took the other in."""
    known = {each.id for each in here.events}
    placed = places_needed(here.events, theirs.events, lambda each: each.at)
    rows = (*here.events, *(each for each in theirs.events if each.id not in known))
    return ActionHistory(item=united(here, theirs), events=in_time_order(rows, lambda each: each.at, placed))


@given(changes("x"), changes("y"))
def test_both_sides_come_to_say_the_same_and_hearing_it_again_changes_nothing(mine, yours):
    here, there = after(first(), mine), after(first(), yours)
    one, two = joined(here, there), joined(there, here)
    assert one.item == two.item
    assert {each.id for each in one.events} == {each.id for each in two.events}
    assert joined(one, there) == one
    assert joined(one, two).item == one.item


@given(changes("x"), changes("y"))
def test_the_last_word_on_each_thing_is_the_one_that_stands(mine, yours):
    here, there = (
        after(first(), sorted(mine, key=lambda each: each[1])),
        after(first(), sorted(yours, key=lambda each: each[1])),
    )
    stands = joined(here, there)
    for name in VALUES:
        told = [each for each in stands.events if name in each.change]
        last = max(told, key=lambda each: (each.at, each.id), default=None)
        if last is not None:
            assert stands.item.model_dump(mode="json")[name] == last.change[name][1]
    assert stands.item.changed_at == max(here.item.changed_at, there.item.changed_at)


@given(changes("x"))
def test_a_side_that_changed_nothing_has_nothing_to_say(mine):
    here = after(first(), mine)
    assert united(here, first()) == here.item
    assert united(first(), here) == here.item


def test_the_note_that_tells_of_a_change_may_be_known_to_one_side_alone():
    (told,) = first().events
    named = told.model_copy(update={"note_id": "n"})
    assert same_event(told, named)
    assert not same_event(named, named.model_copy(update={"note_id": "m"}))
    assert not same_event(told, told.model_copy(update={"words": "other"}))


@given(st.lists(st.integers(0, 30), max_size=6), st.lists(st.integers(0, 30), max_size=6), st.integers(0, 3))
def test_no_row_comes_before_one_that_stood_before_it(mine, yours, shared):
    def rows(side, minutes):
        return [event(f"{side}{at}", first().item, {}, START + timedelta(minutes=m)) for at, m in enumerate(minutes)]

    common = rows("c", range(shared))
    here, there = [*common, *rows("x", mine)], [*common, *rows("y", yours)]
    placed = places_needed(here, there, lambda each: each.at)
    ids = [each.id for each in in_time_order((*here, *there[shared:]), lambda each: each.at, placed)]
    for side in (here, there):
        kept = [each.id for each in side]
        assert [each for each in ids if each in kept] == kept
    assert len(ids) == len(here) + len(yours)
