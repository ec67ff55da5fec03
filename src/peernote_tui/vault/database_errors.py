"""What the errors of the database mean for a vault, by SQLite's result codes and never by their texts."""

from __future__ import annotations

from pathlib import Path

from sqlcipher3 import dbapi2

from peernote_tui.domain.errors import (
    ReadOnlyFolderError,
    StorageError,
    VaultDamagedError,
    VaultError,
    VaultInUseError,
)
from peernote_tui.vault import files

_PRIMARY_CODE = 0xFF
_SQLITE_BUSY = 5
_SQLITE_LOCKED = 6
_SQLITE_READONLY = 8
_SQLITE_IOERR = 10
_SQLITE_IOERR_SHORT_READ = _SQLITE_IOERR | 2 << 8
_SQLITE_CORRUPT = 11
_SQLITE_FULL = 13
_SQLITE_CANTOPEN = 14
_SQLITE_NOTADB = 26
_READ_BYTES = 1024 * 1024


def code(error: dbapi2.Error) -> int:
    """The primary result code of SQLite; 0 where the error is not one of its own."""
    return (getattr(error, "sqlite_errorcode", None) or 0) & _PRIMARY_CODE


def says_read_only(error: dbapi2.Error) -> bool:
    """Whether a database error means that the file, its folder or its drive may not be written."""
    return code(error) == _SQLITE_READONLY


def says_damage(error: dbapi2.Error) -> bool:
    """Whether a database error means that pages are not what was written."""
    return code(error) in {_SQLITE_CORRUPT, _SQLITE_NOTADB}


def refusal(error: dbapi2.Error, path: Path) -> VaultError | None:
    """What a database error says about disk and folder; None when it is about neither."""
    number = code(error)
    if number in {_SQLITE_BUSY, _SQLITE_LOCKED}:
        return VaultInUseError(f"Another program holds {path}.", "Close it there, then try again.")
    if number == _SQLITE_READONLY:
        return files.read_only(path)
    if number == _SQLITE_FULL:
        return files.disk_full(path)
    if number == _SQLITE_IOERR and getattr(error, "sqlite_errorcode", None) != _SQLITE_IOERR_SHORT_READ:
        return files.refusing(path)
    if number == _SQLITE_CANTOPEN:
        return files.why_unwritable(path.parent) or StorageError(
            f"{path}, or a file beside it, could not be opened.",
            "Check the permissions of the folder and that the drive is connected.",
        )
    return None


def refusal_or_damage(error: dbapi2.Error, path: Path) -> VaultError:
    """What a database error says about a file that no connection holds any more.

    SQLCipher takes a page that the disk does not give for a damaged one; so the file is read once more without it.
    """
    return refusal(error, path) or unread(path) or damaged(path, "does not read as it should")


def unread(path: Path) -> StorageError | None:
    """What the disk says when a file that no connection holds any more is read to its end; None when it reads."""
    try:
        with path.open("rb") as file:
            while file.read(_READ_BYTES):
                pass
    except OSError as error:
        return files.refusal(error, path, reading=True)
    return None


def cut_off(path: Path) -> ReadOnlyFolderError:
    """The refusal for a database with a change that was cut off, where it cannot be undone."""
    return ReadOnlyFolderError(
        f"The last change in {path} was cut off, and undoing it needs to write where nothing can be written.",
        "Take the write protection off, or copy the whole folder to a place that can be written and open it there.",
    )


def damaged(path: Path, what: str) -> VaultDamagedError:
    """The refusal for a database that is not what it was."""
    return VaultDamagedError(
        f"{path} {what}.",
        "Nothing was changed. Try once more; if it stays, look first: peernote salvage --dry-run. "
        "Or put back a backup: peernote backup list.",
    )
