"""What the program keeps for itself between two runs, by name."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from peernote_tui.repository.rows import Connection, fetch_all, fetch_value, instant_text, json_text


class RememberedRepository:
    """JSON values by name; the newest one is all that is kept."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> Any:
        """The value of that name; None when there is none."""
        text = fetch_value(self._connection, "SELECT value FROM remembered WHERE name = ?", (name,))
        return None if text is None else json.loads(text)

    def beginning(self, prefix: str) -> dict[str, Any]:
        """The values of every name that begins so, by name."""
        rows = fetch_all(
            self._connection,
            "SELECT name, value FROM remembered WHERE name >= ? AND name < ? ORDER BY name",
            (prefix, prefix + "\U0010ffff"),
        )
        return {row["name"]: json.loads(row["value"]) for row in rows}

    def put(self, name: str, value: Any, *, at: datetime, by: str) -> None:
        """Keep a value that JSON can hold, in the place of the one before."""
        self._connection.execute(
            "INSERT INTO remembered (name, value, changed_at, changed_by) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (name) DO UPDATE "
            "SET value = excluded.value, changed_at = excluded.changed_at, changed_by = excluded.changed_by",
            (name, json_text(value), instant_text(at), by),
        )

    def forget(self, name: str) -> None:
        """Keep no value of that name any more."""
        self._connection.execute("DELETE FROM remembered WHERE name = ?", (name,))
