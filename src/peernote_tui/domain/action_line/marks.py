"""Tags and the participant's confidence: "#housing", "sure:7"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from peernote_tui.domain.action_line.line import ENDING, MOST_TAGS, NOT_AFTER, bare
from peernote_tui.domain.base import TAG
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.names import fold

_QUOTED = re.compile(r'#"([^"]*[^"\s][^"]*)"[.,;:!?]*')
_CONFIDENCE = re.compile(r"(?:confidence|conf|sure)[:=](\d{1,3})(?:/10)?[.,;!?]*")
_OUT_OF_TEN = re.compile(r"(\d{1,3})/10[.,;!?]*")
_MOST = 10
_JOINS = "-_"


def tag_at(word: str) -> str:
    """The tag that a word with a # holds; empty when it is none, as "#3", "C#" and "#a#b" are not."""
    if quoted := _QUOTED.fullmatch(word):
        return " ".join(quoted[1].split())
    tag = word[1:].rstrip(ENDING)
    if not word.startswith("#") or not tag[:1].isalpha() or not all(_belongs(character) for character in tag):
        return ""
    return tag.replace("_", "-").rstrip("-")


def may_be_tag(words: list[str], place: int) -> bool:
    """Whether a word may be a tag: after "about" or "the" it is part of what is to be done."""
    return bool(tag_at(words[place])) and not (place and bare(words[place - 1]) in NOT_AFTER | {"a", "an", "in", "on"})


def tags_of(words: Iterable[str]) -> tuple[str, ...]:
    """The tags, each once, as first written.

    Raises:
        InvalidInputError: One is too long, or there are too many.
    """
    found: dict[str, str] = {}
    for word in words:
        tag = tag_at(word)
        if len(tag) > TAG:
            raise InvalidInputError(f"The tag after # is longer than {TAG} characters.", "Use a shorter word.")
        found.setdefault(fold(tag), tag)
    if len(found) > MOST_TAGS:
        raise InvalidInputError(f"An action item has at most {MOST_TAGS} tags.", "Leave some out.")
    return tuple(found.values())


def confidence_in(words: list[str]) -> tuple[int | None, frozenset[int]]:
    """The confidence that is written, 0 to 10, and the places of its words.

    Raises:
        InvalidInputError: It is above 10, or two are written.
    """
    said: set[int] = set()
    places: set[int] = set()
    for place, word in enumerate(words):
        plain = word.casefold()
        behind = words[place + 1] if place + 1 < len(words) and plain.rstrip(":") == "confidence" else ""
        of_ten = _OUT_OF_TEN.fullmatch(behind)
        if match := of_ten or _CONFIDENCE.fullmatch(plain):
            said.add(int(match[1]))
            places |= {place, place + 1} if of_ten else {place}
    if len(said) > 1 or any(number > _MOST for number in said):
        raise InvalidInputError(f"Confidence is one number from 0 to {_MOST}.", "For example: sure:7")
    return (said.pop() if said else None), frozenset(places)


def _belongs(character: str) -> bool:
    return character.isalnum() or character in _JOINS or unicodedata.category(character).startswith("M")
