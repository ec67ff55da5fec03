"""Meetings: the list, the form that plans one, and what became of it."""

from __future__ import annotations

MEETINGS_PLACE = "Meetings"
MEETINGS_TIP = "Everything that is planned, by day; what passed without a note first. Plan, move and cancel."
MEETINGS_EMPTY = "Nothing is planned. f plans a meeting; step 5 of a note does, too."
PASSED_WITHOUT_NOTE = "No note yet"
NO_TIME = "any time"
DRAFT_BEGUN = "draft"
NO_NOTE_IN_SHORT = "no note"
PLAN_TIP = "Plan a meeting: when, how, where, what about."
MOVE_TIP = "Give the highlighted meeting another time, way, place or topics."
CANCEL_TIP = "The highlighted meeting will not take place, or did not: say why."
MISSED_TIP = "They did not come: begin the no-show note of the highlighted meeting."
MEETING_WHEN = "When, how"
MEETING_WHEN_HINT = "fri 2pm · tue 10 video · 30 nov phone"
MEETING_PLACE_LABEL = "Where"
MEETING_TOPICS = "Topics"
MEETING_TOPICS_HINT = "What you mean to talk about; their consent covers it."
MEETING_REASON = "Why moved"
MEETING_REASON_HINT = "A few words, such as “ill”; stays with the meeting."
MEETING_KEYS = "Enter goes on, F2 keeps it, Esc changes nothing"
CANCEL_TITLE = "Cancel the meeting"
CANCEL_WHY = "Because"
CANCEL_HINT = "A few words, such as “ill” or “asked for another week”. Whoever did not come gets a no-show note: o."
MEETING_PLANNED = "Planned."
MEETING_MOVED = "Moved."
MEETING_CANCELLED = "Cancelled. It wants no note any more."
PLAN_TAKEN_BACK = "Taken back: this meeting is not planned any more."
MOVE_TAKEN_BACK = "Taken back: the meeting is planned as before."
CANCEL_TAKEN_BACK = "Taken back: the meeting is planned again."
PLANNED_TOPICS = "Planned to talk about"


def meeting_with(name: str, *, moving: bool) -> str:
    """Head the form: with whom it is; `name` is theirs as far as it may be seen."""
    return f"Move the meeting with {name}" if moving else f"Plan a meeting with {name}"


def meeting_near(at: str, name: str) -> str:
    """Tell of another meeting at about that time; it keeps nobody from planning."""
    return f"At {at} there is a meeting with {name} already."


def meetings_counted(total: int, passed: int) -> str:
    """Count the open meetings, and those that passed without a note."""
    return f"{total} planned" + (f" · {passed} without a note" if passed else "")


def meetings_shown(shown: int, total: int) -> str:
    """Say that a list was cut off."""
    return f"The first {shown} of {total} are shown."
