"""Looking somebody up: weigh every part of a query, add up, and put the likeliest first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from heapq import nlargest

from peernote_tui.domain.finding.asking import Part, joined, parts_of
from peernote_tui.domain.finding.index import PeopleIndex
from peernote_tui.domain.finding.saying import read
from peernote_tui.domain.finding.spacing import respaced
from peernote_tui.domain.finding.weighing import ENOUGH, weigh

# Whoever fits only in part is shown when nobody fits, as long as it may be more than chance.
_HARDLY, _HARDLY_BEHIND = -3.5, 3.0
_PLAIN_ENOUGH = 4.0
_RESPACED = 1.0
_LOOKED_AT = 60
_FAR_BEHIND = 9.0


@dataclass(frozen=True, slots=True)
class Found:
    """Who was found.

    Attributes:
        people: Ids, the likeliest first, each with the reason in words.
        total: How many there are in all.
        sure: Whether somebody fits all that was typed; otherwise only the nearest are given.
    """

    people: tuple[tuple[str, str], ...]
    total: int
    sure: bool = True


def look(
    index: PeopleIndex,
    query: str,
    *,
    today: date,
    limit: int = 20,
    archived: bool = False,
    around: bool = False,
    among: Collection[str] | None = None,
) -> Found:
    """Find the people that a query may mean.

    Args:
        index: Everybody.
        query: Names, parts and beginnings of names, IDs, numbers, birth dates; in any order.
        today: The local day.
        limit: How many to give.
        archived: Whether archived people are found.
        around: Whether a name or number of somebody around a person finds them.
        among: Ids of those who come into question; everybody when None.
    """
    parts = parts_of(query, today=today)
    named = index.called(joined(query))
    if not parts and not named:
        return Found((), 0)

    def rank(number: int) -> tuple[float, str]:
        person = index.people[number]
        return totals[number], "" if person is None else person.touched

    totals, ways = _totals(index, parts, around=around)
    # Whoever is called exactly so is found, however common the words are.
    totals.update(dict.fromkeys(named, max((ENOUGH, *totals.values()))))
    if among is not None or (index.archived and not archived):
        left_out = set() if archived else index.archived
        wanted = set(range(len(index.people))) if among is None else index.numbers_of(among)
        totals = {number: total for number, total in totals.items() if number in wanted and number not in left_out}
    best = max(totals.values(), default=_HARDLY)
    sure = best >= ENOUGH
    fits = sure or len(parts) == 1
    least = max(best - _FAR_BEHIND, ENOUGH) if fits else max(best - _HARDLY_BEHIND, _HARDLY)
    totals = {number: total for number, total in totals.items() if total >= least}
    likely = nlargest(max(_LOOKED_AT, 2 * limit), totals, key=rank)
    likely += [number for number in named if number in totals and number not in likely]
    ranked = []
    for number in likely:
        person = index.people[number]
        assert person is not None  # noqa: S101 nobody may be who is not there
        reading = read(index, ways.get(number, parts), query, person, around=around)
        ranked.append((totals[number] + reading.more, person.touched, person.id, reading.why))
    ranked.sort(reverse=True)
    return Found(tuple((who, why) for _, _, who, why in ranked[:limit]), len(totals), sure)


def _totals(
    index: PeopleIndex, parts: tuple[Part, ...], *, around: bool
) -> tuple[dict[int, float], dict[int, tuple[Part, ...]]]:
    """What the whole query says for each person, and which other way of cutting it says so, where it is another."""
    totals = _summed(index, parts, around=around)
    ways: dict[int, tuple[Part, ...]] = {}
    if max(totals.values(), default=_HARDLY) < _PLAIN_ENOUGH * len(parts):
        for way in respaced(index, parts):
            for number, total in _summed(index, way, around=around).items():
                if total - _RESPACED > totals.get(number, _HARDLY):
                    totals[number] = total - _RESPACED
                    ways[number] = way
    return totals, ways


def _summed(index: PeopleIndex, parts: tuple[Part, ...], *, around: bool) -> dict[int, float]:
    weighed = [weigh(index, part, around=around, alone=len(parts) == 1) for part in parts]
    if len(weighed) == 1:
        return dict(weighed[0][0])
    missed_all = sum(missed for _, missed in weighed)
    totals: dict[int, float] = {}
    for weights, missed in weighed:
        for number, said in weights.items():
            totals[number] = totals.get(number, missed_all) + said - missed
    return totals
