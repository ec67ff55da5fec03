"""Birth dates as far as they are known, and ages said honestly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from peernote_tui.domain.dates.days import FIRST_YEAR, Toward, day_readings, two_days_fit
from peernote_tui.domain.dates.words import tidy
from peernote_tui.domain.errors import InvalidInputError

_EXAMPLES = "Two ways that work: 2 may 1990, or the age as a number such as 34."
_ABOUT = re.compile(r"(?:~ ?|about |around |circa |ca\.? |c\. ?)(.+)")
_WITH_YEAR = re.compile(r".*(?<!\d)\d{4}(?!\d).*")
_OLDEST = 120


class Precision(StrEnum):
    """How well a birth date is known."""

    EXACT = "exact"
    YEAR = "year"
    ESTIMATED = "estimated"


@dataclass(frozen=True, slots=True)
class Birth:
    """When someone was born: `value` is 'YYYY-MM-DD' when exact, else 'YYYY'."""

    value: str
    precision: Precision


def understand_birth(text: str, *, today: date, day_first: bool | None = None) -> Birth:
    """Reads a birth date, a birth year or an age.

    An age is kept as the year it counts back to, marked as estimated; "~1990" and "about 34" are
    estimated too.

    Raises:
        InvalidInputError: Not understood, two days fit, in the future, before 1900, or an age above 120.
    """
    plain = tidy(text)
    about = _ABOUT.fullmatch(plain)
    if about:
        plain = about[1]
    if plain.isdigit() and len(plain) <= 4:
        number = int(plain)
        if len(plain) < 4 and number > _OLDEST:
            raise _too_long_ago()
        year = number if len(plain) == 4 else today.year - number
        _check_year(year, today)
        given = Precision.YEAR if len(plain) == 4 and not about else Precision.ESTIMATED
        return Birth(f"{year:04d}", given)
    days: frozenset[date] = frozenset()
    if _WITH_YEAR.fullmatch(plain) and not about:
        days = day_readings(plain, today=today, toward=Toward.PAST, day_first=day_first)
    if len(days) > 1:
        raise two_days_fit()
    if not days:
        raise InvalidInputError("This birth date or age is not understood.", _EXAMPLES)
    (day,) = days
    _check_year(day.year, today)
    if day > today:
        raise InvalidInputError("This birth date is in the future.", _EXAMPLES)
    if _full_years(day, today) > _OLDEST:
        raise _too_long_ago()
    return Birth(day.isoformat(), Precision.EXACT)


def age_words(birth: Birth, today: date) -> str:
    """The age in years as far as it is known: "34", "about 34", or "33 or 34" when only the year is known."""
    if birth.precision is Precision.EXACT:
        return str(max(_full_years(date.fromisoformat(birth.value), today), 0))
    oldest = max(today.year - int(birth.value), 0)
    if birth.precision is Precision.ESTIMATED:
        return f"about {oldest}"
    if oldest == 0 or (today.month, today.day) == (12, 31):
        return str(oldest)
    return f"{oldest - 1} or {oldest}"


def _check_year(year: int, today: date) -> None:
    if year > today.year:
        raise InvalidInputError("This birth date is in the future.", _EXAMPLES)
    if year < FIRST_YEAR or today.year - year > _OLDEST + 1:
        raise _too_long_ago()


def _too_long_ago() -> InvalidInputError:
    return InvalidInputError("This birth date is too long ago, or the age too high.", _EXAMPLES)


def _full_years(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
