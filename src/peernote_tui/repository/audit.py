"""The log: appended in the transaction it speaks of, never changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from peernote_tui.domain.audit import GENESIS, AuditAction, AuditEntry, chain_hash
from peernote_tui.repository.rows import Connection, instant_text


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

    def entries(self) -> Iterator[AuditEntry]:
        """Every link, oldest first."""
        yield from self._entries("", ())

    def entries_of(self, *actions: AuditAction) -> Iterator[AuditEntry]:
        """The links of some actions, oldest first."""
        yield from self._entries(f"WHERE action IN ({','.join('?' * len(actions))})", actions)

    def _entries(self, where: str, values: tuple[str, ...]) -> Iterator[AuditEntry]:
        cursor = self._connection.execute(
            f"SELECT sequence, at, by, action, subject, detail, previous, hash FROM audit {where} ORDER BY sequence",
            values,
        )
        names = [column[0] for column in cursor.description]
        for row in cursor:
            yield AuditEntry(**dict(zip(names, row, strict=True)))
