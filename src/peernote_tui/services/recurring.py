"""Action items that recur: closing one bears the next one, in the same transaction, and never two of it.

One rule for every way in which an item is closed, opened again or taken back; see `follow`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from peernote_tui.domain.action_item import ActionItem, ActionStatus
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.base import Model
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.recurrence import next_due
from peernote_tui.domain.uniting import is_as_born
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.action_history import record_change
from peernote_tui.services.workspace import Workspace

BEARING = frozenset({ActionStatus.DONE, ActionStatus.CHANGED})
"""What bears the next one. "Let go" ends a series: it says that this is no longer to be done, and there would be no
other way to say so; "changed" says that this time something else was done."""
_BORN = "born_from"


class Series(Model):
    """What a change of an action item did to the next one of its series."""

    born: ActionItem | None = None
    """It was born, or came back as it was born."""
    gone: ActionItem | None = None
    """It was taken back, untouched."""
    stays: ActionItem | None = None
    """It would have been taken back, but something was done with it since."""


def follow(
    workspace: Workspace, work: UnitOfWork, before: ActionItem, after: ActionItem, *, note_id: str | None = None
) -> Series:
    """Let a changed action item bear the next one, or take the next one back; the caller commits.

    Each item bears at most one. A next one that is there already is left alone; one that was taken back comes back,
    with a due day reckoned anew.

    Args:
        workspace: The open vault.
        work: The transaction in which the change is stored already.
        before: The item as it was.
        after: The item as it is.
        note_id: The signed note that tells of the change; None outside a note.
    """
    bore, bears = before.status in BEARING, after.status in BEARING
    if bears and not bore:
        return Series(born=_bear(workspace, work, after, note_id))
    if bore and not bears:
        return _take_next_back(workspace, work, after, note_id)
    return Series()


def series_after(work: UnitOfWork, action: ActionItem) -> Iterator[ActionItem]:
    """The items that came of an item's closing, and of theirs, one after the other."""
    following = work.action_items.born_from(action.id)
    while following is not None:
        yield following
        following = work.action_items.born_from(following.id)


def due_after(repeats: str, due: date | None, *, today: date) -> date | None:
    """The due day of the next one: the first day of the rule after the old due day that has not passed.

    Missed days are skipped, so that a pile of them gives one next item. Without an old due day, the first after today.

    Args:
        repeats: The rule, as `recurrence` says it; empty for once.
        due: The old due day.
        today: The local day.

    Returns:
        None when the series is over, or when the text is no rule: a rule that is not known here, such as one in a
        note from a newer PeerNote, keeps nobody from closing an item or from signing.
    """
    if not repeats:
        return None
    try:
        return next_due(repeats, after=today if due is None else max(due, today - timedelta(days=1)))
    except InvalidInputError:
        return None


def later(now: datetime, before: ActionItem) -> datetime:
    """When a change counts as made: a clock that was set back never makes it older than the change before."""
    return max(now, before.changed_at + timedelta(microseconds=1))


def _bear(workspace: Workspace, work: UnitOfWork, closed: ActionItem, note_id: str | None) -> ActionItem | None:
    due = due_after(closed.repeats, closed.due, today=workspace.today)
    existing = work.action_items.born_from(closed.id)
    if due is None or (existing is not None and not existing.unlisted):
        return None
    now = workspace.clock.now()
    fresh = closed.model_copy(
        update={
            "id": new_id(now),
            "due": due,
            "status": ActionStatus.OPEN,
            "words": "",
            # How sure somebody is was said of the one that is closed.
            "confidence": None,
            "referral": None,
            "born_from": closed.id,
            "created_at": now,
            "changed_at": now,
        }
    )
    if existing is None:
        work.action_items.add(fresh, by=workspace.author.id)
        record_change(
            workspace, work, fresh, AuditAction.ACTION_ADDED, note_id=note_id, change={_BORN: [None, closed.id]}
        )
        return fresh
    kept = {"id": existing.id, "created_at": existing.created_at, "changed_at": later(now, existing)}
    back = fresh.model_copy(update=kept)
    _store(workspace, work, existing, back, note_id)
    return back


def _take_next_back(workspace: Workspace, work: UnitOfWork, opened: ActionItem, note_id: str | None) -> Series:
    existing = work.action_items.born_from(opened.id)
    if existing is None or existing.unlisted:
        return Series()
    if not is_as_born(existing, work.action_items.events(existing.id)):
        return Series(stays=existing)
    update = {"status": ActionStatus.DROPPED, "unlisted": True, "changed_at": later(workspace.clock.now(), existing)}
    gone = existing.model_copy(update=update)
    _store(workspace, work, existing, gone, note_id)
    return Series(gone=gone)


def _store(workspace: Workspace, work: UnitOfWork, before: ActionItem, after: ActionItem, note_id: str | None) -> None:
    work.action_items.change(after, by=workspace.author.id)
    change = after.changes_from(before)
    record_change(workspace, work, after, AuditAction.ACTION_CHANGED, note_id=note_id, change=change)
