"""When a session was: "2-245", "now-45", "yesterday 3pm", "fri 2-3"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from peernote_tui.domain.dates.days import Toward, date_with_year, day_readings, two_days_fit
from peernote_tui.domain.dates.times import LONGEST_DURATION, Clock, read_clock, read_duration
from peernote_tui.domain.dates.words import splits, tidy
from peernote_tui.domain.errors import InvalidInputError

_EXAMPLES = "Two ways that work: 2pm-2:45pm, yesterday 14:00."
_TO = re.compile(r" (?:to|til|till|until) ")
_AND_DURATION = re.compile(r"(.+?)(?: for)? ((?:\d[\d ]{0,3})[ a-z0-9]*|half an hour|an hour)")
_NOW_MINUS = re.compile(r"now-(.+)")
_NEXT_DAY = " the next day"
_LAST = re.compile(r"(?:(?:the )?last )?(.+)")
_MOST_BARE_MINUTES = 120
_WAKING_FROM, _WAKING_LAST, _WAKING_END = time(7), time(21, 59), time(22)
_EVENING_FROM = time(18)
_LONGEST_GUESSED = 10 * 60


@dataclass(frozen=True, slots=True)
class SessionTime:
    """A day with the wall times between which a session took place.

    Attributes:
        day: The day it began.
        start: When it began; None when only the day is known.
        end: When it ended; earlier than `start` when that was after midnight; None when not known.
    """

    day: date
    start: time | None = None
    end: time | None = None

    @property
    def ends_next_day(self) -> bool:
        """Whether it went past midnight."""
        return self.start is not None and self.end is not None and self.end < self.start


def minutes(session: SessionTime) -> int | None:
    """How long it took, in minutes; None while start or end is not known."""
    if session.start is None or session.end is None:
        return None
    return (_minute(session.end) - _minute(session.start)) % (24 * 60)


def is_future(session: SessionTime, now: datetime) -> bool:
    """Whether it begins after `now` (local); with only a day known, whether that day is still to come."""
    if session.start is None:
        return session.day > now.date()
    return datetime.combine(session.day, session.start) > now.replace(tzinfo=None)


def understand_session(text: str, *, now: datetime, day_first: bool | None = None) -> SessionTime:
    """Reads when a session was.

    The day may stand before or after the times, or be missing, which means today. A weekday is the most
    recent one, today included. With a day alone, start and end are None.

    A time without am or pm is read within waking hours, 07:00 to 21:59 (an end may be 22:00), and in the past
    when it can be: "2-245" at 15:00 is 14:00 to 14:45. When morning and evening have both passed, as in
    "yesterday 8-9", it is refused. When nothing has passed, the first reading ahead is taken and the caller
    warns (see `is_future`): "2-245" typed at 08:00 is 14:00 to 14:45. An end after a bare start is moved by
    twelve hours only if that makes at most ten hours. A leading zero or an hour above 12 is the 24-hour
    clock.

    An end before the start is on the next day if the session began at 18:00 or later and takes at most twelve
    hours; typed without a day while that still lies ahead, it is the evening before. "now-45" and "45m" ended
    now; a bare number after "now-" is minutes, up to 120.

    Args:
        text: What was typed.
        now: The local date and time.
        day_first: How numbers such as 5/6 are ordered; without it they are read only when one order fits.

    Raises:
        InvalidInputError: Not understood, two readings fit, or it ends before it starts.
    """
    plain = tidy(text)
    if until_now := _until_now(plain, now):
        return until_now
    if whole_date := date_with_year(plain, today=now.date(), toward=Toward.PAST, day_first=day_first):
        return SessionTime(whole_date)
    found: set[SessionTime] = set()
    refusals: list[InvalidInputError] = []
    for day_text, span_text in splits(plain):
        days = frozenset({now.date()})
        if day_text:
            days = day_readings(day_text, today=now.date(), toward=Toward.PAST, day_first=day_first)
        try:
            for day in days:
                found.update(_sessions(span_text, day, now, day_written=bool(day_text)))
        except InvalidInputError as refusal:
            refusals.append(refusal)
    if len({session.day for session in found}) > 1:
        raise two_days_fit()
    if len(found) > 1:
        raise _two_times_fit()
    if not found:
        raise refusals[0] if refusals else InvalidInputError("This time is not understood.", _EXAMPLES)
    return found.pop()


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _two_times_fit() -> InvalidInputError:
    return InvalidInputError(
        "A morning and an evening both fit these times.", "Add am or pm, for example 8am-9am or 20:00-21:00."
    )


def _ends_before_it_starts() -> InvalidInputError:
    return InvalidInputError(
        "This session ends before it starts, or takes longer than twelve hours.",
        "Two ways that work: 2pm-2:45pm, 22:00-01:00.",
    )


def _until_now(text: str, now: datetime) -> SessionTime | None:
    at = now.replace(tzinfo=None, second=0, microsecond=0)
    if text == "now":
        return SessionTime(at.date(), at.time())
    if match := _NOW_MINUS.fullmatch(text):
        length = read_duration(match[1])
        if length is None and match[1].isdigit() and 1 <= int(match[1]) <= _MOST_BARE_MINUTES:
            length = int(match[1])
    else:
        match = _LAST.fullmatch(text)
        length = read_duration(match[1]) if match else None
    if length is None:
        return None
    try:
        began = at - timedelta(minutes=length)
    except OverflowError:
        return None
    return SessionTime(began.date(), began.time(), at.time())


def _sessions(text: str, day: date, now: datetime, *, day_written: bool) -> Iterable[SessionTime]:
    """The readings of the words beside the day; none when they are no times."""
    if not text:
        return (SessionTime(day),) if day_written else ()
    next_day = _NEXT_DAY in text
    text = text.replace(_NEXT_DAY, "")
    length = None
    if (match := _AND_DURATION.fullmatch(text)) and (length := read_duration(match[2])):
        text = match[1]
    parts = [read_clock(part) for part in _TO.sub("-", text.removeprefix("from ")).split("-")]
    clocks = [part for part in parts if part is not None]
    if len(clocks) != len(parts) or len(clocks) > 2:
        return ()
    options = _options(clocks, length)
    if next_day:
        options = [(start, end) for start, end in options if end is not None and end < start]
    if not options:
        raise _ends_before_it_starts()
    start, end = _chosen(options, day, now)
    session = SessionTime(day, start, end)
    if session.ends_next_day and not day_written and is_future(session, now):
        try:
            session = SessionTime(day - timedelta(days=1), start, end)
        except OverflowError:
            return ()
    return (session,)


def _options(clocks: list[Clock], length: int | None) -> list[tuple[time, time | None]]:
    """Every start and end the clocks can mean, those within waking hours alone if there are any."""
    first, last = clocks[0], clocks[1] if len(clocks) == 2 else None
    options: list[tuple[time, time | None, bool]] = []
    for start in first.readings():
        waking = not first.bare or _WAKING_FROM <= start <= _WAKING_LAST
        if last is None and length is None:
            options.append((start, None, waking))
            continue
        for end in _ends(start, last, length):
            taken = (_minute(end) - _minute(start)) % (24 * 60)
            moved = start != first.face or (last is not None and end != last.face)
            fits = 0 < taken <= (_LONGEST_GUESSED if moved and last else LONGEST_DURATION)
            if not fits or (end < start < _EVENING_FROM) or (length and length != taken):
                continue
            guessed_end = last is not None and last.bare
            same_day = end > start or not (first.bare or guessed_end)
            awake = waking and same_day and (not guessed_end or _WAKING_FROM < end <= _WAKING_END)
            options.append((start, end, awake))
    best = [option for option in options if option[2]] or options
    return [(start, end) for start, end, _ in best]


def _ends(start: time, last: Clock | None, length: int | None) -> tuple[time, ...]:
    if last is not None:
        return last.readings()
    hour, minute = divmod((_minute(start) + (length or 0)) % (24 * 60), 60)
    return (time(hour, minute),)


def _chosen(options: list[tuple[time, time | None]], day: date, now: datetime) -> tuple[time, time | None]:
    past = [option for option in options if not is_future(SessionTime(day, option[0]), now)]
    if len(past) > 1:
        raise _two_times_fit()
    return past[0] if past else min(options, key=lambda option: option[0])
