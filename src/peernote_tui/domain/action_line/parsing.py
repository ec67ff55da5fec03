"""Reading an action item that is typed in one line."""

from __future__ import annotations

from datetime import date

from peernote_tui.domain.action_line.due import find_due
from peernote_tui.domain.action_line.line import (
    LONGEST_LINE,
    LONGEST_TEXT,
    ActionLine,
    Reading,
    split_words,
)
from peernote_tui.domain.action_line.marks import confidence_in, may_be_tag, tags_of
from peernote_tui.domain.action_line.owners import name_at, owner_place, read_owner
from peernote_tui.domain.action_line.recurring import Recurrence, find_recurrence
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.owner import Owner

_EXAMPLE = "For example: call housing office @me fri"
_TEXT_ENDS = "|"
_STAND_IN = "text"


def parse_action_line(
    text: str,
    *,
    today: date,
    participant_name: str = "",
    day_first: bool | None = None,
    kept_due: date | None = None,
) -> ActionLine:
    """Reads an action item.

    `@me`, `@both`, `@us`, `@her`, `@him`, `@them`, `@participant` or the participant's first name say who;
    any other `@name`, and every name in quotes (`@"Anna Berg"`), is someone else, no `@` the participant. A due day is
    looked for after "by" or "due", beside the `@`, and at the end of the line, in this order, and read toward the
    future. Words that mean other things too (sun, sat, wed, 1/2, 2 weeks) are a day only after "by" or "due" or beside
    the `@`; "24/7" never is, nor is a day after a word such as "for" or "about". A time after the day stays in the
    text.

    `#housing` before or after the text is a tag; within it, and after a word such as "about", it stays a word.
    `sure:7`, `conf:7`, `confidence:7` or "confidence 7/10" is how sure the participant is. A recurrence is read at the
    end of the line, where only a due day and a time may follow, or at its beginning with a comma or colon behind it;
    without a due day its first day is the due day. Left of a lone `|` nothing is looked at, when what is right of it is
    understood to the last word.

    Args:
        text: The line as typed. Runs of spaces become one.
        today: The local day.
        participant_name: Whose first name stands for the participant.
        day_first: Whether 3/4 is 3 April; None refuses what can be read both ways.
        kept_due: The day it is due already: it may lie in the past, and beside a recurrence.

    Raises:
        InvalidInputError: Nothing to do is written, the line is too long, it names two owners or a day as
            owner, or the day has passed, can be read in two ways, or is no day of the recurrence.
    """
    if len(text) > LONGEST_LINE:
        raise _too_long()
    words = split_words(text)
    reading = Reading(today, day_first)
    line = _read_marked(words, reading, participant_name, kept_due)
    if line is None:
        line = _read(words, reading, participant_name, kept_due)
    if not any(character.isalnum() for character in line.text):
        raise InvalidInputError("What is to be done is missing.", _EXAMPLE)
    if len(line.text) > LONGEST_TEXT:
        raise _too_long()
    return line


def _too_long() -> InvalidInputError:
    return InvalidInputError(
        f"This action item is longer than {LONGEST_TEXT} characters.",
        "Keep it to one sentence; details fit the note.",
    )


def _read_marked(words: list[str], reading: Reading, participant_name: str, kept_due: date | None) -> ActionLine | None:
    """A line in which a lone bar ends the text; None where it does not."""
    if _TEXT_ENDS not in words:
        return None
    bar = len(words) - 1 - words[::-1].index(_TEXT_ENDS)
    line = _read([_STAND_IN, *words[bar + 1 :]], reading, participant_name, kept_due)
    if line.text != _STAND_IN:
        return None
    return ActionLine(
        " ".join(words[:bar]), line.owner, line.owner_name, line.due, line.tags, line.confidence, line.repeats
    )


def _read(words: list[str], reading: Reading, participant_name: str, kept_due: date | None) -> ActionLine:
    confidence, taken = confidence_in(words)
    may_be_tags = {place for place in range(len(words)) if place not in taken and may_be_tag(words, place)}
    owner_at = owner_place(words)
    owner, owner_name = Owner.PARTICIPANT, ""
    if owner_at is not None:
        owner, owner_name = read_owner(words[owner_at], participant_name, reading)
    owners = {place for place, word in enumerate(words) if name_at(word)}
    free = [place for place in range(len(words)) if place not in taken and place not in may_be_tags]
    found = find_recurrence(words, [place for place in free if place not in owners], owner_at, reading)
    if found is not None:
        free = [place for place in free if place not in found.places]
    place = free.index(owner_at) if owner_at is not None else None
    due = find_due([words[each] for each in free], place, reading)
    dated = {free[index] for index in range(due.begin, due.end)} if due else set()
    kept = [place for place in free if place not in owners and place not in dated]
    tags = {place for place in may_be_tags if not kept or not kept[0] < place < kept[-1]}
    day, repeats = _when(due.day if due else None, found, reading, kept_due)
    return ActionLine(
        " ".join(words[place] for place in sorted({*kept, *may_be_tags} - tags)),
        owner,
        owner_name,
        day,
        tags_of(words[place] for place in sorted(tags)),
        confidence,
        repeats,
    )


def _when(
    day: date | None, found: Recurrence | None, reading: Reading, kept_due: date | None
) -> tuple[date | None, str]:
    """The due day and the rule."""
    is_kept = day is not None and day == kept_due
    if day is not None and day < reading.today and not is_kept:
        raise InvalidInputError("This due day has passed.", "Two ways that work: fri, +2w.")
    if found is None:
        return day, ""
    try:
        series = found.series(reading, day)
    except InvalidInputError:
        if not is_kept:
            raise
        # Put off once, it stays where it was put; the next one is a day of the rule again.
        series = found.series(reading, None)
    return day or series.first, series.rule
