"""Changing a participant's page, and what its history says."""

from __future__ import annotations

from collections.abc import Iterable

EDIT_PLACE = "Edit"
EDIT_SECTIONS = {
    "name": "How they are called",
    "phone": "Reaching them",
    "people": "People around them",
    "about": "In their own words",
    "born": "The record",
}
"""Heading over the field of that key."""
EDIT_FIELDS = {
    "name": ("Name", "What they want to be called. It stands on every line.", ""),
    "pronouns": ("Pronouns", "Such as she/her or they/them.", ""),
    "aliases": (
        "Also called",
        "Other names they are found by: one a line, Enter adds it.",
        "such as a nickname, a name before",
    ),
    "phone": ("Phone", "What is safe to do with it comes next.", ""),
    "call": ("Safe to call", "Ask them: who else hears it ring?", ""),
    "voicemail": ("Voicemail", "May a message be left? Who else hears it?", ""),
    "text": ("Text", "May a text be sent? Who else reads it?", ""),
    "contacts": (
        "Contacts",
        "Number, what for, what is safe, a remark. Enter adds it.",
        "such as 555-0142, work, voicemail no, text yes",
    ),
    "people": (
        "Around them",
        "Name, relation, phone; and emergency, if to be called then.",
        "such as Ana Reyes, sister, 555-0143, emergency",
    ),
    "about": ("Describe me as", "How they want to be described, in their own words.", ""),
    "goals": ("Goals", "In their own words: one a line, Enter adds it.", "such as my own front door"),
    "strengths": ("Strengths", "One a line, Enter adds it.", "such as keeps a promise"),
    "languages": ("Languages", "One a line, Enter adds it.", "such as Spanish"),
    "born": ("Born or age", "Such as 2 may 1990, 1990, about 1990, or an age.", ""),
    "external_id": ("ID", "Their number where you work.", ""),
    "other_ids": ("Other IDs", "Whose number, a colon, the number. Enter adds it.", "such as Medicaid: 4711"),
    "part2": ("42 CFR Part 2", "Records of treatment for substance use. Not reviewed counts as yes.", ""),
    "custom": ("Agency asks", "The question, a colon, the answer. Enter adds it.", "such as Shoe size: 9"),
    "legal_name": ("Legal name", "When it is another. Covered as long as you are not in it.", ""),
}
"""Label, hint and example of each field of the form, from top to bottom."""
SAFE_CHOICES = (("yes", "Yes"), ("no", "No"), ("not_asked", "Not asked yet"))
SAFE_WORDS = {"yes": "yes", "no": "no", "not_asked": "not asked", "not_reviewed": "not reviewed"}
IN_AN_EMERGENCY = "in an emergency"
PART2_CHOICES = (("yes", "Yes"), ("no", "No"), ("not_reviewed", "Not reviewed"))
ROWS_HELP = (
    "Type one and press Enter: it stands above, and the line is free for the next. "
    "Enter on an empty line goes on to the next field.\n"
    "Up goes to the rows: Enter or e brings one back into the line, Delete takes it out, u brings it back."
)
FIELD_WORDS = {
    "name": "name",
    "legal_name": "legal name",
    "pronouns": "pronouns",
    "born": "birth date",
    "birth_precision": "how exactly it is known",
    "external_id": "ID",
    "phone": "phone",
    "phone_safety": "what is safe with the phone",
    "about": "how they want to be described",
    "part2": "42 CFR Part 2",
    "aliases": "other names",
    "other_ids": "other IDs",
    "contacts": "contacts",
    "people": "people around them",
    "languages": "languages",
    "strengths": "strengths",
    "goals": "goals",
    "custom": "your agency's questions",
    "archived_at": "archived",
    "archive_reason": "reason",
    "merged_into": "became part of another record",
    "held_at": "legal hold",
    "hold_reason": "why it is held",
}
"""What each part of a record is called in its history."""
TYPED_BEFORE = "What you had typed is here again. F8 shows the page as it is stored."
TYPED_KEPT = "Not saved yet; what you typed is kept. e goes on with it."
PUT_ASIDE = "The page as it is stored. F8 brings back what you had typed."
BROUGHT_BACK = "What you had typed is here again."
NOTHING_PUT_ASIDE = "This is the page as it is stored."
NOTHING_CHANGED = "Nothing was changed."
READ_ONLY_PAGE = "This vault is open for reading only, so its pages cannot be changed."
NEW_NUMBER = "new: ask what is safe"


def edits_waiting(count: int) -> str:
    """Say in the top line how many fields differ from what is stored."""
    if count == 0:
        return "as stored"
    return "1 field changed" if count == 1 else f"{count} fields changed"


def fields_named(fields: Iterable[str]) -> str:
    """Name parts of a record, such as "pronouns, goals"."""
    # How exactly a birth date is known goes with the date.
    named = [FIELD_WORDS.get(name, name) for name in fields]
    if FIELD_WORDS["born"] in named:
        named = [word for word in named if word != FIELD_WORDS["birth_precision"]]
    return ", ".join(named)


def page_saved(fields: Iterable[str]) -> str:
    """Say which parts of a page were changed."""
    return f"Saved: {fields_named(fields)}."


def page_as_before(fields: Iterable[str]) -> str:
    """Say which parts of a page are again as they were before a change."""
    return f"As before: {fields_named(fields)}."


# The page

SAFETY_TOLD = {
    ("call", "yes"): "calls are fine",
    ("call", "no"): "do not call",
    ("voicemail", "yes"): "voicemail is fine",
    ("voicemail", "no"): "do not leave voicemail",
    ("text", "yes"): "text is fine",
    ("text", "no"): "do not text",
}
ASK_FIRST = "not asked yet what is safe: ask before leaving a message"
ABOUT = "About"
ABOUT_LABELS = {
    "aliases": "Also called",
    "contacts": "Contacts",
    "people": "Around them",
    "languages": "Languages",
    "strengths": "Strengths",
    "goals": "Goals",
    "about": "Describe me as",
    "other_ids": "Other IDs",
    "custom": "Agency asks",
    "part2": "42 CFR Part 2",
}
EMERGENCY = "In an emergency"
PART2_WORDS = {
    "yes": "covers this record",
    "no": "does not cover this record",
    "not_reviewed": "not reviewed yet, so treated as covered",
}
LEGAL_NAME = "Legal name"
NO_LEGAL_NAME = "No other legal name is on file."
ABOUT_WAY = "e changes what this page says."
TIMELINE = "Timeline"
TIMELINE_VIEWS = {
    "all": "All",
    "notes": "Notes",
    "actions": "Actions",
    "consents": "Consents",
    "plans": "Planned",
    "record": "Changes",
    "shared": "Shared",
}
OLDER = "older, Enter shows more"
NOTHING_OF_THIS_KIND = "Nothing of this kind yet. Left and right choose another."
HAPPENED = {
    "draft begun": "note begun",
    "draft put_aside": "draft put aside",
    "action added": "added",
    "consent expired": "ran out",
    "record added": "Added to the participants",
    "record archived": "Archived",
    "record reopened": "Reopened",
    "record merged": "Another record became part of this one",
    "record separated": "Parted again from another record",
    "follow_up planned": "Planned: ",
    "follow_up moved": "Moved from ",
    "follow_up cancelled": "Cancelled: ",
    "follow_up written_up": "Planned, and written up: ",
}
DRAFT_IS_ASIDE = "This draft was put aside; Today brings it back as long as it says so."
NOTHING_MORE = "There is nothing more to read about this."
NOTHING_BEHIND = {
    "about": ABOUT_WAY,
    "consent": "The history stays as it is: c records a new consent, w records that it was withdrawn.",
    "begun": DRAFT_IS_ASIDE,
    "action": "This action was added alone; there is no note to open.",
    "did": "This action was added alone; there is no note to open.",
    "plan": "This was not agreed in a note, so there is nothing more to read.",
}
"""What Enter says on a row that leads nowhere, by its kind."""
CHANGE_TITLE = "What was changed"
CHANGE_KEYS = "u takes it back   Esc closes"
CHANGED_COVERED = "changed; not shown here"
EMPTY_VALUE = "nothing"
ARCHIVE_TITLE = "Archive this record"
ARCHIVE_WHY = "Because"
ARCHIVE_HINT = "A few words, then Enter. Everything is kept, and z reopens it."
WAY_REOPEN = "z reopens it"
TAKEN_BACK = "Taken back: these parts are as they were before the change."
ARCHIVED_NOW = "Archived. It is off the lists; z reopens it."
REOPENED_NOW = "Reopened. It is on the lists again."


def not_asked(ways: Iterable[str]) -> str:
    """Say what nobody asked about yet."""
    return f"not asked yet: {', '.join(ways)}"


def archived_told(day: str, reason: str) -> str:
    """Say since when a record is archived, and why."""
    return f"archived {day}: {reason}" if reason else f"archived {day}"


def still_open(drafts: int, actions: int, plans: int) -> str:
    """Say what is open in a record that is to be archived; empty for nothing."""
    named = (
        (drafts, "draft", "drafts"),
        (actions, "open action", "open actions"),
        (plans, "meeting", "meetings"),
    )
    told = [f"{count} {one if count == 1 else many}" for count, one, many in named if count]
    return f"Still open: {', '.join(told)}. They stay as they are." if told else ""


def fields_changed(fields: Iterable[str]) -> str:
    """Tell a change of a page in one line."""
    return f"Changed: {fields_named(fields)}"


def handed_on(event: str, count: int, detail: str, what: str = "") -> str:
    """Tell that something was handed out, `what`, to `detail`; or that notes were exported or copied."""
    if what:
        return f"{what} to {detail}" + (", taken back" if event == "voided" else "")
    notes = "a note" if count == 1 else f"{count} notes"
    how = "copied to the clipboard" if event == "copied" else "exported"
    return f"{notes} {how}, {detail}" if detail else f"{notes} {how}"
