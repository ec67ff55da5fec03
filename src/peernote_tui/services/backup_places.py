"""The chosen folder on another drive, such as a USB stick, to which backups go when it is there."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from pathlib import Path
from uuid import UUID

from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.services.backups import DUE_AFTER, Backup, Job, Kind, last_good_of, stick_folder, stick_name
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault.backup_place import has_mark, write_mark
from peernote_tui.vault.manifest import list_backups

REMEMBERED = "backup folder"


class Standing(Enum):
    """How it stands with the chosen folder."""

    ABSENT = "absent"
    """It is not there; the drive is not connected."""
    OURS = "ours"
    """It is there, and says that it takes the backups of this vault."""
    OTHER = "other"
    """A folder is there that does not say so: another drive, perhaps. Nothing is written to it unasked."""


@dataclass(frozen=True, slots=True)
class Place:
    """A chosen folder.

    Attributes:
        path: As it was chosen.
        folder: The folder inside that takes the backups of this vault.
        vault_id: Whose.
        last: When the last good backup there was made, as far as this vault knows; aware.
    """

    path: Path
    folder: Path
    vault_id: UUID
    last: datetime | None = None

    def look(self) -> Standing:
        """Whether it is there; a cheap question, for any thread."""
        try:
            if not self.path.is_dir():
                return Standing.ABSENT
            return Standing.OURS if has_mark(self.folder, self.vault_id) else Standing.OTHER
        except OSError:
            return Standing.ABSENT


def chosen(workspace: Workspace) -> Place | None:
    """The folder that was chosen; None when none was."""
    with workspace.reading() as work:
        kept = work.remembered.get(REMEMBERED)
    if not isinstance(kept, dict) or not isinstance(kept.get("path"), str):
        return None
    path, last = Path(kept["path"]), kept.get("last")
    folder = path / stick_name(workspace.vault.vault_id)
    return Place(path, folder, workspace.vault.vault_id, datetime.fromisoformat(last) if last else None)


def choose(workspace: Workspace, path: Path) -> Place:
    """Let backups go to a folder from now on, whenever it is there, and mark it as this vault's.

    Raises:
        InvalidInputError: It lies inside the vault.
        StorageError: It is not there, or cannot be written.
        VaultError: The vault is open for reading only.
    """
    folder = stick_folder(workspace.vault, path)
    write_mark(folder, workspace.vault.vault_id)
    place = Place(folder.parent, folder, workspace.vault.vault_id)
    place = replace(place, last=_last_there(place, workspace.clock.now()))
    _keep(workspace, place)
    return place


def forget(workspace: Workspace) -> None:
    """Let no more backups go to another drive by themselves; what lies there stays."""
    with workspace.changing() as work:
        work.remembered.forget(REMEMBERED)
        work.commit()


def drives() -> tuple[Path, ...]:
    """Drives that look as if they were connected just now, for choosing one."""
    if sys.platform == "win32":
        roots = [Path(f"{letter}:/") for letter in "DEFGHIJKLMNOPQRSTUVWXYZ"]
    elif sys.platform == "darwin":
        roots = sorted(Path("/Volumes").glob("*"))
    else:
        roots = sorted({*Path("/media").glob("*/*"), *Path("/run/media").glob("*/*")})
    found = []
    for root in roots:
        with suppress(OSError):
            if root.is_dir() and os.access(root, os.W_OK):
                found.append(root)
    return tuple(found)


def job_if_due(place: Place, now: datetime) -> Job | None:
    """What to do when the last good backup in a folder that is there is older than a day; in any thread."""
    last = _last_there(place, now)
    return None if last is not None and now - last < DUE_AFTER else Job(place.folder, Kind.DAILY, marked=True)


def note_made(workspace: Workspace, place: Place, made: Backup) -> None:
    """Remember when the last good backup there was made, for when the drive is away."""
    if made.manifest is not None and not workspace.vault.read_only:
        _keep(workspace, replace(place, last=made.manifest.created_at))


def there(place: Place) -> tuple[Backup, ...]:
    """The backups in a folder that is there, the newest first.

    Raises:
        StorageError: It may not be read.
    """
    return list_backups(place.folder, vault_id=place.vault_id)


def newest_anywhere(workspace: Workspace) -> datetime | None:
    """When the newest usable backup was made, beside the vault or on the chosen drive; None when there is none."""
    place = chosen(workspace)
    now = workspace.clock.now()
    known = (last_good_of(workspace), None if place is None else place.last)
    return max((moment for moment in known if moment is not None and moment <= now), default=None)


def _last_there(place: Place, now: datetime) -> datetime | None:
    try:
        found = there(place)
    except PeerNoteError:
        return None
    made = (each.manifest.created_at for each in found if each.manifest and not each.problem)
    return max((moment for moment in made if moment <= now), default=None)


def _keep(workspace: Workspace, place: Place) -> None:
    kept = {"path": str(place.path), "last": None if place.last is None else place.last.isoformat()}
    with workspace.changing() as work:
        work.remembered.put(REMEMBERED, kept, at=workspace.clock.now(), by=workspace.author.id)
        work.commit()
