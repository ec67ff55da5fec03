"""`vault.json`: the open card of a vault. It holds no secret and is written last when a vault is made."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from peernote_tui.domain.errors import CardDamagedError, NotAVaultError, VaultGoneError, VaultTooNewError
from peernote_tui.vault import files
from peernote_tui.vault.layout import FORMAT, HEADER_NAME

VERSION = 1


@dataclass(frozen=True, slots=True)
class Header:
    """What `vault.json` says.

    Attributes:
        vault_id: The same as in the database and in every key slot.
        version: Of the folder's layout.
    """

    vault_id: UUID
    version: int = VERSION


def write_header(folder: Path, header: Header) -> None:
    """Write `vault.json` whole or not at all.

    Raises:
        StorageError: The disk refuses.
    """
    said = {"format": FORMAT, "version": header.version, "vault_id": str(header.vault_id)}
    files.write_atomically(folder / HEADER_NAME, (json.dumps(said) + "\n").encode())


def read_header(folder: Path) -> Header:
    """Read `vault.json`.

    Raises:
        NotAVaultError: It is missing or belongs to something else.
        VaultTooNewError: A newer PeerNote laid the folder out in a way this one does not know.
        CardDamagedError: It does not read as it should.
        StorageError: It may not be read.
    """
    path = folder / HEADER_NAME
    with files.told(path, reading=True):
        data = path.read_bytes()
    try:
        said = json.loads(data)
        name, version, vault_id = said["format"], int(said["version"]), UUID(said["vault_id"])
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise _damaged(path) from None
    if name != FORMAT:
        raise NotAVaultError(f"{folder} is not a PeerNote vault.", "Choose another folder.")
    if version < VERSION:
        raise _damaged(path)
    if version > VERSION:
        raise VaultTooNewError(
            f"The vault at {folder} was made by a newer PeerNote.", "Install the newest PeerNote to open it."
        )
    return Header(vault_id, version)


def require_still_there(folder: Path, vault_id: UUID) -> None:
    """Refuse to look for anything in the folder of an open vault when it is not there any more.

    Raises:
        VaultGoneError: It is not there, its place is empty, or another vault lies in its place.
        CardDamagedError, StorageError: As for `read_header`.
    """
    with files.told(folder, reading=True):
        there = (folder / HEADER_NAME).exists()
    if not there:
        raise VaultGoneError(
            f"The vault's folder {folder} is no longer there.",
            "Connect its drive again; what you write is stored as soon as it is back.",
        )
    if read_header(folder).vault_id != vault_id:
        raise VaultGoneError(
            f"Another vault lies at {folder} now.", "Connect the drive of the one you opened, or lock and begin anew."
        )


def _damaged(path: Path) -> CardDamagedError:
    return CardDamagedError(f"{path} is damaged.", "If the rest is sound, it can be written again: peernote repair.")
