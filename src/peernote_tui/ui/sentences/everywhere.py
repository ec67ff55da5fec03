"""What is said everywhere: top line, help, fields, lists, questions."""

from __future__ import annotations

# Everywhere

APP_NAME = "PeerNote"
TAB_NAMES = ("Today", "Participants", "Notes", "Actions")
UNDO_HINT = "to undo"
READ_ONLY = "read only"
PALETTE_PROMPT = "What do you want to do?"


def locks_in(seconds: int) -> str:
    """Say when the vault locks, in minutes and seconds."""
    left = max(0, seconds)
    return f"locks in {left // 60}:{left % 60:02d}"


def saved_at(clock: str) -> str:
    """Say when the last word was stored; `clock` is local time such as "14:52"."""
    return f"saved {clock}"


def too_small(columns: int, rows: int, least_columns: int, least_rows: int) -> str:
    """Say how large the terminal must be."""
    return (
        f"This window is {columns} by {rows}. "
        f"PeerNote needs at least {least_columns} by {least_rows}. "
        "Make it larger and everything is as you left it."
    )


def crashed(kind: str, fault: str) -> str:
    """Say that the program had to stop; carries no content."""
    return (
        f"PeerNote had to stop because of a fault of its own ({kind}, {fault}). "
        "What was saved is safe in the vault. Start peernote again to go on."
    )


def leave_without(refusal: str) -> str:
    """Say why what is typed cannot be stored, and how to leave all the same."""
    return f"{refusal} Esc leaves without it."


def quit_without(refusal: str) -> str:
    """Say why what is typed cannot be stored, and how to quit all the same."""
    return f"{refusal} Quitting once more leaves without it."


NAME_TIERS = {
    "full": "whole names",
    "short": "first name and initial",
    "initials": "initials",
    "id": "ID only",
}


def names_shown(tier: str) -> str:
    """Say how much of names is shown from now on."""
    return f"Names shown: {NAME_TIERS[tier]}"


# Help, jump, palette

HELP_TITLE = "Help"
HELP_HERE = "Here"
HELP_SCREEN = "This screen"
HELP_EVERYWHERE = "Everywhere"
HELP_TYPING = "While typing"
HELP_CLOSE = "Esc closes, arrow keys scroll"
JUMP_HINT = "Press a letter to go there, Esc to stay"


def theme_command(name: str) -> str:
    """Name the command that changes the colours."""
    return f"Colours: {name}"


THEME_HELP = {
    "lamplight": "Dark and warm, for indoors and evenings",
    "daylight": "Light, for bright sun",
    "contrast": "Strong contrast",
}


# Fields

OPTIONAL = "May be left out."
OPTIONAL_AFTER = " (may be left out)"


def cut_paste(limit: int) -> str:
    """Say that a paste or typing met the end of a field."""
    return f"This field holds {limit:,} characters. What came after was left out; Ctrl+Z takes it back."


CHOICE_HELP = "Press the number or first letter, or use the left and right arrows. Enter goes on."
TAGS_HELP = (
    "Type to find or add a tag and press Enter. On an empty line a number adds or takes away, "
    "Backspace takes away the last, Ctrl+Z brings it back. Enter goes on."
)
SCALE_HELP = "Press a number from 0 to 10 or use the arrows. Delete leaves it unanswered. Enter goes on."
TAGS_PROMPT = "type a tag"


def tag_enter(tag: str) -> str:
    """Say what Enter will add."""
    return f"Enter adds {tag}, Up keeps what you typed"


# Lists


def count_line(shown: int, total: int) -> str:
    """Say how much of a long answer is shown."""
    if total <= shown:
        return "1 found" if total == 1 else f"{total} found"
    return f"{shown} of {total}, keep typing"


# Confirm


def confirm_keys(yes: str, label: str) -> str:
    """Name the keys of a question that cannot be undone."""
    return f"{yes}  {label}      Esc  No, go back"


NEW_NOTE_OF_HELP = "Begin a case note in this template."


def new_note_of(title: str) -> str:
    """Name the command that begins a note in a template; `title` is that of the template."""
    return f"New note: {title}"
