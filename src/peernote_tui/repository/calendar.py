"""What is planned and what is due within a range of days, for a calendar of another program."""

from __future__ import annotations

from datetime import date

from peernote_tui.domain.calendar_row import CalendarKind, CalendarRow
from peernote_tui.repository.rows import Connection, day_text, fetch_all, kept_id

_WHO = "p.name AS participant_name, p.pronouns, p.external_id, substr(p.born, 1, 4) AS birth_year"
_LAST = "9999-12-31"


class CalendarRepository:
    """Meetings and due days over all participants; what was called off is among them, and says so."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def meetings(self, first: date, last: date | None) -> tuple[CalendarRow, ...]:
        """Meetings of which no note tells yet, in order of time; `last` None for no bound."""
        return self._rows(
            CalendarKind.MEETING,
            "f.day, f.at, f.place, f.cancelled_at IS NOT NULL AS called_off",
            "follow_ups f",
            "f.closed_by_note_id IS NULL AND f.day >= ? AND f.day <= ? ORDER BY f.day, f.at IS NULL, f.at, f.id",
            (first, last),
        )

    def due(self, first: date, last: date | None) -> tuple[CalendarRow, ...]:
        """Action items that are due, or were before they were closed, by day; `last` None for no bound."""
        return self._rows(
            CalendarKind.ACTION,
            "f.due AS day, f.status NOT IN ('open', 'partly', 'not_yet') AS called_off",
            "action_items f",
            "f.due >= ? AND f.due <= ? ORDER BY f.due, f.id",
            (first, last),
        )

    def _rows(
        self, kind: CalendarKind, columns: str, table: str, where: str, days: tuple[date, date | None]
    ) -> tuple[CalendarRow, ...]:
        rows = fetch_all(
            self._connection,
            f"SELECT f.id, {kept_id('f.participant_id')} AS participant_id, {columns}, f.created_at, f.changed_at, "
            f"{_WHO} "
            f"FROM {table} JOIN participants p ON p.id = {kept_id('f.participant_id')} "
            f"WHERE p.erased_at IS NULL AND {where}",
            (day_text(days[0]), day_text(days[1]) or _LAST),
        )
        return tuple(CalendarRow(kind=kind, **row) for row in rows)
