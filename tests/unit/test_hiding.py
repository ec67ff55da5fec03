"""No count under five can be worked out from what a shared report shows."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from peernote_tui.domain.hiding import Hidden, Sum, can_be, given_away, hide
from peernote_tui.domain.report import COUNTS, SUMS

SUMS_OF_TEN = (
    Sum(total="notes", parts=("contacts", "no_shows")),
    Sum(total="contacts", parts=("phone", "video")),
    Sum(total="contacts", parts=("group", "other")),
)
NAMES = ("notes", "contacts", "no_shows", "phone", "video", "group", "other")
MOST = 14


def counted(phone, video, group, no_shows):
    contacts = phone + video
    group = min(group, contacts)
    return {
        "notes": contacts + no_shows,
        "contacts": contacts,
        "no_shows": no_shows,
        "phone": phone,
        "video": video,
        "group": group,
        "other": contacts - group,
    }


def fits(counts, hidden, shown):
    """Whether a reader who sees this cannot tell these counts from the true ones."""
    for name, count in counts.items():
        if name not in hidden:
            if count != shown[name]:
                return False
        elif (count in range(1, 5)) != (hidden[name] is Hidden.SMALL):
            return False
    return True


@given(st.integers(0, 6), st.integers(0, 6), st.integers(0, 12), st.integers(0, 3))
@settings(max_examples=15)
def test_trying_everything_that_fits_what_is_shown_never_leaves_one_value(phone, video, group, no_shows):
    shown = counted(phone, video, group, no_shows)
    hidden = hide(shown, SUMS_OF_TEN)
    assert all(hidden.get(name) is Hidden.SMALL for name, count in shown.items() if count in range(1, 5))
    if any(shown[name] == 0 for name in hidden):
        # So few that none is not told from few: then nothing but zeros and what is hidden may stand there.
        assert not given_away(shown, SUMS_OF_TEN, hidden)
        return
    possible = [
        counts
        for numbers in product(range(MOST), range(MOST), range(MOST + 1), range(10))
        if fits(counts := counted(*numbers), hidden, shown)
    ]
    assert shown in possible
    for name, why in hidden.items():
        if why is Hidden.SMALL:
            assert len({counts[name] for counts in possible}) > 1, (shown, hidden, name)


@st.composite
def reports(draw):
    """The counts of a report: all sums hold."""
    few = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9, 40, 200])
    counts = dict.fromkeys(COUNTS, 0)
    by_mode, by_kind, on_time, _actions = (each for each in (SUMS[0], SUMS[1], SUMS[3], SUMS[4]))
    for part in by_mode.parts:
        counts[part] = draw(few)
    counts["contacts"] = left = sum(counts[part] for part in by_mode.parts)
    for part in by_kind.parts[:-1]:
        counts[part] = draw(st.integers(0, left))
        left -= counts[part]
    counts[by_kind.parts[-1]] = left
    counts["no_shows"] = draw(few)
    counts["notes"] = counts["contacts"] + counts["no_shows"]
    counts[on_time.parts[0]] = draw(st.integers(0, counts["notes"]))
    counts[on_time.parts[1]] = counts["notes"] - counts[on_time.parts[0]]
    counts["overdue_actions"], counts["actions_in_time"] = draw(few), draw(few)
    counts["open_actions"] = counts["overdue_actions"] + counts["actions_in_time"]
    return counts


@given(reports())
@settings(max_examples=100)
def test_no_hidden_count_of_a_report_is_given_away(counts):
    hidden = hide(counts, SUMS)
    spans = can_be(counts, SUMS, hidden)
    for name, count in counts.items():
        assert spans[name][0] <= count <= spans[name][1]
        if count in range(1, 5):
            assert hidden[name] is Hidden.SMALL
            assert spans[name][0] < spans[name][1]
    # In one sum a lone gap is a subtraction.
    for each in SUMS:
        assert sum(name in hidden for name in each.counts) != 1


def test_nothing_is_hidden_where_nothing_is_small():
    assert hide({"notes": 25, "contacts": 20, "no_shows": 5}, SUMS_OF_TEN[:1]) == {}


def test_the_next_smallest_goes_with_a_small_one():
    counts = {"contacts": 71, "phone": 3, "video": 8, "in_person": 60}
    found = hide(counts, (Sum(total="contacts", parts=("phone", "video", "in_person")),))
    assert found == {"phone": Hidden.SMALL, "video": Hidden.BESIDE}
