"""Notes, and a whole record, as a workbook and as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from peernote_tui.documents.contents.record import RECORD
from peernote_tui.documents.contents.tables import PURPOSE_WORDS
from peernote_tui.documents.document import Cover
from peernote_tui.documents.note_document import PEER_SUPPORTER, STATUS_WORDS, owner_words
from peernote_tui.documents.note_sheet import SheetNote, note_rows, notice_rows, within_cells
from peernote_tui.documents.sheet import Cell, Sheet, book_bytes, csv_bytes
from peernote_tui.domain.action_item import ActionItem
from peernote_tui.domain.base import Model
from peernote_tui.domain.clock import in_zone
from peernote_tui.domain.consent import Consent
from peernote_tui.domain.disclosure import Disclosure, in_force

_ACTIONS = ("What", "Who", "By", "Status", "In their words", "Tags", "Repeats", "Agreed", "Changed", "Action", "Note")
_CONSENTS = (
    "What",
    "To",
    "How",
    "From",
    "Until",
    "Or until",
    "Recipient",
    "Address",
    "Which",
    "Purpose",
    "Remark",
    "Id",
)
_DISCLOSURES = ("When", "To", "Address", "What", "Format", "Closed", "What for", "In words", "Consent", "Reason", "Id")


class RecordTables(Model):
    """What a record holds, for a workbook.

    Attributes:
        facts: What the page says, label and value.
        held_back: What stays in the vault, a sentence each.
        zone: On whose clock moments are told.
    """

    participant_name: str
    facts: tuple[tuple[str, str], ...]
    held_back: tuple[str, ...]
    notes: tuple[SheetNote, ...]
    actions: tuple[ActionItem, ...]
    consents: tuple[Consent, ...]
    disclosures: tuple[Disclosure, ...]
    zone: str


def notes_book(notes: Sequence[SheetNote], cover: Cover, *, title: str) -> bytes:
    """A choice of notes as a workbook: what it is, and the notes."""
    return book_bytes([_about(title, cover), _sheet("Notes", note_rows(notes))])


def notes_csv(notes: Sequence[SheetNote], notices: Iterable[str]) -> bytes:
    """A choice of notes as CSV; the notices stand above the headers."""
    return csv_bytes([*notice_rows(notices), *note_rows(notes)])


def record_book(tables: RecordTables, cover: Cover) -> bytes:
    """A whole record as a workbook: what it is and the page, notes, action items, consents, disclosures."""
    name = tables.participant_name.split(" ", maxsplit=1)[0]
    return book_bytes(
        [
            _about(RECORD, cover, more=(*tables.facts, *(("", sentence) for sentence in tables.held_back))),
            _sheet("Notes", note_rows(tables.notes)),
            _sheet("Action items", [_ACTIONS, *(_action(each, name, tables.zone) for each in tables.actions)]),
            _sheet("Consents", [_CONSENTS, *(_consent(each) for each in tables.consents)]),
            _sheet(
                "Disclosures",
                [_DISCLOSURES, *(_disclosure(each, tables.zone) for each in in_force(tables.disclosures))],
            ),
        ]
    )


def _about(title: str, cover: Cover, *, more: Iterable[tuple[str, str]] = ()) -> Sheet:
    rows = [
        (title, cover.about),
        *(("Read first", notice) for notice in cover.notices),
        ("Made", cover.made),
        ("Log", cover.anchor),
        *more,
    ]
    return _sheet("About", rows)


def _sheet(name: str, rows: Sequence[Sequence[Cell]]) -> Sheet:
    return Sheet(name, within_cells(rows))


def _action(action: ActionItem, name: str, zone: str) -> tuple[Cell, ...]:
    return (
        action.text,
        owner_words(action.owner, action.owner_name, name, me=PEER_SUPPORTER),
        _day(action.due),
        STATUS_WORDS[action.status],
        action.words,
        ", ".join(action.tags),
        action.repeats,
        _moment(action.created_at, zone),
        _moment(action.changed_at, zone),
        action.id,
        action.note_id or "",
    )


def _consent(consent: Consent) -> tuple[Cell, ...]:
    told = consent.details
    return (
        consent.event.value,
        consent.scope.value,
        consent.how.value if consent.how else "",
        _day(consent.starts_on),
        _day(consent.expires_on),
        told.ends_when,
        told.recipient,
        told.recipient_address,
        told.what,
        told.purpose,
        consent.remark,
        consent.id,
    )


def _disclosure(row: Disclosure, zone: str) -> tuple[Cell, ...]:
    return (
        _moment(row.at, zone),
        row.to,
        row.address,
        row.what,
        row.form,
        row.protected,
        PURPOSE_WORDS[row.purpose],
        row.purpose_words,
        row.consent_id,
        row.reason,
        row.id,
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _moment(at: datetime, zone: str) -> str:
    return f"{in_zone(at, zone):%Y-%m-%d %H:%M}"
