"""A vault that does not open as it should: its key, its readable pages, a look at it, and a new vault from it.

Nothing here writes into the damaged folder, but for `mend_card`, which puts back a lost `vault.json`.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID

from sqlcipher3 import dbapi2
from sqlcipher3.dbapi2 import Connection

from peernote_tui.domain.errors import (
    InvalidInputError,
    NotAVaultError,
    StorageError,
    VaultError,
    WrongPassphraseError,
)
from peernote_tui.vault import attempts, database_errors, files, keys, layout, recovery_code
from peernote_tui.vault import connection as database
from peernote_tui.vault.header import Header, read_header, write_header
from peernote_tui.vault.keys import DataKey, Slot
from peernote_tui.vault.lock import VaultLock
from peernote_tui.vault.pages import Pages, unreadable_pages
from peernote_tui.vault.passphrase import normalise
from peernote_tui.vault.read_only import ReadOnlyReason
from peernote_tui.vault.reserve import RESERVE_BYTES
from peernote_tui.vault.vault import MAX_WORK_FACTOR, Vault


@dataclass(frozen=True, slots=True)
class Damage:
    """What is wrong with the files of a vault, as far as the key alone can tell.

    Attributes:
        missing: The database is not there, or empty.
        pages: How many pages it has.
        unreadable: The numbers of those that are not what was written.
        odd_size: It ends in the middle of a page.
        card: What is wrong with `vault.json`; empty when nothing is.
    """

    missing: bool
    pages: int
    unreadable: tuple[int, ...]
    odd_size: bool
    card: str


class DamagedVault:
    """A vault whose key is known and whose database is not trusted. Use it in a `with` block.

    Attributes:
        folder: Where it lies.
        vault_id: Who it is, by its key slot.
        slot: What its key was taken from.
    """

    def __init__(self, folder: Path, vault_id: UUID, data_key: DataKey, slot: Slot, lock: VaultLock) -> None:
        self.folder = folder
        self.vault_id = vault_id
        self.slot = slot
        self._data_key = data_key
        self._lock = lock

    @classmethod
    def begin(
        cls,
        folder: Path,
        secret: str,
        *,
        slot: Slot = Slot.PASSPHRASE,
        max_work_factor: int = MAX_WORK_FACTOR,
        now: Callable[[], datetime] | None = None,
    ) -> Self:
        """Take the lock, where the folder can be written at all, and the key.

        Args:
            folder: The vault.
            secret: The passphrase or the recovery code, as typed.
            slot: Which of the two it is.
            max_work_factor: The most work a key file may ask for.
            now: The present instant, to note a wrong secret beside the vault by; None notes nothing.

        Raises:
            NotAVaultError: There is nothing of a vault.
            VaultInUseError: The vault is open.
            InvalidInputError: The recovery code has a typing mistake.
            WrongPassphraseError, KeyFileDamagedError, VaultTooNewError, StorageError: The key cannot be had.
        """
        if not (folder / layout.KEYS_NAME).is_dir():
            layout.require_complete(folder)
        spoken = recovery_code.normalise(secret) if slot is Slot.RECOVERY else normalise(secret)
        lock = VaultLock.acquire_as_far_as_possible(folder)
        try:
            vault_id, data_key = keys.open_unnamed(folder, slot, spoken, max_work_factor=max_work_factor)
        except BaseException as error:
            if isinstance(error, WrongPassphraseError) and now is not None:
                attempts.note(folder, now())
            lock.release()
            raise
        return cls(folder, vault_id, data_key, slot, lock)

    @property
    def data_key(self) -> DataKey:
        """What opens the database and its backups; for the vault's own room only."""
        return self._data_key

    @property
    def database(self) -> Path:
        """The damaged file."""
        return self.folder / layout.DATABASE_NAME

    def damage(self) -> Damage:
        """Read every page and say what is wrong; changes nothing.

        Raises:
            StorageError: The disk refuses.
        """
        try:
            with files.told(self.database, reading=True):
                size = self.database.stat().st_size
        except StorageError:
            if self.database.exists():
                raise
            size = 0
        unreadable = unreadable_pages(self.database, self._data_key) if size else ()
        whole, rest = divmod(size, database.PAGE_BYTES)
        return Damage(not size, whole + bool(rest), unreadable, bool(rest), self._card())

    def pages(self, folder: Path) -> Pages:
        """The pages that still read; `folder` is made to work in, and removed in the end.

        Raises:
            DiskFullError, StorageError: The disk refuses.
        """
        return Pages.copied(self.database, folder, self._data_key)

    def look(self, *, check_same_thread: bool = True) -> Vault:
        """Open what still opens, for reading only. The lock goes over to the vault that is opened.

        Raises:
            VaultDamagedError: The first page does not read, so that nothing can be found without salvaging.
            NotAVaultError: The database was not made by PeerNote.
        """

        def connect(*_: object, **__: object) -> database.Opened:
            connection = _open_damaged(
                self.database, self._data_key, vault_id=self.vault_id, check_same_thread=check_same_thread
            )
            schema = int(connection.execute("PRAGMA user_version").fetchone()[0])
            return database.Opened(connection, schema, ReadOnlyReason.DAMAGED)

        opened = connect()
        return _DamagedLook(
            self.folder,
            self.vault_id,
            opened.connection,
            schema=opened.schema,
            read_only_because=opened.read_only_because,
            data_key=self._data_key,
            lock=self._lock,
            connect=connect,
        )

    def make_new(self, folder: Path, fill: Callable[[Connection], None]) -> None:
        """Make a vault of the same name, key and key files in another folder. The damaged one is not touched.

        Args:
            folder: Absent or empty, and not inside the damaged one.
            fill: Makes the schema and everything in it, and commits.

        Raises:
            InvalidInputError: The folder lies inside the damaged vault.
            NotAVaultError: The folder holds something.
            DiskFullError, ReadOnlyFolderError, StorageError: The disk refuses; what was begun is removed.
        """
        if folder.resolve().is_relative_to(self.folder.resolve()):
            raise InvalidInputError("This folder lies inside the damaged vault.", "Choose one beside it.", field="to")
        if not layout.may_create_in(folder):
            raise NotAVaultError(f"{folder} is not empty.", "Choose a folder that does not exist yet.")
        files.make_folder(folder)
        try:
            self._make(folder, fill)
        except BaseException as error:
            shutil.rmtree(folder, ignore_errors=True)
            if isinstance(error, dbapi2.Error):
                raise database_errors.refusal(error, folder) or StorageError(
                    f"The new vault could not be written to {folder}.", "Check the drive; the old one is as it was."
                ) from None
            raise

    def close(self) -> None:
        """Let go of the vault; a second call does nothing."""
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _card(self) -> str:
        try:
            named = read_header(self.folder).vault_id
        except VaultError as error:
            return error.sentence
        return "" if named == self.vault_id else f"{layout.HEADER_NAME} names another vault than the key file."

    def _make(self, folder: Path, fill: Callable[[Connection], None]) -> None:
        with files.told(self.folder, reading=True):
            slots = {each.name: each.read_bytes() for each in (self.folder / layout.KEYS_NAME).glob("*.age")}
        files.make_folder(folder / layout.KEYS_NAME)
        for name, data in slots.items():
            files.create_private(folder / layout.KEYS_NAME / name, data)
        files.create_private(folder / layout.RESERVE_NAME, secrets.token_bytes(RESERVE_BYTES))
        connection = database.create_database(
            folder / layout.DATABASE_NAME, self._data_key, self.vault_id, check_same_thread=True
        )
        try:
            fill(connection)
        finally:
            connection.close()
        write_header(folder, Header(self.vault_id))
        with files.told(folder):
            files.sync_folder(folder / layout.KEYS_NAME)
            files.sync_folder(folder)
            files.sync_folder(folder.parent)


class _DamagedLook(Vault):
    """What still reads of a damaged vault, open for reading."""

    @property
    def may_reopen(self) -> bool:
        """Always, and it has to: once SQLCipher has met a bad page, its connection reads no other one either."""
        return True

    def reopen(self) -> None:
        """Take a new connection to the damaged file."""
        with suppress(dbapi2.Error):
            self.connection.close()
        self.connection = self._connect().connection


def _open_damaged(path: Path, data_key: DataKey, *, vault_id: UUID, check_same_thread: bool) -> Connection:
    """Open a database that is known to be damaged, for reading what still reads; nothing is written or locked.

    Raises:
        VaultDamagedError: Its first page or its identity does not read.
        NotAVaultError: It was not made by PeerNote.
        StorageError: The disk refuses.
    """
    connection: Connection | None = None
    try:
        connection = database.connect_keyed(path, data_key, mode="ro&immutable=1", check_same_thread=check_same_thread)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        database.check_identity(connection, path, vault_id)
    except BaseException as error:
        if connection is not None:
            connection.close()
        if isinstance(error, dbapi2.Error):
            raise database_errors.refusal(error, path) or database_errors.damaged(
                path, "does not read as it should"
            ) from None
        raise
    return connection


def mend_card(
    folder: Path,
    secret: str,
    *,
    newest_schema: int,
    slot: Slot = Slot.PASSPHRASE,
    max_work_factor: int = MAX_WORK_FACTOR,
    now: Callable[[], datetime] | None = None,
) -> UUID:
    """Write `vault.json` again when it is lost or damaged and the rest is sound.

    The id of the vault stands in the key slot and in the database; only when both say the same is it written.
    A damaged card is kept beside the new one.

    Raises:
        VaultDamagedError: The database is damaged too, or belongs to another vault.
        VaultError: The key cannot be had, or the disk refuses; see `DamagedVault.begin`.
    """
    with DamagedVault.begin(folder, secret, slot=slot, max_work_factor=max_work_factor, now=now) as damaged:
        with suppress(VaultError):
            if read_header(folder).vault_id == damaged.vault_id:
                return damaged.vault_id
        opened = database.open_database(
            damaged.database,
            damaged.data_key,
            vault_id=damaged.vault_id,
            newest_schema=newest_schema,
            check_same_thread=True,
            sleep=lambda _: None,
        )
        opened.connection.close()
        card = folder / layout.HEADER_NAME
        if os.path.lexists(card):
            with files.told(card):
                card.replace(_free(card.with_name(f"{card.name}.damaged")))
        write_header(folder, Header(damaged.vault_id))
        return damaged.vault_id


def _free(path: Path) -> Path:
    number = 1
    while os.path.lexists(free := path if number == 1 else path.with_name(f"{path.name}-{number}")):
        number += 1
    return free
