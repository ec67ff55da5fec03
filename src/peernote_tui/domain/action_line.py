"""One action item typed in one line: "call housing office @me fri"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from peernote_tui.domain.dates import Toward, say_day
from peernote_tui.domain.dates.days import day_readings, two_days_fit
from peernote_tui.domain.dates.times import read_clock
from peernote_tui.domain.dates.words import WEEKDAYS, tidy
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.names import LONGEST_NAME, first_name, fold
from peernote_tui.domain.owner import Owner

LONGEST_LINE = 1000
"""Characters; an action item is one sentence."""

_OWNER = re.compile(r"@([^\W\d_][\w.'’-]*?)[.,;:!?]*")
_OWNER_WORDS = {
    "me": Owner.ME, "myself": Owner.ME, "both": Owner.BOTH, "us": Owner.BOTH, "we": Owner.BOTH,
    "her": Owner.PARTICIPANT, "him": Owner.PARTICIPANT, "them": Owner.PARTICIPANT, "she": Owner.PARTICIPANT,
    "he": Owner.PARTICIPANT, "they": Owner.PARTICIPANT, "participant": Owner.PARTICIPANT,
}  # fmt: skip
_LONGEST_DAY = 5
_DAY_WORDS_AND_NAMES = {"sun", "sat", "wed", "weds", "mon"}
_NOT_AFTER = frozenset(
    {
        "about", "after", "all", "and", "any", "or", "ash", "before", "between", "black", "cyber", "during", "each",
        "easter", "every", "for", "from", "good", "her", "his", "its", "my", "of", "our", "palm", "since", "some",
        "than", "that", "the", "their", "these", "this", "those",
        "through", "til", "till", "to", "until", "what", "when",
        "with", "without", "your",
    }
)  # fmt: skip
_VISITS = frozenset({"come", "drive", "drop", "go", "pass", "stop", "swing", "walk"})
_NUMERIC = re.compile(r"(\d{1,2})[/.](\d{1,2})")
_COUNTED = re.compile(r"(?:\d+|a|an|one|two|three|four|six) ?(?:d|days?|w|wks?|weeks?|m|mo|months?)")
_BEHIND = ("last ", "-")
_ENDING = ".,;:!?"


@dataclass(frozen=True, slots=True)
class ActionLine:
    """What is to be done, who does it (`owner_name` when it is someone else), and by which day."""

    text: str
    owner: Owner
    owner_name: str = ""
    due: date | None = None
    tags: tuple[str, ...] = ()
    confidence: int | None = None
    repeats: str = ""


@dataclass(frozen=True, slots=True)
class _Due:
    """The words from `begin` up to `end` say a due day, or more than one."""

    begin: int
    end: int
    days: frozenset[date]


@dataclass(frozen=True, slots=True)
class _Reading:
    """How days are read."""

    today: date
    day_first: bool | None


def parse_action_line(
    text: str, *, today: date, participant_name: str = "", day_first: bool | None = None
) -> ActionLine:
    """Reads an action item.

    `@me`, `@both`, `@us`, `@her`, `@him`, `@them`, `@participant` or the participant's first name say who;
    any other `@name` is someone else, no `@` the participant. A due day is looked for after "by" or "due",
    beside the `@`, and at the end of the line, in this order, and read toward the future. Words that mean
    other things too (sun, sat, wed, 1/2, 2 weeks) are a day only after "by" or "due" or beside the `@`;
    "24/7" never is, nor is a day after a word such as "for" or "about". A time after the day stays in the text.

    Args:
        text: The line as typed. Runs of spaces become one.
        today: The local day.
        participant_name: Whose first name stands for the participant.
        day_first: Whether 3/4 is 3 April; None refuses what can be read both ways.

    Raises:
        InvalidInputError: Nothing to do is written, the line is too long, it names two owners or a day as
            owner, or the day has passed or can be read in two ways.
    """
    if len(text) > LONGEST_LINE:
        raise InvalidInputError("This action item is too long.", "Keep it to one sentence; details fit the note.")
    words = text.split()
    reading = _Reading(today, day_first)
    place = _owner_place(words)
    owner, owner_name = Owner.PARTICIPANT, ""
    if place is not None:
        owner, owner_name = _owner(_name_at(words[place]), participant_name, reading)
    due = _due_said(words, reading) or _due_beside(words, place, reading) or _due_last(words, place, reading)
    taken = range(due.begin, due.end) if due else range(0)
    rest = " ".join(word for index, word in enumerate(words) if index not in taken and not _name_at(word))
    if not any(character.isalnum() for character in rest):
        raise InvalidInputError("What is to be done is missing.", "For example: call housing office @me fri")
    day = _one(due.days) if due else None
    if day and day < today:
        raise InvalidInputError("This due day has passed.", "Two ways that work: fri, +2w.")
    return ActionLine(rest, owner, owner_name, day)


def say_action_line(line: ActionLine, *, today: date, participant_name: str = "") -> str:
    """Says it back: "call housing office · me · Fri 27 Nov"; a missing day is left out.

    The participant is called by first name when `participant_name` is given.
    """
    who = line.owner_name if line.owner is Owner.OTHER else line.owner.value
    if line.owner is Owner.PARTICIPANT and participant_name.strip():
        who = first_name(participant_name)
    parts = [line.text, who]
    if line.due is not None:
        parts.append(say_day(line.due, today=today))
    return " · ".join(parts)


def _name_at(word: str) -> str:
    match = _OWNER.fullmatch(word)
    return "" if match is None or match[1].endswith(("'s", "’s")) else match[1]


def _owner_place(words: list[str]) -> int | None:
    places = [index for index, word in enumerate(words) if _name_at(word)]
    if len({fold(_name_at(words[index])) for index in places}) > 1:
        raise InvalidInputError("Two people stand after @.", "Name one, or write @both for the participant and you.")
    return places[-1] if places else None


def _owner(name: str, participant_name: str, reading: _Reading) -> tuple[Owner, str]:
    folded = fold(name)
    if participant_name.strip() and folded == fold(first_name(participant_name)):
        return Owner.PARTICIPANT, ""
    if folded in _OWNER_WORDS:
        return _OWNER_WORDS[folded], ""
    if folded not in _DAY_WORDS_AND_NAMES and _days([name], reading):
        raise InvalidInputError("After @ comes who does it, not when.", "For example: call housing office @me fri")
    if len(name) > LONGEST_NAME:
        raise InvalidInputError(
            f"The name after @ is longer than {LONGEST_NAME} characters.", "Use a shorter form of it."
        )
    return Owner.OTHER, name


def _days(words: list[str], reading: _Reading) -> frozenset[date]:
    plain = tidy(" ".join(words))
    found = day_readings(plain, today=reading.today, toward=Toward.FUTURE, day_first=reading.day_first)
    if not found and plain.endswith(tuple(_ENDING)):
        found = day_readings(
            plain.rstrip(_ENDING), today=reading.today, toward=Toward.FUTURE, day_first=reading.day_first
        )
    return frozenset() if plain.rstrip(_ENDING) == "24/7" else found


def _one(days: frozenset[date]) -> date:
    if len(days) > 1:
        raise two_days_fit()
    return next(iter(days))


def _longest_from(words: list[str], begin: int, reading: _Reading) -> _Due | None:
    for end in range(min(begin + _LONGEST_DAY, len(words)), begin, -1):
        if days := _days(words[begin:end], reading):
            return _Due(begin, end, days)
    return None


def _due_said(words: list[str], reading: _Reading) -> _Due | None:
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
            return _Due(index + 1 if visits else index, found.end, found.days)
    return None


def _due_beside(words: list[str], place: int | None, reading: _Reading) -> _Due | None:
    """A day right after or right before the owner."""
    if place is None:
        return None
    after = _longest_from(words, place + 1, reading)
    if after and (after.end == len(words) or not _means_more(words[after.begin : after.end], at_start=place == 0)):
        return after
    for begin in range(max(place - _LONGEST_DAY, 0), place):
        days = _days(words[begin:place], reading)
        if days and not _is_guarded(words, begin):
            return _Due(begin, place, days)
    return None


def _means_more(words: list[str], *, at_start: bool) -> bool:
    """Whether day words with more words behind them may be no day: "@me sat with her", "2 weeks of rest"."""
    plain = tidy(" ".join(words))
    if plain in WEEKDAYS:
        return at_start and plain in _DAY_WORDS_AND_NAMES
    return bool(_NUMERIC.fullmatch(plain) or _COUNTED.fullmatch(plain))


def _is_guarded(words: list[str], begin: int) -> bool:
    if begin == 0:
        return False
    word = fold(words[begin - 1]).strip(_ENDING + "'\"(")
    return word in _NOT_AFTER or word in WEEKDAYS


def _due_last(words: list[str], place: int | None, reading: _Reading) -> _Due | None:
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
            days = _days(words[begin:end], reading)
            if len(days) == 1 and not _is_weak(words[begin:end]) and not _is_guarded(words, begin):
                return _Due(begin, end, days)
    return None


def _is_weak(words: list[str]) -> bool:
    """Whether the words, at the end of a line, more often mean something else than a due day."""
    plain = tidy(" ".join(words)).rstrip(_ENDING)
    if plain in WEEKDAYS:
        return plain in _DAY_WORDS_AND_NAMES - {"mon"}
    if numeric := _NUMERIC.fullmatch(plain):
        return max(int(numeric[1]), int(numeric[2])) <= 12 or "." in plain
    if plain.endswith((" ago", "yesterday")) or plain.startswith(_BEHIND):
        return True
    return bool(_COUNTED.fullmatch(plain))
