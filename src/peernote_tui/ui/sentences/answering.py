"""The log, verification, legal hold and erasing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

LOG_PLACE = "Log"
LOG_EMPTY = "The log has no such entry."
LOG_MORE = "Earlier entries"
LOG_ENTRY_STAYS = "An entry of the log never changes. It says who did what and when, never what was written."
ERASED_RECORD = "an erased record"

VERIFY_PLACE = "Verify"
ANCHOR_KEPT = "Kept elsewhere"
ANCHOR_HINT = "An anchor from paper or a backup, if you have one. Enter or F2 checks everything."
ANCHOR_HELP = (
    "An anchor says how long the log was and how its last hash begins, such as log 1042 · 7F3A-91C2-04BE-D6A8. Write "
    "the one above on paper, or give it to somebody. Typed here later, it shows whether the log still holds what it "
    "held then. Without one, nobody can see that the end of the log was cut off, or that an older copy was put back."
)
VERIFYING = {
    "file": "Reading every page of the file …",
    "log": "Following the log from its first entry …",
    "notes": "Checking hash and signature of every note …",
    "record": "Comparing consents, actions and erasures with the log …",
}

HOLD_REASON = "Why is this record held?"
HOLD_HINT = "One line: who asked for it, and when. Enter sets the hold, Esc changes nothing."
HOLD_SET = "The record is under legal hold. It cannot be erased until the hold is lifted."
HOLD_LIFTED = "The legal hold is lifted."
HOLD_QUESTION = "Lift the legal hold?"
HOLD_CONSEQUENCE = "From then on the record can be erased. The log keeps that it was held."
HOLD_YES = "Lift it"

ERASE_PLACE = "Erase a record"
ERASE_WORD = "ERASE"
ERASE_FILE = "Their record to"
ERASE_FILE_HINT = "A new file for them, such as ~/record.json. It is not encrypted. F4 instead of F8 keeps no copy."
ERASE_TYPE = "Type ERASE"
ERASE_TYPE_HINT = "It cannot be undone. With the word typed, F8 erases, F4 erases and keeps no copy. Esc goes back."
ERASE_NO_FILE = "Name a file for their record, or press F4 to keep no copy."
ERASE_NOT_TYPED = "Type ERASE in capital letters when it is meant."
ERASING = "A backup is made, then the record is erased …"
BACKUPS_CONSEQUENCE = "A new backup without them is made first. What lies on a USB stick or elsewhere stays as it is."
BACKUPS_YES = "Remove them"

_KINDS = {
    "notes": ("signed note", "signed notes"),
    "drafts": ("draft", "drafts"),
    "action_items": ("action item", "action items"),
    "follow_ups": ("meeting", "meetings"),
    "consents": ("consent entry", "consent entries"),
}


def anchor_now(anchor: str) -> str:
    """Say what the log is now, to be copied by hand."""
    return f"The log now:  {anchor}"


def everything_holds(notes: int, *, anchored: bool) -> str:
    """Say that a check of the whole vault found nothing."""
    held = "\nThe log still holds the anchor." if anchored else ""
    return f"✓ Everything holds: the file, the log, {notes:,} signed {'note' if notes == 1 else 'notes'}.{held}"


def something_does_not_hold(problems: Sequence[str]) -> str:
    """Say what a check of the whole vault found, and what to do."""
    shown = [f"! {problem}" for problem in problems[:20]]
    if len(problems) > len(shown):
        shown.append(f"and {len(problems) - len(shown):,} more")
    return "\n".join([*shown, "", "Keep this vault as it is. A backup can be put in its place: peernote backup list."])


def held_since(day: str, reason: str) -> str:
    """Say that a record is under legal hold."""
    return f"Legal hold since {day}: {reason}"


def erase_preview(
    counts: Mapping[str, int], backups: Sequence[str], *, named_in: int, rescue_files: int, held: bool
) -> str:
    """Say what an erasure would take, and where the person would still be found."""
    counted = [f"{count:,} {_KINDS[kind][count != 1]}" for kind, count in counts.items() if count]
    lines = [f"This would be erased: {', '.join(counted) or 'nothing but their name'}. It cannot be undone."]
    if held:
        lines.insert(0, "! The record is under legal hold and cannot be erased. Lift the hold on their page first.")
    if named_in:
        lines.append(f"{named_in:,} notes of other people hold their name and stay as they are.")
    if rescue_files:
        lines.append(f"{rescue_files:,} rescue files with a draft about them go too.")
    lines += ["These backups hold them:", *backups] if backups else []
    lines.append("One more backup is made before, which holds them too; afterwards you are asked about all of these.")
    lines.append("Copies elsewhere, such as on a USB stick or in exported files, cannot be looked into from here.")
    return "\n".join(lines)


def backup_holding_them(name: str, until: str, *, read: bool) -> str:
    """Name a backup that holds a person, and when it goes by itself."""
    known = "" if read else "cannot be looked into, "
    return f"  {name}  {known}{f'goes on {until} at the latest' if until else 'stays'}"


def backups_question(count: int) -> str:
    """Ask whether the backups that still hold an erased person go too."""
    return "Remove the backup that still holds them?" if count == 1 else f"Remove the {count} backups that hold them?"


def erased(left: int, stayed: str = "") -> str:
    """Say that a record is erased, how many backups still hold it, and what its file does not hold."""
    still = f" {left} backups still hold it until they go by themselves." if left else ""
    return f"The record is erased.{still}" + (f" From the file {stayed[0].lower()}{stayed[1:]}" if stayed else "")
