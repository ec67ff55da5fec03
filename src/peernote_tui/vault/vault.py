"""A vault: making one, and opening one by each of its keys."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

from sqlcipher3 import dbapi2
from sqlcipher3.dbapi2 import Connection

from peernote_tui.domain.errors import VaultError, WrongPassphraseError
from peernote_tui.vault import age, attempts, database_errors, files, keys, layout, organisation, recovery_code, reserve
from peernote_tui.vault import connection as database
from peernote_tui.vault.header import Header, read_header, write_header
from peernote_tui.vault.keys import DataKey, Slot
from peernote_tui.vault.layout import VaultState, default_folder, inspect, move_aside, synced_folder_warning
from peernote_tui.vault.lock import VaultLock
from peernote_tui.vault.opened import DEFAULT_WORK_FACTOR, Vault
from peernote_tui.vault.passphrase import check as check_passphrase
from peernote_tui.vault.passphrase import normalise as normalise_passphrase

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

MAX_WORK_FACTOR = age.MOST_WORK


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
        reserve.make(folder)
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
        if isinstance(error, dbapi2.Error):
            raised = _refused_making(error, path)
            if raised is not None:
                raise raised from None
        raise
    connect = partial(
        database.open_as_far_as_possible,
        path,
        vault_id=vault_id,
        newest_schema=schema,
        check_same_thread=check_same_thread,
    )
    vault = Vault(
        folder,
        vault_id,
        connection,
        schema=schema,
        read_only_because=None,
        data_key=data_key,
        lock=lock,
        connect=connect,
    )
    return Created(vault, code)


def _refused_making(error: dbapi2.Error, path: Path) -> VaultError | None:
    """What the disk says about a database that is being made: it can neither have been damaged nor protected."""
    if database_errors.says_damage(error) or database_errors.says_read_only(error):
        return files.why_unwritable(path.parent) or files.refusing(path)
    return database_errors.refusal(error, path)


def open_vault(
    folder: Path,
    passphrase: str,
    *,
    newest_schema: int,
    max_work_factor: int = MAX_WORK_FACTOR,
    check_same_thread: bool = True,
    sleep: Callable[[float], None] = time.sleep,
    now: Callable[[], datetime] | None = None,
) -> Vault:
    """Open a vault with its passphrase.

    Args:
        folder: The vault.
        passphrase: As typed.
        newest_schema: The newest `user_version` this PeerNote can write; a newer one opens for reading.
        max_work_factor: The most work a key file may ask for.
        check_same_thread: False lets a shutdown path in another thread close the connection.
        sleep: Waits the seconds between two attempts after a database error.
        now: Gives the instant at which an attempt in vain is noted beside the vault; None notes nothing.

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
        now=now,
    )


def open_with_recovery_code(
    folder: Path,
    code: str,
    *,
    newest_schema: int,
    max_work_factor: int = MAX_WORK_FACTOR,
    check_same_thread: bool = True,
    sleep: Callable[[float], None] = time.sleep,
    now: Callable[[], datetime] | None = None,
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
        now=now,
    )


def open_with_identity(
    folder: Path,
    identity_file: str,
    *,
    newest_schema: int,
    check_same_thread: bool = True,
    sleep: Callable[[float], None] = time.sleep,
    now: Callable[[], datetime] | None = None,
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
        now=now,
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
    now: Callable[[], datetime] | None,
) -> Vault:
    layout.settle_restore(folder)
    layout.require_complete(folder)
    lock = VaultLock.acquire_as_far_as_possible(folder)
    try:
        header = read_header(folder)
        data_key = keys.open_slot(folder, slot, secret, vault_id=header.vault_id, max_work_factor=max_work_factor)
        connect = partial(
            database.open_as_far_as_possible,
            folder / layout.DATABASE_NAME,
            vault_id=header.vault_id,
            newest_schema=newest_schema,
            check_same_thread=check_same_thread,
        )
        opened = connect(data_key, writable=lock.is_for_writing, sleep=sleep)
    except BaseException as error:
        if isinstance(error, WrongPassphraseError) and now is not None:
            attempts.note(folder, now())
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
        connect=connect,
    )
