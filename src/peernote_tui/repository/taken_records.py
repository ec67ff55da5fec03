"""Records that were taken in from files, and where rows of theirs belong that came too late. Only ever added."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from peernote_tui.repository.rows import Connection, Row, fetch_all, insert_sealed, instant_text, json_text, marks

_AT_ONCE = 500
"""How many ids are asked for at once."""


class TakenRecordRepository:
    """What was taken in, and who owns what is here already."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, taken_id: str, participant_id: str, placed: Mapping[str, datetime], *, at: datetime, by: str) -> str:
        """Remember that a record was taken in; gives the hash that belongs into the log.

        Args:
            taken_id: A new id.
            participant_id: Whose record.
            placed: By the id of a row that does not stand in its place, the instant at which it belongs.
            at: When it was taken in.
            by: Author id.
        """
        row = {
            "id": taken_id,
            "participant_id": participant_id,
            "placed": json_text({each: instant_text(moment) for each, moment in placed.items()}),
            "at": instant_text(at),
            "by": by,
        }
        return insert_sealed(self._connection, "taken_records", row)

    def owners(self, table: str, ids: Sequence[str], *, of: str = "participant_id") -> dict[str, str]:
        """By id of those rows of a table that are here, what each belongs to: the record it stands in.

        Args:
            table: Its name.
            ids: Of rows that may be here.
            of: The column that says what a row belongs to.
        """
        found: dict[str, str] = {}
        for first in range(0, len(ids), _AT_ONCE):
            some = ids[first : first + _AT_ONCE]
            rows = self._connection.execute(f"SELECT id, {of} FROM {table} WHERE id IN ({marks(some)})", some)
            found |= {str(row[0]): str(row[1]) for row in rows}
        return found

    def untouched_follow_ups(self, participant_id: str) -> frozenset[str]:
        """Ids of a record's follow-ups with which nothing was done here since they were made or taken in."""
        rows = self._connection.execute(
            "SELECT id FROM follow_ups WHERE participant_id = ? AND changed_at = created_at", (participant_id,)
        )
        return frozenset(str(row[0]) for row in rows)

    def stored(self) -> Iterator[Row]:
        """Every row as it is stored, oldest first, with its salt, for verification."""
        yield from fetch_all(
            self._connection, "SELECT sequence, id, participant_id, placed, at, by, salt FROM taken_records"
        )


def placed_rows(connection: Connection) -> dict[str, datetime]:
    """By id of a row that was taken in and does not stand in its place, the instant at which it belongs."""
    rows = connection.execute("SELECT placed FROM taken_records WHERE placed <> '{}'")
    return {each: datetime.fromisoformat(text) for row in rows for each, text in json.loads(row[0]).items()}
