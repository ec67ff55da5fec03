"""Names cleaned for keeping and shortened for narrow places."""

from __future__ import annotations

import re
import unicodedata

from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.names.folding import CJK, fold

LONGEST_NAME = 200

_DROPPED = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_JOINERS = "\u200c\u200d\ufe0e\ufe0f"
_LONGEST_SHORT = 24


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
    return " ".join(words) if CJK.search(name) else words[0]


def short_name(name: str) -> str:
    """A name for a narrow column: "Maria S."; single names stay as they are, very long ones end in "…"."""
    words = _words_in_order(name)
    if not words:
        return ""
    if CJK.search(name):
        return _cut(" ".join(words))
    family = [word for word in words[1:] if word[0].isalpha() and fold(word).strip(".") not in _SUFFIXES]
    return f"{_cut(words[0])} {_initial(family[-1])}." if family else _cut(words[0])


def initials(name: str) -> str:
    """Up to three initials, "MS" for "Maria Santos"; the first sign of names in Han, kana or Hangul."""
    words = _words_in_order(name)
    if words and CJK.search(name):
        return _initial(words[0])
    lettered = [word for word in words if word[0].isalnum() and fold(word).strip(".") not in _SUFFIXES] or words
    if len(lettered) > 3:
        lettered = [*lettered[:2], lettered[-1]]
    return "".join(_initial(word) for word in lettered)


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
