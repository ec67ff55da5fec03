"""Changing a template: what moves where, keys made from labels, and what may be taken out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from typing import Any, TypeVar

from peernote_tui.domain.base import Model
from peernote_tui.domain.errors import RefusedError
from peernote_tui.domain.template import (
    CORE_KINDS,
    FieldKind,
    Template,
    TemplateAction,
    TemplateField,
    TemplateSection,
)
from peernote_tui.domain.template_check import COLUMN_KINDS, CORE_KEYS, is_free_key, may_have_key
from peernote_tui.domain.template_kinds import unfit

_LONGEST_KEY = 40
_ITEM = TypeVar("_ITEM")
_SAME_MEANING = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT})
"""Kinds whose answers are read alike."""
_HEAD, _ACTION = "head", "action"


class Spot(Model):
    """A line of a template, each counted from 0: section, field, column or action; the head where all are None."""

    section: int | None = None
    field: int | None = None
    column: int | None = None
    action: int | None = None

    @property
    def name(self) -> str:
        """The spot as a word: "head", "1" for a section, "1.0" for its field, "1.0.2" for a column, "action.0"."""
        if self.action is not None:
            return f"{_ACTION}.{self.action}"
        return ".".join(str(part) for part in (self.section, self.field, self.column) if part is not None) or _HEAD

    @classmethod
    def named(cls, name: str) -> Spot:
        """The spot that a name tells."""
        first, *rest = name.split(".")
        if first == _ACTION:
            return cls(action=int(rest[0]))
        numbers = [int(part) for part in (first, *rest) if part != _HEAD]
        return cls(**dict(zip(("section", "field", "column"), numbers, strict=False)))

    @property
    def rows(self) -> Spot:
        """The field that a column belongs to; else the spot itself."""
        return self.model_copy(update={"column": None})


def spots(template: Template) -> Iterator[Spot]:
    """Every line, from top to bottom."""
    yield Spot()
    for number, section in enumerate(template.sections):
        yield Spot(section=number)
        for index, field in enumerate(section.fields):
            yield Spot(section=number, field=index)
            yield from (Spot(section=number, field=index, column=at) for at in range(len(field.columns)))
    yield from (Spot(action=number) for number in range(len(template.actions)))


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
    """The keys of every field of these versions, and of every column, as `rows.column`."""
    fields = [field for each in templates for section in each.sections for field in section.fields]
    columns = (f"{field.key}.{column.key}" for field in fields for column in field.columns)
    return frozenset(field.key for field in fields) | frozenset(columns)


def part_at(template: Template, spot: Spot) -> Template | TemplateSection | TemplateField | TemplateAction:
    """What stands at a spot."""
    if spot.action is not None:
        return template.actions[spot.action]
    if spot.section is None:
        return template
    return field_at(template, spot) or template.sections[spot.section]


def field_at(template: Template, spot: Spot) -> TemplateField | None:
    """The field or column of a spot; None for a section, an action and the head."""
    if spot.section is None or spot.field is None:
        return None
    field = template.sections[spot.section].fields[spot.field]
    return field if spot.column is None else field.columns[spot.column]


def new_field(kind: FieldKind, label: str, taken: Collection[str]) -> TemplateField:
    """A field of that kind. What only the note itself has comes under the key it has there."""
    key = CORE_KEYS[kind] if kind in CORE_KINDS else free_key(label, taken)
    return TemplateField(key=key, kind=kind, label=label)


def with_field(template: Template, after: Spot, field: TemplateField) -> tuple[Template, Spot]:
    """The template with a further field behind a line, and where it stands; behind an action, at the very end."""
    section = len(template.sections) - 1 if after.action is not None else after.section or 0
    fields = template.sections[section].fields
    at = len(fields) if after.action is not None else 0 if after.field is None else after.field + 1
    return _with_fields(template, section, (*fields[:at], field, *fields[at:])), Spot(section=section, field=at)


def with_column(
    template: Template, after: Spot, kind: FieldKind, label: str, saved: Collection[str]
) -> tuple[Template, Spot]:
    """The template with a further column behind a column, or as the last one of a field, and where it stands.

    Args:
        template: The template.
        after: A column, or the field that repeats rows.
        kind: What the column asks for.
        label: What it is called.
        saved: Keys of the fields and columns of saved versions; see `field_keys`.
    """
    rows = part_at(template, after.rows)
    if not isinstance(rows, TemplateField):
        raise TypeError(after)
    before = f"{rows.key}."
    taken = {key.removeprefix(before) for key in saved if key.startswith(before)} | {each.key for each in rows.columns}
    column = TemplateField(key=free_key(label, taken), kind=kind, label=label)
    at = len(rows.columns) if after.column is None else after.column + 1
    columns = (*rows.columns[:at], column, *rows.columns[at:])
    return changed(template, after.rows, columns=columns), after.model_copy(update={"column": at})


def with_action(template: Template, after: Spot, text: str) -> tuple[Template, Spot]:
    """The template with a further action that its notes agree by themselves, and where it stands.

    Raises:
        ValidationError: The text is too long.
    """
    at = len(template.actions) if after.action is None else after.action + 1
    actions = (*template.actions[:at], TemplateAction(text=text), *template.actions[at:])
    return template.model_copy(update={"actions": actions}), Spot(action=at)


def with_section(template: Template, after: Spot, title: str) -> tuple[Template, Spot]:
    """The template with a further, empty section behind another, and where it stands; behind an action, at the end."""
    section = TemplateSection(key=free_key(title, {each.key for each in template.sections}), title=title)
    last = len(template.sections) - 1 if after.action is not None else -1
    at = (last if after.section is None else after.section) + 1
    sections = (*template.sections[:at], section, *template.sections[at:])
    return template.model_copy(update={"sections": sections}), Spot(section=at)


def with_kind(template: Template, spot: Spot, kind: FieldKind, saved: Collection[str]) -> Template:
    """The template with a field or column of another kind, without what only its former kind had.

    A field that only the note itself has comes under the key it has there; one that ceases to be such, or whose key
    means something else to the note, gets a key of its own.

    Args:
        template: The template.
        spot: The field or column.
        kind: The other kind.
        saved: Keys of the fields and columns of saved versions; see `field_keys`.

    Raises:
        RefusedError: What notes hold under its key would be read as something else; or the kind is asked once only,
            or cannot be repeated in rows.
    """
    field = field_at(template, spot)
    if field is None or field.kind is kind:
        return template
    is_alike = {field.kind, kind} <= _SAME_MEANING
    other = field.model_copy(update={"kind": kind, **unfit(kind)})
    if spot.column is not None:
        rows = field_at(template, spot.rows)
        if kind not in COLUMN_KINDS:
            raise RefusedError("Rows cannot repeat a field of this kind.", "Ask it beside the rows.")
        if rows is not None and f"{rows.key}.{field.key}" in saved and not is_alike:
            raise RefusedError(
                "This column was in a saved version, and notes may hold answers to it, so it stays of its kind.",
                "Press x to take it out, and c to add another.",
            )
        return changed(template, spot, **other.model_dump())
    fields = [each for section in template.sections for each in section.fields]
    if kind in CORE_KINDS and any(each.key == CORE_KEYS[kind] for each in fields):
        raise RefusedError(
            "The template asks this already, and it is asked once only.", "Change the field that is there."
        )
    keeps_meaning = is_alike and may_have_key(other)
    if field.kind not in CORE_KINDS and field.key in saved and not keeps_meaning:
        raise RefusedError(
            "This field was in a saved version, and notes may hold answers to it, so it stays of its kind.",
            "Press r to retire it, and a to add another.",
        )
    if kind in CORE_KINDS:
        other = other.model_copy(update={"key": CORE_KEYS[kind]})
    elif field.kind in CORE_KINDS or not may_have_key(other):
        taken = {*saved, *field_keys((template,))}
        other = other.model_copy(update={"key": free_key(field.label, taken)})
    return changed(template, spot, **other.model_dump())


def changed(template: Template, spot: Spot, **values: Any) -> Template:
    """The template with other entries at a spot, such as another label.

    Raises:
        ValidationError: A value is not of its kind.
    """
    part = part_at(template, spot)
    other = type(part).model_validate({**part.model_dump(), **values})
    if isinstance(other, Template):
        return other
    if isinstance(other, TemplateAction):
        return template.model_copy(update={"actions": _put(template.actions, spot.action, other)})
    if isinstance(other, TemplateSection):
        return template.model_copy(update={"sections": _put(template.sections, spot.section, other)})
    if spot.column is not None and (rows := field_at(template, spot.rows)) is not None:
        other = rows.model_copy(update={"columns": _put(rows.columns, spot.column, other)})
    section = spot.section or 0
    return _with_fields(template, section, _put(template.sections[section].fields, spot.field, other))


def moved(template: Template, spot: Spot, by: int) -> tuple[Template, Spot]:
    """The template with a line one further up (-1) or down (1), and where it stands then.

    A field at the end of its section goes into the next one; at either end nothing moves. Columns stay in their rows.
    """
    if spot.action is not None:
        actions, to = _swapped(template.actions, spot.action, by)
        return template.model_copy(update={"actions": actions}), Spot(action=to)
    if spot.section is None:
        return template, spot
    if spot.field is None:
        sections, to = _swapped(template.sections, spot.section, by)
        return template.model_copy(update={"sections": sections}), Spot(section=to)
    if spot.column is not None and (rows := field_at(template, spot.rows)) is not None:
        columns, to = _swapped(rows.columns, spot.column, by)
        return changed(template, spot.rows, columns=columns), spot.model_copy(update={"column": to})
    fields = template.sections[spot.section].fields
    if 0 <= spot.field + by < len(fields):
        fields, to = _swapped(fields, spot.field, by)
        return _with_fields(template, spot.section, fields), Spot(section=spot.section, field=to)
    other = spot.section + by
    if not 0 <= other < len(template.sections):
        return template, spot
    without = removed(template, spot)
    there = without.sections[other].fields
    place = len(there) if by < 0 else 0
    return (
        _with_fields(without, other, (*there[:place], fields[spot.field], *there[place:])),
        Spot(section=other, field=place),
    )


def removed(template: Template, spot: Spot) -> Template:
    """The template without a line; the head stays."""
    if spot.action is not None:
        return template.model_copy(update={"actions": _without(template.actions, spot.action)})
    if spot.section is None:
        return template
    if spot.field is None:
        return template.model_copy(update={"sections": _without(template.sections, spot.section)})
    if spot.column is not None and (rows := field_at(template, spot.rows)) is not None:
        return changed(template, spot.rows, columns=_without(rows.columns, spot.column))
    return _with_fields(template, spot.section, _without(template.sections[spot.section].fields, spot.field))


def may_be_removed(template: Template, spot: Spot, saved: Collection[str]) -> bool:
    """Whether a line can be taken out: no field of it was in a saved version.

    Columns and actions always can; the keys of columns stay taken.

    Args:
        template: The template.
        spot: The line.
        saved: Keys of the fields of saved versions.
    """
    if spot.action is not None or spot.column is not None:
        return True
    if spot.section is None:
        return False
    fields = template.sections[spot.section].fields
    here = fields if spot.field is None else (fields[spot.field],)
    return not any(field.key in saved and field.kind not in CORE_KINDS for field in here)


def _put(items: tuple[_ITEM, ...], at: int | None, item: _ITEM) -> tuple[_ITEM, ...]:
    return tuple(item if place == at else each for place, each in enumerate(items))


def _without(items: tuple[_ITEM, ...], at: int) -> tuple[_ITEM, ...]:
    return (*items[:at], *items[at + 1 :])


def _swapped(items: tuple[_ITEM, ...], at: int, by: int) -> tuple[tuple[_ITEM, ...], int]:
    to = at + by
    if not 0 <= to < len(items):
        return items, at
    rest = _without(items, at)
    return (*rest[:to], items[at], *rest[to:]), to


def _with_fields(template: Template, section: int, fields: tuple[TemplateField, ...]) -> Template:
    other = template.sections[section].model_copy(update={"fields": fields})
    sections = (*template.sections[:section], other, *template.sections[section + 1 :])
    return template.model_copy(update={"sections": sections})
