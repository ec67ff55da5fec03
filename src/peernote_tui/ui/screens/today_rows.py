"""What Today lists: notes to finish, actions due, meetings; one or two lines each, laid out for any width."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum

from peernote_tui.domain.action_item import ActionListing, DueGroup, due_group
from peernote_tui.domain.called import AboutParticipant
from peernote_tui.domain.calling import CallRow
from peernote_tui.domain.dates import say_ago, say_day, say_due
from peernote_tui.domain.draft import DraftRow
from peernote_tui.domain.follow_up import FollowUpListing
from peernote_tui.services.expiring import ConsentNotice, NoticeKind
from peernote_tui.services.groups import GroupRow
from peernote_tui.services.today import TodayView
from peernote_tui.ui import naming, sentences
from peernote_tui.ui.briefing import owner_word, status_sign
from peernote_tui.ui.contact_safety import way_line
from peernote_tui.ui.naming import NamedRow
from peernote_tui.ui.safe import Cell, Column
from peernote_tui.ui.screens.actions.rows import COLUMNS as ACTION_COLUMNS
from peernote_tui.ui.screens.actions.rows import PERSON_AT
from peernote_tui.ui.widgets.peer_list import Heading, Line, Row

_DRAFT_COLUMNS = (
    Column(12),  # name
    Column(7, flex=1),  # what tells two of one name apart
    Column(11),  # "step 3 of 5", "no note yet"
    Column(17),  # due; "late since 12 Nov" just fits
    Column(13, gone_below=72),  # how much time that leaves; "in 59 minutes" just fits
)
_CALL_COLUMNS = (
    Column(12),  # name
    Column(7, flex=1),  # what tells two of one name apart
    Column(20),  # "did not come 12 Nov"
    Column(20, flex=2, gone_below=50),  # what is safe, and the number
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
    CALL = "call"
    BACKUP = "backup"
    MORE = "more"
    """Stands for the lines that are left out."""


@dataclass(frozen=True)
class Entry:
    """What stands behind a line.

    Attributes:
        kind: What it is about.
        participant_id: Whom it is about.
        target: Id of the draft, follow-up or action item.
        name: What the participant is called in a sentence.
        text: The action's words, or the scope of a consent; empty for the others.
        meeting: Id of the planned contact it is, or comes from; None for none.
    """

    kind: Kind
    participant_id: str
    target: str
    name: str
    text: str = ""
    meeting: str | None = None

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
        *(_call_entry(row) for row in view.calls),
        *(
            Entry(Kind.CONSENT, row.participant.id, row.key, naming.by_number(row.participant.called), row.scope.value)
            for row in view.consents
        ),
        Entry(Kind.BACKUP, "", "", ""),
        *(Entry(Kind.MORE, "", kind.value, "") for kind in Kind),
    ]
    return {entry.row_id: entry for entry in found}


def lines(view: TodayView) -> list[Line]:
    """Headings and lines from top to bottom, the most urgent first; a section without lines is left out."""
    now = view.now
    due = {row.draft.id: row.due_at for row in view.drafts} | {row.group.id: row.due_at for row in view.groups}
    due |= view.notes_due
    notes: list[tuple[str, Row]] = [(row.draft.id, _draft(row, now)) for row in view.drafts]
    notes += [(row.group.id, _group(row, now)) for row in view.groups]
    notes += [(row.follow_up.id, _contact(row, view.notes_due.get(row.follow_up.id), now)) for row in view.without_note]
    notes.sort(key=lambda note: due[note[0]] or datetime.max.replace(tzinfo=now.tzinfo))
    sections: tuple[tuple[str, Kind, list[Row], int], ...] = (
        (
            sentences.NOTES_TO_FINISH,
            Kind.DRAFT,
            [row for _, row in notes],
            view.drafts_in_all + len(view.groups) + view.without_note_in_all,
        ),
        (sentences.ACTIONS_DUE, Kind.ACTION, [_action(row, now) for row in view.actions], view.actions_in_all),
        (sentences.MEETINGS, Kind.MEETING, [_meeting(row, now) for row in view.meetings], view.meetings_in_all),
        (sentences.PEOPLE_TO_CALL, Kind.CALL, [_call(row, now) for row in view.calls], view.calls_in_all),
        (
            sentences.CONSENTS_TO_LOOK_AFTER,
            Kind.CONSENT,
            [_consent(row, now) for row in view.consents],
            view.consents_in_all,
        ),
    )
    made: list[Line] = []
    for heading, kind, rows, in_all in sections:
        if rows:
            made += [Heading(heading, in_all), *rows]
        if in_all > len(rows):
            made.append(_more(kind, in_all - len(rows)))
    if view.backup.wanted and view.backup.last is not None:
        told = sentences.backup_line(say_ago(view.backup.last, now))
        row = Row(f"{Kind.BACKUP.value}:", (Cell("!", "$error"), told), columns=(Column(1), Column(20, flex=1)))
        made += [Heading(sentences.BACKUP), row]
    return made


def _more(kind: Kind, count: int) -> Row:
    cells = (Cell(sentences.and_more(count), "$muted"),)
    return Row(f"{Kind.MORE.value}:{kind.value}", cells, columns=(Column(20, flex=1),))


def _group(row: GroupRow, now: datetime) -> Row:
    due, style = due_words(row.due_at, now) if row.due_at else ("", "$muted")
    ago = say_ago(row.group.begun_at, now=now)
    told = sentences.group_standing(row.group.content.topic, ago, written=row.written, lines=row.lines, made=row.made)
    short = sentences.group_in_short(row.written, row.lines, row.made)
    cells = (
        Cell(sentences.GROUP_WORD, "bold"),
        "",
        Cell(short, "$secondary"),
        Cell(due, style),
        _left(row.due_at, now),
    )
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
        ("", "", step, due, _left(row.due_at, now)),
        below=below,
        columns=_DRAFT_COLUMNS,
        person=row.called,
    )


def _left(due: datetime | None, now: datetime) -> Cell:
    """How much time is left until a note is due; nothing once it is late."""
    seconds = int((due - now).total_seconds()) if due is not None else -1
    if seconds < 0:
        return Cell("")
    return Cell(sentences.time_left(seconds // 3600, seconds // 60), "$muted")


def _contact(row: FollowUpListing, due: datetime | None, now: datetime) -> NamedRow:
    planned = row.follow_up
    when = sentences.for_when(when_in_short(planned.day, planned.at, now))
    return NamedRow(
        f"{Kind.CONTACT.value}:{planned.id}",
        ("", "", sentences.NO_NOTE_FOR, Cell(*due_words(due, now)) if due else "", _left(due, now)),
        below=" · ".join(part for part in (when, planned.place, planned.topics) if part),
        columns=_DRAFT_COLUMNS,
        person=row.called,
    )


def when_in_short(day: date, at: time | None, now: datetime) -> str:
    """A planned time in a few cells: "11:00", "Sun 11:00", "12 Nov"; of today without a time, "today"."""
    clock = f"{at:%H:%M}" if at else ""
    if day == now.date():
        return clock or say_day(day, today=day)
    return f"{_day_in_short(datetime.combine(day, time(), tzinfo=now.tzinfo), now)} {clock}".strip()


def _call(row: CallRow, now: datetime) -> NamedRow:
    way = way_line(row.ways[0]) if row.ways else None
    reach = Cell(f"{way.sign} {way.text}", way.sign_style) if way else Cell(sentences.NO_NUMBER, "$muted")
    return NamedRow(
        f"{Kind.CALL.value}:{row.meeting_id or row.note_id}",
        ("", "", Cell(sentences.call_why(row.why.value, when_in_short(row.day, row.at, now)), "$primary"), reach),
        columns=_CALL_COLUMNS,
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
    return Entry(kind, row.follow_up.participant_id, row.follow_up.id, _name(row), meeting=row.follow_up.id)


def _call_entry(row: CallRow) -> Entry:
    target = row.meeting_id or row.note_id
    return Entry(Kind.CALL, row.participant_id, target, _name(row), meeting=row.meeting_id or None)


def _name(row: AboutParticipant) -> str:
    return naming.by_number(row.called)
