"""A line said back in words, and written so that it can be typed again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from peernote_tui.domain.action_line.line import ActionLine, Reading
from peernote_tui.domain.action_line.marks import tag_at
from peernote_tui.domain.action_line.owners import name_at, read_owner
from peernote_tui.domain.action_line.parsing import parse_action_line
from peernote_tui.domain.dates import say_day
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.names import first_name
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.recurrence import say_recurrence

_THEM = {Owner.ME: "@me", Owner.BOTH: "@both", Owner.PARTICIPANT: "@them"}


def say_action_line(line: ActionLine, *, today: date, participant_name: str = "") -> str:
    """Says it back: "call housing office · me · Fri 27 Nov · #housing · every Friday"; what is missing is left out.

    The participant is called by first name when `participant_name` is given.
    """
    who = line.owner_name if line.owner is Owner.OTHER else line.owner.value
    if line.owner is Owner.PARTICIPANT and participant_name.strip():
        who = first_name(participant_name)
    parts = [line.text, who]
    if line.due is not None:
        parts.append(say_day(line.due, today=today))
    marks = say_marks(line.tags, line.repeats, line.confidence, today=today)
    return " · ".join([*parts, marks] if marks else parts)


def say_marks(tags: Sequence[str], repeats: str, confidence: int | None, *, today: date | None = None) -> str:
    """What stands beside text, owner and day: "#housing · every Friday · confidence 7 of 10"; may be empty."""
    parts = [" ".join(f"#{tag}" for tag in tags), say_recurrence(repeats, today=today) if repeats else ""]
    parts.append(f"confidence {confidence} of 10" if confidence is not None else "")
    return " · ".join(part for part in parts if part)


def write_action_line(
    line: ActionLine, *, today: date, participant_name: str = "", day_first: bool | None = None
) -> str:
    """The line that, typed with its day kept, means the same again, for editing.

    Text that would be read as more than text stands before a lone `|`.
    """
    marks = [_owner(line, participant_name, Reading(today, day_first))]
    marks += [line.due.isoformat()] if line.due else []
    marks += [line.repeats] if line.repeats else []
    marks += [f"#{tag}" if tag_at(f"#{tag}") == tag else f'#"{tag}"' for tag in line.tags]
    marks += [f"sure:{line.confidence}"] if line.confidence is not None else []
    plain = " ".join([line.text, *marks])
    try:
        again = parse_action_line(
            plain, today=today, participant_name=participant_name, day_first=day_first, kept_due=line.due
        )
    except InvalidInputError:
        again = None
    return plain if again == line else " ".join([line.text, "|", *marks])


def _owner(line: ActionLine, participant_name: str, reading: Reading) -> str:
    if line.owner is not Owner.OTHER:
        return _THEM[line.owner]
    plain = f"@{line.owner_name}"
    try:
        if name_at(plain) == line.owner_name and read_owner(plain, participant_name, reading)[0] is Owner.OTHER:
            return plain
    except InvalidInputError:
        pass
    name = line.owner_name.replace('"', "'")
    return f'@"{name}"'
