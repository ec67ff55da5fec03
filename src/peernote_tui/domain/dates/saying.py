"""Days and times said back in words, in English whatever the locale of the machine."""

from __future__ import annotations

from datetime import date, datetime, time

from peernote_tui.domain.dates.moments import Moment
from peernote_tui.domain.dates.sessions import SessionTime, minutes
from peernote_tui.domain.dates.words import MONTH_NAMES, WEEKDAY_NAMES

_NEAR = {0: "today", 1: "tomorrow", -1: "yesterday"}
_DAYS_COUNTED = 6


def say_day(day: date, *, today: date) -> str:
    """A day: "today", "tomorrow", "yesterday", "Fri 27 Nov", or "Thu 27 Nov 2025" outside this year."""
    return _NEAR.get((day - today).days) or _date(day, today)


def say_session(session: SessionTime, *, today: date) -> str:
    """When a session was: "Mon 23 Nov, 14:00 to 14:45, 45 minutes", with as much as is known."""
    words = _date(session.day, today)
    if session.start is None:
        return words
    words += f", {_clock(session.start)}"
    if session.end is None:
        return words
    next_day = " the next day" if session.ends_next_day else ""
    return f"{words} to {_clock(session.end)}{next_day}, {_counted(minutes(session) or 0, 'minute')}"


def say_moment(moment: Moment, *, today: date) -> str:
    """A planned day and time: "Fri 27 Nov, 14:00", "tomorrow, 10:00", "tomorrow"."""
    words = say_day(moment.day, today=today)
    return words if moment.at is None else f"{words}, {_clock(moment.at)}"


def say_due(day: date, *, today: date) -> str:
    """When something is due: "today", "tomorrow", "Fri 27 Nov" or "2 days overdue"."""
    late = (today - day).days
    return f"{_counted(late, 'day')} overdue" if late > 0 else say_day(day, today=today)


def say_left(due: datetime, now: datetime) -> str:
    """Until when something is due, and how long that is: "today 14:45, in 3 hours", "tomorrow 23:59", "Fri 27 Nov".

    Both must be aware; days are counted in the zone of `now`. What has passed is said as its day and time.
    """
    due = due.astimezone(now.tzinfo)
    days = (due.date() - now.date()).days
    words = f"{say_day(due.date(), today=now.date())} {due:%H:%M}"
    left = (due - now).total_seconds()
    if left < 0 or days > 1:
        return words if left < 0 or days > _DAYS_COUNTED else f"{words}, in {days} days"
    counted = _counted(int(left // 3600), "hour") if left >= 3600 else _counted(int(left // 60), "minute")
    return f"{words}, in {counted}"


def say_ago(then: datetime, now: datetime) -> str:
    """How long ago something was: "just now", "3 minutes ago", "yesterday", "4 days ago", "Fri 6 Nov".

    Both must be aware; days are counted in the zone of `now`. What lies ahead, as after the clock was set
    back, is said as its date.
    """
    then = then.astimezone(now.tzinfo)
    seconds = (now - then).total_seconds()
    days = (now.date() - then.date()).days
    if -60 < seconds < 60:
        return "just now"
    if 0 < seconds < 3600:
        return f"{_counted(int(seconds // 60), 'minute')} ago"
    if seconds > 0 and days == 0:
        return f"{_counted(int(seconds // 3600), 'hour')} ago"
    if days == 1:
        return "yesterday"
    if 1 < days <= _DAYS_COUNTED:
        return f"{days} days ago"
    return _date(then.date(), now.date())


def _date(day: date, today: date) -> str:
    words = f"{WEEKDAY_NAMES[day.weekday()]} {day.day} {MONTH_NAMES[day.month - 1]}"
    return words if day.year == today.year else f"{words} {day.year:04d}"


def _clock(at: time) -> str:
    return f"{at.hour:02d}:{at.minute:02d}"


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
