"""Which entries each kind of field has."""

from __future__ import annotations

from typing import Any

from peernote_tui.domain.template import CORE_KINDS, FieldKind, TemplateField

_ALL = frozenset(FieldKind)
_CHOSEN = frozenset({FieldKind.CHOICE, FieldKind.CHOICES})
_COUNTED = frozenset({FieldKind.NUMBER, FieldKind.MONEY, FieldKind.DURATION, FieldKind.SCALE})
_TYPED = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.PHONE})
_ASKED = _ALL - {FieldKind.COMPUTED, FieldKind.HEADING}
ONLY_FOR = {
    "example": _ASKED,
    "required": _ASKED,
    "missing": _ASKED,
    "alternatives": _ASKED,
    "default": _ASKED - CORE_KINDS - {FieldKind.SCALE, FieldKind.ROWS, FieldKind.ATTESTATION},
    "must": _ASKED,
    "must_say": _ASKED,
    "choices": _CHOSEN,
    "suggestions": frozenset({FieldKind.TAGS}),
    "least": _COUNTED,
    "most": _COUNTED,
    "places": frozenset({FieldKind.NUMBER, FieldKind.MONEY}),
    "unit": _COUNTED | {FieldKind.COMPUTED},
    "low": frozenset({FieldKind.SCALE}),
    "high": frozenset({FieldKind.SCALE}),
    "value": frozenset({FieldKind.COMPUTED}),
    "pattern": _TYPED,
    "pattern_say": _TYPED,
    "columns": frozenset({FieldKind.ROWS}),
    "lines": frozenset({FieldKind.LONG_TEXT, FieldKind.OWN_WORDS}),
    "ahead": frozenset({FieldKind.DATE}),
}
"""Entries that only some kinds have; every other one is had by all."""


def unfit(kind: FieldKind) -> dict[str, Any]:
    """The entries that a kind does not have, each as it is when nothing is said of it."""
    fields = TemplateField.model_fields
    return {entry: fields[entry].get_default() for entry, kinds in ONLY_FOR.items() if kind not in kinds}
