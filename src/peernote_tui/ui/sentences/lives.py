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
