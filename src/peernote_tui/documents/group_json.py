"""A group session as a JSON file: what is the same for everybody, and a line for each who came."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from peernote_tui.domain.base import Day, Line, LongText, Model, Name, Tag, WallTime
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.group_session import MOST_PEOPLE, MOST_UNNAMED, Attendance, GroupContent, GroupLine
from peernote_tui.domain.note import Mode, NextContact

LARGEST_FILE = 8 * 1024 * 1024
"""Bytes; a file beyond this is no group session."""
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_SEE = "Nothing was written. See the form with: peernote schema group"


class PersonInGroup(Model):
    """One participant, and what the group session says of them alone."""

    participant: Name
    """Id, external ID or unique name."""
    attendance: Attendance = Attendance.CAME
    response: LongText = ""
    next_step: LongText = ""
    next_contact: NextContact | None = None
    reason: LongText = ""
    outreach: Annotated[tuple[Tag, ...], Field(max_length=20)] = ()
    emergency_reason: LongText = ""
    contact_only: bool = False


class GroupFile(Model):
    """A group session as it is written in a file."""

    format: Literal["peernote.group"] = "peernote.group"
    version: Literal[1] = 1
    topic: Line = ""
    happened: LongText = ""
    day: Day | None = None
    start: WallTime | None = None
    end: WallTime | None = None
    place: Line = ""
    mode: Mode | None = None
    unnamed: Annotated[int, Field(ge=0, le=MOST_UNNAMED)] = 0
    next_contact: NextContact | None = None
    ordinary: Annotated[tuple[Line, ...], Field(max_length=500)] = ()
    people: Annotated[tuple[PersonInGroup, ...], Field(max_length=MOST_PEOPLE)] = ()

    def content(self) -> GroupContent:
        """As the vault keeps it, its people not looked up yet."""
        silent = {"format", "version", "people"}
        lines = tuple(GroupLine(id="", participant_id="", **_line(person)) for person in self.people)
        return GroupContent(
            **{name: getattr(self, name) for name in GroupFile.model_fields.keys() - silent}, lines=lines
        )

    def references(self) -> tuple[str, ...]:
        """Who each line is about, as the file says it."""
        return tuple(person.participant for person in self.people)


def read_group(data: bytes) -> GroupFile:
    """The group session of a file.

    Raises:
        InvalidInputError: It is none; the sentence names the field and never quotes what was written.
    """
    if len(data) > LARGEST_FILE:
        raise InvalidInputError("This file is larger than 8 MB.", _SEE)
    try:
        return GroupFile.model_validate_json(json.dumps(json.loads(data.decode("utf-8-sig"))))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        # A key of the file may be a sentence somebody wrote, so only what looks like a field's name is shown.
        parts = (str(part) for part in first["loc"])
        place = ".".join(part if part.isdigit() or _KEY.fullmatch(part) else "…" for part in parts)
        reason = str(first["msg"]).removeprefix("Value error, ").rstrip(".")
        raise InvalidInputError(f"{place or 'The file'}: {reason}.", _SEE, field=place) from None
    except (ValueError, RecursionError):
        raise InvalidInputError("This file is not JSON in UTF-8.", _SEE) from None


def group_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the form, with an example."""
    schema = GroupFile.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["description"] = "A PeerNote group session, which becomes one case note for each of its people."
    schema["examples"] = [EXAMPLE]
    return schema


EXAMPLE: dict[str, Any] = {
    "format": "peernote.group",
    "version": 1,
    "topic": "Relapse prevention",
    "happened": "We went round the room. Everyone named one thing that helps.",
    "day": "2026-11-23",
    "start": "13:00",
    "end": "14:30",
    "place": "community room",
    "mode": "in_person",
    "unnamed": 2,
    "next_contact": {"day": "2026-11-30", "at": "13:00"},
    "people": [
        {"participant": "M-0042", "response": "Spoke of her garden.", "next_step": "bring a song"},
        {"participant": "T-0007", "attendance": "left_early", "response": "Listened.", "next_step": "come again"},
    ],
}


def _line(person: PersonInGroup) -> dict[str, Any]:
    return {name: getattr(person, name) for name in PersonInGroup.model_fields if name != "participant"}
