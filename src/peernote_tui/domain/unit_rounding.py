"""How minutes become units of 15 minutes."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from peernote_tui.domain.expressions.functions import units


class UnitRounding(StrEnum):
    """The rules there are; see `domain.expressions.functions.units` for their sources."""

    FLOOR15 = "floor15"
    CEIL15 = "ceil15"
    CMS8 = "cms8"


def count_units(minutes: int | None, rounding: UnitRounding | None) -> int | None:
    """Units of 15 minutes; None where the length or the way of counting is not known."""
    if minutes is None or rounding is None:
        return None
    found = units(Decimal(minutes), rounding.value)
    return None if found is None else int(found)


def unit_words(minutes: int | None, rounding: UnitRounding | None) -> str:
    """The units of a length: `3 units (cms8)`; empty where they are not known."""
    found = count_units(minutes, rounding)
    if found is None or rounding is None:
        return ""
    return f"{found} {'unit' if found == 1 else 'units'} ({rounding.value})"
