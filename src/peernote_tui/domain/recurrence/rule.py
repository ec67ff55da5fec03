"""A rule of recurrence: which days are its own, and its canonical text."""

from __future__ import annotations

import calendar
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date, timedelta

from peernote_tui.domain.base import LAST_YEAR

DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH_WORDS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
PLACES = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
WORKING_DAYS = frozenset(range(5))
MOST_DAYS, MOST_WEEKS, MOST_MONTHS = 365, 52, 60
"""The longest pauses that are read."""


class Pattern(ABC):
    """Which days recur, without an end."""

    @abstractmethod
    def has(self, day: date) -> bool:
        """Whether this day is one of them."""

    @abstractmethod
    def canonical(self) -> str:
        """The text that says all of it."""


@dataclass(frozen=True, slots=True)
class EachDays(Pattern):
    """Every so many days, counted from one of them."""

    step: int
    anchor: date

    def has(self, day: date) -> bool:
        """Whether this day is one of them."""
        return (day - self.anchor).days % self.step == 0

    def canonical(self) -> str:
        """The text that says all of it."""
        return "every day" if self.step == 1 else f"every {self.step} days from {self.anchor.isoformat()}"


@dataclass(frozen=True, slots=True)
class EachWeek(Pattern):
    """Weekdays (Monday is 0) of every week."""

    weekdays: frozenset[int]

    def has(self, day: date) -> bool:
        """Whether this day is one of them."""
        return day.weekday() in self.weekdays

    def canonical(self) -> str:
        """The text that says all of it."""
        if self.weekdays == WORKING_DAYS:
            return "every weekday"
        if len(self.weekdays) == len(DAY_NAMES):
            return "every day"
        *others, last = (DAY_NAMES[weekday] for weekday in sorted(self.weekdays))
        return f"every {', '.join(others)} and {last}" if others else f"every {last}"


@dataclass(frozen=True, slots=True)
class EachWeeks(Pattern):
    """One weekday of every so many weeks, counted from one of these days."""

    step: int
    anchor: date

    def has(self, day: date) -> bool:
        """Whether this day is one of them."""
        return (day - self.anchor).days % (7 * self.step) == 0

    def canonical(self) -> str:
        """The text that says all of it."""
        return f"every {self.step} weeks on {DAY_NAMES[self.anchor.weekday()]} from {self.anchor.isoformat()}"


@dataclass(frozen=True, slots=True)
class EachMonths(Pattern):
    """A day of every so many months: in a shorter month its last day, and afterwards the day itself again."""

    step: int
    day: int
    year: int
    month: int
    """A month to count from; it means nothing for every month, and its year nothing for every year."""

    def has(self, day: date) -> bool:
        """Whether this day is one of them."""
        months = (day.year - self.year) * 12 + day.month - self.month
        return months % self.step == 0 and day.day == min(self.day, _month_length(day.year, day.month))

    def canonical(self) -> str:
        """The text that says all of it."""
        if self.step == 12:
            return f"every year on {self.day} {MONTH_WORDS[self.month - 1]}"
        if self.step == 1:
            return f"every month on the {ordinal(self.day)}"
        begins = date(self.year, self.month, min(self.day, _month_length(self.year, self.month)))
        return f"every {self.step} months on the {ordinal(self.day)} from {begins.isoformat()}"


@dataclass(frozen=True, slots=True)
class EachMonthWeekday(Pattern):
    """The first to fourth (1 to 4) or last (-1) of a weekday in every month."""

    place: int
    weekday: int

    def has(self, day: date) -> bool:
        """Whether this day is one of them."""
        if day.weekday() != self.weekday:
            return False
        if self.place == -1:
            return day.day + 7 > _month_length(day.year, day.month)
        return (day.day - 1) // 7 + 1 == self.place

    def canonical(self) -> str:
        """The text that says all of it."""
        return f"every {PLACES[self.place]} {DAY_NAMES[self.weekday]} of the month"


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and the last day on which it may fall."""

    pattern: Pattern
    until: date | None = None

    def has(self, day: date) -> bool:
        """Whether this day is one of its days."""
        return (self.until is None or day <= self.until) and self.pattern.has(day)

    def canonical(self) -> str:
        """The text that says all of it."""
        return self.pattern.canonical() + (f" until {self.until.isoformat()}" if self.until else "")

    def after(self, day: date) -> date | None:
        """Its first day that is later than `day`; None when it has ended by then, or the calendar has."""
        end = min(self.until or date.max, date(LAST_YEAR, 12, 31))
        for _ in range(31 * MOST_MONTHS + 31):
            if day >= end:
                return None
            day += timedelta(days=1)
            if self.pattern.has(day):
                return day
        return None


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 31st."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _month_length(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]
