"""Putting a backup in the vault's place. Nothing is overwritten and nothing is deleted.

The restored vault is made whole in a folder beside the vault's, and opened there, before anything is moved. Then
the vault is renamed aside and the restored one takes its place. Being cut off before the first rename leaves the
vault as it was; between the two, the next start undoes the first; see `layout.settle_restore`.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from sqlcipher3 import dbapi2
from sqlcipher3.dbapi2 import Connection

from peernote_tui.domain.errors import (
    DiskFaultError,
    NotAVaultError,
    RefusedError,
    StorageError,
    VaultDamagedError,
    VaultError,
    VaultTooNewError,
)
from peernote_tui.vault import connection as database
from peernote_tui.vault import database_errors, files, layout, reserve
from peernote_tui.vault.backup import Look, finish, problems, sha256_of, start
from peernote_tui.vault.backup_keys import Key, unlock, vault_id_of
from peernote_tui.vault.exchange import exchange, free_name, place_beside
from peernote_tui.vault.header import Header, write_header
from peernote_tui.vault.keys import Slot
from peernote_tui.vault.lock import VaultLock
from peernote_tui.vault.manifest import (
    CHOOSE_ANOTHER,
    MANIFEST_NAME,
    Backup,
    Kind,
    Manifest,
    read_backup,
    read_manifest,
)
from peernote_tui.vault.vault import MAX_WORK_FACTOR, Vault

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    Attributes:
        aside: Where the vault that was there lies now; None when there was none.
        backups_here: The earlier backups were brought over; else they still lie with the vault set aside.
    """

    aside: Path | None
    backups_here: bool


class Restoration:
    """A restore about to be made: the vault is locked, the backup is whole. Use it in a `with` block.

    Attributes:
        folder: The vault's place.
        backup: What is to be put there.
        manifest: What it says of itself.
    """

    def __init__(
        self, folder: Path, backup: Backup, key: Key, *, manifest: Manifest, lock: VaultLock | None, newest_schema: int
    ) -> None:
        self.folder = folder
        self.backup = backup
        self.manifest = manifest
        self._key = key
        self._lock = lock
        self._newest_schema = newest_schema

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
        now: Callable[[], datetime] | None = None,
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
            now: The present instant, to note a wrong secret beside the vault by; None notes nothing.

        Raises:
            NotAVaultError: The folder holds other things.
            VaultInUseError: The vault is open.
            RefusedError: The backup belongs to another vault.
            VaultDamagedError: The backup is not what was made.
            VaultTooNewError: A newer PeerNote made it.
            WrongPassphraseError: The secret opens neither the vault nor the backup.
            KeyFileDamagedError, StorageError: See `unlock`.
        """

        def found() -> Key:
            return unlock(folder, backup, secret, slot=slot, max_work_factor=max_work_factor, now=now)

        return cls.begin_with(folder, backup, found, newest_schema=newest_schema, look=look)

    @classmethod
    def begin_with(
        cls, folder: Path, backup: Backup, find_key: Callable[[], Key], *, newest_schema: int, look: Look
    ) -> Self:
        """As `begin`, with a key that is known already."""
        layout.settle_restore(folder)
        _require_place(folder)
        with files.told(folder, reading=True):
            there = folder.is_dir()
        lock = VaultLock.acquire(folder) if there else None
        try:
            # Looked at anew: what was listed a while ago may have changed.
            backup = _looked_at(backup)
            manifest = _fitting(folder, backup, newest_schema)
            key = find_key()
            found = problems(backup, key.data_key, newest_schema=newest_schema, look=look)
            if found and database_errors.unread(backup.database) is None:
                # One failed read looks like damage; what stays is believed.
                found = problems(backup, key.data_key, newest_schema=newest_schema, look=look)
            _require_whole(backup, found)
        except BaseException:
            if lock is not None:
                lock.release()
            raise
        return cls(folder, backup, key, manifest=manifest, lock=lock, newest_schema=newest_schema)

    def read(self, question: Callable[[Connection], T]) -> T:
        """Ask the snapshot something.

        Raises:
            StorageError, VaultDamagedError: It does not read, or not any more.
        """
        try:
            return self._ask(question)
        except VaultDamagedError:
            # It was whole a moment ago; one failed read looks like damage.
            return self._ask(question)

    def _ask(self, question: Callable[[Connection], T]) -> T:
        path = self.backup.database
        with closing(self._open_snapshot(path)) as snapshot:
            try:
                return question(snapshot)
            except dbapi2.Error as error:
                raise database_errors.refusal_or_damage(error, path) from None

    def read_current(self, question: Callable[[Connection], T]) -> T | None:
        """Ask the vault that is there now; None when there is none or it does not read."""
        opened = self._open_current(self.manifest.schema)
        if opened is None:
            return None
        with closing(opened.connection) as current:
            try:
                return question(current)
            except dbapi2.Error:
                return None

    def carry_out(self, *, now: datetime, record: Callable[[Connection], None], look: Look) -> Restored:
        """Make the restored vault whole beside the vault, back up the vault, then exchange the two.

        Args:
            now: The present instant, aware; it names the folder that the vault is moved to.
            record: Writes into the restored vault that it was restored, and commits.
            look: Counts what the vault holds, for its last backup.

        Raises:
            DiskFullError, ReadOnlyFolderError, StorageError: The disk refuses; the vault is as it was.
            VaultDamagedError: The disk did not keep the copy; the vault is as it was.
        """
        making = place_beside(self.folder)
        try:
            self._make(making, record)
            self._back_up_current(now, look)
        except BaseException as error:
            shutil.rmtree(making, ignore_errors=True)
            if isinstance(error, dbapi2.Error):
                raise database_errors.refusal(error, making) or StorageError(
                    f"The restored vault could not be written to {making}.", "Check the drive; the vault is as it was."
                ) from None
            raise
        with files.told(self.folder):
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

    def _back_up_current(self, now: datetime, look: Look) -> None:
        """Make a backup of the vault that is about to be set aside; a damaged one is only set aside."""
        opened = self._open_current(self._newest_schema)
        if opened is None or opened.read_only_because is not None or self._lock is None:
            return
        current = Vault(
            self.folder,
            self.manifest.vault_id,
            opened.connection,
            schema=opened.schema,
            read_only_because=None,
            data_key=self._key.data_key,
            lock=self._lock,
            connect=database.open_database,
        )
        try:
            place = self.folder / layout.BACKUPS_NAME
            copied = start(current, place, now=now, kind=Kind.BEFORE_RESTORE, look=look)
            # The backup that is being restored may be an old one: none is let go now.
            finish(copied, look=look, prune=False)
        except VaultDamagedError:
            return
        finally:
            # The lock stays until the two are exchanged.
            current.connection.close()
            current.pages.close()

    def _open_current(self, newest_schema: int) -> database.Opened | None:
        try:
            return database.open_database(
                self.folder / layout.DATABASE_NAME,
                self._key.data_key,
                vault_id=self.manifest.vault_id,
                newest_schema=newest_schema,
                check_same_thread=True,
                sleep=lambda _: None,
            )
        except VaultError:
            return None

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
            try:
                record(connection)
            except VaultDamagedError:
                # What was just compared with its SHA-256 is not damaged; the disk does not give it.
                raise files.refusing(path) from None
            except DiskFaultError as error:
                # SQLite does not say why a file could not be made.
                raise files.why_unwritable(path.parent) or error from None


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


def _looked_at(backup: Backup) -> Backup:
    """A backup as it lies now; what a failed read says of it is not believed at once."""
    found = read_backup(backup.path)
    return read_backup(backup.path) if found.problem else found


def _require_whole(backup: Backup, found: tuple[str, ...]) -> None:
    if found:
        raise _unread(backup) or VaultDamagedError(
            f"The backup {backup.name} cannot be restored. {found[0]}", CHOOSE_ANOTHER
        )


def _unread(backup: Backup) -> StorageError | None:
    """What the disk says when the files of a backup are read; None when they are missing or read well."""
    try:
        with files.told(backup.path, reading=True):
            slots = (backup.path / layout.KEYS_NAME).glob("*.age")
            there = [path for path in (backup.database, *slots, backup.path / MANIFEST_NAME) if files.is_there(path)]
    except StorageError as error:
        return error
    return next((refused for path in there if (refused := database_errors.unread(path)) is not None), None)
