"""The file of a whole record: its bytes, opened when it is closed with a passphrase."""

from __future__ import annotations

from pathlib import Path

from peernote_tui.documents.note_json import LARGEST_FILE
from peernote_tui.domain.errors import InvalidInputError, KeyFileDamagedError, WrongPassphraseError
from peernote_tui.vault import age, age_header, files


def load(path: Path) -> bytes:
    """A file that may hold a record; one byte more than one can have at most, so that its reader sees it is more.

    Raises:
        StorageError: The disk refuses.
        InvalidInputError: It is no file.
    """
    path = files.spelled_out(path)
    if path.is_dir():
        raise InvalidInputError("This is a folder.", "Name the file in it.", field="file")
    with files.told(path, reading=True):
        if path.exists() and not path.is_file():
            raise InvalidInputError("This is no file.", "Name the file of a record.", field="file")
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)


def is_closed(data: bytes) -> bool:
    """Whether a file is an age file, which a passphrase may open."""
    return data.startswith(age_header.VERSION_FAMILY)


def open_closed(data: bytes, passphrase: str) -> bytes:
    """What a closed file holds.

    Raises:
        WrongPassphraseError: The passphrase does not open it.
        InvalidInputError: It is closed for somebody's key, or is not what was written.
        VaultError: There is not enough free memory for that.
    """
    try:
        return age.decrypt_with_passphrase(data, passphrase)
    except WrongPassphraseError:
        raise WrongPassphraseError(
            "This passphrase does not open the file.", "Try again; nothing was taken in."
        ) from None
    except KeyFileDamagedError:
        raise InvalidInputError(
            "This age file is closed for somebody's key, or is not what was written.",
            "Open it with age first, then take in what comes out.",
            field="file",
        ) from None
