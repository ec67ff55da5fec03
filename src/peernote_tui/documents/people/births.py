"""Birth dates of a whole column: in which order day, month and year stand is decided from all of them, or asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from peernote_tui.documents.people.table import Asks, PeopleFileError
from peernote_tui.domain.dates import Birth, Precision, understand_birth
from peernote_tui.domain.errors import InvalidInputError


class DateOrder(StrEnum):
    """In which order the numbers of a date stand."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


ORDER_WORDS = {DateOrder.DMY: "day first", DateOrder.MDY: "month first", DateOrder.YMD: "year first"}

_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp]\.?[Mm]\.?)?Z?$")
_AROUND_SIGNS = re.compile(r"(?<=\d)\s*([./-])\s*(?=\d)")
_YEAR_FIRST = re.compile(r"(\d{4})([./-])(\d{1,2})\2(\d{1,2})")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})\.?")
_WITH_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_NO_YEAR = re.compile(r"---?\d{2}(-?\d{2})?.*")
_NO_DATE = re.compile(r"[0./ -]+")
_LONGEST = 60


def has_no_year(text: str) -> bool:
    """Whether a birthday is written without its year, as phones allow: `--05-02`."""
    return bool(_NO_YEAR.fullmatch(text.strip()))


class DatesUnclearError(PeopleFileError):
    """The birth dates of a column can be read in more than one order, and nobody said in which."""


@dataclass(frozen=True, slots=True)
class Births:
    """How the birth dates of one column are read.

    Attributes:
        today: The local day; nobody is born after it.
        order: Of numbers with strokes, such as 5/2/1990; None when there are none, or all of them read the same.
        dotted: Of numbers with dots, such as 2.5.1990.
        told: Sentences on how they are read and why.
    """

    today: date
    order: DateOrder | None = None
    dotted: DateOrder = DateOrder.DMY
    told: tuple[str, ...] = ()

    def read(self, text: str) -> Birth | None:
        """One birth date; None where the file says that there is none, such as Outlook's 0/0/00.

        Raises:
            InvalidInputError: It is none, lies in the future or before 1900.
        """
        plain = _plain(text)
        if has_no_year(plain) or _NO_DATE.fullmatch(plain):
            return None
        if match := _YEAR_FIRST.fullmatch(plain) or _COMPACT.fullmatch(plain):
            *_, month, day = match.groups()
            return self._checked(int(match[1]), int(month), int(day))
        if match := _NUMBERS.fullmatch(plain):
            return self._in_order(match)
        if len(plain) <= _LONGEST and _WITH_YEAR.search(plain):
            return understand_birth(plain, today=self.today)
        raise _unreadable()

    def read_age(self, text: str) -> Birth:
        """An age in years, kept as the year it counts back to."""
        plain = text.strip()
        if not (plain.isascii() and plain.isdigit() and len(plain) <= 3):
            raise InvalidInputError("This age is no whole number.")
        return understand_birth(plain, today=self.today)

    def _in_order(self, match: re.Match[str]) -> Birth:
        numbers = [int(match[1]), int(match[3]), int(match[4])]
        order = self.dotted if match[2] == "." else self.order or DateOrder.DMY
        if order is DateOrder.YMD:
            if len(match[4]) == 4:
                raise _unreadable()
            year, month, day = numbers
        else:
            year, month, day = numbers[2], numbers[1], numbers[0]
            if order is DateOrder.MDY:
                month, day = day, month
        if len(match[4]) == 2:
            # Nobody is born in the future, so 87 is 1987, and 05 is 2005.
            later = (2000 + year, month, day) <= (self.today.year, self.today.month, self.today.day)
            year += 2000 if later else 1900
        return self._checked(year, month, day)

    def _checked(self, year: int, month: int, day: int) -> Birth:
        try:
            found = date(year, month, day)
        except ValueError:
            raise _unreadable() from None
        if found > self.today:
            raise InvalidInputError("This birth date is in the future.")
        if year < 1900:
            raise InvalidInputError("This birth date lies before 1900.")
        return Birth(found.isoformat(), Precision.EXACT)


def decide(cells: Iterable[tuple[int, str]], *, today: date, order: DateOrder | None = None) -> Births:
    """Find out in which order the dates of a column stand.

    Args:
        cells: The line and the text of each cell.
        today: The local day.
        order: What somebody says; None to find out.

    Raises:
        DatesUnclearError: Two orders fit all of them, or none does; with a line.
    """
    seen = _Seen()
    yearless = 0
    for line, text in cells:
        yearless += has_no_year(text)
        match = _NUMBERS.fullmatch(_plain(text))
        if match is not None:
            seen.take(line, match)
    told = []
    if yearless:
        one = "1 birthday has" if yearless == 1 else f"{yearless} birthdays have"
        told.append(f"{one} no year, and a birth date needs one: left out.")
    if seen.short:
        one = "1 birth date has" if seen.short == 1 else f"{seen.short} birth dates have"
        told.append(f"{one} a year of two digits: each is taken as the latest such year that is not in the future.")
    if order is not None:
        return Births(today, order, order if seen.dots and not seen.strokes else DateOrder.DMY, tuple(told))
    if len(seen.proof) > 1:
        said = " and ".join(f"line {line} only {ORDER_WORDS[each]}" for each, line in seen.proof.items())
        raise DatesUnclearError(
            f"The birth dates do not stand in one order: {said} can be read.",
            "Put them in one order in the file, or say which with --dates dmy or --dates mdy; the others are then "
            "named as bad rows.",
            line=max(seen.proof.values()),
            asks=Asks.DATES,
        )
    if not seen.proof and seen.open_line:
        raise DatesUnclearError(
            f"The birth dates can be read day first or month first, such as the one on line {seen.open_line}, and "
            "none of them tells which.",
            "Say it with --dates dmy (day first) or --dates mdy (month first).",
            line=seen.open_line,
            asks=Asks.DATES,
        )
    for each, line in seen.proof.items():
        told.append(f"Birth dates are read {ORDER_WORDS[each]}, because line {line} fits no other order.")
        return Births(today, each, DateOrder.DMY, tuple(told))
    return Births(today, None, DateOrder.DMY, tuple(told))


class _Seen:
    """What the numbers of a column tell about their order."""

    def __init__(self) -> None:
        self.proof: dict[DateOrder, int] = {}
        self.open_line = self.short = 0
        self.strokes = self.dots = False

    def take(self, line: int, match: re.Match[str]) -> None:
        """Look at one date."""
        first, second, short = int(match[1]), int(match[3]), len(match[4]) == 2
        if not first and not second:
            return
        self.short += short
        if match[2] == ".":
            # With dots the day stands first wherever dates are written so.
            self.dots = True
            return
        self.strokes = True
        found = _proven(first, second, short_year=short)
        if found is not None:
            self.proof.setdefault(found, line)
        elif first != second and not self.open_line:
            self.open_line = line


def _proven(first: int, second: int, *, short_year: bool) -> DateOrder | None:
    if short_year and first > 31:
        return DateOrder.YMD
    if first > 12 >= second:
        return DateOrder.DMY
    return DateOrder.MDY if second > 12 >= first else None


def _plain(text: str) -> str:
    plain = " ".join(text[: 2 * _LONGEST].split())
    return _AROUND_SIGNS.sub(r"\1", _TIME.sub("", plain))


def _unreadable() -> InvalidInputError:
    return InvalidInputError("This birth date cannot be read.")
