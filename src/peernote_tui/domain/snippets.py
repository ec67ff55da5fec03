"""Snippets: a few letters after a semicolon that stand for words one writes often, such as `;gnd`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.pronouns import Pronouns

LONGEST_KEY = 20
LONGEST_TEXT = 1_000
MOST = 200
"""Snippets of one's own; more are not remembered by anybody."""
REACH = LONGEST_KEY + 2
"""Characters before the cursor that decide whether a snippet stands there."""
PLACES = ("name", "they", "them", "their", "today", "time")
CURSOR = "{|}"

_KEY = r"[^\W_][\w-]{0,19}"
_WHOLE_KEY = re.compile(_KEY)
# A semicolon behind a word belongs to the sentence, and one behind a semicolon says that no snippet is meant.
_TYPED = re.compile(rf"(?:^|[\s(\[{{\"'“‘«„–—]);({_KEY})?$")
_PLACE = re.compile(r"\{(\w+|\|)\}")
_ENDING = frozenset({"Po", "Pe", "Pf", "Zs"})
_NO_ENDING = frozenset("@#&*%/\\")


@dataclass(frozen=True, slots=True)
class Snippet:
    """What a few letters stand for.

    Attributes:
        key: Without the semicolon, in lower case.
        text: With places such as {name}, and {|} where the cursor shall stand.
        own: Whether it is one's own; otherwise it ships with the program.
    """

    key: str
    text: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Filling:
    """What the places of a snippet are filled with.

    Attributes:
        name: How the participant is called; empty where no name may be seen, and where it is about nobody.
        pronouns: Their forms, which also stand for a name that may not be seen.
        now: The moment on the person's wall clock.
    """

    name: str
    pronouns: Pronouns
    now: datetime


@dataclass(frozen=True, slots=True)
class Expansion:
    """A snippet with its places filled.

    Attributes:
        typed: Characters before the cursor that it stands for, semicolon included.
        text: What is written instead.
        cursor: Where in the text the cursor shall stand; None for behind what is typed next.
    """

    typed: int
    text: str
    cursor: int | None


@dataclass(frozen=True)
class SnippetBook:
    """The snippets there are, by key."""

    texts: Mapping[str, str]

    def expansion(self, before: str, filling: Filling) -> Expansion | None:
        """What stands for the snippet at the end of a text; None where none stands.

        Args:
            before: The line up to the cursor; its last `REACH` characters decide.
            filling: For its places.
        """
        key = typed_key(before)
        text = self.texts.get(key.casefold()) if key else None
        return None if key is None or text is None else expand(text, filling, typed=len(key) + 1)

    def beginning(self, before: str) -> tuple[Snippet, ...]:
        """The snippets that may be meant by what stands at the end of a text, a whole key first, then by key."""
        key = typed_key(before)
        if key is None:
            return ()
        begun = key.casefold()
        found = sorted(each for each in self.texts if each.startswith(begun))
        return tuple(Snippet(key=each, text=self.texts[each]) for each in found)


def typed_key(before: str) -> str | None:
    """The letters behind the semicolon at the end of a text, as typed; None where no snippet is begun."""
    if ";" not in before[-REACH:]:
        return None
    found = _TYPED.search(before[-REACH - 1 :])
    return None if found is None else found[1] or ""


@lru_cache(maxsize=256)
def ends_snippet(sign: str) -> bool:
    """Whether a typed character ends a word: a space, a new line, punctuation."""
    if sign == "\n":
        return True
    return len(sign) == 1 and sign not in _NO_ENDING and unicodedata.category(sign) in _ENDING


def expand(text: str, filling: Filling, *, typed: int = 0) -> Expansion:
    """A snippet with its places filled; what fills a place is not looked at for places again.

    Args:
        text: The snippet.
        filling: For its places. `{They}` begins with a capital letter.
        typed: Characters it stands for.
    """
    parts: list[str] = []
    cursor = None
    end = 0
    for match in _PLACE.finditer(text):
        parts.append(text[end : match.start()])
        end = match.end()
        if match[1] == "|":
            cursor = sum(map(len, parts))
        else:
            parts.append(_filled(match, filling))
    return Expansion(typed, "".join((*parts, text[end:])), cursor)


def fixed_parts(text: str) -> Iterator[str]:
    """What of a snippet is the same in every note: the words between its places."""
    end = 0
    for match in (*_PLACE.finditer(text), None):
        yield text[end : match.start() if match else len(text)]
        end = match.end() if match else end


def checked(key: str, text: str) -> Snippet:
    """A snippet of one's own as it may be kept.

    Raises:
        InvalidInputError: The key or the text cannot be used; `field` says which.
    """
    # Every box for words looks at snippets, also those at the door, which must not wait for pydantic.
    from peernote_tui.domain.base import clean_text  # noqa: PLC0415 as said

    name = clean_text(key).strip().removeprefix(";").casefold()
    if len(name) > LONGEST_KEY or not _WHOLE_KEY.fullmatch(name):
        raise InvalidInputError(
            "This cannot be typed as a snippet.",
            f"Use letters and digits, {LONGEST_KEY} at most, such as gnd.",
            field="key",
        )
    words = clean_text(text).strip()
    if not words:
        raise InvalidInputError("A snippet needs words.", "Type what it stands for.", field="text")
    if len(words) > LONGEST_TEXT:
        raise InvalidInputError(f"A snippet has at most {LONGEST_TEXT:,} characters.", "Shorten it.", field="text")
    places = [match[1] for match in _PLACE.finditer(words)]
    if any(place != "|" and place.lower() not in PLACES for place in places):
        known = ", ".join(f"{{{place}}}" for place in PLACES)
        raise InvalidInputError(
            "A place in braces is none that is known.", f"There are {known} and {CURSOR}.", field="text"
        )
    if places.count("|") > 1:
        raise InvalidInputError("The cursor can stand in one place only.", f"Leave one {CURSOR}.", field="text")
    return Snippet(key=name, text=words, own=True)


def _filled(match: re.Match[str], filling: Filling) -> str:
    place = match[1]
    who = filling.pronouns
    now = filling.now
    values = {
        "name": filling.name or who.subject,
        "they": who.subject,
        "them": who.object,
        "their": who.possessive,
        "today": f"{now.day} {now:%B %Y}",
        "time": f"{now:%H:%M}",
    }
    value = values.get(place.lower())
    if value is None:
        return match[0]
    return value[:1].upper() + value[1:] if place[0].isupper() else value
