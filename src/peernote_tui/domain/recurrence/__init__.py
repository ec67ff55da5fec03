"""How an action item recurs: "every friday", "monthly until june", and the day after the last one.

Everything is pure and in dates: no clock, no zone, no instant, so neither a clock change nor a journey moves a day.
A rule is kept as text that says all of itself, such as "every 2 weeks on friday from 2026-11-27 until 2027-06-30":
its days follow from it alone, so that a day kept late or early moves none of those behind it.
"""

from __future__ import annotations

from peernote_tui.domain.recurrence.reading import (
    Series,
    check_rule,
    end_not_understood,
    is_a_day_of,
    next_due,
    read_recurrence,
    read_series,
    say_recurrence,
)

__all__ = [
    "Series",
    "check_rule",
    "end_not_understood",
    "is_a_day_of",
    "next_due",
    "read_recurrence",
    "read_series",
    "say_recurrence",
]
