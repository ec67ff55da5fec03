"""Folders that another program copies to the internet: told from where they usually lie, and what lies in them.

Nothing is connected to: a file put into such a folder leaves this computer through the program that syncs it.
"""

from __future__ import annotations

import os
import string
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from peernote_tui.domain.synced import DROPBOX, GOOGLE_DRIVE, ICLOUD, ONEDRIVE, synced_by
from peernote_tui.vault import files

_VARIABLES = {"OneDrive": ONEDRIVE, "OneDriveCommercial": ONEDRIVE, "OneDriveConsumer": ONEDRIVE}
"""What Windows sets to the folders of OneDrive, whatever they are called."""
_MARKERS = {
    ".dropbox": DROPBOX,
    ".dropbox.cache": DROPBOX,
    ".shortcut-targets-by-id": GOOGLE_DRIVE,
    ".tmp.drivedownload": GOOGLE_DRIVE,
    ".tmp.driveupload": GOOGLE_DRIVE,
}
"""What the programs keep in the uppermost folder they sync."""
_CLOUD_DOCS = Path("Library", "Mobile Documents", "com~apple~CloudDocs")
_TO_ICLOUD = ("Desktop", "Documents")
"""Folders of a Mac's home that iCloud Drive may take over under their own names."""


def synced_folder(path: Path, *, environment: Mapping[str, str] | None = None, home: Path | None = None) -> str:
    """Which service seems to copy what lies at this path to the internet; empty for none.

    It looks at the disk, so on a drive that sleeps it takes its time.

    Args:
        path: A file or folder, there or not.
        environment: Variables; those of the process when left out.
        home: The home of whoever sits here.
    """
    environment = os.environ if environment is None else environment
    home = Path.home() if home is None else home
    path = files.spelled_out(path).absolute()
    # A link leads where its target is synced, under whatever name it was reached.
    for reached in dict.fromkeys((path, _followed(path))):
        by_name = synced_by(reached.parts)
        if by_name:
            return by_name
        for variable, service in _VARIABLES.items():
            if environment.get(variable) and reached.is_relative_to(environment[variable]):
                return service
        for name in _TO_ICLOUD:
            if reached.is_relative_to(home / name) and _is_there(home / _CLOUD_DOCS / name):
                return ICLOUD
        for folder in reached.parents:
            service = next((title for marker, title in _MARKERS.items() if _is_there(folder / marker)), "")
            if service:
                return service
    return ""


def drive_folders(*, home: Path | None = None) -> tuple[Path, ...]:
    """Folders of Google Drive on this computer, the likeliest first; a file put there is in Drive without more ado.

    Args:
        home: The home of whoever sits here.
    """
    home = Path.home() if home is None else home
    found = [folder for folder in _candidates(home) if folder.is_dir()]
    # Where "My Drive" lies within, the folder around it takes no file.
    return tuple(folder for folder in dict.fromkeys(found) if not any(other.parent == folder for other in found))


def _candidates(home: Path) -> Iterator[Path]:
    clouds = home / "Library" / "CloudStorage"
    if sys.platform == "darwin" and _is_there(clouds):
        yield from (each / "My Drive" for each in sorted(clouds.glob("GoogleDrive-*")))
    for name in ("Google Drive", "GoogleDrive", "google-drive", "My Drive"):
        yield home / name / "My Drive"
        yield home / name
    if sys.platform == "win32":
        # Drive for desktop takes a letter of its own, G unless that is taken.
        yield from (Path(f"{letter}:\\", "My Drive") for letter in "G" + string.ascii_uppercase[3:])


def _followed(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path


def _is_there(path: Path) -> bool:
    try:
        return os.path.lexists(path)
    except (OSError, ValueError):
        return False
