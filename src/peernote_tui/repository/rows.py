"""Small helpers between rows and models: instants, days, JSON, and rows by column name."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any, TypeAlias

from sqlcipher3 import dbapi2

from peernote_tui.domain.base import canonical_json
from peernote_tui.domain.note import seal_hash

Connection: TypeAlias = dbapi2.Connection
Row = dict[str, Any]
DatabaseError = dbapi2.Error
"""What the database says when it could not do what was asked, for rooms that do not know the database."""


def instant_text(instant: datetime | None) -> str | None:
    """An instant as stored: UTC, ISO 8601, microseconds always written so that text order is time order."""
    return None if instant is None else instant.astimezone(UTC).isoformat(timespec="microseconds")


def day_text(day: date | None) -> str | None:
    """A day as stored."""
    return None if day is None else day.isoformat()


def json_text(value: Any) -> str:
    """JSON as stored."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def fetch_all(connection: Connection, sql: str, values: Sequence[Any] | dict[str, Any] = ()) -> list[Row]:
    """All rows of a query, by column name."""
    cursor = connection.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def fetch_one(connection: Connection, sql: str, values: Sequence[Any] | dict[str, Any] = ()) -> Row | None:
    """The first row of a query, by column name, or None."""
    rows = fetch_all(connection, sql, values)
    return rows[0] if rows else None


def fetch_value(connection: Connection, sql: str, values: Sequence[Any] | dict[str, Any] = ()) -> Any:
    """The first column of the first row, or None."""
    row = connection.execute(sql, values).fetchone()
    return None if row is None else row[0]


def insert(connection: Connection, table: str, row: Row) -> None:
    """Insert one row; `table` and the keys come from this package's code, never from a person."""
    columns = ", ".join(row)
    marks = ", ".join(f":{name}" for name in row)
    connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", row)


def insert_sealed(connection: Connection, table: str, row: Row) -> str:
    """Insert a row that never changes; gives its salted hash, which the log keeps in the same transaction."""
    salt = secrets.token_hex(16)
    insert(connection, table, {**row, "salt": salt})
    return seal_hash(salt, canonical_json(row))


def update(connection: Connection, table: str, row: Row, key: str = "id") -> int:
    """Update the row with that key; returns how many rows changed."""
    sets = ", ".join(f"{name} = :{name}" for name in row if name != key)
    cursor = connection.execute(f"UPDATE {table} SET {sets} WHERE {key} = :{key}", row)
    return int(cursor.rowcount)


def like_escape(text: str) -> str:
    r"""Text for a LIKE pattern with `ESCAPE '\'`."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def by_prefix(connection: Connection, table: str, prefix: str, limit: int = 2) -> Iterable[str]:
    """Ids of a table that begin with a prefix, for references shortened by people."""
    sql = f"SELECT id FROM {table} WHERE id LIKE ? ESCAPE '\\' ORDER BY id LIMIT ?"
    return [row[0] for row in connection.execute(sql, (like_escape(prefix.lower()) + "%", limit))]
