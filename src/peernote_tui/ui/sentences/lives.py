"""The life of a note: drafts put aside, what is added to a signed note."""

from __future__ import annotations

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
