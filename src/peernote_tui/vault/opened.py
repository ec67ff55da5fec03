"""An open vault: its connection, its lock, its keys, and a new connection in the place of a broken one."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID

from sqlcipher3 import dbapi2
from sqlcipher3.dbapi2 import Connection

from peernote_tui.domain.errors import StorageError
from peernote_tui.vault import connection as database
from peernote_tui.vault import database_errors, files, keys, layout, read_only, recovery_code
from peernote_tui.vault.header import require_still_there
from peernote_tui.vault.keys import DataKey, SealedSlot, Slot
from peernote_tui.vault.lock import VaultLock
from peernote_tui.vault.page_copy import PageFile
from peernote_tui.vault.passphrase import check as check_passphrase
from peernote_tui.vault.read_only import ReadOnlyReason

DEFAULT_WORK_FACTOR = 18


class Vault:
    """An open vault. It belongs to the thread that opened it; close it, or use it in a `with` block.

    Attributes:
        folder: Where it lies.
        vault_id: Who it is.
        connection: To the database, in autocommit mode: begin transactions explicitly.
        schema: The database's schema number when it was opened.
        read_only_because: Why every write is refused; None when the vault may be written.
        is_connected: False between a connection that broke and the next one that stands.
        salt_healed: The first bytes of the database were damaged and were put right when it was opened.
        pages: The database's file as it lies, for copying it.
    """

    def __init__(
        self,
        folder: Path,
        vault_id: UUID,
        connection: Connection,
        *,
        schema: int,
        read_only_because: ReadOnlyReason | None,
        data_key: DataKey,
        lock: VaultLock,
        connect: Callable[..., database.Opened],
        salt_healed: bool = False,
    ) -> None:
        self.folder = folder
        self.vault_id = vault_id
        self.connection = connection
        self.schema = schema
        self.read_only_because = read_only_because
        self.salt_healed = salt_healed
        self.pages = PageFile(folder / layout.DATABASE_NAME)
        self._data_key = data_key
        self._lock = lock
        self.is_connected = True
        self._opened_for_writing = lock.is_for_writing and read_only_because is None
        self._connect = connect
        self._file = self._look_at_file()

    @property
    def may_be_writable_again(self) -> bool:
        """Whether only its folder stands in the way, and did not when the vault was opened."""
        return self.read_only_because is ReadOnlyReason.FOLDER and self._opened_for_writing

    @property
    def may_reopen(self) -> bool:
        """Whether a new connection can take the place of this one; one to a damaged vault was chosen as it is."""
        return self.read_only_because is not ReadOnlyReason.DAMAGED

    @property
    def is_in_place(self) -> bool:
        """Whether the files that are open are the ones that lie in the folder now.

        A folder that was deleted, moved or unmounted under an open file goes on taking writes that nobody can find.
        """
        try:
            there = (self.folder / layout.DATABASE_NAME).stat()
        except OSError:
            return False
        return os.path.samestat(self._file, there) and (not self._lock.is_held or self._lock.is_on(self.folder))

    def reopen(self) -> None:
        """Take a new connection in the place of a broken one, in the order and with the checks of opening.

        The data key stays in memory, so nothing is asked. The lock stays too, or is taken again where a drive
        went and came back. Where the folder cannot be written any more, the connection is for reading.

        Raises:
            VaultGoneError: The folder is not there. Every use of the vault is refused until this succeeds.
            VaultError: As for `open_vault`; likewise.
        """
        self.is_connected = False
        with suppress(dbapi2.Error):
            self.connection.close()
        self.pages.close()
        require_still_there(self.folder, self.vault_id)
        if not self._lock.is_on(self.folder):
            self._lock.release()
            self._lock = VaultLock.acquire_as_far_as_possible(self.folder)
        # Whoever asks for a new connection asks again after a pause of their own.
        opened = self._connect(self._data_key, writable=self._lock.is_for_writing, sleep=lambda _seconds: None)
        self.connection, self.read_only_because = opened.connection, opened.read_only_because
        self._file = self._look_at_file()
        self.is_connected = True

    def change_passphrase(self, new: str, *, work_factor: int = DEFAULT_WORK_FACTOR) -> None:
        """Replace the passphrase; the notes and the recovery code stay as they are.

        Raises:
            InvalidInputError: The new passphrase is too short or only spaces.
            VaultError: The vault is open for reading only; it says why.
            StorageError: The disk refuses; the old passphrase stays in force.
        """
        self._write_slot(Slot.PASSPHRASE, check_passphrase(new), work_factor)

    def new_recovery_code(self, *, work_factor: int = DEFAULT_WORK_FACTOR) -> str:
        """Make a new recovery code; the old one no longer opens this vault.

        Returns:
            The code to show once, as seven groups of four.

        Raises:
            VaultError: The vault is open for reading only; it says why.
            StorageError: The disk refuses; the old code stays in force.
        """
        code = recovery_code.generate()
        self._write_slot(Slot.RECOVERY, code, work_factor)
        return code

    def seal(self, slot: Slot, secret: str, *, work_factor: int = DEFAULT_WORK_FACTOR) -> SealedSlot:
        """Seal a slot for this vault without putting it in place; `secret` as it opens the slot.

        Raises:
            VaultTooNewError: The vault is open for reading only.
        """
        self.require_writable()
        return keys.seal(slot, secret, vault_id=self.vault_id, data_key=self._data_key, work_factor=work_factor)

    @property
    def read_only(self) -> bool:
        """Whether every write is refused."""
        return self.read_only_because is not None

    @property
    def data_key(self) -> DataKey:
        """What opens the database and every backup of it; for the vault's own room only."""
        return self._data_key

    def take_over(self, connection: Connection, data_key: DataKey, lock: VaultLock) -> None:
        """Go on with another connection to what lies in the vault's place now, and with its key and lock."""
        self.connection, self._data_key = connection, data_key
        self._file = self._look_at_file()
        if lock is not self._lock:
            self._lock.release()
            self._lock = lock

    def let_go(self) -> VaultLock:
        """Close the database and keep the lock, for the moment in which the folder is exchanged."""
        self.connection.close()
        self.pages.close()
        return self._lock

    def close(self) -> None:
        """Close the database, then let go of the lock; a second call does nothing.

        What was not committed is rolled back.
        """
        self.connection.close()
        self.pages.close()
        self._lock.release()

    def unread(self) -> StorageError | None:
        """What the disk says when the database of the closed vault is read to its end; None when it reads."""
        return database_errors.unread(self.folder / layout.DATABASE_NAME)

    def _look_at_file(self) -> os.stat_result:
        path = self.folder / layout.DATABASE_NAME
        with files.told(path, reading=True):
            return path.stat()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _write_slot(self, slot: Slot, secret: str, work_factor: int) -> None:
        keys.put(self.folder, self.seal(slot, secret, work_factor=work_factor))

    def require_writable(self) -> None:
        """Refuse, in words, when the vault is open for reading only."""
        if self.read_only_because is not None:
            raise read_only.refusal(self.read_only_because)
