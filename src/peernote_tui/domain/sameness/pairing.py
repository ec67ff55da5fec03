"""All pairs of records that are likely of one person, without comparing everybody with everybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from peernote_tui.domain.names import sound_keys
from peernote_tui.domain.sameness.commonness import Commonness
from peernote_tui.domain.sameness.judging import (
    LIKELY,
    POSSIBLE,
    Likeness,
    Verdict,
    before_looking,
    beside_names,
    judge,
)
from peernote_tui.domain.sameness.naming import most_names_say
from peernote_tui.domain.sameness.traits import Traits

# People who share a key; what more of them share tells nobody apart.
_MOST_ALIKE = 150
_MOST_TOGETHER: dict[str | int, int] = {"word": 12, "year": 60}
Key = tuple[str | int, ...]
"""The kind of a key, and what it is made of."""


class Pair(NamedTuple):
    """Two records, by their place in the list, and how likely they are of one person."""

    one: int
    other: int
    likeness: Likeness


def likely_pairs(people: Sequence[Traits], commonness: Commonness, *, possible: bool = False) -> Iterator[Pair]:
    """The pairs that are likely of one person, in no order.

    Only those are compared that share a key: both names by sound; a name by sound with a part of the birth date;
    a rare word; the birth date; a number.

    Args:
        people: Everybody.
        commonness: How common the words of names are among them.
        possible: Whether pairs that are only possible are given, too.
    """
    wanted = {Verdict.LIKELY, Verdict.POSSIBLE} if possible else {Verdict.LIKELY}
    together: dict[Key, list[int]] = defaultdict(list)
    for place, traits in enumerate(people):
        for key in _keys(traits):
            together[key].append(place)
    compared: set[tuple[int, int]] = set()
    for key, group in together.items():
        if 1 < len(group) <= _MOST_TOGETHER.get(key[0], _MOST_ALIKE):
            compared.update(combinations(group, 2))
    most = [most_names_say(traits.names, commonness) for traits in people]
    least = (POSSIBLE if possible else LIKELY) - before_looking(commonness)
    for one, other in compared:
        mine, theirs = people[one], people[other]
        beside = beside_names(mine, theirs)
        # Most pairs share a key by chance only, and names are the dear part of the comparison.
        if min(most[one], most[other]) + beside.weight >= least:
            found = judge(mine, theirs, commonness, beside)
            if found.verdict in wanted:
                yield Pair(one, other, found)


def _keys(traits: Traits) -> set[Key]:
    born = traits.born
    keys: set[Key] = {("id", each) for each in traits.ids}
    keys |= {("phone", each) for each in traits.phones}
    keys |= {("email", each) for each in traits.emails}
    if born is not None and born.month:
        keys.add(("born", born.year, *sorted((born.month, born.day))))
    for name in traits.names:
        heard = [sound_keys(word) or (word,) for word in name.words]
        for frames, other_frames in combinations(heard, 2):
            keys |= {("names", *sorted((one, other))) for one in frames for other in other_frames}
        keys |= {("word", word) for word in name.words}
        if len(name.words) > 1:
            keys |= {("joined", name.words[at] + name.words[at + 1]) for at in range(len(name.words) - 1)}
        keys |= {("joined", word) for word in name.words}
        if born is None:
            continue
        for frame in {frame for frames in heard for frame in frames}:
            keys.add(("year", frame, born.year))
            if born.month:
                keys |= {("day", frame, *sorted((born.month, born.day)))}
                keys |= {("part", frame, born.year, born.month), ("part", frame, born.year, -born.day)}
    return keys
