"""Looking for the words of a query in the fields of one person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from peernote_tui.domain.names.folding import fold

_BETWEEN_WORDS = re.compile(r"[^\w\u0300-\u036f]+|_+")
_MOST_QUERY_WORDS = 8
_LONGEST_FIELD = 400
_CLOSE_FROM = 4


@dataclass(frozen=True, slots=True)
class Match:
    """How well a query fits: a higher `score` is better, `why` names what it was found by."""

    score: int
    why: str


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
