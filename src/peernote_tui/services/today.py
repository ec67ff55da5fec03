"""Today: what is owed to whom, right now."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from peernote_tui.domain.action_filter import ActionFilter
from peernote_tui.domain.action_item import ActionListing
from peernote_tui.domain.base import Model
from peernote_tui.domain.calling import CallRow, CallWhy
from peernote_tui.domain.draft import Draft, DraftRow
from peernote_tui.domain.follow_up import FollowUp, FollowUpListing
from peernote_tui.domain.note import DEFAULT_TEMPLATE
from peernote_tui.domain.timeliness import due_after
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.backup_places import newest_anywhere
from peernote_tui.services.draft_rows import draft_row
from peernote_tui.services.expiring import ConsentNotice, NoticeKind, notices_in
from peernote_tui.services.groups import GroupRow, open_groups_in
from peernote_tui.services.meetings import people_to_call, without_note_in
from peernote_tui.services.namesakes import rows_apart
from peernote_tui.services.rule_packs import due_clock, pack_in_force
from peernote_tui.services.templates import newest_template
from peernote_tui.services.working_days import working_days_in
from peernote_tui.services.workspace import Workspace

MOST_ROWS = 12
"""Lines of one kind that Today shows at first."""
BACKUP_WANTED_AFTER = timedelta(days=2)
"""PeerNote makes one a day by itself; when two days went by, something is in the way."""


class Backup(Model):
    """How it stands with backups."""

    last: datetime | None
    """When the newest usable one was made; None when there is none."""
    wanted: bool
    """Whether it is time to look after one."""


class TodayView(Model):
    """Everything the Today screen shows; of what there is very much of, the most urgent and how much there is."""

    now: datetime
    """Local and aware."""
    drafts: tuple[DraftRow, ...]
    drafts_in_all: int
    groups: tuple[GroupRow, ...]
    """Group sessions that are being written."""
    without_note: tuple[FollowUpListing, ...]
    """Planned contacts whose time has passed and that no note tells of, the earliest first."""
    without_note_in_all: int
    notes_due: dict[str, datetime]
    """By id of such a contact, when its note is due, in UTC."""
    actions: tuple[ActionListing, ...]
    """Due today or overdue, the longest overdue first."""
    actions_in_all: int
    meetings: tuple[FollowUpListing, ...]
    """Planned for today and not over, those without a time last."""
    meetings_in_all: int
    calls: tuple[CallRow, ...]
    """Whom to call today; a planned call whose time has passed is one of `without_note`."""
    calls_in_all: int
    consents: tuple[ConsentNotice, ...]
    """Ending within a month, ended, or missing where a contact is planned; the most urgent first."""
    consents_in_all: int
    backup: Backup
    signed_this_week: int
    late_this_week: int
    participants: int
    due: int
    """How much of this is owed by the end of the day, in all."""
    from_before: bool
    """Whether some of it is left from an earlier day."""


def today_view(workspace: Workspace, *, most: int = MOST_ROWS) -> TodayView:
    """What is owed to whom, right now.

    Args:
        workspace: The open vault.
        most: How many rows of each kind to look up at most.
    """
    now = workspace.local_now
    today = now.date()
    backup = _backup(workspace)
    to_call = people_to_call(workspace)
    with workspace.reading() as work:
        begun = sorted(work.drafts.open(), key=_contact_of)
        drafts = tuple(draft_row(workspace, work, draft) for draft in begun[:most])
        groups = open_groups_in(workspace, work)
        planned = tuple(row for row in work.follow_ups.open_between(today, today, limit=-1)[0] if not row.draft_id)
        passed, passed_in_all = without_note_in(workspace, work, tuple(begun), limit=most)
        calls = tuple(row for row in to_call if row.why is CallWhy.MISSED or not _is_over(row, now))
        called = {row.meeting_id for row in calls if row.meeting_id}
        meetings = tuple(row for row in planned if not row.follow_up.has_passed(now) and row.follow_up.id not in called)
        owed = work.action_items.listed(ActionFilter(due_until=today), today, limit=most)
        signed, late = _this_week(work, now)
        consents = notices_in(workspace, work)
        return TodayView(
            now=now,
            drafts=rows_apart(work, drafts),
            drafts_in_all=len(begun),
            groups=groups,
            without_note=rows_apart(work, passed),
            without_note_in_all=passed_in_all,
            notes_due=_notes_due(workspace, work, tuple(row.follow_up for row in passed)),
            actions=rows_apart(work, owed.listings),
            actions_in_all=owed.total,
            meetings=rows_apart(work, meetings[:most]),
            meetings_in_all=len(meetings),
            calls=calls[:most],
            calls_in_all=len(calls),
            consents=consents[:most],
            consents_in_all=len(consents),
            backup=backup,
            signed_this_week=signed,
            late_this_week=late,
            participants=work.participants.count(),
            due=len(begun)
            + len(groups)
            + passed_in_all
            + owed.total
            + sum(map(is_due_meeting, meetings))
            + sum(map(is_due_call, calls))
            + sum(map(is_due_consent, consents))
            + backup.wanted,
            from_before=any(_contact_of(draft)[0] < today for draft in begun)
            or any(row.follow_up.day < today for row in passed)
            or any(row.action.due is not None and row.action.due < today for row in owed.listings),
        )


def is_due_meeting(row: FollowUpListing) -> bool:
    """Whether a meeting of today that is not over wants looking at by the end of the day: one without a time does."""
    return row.follow_up.at is None


def is_due_call(row: CallRow) -> bool:
    """Whether somebody is to be called by the end of the day; not where the call is planned for a time to come."""
    return row.why is CallWhy.MISSED or row.at is None


def is_due_consent(notice: ConsentNotice) -> bool:
    """Whether a consent is lacking already; one that only ends soon is told of and not owed."""
    return notice.kind is not NoticeKind.EXPIRING


def _is_over(row: CallRow, now: datetime) -> bool:
    return row.day < now.date() or (row.at is not None and row.at < now.time().replace(tzinfo=None))


def _contact_of(draft: Draft) -> tuple[date, time]:
    """When the contact was, so that the first note to be late comes first; what adds to a note comes last."""
    return draft.content.day or date.max, draft.content.end or draft.content.start or time.max


def _notes_due(workspace: Workspace, work: UnitOfWork, passed: tuple[FollowUp, ...]) -> dict[str, datetime]:
    if not passed:
        return {}
    template = newest_template(workspace.templates, DEFAULT_TEMPLATE)
    days = working_days_in(work)
    return {
        each.id: due_after(
            # How long the contact was is not known yet; the note's own end is never earlier.
            datetime.combine(each.day, each.at or time(23, 59)),
            workspace.clock.zone,
            due_clock(pack_in_force(work, each.day), template),
            days,
        )
        for each in passed
    }


def _backup(workspace: Workspace) -> Backup:
    last = newest_anywhere(workspace)
    wanted = last is not None and workspace.clock.now() - last >= BACKUP_WANTED_AFTER
    return Backup(last=last, wanted=wanted and not workspace.vault.read_only)


def _this_week(work: UnitOfWork, now: datetime) -> tuple[int, int]:
    monday: date = now.date() - timedelta(days=now.weekday())
    return work.notes.signed_since(start_of(monday, now).isoformat())


def start_of(day: date, now: datetime) -> datetime:
    """The instant a day began in the zone of `now`, in UTC."""
    return datetime.combine(day, time.min, tzinfo=now.tzinfo).astimezone(UTC)
