"""Sentences about backups: making, checking, trying and putting them back."""

from __future__ import annotations

from datetime import datetime

_OLD_DAYS = 2
_TOO_OLD_DAYS = 7

# Backups, as Today speaks of them

BACKING_UP_AT_QUIT = "Much has changed, so a backup is made before leaving. Any key leaves at once."
DRILL_OFFER = "A month has passed since a backup was tried out. b goes to Backups; t tries it there, l puts it off."


def backup_age(made: datetime | None, now: datetime) -> str:
    """Say how old the last good backup is when that is worth saying: "backup 4 days old"; else nothing."""
    days = 0 if made is None else (now - made).days
    return f"backup {days} days old" if days >= _OLD_DAYS else ""


def is_too_old(made: datetime | None, now: datetime) -> bool:
    """Whether the last good backup is older than a week."""
    return made is not None and (now - made).days >= _TOO_OLD_DAYS


def backup_too_old(made: datetime | None, now: datetime) -> str:
    """Warn that the last good backup is older than a week; else nothing."""
    if made is None or not is_too_old(made, now):
        return ""
    return f"The last good backup is {(now - made).days} days old. b shows the backups; m makes one there."


def no_backup(why: str) -> str:
    """Say that no backup could be made; `why` is what was refused, with its way out."""
    return f"No backup could be made. {why}"


def no_backup_there(why: str) -> str:
    """Say that no backup could be made on the chosen drive; the vault and its own backups are as they were."""
    return f"No backup could be made on the drive. {why}"


def other_drive() -> str:
    """Ask about a drive at the chosen place that is not marked for this vault."""
    return "The drive for backups is another one than before, so nothing was written to it. b shows the backups."
