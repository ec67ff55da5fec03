"""Today's further sections, and the end of day sweep."""

from __future__ import annotations

from collections.abc import Sequence

# Today

PEOPLE_TO_CALL = "People to call"
BACKUP = "Backup"
NO_NUMBER = "no number on their page"
BACKUP_LINE = "The last good backup"
MEETING_NOT_HELD = "Did not take place"
CARD_KEYS = "n writes down the call, v another day, o their page, Esc goes back."
_HOURS_SAID = 48
_PUT_OFF = {"partly": "Partly done", "not_yet": "Not yet"}
_CALL_WHY = {"planned": "call planned", "missed": "did not come"}


def time_left(hours: int, minutes: int) -> str:
    """Say how much time is left: "in 3 hours", "in 20 minutes"; nothing from two days on."""
    if hours >= _HOURS_SAID:
        return ""
    count, unit = (hours, "hour") if hours else (minutes, "minute")
    return f"in {count} {unit}" if count == 1 else f"in {count} {unit}s"


def end_of_day_hint(count: int) -> str:
    """Offer the sweep beside the day."""
    return f"e walks through {'1 thing' if count == 1 else f'{count} things'}"


def call_why(why: str, when: str) -> str:
    """Say why somebody is to be called; `when` is such as "15:00" or "Fri 20 Nov", or empty."""
    return f"{_CALL_WHY[why]} {when}".strip()


def backup_line(age: str) -> str:
    """Say how old the last good backup is, as a line of Today; `age` is such as "4 days ago"."""
    return f"{BACKUP_LINE} was made {age}."


def put_off(status: str, text: str, name: str) -> str:
    """Say that an action item is partly or not yet done, and waits until tomorrow."""
    return f"{_PUT_OFF[status]}, due tomorrow. {text} ({name})"


# The sweep

SWEEP = "End of day"
SWEEP_TIP = "Walk through the day: contacts without a note, drafts, actions due, people to call, until nothing is left."
SWEPT_CLEAN = "Nothing is left."
SWEPT_HINT = "Esc goes back to Today."
OWED_TITLES = {
    "contact": "What became of this meeting?",
    "draft": "This note waits for your signature",
    "group": "This group session is not finished",
    "action": "What became of this action?",
    "call": "Was there a call?",
    "consent": "This consent wants looking after",
    "backup": "There is no backup of the last days",
}
SWEEP_AGAIN = "It was skipped before: k leaves it for tomorrow."
_KINDS = {
    "contact": ("meeting without a note", "meetings without a note"),
    "draft": ("draft", "drafts"),
    "group": ("group session", "group sessions"),
    "action": ("action", "actions"),
    "call": ("call", "calls"),
    "consent": ("consent", "consents"),
    "backup": ("backup", "backups"),
}


_WAYS = {
    "open": "go to it",
    ("contact", "open"): "write the note now",
    ("draft", "open"): "open it, to finish and sign",
    ("group", "open"): "open it, to finish it",
    ("call", "open"): "write down the call",
    ("consent", "open"): "record what they say",
    ("backup", "open"): "go to Backups; m makes one there",
    "no_show": "they did not come: the no-show note",
    "move": "move it to another day",
    ("call", "move"): "try on another day",
    "cancel": "cancel it: say why",
    "aside": "put it aside; it is kept for 30 days",
    "done": "it is done",
    "partly": "it is partly done, the rest tomorrow",
    "not_yet": "not yet, tomorrow",
    "snooze": "snooze, until tomorrow or another day",
    "drop": "let it go",
}


def sweep_way(kind: str, act: str) -> str:
    """Say what a key does with what is in front."""
    return _WAYS.get((kind, act)) or _WAYS[act]


def due_said(left: str) -> str:
    """Say until when a note is to be signed; `left` is such as "today 14:45, in 3 hours"."""
    return f"due {left}"


def sweep_progress(number: int, total: int) -> str:
    """Say how far one is."""
    return f"{number} of {total}"


def left_for_tomorrow(kinds: Sequence[str]) -> str:
    """Say what is left for tomorrow, counted by kind."""
    counted = [(kinds.count(kind), words) for kind, words in _KINDS.items() if kind in kinds]
    told = ", ".join(f"{count} {one if count == 1 else more}" for count, (one, more) in counted)
    return f"Left for tomorrow: {told}."


def still_to_come(meetings: Sequence[str]) -> str:
    """Name what is planned for later today; each such as "19:00 Maria S."; nothing for none."""
    return f"Still to come today: {', '.join(meetings)}." if meetings else ""


def done_today(notes: int, actions: int) -> str:
    """Say what was done today; nothing when that is nothing."""
    parts = [f"{notes} {'note' if notes == 1 else 'notes'} signed"] if notes else []
    parts += [f"{actions} {'action' if actions == 1 else 'actions'} done"] if actions else []
    return f"Today: {', '.join(parts)}." if parts else ""
