"""What a vault holds, in numbers and ids: for manifests of backups, and for what a restore would set aside."""

from __future__ import annotations

from collections.abc import Mapping

from peernote_tui.repository.rows import Connection

_COUNTED = ("participants", "consents", "drafts", "group_sessions", "notes", "action_items", "follow_ups")


def row_counts(connection: Connection) -> dict[str, int]:
    """Rows of each table that people would miss; tables of another schema that are not there are left out."""
    there = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    # What an erasure leaves of a person and their notes is not missed by anybody.
    merged = "merged_into" in {row[1] for row in connection.execute("PRAGMA table_info(participants)")}
    left = " WHERE {} NOT IN (SELECT participant_id FROM erasures)" if "erasures" in there else ""
    # Records that became part of another are one participant with it.
    one = f"{' AND' if left else ' WHERE'} merged_into IS NULL" if merged else ""
    where = {"participants": left.format("id") + one, "notes": left.format("participant_id")}
    return {
        table: int(connection.execute(f"SELECT count(*) FROM {table}{where.get(table, '')}").fetchone()[0])
        for table in _COUNTED
        if table in there
    }


def erased(connection: Connection) -> frozenset[str]:
    """Ids of participants whose records were erased; none in a vault of a schema that knew no erasing."""
    there = connection.execute("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'erasures'").fetchone()
    rows = connection.execute("SELECT participant_id FROM erasures").fetchall() if there else []
    return frozenset(row[0] for row in rows)


def versions(connection: Connection) -> Mapping[str, Mapping[str, str]]:
    """Signed notes and drafts that are not put aside: per kind, each id with when it was last changed."""
    people = dict(connection.execute("SELECT id, changed_at FROM participants WHERE folded <> ''").fetchall())
    return {
        "notes": dict(connection.execute("SELECT id, signed_at FROM notes WHERE signed_at IS NOT NULL").fetchall()),
        "drafts": dict(connection.execute("SELECT id, changed_at FROM drafts WHERE discarded_at IS NULL").fetchall()),
        "participants": people,
    }
