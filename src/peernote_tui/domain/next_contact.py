"""The next contact as it is typed and said back: a day, perhaps a time, and perhaps how, such as "fri 14:00 phone"."""

from __future__ import annotations

import re
from datetime import date, datetime

from peernote_tui.domain.dates import Moment, Toward, say_moment, understand_moment
from peernote_tui.domain.dates.words import tidy
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.note import Mode, NextContact

_EXAMPLES = "Two ways that work: fri 2pm, 30 nov 14:00 phone."
_MODES = {
    "phone": Mode.PHONE,
    "telephone": Mode.PHONE,
    "call": Mode.PHONE,
    "video": Mode.VIDEO,
    "text": Mode.TEXT,
    "sms": Mode.TEXT,
    "in person": Mode.IN_PERSON,
    "in-person": Mode.IN_PERSON,
    "face to face": Mode.IN_PERSON,
}
_HOW = re.compile(rf"(?<!\S)(?:(?:by|on|via)(?: the)? )?({'|'.join(_MODES)})(?!\S)")


def understand_contact(text: str, *, now: datetime, day_first: bool | None = None) -> NextContact:
    """Reads when two meet next, and how where that is said; days and times as by `understand_moment`.

    Args:
        text: What was typed.
        now: The local date and time.
        day_first: How numbers such as 5/6 are ordered.

    Raises:
        InvalidInputError: Not understood, or to be read in two ways.
    """
    # What is too long or no plain text is left to the dates, which say so.
    plain = tidy(text) or text
    found = {_MODES[how] for how in _HOW.findall(plain)}
    if len(found) > 1:
        raise InvalidInputError("This names two ways to be in contact.", _EXAMPLES)
    rest = " ".join(_HOW.sub(" ", plain).split()) if found else plain
    if found and not rest:
        raise InvalidInputError("How is understood, the day is missing.", _EXAMPLES)
    moment = understand_moment(rest, now=now, toward=Toward.FUTURE, day_first=day_first)
    return NextContact(day=moment.day, at=moment.at, mode=next(iter(found), None))


def contact_text(planned: NextContact) -> str:
    """The text that stands in a box for a next contact; it means the same on any later day."""
    at = f"{planned.at:%H:%M}" if planned.at else ""
    return " ".join(part for part in (planned.day.isoformat(), at, say_mode(planned.mode)) if part)


def say_contact(planned: NextContact, *, today: date) -> str:
    """A next contact in words: "Fri 27 Nov, 14:00, phone"."""
    how = say_mode(planned.mode)
    return say_moment(Moment(planned.day, planned.at), today=today) + (f", {how}" if how else "")


def say_mode(mode: Mode | None) -> str:
    """How a contact is, in words; empty when that was not said."""
    return mode.value.replace("_", " ") if mode else ""
