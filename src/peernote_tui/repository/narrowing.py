"""For whom something holds: the ids of participants that a filter leaves."""

from __future__ import annotations

from datetime import date

from peernote_tui.repository.addenda import IN_ERROR
from peernote_tui.repository.rows import Connection, Row, day_text, fetch_all, kept_id

_STANDING = "erased_at IS NULL AND merged_into IS NULL"


class NarrowingRepository:
    """Ids of participants by what holds for them; rows of a record that became part of another count for that one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def everybody(self) -> set[str]:
        """Everybody, archived ones included."""
        return self._ids(f"SELECT id FROM participants WHERE {_STANDING}")

    def not_seen_since(self, day: date) -> set[str]:
        """Whose last note tells of this day or one before; who has no note counts from the day they were added."""
        stands = f"n.sequence NOT IN ({IN_ERROR})"
        # max() with this condition would read every entry of the index.
        last = (
            f"(SELECT n.day FROM notes n WHERE n.participant_id = p.id AND {stands} "
            "ORDER BY n.day DESC, n.start DESC, n.sequence DESC LIMIT 1)"
        )
        last_of_parts = (
            "(SELECT max(n.day) FROM participants m JOIN notes n ON n.participant_id = m.id "
            f"WHERE m.merged_into = p.id AND {stands})"
        )
        return self._ids(
            f"SELECT id FROM participants p WHERE {_STANDING} AND "
            f"coalesce(nullif(max(coalesce({last}, ''), coalesce({last_of_parts}, '')), ''), "
            "substr(created_at, 1, 10)) <= ?",
            day_text(day),
        )

    def with_action_due_before(self, day: date) -> set[str]:
        """With an open action item that was due before this day."""
        return self._ids(
            f"SELECT DISTINCT {kept_id('a.participant_id')} FROM action_items a "
            "WHERE a.status IN ('open', 'partly', 'not_yet') AND a.due < ?",
            day_text(day),
        )

    def with_draft(self) -> set[str]:
        """With a note that is begun and not signed."""
        return self._ids(f"SELECT DISTINCT {kept_id('d.participant_id')} FROM drafts d WHERE d.discarded_at IS NULL")

    def last_consents(self) -> list[Row]:
        """For everybody with a consent to notes, the row of it that was added last.

        Returns:
            Rows with `participant_id`, `event`, `starts_on`, `expires_on`, and `named`: whether a withdrawal
            names the one consent that it ends.
        """
        # Of bare columns beside max(), SQLite takes the values of the row that has the maximum.
        return fetch_all(
            self._connection,
            f"SELECT {kept_id('c.participant_id')} AS participant_id, max(c.sequence) AS sequence, c.event, "
            "c.starts_on, c.expires_on, c.details <> '{}' AS named FROM consents c WHERE c.scope = 'notes' GROUP BY 1",
        )

    def _ids(self, sql: str, *values: str | None) -> set[str]:
        return {row[0] for row in self._connection.execute(sql, values)}
