"""Action items: list them, add one, find the one that is meant."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from pydantic import ValidationError

from peernote_tui.domain.action_filter import ActionFilter
from peernote_tui.domain.action_item import ActionItem, ActionListing
from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.base import Model
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.referral_line import part_referral
from peernote_tui.services.action_history import record_change
from peernote_tui.services.changing_actions import action_in, said_in
from peernote_tui.services.namesakes import rows_apart
from peernote_tui.services.participants import participant_in
from peernote_tui.services.referrals import begin_referral
from peernote_tui.services.shortened_ids import the_one
from peernote_tui.services.workspace import Workspace


class DueCount(Model):
    """What is due, in numbers."""

    due: int
    """Today."""
    overdue: int
    today: date
    next: date | None
    """The next due day after today."""


class ActionList(Model):
    """The answer to a list of action items."""

    actions: tuple[ActionListing, ...]
    total: int
    whole: bool = True
    """False when older closed ones were not looked at."""
    open: int
    """Open over all participants."""
    overdue: int
    """Overdue over all participants."""
    today: date


def list_actions(
    workspace: Workspace,
    /,
    wanted: ActionFilter | None = None,
    *,
    limit: int = 500,
    skip: int = 0,
    every: bool = False,
    **narrowed: Any,
) -> ActionList:
    """A page of action items, open ones by due day or closed ones by when they were closed.

    Args:
        workspace: The open vault.
        wanted: What must hold for each; open ones when left out.
        limit: How many to return.
        skip: How many to leave out before them.
        every: Look at every closed one; otherwise, over all participants, at the 10,000 last closed.
        narrowed: What must hold besides, by the names of the fields of `ActionFilter`.

    Raises:
        InvalidInputError: Something to look for is longer than anything that is kept.
    """
    asked = dict(wanted or ActionFilter()) | narrowed
    try:
        wanted = ActionFilter(**asked)
    except ValidationError:
        raise InvalidInputError("What is looked for is longer than anything that is kept.", "Use less of it.") from None
    with workspace.reading() as work:
        page = work.action_items.listed(wanted, workspace.today, limit=limit, skip=skip, every=every)
        found = rows_apart(work, page.listings)
        count, overdue = work.action_items.count_open(workspace.today)
    return ActionList(
        actions=found, total=page.total, whole=page.whole, open=count, overdue=overdue, today=workspace.today
    )


def count_due(workspace: Workspace, *, owners: tuple[Owner, ...] = ()) -> DueCount:
    """How many open action items are due today and how many are overdue.

    Args:
        workspace: The open vault.
        owners: Only taken on by one of these; by anybody when empty.
    """
    with workspace.reading() as work:
        due, overdue, following = work.action_items.count_due(workspace.today, tuple(each.value for each in owners))
    return DueCount(due=due, overdue=overdue, today=workspace.today, next=following)


def add_action(workspace: Workspace, participant_id: str, line: ActionLine) -> ActionItem:
    """Add an action item outside a note; a line such as "refer: Tenants' desk @me fri" begins a referral.

    Raises:
        NotFoundError: There is no such participant.
        InvalidInputError: The action, or the name of who takes it on, is too long; or a referral goes to nobody.
        ConsentMissingError: It is a referral, and no consent to notes is on file.
        RefusedError: It is a referral, and their record is archived.
    """
    line, to = part_referral(line)
    if to:
        return begin_referral(workspace, participant_id, to, **asdict(line))
    now = workspace.clock.now()
    action = ActionItem(
        id=new_id(now),
        participant_id="",
        **said_in(line),
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
    with workspace.reading() as work:
        beginning_with = work.action_items.ids_with_prefix
        return action_in(work, the_one(reference, beginning_with, what="action item", look="peernote actions list"))
