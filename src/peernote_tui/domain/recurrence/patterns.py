"""What "every ..." means, without its end."""

from __future__ import annotations

import re
from datetime import date, timedelta

from peernote_tui.domain.dates import Toward
from peernote_tui.domain.dates.days import day_readings
from peernote_tui.domain.dates.words import WEEKDAYS
from peernote_tui.domain.recurrence.rule import (
    DAY_NAMES,
    MOST_DAYS,
    MOST_MONTHS,
    MOST_WEEKS,
    PLACES,
    WORKING_DAYS,
    EachDays,
    EachMonths,
    EachMonthWeekday,
    EachWeek,
    EachWeeks,
    Pattern,
)

_NUMBERS = {
    "other": 2, "second": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "a": 1, "one": 1,
}  # fmt: skip
COUNT = rf"(\d{{1,3}}|{'|'.join(_NUMBERS)})"
_STEP = re.compile(rf"every (?:{COUNT} )?(day|week|month)(s?)(?: on (.+))?")
_DAY_OF_MONTH = re.compile(r"(?:the )?(\d{1,2})(?:st|nd|rd|th)|the last day")
_NTH_OF_MONTH = re.compile(r"(?:on )?the (\d{1,2}(?:st|nd|rd|th)|last day) of every month")
_EVERY_NTH = re.compile(r"every (\d{1,2}(?:st|nd|rd|th)|last day) of the month")
_PLACE = re.compile(
    r"(?:the |every )?(first|1st|second|2nd|third|3rd|fourth|4th|last) ([a-z]+)( (?:of|in) (?:the|every) month)?"
)
_PLACE_NUMBERS = {word: number for number, word in PLACES.items()} | {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_YEAR = re.compile(r"every year(?: on (.+))?")
_BETWEEN = re.compile(r"[ /&+]| and ")


def number(text: str) -> int:
    """A count in figures or as a word."""
    return _NUMBERS[text] if text in _NUMBERS else int(text)


def read_pattern(head: str, start: date | None, today: date) -> Pattern | None:
    """The days that a tidy "every ..." means, without its end.

    Args:
        head: What recurs, as `plain_words` gives it.
        start: The day it was said to begin on.
        today: The local day, from which it counts where no day was said.
    """
    anchor = start or today
    if head == "every weekday":
        return EachWeek(WORKING_DAYS)
    return (
        _weekdays(head)
        or _stepped(head, anchor)
        or _yearly(head, anchor)
        or _monthly(head)
        or _other_weekday(head, start, today)
    )


def _weekdays(head: str) -> Pattern | None:
    """Weekdays by name: "every mon and thu", "on fridays"."""
    every = head.startswith("every ")
    names = [name.rstrip(".") for name in _BETWEEN.split(head.removeprefix("every ").removeprefix("on ")) if name]
    names = [name for name in names if name != "and"]
    found = [_weekday(name, plural_only=not every) for name in names]
    weekdays = frozenset(weekday for weekday in found if weekday is not None)
    return EachWeek(weekdays) if found and None not in found and len(weekdays) == len(found) else None


def _weekday(name: str, *, plural_only: bool = False) -> int | None:
    if name.endswith("days") and name[:-1] in DAY_NAMES:
        return DAY_NAMES.index(name[:-1])
    return None if plural_only else WEEKDAYS.get(name)


def _stepped(head: str, anchor: date) -> Pattern | None:
    """Every day, week, month, or every so many of them; with "on" a day of it."""
    match = _STEP.fullmatch(head)
    if match is None:
        return None
    count, unit, plural, on = match.groups()
    step = number(count) if count else 1
    if bool(plural) != bool(count and count not in {"other", "second"} and step != 1):
        return None
    if unit == "day":
        return EachDays(step, anchor) if on is None and 1 <= step <= MOST_DAYS else None
    if unit == "month":
        return _stepped_months(step, on, anchor)
    weekday = anchor.weekday() if on is None else _weekday(on)
    if weekday is None or not 1 <= step <= MOST_WEEKS:
        return None
    if step == 1:
        return EachWeek(frozenset({weekday}))
    return EachWeeks(step, anchor + timedelta(days=(weekday - anchor.weekday()) % 7))


def _stepped_months(step: int, on: str | None, anchor: date) -> Pattern | None:
    if not 1 <= step <= MOST_MONTHS or (step == 12 and on is not None):
        return None
    day: int | None = anchor.day
    if on is not None:
        day = _day_of_month(on)
        if day is None and step == 1 and (placed := _PLACE.fullmatch(on)) and placed[2] in WEEKDAYS:
            return EachMonthWeekday(_PLACE_NUMBERS[placed[1]], WEEKDAYS[placed[2]])
    return EachMonths(step, day, anchor.year, anchor.month) if day is not None else None


def _day_of_month(text: str) -> int | None:
    match = _DAY_OF_MONTH.fullmatch(text)
    if match is None:
        return None
    day = int(match[1]) if match[1] else 31
    return day if 1 <= day <= 31 else None


def _yearly(head: str, anchor: date) -> Pattern | None:
    match = _YEAR.fullmatch(head)
    if match is None:
        return None
    if match[1] is None:
        return EachMonths(12, anchor.day, anchor.year, anchor.month)
    # In a leap year, so that the 29th of February can be read.
    days = day_readings(match[1], today=date(2000, 1, 1), toward=Toward.FUTURE, day_first=None)
    found = next(iter(days)) if len(days) == 1 else None
    if found is None or not re.search("[a-z]{3}", match[1]) or re.search(r"\d{4}", match[1]):
        return None
    return EachMonths(12, found.day, found.year, found.month)


def _monthly(head: str) -> Pattern | None:
    """A day of each month: "on the 15th of every month", "every last friday of the month"."""
    if match := _NTH_OF_MONTH.fullmatch(head) or _EVERY_NTH.fullmatch(head):
        day = _day_of_month(match[1] if match[1] != "last day" else "the last day")
        return EachMonths(1, day, 2000, 1) if day is not None else None
    match = _PLACE.fullmatch(head)
    if match is None or match[2] not in WEEKDAYS:
        return None
    each = head.startswith("every ") or "every month" in head
    place = _PLACE_NUMBERS[match[1]]
    # "every second friday" can be every other week; only the first and the last are plain without their month.
    if not each or (match[3] is None and place not in {1, -1}):
        return None
    return EachMonthWeekday(place, WEEKDAYS[match[2]])


def _other_weekday(head: str, start: date | None, today: date) -> Pattern | None:
    """Every other friday: from the first day, or else from the next friday."""
    words = head.split(" ")
    if words[:2] != ["every", "other"] or len(words) != 3 or (weekday := _weekday(words[2])) is None:
        return None
    begin = start or today + timedelta(days=1)
    return EachWeeks(2, begin + timedelta(days=(weekday - begin.weekday()) % 7))
