"""Rows of a file as participants, or the reason why one cannot be one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from peernote_tui.documents.people.births import Births, DateOrder, decide
from peernote_tui.documents.people.columns import NAMING, Column, Field, left_open
from peernote_tui.documents.people.csv_table import undefused
from peernote_tui.documents.people.groups import RowReader
from peernote_tui.documents.people.table import Asks, MadeDay, Odd, PeopleFileError, Row, Table
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.names import clean_name, fold
from peernote_tui.domain.participant import ParticipantDetails

_FIELD_WORDS = {"born": "the birth date", "external_id": "the ID", "name": "the name", "phone": "the phone"}
_DIGITS = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Planned:
    """One row, ready to be taken in or not.

    Attributes:
        line: Where it begins in the file.
        details: The participant; None when the row is bad.
        problem: Why it is bad: a sentence.
        like_line: An earlier row that is most likely the same person; 0 when there is none.
    """

    line: int
    details: ParticipantDetails | None
    problem: str = ""
    like_line: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """A file, what its columns are, and how its dates are read.

    Attributes:
        table: The file.
        columns: What each column fills.
        births: How birth dates are read.
        today: The local day.
    """

    table: Table
    columns: tuple[Column, ...]
    births: Births
    today: date

    @property
    def told(self) -> tuple[str, ...]:
        """Sentences on how the file is read."""
        left = [column.name for column in self.columns if column.field is Field.LEFT_OUT and column.header]
        return (
            *self.table.told,
            *self.births.told,
            *self.left_open,
            *((f"Left out: {', '.join(left)}.",) if left else ()),
        )

    @property
    def left_open(self) -> tuple[str, ...]:
        """Sentences on fields that more than one column is headed as, so that none was taken."""
        return open_claims(self.table, self.columns)

    def rows(self) -> Iterator[Planned]:
        """Every row of the file as a participant, in order; a bad one with its reason."""
        reader = RowReader(self.columns, self.births)
        ids: dict[str, int] = {}
        people: dict[tuple[str, str], int] = {}
        for row in self.table.rows:
            yield self._planned(row, reader, ids, people)

    def _planned(self, row: Row, reader: RowReader, ids: dict[str, int], people: dict[tuple[str, str], int]) -> Planned:
        if row.problem:
            return Planned(row.line, None, _sentence(row.problem))
        try:
            details = _checked(reader.read(_cells(row, self.table, self.columns)))
        except InvalidInputError as error:
            return Planned(row.line, None, _sentence(error.sentence))
        if details.external_id:
            before = ids.setdefault(details.external_id.casefold(), row.line)
            if before != row.line:
                return Planned(row.line, None, f"Line {before} has this ID already.")
        name = fold(details.name)
        digits = "".join(_DIGITS.findall(details.phone))
        # A name alone is shared by many; with the birth date or the number it is one person.
        known = [(name, mark) for mark in (details.born, f"tel {digits}" if digits else "") if mark]
        like = next((people[key] for key in known if key in people), 0)
        for key in known:
            people.setdefault(key, row.line)
        return Planned(row.line, details, like_line=like)


def open_claims(table: Table, columns: Sequence[Column]) -> tuple[str, ...]:
    """A sentence for each field that more than one column is headed as and none fills."""
    return tuple(
        f"More than one column is headed as “{each.value.replace('_', ' ')}”: "
        f"{' and '.join(f'column {column.index + 1}' for column in found)}. None of them is taken unless you say which."
        for each, found in left_open(table, columns)
    )


def make_plan(table: Table, columns: Sequence[Column], *, today: date, order: DateOrder | None = None) -> Plan:
    """Settle how a file is read.

    Raises:
        DatesUnclearError: In which order the birth dates stand has to be asked.
        PeopleFileError: No column is a name.
    """
    if not table.rows:
        raise PeopleFileError("There is nobody in this file: it has headers and no rows.", "Is it the right one?")
    if not NAMING & {column.field for column in columns}:
        claims = {each: found for each, found in left_open(table, columns) if each in NAMING}
        for found in claims.values():
            names = " and ".join(f"column {column.index + 1}" for column in found)
            raise PeopleFileError(
                f"More than one column is headed as the name: {names}.",
                "Say which with --map, such as --map 1=name.",
                asks=Asks.COLUMNS,
            )
        raise PeopleFileError(
            "No column of this file is known to be the name.",
            "Say which with --map, such as --map 1=name.",
            asks=Asks.COLUMNS,
        )
    born = [column.index for column in columns if column.field is Field.BORN]
    cells = ((row.line, cell) for row in table.rows for cell in (row.cells[at] for at in born) if not row.problem)
    return Plan(table, tuple(columns), decide(cells, today=today, order=order), today)


def _cells(row: Row, table: Table, columns: Sequence[Column]) -> list[str]:
    """The values of a row by column; what a spreadsheet did to one is a reason to refuse it."""
    cells = [""] * len(row.cells)
    for column in columns:
        if column.field is Field.LEFT_OUT:
            continue
        cell = row.cells[column.index]
        if not cell:
            continue
        if isinstance(cell, Odd):
            raise InvalidInputError(f"{column.name}: {cell}.")
        if isinstance(cell, MadeDay) and column.field not in {Field.BORN, Field.CUSTOM}:
            raise InvalidInputError(f"{column.name}: a spreadsheet made a day of this value.")
        cells[column.index] = undefused(cell) if table.defused else cell
    return cells


def _checked(values: dict[str, Any]) -> ParticipantDetails:
    try:
        values["name"] = clean_name(values["name"])
        return ParticipantDetails(**values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
    place = [str(part) for part in first["loc"]]
    words = _FIELD_WORDS.get(place[0], f"“{place[0].replace('_', ' ')}”") if place else "a field"
    context = first.get("ctx", {})
    if first["type"] == "string_too_long":
        raise InvalidInputError(f"{words} is longer than {context.get('max_length')} characters.")
    if first["type"] == "too_long":
        raise InvalidInputError(f"{words} has more than {context.get('max_length')} entries.")
    raise InvalidInputError(f"{words} cannot be taken as it is.")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
