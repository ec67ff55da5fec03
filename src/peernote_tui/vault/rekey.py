"""A new data key: the whole database rewritten under it, with new key slots, in the old one's place.

The new vault is made whole in a folder beside the vault, compared with it row by row, and opened there, before the two
are exchanged as in a restore. Whatever ends the process, either the old vault opens with its old slots or the new one
with its new slots. `PRAGMA rekey` would rewrite the only copy page by page and is not used.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2
from sqlcipher3.dbapi2 import Connection

from peernote_tui.domain.errors import PeerNoteError, RefusedError, StorageError, VaultDamagedError, VaultError
from peernote_tui.vault import connection as database
from peernote_tui.vault import database_errors, files, integrity, keys, layout, rescue, reserve
from peernote_tui.vault.exchange import exchange, free_name, place_beside
from peernote_tui.vault.header import Header, write_header
from peernote_tui.vault.keys import DataKey, SealedSlot, Slot
from peernote_tui.vault.lock import VaultLock
from peernote_tui.vault.opened import DEFAULT_WORK_FACTOR, Vault

_SPARE_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Secrets:
    """What the new slots are sealed with.

    Attributes:
        passphrase: In NFC.
        recovery_code: As it is printed.
        recipients: Of the organisation, `age1…`; none when there is no organisation.
    """

    passphrase: str = field(repr=False)
    recovery_code: str = field(repr=False)
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """What a new data key did.

    Attributes:
        aside: Where the vault under its old key lies now.
        backups_here: The earlier backups were brought over; else they still lie with the vault set aside.
    """

    aside: Path
    backups_here: bool


Record = Callable[[Connection, Sequence[SealedSlot]], None]
"""Writes into the new database that the key is new, and which files its slots are, and commits."""


def require_no_rescue_files(vault: Vault) -> None:
    """Refuse while a rescue file waits: the key that opens it follows from the data key.

    Raises:
        RefusedError: There is one.
    """
    if waiting := len(rescue.find(vault.folder, vault.data_key)):
        raise RefusedError(
            f"There {'is a rescue file' if waiting == 1 else f'are {waiting} rescue files'} that only the present data "
            "key opens, so it is not replaced yet.",
            "Take into the vault what they hold first; PeerNote offers them after unlocking.",
        )


def rekey(
    vault: Vault, to: Secrets, *, now: datetime, record: Record, work_factor: int = DEFAULT_WORK_FACTOR
) -> Rekeyed:
    """Give an open vault a new random data key and salt; it stays open.

    Takes about as long as reading the file three times and writing it once.

    Args:
        vault: Open for writing, with no transaction begun.
        to: What the new slots are sealed with.
        now: The present instant, aware; it names the folder that the vault is moved to.
        record: See `Record`.
        work_factor: Lower only in tests.

    Raises:
        RefusedError: A rescue file waits.
        VaultTooNewError, ReadOnlyFolderError: The vault is open for reading only.
        VaultDamagedError: A page does not read as it should. The vault is as it was.
        DiskFullError, StorageError: The disk refuses. The vault is as it was, under its old key.
    """
    vault.require_writable()
    require_no_rescue_files(vault)
    folder, data_key = vault.folder, DataKey.generate()
    making = place_beside(folder)
    try:
        _require_room(vault)
        files.make_folder(making)
        _rewrite(vault, making / layout.DATABASE_NAME, data_key)
        sealed = _sealed(vault, data_key, to, work_factor)
        for each in sealed:
            keys.put(making, each)
        reserve.make(making)
        with closing(_open(vault, making, data_key)) as fresh:
            record(fresh, sealed)
        write_header(making, Header(vault.vault_id))
        with files.told(making):
            files.sync_folder(making / layout.KEYS_NAME)
            files.sync_folder(making)
    except BaseException as error:
        shutil.rmtree(making, ignore_errors=True)
        if isinstance(error, dbapi2.Error):
            raise _refusal(error, vault, making) from None
        raise
    return _put_in_place(vault, making, free_name(folder, "new-key", now), data_key)


def _put_in_place(vault: Vault, making: Path, aside: Path, data_key: DataKey) -> Rekeyed:
    """Exchange the folders, and go on in the new one; when that fails, go on in the old one."""
    # Nobody else may open the new vault between its coming into place and being opened here.
    held = None if sys.platform == "win32" else VaultLock.acquire(making)
    old = vault.let_go()
    try:
        here = exchange(vault.folder, making, aside, let_go=old.release)
    except BaseException as error:
        if held is not None:
            held.release()
        if isinstance(error, PeerNoteError):
            # Where even this fails the drive is gone, and what was refused first says more.
            with suppress(VaultError):
                if sys.platform == "win32":
                    old = VaultLock.acquire(vault.folder)
                vault.take_over(_open(vault, vault.folder, vault.data_key), vault.data_key, old)
        raise
    lock = held if held is not None else VaultLock.acquire(vault.folder)
    vault.take_over(_open(vault, vault.folder, data_key), data_key, lock)
    return Rekeyed(aside, here)


def _open(vault: Vault, folder: Path, data_key: DataKey) -> Connection:
    return database.open_database(
        folder / layout.DATABASE_NAME,
        data_key,
        vault_id=vault.vault_id,
        newest_schema=vault.schema,
        check_same_thread=False,
        sleep=time.sleep,
    ).connection


def _rewrite(vault: Vault, path: Path, data_key: DataKey) -> None:
    """Write the database anew and compare the two: every page, every table, every row."""
    if found := integrity.page_problems(vault.connection):
        raise VaultDamagedError(
            f"The vault does not read as it should, so its key is not replaced: {found[0]}",
            "Put back a backup first: peernote backup list.",
        )
    files.create_private(path, b"")
    database.export_into(vault.connection, path, data_key)
    with files.told(path):
        files.sync_file(path)
    with closing(database.open_copy(path, data_key, vault_id=vault.vault_id)) as fresh:
        problems = integrity.page_problems(fresh)
        if problems or _contents(fresh) != _contents(vault.connection):
            raise StorageError(
                "What was written under the new key is not what the vault holds, so nothing was changed.",
                "Check the drive, then try again.",
            )


def _contents(connection: Connection) -> dict[str, str]:
    """A hash of the schema and of every table's rows in order, by name."""
    schema = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
    found = {"": _hash_of(connection, schema), "number": str(connection.execute("PRAGMA user_version").fetchone()[0])}
    tables = connection.execute(
        "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow') "
        "AND name NOT IN ('sqlite_schema', 'sqlite_temp_schema')"
    ).fetchall()
    for name, without_rowid in tables:
        quoted = '"' + name.replace('"', '""') + '"'
        order = "" if without_rowid else " ORDER BY rowid"
        found[name] = _hash_of(connection, f"SELECT * FROM {quoted}{order}")  # noqa: S608 a name from the schema
    return found


def _hash_of(connection: Connection, query: str) -> str:
    digest, count = hashlib.sha256(), 0
    for row in connection.execute(query):
        digest.update(repr(row).encode("utf-8", "surrogatepass"))
        count += 1
    return f"{count} {digest.hexdigest()}"


def _sealed(vault: Vault, data_key: DataKey, to: Secrets, work_factor: int) -> tuple[SealedSlot, ...]:
    by_secret = ((Slot.PASSPHRASE, to.passphrase), (Slot.RECOVERY, to.recovery_code))
    made = [
        keys.seal(slot, secret, vault_id=vault.vault_id, data_key=data_key, work_factor=work_factor)
        for slot, secret in by_secret
    ]
    if to.recipients:
        made.append(keys.seal_to(to.recipients, vault_id=vault.vault_id, data_key=data_key))
    return tuple(made)


def _require_room(vault: Vault) -> None:
    connection = vault.connection
    pages, size = (int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "page_size"))
    with files.told(vault.folder.parent):
        free = shutil.disk_usage(vault.folder.parent).free
    if free < pages * size + _SPARE_BYTES:
        raise files.disk_full(vault.folder.parent)


def _refusal(error: dbapi2.Error, vault: Vault, making: Path) -> Exception:
    if database_errors.says_damage(error):
        return VaultDamagedError(
            f"A page of {vault.folder / layout.DATABASE_NAME} does not read as it should, so its key is not replaced.",
            "Put back a backup first: peernote backup list.",
        )
    return database_errors.refusal(error, making) or StorageError(
        f"The vault could not be written anew to {making}.", "Check the drive; the vault is as it was."
    )
