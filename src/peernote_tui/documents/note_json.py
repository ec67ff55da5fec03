"""The lossless JSON form of notes: one document, an array, or JSON Lines. Bytes in, bytes out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from peernote_tui.domain.addendum import Addendum
from peernote_tui.domain.base import LongText, Model, OptionalId
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.note import Note

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes; a file beyond this is no file of notes."""
ADDENDUM_FORMAT = Addendum.model_fields["format"].default
NOTICES_FORMAT = "peernote.notices"
RECORD_FORMAT: Literal["peernote.record"] = "peernote.record"
_MOST_PROBLEMS = 50
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_RECORD = "it is a whole record; take it in with: peernote participants take, or with i on the list of participants."
_ODD = "it is nested too deeply or holds odd characters."


class RowProblem(Model):
    """One thing wrong with one note or addendum of a file."""

    line: int
    """Line of the file where the note begins."""
    field: str
    """Path of the field, such as `content.start`; empty when the whole note is meant."""
    reason: str


class InvalidNotesError(InvalidInputError):
    """A file holds something that is no note; `problems` names every place."""

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        first = problems[0]
        where = f"line {first.line}" + (f", {first.field}" if first.field else "")
        more = f" ({len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(
            f"This file cannot be imported: {where}: {first.reason}{more}",
            "Nothing was written. See the form with: peernote schema note",
        )
        self.problems = tuple(problems)


class Notices(Model):
    """What has to be read with the notes of one participant, where they are handed to others; no part of any seal."""

    format: Literal["peernote.notices"] = "peernote.notices"
    version: Literal[1] = 1
    participant_id: OptionalId = ""
    notices: Annotated[tuple[LongText, ...], Field(max_length=100)]


class NoteFile(Model):
    """What a file holds."""

    notes: tuple[Note, ...] = ()
    addenda: tuple[Addendum, ...] = ()
    notices: tuple[Notices, ...] = ()


def write_file(found: NoteFile) -> bytes:
    """As `write_notes`, of what `read_note_file` gives."""
    return write_notes(found.notes, found.addenda, found.notices)


def write_notes(notes: Sequence[Note], addenda: Sequence[Addendum] = (), notices: Sequence[Notices] = ()) -> bytes:
    """Notes as a JSON array, indented, in UTF-8: first the notices, then each note followed by what was added to it.

    The same notes always give the same bytes.
    """
    told = list(_in_order(notes, addenda, notices))
    return (json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode()


def write_lines(notes: Sequence[Note], addenda: Sequence[Addendum] = (), notices: Sequence[Notices] = ()) -> bytes:
    """As `write_notes`, as JSON Lines: one object a line."""
    return b"".join(
        (json.dumps(each, separators=(",", ":"), ensure_ascii=False) + "\n").encode()
        for each in _in_order(notes, addenda, notices)
    )


def _in_order(
    notes: Sequence[Note], addenda: Sequence[Addendum], notices: Sequence[Notices]
) -> Iterator[dict[str, Any]]:
    added: dict[str, list[Addendum]] = {}
    for each in addenda:
        added.setdefault(each.note_id, []).append(each)
    yield from (each.model_dump(mode="json") for each in notices)
    for note in notes:
        yield dumped(note)
        yield from (dumped(each) for each in added.get(note.id, ()))


def write_note(note: Note) -> bytes:
    """One note as a JSON object, indented, in UTF-8."""
    return (json.dumps(dumped(note), indent=2, ensure_ascii=False) + "\n").encode()


def write_addendum(addendum: Addendum) -> bytes:
    """One addendum as a JSON object, indented, in UTF-8."""
    return (json.dumps(dumped(addendum), indent=2, ensure_ascii=False) + "\n").encode()


def read_notes(data: bytes) -> tuple[Note, ...]:
    """As `read_note_file`, of a file that holds notes alone.

    Raises:
        InvalidNotesError: With every place that cannot be read, by line and field.
    """
    found = read_note_file(data)
    if found.addenda or not found.notes:
        raise InvalidNotesError([RowProblem(line=1, field="", reason="it holds something else than notes.")])
    return found.notes


def read_note_file(data: bytes) -> NoteFile:
    """Notes and what was added to notes: one JSON object, a JSON array, or JSON Lines.

    Raises:
        InvalidNotesError: With every place that cannot be read, by line and field.
    """
    text = _decoded(data)
    problems: list[RowProblem] = []
    notes: list[Note] = []
    addenda: list[Addendum] = []
    notices: list[Notices] = []
    for line, value in _values(text):
        try:
            said = value.get("format") if isinstance(value, dict) else ""
            if said == ADDENDUM_FORMAT:
                addenda.append(Addendum.model_validate_json(json.dumps(value)))
            elif said == RECORD_FORMAT:
                problems.append(RowProblem(line=line, field="", reason=_RECORD))
            elif said == NOTICES_FORMAT:
                notices.append(Notices.model_validate_json(json.dumps(value)))
            else:
                notes.append(Note.model_validate_json(json.dumps(value)))
        except ValidationError as error:
            problems += [problem_of(line, detail) for detail in error.errors(include_url=False, include_input=False)]
        except (RecursionError, ValueError):
            problems.append(RowProblem(line=line, field="", reason=_ODD))
        if len(problems) > _MOST_PROBLEMS:
            break
    if problems:
        raise InvalidNotesError(problems)
    if not notes and not addenda:
        raise InvalidNotesError([RowProblem(line=1, field="", reason="there is no note in it.")])
    return NoteFile(notes=tuple(notes), addenda=tuple(addenda), notices=tuple(notices))


def dumped(told: Note | Addendum) -> dict[str, Any]:
    """A note or an addendum in terms of JSON, as it is exchanged."""
    # As in the text that is sealed, so that anybody can check a seal: what a note cannot have is no part of it.
    absent = set() if told.left_out else {"left_out"}
    if isinstance(told, Note) and told.rule_pack is None:
        absent.add("rule_pack")
    return told.model_dump(mode="json", exclude=absent)


def note_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the interchange form, with an example."""
    schema = Note.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["description"] = (
        "A PeerNote case note. `participant` may also be a plain text: an id, an external ID or a unique name. "
        "A file may hold one note, an array of notes, or one note a line."
    )
    schema["examples"] = [EXAMPLE]
    schema["properties"]["participant"] = {
        "anyOf": [
            schema["properties"]["participant"],
            {"type": "string", "description": "id, external ID or name"},
        ]
    }
    return schema


def addendum_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of what was added to a note, as it is exchanged."""
    schema = Addendum.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["description"] = (
        "Something added to a signed PeerNote case note. It is taken in only with its seal, and where its note is."
    )
    return schema


EXAMPLE: dict[str, Any] = {
    "format": "peernote.note",
    "version": 1,
    "participant": {"name": "Maria Santos", "external_id": "M-0042"},
    "content": {
        "kind": "individual",
        "mode": "in_person",
        "place": "coffee shop, Elm St",
        "day": "2026-11-23",
        "start": "14:00",
        "end": "14:45",
        "concern_tags": ["anxiety", "housing"],
        "summary": "We read the second notice together.",
        "techniques": ["grounding", "box breathing"],
        "response": "Breathing slowed; she named five things in the room.",
        "own_words": "I can do this if someone sits next to me.",
        "rating": 6,
        "agreed_actions": [{"text": "call housing office", "owner": "me", "due": "2026-11-27"}],
        "next_contact": {"day": "2026-11-30", "at": "14:00", "mode": "phone"},
        "plan": "Keep the flat; one step a week.",
    },
}


def _decoded(data: bytes) -> str:
    if len(data) > LARGEST_FILE:
        raise InvalidNotesError([RowProblem(line=1, field="", reason="the file is larger than 64 MB.")])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InvalidNotesError([RowProblem(line=line, field="", reason="it is not UTF-8 text.")]) from None


def _values(text: str) -> list[tuple[int, Any]]:
    try:
        whole = json.loads(text)
    except RecursionError:
        raise InvalidNotesError([RowProblem(line=1, field="", reason="it is nested too deeply.")]) from None
    except ValueError as error:
        lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
        if len(lines) > 1 and lines[0][1].strip().endswith("}"):
            return _json_lines(lines)
        line = getattr(error, "lineno", 1)
        raise InvalidNotesError([RowProblem(line=line, field="", reason="it is not JSON.")]) from None
    if isinstance(whole, list):
        return list(zip(_starts(text, len(whole)), whole, strict=True))
    return [(1, whole)]


def _json_lines(lines: list[tuple[int, str]]) -> list[tuple[int, Any]]:
    values, problems = [], []
    for number, line in lines:
        try:
            values.append((number, json.loads(line)))
        except (ValueError, RecursionError):
            problems.append(RowProblem(line=number, field="", reason="it is not JSON."))
    if problems:
        raise InvalidNotesError(problems[:_MOST_PROBLEMS])
    return values


def _starts(text: str, count: int) -> list[int]:
    """The line on which each element of a JSON array begins."""
    decoder = json.JSONDecoder()
    at, line, starts = text.index("[") + 1, 1, []
    line += text.count("\n", 0, at)
    for _ in range(count):
        while text[at] in " \t\r\n,":
            line += text[at] == "\n"
            at += 1
        starts.append(line)
        _, end = decoder.raw_decode(text, at)
        line += text.count("\n", at, end)
        at = end
    return starts


def problem_of(line: int, detail: Any) -> RowProblem:
    """What pydantic says about one place, without what stands there.

    Args:
        line: Of the file.
        detail: One of `ValidationError.errors()`, made without input.
    """
    # A key of the file may be a sentence somebody wrote, so only what looks like a field's name is shown.
    parts = (str(part) for part in detail["loc"])
    field = ".".join(part if part.isdigit() or _KEY.fullmatch(part) else "…" for part in parts)
    # pydantic's sentences name the expected form; its input is left out by the call above.
    reason = _ODD if detail["type"] == "json_invalid" else str(detail["msg"]).removeprefix("Value error, ")
    return RowProblem(line=line, field=field, reason=reason if reason.endswith(".") else f"{reason}.")
