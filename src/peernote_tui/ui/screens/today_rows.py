"""What Today lists: notes to finish, actions due, meetings; one or two lines each, laid out for any width."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from peernote_tui.domain.action_item import ActionListing, DueGroup, due_group
from peernote_tui.domain.dates import say_ago, say_day, say_due
from peernote_tui.domain.draft import DraftRow
from peernote_tui.domain.follow_up import FollowUpListing
from peernote_tui.services.expiring import ConsentNotice, NoticeKind
from peernote_tui.services.groups import GroupRow
from peernote_tui.services.today import TodayView
from peernote_tui.ui import naming, sentences
from peernote_tui.ui.briefing import owner_word, status_sign
from peernote_tui.ui.naming import NamedRow
from peernote_tui.ui.safe import Cell, Column
from peernote_tui.ui.screens.action_rows import COLUMNS as ACTION_COLUMNS
from peernote_tui.ui.screens.action_rows import PERSON_AT
from peernote_tui.ui.widgets.peer_list import Heading, Line, Row

_DRAFT_COLUMNS = (
    Column(12),  # name
    Column(7, flex=1),  # what tells two of one name apart
    Column(11),  # "step 3 of 5", "no note yet"
    Column(17),  # due; "late since 12 Nov" just fits
)
_MEETING_COLUMNS = (
    Column(5),  # time
    Column(12),  # name
    Column(8),  # what tells two of one name apart
    Column(12, flex=1),  # place
    Column(10, flex=1, gone_below=60),  # topics
)
_CONSENT_COLUMNS = (
    Column(1),  # sign
    Column(12),  # name
    Column(7, flex=1),  # what tells two of one name apart
    Column(9, flex=1),  # scope, and with whom
    Column(20),  # "withdrawn Thu 12 Nov"
)
_NEAR_DAYS = 6


class Kind(Enum):
    """What a line of Today is about."""

    DRAFT = "draft"
    GROUP = "group"
    CONTACT = "contact"
    ACTION = "action"
    MEETING = "meeting"
    CONSENT = "consent"


@dataclass(frozen=True)
class Entry:
    """What stands behind a line.

    Attributes:
        kind: What it is about.
        participant_id: Whom it is about.
        target: Id of the draft, follow-up or action item.
        name: What the participant is called in a sentence.
        text: The action's words; empty for the others.
    """

    kind: Kind
    participant_id: str
    target: str
    name: str
    text: str = ""

    @property
    def row_id(self) -> str:
        """Id of its line, unique on Today."""
        return f"{self.kind.value}:{self.target}"


def entries(view: TodayView) -> dict[str, Entry]:
    """What stands behind the lines, by the id of the line."""
    found = [
        *(Entry(Kind.DRAFT, row.draft.participant_id, row.draft.id, _name(row)) for row in view.drafts),
        *(Entry(Kind.GROUP, "", row.group.id, row.group.content.topic) for row in view.groups),
        *(_contact_entry(Kind.CONTACT, row) for row in view.without_note),
        *(
            Entry(Kind.ACTION, row.action.participant_id, row.action.id, _name(row), row.action.text)
            for row in view.actions
        ),
        *(_contact_entry(Kind.MEETING, row) for row in view.meetings),
        *(
            Entry(Kind.CONSENT, row.participant.id, row.key, naming.by_number(row.participant.called))
            for row in view.consents
        ),
    ]
    return {entry.row_id: entry for entry in found}


def lines(view: TodayView) -> list[Line]:
    """Headings and lines from top to bottom; a section without lines is left out."""
    notes: list[Line] = [_draft(row, view.now) for row in view.drafts]
    notes += [_group(row, view.now) for row in view.groups]
    notes += [_contact(row, view.now) for row in view.without_note]
    sections = (
        (sentences.NOTES_TO_FINISH, notes),
        (sentences.ACTIONS_DUE, [_action(row, view.now) for row in view.actions]),
        (sentences.MEETINGS, [_meeting(row, view.now) for row in view.meetings]),
    )
    made: list[Line] = []
    for heading, rows in sections:
        if rows:
            made += [Heading(heading, len(rows)), *rows]
    if view.consents:
        made.append(Heading(sentences.CONSENTS_TO_LOOK_AFTER, view.consents_in_all))
        made += [_consent(row, view.now) for row in view.consents]
    return made


def _group(row: GroupRow, now: datetime) -> Row:
    due, style = due_words(row.due_at, now) if row.due_at else ("", "$muted")
    ago = say_ago(row.group.begun_at, now=now)
    told = sentences.group_standing(row.group.content.topic, ago, written=row.written, lines=row.lines, made=row.made)
    short = sentences.group_in_short(row.written, row.lines, row.made)
    cells = (Cell(sentences.GROUP_WORD, "bold"), "", Cell(short, "$secondary"), Cell(due, style))
    return Row(f"{Kind.GROUP.value}:{row.group.id}", cells, below=told, columns=_DRAFT_COLUMNS)


def due_words(due: datetime, now: datetime) -> tuple[str, str]:
    """When a note is to be signed, and its style: "tomorrow 14:45", "late since 14:45".

    Args:
        due: Aware, in any zone.
        now: Local and aware.
    """
    local = due.astimezone(now.tzinfo)
    days = (local.date() - now.date()).days
    clock = f"{local:%H:%M}"
    if due < now:
        when = clock if days == 0 else _day_in_short(local, now)
        return sentences.late_since(when), "$error"
    if days in (0, 1):
        return f"{say_day(local.date(), today=now.date())} {clock}", "$primary"
    return f"{_day_in_short(local, now)} {clock}", "$muted"


def _day_in_short(day: datetime, now: datetime) -> str:
    weekday, number, month = sentences.day_parts(day.date())
    return weekday[:3] if abs((day.date() - now.date()).days) <= _NEAR_DAYS else f"{number} {month[:3]}"


def _draft(row: DraftRow, now: datetime) -> NamedRow:
    due = Cell(*due_words(row.due_at, now)) if row.due_at else Cell("")
    ago = say_ago(row.draft.begun_at, now)
    title, step = row.step_title, sentences.step_in_short(row.step_number, row.steps)
    if row.draft.amendment is not None:
        title = sentences.to_the_note(say_day(row.adds_to, today=now.date()) if row.adds_to else "")
        step = sentences.ADDS_IN_SHORT[row.draft.amendment.kind.value]
    below = sentences.draft_standing(title, row.missing, ago, emergency=row.emergency)
    return NamedRow(
        f"{Kind.DRAFT.value}:{row.draft.id}",
        ("", "", step, due),
        below=below,
        columns=_DRAFT_COLUMNS,
        person=row.called,
    )


def _contact(row: FollowUpListing, now: datetime) -> NamedRow:
    planned = row.follow_up
    day = datetime.combine(planned.day, datetime.min.time(), tzinfo=now.tzinfo)
    parts = ["" if planned.day == now.date() else _day_in_short(day, now), f"{planned.at:%H:%M}" if planned.at else ""]
    return NamedRow(
        f"{Kind.CONTACT.value}:{planned.id}",
        (
            "",
            "",
            sentences.NO_NOTE_FOR,
            Cell(sentences.for_when(" ".join(part for part in parts if part)), "$primary"),
        ),
        columns=_DRAFT_COLUMNS,
        person=row.called,
    )


def _action(row: ActionListing, now: datetime) -> NamedRow:
    action, today = row.action, now.date()
    due = say_due(action.due, today=today) if action.due else ""
    overdue = due_group(action.due, today) is DueGroup.OVERDUE
    return NamedRow(
        f"{Kind.ACTION.value}:{action.id}",
        (
            Cell(*status_sign(action.status, action.due, today)),
            action.text,
            Cell(owner_word(action.owner, action.owner_name, row.called), "$secondary"),
            "",
            Cell(due, "$error" if overdue else "$primary"),
        ),
        columns=ACTION_COLUMNS,
        person=row.called,
        name_at=PERSON_AT,
        apart_at=PERSON_AT,
        name_style="",
    )


def _meeting(row: FollowUpListing, now: datetime) -> NamedRow:
    planned = row.follow_up
    at = f"{planned.at:%H:%M}" if planned.at else ""
    soon = planned.at is not None and planned.at.hour == now.hour
    return NamedRow(
        f"{Kind.MEETING.value}:{planned.id}",
        (
            Cell(at, "$primary" if soon else "$muted"),
            "",
            "",
            planned.place,
            Cell(planned.topics, "$muted"),
        ),
        columns=_MEETING_COLUMNS,
        person=row.called,
        name_at=1,
        apart_at=2,
    )


def _consent(row: ConsentNotice, now: datetime) -> NamedRow:
    day = say_day(row.day, today=now.date()) if row.day else ""
    urgent = row.kind is not NoticeKind.EXPIRING
    recipient = row.consent.details.recipient if row.consent else ""
    scope = sentences.CONSENT_SCOPES[row.scope.value].lower()
    return NamedRow(
        f"{Kind.CONSENT.value}:{row.key}",
        (
            Cell("!", "$error") if urgent else Cell("○", "$muted"),
            "",
            "",
            f"{scope}: {recipient}" if recipient else scope,
            Cell(sentences.consent_notice(row.kind.value, day), "$error" if urgent else "$primary"),
        ),
        columns=_CONSENT_COLUMNS,
        person=row.participant.called,
        name_at=1,
        apart_at=2,
    )


def _contact_entry(kind: Kind, row: FollowUpListing) -> Entry:
    return Entry(kind, row.follow_up.participant_id, row.follow_up.id, _name(row))


def _name(row: DraftRow | ActionListing | FollowUpListing) -> str:
    return naming.by_number(row.called)
