"""Times of day and durations: "2", "245", "1p", "14:00", "noon"; "45m", "1h30"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from peernote_tui.domain.dates.words import tidy
from peernote_tui.domain.errors import InvalidInputError

LONGEST_DURATION = 12 * 60
"""Minutes; nobody sits with one person for longer, so more is a slip of the finger."""

_CLOCK = re.compile(r"(\d{1,2})(?:[:.]?([0-5]\d))? ?(am|pm|a|p)?")
_NAMED = {
    "noon": time(12), "midday": time(12), "12 noon": time(12), "midnight": time(0), "12 midnight": time(0),
}  # fmt: skip
_HOURS = r"(\d{1,2}) ?(?:h|hrs?|hours?)(?: ?(?:and )?(\d{1,2}) ?(?:m|mins?|minutes?)?)?"
_DURATION = re.compile(rf"{_HOURS}|(\d{{1,3}}) ?(?:m|mins?|minutes?)|(half an hour|an hour)")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time as typed; `bare` when it may be meant for the morning or for the afternoon."""

    face: time
    bare: bool

    def readings(self) -> tuple[time, ...]:
        """The times it can mean, the one on its face first."""
        if not self.bare:
            return (self.face,)
        return (self.face, self.face.replace(hour=(self.face.hour + 12) % 24))

    def usual(self) -> time:
        """The time it means in a plan: bare hours 1 to 6 are afternoon, 7 to 11 morning, 12 is noon."""
        return self.face.replace(hour=self.face.hour + 12) if self.bare and self.face.hour <= 6 else self.face


def read_clock(text: str) -> Clock | None:
    """Reads one time from a tidy entry. A leading zero or an hour above 12 is the 24-hour clock."""
    text = text.removeprefix("at ")
    if text in _NAMED:
        return Clock(_NAMED[text], bare=False)
    match = _CLOCK.fullmatch(text)
    if not match:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half:
        if not 1 <= hour <= 12:
            return None
        return Clock(time(hour % 12 + (12 if half.startswith("p") else 0), minute), bare=False)
    if hour > 23:
        return None
    return Clock(time(hour, minute), bare=1 <= hour <= 12 and not text.startswith("0"))


def read_duration(text: str) -> int | None:
    """Reads a duration from a tidy entry, in minutes; None when it is none or not within 1 to 720."""
    match = _DURATION.fullmatch(text)
    if not match:
        return None
    hours, after_hours, alone, named = match.groups()
    if named:
        total = 30 if named.startswith("half") else 60
    else:
        total = int(alone) if alone else int(hours) * 60 + int(after_hours or 0)
        if after_hours and int(after_hours) > 59:
            return None
    return total if 1 <= total <= LONGEST_DURATION else None


def understand_time(text: str) -> time:
    """Reads one time of day; bare hours 1 to 6 are afternoon, 7 to 11 morning, 12 is noon.

    Raises:
        InvalidInputError: Not understood.
    """
    clock = read_clock(tidy(text))
    if clock is None:
        raise InvalidInputError("This time is not understood.", "Two ways that work: 2pm, 14:30.")
    return clock.usual()
