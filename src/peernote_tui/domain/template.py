"""A form is data: template, sections, fields. A new kind of note is a file, not a class."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field as ModelField

from peernote_tui.domain.base import Model


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
    lines: int = 3
    """Rows a long text shows before it scrolls."""
    show_if: dict[str, tuple[str, ...]] = ModelField(default_factory=dict)
    """Shown only when each named field has one of the values."""
    hide_if: dict[str, tuple[str, ...]] = ModelField(default_factory=dict)
    """Not shown when any named field has one of the values."""


class TemplateSection(Model):
    """One step of the wizard."""

    key: str
    title: str
    fields: tuple[TemplateField, ...]


class Template(Model):
    """A versioned form."""

    id: str
    version: int
    title: str
    due_hours: int = 24
    sections: tuple[TemplateSection, ...]

    def field(self, key: str) -> TemplateField | None:
        """The field of that key, or None."""
        return next((field for section in self.sections for field in section.fields if field.key == key), None)
