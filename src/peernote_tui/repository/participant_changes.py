"""The history of participants' records: rows are only ever added."""

from __future__ import annotations

import json
from collections.abc import Iterator

from peernote_tui.domain.base import canonical_json
from peernote_tui.domain.participant import ParticipantChange
from peernote_tui.repository.rows import (
    Connection,
    Row,
    fetch_all,
    fetch_one,
    insert_sealed,
    instant_text,
    marks,
    same_person,
)

_COLUMNS = "id, participant_id, kind, fields, document, at, by"


class ParticipantChangeRepository:
    """What records were before each of their changes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, change: ParticipantChange) -> str:
        """Add a row to the history; gives the hash that belongs into the log."""
        row = {
            **change.model_dump(exclude={"fields", "document", "at"}),
            "kind": change.kind.value,
            "fields": " ".join(change.fields),
            "document": canonical_json(change.document),
            "at": instant_text(change.at),
        }
        return insert_sealed(self._connection, "participant_changes", row)

    def get(self, change_id: str) -> ParticipantChange | None:
        """The change with that id, or None."""
        row = fetch_one(self._connection, f"SELECT {_COLUMNS} FROM participant_changes WHERE id = ?", (change_id,))
        return None if row is None else _change(row)

    def last_of(self, participant_id: str) -> ParticipantChange | None:
        """The last change of this very record, without those of records that became part of it, or None."""
        row = fetch_one(
            self._connection,
            f"SELECT {_COLUMNS} FROM participant_changes WHERE participant_id = ? ORDER BY sequence DESC LIMIT 1",
            (participant_id,),
        )
        return None if row is None else _change(row)

    def of_participant(self, participant_id: str) -> tuple[ParticipantChange, ...]:
        """The whole history of a participant, oldest first, with that of records that became part of theirs."""
        whose = same_person(self._connection, participant_id)
        rows = fetch_all(
            self._connection,
            f"SELECT {_COLUMNS} FROM participant_changes WHERE participant_id IN ({marks(whose)}) ORDER BY sequence",
            whose,
        )
        return tuple(_change(row) for row in rows)

    def stored(self) -> Iterator[Row]:
        """Every row as it is stored, oldest first, with its salt, for verification."""
        cursor = self._connection.execute(
            f"SELECT sequence, {_COLUMNS}, salt FROM participant_changes ORDER BY sequence"
        )
        names = [column[0] for column in cursor.description]
        for row in cursor:
            yield dict(zip(names, row, strict=True))


def _change(row: Row) -> ParticipantChange:
    return ParticipantChange(**{**row, "fields": tuple(row["fields"].split()), "document": json.loads(row["document"])})
