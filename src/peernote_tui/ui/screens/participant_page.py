"""What a participant's page lists: drafts, planned contacts, open actions, who they are, and what happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from textual.content import Content

from peernote_tui.documents.note_document import STATUS_WORDS
from peernote_tui.documents.referral_words import STAGE_WORDS
from peernote_tui.domain.action_item import ActionItem, ActionStatus, DueGroup, due_group
from peernote_tui.domain.dates import say_ago, say_day, say_due
from peernote_tui.domain.draft import DraftRow
from peernote_tui.domain.follow_up import FollowUp
from peernote_tui.domain.names import Called
from peernote_tui.domain.next_contact import say_mode
from peernote_tui.domain.progress import Progress
from peernote_tui.domain.timeline import Timeline
from peernote_tui.services.participants import Briefing, brief
from peernote_tui.services.progress import progress
from peernote_tui.services.separating import Part, parts_of
from peernote_tui.services.timeline import timeline
from peernote_tui.services.workspace import Workspace
from peernote_tui.services.writing import open_drafts
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.briefing import owner_word, status_sign
from peernote_tui.ui.safe import Cell, Column, column_widths
from peernote_tui.ui.screens.actions.rows import marks_of
from peernote_tui.ui.screens.participant_about import UNDER, about
from peernote_tui.ui.screens.participant_progress import first_shown, lately
from peernote_tui.ui.screens.participant_timeline import TimelineView, timeline_lines
from peernote_tui.ui.widgets.peer_list import Heading, Line, Row

COLUMNS = (
    Column(1),  # sign
    Column(15),  # when; "12 days overdue" just fits
    Column(16, flex=1),  # what
    Column(9, gone_below=50),  # who, how; "in person" just fits
    Column(9, gone_below=60),  # state
)
_TOPICS = 500
"""Characters of a meeting's topics that are laid out; the side pane of its note has them all."""
_WHAT = 2
"""Place of the column that says what."""
_DUE_STYLES = {DueGroup.OVERDUE: "$error", DueGroup.TODAY: "$primary"}


@dataclass(frozen=True)
class Page:
    """Everything a participant's page shows, as of one moment."""

    briefing: Briefing
    drafts: tuple[DraftRow, ...]
    timeline: Timeline
    view: TimelineView
    """What of the timeline is shown."""
    now: datetime
    """Local and aware."""
    progress: Progress
    """Of the last months."""
    parts: tuple[Part, ...] = ()
    """The records that became part of this one."""


def gather(workspace: Workspace, participant_id: str, limit: int, view: TimelineView) -> Page:
    """Fetch a participant's page, with at most `limit` entries of the timeline.

    Raises:
        NotFoundError: There is no such participant.
    """
    return Page(
        briefing=brief(workspace, participant_id),
        drafts=open_drafts(workspace, participant_id),
        timeline=timeline(workspace, participant_id, kinds=view.kinds, limit=limit),
        view=view,
        now=workspace.local_now,
        progress=progress(workspace, participant_id, since=first_shown(workspace.today)),
        parts=parts_of(workspace, participant_id),
    )


def of_several(page: Page) -> str:
    """That a page is that of several records, and since when; empty when it is of one."""
    if not page.parts:
        return ""
    day = say_day(page.parts[0].merged_at.date(), today=page.briefing.today)
    return f"   {sentences.records_merged(len(page.parts) + 1, day)}"


def row_id(kind: str, item_id: str) -> str:
    """Name a row by what it stands for: draft, plan or action."""
    return f"{kind}:{item_id}"


def lines(page: Page, room: int) -> list[Line]:
    """Lay the page out under headings; what there is none of has no heading, but for the timeline.

    Args:
        page: What to show.
        room: Cells of a row; an action that needs more than its column goes on below.
    """
    width = column_widths(COLUMNS, room)[_WHAT]
    today = page.briefing.today
    person = page.briefing.participant.called
    return [
        *_group(sentences.DRAFTS, (_draft(draft, page.now) for draft in page.drafts)),
        *_group(sentences.NEXT_CONTACT, (_plan(plan, page) for plan in page.briefing.follow_ups), counted=False),
        *_group(sentences.OPEN_ACTIONS, (_action(each, person, today, width) for each in page.briefing.open_actions)),
        *([] if page.briefing.notes else [Heading(sentences.NO_NOTES_BEGIN, style="$muted")]),
        *about(page.briefing, room),
        *lately(page.progress, person, today, room),
        *timeline_lines(page.timeline, page.view, person, today),
    ]


def _group(title: str, rows: Iterable[Row], *, counted: bool = True) -> list[Line]:
    made = list(rows)
    return [Heading(title, len(made) if counted else None), *made] if made else []


def _draft(row: DraftRow, now: datetime) -> Row:
    where = sentences.draft_at_step(row.step_number, row.steps, row.step_title)
    if row.draft.amendment is not None:
        day = say_day(row.adds_to, today=now.date()) if row.adds_to else ""
        where = sentences.adds_to_day(row.draft.amendment.kind.value, day)
    return Row(
        row_id("draft", row.draft.id),
        (
            Cell("◐", "$primary"),
            Cell(say_ago(row.draft.begun_at, now), "$muted"),
            Cell(where, "bold"),
            "",
            Cell(sentences.missing_short(len(row.missing)), "$primary"),
        ),
    )


def _plan(plan: FollowUp, page: Page) -> Row:
    at = f"{plan.at:%H:%M}  " if plan.at else ""
    passed = plan.has_passed(page.now)
    begun = any(row.draft.meeting_id == plan.id for row in page.drafts)
    state = sentences.DRAFT_BEGUN if begun else sentences.NO_NOTE_IN_SHORT if passed else ""
    cells = (
        Cell("!", "$error") if passed and not begun else "",
        say_day(plan.day, today=page.now.date()),
        f"{at}{plan.place}",
        Cell(say_mode(plan.mode), "$secondary"),
        Cell(state, "$primary"),
    )
    return Row(row_id("plan", plan.id), cells, below=_under(" ".join(plan.topics[:_TOPICS].split())))


def _action(action: ActionItem, person: Called, today: date, width: int) -> Row:
    text, rest = _parted(action.text, width)
    due = say_due(action.due, today=today) if action.due else ""
    state = "" if action.status is ActionStatus.OPEN else STATUS_WORDS[action.status]
    if action.referral is not None:
        state = STAGE_WORDS[action.referral.stage]
    return Row(
        row_id("action", action.id),
        (
            Cell(*status_sign(action.status, action.due, today)),
            Cell(due, _DUE_STYLES.get(due_group(action.due, today), "$muted")),
            text,
            Cell(owner_word(action.owner, action.owner_name, person), "$secondary"),
            Cell(state, "$primary"),
        ),
        below=_under(rest, "", beside=marks_of(action)),
    )


def _parted(text: str, cells: int) -> tuple[str, str]:
    """Part a text between two words, so that the first part fits and the rest goes on below."""
    if safe.width(safe.clean(text)) <= cells:
        return text, ""
    words = text.split(" ")
    kept = 0
    while safe.width(safe.clean(" ".join(words[: kept + 1]))) <= cells:
        kept += 1
    return (" ".join(words[:kept]), " ".join(words[kept:])) if kept else (text, "")


def _under(text: str, style: str = "$muted", *, beside: str = "") -> str | Content:
    """A second line, under what the first one says, with what is known beside it; empty for none."""
    told = [safe.content(text, style)] if text.strip() else []
    told += [safe.content(beside, "$muted")] if beside else []
    return Content.assemble(" " * UNDER, Content("  ").join(told)) if told else ""
