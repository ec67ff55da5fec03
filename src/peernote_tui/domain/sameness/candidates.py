"""Who of everybody comes into question as the same person as a new record; quick enough to be asked at every key."""

from __future__ import annotations

from heapq import nlargest

from peernote_tui.domain.finding.asking import Word
from peernote_tui.domain.finding.index import PeopleIndex
from peernote_tui.domain.finding.weighing import MISSED_WORD, word_weights
from peernote_tui.domain.sameness.commonness import Commonness
from peernote_tui.domain.sameness.traits import BirthDate, Traits

# What the number of equal parts of two birth dates is worth beside names; half of a sum is known to be off.
_EQUAL_PARTS = (-4.0, -2.0, 4.0, 9.0)
_SAME_NUMBER = 8.0
_MOST_WORDS = 8


def commonness_in(index: PeopleIndex) -> Commonness:
    """How common the words of names are among everybody; kept until the index changes."""
    kept: Commonness | None = index.understood.get(Commonness)
    if kept is not None:
        return kept

    def having(word: str) -> int:
        number = index.number_of_word(word)
        return 0 if number is None else len(index.having(number, around=False))

    def called(name: tuple[str, ...]) -> int:
        return sum(1 for _ in index.called(" ".join(name)))

    made = index.understood[Commonness] = Commonness(len(index), having, called)
    return made


def candidates(index: PeopleIndex, traits: Traits, *, most: int = 24) -> list[str]:
    """The ids of those who come into question, the likeliest first.

    Args:
        index: Everybody.
        traits: What is known of the new record.
        most: How many to give.
    """
    scores: dict[int, float] = {}
    every = list(dict.fromkeys(word for name in traits.names for word in name.words))[:_MOST_WORDS]
    for word in every:
        for person, says in word_weights(index, Word((word,), last=False), around=False).items():
            scores[person] = scores.get(person, 0.0) + says - MISSED_WORD
    for numbers, texts in ((traits.phones, index.phones), (traits.ids, index.ids)):
        for number in numbers:
            for person, text in enumerate(texts):
                if number in text:
                    scores[person] = scores.get(person, 0.0) + _SAME_NUMBER
    if traits.born is not None:
        for person in scores:
            scores[person] += _birth_score(traits.born, index.born[person])
    found = (index.people[person] for person in nlargest(most, scores, key=lambda person: scores[person]))
    return [person.id for person in found if person is not None]


def _birth_score(born: BirthDate, text: str) -> float:
    if not text:
        return 0.0
    year = text[:4] == f"{born.year:04}"
    if not born.month or len(text) == 4:
        return 2.0 if year else 0.0
    month, day = f"{born.month:02}", f"{born.day:02}"
    if text[5:] == f"{day}-{month}":
        return _EQUAL_PARTS[year + 2]
    return _EQUAL_PARTS[year + (text[5:7] == month) + (text[8:] == day)]
