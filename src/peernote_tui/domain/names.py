"""People's names: cleaned, folded for comparing, shortened, and found again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from peernote_tui.domain.errors import InvalidInputError

LONGEST_NAME = 200

_LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t",
        "ß": "ss",
        "‘": "'", "’": "'", "‛": "'", "ʼ": "'", "`": "'", "´": "'", "′": "'",
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
    }
)  # fmt: skip
# Only marks that people leave out when typing. Vowel signs of Indic scripts and the voicing marks of kana
# make another name.
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]")
_DROPPED = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_BETWEEN_WORDS = re.compile(r"[^\w\u0300-\u036f]+|_+")

_JOINERS = "\u200c\u200d\ufe0e\ufe0f"
_LONGEST_SHORT = 24
_MOST_QUERY_WORDS = 8
_LONGEST_FIELD = 400
_CLOSE_FROM = 4


@dataclass(frozen=True, slots=True)
class Match:
    """How well a query fits: a higher `score` is better, `why` names what it was found by."""

    score: int
    why: str


def fold(text: str) -> str:
    """The form in which names are compared: no case, no accents, plain quotes, dashes and single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = _MARKS.sub("", plain).translate(_LETTERS).casefold()
    return " ".join(unicodedata.normalize("NFC", plain).split())


def clean_name(text: str) -> str:
    """The form in which a name is kept: composed, trimmed, without control and direction characters.

    Raises:
        InvalidInputError: Nothing visible is left, or it is longer than 200 characters.
    """
    plain = _DROPPED.sub("", unicodedata.normalize("NFC", text))
    plain = " ".join(plain.split())
    plain = "".join(character for character in plain if unicodedata.category(character) != "Cc")
    plain = " ".join(plain.split())
    if len(plain) > LONGEST_NAME:
        raise InvalidInputError(
            f"This name is longer than {LONGEST_NAME} characters.", "Use a shorter form.", field="name"
        )
    if not any(unicodedata.category(character)[0] in "LNPS" for character in plain):
        raise InvalidInputError("A name is missing.", "Any name they go by is enough.", field="name")
    return plain


def first_name(name: str) -> str:
    """The first of the given names; the whole name when it is one word or in Han, kana or Hangul."""
    words = _words_in_order(name)
    if not words:
        return ""
    return " ".join(words) if _CJK.search(name) else words[0]


def short_name(name: str) -> str:
    """A name for a narrow column: "Maria S."; single names stay as they are, very long ones end in "…"."""
    words = _words_in_order(name)
    if not words:
        return ""
    if _CJK.search(name):
        return _cut(" ".join(words))
    family = [word for word in words[1:] if word[0].isalpha() and fold(word).strip(".") not in _SUFFIXES]
    return f"{_cut(words[0])} {_initial(family[-1])}." if family else _cut(words[0])


def initials(name: str) -> str:
    """Up to three initials, "MS" for "Maria Santos"; the first sign of names in Han, kana or Hangul."""
    words = _words_in_order(name)
    if words and _CJK.search(name):
        return _initial(words[0])
    lettered = [word for word in words if word[0].isalnum() and fold(word).strip(".") not in _SUFFIXES] or words
    if len(lettered) > 3:
        lettered = [*lettered[:2], lettered[-1]]
    return "".join(_initial(word) for word in lettered)


def matches(query: str, fields: Mapping[str, str]) -> Match | None:
    """Looks for every word of a query in the fields of one person.

    A word fits when it begins a word of some field, or, from four letters on, when it is one slip away from
    doing so: a letter wrong, missing, too many, or two swapped.

    Args:
        query: What was typed; its first eight words count.
        fields: What can be found, by the words that say so: {"name": "...", "ID": "...", "phone": "..."}.

    Returns:
        The match, or None when a word fits nowhere or the query is empty.
    """
    wanted = [word for chunk in fold(query[:_LONGEST_FIELD]).split() for word in _pieces(chunk)[:1]]
    if not wanted:
        return None
    words = {label: _field_words(value) for label, value in fields.items()}
    score, labels, close = 0, [], False
    for word in wanted[:_MOST_QUERY_WORDS]:
        points, label = max(
            ((_points(word, candidates), label) for label, candidates in words.items()),
            key=lambda found: found[0],
            default=(0, ""),
        )
        if points == 0:
            return None
        score += points
        close = close or points == 1
        if label not in labels:
            labels.append(label)
    why = " and ".join(labels)
    return Match(score, f"{why}, close to what you typed" if close else why)


def _words_in_order(name: str) -> list[str]:
    family, comma, given = name.partition(",")
    if comma and given.strip() and fold(given).strip(". ") not in _SUFFIXES:
        name = f"{given} {family}"
    return [word for word in name.replace(",", " ").split() if word.strip("()\"'“”.-")]


def _initial(word: str) -> str:
    """The first sign as people see it, with the marks and joined signs that belong to it."""
    end = 1
    while end < len(word) and end < 12:
        joined = word[end - 1] == "\u200d" or word[end] in _JOINERS
        if not joined and unicodedata.category(word[end]) not in {"Mn", "Mc", "Me"}:
            break
        end += 1
    first = word[:end]
    upper = first.upper()
    return upper if len(upper) == len(first) else first


def _cut(text: str) -> str:
    if len(text) <= _LONGEST_SHORT:
        return text
    end = _LONGEST_SHORT - 1
    while end > 1 and (text[end] in _JOINERS or unicodedata.combining(text[end]) or text[end - 1] == "\u200d"):
        end -= 1
    return text[:end].rstrip() + "…"


def _pieces(chunk: str) -> list[str]:
    """A folded word without its punctuation, then its parts: "o'brien" gives obrien, o, brien."""
    parts = [part for part in _BETWEEN_WORDS.split(chunk) if part]
    return parts if len(parts) < 2 else ["".join(parts), *parts]


def _field_words(value: str) -> list[str]:
    folded = fold(value[:_LONGEST_FIELD])
    words = [word for chunk in folded.split() for word in _pieces(chunk)]
    digits = "".join(character for character in folded if character.isdigit())
    if len(digits) >= 5 and digits not in words:
        words.append(digits)
    return words


def _points(word: str, candidates: Iterable[str]) -> int:
    """4 for the whole word, 3 for its beginning, 1 for nearly its beginning, 0 for none."""
    best = 0
    for candidate in candidates:
        if candidate == word:
            return 4
        if candidate.startswith(word):
            best = 3
        elif best == 0 and len(word) >= _CLOSE_FROM and word.isalpha() and _nearly_begins(word, candidate):
            best = 1
    return best


def _nearly_begins(word: str, candidate: str) -> bool:
    """Whether one slip (Damerau: change, add, drop, swap neighbours) makes `word` begin `candidate`."""
    same = 0
    while same < min(len(word), len(candidate)) and word[same] == candidate[same]:
        same += 1
    left, right = word[same:], candidate[same:]
    changed = bool(right) and right[1:].startswith(left[1:])
    one_too_many = right.startswith(left[1:])
    one_missing = right[1:].startswith(left)
    swapped = len(left) > 1 and left[1::-1] == right[:2] and right[2:].startswith(left[2:])
    return changed or one_too_many or one_missing or swapped
