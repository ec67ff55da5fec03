"""Signed notes of contacts near a day, as far as is needed to see which of them were at the same time."""

from __future__ import annotations

from datetime import date, timedelta

from peernote_tui.domain.note import NoteKind
from peernote_tui.domain.plausibility import Neighbour
from peernote_tui.repository.addenda import IN_ERROR
from peernote_tui.repository.rows import Connection, day_text, fetch_all, kept_id

_WHOSE = kept_id("n.participant_id")


class NeighbourRepository:
    """Contacts by day."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def around(self, day: date) -> tuple[Neighbour, ...]:
        """Contacts of a day, the one before and the one after that took place and have a beginning and an end.

        What was written in error did not take place.
        """
        rows = fetch_all(
            self._connection,
            "SELECT n.id AS note_id, p.id AS participant_id, n.document ->> '$.author.id' AS author_id, n.kind, n.day, "
            "n.start, n.document ->> '$.content.end' AS \"end\", n.document ->> '$.zone' AS zone, 1 AS signed, "
            "p.name AS participant_name, p.pronouns, p.external_id, substr(p.born, 1, 4) AS birth_year "
            f"FROM notes n JOIN participants p ON p.id = {_WHOSE} "
            "WHERE n.day BETWEEN ? AND ? AND n.start IS NOT NULL AND n.kind <> ? "
            f"AND n.document ->> '$.content.end' IS NOT NULL AND n.sequence NOT IN ({IN_ERROR}) "
            "ORDER BY n.day, n.start",
            (day_text(day - timedelta(days=1)), day_text(day + timedelta(days=1)), NoteKind.NO_SHOW.value),
        )
        return tuple(Neighbour(**row) for row in rows)
