"""The life of a note: drafts put aside, what is added to a signed note."""

from __future__ import annotations

from collections.abc import Sequence

from peernote_tui.ui.sentences.writing import LATE_ENTRY

# Drafts put aside

ASIDE_PLACE = "Drafts put aside"
ASIDE_EMPTY = "No draft is put aside. On Today, d puts one aside; it is kept for 30 days."


def asides_counted(count: int) -> str:
    """Count the drafts that were put aside."""
    return "1 draft" if count == 1 else f"{count} drafts"


def aside_since(day: str) -> str:
    """Say when a draft was put aside; `day` is such as "yesterday"."""
    return f"aside {day}"


def aside_left(days: int, *, held: bool) -> tuple[str, str]:
    """Say how long a draft is kept yet, and in which style."""
    if held:
        return "kept by legal hold", "$secondary"
    if not days:
        return "! until you lock", "$error"
    return ("1 day left" if days == 1 else f"{days} days left"), "$primary" if days <= 3 else "$muted"


def draft_back_on_today(name: str) -> str:
    """Say that a draft was brought back, and where it is."""
    return f"The draft for {name} is back. It stands on Today."


# What is added to a signed note

SEAL_HOLDS = "The seal holds: text, signature and log fit together."
SEAL_HOLDS_WITHOUT_LOG = "The seal holds: text and signature fit together. The log of a damaged vault is not asked."
IN_ERROR_MARK = "! in error"
CORRECTED_MARK = "corrected"
_ADDED_MARKS = {"addendum": "addendum", "statement": "statement", "cosignature": "co-signed"}


def added_marks(kinds: Sequence[str], *, late: bool = False) -> list[str]:
    """Say in a word each what was added to a note; "! in error" comes first.

    Args:
        kinds: The kinds of what was added, as `domain.addendum.AddendumKind` calls them.
        late: Whether the note is a late entry.
    """
    found = [IN_ERROR_MARK] if "in_error" in kinds else []
    found += [LATE_ENTRY] if late else []
    found += [CORRECTED_MARK] if "correction" in kinds else []
    return found + [mark for kind, mark in _ADDED_MARKS.items() if kind in kinds]


def belongs_to(name: str) -> str:
    """Say to whose record a note that was written in error belongs, and the way there."""
    return f"It belongs to {name}. Enter goes there."


# Adding to a signed note

ADD_QUESTION = "What do you want to add? The signed note itself stays as it is."
ADD_KEYS = "Enter or the letter  Begin      Esc  Go back"
WAYS_TO_ADD = {
    "addendum": ("a", "Addendum", "something new about it"),
    "correction": ("c", "Correction", "something in it is wrong"),
    "statement": ("s", "Participant's statement", "their own words about it"),
    "in_error": ("e", "Written in error", "not of this record"),
    "late": ("l", "A contact never noted", "a note of its own, late"),
    "send": ("o", "Send for co-signature", "to a file for a supervisor"),
    "take": ("t", "Take in a co-signature", "the file that came back"),
}
"""Key, name and meaning of what can be added to a note."""
ADD_HEADS = {
    "addendum": "What you add is signed by itself and stands under the note from then on.",
    "statement": "The participant's own words. They stand under the note and go wherever it goes, without consent.",
    "in_error": (
        "The note stays readable and counts for nothing from then on. Its actions that are still open are let go, and "
        "what it planned is taken off the list."
    ),
}
ADDS_IN_SHORT = {
    "addendum": "addendum",
    "correction": "correction",
    "statement": "statement",
    "in_error": "in error",
    "cosignature": "co-sign",
}
"""What a draft adds to a note, in at most eleven cells."""
REASON_LABEL = "Reason"
REASON_HINTS = {
    "addendum": "Why it comes only now, in a few words.",
    "correction": "What was wrong, and how you know; in a few words.",
    "in_error": "Such as: written for another person.",
}
ADD_TEXT_LABELS = {"addendum": "What you add", "statement": "In their words"}
SAID_BY_LABEL = "Said by"
SAID_BY_HINT = "Leave it empty when the participant said it; else who, such as: her guardian."
IN_THIS_RECORD = "The note stands in that record already. Choose the person it is really about."
SIGNED_FOR_GOOD = "F8 signs this, with your name and the time. It never changes after that."
LATE_ENTRY_BEGUN = "Say when it was, such as: 20 nov 2-245. The note will say that it is a late entry."
BEGUN_THERE = "Marked. This is the same note where it belongs: look it over, then sign."


def added_to(kind: str, what: str, day: str) -> str:
    """Say what is added to which note.

    Args:
        kind: As `domain.addendum.AddendumKind` calls it.
        what: How it is labelled.
        day: The day of the note's contact; empty when it has none.
    """
    note = f"the note of {day}" if day else "the note"
    return f"{note[:1].upper()}{note[1:]} was written in error" if kind == "in_error" else f"{what} to {note}"


def to_the_note(day: str) -> str:
    """Say in a list to which note something is added; `day` is such as "Mon 23 Nov"."""
    return f"to the note of {day}" if day else "to a note"


def belongs_where(name: str) -> str:
    """Say in whose record a note belongs; `name` is empty for nobody's."""
    if not name:
        return "Whose is it?   F4 finds the person it is about. Leave it when it belongs to nobody here."
    return f"It belongs to {name}.   F4 finds another, F3 nobody. Signing begins the same note in their record."


def error_signed(name: str) -> str:
    """Say what signing does besides; `name` is whose record the note belongs in, or empty."""
    return f"Signing begins the same note for {name}, as a draft." if name else "No note is begun in another record."


def added_signed(what: str, at: str) -> str:
    """Say that something was added; `at` is the time."""
    return f"{what} signed at {at}. It stands under the note."


def adds_to_day(kind: str, day: str) -> str:
    """Say in a narrow column what a draft adds to the note of which day."""
    what = ADDS_IN_SHORT[kind]
    return f"{what[:1].upper()}{what[1:]} to {day}" if day else what


# A correction in the wizard

CHANGES_TITLE = "What changes"
NOT_CHANGED_YET = "Nothing is changed yet"
BEFORE = "Before"
AFTER = "Now"
NO_ANSWER = "(nothing)"
TRACKER_STAYS = "The signed note stays as it was. Actions and meetings are not touched by a correction."


def correction_of(day: str) -> str:
    """Say which note is corrected; `day` is the day of its contact."""
    which = f"Correction of the note of {day}." if day else "Correction of a note."
    return f"{which} F2 shows what changes and asks why."


# Versions of a note

VERSIONS_PLACE = "Versions"


def version_counted(number: int, total: int) -> str:
    """Say which version is compared with the one before."""
    return f"version {number} of {total}"


def version_called(day: str, at: str, *, corrected: bool) -> str:
    """Name a version by when it was signed."""
    return f"Corrected {day}, {at}" if corrected else f"As signed {day}, {at}"


def version_told(called: str, differ: int, reason: str) -> str:
    """Say what a correction changed and why."""
    answers = "1 answer" if differ == 1 else f"{differ} answers"
    return f"{called}: {answers} changed, marked *. {reason}".rstrip()
