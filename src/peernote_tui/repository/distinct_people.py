"""Pairs of records of which somebody said that they are two people."""

from __future__ import annotations

from datetime import datetime

from peernote_tui.repository.rows import Connection, insert, instant_text

_PAIR = "participant_id = ? AND other_id = ?"


class DistinctPeopleRepository:
    """Who is not the same person as whom."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, one_id: str, other_id: str, *, at: datetime, by: str) -> bool:
        """Remember that two records are two people, in whichever order; False when it is known already."""
        first, second = sorted((one_id, other_id))
        if self._connection.execute(f"SELECT 1 FROM distinct_people WHERE {_PAIR}", (first, second)).fetchone():
            return False
        row = {"at": instant_text(at), "by": by, "participant_id": first, "other_id": second}
        insert(self._connection, "distinct_people", row)
        return True

    def remove(self, one_id: str, other_id: str) -> bool:
        """Forget it again; False when it was not known."""
        cursor = self._connection.execute(f"DELETE FROM distinct_people WHERE {_PAIR}", sorted((one_id, other_id)))
        return int(cursor.rowcount) > 0

    def pairs(self) -> frozenset[tuple[str, str]]:
        """Every pair of ids, the smaller one first; a record that became part of another counts as that one."""
        rows = self._connection.execute(
            "SELECT coalesce(one.merged_into, one.id), coalesce(other.merged_into, other.id) FROM distinct_people d "
            "JOIN participants one ON one.id = d.participant_id JOIN participants other ON other.id = d.other_id"
        )
        return frozenset((min(pair), max(pair)) for pair in rows if pair[0] != pair[1])
