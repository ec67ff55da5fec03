"""Putting a vault that was made whole beside another one in its place, by two renames. Nothing is deleted.

Being cut off before the first rename leaves the vault as it was; between the two, the next start undoes the first;
see `layout.settle_restore`.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from peernote_tui.vault import files, layout
from peernote_tui.vault.manifest import folder_name


def place_beside(folder: Path) -> Path:
    """Where the one that is to take a vault's place is made ready; what an earlier attempt left there is removed.

    Raises:
        StorageError: The disk refuses.
    """
    making = folder.with_name(folder.name + layout.RESTORING_SUFFIX)
    with files.told(making):
        if files.is_there(making):
            shutil.rmtree(making)
    return making


def exchange(folder: Path, making: Path, aside: Path | None, *, let_go: Callable[[], None]) -> bool:
    """Move the vault aside, the other one in its place, and the backups over.

    Args:
        folder: The vault's place.
        making: What is to be there; whole, and down on the disk.
        aside: Where the vault goes; None when there is none.
        let_go: Closes every file in `folder`; called where a folder with an open file cannot be renamed.

    Returns:
        Whether the backups are here; when they are not, they lie with the vault that was moved aside.

    Raises:
        StorageError: The disk refuses; the vault is as it was.
    """
    try:
        if aside is not None:
            layout.begin_swap(making, aside)
        if sys.platform == "win32":
            let_go()
        with files.told(folder):
            if aside is not None:
                folder.rename(aside)
                files.sync_folder(folder.parent)
            making.rename(folder)
    except BaseException:
        # What this cannot undo, the next start does: the note of the exchange is removed only afterwards.
        layout.settle_restore(folder)
        shutil.rmtree(making, ignore_errors=True)
        raise
    with suppress(OSError):
        files.sync_folder(folder.parent)
    return layout.end_swap(folder)


def free_name(folder: Path, why: str, now: datetime) -> Path:
    """A name beside a vault that is not taken, such as `….before-restore-20261123-195200`."""
    stem, number = f"{folder.name}.before-{why}-{folder_name(now)}", 1
    while files.is_there(aside := folder.with_name(stem if number == 1 else f"{stem}-{number}")):
        number += 1
    return aside
