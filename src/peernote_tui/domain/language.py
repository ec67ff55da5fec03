"""Hints about wording: a kinder or more exact word for some words, never a wall."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.toml import read_toml

MOST_TERMS = 3000
_TERM = r"^[A-Za-z0-9](?:[A-Za-z0-9' -]{0,58}[A-Za-z0-9])?$"
_REACH = 80
_NEAR_WORDS = 4
_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ’", "abcdefghijklmnopqrstuvwxyz'")
_CURLY = str.maketrans("’", "'")
# A paragraph is one line in the editor, so a quotation mark left open silences its own line at most. Leaving
# every quotation mark out of the middle keeps the search linear.
_OWN_WORDS = re.compile('["“„«][^"“”„«»\n]*["”“»]')
_SENTENCE_END = re.compile(r"[.!?;:\n](?!\w)")
_WORD = re.compile(r"[\w']+")


class Severity(IntEnum):
    """How much a word can hurt: `HIGH` labels a person, `WARN` judges or doubts, `INFO` is a newer wording."""

    INFO = 1
    WARN = 2
    HIGH = 3


@dataclass(frozen=True, slots=True)
class Hint:
    """One place in a text, `text[start:end]`, and what may be written instead."""

    start: int
    end: int
    term: str
    suggestion: str
    severity: Severity
    why: str


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    terms: list[str] = Field(min_length=1, max_length=100)
    suggestion: str = Field(min_length=1, max_length=300)
    severity: str = Field(pattern="^(info|warn|high)$")
    source: str
    note: str = ""
    exact_case: bool = False
    not_before: list[str] = []
    not_after: list[str] = []
    only_before: list[str] = []
    only_after: list[str] = []


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    sources: dict[str, str]
    hint: list[_Entry]


@dataclass(frozen=True, slots=True)
class _Rule:
    suggestion: str
    severity: Severity
    why: str
    exact: frozenset[str]
    not_before: frozenset[str]
    not_after: frozenset[str]
    only_before: frozenset[str]
    only_after: frozenset[str]


@dataclass(frozen=True, slots=True)
class LanguageList:
    """A list of words ready for looking; made by `load_language`."""

    pattern: re.Pattern[str]
    rules: dict[str, _Rule]


def load_language(text: str) -> LanguageList:
    """Reads a list of words.

    The TOML holds `[sources]` (key = where the advice comes from) and `[[hint]]` tables: `terms` (variants, a
    space also stands for a hyphen), `suggestion`, `severity` (info, warn, high), `source`, and optionally `note`,
    `exact_case` and guards. `not_before` and `not_after` silence a hint when one of their words stands among the
    four words after or before it in the same sentence; `only_before` and `only_after`, when given, ask for one of
    their words directly after or before.

    Args:
        text: The TOML text.

    Raises:
        InvalidInputError: No TOML, or an entry is not as described; the sentence says which.
    """
    try:
        read = _File.model_validate(read_toml(text.encode("utf-8", errors="replace")))
    except ValidationError as problem:
        place = ".".join(str(part) for part in problem.errors(include_input=False)[0]["loc"])
        raise InvalidInputError(
            f"The language list is not as it should be at {place}.", "Restore it, or correct it."
        ) from None
    except ValueError:
        raise InvalidInputError("The language list is no readable TOML.", "Restore it, or correct it.") from None
    rules: dict[str, _Rule] = {}
    for number, entry in enumerate(read.hint, start=1):
        if entry.source not in read.sources:
            raise InvalidInputError(f"Hint {number} of the language list names no known source.", "Add it.")
        for term in entry.terms:
            key = _key(term)
            if not re.fullmatch(_TERM, term) or key in rules or len(rules) >= MOST_TERMS:
                raise InvalidInputError(
                    f"Hint {number} of the language list has a term that cannot be used or is there twice.",
                    "Terms are made of letters, digits, spaces, hyphens and apostrophes.",
                )
            rules[key] = _rule(entry, read.sources[entry.source])
    return LanguageList(re.compile(_alternation(rules)), rules)


def hints(
    text: str, language: LanguageList, *, limit: int = 20, at_least: Severity = Severity.INFO
) -> tuple[Hint, ...]:
    """Looks for words that have a better wording, in the order of the text.

    Words inside quotation marks are the person's own and are left alone. The time grows with the length of the
    text alone.

    Args:
        text: What was written.
        language: The words to look for.
        limit: How many hints to give at most.
        at_least: The mildest severity to give.

    Returns:
        Hints whose `start` and `end` count characters of `text`.
    """
    plain = text.translate(_LOWER)
    own_words = [match.span() for match in _OWN_WORDS.finditer(text)]
    next_own = 0
    found: list[Hint] = []
    for match in language.pattern.finditer(plain):
        if len(found) >= limit:
            break
        start, end = match.span()
        while next_own < len(own_words) and own_words[next_own][1] <= start:
            next_own += 1
        if next_own < len(own_words) and own_words[next_own][0] < end:
            continue
        rule = language.rules[_key(match[0])]
        if rule.severity < at_least or not _applies(rule, text, plain, start, end):
            continue
        found.append(Hint(start, end, text[start:end], rule.suggestion, rule.severity, rule.why))
    return tuple(found)


def _key(term: str) -> str:
    return " ".join(term.lower().replace("-", " ").split())


def _rule(entry: _Entry, source: str) -> _Rule:
    return _Rule(
        suggestion=entry.suggestion,
        severity=Severity[entry.severity.upper()],
        why=f"{source} ({entry.note})" if entry.note else source,
        exact=frozenset(entry.terms) if entry.exact_case else frozenset(),
        not_before=frozenset(entry.not_before),
        not_after=frozenset(entry.not_after),
        only_before=frozenset(entry.only_before),
        only_after=frozenset(entry.only_after),
    )


def _alternation(keys: dict[str, _Rule]) -> str:
    """One pattern, longest terms first, grouped by first letter so that most places fail at once."""
    groups: dict[str, list[str]] = {}
    for key in sorted(keys, key=lambda term: (-len(term), term)):
        groups.setdefault(key[0], []).append(re.escape(key[1:]).replace(r"\ ", "[ -]"))
    branches = (f"{first}(?:{'|'.join(rest)})" for first, rest in sorted(groups.items()))
    return rf"(?<![\w'-])(?:{'|'.join(branches)})(?![\w-])" if groups else "(?!)"


def _applies(rule: _Rule, text: str, plain: str, start: int, end: int) -> bool:
    if rule.exact and text[start:end].translate(_CURLY) not in rule.exact:
        return False
    if not (rule.not_before or rule.not_after or rule.only_before or rule.only_after):
        return True
    before = _SENTENCE_END.split(plain[max(start - _REACH, 0) : start])[-1]
    after = _SENTENCE_END.split(plain[end : end + _REACH], maxsplit=1)[0]
    words_before = _WORD.findall(before)[-_NEAR_WORDS:]
    words_after = _WORD.findall(after)[:_NEAR_WORDS]
    if rule.not_before.intersection(words_after) or rule.not_after.intersection(words_before):
        return False
    if not rule.only_before and not rule.only_after:
        return True
    return bool(rule.only_before.intersection(words_after[:1]) or rule.only_after.intersection(words_before[-1:]))
