"""The guided note, going on with a draft, notes and one note."""

from __future__ import annotations

from collections.abc import Sequence

from peernote_tui.ui.sentences.action_lines import LINE_MARKS, LINE_SAYS
from peernote_tui.ui.sentences.everywhere import count_line

# Wizard

REVIEW_AND_SIGN = "Review and sign"


def review_tip(label: str) -> str:
    """Say what the key of an outcome does; `label` is its word."""
    return f"{label}, and on to the next action."


def place_of(number: int, total: int) -> str:
    """Say which of several this is: "3 of 8"."""
    return f"{number} of {total}"


def confident(number: int) -> str:
    """Say how sure the participant is of an action."""
    return f"confidence {number} of 10"


def done_brings_next(rule: str) -> str:
    """Say that an action recurs: "every friday, done brings the next"."""
    return f"{rule}, done brings the next"


def things_missing(count: int) -> str:
    """Say how many answers a step still needs; empty for none."""
    if count <= 0:
        return ""
    return "1 thing missing" if count == 1 else f"{count} things missing"


def step_of(number: int, total: int) -> str:
    """Say which step this is."""
    return f"Step {number} of {total}"


# The guided note

NEW_NOTE = "New note"
PROTOCOL_PLACE = "Protocol card"
PROTOCOL_LABEL = "What a safety follow-up shows above its first questions"
PROTOCOL_HINT = "At most 12 lines. F2 puts it in use; an empty box brings the program's card back."
PROTOCOL_USED = "Safety follow-ups show this card from now on."
PROTOCOL_WAITS = "What you typed of the card is kept and waits there; it is not in use yet."
PROTOCOL_TIP = "What a safety follow-up shows above its first questions: whom to call, what to do."
CHOOSE_TEMPLATE = "What kind of note?"
CHOOSE_TEMPLATE_KEYS = "Its key, or arrows and Enter · Esc steps back"
GUIDED_NOTE = "The guided note in five steps."
ACTION_EXAMPLE = "such as: call housing office @me fri"
THEIR_WORDS = "a line of their own words"
OUTCOMES = (
    ("d", "done", "Done"),
    ("p", "partly", "Partly"),
    ("n", "not_yet", "Not yet"),
    ("c", "changed", "Changed"),
    ("x", "dropped", "Dropped"),
)
"""What can have become of an action: its key on the keyboard, its key in the record, its word."""
ACTION_ROWS_HELP = (
    f"{LINE_SAYS} Enter adds the line, and goes on when it is empty. "
    "Up goes to the rows: Enter edits, x takes out, u brings back; 0 to 10 says how "
    "sure the participant is of it, and the same number again takes that back.\n"
    f"{LINE_MARKS}"
)


def more_actions(count: int) -> str:
    """Say that a note has no room for further actions, and where they are."""
    return f"and {count:,} more, for which a note has no room: they are on the Actions screen."


BECAME_OF = "What became of it"
LESS_SURE = "One less of 10, of how sure the participant is of this action."
MORE_SURE = "One more of 10, of how sure the participant is of this action."
ACTION_REVIEWS_HELP = (
    "One key for each action: d done, p partly, n not yet, c changed, x dropped; it goes on to the next one by itself. "
    "Enter or w opens a line for their own words. Up and down walk, another key changes an answer, u takes the last "
    "one back, Backspace leaves one unanswered. What you say here lands in the note and in the action items when you "
    "sign."
)
CONSENT_CHOICES = (
    ("verbal", "Verbal"),
    ("written", "Written"),
    ("paper", "Paper on file"),
    ("emergency", "Emergency, no consent"),
    ("contact", "Contact only"),
    ("more", "More"),
)
CONSENT_HELP = (
    "Nothing may be written about anyone who has not said yes. Choose how they agreed and press Enter: "
    "it is recorded with today's date. More asks everything, such as the witness or who consents for a minor. In an "
    "emergency, danger to life or health, say why; the reason stays in the note, in the log and in lists. Contact only "
    "logs that you met, without a word about them, and needs no consent."
)
CONSENT_ASKED = "No consent to write notes is on file. How did they agree?"
CONSENT_FIRST = "Before any words: record their consent, or an emergency reason, or log the contact only."
CONTACT_ONLY = "A contact without content: nothing is written about them, and no consent is needed."
NO_GROUPS_CONSENT = "No consent to groups is on file. You can write on; ask them when you can."
CONSENT_ENTER = "Enter records it with today's date"
EMERGENCY_LABEL = "Emergency"
EMERGENCY_HINT = "The danger to life or health. It stays in the note and is shown with it."
END_MISSING = "no end yet: type 2-245 or now-45"
START_MISSING = "no time yet: type 2-245 or now-45"
FUTURE_SESSION = "this lies in the future"
NOT_SAVED = "not saved"
LATE_FIRST = "Not signed: this is a late entry. Say why in a few words."
LINE_IN_USE = "Enter or empty the line below first, then edit this one."
REVIEW_MISSING = "Still missing"
REVIEW_READY = "Everything is here. F8 signs it; then it is frozen."
REVIEW_LOOK_TWICE = "Look twice"
REVIEW_WORDS = "Words"
LATE_LABEL = "Late entry"
LATE_HINT = "This note is signed after it was due. Say why in a few words; it stays in the note."
YES_NO = (("yes", "Yes"), ("no", "No"))


def signed(name: str, clock: str) -> str:
    """Say that a note was signed."""
    return f"Signed {clock}. The note for {name} is frozen."


def not_yet_signed(count: int) -> str:
    """Say that a note cannot be signed yet."""
    return f"Not signed: {things_missing(count)}. Enter on a line goes there."


def consent_recorded(name: str) -> str:
    """Say that consent was recorded."""
    return f"Consent of {name} recorded with today's date."


def language_hint(term: str, suggestion: str) -> str:
    """One language hint under a box; a hint, never a wall."""
    return f"~ {term}   other words: {suggestion}"


# Going on with a draft

RESUME_KEYS = "Enter  Go on with it      n  New note      Esc  Go back"


def has_draft(name: str) -> str:
    """Say whose draft there is."""
    return f"{name} has a draft"


def draft_stands(since: str, step: int, steps: int, title: str, missing: int) -> str:
    """Say when a draft was last written and where it stands; `since` is such as "14:02"."""
    named = f", {title}" if title else ""
    lacking = things_missing(missing)
    return f"From {since}, step {step} of {steps}{named}." + (f" {lacking[0].upper()}{lacking[1:]}." if lacking else "")


def length_and_due(length: str, due: str) -> str:
    """Say how long the contact was and until when the note is due: "45 minutes · 3 units (cms8) · due today 14:45"."""
    words = " · ".join(filter(None, (length, f"due {due}" if due else "")))
    return f"{words[:1].upper()}{words[1:]}"


# Notes and one note

FIND_NOTES = "Find"
NOTES_FIND = "words in a note"
NOTES_FIND_HELP = (
    "Type words that stand in the note; the last one may be a beginning. Accents and capitals do not matter. "
    "Down goes to the notes, Enter opens the highlighted one, Esc empties the box."
)
NOTES_EMPTY = "No signed notes yet. Ctrl+N begins one."
NOTES_NOT_FOUND = "No note holds these words. Fewer letters find more; Esc shows all notes."
NOTE_PLACE = "Note"
NOTE_STAYS = "This note is signed and does not change."
LATE_MARK = "late"
EMERGENCY_MARK = "! emergency"
LATE_ENTRY = "late entry"
MODE_WORDS = {"in_person": "in person", "phone": "phone", "video": "video", "text": "text"}
KIND_WORDS = {
    "individual": "",
    "group": "group",
    "collateral": "others",
    "outreach": "outreach",
    "no_show": "no-show",
}


def notes_counted(shown: int, total: int, *, searching: bool) -> str:
    """Say how many of the signed notes the list shows; empty when there are none at all."""
    if searching:
        return count_line(shown, total)
    if shown < total:
        return f"{shown:,} of {total:,}, type to find"
    return notes_signed(total) if total else ""


def notes_signed(count: int) -> str:
    """Count signed notes."""
    return "1 note" if count == 1 else f"{count:,} notes"


def note_signed_on(day: str, marks: Sequence[str]) -> str:
    """Say in the top line when a note was signed, and what is to be known about it."""
    return " · ".join((f"signed {day}", *marks))


def action_stands(status: str) -> str:
    """Say beside an agreed action how it stands today; `status` is such as "done"."""
    return f"now {status}"


def draft_stays(why: str) -> str:
    """Say that consent ended while a draft is open, what stays, and the ways out."""
    return f"{why} This draft stays, and cannot be signed before a new consent or an emergency reason (step 1)."


def protocol_stands(*, own: bool, waiting: bool) -> str:
    """Say in the top line which card notes show, and whether words wait to be put in use."""
    if waiting:
        return "not in use yet"
    return "your own card" if own else "the program's card"
