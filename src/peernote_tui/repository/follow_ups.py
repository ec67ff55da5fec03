"""Follow-ups: planned contacts."""

from __future__ import annotations

from datetime import date, datetime

from peernote_tui.domain.follow_up import FollowUp, FollowUpListing
from peernote_tui.repository.rows import (
    Connection,
    Row,
    day_text,
    fetch_all,
    insert,
    instant_text,
    kept_id,
    marks,
    same_person,
)

_COLUMNS = (
    f"f.id, {kept_id('f.participant_id')} AS participant_id, f.note_id, f.day, f.at, f.place, f.topics, "
    "f.mode, f.closed_by_note_id, f.cancelled_at, f.reason, f.created_at"
)
# Written out so that the partial indexes of the schema serve.
_OPEN = "f.closed_by_note_id IS NULL AND f.cancelled_at IS NULL"
_WHO = "p.name AS participant_name, p.pronouns, p.external_id, substr(p.born, 1, 4) AS birth_year"


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

    def close_until(self, participant_id: str, day: date, *, note_id: str, at: datetime, by: str) -> tuple[str, ...]:
        """Close a participant's follow-ups planned for this day or before: the contact has been written up.

        A note does not close what it plans itself, such as a second contact on the same day.

        Returns:
            The ids of those that are closed now.
        """
        whose = same_person(self._connection, participant_id)
        closed = self._connection.execute(
            "UPDATE follow_ups SET closed_by_note_id = ?, changed_at = ?, changed_by = ? "
            f"WHERE participant_id IN ({marks(whose)}) AND day <= ? AND closed_by_note_id IS NULL "
            "AND cancelled_at IS NULL AND note_id IS NOT ? RETURNING id",
            (note_id, instant_text(at), by, *whose, day_text(day), note_id),
        )
        return tuple(str(row[0]) for row in closed.fetchall())

    def close_planned_by(self, note_id: str, *, at: datetime, by: str) -> tuple[str, ...]:
        """Close what one note planned and what is still open; gives the ids of what is closed now."""
        closed = self._connection.execute(
            "UPDATE follow_ups SET closed_by_note_id = note_id, changed_at = ?, changed_by = ? "
            "WHERE participant_id = (SELECT participant_id FROM notes WHERE id = ?) AND note_id = ? "
            "AND closed_by_note_id IS NULL AND cancelled_at IS NULL RETURNING id",
            (instant_text(at), by, note_id, note_id),
        )
        return tuple(str(row[0]) for row in closed.fetchall())

    def open_until(self, day: date) -> tuple[FollowUpListing, ...]:
        """Open follow-ups planned for this day or before, with their participants, in order of time."""
        rows = fetch_all(
            self._connection,
            f"SELECT {_COLUMNS}, {_WHO} FROM follow_ups f JOIN participants p "
            f"ON p.id = {kept_id('f.participant_id')} "
            f"WHERE {_OPEN} AND f.day <= ? AND p.erased_at IS NULL "
            "ORDER BY f.day, f.at IS NULL, f.at, f.id",
            (day_text(day),),
        )
        return tuple(_listing(row) for row in rows)

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


def _listing(row: Row) -> FollowUpListing:
    who = ("participant_name", "pronouns", "external_id", "birth_year")
    follow_up = FollowUp(**{name: value for name, value in row.items() if name not in who})
    return FollowUpListing(follow_up=follow_up, **{name: row[name] for name in who})
