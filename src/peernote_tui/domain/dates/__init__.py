"""Days and times as peer supporters type them, and said back in words.

Everything here is pure: what day or moment it is now is passed in. Days and times are wall times, so clock
changes do not matter. A reading that is not certain is refused with `InvalidInputError`; the sentence never
repeats what was typed.
"""

from __future__ import annotations

from peernote_tui.domain.dates.births import Birth, Precision, age_words, understand_birth
from peernote_tui.domain.dates.days import Toward, understand_day
from peernote_tui.domain.dates.moments import Moment, understand_moment
from peernote_tui.domain.dates.saying import say_ago, say_day, say_due, say_left, say_moment, say_session
from peernote_tui.domain.dates.sessions import SessionTime, is_future, minutes, understand_session
from peernote_tui.domain.dates.times import understand_time

__all__ = [
    "Birth",
    "Moment",
    "Precision",
    "SessionTime",
    "Toward",
    "age_words",
    "is_future",
    "minutes",
    "say_ago",
    "say_day",
    "say_due",
    "say_left",
    "say_moment",
    "say_session",
    "understand_birth",
    "understand_day",
    "understand_moment",
    "understand_session",
    "understand_time",
]
