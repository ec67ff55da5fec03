"""A case note: what it holds, and what makes a signed one stay as it is."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field, JsonValue, field_validator, model_validator

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.base import (
    Born,
    Day,
    Grown,
    Instant,
    Line,
    LongText,
    Model,
    Name,
    OptionalId,
    Tag,
    WallTime,
    canonical_json,
)
from peernote_tui.domain.called import AboutParticipant
from peernote_tui.domain.consent import ConsentHow
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.unit_rounding import UnitRounding

DEFAULT_TEMPLATE = "peer-support"
MOST_REVIEWS = 200
"""Actions of last time that one note can tell of."""
CONTACT_TEMPLATE = "contact"
"""The form of a contact that is logged without a word about the person, for which no consent is needed."""


class NoteKind(StrEnum):
    """What kind of contact a note is about."""

    INDIVIDUAL = "individual"
    GROUP = "group"
    COLLATERAL = "collateral"
    OUTREACH = "outreach"
    NO_SHOW = "no_show"


class Mode(StrEnum):
    """How the contact took place."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    VIDEO = "video"
    TEXT = "text"


class AgreedAction(Grown):
    """An action agreed in this note, as it was agreed."""

    GAINED = frozenset({"tags", "confidence", "repeats", "referral_to"})

    id: OptionalId = ""
    text: Line
    owner: Owner = Owner.PARTICIPANT
    owner_name: Name = ""
    due: Day | None = None
    tags: Annotated[tuple[Tag, ...], Field(max_length=20)] = ()
    """Words to find it by, without the #."""
    confidence: Annotated[int, Field(ge=0, le=10)] | None = None
    """How sure the participant is of it, 0 to 10."""
    repeats: Name = ""
    """How it recurs, such as "every friday"; empty for once."""
    referral_to: Line = ""
    """To whom, when it is a referral; empty otherwise."""

    @field_validator("text")
    @classmethod
    def _text_is_there(cls, value: str) -> str:
        if not value:
            raise ValueError("An action needs a few words.")
        return value


class ActionReview(Model):
    """What became of an action agreed earlier, told in this note."""

    action_id: OptionalId = ""
    text: Line
    """The action as it stood when it was reviewed."""
    owner: Owner = Owner.PARTICIPANT
    owner_name: Name = ""
    outcome: ActionStatus
    words: Line = ""
    """The participant's own words about it."""

    @field_validator("outcome")
    @classmethod
    def _outcome_says_something(cls, value: ActionStatus) -> ActionStatus:
        if value is ActionStatus.OPEN:
            raise ValueError("An outcome is done, partly, not_yet, changed or dropped.")
        return value


class NextContact(Grown):
    """When the two meet next."""

    GAINED = frozenset({"mode"})

    day: Day
    at: WallTime | None = None
    mode: Mode | None = None
    """How; None when that was not said."""


class CopiedFrom(StrEnum):
    """Where the words of a note stood before they were typed in."""

    PAPER = "paper"


class NoteContent(Grown):
    """What a person writes. Every answer may be missing: only the signature asks for completeness."""

    GAINED = frozenset({"copied_from"})

    kind: NoteKind = NoteKind.INDIVIDUAL
    mode: Mode | None = None
    place: Line = ""
    day: Day | None = None
    start: WallTime | None = None
    end: WallTime | None = None
    """An end earlier than the start is on the following day."""
    concern_tags: Annotated[tuple[Tag, ...], Field(max_length=50)] = ()
    concerns: LongText = ""
    action_reviews: Annotated[tuple[ActionReview, ...], Field(max_length=MOST_REVIEWS)] = ()
    summary: LongText = ""
    techniques: Annotated[tuple[Tag, ...], Field(max_length=50)] = ()
    """What the peer supporter did."""
    response: LongText = ""
    own_words: LongText = ""
    strengths: LongText = ""
    rating: Annotated[int, Field(ge=0, le=10)] | None = None
    """How are things, 0 to 10, as the participant put it."""
    written_together: bool = False
    reason: LongText = ""
    """Why a planned contact did not take place."""
    agreed_actions: Annotated[tuple[AgreedAction, ...], Field(max_length=200)] = ()
    next_contact: NextContact | None = None
    next_place: Line = ""
    next_topics: LongText = ""
    plan: LongText = ""
    referrals: LongText = ""
    emergency_reason: LongText = ""
    """Why this was written although no consent was on file."""
    copied_from: CopiedFrom | None = None
    """Where it was written first, when it was typed in later; None when it was written here."""
    custom: dict[str, JsonValue] = Field(default_factory=dict)
    """Answers to a template's own fields, by field key."""

    @field_validator("custom")
    @classmethod
    def _custom_can_be_written(cls, value: dict[str, JsonValue]) -> dict[str, JsonValue]:
        try:
            text = canonical_json(value)
            text.encode()
        except ValueError:
            raise ValueError("A custom answer holds a number or a character that no file can hold.") from None
        # In the order of the canonical text, so that a note is written the same before and after it was stored.
        return dict(json.loads(text))

    @property
    def minutes(self) -> int | None:
        """Length of the contact in minutes; None while start or end is missing."""
        return length_in_minutes(self.start, self.end)


def length_in_minutes(start: time | None, end: time | None) -> int | None:
    """Minutes between two times on the wall clock; an end before the start is on the following day."""
    if start is None or end is None:
        return None
    return ((end.hour - start.hour) * 60 + end.minute - start.minute) % (24 * 60)


SESSION_FIELDS = frozenset({"kind", "mode", "place", "day", "start", "end", "emergency_reason", "copied_from"})
"""What may be kept about a contact before consent: that it took place, not what was said."""
OUTCOMES = frozenset({"reached", "not_reached"})
"""What a contact without content may say came of it, as its answer to `outcome`."""
LONGEST_PLACE = 80
"""Characters; a longer place says more than where."""


def has_words(content: NoteContent) -> bool:
    """Whether anything beyond the bare fact of the contact was written."""
    silent = {*SESSION_FIELDS, "custom"}
    return (
        any(getattr(content, name) for name in NoteContent.model_fields if name not in silent)
        or content.rating is not None
        or len(content.place) > LONGEST_PLACE
        or any(key != "outcome" or str(value) not in OUTCOMES for key, value in content.custom.items())
    )


class NoteParticipant(Model):
    """Whom a note is about, as known when it was signed, or as named in a file to import."""

    id: Name = ""
    name: Name = ""
    pronouns: Name = ""
    external_id: Name = ""
    born: Born = ""


class NoteAuthor(Model):
    """Who signed."""

    id: Name = ""
    name: Name = ""
    credential: Name = ""


class NoteTemplate(Model):
    """The template version a note was begun with."""

    id: str = DEFAULT_TEMPLATE
    version: int = 1


class NoteBasis(Model):
    """What allowed the writing: a consent, or an emergency reason in the content."""

    consent_id: OptionalId = ""
    how: ConsentHow | None = None
    starts_on: date | None = None
    expires_on: date | None = None


class NoteRules(Model):
    """The rule pack that a note was signed under."""

    id: Name
    version: int
    rounding: UnitRounding | None = None
    """How its minutes count as units; None where that pack counts none."""


class NoteSeal(Model):
    """What makes a change visible."""

    salt: str
    """32 random bytes, hexadecimal; they keep a short note from being guessed from its hash."""
    hash: str
    """SHA-256 over salt and canonical text, hexadecimal."""
    signature: str
    """Ed25519 signature over the hash, hexadecimal."""
    public_key: str
    """Ed25519 public key of the author, hexadecimal."""


class NoteState(StrEnum):
    """Where a note is in its life."""

    DRAFT = "draft"
    SIGNED = "signed"


class Note(Model):
    """A note as it is signed, stored and exchanged; also the lossless JSON form of a draft."""

    format: Literal["peernote.note"] = "peernote.note"
    version: Literal[1] = 1
    id: OptionalId = ""
    state: NoteState = NoteState.DRAFT
    participant: NoteParticipant
    author: NoteAuthor = NoteAuthor()
    template: NoteTemplate = NoteTemplate()
    zone: Name = ""
    content: NoteContent
    basis: NoteBasis = NoteBasis()
    entered_at: Instant | None = None
    """When writing began."""
    signed_at: Instant | None = None
    late_reason: LongText = ""
    rule_pack: NoteRules | None = None
    """What was asked of it when it was signed; notes from before there were rule packs have none."""
    seal: NoteSeal | None = None
    left_out: Annotated[tuple[Name, ...], Field(max_length=500)] = ()
    """Keys of fields whose answers stayed in the vault when this note left it; empty for a note in its vault."""

    @model_validator(mode="before")
    @classmethod
    def _participant_may_be_a_reference(cls, data: Any) -> Any:
        if isinstance(data, dict) and isinstance(data.get("participant"), str):
            return {**data, "participant": {"id": data["participant"]}}
        return data

    def canonical(self) -> str:
        """The text that is hashed: the canonical JSON of everything but the seal.

        What a note cannot have, because it was signed before that was there, is no part of its text.
        """
        beside = {"seal", "left_out"} if self.rule_pack else {"seal", "left_out", "rule_pack"}
        return canonical_json(self.model_dump(mode="json", exclude=beside))

    def starts_at_local(self) -> datetime | None:
        """Wall-clock start of the contact, naive, in the note's zone."""
        if self.content.day is None:
            return None
        return datetime.combine(self.content.day, self.content.start or time(0, 0))

    def ends_at_local(self) -> datetime | None:
        """Wall-clock end of the contact, naive; the start when no end is known."""
        start = self.starts_at_local()
        if start is None:
            return None
        return start + timedelta(minutes=self.content.minutes or 0)


def seal_hash(salt: str, canonical: str) -> str:
    """SHA-256 over salt and canonical text, hexadecimal; `salt` is hexadecimal too."""
    return hashlib.sha256(bytes.fromhex(salt) + canonical.encode()).hexdigest()


class NoteRow(AboutParticipant):
    """A signed note as a list shows it."""

    id: str
    participant_id: str
    day: date | None = None
    start: time | None = None
    end: time | None = None
    kind: NoteKind
    mode: Mode | None = None
    place: str = ""
    tags: tuple[str, ...] = ()
    signed_at: datetime
    late: bool = False
    emergency: bool = False
    """Whether it was written without consent, for an emergency."""
    added: tuple[str, ...] = ()
    """The kinds of what was added to it; see `domain.addendum.AddendumKind`."""
    snippet: str = ""
    """The found words in their surroundings, when the list answers a search."""

    @property
    def about_id(self) -> str:
        """Id of the participant."""
        return self.participant_id
