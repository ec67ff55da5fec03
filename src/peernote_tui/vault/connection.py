"""One connection to the encrypted database: its settings, its checks, and what its errors mean.

The settings were chosen by measurement: a rollback journal that is truncated, with the strictest syncing,
lost nothing in simulated power cuts and leaves one complete file whenever the program idles. SQLCipher's
own defaults are kept, so that any SQLCipher 4 shell can read the file.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote
from uuid import UUID

from sqlcipher3 import dbapi2
from sqlcipher3.dbapi2 import Connection

from peernote_tui.domain.errors import (
    NotAVaultError,
    ReadOnlyFolderError,
    VaultError,
    VaultTooNewError,
)
from peernote_tui.vault import database_errors, files
from peernote_tui.vault.keys import SALT_BYTES, DataKey
from peernote_tui.vault.read_only import ReadOnlyReason

APPLICATION_ID = 0x50454E4F
PAGE_BYTES = 4096
_BUSY_SECONDS = 0.5
_PAUSES_SECONDS = (0.2, 1.0)

_BEFORE_KEY: tuple[tuple[str, str, object], ...] = (
    ("cipher_log_level", "NONE", "NONE"),
    ("cipher_memory_security", "ON", "1"),
)
_AFTER_KEY: tuple[tuple[str, str, object], ...] = (
    ("locking_mode", "EXCLUSIVE", "exclusive"),
    ("journal_mode", "TRUNCATE", "truncate"),
    ("synchronous", "EXTRA", 3),
    ("fullfsync", "ON", 1),
    ("secure_delete", "ON", 1),
    ("temp_store", "MEMORY", 2),
    ("foreign_keys", "ON", 1),
    ("recursive_triggers", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("mmap_size", "0", 0),
)
_FOR_READING: tuple[tuple[str, str, object], ...] = (
    ("temp_store", "MEMORY", 2),
    ("trusted_schema", "OFF", 0),
    ("mmap_size", "0", 0),
    ("query_only", "ON", 1),
)
_IDENTITY_TABLE = """
    CREATE TABLE vault_identity (
        only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
        vault_id TEXT NOT NULL CHECK (length(vault_id) = 36)
    ) STRICT"""
_IDENTITY_TRIGGER = """
    CREATE TRIGGER vault_identity_stays_on_{event} BEFORE {event} ON vault_identity
    BEGIN SELECT RAISE(ABORT, 'the identity of a vault never changes'); END"""

_IDENTITY_EVENTS = ("insert", "update", "delete")


@dataclass(frozen=True, slots=True)
class Opened:
    """A connection that passed every check.

    Attributes:
        connection: In autocommit mode; transactions are begun explicitly.
        schema: The database's `user_version`.
        read_only_because: Why this program only reads it; None when it may write.
        salt_healed: The salt in the file was not the key's and has been written anew.
    """

    connection: Connection
    schema: int
    read_only_because: ReadOnlyReason | None
    salt_healed: bool = False


def create_database(path: Path, data_key: DataKey, vault_id: UUID, *, check_same_thread: bool) -> Connection:
    """Make a new database that knows which vault it is, and hold it.

    Raises:
        StorageError: The disk refuses.
    """
    # SQLite would take the mode from the umask; its journal takes over the mode of this file.
    files.create_private(path, b"")
    connection = _connect(path, check_same_thread=check_same_thread)
    try:
        _configure(connection, data_key)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(_IDENTITY_TABLE)
        connection.execute("INSERT INTO vault_identity (only_row, vault_id) VALUES (1, ?)", (str(vault_id),))
        for event in _IDENTITY_EVENTS:
            connection.execute(_IDENTITY_TRIGGER.format(event=event))
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def identity_schema() -> dict[tuple[str, str], str]:
    """The table that says which vault this is and its triggers: SQL as the database keeps it, by kind and name."""
    triggers = {
        ("trigger", f"vault_identity_stays_on_{event}"): _IDENTITY_TRIGGER.format(event=event).strip()
        for event in _IDENTITY_EVENTS
    }
    return {("table", "vault_identity"): _IDENTITY_TABLE.strip(), **triggers}


def open_database(
    path: Path,
    data_key: DataKey,
    *,
    vault_id: UUID,
    newest_schema: int,
    check_same_thread: bool,
    sleep: Callable[[float], None],
    writable: bool = True,
) -> Opened:
    """Open, configure, check and hold an existing database; never make one.

    A single failed read looks to SQLite like a file that is no database. So an error is answered by a new
    connection after a pause, twice, before it is believed.

    Args:
        path: The database.
        data_key: What opens it.
        vault_id: Of the vault it has to belong to.
        newest_schema: A newer one is opened for reading only.
        check_same_thread: As in `vault.open_vault`.
        sleep: Waits the seconds between two attempts.
        writable: False opens it for reading only, and writes nothing beside it either.

    Raises:
        VaultDamagedError: The file is missing or does not read as it should.
        NotAVaultError: The database was not made by PeerNote.
        VaultInUseError: Another program holds the file.
        ReadOnlyFolderError: It was to be opened for writing and cannot be written; or a change that was cut off
            has to be undone first, which cannot be done for reading only.
        StorageError: The disk refuses.
    """
    attempt = _attempt if writable else _attempt_for_reading
    for pause in _PAUSES_SECONDS:
        try:
            return attempt(path, data_key, vault_id, newest_schema, check_same_thread=check_same_thread)
        except dbapi2.Error as error:
            if database_errors.says_read_only(error) and not (writable and _may_be_written(path)):
                # A connection that only reads is refused only where it would have to undo something first.
                raise (files.read_only(path) if writable else database_errors.cut_off(path)) from None
            sleep(pause)
    try:
        return attempt(path, data_key, vault_id, newest_schema, check_same_thread=check_same_thread)
    except dbapi2.Error as error:
        raise database_errors.refusal_or_damage(error, path) from None


def open_as_far_as_possible(
    path: Path,
    data_key: DataKey,
    *,
    vault_id: UUID,
    newest_schema: int,
    writable: bool,
    check_same_thread: bool,
    sleep: Callable[[float], None],
) -> Opened:
    """As `open_database`, and for reading only where the file or the drive cannot be written after all."""
    open_it = partial(
        open_database,
        path,
        data_key,
        vault_id=vault_id,
        newest_schema=newest_schema,
        check_same_thread=check_same_thread,
        sleep=sleep,
    )
    try:
        # SQLite opens what it may not write for reading, without a word.
        return open_it(writable=writable and _may_be_written(path))
    except ReadOnlyFolderError:
        if not writable:
            raise
        return open_it(writable=False)


def export_into(connection: Connection, path: Path, data_key: DataKey) -> None:
    """Write what is committed, row by row, into an empty file under another key and salt.

    Neither `VACUUM INTO` nor `backup()` can change the key; `sqlcipher_export` leaves out the two numbers in the
    header that say what the file is.

    Raises:
        dbapi2.Error: Reading or writing failed; the file holds part of it. `refusal` tells what of.
    """
    schema = _number(connection, "user_version")
    connection.execute("ATTACH ? AS fresh KEY ?", (_uri(path, "mode=rw"), data_key.for_sqlcipher()))
    try:
        connection.execute("SELECT sqlcipher_export('fresh')").fetchall()
        connection.execute(f"PRAGMA fresh.application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA fresh.user_version = {schema}")
    finally:
        connection.execute("DETACH fresh")


def open_copy(path: Path, data_key: DataKey, *, vault_id: UUID) -> Connection:
    """Open a file that nobody writes, such as a backup, for reading only, and check that it is what it should be.

    It is taken as it lies: no journal beside it is looked at, no lock is taken, and the drive may be
    write-protected.

    Raises:
        VaultDamagedError: It does not read as it should, or is of another vault.
        NotAVaultError: It was not made by PeerNote.
        StorageError: The disk refuses.
    """
    try:
        return _connect_for_reading(path, data_key, vault_id, mode="ro&immutable=1")
    except dbapi2.Error as error:
        raise database_errors.refusal_or_damage(error, path) from None


def connect_keyed(path: Path, data_key: DataKey, *, mode: str, check_same_thread: bool = True) -> Connection:
    """A connection that knows the key and is checked by nobody; reading only when `mode` begins with `ro`.

    Raises:
        dbapi2.Error: The file cannot be opened.
    """
    connection = _connect(path, mode=mode, check_same_thread=check_same_thread)
    try:
        _set(connection, _BEFORE_KEY)
        connection.set_key(data_key.for_sqlcipher().encode("ascii"))
        if mode.startswith("ro"):
            _set(connection, _FOR_READING)
    except BaseException:
        connection.close()
        raise
    return connection


def hold(connection: Connection) -> None:
    """Take the database's own exclusive lock, which then stays until the connection is closed.

    Raises:
        dbapi2.Error: Another program holds it, or the file could be opened for reading only, which SQLite
            says to nobody who does not write.
    """
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("DELETE FROM vault_identity WHERE 0")
    connection.execute("COMMIT")


def _attempt(path: Path, data_key: DataKey, vault_id: UUID, newest_schema: int, *, check_same_thread: bool) -> Opened:
    if _size(path) < PAGE_BYTES:
        raise database_errors.damaged(path, "is cut off")
    salt_kept = _salt_in(path) == data_key.salt
    connection = _connect(path, check_same_thread=check_same_thread)
    try:
        _configure(connection, data_key)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        _check(connection, path, vault_id)
        schema = _number(connection, "user_version")
        newer = schema > newest_schema
        if newer:
            connection.execute("PRAGMA query_only = ON")
        elif salt_kept:
            hold(connection)
        else:
            _write_first_page(connection, schema)
    except BaseException:
        connection.close()
        raise
    because = ReadOnlyReason.NEWER if newer else None
    return Opened(connection, schema, because, salt_healed=not salt_kept and not newer)


def _attempt_for_reading(
    path: Path, data_key: DataKey, vault_id: UUID, newest_schema: int, *, check_same_thread: bool
) -> Opened:
    connection = _connect_for_reading(path, data_key, vault_id, mode="ro", check_same_thread=check_same_thread)
    schema = _number(connection, "user_version")
    return Opened(connection, schema, ReadOnlyReason.NEWER if schema > newest_schema else ReadOnlyReason.FOLDER)


def _may_be_written(path: Path) -> bool:
    """Whether permissions let the database be written, and the journal beside it."""
    journal = path.with_name(f"{path.name}-journal")
    as_ourselves = os.access in os.supports_effective_ids
    return all(
        os.access(each, os.W_OK, effective_ids=as_ourselves)
        for each in (path, journal if os.path.lexists(journal) else path.parent)
    )


def _connect_for_reading(
    path: Path, data_key: DataKey, vault_id: UUID, *, mode: str, check_same_thread: bool = True
) -> Connection:
    if _size(path) < PAGE_BYTES:
        raise database_errors.damaged(path, "is cut off")
    connection = connect_keyed(path, data_key, mode=mode, check_same_thread=check_same_thread)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        _check(connection, path, vault_id)
    except BaseException:
        connection.close()
        raise
    return connection


def _salt_in(path: Path) -> bytes:
    """The first bytes of a file that is not open yet; SQLCipher takes the salt from the key and never looks here."""
    with files.told(path, reading=True), path.open("rb") as file:
        return file.read(SALT_BYTES)


def _write_first_page(connection: Connection, schema: int) -> None:
    """Write the first page anew, which brings the key's salt back, in a transaction like any other."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"PRAGMA user_version = {schema:d}")
    connection.execute("COMMIT")


def _connect(path: Path, *, check_same_thread: bool, mode: str = "rw") -> Connection:
    return dbapi2.connect(
        _uri(path, f"mode={mode}"),
        uri=True,
        timeout=_BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=check_same_thread,
    )


def _uri(path: Path, mode: str) -> str:
    place = quote(os.fsencode(path.absolute().as_posix()), safe="/:")
    return f"file://{'' if place.startswith('/') else '/'}{place}?{mode}"


def _configure(connection: Connection, data_key: DataKey) -> None:
    _set(connection, _BEFORE_KEY)
    connection.set_key(data_key.for_sqlcipher().encode("ascii"))
    _set(connection, _AFTER_KEY)


def _set(connection: Connection, settings: tuple[tuple[str, str, object], ...]) -> None:
    for name, value, answer in settings:
        connection.execute(f"PRAGMA {name} = {value}").fetchall()
        if _ask(connection, name) != answer:
            raise VaultError(
                f"The database engine on this computer did not accept the setting {name}.",
                "Install PeerNote again; nothing was changed.",
            )


def _ask(connection: Connection, name: str) -> str | int | None:
    row = connection.execute(f"PRAGMA {name}").fetchone()
    return None if row is None else row[0]


def _number(connection: Connection, name: str) -> int:
    return int(_ask(connection, name) or 0)


def _check(connection: Connection, path: Path, vault_id: UUID) -> None:
    check_identity(connection, path, vault_id)
    pages = _number(connection, "page_count")
    if _size(path) != pages * _number(connection, "page_size"):
        raise database_errors.damaged(path, f"has not the size of its {pages} pages")


def check_identity(connection: Connection, path: Path, vault_id: UUID) -> None:
    """Refuse a database that is not the one of the vault; its size is not looked at."""
    if _ask(connection, "cipher_status") != "1":
        raise database_errors.damaged(path, "is not encrypted")
    if _ask(connection, "application_id") != APPLICATION_ID:
        raise NotAVaultError(f"{path} was not made by PeerNote.", "Choose another folder.")
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'vault_identity'").fetchone() is None:
        raise VaultTooNewError(
            f"{path} is laid out in a way this PeerNote does not know.",
            "Install the newest PeerNote to open it.",
        )
    row = connection.execute("SELECT vault_id FROM vault_identity").fetchone()
    if row is None or row[0] != str(vault_id):
        raise database_errors.damaged(path, "belongs to another vault than vault.json")


def _size(path: Path) -> int:
    with files.told(path, reading=True):
        try:
            return path.stat().st_size
        except FileNotFoundError:
            raise database_errors.damaged(path, "is missing") from None
