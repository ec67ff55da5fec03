"""Today: what is owed to whom, right now."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from peernote_tui.domain.action_filter import ActionFilter
from peernote_tui.domain.action_item import ActionListing
from peernote_tui.domain.base import Model
from peernote_tui.domain.draft import DraftRow
from peernote_tui.domain.follow_up import FollowUpListing
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.draft_rows import draft_row
from peernote_tui.services.expiring import ConsentNotice, notices_in
from peernote_tui.services.groups import GroupRow, open_groups_in
from peernote_tui.services.meetings import without_note_in
from peernote_tui.services.namesakes import rows_apart
from peernote_tui.services.workspace import Workspace

_MOST_ACTIONS = 500
_MOST_CONSENTS = 8
"""Lines about consent that Today shows at most."""


class TodayView(Model):
    """Everything the Today screen shows."""

    now: datetime
    """Local and aware."""
    drafts: tuple[DraftRow, ...]
    groups: tuple[GroupRow, ...]
    """Group sessions that are being written."""
    without_note: tuple[FollowUpListing, ...]
    """Planned contacts whose time has passed and that no note tells of."""
    actions: tuple[ActionListing, ...]
    """Due today or overdue."""
    meetings: tuple[FollowUpListing, ...]
    """Planned for later today."""
    consents: tuple[ConsentNotice, ...]
    """Ending within a month, ended, or missing where a contact is planned; the most urgent."""
    consents_in_all: int
    signed_this_week: int
    late_this_week: int
    participants: int


def today_view(workspace: Workspace) -> TodayView:
    """What is owed to whom, right now."""
    now = workspace.local_now
    today = now.date()
    with workspace.reading() as work:
        drafts = tuple(draft_row(workspace, work, draft) for draft in work.drafts.open())
        groups = open_groups_in(workspace, work)
        planned = work.follow_ups.open_until(today)
        passed = without_note_in(workspace, work, tuple(row.draft for row in drafts))
        actions = work.action_items.listed(ActionFilter(due_until=today), today, limit=_MOST_ACTIONS).listings
        signed, late = _this_week(work, now)
        consents = notices_in(workspace, work)
        return TodayView(
            now=now,
            drafts=rows_apart(work, drafts),
            groups=groups,
            without_note=rows_apart(work, passed),
            actions=rows_apart(work, actions),
            meetings=rows_apart(work, tuple(meeting for meeting in planned if not meeting.follow_up.has_passed(now))),
            consents=consents[:_MOST_CONSENTS],
            consents_in_all=len(consents),
            signed_this_week=signed,
            late_this_week=late,
            participants=work.participants.count(),
        )


def _this_week(work: UnitOfWork, now: datetime) -> tuple[int, int]:
    monday: date = now.date() - timedelta(days=now.weekday())
    start = datetime.combine(monday, datetime.min.time(), tzinfo=now.tzinfo)
    return work.notes.signed_since(start.astimezone(UTC).isoformat())
