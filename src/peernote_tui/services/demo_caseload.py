"""The demo caseload as data: what its TOML may say, and reading it. Days are offsets to today."""

from __future__ import annotations

from datetime import time
from importlib import resources
from typing import Any

from pydantic import Field, model_validator

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.addendum import AddendumKind
from peernote_tui.domain.base import Model
from peernote_tui.domain.consent import ConsentDetails, ConsentHow, ConsentScope
from peernote_tui.domain.note import Mode, NoteContent
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.participant import ParticipantDetails
from peernote_tui.domain.referral import ReferralStage
from peernote_tui.domain.referral_loop import Step
from peernote_tui.domain.toml import read_toml

_USUAL_MINUTES = 45


class AgreedItem(Model):
    """An action item agreed in a note; `key` is how the rest of the story speaks of it."""

    key: str
    text: str
    owner: Owner
    owner_name: str = ""
    due: int | None = None
    tags: tuple[str, ...] = ()
    confidence: int | None = None
    repeats: str = ""
    """Such as "every week", counted from `due`."""
    refer: str = ""
    """To whom, when it is a referral."""


class AddedItem(AgreedItem):
    """An action item added outside a note."""

    day: int


class ToldOutcome(Model):
    """What became of an action item, as a note tells it."""

    key: str
    outcome: ActionStatus
    words: str = ""


class Change(ToldOutcome):
    """What became of an action item between two contacts."""

    day: int


class Move(Model):
    """A referral that comes to another stage."""

    key: str
    day: int
    stage: ReferralStage
    said: Step = Step()


class NextMeeting(Model):
    """A planned contact: on a day, or at one of the moments that depend on the hour."""

    day: int | None = None
    moment: str = ""
    mode: Mode | None = None
    place: str = ""
    topics: str


class GivenConsent(Model):
    """A consent, given on a day and perhaps ending on another."""

    scope: ConsentScope
    how: ConsentHow
    day: int
    expires: int | None = None
    remark: str = ""
    details: ConsentDetails = ConsentDetails()


class WithdrawnConsent(Model):
    """A consent withdrawn."""

    scope: ConsentScope
    day: int
    remark: str = ""


class AddedToNote(Model):
    """Something added to a note after it was signed; of a correction with the answers that change."""

    kind: AddendumKind
    after: int
    """Days after the note was signed."""
    reason: str = ""
    text: str = ""
    said_by: str = ""
    content: dict[str, Any] = Field(default_factory=dict)


class Contact(Model):
    """A contact to write about: when it was, what follows from it, and the note's own answers."""

    day: int | None = None
    moment: str = ""
    minutes: int = _USUAL_MINUTES
    step: int = 0
    late_hours: int = 0
    late_reason: str = ""
    agreed: tuple[AgreedItem, ...] = ()
    told: tuple[ToldOutcome, ...] = ()
    next: NextMeeting | None = None
    added: tuple[AddedToNote, ...] = ()
    content: NoteContent

    @model_validator(mode="before")
    @classmethod
    def _answers_are_content(cls, data: dict[str, Any]) -> dict[str, Any]:
        plan = {key: value for key, value in data.items() if key in cls.model_fields}
        return {**plan, "content": {key: value for key, value in data.items() if key not in plan}}


class Person(ParticipantDetails):
    """One fictional participant and their six weeks."""

    at: time
    since: int | None = None
    """Day of arrival when no consent says it."""
    consents: tuple[GivenConsent, ...] = ()
    withdrawn: tuple[WithdrawnConsent, ...] = ()
    notes: tuple[Contact, ...] = ()
    draft: Contact | None = None
    added: tuple[AddedItem, ...] = ()
    changes: tuple[Change, ...] = ()
    moves: tuple[Move, ...] = ()

    @property
    def details(self) -> ParticipantDetails:
        """What the participant is added with."""
        return ParticipantDetails(**{name: getattr(self, name) for name in ParticipantDetails.model_fields})


class Caseload(Model):
    """Everybody in the demo."""

    participants: tuple[Person, ...]


def read_caseload() -> Caseload:
    """The caseload that ships with the program."""
    return parse_caseload(resources.files("peernote_tui.services").joinpath("demo_caseload.toml").read_bytes())


def parse_caseload(data: bytes) -> Caseload:
    """A caseload from a TOML file.

    Raises:
        ValueError: It is no readable TOML, or not of a caseload's form.
    """
    return Caseload(**read_toml(data))
