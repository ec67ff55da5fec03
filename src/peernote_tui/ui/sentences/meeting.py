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
CANCEL_WHY = "Because"
CANCEL_HINT = "A few words, such as “ill” or “asked for another week”. Whoever did not come gets a no-show note: o."
PLAN_TAKEN_BACK = "Taken back: this meeting is not planned any more."
OUTCOME_TITLE = "The meeting did not take place"
OUTCOME_WAYS = (
    ("o", "They did not come: write the no-show note"),
    ("v", "Move it to another day"),
    ("d", "Cancel it: say why"),
)
OUTCOME_KEYS = "o, v or d chooses, Esc goes back."
PLANNED_TOPICS = "Planned to talk about"


def meeting_with(name: str, *, moving: bool) -> str:
    """Head the form: with whom it is; `name` is theirs as far as it may be seen."""
    return f"Move the meeting with {name}" if moving else f"Plan a meeting with {name}"


def cancel_title(name: str) -> str:
    """Head the question why a meeting is cancelled."""
    return f"Cancel the meeting with {name}"


def meeting_planned(name: str, when: str) -> str:
    """Say for when a meeting was planned; `when` is such as "Fri 27 Nov, 14:00"."""
    return f"A meeting with {name} is planned for {when}."


def meeting_moved(name: str, when: str) -> str:
    """Say to when a meeting was moved."""
    return f"The meeting with {name} is moved to {when}."


def meeting_cancelled(name: str) -> str:
    """Say that a meeting is cancelled."""
    return f"The meeting with {name} is cancelled and wants no note."


def meeting_back(name: str) -> str:
    """Say that a change of a meeting was taken back."""
    return f"The meeting with {name} is as it was before."


def meeting_near(at: str, name: str) -> str:
    """Tell of another meeting at about that time; it keeps nobody from planning."""
    return f"At {at} there is a meeting with {name} already."


def meetings_counted(total: int, passed: int) -> str:
    """Count the open meetings, and those that passed without a note."""
    return f"{total} planned" + (f" · {passed} without a note" if passed else "")


def meetings_shown(shown: int, total: int) -> str:
    """Say that a list was cut off."""
    return f"The first {shown} of {total} are shown."
