"""The words and the tidying that every kind of entry shares."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST_ENTRY = 120
"""Longer entries are no date; refusing them early keeps every reading quick."""

MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

MONTHS = {
    "jan": 1, "january": 1, "feb": 2, "february": 2, "mar": 3, "march": 3, "apr": 4, "april": 4, "may": 5,
    "jun": 6, "june": 6, "jul": 7, "july": 7, "aug": 8, "august": 8, "sep": 9, "sept": 9, "september": 9,
    "oct": 10, "october": 10, "nov": 11, "november": 11, "dec": 12, "december": 12,
}  # fmt: skip
WEEKDAYS = {
    "mon": 0, "monday": 0, "tue": 1, "tues": 1, "tuesday": 1, "wed": 2, "weds": 2, "wednesday": 2,
    "thu": 3, "thur": 3, "thurs": 3, "thursday": 3, "fri": 4, "friday": 4, "sat": 5, "saturday": 5,
    "sun": 6, "sunday": 6,
}  # fmt: skip

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | {"’": "'", ",": " "})
_HALF_OF_DAY = re.compile(r"(?<=[\d ])([ap])\.m\.?")
_AROUND_DASH = re.compile(r"\s*-\s*")


def tidy(text: str) -> str:
    """Lower-cases an entry and makes its dashes and spaces alike; empty when it cannot be a date or time."""
    if len(text) > LONGEST_ENTRY:
        return ""
    plain = _AROUND_DASH.sub("-", text.translate(_DASHES).lower())
    plain = " ".join(_HALF_OF_DAY.sub(r"\1m", plain).split())
    return plain if plain.isascii() and plain.isprintable() else ""


def splits(text: str) -> Iterator[tuple[str, str]]:
    """Every way to read a tidy entry as a day and a time: `(day words, time words)`, one may be empty."""
    words = text.split(" ")
    for cut in range(len(words) + 1):
        front, back = " ".join(words[:cut]), " ".join(words[cut:])
        yield front, back
        # "2 nov 20": a lone number before a month is the day of that month, not an hour.
        if front and back and not (front.isdigit() and len(front) <= 2 and words[cut].rstrip(".") in MONTHS):
            yield back, front
