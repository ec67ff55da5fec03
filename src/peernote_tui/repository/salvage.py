"""Bringing rows that were read from single pages into a fresh database, each into the table it came from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlcipher3 import dbapi2

from peernote_tui.domain.ids import is_id
from peernote_tui.repository.rows import Connection, Row, fetch_all, insert

OWN_TABLES = frozenset({"vault_identity", "migration_journal"})
"""What a fresh database writes for itself."""

Stored: TypeAlias = tuple[int, Sequence[Any]]
"""The number of a row and its columns, as they are stored."""

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d|\d\d:\d\d")
_HEX = re.compile(r"[0-9a-f]*")
_VIRTUAL_GENERATED, _STORED_GENERATED = 2, 3


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is stored.

    Attributes:
        kind: `TEXT` or `INTEGER`.
        needed: It is never NULL.
        derived: The database works it out; it is stored, and not inserted.
        added: It has a value of its own in rows that were written before the column came.
    """

    name: str
    kind: str
    needed: bool
    derived: bool
    added: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A column that names a row of another table.

    Attributes:
        column: Which one.
        table: The other table.
        key: The column that is named there.
        needed: The row cannot be without it.
    """

    column: str
    table: str
    key: str
    needed: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """How the rows of a table are stored.

    Attributes:
        name: Of the table.
        columns: In the order they are stored in.
        key: What names a row: its `id`, where there is one.
        numbered: The column that is the row's number; None when the number is nobody's business.
        links: To rows of other tables.
    """

    name: str
    columns: tuple[Column, ...]
    key: str
    numbered: str | None
    links: tuple[Link, ...] = ()

    def fits(self, stored: Stored) -> bool:
        """Whether a row can have come from this table."""
        values = stored[1]
        if len(values) > len(self.columns):
            return False
        for place, column in enumerate(self.columns):
            value = values[place] if place < len(values) else None
            if column.name == self.numbered:
                if value is not None:
                    return False
            elif value is None:
                # A column that was added later is missing in rows written before.
                if column.needed and not (column.added and place >= len(values)):
                    return False
            elif not isinstance(value, int if column.kind == "INTEGER" else str) or not _likely(column.name, value):
                return False
        return True

    def row(self, stored: Stored) -> Row:
        """The row by column name, without what the database works out itself."""
        number, values = stored
        row = {
            column.name: value
            for column, value in zip(self.columns, values, strict=False)
            if not column.derived and (value is not None or not column.needed)
        }
        if self.numbered is not None:
            row[self.numbered] = number
        return row


def layouts(connection: Connection) -> dict[str, Layout]:
    """The tables that hold what people wrote and did; none of those that can be made from them."""
    tables = fetch_all(
        connection,
        "SELECT s.name FROM sqlite_schema s JOIN pragma_table_list t ON t.name = s.name AND t.schema = 'main' "
        "WHERE s.type = 'table' AND t.type = 'table' AND s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY s.rowid",
    )
    return {name: _layout(connection, name) for name in (row["name"] for row in tables) if name not in OWN_TABLES}


def _layout(connection: Connection, table: str) -> Layout:
    found = fetch_all(connection, f"PRAGMA table_xinfo({table})")
    keys = [row for row in found if row["pk"]]
    numbered = keys[0]["name"] if len(keys) == 1 and keys[0]["type"] == "INTEGER" else None
    columns = tuple(
        Column(
            row["name"],
            row["type"],
            needed=bool(row["notnull"]) and row["name"] != numbered,
            derived=row["hidden"] == _STORED_GENERATED,
            added=row["dflt_value"] is not None,
        )
        for row in found
        if row["hidden"] != _VIRTUAL_GENERATED
    )
    names = {column.name for column in columns}
    key = "id" if "id" in names else keys[0]["name"]
    needed = {column.name for column in columns if column.needed}
    links = tuple(
        Link(row["from"], row["table"], row["to"], needed=row["from"] in needed)
        for row in fetch_all(connection, f"PRAGMA foreign_key_list({table})")
    )
    return Layout(table, columns, key, numbered, links)


@dataclass(slots=True)
class Harvest:
    """What was found in the pages, by table.

    Attributes:
        rows: By table, each row by its key.
        doubles: How many older states of a row were found beside the newest.
        unnamed: How many rows fit no table, or more than one.
    """

    rows: dict[str, dict[Any, Row]] = field(default_factory=lambda: defaultdict(dict))
    numbers: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    doubles: int = 0
    unnamed: int = 0
    _seen: set[int] = field(default_factory=set)

    def take(self, layout: Layout | None, found: Iterable[Stored]) -> None:
        """Take in rows of a table; None for tables that are made anew."""
        for stored in found:
            self._seen.add(hash((stored[0], tuple(stored[1]))))
            if layout is not None:
                self._keep(layout, stored)

    def take_by_shape(self, among: Mapping[str, Layout], found: Iterable[Stored]) -> None:
        """Take in rows of which only the shape says where they belong; those taken before are passed over."""
        for stored in found:
            mark = hash((stored[0], tuple(stored[1])))
            if mark in self._seen or any(isinstance(value, bytes) for value in stored[1]):
                continue
            self._seen.add(mark)
            fitting = [layout for layout in among.values() if layout.fits(stored)]
            if len(fitting) == 1:
                self._keep(fitting[0], stored)
            elif fitting or not _is_known_otherwise(stored[1]):
                self.unnamed += 1

    def _keep(self, layout: Layout, stored: Stored) -> None:
        row = layout.row(stored)
        rows, key = self.rows[layout.name], row.get(layout.key)
        self.numbers[layout.name].add(stored[0])
        if key in rows:
            self.doubles += rows[key] != row
            if _moment(row) <= _moment(rows[key]):
                return
        rows[key] = row


def _likely(name: str, value: Any) -> bool:
    """Whether a value can stand in a column of that name: the house names what is alike alike."""
    if name == "external_id" or not isinstance(value, str):
        return True
    if name == "id" or name.endswith("_id"):
        return is_id(value)
    if name == "by" or name.endswith("_by"):
        return not value or is_id(value)
    if name in {"at", "day", "due"} or name.endswith(("_at", "_on")):
        return _MOMENT.match(value) is not None
    if name in {"hash", "previous", "salt", "signature"} or name.endswith("_key"):
        return _HEX.fullmatch(value) is not None
    return name != "document" or value.startswith("{")


def _is_known_otherwise(values: Sequence[Any]) -> bool:
    """Whether a row is one of the schema, of the list of its steps, or of the vault's identity."""
    if values and values[0] in {"table", "index", "trigger", "view"}:
        return True
    return len(values) <= 2


def _moment(row: Row) -> str:
    return max((str(row.get(name) or "") for name in ("changed_at", "touched_at")), default="")


def fill(connection: Connection, rows: Mapping[str, Iterable[Row]]) -> Iterator[tuple[str, Row]]:
    """Insert rows by table; what the database refuses is given back, with its table, and is not inserted.

    The caller commits, and looks after rows that point to nothing: links are not checked here.
    """
    for table, each in rows.items():
        for row in each:
            try:
                insert(connection, table, row)
            except dbapi2.IntegrityError:
                yield table, row


def rows_of(connection: Connection, layout: Layout) -> list[Row]:
    """Every row of a table of a sound database of the same or an older schema; none when it is not there."""
    there = {row["name"] for row in fetch_all(connection, f"PRAGMA table_info({layout.name})")}
    names = [column.name for column in layout.columns if column.name in there and not column.derived]
    return fetch_all(connection, f"SELECT {', '.join(names)} FROM {layout.name}") if names else []
