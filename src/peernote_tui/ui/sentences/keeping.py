"""Sentences about backups: making, checking, trying and putting them back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

_OLD_DAYS = 2
_TOO_OLD_DAYS = 7

# Backups, as Today speaks of them

BACKING_UP_AT_QUIT = "Making a backup before leaving. Any key leaves at once."
DRILL_OFFER = "No backup was tried out for a month. b goes to Backups; t tries one there."


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
    return "The drive for backups is another one; nothing was written. b shows more."


PUT_BACK_DONE = "The backup is in place. The vault as it was lies beside it, set aside."


# The screen of backups

BACKUPS_PLACE = "Backups"
BACKUPS_HERE = "In the vault's folder"
NO_BACKUPS = "There is no backup yet. m makes one now.\n\nPeerNote makes one a day by itself, a moment after unlocking."
BACKUPS_NO_DRIVE = "No other drive is chosen. f chooses one, such as a USB stick, that gets a backup a day."
BACKUP_BUSY = "A backup is being made already. One moment."
BACKUP_MAKING = "Making a backup. You may go on meanwhile; Esc stops it."
BACKUP_MAKING_THERE = "Making a backup on the drive. Esc stops it."
BACKUP_STOPPED = "Stopped. The vault and the backups are as they were."
BACKUP_NOTHING_CHANGED = "Nothing was changed."
CHECKED_WHOLE = "whole, checked now"
CHECKED_WHEN_MADE = "checked when made"
NOT_WHOLE = "not usable"
PUT_BACK_YES = "Put it back"
PUTTING_BACK = "Putting the backup back…"
DRILL_RUNNING = "Trying whether the newest backup could be put back. Esc stops it."
DRILL_PUT_OFF = "The restore drill is put off for a week."
DRILL_NEVER = "No backup was tried out yet. t tries whether the newest one could be put back."
FOLDER_TITLE = "A folder on another drive"
FOLDER_MEANS = (
    "Whenever it is connected, it gets a backup a day. What lies there is encrypted as the vault is. "
    "Leave it empty to use no other drive."
)
FOLDER_LABEL = "Folder"
FOLDER_KEYS = "Enter  choose     Esc  change nothing"
FOLDER_FORGOTTEN = "No other drive is used. The backups on it stay."
_KINDS = {
    "daily": "daily",
    "asked": "made by hand",
    "before-update": "before an update",
    "before-import": "before an import",
    "before-restore": "before a restore",
    "before-erasure": "before an erasure",
    "at-quit": "when leaving",
    "new-key": "with a new key",
}
_COUNTED = {
    "participants": ("participant", "participants"),
    "notes": ("signed note", "signed notes"),
    "drafts": ("draft", "drafts"),
    "group_sessions": ("group session", "group sessions"),
    "log": ("entry of the log", "entries of the log"),
}


def backup_kind(kind: str) -> str:
    """Say why a backup was made."""
    return _KINDS.get(kind, kind)


def megabytes(size: int) -> str:
    """Say a size: "2.4 MB"."""
    return f"{size / 1e6:.1f} MB"


def counted(counts: Mapping[str, int], *, every: bool = True) -> str:
    """Say counts: "12 participants, 40 signed notes, 2 drafts"; without those that are 0 unless `every`."""
    said = [(kind, counts.get(kind, 0)) for kind in _COUNTED if kind in counts]
    return ", ".join(f"{count} {_COUNTED[kind][count != 1]}" for kind, count in said if count or every)


def backup_holds(counts: Mapping[str, int], anchor: str) -> str:
    """Say what a backup holds, and where its log ends; short, so that the anchor is whole in 80 columns."""
    return f"{counted(counts).replace('signed ', '')} · {anchor}"


def last_backup(ago: str) -> str:
    """Say in the top line how old the newest good backup is; `ago` is such as "2 hours ago", empty for none."""
    return f"last good one {ago}" if ago else "none yet"


def drive_heading(path: str, standing: str) -> str:
    """Head the backups on another drive; `standing` is "ours", "absent" or "other"."""
    if standing == "absent":
        return f"On {path}, not connected now"
    return f"On {path}" if standing == "ours" else f"On {path}: another drive than before. f takes it, too"


def checking(number: int, total: int) -> str:
    """Say how far the checks are."""
    return "Checking every page. Esc stops it." if total == 1 else f"Checking {number} of {total}. Esc stops it."


def checked_all(total: int, bad: int) -> str:
    """Say what checking found."""
    if not bad:
        return "It is whole." if total == 1 else f"All {total} are whole."
    if total == 1:
        return "It cannot be used; what is wrong stands below it."
    return f"{bad} of {total} cannot be used; what is wrong stands below each. m makes a new one."


def backup_made(size: str) -> str:
    """Say that a backup was made."""
    return f"The backup is made and checked, {size}."


def backup_made_there(size: str) -> str:
    """Say that a backup was made on the drive too."""
    return f"A backup is made and checked, {size}, here and on the drive."


FOLDER_CHOSEN = "It gets a backup a day when connected. The first is made and checked."


def drives_connected(paths: list[str]) -> str:
    """Say which drives are connected right now; empty for none."""
    return f"Connected now: {', '.join(paths)}" if paths else ""


def drill_whole(seals: int) -> str:
    """Say that the newest backup could be put back."""
    seals_said = "1 seal" if seals == 1 else f"{seals} seals"
    return f"It could be put back: every page, the counts, the log and {seals_said} hold."


def drill_failed(why: str) -> str:
    """Say that the newest backup could not be put back."""
    return f"It could not be put back. {why} m makes a new one."


def drill_last(ago: str, *, whole: bool) -> str:
    """Say when a backup was last tried out."""
    return f"Last tried out {ago}: " + ("it could be put back." if whole else "it could not be put back.")


def put_back_question(when: str) -> str:
    """Ask whether to put a backup back."""
    return f"Put the backup of {when} in the vault's place?"


def put_back_means(holds: str, newer: str, erased: int) -> str:
    """Say what putting a backup back brings, and what would not be in the vault any more.

    Args:
        holds: What the backup holds.
        newer: What the vault holds and the backup does not; empty for nothing.
        erased: How many records it brings back that were erased since.
    """
    lacking = f"The vault now holds what it does not: {newer}." if newer else "The vault holds nothing newer."
    return (
        f"It holds {holds}.\n{lacking}{erased_come_back(erased)}\n\n"
        "The vault as it is now is backed up and set aside first, nothing is deleted. PeerNote locks afterwards and "
        "opens with today's passphrase."
    )


def erased_come_back(count: int) -> str:
    """Say that a backup still holds records that were erased; empty for none."""
    if not count:
        return ""
    records = "1 record that was" if count == 1 else f"{count} records that were"
    return f" It still holds {records} erased since, and would bring them back."


def set_aside(name: str) -> str:
    """Say which vault a restore has set aside; `name` is that of its folder."""
    return f"Set aside by a restore: {name}"
