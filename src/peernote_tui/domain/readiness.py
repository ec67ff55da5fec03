"""Which of the elements that a rule pack asks for a note has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from peernote_tui.domain.answered import Answers
from peernote_tui.domain.base import Model
from peernote_tui.domain.expressions import holds, parse
from peernote_tui.domain.note import Note, NoteContent
from peernote_tui.domain.rule_pack import RuleElement, RulePack
from peernote_tui.domain.template import FieldKind, Template
from peernote_tui.domain.template_rules import Missing, is_answered
from peernote_tui.domain.unit_rounding import UnitRounding, count_units, unit_words

_AROUND = ("participant", "author", "credential", "consent", "template")
"""What an element may ask for beside the fields of a form."""


class ElementFound(Model):
    """One element, and whether a note has it."""

    key: str
    label: str
    there: bool
    required: bool


class Readiness(Model):
    """What a pack finds in a note."""

    pack: str
    """Id of the pack."""
    version: int
    name: str
    elements: tuple[ElementFound, ...]
    """Those that are asked of this note, in the order of the pack."""
    minutes: int | None = None
    units: int | None = None
    """Units of 15 minutes; None where the pack counts none, or the length is not known."""
    rounding: UnitRounding | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """Labels of what is not there."""
        return tuple(element.label for element in self.elements if not element.there)

    @property
    def line(self) -> str:
        """In one line: `Texas 301.361: 9 of 11 there · missing: goal addressed, service type`."""
        total = len(self.elements)
        if not self.missing:
            return f"{self.name}: all {total} there" if total else f"{self.name}: nothing is asked of this note"
        return f"{self.name}: {total - len(self.missing)} of {total} there · missing: {', '.join(self.missing)}"

    @property
    def length(self) -> str:
        """How long the contact was, in minutes and units: `45 minutes · 3 units (cms8)`; empty without units."""
        words = unit_words(self.minutes, self.rounding)
        return f"{self.minutes} {'minute' if self.minutes == 1 else 'minutes'} · {words}" if words else ""


def readiness(pack: RulePack, note: Note, template: Template) -> Readiness:
    """What a pack finds in a note, signed or not.

    Args:
        pack: The rules.
        note: The note.
        template: The version it was begun with.
    """
    told = _Told(note, template)
    minutes = note.content.minutes
    return Readiness(
        pack=pack.id,
        version=pack.version,
        name=pack.name,
        elements=tuple(
            ElementFound(key=element.key, label=element.label, there=told.satisfies(element), required=element.required)
            for element in pack.elements
            if told.asks(element)
        ),
        minutes=minutes,
        units=count_units(minutes, pack.rounding),
        rounding=pack.rounding,
    )


def required_gaps(pack: RulePack, note: Note, template: Template) -> tuple[Missing, ...]:
    """What a pack requires and the note does not have, with the place of the form where it can be answered."""
    told = _Told(note, template)
    return tuple(
        _gap(element, template)
        for element in pack.elements
        if element.required and told.asks(element) and not told.satisfies(element)
    )


def _gap(element: RuleElement, template: Template) -> Missing:
    for number, section in enumerate(template.sections):
        for field in section.fields:
            if field.key in element.fields:
                return Missing(section=number, key=field.key, sentence=element.sentence)
    sentence = f"{element.sentence} This form does not ask for it; another template may."
    return Missing(section=0, key=element.fields[0] if element.fields else element.key, sentence=sentence)


class _Told(Mapping[str, Any]):
    """Everything that a note says, by key, as expressions work with it: the answers of its form, and what is around."""

    def __init__(self, note: Note, template: Template) -> None:
        self._note = note
        self._template = template
        self._answers = Answers(template, note.content)

    def asks(self, element: RuleElement) -> bool:
        return not element.when or self._holds(element.when)

    def satisfies(self, element: RuleElement) -> bool:
        return any(map(self._is_there, element.fields)) or bool(element.holds and self._holds(element.holds))

    def __getitem__(self, key: str) -> Any:
        note = self._note
        match key:
            case "participant":
                return note.participant.name
            case "author":
                return note.author.name
            case "credential":
                return note.author.credential
            case "consent":
                return note.basis.how.value if note.basis.how else note.content.emergency_reason.strip()
            case "template":
                return note.template.id
        if key in ("kind", "mode"):
            # Also where a form does not ask for them, since every note has them.
            value = getattr(note.content, key)
            return value.value if value else None
        return self._answers[key]

    def __iter__(self) -> Iterator[str]:
        yield from dict.fromkeys((*_AROUND, "kind", "mode", *self._answers))

    def __len__(self) -> int:
        return len(list(iter(self)))

    def _holds(self, expression: str) -> bool:
        return holds(parse(expression), self, today=self._answers.today)

    def _is_there(self, key: str) -> bool:
        field = self._template.field(key)
        if field is not None and field.kind not in (FieldKind.CONSENT, FieldKind.COMPUTED):
            return self._answers.shown(field) and is_answered(field, self._note.content)
        value = self.get(key)
        if field is None and value is None and key in NoteContent.model_fields:
            value = getattr(self._note.content, key)
        return bool(value.strip()) if isinstance(value, str) else value not in (None, ())
