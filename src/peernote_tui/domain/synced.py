"""Folders that another program copies to the internet, by their usual names."""

from __future__ import annotations

from collections.abc import Iterable

GOOGLE_DRIVE, DROPBOX, ONEDRIVE, ICLOUD = "Google Drive", "Dropbox", "OneDrive", "iCloud Drive"
_NAMES = {
    "dropbox": DROPBOX,
    "onedrive": ONEDRIVE,
    "google drive": GOOGLE_DRIVE,
    "googledrive": GOOGLE_DRIVE,
    "google-drive": GOOGLE_DRIVE,
    "drivefs": GOOGLE_DRIVE,
    "my drive": GOOGLE_DRIVE,
    "icloud drive": ICLOUD,
    "iclouddrive": ICLOUD,
    "com~apple~clouddocs": ICLOUD,
    "mobile documents": ICLOUD,
}


def synced_by(parts: Iterable[str]) -> str:
    """Which service seems to sync a folder, from the names on the way to it; empty for none.

    Recognised by names only: Desktop and Documents that a Mac or Windows syncs under their own names are not.
    """
    unnamed = ""
    for part in parts:
        name = part.casefold()
        for known, service in _NAMES.items():
            if name == known or name.startswith((f"{known} ", f"{known}-", f"{known}:")):
                return service
        if name == "cloudstorage":
            unnamed = "a cloud service"
    return unnamed
