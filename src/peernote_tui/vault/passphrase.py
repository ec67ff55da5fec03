"""The passphrase: its one spelling, the one rule, a generated phrase, and an honest estimate.

The rule follows NIST SP 800-63B: length counts, composition rules and expiry do not.
"""

from __future__ import annotations

import math
import secrets
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources

from peernote_tui.domain.errors import InvalidInputError

MINIMUM_CHARACTERS = 15
PHRASE_WORDS = 6

_FIELD = "passphrase"
_GUESSES_PER_SECOND = 10_000
_HOUR = 3600.0
_SHORTEST_WORD = 3
_RUN = 3
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "azertyuiop",
)
_COMMON_TEXT = """
    password passphrase passwort welcome letmein admin login master secret dragon monkey iloveyou sunshine
    princess football baseball shadow superman hello love god jesus angel money summer winter spring autumn
    peernote vault note notes peer support
"""
_SENTENCE_TEXT = """
    the and you for are with this that was were has have had his her she our your they from not but all
    can will what when who every day very never always my me we he it is in on of to at be so no i am a an
"""


@dataclass(frozen=True, slots=True)
class Strength:
    """An estimate of how long a passphrase would hold against a stolen laptop.

    Attributes:
        level: 0 (falls at once) to 4 (holds).
        words: The same for people.
    """

    level: int
    words: str


_STRENGTHS = (
    Strength(0, "very weak: a stolen laptop would give this up within hours"),
    Strength(1, "weak: a stolen laptop would give this up within days"),
    Strength(2, "fair: a determined thief would need months"),
    Strength(3, "good: a determined thief would need many years"),
    Strength(4, "strong: guessing it is out of reach"),
)
_LONGEST_READ = 300
"""Characters of a passphrase that are guessed at; what they are worth decides, and a whole file would take hours."""
_LEVEL_SECONDS = (6 * _HOUR, 14 * 24 * _HOUR, 2 * 365 * 24 * _HOUR, 2000 * 365 * 24 * _HOUR)


def normalise(passphrase: str) -> str:
    """Bring a passphrase into Unicode NFC, so that every keyboard spells an accent alike.

    Raises:
        InvalidInputError: It holds a broken character that has no bytes.
    """
    composed = unicodedata.normalize("NFC", passphrase)
    try:
        composed.encode()
    except UnicodeEncodeError:
        raise InvalidInputError(
            "The passphrase holds a character that the terminal did not pass on whole.",
            "Type it again, or choose another character.",
            field=_FIELD,
        ) from None
    return composed


def check(passphrase: str) -> str:
    """Hold a new passphrase to the rule and return its one spelling.

    A generated phrase is always long enough.

    Raises:
        InvalidInputError: It is empty, only spaces, shorter than 15 characters, or holds a broken character.
    """
    composed = normalise(passphrase)
    if not composed.strip():
        raise InvalidInputError(
            "The passphrase is empty or only spaces." if composed else "No passphrase was typed.",
            f"Use at least {MINIMUM_CHARACTERS} characters, or let PeerNote make {PHRASE_WORDS} words.",
            field=_FIELD,
        )
    if len(composed) < MINIMUM_CHARACTERS:
        raise InvalidInputError(
            f"The passphrase has {len(composed)} characters; at least {MINIMUM_CHARACTERS} are needed.",
            f"Add a few words, or let PeerNote make {PHRASE_WORDS} words.",
            field=_FIELD,
        )
    return composed


@cache
def word_list() -> tuple[str, ...]:
    """The words of phrases: lower case, three to seven letters, none the beginning of another."""
    text = resources.files("peernote_tui.vault").joinpath("words.txt").read_text(encoding="ascii")
    return tuple(text.split())


def generate_phrase() -> str:
    """Six random words joined by spaces, about 69 bits."""
    words = word_list()
    return " ".join(secrets.choice(words) for _ in range(PHRASE_WORDS))


def estimate(passphrase: str) -> Strength:
    """Guess how long a passphrase holds against someone who has the laptop and rented machines.

    The guess counts words, runs and rows of keys as one unit each and assumes ten thousand tries a second,
    which is generous to the thief at the work factor of the key slots. Sentences count less than the sum of
    their words. It knows nothing about the person: names, dates and quotations are weaker than it says.
    """
    read = unicodedata.normalize("NFC", passphrase[:_LONGEST_READ])
    seconds = 2.0 ** (min(_bits(read), 512) - 1) / _GUESSES_PER_SECOND
    level = sum(seconds >= limit for limit in _LEVEL_SECONDS)
    return _STRENGTHS[level]


def _bits(text: str) -> float:
    folded = text.casefold()
    known = _known_words()
    letter_bits = 2.5 if _reads_like_language(folded) else math.log2(26)
    seen: set[str] = set()
    bits = 0.0
    at = 0
    while at < len(folded):
        length, cost = _unit(folded, at, known, letter_bits)
        unit = folded[at : at + length]
        if length >= _RUN and unit in seen:
            cost = 1.0
        elif len(folded) == len(text) and unit != text[at : at + length]:
            cost += 1.0
        seen.add(unit)
        bits += cost
        at += length
    if not _sentence_words().isdisjoint(folded.split()):
        # Words that follow each other in speech help a guesser to the next one.
        bits *= 0.75
    whole = _period(folded)
    if whole < len(folded):
        bits = min(bits, _bits(folded[:whole]) + math.log2(len(folded) / whole))
    distinct = len(set(folded))
    return min(bits, len(folded) * math.log2(distinct) + distinct) if distinct else 0.0


@cache
def _sentence_words() -> frozenset[str]:
    return frozenset(_SENTENCE_TEXT.split())


@cache
def _known_words() -> dict[str, float]:
    common = [*_COMMON_TEXT.split(), *_sentence_words()]
    ours = dict.fromkeys(word_list(), math.log2(len(word_list())))
    return ours | dict.fromkeys(common, math.log2(len(common)))


def _reads_like_language(folded: str) -> bool:
    """Whether vowels and consonants alternate as in words, whose letters are easier to guess than drawn ones."""
    letters = [char for char in folded if "a" <= char <= "z"]
    vowels = sum(char in "aeiouy" for char in letters)
    return bool(letters) and 0.25 <= vowels / len(letters) <= 0.65


def _unit(text: str, at: int, known: dict[str, float], letter_bits: float) -> tuple[int, float]:
    """The longest thing a guesser would try as one at this place: its length and its cost in bits."""
    best = max(_same(text, at), _row(text, at))
    if best >= _RUN:
        return best, 4.0 + math.log2(best)
    year = text[at : at + 4]
    if len(year) == 4 and year.isdecimal() and year[:2] in {"19", "20"}:
        return 4, math.log2(200)
    for length in range(min(10, len(text) - at), _SHORTEST_WORD - 1, -1):
        cost = known.get(text[at : at + length])
        if cost is not None:
            return length, cost
    char = text[at]
    if char.isspace():
        return 1, 0.5
    if char.isdigit():
        return 1, math.log2(10)
    if char.isalpha():
        return 1, letter_bits if char.isascii() else 6.0
    return 1, 5.0


def _same(text: str, at: int) -> int:
    end = at
    while end < len(text) and text[end] == text[at]:
        end += 1
    return end - at


def _row(text: str, at: int) -> int:
    """How many characters from here follow each other on a keyboard row, the alphabet or the digits."""
    longest = 1
    for row in _ROWS:
        for line in (row, row[::-1]):
            length = 1
            while at + length < len(text) and text[at : at + length + 1] in line:
                length += 1
            longest = max(longest, length)
    return longest


def _period(text: str) -> int:
    """The length of the shortest piece that makes up the whole text by repeating."""
    if not text:
        return 0
    return (text + text).find(text, 1)
