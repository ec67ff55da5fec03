"""A participant: the person a peer supporter walks beside."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import field_validator

from peernote_tui.domain.base import Born, Line, Model, Name


class BirthPrecision(StrEnum):
    """How well a birth date is known."""

    EXACT = "exact"
    YEAR = "year"
    ESTIMATED = "estimated"


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
    about: Line = ""
    """One line in the participant's own words."""

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


class Participant(ParticipantDetails):
    """A participant as the vault holds them."""

    id: str
    created_at: datetime
    changed_at: datetime
    archived_at: datetime | None = None
    held_at: datetime | None = None
    """Since when a legal hold keeps the record from being erased; None without one."""
    hold_reason: Line = ""


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
