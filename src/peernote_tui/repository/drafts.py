"""Drafts: saved while typing."""

from __future__ import annotations

import json
from datetime import datetime

from peernote_tui.domain.draft import Draft
from peernote_tui.repository.rows import (
    Connection,
    Row,
    by_prefix,
    fetch_all,
    fetch_one,
    insert,
    instant_text,
    json_text,
    kept_id,
    marks,
    same_person,
    update,
)

_COLUMNS = (
    f"d.id, {kept_id('d.participant_id')} AS participant_id, d.template, d.template_version, d.zone, d.content, "
    "d.typed, d.step, d.begun_at, d.changed_at, d.discarded_at, d.meeting_id, d.amendment"
)


class DraftRepository:
    """Unsigned notes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, draft: Draft, *, by: str) -> None:
        """Store a new draft."""
        insert(self._connection, "drafts", {**_row(draft), "changed_by": by})

    def save(self, draft: Draft, *, by: str) -> bool:
        """Store a changed draft; False when there is no such draft any more.

        Whether it is put aside stays as it is: a save that was under way meanwhile does not bring it back.
        """
        row = _row(draft)
        # Nor does it move to another record.
        del row["discarded_at"], row["participant_id"]
        return update(self._connection, "drafts", {**row, "changed_by": by}) == 1

    def put_aside(self, draft_id: str, at: datetime | None, *, by: str) -> None:
        """Put a draft aside, or bring it back with None."""
        update(self._connection, "drafts", {"id": draft_id, "discarded_at": instant_text(at), "changed_by": by})

    def get(self, draft_id: str) -> Draft | None:
        """The draft with that id, or None."""
        row = fetch_one(self._connection, f"SELECT {_COLUMNS} FROM drafts d WHERE d.id = ?", (draft_id,))
        return None if row is None else _draft(row)

    def remove(self, draft_id: str) -> None:
        """Take a draft away because it has become a note."""
        self._connection.execute("DELETE FROM drafts WHERE id = ?", (draft_id,))

    def open(self, participant_id: str | None = None) -> tuple[Draft, ...]:
        """Drafts not discarded, the last changed first; of one participant or of all."""
        whose = () if participant_id is None else same_person(self._connection, participant_id)
        theirs = f" AND d.participant_id IN ({marks(whose)})" if whose else ""
        rows = fetch_all(
            self._connection,
            f"SELECT {_COLUMNS} FROM drafts d WHERE d.discarded_at IS NULL{theirs} ORDER BY d.changed_at DESC",
            whose,
        )
        return tuple(_draft(row) for row in rows)

    def aside(self) -> tuple[Draft, ...]:
        """Drafts that were put aside, the last first."""
        rows = fetch_all(
            self._connection,
            f"SELECT {_COLUMNS} FROM drafts d WHERE d.discarded_at IS NOT NULL ORDER BY d.discarded_at DESC",
        )
        return tuple(_draft(row) for row in rows)

    def remove_aside(self, until: datetime) -> tuple[str, ...]:
        """Remove for good what was put aside at that moment or earlier, unless a legal hold keeps it.

        Returns:
            The ids of what was removed.
        """
        gone = self._connection.execute(
            "DELETE FROM drafts AS d WHERE d.discarded_at <= ? AND NOT EXISTS (SELECT 1 FROM participants p "
            f"WHERE p.id IN (d.participant_id, {kept_id('d.participant_id')}) AND p.held_at IS NOT NULL) "
            "RETURNING id",
            (instant_text(until),),
        )
        return tuple(str(row[0]) for row in gone.fetchall())

    def ids_with_prefix(self, prefix: str) -> tuple[str, ...]:
        """At most two ids that begin with this text."""
        return tuple(by_prefix(self._connection, "drafts", prefix))


def _row(draft: Draft) -> Row:
    return {
        "id": draft.id,
        "participant_id": draft.participant_id,
        "template": draft.template,
        "template_version": draft.template_version,
        "zone": draft.zone,
        "content": draft.content.model_dump_json(),
        "typed": json_text(draft.typed),
        "step": draft.step,
        "begun_at": instant_text(draft.begun_at),
        "changed_at": instant_text(draft.changed_at),
        "discarded_at": instant_text(draft.discarded_at),
        "meeting_id": draft.meeting_id,
        "amendment": draft.amendment.model_dump_json() if draft.amendment else None,
    }


def _draft(row: Row) -> Draft:
    read = {name: json.loads(row[name]) for name in ("content", "typed", "amendment") if row[name] is not None}
    return Draft(**{**row, **read})
