"""Follow-ups: planned contacts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from peernote_tui.domain.follow_up import FollowUp, FollowUpListing
from peernote_tui.domain.note import Mode
from peernote_tui.repository.rows import (
    Connection,
    Row,
    by_prefix,
    day_text,
    fetch_all,
    fetch_one,
    fetch_value,
    insert,
    instant_text,
    json_text,
    kept_id,
    marks,
    same_person,
    update,
)

_COLUMNS = (
    f"f.id, {kept_id('f.participant_id')} AS participant_id, f.note_id, f.day, f.at, f.place, f.topics, "
    "f.mode, f.closed_by_note_id, f.cancelled_at, f.reason, f.created_at"
)
# Written out so that the partial indexes of the schema serve.
_OPEN = "f.closed_by_note_id IS NULL AND f.cancelled_at IS NULL"
_WHO = "p.name AS participant_name, p.pronouns, p.external_id, substr(p.born, 1, 4) AS birth_year"
_DRAFT = (
    "coalesce((SELECT d.id FROM drafts d WHERE d.meeting_id = f.id AND d.discarded_at IS NULL LIMIT 1), '') AS draft_id"
)
_NOT_BEGUN = (
    "f.id NOT IN (SELECT d.meeting_id FROM drafts d WHERE d.meeting_id IS NOT NULL AND d.discarded_at IS NULL) "
    "AND f.id NOT IN (SELECT value FROM json_each(?))"
)
_ERASED = "SELECT participant_id FROM erasures"
_CHANGING = {"day", "at", "place", "topics", "mode", "reason"}


class FollowUpRepository:
    """Planned contacts, open until a note for their day or later is signed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, follow_up: FollowUp, *, by: str) -> None:
        """Store a new follow-up."""
        created = instant_text(follow_up.created_at)
        insert(
            self._connection,
            "follow_ups",
            {
                **follow_up.model_dump(mode="json"),
                "cancelled_at": instant_text(follow_up.cancelled_at),
                "created_at": created,
                "created_by": by,
                "changed_at": created,
                "changed_by": by,
            },
        )

    def change(self, follow_up: FollowUp, *, at: datetime, by: str) -> None:
        """Store what was changed about a follow-up: when, where and how it is, and whether it takes place."""
        row = follow_up.model_dump(mode="json", include=_CHANGING)
        changed = {"cancelled_at": instant_text(follow_up.cancelled_at), "changed_at": instant_text(at)}
        update(self._connection, "follow_ups", {**row, "id": follow_up.id, **changed, "changed_by": by})

    def close(self, ids: Sequence[str], *, note_id: str, at: datetime, by: str) -> None:
        """Close follow-ups: a note tells of them."""
        self._connection.execute(
            "UPDATE follow_ups SET closed_by_note_id = ?, changed_at = ?, changed_by = ? "
            f"WHERE id IN ({marks(ids)}) AND closed_by_note_id IS NULL AND cancelled_at IS NULL",
            (note_id, instant_text(at), by, *ids),
        )

    def close_planned_by(self, note_id: str, *, at: datetime, by: str) -> tuple[str, ...]:
        """Close what one note planned and what is still open; gives the ids of what is closed now."""
        closed = self._connection.execute(
            "UPDATE follow_ups SET closed_by_note_id = note_id, changed_at = ?, changed_by = ? "
            "WHERE participant_id = (SELECT participant_id FROM notes WHERE id = ?) AND note_id = ? "
            "AND closed_by_note_id IS NULL AND cancelled_at IS NULL RETURNING id",
            (instant_text(at), by, note_id, note_id),
        )
        return tuple(str(row[0]) for row in closed.fetchall())

    def get(self, follow_up_id: str) -> FollowUp | None:
        """The follow-up with that id, or None."""
        row = fetch_one(self._connection, f"SELECT {_COLUMNS} FROM follow_ups f WHERE f.id = ?", (follow_up_id,))
        return None if row is None else FollowUp(**row)

    def ids_with_prefix(self, prefix: str) -> tuple[str, ...]:
        """At most two ids that begin with this text."""
        return tuple(by_prefix(self._connection, "follow_ups", prefix))

    def passed(self, now: datetime, *, limit: int, but: Sequence[str] = ()) -> tuple[tuple[FollowUpListing, ...], int]:
        """Open follow-ups whose time is over and of which no note is begun, the earliest first, and how many there are.

        Args:
            now: Local; `FollowUp.has_passed(now)` tells the same of one.
            limit: How many at most; the others are only counted.
            but: Ids of those that are left out.
        """
        today, clock = now.date().isoformat(), now.time().replace(tzinfo=None).isoformat()
        where = f"{_OPEN} AND f.day <= ? AND (f.day < ? OR f.at < ?) AND {_NOT_BEGUN}"
        wanted = (today, today, clock, json_text(list(but)))
        return self._listed("'' AS draft_id", where, wanted, limit)

    def met_until(self, day: date) -> tuple[str, ...]:
        """Ids of the participants with whom something is planned for this day or before that is still open."""
        rows = fetch_all(
            self._connection,
            f"SELECT DISTINCT f.participant_id FROM follow_ups f WHERE {_OPEN} AND f.day <= ? "
            f"AND f.participant_id NOT IN ({_ERASED})",
            (day_text(day),),
        )
        return tuple(row["participant_id"] for row in rows)

    def open_between(
        self,
        first: date | None,
        last: date | None,
        *,
        participant_id: str | None = None,
        modes: tuple[Mode, ...] = (),
        limit: int,
        count: bool = True,
    ) -> tuple[tuple[FollowUpListing, ...], int]:
        """Open follow-ups of a range of days with their participants, in order of time, and how many there are.

        Args:
            first: The first day; None for no bound.
            last: The last day; None for no bound.
            participant_id: Of one participant; of all when None.
            modes: Only planned in one of these ways; in any, or in none yet, when empty.
            limit: How many at most; -1 for all.
            count: Whether those beyond the limit are counted.
        """
        whose = () if participant_id is None else same_person(self._connection, participant_id)
        where = f"{_OPEN} AND f.day >= ? AND f.day <= ?" + (
            f" AND f.participant_id IN ({marks(whose)})" if whose else ""
        )
        where += f" AND f.mode IN ({marks(modes)})" if modes else ""
        days = (day_text(first) or "", day_text(last) or "9999-12-31")
        return self._listed(_DRAFT, where, (*days, *whose, *modes), limit, count=count)

    def open_of(self, participant_id: str) -> tuple[FollowUp, ...]:
        """Open follow-ups of one participant, the soonest first."""
        whose = same_person(self._connection, participant_id)
        rows = fetch_all(
            self._connection,
            f"SELECT {_COLUMNS} FROM follow_ups f WHERE f.participant_id IN ({marks(whose)}) "
            f"AND {_OPEN} ORDER BY f.day, f.at IS NULL, f.at, f.id",
            whose,
        )
        return tuple(FollowUp(**row) for row in rows)

    def all_of(self, participant_id: str) -> tuple[FollowUp, ...]:
        """Every follow-up of one participant, open or not, in the order in which they were made."""
        whose = same_person(self._connection, participant_id)
        rows = fetch_all(
            self._connection,
            f"SELECT {_COLUMNS} FROM follow_ups f WHERE f.participant_id IN ({marks(whose)}) "
            "ORDER BY f.created_at, f.id",
            whose,
        )
        return tuple(FollowUp(**row) for row in rows)

    def _listed(
        self, draft: str, where: str, wanted: tuple[str, ...], limit: int, *, count: bool = True
    ) -> tuple[tuple[FollowUpListing, ...], int]:
        """In order of time, the first ones looked up and all counted."""
        rows = fetch_all(
            self._connection,
            f"SELECT {_COLUMNS}, {_WHO}, {draft} FROM follow_ups f "
            f"JOIN participants p ON p.id = {kept_id('f.participant_id')} WHERE {where} AND p.erased_at IS NULL "
            "ORDER BY f.day, f.at IS NULL, f.at, f.id LIMIT ?",
            (*wanted, limit),
        )
        found = tuple(_listing(row) for row in rows)
        if not count or limit < 0 or len(found) < limit:
            return found, len(found)
        # Where an index holds all that is asked for, no row is read for the first of the two.
        every = f"SELECT count(*) FROM follow_ups f WHERE {where}"
        of_nobody = f"{every} AND f.participant_id IN ({_ERASED})"
        return found, int(fetch_value(self._connection, f"SELECT ({every}) - ({of_nobody})", (*wanted, *wanted)))


def _listing(row: Row) -> FollowUpListing:
    who = ("participant_name", "pronouns", "external_id", "birth_year", "draft_id")
    follow_up = FollowUp(**{name: value for name, value in row.items() if name not in who})
    return FollowUpListing(follow_up=follow_up, **{name: row[name] for name in who})
