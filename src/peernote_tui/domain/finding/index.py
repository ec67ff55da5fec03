"""The words of all people, kept so that those like a typed word are found within a frame."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any

from peernote_tui.domain.finding.person import Sought, bare, digits
from peernote_tui.domain.names import fold, other_forms, short_name, sound_keys, words

LONGEST_WORD = 40
_LAST = "\U0010ffff"
_MANY = 1000
_BEFORE_NUMBER = "abcdefghijklmnopqrstuvwxyz0"
_NOBODY: array[int] = array("I")


class PeopleIndex:
    """Everybody who can be found. People and words are known by small numbers.

    Words lie in three orders: sorted for beginnings, by their pairs of letters for slips, and by the frames of their
    sound. A word is kept once, however many people have it.

    Attributes:
        people: By number; None where somebody was taken out.
        phones: The digits of each person's phones, by number, a space between two.
        ids: Their IDs without punctuation, likewise.
        phones_around: The digits of the phones of the people around them, likewise.
        archived: Numbers of those who are archived.
        born: Their birth dates or years, by number.
        understood: What words of a query were found to be like; emptied by every change.
    """

    def __init__(self) -> None:
        self.people: list[Sought | None] = []
        self.phones: list[str] = []
        self.ids: list[str] = []
        self.phones_around: list[str] = []
        self.born: list[str] = []
        self.archived: set[int] = set()
        self.understood: dict[Any, Any] = {}
        self._numbers: dict[str, int] = {}
        self._free: list[int] = []
        self._words: dict[str, int] = {}
        self._texts: list[str] = []
        self._having: list[array[int]] = []
        self._around: list[array[int]] = []
        self._free_words: list[int] = []
        self._pairs: dict[str, array[int]] = {}
        self._frames: dict[str, array[int]] = {}
        self._wholes: dict[str, array[int]] = {}
        self._initials: dict[str, array[int]] = {}
        self._in_lists: dict[str, array[int]] = {}
        self._short_ids: dict[str, array[int]] = {}
        self._born_in: dict[str, array[int]] = {}
        self._together: dict[str, tuple[str, list[int]]] = {}
        self._sorted_words: list[str] = []
        self._sorted_frames: list[str] = []

    def __len__(self) -> int:
        return len(self._numbers)

    def __contains__(self, participant_id: object) -> bool:
        return participant_id in self._numbers

    def put(self, person: Sought) -> None:
        """Add somebody, or replace what was known of them."""
        known = self._numbers.get(person.id)
        before = None if known is None else self.people[known]
        if known is not None and before is not None and before.words == person.words:
            self._set(known, person)
            return
        self.remove(person.id)
        self.understood.clear()
        if self._free:
            number = self._free.pop()
        else:
            number = len(self.people)
            self.people.append(None)
            for numbers in (self.phones, self.ids, self.phones_around, self.born):
                numbers.append("")
        self._numbers[person.id] = number
        self.born[number] = ""
        self._born_in.setdefault("", array("I")).append(number)
        self._set(number, person)
        self._together.clear()
        self.phones[number] = _joined(digits(phone) for phone in person.phones)
        self.ids[number] = _joined(bare(each) for each in person.ids)
        self.phones_around[number] = _joined(digits(one.phone) for one in person.around)
        for having, found in ((self._having, _words_of(person)), (self._around, _words_around(person))):
            for word in found:
                having[self._word(word)].append(number)
        for table, keys in self._tables(person):
            for key in keys:
                table.setdefault(key, array("I")).append(number)

    def remove(self, participant_id: str) -> None:
        """Forget somebody, and the words that only they had."""
        number = self._numbers.pop(participant_id, None)
        person = None if number is None else self.people[number]
        if number is None or person is None:
            return
        self.understood.clear()
        self._together.clear()
        _take(self._born_in, self.born[number][:4], number)
        self.people[number] = None
        self.phones[number] = self.ids[number] = self.phones_around[number] = self.born[number] = ""
        self.archived.discard(number)
        self._free.append(number)
        for having, found in ((self._having, _words_of(person)), (self._around, _words_around(person))):
            for word in found:
                having[self._words[word]].remove(number)
        for word in _words_of(person) | _words_around(person):
            self._drop_unused(word)
        for table, keys in self._tables(person):
            for key in keys:
                _take(table, key, number)

    def number_of(self, participant_id: str) -> int:
        """The number of somebody who is in it."""
        return self._numbers[participant_id]

    def numbers_of(self, participant_ids: Iterable[str]) -> set[int]:
        """The numbers of those of them who are in it."""
        return {self._numbers[each] for each in participant_ids if each in self._numbers}

    def text(self, word: int) -> str:
        """The word of that number."""
        return self._texts[word]

    def having(self, word: int, *, around: bool) -> array[int]:
        """Numbers of the people who have a word in a name of theirs, or with `around` those around them in one."""
        return self._around[word] if around else self._having[word]

    def number_of_word(self, text: str) -> int | None:
        """The number of a word, or None when nobody has it."""
        return self._words.get(text)

    def beginning(self, text: str) -> list[int]:
        """Numbers of the words that begin with a text."""
        if not self._sorted_words:
            self._sorted_words = sorted(self._words)
        found = _between(self._sorted_words, text)
        return [self._words[word] for word in found]

    def sharing_pairs(self, text: str) -> Counter[int]:
        """How many pairs of letters a text has in common with each word that shares one."""
        shared: Counter[int] = Counter()
        for pair in pairs_of(text):
            shared.update(self._pairs.get(pair, _NOBODY))
        return shared

    def sounding(self, frame: str, *, begins: bool) -> list[int]:
        """Numbers of the words with that frame of sound, or one that begins with it."""
        if not begins:
            return list(self._frames.get(frame, _NOBODY))
        if not self._sorted_frames:
            self._sorted_frames = sorted(self._frames)
        return [word for key in _between(self._sorted_frames, frame) for word in self._frames[key]]

    def called(self, folded: str) -> Iterable[int]:
        """Numbers of the people who have exactly this folded name."""
        return self._wholes.get(folded, _NOBODY)

    def called_in_lists(self, folded: str) -> Iterator[Sought]:
        """Everybody who is called so in lists, such as "maria s."."""
        yield from (person for number in self._in_lists.get(folded, _NOBODY) if (person := self.people[number]))

    def with_initials(self, letters: str) -> Iterable[int]:
        """Numbers of the people whose names have these initials."""
        return self._initials.get(letters, _NOBODY)

    def with_short_id(self, text: str) -> Iterable[int]:
        """Numbers of the people with an ID that is this number, letters and noughts before it left out."""
        return self._short_ids.get(text.lstrip("0"), _NOBODY)

    def born_in(self, year: str) -> Iterable[int]:
        """Numbers of the people who were born in that year, or on no known day where it is empty."""
        return self._born_in.get(year, _NOBODY)

    def containing(self, kind: str, run: str) -> list[int]:
        """Numbers of the people in whose `ids`, `phones` or `phones_around` these signs stand side by side."""
        texts: list[str] = getattr(self, kind)
        if kind not in self._together:
            ends = list(accumulate(len(text) + 1 for text in texts))
            self._together[kind] = "\n".join(texts), ends
        together, ends = self._together[kind]
        if together.count(run) > _MANY:
            return [number for number, text in enumerate(texts) if run in text]
        found = []
        place = together.find(run)
        while place >= 0:
            number = bisect_right(ends, place)
            found.append(number)
            place = together.find(run, ends[number])
        return found

    def _set(self, number: int, person: Sought) -> None:
        """Note what is not looked for by words."""
        self.people[number] = person
        if self.born[number] != person.born:
            _take(self._born_in, self.born[number][:4], number)
            self.born[number] = person.born
            self._born_in.setdefault(person.born[:4], array("I")).append(number)
        if person.archived:
            self.archived.add(number)
        else:
            self.archived.discard(number)

    def _tables(self, person: Sought) -> Iterator[tuple[dict[str, array[int]], set[str]]]:
        names = (*person.names, *person.legal_names)
        yield self._wholes, {fold(name) for name in names}
        yield self._in_lists, {fold(short_name(person.names[0]))}
        yield self._initials, {letters for name in names for letters in initials_of(words(name))}
        yield self._short_ids, {bare(each).lstrip(_BEFORE_NUMBER) for each in person.ids}

    def _word(self, text: str) -> int:
        known = self._words.get(text)
        if known is not None:
            return known
        if self._free_words:
            number = self._free_words.pop()
            self._texts[number] = text
        else:
            number = len(self._texts)
            self._texts.append(text)
            self._having.append(array("I"))
            self._around.append(array("I"))
        self._words[text] = number
        self._sorted_words, self._sorted_frames = [], []
        for table, keys in ((self._pairs, pairs_of(text)), (self._frames, sound_keys(text))):
            for key in keys:
                table.setdefault(key, array("I")).append(number)
        return number

    def _drop_unused(self, text: str) -> None:
        number = self._words[text]
        if self._having[number] or self._around[number]:
            return
        for table, keys in ((self._pairs, pairs_of(text)), (self._frames, sound_keys(text))):
            for key in keys:
                _take(table, key, number)
        del self._words[text]
        self._texts[number] = ""
        self._free_words.append(number)
        self._sorted_words, self._sorted_frames = [], []


def pairs_of(text: str) -> set[str]:
    """The pairs of neighbouring letters, with the beginning as a letter of its own."""
    return {text[place - 1 : place + 1] if place else f" {text[0]}" for place in range(len(text))}


def initials_of(parts: list[str]) -> set[str]:
    """What people type as initials of a name of these words: all of them, and the first with the last."""
    if len(parts) < 2:
        return set()
    return {"".join(part[0] for part in parts), parts[0][0] + parts[-1][0], parts[-1][0] + parts[0][0]}


def _words_of(person: Sought) -> set[str]:
    return {
        word[:LONGEST_WORD]
        for name in (*person.names, *person.legal_names)
        for word in (*words(name), *other_forms(name))
    }


def _words_around(person: Sought) -> set[str]:
    return {word[:LONGEST_WORD] for one in person.around for word in (*words(one.name), *other_forms(one.name))}


def _joined(texts: Iterable[str]) -> str:
    return " ".join(filter(None, texts))


def _take(table: dict[str, array[int]], key: str, number: int) -> None:
    table[key].remove(number)
    if not table[key]:
        del table[key]


def _between(ordered: list[str], beginning: str) -> list[str]:
    return ordered[bisect_left(ordered, beginning) : bisect_left(ordered, beginning + _LAST)]
