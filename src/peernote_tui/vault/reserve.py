"""The reserve: 1 MiB of the disk that is held, so that it can be given up when nothing else is left.

It is noise, because a file system that compresses would give nothing back for anything else.
"""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

from peernote_tui.domain.errors import StorageError
from peernote_tui.vault import files, layout

RESERVE_BYTES = 2**20
ROOM_BYTES = 8 * RESERVE_BYTES
"""How much has to be free before the reserve is made again: it must not be what fills the disk."""
FULL_BYTES = 2**16
"""A disk with less is full, whatever it says: some file systems tell it by other errors."""


def is_there(folder: Path) -> bool:
    """Whether the reserve of a vault is held."""
    try:
        return (folder / layout.RESERVE_NAME).stat().st_size >= RESERVE_BYTES
    except OSError:
        return False


def is_full(folder: Path) -> bool:
    """Whether the disk of a vault has next to no room."""
    try:
        return shutil.disk_usage(folder).free < FULL_BYTES
    except OSError:
        return False


def make(folder: Path) -> None:
    """Hold the reserve of a vault, in the place of a part of one.

    Raises:
        StorageError: The disk refuses.
    """
    files.write_atomically(folder / layout.RESERVE_NAME, secrets.token_bytes(RESERVE_BYTES))


def make_again(folder: Path) -> bool:
    """Hold the reserve again where there is room; returns whether it is held."""
    if is_there(folder):
        return True
    try:
        if shutil.disk_usage(folder).free < ROOM_BYTES:
            return False
        make(folder)
    except (OSError, StorageError):
        return False
    return True


def give_up(folder: Path) -> bool:
    """Give the reserve back to the disk; returns whether there was any to give."""
    path = folder / layout.RESERVE_NAME
    try:
        with path.open("r+b") as file:
            held = file.seek(0, 2) > 0
            # First the blocks, which need no new one; then the name.
            file.truncate(0)
        files.sync_file(path)
        path.unlink()
        files.sync_folder(folder)
    except OSError:
        return False
    return held
