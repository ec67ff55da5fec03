"""Changing action items: what became of them, by when, whose they are; one act, one transaction, taken back as one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from peernote_tui.domain.action_item import ActionItem, ActionStatus
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.base import NAME, Model, clean_line
from peernote_tui.domain.errors import NotFoundError
from peernote_tui.domain.owner import Owner
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.recording import record_change
from peernote_tui.services.workspace import Workspace

Update = dict[str, Any]
"""The fields of an action item that a change gives new values."""


class ActionChange(Model):
    """One change of an action item, with what it was before; handing `before` back undoes it."""

    before: ActionItem
    after: ActionItem


def settle(
    workspace: Workspace, action_ids: Sequence[str], status: ActionStatus, *, words: str = ""
) -> tuple[ActionChange, ...]:
    """Say what became of action items.

    Args:
        workspace: The open vault.
        action_ids: Which ones; all of them are changed or none.
        status: What became of them.
        words: A line of the participant's own words; kept words stay when empty.

    Raises:
        NotFoundError: One of them is not there.
        InvalidInputError: The words are longer than a line can hold.
    """
    told = clean_line(words, field="words")
    return _change(workspace, action_ids, lambda before: {"status": status, "words": told or before.words})


def snooze(
    workspace: Workspace, action_ids: Sequence[str], due: date | None, *, reason: str = ""
) -> tuple[ActionChange, ...]:
    """Give action items another due day, or none; the reason stays in their history.

    Raises:
        NotFoundError: One of them is not there.
        InvalidInputError: The reason is longer than a line can hold.
    """
    why = clean_line(reason, field="reason")
    return _change(workspace, action_ids, lambda _before: {"due": due}, reason=why)


def reassign(
    workspace: Workspace, action_ids: Sequence[str], owner: Owner, owner_name: str = ""
) -> tuple[ActionChange, ...]:
    """Say who takes action items on; `owner_name` is who, for somebody else.

    Raises:
        NotFoundError: One of them is not there.
        InvalidInputError: The name is too long.
    """
    name = clean_line(owner_name, field="owner", longest=NAME) if owner is Owner.OTHER else ""
    return _change(workspace, action_ids, lambda _before: {"owner": owner, "owner_name": name})


def take_back(workspace: Workspace, changes: Sequence[ActionChange]) -> tuple[ActionItem, ...]:
    """Put action items back to what they were before changes; the history keeps both.

    Raises:
        NotFoundError: One of them is not there.
    """
    restored = []
    with workspace.changing() as work:
        for change in reversed(changes):
            action = action_in(work, change.before.id)
            back = change.before.model_copy(update={"changed_at": workspace.clock.now()})
            store(workspace, work, action, back)
            restored.append(back)
        work.commit()
    return tuple(restored)


def action_in(work: UnitOfWork, action_id: str) -> ActionItem:
    """The action item with that id.

    Raises:
        NotFoundError: There is none.
    """
    action = work.action_items.get(action_id)
    if action is None:
        raise NotFoundError("This action item is not in the vault.")
    return action


def store(workspace: Workspace, work: UnitOfWork, before: ActionItem, after: ActionItem, *, reason: str = "") -> None:
    """Store a changed action item, and what changed beside the status in its history; the caller commits."""
    work.action_items.change(after, by=workspace.author.id)
    record_change(workspace, work, after, AuditAction.ACTION_CHANGED, change=changed(before, after, reason))


def changed(before: ActionItem, after: ActionItem, reason: str = "") -> dict[str, Any]:
    """What an event says of a change beside status and words: each field with what it held and holds, and why."""
    beside = {"status", "words", "changed_at"}
    old, new = (each.model_dump(mode="json", exclude=beside) for each in (before, after))
    told: dict[str, Any] = {name: [old[name], new[name]] for name in new if old[name] != new[name]}
    return {**told, "reason": reason} if reason else told


def _change(
    workspace: Workspace, action_ids: Sequence[str], update: Callable[[ActionItem], Update], *, reason: str = ""
) -> tuple[ActionChange, ...]:
    changes = []
    with workspace.changing() as work:
        for action_id in dict.fromkeys(action_ids):
            before = action_in(work, action_id)
            after = before.model_copy(update={**update(before), "changed_at": workspace.clock.now()})
            store(workspace, work, before, after, reason=reason)
            changes.append(ActionChange(before=before, after=after))
        work.commit()
    return tuple(changes)
