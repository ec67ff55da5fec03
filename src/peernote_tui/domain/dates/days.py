"""Days: "fri", "+2w", "30 nov", "11/30", "end of month"."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from enum import Enum

from peernote_tui.domain.dates.words import MONTHS, WEEKDAYS, tidy
from peernote_tui.domain.errors import InvalidInputError

FIRST_YEAR, LAST_YEAR = 1900, 2100


class Toward(Enum):
    """Where a day without a year, or a bare weekday, is looked for."""

    PAST = "past"
    FUTURE = "future"


_OFFSETS = {
    "today": 0,
    "tomorrow": 1,
    "tmrw": 1,
    "tmr": 1,
    "tomorow": 1,
    "tommorow": 1,
    "tommorrow": 1,
    "yesterday": -1,
    "day after tomorrow": 2,
    "the day after tomorrow": 2,
    "day before yesterday": -2,
    "the day before yesterday": -2,
}
_MONTH_END = re.compile(r"eom|(?:the )?end of (?:the |this )?month")
_WEEKDAY = re.compile(r"(?:(this|next|last) )?([a-z]+)\.?")
_COUNT = r"(\d{1,3}|a|an|one|two|three|four|six)"
_UNIT = r"(d|days?|w|wks?|weeks?|m|mo|months?|y|yrs?|years?)"
_AHEAD = re.compile(rf"(in |\+ ?)?{_COUNT} ?{_UNIT}?")
# Without "m": beside a time that has passed it means minutes to most people.
_UNIT_BACK = r"(d|days?|w|wks?|weeks?|mo|months?|y|yrs?|years?)"
_AGO = re.compile(rf"{_COUNT} ?{_UNIT_BACK} ago|-(\d{{1,3}}) ?{_UNIT_BACK}")
_COUNT_WORDS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6}

_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_NUMERIC = re.compile(r"(\d{1,2})([/.])(\d{1,2})(?:\2(\d{4}|\d{2}))?(\.?)")
_DAY_MONTH = re.compile(r"(?:the )?(\d{1,2})(?:st|nd|rd|th|\.)? ?(?:of )?([a-z]+)\.?(?: (\d{4}))?")
_MONTH_DAY = re.compile(r"([a-z]+)\.? ?(\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?")


def understand_day(text: str, *, today: date, toward: Toward, day_first: bool | None = None) -> date:
    """Reads a day.

    A bare weekday toward the past is the most recent one, today included; toward the future it is the next
    one after today, so today's own weekday means in seven days (whoever means today types "today"). "next fri"
    is the Friday of next week, weeks beginning on Monday. A date without a year is the nearest one in the
    direction, today included, unless a weekday beside it says otherwise: "Fri 27 Nov" is the 27 Nov that is a
    Friday. "+1m" ends with the month when the month is shorter. "+3" and "2 weeks" are only read toward the
    future.

    Args:
        text: What was typed.
        today: The local day.
        toward: Where to look when the entry leaves it open.
        day_first: How numbers such as 5/6 are ordered; without it they are read only when one order fits.

    Raises:
        InvalidInputError: Not understood, or two days fit.
    """
    plain = tidy(text)
    days = day_readings(plain, today=today, toward=toward, day_first=day_first)
    if len(days) > 1:
        raise two_days_fit()
    if not days:
        sentence = "This day is not understood."
        if names_wrong_weekday(plain, today=today, toward=toward, day_first=day_first):
            sentence = "The weekday and the date do not belong together."
        raise InvalidInputError(sentence, "Two ways that work: fri, 30 nov.")
    return next(iter(days))


def two_days_fit() -> InvalidInputError:
    """The refusal of an entry such as 5/6, or "last fri" when two Fridays could be meant."""
    return InvalidInputError(
        "Two different days fit what is written.", "Write the month as a word, for example 30 nov or nov 30."
    )


def day_readings(text: str, *, today: date, toward: Toward, day_first: bool | None) -> frozenset[date]:
    """Every day that a tidy entry, read as a whole, can mean; empty when it is no day."""
    text = text.removeprefix("on ")
    if not text:
        return frozenset()
    try:
        found = _relative(text, today, toward) or _calendar(text, today, toward, day_first=day_first)
    except (ValueError, OverflowError):
        return frozenset()
    return frozenset(day for day in found if FIRST_YEAR <= day.year <= LAST_YEAR)


def date_with_year(text: str, *, today: date, toward: Toward, day_first: bool | None) -> date | None:
    """The day of "20 nov 2026", whose last word could as well be the time 20:26.

    It is the year when it is last, this or next year, or when a weekday that fits stands in front.
    """
    days = day_readings(text, today=today, toward=toward, day_first=day_first)
    if len(days) != 1:
        return None
    (day,) = days
    weekday_fits = text.removeprefix("on ").split(" ")[0].rstrip(".") in WEEKDAYS
    certain = weekday_fits or abs(day.year - today.year) <= 1
    return day if certain and text.endswith(f" {day.year}") else None


def names_wrong_weekday(text: str, *, today: date, toward: Toward, day_first: bool | None) -> bool:
    """Whether an entry that is no day becomes one without the weekday in front."""
    first, _, rest = text.removeprefix("on ").partition(" ")
    if first.rstrip(".") not in WEEKDAYS:
        return False
    return bool(day_readings(rest, today=today, toward=toward, day_first=day_first))


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month when it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _relative(text: str, today: date, toward: Toward) -> tuple[date, ...]:
    if text in _OFFSETS:
        return (today + timedelta(days=_OFFSETS[text]),)
    if _MONTH_END.fullmatch(text):
        return (today.replace(day=calendar.monthrange(today.year, today.month)[1]),)
    if (match := _WEEKDAY.fullmatch(text)) and match[2] in WEEKDAYS:
        return _weekday(match[1], WEEKDAYS[match[2]], today, toward)
    if match := _AGO.fullmatch(text):
        count, unit = (match[1], match[2]) if match[1] else (match[3], match[4])
        return (_shifted(today, -_number(count), unit),)
    if toward is Toward.FUTURE and (match := _AHEAD.fullmatch(text)):
        sign, count, unit = match.groups()
        if unit or (sign or "").startswith("+"):
            return (_shifted(today, _number(count), unit or "d"),)
    return ()


def _number(text: str) -> int:
    return _COUNT_WORDS[text] if text in _COUNT_WORDS else int(text)


def _shifted(day: date, count: int, unit: str) -> date:
    if unit.startswith(("m", "y")):
        return add_months(day, count * (12 if unit.startswith("y") else 1))
    return day + timedelta(days=count * (7 if unit.startswith("w") else 1))


def _weekday(which: str | None, weekday: int, today: date, toward: Toward) -> tuple[date, ...]:
    in_this_week = today + timedelta(days=weekday - today.weekday())
    if which == "this":
        return (in_this_week,)
    if which == "next":
        return (in_this_week + timedelta(days=7),)
    if which == "last":
        # On a Saturday "last fri" can be yesterday or eight days ago: both are given, and the caller refuses.
        latest = today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
        return (latest, in_this_week - timedelta(days=7))
    if toward is Toward.PAST:
        return (today - timedelta(days=(today.weekday() - weekday) % 7),)
    return (today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1),)


def _calendar(text: str, today: date, toward: Toward, *, day_first: bool | None) -> tuple[date, ...]:
    first, _, rest = text.partition(" ")
    weekday = WEEKDAYS.get(first.rstrip("."))
    if weekday is not None:
        text = rest
    found = []
    for year, month, day in _dates_written(text, day_first=day_first):
        for candidate in _in_years(year, month, day, today, toward):
            if weekday is None or candidate.weekday() == weekday:
                found.append(candidate)
                break
    return tuple(found)


def _dates_written(text: str, *, day_first: bool | None) -> tuple[tuple[int | None, int, int], ...]:
    """The (year, month, day) a calendar date can be read as; the year may be missing."""
    if match := _ISO.fullmatch(text):
        return ((int(match[1]), int(match[3]), int(match[4])),)
    if match := _DAY_MONTH.fullmatch(text):
        year, month, day = match[3], match[2], match[1]
    elif match := _MONTH_DAY.fullmatch(text):
        year, month, day = match[3], match[1], match[2]
    else:
        return _numeric(text, day_first=day_first)
    return ((int(year) if year else None, MONTHS[month], int(day)),) if month in MONTHS else ()


def _numeric(text: str, *, day_first: bool | None) -> tuple[tuple[int | None, int, int], ...]:
    match = _NUMERIC.fullmatch(text)
    if not match or (match[5] and match[2] != "."):
        return ()
    one, other = int(match[1]), int(match[3])
    year = int(match[4]) if match[4] else None
    if year is not None and year < 100:
        year += 2000
    if match[5]:
        # A dot after the month, as in 30.11., is only written where the day comes first.
        day_first = True
    orders = {(year, other, one): True, (year, one, other): False}
    possible = [order for order in orders if 1 <= order[1] <= 12 and 1 <= order[2] <= 31]
    if len(possible) > 1 and day_first is not None:
        possible = [order for order in possible if orders[order] is day_first]
    return tuple(possible)


def _in_years(year: int | None, month: int, day: int, today: date, toward: Toward) -> tuple[date, ...]:
    if year is not None:
        return (date(year, month, day),)
    # Nine years reach the next 29 February even across a century.
    past = _first_real(range(today.year, max(today.year - 9, 1), -1), month, day, until=today)
    future = _first_real(range(today.year, min(today.year + 9, 9999)), month, day, since=today)
    ordered = (past, future) if toward is Toward.PAST else (future, past)
    return tuple(found for found in ordered if found)


def _first_real(years: range, month: int, day: int, *, since: date = date.min, until: date = date.max) -> date | None:
    for year in years:
        if day <= calendar.monthrange(year, month)[1] and since <= date(year, month, day) <= until:
            return date(year, month, day)
    return None
