"""The timeline on a participant's page: a line for everything that happened, under a row of filters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from textual.content import Content

from peernote_tui.documents.addendum_words import TITLES
from peernote_tui.documents.note_document import STATUS_WORDS
from peernote_tui.documents.referral_words import STAGE_WORDS
from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.addendum import AddendumKind
from peernote_tui.domain.consent import Consent, ConsentEvent
from peernote_tui.domain.dates import say_day
from peernote_tui.domain.names import Called
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.referral import ReferralStage
from peernote_tui.domain.timeline import Timeline, TimelineEntry, TimelineKind
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.briefing import owner_word, status_sign
from peernote_tui.ui.safe import Cell
from peernote_tui.ui.screens.notes import how_word, note_words
from peernote_tui.ui.screens.participant_about import UNDER
from peernote_tui.ui.widgets.peer_list import Heading, Line, Row

MORE = "more"
"""Id of the row that fetches more."""

# Drafts and actions that are open stand further up, too.
_ROWS = {TimelineKind.ACTION: "did", TimelineKind.DRAFT: "begun"}


@dataclass(frozen=True)
class TimelineView:
    """One choice of the row of filters.

    Attributes:
        key: Its name.
        kinds: What it shows; everything when empty.
    """

    key: str
    kinds: tuple[TimelineKind, ...] = ()


VIEWS = (
    TimelineView("all"),
    TimelineView("notes", (TimelineKind.NOTE, TimelineKind.ADDENDUM, TimelineKind.DRAFT)),
    TimelineView("actions", (TimelineKind.ACTION,)),
    TimelineView("consents", (TimelineKind.CONSENT,)),
    TimelineView("plans", (TimelineKind.FOLLOW_UP,)),
    TimelineView("record", (TimelineKind.RECORD,)),
    TimelineView("shared", (TimelineKind.DISCLOSURE,)),
)


def entry_row_id(entry: TimelineEntry) -> str:
    """Name the row of an entry by what it stands for."""
    return f"{_ROWS.get(entry.kind, entry.kind.value)}:{entry.id}"


def timeline_lines(found: Timeline, view: TimelineView, person: Called, today: date) -> list[Line]:
    """Lay the timeline out under the row of filters.

    Args:
        found: What to show.
        view: What was chosen.
        person: The participant, for what is theirs to do.
        today: The local day.
    """
    rows: list[Line] = [Heading(sentences.TIMELINE, beside=_filters(view))]
    if not found.entries:
        rows.append(Heading(sentences.NOTHING_OF_THIS_KIND, style="$muted"))
    rows += [_row(entry, person, today) for entry in found.entries]
    if found.more:
        rows.append(Row(MORE, ("", "", Cell(sentences.OLDER, "$muted"))))
    return rows


def _filters(chosen: TimelineView) -> Content:
    told = []
    for view in VIEWS:
        word = sentences.TIMELINE_VIEWS[view.key]
        told.append(
            Content.styled(f"‹{word}›", "bold $primary") if view is chosen else Content.styled(f" {word} ", "$muted")
        )
    return Content("").join(told)


def _row(entry: TimelineEntry, person: Called, today: date) -> Row:
    day = Cell(say_day(entry.at.date(), today=today), "$muted")
    cells, below = _TOLD[entry.kind](entry, person, today)
    sign, *rest = cells
    return Row(entry_row_id(entry), (sign, day, *rest), below=_under(below))


_Told = tuple[tuple[Cell | Content | str, ...], str]


def _note(entry: TimelineEntry, _person: Called, _today: date) -> _Told:
    note = entry.note
    if note is None:
        return ("", ""), ""
    at = f"{note.start:%H:%M}  " if note.start else ""
    late = Cell(sentences.LATE_MARK if note.late else "", "$primary")
    words = Content.assemble(at, note_words(note, else_place=True))
    return ("", words, Cell(how_word(note), "$secondary"), late), ""


def _added(entry: TimelineEntry, _person: Called, _today: date) -> _Told:
    title = TITLES[AddendumKind(entry.event)]
    return (Cell("+", "$secondary"), Cell(f"{title}  {entry.text}".rstrip(), "")), ""


def _draft(entry: TimelineEntry, _person: Called, _today: date) -> _Told:
    return (Cell("◐", "$primary"), Cell(_happened(entry), "$muted")), ""


def _action(entry: TimelineEntry, person: Called, _today: date) -> _Told:
    status = ActionStatus.OPEN if entry.event == "added" else ActionStatus(entry.event)
    word = sentences.HAPPENED["action added"] if entry.event == "added" else STATUS_WORDS[status]
    if entry.stage in {*ReferralStage}:
        word = STAGE_WORDS[ReferralStage(entry.stage)]
    return (
        Cell(*status_sign(status, None, date.min)),
        entry.text,
        Cell(owner_word(entry.owner or Owner.OTHER, entry.detail, person), "$secondary"),
        Cell(word, "$muted"),
    ), ""


def _consent(entry: TimelineEntry, _person: Called, today: date) -> _Told:
    row = entry.consent
    if row is None:
        return ("", ""), ""
    if entry.event == "expired":
        return (Cell("–", "$error"), f"{row.scope.value} {_happened(entry)}"), ""
    how = sentences.CONSENT_HOW[row.how.value] if row.how else ""
    told = sentences.consent_told(row.scope.value, row.event.value, how)
    sign = Cell("✓", "$success") if row.event is ConsentEvent.GIVEN else Cell("–", "$error")
    return (sign, told), _consent_more(row, today)


def _consent_more(row: Consent, today: date) -> str:
    until = sentences.until(say_day(row.expires_on, today=today)) if row.expires_on else ""
    return " · ".join(part for part in (until, row.remark) if part)


def _follow_up(entry: TimelineEntry, _person: Called, today: date) -> _Told:
    day, _, at = entry.day.partition("T")
    when = say_day(date.fromisoformat(day), today=today) + (f", {at[:5]}" if at else "")
    if entry.event in ("moved", "cancelled"):
        return ("", Cell(f"{_happened(entry)}{when}", "")), entry.text
    return ("", Cell(f"{_happened(entry)}{when}  {entry.text}".rstrip(), "")), ""


def _record(entry: TimelineEntry, _person: Called, _today: date) -> _Told:
    told = sentences.fields_changed(entry.fields) if entry.event == "edited" else _happened(entry)
    return (Cell("·", "$muted"), told), entry.text


def _disclosure(entry: TimelineEntry, _person: Called, _today: date) -> _Told:
    return (Cell("→", "$secondary"), sentences.handed_on(entry.event, entry.count, entry.detail, entry.text)), ""


_TOLD = {
    TimelineKind.NOTE: _note,
    TimelineKind.ADDENDUM: _added,
    TimelineKind.DRAFT: _draft,
    TimelineKind.ACTION: _action,
    TimelineKind.CONSENT: _consent,
    TimelineKind.FOLLOW_UP: _follow_up,
    TimelineKind.RECORD: _record,
    TimelineKind.DISCLOSURE: _disclosure,
}


def _happened(entry: TimelineEntry) -> str:
    return sentences.HAPPENED.get(f"{entry.kind.value} {entry.event}", entry.event.replace("_", " "))


def _under(text: str) -> str | Content:
    return Content.assemble(" " * UNDER, safe.content(text, "$muted")) if text.strip() else ""
