"""One connection to the encrypted database: its settings, its checks, and what its errors mean.

The settings were chosen by measurement: a rollback journal that is truncated, with the strictest syncing,
lost nothing in simulated power cuts and leaves one complete file whenever the program idles. SQLCipher's
own defaults are kept, so that any SQLCipher 4 shell can read the file.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote
from uuid import UUID

from sqlcipher3 import dbapi2
from sqlcipher3.dbapi2 import Connection

from peernote_tui.domain.errors import (
    NotAVaultError,
    StorageError,
    VaultDamagedError,
    VaultError,
    VaultInUseError,
    VaultTooNewError,
)
from peernote_tui.vault import files
from peernote_tui.vault.keys import SALT_BYTES, DataKey
from peernote_tui.vault.read_only import ReadOnlyReason

APPLICATION_ID = 0x50454E4F
_PAGE_BYTES = 4096
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

_PRIMARY_CODE = 0xFF
_SQLITE_BUSY = 5
_SQLITE_LOCKED = 6
_SQLITE_READONLY = 8
_SQLITE_CORRUPT = 11
_SQLITE_FULL = 13
_SQLITE_CANTOPEN = 14
_SQLITE_NOTADB = 26


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
        for event in ("insert", "update", "delete"):
            connection.execute(_IDENTITY_TRIGGER.format(event=event))
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def open_database(
    path: Path,
    data_key: DataKey,
    *,
    vault_id: UUID,
    newest_schema: int,
    check_same_thread: bool,
    sleep: Callable[[float], None],
) -> Opened:
    """Open, configure, check and hold an existing database; never make one.

    A single failed read looks to SQLite like a file that is no database. So an error is answered by a new
    connection after a pause, twice, before it is believed.

    Raises:
        VaultDamagedError: The file is missing or does not read as it should.
        NotAVaultError: The database was not made by PeerNote.
        VaultInUseError: Another program holds the file.
        StorageError: The disk refuses.
    """
    for pause in _PAUSES_SECONDS:
        try:
            return _attempt(path, data_key, vault_id, newest_schema, check_same_thread=check_same_thread)
        except dbapi2.Error:
            sleep(pause)
    try:
        return _attempt(path, data_key, vault_id, newest_schema, check_same_thread=check_same_thread)
    except dbapi2.Error as error:
        raise refusal(error, path) or damaged(path, "does not read as it should") from None


def copy_into(connection: Connection, path: Path) -> None:
    """Write what is committed, page by page, into an empty file; key and salt stay the same.

    Every page is read through its check, so a damaged one is refused and not copied.

    Raises:
        dbapi2.Error: Reading or writing failed; the file holds part of it. `refusal` tells what of.
    """
    connection.execute("VACUUM INTO ?", (_uri(path, "mode=rw"),))


def open_copy(path: Path, data_key: DataKey, *, vault_id: UUID) -> Connection:
    """Open a file that nobody writes, such as a backup, for reading only, and check that it is what it should be.

    It is taken as it lies: no journal beside it is looked at, no lock is taken, and the drive may be
    write-protected.

    Raises:
        VaultDamagedError: It does not read as it should, or is of another vault.
        NotAVaultError: It was not made by PeerNote.
        StorageError: The disk refuses.
    """
    if _size(path) < _PAGE_BYTES:
        raise damaged(path, "is cut off")
    connection: Connection | None = None
    try:
        connection = dbapi2.connect(_uri(path, "mode=ro&immutable=1"), uri=True, isolation_level=None)
        _set(connection, _BEFORE_KEY)
        connection.set_key(data_key.for_sqlcipher().encode("ascii"))
        _set(connection, _FOR_READING)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        _check(connection, path, vault_id)
    except BaseException as error:
        if connection is not None:
            connection.close()
        if isinstance(error, dbapi2.Error):
            raise refusal(error, path) or damaged(path, "does not read as it should") from None
        raise
    return connection


def says_damage(error: dbapi2.Error) -> bool:
    """Whether a database error means that pages are not what was written."""
    code = (getattr(error, "sqlite_errorcode", None) or 0) & _PRIMARY_CODE
    return code in {_SQLITE_CORRUPT, _SQLITE_NOTADB}


def refusal(error: dbapi2.Error, path: Path) -> VaultError | None:
    """What a database error says about disk and folder; None when it is about neither."""
    code = (getattr(error, "sqlite_errorcode", None) or 0) & _PRIMARY_CODE
    if code in {_SQLITE_BUSY, _SQLITE_LOCKED}:
        return VaultInUseError(f"Another program holds {path}.", "Close it there, then try again.")
    if code == _SQLITE_READONLY:
        return files.read_only(path)
    if code == _SQLITE_FULL:
        return files.disk_full(path)
    if code == _SQLITE_CANTOPEN:
        return StorageError(
            f"{path}, or a file beside it, could not be opened.",
            "Check the permissions of the folder and that the drive is connected.",
        )
    return None


def damaged(path: Path, what: str) -> VaultDamagedError:
    """The refusal for a database that is not what it was."""
    return VaultDamagedError(
        f"{path} {what}.", "Nothing was changed. Try once more; if it stays, put back a backup: peernote backup list."
    )


def hold(connection: Connection) -> None:
    """Take the database's own exclusive lock, which then stays until the connection is closed."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("COMMIT")


def _attempt(path: Path, data_key: DataKey, vault_id: UUID, newest_schema: int, *, check_same_thread: bool) -> Opened:
    if _size(path) < _PAGE_BYTES:
        raise damaged(path, "is cut off")
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


def _salt_in(path: Path) -> bytes:
    """The first bytes of a database that is not open yet.

    SQLCipher takes the salt from the key, so that it opens a file in which these bytes are damaged, and nothing
    else on the first page covers them.
    """
    with files.told(path, reading=True), path.open("rb") as file:
        return file.read(SALT_BYTES)


def _write_first_page(connection: Connection, schema: int) -> None:
    """Write the first page anew, which brings the key's salt back, in a transaction like any other."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"PRAGMA user_version = {schema:d}")
    connection.execute("COMMIT")


def _connect(path: Path, *, check_same_thread: bool) -> Connection:
    return dbapi2.connect(
        _uri(path, "mode=rw"),
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
    if _ask(connection, "cipher_status") != "1":
        raise damaged(path, "is not encrypted")
    if _ask(connection, "application_id") != APPLICATION_ID:
        raise NotAVaultError(f"{path} was not made by PeerNote.", "Choose another folder.")
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'vault_identity'").fetchone() is None:
        raise VaultTooNewError(
            f"{path} is laid out in a way this PeerNote does not know.",
            "Install the newest PeerNote to open it.",
        )
    row = connection.execute("SELECT vault_id FROM vault_identity").fetchone()
    if row is None or row[0] != str(vault_id):
        raise damaged(path, "belongs to another vault than vault.json")
    pages = _number(connection, "page_count")
    if _size(path) != pages * _number(connection, "page_size"):
        raise damaged(path, f"has not the size of its {pages} pages")


def _size(path: Path) -> int:
    with files.told(path, reading=True):
        try:
            return path.stat().st_size
        except FileNotFoundError:
            raise damaged(path, "is missing") from None
