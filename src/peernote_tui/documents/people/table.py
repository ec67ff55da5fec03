"""What every reader of a file of people gives: headers and rows, each with its line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from peernote_tui.domain.errors import InvalidInputError

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes; a file beyond this is no list of people."""
MOST_ROWS = 200_000
MOST_COLUMNS = 2_000
MOST_CELLS = 20_000_000
"""Rows times columns; empty cells take memory, too."""

Watch: TypeAlias = Callable[[int], None]
"""Told now and then how many rows are read; may raise to end the reading."""


def unwatched(_rows: int) -> None:
    """Nobody looks on."""


class FileKind(StrEnum):
    """What a file of people is."""

    CSV = "csv"
    XLSX = "xlsx"
    VCARD = "vcard"


class Asks(StrEnum):
    """What has to be said of a file before it can be read."""

    ENCODING = "encoding"
    COLUMNS = "columns"
    DATES = "dates"


class PeopleFileError(InvalidInputError):
    """A file cannot be read as a list of people.

    `line` names where, when it is one place; `asks` what somebody can say of the file to cure it. The way out is that
    of the command line.
    """

    def __init__(self, sentence: str, way_out: str = "", *, line: int | None = None, asks: Asks | None = None) -> None:
        super().__init__(sentence, way_out, field="file")
        self.line = line
        self.asks = asks


def require_size(size: int) -> None:
    """Refuse a file by its size, before it is read.

    Raises:
        PeopleFileError: It is empty, or larger than 64 MB.
    """
    if size > LARGEST_FILE:
        raise PeopleFileError(
            f"The file is larger than {LARGEST_FILE // 2**20} MB. It was not read.",
            "Is it the right one? A longer list can be split.",
        )
    if not size:
        raise PeopleFileError("The file is empty.", "Is it the right one?")


class MadeDay(str):
    """A day, `YYYY-MM-DD`, that the file holds as a day and not as text."""

    __slots__ = ()


class Odd(str):
    """A cell that has no value that could be taken over; the text says why."""

    __slots__ = ()


class Row(NamedTuple):
    """One row of a file.

    Attributes:
        line: Where it begins, counted from 1; in a workbook the number of the row.
        cells: As many as there are headers.
        problem: Why the row as a whole cannot be used; empty when it can.
    """

    line: int
    cells: tuple[str, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A file as headers and rows.

    Attributes:
        kind: What the file is.
        headers: As they stand in the file; cells may be empty, and two may be the same.
        rows: In the order of the file, without empty ones.
        told: Sentences on how the file was read, such as its encoding and why that was taken.
        encoding: The name of the encoding; empty where the form of the file settles it.
        sheets: The names of a workbook's sheets.
        sheet: The one that was read.
        header_line: The line of the headers; 0 when the file has none of its own.
        defused: Whether an apostrophe before a sign that begins a formula is no part of the value.
    """

    kind: FileKind
    headers: tuple[str, ...]
    rows: tuple[Row, ...] = field(repr=False)
    told: tuple[str, ...] = ()
    encoding: str = ""
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    header_line: int = 0
    defused: bool = False
