"""How alike two names are, and in what way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from peernote_tui.domain.names.folding import fold, spelt_out, words
from peernote_tui.domain.names.short_forms import used_for
from peernote_tui.domain.names.slips import slips
from peernote_tui.domain.names.sounding import sounds

LONGEST_WORD = 40
"""Letters of a word that are compared; names are shorter."""
_SAME_SOUND = 0.5
_SAME_FRAME = 0.4
_MOST_WORDS = 8
NOT_ALIKE = 99.0
"""Slips between words that do not sound alike at all."""


class Way(StrEnum):
    """How a word is like another."""

    SAME = "same"
    SOUND = "sounds alike"
    SHORT = "short form"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are: `degree` from 0 to 1, and the `way` of the word that is least alike."""

    degree: float
    way: Way


@lru_cache(maxsize=8192)
def apart(one: str, other: str) -> tuple[float, Way]:
    """How far two folded words are from each other in slips, by the nearest way; the same both ways round."""
    if one == other:
        return 0.0, Way.SAME
    if one > other:
        one, other = other, one
    one, other = one[:LONGEST_WORD], other[:LONGEST_WORD]
    best, way = min(slips(one, other), slips(other, one)), Way.CLOSE
    short = used_for(one).get(other, NOT_ALIKE)
    if short < best:
        best, way = short, Way.SHORT
    heard = sound_apart(one, other)
    if heard < best or (way is Way.SHORT and heard < NOT_ALIKE):
        return min(heard, best), Way.SOUND
    return best, way


def sound_apart(one: str, other: str) -> float:
    """How far two folded words are from each other when heard, in slips; 99 when they do not sound alike."""
    best = NOT_ALIKE
    for sound in sounds(one):
        for heard in sounds(other):
            if sound.spoken == heard.spoken:
                return _SAME_SOUND
            if sound.key == heard.key:
                said, other_said = sound.spoken, heard.spoken
                best = min(best, _SAME_FRAME + min(slips(said, other_said), slips(other_said, said)))
    return best


def alike(one: str, other: str) -> Likeness:
    """How alike two whole names are: words in any order, typing mistakes, sound, short forms, words left out.

    1 is the same name, from about 0.85 on the same person may be meant. It is the same both ways round.
    """
    if fold(one) == fold(other):
        return Likeness(1.0, Way.SAME)
    left, right = words(one)[:_MOST_WORDS], words(other)[:_MOST_WORDS]
    if not left or not right:
        return Likeness(0.0, Way.CLOSE)
    likeness = max(
        (_aligned(mine, theirs) for mine in _spellings(one, left) for theirs in _spellings(other, right)),
        key=lambda found: found.degree,
    )
    if len(left) != len(right) and "".join(left) == "".join(right):
        likeness = max(likeness, Likeness(0.97, Way.CLOSE), key=lambda found: found.degree)
    return likeness


def word_degree(one: str, other: str) -> tuple[float, Way]:
    """How alike two folded words are, from 0 to 1, and in what way."""
    distance, way = apart(one, other)
    length = max(len(one), len(other), 3 if (one + other).isascii() else 1)
    if way in (Way.SHORT, Way.SOUND):
        # Heard or short forms may share few letters.
        length = max(length, 6)
    return max(0.0, 1 - distance / length), way


def _spellings(name: str, plain: list[str]) -> list[list[str]]:
    """The words as they are, and with dotted letters spelt out."""
    spelt = plain if name.isascii() else words(spelt_out(name))[:_MOST_WORDS]
    return [plain] if spelt == plain else [plain, spelt]


def _aligned(left: list[str], right: list[str]) -> Likeness:
    """Pair the words greedily, the most alike first; what is left over of the longer name costs a little."""
    pairs = sorted(
        ((*word_degree(mine, theirs), -i, -j) for i, mine in enumerate(left) for j, theirs in enumerate(right)),
        key=lambda pair: (pair[0], pair[2] + pair[3], pair[1]),
        reverse=True,
    )
    used_left: set[int] = set()
    used_right: set[int] = set()
    total = weight = 0.0
    worst, way = 2.0, Way.SAME
    for degree, how, i, j in pairs:
        if i in used_left or j in used_right:
            continue
        used_left.add(i)
        used_right.add(j)
        length = len(left[-i]) + len(right[-j])
        total += degree * length
        weight += length
        if degree < worst:
            worst, way = degree, how
    rest = sum(len(word) for place, word in enumerate(left) if -place not in used_left)
    rest += sum(len(word) for place, word in enumerate(right) if -place not in used_right)
    return Likeness(total / (weight + rest / 2), way)
