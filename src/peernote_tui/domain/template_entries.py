"""What a line of a template says, entry by entry: as a person types it, and what is made of that."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import ValidationError

from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.template import FieldChoice, Template, TemplateField
from peernote_tui.domain.template_editing import Spot, changed, field_at, free_key, part_at
from peernote_tui.domain.template_kinds import ONLY_FOR
from peernote_tui.domain.timeliness import HOURS_OF_A_YEAR

_HEAD = ("title", "description", "within")
_SECTION = ("title", "hint")
_ACTION = ("text", "owner", "owner_name", "due", "show_if")
_COLUMN = (
    "label", "hint", "example", "kind", "required", "choices", "least", "most", "places", "unit", "low", "high",
    "default", "ahead", "lines", "missing", "pattern", "pattern_say",
)  # fmt: skip
_FIELD = (
    *_COLUMN, "suggestions", "show_if", "must", "must_say", "value", "alternatives", "private", "source",
)  # fmt: skip
YES_NO = frozenset({"required", "private", "ahead"})
"""Entries that are switched, not typed."""
_NUMBERS = frozenset({"least", "most"})
_COUNTS = {"places": (0, 6), "lines": (1, 20)}
_LARGEST = 12
"""Digits before the point, and after it, of a bound."""
_WITHIN = re.compile(r"(\d{1,5}) *(h(?:ours?)?|y(?:ears?)?|(?:business *)?days?)?", re.IGNORECASE)


def entries_at(template: Template, spot: Spot) -> tuple[str, ...]:
    """What can be changed at a spot, in the order it is offered."""
    if spot.action is not None:
        return _ACTION
    if spot.section is None:
        return _HEAD
    field = field_at(template, spot)
    if field is None:
        return _SECTION
    entries = _FIELD if spot.column is None else _COLUMN
    return tuple(entry for entry in entries if field.kind in ONLY_FOR.get(entry, {field.kind}))


def as_typed(template: Template, spot: Spot, entry: str) -> str:
    """An entry as a person would type it."""
    if entry == "within":
        return template.due.words
    held = getattr(part_at(template, spot), entry)
    if entry == "choices":
        return "; ".join(choice.label for choice in held)
    if entry == "show_if":
        return condition_text(held)
    if isinstance(held, tuple):
        return "; ".join(held)
    return "" if held is None else str(held)


def with_typed(template: Template, spot: Spot, entry: str, typed: str) -> Template:
    """The template with what was typed as an entry; one that is switched becomes what it was not.

    Raises:
        InvalidInputError: It is not understood.
    """
    try:
        return changed(template, spot, **_understood(template, spot, entry, typed))
    except (InvalidOperation, ValidationError) as error:
        raise InvalidInputError("This cannot stand here.", "It is too long, or of another form.") from error


def _understood(template: Template, spot: Spot, entry: str, typed: str) -> dict[str, Any]:
    part = part_at(template, spot)
    if entry in YES_NO:
        return {entry: not getattr(part, entry)}
    if entry == "within":
        return _within(typed)
    if entry in _NUMBERS:
        return {entry: _bound(typed) if typed else None}
    if entry in _COUNTS:
        return {entry: _count(entry, typed)}
    if entry == "choices" and isinstance(part, TemplateField):
        return {entry: choices_of(typed, part.choices)}
    if entry in {"suggestions", "alternatives"}:
        return {entry: tuple(dict.fromkeys(each.strip() for each in typed.split(";") if each.strip()))}
    return {entry: typed}


def _within(typed: str) -> dict[str, Any]:
    if (read := _WITHIN.fullmatch(typed.strip())) is None:
        raise InvalidInputError("This is no time to sign in.", "Such as: 24 hours, or 2 business days.")
    count, what = int(read[1]), (read[2] or "h").lower()
    hours = {"h": count, "y": count * HOURS_OF_A_YEAR}.get(what[0])
    return {"due_business_days": count} if hours is None else {"due_business_days": None, "due_hours": hours}


def _bound(typed: str) -> Decimal:
    try:
        number = Decimal(typed)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST or len(typed) > 2 * _LARGEST:
        raise InvalidInputError("This is no number.", "Such as 12 or 0.5.")
    return number


def _count(entry: str, typed: str) -> int:
    least, most = _COUNTS[entry]
    if not (typed.isascii() and typed.isdigit() and len(typed) < _LARGEST and least <= int(typed) <= most):
        raise InvalidInputError(f"This is a number from {least} to {most}.")
    return int(typed)


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
