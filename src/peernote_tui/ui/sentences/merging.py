"""Two records of one person, and two people of one name."""

from __future__ import annotations

MERGE_PLACE = "Merge"
MERGE_WITH = "With whom"
MERGE_KEPT = "Stays"
MERGE_OTHER = "Becomes part of it"
MERGE_CHOICE = "Both say something: Space takes the other"
MERGE_FILLED = "Filled or united"
MERGE_SAME = "The same in both, or in one alone"
MERGE_RECORD = "What is written"
MERGE_HOLDS = "Holds"
MERGE_NOTHING_WRITTEN = "nothing yet"
MERGE_ENTER = "Space takes the other value, s keeps the other record, F8 merges."
MERGE_NO_CHOICE = "Nothing is left out here, so there is nothing to choose."
MERGE_READ_ONLY = "This vault is open for reading only, so nothing can be merged."
COVERED = "covered"
COVERED_ANOTHER = "covered, another one"
PARTS_PLACE = "Merged"
PARTS_EMPTY = "No other record is part of this one."
PARTS_WAY = "s separates it again; m merges another one."
PART_LATER = "part of the one above it: separate that one first"
DOUBLES_PLACE = "Likely doubles"
DOUBLES_LOOKING = "Looking through everybody …"
DOUBLES_NONE = "No two records look like one person."
ARE_TWO_PEOPLE = "Remembered: they are two people."
THE_SAME_AGAIN = "That they are two people is forgotten."
DOUBLE_MERGED = "The two records are one now. On its page, m shows them, and separates them again."
CONSENT_SCOPE_WORDS = {
    "notes": "Consent to notes",
    "sharing": "Consent to share",
    "voicemail": "Consent to voicemail",
    "text": "Consent to texts",
    "groups": "Consent to groups",
}
STANDING_WORDS = {"active": "on file", "none": "none", "expired": "expired", "withdrawn": "withdrawn"}


def afterwards(text: str) -> str:
    """Say what a page says after a merge."""
    return f"afterwards: {text}"


def names_covered(count: int) -> str:
    """Say how many further names there are while names are not to be seen."""
    return f"{count} covered" if count else ""


def two_are_one(name: str) -> str:
    """Say that two records were merged."""
    return f"Merged: both records of {name} are one page now."


def two_again(name: str, stays: str, since: str) -> str:
    """Say that a record was separated, and what could not be parted.

    Args:
        name: Of the record that stands for itself again.
        stays: Fields that were edited since, in words; empty for none.
        since: What was written since, in words; empty for nothing.
    """
    said = [f"Separated: {name} has a record of their own again."]
    said += [f"Edited since, and left as it is: {stays}."] if stays else []
    said += [f"Written since, and stays here: {since}."] if since else []
    return " ".join(said)


def records_merged(count: int, day: str) -> str:
    """Say on a page that it is that of several records.

    Args:
        count: How many records it is that of, this one among them.
        day: When the last one was merged, such as "3 Nov".
    """
    return f"{count} records merged, {day}: m shows them"


def pairs_found(count: int) -> str:
    """Say how many pairs of records look like one person."""
    return "1 pair" if count == 1 else f"{count} pairs"
