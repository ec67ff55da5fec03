"""The walk of the sweep: everything comes in front, nothing that is owed is passed over for good unasked."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.domain.sweep import Swept, progress

DAY = date(2026, 11, 23)


@given(st.lists(st.sampled_from(["settle", "pass", "back"]), max_size=40), st.integers(0, 6))
def test_a_walk_ends_with_everything_settled_or_left(acts, count):
    keys, swept = [f"action:{number}" for number in range(count)], Swept(day=DAY)
    for act in acts:
        found = progress(swept, keys, len(keys))
        assert 1 <= found.number <= max(1, found.total)
        if found.current is None:
            # At the end only what was left for tomorrow is still owed.
            assert set(keys) == set(found.left)
        else:
            swept = swept.showing(found.current)
        if act == "settle" and found.current:
            keys.remove(found.current)
        elif act == "pass" and found.current:
            swept = swept.passing(found.current)
        elif act == "back" and (before := swept.back(keys, found.current)) is not None:
            swept = before
            now = progress(swept, keys, len(keys)).current
            assert now is not None
            assert now not in (*swept.skipped, *swept.left)
    # Whatever was done before, passing everything over twice ends the walk.
    for _ in range(2 * count):
        found = progress(swept, keys, len(keys))
        swept = swept.passing(found.current) if found.current else swept
    assert progress(swept, keys, len(keys)).current is None


def test_what_is_skipped_comes_round_again_and_is_then_left():
    swept = Swept(day=DAY).passing("a")
    assert progress(swept, ["a", "b"], 2).current == "b"
    assert progress(swept, ["a"], 1).again
    swept = swept.passing("a")
    assert progress(swept, ["a"], 1).left == ("a",)
    assert progress(swept.back(["a"], None), ["a"], 1).current == "a"
