"""Writing a file that leaves the vault: whole and accounted for, or nothing of it, also when the power fails."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from peernote_tui.domain.disclosure import Disclosure
from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.services import disclosing
from peernote_tui.services.disclosing import Leave
from peernote_tui.services.exporting_people import place_file
from peernote_tui.services.left_behind import under_way
from peernote_tui.services.workspace import Workspace


def place_out(
    workspace: Workspace,
    path: Path,
    data: bytes,
    *,
    replace: bool,
    leaves: Sequence[Leave] = (),
    accounted: Sequence[Disclosure] = (),
) -> None:
    """Write a file of what leaves the vault. When it cannot be written, what was accounted for is taken back.

    Args:
        workspace: The open vault.
        path: The file.
        data: What it is to hold.
        replace: Whether what has this name already may be replaced.
        leaves: Accounted for right before the file gets its name.
        accounted: What is accounted for already.

    Raises:
        InvalidInputError: The name is that of a folder, or cannot be a file's.
        RefusedError: Something has this name already and may not be replaced.
        StorageError: The disk refuses; nothing half-written is left.
    """
    rows = list(accounted)

    def account() -> None:
        if leaves:
            rows.extend(disclosing.account_for(workspace, leaves))

    with under_way(workspace, path):
        try:
            place_file(path, data, replace=replace, then=account)
        except BaseException:
            if rows and not _holds(path, data):
                with suppress(PeerNoteError):
                    disclosing.void_all(workspace, rows, "The file could not be written.")
            raise


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False
