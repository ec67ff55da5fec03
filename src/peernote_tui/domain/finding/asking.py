"""What a query asks for: words of names, numbers, and days of birth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from peernote_tui.domain.dates.days import Toward, day_readings
from peernote_tui.domain.dates.words import tidy
from peernote_tui.domain.finding.index import LONGEST_WORD
from peernote_tui.domain.finding.person import bare, digits
from peernote_tui.domain.names import fold, words
from peernote_tui.domain.names.folding import spelt_out

MOST_PARTS = 8
_LONGEST = 400
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"[\d()+./-]+")
_WITH_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)|\d[./]\d{1,2}[./]\d{2}$")
_SCANNED = str.maketrans("0134589", "oleasbg")
_MOST_DAY_WORDS = 3
_WHOLE_PHONE = 7


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name, in the spellings that it may be meant in."""

    spellings: tuple[str, ...]
    last: bool
    """Whether it stands at the end, where it may be half typed."""


@dataclass(frozen=True, slots=True)
class Number:
    """A part of an ID or a phone number, or a year; or a word when letters stand in it, too."""

    text: str
    digits: str
    word: Word | None
    """How it would be a word of a name."""

    @property
    def year(self) -> str:
        """The year that it can be, or empty."""
        return self.digits if self.text == self.digits and _YEAR.fullmatch(self.digits) else ""


@dataclass(frozen=True, slots=True)
class BirthDay:
    """Days that were typed as a birth date, each as `YYYY-MM-DD`."""

    days: frozenset[str]


Part = Word | Number | BirthDay


def parts_of(query: str, *, today: date) -> tuple[Part, ...]:
    """The parts of a query, in the order they were typed; at most eight.

    Args:
        query: What was typed.
        today: The local day; nobody is born after it.
    """
    chunks = query[:_LONGEST].split()
    found: list[Part] = []
    place = 0
    while place < len(chunks) and len(found) < MOST_PARTS:
        taken, day = _day_at(chunks, place, today)
        if day is not None:
            found.append(day)
        elif digits(chunks[place]):
            taken, number = _number_at(chunks, place)
            found += [number] if number else []
        else:
            taken = 1
            found += _words_in(chunks[place], last=place + 1 == len(chunks) and not query[-1:].isspace())
        place += taken
    return tuple(found[:MOST_PARTS])


def _day_at(chunks: list[str], place: int, today: date) -> tuple[int, BirthDay | None]:
    for count in range(min(_MOST_DAY_WORDS, len(chunks) - place), 0, -1):
        text = tidy(" ".join(chunks[place : place + count]))
        if len(text) < 6 or not _WITH_YEAR.search(text):
            continue
        readings = day_readings(text, today=today, toward=Toward.PAST, day_first=None)
        # A year of two digits is one of this century to a calendar, and of the last one to whoever is older.
        days = {day if day <= today else day.replace(year=day.year - 100) for day in readings}
        if days:
            return count, BirthDay(frozenset(day.isoformat() for day in days))
    return 1, None


def _number_at(chunks: list[str], place: int) -> tuple[int, Number | None]:
    """The number that begins here; a phone number may be typed in several groups."""
    end = place
    while end < len(chunks) and _NUMBER.fullmatch(chunks[end]):
        end += 1
    together = "".join(chunks[place:end])
    if end - place > 1 and len(digits(together)) >= _WHOLE_PHONE:
        return end - place, Number(digits(together), digits(together), None)
    chunk = chunks[place]
    found = _words_in(chunk, last=place + 1 == len(chunks))
    word = found[0] if len(found) == 1 else None
    return 1, Number(bare(chunk), digits(chunk), word) if bare(chunk) else None


def _words_in(chunk: str, *, last: bool) -> list[Word]:
    plain = words(chunk)
    spelt = words(spelt_out(chunk)) if not chunk.isascii() else plain
    if len(spelt) != len(plain):
        spelt = plain
    found = []
    for number, (word, other) in enumerate(zip(plain, spelt, strict=True), start=1):
        spellings = [word, other]
        if any(sign.isdigit() for sign in word) and not word.isdigit():
            spellings.append(word.translate(_SCANNED))
        kept = tuple(dict.fromkeys(spelling[:LONGEST_WORD] for spelling in spellings))
        found.append(Word(kept, last and number == len(plain)))
    return found


def joined(query: str) -> str:
    """A query as a whole name would be compared with it."""
    return fold(query[:_LONGEST])
