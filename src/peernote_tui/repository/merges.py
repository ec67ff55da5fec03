"""The history of merges: rows are only ever added."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from peernote_tui.domain.merging import Merge, MergeEvent, parts_now
from peernote_tui.repository.rows import Connection, Row, fetch_all, insert_sealed, instant_text, json_text

_COLUMNS = "id, participant_id, merged_id, event, moved, change_id, at, by"
_SINCE = {
    "notes": "SELECT count(*) FROM notes WHERE participant_id = ? AND julianday(signed_at) > julianday(?)",
    "drafts": "SELECT count(*) FROM drafts WHERE participant_id = ? AND begun_at > ?",
    "action_items": "SELECT count(*) FROM action_items WHERE participant_id = ? AND created_at > ?",
    "consents": "SELECT count(*) FROM consents WHERE participant_id = ? AND recorded_at > ?",
}


class MergeRepository:
    """Which records became one, and which are two again."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, merge: Merge) -> str:
        """Add a row to the history; gives the hash that belongs into the log."""
        row = {
            **merge.model_dump(exclude={"moved", "at"}),
            "event": merge.event.value,
            "moved": json_text(merge.moved),
            "at": instant_text(merge.at),
        }
        return insert_sealed(self._connection, "merges", row)

    def last_of(self, merged_id: str) -> Merge | None:
        """How a record became part of another the last time; None when it never did."""
        rows = fetch_all(
            self._connection,
            f"SELECT {_COLUMNS} FROM merges WHERE merged_id = ? AND event = '{MergeEvent.MERGED}' "
            "ORDER BY sequence DESC LIMIT 1",
            (merged_id,),
        )
        return _merge(rows[0]) if rows else None

    def written_since(self, merge: Merge) -> dict[str, int]:
        """How many rows a kept record got since a merge, by table."""
        values = (merge.participant_id, instant_text(merge.at))
        return {table: int(self._connection.execute(sql, values).fetchone()[0]) for table, sql in _SINCE.items()}

    def history(self) -> Iterator[Merge]:
        """Every row, oldest first.

        Raises:
            ValueError: One is not what this repository wrote.
        """
        return (_merge(row) for row in fetch_all(self._connection, f"SELECT {_COLUMNS} FROM merges ORDER BY sequence"))

    def stored(self) -> Iterator[Row]:
        """Every row as it is stored, oldest first, with its salt, for verification."""
        yield from fetch_all(self._connection, f"SELECT sequence, {_COLUMNS}, salt FROM merges ORDER BY sequence")

    def parts(self) -> dict[str, str]:
        """By the id of every record that is part of another, the id of that one, as the records say it."""
        rows = self._connection.execute("SELECT id, merged_into FROM participants WHERE merged_into IS NOT NULL")
        return {str(row[0]): str(row[1]) for row in rows}


def parts_in(rows: Iterable[Row]) -> dict[str, str]:
    """By the id of every record that is part of another, the id of that one, as stored rows of the history say it.

    Nothing when one of them is not what this repository wrote.
    """
    try:
        return parts_now([_merge(row) for row in sorted(rows, key=lambda row: int(row["sequence"]))])
    except (ValueError, KeyError, TypeError):
        return {}


def _merge(row: Row) -> Merge:
    names = Merge.model_fields
    return Merge(**{**{name: row.get(name) for name in names}, "moved": json.loads(row["moved"])})
