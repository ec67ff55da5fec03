"""What a participant's page lists: drafts, planned contacts, open actions, notes, consents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from textual.content import Content

from peernote_tui.documents.note_document import STATUS_WORDS
from peernote_tui.domain.action_item import ActionItem, ActionStatus, DueGroup, due_group
from peernote_tui.domain.consent import Consent, ConsentEvent
from peernote_tui.domain.dates import Birth, age_words, say_ago, say_day, say_due
from peernote_tui.domain.dates.births import Precision
from peernote_tui.domain.draft import DraftRow
from peernote_tui.domain.follow_up import FollowUp
from peernote_tui.domain.note import NoteRow
from peernote_tui.domain.participant import BirthPrecision, Participant
from peernote_tui.services.consenting import consents
from peernote_tui.services.notes import FoundNotes, list_notes
from peernote_tui.services.participants import Briefing, brief
from peernote_tui.services.workspace import Workspace
from peernote_tui.services.writing import open_drafts
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.briefing import owner_word, status_sign
from peernote_tui.ui.safe import Cell, Column
from peernote_tui.ui.screens.notes import how_word
from peernote_tui.ui.widgets.peer_list import Heading, Line, Row

MORE = "more"
"""Id of the row that fetches more notes."""
COLUMNS = (
    Column(1),  # sign
    Column(15),  # when; "12 days overdue" just fits
    Column(16, flex=1),  # what
    Column(9, gone_below=50),  # who, how; "in person" just fits
    Column(9, gone_below=60),  # state
)
_UNDER = 16
"""Cells from where a second line begins to under the third column."""
_DUE_STYLES = {DueGroup.OVERDUE: "$error", DueGroup.TODAY: "$primary"}


@dataclass(frozen=True)
class Page:
    """Everything a participant's page shows, as of one moment."""

    briefing: Briefing
    drafts: tuple[DraftRow, ...]
    notes: FoundNotes
    consents: tuple[Consent, ...]
    now: datetime
    """Local and aware."""


def gather(workspace: Workspace, participant_id: str, limit: int) -> Page:
    """Fetch a participant's page, with at most `limit` notes.

    Raises:
        NotFoundError: There is no such participant.
    """
    return Page(
        briefing=brief(workspace, participant_id),
        drafts=open_drafts(workspace, participant_id),
        notes=list_notes(workspace, participant_id=participant_id, limit=limit),
        consents=consents(workspace, participant_id),
        now=workspace.local_now,
    )


def row_id(kind: str, item_id: str) -> str:
    """Name a row by what it stands for: draft, plan, action, note or consent."""
    return f"{kind}:{item_id}"


def facts(participant: Participant, today: date) -> str:
    """What stands after the name: pronouns, age, ID, phone."""
    parts = (participant.pronouns, _age(participant, today), participant.external_id, participant.phone)
    return " · ".join(part for part in parts if part)


def lines(page: Page) -> list[Line]:
    """Lay the page out under headings; what there is none of has no heading, but for the notes."""
    today = page.briefing.today
    name = page.briefing.participant.name
    made: list[Line] = []
    made += _group(sentences.DRAFTS, (_draft(draft, page.now) for draft in page.drafts))
    made += _group(sentences.NEXT_CONTACT, (_plan(plan, today) for plan in page.briefing.follow_ups), counted=False)
    made += _group(sentences.OPEN_ACTIONS, (_action(action, name, today) for action in page.briefing.open_actions))
    made += _notes(page.notes, today)
    made += _group(sentences.CONSENT_HISTORY, (_consent(row, today) for row in reversed(page.consents)), counted=False)
    return made


def _group(title: str, rows: Iterable[Row], *, counted: bool = True) -> list[Line]:
    made = list(rows)
    return [Heading(title, len(made) if counted else None), *made] if made else []


def _age(participant: Participant, today: date) -> str:
    born = participant.born
    if not born:
        return ""
    if participant.birth_precision is BirthPrecision.ESTIMATED:
        birth = Birth(born[:4], Precision.ESTIMATED)
    elif len(born) == len("YYYY") or participant.birth_precision is BirthPrecision.YEAR:
        birth = Birth(born[:4], Precision.YEAR)
    else:
        birth = Birth(born, Precision.EXACT)
    return sentences.aged(age_words(birth, today))


def _draft(row: DraftRow, now: datetime) -> Row:
    missing = Cell(sentences.missing_short(len(row.missing)), "$primary")
    what = sentences.draft_at_step(row.step_number, row.steps, row.step_title)
    return Row(
        row_id("draft", row.draft.id),
        (
            Cell("…", "$primary"),
            Cell(say_ago(row.draft.begun_at, now), "$muted"),
            Cell(what, "bold"),
            "",
            missing,
        ),
    )


def _plan(plan: FollowUp, today: date) -> Row:
    at = f"{plan.at:%H:%M}  " if plan.at else ""
    return Row(
        row_id("plan", plan.id), ("", say_day(plan.day, today=today), f"{at}{plan.place}"), below=_under(plan.topics)
    )


def _action(action: ActionItem, name: str, today: date) -> Row:
    due = say_due(action.due, today=today) if action.due else ""
    state = "" if action.status is ActionStatus.OPEN else STATUS_WORDS[action.status]
    return Row(
        row_id("action", action.id),
        (
            Cell(*status_sign(action.status, action.due, today)),
            Cell(due, _DUE_STYLES.get(due_group(action.due, today), "$muted")),
            action.text,
            Cell(owner_word(action.owner, action.owner_name, name), "$secondary"),
            Cell(state, "$primary"),
        ),
    )


def _notes(found: FoundNotes, today: date) -> list[Line]:
    if not found.notes:
        return [Heading(sentences.NO_NOTES_BEGIN, style="$muted")]
    made: list[Line] = [Heading(sentences.NOTES, found.total), *(_note(note, today) for note in found.notes)]
    left = found.total - len(found.notes)
    if left > 0:
        made.append(Row(MORE, ("", "", Cell(sentences.older_notes(left), "$muted"))))
    return made


def _note(note: NoteRow, today: date) -> Row:
    at = f"{note.start:%H:%M}  " if note.start else ""
    what = ", ".join(note.tags) or note.place
    return Row(
        row_id("note", note.id),
        (
            "",
            Cell(say_day(note.day, today=today) if note.day else "", "$muted"),
            f"{at}{what}",
            Cell(how_word(note), "$secondary"),
            Cell(sentences.LATE_MARK if note.late else "", "$primary"),
        ),
    )


def _consent(row: Consent, today: date) -> Row:
    given = row.event is ConsentEvent.GIVEN
    how = sentences.CONSENT_HOW[row.how.value] if row.how else ""
    until = sentences.until(say_day(row.expires_on, today=today)) if row.expires_on else ""
    told = sentences.consent_told(row.scope.value, row.event.value, how, until)
    return Row(
        row_id("consent", row.id),
        (
            Cell("✓", "$success") if given else Cell("–", "$error"),
            Cell(say_day(row.starts_on, today=today), "$muted"),
            told,
        ),
        below=_under(row.remark),
    )


def _under(text: str) -> str | Content:
    """A second line, under what the first one says."""
    return Content.assemble(" " * _UNDER, safe.content(text, "$muted")) if text.strip() else ""
