"""How things have been, 0 to 10, as a picture of text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

from peernote_tui.domain.dates.words import MONTH_NAMES

Rated: TypeAlias = tuple[date | None, int | None]
"""The day of a contact, and the answer; None for none."""
TOP = 10
_AXIS = 4
_CELLS = 3
_MONTH_CELLS = 4
"""A name of three letters, and what parts it from the next."""


def trend(rated: Sequence[Rated], width: int, *, rows: int = 6) -> list[str]:
    """Draw ratings on an axis that always reaches from 0 to 10.

    Each answer stands as its own number at its height, so nothing hangs on colour and nothing is joined; a contact
    without one is a dot on the ground line. What does not fit is left out at the old end.

    Args:
        rated: Oldest first.
        width: Cells there are.
        rows: Lines for the answers; those of 10 and of 0 are the first and the last.

    Returns:
        `rows` lines, the ground line and the dates; nothing for no answers.
    """
    shown = rated[-max(1, (width - _AXIS) // _CELLS) :]
    lines = _drawn([rating for _day, rating in shown], _CELLS, rows)
    if lines:
        lines.append(" " * _AXIS + _dates([day for day, _rating in shown], _CELLS * len(shown)))
    return lines


def monthly(months: Sequence[date], ratings: Sequence[int | None], width: int, *, rows: int = 6) -> list[str]:
    """Draw one rating a month, with the names of the months under them, on the same axis as `trend`.

    Args:
        months: Oldest first.
        ratings: Of each month; None for none, which stays a gap.
        width: Cells there are.
        rows: As for `trend`.
    """
    fits = max(1, (width - _AXIS) // _MONTH_CELLS)
    lines = _drawn(ratings[-fits:], _MONTH_CELLS, rows)
    if lines:
        lines.append(" " * _AXIS + "".join(f"{MONTH_NAMES[month.month - 1]} " for month in months[-fits:]).rstrip())
    return lines


def _drawn(ratings: Sequence[int | None], cells: int, rows: int) -> list[str]:
    if all(rating is None for rating in ratings):
        return []
    lines = []
    for row in range(rows):
        label = str(TOP) if row == 0 else "0" if row == rows - 1 else ""
        marks = (
            f"{rating:>2} ".ljust(cells) if rating is not None and _row(rating, rows) == row else " " * cells
            for rating in ratings
        )
        lines.append(f"{label:>2} │{''.join(marks)}".rstrip())
    ground = "".join(" · ".ljust(cells) if rating is None else "─" * cells for rating in ratings)
    lines.append(f"   └{ground}".rstrip())
    return lines


def _row(rating: int, rows: int) -> int:
    return (TOP - max(0, min(TOP, rating))) * rows // (TOP + 1)


def _dates(days: Sequence[date | None], width: int) -> str:
    known = [day for day in days if day is not None]
    if not known:
        return ""
    told = [f"{day.day} {MONTH_NAMES[day.month - 1]}" for day in (known[0], known[-1])]
    if known[0].year != known[-1].year:
        told = [f"{text} {day.year}" for text, day in zip(told, (known[0], known[-1]), strict=True)]
    if known[0] == known[-1]:
        return told[0]
    return f"{told[0]}{told[1]:>{max(0, width - len(told[0]))}}" if width > len(told[0] + told[1]) else " – ".join(told)
