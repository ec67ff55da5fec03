"""Removing one backup because a person asks for it; the rotation removes old ones by itself."""

from __future__ import annotations

import shutil

from peernote_tui.vault import files
from peernote_tui.vault.manifest import Backup


def remove(backup: Backup) -> bool:
    """Remove a backup for good; False when the disk refuses and it is still there."""
    # First under a name that does not count, so that no half of a backup is ever taken for one.
    try:
        gone = backup.path.rename(backup.path.with_name(backup.name + files.PART_SUFFIX))
    except OSError:
        return False
    shutil.rmtree(gone, ignore_errors=True)
    return True
