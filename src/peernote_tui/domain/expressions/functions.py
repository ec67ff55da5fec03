"""The functions an expression may use: what each takes and gives. A value that does not fit gives none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Decimal, DecimalException, InvalidOperation
from typing import Any

from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.patterns import read_pattern

_DAY = 24 * 60
_UNIT = 15
_MOST_PLACES = 6
_LONGEST_TEXT = 2_000
_LARGEST = Decimal(10) ** 15


@dataclass(frozen=True, slots=True)
class Function:
    """One function.

    Attributes:
        least: The fewest values it takes.
        most: The most.
        work: What it does; None for values it has no answer to.
        says: What it is for, in a sentence.
    """

    least: int
    most: int
    work: Callable[..., Any]
    says: str


def minutes(start: Any, end: Any = None) -> Decimal | None:
    """Minutes from one time to another, past midnight when the end is earlier; or of a time span."""
    if isinstance(start, tuple) and len(start) == 2 and end is None:
        start, end = start
    if not isinstance(start, time) or not isinstance(end, time):
        return None
    return Decimal((end.hour * 60 + end.minute - start.hour * 60 - start.minute) % _DAY)


def units(length: Any, rule: Any) -> Decimal | None:
    """Units of 15 minutes: `floor15` counts whole ones, `ceil15` begun ones, `cms8` from eight minutes on.

    Source: payers' own rules; the eight-minute rule is that of the CMS (Medicare Claims Processing Manual,
    chapter 5, section 20.2).
    """
    if not isinstance(length, Decimal) or length < 0:
        return None
    if rule == "floor15":
        return (length / _UNIT).to_integral_value(ROUND_FLOOR)
    if rule == "ceil15":
        return (length / _UNIT).to_integral_value(ROUND_CEILING)
    if rule == "cms8":
        return ((length + 7) / _UNIT).to_integral_value(ROUND_FLOOR)
    return None


def age(born: Any, on: Any) -> Decimal | None:
    """Whole years from a birth date to a day; whoever is born on 29 February is a year older on 1 March."""
    if not isinstance(born, date) or not isinstance(on, date) or born > on:
        return None
    return Decimal(on.year - born.year - ((on.month, on.day) < (born.month, born.day)))


def days(start: Any, end: Any) -> Decimal | None:
    """Days from one date to another, negative when the second is earlier."""
    if not isinstance(start, date) or not isinstance(end, date):
        return None
    return Decimal((end - start).days)


def selected(answer: Any, value: Any) -> bool:
    """Whether a choice, or one of several choices, is this one."""
    return value in answer if isinstance(answer, tuple) else answer is not None and answer == value


def count(answer: Any) -> Decimal:
    """How many choices, tags or rows there are."""
    return Decimal(len(answer)) if isinstance(answer, tuple) else Decimal(answer is not None)


def total(*answers: Any) -> Decimal | None:
    """The sum of numbers, or of a column of rows; what is not answered counts nothing."""
    numbers = _numbers(answers)
    return sum(numbers, Decimal(0)) if numbers else None


def first_answered(*answers: Any) -> Any:
    """The first value that is answered."""
    return next((answer for answer in answers if is_answered(answer)), None)


def rounded(number: Any, places: Any = Decimal(0)) -> Decimal | None:
    """A number to so many places, half up."""
    if not _is_number(number) or not _is_number(places) or not 0 <= places <= _MOST_PLACES:
        return None
    try:
        return Decimal(number.quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP))
    except InvalidOperation:
        return None


def number(answer: Any) -> Decimal | None:
    """The number that an answer is: that of a choice such as `2`, or of a text that is nothing but one."""
    if isinstance(answer, str):
        try:
            found = Decimal(answer)
        except DecimalException:
            return None
        return found if found.is_finite() and abs(found) <= _LARGEST else None
    return answer if _is_number(answer) else None


def whole(answer: Any) -> Decimal | None:
    """A number without what stands after its point."""
    return answer.to_integral_value(ROUND_DOWN) if _is_number(answer) else None


def least(*answers: Any) -> Decimal | None:
    """The smallest of numbers, or of a column of rows; None when there is none."""
    return min(_numbers(answers), default=None)


def most(*answers: Any) -> Decimal | None:
    """The largest of numbers, or of a column of rows; None when there is none."""
    return max(_numbers(answers), default=None)


def joined(*answers: Any) -> str | None:
    """Texts and numbers one after another; what is not answered is left out."""
    texts = [answer if isinstance(answer, str) else _plain(answer) for answer in answers if is_answered(answer)]
    return "".join(texts)[:_LONGEST_TEXT] or None


def fits(answer: Any, pattern: Any) -> bool:
    """Whether a text is as a pattern says; see `patterns`."""
    if not isinstance(answer, str) or not isinstance(pattern, str):
        return False
    try:
        return read_pattern(pattern).fits(answer)
    except InvalidInputError:
        return False


def is_answered(answer: Any) -> bool:
    """Whether there is an answer; an empty text or list is none."""
    return answer is not None and answer not in ("", ())


def length(answer: Any) -> Decimal:
    """How many characters a text has."""
    return Decimal(len(answer)) if isinstance(answer, str) else Decimal(0)


def _numbers(answers: tuple[Any, ...]) -> list[Decimal]:
    flat = (each for answer in answers for each in (answer if isinstance(answer, tuple) else (answer,)))
    return [each for each in flat if _is_number(each)]


def _plain(answer: Any) -> str:
    if _is_number(answer):
        return format(answer.normalize(), "f")
    if isinstance(answer, tuple):
        return ", ".join(each if isinstance(each, str) else _plain(each) for each in answer if is_answered(each))
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return f"{answer:%H:%M}" if isinstance(answer, time) else str(answer)


def _is_number(value: Any) -> bool:
    return isinstance(value, Decimal)


FUNCTIONS = {
    "minutes": Function(1, 2, minutes, "minutes of a time span, or between two times"),
    "units": Function(2, 2, units, "units of 15 minutes by a rule: floor15, ceil15 or cms8"),
    "age": Function(2, 2, age, "whole years from a birth date to a day"),
    "days": Function(2, 2, days, "days between two dates"),
    "selected": Function(2, 2, selected, "whether a choice, or one of several, was taken"),
    "count": Function(1, 1, count, "how many choices, tags or rows there are"),
    "sum": Function(1, 20, total, "the sum of numbers, or of a column of rows"),
    "coalesce": Function(1, 20, first_answered, "the first value that is answered"),
    "round": Function(1, 2, rounded, "a number to so many places"),
    "whole": Function(1, 1, whole, "a number without what stands after its point"),
    "number": Function(1, 1, number, "the number that a choice or a text is"),
    "min": Function(1, 20, least, "the smallest of numbers, or of a column of rows"),
    "max": Function(1, 20, most, "the largest of numbers, or of a column of rows"),
    "join": Function(1, 20, joined, "texts and numbers one after another"),
    "fits": Function(2, 2, fits, "whether a text is as a pattern says"),
    "answered": Function(1, 1, is_answered, "whether there is an answer"),
    "length": Function(1, 1, length, "how many characters a text has"),
    "if": Function(3, 3, first_answered, "one value or another, by a condition"),
    "today": Function(0, 0, first_answered, "the day of writing"),
}
"""Every function by name. `if` and `today` are worked out where the answers are known."""
