"""The log: appended in the transaction it speaks of, never changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from peernote_tui.domain.audit import GENESIS, AuditAction, AuditEntry, chain_hash
from peernote_tui.repository.rows import Connection, Row, fetch_all, instant_text, kept_id, marks, same_person

_OWNED = ("notes", "addenda", "drafts", "action_items", "follow_ups")


class AuditRepository:
    """The hash-chained log."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.last_added = ""
        """Hash of the last link added here; empty for none."""

    def append(self, action: AuditAction, *, at: datetime, by: str, subject: str = "", detail: str = "") -> None:
        """Add a link; `detail` is a content-free word or two."""
        length, head = self.head()
        entry = AuditEntry(
            sequence=length + 1,
            at=datetime.fromisoformat(instant_text(at) or ""),
            by=by,
            action=action,
            subject=subject,
            detail=detail,
            previous=head,
            hash="",
        )
        link = entry.model_dump(mode="json", exclude={"hash"})
        hashed = chain_hash(link)
        self._connection.execute(
            "INSERT INTO audit (sequence, at, by, action, subject, detail, previous, hash) "
            "VALUES (:sequence, :at, :by, :action, :subject, :detail, :previous, :hash)",
            {**link, "at": instant_text(at), "hash": hashed},
        )
        self.last_added = hashed

    def head(self) -> tuple[int, str]:
        """Length of the log and hash of its last link."""
        row = self._connection.execute("SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1").fetchone()
        return (0, GENESIS) if row is None else (int(row[0]), str(row[1]))

    def unsealed(self) -> tuple[int, int]:
        """The highest numbers of a consent and of a change of an action item whose hash the log cannot hold."""
        numbers = (
            self._connection.execute(f"SELECT coalesce(max(sequence), 0) FROM {table} WHERE salt = ''").fetchone()[0]
            for table in ("consents", "action_events")
        )
        consents, changes = numbers
        return int(consents), int(changes)

    def page(
        self, *, participant_id: str | None, since: datetime | None, before: int | None, limit: int
    ) -> tuple[AuditEntry, ...]:
        """Entries, the newest first.

        Args:
            participant_id: Only about this participant and what is theirs.
            since: Only from this instant on.
            before: Only with a smaller number.
            limit: How many at most.
        """
        parts: list[str] = ["1"]
        values: list[object] = []
        if participant_id is not None:
            whose = same_person(self._connection, participant_id)
            theirs = " UNION ALL ".join(
                f"SELECT id FROM {table} WHERE participant_id IN ({marks(whose)})" for table in _OWNED
            )
            own = ", ".join("(?)" for _ in whose)
            parts.append(f"subject IN (SELECT * FROM (VALUES {own}) UNION ALL {theirs})")
            values += whose * (1 + len(_OWNED))
        if since is not None:
            parts.append("at >= ?")
            values.append(instant_text(since))
        if before is not None:
            parts.append("sequence < ?")
            values.append(before)
        rows = fetch_all(
            self._connection,
            "SELECT sequence, at, by, action, subject, detail, previous, hash FROM audit "
            f"WHERE {' AND '.join(parts)} ORDER BY sequence DESC LIMIT ?",
            [*values, limit],
        )
        return tuple(AuditEntry(**row) for row in rows)

    def participants_of(self, subjects: tuple[str, ...]) -> dict[str, Row]:
        """Whom each subject is about, with the fields of `AboutParticipant`; those about nobody are left out."""
        if not subjects:
            return {}
        among = marks(subjects)
        theirs = " UNION ALL ".join(f"SELECT id, participant_id FROM {table} WHERE id IN ({among})" for table in _OWNED)
        rows = fetch_all(
            self._connection,
            "SELECT s.id AS subject, p.id AS participant_id, p.name AS participant_name, p.pronouns, p.external_id, "
            "substr(p.born, 1, 4) AS birth_year FROM "
            f"(SELECT id, id AS participant_id FROM participants WHERE id IN ({among}) "
            f"UNION ALL {theirs}) s JOIN participants p ON p.id = {kept_id('s.participant_id')}",
            subjects * (1 + len(_OWNED)),
        )
        return {row.pop("subject"): row for row in rows}

    def entries(self) -> Iterator[AuditEntry]:
        """Every link, oldest first."""
        yield from self._entries("", ())

    def entries_of(self, *actions: AuditAction) -> Iterator[AuditEntry]:
        """The links of some actions, oldest first."""
        yield from self._entries(f"WHERE action IN ({','.join('?' * len(actions))})", actions)

    def of_subject(self, subject: str, *actions: AuditAction) -> Iterator[AuditEntry]:
        """The links of some actions about one thing, oldest first."""
        yield from self._entries(f"WHERE subject = ? AND action IN ({marks(actions)})", (subject, *actions))

    def _entries(self, where: str, values: tuple[str, ...]) -> Iterator[AuditEntry]:
        cursor = self._connection.execute(
            f"SELECT sequence, at, by, action, subject, detail, previous, hash FROM audit {where} ORDER BY sequence",
            values,
        )
        names = [column[0] for column in cursor.description]
        for row in cursor:
            yield AuditEntry(**dict(zip(names, row, strict=True)))
