"""Rule packs of an agency's own: every version stays as it came."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from peernote_tui.repository.rows import Connection, Row, insert_sealed, instant_text

_COLUMNS = "id, pack, version, file, at, by"


class RulePackRepository:
    """Versions of rule packs, each as the text of its file."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, row_id: str, pack: str, version: int, file: str, *, at: datetime, by: str) -> str:
        """Add a version; gives the hash that belongs into the log."""
        row = {"id": row_id, "pack": pack, "version": version, "file": file, "at": instant_text(at), "by": by}
        return insert_sealed(self._connection, "rule_packs", row)

    def files(self) -> tuple[str, ...]:
        """The text of every version, in the order they were added."""
        return tuple(row[0] for row in self._connection.execute("SELECT file FROM rule_packs ORDER BY sequence"))

    def stored(self) -> Iterator[Row]:
        """Every row as it is stored, oldest first, with its salt, for verification."""
        cursor = self._connection.execute(f"SELECT sequence, {_COLUMNS}, salt FROM rule_packs ORDER BY sequence")
        names = [column[0] for column in cursor.description]
        for row in cursor:
            yield dict(zip(names, row, strict=True))
