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


def marks(values: Sequence[Any]) -> str:
    """As many question marks as there are values, for `IN (…)`."""
    return ", ".join("?" for _ in values)


def same_person(connection: Connection, participant_id: str) -> tuple[str, ...]:
    """The ids under which rows of one participant stand: the kept record first, then those that became part of it.

    Args:
        connection: The vault's.
        participant_id: Of the kept record or of one that became part of it; comes back alone when nobody has it.
    """
    found = connection.execute(
        "WITH kept (id) AS (SELECT coalesce((SELECT merged_into FROM participants WHERE id = ?1), ?1)) "
        "SELECT id FROM kept UNION ALL SELECT p.id FROM kept JOIN participants p ON p.merged_into = kept.id",
        (participant_id,),
    )
    return tuple(str(row[0]) for row in found)


def kept_records(connection: Connection, participant_ids: tuple[str, ...]) -> dict[str, str]:
    """By each of these ids and of the records that became part of them, which of these ids it counts for."""
    found = connection.execute(
        f"SELECT id, merged_into FROM participants WHERE merged_into IN ({marks(participant_ids)})", participant_ids
    )
    return {**{each: each for each in participant_ids}, **{str(row[0]): str(row[1]) for row in found}}


def kept_id(column: str) -> str:
    """SQL for the id of the record that counts for a row: the one that the record in `column` became part of."""
    return f"coalesce((SELECT merged_into FROM participants WHERE id = {column}), {column})"


def like_escape(text: str) -> str:
    r"""Text for a LIKE pattern with `ESCAPE '\'`."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def by_prefix(connection: Connection, table: str, prefix: str, limit: int = 2) -> Iterable[str]:
    """Ids of a table that begin with a prefix, for references shortened by people."""
    sql = f"SELECT id FROM {table} WHERE id LIKE ? ESCAPE '\\' ORDER BY id LIMIT ?"
    return [row[0] for row in connection.execute(sql, (like_escape(prefix.lower()) + "%", limit))]
