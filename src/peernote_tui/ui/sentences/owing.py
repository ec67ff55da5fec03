"""Actions and Today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from peernote_tui.ui.sentences.everywhere import UNDO_HINT
from peernote_tui.ui.sentences.writing import EMERGENCY_MARK, things_missing

# Actions

SHOW = "Show"
FILTER = "Filter"
FILTER_HELP = "Only action items that hold these words, in what is to be done or in a name. Enter keeps them."
ACTION_VIEWS = {"all": "All", "due": "Due", "mine": "Mine", "theirs": "Theirs", "done": "Done"}
DUE_GROUPS = {
    "overdue": "Overdue",
    "today": "Today",
    "this_week": "This week",
    "later": "Later",
    "no_date": "No date",
}
STATUS_WORDS = {"done": "done", "changed": "changed", "dropped": "let go"}
ADD_ACTION = "New action"
ADD_ACTION_HINT = "@me, @both or a name says who, a day says by when."
_SETTLED = {"done": "Done.", "partly": "Partly done.", "dropped": "Let go.", "open": "Open again."}
_NO_ACTIONS = {
    "all": "Nothing is open, and nothing was done lately. Press a to add an action.",
    "due": "Nothing with a date is open. Press a to add an action, or the right arrow for the other views.",
    "mine": "Nothing is open that you take on. Press a to add an action.",
    "theirs": "Nothing is open that somebody else takes on. Press a to add an action.",
    "done": "Nothing is done yet. What you finish with space is kept here.",
}


def no_actions(view: str, *, filtered: bool) -> str:
    """Say that a view of the actions is empty."""
    return (
        "No action answers to this filter. Backspace shows all; / and F change it." if filtered else _NO_ACTIONS[view]
    )


def open_overdue(open_count: int, overdue: int) -> str:
    """Count the open actions and the overdue ones."""
    return f"{open_count:,} open" + (f" · {overdue:,} overdue" if overdue else "")


def action_for(name: str) -> str:
    """Say for whom a new action is."""
    return f"For {name}"


def action_added(text: str, name: str) -> str:
    """Say that an action was added."""
    return f"Added. {text} ({name})"


def settled(status: str, text: str, name: str) -> str:
    """Say what became of an action; `status` is such as "done"."""
    return f"{_SETTLED[status]} {text} ({name})"


def undone(text: str) -> str:
    """Say that a change was taken back."""
    return f"As it was before. {text}"


def u_to_undo() -> str:
    """Name the key that takes a change back."""
    return f"u {UNDO_HINT}"


def capital(words: str) -> str:
    """Begin a heading with a capital letter."""
    return words[:1].upper() + words[1:]


# Today

NOTES_TO_FINISH = "Notes to finish"
ACTIONS_DUE = "Actions due"
MEETINGS = "Meetings"
NO_NOTE_FOR = "no note yet"
READY_TO_SIGN = "ready to sign"
NOTHING_OWED = "Nothing is waiting today. Ctrl+N begins a case note."
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_parts(day: date) -> tuple[str, int, str]:
    """Weekday, day of the month and month of a day, in English whatever the locale of the machine."""
    return _WEEKDAYS[day.weekday()], day.day, _MONTHS[day.month - 1]


def day_heading(day: date) -> str:
    """Head the page: "Monday 23 November"."""
    weekday, number, month = day_parts(day)
    return f"{weekday} {number} {month}"


def first_day(name: str) -> str:
    """Welcome somebody to an empty vault; `name` is the peer supporter's."""
    return (
        f"Welcome, {name}. This page shows what is waiting: notes to finish, actions due, meetings.\n\n"
        "2 goes to Participants, to add the first one. Ctrl+N begins a case note."
    )


def notes_this_week(count: int, late: int) -> str:
    """Count the notes signed this week, and how many of them were late."""
    if not count:
        return "no notes this week"
    notes = "1 note" if count == 1 else f"{count} notes"
    return f"{notes} this week · " + (f"{late} late" if late else "all on time")


def step_in_short(number: int, total: int) -> str:
    """Say where a draft was left, in a few cells."""
    return f"step {number} of {total}"


def draft_standing(step: str, missing: Sequence[str], ago: str, *, emergency: bool = False) -> str:
    """Say where a draft stands: the step's title, what is missing, when it was begun ("2 hours ago").

    A draft that is written without consent, for an emergency, says so first.
    """
    lacking = missing[0].rstrip(".") if len(missing) == 1 else things_missing(len(missing)) or READY_TO_SIGN
    return f"{f'{EMERGENCY_MARK} · ' if emergency else ''}{step} · begun {ago} · {lacking}"


def late_since(when: str) -> str:
    """Say since when a note is late; `when` is such as "14:45" or "Sun"."""
    return f"late since {when}"


def for_when(when: str) -> str:
    """Say for which contact a note is waited for; `when` is such as "11:00" or "Sun 11:00"."""
    return f"for {when}"


def draft_aside(name: str) -> str:
    """Say that a draft was put aside."""
    return f"The draft for {name} is put aside."


def draft_back(name: str) -> str:
    """Say that a draft was brought back."""
    return f"The draft for {name} is back."
