"""Participants: storing them, and reading them by id, reference or how lately they were written about."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import datetime
from operator import itemgetter

from peernote_tui.domain.base import canonical_json
from peernote_tui.domain.names import fold
from peernote_tui.domain.participant import Part2Status, Participant
from peernote_tui.repository.addenda import IN_ERROR
from peernote_tui.repository.rows import (
    Connection,
    Row,
    by_prefix,
    fetch_all,
    fetch_one,
    fetch_value,
    insert,
    instant_text,
    kept_id,
    kept_records,
    like_escape,
    marks,
    same_person,
    update,
)

_COLUMNS = (
    "id, name, legal_name, pronouns, born, birth_precision, external_id, phone, about, "
    "held_at, hold_reason, created_at, changed_at, archived_at, "
    "profile, part2, pinned_at, archive_reason, merged_into"
)
_IN_PROFILE = frozenset(
    {"phone_safety", "aliases", "other_ids", "contacts", "people", "languages", "strengths", "goals", "custom"}
)
_PINNED_FIRST = (("NOT NULL", "pinned_at"), ("NULL", "touched_at DESC, name"))
_INSTANTS = frozenset({"created_at", "changed_at", "archived_at", "held_at", "pinned_at"})


class ParticipantRepository:
    """Participants by id, reference or how lately they were written about."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, participant: Participant, *, by: str) -> None:
        """Store a new participant."""
        row = self._row(participant)
        insert(
            self._connection,
            "participants",
            {
                **row,
                "touched_at": row["changed_at"],
                "created_at": instant_text(participant.created_at),
                "created_by": by,
                "changed_by": by,
            },
        )

    def change(self, participant: Participant, *, by: str) -> None:
        """Store a changed participant under the same id."""
        update(self._connection, "participants", {**self._row(participant), "changed_by": by})

    def point(self, participant_ids: tuple[str, ...], kept: str | None) -> None:
        """Make records part of another, or of none with None."""
        self._connection.execute(
            f"UPDATE participants SET merged_into = ? WHERE id IN ({marks(participant_ids)})", (kept, *participant_ids)
        )

    def touch(self, participant_id: str, at: datetime) -> None:
        """Remember that the participant was written about; those touched last are shown first."""
        update(self._connection, "participants", {"id": participant_id, "touched_at": instant_text(at)})

    def get(self, participant_id: str) -> Participant | None:
        """The participant with that id, or None; for a record that became part of another that one."""
        row = fetch_one(
            self._connection,
            f"SELECT {_COLUMNS} FROM participants WHERE id = {kept_id('?1')} AND erased_at IS NULL",
            (participant_id,),
        )
        return None if row is None else _participant(row)

    def same(self, participant_id: str) -> tuple[str, ...]:
        """The ids of a participant's record and of those that became part of it, the kept one first."""
        return same_person(self._connection, participant_id)

    def records(self, participant_id: str) -> tuple[Participant, ...]:
        """A participant's own record as it is stored, then those that became part of it, by id."""
        same = self.same(participant_id)
        rows = fetch_all(
            self._connection,
            f"SELECT {_COLUMNS} FROM participants WHERE id IN ({marks(same)}) AND erased_at IS NULL "
            "ORDER BY merged_into IS NOT NULL, id",
            same,
        )
        return tuple(_participant(row) for row in rows)

    def by_external_id(self, external_id: str) -> Participant | None:
        """The participant with that external id, upper and lower case alike, or None."""
        row = fetch_one(
            self._connection,
            "SELECT id FROM participants WHERE external_id = ? COLLATE NOCASE ORDER BY merged_into IS NOT NULL",
            (external_id,),
        )
        return None if row is None else self.get(row["id"])

    def by_name(self, name: str, limit: int = 2) -> tuple[Participant, ...]:
        """Participants whose whole folded name is this one."""
        rows = fetch_all(
            self._connection,
            "SELECT coalesce(merged_into, id) AS id, name FROM participants WHERE folded LIKE ? ESCAPE '\\' ORDER BY 1",
            (f"% {like_escape(fold(name))} %",),
        )
        named = dict.fromkeys(row["id"] for row in rows if fold(row["name"]) == fold(name))
        return self.by_ids(tuple(named)[:limit])

    def beginning_with(self, words: Collection[str]) -> tuple[tuple[str, str], ...]:
        """Id and name of everybody whose folded name begins with one of these words, and of every "Family, Given"."""
        # A space stands before the folded name and after each of its words.
        first = "substr(folded, 2, instr(substr(folded, 2), ' ') - 1)"
        rows = self._connection.execute(
            "SELECT id, name FROM participants WHERE erased_at IS NULL AND merged_into IS NULL "
            f"AND ({first} IN ({marks(tuple(words))}) OR name LIKE '%,%')",
            tuple(words),
        )
        return tuple((row[0], row[1]) for row in rows)

    def ids_with_prefix(self, prefix: str) -> tuple[str, ...]:
        """At most two ids that begin with this text, those of records that became part of another among them."""
        return tuple(by_prefix(self._connection, "participants", prefix))

    def recent(
        self, *, limit: int, archived: bool = False, among: Collection[str] | None = None
    ) -> tuple[tuple[Participant, ...], int]:
        """Those who are pinned, then those written about last.

        Args:
            limit: How many to return.
            archived: Whether archived participants are among them, too.
            among: Ids of those who come into question; everybody when None.

        Returns:
            The first participants and how many there are in all.
        """
        where = "erased_at IS NULL AND merged_into IS NULL" + ("" if archived else " AND archived_at IS NULL")
        if among is not None:
            return self._recent_among(among, where, limit)
        total = fetch_value(self._connection, f"SELECT count(*) FROM participants WHERE {where}")
        rows: list[Row] = []
        for which, order in _PINNED_FIRST:
            rows += fetch_all(
                self._connection,
                f"SELECT {_COLUMNS} FROM participants WHERE {where} AND pinned_at IS {which} ORDER BY {order} LIMIT ?",
                (limit - len(rows),),
            )
        return tuple(_participant(row) for row in rows), int(total)

    def _recent_among(self, among: Collection[str], where: str, limit: int) -> tuple[tuple[Participant, ...], int]:
        # In one walk along the table, so that many ids cost no more than few.
        rows = self._connection.execute(f"SELECT id, pinned_at, touched_at, name FROM participants WHERE {where}")
        left = [row for row in rows if row[0] in among]
        left.sort(key=itemgetter(3))
        left.sort(key=itemgetter(2), reverse=True)
        pinned = sorted((row for row in left if row[1]), key=itemgetter(1))
        first = [*pinned, *(row for row in left if not row[1])][:limit]
        return self.by_ids(tuple(row[0] for row in first)), len(left)

    def by_ids(self, participant_ids: tuple[str, ...]) -> tuple[Participant, ...]:
        """The participants with these ids, in their order; those that are not there are left out."""
        rows = fetch_all(
            self._connection,
            f"SELECT {_COLUMNS} FROM participants WHERE id IN ({marks(participant_ids)}) AND erased_at IS NULL",
            participant_ids,
        )
        found = {row["id"]: _participant(row) for row in rows}
        return tuple(found[each] for each in participant_ids if each in found)

    def glances(self, participant_ids: tuple[str, ...]) -> dict[str, Row]:
        """What a list says of each: `last_contact`, `open_actions`, `has_draft`, by participant id."""
        kept = kept_records(self._connection, participant_ids)
        rows = fetch_all(
            self._connection,
            "SELECT p.id, (SELECT n.day || 'T' || coalesce(n.start, '00:00:00') FROM notes n "
            f"WHERE n.participant_id = p.id AND n.sequence NOT IN ({IN_ERROR}) "
            "ORDER BY n.day DESC, n.start DESC, n.sequence DESC LIMIT 1) last_contact, "
            "(SELECT count(*) FROM action_items a WHERE a.participant_id = p.id "
            "AND a.status IN ('open', 'partly', 'not_yet')) AS open_actions, "
            "EXISTS (SELECT 1 FROM drafts d WHERE d.participant_id = p.id AND d.discarded_at IS NULL) AS has_draft "
            f"FROM participants p WHERE p.id IN ({marks(tuple(kept))})",
            tuple(kept),
        )
        found: dict[str, Row] = {}
        for row in rows:
            whose = kept[row.pop("id")]
            found[whose] = _both(found[whose], row) if whose in found else row
        return found

    def every(self, *, archived: bool = False) -> Iterator[Participant]:
        """All participants by name."""
        where = "erased_at IS NULL AND merged_into IS NULL" + ("" if archived else " AND archived_at IS NULL")
        for row in fetch_all(
            self._connection, f"SELECT {_COLUMNS} FROM participants WHERE {where} ORDER BY folded, id"
        ):
            yield _participant(row)

    def count(self) -> int:
        """How many participants there are, archived ones included."""
        where = "erased_at IS NULL AND merged_into IS NULL"
        return int(fetch_value(self._connection, f"SELECT count(*) FROM participants WHERE {where}"))

    @staticmethod
    def _row(participant: Participant) -> Row:
        searched = (
            participant.name,
            participant.legal_name,
            participant.external_id,
            participant.phone,
            participant.birth_year,
        )
        return {
            **participant.model_dump(mode="json", exclude={*_INSTANTS, *_IN_PROFILE, "part2"}),
            "profile": canonical_json(
                participant.model_dump(mode="json", include=set(_IN_PROFILE), exclude_defaults=True)
            ),
            "part2": "" if participant.part2 is Part2Status.NOT_REVIEWED else participant.part2.value,
            # Spaces around it let "begins a word" be one LIKE.
            "folded": f" {' '.join(fold(text) for text in searched if text)} ",
            "changed_at": instant_text(participant.changed_at),
            "archived_at": instant_text(participant.archived_at),
            "held_at": instant_text(participant.held_at),
            "pinned_at": instant_text(participant.pinned_at),
        }


def _both(one: Row, other: Row) -> Row:
    return {
        "last_contact": max((one["last_contact"], other["last_contact"]), key=lambda day: day or ""),
        "open_actions": one["open_actions"] + other["open_actions"],
        "has_draft": one["has_draft"] or other["has_draft"],
    }


def _participant(row: Row) -> Participant:
    profile = json.loads(row.pop("profile"))
    return Participant(**{**row, **profile, "part2": row["part2"] or Part2Status.NOT_REVIEWED})
