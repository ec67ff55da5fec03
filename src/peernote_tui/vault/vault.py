"""A vault: making one, opening one, and what the open one can do to its own keys."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID, uuid4

from sqlcipher3 import dbapi2
from sqlcipher3.dbapi2 import Connection

from peernote_tui.vault import connection as database
from peernote_tui.vault import database_errors, files, keys, layout, organisation, read_only, recovery_code
from peernote_tui.vault.header import Header, read_header, write_header
from peernote_tui.vault.keys import DataKey, SealedSlot, Slot
from peernote_tui.vault.layout import VaultState, default_folder, inspect, move_aside, synced_folder_warning
from peernote_tui.vault.lock import VaultLock
from peernote_tui.vault.page_copy import PageFile
from peernote_tui.vault.passphrase import check as check_passphrase
from peernote_tui.vault.passphrase import normalise as normalise_passphrase
from peernote_tui.vault.read_only import ReadOnlyReason

__all__ = [
    "Created",
    "Vault",
    "VaultState",
    "create",
    "default_folder",
    "inspect",
    "move_aside",
    "open_vault",
    "open_with_identity",
    "open_with_recovery_code",
    "synced_folder_warning",
]

DEFAULT_WORK_FACTOR = 18
MAX_WORK_FACTOR = 20
RESERVE_BYTES = 2**20


class Vault:
    """An open vault. It belongs to the thread that opened it; close it, or use it in a `with` block.

    Attributes:
        folder: Where it lies.
        vault_id: Who it is.
        connection: To the database, in autocommit mode: begin transactions explicitly.
        schema: The database's schema number when it was opened.
        read_only_because: Why every write is refused; None when the vault may be written.
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
        newest_schema: int,
        check_same_thread: bool,
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
        self._opened_for_writing = lock.is_for_writing and read_only_because is None
        self._newest_schema = newest_schema
        self._check_same_thread = check_same_thread

    @property
    def may_be_writable_again(self) -> bool:
        """Whether only its folder stands in the way, and did not when the vault was opened."""
        return self.read_only_because is ReadOnlyReason.FOLDER and self._opened_for_writing

    def reopen(self) -> None:
        """Take a new connection in the place of a broken one, in the order and with the checks of opening.

        The data key stays in memory, so nothing is asked. The lock stays too, or is taken again where a drive
        went and came back. Where the folder cannot be written any more, the connection is for reading.

        Raises:
            VaultGoneError: The folder is not there. Every use of the vault is refused until this succeeds.
            VaultError: As for `open_vault`; likewise.
        """
        with suppress(dbapi2.Error):
            self.connection.close()
        layout.require_there(self.folder)
        if not self._lock.is_on(self.folder):
            self._lock.release()
            self._lock = VaultLock.acquire_as_far_as_possible(self.folder)
        opened = database.open_as_far_as_possible(
            self.folder / layout.DATABASE_NAME,
            self._data_key,
            vault_id=self.vault_id,
            newest_schema=self._newest_schema,
            writable=self._lock.is_for_writing,
            check_same_thread=self._check_same_thread,
            # Whoever asks for a new connection asks again after a pause of their own.
            sleep=lambda _seconds: None,
        )
        self.connection, self.read_only_because = opened.connection, opened.read_only_because

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
        self._require_writable()
        return keys.seal(slot, secret, vault_id=self.vault_id, data_key=self._data_key, work_factor=work_factor)

    @property
    def read_only(self) -> bool:
        """Whether every write is refused."""
        return self.read_only_because is not None

    @property
    def data_key(self) -> DataKey:
        """What opens the database and every backup of it; for the vault's own room only."""
        return self._data_key

    def close(self) -> None:
        """Close the database, then let go of the lock; a second call does nothing.

        What was not committed is rolled back.
        """
        self.connection.close()
        self.pages.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _write_slot(self, slot: Slot, secret: str, work_factor: int) -> None:
        keys.put(self.folder, self.seal(slot, secret, work_factor=work_factor))

    def _require_writable(self) -> None:
        if self.read_only_because is not None:
            raise read_only.refusal(self.read_only_because)


@dataclass(frozen=True, slots=True)
class Created:
    """A new vault, open, and the recovery code that is shown this once."""

    vault: Vault
    recovery_code: str = field(repr=False)


def create(
    folder: Path,
    passphrase: str,
    *,
    prepare: Callable[[Connection], None],
    work_factor: int = DEFAULT_WORK_FACTOR,
    check_same_thread: bool = True,
) -> Created:
    """Make a vault in a folder that does not exist yet or is empty.

    `vault.json` is written last. Whatever stops this half way leaves a folder that counts as half made;
    nothing is removed, because a real vault that lost its `vault.json` looks the same. `move_aside` makes
    room for a second try.

    Args:
        folder: Where; folders above it are made.
        passphrase: At least 15 characters.
        prepare: Makes the schema on the new connection; it commits what it begins.
        work_factor: Lower only in tests and the demo.
        check_same_thread: False lets a shutdown path in another thread close the connection.

    Raises:
        InvalidInputError: The passphrase is too short or only spaces.
        NotAVaultError: The folder is a file, holds other things, or a vault, or half of one.
        VaultInUseError: Another PeerNote makes a vault here right now.
        StorageError: The disk refuses.
    """
    secret = check_passphrase(passphrase)
    layout.settle_restore(folder)
    layout.require_room(folder)
    files.make_folder(folder)
    lock = VaultLock.acquire(folder)
    connection: Connection | None = None
    path = folder / layout.DATABASE_NAME
    try:
        layout.require_only_the_lock(folder)
        files.create_private(folder / layout.RESERVE_NAME, secrets.token_bytes(RESERVE_BYTES))
        vault_id = uuid4()
        data_key = DataKey.generate()
        code = recovery_code.generate()
        for slot, opener in ((Slot.PASSPHRASE, secret), (Slot.RECOVERY, code)):
            keys.write_slot(folder, slot, opener, vault_id=vault_id, data_key=data_key, work_factor=work_factor)
        connection = database.create_database(path, data_key, vault_id, check_same_thread=check_same_thread)
        prepare(connection)
        database.hold(connection)
        schema = int(connection.execute("PRAGMA user_version").fetchone()[0])
        with files.told(folder):
            files.sync_folder(folder)
            files.sync_folder(folder.parent)
        write_header(folder, Header(vault_id))
    except BaseException as error:
        if connection is not None:
            connection.close()
        lock.release()
        told = database_errors.refusal(error, path) if isinstance(error, dbapi2.Error) else None
        if told is not None:
            raise told from None
        raise
    vault = Vault(
        folder,
        vault_id,
        connection,
        schema=schema,
        read_only_because=None,
        data_key=data_key,
        lock=lock,
        newest_schema=schema,
        check_same_thread=check_same_thread,
    )
    return Created(vault, code)


def open_vault(
    folder: Path,
    passphrase: str,
    *,
    newest_schema: int,
    max_work_factor: int = MAX_WORK_FACTOR,
    check_same_thread: bool = True,
    sleep: Callable[[float], None] = time.sleep,
) -> Vault:
    """Open a vault with its passphrase.

    Args:
        folder: The vault.
        passphrase: As typed.
        newest_schema: The newest `user_version` this PeerNote can write; a newer one opens for reading.
        max_work_factor: The most work a key file may ask for.
        check_same_thread: False lets a shutdown path in another thread close the connection.
        sleep: Waits the seconds between two attempts after a database error.

    Raises:
        NotAVaultError: Nothing, something else, or only half a vault is there.
        VaultInUseError: Another PeerNote holds it.
        WrongPassphraseError: The passphrase does not open the key file.
        KeyFileDamagedError: The key file is missing or damaged.
        ForeignKeyFileError: The key file belongs to another vault.
        VaultDamagedError: `vault.json` or the database does not read as it should.
        VaultTooNewError: A newer PeerNote laid the vault out in a way this one cannot read.
        StorageError: The disk or folder refuses.
    """
    return _open(
        folder,
        Slot.PASSPHRASE,
        normalise_passphrase(passphrase),
        newest_schema=newest_schema,
        max_work_factor=max_work_factor,
        check_same_thread=check_same_thread,
        sleep=sleep,
    )


def open_with_recovery_code(
    folder: Path,
    code: str,
    *,
    newest_schema: int,
    max_work_factor: int = MAX_WORK_FACTOR,
    check_same_thread: bool = True,
    sleep: Callable[[float], None] = time.sleep,
) -> Vault:
    """Open a vault with its printed recovery code; arguments and refusals as for `open_vault`.

    Raises:
        InvalidInputError: The code has a typing mistake; told before anything else is tried.
    """
    return _open(
        folder,
        Slot.RECOVERY,
        recovery_code.normalise(code),
        newest_schema=newest_schema,
        max_work_factor=max_work_factor,
        check_same_thread=check_same_thread,
        sleep=sleep,
    )


def open_with_identity(
    folder: Path,
    identity_file: str,
    *,
    newest_schema: int,
    check_same_thread: bool = True,
    sleep: Callable[[float], None] = time.sleep,
) -> Vault:
    """Open a vault as its organisation, with the text of an age identity file; refusals as for `open_vault`.

    Raises:
        InvalidInputError: The file holds no identity, or a mistyped one.
    """
    return _open(
        folder,
        Slot.ORGANISATION,
        organisation.read_identities(identity_file),
        newest_schema=newest_schema,
        max_work_factor=MAX_WORK_FACTOR,
        check_same_thread=check_same_thread,
        sleep=sleep,
    )


def _open(
    folder: Path,
    slot: Slot,
    secret: str,
    *,
    newest_schema: int,
    max_work_factor: int,
    check_same_thread: bool,
    sleep: Callable[[float], None],
) -> Vault:
    layout.settle_restore(folder)
    layout.require_complete(folder)
    lock = VaultLock.acquire_as_far_as_possible(folder)
    try:
        header = read_header(folder)
        data_key = keys.open_slot(folder, slot, secret, vault_id=header.vault_id, max_work_factor=max_work_factor)
        opened = database.open_as_far_as_possible(
            folder / layout.DATABASE_NAME,
            data_key,
            vault_id=header.vault_id,
            newest_schema=newest_schema,
            writable=lock.is_for_writing,
            check_same_thread=check_same_thread,
            sleep=sleep,
        )
    except BaseException:
        lock.release()
        raise
    return Vault(
        folder,
        header.vault_id,
        opened.connection,
        schema=opened.schema,
        read_only_because=opened.read_only_because,
        salt_healed=opened.salt_healed,
        data_key=data_key,
        lock=lock,
        newest_schema=newest_schema,
        check_same_thread=check_same_thread,
    )
