"""A participant: the person a peer supporter walks beside."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, field_validator

from peernote_tui.domain.base import Born, Line, Model, Name
from peernote_tui.domain.names import Called

MOST = Field(max_length=100)
"""Entries of a list on a participant's page; more are not a page any more."""


class BirthPrecision(StrEnum):
    """How well a birth date is known."""

    EXACT = "exact"
    YEAR = "year"
    ESTIMATED = "estimated"


class Part2Status(StrEnum):
    """Whether a participant's record is covered by 42 CFR Part 2 (records of treatment for substance use)."""

    NOT_REVIEWED = "not_reviewed"
    YES = "yes"
    NO = "no"


class Safe(StrEnum):
    """Whether a way of reaching somebody is safe for them."""

    NOT_ASKED = "not_asked"
    YES = "yes"
    NO = "no"


class Safety(Model):
    """What may be done with a number: who else hears a voicemail can do harm with it."""

    call: Safe = Safe.NOT_ASKED
    voicemail: Safe = Safe.NOT_ASKED
    text: Safe = Safe.NOT_ASKED


class ContactKind(StrEnum):
    """What kind of contact it is."""

    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    OTHER = "other"


class Contact(Model):
    """A further way to reach a participant."""

    kind: ContactKind = ContactKind.PHONE
    value: Line
    label: Name = ""
    """Such as home or work."""
    safety: Safety = Safety()
    remark: Line = ""
    """One line, such as when to call."""


class PersonAround(Model):
    """Somebody around a participant, such as the person to call in an emergency."""

    name: Name
    relation: Name = ""
    phone: Name = ""
    emergency: bool = False
    """Whether this is the person to call in an emergency."""
    remark: Line = ""


class OtherId(Model):
    """A further number that somebody else keeps for a participant."""

    label: Name = ""
    """Whose number it is."""
    value: Name


class CustomField(Model):
    """A question of an agency's own, and its answer."""

    label: Name
    value: Line = ""


class ParticipantDetails(Model):
    """What can be said about a participant when adding or editing one."""

    name: Name
    """The name they want to be called."""
    legal_name: Name = ""
    pronouns: Name = ""
    born: Born = ""
    """`YYYY-MM-DD` or `YYYY`; empty when unknown."""
    birth_precision: BirthPrecision | None = None
    external_id: Name = ""
    """The second identifier: an agency's number for the person."""
    phone: Name = ""
    phone_safety: Safety = Safety()
    """What may be done with `phone`."""
    about: Line = ""
    """How they want to be described, in their own words."""
    part2: Part2Status = Part2Status.NOT_REVIEWED
    aliases: Annotated[tuple[Name, ...], MOST] = ()
    other_ids: Annotated[tuple[OtherId, ...], MOST] = ()
    contacts: Annotated[tuple[Contact, ...], MOST] = ()
    people: Annotated[tuple[PersonAround, ...], MOST] = ()
    languages: Annotated[tuple[Name, ...], MOST] = ()
    strengths: Annotated[tuple[Line, ...], MOST] = ()
    goals: Annotated[tuple[Line, ...], MOST] = ()
    """In their own words."""
    custom: Annotated[tuple[CustomField, ...], MOST] = ()

    @field_validator("name")
    @classmethod
    def _name_is_there(cls, value: str) -> str:
        if not value:
            raise ValueError("A participant needs a name.")
        return value

    @property
    def birth_year(self) -> str:
        """The year of birth, or empty."""
        return self.born[:4]

    @property
    def covered_by_part2(self) -> bool:
        """Whether 42 CFR Part 2 is taken to apply; what nobody reviewed yet counts as covered."""
        return self.part2 is not Part2Status.NO


class Participant(ParticipantDetails):
    """A participant as the vault holds them."""

    id: str
    created_at: datetime
    changed_at: datetime
    archived_at: datetime | None = None
    archive_reason: Line = ""
    pinned_at: datetime | None = None
    """Since when they stand at the head of the list; None when they do not."""
    merged_into: str | None = None
    """Id of the record that this one became part of; None when it stands for itself."""
    held_at: datetime | None = None
    """Since when a legal hold keeps the record from being erased; None without one."""
    hold_reason: Line = ""
    short_id: str = Field(default="", exclude=True)
    """The end of the id, where somebody else is called alike and there is no number; never stored."""

    @property
    def called(self) -> Called:
        """What they are called by, and what tells them from others of the name."""
        return Called(
            id=self.id,
            name=self.name,
            pronouns=self.pronouns,
            external_id=self.external_id,
            birth_year=self.birth_year,
            short_id=self.short_id,
        )


class ParticipantHit(Model):
    """One answer of the lookup."""

    participant: Participant
    why: str
    """Why it matched, in words; empty for recents."""
    last_contact: datetime | None = None
    open_actions: int = 0
    has_consent: bool = False
    has_draft: bool = False


class FoundParticipants(Model):
    """The answer to one lookup: the first hits and how many there are."""

    query: str
    hits: tuple[ParticipantHit, ...]
    total: int
    sure: bool = True
    """Whether somebody fits what was typed; otherwise the hits are only the nearest there are."""


class ChangeKind(StrEnum):
    """What a change of a participant's record was."""

    EDITED = "edited"
    ARCHIVED = "archived"
    REOPENED = "reopened"
    MERGED = "merged"
    SEPARATED = "separated"


class ParticipantChange(Model):
    """One row of the history of a participant's record; rows are only ever added."""

    id: str
    participant_id: str
    kind: ChangeKind
    fields: tuple[str, ...]
    """Names of what changed."""
    document: dict[str, Any]
    """What those fields held before, JSON-shaped."""
    at: datetime
    by: str
    """Author id."""
