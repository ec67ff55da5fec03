"""Sentences about progress over time, and about the report over a period."""

from __future__ import annotations

# Progress

PROGRESS_PLACE = "Progress"
PROGRESS_TIP = "What was agreed and kept, how things were, concerns and contacts, month by month."
PROGRESS_ACTIONS = "Actions agreed"
PROGRESS_SIGNS = "✓ kept  ◐ partly  ○ open  – let go"
PROGRESS_NONE = "None were agreed yet."
PROGRESS_NOT_ASKED = "Nobody said in these months."
PROGRESS_BY_CONTACT = "each contact"
PROGRESS_MIDDLE = "the middle one of each month"
PROGRESS_CONTACTS = "Contacts"
PROGRESS_NOT_MET = "There were none in these months."
PROGRESS_LATELY = "Last three months"
PROGRESS_CONCERNS = "Concerns"
CONCERN_BEFORE = "before these months"
CONCERNS_STANDING = {
    "came": "Concerns that came in the last three months",
    "stayed": "Concerns that stayed",
    "went": "Concerns not told in the last three months",
}


def actions_agreed_by(who: str) -> str:
    """Head the actions of one side, by the month they were agreed in."""
    return f"{PROGRESS_ACTIONS}: {who}"


def months_shown(first: str, last: str) -> str:
    """Say which months are shown."""
    return first if first == last else f"{first} to {last}"


def contacts_counted(count: int) -> str:
    """Count contacts."""
    return "1 contact" if count == 1 else f"{count} contacts"


def no_shows_counted(count: int) -> str:
    """Count no-shows."""
    return "1 no-show" if count == 1 else f"{count} no-shows"


def kept_of(who: str, kept: int, agreed: int) -> str:
    """Say how many of the agreements of a month were kept."""
    return f"{who} kept {kept} of {agreed}"


# Report

REPORT_PLACE = "Report"
REPORT_COMMAND = "Report over a period"
REPORT_TIP = "Contacts, hours, units, no-shows, open actions over a week, a month, a quarter; no names."
REPORT_COUNTING = "Counting."
REPORT_PERIOD = "Report over which days?"
REPORT_PERIOD_LABEL = "Period"
REPORT_PERIOD_HINT = "Such as last month, this week, q3, october, 1 oct to 15 oct."
REPORT_FOR_SHARING = "for sharing: counts under 5 are hidden"
REPORT_PLAIN = "every count is shown; s for sharing"
REPORT_READABLE = "The file is not encrypted, and has no names. Counts under 5 can point at somebody."
REPORT_READABLE_SHARED = "The file is not encrypted, and has no names. Counts under 5 are hidden."
REPORT_FORM = "Form"
REPORT_FORMS = (("text", "Text"), ("csv", "CSV"), ("xlsx", "XLSX"))
REPORT_FILE_HINT = "Where to, such as ~/report.csv. A file that is there stays unless you say Replace."


def counting_so_far(count: int) -> str:
    """Say how far the counting is."""
    return f"Counting: {count:,} notes so far."


def report_written(name: str) -> str:
    """Say that a report was written to a file."""
    return f"The report is written to {name}."
