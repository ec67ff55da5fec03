"""The folder of backups: free names in it, and what is cleared away."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from uuid import UUID

from peernote_tui.domain.errors import VaultError
from peernote_tui.vault import files
from peernote_tui.vault.manifest import Backup, folder_name, is_name, list_backups
from peernote_tui.vault.retention import FEWEST, to_keep


def free_name(folder: Path, moment: datetime, suffix: str = "") -> Path:
    """Where a backup of that moment can lie."""
    name, number = folder_name(moment), 1
    with files.told(folder):
        while files.is_there(path := folder / ((name if number == 1 else f"{name}-{number}") + suffix)):
            number += 1
    return path


def prune(folder: Path, vault_id: UUID, *, keep: str) -> None:
    """Remove what is not worth its room; what does not read, or is of another vault, is never touched."""
    with suppress(VaultError):
        for backup in _unneeded(list_backups(folder, vault_id=vault_id), keep):
            # First under a name that does not count, so that no half of a backup is ever taken for one.
            with suppress(OSError):
                remove(backup.path.rename(backup.path.with_name(backup.name + files.PART_SUFFIX)))


def _unneeded(backups: Iterable[Backup], keep: str) -> list[Backup]:
    good = [(backup, backup.manifest.created_at) for backup in backups if backup.manifest and not backup.problem]
    # What lies ahead of the one just made was made while the clock was wrong. It stays, and does not push out others.
    present = next((moment for backup, moment in good if backup.name == keep), None)
    good = [(backup, moment) for backup, moment in good if present is None or moment <= present]
    kept = to_keep(moment for _, moment in good)
    old = [backup for backup, moment in good if moment not in kept and backup.name != keep]
    return old[: max(0, len(good) - FEWEST)]


def clear(folder: Path, *, in_work: Collection[Path]) -> None:
    """Remove what attempts that were cut off left behind, but nothing that is just being made."""
    with files.told(folder):
        parts = [part for part in folder.glob(f"*{files.PART_SUFFIX}") if part not in in_work]
    for part in parts:
        if is_name(part.name.removesuffix(files.PART_SUFFIX)):
            remove(part)


def remove(part: Path) -> None:
    """Remove a folder that does not count, as far as the disk lets that happen."""
    shutil.rmtree(part, ignore_errors=True)
