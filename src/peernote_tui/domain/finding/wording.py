"""The words of names that a typed word may mean, the nearest first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from peernote_tui.domain.finding.asking import Word
from peernote_tui.domain.finding.index import PeopleIndex
from peernote_tui.domain.names.likeness import NOT_ALIKE, Way, sound_apart
from peernote_tui.domain.names.short_forms import names_beginning, used_for
from peernote_tui.domain.names.slips import Pattern, slipped, slips
from peernote_tui.domain.names.sounding import sounds

HALF_TYPED, SHORTENED = 0.4, 0.8
"""Slips that the beginning of a word is away from it: where it may be half typed, and elsewhere."""
_MOST_COMPARED = 400
_MOST_WEIGHED = 50
_MOST_HEARD = 60
_LEAST_LETTERS = 3
_SPOKEN_BEGINNING = 0.6
_SPOKEN_SLIPS = 1.25


class Like(NamedTuple):
    """A word of somebody's name that is like a typed one: how many slips away, and in what way."""

    cost: float
    """In slips, with `beginning`."""
    beginning: float
    """The part of it for being only the beginning of a word; 0 where the whole word is meant."""
    word: int
    way: Way


def words_like(index: PeopleIndex, word: Word) -> tuple[Like, ...]:
    """Every word of a name that a typed word may mean, the nearest first; kept until the index changes."""
    known: tuple[Like, ...] | None = index.understood.get(word)
    if known is None:
        if len(index.understood) > 500:
            index.understood.clear()
        nearest: dict[int, Like] = {}
        for spelling in word.spellings:
            for like in _like(index, spelling, last=word.last):
                if like.word not in nearest or like < nearest[like.word]:
                    nearest[like.word] = like
        known = index.understood[word] = tuple(sorted(nearest.values()))
    return known


def likes_by_word(index: PeopleIndex, word: Word) -> dict[int, Like]:
    """The same by the numbers of the words; kept as long."""
    key = ("by word", word)
    known: dict[int, Like] | None = index.understood.get(key)
    if known is None:
        known = index.understood[key] = {like.word: like for like in words_like(index, word)}
    return known


def _like(index: PeopleIndex, text: str, *, last: bool) -> list[Like]:
    whole = index.number_of_word(text)
    beginning = HALF_TYPED if last else SHORTENED
    found = [
        Like(0.0, 0.0, word, Way.SAME) if word == whole else Like(beginning, beginning, word, Way.SAME)
        for word in index.beginning(text)
    ]
    found += _other_forms(index, text, 0.0)
    if len(text) >= _LEAST_LETTERS:
        known = {like.word for like in found}
        found += _heard(index, text, known, last=last)
        found += _mistyped(index, text, known, beginning)
        if len(text) == _LEAST_LETTERS:
            found += _begun_wrong(index, text, beginning)
    if last and len(text) > _LEAST_LETTERS:
        for name in names_beginning(text):
            found += _other_forms(index, name, beginning)
    return found


def _other_forms(index: PeopleIndex, text: str, beginning: float) -> Iterator[Like]:
    for other, cost in used_for(text).items():
        word = index.number_of_word(other)
        if word is not None:
            heard = sound_apart(text, other)
            yield Like(min(heard, cost) + beginning, beginning, word, Way.SOUND if heard < NOT_ALIKE else Way.SHORT)


def _heard(index: PeopleIndex, text: str, known: set[int], *, last: bool) -> Iterator[Like]:
    for sound in sounds(text):
        if not sound.key:
            continue
        for word in index.sounding(sound.key, begins=False)[:_MOST_HEARD]:
            cost = NOT_ALIKE if word in known else sound_apart(text, index.text(word))
            if cost <= len(text) / 2:
                yield Like(cost, 0.0, word, Way.SOUND)
        if last and len(sound.key) > 1:
            for word in index.sounding(sound.key, begins=True)[:_MOST_HEARD]:
                if word not in known:
                    cost = min(
                        slips(sound.spoken, other.spoken, begins=True)
                        for other in sounds(index.text(word))
                        if other.key.startswith(sound.key)
                    )
                    if cost <= _SPOKEN_SLIPS:
                        yield Like(cost + _SPOKEN_BEGINNING + HALF_TYPED, HALF_TYPED, word, Way.SOUND)


def _mistyped(index: PeopleIndex, text: str, known: set[int], beginning: float) -> list[Like]:
    length = len(text)
    most, most_begun = _most_slips(length)
    if not most:
        return []
    shared = index.sharing_pairs(text)
    least = max(1, length - 2 * most - 1)
    close = [word for word, count in shared.items() if count >= least and word not in known]
    while len(close) > _MOST_COMPARED:
        least += 1
        close = [word for word in close if shared[word] >= least]
    pattern = Pattern(text)
    nearest = []
    for word in close:
        whole, begun = pattern.distances(index.text(word))
        if whole <= most or begun <= most_begun:
            nearest.append((min(whole, begun + beginning), word, whole <= most, begun <= most_begun))
    found = []
    for _, word, whole_may, begun_may in sorted(nearest)[:_MOST_WEIGHED]:
        other = index.text(word)
        if whole_may:
            found.append(Like(slips(text, other), 0.0, word, Way.CLOSE))
        if begun_may and (not whole_may or len(other) > length):
            found.append(Like(slips(text, other, begins=True) + beginning, beginning, word, Way.CLOSE))
    return found


def _begun_wrong(index: PeopleIndex, text: str, beginning: float) -> Iterator[Like]:
    """Words that begin with three letters that are one slip away: too short for pairs of letters to tell."""
    for near, cost in slipped(text).items():
        for word in index.beginning(near):
            yield Like(cost + beginning, beginning, word, Way.CLOSE)


def _most_slips(length: int) -> tuple[int, int]:
    """How many slips are forgiven in a word of that many letters, and in the beginning of a longer one."""
    if length < 4:
        return 1, 0
    if length < 6:
        return 2, 1
    return (3, 2) if length < 9 else (4, 3)
