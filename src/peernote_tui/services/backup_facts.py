"""What backups hold, in numbers, and how the log names one."""

from __future__ import annotations

from peernote_tui.repository import census, schema
from peernote_tui.repository.audit import AuditRepository
from peernote_tui.vault.manifest import Backup, Facts


def look(connection: schema.Connection) -> Facts:
    """What a database holds, in numbers, and where its log ends."""
    length, head = AuditRepository(connection).head()
    return Facts(counts=census.row_counts(connection), log_length=length, log_head=head)


def detail(made: Backup) -> str:
    """The words of the log about a backup: why it was made, and its name."""
    return f"{made.manifest.kind} {made.name}" if made.manifest else made.name
