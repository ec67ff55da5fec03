"""Where a vault lies and what its folder looks like from outside, before any passphrase.

Nothing here needs a crypto library, so the first screen can ask at once.
"""

from __future__ import annotations

import json
import os
from enum import StrEnum
from pathlib import Path

import platformdirs

from peernote_tui.domain.errors import NotAVaultError, StorageError
from peernote_tui.domain.synced import synced_by
from peernote_tui.vault import files
from peernote_tui.vault.lock import LOCK_NAME, VaultLock

HEADER_NAME = "vault.json"
DATABASE_NAME = "vault.db"
RESERVE_NAME = "reserve"
KEYS_NAME = "keys"
BACKUPS_NAME = "backups"
RESCUE_NAME = "rescue"
RESTORING_SUFFIX = ".restoring"
"""Ends the name of the folder, beside the vault's, in which a restore is made ready."""
_RESTORE_NOTE = "restore.json"
FORMAT = "peernote-vault"


class VaultState(StrEnum):
    """What a folder is."""

    ABSENT = "absent"
    """Nothing is there."""
    COMPLETE = "complete"
    """A finished vault; whether it is sound shows on opening."""
    HALF_MADE = "half-made"
    """Parts of a vault without `vault.json`, which is written last."""
    NOT_A_VAULT = "not-a-vault"
    """A file, an empty folder, or a folder with other things in it."""


_LONGEST_NAME = 255
"""Bytes of a folder's name on every file system; asking for a longer one is an error, and no folder has it."""


def inspect(folder: Path) -> VaultState:
    """Say what a folder is, without a passphrase and without changing anything.

    Raises:
        StorageError: The folder may not be read.
    """
    with files.told(folder, reading=True):
        if not files.is_there(folder):
            return VaultState.ABSENT
        if not folder.is_dir():
            return VaultState.NOT_A_VAULT
        names = {entry.name for entry in folder.iterdir()}
        if HEADER_NAME in names:
            return VaultState.NOT_A_VAULT if _is_foreign(folder / HEADER_NAME) else VaultState.COMPLETE
        if names & {DATABASE_NAME, LOCK_NAME, HEADER_NAME + files.PART_SUFFIX} or any(
            (folder / KEYS_NAME).glob("*.age")
        ):
            return VaultState.HALF_MADE
    return VaultState.NOT_A_VAULT


def _is_foreign(path: Path) -> bool:
    """Whether `vault.json` is readable and speaks of something else; a damaged one may well be ours."""
    try:
        said = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return not path.is_file()
    return not isinstance(said, dict) or said.get("format", FORMAT) != FORMAT


def may_create_in(folder: Path) -> bool:
    """Whether a new vault can be made here: nothing is there, or an empty folder."""
    with files.told(folder, reading=True):
        return not files.is_there(folder) or (folder.is_dir() and not any(folder.iterdir()))


def require_complete(folder: Path) -> None:
    """Refuse to open what is no finished vault.

    Raises:
        NotAVaultError: Nothing, something else, or only half a vault is there.
    """
    state = inspect(folder)
    if state is VaultState.ABSENT:
        raise NotAVaultError(f"There is no vault at {folder}.", "Check the place, or make a vault there.")
    if state is VaultState.HALF_MADE:
        raise half_made(folder)
    if state is VaultState.NOT_A_VAULT:
        raise NotAVaultError(f"{folder} is not a PeerNote vault.", "Choose the folder that holds vault.json.")


def half_made(folder: Path) -> NotAVaultError:
    """The refusal for a folder with parts of a vault and no `vault.json`."""
    return NotAVaultError(
        f"The vault at {folder} is only half made: vault.json is missing.",
        "If it never held notes, move it aside and make the vault again. "
        "If it did, write vault.json again: peernote repair.",
    )


def require_room(folder: Path) -> None:
    """Refuse to make a vault where something is.

    Raises:
        NotAVaultError: A vault is there, half of one, or something else.
    """
    if may_create_in(folder):
        return
    if inspect(folder) is VaultState.HALF_MADE:
        raise half_made(folder)
    raise _taken(folder)


def require_only_the_lock(folder: Path) -> None:
    """Another PeerNote may have made a whole vault between the first look and the lock."""
    with files.told(folder):
        names = {entry.name for entry in folder.iterdir()}
    if names != {LOCK_NAME}:
        raise _taken(folder)


def _taken(folder: Path) -> NotAVaultError:
    if inspect(folder) is VaultState.COMPLETE:
        return NotAVaultError(f"There is already a vault at {folder}.", "Open it, or choose another folder.")
    return NotAVaultError(
        f"{folder} is not empty, so no vault is made there.", "Choose a folder that does not exist yet."
    )


def move_aside(folder: Path) -> Path:
    """Rename a half-made vault so that a new one can be made in its place. Nothing is deleted.

    A folder without `vault.json` can also be a real vault that lost this one file; therefore PeerNote
    never removes one, and never moves one without being asked.

    Returns:
        Where the folder is now.

    Raises:
        NotAVaultError: The folder is no half-made vault.
        VaultInUseError: Another PeerNote is making it right now.
        StorageError: The disk refuses.
    """
    if inspect(folder) is not VaultState.HALF_MADE:
        raise NotAVaultError(f"{folder} is no half-made vault, so it stays where it is.")
    VaultLock.acquire(folder).release()
    number = 1
    while files.is_there(target := folder.with_name(f"{folder.name}.half-made-{number}")):
        number += 1
    with files.told(folder):
        return folder.rename(target)


def begin_swap(making: Path, aside: Path) -> None:
    """Note in a folder that is to take the vault's place where the vault itself will go.

    From the moment it is written until `end_swap`, `settle_restore` can undo or finish the exchange.

    Raises:
        StorageError: The disk refuses.
    """
    files.write_atomically(making / _RESTORE_NOTE, json.dumps({"aside": aside.name}).encode())


def end_swap(folder: Path) -> bool:
    """Bring backups and rescue files of the folder that was moved aside to the one in its place; forget the exchange.

    Returns:
        Whether the backups are here; when they are not, they lie where they were, and nothing is lost.
    """
    try:
        aside = _moved_aside(folder)
        for name in (BACKUPS_NAME, RESCUE_NAME):
            if aside is not None and (aside / name).is_dir() and not files.is_there(folder / name):
                (aside / name).rename(folder / name)
                files.sync_folder(folder)
        (folder / _RESTORE_NOTE).unlink(missing_ok=True)
    except (OSError, StorageError):
        return False
    return True


def settle_restore(folder: Path) -> None:
    """Undo or finish a restore that was cut off in its last moment.

    The vault is moved aside by one rename and the restored one put in its place by another. Between the two
    nothing is at the vault's place: then the old one comes back. After them only the earlier backups are still
    to be brought over.

    Raises:
        StorageError: The disk refuses.
    """
    with files.told(folder, reading=True):
        if (folder / _RESTORE_NOTE).is_file():
            end_swap(folder)
        if files.is_there(folder):
            return
    aside = _moved_aside(folder.with_name(folder.name + RESTORING_SUFFIX))
    if aside is not None:
        with files.told(folder):
            aside.rename(folder)
            files.sync_folder(folder.parent)


def _moved_aside(noted_in: Path) -> Path | None:
    """The folder that an exchange moved aside, if it is there.

    Raises:
        StorageError: The note of the exchange may not be read.
    """
    note = noted_in / _RESTORE_NOTE
    with files.told(note, reading=True):
        try:
            aside = noted_in.with_name(json.loads(note.read_bytes())["aside"])
            if len(os.fsencode(aside.name)) > _LONGEST_NAME:
                return None
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None
        except (ValueError, KeyError, TypeError, RecursionError):
            return None
        return aside if aside.is_dir() else None


def default_folder() -> Path:
    """The vault's place when nobody chose another, in the user's local data folder."""
    return Path(platformdirs.user_data_dir("peernote", appauthor=False)) / "vault.peernote"


def synced_folder_warning(folder: Path) -> str | None:
    """A sentence when the path looks like a folder that another program copies to the internet.

    Recognised by the names of the folders only: Desktop and Documents that a Mac or Windows syncs under
    their own names are not.
    """
    service = synced_by(folder.parts)
    return (
        f"This folder seems to be synced by {service}. A vault that two programs write at once can "
        "be damaged, and copies would leave this computer. Choose a folder that stays here."
        if service
        else None
    )
