"""Signed notes: inserted once, read for ever, found by words."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from peernote_tui.domain.note import Note, NoteContent, NoteRow, NoteSeal
from peernote_tui.repository.addenda import ADDED, CORRECTED, IN_ERROR
from peernote_tui.repository.rows import (
    Connection,
    Row,
    by_prefix,
    day_text,
    fetch_all,
    fetch_one,
    fetch_value,
    insert,
    kept_id,
    marks,
    same_person,
)

MARK_START, MARK_END = "\x02", "\x03"
"""Around found words in a snippet; characters that no stored text can hold."""

_LIST = f"""
n.id, p.id AS participant_id, n.document, n.day, n.start, n.signed_at,
p.name AS participant_name, p.pronouns, p.external_id, substr(p.born, 1, 4) AS birth_year,
{CORRECTED} AS corrected, {ADDED} AS added
"""
_WHOSE = kept_id("n.participant_id")
# An erased note has lost everything that is derived from its text; what seals it stays.
_READABLE = "n.signed_at IS NOT NULL"
# Counted by indexes alone, without reading a note.
_COUNT = (
    "SELECT (SELECT count(*) FROM notes) - (SELECT count(*) FROM notes INDEXED BY notes_by_participant "
    "WHERE participant_id IN (SELECT participant_id FROM erasures))"
)
_STANDS = f"n.sequence NOT IN ({IN_ERROR})"
"""A note that was written in error stays readable and counts for nothing."""
_NEWEST = "ORDER BY n.day DESC, n.start DESC, n.sequence DESC"


class NoteRepository:
    """Notes by id, newest first, and by full text."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, note: Note, seal: NoteSeal, *, participant_id: str) -> None:
        """Store a signed note: its canonical text and what seals it.

        Args:
            note: The note as signed.
            seal: What seals it.
            participant_id: Whose record it belongs to here; a note from another vault may know the
                participant by another id.
        """
        insert(
            self._connection,
            "notes",
            {
                "id": note.id,
                "participant_id": participant_id,
                "document": note.canonical(),
                **seal.model_dump(),
            },
        )

    def get(self, note_id: str) -> Note | None:
        """The signed note with that id, or None."""
        row = fetch_one(
            self._connection,
            f"SELECT document, salt, hash, signature, public_key FROM notes n WHERE id = ? AND {_READABLE}",
            (note_id,),
        )
        return None if row is None else _note(row)

    def participant_id(self, note_id: str) -> str | None:
        """Whose record a note belongs to, or None when there is no such note."""
        row = fetch_one(self._connection, f"SELECT {_WHOSE} AS participant_id FROM notes n WHERE id = ?", (note_id,))
        return None if row is None else str(row["participant_id"])

    def record_id(self, note_id: str) -> str | None:
        """The record a note was entered in, also when that has become part of another; None when there is no such."""
        found = fetch_value(self._connection, "SELECT participant_id FROM notes WHERE id = ?", (note_id,))
        return None if found is None else str(found)

    def ids_with_prefix(self, prefix: str) -> tuple[str, ...]:
        """At most two ids that begin with this text."""
        return tuple(by_prefix(self._connection, "notes", prefix))

    def latest(self, participant_id: str, limit: int = 1) -> tuple[Note, ...]:
        """The newest notes of a participant, newest first, their content as it was corrected last.

        Those that were written in error are left out.
        """
        whose = same_person(self._connection, participant_id)
        rows = fetch_all(
            self._connection,
            f"SELECT document, salt, hash, signature, public_key, {CORRECTED} AS corrected FROM notes n "
            f"WHERE participant_id IN ({marks(whose)}) AND {_STANDS} {_NEWEST} LIMIT ?",
            (*whose, limit),
        )
        return tuple(_corrected(_note(row), row["corrected"]) for row in rows)

    def missed_since(self, day: date, limit: int) -> tuple[str, ...]:
        """Ids of the participants who did not come to a contact on this day or later, the last ones first."""
        rows = self._connection.execute(
            f"SELECT {_WHOSE} AS whose FROM notes n WHERE n.kind = 'no_show' AND n.day >= ? "
            "GROUP BY whose ORDER BY max(n.day) DESC LIMIT ?",
            (day_text(day), limit),
        )
        return tuple(str(row[0]) for row in rows)

    def in_order(self, participant_id: str | None = None) -> Iterator[Note]:
        """Every signed note, or every one of a participant, the oldest contact first."""
        values = same_person(self._connection, participant_id) if participant_id else ()
        where = f" AND participant_id IN ({marks(values)})" if values else ""
        rows = fetch_all(
            self._connection,
            f"SELECT document, salt, hash, signature, public_key FROM notes n WHERE {_READABLE}{where} "
            "ORDER BY day, start, signed_at, id",
            values,
        )
        return (_note(row) for row in rows)

    def rows(
        self, *, participant_id: str | None = None, limit: int = 50, offset: int = 0
    ) -> tuple[tuple[NoteRow, ...], int]:
        """Notes as a list shows them, newest first, and how many there are in all."""
        # An erased participant has no list of their own.
        values = same_person(self._connection, participant_id) if participant_id else ()
        where = f"n.participant_id IN ({marks(values)})" if values else _READABLE
        count = f"SELECT count(*) FROM notes n WHERE {where}" if values else _COUNT
        total = fetch_value(self._connection, count, values)
        found = fetch_all(
            self._connection,
            f"SELECT {_LIST}, '' AS snippet FROM notes n JOIN participants p ON p.id = {_WHOSE} WHERE {where} "
            f"{_NEWEST} LIMIT ? OFFSET ?",
            [*values, limit, offset],
        )
        return tuple(_note_row(row) for row in found), int(total)

    def until(self, people: tuple[str, ...], day: str, limit: int) -> Iterator[NoteRow]:
        """Notes of contacts up to a day, as a list shows them, the newest contact first.

        Args:
            people: The ids under which one participant's notes stand.
            day: The last day, `YYYY-MM-DD`.
            limit: How many at most.
        """
        found = fetch_all(
            self._connection,
            f"SELECT {_LIST}, '' AS snippet FROM notes n JOIN participants p ON p.id = {_WHOSE} "
            f"WHERE n.participant_id IN ({marks(people)}) AND n.day <= ? "
            "ORDER BY n.day DESC, n.start DESC, n.id DESC LIMIT ?",
            [*people, day, limit],
        )
        return (_note_row(row) for row in found)

    def search(
        self, query: str, *, participant_id: str | None = None, limit: int = 50
    ) -> tuple[tuple[NoteRow, ...], int]:
        """Notes that hold every word of the query, or to which something was added that does, newest first.

        Each has a snippet. The last word counts as a beginning, so that results follow the typing.
        """
        match = _match_expression(query)
        if not match:
            return (), 0
        values = same_person(self._connection, participant_id) if participant_id else ()
        extra = f" AND n.participant_id IN ({marks(values)})" if values else ""
        source = "FROM notes_fts JOIN notes n ON n.sequence = notes_fts.rowid"
        where = f"WHERE notes_fts MATCH ?{extra}"
        total = fetch_value(self._connection, f"SELECT count(*) {source} {where}", [match, *values])
        # Ordered by rowid the index is walked from its end; ranking would read every hit.
        found = fetch_all(
            self._connection,
            f"SELECT {_LIST}, n.sequence, snippet(notes_fts, -1, ?, ?, '…', 14) AS snippet {source} "
            f"JOIN participants p ON p.id = {_WHOSE} {where} ORDER BY notes_fts.rowid DESC LIMIT ?",
            [MARK_START, MARK_END, match, *values, limit],
        )
        added, more = self._search_added(match, values, limit)
        in_order = sorted(found + added, key=lambda row: int(row["sequence"]), reverse=True)[:limit]
        return tuple(_note_row(row) for row in in_order), int(total) + more

    def _search_added(self, match: str, values: tuple[str, ...], limit: int) -> tuple[list[Row], int]:
        """Notes that are found only by what was added to them, and how many there are."""
        extra = f" AND n.participant_id IN ({marks(values)})" if values else ""
        source = "FROM addenda_fts JOIN addenda a ON a.sequence = addenda_fts.rowid JOIN notes n ON n.id = a.note_id"
        hits = self._connection.execute(
            f"SELECT n.sequence, addenda_fts.rowid {source} WHERE addenda_fts MATCH ?{extra} AND NOT EXISTS "
            "(SELECT 1 FROM notes_fts WHERE notes_fts.rowid = n.sequence AND notes_fts MATCH ?) "
            "ORDER BY addenda_fts.rowid DESC",
            [match, *values, match],
        )
        newest: dict[int, int] = {}
        for sequence, added in hits:
            newest.setdefault(int(sequence), int(added))
        shown = [newest[sequence] for sequence in sorted(newest, reverse=True)[:limit]]
        if not shown:
            return [], 0
        found = fetch_all(
            self._connection,
            f"SELECT {_LIST}, n.sequence, snippet(addenda_fts, -1, ?, ?, '…', 14) AS snippet {source} "
            f"JOIN participants p ON p.id = {_WHOSE} "
            f"WHERE addenda_fts MATCH ? AND addenda_fts.rowid IN ({marks(shown)})",
            [MARK_START, MARK_END, match, *shown],
        )
        return found, len(newest)

    def ratings(self, participant_id: str, limit: int = 20) -> tuple[int | None, ...]:
        """The last 0–10 ratings of a participant, oldest first; None where none was given."""
        return tuple(rating for _day, rating in self.rated(participant_id, limit))

    def rated(self, participant_id: str, limit: int = 20) -> tuple[tuple[date | None, int | None], ...]:
        """The days of the last contacts with a participant and their 0–10 ratings, oldest first.

        Each as it was corrected last; notes that were written in error are left out.
        """
        whose = same_person(self._connection, participant_id)
        rows = self._connection.execute(
            "SELECT iif(corrected IS NULL, day, corrected ->> '$.day') AS told, "
            "iif(corrected IS NULL, rating, corrected ->> '$.rating') FROM ("
            f"SELECT n.rating, n.day, n.start, n.sequence, {CORRECTED} AS corrected FROM notes n "
            f"WHERE n.participant_id IN ({marks(whose)}) AND n.kind <> 'no_show' AND {_STANDS} {_NEWEST} LIMIT ?) "
            "ORDER BY told, start, sequence",
            (*whose, limit),
        )
        return tuple((date.fromisoformat(row[0]) if row[0] else None, row[1]) for row in rows)

    def used_tags(self, field: str, limit: int = 40) -> tuple[str, ...]:
        """Tags used before in a field of the content, the most used of the last 500 notes first."""
        rows = self._connection.execute(
            "SELECT tag.value FROM (SELECT document FROM notes ORDER BY sequence DESC LIMIT 500) AS recent, "
            "json_each(recent.document, ?) AS tag GROUP BY tag.value ORDER BY count(*) DESC, tag.value LIMIT ?",
            (f"$.content.{field}", limit),
        )
        return tuple(str(row[0]) for row in rows)

    def used_words(self, keys: Sequence[str], limit: int = 40) -> tuple[str, ...]:
        """Words in answers to a template's own questions, the most used of the last 500 notes first."""
        rows = self._connection.execute(
            "SELECT word.value FROM (SELECT document FROM notes ORDER BY sequence DESC LIMIT 500) AS recent, "
            "json_each(recent.document, '$.content.custom') AS word "
            f"WHERE word.type = 'text' AND word.key IN ({marks(keys)}) "
            "GROUP BY word.value ORDER BY count(*) DESC, word.value LIMIT ?",
            (*keys, limit),
        )
        return tuple(str(row[0]) for row in rows)

    def count(self) -> int:
        """How many signed notes there are."""
        return int(fetch_value(self._connection, _COUNT))

    def signed_since(self, instant: str) -> tuple[int, int]:
        """How many notes were signed since an instant, and how many of them as late entries."""
        row = self._connection.execute(
            "SELECT count(*), coalesce(sum((document ->> '$.late_reason') <> ''), 0) FROM notes WHERE signed_at >= ?",
            (instant,),
        ).fetchone()
        return int(row[0]), int(row[1])

    def sealed(self, note_id: str) -> Row | None:
        """A note with its seal as raw text, for verification; None when there is no such note."""
        return fetch_one(
            self._connection,
            "SELECT id, participant_id, document, salt, hash, signature, public_key FROM notes n "
            f"WHERE id = ? AND {_READABLE}",
            (note_id,),
        )

    def documents(self) -> Iterator[Row]:
        """Every stored note with its seal as raw text, oldest first, for verification."""
        cursor = self._connection.execute(
            "SELECT id, participant_id, document, salt, hash, signature, public_key FROM notes ORDER BY sequence"
        )
        names = [column[0] for column in cursor.description]
        for row in cursor:
            yield dict(zip(names, row, strict=True))


def _match_expression(query: str) -> str:
    # Composed, because a letter and its accent typed as two characters would fall apart below.
    plain = unicodedata.normalize("NFC", query)
    words = "".join(char if char.isalnum() else " " for char in plain).split()
    if not words:
        return ""
    quoted = [f'"{word}"' for word in words]
    quoted[-1] += "*"
    return " ".join(quoted)


def _note(row: Row) -> Note:
    data: dict[str, Any] = json.loads(row["document"])
    seal = {name: row[name] for name in ("salt", "hash", "signature", "public_key")}
    return Note(**{**data, "seal": seal})


def _corrected(note: Note, content: str | None) -> Note:
    return note if content is None else note.model_copy(update={"content": NoteContent.model_validate_json(content)})


def _note_row(row: Row) -> NoteRow:
    document = json.loads(row["document"])
    content = json.loads(row["corrected"]) if row["corrected"] else document["content"]
    return NoteRow(
        id=row["id"],
        participant_id=row["participant_id"],
        participant_name=row["participant_name"],
        pronouns=row["pronouns"],
        external_id=row["external_id"],
        birth_year=row["birth_year"],
        day=content["day"],
        start=content["start"],
        end=content["end"],
        kind=content["kind"],
        mode=content["mode"],
        place=content["place"],
        tags=tuple(content["concern_tags"]),
        signed_at=row["signed_at"],
        late=bool(document["late_reason"]),
        emergency=bool(content["emergency_reason"].strip()),
        added=tuple(row["added"].split(",")) if row["added"] else (),
        snippet=row["snippet"] or "",
    )
