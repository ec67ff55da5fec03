"""When it is due: a day after "by", beside the owner, or at the end of the line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from peernote_tui.domain.action_line.line import ENDING, NOT_AFTER, Reading, bare
from peernote_tui.domain.action_line.owners import DAY_WORDS_AND_NAMES
from peernote_tui.domain.dates.days import two_days_fit
from peernote_tui.domain.dates.times import read_clock
from peernote_tui.domain.dates.words import WEEKDAYS, tidy
from peernote_tui.domain.names import fold

_LONGEST_DAY = 5
_VISITS = frozenset({"come", "drive", "drop", "go", "pass", "stop", "swing", "walk"})
_NUMERIC = re.compile(r"(\d{1,2})[/.](\d{1,2})")
_COUNTED = re.compile(r"(?:\d+|a|an|one|two|three|four|six) ?(?:d|days?|w|wks?|weeks?|m|mo|months?)")
_BEHIND = ("last ", "-")
_RECURRING = frozenset({"every", "each"})
_STEPS = frozenset(
    {"day", "week", "month", "other", "first", "second", "third", "fourth", "fifth", "last", "1st", "2nd", "3rd", "4th"}
)


@dataclass(frozen=True, slots=True)
class Due:
    """The words from `begin` up to `end` say a due day, or more than one."""

    begin: int
    end: int
    days: frozenset[date]

    @property
    def day(self) -> date:
        """The day.

        Raises:
            InvalidInputError: Two days fit.
        """
        if len(self.days) > 1:
            raise two_days_fit()
        return next(iter(self.days))


def find_due(words: list[str], place: int | None, reading: Reading) -> Due | None:
    """The due day of a line whose owner stands at `place`.

    Args:
        words: What is not a tag, a confidence or a recurrence.
        place: Where the owner stands in them.
        reading: How days are read.
    """
    return _due_said(words, reading) or _due_beside(words, place, reading) or _due_last(words, place, reading)


def _longest_from(words: list[str], begin: int, reading: Reading) -> Due | None:
    for end in range(min(begin + _LONGEST_DAY, len(words)), begin, -1):
        if days := reading.days(words[begin:end]):
            return Due(begin, end, days)
    return None


def _due_said(words: list[str], reading: Reading) -> Due | None:
    """A day after "by" or "due"."""
    for index, word in enumerate(words):
        if fold(word).rstrip(":") not in {"by", "due"}:
            continue
        begin = index + 1
        if begin < len(words) and fold(words[begin]) == "by":
            begin += 1
        if found := _longest_from(words, begin, reading):
            # "stop by fri" is a visit: its "by" belongs to what is to be done.
            visits = index > 0 and fold(words[index - 1]) in _VISITS
            return Due(index + 1 if visits else index, found.end, found.days)
    return None


def _due_beside(words: list[str], place: int | None, reading: Reading) -> Due | None:
    """A day right after or right before the owner."""
    if place is None:
        return None
    after = _longest_from(words, place + 1, reading)
    if after and (after.end == len(words) or not _means_more(words[after.begin : after.end], at_start=place == 0)):
        return after
    for begin in range(max(place - _LONGEST_DAY, 0), place):
        days = reading.days(words[begin:place])
        if days and not _is_guarded(words, begin):
            return Due(begin, place, days)
    return None


def _means_more(words: list[str], *, at_start: bool) -> bool:
    """Whether day words with more words behind them may be no day: "@me sat with her", "2 weeks of rest"."""
    plain = tidy(" ".join(words))
    if plain in WEEKDAYS:
        return at_start and plain in DAY_WORDS_AND_NAMES
    return bool(_NUMERIC.fullmatch(plain) or _COUNTED.fullmatch(plain))


def _is_guarded(words: list[str], begin: int) -> bool:
    before = next((bare(word) for word in reversed(words[:begin]) if bare(word)), "")
    return before in NOT_AFTER or before in WEEKDAYS


def _recurs(words: list[str], begin: int) -> bool:
    """Whether it may belong to a recurrence that was not understood: "every tuesday then friday"."""
    near = [bare(word) for word in words[max(begin - 4, 0) : begin]]
    return any(
        word in _RECURRING and (after in WEEKDAYS or after.removesuffix("s") in _STEPS)
        for word, after in pairwise(near)
    )


def _due_last(words: list[str], place: int | None, reading: Reading) -> Due | None:
    """A day that ends the line, or only a time such as "2pm" follows it; the owner between does not count."""
    ends = [len(words)]
    for size in (1, 2):
        clock = read_clock(tidy(" ".join(words[-size:])))
        if clock and any(sign in words[-1].lower() for sign in ("am", "pm", ":", "noon")):
            ends.append(len(words) - size - (fold(words[-size - 1]) == "at" if len(words) > size else 0))
    for end in ends:
        for begin in range(max(end - _LONGEST_DAY, 0), end):
            if place is not None and begin <= place < end:
                continue
            days = reading.days(words[begin:end])
            if len(days) == 1 and not is_weak(words[begin:end]) and not _is_guarded(words, begin):
                return None if _recurs(words, begin) else Due(begin, end, days)
    return None


def is_weak(words: list[str]) -> bool:
    """Whether the words, at the end of a line, more often mean something else than a due day."""
    plain = tidy(" ".join(words)).rstrip(ENDING)
    if plain in WEEKDAYS:
        return plain in DAY_WORDS_AND_NAMES - {"mon"}
    if numeric := _NUMERIC.fullmatch(plain):
        return max(int(numeric[1]), int(numeric[2])) <= 12 or "." in plain
    if plain.endswith((" ago", "yesterday")) or plain.startswith(_BEHIND):
        return True
    return bool(_COUNTED.fullmatch(plain))
