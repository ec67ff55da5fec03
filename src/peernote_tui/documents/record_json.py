"""The lossless JSON form of one participant's whole record. Bytes in, bytes out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from peernote_tui.documents.note_json import LARGEST_FILE, RECORD_FORMAT, RowProblem, dumped, problem_of
from peernote_tui.documents.odd_values import odd_values
from peernote_tui.domain.action_item import ActionEvent, ActionItem
from peernote_tui.domain.addendum import Addendum
from peernote_tui.domain.base import Instant, LongText, Model, Name
from peernote_tui.domain.consent import Consent
from peernote_tui.domain.disclosure import Disclosure, Purpose
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.follow_up import FollowUp
from peernote_tui.domain.note import Note, NoteAuthor
from peernote_tui.domain.participant import Participant

_MOST_PROBLEMS = 50
_BEGINNING = 4096
"""Bytes; in these a record says what it is."""
_MOST = Field(max_length=100_000)


class InvalidRecordError(InvalidInputError):
    """A file is no record; `problems` names every place by its path."""

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        first = problems[0]
        where = f"{first.field}: " if first.field else ""
        more = f" ({len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(
            f"This file is no record that can be read: {where}{first.reason}{more}",
            "Nothing was written. See the form with: peernote schema record",
        )
        self.problems = tuple(problems)


class RecordAction(Model):
    """An action item with all that became of it, the oldest change first."""

    item: ActionItem
    events: Annotated[tuple[ActionEvent, ...], _MOST] = ()


class RecordAnchor(Model):
    """The log of the vault that a record came from, when it was written."""

    length: Annotated[int, Field(ge=0)]
    head: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """Hash of the last entry, hexadecimal."""


class RecordFile(Model):
    """A participant's whole record as it leaves a vault; every id is the one it has there.

    Attributes:
        notices: What is to be read before anything else, such as a notice the law asks for.
        held_back: What stays in the vault, such as other people's data, a sentence each.
        left_out: How many private or hidden answers stayed in the vault; each note and addendum names their fields.
        purpose: What it was handed on for; an own copy moves to another laptop of the same peer supporter.
        made_at: When it was written.
        made_by: Who wrote it.
        anchor: Of the log.
        merged_ids: Ids of records that became part of this one; notes and the like may have been written under them.
        notes: Signed notes, the oldest contact first; after them, in an own copy, drafts.
        addenda: What was added to the notes, in the order in which it was added.
        disclosures: What was handed out before, also what was taken back.
    """

    format: Literal["peernote.record"] = RECORD_FORMAT
    version: Literal[1] = 1
    notices: Annotated[tuple[LongText, ...], Field(max_length=100)] = ()
    held_back: Annotated[tuple[LongText, ...], Field(max_length=100)] = ()
    left_out: Annotated[int, Field(ge=0)] = 0
    purpose: Purpose
    made_at: Instant
    made_by: NoteAuthor
    anchor: RecordAnchor
    participant: Participant
    merged_ids: Annotated[tuple[Name, ...], _MOST] = ()
    consents: Annotated[tuple[Consent, ...], _MOST] = ()
    notes: Annotated[tuple[Note, ...], _MOST] = ()
    addenda: Annotated[tuple[Addendum, ...], _MOST] = ()
    actions: Annotated[tuple[RecordAction, ...], _MOST] = ()
    follow_ups: Annotated[tuple[FollowUp, ...], _MOST] = ()
    disclosures: Annotated[tuple[Disclosure, ...], _MOST] = ()


def write_record(record: RecordFile) -> bytes:
    """A record as one JSON object, indented, in UTF-8; the same record always gives the same bytes."""
    told = record.model_dump(mode="json", exclude={"notes", "addenda"})
    # Notes as they are exchanged alone, so that their seals are checked in the same way.
    whole = {"notes": [dumped(note) for note in record.notes], "addenda": [dumped(each) for each in record.addenda]}
    ordered = {name: whole[name] if name in whole else told[name] for name in RecordFile.model_fields}
    return (json.dumps(ordered, indent=2, ensure_ascii=False) + "\n").encode()


def is_record(value: Any) -> bool:
    """Whether something out of a JSON file says that it is a record."""
    return isinstance(value, dict) and value.get("format") == RECORD_FORMAT


def looks_like_record(data: bytes) -> bool:
    """Whether a file begins as a record does, whole or not."""
    begins = data[:_BEGINNING].removeprefix(b"\xef\xbb\xbf").lstrip()
    return begins.startswith(b"{") and f'"{RECORD_FORMAT}"'.encode() in begins


def read_record(data: bytes) -> RecordFile:
    """A record out of a file, whole in itself: every id is one, and everything in it belongs to its participant.

    That its seals hold, and that it fits a vault, is for whoever takes it in.

    Raises:
        InvalidRecordError: With every place that cannot be read, by its path, such as `notes.3.content.start`.
    """
    if len(data) > LARGEST_FILE:
        raise InvalidRecordError([RowProblem(line=1, field="", reason="the file is larger than 64 MB.")])
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InvalidRecordError([RowProblem(line=1, field="", reason="it is not UTF-8 text.")]) from None
    except RecursionError:
        raise InvalidRecordError([RowProblem(line=1, field="", reason="it is nested too deeply.")]) from None
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise InvalidRecordError([RowProblem(line=line, field="", reason="it is not JSON.")]) from None
    if not is_record(value):
        raise InvalidRecordError([RowProblem(line=1, field="format", reason=f"it should be {RECORD_FORMAT}.")])
    try:
        record = RecordFile.model_validate_json(json.dumps(value))
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)[:_MOST_PROBLEMS]
        raise InvalidRecordError([problem_of(1, detail) for detail in details]) from None
    except (RecursionError, ValueError):
        odd = "it is nested too deeply or holds odd characters."
        raise InvalidRecordError([RowProblem(line=1, field="", reason=odd)]) from None
    problems = [RowProblem(line=1, field=path, reason=reason) for path, reason in _faults(record)]
    if problems:
        raise InvalidRecordError(problems[:_MOST_PROBLEMS])
    return record


def record_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a whole record."""
    schema = RecordFile.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["description"] = (
        "One participant's whole record out of a PeerNote vault: the page, consents, notes, what was added to them, "
        "action items with their history, planned contacts, disclosures."
    )
    return schema


def _faults(record: RecordFile) -> Iterator[tuple[str, str]]:
    """What no model alone sees: path and reason of each."""
    for name in RecordFile.model_fields:
        # Notes and addenda are strict themselves; a participant of a sealed note may be numbered as elsewhere.
        if name not in {"notes", "addenda"}:
            yield from odd_values(name, name, getattr(record, name))
    if record.participant.merged_into:
        yield "participant.merged_into", "a record stands for itself; name the one it became part of."
    whose = {record.participant.id, *record.merged_ids}
    for part in ("consents", "follow_ups", "disclosures"):
        yield from _foreign(part, getattr(record, part), whose)
    yield from _foreign("actions", [action.item for action in record.actions], whose, below=".item")
    yield from _loose(record)
    yield from _twice("merged_ids", record.merged_ids)
    yield from _twice("actions", [action.item.id for action in record.actions])
    yield from _twice("actions", [event.id for action in record.actions for event in action.events])
    for part in ("consents", "notes", "addenda", "follow_ups", "disclosures"):
        yield from _twice(part, [row.id for row in getattr(record, part)])


def _loose(record: RecordFile) -> Iterator[tuple[str, str]]:
    notes = {note.id for note in record.notes}
    if "" in notes:
        yield "notes", "a note in a record has its id."
    for at, addendum in enumerate(record.addenda):
        if not addendum.id:
            yield f"addenda.{at}.id", "an addendum in a record has its id."
        if addendum.note_id not in notes:
            yield f"addenda.{at}.note_id", "its note is not in the file."
    for at, action in enumerate(record.actions):
        for place, event in enumerate(action.events):
            if event.action_id != action.item.id:
                yield f"actions.{at}.events.{place}.action_id", "it is about another action item."


def _foreign(
    part: str, rows: Iterable[Consent | FollowUp | Disclosure | ActionItem], whose: set[str], *, below: str = ""
) -> Iterator[tuple[str, str]]:
    for at, row in enumerate(rows):
        if row.participant_id not in whose:
            yield f"{part}.{at}{below}.participant_id", "it is about somebody else."


def _twice(part: str, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    if len(set(ids)) != len(ids):
        yield part, "an id stands there twice."
