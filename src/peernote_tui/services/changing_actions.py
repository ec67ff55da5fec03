"""Changing action items: what became of them, by when, whose they are; one act, one transaction, taken back as one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from peernote_tui.domain.action_item import ActionItem, ActionStatus
from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.base import NAME, Model, clean_line
from peernote_tui.domain.errors import NotFoundError, RefusedError
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.referral_line import part_referral
from peernote_tui.domain.referral_loop import settling
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.action_history import record_change
from peernote_tui.services.recurring import Series, follow, later
from peernote_tui.services.workspace import Workspace

Update = dict[str, Any]
"""The fields of an action item that a change gives new values."""


class ActionChange(Model):
    """One change of an action item, with what it was before; `take_back` undoes it."""

    before: ActionItem
    after: ActionItem
    born: ActionItem | None = None
    """The next one of its series, which this closing bore."""
    stays: ActionItem | None = None
    """The next one of its series, which opening it again leaves, because something was done with that since."""


class Restored(Model):
    """What taking changes back gave."""

    actions: tuple[ActionItem, ...]
    """As they are again, the last change first."""
    stays: tuple[ActionItem, ...] = ()
    """What a closing bore and something was done with since, so that it stays."""


def settle(
    workspace: Workspace, action_ids: Sequence[str], status: ActionStatus, *, words: str = ""
) -> tuple[ActionChange, ...]:
    """Say what became of action items; one that recurs bears the next one when it is closed.

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
    return _change(
        workspace,
        action_ids,
        lambda before: {
            "status": status,
            "words": told or before.words,
            **settling(before, status, today=workspace.today, words=told),
        },
    )


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


def edit_action(workspace: Workspace, action_id: str, line: ActionLine) -> tuple[ActionChange, ...]:
    """Let an action item say what a line says: text, owner, due day, tags, confidence, recurrence.

    Raises:
        NotFoundError: It is not there.
        InvalidInputError: A part of the line is too long.
        RefusedError: The line would begin a referral.
    """
    said = said_in(line)

    def update(before: ActionItem) -> Update:
        if line.text != before.text and part_referral(line)[1]:
            raise RefusedError(
                "An action item does not become a referral by changing its line.",
                "Add another one with this line, and let this one go.",
            )
        return said

    return _change(workspace, [action_id], update)


def said_in(line: ActionLine) -> Update:
    """The fields of an action item as a line says them.

    Raises:
        InvalidInputError: A part of the line is too long.
    """
    return {
        "text": clean_line(line.text, field="text"),
        "owner": line.owner,
        "owner_name": clean_line(line.owner_name, field="owner", longest=NAME),
        "due": line.due,
        "tags": line.tags,
        "confidence": line.confidence,
        "repeats": line.repeats,
    }


def take_back(workspace: Workspace, changes: Sequence[ActionChange]) -> Restored:
    """Put action items back to what they were before changes; the history keeps both.

    What a closing bore goes with it, unless something was done with that since.

    Raises:
        NotFoundError: One of them is not there.
        RefusedError: One of them was changed by something else since, such as a note that was signed.
    """
    restored, stays = [], []
    with workspace.changing() as work:
        for change in reversed(changes):
            action = action_in(work, change.before.id)
            if _said(action) != _said(change.after):
                raise RefusedError(
                    "This action item was changed again since, so it stays as it is now.",
                    "What it was before stands in its history; change it by hand.",
                )
            kept = {
                "participant_id": action.participant_id,
                "changed_at": later(workspace.clock.now(), action),
            }
            back = change.before.model_copy(update=kept)
            series = store(workspace, work, action, back)
            restored.append(back)
            stays += [series.stays] if series.stays else []
        work.commit()
    return Restored(actions=tuple(restored), stays=tuple(stays))


def take_back_new(workspace: Workspace, action: ActionItem) -> ActionItem:
    """Take a new action item back as if it had never been added; its history and the log tell of it.

    Raises:
        NotFoundError: It is not there.
        RefusedError: Something was done with it since.
    """
    with workspace.changing() as work:
        held = action_in(work, action.id)
        if _said(held) != _said(action):
            raise RefusedError(
                "Something was done with this action item since, so it stays.",
                "Let it go instead, or change it by hand.",
            )
        gone = held.model_copy(
            update={
                "status": ActionStatus.DROPPED,
                "unlisted": True,
                "changed_at": later(workspace.clock.now(), held),
            }
        )
        store(workspace, work, held, gone)
        work.commit()
    return gone


def action_in(work: UnitOfWork, action_id: str) -> ActionItem:
    """The action item with that id.

    Raises:
        NotFoundError: There is none, or none that lists show.
    """
    action = work.action_items.get(action_id)
    if action is None or action.unlisted:
        raise NotFoundError("This action item is not in the vault.")
    return action


def store(workspace: Workspace, work: UnitOfWork, before: ActionItem, after: ActionItem, *, reason: str = "") -> Series:
    """Store a changed action item, and what changed beside the status in its history; the caller commits.

    Returns:
        What the change did to the next one of its series.
    """
    work.action_items.change(after, by=workspace.author.id)
    record_change(workspace, work, after, AuditAction.ACTION_CHANGED, change=changed(before, after, reason))
    return follow(workspace, work, before, after)


def changed(before: ActionItem, after: ActionItem, reason: str = "") -> dict[str, Any]:
    """What an event says of a change beside status and words: each field with what it held and holds, and why."""
    return {**after.changes_from(before), **({"reason": reason} if reason else {})}


def _said(action: ActionItem) -> ActionItem:
    """An action item without when it was changed, and in which record it counts: merging two people is no change."""
    return action.model_copy(update={"changed_at": action.created_at, "participant_id": ""})


def _change(
    workspace: Workspace, action_ids: Sequence[str], update: Callable[[ActionItem], Update], *, reason: str = ""
) -> tuple[ActionChange, ...]:
    changes = []
    with workspace.changing() as work:
        for action_id in dict.fromkeys(action_ids):
            before = action_in(work, action_id)
            after = before.model_copy(update={**update(before), "changed_at": later(workspace.clock.now(), before)})
            series = store(workspace, work, before, after, reason=reason)
            changes.append(ActionChange(before=before, after=after, born=series.born, stays=series.stays))
        work.commit()
    return tuple(changes)
