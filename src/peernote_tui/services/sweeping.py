"""The end of day sweep: what Today owes, one thing after the other, until nothing is left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum
from typing import Any

from pydantic import ValidationError

from peernote_tui.domain.action_item import ActionListing, ActionStatus
from peernote_tui.domain.base import Model
from peernote_tui.domain.calling import CallRow
from peernote_tui.domain.draft import DraftRow
from peernote_tui.domain.follow_up import FollowUpListing
from peernote_tui.domain.names import Called
from peernote_tui.domain.sweep import Progress, Swept, progress
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.changing_actions import ActionChange, action_in, store
from peernote_tui.services.expiring import ConsentNotice
from peernote_tui.services.groups import GroupRow
from peernote_tui.services.recurring import later
from peernote_tui.services.today import (
    TodayView,
    is_due_call,
    is_due_consent,
    is_due_meeting,
    start_of,
    today_view,
)
from peernote_tui.services.workspace import Workspace

_REMEMBERED = "sweep"
_AHEAD = 30
"""Rows of each kind that are looked up beyond those that were passed over."""


class Owed(StrEnum):
    """What kind of thing is owed; in this order the sweep goes."""

    CONTACT = "contact"
    """A planned contact that no note tells of."""
    DRAFT = "draft"
    GROUP = "group"
    ACTION = "action"
    CALL = "call"
    CONSENT = "consent"
    BACKUP = "backup"


class OwedItem(Model):
    """One thing that is owed; of its rows exactly that of its kind is there, and none for a backup."""

    kind: Owed
    key: str
    """A name that nothing else on the walk has."""
    participant_id: str = ""
    contact: FollowUpListing | None = None
    draft: DraftRow | None = None
    group: GroupRow | None = None
    action: ActionListing | None = None
    call: CallRow | None = None
    consent: ConsentNotice | None = None

    @property
    def called(self) -> Called | None:
        """Whom it is about; None for a group and a backup."""
        row = self.contact or self.draft or self.action or self.call
        if row is not None:
            return row.called
        return self.consent.participant.called if self.consent is not None else None


class DayDone(Model):
    """What was done today, counted."""

    notes: int = 0
    """Signed."""
    actions: int = 0
    """Said to be done."""


class SweepView(Model):
    """Everything the sweep shows."""

    today: TodayView
    items: tuple[OwedItem, ...]
    """What is owed, in the order of the walk; the first ones where there is very much."""
    swept: Swept
    progress: Progress
    done: DayDone

    @property
    def current(self) -> OwedItem | None:
        """What is in front; None at the end."""
        return next((item for item in self.items if item.key == self.progress.current), None)

    @property
    def left(self) -> tuple[OwedItem, ...]:
        """What is left for tomorrow."""
        return tuple(item for item in self.items if item.key in self.progress.left)


def owed_items(view: TodayView) -> tuple[OwedItem, ...]:
    """What Today owes, in the order of the sweep: the contacts of the day, drafts, actions, calls, the backup."""
    return tuple(_walk(view))


def sweep_view(workspace: Workspace) -> SweepView:
    """Where the sweep of today is, and what is in front."""
    with workspace.reading() as work:
        swept = _swept_in(workspace, work)
    today = today_view(workspace, most=_AHEAD + len(swept.skipped) + len(swept.left))
    items = owed_items(today)
    found = progress(swept, [item.key for item in items], today.due)
    return SweepView(today=today, items=items, swept=swept, progress=found, done=_done(workspace, today))


def keep_swept(workspace: Workspace, swept: Swept) -> None:
    """Keep what was passed over, so that the sweep goes on there; a vault that is only read keeps nothing."""
    if workspace.vault.read_only:
        return
    with workspace.changing() as work:
        kept = swept.model_dump(mode="json")
        work.remembered.put(_REMEMBERED, kept, at=workspace.clock.now(), by=workspace.author.id)
        work.commit()


def put_off(workspace: Workspace, action_id: str, status: ActionStatus) -> tuple[ActionChange, ...]:
    """Say that an action item is partly or not yet done, and that it is due tomorrow; one act.

    Raises:
        NotFoundError: It is not there.
    """
    with workspace.changing() as work:
        before = action_in(work, action_id)
        update = {
            "status": status,
            "due": workspace.today + timedelta(days=1),
            "changed_at": later(workspace.clock.now(), before),
        }
        after = before.model_copy(update=update)
        store(workspace, work, before, after)
        work.commit()
    return (ActionChange(before=before, after=after),)


def _swept_in(workspace: Workspace, work: UnitOfWork) -> Swept:
    """What was passed over today; of another day, nothing."""
    try:
        swept = Swept.model_validate(work.remembered.get(_REMEMBERED))
    except ValidationError:
        return Swept(day=workspace.today)
    return swept if swept.day == workspace.today else Swept(day=workspace.today)


def _walk(view: TodayView) -> Iterator[OwedItem]:
    for contact in (*view.without_note, *filter(is_due_meeting, view.meetings)):
        yield _item(Owed.CONTACT, contact.follow_up.id, contact.about_id, contact=contact)
    for draft in view.drafts:
        yield _item(Owed.DRAFT, draft.draft.id, draft.about_id, draft=draft)
    for group in view.groups:
        yield _item(Owed.GROUP, group.group.id, "", group=group)
    for action in view.actions:
        yield _item(Owed.ACTION, action.action.id, action.about_id, action=action)
    for call in filter(is_due_call, view.calls):
        yield _item(Owed.CALL, call.meeting_id or call.note_id, call.about_id, call=call)
    for consent in filter(is_due_consent, view.consents):
        yield _item(Owed.CONSENT, consent.key, consent.participant.id, consent=consent)
    if view.backup.wanted:
        yield _item(Owed.BACKUP, "newest", "")


def _item(kind: Owed, target: str, participant_id: str, **row: Any) -> OwedItem:
    return OwedItem(kind=kind, key=f"{kind}:{target}", participant_id=participant_id, **row)


def _done(workspace: Workspace, today: TodayView) -> DayDone:
    begin = start_of(today.now.date(), today.now)
    with workspace.reading() as work:
        notes, _ = work.notes.signed_since(begin.isoformat())
        return DayDone(notes=notes, actions=work.action_items.done_since(begin))
