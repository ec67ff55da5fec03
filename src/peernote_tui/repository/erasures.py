"""Erasing a person's record: what goes, and what stays so that the chain holds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from peernote_tui.repository.group_sessions import GroupSessionRepository
from peernote_tui.repository.rows import (
    Connection,
    Row,
    fetch_all,
    fetch_value,
    insert,
    instant_text,
    json_text,
    marks,
    same_person,
)

EMPTY_DOCUMENT = "{}"
"""What stands in the place of an erased note's text."""
KEPT_OF_PARTICIPANT = frozenset(
    {"id", "touched_at", "created_at", "created_by", "changed_at", "changed_by", "erased_at", "merged_into"}
)
_INDEXED = (
    "concern_tags, concerns, summary, techniques, response, own_words, strengths, reason, agreed, reviewed, "
    "next_topics, plan, referrals, place, custom"
)
_OF = "participant_id = ?"
_TELLING = 3
_OF_NOBODY = frozenset({"key_slots"})
"""What is remembered about keys: hashes, in which a short name could be found by chance."""
_PLACE = "place"
"""Where a person was, with what stood half typed there, always goes: a nickname of theirs may stand in it."""


def _speaks_of(value: Any, spoken: re.Pattern[str]) -> bool:
    """Whether a name or an id stands in a value as a word of its own; what its parts are called says nothing."""
    if isinstance(value, dict):
        return any(_speaks_of(each, spoken) for each in value.values())
    if isinstance(value, list):
        return any(_speaks_of(each, spoken) for each in value)
    return isinstance(value, str) and spoken.search(value.casefold()) is not None


def _is_of(row: Any, whose: tuple[str, ...]) -> bool:
    return isinstance(row, dict) and row.get("participant_id") in whose


class ErasureRepository:
    """Erasures, and what they leave. Rows are only ever added."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def erased_at(self, participant_id: str) -> datetime | None:
        """When that participant's record was erased; None when it was not."""
        text = fetch_value(self._connection, f"SELECT at FROM erasures WHERE {_OF}", (participant_id,))
        return None if text is None else datetime.fromisoformat(text)

    def note_erased_at(self, note_id: str) -> datetime | None:
        """When the note of that id was erased with its participant's record; None when it was not."""
        text = fetch_value(
            self._connection,
            "SELECT e.at FROM notes n JOIN erasures e ON e.participant_id = n.participant_id WHERE n.id = ?",
            (note_id,),
        )
        return None if text is None else datetime.fromisoformat(text)

    def counts(self, participant_id: str) -> dict[str, int]:
        """How much there is of a participant, by table; drafts that were put aside and closed items included."""
        whose = same_person(self._connection, participant_id)
        of = f"participant_id IN ({marks(whose)})"
        tables = ("notes", "drafts", "action_items", "follow_ups", "consents")
        return {
            table: int(fetch_value(self._connection, f"SELECT count(*) FROM {table} WHERE {of}", whose))
            for table in tables
        }

    def ids(self, table: str, participant_id: str) -> tuple[str, ...]:
        """The ids a participant has in `notes`, `addenda`, `drafts`, `action_items` or `follow_ups`."""
        whose = same_person(self._connection, participant_id)
        rows = self._connection.execute(
            f"SELECT id FROM {table} WHERE participant_id IN ({marks(whose)}) ORDER BY rowid", whose
        )
        return tuple(str(row[0]) for row in rows)

    def add(self, participant_id: str, reason: str, *, at: datetime, by: str) -> None:
        """Take every word of a participant's record out of the database and leave a tombstone.

        The records that became part of it go, too, each with a tombstone of its own. Notes keep id, hash, signature
        and key; consents and the history of actions keep what happened when.

        Raises:
            RefusedError: A legal hold keeps the record, or it is erased already; told by the unit of work.
        """
        run = self._connection.execute
        whose = same_person(self._connection, participant_id)
        self._forget_what_speaks_of(whose)
        GroupSessionRepository(self._connection).forget(whose, self._called(whose))
        for each in whose:
            self._empty(each, reason, moment=instant_text(at), by=by)
        # Taking single entries out would leave beginnings of words between the pages of the index.
        # The index's own command for it cannot read a view with JSON in it.
        run("INSERT INTO notes_fts (notes_fts) VALUES ('delete-all')")
        run(
            f"INSERT INTO notes_fts (rowid, {_INDEXED}) SELECT sequence, {_INDEXED} FROM note_texts "
            "WHERE sequence IN (SELECT sequence FROM notes WHERE signed_at IS NOT NULL) ORDER BY sequence"
        )
        run("INSERT INTO addenda_fts (addenda_fts) VALUES ('delete-all')")
        run(
            "INSERT INTO addenda_fts (rowid, words) SELECT sequence, words FROM addendum_texts "
            "WHERE sequence IN (SELECT sequence FROM addenda WHERE signed_at IS NOT NULL) ORDER BY sequence"
        )

    def _empty(self, participant_id: str, reason: str, *, moment: str | None, by: str) -> None:
        run, who = self._connection.execute, (participant_id,)
        insert(
            self._connection,
            "erasures",
            {"participant_id": participant_id, "reason": reason, "at": moment, "by": by},
        )
        run(f"UPDATE notes SET document = '{EMPTY_DOCUMENT}', salt = '' WHERE {_OF}", who)
        run(f"UPDATE addenda SET document = '{EMPTY_DOCUMENT}', salt = '' WHERE {_OF}", who)
        run(f"UPDATE consents SET remark = '', details = '{{}}', salt = '' WHERE {_OF}", who)
        run(
            "UPDATE action_events SET words = '', change = '', salt = '' "
            f"WHERE action_id IN (SELECT id FROM action_items WHERE {_OF})",
            who,
        )
        run(
            "UPDATE action_items SET text = '', owner_name = '', words = '', due = NULL, status = 'dropped', "
            "tags = '[]', confidence = NULL, repeats = '', referral = '', unlisted = 1, "
            f"changed_at = ?, changed_by = ? WHERE {_OF}",
            (moment, by, participant_id),
        )
        run(
            "UPDATE follow_ups SET at = NULL, place = '', topics = '', mode = NULL, reason = '', "
            f"changed_at = ?, changed_by = ? WHERE {_OF}",
            (moment, by, participant_id),
        )
        run(f"UPDATE disclosures SET document = '{EMPTY_DOCUMENT}', salt = '' WHERE {_OF}", who)
        run(f"UPDATE participant_changes SET document = '{EMPTY_DOCUMENT}', salt = '' WHERE {_OF}", who)
        run(f"DELETE FROM drafts WHERE {_OF}", who)
        self._empty_participant(participant_id, moment, by)

    def tombstones(self) -> list[Row]:
        """Every erasure with its participant's row as it is stored, for verification."""
        return fetch_all(
            self._connection,
            "SELECT p.*, e.reason FROM erasures e JOIN participants p ON p.id = e.participant_id ORDER BY e.sequence",
        )

    def called_erased(self) -> Iterator[str]:
        """Ids of participants who are called erased without an erasure, for verification."""
        rows = self._connection.execute(
            "SELECT id FROM participants "
            "WHERE erased_at IS NOT NULL AND id NOT IN (SELECT participant_id FROM erasures)"
        )
        return (str(row[0]) for row in rows)

    def _forget_what_speaks_of(self, whose: tuple[str, ...]) -> None:
        """Forget what the program remembers with an id or a name of theirs in it, such as where a person was."""
        people = fetch_all(
            self._connection, f"SELECT name, external_id FROM participants WHERE id IN ({marks(whose)})", whose
        )
        # A short ID would be found in much that speaks of something else.
        told = {text for person in people for text in person.values() if len(text) >= _TELLING} | set(whose)
        for table in ("notes", "addenda", "drafts", "action_items", "follow_ups"):
            told |= set(self.ids(table, whose[0]))
        words = "|".join(re.escape(text.casefold()) for text in sorted(told))
        spoken = re.compile(rf"(?<!\w)(?:{words})(?!\w)")
        remembered = fetch_all(self._connection, "SELECT name, value FROM remembered")
        for row in remembered:
            if row["name"] in _OF_NOBODY:
                continue
            value = json.loads(row["value"])
            if isinstance(value, list) and any(isinstance(each, dict) and "participant_id" in each for each in value):
                # Notes that were kept apart stand nowhere else: only those of this person go, whoever others speak of.
                kept = [each for each in value if not _is_of(each, whose)]
                self._connection.execute(
                    "UPDATE remembered SET value = ? WHERE name = ?", (json_text(kept), row["name"])
                )
            elif row["name"] == _PLACE or _speaks_of(value, spoken):
                self._connection.execute("DELETE FROM remembered WHERE name = ?", (row["name"],))

    def _called(self, whose: tuple[str, ...]) -> tuple[str, ...]:
        """The names and numbers by which somebody stands in texts about others."""
        rows = self._connection.execute(
            "SELECT name, legal_name, external_id, profile ->> '$.aliases' FROM participants "
            f"WHERE id IN ({marks(whose)})",
            whose,
        )
        found = [each for row in rows for each in (*row[:3], *json.loads(row[3] or "[]"))]
        return tuple(dict.fromkeys(each for each in found if each))

    def _empty_participant(self, participant_id: str, moment: str | None, by: str) -> None:
        # Whatever a later schema adds about a person is emptied too.
        columns = self._connection.execute("SELECT name, \"notnull\" FROM pragma_table_info('participants')")
        emptied = {name: "''" if needed else "NULL" for name, needed in columns if name not in KEPT_OF_PARTICIPANT}
        sets = ", ".join(f"{name} = {value}" for name, value in emptied.items())
        self._connection.execute(
            f"UPDATE participants SET {sets}, erased_at = ?, changed_at = ?, changed_by = ? WHERE id = ?",
            (moment, moment, by, participant_id),
        )
