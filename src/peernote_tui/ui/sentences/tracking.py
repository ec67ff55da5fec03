"""The tracker of actions: views, filters, marks, and the questions its keys ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from peernote_tui.domain.dates import say_day

# Rows

STATUS_TAILS = {"partly": "partly done", "not_yet": "not yet"}
AGAIN_SIGN = "↻"
CLOSED_LATELY = "Done"


def part_of_open(shown: int, total: int) -> str:
    """Say that a long list goes on below, and how to find something in it."""
    return f"The soonest {shown:,} of {total:,}. More come as you go down; / finds by words, F filters."


def part_of_closed(shown: int, total: int) -> str:
    """Say that the history goes on below, and how to find something in it."""
    return f"The last {shown:,} of {total:,}. More come as you go down; / finds by words, F filters."


# What a key did

_BECAME = {
    "done": "Done.",
    "partly": "Partly done.",
    "not_yet": "Not yet.",
    "changed": "Changed.",
    "dropped": "Let go.",
    "open": "Open again.",
}


def actions_settled(status: str, subject: str) -> str:
    """Say what became of one action, or of several; `subject` is from `one_action` or `several_actions`."""
    return f"{_BECAME[status]} {subject}"


def one_action(text: str, name: str) -> str:
    """Name one action: its words and whose it is."""
    return f"{text} ({name})"


def several_actions(count: int) -> str:
    """Count actions that were changed together."""
    return "1 action" if count == 1 else f"{count:,} actions"


def snoozed(subject: str, due: str) -> str:
    """Say until when something was put off; `due` is a day in words, or empty."""
    return f"Now due {due}. {subject}" if due else f"No due day any more. {subject}"


def reassigned(subject: str, who: str) -> str:
    """Say who takes something on now."""
    return f"Taken on by {who}. {subject}"


def edited(subject: str) -> str:
    """Say that an action was changed."""
    return f"Changed as written. {subject}"


def taken_back(subject: str) -> str:
    """Say that a change was taken back."""
    return f"As it was before. {subject}"


FROM_NO_NOTE = "This action was added alone; there is no note to open."
ONE_AT_A_TIME = "This takes one action at a time. Esc clears the marks."


def working_on(count: int) -> str:
    """Say that many are being changed."""
    return f"Changing {count:,} actions…"


# Marks


def marked(count: int) -> str:
    """Count the marked actions."""
    return f"{count:,} marked"


MARKS_WAY = "Esc clears the marks"


def marks_left(count: int) -> str:
    """Say that marked actions are not in the view any more."""
    if count == 1:
        return "1 marked action is not in this view any more; its mark is gone."
    return f"{count:,} marked actions are not in this view any more; their marks are gone."


MARKED_GROUP = "Everything under this heading is marked. * again marks the whole view."


def marked_all(count: int) -> str:
    """Say that everything in the view is marked, also what is further down."""
    return f"All {count:,} in this view are marked. * again clears the marks."


MARKS_CLEARED = "No action is marked any more."

# Filters

FILTERED = "Only"
FILTER_WAY = "Backspace shows all"
FILTER_WHOSE = {"mine": "mine", "theirs": "theirs"}
FILTER_WINDOWS = {
    "overdue": "overdue",
    "today": "due by today",
    "week": "due within 7 days",
    "month": "due within 30 days",
    "no_date": "without a date",
}
FILTER_GONE = "somebody who is not in the vault"
FILTERS_TITLE = "Show only"
FILTERS_ANY = "any"
FILTER_LABELS = {"whose": "Whose", "participant": "Participant", "tag": "Tag", "window": "Due"}
FILTER_TAG_LABEL = "Tag"
FILTER_TAG_HINT = "One tag, without the #. Empty for any."
FILTERS_DIALOG_KEYS = "Enter shows it · Esc changes nothing"
VIEW_NAME_TITLE = "Keep what is shown as a view"
VIEW_NAME_LABEL = "Name"
VIEW_NAME_HINT = "Right and left go to it, beside the other views."
SAVE_VIEW = "keep as a view"
REMOVE_VIEW = "remove this view"
CLEAR_FILTERS = "clear all"


def holds_words(text: str) -> str:
    """Say for which words a list is filtered."""
    return f"“{text}”"


def view_saved(name: str) -> str:
    """Say that a view was kept."""
    return f"“{name}” is kept as a view."


def view_removed(name: str) -> str:
    """Say that a kept view was removed."""
    return f"“{name}” is not a view any more. No action was changed."


# Snooze

SNOOZE = "Snooze"
SNOOZE_TIP = "It waits until another day: tomorrow, or as you say; and why."
SNOOZE_DAY = "Until"
SNOOZE_DAY_HINT = "A day: fri, +1w, 30 nov; or none."
SNOOZE_REASON = "Why"
SNOOZE_REASON_HINT = "Kept in the history of the action. May be left out."
SNOOZE_WAY = "Two ways that work: fri, +1w."
NO_DAY_WORDS = frozenset({"none", "no date", "no day", "never"})
NO_DUE_DAY = "no due day"
DIALOG_KEYS = "Enter goes on · Esc changes nothing"


def quick_days(days: Sequence[tuple[str, str, date]], today: date) -> str:
    """List the quick choices: key, words, and the day they mean."""
    said = ((key, words, say_day(day, today=today)) for key, words, day in days)
    return "   ".join(f"{key} {words}" + (f", {day}" if day != words else "") for key, words, day in said)


QUICK_TOMORROW = "tomorrow"
QUICK_WEEK = "in a week"
QUICK_MONTH = "in a month"

# Words

THEIR_WORDS_TITLE = "What became of it, in their words"
WORDS_LABEL = "Their words"
WORDS_HINT = "One line, as they said it."
WORDS_STATUS = "It is"
WORDS_STATUSES = (
    ("done", "Done"),
    ("partly", "Partly"),
    ("not_yet", "Not yet"),
    ("changed", "Changed"),
    ("dropped", "Let go"),
    ("open", "Open"),
)

# Reassign

REASSIGN = "Who takes it on"
REASSIGN_ME = "me"
REASSIGN_BOTH = "both"
REASSIGN_OTHER = "somebody else"
REASSIGN_THEM = "the participant"
REASSIGN_NAME = "Name"
REASSIGN_NAME_HINT = "Who takes it on, such as Ruth."

# Edit

EDIT_ACTION = "Change action"


def editing(name: str) -> str:
    """Say whose action is changed."""
    return f"Change · {name}"


# History

HISTORY_KEYS = "Esc closes, arrow keys scroll"
_STATUS_WORDS = {
    "open": "open",
    "partly": "partly done",
    "not_yet": "not yet",
    "done": "done",
    "changed": "changed",
    "dropped": "let go",
}
BORN_OF_SERIES = "made when the one before was closed"
TAKEN_BACK_WITH_SERIES = "gone again: that closing was taken back"
BY_YOU = "you"
BY_ANOTHER = "another author"
AGREED_IN_NOTE = "agreed in a note"
ADDED_ALONE = "added alone"
IN_A_NOTE = "in a note"


def event_at(at: datetime, today: date) -> str:
    """When something was done: "Mon 23 Nov 14:52"; the time is local."""
    return f"{say_day(at.date(), today=today)} {at:%H:%M}"


def status_told(status: str) -> str:
    """A status in words."""
    return _STATUS_WORDS[status]


def field_changed(field: str, before: str, after: str) -> str:
    """Say what a field held before and holds now."""
    return f"{field}: {before or 'nothing'} → {after or 'nothing'}"


def said_in_words(words: str) -> str:
    """Quote somebody's words."""
    return f"“{words}”"


def because(reason: str) -> str:
    """Say why something was changed."""
    return f"because: {reason}"


def confidence_of(confidence: int) -> str:
    """How sure the participant is of it, 0 to 10."""
    return f"confidence {confidence}/10"
