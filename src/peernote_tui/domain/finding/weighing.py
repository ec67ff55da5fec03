"""How much each part of a query says for each person: logarithms of likelihood ratios."""

from __future__ import annotations

from collections.abc import Iterable
from math import exp, log

from peernote_tui.domain.finding.asking import BirthDay, Number, Part, Word
from peernote_tui.domain.finding.index import PeopleIndex
from peernote_tui.domain.finding.wording import words_like
from peernote_tui.domain.names.likeness import Way

Weights = dict[int, float]
"""What a part says for each person, by their number; who is not in it is missed by it."""

ENOUGH = 1.0
"""What all parts together must say for a person before it is sure enough that they can be meant."""
MISSED_WORD, MISSED_NUMBER, MISSED_BIRTH = -5.0, -6.0, -3.5
# A slip in a short word leaves nothing to know it by.
_MISSED_SHORT = {1: -3.5, 2: -3.5, 3: -4.5}
_SURE = log(0.8)
_PER_SLIP = 2.0
# What a vault of a few people cannot show: how common such a word is among people at large.
_AT_LARGE = 400
_MOST_TELLING = 12
"""Digits beyond which a longer number says no more."""
_LETTER_TELLS = 1.7
_SLIP_TAKES = 1.7
_INITIALS = 0.02
_MOST_INITIALS = 4
# From here on a sign is a syllable or a word rather than a letter.
_ALPHABETS = "\u2e80"
_SAME_ID, _ID_PART, _ID_INSIDE = 0.5, 0.3, 0.1
_PHONE_END, _PHONE_PART = 0.5, 0.15
_SAME_BIRTH, _NEAR_BIRTH = 0.9, 0.05
_YEAR_BEGUN = 0.3
_LEAST_RUN = 3


def weigh(index: PeopleIndex, part: Part, *, around: bool, alone: bool = False) -> tuple[Weights, float]:
    """What one part says for everybody it fits, and for all others.

    Args:
        index: Everybody.
        part: A part of a query.
        around: Whether the people around somebody count.
        alone: Whether there is no other part; who was born nearly then is not meant where somebody was.
    """
    if isinstance(part, Word):
        return word_weights(index, part, around=around, least=ENOUGH if alone else MISSED_WORD), _MISSED_SHORT.get(
            len(part.spellings[0]), MISSED_WORD
        )
    if isinstance(part, BirthDay):
        return _birth_weights(index, part.days, alone=alone), MISSED_BIRTH
    weights = _number_weights(index, part, around=around)
    missed = MISSED_NUMBER
    if part.year:
        missed = MISSED_BIRTH
        _add_better(weights, _birth_weights(index, frozenset({part.year}), alone=alone))
    if part.word is not None:
        _add_better(weights, word_weights(index, part.word, around=around))
    return weights, missed


def word_weights(index: PeopleIndex, word: Word, *, around: bool, least: float = MISSED_WORD) -> Weights:
    """What a word of a name says: the nearer and the rarer, the more."""
    weights: Weights = {}
    total, so_far = len(index) + _AT_LARGE, 0
    likes = words_like(index, word)
    letters = sum(3 if sign > _ALPHABETS else 1 for sign in word.spellings[0])
    place = 0
    while place < len(likes):
        first, having = likes[place], []
        while place < len(likes) and likes[place][:2] == first[:2]:
            having.append(index.having(likes[place].word, around=False))
            if around:
                having.append(index.having(likes[place].word, around=True))
            place += 1
        so_far += sum(map(len, having))
        by_chance = exp(-_LETTER_TELLS * max(0.0, letters - _SLIP_TAKES * (first.cost - first.beginning)))
        said = _SURE - _PER_SLIP * first.cost - log((so_far + _AT_LARGE * by_chance) / total)
        if first.way is Way.SAME:
            said = max(said, ENOUGH)
        if said < least:
            break
        for people in having:
            for person in people:
                if person not in weights:
                    weights[person] = said
    if 2 <= len(word.spellings[0]) <= _MOST_INITIALS:
        initialled = _graded(index, [(_INITIALS, list(index.with_initials(word.spellings[0])))], 2)
        _add_better(weights, {person: max(said, ENOUGH) for person, said in initialled.items()})
    return weights


def _number_weights(index: PeopleIndex, number: Number, *, around: bool) -> Weights:
    text, run = number.text, number.digits
    short = list(index.with_short_id(text)) if text == run else []
    if len(text) < _LEAST_RUN and text == run:
        return _graded(index, [(_ID_PART, short)], len(text))
    ids = index.containing("ids", text)
    same = [each for each in ids if text in index.ids[each].split()]
    if len(text) < _LEAST_RUN:
        return _graded(index, [(_SAME_ID, same)], len(text))
    ends = [each for each in ids if index.ids[each].startswith(text) or index.ids[each].endswith(text)]
    weights = _graded(index, [(_SAME_ID, same), (_ID_PART, ends + short), (_ID_INSIDE, ids)], len(text))
    if text == run:
        if len(run) == 3 and run[:2] in ("19", "20"):
            years = [each for digit in "0123456789" for each in index.born_in(run + digit)]
            _add_better(weights, _graded(index, [(_YEAR_BEGUN, years)], 1))
        phones = index.containing("phones", run)
        if around:
            phones += index.containing("phones_around", run)
        ends = [each for each in phones if index.phones[each].endswith(run)]
        _add_better(weights, _graded(index, [(_PHONE_END, ends), (_PHONE_PART, phones)], len(run)))
    return weights


def _birth_weights(index: PeopleIndex, days: frozenset[str], *, alone: bool) -> Weights:
    """What a birth date or year says; a wrong digit is forgiven, and who was born on no known day is not ruled out."""
    born, years = index.born, {day[:4] for day in days}
    in_years = [each for year in years for each in index.born_in(year)]
    if years == days:
        same = in_years
        slipped = {near for year in years for near in _slipped(year)} | {str(int(year) + 1) for year in years}
        near = [each for year in slipped for each in index.born_in(year)]
    else:
        same = [each for each in in_years if born[each] in days or born[each] in years]
        slipped = {near for day in days for near in _slipped(day)}
        others = {day[:4] for day in slipped} - years
        near = in_years + [each for year in others for each in index.born_in(year) if born[each] in slipped]
    weights = dict.fromkeys(index.born_in(""), 0.0)
    weights.update(_graded(index, [(_SAME_BIRTH, same), (_NEAR_BIRTH, [] if alone and same else near)], 2))
    return weights


def _slipped(day: str) -> set[str]:
    """A year or day with one digit wrong or two swapped, or day and month swapped, though there be no such day."""
    found = set()
    for place, digit in enumerate(day):
        if digit == "-":
            continue
        found |= {day[:place] + other + day[place + 1 :] for other in "0123456789"}
        after = place + 1 + (day[place + 1 : place + 2] == "-")
        if after < len(day):
            found.add(day[:place] + day[after] + day[place + 1 : after] + digit + day[after + 1 :])
    if len(day) == 10:
        found.add(f"{day[:5]}{day[8:]}-{day[5:7]}")
    return found


def _graded(index: PeopleIndex, grades: Iterable[tuple[float, list[int]]], length: int) -> Weights:
    """Weights by grades, the best first: how probable the grade is when the person is meant, and who has it."""
    weights: Weights = {}
    total = len(index) + _AT_LARGE
    for probable, people in grades:
        fresh = [each for each in people if each not in weights]
        said = log(probable * total / (len(weights) + len(fresh) + _AT_LARGE * 0.1 ** min(length, _MOST_TELLING)))
        weights.update(dict.fromkeys(fresh, said))
    return weights


def _add_better(weights: Weights, others: Weights) -> None:
    for person, said in others.items():
        if said > weights.get(person, MISSED_NUMBER):
            weights[person] = said
