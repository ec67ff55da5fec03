"""Changing a template: what moves where, keys made from labels, and what may be taken out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from peernote_tui.domain.base import Model
from peernote_tui.domain.template import CORE_KINDS, FieldChoice, FieldKind, Template, TemplateField, TemplateSection
from peernote_tui.domain.template_check import is_free_key

_LONGEST_KEY = 40
_CORE_KEYS = {FieldKind.ACTION_ROWS: "agreed_actions"}


class Spot(Model):
    """A line of a template, each counted from 0: a field, or the section itself where `field` is None."""

    section: int
    field: int | None = None

    @property
    def name(self) -> str:
        """The spot as a word, such as "1.0"; a section is "1"."""
        return f"{self.section}" if self.field is None else f"{self.section}.{self.field}"

    @classmethod
    def named(cls, name: str) -> Spot:
        """The spot that a name tells."""
        section, _, field = name.partition(".")
        return cls(section=int(section), field=int(field) if field else None)


def spots(template: Template) -> Iterator[Spot]:
    """Every line, from top to bottom."""
    for number, section in enumerate(template.sections):
        yield Spot(section=number)
        for index in range(len(section.fields)):
            yield Spot(section=number, field=index)


def free_key(label: str, taken: Collection[str]) -> str:
    """A key made from a label that nothing has yet, such as `bus_pass` or `bus_pass_2`."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:_LONGEST_KEY].strip("_")
    if not stem[:1].isalpha():
        stem = f"field_{stem}".strip("_")
    key, number = stem, 1
    while key in taken or not is_free_key(key):
        number += 1
        key = f"{stem}_{number}"
    return key


def field_keys(templates: Iterable[Template]) -> frozenset[str]:
    """The keys of every field of these versions."""
    return frozenset(field.key for each in templates for section in each.sections for field in section.fields)


def field_at(template: Template, spot: Spot) -> TemplateField | None:
    """The field of a spot; None for a section."""
    return None if spot.field is None else template.sections[spot.section].fields[spot.field]


def new_field(kind: FieldKind, label: str, taken: Collection[str]) -> TemplateField:
    """A field of that kind. What only the note itself has comes under the key it has there."""
    key = _CORE_KEYS.get(kind, kind.value) if kind in CORE_KINDS else free_key(label, taken)
    return TemplateField(key=key, kind=kind, label=label)


def with_field(template: Template, after: Spot, field: TemplateField) -> tuple[Template, Spot]:
    """The template with a further field behind a line, and where it stands."""
    at = 0 if after.field is None else after.field + 1
    fields = template.sections[after.section].fields
    changed = _with_fields(template, after.section, (*fields[:at], field, *fields[at:]))
    return changed, Spot(section=after.section, field=at)


def with_section(template: Template, after: int, title: str) -> tuple[Template, Spot]:
    """The template with a further, empty section behind another, and where it stands."""
    section = TemplateSection(key=free_key(title, {each.key for each in template.sections}), title=title)
    sections = (*template.sections[: after + 1], section, *template.sections[after + 1 :])
    return template.model_copy(update={"sections": sections}), Spot(section=after + 1)


def changed(template: Template, spot: Spot, **values: Any) -> Template:
    """The template with other entries at a spot, such as another label.

    Raises:
        ValidationError: A value is not of its kind.
    """
    section = template.sections[spot.section]
    if spot.field is None:
        other = TemplateSection.model_validate({**section.model_dump(), **values})
        sections = (*template.sections[: spot.section], other, *template.sections[spot.section + 1 :])
        return template.model_copy(update={"sections": sections})
    field = TemplateField.model_validate({**section.fields[spot.field].model_dump(), **values})
    fields = (*section.fields[: spot.field], field, *section.fields[spot.field + 1 :])
    return _with_fields(template, spot.section, fields)


def moved(template: Template, spot: Spot, by: int) -> tuple[Template, Spot]:
    """The template with a line one further up (-1) or down (1), and where it stands then.

    A field at the end of its section goes into the next one; at either end nothing moves.
    """
    sections = list(template.sections)
    other = spot.section + by
    if spot.field is None:
        if not 0 <= other < len(sections):
            return template, spot
        sections[spot.section], sections[other] = sections[other], sections[spot.section]
        return template.model_copy(update={"sections": tuple(sections)}), Spot(section=other)
    fields = list(sections[spot.section].fields)
    field = fields.pop(spot.field)
    to = spot.field + by
    if 0 <= to <= len(fields):
        return _with_fields(template, spot.section, (*fields[:to], field, *fields[to:])), Spot(
            section=spot.section, field=to
        )
    if not 0 <= other < len(sections):
        return template, spot
    without = _with_fields(template, spot.section, tuple(fields))
    there = without.sections[other].fields
    place = len(there) if by < 0 else 0
    return _with_fields(without, other, (*there[:place], field, *there[place:])), Spot(section=other, field=place)


def removed(template: Template, spot: Spot) -> Template:
    """The template without a field, or without a section."""
    section = template.sections[spot.section]
    if spot.field is None:
        sections = (*template.sections[: spot.section], *template.sections[spot.section + 1 :])
        return template.model_copy(update={"sections": sections})
    return _with_fields(template, spot.section, section.fields[: spot.field] + section.fields[spot.field + 1 :])


def may_be_removed(template: Template, spot: Spot, saved: Collection[str]) -> bool:
    """Whether a line can be taken out: no field of it was in a saved version.

    Args:
        template: The template.
        spot: The line.
        saved: Keys of the fields of saved versions.
    """
    fields = template.sections[spot.section].fields
    here = fields if spot.field is None else (fields[spot.field],)
    return not any(field.key in saved and field.kind not in CORE_KINDS for field in here)


def choices_of(typed: str, before: tuple[FieldChoice, ...]) -> tuple[FieldChoice, ...]:
    """The choices of a line such as "Bus pass; Ride"; one that was there keeps its value.

    Args:
        typed: Labels with a semicolon between two.
        before: The choices as they were.
    """
    labels = [label.strip() for label in typed.split(";") if label.strip()]
    known = {choice.label: choice.value for choice in before}
    taken = set(known.values())
    found = []
    for place, label in enumerate(labels):
        value = known.get(label)
        if value is None and len(labels) == len(before) and before[place].label not in labels:
            value = before[place].value
        if value is None:
            value = free_key(label, taken)
        taken.add(value)
        found.append(FieldChoice(value=value, label=label))
    return tuple(found)


def condition_text(condition: dict[str, tuple[str, ...]] | str) -> str:
    """A condition as an expression."""
    if isinstance(condition, str):
        return condition
    parts = (" or ".join(f"selected({key}, '{value}')" for value in values) for key, values in condition.items())
    return " and ".join(f"({part})" for part in parts)


def _with_fields(template: Template, section: int, fields: tuple[TemplateField, ...]) -> Template:
    other = template.sections[section].model_copy(update={"fields": fields})
    sections = (*template.sections[:section], other, *template.sections[section + 1 :])
    return template.model_copy(update={"sections": sections})
