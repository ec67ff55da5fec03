"""Rescue files: what the vault could not take, sealed for this vault and laid where there is room.

A rescue file is an age file to an identity that follows from the vault's data key, so that writing one asks
for no passphrase, and finding one shows whose it is by opening, not by anything that could be read from
outside. Its name says nothing.
"""

from __future__ import annotations

import hmac
import os
import secrets
import stat
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from peernote_tui.domain.errors import (
    DiskFullError,
    KeyFileDamagedError,
    NotFoundError,
    StorageError,
    WrongPassphraseError,
)
from peernote_tui.vault import age, files, layout
from peernote_tui.vault.keys import DataKey

PREFIX = "peernote-rescue-"
SUFFIX = ".age"
MOST_BYTES = 32 * 2**20
"""A file that is larger was not written by PeerNote: a note holds less."""
_LABEL = b"peernote rescue file v1"
_MOST_FILES = 500


@dataclass(frozen=True, slots=True)
class Found:
    """A rescue file of this vault.

    Attributes:
        path: Where it lies.
        plain: What was sealed; None when the file is not what was written.
    """

    path: Path
    plain: bytes | None = field(repr=False)


def identity(data_key: DataKey) -> age.Identity:
    """The identity that opens the rescue files of a vault: HMAC-SHA-256 of a fixed label under the data key.

    The data key is 32 random bytes, so that one step of HMAC gives a key of its own (RFC 5869, expand).
    """
    return age.identity_of(hmac.digest(data_key.key, _LABEL, "sha256"))


def places(folder: Path) -> tuple[Path, ...]:
    """Where rescue files of a vault may lie, the best place first.

    Two vaults may share all of them but the first, and the last is shared with other people.
    """
    data = Path(platformdirs.user_data_dir("peernote", appauthor=False))
    wanted = [folder / layout.RESCUE_NAME, folder.absolute().parent, data / layout.RESCUE_NAME]
    # A computer may know of no home, and of no folder for temporary files that it can write.
    for ask in (Path.home, tempfile.gettempdir):
        with suppress(RuntimeError, OSError):
            wanted.append(Path(ask()))
    return tuple(dict.fromkeys(wanted))


def write(folder: Path, data_key: DataKey, plain: bytes) -> Path:
    """Seal something and lay it in the first place that takes it; it is on the disk when this returns.

    Args:
        folder: The vault; it may be gone.
        data_key: Of the vault.
        plain: What to keep.

    Returns:
        Where it lies now.

    Raises:
        StorageError: No place takes it; the sentence names the reason of the first.
    """
    sealed = age.encrypt_to_recipients(plain, [identity(data_key).recipient])
    name = f"{PREFIX}{secrets.token_hex(8)}{SUFFIX}"
    refusals: list[StorageError] = []
    for place in places(folder):
        try:
            if _make_ready(place, folder):
                files.write_atomically(place / name, sealed)
                return place / name
        except StorageError as error:
            refusals.append(error)
    kind = DiskFullError if any(isinstance(each, DiskFullError) for each in refusals) else StorageError
    raise kind(
        "No place on this computer takes a rescue file.", "Free some space or connect a drive; do not close PeerNote."
    )


def find(folder: Path, data_key: DataKey) -> tuple[Found, ...]:
    """The rescue files of a vault in all places; those of other vaults are passed over, and nothing is changed."""
    own = identity(data_key)
    found = []
    for path in _candidates(folder):
        try:
            found.append(Found(path, open_sealed(path, own)))
        except KeyFileDamagedError:
            found.append(Found(path, None))
        except WrongPassphraseError:
            # In the vault's own folder a file of another vault has no business: it is one of ours, with a scratch.
            if path.parent == folder / layout.RESCUE_NAME:
                found.append(Found(path, None))
        except StorageError:
            continue
    return tuple(found)


def open_sealed(path: Path, own: age.Identity) -> bytes:
    """What a rescue file holds.

    Raises:
        WrongPassphraseError: It is of another vault, or the part that says so is damaged.
        KeyFileDamagedError: It is not what was written.
        NotFoundError: It is not there.
        StorageError: It may not be read.
    """
    return age.decrypt_with_identity(_read(path), own.secret)


def remove(path: Path) -> None:
    """Take a rescue file away because the vault holds what was in it; one that stays is only found again.

    Raises:
        StorageError: The disk refuses.
    """
    with files.told(path):
        path.unlink(missing_ok=True)
        files.sync_folder(path.parent)


def is_kept(path: Path) -> bool:
    """Whether a rescue file is still there; a disk that does not say counts as one that lost it."""
    try:
        return path.is_file()
    except OSError:
        return False


def is_name(name: str) -> bool:
    """Whether a file is called as rescue files are."""
    return name.startswith(PREFIX) and name.endswith(SUFFIX)


def _make_ready(place: Path, folder: Path) -> bool:
    """Whether something may be laid in a place; the vault's own and the program's are made."""
    # Where a drive was pulled out, its empty mount point may be left: what is laid there is hidden when it is back.
    if place in (folder / layout.RESCUE_NAME, folder.absolute().parent) and not _is_there(folder):
        return False
    if place.name == layout.RESCUE_NAME:
        files.make_folder(place)
    with files.told(place):
        return place.is_dir()


def _is_there(folder: Path) -> bool:
    with files.told(folder):
        return (folder / layout.HEADER_NAME).exists()


def _candidates(folder: Path) -> Iterator[Path]:
    for place in places(folder):
        try:
            names = sorted(name for name in os.listdir(place) if is_name(name))  # noqa: PTH208 names are enough
        except OSError:
            continue
        for name in names[:_MOST_FILES]:
            yield place / name


def _read(path: Path) -> bytes:
    # Other people may write where some of these files lie: no link is followed, no pipe waited for.
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with files.told(path, reading=True):
        try:
            handle = os.open(path, flags)
        except FileNotFoundError:
            raise NotFoundError("The rescue file is not there any more.") from None
        with os.fdopen(handle, "rb") as file:
            about = os.fstat(file.fileno())
            if not stat.S_ISREG(about.st_mode) or about.st_size > MOST_BYTES:
                raise KeyFileDamagedError("This is no rescue file.")
            return file.read(MOST_BYTES)
