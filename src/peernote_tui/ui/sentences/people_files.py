"""Sentences about participants out of files and into files."""

from __future__ import annotations

# Taking in

IMPORT_PLACE = "Import participants"
IMPORT_FILE = "File"
IMPORT_FILE_HINT = "CSV, XLSX or vCard; or a whole record (JSON). Enter reads it; Right completes a name."
IMPORT_ENCODING = "Encoding"
IMPORT_ENCODING_HINT = "Left empty it is found out. Such as utf-8 or windows-1252."
IMPORT_SHEET = "Sheet"
IMPORT_SHEET_HINT = "Of a workbook; left empty it is the first one."
IMPORT_NO_FILE = "Name the file first."
IMPORT_READING = "Reading the file. Esc stops it."
IMPORT_LOOKING = "Looking at the rows. Esc stops it."
IMPORT_TAKING = "Taking them in, after a backup. Esc stops it, and nothing is kept."
IMPORT_STOPPED = "Stopped. Nothing was taken in."
IMPORT_COLUMNS_WAY = "Enter changes a line, d the order of dates; F8 goes on"
IMPORT_NOTHING = "There is nobody to take in."
IMPORT_NO_COLUMNS = "The file has no columns."
IMPORT_NO_ROWS = "The file has no rows."
IMPORT_BAD_FIRST = "Some rows cannot be taken in. F4 leaves them out; or mend the file and read it again."
IMPORT_ASKS = {
    "encoding": "Type it below, such as windows-1252, or save the file as UTF-8.",
    "columns": "Highlight the column and press Enter.",
    "dates": "Say it with d: day first or month first.",
}
DATE_ORDERS = {None: "found out", "dmy": "day first", "mdy": "month first", "ymd": "year first"}
CHOOSE_FIELD = "What is this column?"
CHOOSE_FIELD_KEYS = "Type to narrow the list, Enter takes the highlighted line, Esc changes nothing."
NO_SUCH_FIELD = "Nothing is called like this."
IMPORT_FIELDS = {
    "leave_out": "left out",
    "name": "name",
    "preferred_name": "preferred name",
    "last_first": "name, last one first",
    "first_name": "first name",
    "middle_name": "middle name",
    "last_name": "last name",
    "name_suffix": "suffix of the name",
    "legal_name": "legal name",
    "also_called": "also called",
    "pronouns": "pronouns",
    "born": "birth date",
    "age": "age",
    "birth_precision": "how exact the birth date is",
    "id": "ID",
    "other_id": "another ID",
    "other_id_label": "whose ID that is",
    "phone": "phone",
    "email": "e-mail",
    "address": "address",
    "street": "street",
    "city": "city",
    "region": "state or region",
    "postcode": "postcode",
    "country": "country",
    "contact": "another contact",
    "contact_kind": "kind of that contact",
    "contact_label": "label of that contact",
    "contact_remark": "remark on that contact",
    "safe_to_call": "safe to call",
    "safe_to_leave_voicemail": "safe to leave voicemail",
    "safe_to_text": "safe to text",
    "person": "person around, emergency",
    "person_relation": "relation of that person",
    "person_phone": "phone of that person",
    "person_emergency": "whether for emergencies",
    "person_remark": "remark on that person",
    "language": "language",
    "strength": "strength",
    "goal": "goal",
    "about": "in their own words",
    "part2": "42 CFR Part 2",
    "custom": "a question of our own",
    "custom_label": "name of that question",
}
ROWS_NEW = "New"
ROWS_LIKELY = "Likely here already"
ROWS_BAD = "Cannot be taken in"
ROW_SKIPPED = "skipped"
ROW_ADDED_ANYWAY = "added anyway"
ROW_LEFT_OUT = "left out"


def rows_done(done: int, total: int) -> str:
    """Say how far it is; the total is 0 while nobody knows it."""
    return f"{done:,} of {total:,} rows" if total else f"{done:,} rows"


def on_line(line: int) -> str:
    """Name a row by its line in the file."""
    return f"line {line}"


def date_order(order: str | None) -> str:
    """Say how dates such as 2/5/1990 are read."""
    return f"Dates such as 2/5: {DATE_ORDERS[order]}"


def more_rows(count: int) -> str:
    """Say how many rows are not listed."""
    return f"and {count:,} more"


def participants_taken_in(count: int, skipped: int, left_out: int) -> str:
    """Say what an import did."""
    people = "1 participant is" if count == 1 else f"{count:,} participants are"
    also = [f"{skipped:,} skipped" if skipped else "", f"{left_out:,} left out" if left_out else ""]
    return f"{people} taken in.{''.join(f' {each}.' for each in also if each)}"


# Writing out

EXPORT_PLACE = "Export participants"
EXPORT_FORM = "Form"
EXPORT_FORMS = (("csv", "CSV"), ("xlsx", "XLSX"))
EXPORT_WHO = "Whom"
EXPORT_WHOM = (("active", "all on the lists"), ("archived", "archived ones, too"))
EXPORT_FILE = "File"
EXPORT_FILE_HINT = (
    "Such as ~/participants.csv. F8 writes it; what is there already is not replaced unless you press F4."
)
EXPORT_READABLE = (
    "! The file is not encrypted. Whoever has it can read names, numbers and everything else on the pages of your "
    "participants, but no notes. Keep it no longer than it is needed."
)
EXPORT_WRITING = "Writing the file."


def participants_written(count: int, name: str) -> str:
    """Say what was written."""
    people = "1 participant is" if count == 1 else f"{count:,} participants are"
    return f"{people} written, readable by anyone who has {name}."


def is_there_already(path: str) -> str:
    """Say that the name is taken, and the way out."""
    return f"{path} is there already. Choose another name, or replace it with F4."


# The calendar

CALENDAR_COMMAND = "Export calendar"
CALENDAR_TIP = "Write meetings and due days to a file that other calendars read; without names unless you ask for them."
CALENDAR_READABLE = (
    "! The file is not encrypted. It says when you meet somebody and when an action is due; with names or places, "
    "whoever has the file, and whatever that calendar is synchronised with, can read whom you see, when and where. "
    "No topics, no words of actions and no notes are in it."
)
CALENDAR_CHOICES = (
    ("only", "What", (("both", "both"), ("meetings", "meetings"), ("actions", "due days"))),
    ("until", "Until", (("all", "everything from today"), ("7", "7 days"), ("31", "31 days"))),
    ("names", "Names", (("none", "no names"), ("initials", "initials"), ("names", "full names"))),
    ("places", "Places", (("no", "no places"), ("yes", "with places"))),
)
CALENDAR_FILE_HINT = "Such as ~/peernote.ics. F8 writes it; what is there already is not replaced unless you press F4."


def calendar_written(meetings: int, actions: int, name: str) -> str:
    """Say what was written."""
    met = "1 meeting" if meetings == 1 else f"{meetings:,} meetings"
    due = "1 due day" if actions == 1 else f"{actions:,} due days"
    return f"{met} and {due} are written, readable by anyone who has {name}."
