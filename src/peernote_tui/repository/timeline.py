"""What happened in a participant's record, table by table, each the newest first and read only as far as wanted."""

from __future__ import annotations

from collections.abc import Iterator

from peernote_tui.domain.audit import AuditAction
from peernote_tui.repository.rows import Connection, Row, marks

SHARED = (AuditAction.NOTE_EXPORTED, AuditAction.NOTE_COPIED)
"""What the log calls handing a note on; the index `audit_shared` names the same."""

_PLANS_CHANGED = (AuditAction.FOLLOW_UP_MOVED, AuditAction.FOLLOW_UP_CANCELLED, AuditAction.FOLLOW_UP_REOPENED)


class TimelineRepository:
    """Rows for the timeline; every method takes the ids under which one participant's rows stand."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def drafts(self, people: tuple[str, ...], until: str, limit: int) -> Iterator[Row]:
        """Drafts, where they are put aside at that moment: `id`, `begun_at`, `discarded_at`, `at`."""
        return self._rows(
            "SELECT id, begun_at, discarded_at, coalesce(discarded_at, begun_at) AS at FROM drafts "
            f"WHERE participant_id IN ({marks(people)}) AND coalesce(discarded_at, begun_at) <= ? "
            "ORDER BY 4 DESC, id DESC LIMIT ?",
            (*people, until, limit),
        )

    def actions(self, people: tuple[str, ...], until: str, limit: int) -> Iterator[Row]:
        """What became of action items: the row of the history with `text`, `owner`, `owner_name` and `added`."""
        # First which ones, by indexes alone; only those are read.
        return self._rows(
            "WITH told (sequence, at, id) AS (SELECT e.sequence, e.at, e.id FROM action_items a "
            "JOIN action_events e ON e.action_id = a.id "
            f"WHERE a.participant_id IN ({marks(people)}) AND e.at <= ? ORDER BY e.at DESC, e.id DESC LIMIT ?) "
            "SELECT e.id, e.action_id, e.status, e.words, e.note_id, e.at, e.change, a.text, a.owner, a.owner_name, "
            "NOT EXISTS (SELECT 1 FROM action_events f WHERE f.action_id = e.action_id AND f.sequence < e.sequence) "
            "AS added FROM told CROSS JOIN action_events e ON e.sequence = told.sequence "
            "JOIN action_items a ON a.id = e.action_id ORDER BY told.at DESC, told.id DESC",
            (*people, until, limit),
        )

    def follow_ups(self, people: tuple[str, ...], until: str, limit: int) -> Iterator[Row]:
        """Planned contacts, at the moment they were planned."""
        return self._rows(
            "SELECT id, note_id, day, at AS time, place, topics, closed_by_note_id, created_at FROM follow_ups "
            f"WHERE participant_id IN ({marks(people)}) AND created_at <= ? "
            # What was planned by mistake and taken back was cancelled without a reason.
            "AND (cancelled_at IS NULL OR reason <> '') ORDER BY created_at DESC, id DESC LIMIT ?",
            (*people, until, limit),
        )

    def plans_changed(self, people: tuple[str, ...]) -> Iterator[Row]:
        """What became of planned contacts, the oldest first: the log entry with `id`, `day`, `time` and `reason`."""
        actions = ", ".join(f"'{action.value}'" for action in _PLANS_CHANGED)
        return self._rows(
            "SELECT a.sequence, a.at, a.action, a.detail, f.id, f.day, f.at AS time, f.reason, f.cancelled_at "
            "FROM follow_ups f CROSS JOIN audit a INDEXED BY audit_by_subject ON a.subject = f.id "
            f"AND a.action IN ({actions}) WHERE f.participant_id IN ({marks(people)}) "
            "AND (f.cancelled_at IS NULL OR f.reason <> '') ORDER BY a.sequence",
            people,
        )

    def added(self, people: tuple[str, ...]) -> Iterator[Row]:
        """What was added to signed notes: `id`, `note_id`, `kind`, `signed_at`, `reason`; never an erased one."""
        return self._rows(
            "SELECT id, note_id, kind, signed_at, document ->> '$.reason' AS reason FROM addenda "
            f"WHERE participant_id IN ({marks(people)}) AND signed_at IS NOT NULL ORDER BY signed_at DESC",
            people,
        )

    def shared(self, people: tuple[str, ...]) -> Iterator[Row]:
        """Log entries of notes that were handed on before there was an account of it.

        Gives `sequence`, `at`, `action`, `subject`, `detail`.
        """
        actions = ", ".join(f"'{action.value}'" for action in SHARED)
        return self._rows(
            "SELECT a.sequence, a.at, a.action, a.subject, a.detail FROM notes n JOIN audit a INDEXED BY audit_shared "
            f"ON a.subject = n.id AND a.action IN ({actions}) WHERE n.participant_id IN ({marks(people)}) "
            "AND a.at < coalesce((SELECT min(at) FROM disclosures), '9999') ORDER BY a.sequence DESC",
            people,
        )

    def _rows(self, sql: str, values: tuple[object, ...]) -> Iterator[Row]:
        cursor = self._connection.execute(sql, values)
        names = [column[0] for column in cursor.description]
        for row in cursor:
            yield dict(zip(names, row, strict=True))
