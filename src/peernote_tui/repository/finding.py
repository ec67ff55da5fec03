"""What people are found by, read from the vault, and which of them changed since it was read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from peernote_tui.domain.finding.person import Around, Sought
from peernote_tui.repository.rows import Connection, Row, fetch_all

_COLUMNS = "id, name, legal_name, born, external_id, phone, touched_at, archived_at, profile"
# Triggers of the connection's own, in memory: they see every change, however it is made, and leave nothing on disk.
# A row is taken out before it is put in again, so that its number is always a new one.
_WATCH = (
    "CREATE TEMP TABLE IF NOT EXISTS changed_people (sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS temp.changed_people_by_id ON changed_people (id)",
    *(
        f"CREATE TEMP TRIGGER IF NOT EXISTS people_{event.lower()} AFTER {event} ON main.participants BEGIN "
        f"DELETE FROM changed_people WHERE id = {row}.id; INSERT INTO changed_people (id) VALUES ({row}.id); END"
        for event, row in (("INSERT", "new"), ("UPDATE", "new"), ("DELETE", "old"))
    ),
)


class FindingRepository:
    """Reads what people are found by."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def watch(self) -> None:
        """From now on notice which participants change; outside of a transaction, which would take it back."""
        for statement in _WATCH:
            self._connection.execute(statement)

    def changed_since(self, sequence: int) -> tuple[int, tuple[str, ...]]:
        """The ids of participants that changed after that point, and the point until which this is true."""
        rows = self._connection.execute(
            "SELECT sequence, id FROM changed_people WHERE sequence > ? ORDER BY sequence", (sequence,)
        ).fetchall()
        return (rows[-1][0] if rows else sequence), tuple(row[1] for row in rows)

    def part_of(self) -> dict[str, str]:
        """By the id of every record that became part of another, the id of that one."""
        rows = self._connection.execute("SELECT id, merged_into FROM participants WHERE merged_into IS NOT NULL")
        return {row[0]: row[1] for row in rows}

    def next_ids(self, after: str, most: int) -> tuple[str, ...]:
        """The ids of so many participants in the order of ids."""
        rows = self._connection.execute("SELECT id FROM participants WHERE id > ? ORDER BY id LIMIT ?", (after, most))
        return tuple(row[0] for row in rows)

    def sought(self, groups: Sequence[Sequence[str]]) -> Iterable[Sought]:
        """What people are found by.

        Args:
            groups: For each the id of the record, then of those that became part of it.
        """
        rows = self._rows([each for group in groups for each in group])
        for group in groups:
            own = rows.get(group[0])
            if own is not None:
                yield _sought(own, [rows[each] for each in group[1:] if each in rows])

    def _rows(self, ids: Sequence[str]) -> dict[str, Row]:
        marks = ", ".join("?" for _ in ids)
        found = fetch_all(
            self._connection,
            f"SELECT {_COLUMNS} FROM participants WHERE erased_at IS NULL AND id IN ({marks})",
            ids,
        )
        return {row["id"]: row for row in found}


def _sought(own: Row, parts: Sequence[Row]) -> Sought:
    rows = (own, *parts)
    profiles = [json.loads(row["profile"]) for row in rows]
    people = [one for profile in profiles for one in profile.get("people", ())]
    phones = [row["phone"] for row in rows]
    phones += [
        contact["value"]
        for profile in profiles
        for contact in profile.get("contacts", ())
        if contact.get("kind", "phone") == "phone"
    ]
    names = [own["name"], *(alias for profile in profiles for alias in profile.get("aliases", ()))]
    return Sought(
        id=own["id"],
        names=_each([*names, *(row["name"] for row in parts)]),
        legal_names=_each(row["legal_name"] for row in rows),
        touched=max(row["touched_at"] for row in rows),
        ids=_each(
            [
                *(row["external_id"] for row in rows),
                *(other["value"] for profile in profiles for other in profile.get("other_ids", ())),
            ]
        ),
        phones=_each(phones),
        born=next((row["born"] for row in rows if row["born"]), ""),
        around=tuple(Around(one["name"], one.get("relation", ""), one.get("phone", "")) for one in people),
        archived=own["archived_at"] is not None,
    )


def _each(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
