"""A stretch of days that is counted over, as people name it: "last month", "q3", "1 oct to 15 oct"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from pydantic import model_validator

from peernote_tui.domain.base import Model
from peernote_tui.domain.dates import Toward, understand_day
from peernote_tui.domain.dates.days import FIRST_YEAR, LAST_YEAR, add_months
from peernote_tui.domain.dates.words import MONTH_NAMES, MONTHS, tidy
from peernote_tui.domain.errors import InvalidInputError

WAYS = "Such as: last month, this week, october, q3, 1 oct to 15 oct."
LONG_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_RELATIVE = re.compile(r"(?:the )?(this|last|previous|past|current) (week|month|quarter|year)")
_LAST_DAYS = re.compile(r"(?:the )?(?:last|past) (\d{1,3}) (day|week|month)s?")
_MONTH = re.compile(r"([a-z]+)\.?(?: (\d{4}))?")
_MONTH_NUMBER = re.compile(r"(\d{4})[-/.](\d{1,2})")
_QUARTER = re.compile(r"(?:q([1-4])|([1-4])(?:st|nd|rd|th) quarter|quarter ([1-4]))(?: (\d{4}))?")
_YEAR = re.compile(r"\d{4}")
_BETWEEN = re.compile(r"(?:from )?(.+?)(?: (?:to|until|till|through|thru) | ?\.\. ?| - )(.+)")
_WRITTEN_YEAR = re.compile(r"\d{4}")
_HYPHEN = re.compile(r"(\S.*?)-(\S.*)")


class Period(Model):
    """Days that follow each other; both ends count."""

    first: date
    last: date

    @model_validator(mode="after")
    def _in_order(self) -> Period:
        if self.first > self.last:
            raise ValueError("A period ends on the day it begins or later.")
        return self

    @property
    def words(self) -> str:
        """The days in words: "October 2026", "2026", "23 Nov 2026", "2 Nov to 8 Nov 2026"."""
        first, last = self.first, self.last
        if first == last:
            return _said(last, year=True)
        if first.day == 1 and last == _month_end(last):
            if (first.year, first.month) == (last.year, last.month):
                return f"{LONG_MONTHS[first.month - 1]} {first.year}"
            if first.year == last.year and (first.month, last.month) == (1, 12):
                return str(first.year)
        return f"{_said(first, year=first.year != last.year)} to {_said(last, year=True)}"

    def earlier(self) -> Period:
        """The period of the same kind before it: the month before a month, as many days before any other."""
        return self._moved(-1)

    def later(self) -> Period:
        """The period of the same kind after it."""
        return self._moved(1)

    def _moved(self, steps: int) -> Period:
        try:
            if self.first.day == 1 and self.last == _month_end(self.last):
                months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
                first = add_months(self.first, steps * months)
                return Period(first=first, last=_month_end(add_months(first, months - 1)))
            days = (self.last - self.first).days + 1
            shift = timedelta(days=steps * days)
            return Period(first=self.first + shift, last=self.last + shift)
        except (ValueError, OverflowError):
            return self


def understand_period(
    text: str, *, today: date, day_first: bool | None = None, week_starts: int = calendar.MONDAY
) -> Period:
    """Reads a period.

    A month or quarter without a year is the one that is running or the last one before. "this week" is the whole
    week, also the days of it that are still to come.

    Args:
        text: What was typed.
        today: The local day.
        day_first: How numbers such as 5/6 are ordered; without it they are read only when one order fits.
        week_starts: On which day a week begins, 0 for Monday.

    Raises:
        InvalidInputError: Not understood, or it ends before it begins.
    """
    # Before tidying, which closes up the space around a dash.
    plain = " ".join(text.translate(str.maketrans("–—", "--")).lower().split())
    words = tidy(text)
    try:
        if words and (found := _named(words, today, week_starts)) is not None:
            return found
    except (ValueError, OverflowError):
        raise _not_understood() from None

    def day(part: str, today: date = today) -> date:
        return understand_day(part, today=today, toward=Toward.PAST, day_first=day_first)

    try:
        only = day(words)
    except InvalidInputError:
        return _between(plain, words, day)
    return Period(first=only, last=only)


def period_between(first: date, last: date) -> Period:
    """The days from one to another.

    Raises:
        InvalidInputError: The last comes before the first.
    """
    if first > last:
        raise InvalidInputError("This period ends before it begins.", "Give the earlier day first.", field="period")
    return Period(first=first, last=last)


def month_of(day: date) -> Period:
    """The month a day is in."""
    return Period(first=day.replace(day=1), last=_month_end(day))


def _named(words: str, today: date, week_starts: int) -> Period | None:
    if match := _RELATIVE.fullmatch(words):
        return _running(match[2], today, 0 if match[1] in {"this", "current"} else 1, week_starts)
    if match := _LAST_DAYS.fullmatch(words):
        count = int(match[1])
        if not count:
            return None
        if match[2] == "month":
            return Period(first=add_months(today, -count) + timedelta(days=1), last=today)
        days = count * (7 if match[2] == "week" else 1)
        return Period(first=today - timedelta(days=days - 1), last=today)
    if match := _QUARTER.fullmatch(words):
        quarter = int(match[1] or match[2] or match[3])
        return _quarter(_year_of(match[4], 3 * quarter - 2, today), quarter)
    if match := _MONTH_NUMBER.fullmatch(words):
        return month_of(date(_checked_year(int(match[1])), int(match[2]), 1))
    if (match := _MONTH.fullmatch(words)) and match[1] in MONTHS:
        month = MONTHS[match[1]]
        return month_of(date(_year_of(match[2], month, today), month, 1))
    if _YEAR.fullmatch(words):
        year = _checked_year(int(words))
        return Period(first=date(year, 1, 1), last=date(year, 12, 31))
    return None


def _running(unit: str, today: date, back: int, week_starts: int) -> Period:
    if unit == "week":
        first = today - timedelta(days=(today.weekday() - week_starts) % 7 + 7 * back)
        return Period(first=first, last=first + timedelta(days=6))
    if unit == "month":
        return month_of(add_months(today.replace(day=1), -back))
    if unit == "quarter":
        day = add_months(today.replace(day=1), -3 * back)
        return _quarter(day.year, (day.month + 2) // 3)
    return Period(first=date(today.year - back, 1, 1), last=date(today.year - back, 12, 31))


def _quarter(year: int, quarter: int) -> Period:
    first = date(year, 3 * quarter - 2, 1)
    return Period(first=first, last=_month_end(add_months(first, 2)))


def _year_of(typed: str | None, month: int, today: date) -> int:
    if typed:
        return _checked_year(int(typed))
    return today.year if month <= today.month else today.year - 1


def _checked_year(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(year)
    return year


def _between(plain: str, words: str, day: Callable[..., date]) -> Period:
    """Two days with a word or a dash between them."""
    readings = [match.groups() for match in (_BETWEEN.fullmatch(plain),) if match]
    readings += [
        (words[: match.start()], words[match.end() :])
        for match in re.finditer("-", words)
        if _HYPHEN.fullmatch(words) and not readings
    ]
    found: set[tuple[date, date]] = set()
    for first, last in readings:
        try:
            end = day(last)
            # "1 Jan to 15 Jan 2024": the year at the end is that of both.
            dated = _WRITTEN_YEAR.search(last) and any(sign.isdigit() for sign in first) and "ago" not in first
            found.add((day(first, end) if dated and not _WRITTEN_YEAR.search(first) else day(first), end))
        except InvalidInputError:
            continue
    if len(found) != 1:
        raise _not_understood()
    return period_between(*found.pop())


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _said(day: date, *, year: bool) -> str:
    return f"{day.day} {MONTH_NAMES[day.month - 1]}" + (f" {day.year}" if year else "")


def _not_understood() -> InvalidInputError:
    return InvalidInputError("This period is not understood.", WAYS, field="period")
