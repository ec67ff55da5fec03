"""Group sessions: entered once, for everybody who came."""

from __future__ import annotations

from peernote_tui.ui.sentences.everywhere import UNDO_HINT

NEW_GROUP = "Group session"
GROUP_WORD = "Group"
GROUP_STEPS = ("The session", "Who came", "What happened", "Each of them")
GROUP_SESSION_FIELDS = {
    "session": ("When", "2-330 · 1pm-230 · now-90 · yesterday 3pm-430"),
    "topic": ("Topic", "What the group was about. It stands in the note of everyone."),
    "unnamed": ("Others there", "How many more came, without a line of their own; they are counted, never named."),
    "place": ("Place", "Where the group met, in a word or two."),
    "mode": ("How you met", ""),
    "next_contact": ("Meets next", "mon 1pm · +1w 1pm; stands in the note of everyone who has no other next contact."),
}
GROUP_MODES = (("in_person", "In person"), ("phone", "Phone"), ("video", "Video"), ("text", "Text"))
GROUP_FIND = "Find"
GROUP_FIND_HINT = "Part of a name, an ID or a number; Enter adds who is highlighted. Empty, Enter goes on."
GROUP_NOBODY_FOUND = "Nobody is found by this. F8 looks further, or adds them."
GROUP_EMPTY = "Nobody yet. Type a name above; Enter adds who is highlighted."
GROUP_HAPPENED = "What happened, the same for everyone"
GROUP_HAPPENED_HINT = "What the group did. People only as “a participant”; what each of them did comes next."
GROUP_RESPONSE = "Their response"
GROUP_RESPONSE_HINT = "Enter goes on to their next step."
GROUP_REASON = "Why not"
GROUP_REASON_HINT = "What you know; “not known yet” is an answer."
GROUP_OUTREACH = "Reached out"
GROUP_OUTREACHES = (
    ("called", "Called"),
    ("texted", "Texted"),
    ("voicemail", "Voicemail"),
    ("visited", "Went there"),
    ("not_yet", "Not yet"),
)
GROUP_NEXT_STEP = "Next step"
GROUP_NEXT_STEP_HINT = "Enter goes on to the next participant."
GROUP_NEXT_CONTACT = "Next contact"
GROUP_NEXT_CONTACT_HINT = "Only where it is another one than the group's: fri 2pm · +1w 1pm"
ATTENDANCES = {"came": "", "left_early": "left early", "no_show": "did not come"}
GROUP_NO_CONSENT = "no consent"
GROUP_CONTACT_ONLY = "contact only"
GROUP_MADE_SIGN = "has a note"
GROUP_EMERGENCY = "Emergency"
GROUP_EMERGENCY_HINT = "Why it is written without consent; it is recorded and shown."
GROUP_ONLY_CONTACT = "Only that they were there is logged, without a word about them. F4 takes that back."
GROUP_CLOSED_WAYS = "F8 records it, F4 logs only the contact."
GROUP_PLACE_TIP = "A group session is entered once and becomes one note for each who came."
GROUP_MADE = "Their words are in their note now. F2 goes to the notes."
GROUP_NOBODY = "Nobody is in this group yet. Say who came first."
GROUP_ALREADY_IN = "They are in this group already."
GROUP_FULL = "This group is full; put the others into a second group session."
GROUP_HAS_WORDS = "There are words about them already, so only the contact cannot be logged. Empty their line first."
GROUP_NOT_UNDERSTOOD = "Write a number, such as 2."

# Names that would go out

NAME_INSTEAD_KEYS = "Enter  Say “a participant”      o  An ordinary word\ne  Edit      Esc  Back"

# The notes of a group

GROUP_REVIEW = "Notes of a group"
GROUP_SIGN_HEADING = "To sign together"
GROUP_GAPS = "not yet"
GROUP_READY = "ready to sign"
GROUP_SIGNED = "signed"
GROUP_ASIDE = "put aside"
GROUP_WAITING = "no note yet"
GROUP_ALL_SIGNED = "Every note of this group is signed."
GROUP_REVIEW_EMPTY = "Every note of this group is signed."
GROUP_BACK = "The notes are lines again."
GROUP_LATE_HINT = "These notes are signed after they were due. Say why in a few words; it stays in each of them."
GROUP_LATE_FIRST = "Not signed: these are late entries. Say why in a few words."


def group_last_time(names: str, count: int) -> str:
    """Offer those who came to the last group."""
    return f"Last time: {names} · Enter takes {'them' if count > 1 else 'this one'} in."


def group_came(came: int, unnamed: int) -> str:
    """Count who came: "6 people · 2 others"."""
    others = f" · {unnamed} {'other' if unnamed == 1 else 'others'}" if unnamed else ""
    return f"{came} {'person' if came == 1 else 'people'}{others}"


def group_lines(written: int, lines: int) -> str:
    """Say how many have a line: "3 of 8 lines"."""
    return f"{written} of {lines} lines"


def group_in_short(written: int, lines: int, made: int) -> str:
    """Say in a few cells how far a group session is."""
    if not lines:
        return "nobody yet"
    return f"{lines} notes" if made == lines else f"{written}/{lines} lines"


def group_standing(topic: str, ago: str, *, written: int, lines: int, made: int) -> str:
    """Say on Today how far a group session is; `ago` is such as "2 hours ago"."""
    if lines and made == lines:
        left = "its notes are made, not all signed"
    elif made:
        left = f"{lines - made} still without a note"
    else:
        left = group_lines(written, lines) if lines else "nobody in it yet"
    return " · ".join(filter(None, (topic, f"begun {ago}", left)))


def group_aside(topic: str) -> str:
    """Say that a group session was put aside."""
    return f"The group session {f'“{topic}” ' if topic else ''}is put aside."


def group_back(topic: str) -> str:
    """Say that a group session was brought back."""
    return f"The group session {f'“{topic}” ' if topic else ''}is back."


def took_out(name: str) -> str:
    """Say that somebody was taken out of a group."""
    return f"{name} is taken out, with their line."


def back_in(name: str) -> str:
    """Say that somebody is back in a group."""
    return f"{name} is back."


def attends(name: str, attendance: str) -> str:
    """Say whether somebody was there; `attendance` is a key of `ATTENDANCES`."""
    return f"{name}: {ATTENDANCES[attendance] or 'came'}."


def u_undoes() -> str:
    """Name the key that takes a change back."""
    return f"u {UNDO_HINT}"


def name_stands(written: str) -> str:
    """Say under a box that somebody of the group is named in it."""
    return f"“{written}” can be somebody of this group. F2 asks what to say instead."


def name_question(written: str, name: str, places: int) -> str:
    """Ask about a name that would go into notes of others."""
    where = "" if places == 1 else f", {places} times"
    return f"“{written}” can mean {name}, and others would read it{where}."


def names_settled(count: int) -> str:
    """Say that names were replaced."""
    return "1 name is out." if count == 1 else f"{count} names are out."


def sign_together(count: int) -> str:
    """Offer to sign what is ready."""
    return "Sign 1 note" if count == 1 else f"Sign {count} notes"


def group_signed(count: int, left: int) -> str:
    """Say how many notes were signed together, and how many are not."""
    notes = "1 note is" if count == 1 else f"{count} notes are"
    rest = f" {left} {'waits' if left == 1 else 'wait'}, each with what is missing." if left else ""
    return f"{notes} signed and frozen.{rest}"


def group_not_taken_back(count: int) -> str:
    """Say that some notes stay drafts because more was written in them."""
    return f"{GROUP_BACK} {count} {'stays a draft: more' if count == 1 else 'stay drafts: more'} was written in it."
