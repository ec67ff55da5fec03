"""When something is planned, or was: a day and perhaps a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from peernote_tui.domain.dates.days import Toward, date_with_year, day_readings, two_days_fit
from peernote_tui.domain.dates.times import read_clock
from peernote_tui.domain.dates.words import MONTHS, splits, tidy
from peernote_tui.domain.errors import InvalidInputError

_YEAR = re.compile(r"(?:19|20)\d\d")
_EXAMPLES = "Two ways that work: fri 2pm, 30 nov 14:00."


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and, when known, the wall time `at` on it."""

    day: date
    at: time | None = None


def understand_moment(text: str, *, now: datetime, toward: Toward, day_first: bool | None = None) -> Moment:
    """Reads a day with or without a time, such as a next contact.

    Days are read as by `understand_day`; of times, bare hours 1 to 6 are afternoon, 7 to 11 morning, 12 is
    noon. A time alone is today's when it lies in the direction asked for, else it is refused.

    Args:
        text: What was typed.
        now: The local date and time.
        toward: Where to look when the entry leaves it open.
        day_first: How numbers such as 5/6 are ordered; without it they are read only when one order fits.

    Raises:
        InvalidInputError: Not understood, two readings fit, or a time alone does not lie in the direction.
    """
    plain, today = tidy(text), now.date()
    if plain == "now":
        return Moment(today, now.time().replace(second=0, microsecond=0))
    if whole_date := date_with_year(plain, today=today, toward=toward, day_first=day_first):
        return Moment(whole_date)
    found: set[Moment] = set()
    for day_text, time_text in splits(plain):
        if not day_text:
            continue
        clock = read_clock(time_text) if time_text else None
        if time_text and clock is None:
            continue
        if time_text and _YEAR.fullmatch(time_text) and MONTHS.keys() & day_text.replace(".", "").split(" "):
            # "29 feb 2027" is a day that is not there, and no evening of another year.
            raise _too_open()
        days = day_readings(day_text, today=today, toward=toward, day_first=day_first)
        found.update(Moment(day, clock.usual() if clock else None) for day in days)
    if len(found) > 1:
        raise two_days_fit() if len({moment.day for moment in found}) > 1 else _too_open()
    if found:
        return found.pop()
    return _time_alone(plain, now, toward)


def _too_open() -> InvalidInputError:
    return InvalidInputError("This can be read in two ways.", _EXAMPLES)


def _time_alone(plain: str, now: datetime, toward: Toward) -> Moment:
    clock = read_clock(plain)
    if clock is None:
        raise InvalidInputError("This day or time is not understood.", _EXAMPLES)
    at = clock.usual()
    if (at > now.time()) is not (toward is Toward.FUTURE):
        raise InvalidInputError("This time needs its day beside it.", _EXAMPLES)
    return Moment(now.date(), at)
