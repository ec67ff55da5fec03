"""What two birth dates say about whether they are of one person."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from peernote_tui.domain.sameness.traits import BirthDate

# Logarithms of how probable it is for one person, against for two: 70 years, 12 months, 30 days. A part of a date is
# wrong in one of seven or so second records, mostly by one digit.
_SAME, _SAME_NEW_YEAR = 9.7, 7.5
_SWAPPED = 5.3
_YEAR_SLIP, _MONTH_SLIP, _DAY_SLIP = 4.4, 5.0, 4.4
_YEAR_OTHER, _MONTH_OTHER, _DAY_OTHER = 1.9, 3.5, 2.6
_TWO_SLIPS, _TWO_OTHER = -0.5, -2.5
_OTHER = -7.0
_SAME_YEAR, _NEXT_YEAR, _NEAR_YEAR, _FAR_YEAR = 4.1, 0.3, -1.0, -5.0
_ABOUT_SAME, _ABOUT_NEAR, _ABOUT_FAR = 2.0, 0.0, -4.0
_GENERATION = 12
"""Years between two people of one name that are rather parent and child than a slip of one digit."""


class BirthWay(StrEnum):
    """How two birth dates are alike."""

    SAME = "same birth date"
    CLOSE = "birth date close"
    YEAR = "same year of birth"
    ABOUT = "about the same age"
    NOT = ""


class BirthSays(NamedTuple):
    """What two birth dates say; `other` when they are far from each other."""

    weight: float
    way: BirthWay
    other: bool = False
    far: bool = False
    """Whether there is a generation between them."""


NOTHING = BirthSays(0.0, BirthWay.NOT)


def births_say(one: BirthDate | None, other: BirthDate | None) -> BirthSays:
    """What two birth dates say."""
    if one is None or other is None:
        return NOTHING
    years = abs(one.year - other.year)
    if one.estimated or other.estimated:
        if years <= 2:
            return BirthSays(_ABOUT_SAME, BirthWay.ABOUT)
        far = years >= _GENERATION
        return BirthSays(_ABOUT_NEAR if years <= 5 else _ABOUT_FAR, BirthWay.NOT, years > 5, far)
    if not one.month or not other.month:
        return _years_say(one.year, other.year)
    return _days_say(one, other)


def _years_say(one: int, other: int) -> BirthSays:
    years = abs(one - other)
    if not years:
        return BirthSays(_SAME_YEAR, BirthWay.YEAR)
    if years == 1:
        return BirthSays(_NEXT_YEAR, BirthWay.ABOUT)
    if one_slip(f"{one}", f"{other}"):
        return BirthSays(_NEAR_YEAR, BirthWay.NOT, far=years >= _GENERATION)
    return BirthSays(_FAR_YEAR, BirthWay.NOT, other=True, far=years >= _GENERATION)


def _days_say(one: BirthDate, other: BirthDate) -> BirthSays:
    if one == other:
        return BirthSays(_SAME_NEW_YEAR if one.month == one.day == 1 else _SAME, BirthWay.SAME)
    if one.year == other.year and (one.month, one.day) == (other.day, other.month):
        return BirthSays(_SWAPPED, BirthWay.CLOSE)
    parts = (
        (f"{one.year:04}", f"{other.year:04}", _YEAR_SLIP, _YEAR_OTHER),
        (f"{one.month:02}", f"{other.month:02}", _MONTH_SLIP, _MONTH_OTHER),
        (f"{one.day:02}", f"{other.day:02}", _DAY_SLIP, _DAY_OTHER),
    )
    unlike = [part for part in parts if part[0] != part[1]]
    if len(unlike) == 1:
        ((left, right, slip, another),) = unlike
        return BirthSays(slip if one_slip(left, right) else another, BirthWay.CLOSE)
    far = abs(one.year - other.year) >= _GENERATION
    if len(unlike) == 2:
        if all(one_slip(left, right) for left, right, _, _ in unlike):
            return BirthSays(_TWO_SLIPS, BirthWay.CLOSE, far=far)
        return BirthSays(_TWO_OTHER, BirthWay.NOT, other=True, far=far)
    return BirthSays(_OTHER, BirthWay.NOT, other=True, far=far)


def one_slip(one: str, other: str) -> bool:
    """Whether two numbers of as many digits differ in one digit, or in two neighbours that are swapped."""
    places = [place for place, digit in enumerate(one) if digit != other[place]]
    if len(places) == 2:
        left, right = places
        return right == left + 1 and one[left] == other[right] and one[right] == other[left]
    return len(places) == 1
