"""Every sentence a person can read on screen, so that its tone can be heard in one sitting.

Calm and plain: no exclamation marks, no blame, no jargon. A sentence says what is and what to press.
"""

from __future__ import annotations

# Everywhere

APP_NAME = "PeerNote"
TAB_NAMES = ("Today", "Participants", "Notes", "Actions")
UNDO_HINT = "to undo"
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


def scale_range(low: str, high: str) -> str:
    """Explain a 0 to 10 scale."""
    return f"0 is {low}, 10 is {high}. Press a number, or Delete for no answer."


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


# Wizard

REVIEW_AND_SIGN = "Review and sign"


def things_missing(count: int) -> str:
    """Say how many answers a step still needs; empty for none."""
    if count <= 0:
        return ""
    return "1 thing missing" if count == 1 else f"{count} things missing"


def step_of(number: int, total: int) -> str:
    """Say which step this is."""
    return f"Step {number} of {total}"


# Confirm


def confirm_keys(yes: str, label: str) -> str:
    """Name the keys of a question that cannot be undone."""
    return f"{yes}  {label}      Esc  No, go back"

# Participants and their briefing

OTHER = "other"
LAST_TIME = "Last time"
OPEN_ACTIONS = "Open actions"
OWN_WORDS = "In their words"
STRENGTHS = "Strengths"
HOW_ARE_THINGS = "How are things, 0 to 10"
NEXT_CONTACT = "Next contact"
CONSENT = "Consent"
NO_NOTE_YET = "No note yet."
CONSENT_HOW = {
    "verbal": "verbal",
    "written": "written",
    "witnessed": "witnessed",
    "paper": "paper on file",
}


def last_time(day: str) -> str:
    """Head the pane's first section; `day` is such as "Mon 16 Nov"."""
    return f"{LAST_TIME}, {day}"


def what_helped(techniques: str) -> str:
    """Name what the peer supporter did last time."""
    return f"You did: {techniques}"


def and_more(count: int) -> str:
    """Say how many lines were left out."""
    return f"and {count} more"


def until(day: str) -> str:
    """Say when a consent ends."""
    return f"until {day}"


def consent_lacking(standing: str, day: str) -> str:
    """Say why notes may not be written; `standing` is none, expired or withdrawn."""
    if standing == "expired":
        return f"consent to notes ended {day}"
    if standing == "withdrawn":
        return f"consent to notes withdrawn {day}"
    return "no consent to notes on file"


# The door

FOLDER_UNREADABLE = "The vault's folder cannot be read. Check its permissions, then start peernote again."

# The guided note

NEW_NOTE = "New note"
ACTION_EXAMPLE = "call housing office @me fri"
THEIR_WORDS = "a line of their own words"
OUTCOMES = (
    ("done", "Done"),
    ("partly", "Partly"),
    ("not_yet", "Not yet"),
    ("changed", "Changed"),
    ("dropped", "Dropped"),
)
ACTION_ROWS_HELP = (
    "Type what was agreed, who does it and by when: call housing office @me fri. "
    "@me, @both, @them or a name say who; a day at the end says by when. Enter adds the line, "
    "Enter on an empty line goes on. Up goes to the rows: Enter edits, x takes out, u brings back."
)
ACTION_REVIEWS_HELP = (
    "For each action press a number or a first letter, then Enter and a line of their own words. "
    "What you say here lands in the note and in the action items when you sign."
)
CONSENT_CHOICES = (
    ("verbal", "Verbal"),
    ("written", "Written"),
    ("paper", "Paper on file"),
    ("emergency", "Emergency, no consent"),
)
CONSENT_HELP = (
    "Nothing may be written about anyone who has not said yes. Choose how they agreed and press Enter: "
    "it is recorded with today's date. In an emergency say why; the reason stays in the note."
)
CONSENT_ASKED = "No consent to write notes is on file. How did they agree?"
CONSENT_FIRST = "Before any words: record their consent, or an emergency reason."
CONSENT_ENTER = "Enter records it with today's date"
EMERGENCY_LABEL = "Emergency"
EMERGENCY_HINT = "Why this is written without consent. The reason stays in the note."
END_MISSING = "no end time yet"
START_MISSING = "no start time yet"
FUTURE_SESSION = "this lies in the future"
LAST_STEP = "This is the last step. F2 goes to review."
SAVING = "saving …"
OTHER_WORDS = "other words"
REVIEW_MISSING = "Still missing"
REVIEW_READY = "Everything is here. F8 signs it; then it is frozen."
REVIEW_LOOK_TWICE = "Look twice"
REVIEW_WORDS = "Words"
LATE_LABEL = "Late entry"
LATE_HINT = "This note is signed after it was due. Say why in a few words; it stays in the note."
YES_NO = (("yes", "Yes"), ("no", "No"))


def signed(name: str, clock: str) -> str:
    """Say that a note was signed."""
    return f"Signed {clock}. The note for {name} is frozen and its actions are on the list."


def not_yet_signed(count: int) -> str:
    """Say that a note cannot be signed yet."""
    return f"Not signed: {things_missing(count)}. Enter on a line goes there."


def consent_recorded(name: str) -> str:
    """Say that consent was recorded."""
    return f"Consent of {name} recorded with today's date."


def language_hint(term: str, why: str, suggestion: str) -> str:
    """One language hint under a box."""
    reason = f"  {why}:" if why else ":"
    return f"~ {term}{reason} {suggestion}"


def words_counted(count: int) -> str:
    """Say how long a text is."""
    return "1 word" if count == 1 else f"{count} words"
