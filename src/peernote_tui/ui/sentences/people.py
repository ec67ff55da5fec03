"""Participants: their briefing, finding and adding them, and their page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peernote_tui.domain.pronouns import Pronouns

# Participants and their briefing

OTHER = "other"
THEM = "them"
LAST_TIME = "Last time"
NOTHING_TOLD = "Nothing is told of it."
OPEN_ACTIONS = "Open actions"
I_TAKE_ON = "I take on"
THEY_TAKE_ON = "They take on"
YOU_DID = "You did last time"
REACHING_THEM = "Reaching them"
ASK_WHAT_IS_SAFE = "ask what is safe"
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


def last_time(day: str, mode: str) -> str:
    """Head the pane's first section; `day` is such as "Mon 16 Nov", `mode` such as "phone" or empty."""
    return f"{LAST_TIME}, {day}" + (f" · {mode}" if mode else "")


def agreed_to(ways: Sequence[str]) -> str:
    """Say to what messages they agreed; ways are such as "voicemail"."""
    return f"agreed to {' and '.join(ways)}"


def not_agreed_to(standings: Mapping[str, str]) -> str:
    """Say to what messages no consent stands, by way: none, expired or withdrawn."""
    none = [way for way, standing in standings.items() if standing == "none"]
    told = [f"{way}: consent {standing}" for way, standing in standings.items() if standing != "none"]
    return " · ".join([*told, *([f"no consent on file to {' and '.join(none)}"] if none else [])])


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


# Finding and adding participants

FIND_PARTICIPANT = "Find"
FIND_PARTICIPANT_PLACEHOLDER = "name, ID or phone"
FIND_PARTICIPANT_HELP = (
    "Type the beginning of a name, an ID, a phone number or a birth year; a slip of the finger is forgiven. "
    "The arrows move through the list, Enter takes the highlighted participant, F8 adds somebody new. "
    "Tab goes to the list, where 1 to 4 lead to the other tabs."
)
FOR_WHOM = "For whom is this?"
NO_CONSENT = "! no consent"
HAS_DRAFT = "◐ draft"
DRAFT_NO_CONSENT = "◐! no consent"
BEGINS_A_NOTE = "Ctrl+N begins a note"
ADD_PARTICIPANT = "Add a participant"
ALREADY_HERE = "Already here, perhaps the same person"
LIKELY_HERE = "Likely here already: Enter in the list opens, F8 adds somebody new."
NOT_THE_SAME = "not the same person"
ADD_FIELDS = {
    "name": ("Name", "What they want to be called. Ctrl+S adds them; only the name is needed."),
    "pronouns": ("Pronouns", "Such as she/her or they/them."),
    "born": ("Born or age", "Such as 2 may 1990, 1990, or an age."),
    "external_id": ("ID", "Their number where you work."),
    "phone": ("Phone", "Such as 555-0142, voicemail no, text yes. Enter adds the participant."),
}


def alike_because(reasons: tuple[str, ...]) -> str:
    """Say why somebody may be the same person, such as "name and birth date close, same phone"."""
    return ", ".join(reasons)


def nobody_found(query: str, *, filtered: bool = False) -> str:
    """Say that nobody answers to what was typed, and how to add them; within a filter, how to see everybody."""
    if filtered:
        return "Nobody is found within what is filtered. Esc shows everybody again."
    if not query.strip():
        return "No participants yet. F8 adds the first one."
    return "Nobody is found by this. Enter or F8 adds a participant by what you typed."


def nearest(total: int) -> str:
    """Say that nobody fits all that was typed, and how many come near."""
    return f"nobody fits all of it, {total} near"


def recents_of(shown: int, total: int) -> str:
    """Say how many participants are listed before anything is typed."""
    if total <= shown:
        return "" if total == 0 else ("1 participant" if total == 1 else f"{total} participants")
    return f"last {shown} of {total}"


def found_by(why: str) -> str:
    """Say why a participant was found; `why` is such as "ID" or "legal name, sounds alike", never the name itself."""
    return f"found by {why}"


def participant_added(name: str) -> str:
    """Say that a participant is in the vault."""
    return f"Added: {name}"


def born_about(year: str) -> str:
    """Say a year of birth that was counted back from an age."""
    return f"born about {year}"


def age(years: str) -> str:
    """Say an age; `years` is such as "34" or "33 or 34"."""
    return f"age {years}"


FILTER_ONLY = "Only"
FILTER_ALSO = "Also"
FILTERS_WAY = "F4 changes, Esc clears"
FILTERS_KEYS = "Esc clears"
FILTERS_WIDER = {"archived": "archived", "around": "people around them"}
FILTERS_HELP = (
    "A letter puts a filter on or off; those that are on hold together, and with the words in the box. Digits say for "
    "how many days nobody was seen. Enter goes back to the box and keeps them, Esc clears them."
)
_FILTERS = {"overdue": "overdue action", "consent": "consent missing or ending", "draft": "draft open"}
ARCHIVED = "archived"
PINNED = "Pinned"
LATELY = "Lately"


def filter_words(only: str, days: int) -> str:
    """Name a filter; `days` counts for those who were not seen."""
    if only == "not_seen":
        return "not seen for 1 day" if days == 1 else f"not seen for {days} days"
    return _FILTERS[only]


def pinned(name: str, *, now: bool) -> str:
    """Say that somebody stands at the head of the list, or no longer."""
    return f"Pinned: {name} stands at the head of the list." if now else f"No longer pinned: {name}"


WHICH_ONE_KEYS = "Enter  Write about them      Esc  Back"


def not_them(other: str) -> str:
    """Name somebody of the same name whom a note is not about; `other` is such as "M-0077 (she/her · 1967)"."""
    return f"not {other}"


# A participant's page

PARTICIPANT_PLACE = "Participant"
DRAFTS = "Drafts"
NO_NOTES_BEGIN = "No notes yet. Ctrl+N begins one."
ACTION = "Action"
CONSENT_WITHDRAWN = "Withdrawn. Nothing new is written or shared from today; what is written stays."
WITHDRAW_YES = "Record it"
WAY_CONSENT = "c records it"
WAY_UNDO = "u to undo"
_BECAME = {"done": "Done.", "partly": "Partly done.", "open": "Open again."}


def aged(age: str) -> str:
    """Say how old somebody is; `age` is such as "34", "about 34" or "33 or 34"."""
    return f"age {age}"


def draft_at_step(number: int, steps: int, title: str) -> str:
    """Say where a draft was left."""
    return f"step {number} of {steps}, {title}"


def missing_short(count: int) -> str:
    """Say in a few letters how many answers a draft still needs."""
    return f"{count} missing" if count > 0 else "complete"


def consent_told(scope: str, event: str, how: str) -> str:
    """Tell one row of the consent history."""
    told = scope if event == "given" else f"{scope} withdrawn"
    return f"{told}, {how}" if how else told


def withdraw_question(name: str, pronouns: Pronouns) -> str:
    """Ask whether consent is withdrawn."""
    return f"Record that {name} withdraws {pronouns.possessive} consent to notes?"


def withdraw_consequence(pronouns: Pronouns) -> str:
    """Say what a withdrawal means."""
    return (
        "From now on no new notes are written and nothing is shared. What is written already stays. "
        f"If {pronouns.subject} {pronouns.verb('agrees', 'agree')} again, a new consent can be recorded."
    )


def action_became(status: str, text: str) -> str:
    """Say what became of an action item."""
    return f"{_BECAME[status]} {text}"


def action_back(text: str) -> str:
    """Say that a change of an action item was taken back."""
    return f"As before: {text}"


def action_is_added(text: str) -> str:
    """Say that an action item was added."""
    return f"Added: {text}"
