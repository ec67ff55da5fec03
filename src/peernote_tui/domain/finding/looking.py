"""Looking somebody up: weigh every part of a query, add up, and put the likeliest first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from heapq import nlargest

from peernote_tui.domain.finding.asking import Part, joined, parts_of
from peernote_tui.domain.finding.index import PeopleIndex
from peernote_tui.domain.finding.person import Sought
from peernote_tui.domain.finding.saying import read
from peernote_tui.domain.finding.weighing import ENOUGH, weigh

_LOOKED_AT = 60
_FAR_BEHIND = 9.0


@dataclass(frozen=True, slots=True)
class Found:
    """Who was found: ids, the likeliest first, with the reason in words, and how many there are in all."""

    people: tuple[tuple[str, str], ...]
    total: int


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

    def touched(number: int) -> str:
        person = index.people[number]
        return "" if person is None else person.touched

    parts = parts_of(query, today=today)
    if not parts:
        return Found((), 0)
    totals = _totals(index, parts, around=around)
    asked = {
        number: total
        for number, total in totals.items()
        if total >= ENOUGH and _may_be(index.people[number], archived=archived, among=among)
    }
    if not asked:
        return Found((), 0)
    least = max(asked.values()) - _FAR_BEHIND
    asked = {number: total for number, total in asked.items() if total >= least}
    likely = nlargest(max(_LOOKED_AT, 2 * limit), asked, key=lambda number: (asked[number], touched(number)))
    likely += [number for number in index.called(joined(query)) if number in asked and number not in likely]
    ranked = []
    for number in likely:
        person = index.people[number]
        if person is not None:
            reading = read(index, parts, query, person, around=around)
            ranked.append((asked[number] + reading.more, person.touched, person.id, reading.why))
    ranked.sort(reverse=True)
    return Found(tuple((who, why) for _, _, who, why in ranked[:limit]), len(asked))


def _totals(index: PeopleIndex, parts: tuple[Part, ...], *, around: bool) -> dict[int, float]:
    weighed = [weigh(index, part, around=around, alone=len(parts) == 1) for part in parts]
    if len(weighed) == 1:
        return weighed[0][0]
    missed_all = sum(missed for _, missed in weighed)
    totals: dict[int, float] = {}
    for weights, missed in weighed:
        for number, said in weights.items():
            totals[number] = totals.get(number, missed_all) + said - missed
    return totals


def _may_be(person: Sought | None, *, archived: bool, among: Collection[str] | None) -> bool:
    return person is not None and (archived or not person.archived) and (among is None or person.id in among)
