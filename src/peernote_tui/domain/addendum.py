"""What is added to a signed note, which itself never changes.

Each is labelled, dated, authored and reasoned, and the note stays readable as it was (the principles that CMS asks of
changes to a record; Medicare Program Integrity Manual, chapter 3, section 3.3.2.5).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from peernote_tui.domain.base import Instant, LongText, Model, Name, OptionalId, canonical_json
from peernote_tui.domain.note import NoteAuthor, NoteContent, NoteSeal


class AddendumKind(StrEnum):
    """How something is added to a signed note."""

    ADDENDUM = "addendum"
    """New information."""
    CORRECTION = "correction"
    """Something in the note was wrong; `content` is the whole note as it should have been."""
    STATEMENT = "statement"
    """What the participant wants to stand beside the note, in their words."""
    IN_ERROR = "in_error"
    """The note should not be in this record; `belongs_to` says where it belongs."""
    COSIGNATURE = "cosignature"
    """A supervisor's statement, signed with the supervisor's own key."""


class Amendment(Model):
    """What a draft is about to add to a signed note."""

    note_id: OptionalId
    kind: AddendumKind
    reason: LongText = ""
    text: LongText = ""
    """The words of an addendum or a statement; a correction keeps its words in the draft's content."""
    said_by: Name = ""
    """Whose statement it is, when it is not the participant's own: a guardian, an interpreter for them."""
    belongs_to: OptionalId = ""
    """Id of the note, or of the draft of it, that says the same in the record where it belongs."""


class Addendum(Model):
    """Something that was added to a signed note, as it is signed, stored and exchanged."""

    format: Literal["peernote.addendum"] = "peernote.addendum"
    version: Literal[1] = 1
    id: OptionalId
    note_id: OptionalId
    note_hash: str
    """The hash in the seal of the note it is added to, hexadecimal, so that it fits no other."""
    kind: AddendumKind
    author: NoteAuthor
    """Who signed it."""
    zone: Name = ""
    """IANA name of the zone it was written in."""
    reason: LongText = ""
    text: LongText = ""
    said_by: Name = ""
    belongs_to: OptionalId = ""
    content: NoteContent | None = None
    """The whole note as corrected; of a correction alone."""
    entered_at: Instant
    """When the writing of it began."""
    signed_at: Instant | None = None
    """None while it is a draft."""
    seal: NoteSeal | None = None
    left_out: Annotated[tuple[Name, ...], Field(max_length=500)] = ()
    """Keys of fields whose answers stayed in the vault when this left it; see `domain.note.Note.left_out`."""

    def canonical(self) -> str:
        """The text that is hashed: the canonical JSON of everything but the seal."""
        return canonical_json(self.model_dump(mode="json", exclude={"seal", "left_out"}))
