"""Action items: list them, add one, find the one that is meant."""

from __future__ import annotations

from datetime import date

from peernote_tui.domain.action_item import ActionItem, ActionListing
from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.base import NAME, Model, clean_line, clean_text
from peernote_tui.domain.errors import NotFoundError
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.owner import Owner
from peernote_tui.services.changing_actions import action_in
from peernote_tui.services.namesakes import rows_apart
from peernote_tui.services.participants import participant_in
from peernote_tui.services.recording import record_change
from peernote_tui.services.workspace import Workspace


class ActionList(Model):
    """The answer to a list of action items."""

    actions: tuple[ActionListing, ...]
    total: int
    open: int
    """Open over all participants."""
    overdue: int
    """Overdue over all participants."""
    today: date


def list_actions(
    workspace: Workspace,
    *,
    closed: bool = False,
    participant_id: str | None = None,
    owners: tuple[Owner, ...] = (),
    due_until: date | None = None,
    text: str = "",
    limit: int = 500,
) -> ActionList:
    """Action items, open ones by due day or closed ones by when they were closed.

    Args:
        workspace: The open vault.
        closed: Closed ones instead of open ones.
        participant_id: Only of this participant.
        owners: Only taken on by one of these.
        due_until: Only due on or before this day.
        text: Only where every word occurs in action, participant's or owner's name.
        limit: How many to return.
    """
    with workspace.reading() as work:
        found, total = work.action_items.listed(
            closed=closed,
            participant_id=participant_id,
            owners=tuple(owner.value for owner in owners),
            due_until=due_until,
            text=text,
            limit=limit,
        )
        found = rows_apart(work, found)
        count, overdue = work.action_items.count_open(workspace.today)
    return ActionList(actions=found, total=total, open=count, overdue=overdue, today=workspace.today)


def add_action(workspace: Workspace, participant_id: str, line: ActionLine) -> ActionItem:
    """Add an action item outside a note.

    Raises:
        NotFoundError: There is no such participant.
        InvalidInputError: The action, or the name of who takes it on, is too long.
    """
    now = workspace.clock.now()
    action = ActionItem(
        id=new_id(now),
        participant_id="",
        text=clean_line(line.text, field="text"),
        owner=line.owner,
        owner_name=clean_line(line.owner_name, field="owner", longest=NAME),
        due=line.due,
        tags=line.tags,
        confidence=line.confidence,
        repeats=line.repeats,
        created_at=now,
        changed_at=now,
    )
    with workspace.changing() as work:
        action = action.model_copy(update={"participant_id": participant_in(work, participant_id).id})
        work.action_items.add(action, by=workspace.author.id)
        record_change(workspace, work, action, AuditAction.ACTION_ADDED)
        work.commit()
    return action


def resolve_action(workspace: Workspace, reference: str) -> ActionItem:
    """The action item that an id or a unique prefix of one means.

    Raises:
        NotFoundError: None, or more than one, is meant.
    """
    reference = clean_text(reference).strip().lower()
    with workspace.reading() as work:
        ids = work.action_items.ids_with_prefix(reference) if reference else ()
        if not ids:
            raise NotFoundError("No action item has this id.", "Look with: peernote actions list")
        if len(ids) > 1:
            raise NotFoundError("More than one action item begins with this id.", "Use more of it.")
        return action_in(work, ids[0])
