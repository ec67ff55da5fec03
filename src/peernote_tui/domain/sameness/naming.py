"""What two names say about whether they are of one person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from math import exp, log
from typing import NamedTuple

from peernote_tui.domain.names.likeness import Way, apart
from peernote_tui.domain.names.short_forms import used_for
from peernote_tui.domain.names.slips import Pattern
from peernote_tui.domain.names.sounding import sound_keys
from peernote_tui.domain.sameness.commonness import Commonness
from peernote_tui.domain.sameness.traits import FullName

# How probable it is that a word of the same person's name is the same, or so many slips away.
_SAME, _SHORT, _SLIPPED, _PER_SLIP = 0.8, 0.12, 0.3, 1.1
# Two words get alike by chance the sooner, the fewer letters they have and the more slips are forgiven.
_LETTER_TELLS, _SLIP_TAKES = 1.5, 1.7
_NEIGHBOURS = 0.5
_LEAST_ALIKE = -2.0
_OTHER_GIVEN, _OTHER_FAMILY = -6.0, -4.0
_LEFT_OUT, _LEFT_OUT_AGAIN = -1.8, -0.3
_FIRST_LEFT_OUT = -2.0
_OTHER_SUFFIX, _SUFFIX_LEFT_OUT = -8.0, -0.5
_ALIKE_ENOUGH = 0.45
# Before slips are weighed: so many letters of the longer word differ that it can be no slip.
_TOO_FAR = 0.6
_ALPHABETS = "\u2e80"
_DIMINUTIVE = re.compile("(?:ie|ey|[iys])$")
_LEAST_STEM, _MOST_SHORT = 3, 0.75


class WordSays(NamedTuple):
    """What a pair of words says, and in what way they are alike; None when they are not."""

    weight: float
    way: Way | None


@dataclass(frozen=True, slots=True)
class NameSays:
    """What a pair of names says.

    Attributes:
        weight: Logarithm of the likelihood ratio.
        ways: How the words that are alike are so.
        other_given: The given names are different ones.
        whole: Every word has its like, or every one of the shorter name, when it has at least two.
        parted: Both have words that the other has no like of.
    """

    weight: float
    ways: tuple[Way, ...] = ()
    other_given: bool = False
    whole: bool = False
    parted: bool = False


def names_say(one: tuple[FullName, ...], other: tuple[FullName, ...], commonness: Commonness) -> NameSays:
    """What the names of two people say: those two of them that say most."""
    if not one or not other:
        return NameSays(0.0)
    best = NameSays(_OTHER_GIVEN + _OTHER_FAMILY, other_given=True)
    # In one order, so that it is the same both ways round where two pairings say as much.
    one, other = sorted((one, other), key=lambda names: [(name.words, name.suffix) for name in names])
    for mine, theirs in product(one, other):
        for left, right in _groupings(mine.words, theirs.words):
            says = _paired(left, right, commonness)
            if says.weight > 0:
                more = min(commonness.together(mine.words), commonness.together(theirs.words))
                says = replace(says, weight=says.weight + more)
            if mine.suffix != theirs.suffix:
                more = _OTHER_SUFFIX if mine.suffix and theirs.suffix else _SUFFIX_LEFT_OUT
                says = replace(says, weight=says.weight + more)
            if says.weight > best.weight:
                best = says
    return best


def most_names_say(names: tuple[FullName, ...], commonness: Commonness) -> float:
    """What the names of somebody say at most, compared with whatever other; names without a letter say nothing."""
    return max(
        (
            sum(_halved(sorted((words_say(word, word, commonness).weight for word in name.words), reverse=True)))
            for name in names
        ),
        default=0.0,
    )


def words_say(one: str, other: str, commonness: Commonness) -> WordSays:
    """What two folded words of names say."""
    pair = (one, other) if one <= other else (other, one)
    known = commonness.compared.get(pair)
    if known is None:
        known = _compared(*pair, commonness)
        commonness.keep(pair, known)
    return known  # type: ignore[return-value]  # kept as an object, untyped


def _compared(one: str, other: str, commonness: Commonness) -> WordSays:
    share = max(commonness.share(one), commonness.share(other))
    if one == other:
        return WordSays(log(_SAME / share), Way.SAME)
    if len(one) == 1 and one < _ALPHABETS:
        return WordSays(0.0, Way.SHORT) if other.startswith(one) else WordSays(_LEAST_ALIKE, None)
    longest = max(len(one), len(other))
    if (
        Pattern(one).distances(other)[0] > _TOO_FAR * longest
        and other not in used_for(one)
        and set(sound_keys(one)).isdisjoint(sound_keys(other))
        and not _shortened(one, other)
    ):
        return WordSays(_LEAST_ALIKE, None)
    slips, way = apart(one, other)
    if way is Way.CLOSE and _shortened(one, other):
        way = Way.SHORT
    length = min(len(one), len(other))
    if way is Way.CLOSE and slips > max(0.8, _ALIKE_ENOUGH * longest):
        return WordSays(_LEAST_ALIKE, None)
    if way is Way.CLOSE and _two_names(one, other) and commonness.are_names(one, other):
        return WordSays(_LEAST_ALIKE, None)
    same = _SHORT if way is Way.SHORT else _SLIPPED * exp(-_PER_SLIP * max(0.0, slips - 0.6))
    by_chance = exp(-_LETTER_TELLS * max(0.0, length - _SLIP_TAKES * slips))
    weight = log(same / min(1.0, _NEIGHBOURS * share + by_chance))
    return WordSays(max(weight, _LEAST_ALIKE), way)


def _shortened(one: str, other: str) -> bool:
    """Whether one word is the beginning of the other as a short form is made of it: Andi of Andreas, Sus of Susanne."""
    short, full = sorted((one, other), key=len)
    stem = _DIMINUTIVE.sub("", short)
    return len(stem) >= _LEAST_STEM and len(short) <= _MOST_SHORT * len(full) and full.startswith(stem)


def _two_names(one: str, other: str) -> bool:
    """Whether words that people have as names are rather two names than a slip: Marta and Maria, Daniel and Daniela."""
    return len(one) == len(other) or abs(len(one) - len(other)) > 1 or (one[-1] in "aeio") != (other[-1] in "aeio")


def _paired(left: tuple[str, ...], right: tuple[str, ...], commonness: Commonness) -> NameSays:
    """Pair the words, those that say most first; what has no like speaks against."""
    left, right = sorted((left, right))
    found = [
        (says, i, j)
        for i, mine in enumerate(left)
        for j, theirs in enumerate(right)
        if (says := words_say(mine, theirs, commonness)).way is not None
    ]
    found.sort(key=lambda pair: (-pair[0].weight, abs(pair[1] - pair[2]), pair[1], pair[2]))
    paired: dict[int, int] = {}
    weights: list[float] = []
    ways = []
    for says, i, j in found:
        if i not in paired and j not in paired.values():
            paired[i] = j
            weights.append(says.weight)
            ways.append(says.way)
    weight = sum(_halved(weights))
    alone, alone_too = len(left) - len(paired), len(right) - len(paired)
    other_given = False
    if alone and alone_too:
        other_given = paired.get(0) != 0
        weight += _OTHER_GIVEN if other_given else _OTHER_FAMILY
        weight += _OTHER_FAMILY * (min(alone, alone_too) - 1)
    more = abs(alone - alone_too)
    if more and not (alone and alone_too):
        longer = set(range(len(left))) - set(paired) if alone else set(range(len(right))) - set(paired.values())
        if 0 in longer and len(paired) > 1:
            weight += _FIRST_LEFT_OUT
    if more:
        weight += _LEFT_OUT + _LEFT_OUT_AGAIN * (more - 1)
    whole = not min(alone, alone_too) and (len(paired) > 1 or not more)
    return NameSays(
        weight, tuple(way for way in ways if way is not None), other_given, whole, bool(alone and alone_too)
    )


def _halved(weights: list[float]) -> list[float]:
    """Words beyond two count half: the further names of somebody often come with the first."""
    return [weight if place < 2 or weight < 0 else weight / 2 for place, weight in enumerate(weights)]


def _groupings(one: tuple[str, ...], other: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The words as they are, and where one name has more of them, two neighbours written as one."""
    yield one, other
    if len(one) > len(other):
        for joined in _joined(one):
            yield joined, other
    elif len(other) > len(one):
        for joined in _joined(other):
            yield one, joined


def _joined(name: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for place in range(len(name) - 1):
        yield (*name[:place], name[place] + name[place + 1], *name[place + 2 :])
