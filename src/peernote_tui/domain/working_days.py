"""The days an agency works: every day but its weekend and its holidays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from pydantic import Field, field_validator

from peernote_tui.domain.base import Day, Model, Name

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""By number, as `date.weekday()` counts them."""
MOST_HOLIDAYS = 2_000


class Holiday(Model):
    """A day on which nobody works."""

    day: Day
    name: Name = ""


class WorkingDays(Model):
    """Which days count as business days."""

    weekend: Annotated[tuple[Annotated[int, Field(ge=0, le=6)], ...], Field(max_length=6)] = (5, 6)
    """Days of the week that never count, 0 for Monday; one day of a week is left at least."""
    holidays: Annotated[tuple[Holiday, ...], Field(max_length=MOST_HOLIDAYS)] = ()
    """In order, one a day."""

    @field_validator("weekend")
    @classmethod
    def _once_each(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(sorted(set(value)))

    @field_validator("holidays")
    @classmethod
    def _in_order(cls, value: tuple[Holiday, ...]) -> tuple[Holiday, ...]:
        by_day = {holiday.day: holiday for holiday in value}
        return tuple(by_day[day] for day in sorted(by_day))

    def counts(self, day: date) -> bool:
        """Whether a day is a business day."""
        return day.weekday() not in self.weekend and all(holiday.day != day for holiday in self.holidays)

    def after(self, day: date, count: int) -> date:
        """The `count`-th business day after a day, which does not count itself; the day for 0.

        Source for leaving out the first day and counting the last: Texas Government Code, section 311.014 (a), and
        for not ending on a weekend or holiday, (b). Other rules read so far count the same way.
        """
        off = {holiday.day for holiday in self.holidays}
        while count > 0:
            day += timedelta(days=1)
            count -= day.weekday() not in self.weekend and day not in off
        return day


USUAL = WorkingDays()
"""Monday to Friday, without a holiday."""
