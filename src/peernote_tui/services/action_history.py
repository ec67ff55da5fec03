"""The history of action items: what became of one, added to it and to the log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from peernote_tui.domain.action_item import ActionEvent, ActionItem
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.ids import new_id
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.workspace import Workspace


def record_change(
    workspace: Workspace,
    work: UnitOfWork,
    action: ActionItem,
    kind: AuditAction,
    *,
    note_id: str | None = None,
    at: datetime | None = None,
    change: dict[str, Any] | None = None,
) -> None:
    """Add what became of an action item to its history, and to the log with the hash of that row.

    Args:
        workspace: The open vault.
        work: The transaction; the caller commits.
        action: The item as it is now.
        kind: Added or changed.
        note_id: The note that tells of it; None outside a note.
        at: When; now when None.
        change: What else was changed, as `ActionEvent.change` holds it.
    """
    event = ActionEvent(
        id=new_id(workspace.clock.now()),
        action_id=action.id,
        status=action.status,
        words=action.words,
        note_id=note_id,
        change=change or {},
        at=at or workspace.clock.now(),
        by=workspace.author.id,
    )
    sealed = work.action_items.record(event)
    workspace.log(work, kind, action.id, f"{action.status.value} {sealed}")
