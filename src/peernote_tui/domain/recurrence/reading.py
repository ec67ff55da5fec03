"""Rules of recurrence as people type them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from peernote_tui.domain.dates import Toward
from peernote_tui.domain.dates.days import FIRST_YEAR, LAST_YEAR, add_months, day_readings
from peernote_tui.domain.dates.words import MONTH_NAMES, MONTHS, WEEKDAYS, tidy
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.recurrence.patterns import COUNT, number, read_pattern
from peernote_tui.domain.recurrence.rule import (
    DAY_NAMES,
    MONTH_WORDS,
    Pattern,
    Rule,
)

EXAMPLES = "Ways that work: every friday, every 2 weeks, every month on the 15th, each with: until 30 jun."
UNTIL_WORDS = frozenset({"until", "till", "til", "through", "thru"})

_ADVERBS = {
    "daily": "every day", "weekly": "every week", "fortnightly": "every 2 weeks", "monthly": "every month",
    "yearly": "every year", "annually": "every year",
}  # fmt: skip
_BOTH_WAYS = re.compile(r"(?:every )?bi-?(?:weekly|monthly|annually)|every bi-?(?:week|month)|bi-?annual")
_CLAUSE = re.compile(r" (?=(?:until|till|til|through|thru|for|from|starting|beginning) )")
_LENGTH = re.compile(rf"{COUNT} (day|week|month|year|time)s?")
_PLACE_ALONE = re.compile(r"every (?:second|2nd|third|3rd|fourth|4th|fifth|5th) ([a-z]+)")
_MONTH_AND_YEAR = re.compile(r"(?:(?:the )?end of )?([a-z]+)\.?(?: (\d{4}))?")
_END_OF_YEAR = re.compile(r"(?:the )?end of (?:the |this )?year")


@dataclass(frozen=True, slots=True)
class Series:
    """A rule as text, and its first day from when it was said."""

    rule: str
    first: date


def read_series(words: str, *, today: date, first: date | None = None, day_first: bool | None = None) -> Series | None:
    """Reads words that say, as a whole, how something recurs; None when they do not.

    A rule that names no day of its own ("every week", "every 2 weeks", "monthly") has the days that count from
    `first`, and from today without it: then today is no day of it. Of "every friday" the first is, as everywhere,
    the next one after today. "until june" is until the 30th of it; the end is a day on which it may still fall.
    The 29th to 31st is the last day in a shorter month. "for 4 weeks" and "for 4 times" are counted from the first
    day and kept as the day they end.

    Args:
        words: What was typed.
        today: The local day.
        first: The day it shall begin on, when that was said otherwise.
        day_first: How 3/4 is read; None refuses it.

    Raises:
        InvalidInputError: They can mean two things, or the rule ends before its first day, or has no day `first`.
    """
    plain = _plain(words)
    head, *clauses = _CLAUSE.split(plain)
    _refuse_two_meanings(head)
    ends = _ends(clauses, today, day_first=day_first) if FIRST_YEAR <= today.year <= LAST_YEAR else None
    # An anchor in the text is the rule's own; a first day is only one of its days.
    pattern = read_pattern(head, ends.start or first, today) if ends else None
    if ends is None or pattern is None:
        return None
    begins = first or _first_day(pattern, ends.start, today)
    until = ends.until
    if begins is not None and ends.length:
        until = _counted_end(Rule(pattern), begins, *ends.length)
        if until is None:
            return None
    rule = Rule(pattern, until)
    if begins is None or (until is not None and begins > until):
        raise InvalidInputError("The recurrence ends before its first day.", "Write a later day after until.")
    if not rule.has(begins):
        raise InvalidInputError(
            "The due day is not one of the days it recurs on.", "Leave the day out, or write one that fits."
        )
    return Series(rule.canonical(), begins)


def read_recurrence(words: str, *, today: date) -> str | None:
    """The canonical text of what `words` say as a whole, such as "every friday until 2027-06-30"; None when nothing.

    The canonical text is read as itself on any day, and stands in the vault.

    Raises:
        InvalidInputError: The words can mean two things, or their end is not understood or lies before the first day.
    """
    try:
        return check_rule(words)
    except InvalidInputError:
        series = read_series(words, today=today)
    head, *clauses = _CLAUSE.split(_plain(words))
    if series is None and clauses and read_series(head, today=today) is not None:
        raise end_not_understood()
    return series.rule if series else None


def end_not_understood() -> InvalidInputError:
    """The refusal of "every friday until easter"."""
    return InvalidInputError("Until when it recurs is not understood.", "Two ways that work: until june, until 30 nov.")


def check_rule(rule: str) -> str:
    """The rule, when it is a canonical text.

    Raises:
        InvalidInputError: It is none.
    """
    _rule(rule)
    return rule


def next_due(rule: str, *, after: date) -> date | None:
    """The first day of a canonical rule that is later than `after`; None when the series is over.

    Raises:
        InvalidInputError: The text is no canonical rule.
    """
    return _rule(rule).after(after)


def is_a_day_of(rule: str, day: date) -> bool:
    """Whether a canonical rule falls on this day.

    Raises:
        InvalidInputError: The text is no canonical rule.
    """
    return _rule(rule).has(day)


def say_recurrence(rule: str, *, today: date | None = None) -> str:
    """A canonical rule in words: "every Friday until 30 Jun 2027", the year left out in the year of `today`.

    What is no rule is said as it stands, so that nothing stored is hidden.
    """
    try:
        understood = _rule(rule)
    except InvalidInputError:
        return rule
    words = understood.pattern.canonical().partition(" from ")[0]
    words = " ".join(
        word.title() if word.strip(",") in {*DAY_NAMES, *MONTH_WORDS} else word for word in words.split(" ")
    )
    if understood.until is None:
        return words
    end = understood.until
    year = "" if today is not None and today.year == end.year else f" {end.year:04d}"
    return f"{words} until {end.day} {MONTH_NAMES[end.month - 1]}{year}"


def _rule(rule: str) -> Rule:
    """The rule that a canonical text says."""
    head, _, end = rule.partition(" until ")
    base, _, anchor = head.partition(" from ")
    try:
        until = date.fromisoformat(end) if end else None
        start = date.fromisoformat(anchor) if anchor else None
    except ValueError:
        raise _no_rule() from None
    pattern = read_pattern(_plain(base), start, start or date(2000, 1, 1))
    understood = Rule(pattern, until) if pattern else None
    if understood is None or understood.canonical() != rule:
        raise _no_rule()
    return understood


def _no_rule() -> InvalidInputError:
    return InvalidInputError("How it recurs is not understood.", EXAMPLES, field="repeats")


def _plain(words: str) -> str:
    plain = tidy(words).rstrip(".;!:")
    plain = re.sub(r"\beach\b", "every", plain).removeprefix("on every ").removeprefix("once ")
    if plain.startswith(("a day", "a week", "a month", "a year")) and "once" in tidy(words):
        plain = f"every {plain[2:]}"
    first, space, rest = plain.partition(" ")
    return _ADVERBS.get(first, first) + space + rest


@dataclass(frozen=True, slots=True)
class _Ends:
    """From when, until when, and for how many (count, unit)."""

    start: date | None = None
    until: date | None = None
    length: tuple[int, str] | None = None


def _ends(clauses: list[str], today: date, *, day_first: bool | None) -> _Ends | None:
    """What stands behind the pattern; None when something of it is not understood."""
    said: dict[str, str] = {}
    for clause in clauses:
        word, _, rest = clause.partition(" ")
        kind = "until" if word in UNTIL_WORDS else "for" if word == "for" else "from"
        if kind in said:
            return None
        said[kind] = rest
    start = _one_day(said.get("from", ""), today, day_first=day_first)
    until = _end(said.get("until", ""), today, day_first=day_first)
    length = _LENGTH.fullmatch(said.get("for", ""))
    understood = {"from": start, "until": until, "for": length}
    if ("until" in said and "for" in said) or any(understood[kind] is None for kind in said):
        return None
    return _Ends(start, until, (number(length[1]), length[2]) if length else None)


def _refuse_two_meanings(head: str) -> None:
    if _BOTH_WAYS.fullmatch(head):
        raise InvalidInputError(
            "This can mean twice in that time or every second time.", "Write for example: every 2 weeks"
        )
    if (placed := _PLACE_ALONE.fullmatch(head)) and placed[1] in WEEKDAYS:
        raise InvalidInputError(
            "This can mean a week of the month or every so many weeks.",
            "Write for example: every second friday of the month, or every 2 weeks on friday",
        )


def _first_day(pattern: Pattern, start: date | None, today: date) -> date | None:
    earliest = start - timedelta(days=1) if start is not None and start > today else today
    return Rule(pattern).after(earliest)


def _one_day(text: str, today: date, *, day_first: bool | None) -> date | None:
    days = day_readings(text, today=today, toward=Toward.FUTURE, day_first=day_first)
    return next(iter(days)) if len(days) == 1 else None


def _end(text: str, today: date, *, day_first: bool | None) -> date | None:
    """The last day that "until ..." allows; a month counts to its end."""
    if _END_OF_YEAR.fullmatch(text):
        return date(today.year, 12, 31)
    if (match := _MONTH_AND_YEAR.fullmatch(text)) and match[1] in MONTHS:
        month = MONTHS[match[1]]
        year = int(match[2]) if match[2] else today.year + (month < today.month)
        return date(year, month, calendar.monthrange(year, month)[1]) if 1900 <= year <= LAST_YEAR else None
    return _one_day(text, today, day_first=day_first)


def _counted_end(rule: Rule, first: date, count: int, unit: str) -> date | None:
    """The last day of a series that goes on for so many days, weeks, months or years, or falls so many times."""
    if unit == "time":
        day: date | None = first
        for _ in range(count - 1):
            day = rule.after(day) if day is not None else None
        return day
    if unit in {"month", "year"}:
        return add_months(first, count * (12 if unit == "year" else 1)) - timedelta(days=1)
    return first + timedelta(days=count * (7 if unit == "week" else 1) - 1)
