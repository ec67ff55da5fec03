"""Values that a model takes and no vault holds: ids that are none, moments without a zone, signs that no file keeps."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from peernote_tui.domain.base import FIRST_YEAR, LAST_YEAR, Model, clean_text
from peernote_tui.domain.ids import is_id

_NEEDED = frozenset({"id", "merged_ids", "note_ids", "participant_id"})
_NO_IDS = frozenset({"external_id"})
"""Fields that are called so and hold what other people number by."""


def odd_values(path: str, name: str, value: Any) -> Iterator[tuple[str, str]]:
    """Path and reason of every odd value within a value out of a file.

    Args:
        path: Of the value.
        name: Of the field it stands in.
        value: A model, or what one holds.
    """
    if isinstance(value, Model):
        for field in type(value).model_fields:
            yield from odd_values(f"{path}.{field}", field, getattr(value, field))
    elif isinstance(value, dict):
        # A key may be anything; only places are told.
        for at, each in enumerate((*value, *value.values())):
            yield from odd_values(f"{path}.{at}", "", each)
    elif isinstance(value, tuple | list):
        for at, each in enumerate(value):
            yield from odd_values(f"{path}.{at}", name, each)
    elif reason := _why(name, value):
        yield path, reason


def _why(name: str, value: Any) -> str:
    if isinstance(value, str):
        return _why_text(name, value)
    if isinstance(value, float) and not math.isfinite(value):
        return "it is no number that a file can hold."
    if isinstance(value, datetime) and value.tzinfo is None:
        return "a moment needs its offset from UTC."
    if isinstance(value, time) and value.tzinfo is not None:
        return "a time is the one on the wall clock, without a zone."
    if isinstance(value, date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
        return f"a year lies between {FIRST_YEAR} and {LAST_YEAR}."
    return ""


def _why_text(name: str, value: str) -> str:
    may_be_empty = name.endswith("_id") and name not in _NO_IDS
    if (name in _NEEDED or (value and may_be_empty)) and not is_id(value):
        return "it is no id."
    return "" if clean_text(value) == value else "it holds odd characters."
