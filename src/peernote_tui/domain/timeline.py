"""The timeline of a participant: everything that happened in their record, in one stream."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from pydantic import Field

from peernote_tui.domain.base import Model
from peernote_tui.domain.consent import Consent
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.note import NoteRow
from peernote_tui.domain.owner import Owner


class TimelineKind(StrEnum):
    """What a line of the timeline is about."""

    NOTE = "note"
    ADDENDUM = "addendum"
    """What was added to a signed note, of any of the kinds there are."""
    DRAFT = "draft"
    ACTION = "action"
    CONSENT = "consent"
    FOLLOW_UP = "follow_up"
    RECORD = "record"
    """What was changed on the page, archiving and merging included."""
    DISCLOSURE = "disclosure"


class TimelineEntry(Model):
    """One thing that happened.

    Attributes:
        kind: What it is about.
        id: Of what it is about: the note, what was added to it, the draft, the consent, the change, the follow-up;
            for an action the event in its history, for a disclosure the number of the log entry.
        event: What happened, in a word: signed, begun, put_aside, added, done, given, expired, edited, planned…;
            for what was added to a note, its kind.
        at: When, on the person's wall clock; aware. For a note that is the contact, not the signature.
        text: Somebody's words: an action, a reason, topics.
        owner: Whose an action is; None for everything else.
        detail: A further word or two: the name of another who does it, the form in which it was handed on.
        note_id: The note that tells of it; empty for none.
        action_id: The action item; empty for none.
        stage: The stage that a referral came to with it; empty for none.
        day: The day it is for, such as that of a planned contact, `YYYY-MM-DD` with a time or without; empty for none.
        count: How many notes were handed on at once.
        fields: Parts of the record that were changed.
        before: What they held before; never the legal name.
        after: What they held then; never the legal name.
        note: The note as lists show it.
        consent: The row of the consent history.
    """

    kind: TimelineKind
    id: str
    event: str
    at: datetime
    text: str = ""
    owner: Owner | None = None
    detail: str = ""
    note_id: str = ""
    action_id: str = ""
    stage: str = ""
    day: str = ""
    count: int = 1
    fields: tuple[str, ...] = ()
    before: dict[str, Any] = Field(default_factory=dict)
    after: dict[str, Any] = Field(default_factory=dict)
    note: NoteRow | None = None
    consent: Consent | None = None

    @property
    def place(self) -> tuple[str, str]:
        """Where it stands in the stream, the larger the later."""
        # A contact without a time stands at the beginning of its day, and a record begins before all else in it.
        first = (self.note is not None and self.note.start is None) or (
            self.kind is TimelineKind.RECORD and self.event == "added"
        )
        return _instant(self.at), f"{0 if first else 1}{self.kind.value}:{self.id}"

    @property
    def cursor(self) -> str:
        """By which the entries before this one are asked for."""
        return "|".join(self.place)


class Timeline(Model):
    """A part of the stream, the newest first."""

    entries: tuple[TimelineEntry, ...]
    more: bool
    """Whether there are earlier ones."""


def cursor_place(cursor: str) -> tuple[str, str]:
    """The place in the stream that a cursor names.

    Raises:
        InvalidInputError: It is none.
    """
    at, between, rest = cursor.partition("|")
    try:
        instant = datetime.fromisoformat(at)
        return (_instant(instant), rest) if between else _no_cursor()
    except ValueError:
        return _no_cursor()


def _no_cursor() -> tuple[str, str]:
    raise InvalidInputError("This is no place in a timeline.", "Use the cursor of an entry.", field="before")


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
