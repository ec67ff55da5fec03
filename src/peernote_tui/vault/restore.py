"""Putting a backup in the vault's place. Nothing is overwritten and nothing is deleted.

The restored vault is made whole in a folder beside the vault's, and opened there, before anything is moved. Then
the vault is renamed aside and the restored one takes its place. Being cut off before the first rename leaves the
vault as it was; between the two, the next start undoes the first; see `layout.settle_restore`.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar
from uuid import UUID

from sqlcipher3 import dbapi2
from sqlcipher3.dbapi2 import Connection

from peernote_tui.domain.errors import (
    KeyFileDamagedError,
    NotAVaultError,
    RefusedError,
    StorageError,
    UnusableVaultError,
    VaultDamagedError,
    VaultError,
    VaultTooNewError,
    WrongPassphraseError,
)
from peernote_tui.vault import connection as database
from peernote_tui.vault import database_errors, files, keys, layout, recovery_code, reserve
from peernote_tui.vault.backup import Look, problems, sha256_of
from peernote_tui.vault.exchange import exchange, free_name, place_beside
from peernote_tui.vault.header import Header, read_header, write_header
from peernote_tui.vault.keys import DataKey, Slot
from peernote_tui.vault.lock import VaultLock
from peernote_tui.vault.manifest import (
    CHOOSE_ANOTHER,
    MANIFEST_NAME,
    Backup,
    Manifest,
    read_backup,
    read_manifest,
)
from peernote_tui.vault.organisation import read_identities
from peernote_tui.vault.passphrase import normalise
from peernote_tui.vault.vault import MAX_WORK_FACTOR

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Key:
    """What opens a backup, and whose key slots gave it.

    Attributes:
        slots: The folder with `keys` that the secret opened: the vault's, else the backup's own.
    """

    data_key: DataKey = field(repr=False)
    slots: Path

    def is_of(self, backup: Backup) -> bool:
        """Whether a snapshot begins with the salt that belongs to the key; a vault that got a new key has two."""
        with files.told(backup.path, reading=True), backup.database.open("rb") as file:
            return file.read(keys.SALT_BYTES) == self.data_key.salt


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    Attributes:
        aside: Where the vault that was there lies now; None when there was none.
        backups_here: The earlier backups were brought over; else they still lie with the vault set aside.
    """

    aside: Path | None
    backups_here: bool


def vault_id_of(folder: Path) -> UUID | None:
    """The id of the vault in a folder; None when there is none, or its card does not read."""
    try:
        return read_header(folder).vault_id
    except VaultError:
        return None


def unlock(
    folder: Path,
    backup: Backup,
    secret: str,
    *,
    slot: Slot = Slot.PASSPHRASE,
    max_work_factor: int = MAX_WORK_FACTOR,
) -> Key:
    """Find the key of a backup: with the vault's own key slots, else with those of the backup's day.

    Args:
        folder: The vault; it need not exist, nor be sound.
        backup: Which one.
        secret: The passphrase or the recovery code, as typed.
        slot: Which of the two it is.
        max_work_factor: The most work a key file may ask for.

    Raises:
        InvalidInputError: The recovery code has a typing mistake.
        WrongPassphraseError: The secret opens neither.
        KeyFileDamagedError: The key slots of both are missing or damaged.
        VaultDamagedError: The manifest does not read.
        ForeignKeyFileError, VaultTooNewError, StorageError: What else can be wrong with a key slot.
    """
    vault_id = read_manifest(backup.path).vault_id
    secret = _READ[slot](secret)
    refused: VaultError | None = None
    opened: list[Key] = []
    places = [folder, backup.path] if vault_id_of(folder) == vault_id else [backup.path]
    for place in places:
        try:
            data_key = keys.open_slot(place, slot, secret, vault_id=vault_id, max_work_factor=max_work_factor)
        except (UnusableVaultError, WrongPassphraseError) as error:
            # That a passphrase is wrong says more than that the other key file is damaged.
            refused = error if refused is None or isinstance(error, WrongPassphraseError) else refused
        else:
            opened.append(Key(data_key, place))
            if opened[-1].is_of(backup):
                return opened[-1]
    if opened:
        return _of_a_damaged_one(backup, opened, slot)
    if isinstance(refused, WrongPassphraseError):
        raise WrongPassphraseError(
            f"This {_SAID[slot]} does not open the backup {backup.name}.",
            f"It opens with the {_SAID[slot]} of today, or with the one of the day it was made.",
        ) from None
    raise refused or KeyFileDamagedError(f"The backup {backup.name} has no key file.", CHOOSE_ANOTHER) from None


def _of_a_damaged_one(backup: Backup, opened: list[Key], slot: Slot) -> Key:
    """Which of the keys is that of a snapshot that begins with another salt.

    Raises:
        WrongPassphraseError: The snapshot is as it was made, under an earlier data key.
    """
    for key in opened:
        with suppress(VaultError):
            database.open_copy(backup.database, key.data_key, vault_id=read_manifest(backup.path).vault_id).close()
            return key
    with files.told(backup.path, reading=True):
        if sha256_of(backup.database) != read_manifest(backup.path).sha256:
            return opened[0]
    raise WrongPassphraseError(
        f"The backup {backup.name} was made before the vault got a new data key.",
        f"It opens with the {_SAID[slot]} of the day it was made.",
    )


_READ: dict[Slot, Callable[[str], str]] = {
    Slot.PASSPHRASE: normalise,
    Slot.RECOVERY: recovery_code.normalise,
    Slot.ORGANISATION: read_identities,
}
_SAID = {Slot.PASSPHRASE: "passphrase", Slot.RECOVERY: "recovery code", Slot.ORGANISATION: "identity"}


class Restoration:
    """A restore about to be made: the vault is locked, the backup is whole. Use it in a `with` block.

    Attributes:
        folder: The vault's place.
        backup: What is to be put there.
        manifest: What it says of itself.
    """

    def __init__(self, folder: Path, backup: Backup, manifest: Manifest, key: Key, lock: VaultLock | None) -> None:
        self.folder = folder
        self.backup = backup
        self.manifest = manifest
        self._key = key
        self._lock = lock

    @classmethod
    def begin(
        cls,
        folder: Path,
        backup: Backup,
        secret: str,
        *,
        newest_schema: int,
        look: Look,
        slot: Slot = Slot.PASSPHRASE,
        max_work_factor: int = MAX_WORK_FACTOR,
    ) -> Self:
        """Check everything that can be checked before anything is written.

        Args:
            folder: The vault's place, with or without a vault.
            backup: What to restore.
            secret: The passphrase or the recovery code, as typed.
            newest_schema: The newest schema this program can read.
            look: Counts what the backup holds.
            slot: Which of the two the secret is.
            max_work_factor: The most work a key file may ask for.

        Raises:
            NotAVaultError: The folder holds other things.
            VaultInUseError: The vault is open.
            RefusedError: The backup belongs to another vault.
            VaultDamagedError: The backup is not what was made.
            VaultTooNewError: A newer PeerNote made it.
            WrongPassphraseError: The secret opens neither the vault nor the backup.
            KeyFileDamagedError, StorageError: See `unlock`.
        """
        layout.settle_restore(folder)
        _require_place(folder)
        lock = VaultLock.acquire(folder) if folder.is_dir() else None
        try:
            # Looked at anew: what was listed a while ago may have changed.
            backup = read_backup(backup.path)
            manifest = _fitting(folder, backup, newest_schema)
            key = unlock(folder, backup, secret, slot=slot, max_work_factor=max_work_factor)
            found = problems(backup, key.data_key, newest_schema=newest_schema, look=look)
            if found and database_errors.unread(backup.database) is None:
                # One failed read looks like damage; what stays is believed.
                found = problems(backup, key.data_key, newest_schema=newest_schema, look=look)
            _require_whole(backup, found)
        except BaseException:
            if lock is not None:
                lock.release()
            raise
        return cls(folder, backup, manifest, key, lock)

    def read(self, question: Callable[[Connection], T]) -> T:
        """Ask the snapshot something.

        Raises:
            StorageError, VaultDamagedError: It does not read, or not any more.
        """
        path = self.backup.database
        with closing(self._open_snapshot(path)) as snapshot:
            try:
                return question(snapshot)
            except dbapi2.Error as error:
                raise database_errors.refusal_or_damage(error, path) from None

    def read_current(self, question: Callable[[Connection], T]) -> T | None:
        """Ask the vault that is there now; None when there is none or it does not read."""
        try:
            opened = database.open_database(
                self.folder / layout.DATABASE_NAME,
                self._key.data_key,
                vault_id=self.manifest.vault_id,
                newest_schema=self.manifest.schema,
                check_same_thread=True,
                sleep=lambda _: None,
            )
        except VaultError:
            return None
        with closing(opened.connection) as current:
            try:
                return question(current)
            except dbapi2.Error:
                return None

    def carry_out(self, *, now: datetime, record: Callable[[Connection], None]) -> Restored:
        """Make the restored vault whole beside the vault, then exchange the two.

        Args:
            now: The present instant, aware; it names the folder that the vault is moved to.
            record: Writes into the restored vault that it was restored, and commits.

        Raises:
            DiskFullError, ReadOnlyFolderError, StorageError: The disk refuses; the vault is as it was.
            VaultDamagedError: The disk did not keep the copy; the vault is as it was.
        """
        making = place_beside(self.folder)
        try:
            self._make(making, record)
        except BaseException as error:
            shutil.rmtree(making, ignore_errors=True)
            if isinstance(error, dbapi2.Error):
                raise database_errors.refusal(error, making) or StorageError(
                    f"The restored vault could not be written to {making}.", "Check the drive; the vault is as it was."
                ) from None
            raise
        aside = free_name(self.folder, "restore", now) if files.is_there(self.folder) else None
        return Restored(aside, backups_here=exchange(self.folder, making, aside, let_go=self.close))

    def close(self) -> None:
        """Let go of the vault; a second call does nothing."""
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _open_snapshot(self, path: Path) -> Connection:
        return database.open_copy(path, self._key.data_key, vault_id=self.manifest.vault_id)

    def _make(self, making: Path, record: Callable[[Connection], None]) -> None:
        files.make_folder(making)
        path = making / layout.DATABASE_NAME
        files.create_private(path, b"")
        with files.told(path):
            shutil.copyfile(self.backup.database, path)
            files.sync_file(path)
            if sha256_of(path) != self.manifest.sha256:
                raise VaultDamagedError(
                    f"The disk did not keep the copy at {path} as it was written.",
                    "Check the drive; the vault is as it was.",
                )
        files.make_folder(making / layout.KEYS_NAME)
        with files.told(self._key.slots, reading=True):
            slots = {each.name: each.read_bytes() for each in (self._key.slots / layout.KEYS_NAME).glob("*.age")}
        for name, data in slots.items():
            files.create_private(making / layout.KEYS_NAME / name, data)
        reserve.make(making)
        self._open_once(path, record)
        write_header(making, Header(self.manifest.vault_id))
        with files.told(making):
            files.sync_folder(making / layout.KEYS_NAME)
            files.sync_folder(making)

    def _open_once(self, path: Path, record: Callable[[Connection], None]) -> None:
        """Open the copy the way it will be opened from now on, before anything is moved."""
        opened = database.open_database(
            path,
            self._key.data_key,
            vault_id=self.manifest.vault_id,
            newest_schema=self.manifest.schema,
            check_same_thread=True,
            sleep=time.sleep,
        )
        with closing(opened.connection) as connection:
            record(connection)


def _require_place(folder: Path) -> None:
    state = layout.inspect(folder)
    if state is layout.VaultState.NOT_A_VAULT and not layout.may_create_in(folder):
        raise NotAVaultError(f"{folder} holds other things, so nothing is put in its place.", "Choose another folder.")


def _fitting(folder: Path, backup: Backup, newest_schema: int) -> Manifest:
    """What the backup says of itself, if that fits the place and this program."""
    manifest = read_manifest(backup.path)
    if vault_id_of(folder) not in {None, manifest.vault_id}:
        raise RefusedError(
            f"The backup {backup.name} belongs to another vault than the one at {folder}.",
            "To have both, restore it to a place of its own with --vault FOLDER.",
        )
    if manifest.schema > newest_schema:
        raise VaultTooNewError(
            f"The backup {backup.name} was made by a newer PeerNote.", "Install the newest PeerNote to restore it."
        )
    _require_whole(backup, (backup.problem,) if backup.problem else ())
    return manifest


def _require_whole(backup: Backup, found: tuple[str, ...]) -> None:
    if found:
        raise _unread(backup) or VaultDamagedError(
            f"The backup {backup.name} cannot be restored. {found[0]}", CHOOSE_ANOTHER
        )


def _unread(backup: Backup) -> StorageError | None:
    """What the disk says when the files of a backup are read; None when they are missing or read well."""
    for path in (backup.database, *(backup.path / layout.KEYS_NAME).glob("*.age"), backup.path / MANIFEST_NAME):
        if path.exists() and (refused := database_errors.unread(path)) is not None:
            return refused
    return None
