"""What was added to signed notes: inserted once, read for ever."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from peernote_tui.domain.addendum import Addendum
from peernote_tui.domain.note import NoteSeal
from peernote_tui.domain.row_order import in_time_order
from peernote_tui.repository.rows import Connection, Row, fetch_all, insert, marks, same_person
from peernote_tui.repository.taken_records import placed_rows

_COLUMNS = "document, salt, hash, signature, public_key"
# An erased one has lost everything that is derived from its text; what seals it stays.
_READABLE = "signed_at IS NOT NULL"
# A list of few, gathered once for a query, so that walking an index of notes reads none of them.
IN_ERROR = "SELECT m.sequence FROM addenda e JOIN notes m ON m.id = e.note_id WHERE e.kind = 'in_error'"
"""SQL for the `sequence` of every note that was written in error."""
_PLACED = "SELECT julianday(max(t.placed ->> ('$.\"' || c.id || '\"'))) FROM taken_records t WHERE t.placed <> '{}'"
_SIGNED = "SELECT max(julianday(e.signed_at)) FROM addenda e WHERE e.note_id = c.note_id AND e.sequence <= c.sequence"
CORRECTED = (
    # Of an aggregate the other columns are those of the row with the maximum; an order would sort for every note.
    "(SELECT last.content FROM (SELECT c.document ->> '$.content' AS content, "
    f"max(printf('%.8f %012d', coalesce(({_PLACED}), ({_SIGNED})), c.sequence)) FROM addenda c "
    "WHERE c.note_id = n.id AND c.kind = 'correction') AS last)"
)
"""SQL for the content of a note `n` as its last correction says it, as JSON; NULL where nothing was corrected."""
ADDED = f"(SELECT group_concat(a.kind) FROM addenda a WHERE a.note_id = n.id AND a.{_READABLE})"
"""SQL for the kinds of what was added to a note `n`, separated by commas; NULL where nothing was."""


class AddendumRepository:
    """Addenda of a note, and of a participant."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, addendum: Addendum, seal: NoteSeal, *, participant_id: str) -> None:
        """Store a signed addendum: its canonical text and what seals it.

        Args:
            addendum: As signed.
            seal: What seals it.
            participant_id: The record that its note stands in here.
        """
        row = {
            "id": addendum.id,
            "note_id": addendum.note_id,
            "participant_id": participant_id,
            "document": addendum.canonical(),
            **seal.model_dump(),
        }
        insert(self._connection, "addenda", row)

    def get(self, addendum_id: str) -> Addendum | None:
        """The addendum with that id, or None."""
        found = self._fetch("id = ?", (addendum_id,))
        return found[0] if found else None

    def of_note(self, note_id: str) -> tuple[Addendum, ...]:
        """What was added to a note, in the order it was added."""
        return self._fetch("note_id = ?", (note_id,))

    def of_participant(self, participant_id: str) -> tuple[Addendum, ...]:
        """What was added to all notes of a participant, in the order it was added."""
        whose = same_person(self._connection, participant_id)
        return self._fetch(f"participant_id IN ({marks(whose)})", whose)

    def documents(self, note_id: str | None = None) -> Iterator[Row]:
        """Every stored addendum, or those of a note, with its seal as raw text, oldest first, for verification.

        With `note_seal` and `note_record`, the hash of its note's seal and the record of its note.
        """
        columns = ", ".join(f"a.{name}" for name in ("id", "note_id", "participant_id", *_COLUMNS.split(", ")))
        where = "" if note_id is None else " WHERE a.note_id = ?"
        cursor = self._connection.execute(
            f"SELECT {columns}, n.hash AS note_seal, n.participant_id AS note_record "
            f"FROM addenda a LEFT JOIN notes n ON n.id = a.note_id{where} ORDER BY a.sequence",
            () if note_id is None else (note_id,),
        )
        names = [column[0] for column in cursor.description]
        for row in cursor:
            yield dict(zip(names, row, strict=True))

    def _fetch(self, where: str, values: Sequence[str]) -> tuple[Addendum, ...]:
        placed = placed_rows(self._connection)
        rows = fetch_all(
            self._connection,
            f"SELECT {_COLUMNS} FROM addenda WHERE {where} AND {_READABLE} ORDER BY sequence",
            tuple(values),
        )
        found = [_addendum(row) for row in rows]
        return in_time_order(found, lambda each: each.signed_at or each.entered_at, placed)


def _addendum(row: Row) -> Addendum:
    seal = {name: row[name] for name in ("salt", "hash", "signature", "public_key")}
    return Addendum(**{**json.loads(row["document"]), "seal": seal})
