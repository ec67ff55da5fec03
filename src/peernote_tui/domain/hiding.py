"""Small counts hidden where they could tell of one person, and so that no sum gives them back.

A count of one to four in a table that leaves the agency can point at somebody. Where such a count is hidden and the
others of its table are shown beside their total, a subtraction gives it back; so others are hidden with it (primary and
complementary suppression; "Statistical Policy Working Paper 22", Federal Committee on Statistical Methodology, 2005).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from peernote_tui.domain.base import Model

SMALL = range(1, 5)
"""Counts that are hidden when a report is shared. None at all tells of nobody."""
_NO_END = 10**9


class Hidden(StrEnum):
    """Why a count is not shown."""

    SMALL = "under 5"
    BESIDE = "hidden"
    """Shown, it would give a small one back."""


class Sum(Model):
    """A count that is the sum of others; the counts of all sums together form no circle."""

    total: str
    parts: tuple[str, ...]

    @property
    def counts(self) -> tuple[str, ...]:
        """The total and its parts."""
        return (self.total, *self.parts)


def hide(counts: Mapping[str, int], sums: Sequence[Sum]) -> dict[str, Hidden]:
    """What is hidden of some counts, and why: few more than have to be, the smaller rather than the larger.

    Args:
        counts: By name, none negative.
        sums: Which of them add up to which.
    """
    hidden = {name: Hidden.SMALL for name, count in counts.items() if count in SMALL}
    while given_away(counts, sums, hidden):
        # Next to what is hidden already, so that it helps: only what shares a sum can give it back.
        near = {name for each in sums if any(one in hidden for one in each.counts) for name in each.counts}
        open_ = [name for name in near if name not in hidden and counts[name]]
        if not open_:
            # So few that what is none gives the rest away: then none is not told from few.
            hidden |= {name: Hidden.SMALL for name in near if name not in hidden}
            break
        hidden[min(open_, key=lambda name: (counts[name], name))] = Hidden.BESIDE
    for name in sorted(hidden, key=lambda name: (-counts[name], name)):
        fewer = {each: why for each, why in hidden.items() if each != name}
        if hidden[name] is Hidden.BESIDE and not given_away(counts, sums, fewer):
            hidden = fewer
    return hidden


def given_away(counts: Mapping[str, int], sums: Sequence[Sum], hidden: Mapping[str, Hidden]) -> tuple[str, ...]:
    """Which small counts a reader can work out all the same."""
    spans = can_be(counts, sums, hidden)
    return tuple(name for name, why in hidden.items() if why is Hidden.SMALL and spans[name][0] == spans[name][1])


def can_be(counts: Mapping[str, int], sums: Sequence[Sum], hidden: Mapping[str, Hidden]) -> dict[str, tuple[int, int]]:
    """What each count can be, at least and at most, as far as a reader can tell from what is shown and how.

    Sums without a circle among them are a tree, in which narrowing each span by the others of its sum, until nothing
    moves, is exact.
    """
    least_small = min((counts[name] for name, why in hidden.items() if why is Hidden.SMALL), default=SMALL[0])
    marks = {Hidden.SMALL: (min(least_small, SMALL[0]), SMALL[-1]), Hidden.BESIDE: (SMALL[-1] + 1, _NO_END)}
    spans = {name: marks[hidden[name]] if name in hidden else (count, count) for name, count in counts.items()}
    moved = True
    while moved:
        moved = False
        for each in sums:
            for name in each.counts:
                low, high = spans[name]
                least, most = _from_the_others(name, each, spans)
                new = max(low, least), min(high, most)
                if new != (low, high):
                    spans[name], moved = new, True
    return spans


def _from_the_others(name: str, each: Sum, spans: Mapping[str, tuple[int, int]]) -> tuple[int, int]:
    others = [spans[part] for part in each.parts if part != name]
    least, most = sum(low for low, _ in others), sum(high for _, high in others)
    if name == each.total:
        return least, most
    low, high = spans[each.total]
    return low - most, high - least
