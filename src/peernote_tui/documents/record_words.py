"""What taking a whole record in would do, in words, the same on every screen and on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from peernote_tui.documents.merge_words import FIELD_WORDS

PART_WORDS = {
    "page": "Page",
    "consents": "Consent entries",
    "notes": "Signed notes",
    "addenda": "Added to notes",
    "drafts": "Drafts",
    "actions": "Action items",
    "changes": "Their changes",
    "follow_ups": "Meetings",
    "disclosures": "Disclosures",
}
"""What the kinds of rows in a record are called."""
FATE_WORDS = {
    "new": "new",
    "changed": "changed there since",
    "there": "here already",
    "stays": "different, kept as here",
    "out": "left out",
}
"""What becomes of rows, after how many."""
_KEPT_WORDS = {"held_at": "Legal hold", "hold_reason": "Legal hold", "archived_at": "Archived"}


def numbers(part: Mapping[str, Any]) -> str:
    """How many rows of a kind are what: "2 new, 1 here already"; of the one page without a number; empty for none."""
    counts = ((part[fate], words) for fate, words in FATE_WORDS.items() if part[fate])
    return ", ".join(words if part["part"] == "page" else f"{count} {words}" for count, words in counts)


def differing_words(names: tuple[str, ...]) -> str:
    """The fields in which two pages differ."""
    words = (_KEPT_WORDS.get(name) or FIELD_WORDS.get(name) or name.replace("_", " ") for name in names)
    return ", ".join(dict.fromkeys(words))
