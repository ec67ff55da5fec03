"""A form is data: template, sections, fields. A new kind of note is a file, not a class."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from pydantic import Field as ModelField

from peernote_tui.domain.base import Line, Model, Name
from peernote_tui.domain.note import NoteKind
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.protocol import CardName
from peernote_tui.domain.timeliness import MOST_BUSINESS_DAYS, MOST_HOURS, DueClock


class FieldKind(StrEnum):
    """What a field holds, and so what the wizard draws for it."""

    CONSENT = "consent"
    SESSION = "session"
    CHOICE = "choice"
    TEXT = "text"
    LONG_TEXT = "long_text"
    OWN_WORDS = "own_words"
    TAGS = "tags"
    SCALE = "scale"
    YES_NO = "yes_no"
    ACTION_REVIEWS = "action_reviews"
    ACTION_ROWS = "action_rows"
    NEXT_CONTACT = "next_contact"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    TIME = "time"
    TIME_SPAN = "time_span"
    DURATION = "duration"
    PHONE = "phone"
    STAFF = "staff"
    PARTICIPANT = "participant"
    CHOICES = "choices"
    ROWS = "rows"
    ATTESTATION = "attestation"
    COMPUTED = "computed"
    HEADING = "heading"


class About(StrEnum):
    """Whose questions a template asks."""

    NOTE = "note"
    PARTICIPANT = "participant"
    """Fields of every participant's page."""


CORE_KINDS = frozenset(
    {
        FieldKind.CONSENT,
        FieldKind.SESSION,
        FieldKind.ACTION_REVIEWS,
        FieldKind.ACTION_ROWS,
        FieldKind.NEXT_CONTACT,
    }
)
"""Kinds that only the note itself has; each stands under one key of its own."""


class FieldChoice(Model):
    """One answer of a choice field."""

    value: str
    label: str


class TemplateField(Model):
    """One question of a form."""

    key: str
    """Name of a core field of the note content, or of a custom answer."""
    kind: FieldKind
    label: str
    hint: str = ""
    example: str = ""
    """What an answer looks like."""
    required: bool = False
    alternatives: tuple[str, ...] = ()
    """Other fields whose answer serves as well when this one is required."""
    missing: str = ""
    """What to say when it is required and missing; the label serves otherwise."""
    choices: tuple[FieldChoice, ...] = ()
    suggestions: tuple[str, ...] = ()
    """Tags offered before any were used."""
    low: str = ""
    high: str = ""
    """Words at the ends of a scale."""
    least: Decimal | None = None
    most: Decimal | None = None
    """The range of a number, an amount of money, a duration in minutes, or a scale (0 to 10 when left out)."""
    places: int = ModelField(default=0, ge=0, le=6)
    """Digits after the point that a number may have."""
    unit: str = ""
    """What a number counts, or the currency of an amount."""
    default: str = ""
    """What stands there when a note is begun, as it would be typed; never for a scale."""
    ahead: bool = False
    """Whether a day without a year, or a bare weekday, is one to come; else it is the last one."""
    private: bool = False
    """Whether the answer never leaves the vault."""
    retired: bool = False
    """Whether it is not asked any more; its key stays taken, so that what earlier notes hold keeps its meaning."""
    pattern: str = ""
    """What a text must look like, as a regular expression for all of it."""
    pattern_say: str = ""
    """What to say when it does not."""
    must: str = ""
    """An expression that must hold once the field is answered."""
    must_say: str = ""
    """What to say when it does not."""
    value: str = ""
    """The expression of a computed field."""
    columns: tuple[TemplateField, ...] = ()
    """What each of repeating rows asks."""
    source: str = ""
    """Where a rule in it comes from."""
    lines: int = 3
    """Rows a long text shows before it scrolls."""
    show_if: dict[str, tuple[str, ...]] | str = ModelField(default_factory=dict)
    """Shown only when each named field has one of the values, or when the expression holds."""
    hide_if: dict[str, tuple[str, ...]] = ModelField(default_factory=dict)
    """Not shown when any named field has one of the values."""


class TemplateSection(Model):
    """One step of the wizard."""

    key: str
    title: str
    hint: str = ""
    fields: tuple[TemplateField, ...] = ()


class TemplateAction(Model):
    """An action that a note of this template agrees by itself, such as a follow-up within 24 hours."""

    text: Line
    owner: Owner = Owner.PARTICIPANT
    owner_name: Name = ""
    """Who, when the owner is somebody else."""
    due: str = ""
    """By when, as it would be typed on the day of the contact: `+1d`, `fri`."""
    show_if: dict[str, tuple[str, ...]] | str = ModelField(default_factory=dict)
    """Agreed only when each named field has one of the values, or when the expression holds."""


class Template(Model):
    """A versioned form."""

    id: str
    version: int
    title: str
    description: str = ""
    """What it is for, in one line."""
    about: About = About.NOTE
    """Whether it asks for a note, or gives every participant's page its fields."""
    kind: NoteKind | None = None
    """The kind of contact that its notes are about; where nothing is said, a field `kind` asks, or it is individual."""
    due_hours: int = ModelField(default=24, ge=0, le=MOST_HOURS)
    """Hours after the end of the contact within which its note is signed."""
    due_business_days: int | None = ModelField(default=None, ge=0, le=MOST_BUSINESS_DAYS)
    """Business days after the contact at whose end its note is due; where it is given, the hours do not count."""
    card: CardName | None = None
    """The protocol card that stands above its first questions."""
    actions: tuple[TemplateAction, ...] = ()
    sections: tuple[TemplateSection, ...]

    @property
    def due(self) -> DueClock:
        """How long after the contact a note of it may be signed."""
        return DueClock(hours=self.due_hours, business_days=self.due_business_days)

    def field(self, key: str) -> TemplateField | None:
        """The field of that key, or None."""
        return next((field for section in self.sections for field in section.fields if field.key == key), None)
