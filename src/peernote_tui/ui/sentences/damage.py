"""A vault that does not read as it should: what is damaged, and the ways out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from peernote_tui.ui.sentences.keeping import erased_come_back

PLACE_DAMAGE = "Damage"
DAMAGE_TITLE = "A part of this vault does not read as it should"
DAMAGE_READING = "Reading every page, to see what is damaged…"
DAMAGE_SALVAGING = "Bringing what still reads into a new vault…"
DAMAGE_RESTORING = "Checking the backup, and putting it in the vault's place…"
DAMAGE_PLACING = "Putting the new vault in its place…"
DAMAGE_CALM = "Nothing was changed or deleted, and nothing will be without being asked. Take your time."
DAMAGE_NONE = (
    "Every page of the file is what was written. It may have been a single failed read: press Esc and open it again."
)
DAMAGE_CARD = "Only the small file vault.json is damaged. It can be written again from the key; press j."
DAMAGE_SAME_KEY = "The new vault opens with the same passphrase and recovery code."
RESTORE_NEWEST_QUESTION = "Put the newest backup in the vault's place?"
TAKE_PLACE_QUESTION = "Put the new vault in the place of the damaged one?"
TAKE_PLACE_MEANS = "The damaged one is kept under a new name beside it, and the backups come over."
TAKE_PLACE_YES = "Put it in its place"
RESTORE_NEWEST_YES = "Put it back"
_MOST_PAGES = 12
_TWO_DAYS = 48


def damaged_pages(pages: Sequence[int], total: int) -> str:
    """Name the pages that are not what was written."""
    shown = ", ".join(map(str, pages[:_MOST_PAGES])) + (", …" if len(pages) > _MOST_PAGES else "")
    return f"Damaged: {len(pages)} of {total} pages ({shown})."


def damaged_tables(tables: Sequence[str]) -> str:
    """Say which parts of the record are concerned."""
    named = dict.fromkeys(
        _TABLES.get(name, "the search" if name.startswith(("notes_fts", "addenda_fts")) else name) for name in tables
    )
    return f"Concerned: {', '.join(named)}."


def newest_backup(age: timedelta) -> str:
    """Say how old the newest backup is, and what going back to it means."""
    hours = max(0, int(age.total_seconds() // 3600))
    recent = f"{hours} hours" if hours > 1 else "an hour"
    old = f"{hours // 24} days" if hours >= _TWO_DAYS else recent
    return f"The newest backup is about {old} old. Going back to it alone would lose what was written since."


def backup_means(lost: Sequence[str], erased: int) -> str:
    """Say what putting the backup back would set aside, and how many records erased since it brings back."""
    kept = f"The damaged vault is kept under a new name beside it.{erased_come_back(erased)}"
    if not lost:
        return kept
    return f"Not in the backup: {', '.join(lost)}. {kept}"


def put_in_place(aside: str) -> str:
    """Say that another vault is in place now, and where the damaged one is."""
    return f"Done. The damaged vault lies at {aside}. Press Esc and open the vault."


_TABLES = {
    "audit": "the log",
    "notes": "signed notes",
    "drafts": "drafts",
    "group_sessions": "group sessions",
    "participants": "participants",
    "consents": "consents",
    "action_items": "action items",
    "action_events": "what became of action items",
    "follow_ups": "meetings",
    "authors": "who writes here, and the signing key",
    "migration_journal": "the list of schema steps",
    "vault_identity": "the identity of the vault",
    "remembered": "what PeerNote keeps for itself",
    "erasures": "erasures",
    "rule_packs": "rule packs",
}
