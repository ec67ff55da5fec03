"""Group sessions: saved while typing, gone when every note of them stands for itself."""

from __future__ import annotations

import json
from datetime import date, datetime

from peernote_tui.domain.group_session import GroupContent, GroupSession, StandingName, without_names
from peernote_tui.domain.names import NameBook
from peernote_tui.repository.rows import (
    Connection,
    Row,
    by_prefix,
    day_text,
    fetch_all,
    fetch_one,
    insert,
    instant_text,
    kept_id,
    update,
)

_COLUMNS = "id, zone, content, begun_at, changed_at, discarded_at"


class GroupSessionRepository:
    """Group sessions that are being written."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, group: GroupSession, *, by: str) -> None:
        """Store a new group session."""
        insert(self._connection, "group_sessions", {**_row(group), "changed_by": by})

    def save(self, group: GroupSession, *, by: str) -> bool:
        """Store a changed group session; False when there is no such one any more.

        Whether it is put aside stays as it is: a save that was under way meanwhile does not bring it back.
        """
        row = _row(group)
        del row["discarded_at"]
        return update(self._connection, "group_sessions", {**row, "changed_by": by}) == 1

    def put_aside(self, group_id: str, at: datetime | None, *, by: str) -> None:
        """Put a group session aside, or bring it back with None."""
        row = {"id": group_id, "discarded_at": instant_text(at), "changed_by": by}
        update(self._connection, "group_sessions", row)

    def get(self, group_id: str) -> GroupSession | None:
        """The group session with that id, or None."""
        row = fetch_one(self._connection, f"SELECT {_COLUMNS} FROM group_sessions WHERE id = ?", (group_id,))
        return None if row is None else _group(row)

    def open(self) -> tuple[GroupSession, ...]:
        """Group sessions that are not put aside, the last changed first."""
        rows = fetch_all(
            self._connection,
            f"SELECT {_COLUMNS} FROM group_sessions WHERE discarded_at IS NULL ORDER BY changed_at DESC",
        )
        return tuple(_group(row) for row in rows)

    def remove(self, group_id: str) -> None:
        """Take a group session away because its notes stand for themselves."""
        self._connection.execute("DELETE FROM group_sessions WHERE id = ?", (group_id,))

    def remove_aside(self, until: datetime) -> tuple[str, ...]:
        """Remove for good what was put aside at that moment or earlier.

        Returns:
            The ids of what was removed.
        """
        gone = self._connection.execute(
            "DELETE FROM group_sessions WHERE discarded_at <= ? RETURNING id", (instant_text(until),)
        )
        return tuple(str(row[0]) for row in gone.fetchall())

    def lately(self, limit: int = 20) -> tuple[tuple[date, str | None], ...]:
        """Day and start of the groups that signed notes tell of, the newest first."""
        rows = self._connection.execute(
            "SELECT DISTINCT day, start FROM notes WHERE kind = 'group' AND day IS NOT NULL "
            "ORDER BY day DESC, start DESC LIMIT ?",
            (limit,),
        )
        return tuple((date.fromisoformat(row[0]), row[1]) for row in rows)

    def met(self, day: date, start: str | None) -> tuple[tuple[str, ...], str, str | None]:
        """Who came to a group that signed notes tell of, by the id of the record that counts; where and how it met."""
        rows = self._connection.execute(
            f"SELECT {kept_id('n.participant_id')}, document ->> '$.content.place', document ->> '$.content.mode' "
            "FROM notes n WHERE kind = 'group' AND day = ? AND start IS ? ORDER BY sequence",
            (day_text(day), start),
        ).fetchall()
        return tuple(dict.fromkeys(row[0] for row in rows)), rows[-1][1] or "", rows[-1][2]

    def ids_with_prefix(self, prefix: str) -> tuple[str, ...]:
        """At most two ids that begin with this text."""
        return tuple(by_prefix(self._connection, "group_sessions", prefix))

    def forget(self, whose: tuple[str, ...], names: tuple[str, ...]) -> None:
        """Take somebody out of every group session: their line, and their names where others are written about.

        Args:
            whose: Every id under which rows of theirs stand.
            names: What they are called, numbers among it.
        """
        book = NameBook.of({whose[0]: names}, {whose[0]: names})
        for group in map(_group, fetch_all(self._connection, f"SELECT {_COLUMNS} FROM group_sessions")):
            kept = tuple(line for line in group.content.lines if line.participant_id not in whose)
            left = _without(group.content.model_copy(update={"lines": kept}), book)
            if not kept and not any(left.texts.values()):
                self.remove(group.id)
            elif left != group.content:
                row = {"id": group.id, "content": left.model_dump_json()}
                update(self._connection, "group_sessions", row)


def _without(content: GroupContent, book: NameBook) -> GroupContent:
    """The content without these names, half-typed texts included."""
    standing = [
        StandingName(
            line_id=line_id,
            field=name,
            start=one.start,
            end=one.end,
            written=one.written(text),
            who=tuple(one.who),
        )
        for line_id, texts in [("", content.texts), *((line.id, line.texts) for line in content.lines)]
        for name, text in texts.items()
        for one in book.spot(text, ordinary=content.ordinary)
    ]
    said = without_names(content, standing)
    lines = tuple(line.model_copy(update={"typed": _silent(line.typed, book)}) for line in said.lines)
    return said.model_copy(update={"typed": _silent(said.typed, book), "lines": lines})


def _silent(typed: dict[str, str], book: NameBook) -> dict[str, str]:
    return {key: text for key, text in typed.items() if not book.spot(text)}


def _row(group: GroupSession) -> Row:
    return {
        "id": group.id,
        "zone": group.zone,
        "content": group.content.model_dump_json(),
        "begun_at": instant_text(group.begun_at),
        "changed_at": instant_text(group.changed_at),
        "discarded_at": instant_text(group.discarded_at),
    }


def _group(row: Row) -> GroupSession:
    return GroupSession(**{**row, "content": json.loads(row["content"])})
