"""Named, journalled migrations: a step and its journal row are one transaction."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from importlib import resources
from typing import TypeAlias

from sqlcipher3 import dbapi2

from peernote_tui.domain.errors import VaultDamagedError, VaultTooNewError
from peernote_tui.repository.unit_of_work import told

Connection: TypeAlias = dbapi2.Connection

_PLAIN = re.compile(r"\w{1,60}", re.ASCII)
_JOURNAL = """
CREATE TABLE IF NOT EXISTS migration_journal (
    name TEXT PRIMARY KEY,
    applied_at TEXT NOT NULL
) STRICT
"""


def migration_names() -> tuple[str, ...]:
    """The steps this program knows, in order."""
    folder = resources.files("peernote_tui.repository.migrations")
    return tuple(sorted(entry.name.removesuffix(".sql") for entry in folder.iterdir() if entry.name.endswith(".sql")))


def newest_schema() -> int:
    """The schema version (`user_version`) this program writes."""
    return len(migration_names())


def pending(connection: Connection) -> tuple[str, ...]:
    """The steps a vault still lacks.

    Raises:
        VaultTooNewError: The vault knows a step that this program does not.
        VaultDamagedError: The journal has a gap, or does not read.
        StorageError: The disk refuses.
    """
    known = migration_names()
    with told():
        applied = _applied(connection)
    if any(name not in known for name in applied):
        raise VaultTooNewError(
            "This vault was written by a newer PeerNote.",
            "Update PeerNote on this laptop, then open it again.",
        )
    if known[: len(applied)] != applied:
        raise VaultDamagedError(
            "The vault's list of schema steps has a gap.",
            "Put back a backup, or ask for help before writing.",
        )
    return known[len(applied) :]


def migrate(connection: Connection, now: datetime, *, newest: str = "") -> tuple[str, ...]:
    """Bring a vault to this program's schema; returns the steps applied, possibly none.

    Each step runs in a transaction of its own together with its journal row and `user_version`, so that a
    program killed at any statement leaves the last whole step.

    Args:
        connection: In autocommit mode.
        now: The present instant, for the journal.
        newest: The last step to take, to make a database as an older program did; every one when empty.

    Raises:
        VaultTooNewError, VaultDamagedError: See `pending`.
        StorageError: The disk refuses; the steps before the refused one are done.
    """
    with told():
        connection.execute(_JOURNAL)
    steps = tuple(name for name in pending(connection) if not newest or name <= newest)
    first = newest_schema() - len(pending(connection)) + 1
    for version, name in enumerate(steps, start=first):
        with told():
            _step(connection, name, version, now)
    return steps


def _step(connection: Connection, name: str, version: int, now: datetime) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in statements(_read(name)):
            connection.execute(statement)
        connection.execute(
            "INSERT INTO migration_journal (name, applied_at) VALUES (?, ?)",
            (name, now.astimezone(UTC).isoformat()),
        )
        connection.execute(f"PRAGMA user_version = {version:d}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            # The refusal matters more than a rollback that the disk refuses too.
            with suppress(dbapi2.Error):
                connection.execute("ROLLBACK")
        raise


Shape: TypeAlias = Mapping[tuple[str, str], str]
"""SQL of tables, indexes, views and triggers, by kind and name."""


def differences(connection: Connection, also: Shape) -> list[str]:
    """Sentences for each table, index, view and trigger that is not as this program's steps make them.

    A trigger that was dropped or changed lets rows be changed that never change. Only for a vault of this
    program's own schema.

    Args:
        connection: The vault's.
        also: What the vault itself made before the first step.
    """
    found, made = _shape(connection), {**_expected_shape(), **also}
    sentences = []
    for (kind, name), sql in made.items():
        if (kind, name) not in found:
            sentences.append(f"The {kind} {name} is missing from the vault's schema.")
        elif found[kind, name] != sql:
            sentences.append(f"The {kind} {name} of the vault's schema is not as PeerNote makes it.")
    sentences += [
        f"The vault's schema has a {kind} that PeerNote does not make: {name if _PLAIN.fullmatch(name) else '…'}."
        for kind, name in found
        if (kind, name) not in made
    ]
    return sentences


def _expected_shape() -> dict[tuple[str, str], str]:
    reference = dbapi2.connect(":memory:", isolation_level=None)
    try:
        migrate(reference, datetime.min.replace(tzinfo=UTC))
        return _shape(reference)
    finally:
        reference.close()


def _shape(connection: Connection) -> dict[tuple[str, str], str]:
    rows = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name")
    # The tables inside a full-text index are the engine's own, which may write them another way one day.
    return {(kind, name): "" if name.startswith(("notes_fts_", "addenda_fts_")) else sql for kind, name, sql in rows}


def statements(script: str) -> Iterator[str]:
    """The single statements of an SQL script; trigger bodies stay whole."""
    gathered = ""
    for line in script.splitlines(keepends=True):
        if not gathered and (not line.strip() or line.startswith("--")):
            continue
        gathered += line
        if line.rstrip().endswith(";") and dbapi2.complete_statement(gathered):
            yield gathered
            gathered = ""
    if gathered.strip():
        yield gathered


def _applied(connection: Connection) -> tuple[str, ...]:
    exists = connection.execute(
        "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migration_journal'"
    ).fetchone()
    if exists is None:
        return ()
    return tuple(row[0] for row in connection.execute("SELECT name FROM migration_journal ORDER BY name"))


def _read(name: str) -> str:
    return resources.files("peernote_tui.repository.migrations").joinpath(f"{name}.sql").read_text(encoding="utf-8")
