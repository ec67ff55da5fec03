"""Rule packs and business days."""

from __future__ import annotations

from datetime import date

RULES_PLACE = "Rules"
RULES_TIP = "What your payer asks of every note, until when it is due, and the holidays that do not count."
RULE_PACKS = "Rule packs"
HOLIDAYS = "Holidays"
PACK_IN_USE = "in use"
ADD_HOLIDAY = "Add a holiday"
HOLIDAY_LABEL = "Day and name"
HOLIDAY_HINT = "2026-12-25 Christmas Day"
IMPORT_RULES = "Take in a file"
IMPORT_RULES_LABEL = "File"
IMPORT_RULES_HINT = (
    "A rule pack (.toml), or a list of holidays (.txt, .csv): one a line, such as 2026-12-25 Christmas Day."
)
ONE_LINE_KEYS = "Enter goes on · Esc closes"
ONE_LINE_EMPTY = "Nothing stands here yet: type an answer, or close with Esc."
NO_BUSINESS_DAYS = "Every day of the week counts as a business day, but for holidays."


def pack_used(title: str, since: str) -> str:
    """Say that a rule pack is in use; `since` is such as "1 Jan 2026", or empty."""
    return f"“{title}” is in use" + (f" for contacts from {since} on." if since else ".")


def pack_added(title: str) -> str:
    """Say that a rule pack was taken in."""
    return f"“{title}” is in the vault. Enter uses it."


def holidays_added(count: int) -> str:
    """Say how many holidays were added."""
    return "1 holiday added." if count == 1 else f"{count} holidays added."


def holiday_removed(day: date) -> str:
    """Say that a holiday was taken out."""
    return f"{day} counts as a business day again."


def weekend_is(days: tuple[str, ...]) -> str:
    """Say which days of the week do not count."""
    names = ", ".join(day.capitalize() for day in days)
    return f"No business days: {names}, and the holidays." if days else NO_BUSINESS_DAYS


def file_unreadable(reason: str) -> str:
    """Say that a file cannot be read; `reason` is in the system's words."""
    return f"This file cannot be read: {reason}. Check its name."
