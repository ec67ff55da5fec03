"""The mark in a folder on another drive that says whose backups it takes."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID

from peernote_tui.domain.errors import StorageError
from peernote_tui.vault import files

MARK_NAME = "whose-backups.json"
_FORMAT = "peernote-backup-place"
_MOST_BYTES = 4096


def write_mark(folder: Path, vault_id: UUID) -> None:
    """Say in a folder that it takes the backups of a vault; the folder is made if need be.

    Raises:
        StorageError: The disk refuses.
    """
    files.make_folder(folder)
    said = {"format": _FORMAT, "version": 1, "vault_id": str(vault_id)}
    files.write_atomically(folder / MARK_NAME, (json.dumps(said, indent=1) + "\n").encode())


def has_mark(folder: Path, vault_id: UUID) -> bool:
    """Whether a folder says that it takes the backups of that vault."""
    try:
        with (folder / MARK_NAME).open("rb") as file:
            said = json.loads(file.read(_MOST_BYTES))
        return bool(said["format"] == _FORMAT and said["vault_id"] == str(vault_id))
    except (OSError, StorageError, ValueError, KeyError, TypeError, RecursionError):
        return False
