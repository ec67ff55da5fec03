"""Templates: the list, the preview, the editor."""

from __future__ import annotations

TEMPLATES_PLACE = "Templates"
TEMPLATES_TIP = (
    "The forms that notes are written in: look at them, print an empty one, copy, change, retire, take in from a file."
)
TEMPLATE_BUILT_IN = "built in"
TEMPLATE_OF_PAGES = "participants' page"
TEMPLATE_OWN = "yours"
TEMPLATE_RETIRED = "retired"
TEMPLATE_UNSAVED = "being changed"
TEMPLATE_COPY = "Copy a template"
TEMPLATE_TITLE = "Title"
TEMPLATE_TITLE_HINT = "What yours is called."
TEMPLATE_IMPORT = "Take in a template"
TEMPLATE_FILE = "File"
TEMPLATE_IMPORT_HINT = "A template (.toml), or an XLSForm (.xlsx)."
TEMPLATE_EXPORT = "Write the template to a file"
TEMPLATE_EXPORT_HINT = "Such as ours.toml. It holds questions, no answers."
FORM_PLACE = "Print a form"
FORM_CHOICES = (
    (
        "as",
        "As",
        (
            ("pdf", "PDF to print"),
            ("fillable", "PDF to type into"),
            ("docx", "Word"),
            ("rtf", "RTF"),
            ("txt", "text"),
            ("md", "Markdown"),
            ("html", "HTML"),
        ),
    ),
    ("paper", "Paper", (("a4", "A4"), ("letter", "Letter"))),
)
FORM_FILE_HINT = "Such as ~/form.pdf. F8 writes it; what is there already is not replaced unless you press F4."
SHEETS_COMMAND = "Paper catch-up"
SHEETS_TIP = "Type in a stack of filled paper forms, one sheet after the other."
SHEETS_OF_WHICH = "Which form are the sheets of?"
SHEETS_OF_NOTES = "This one holds fields of participants' pages. Take a template of notes."
TEMPLATE_REPLACE = "This file is there already. Replace it?"
TEMPLATE_REPLACE_YES = "Replace it"
TEMPLATE_COPY_FIRST = "What ships with PeerNote stays as it is. Press c to change a copy of it."
TEMPLATE_COPIED = "A copy of your own. Enter changes a line; F8 saves it."
TEMPLATE_NOW_RETIRED = "It is retired: no new note is begun in it. Drafts in it go on."
PAGE_FIELDS_RETIRED = "It is retired: no page asks its fields. What was answered stays."
TEMPLATE_IN_USE = "It is in use again."
PREVIEW_PLACE = "Preview"
PREVIEW_SAID = "Preview: nothing that is typed here is kept."
PREVIEW_WAY = "Esc leaves"
PREVIEW_NAME = "Somebody"
EDITOR_PLACE = "Change a template"
EDITOR_ADD = "What kind of field?"
EDITOR_LABEL_HINT = "What it asks."
EDITOR_SECTION = "Add a section"
EDITOR_CHANGE = "What to change?"
EDITOR_TYPE_HINT = "Leave it empty to take it away."
EDITOR_DISCARD = "Put everything aside that was changed here since the last saved version?"
EDITOR_DISCARD_MORE = "Saved versions stay. This cannot be taken back."
EDITOR_DISCARD_YES = "Put it aside"
EDITOR_TOO_LONG = "This is too long for an action."
EDITOR_SHORTER = "Say it in fewer words."
EDITOR_ADD_COLUMN = "What kind of column?"
EDITOR_ADD_ACTION = "An action that each note agrees by itself"
EDITOR_ACTION_HINT = "What is to be done. Enter on its line says who, by when, and when it is asked for."
EDITOR_ACTIONS = "Actions that each note agrees by itself"
EDITOR_HEAD = "the whole template"
EDITOR_NO_ROWS = "Columns belong to rows. Go to a field of the kind “Rows”, or add one with a."
EDITOR_NOT_RETIRED = "Fields are retired, one by one. Go to the line of one."
EDITOR_COLUMN_STAYS = "A column is not retired by itself. Press x to take it out, or retire the rows."
EDITOR_HEAD_STAYS = "A template is retired in the list of templates. Press d to put aside what was changed."
EDITOR_OWNERS = {"participant": "the participant", "me": "me", "both": "both of us", "other": "somebody else"}
EDITOR_WAY_ADD = "Press a to add it, best in the first section."
EDITOR_WAY_EMPTY = "Press a to add a field, or x to take the section out."
EDITOR_WAYS = {
    "choices": "Press Enter and take “Choices”.",
    "columns": "Press c to add a column.",
    "value": "Press Enter and take “Computed from”.",
    "show_if": "Press k to see the names of the fields. Texts stand in quotation marks.",
    "must": "Press k to see the names of the fields. Texts stand in quotation marks.",
    "alternatives": "Press k to see the names of the fields.",
    "owner_name": "Press Enter: “Who” is somebody else where a name is given, and only there.",
}
"""The way out of a fault by the entry it is about, where a file has another."""
EDITOR_WAS_SAVED = "It was in a saved version, and notes may hold answers to it. Press r to retire it."
EDITOR_FIRST_SECTION = "A template needs a section. Press s to add one."
EDITOR_KINDS = {
    "text": "A line",
    "long_text": "Several lines",
    "own_words": "Their own words",
    "yes_no": "Yes or no",
    "choice": "One of several",
    "choices": "Several of several",
    "number": "A number",
    "money": "Money",
    "scale": "A scale",
    "date": "A day",
    "time": "A time of day",
    "time_span": "From and to",
    "duration": "How long",
    "tags": "Tags",
    "phone": "A phone number",
    "staff": "A staff member",
    "participant": "A participant",
    "rows": "Rows",
    "attestation": "A line to stand for",
    "computed": "Computed",
    "heading": "A heading",
    "consent": "Consent",
    "session": "When it took place",
    "action_reviews": "Last time's actions",
    "action_rows": "Agreed actions",
    "next_contact": "Next contact",
}
"""Kinds of fields in words, in the order they are offered."""
EDITOR_ENTRIES = {
    "label": "Label",
    "title": "Title",
    "description": "What it is for",
    "within": "Time to sign",
    "text": "What is to be done",
    "owner": "Who",
    "owner_name": "Name or role of somebody else",
    "due": "By when",
    "hint": "Hint",
    "example": "Example",
    "kind": "Kind",
    "required": "Needed to sign: yes or no",
    "choices": "Choices",
    "show_if": "Asked only if",
    "least": "At least",
    "most": "At most",
    "places": "Digits after the point",
    "unit": "Unit",
    "low": "Words at the low end",
    "high": "Words at the high end",
    "default": "Stands there at first",
    "missing": "Said when it is missing",
    "must": "Must hold",
    "must_say": "Said when it does not hold",
    "pattern": "Pattern of the text",
    "pattern_say": "Said when it does not fit",
    "value": "Computed from",
    "private": "Never leaves the vault: yes or no",
    "ahead": "A day to come: yes or no",
    "lines": "Lines shown",
    "suggestions": "Tags offered",
    "alternatives": "Fields that serve as well",
    "source": "Where the rule comes from",
}
"""What can be changed at a line."""
EDITOR_HINTS = {
    "title": "What it is called.",
    "label": "What it asks.",
    "text": "What is to be done.",
    "within": "Such as: 24 hours, or 2 business days.",
    "due": "From the day of the contact, such as: +1d, or fri.",
    "places": "From 0 to 6.",
    "lines": "From 1 to 20; a longer text scrolls.",
    "suggestions": "With a semicolon between two: calm; hopeful",
    "alternatives": "Names of fields with a semicolon between two. Press k to see the names.",
    "choices": "With a semicolon between two: Bus pass; Ride; Other",
    "show_if": "Such as: travel and miles > 5. Press k to see the names of the fields.",
    "must": "Such as: miles < 300. Press k to see the names of the fields.",
    "value": "Such as: minutes(session). Press k to see the names of the fields.",
    "pattern": "A regular expression for all of it.",
}


def template_taken_in(version: int, report: int) -> str:
    """Say that a template came in, and how much of a form was not carried over."""
    more = f" {report} things are not as they were; they are listed." if report else ""
    return f"Version {version} is in the vault.{more}"


def template_written(name: str) -> str:
    """Say that a template was written."""
    return f"Written to {name}."


def template_saved(version: int) -> str:
    """Say that a version was saved."""
    return f"Saved as version {version}. What was begun before keeps its version."


def template_counts(version: int, fields: int, faults: int) -> str:
    """Count for the top line of the editor."""
    wrong = "" if not faults else " · 1 fault" if faults == 1 else f" · {faults} faults"
    return f"version {version} to be · {fields} fields{wrong}"


def template_faults(count: int, first: str) -> str:
    """Say why it cannot be saved yet."""
    return first if count == 1 else f"{first} There are {count - 1} more, marked with !."


def form_readable(title: str) -> str:
    """Which form is to be printed, and what is to be known of it."""
    return (
        f"“{title}” as an empty form. It tells of nobody. Once it is filled in, keep it locked away until its words "
        "are in PeerNote."
    )


def form_written(name: str) -> str:
    """That the file is there."""
    return f"The empty form is in {name}."


def sheets_signed(count: int) -> str:
    """How far a stack of paper forms is, and what comes next."""
    return f"{_sheets(count)} signed. Whose is the next one? Esc ends." if count else "Whose is the sheet? Esc ends."


def sheets_ended(count: int) -> str:
    """That no more sheets are asked for."""
    return f"{_sheets(count)} signed. What is not signed waits as a draft on Today."


def _sheets(count: int) -> str:
    return "1 sheet" if count == 1 else f"{count or 'No'} sheets"
