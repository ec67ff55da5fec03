"""Making a backup, checking one, and letting old ones go.

Only what `settle` does needs the thread that owns the connection; `begin` before it and `finish` after it may run
in another one while the vault is written. Nothing counts as a backup before it was read back from the disk and
found whole.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeAlias, TypeVar
from uuid import UUID

from sqlcipher3 import dbapi2
from sqlcipher3.dbapi2 import Connection

from peernote_tui.domain.errors import StorageError, VaultDamagedError, VaultError
from peernote_tui.vault import backup_folder, database_errors, files, integrity, layout, page_copy, read_only
from peernote_tui.vault import connection as database
from peernote_tui.vault.keys import DataKey
from peernote_tui.vault.manifest import (
    CHOOSE_ANOTHER,
    Backup,
    Facts,
    Kind,
    Manifest,
    list_backups,
    read_backup,
    read_manifest,
    write_manifest,
)
from peernote_tui.vault.page_copy import Stop, never
from peernote_tui.vault.read_only import ReadOnlyReason
from peernote_tui.vault.vault import Vault

__all__ = [
    "Backup",
    "Copy",
    "Facts",
    "Kind",
    "Look",
    "Manifest",
    "Snapshot",
    "begin",
    "finish",
    "list_backups",
    "problems",
    "settle",
    "start",
]

Look: TypeAlias = Callable[[Connection], Facts]
"""Counts what a database holds; asked of the vault and of the copy, and both have to say the same."""

T = TypeVar("T")

_SPARE_BYTES = 8 * 1024 * 1024
_STEPS_A_LOOK = 1000


_in_work: set[Path] = set()
"""What this process is making right now, so that nobody clears it away."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Pages that are being copied; `settle` brings them to one moment.

    Attributes:
        part: The folder they lie in, under a name that does not count.
        sums: Of each block as it was copied.
    """

    vault: Vault = field(repr=False)
    part: Path
    at: datetime
    kind: Kind
    sums: list[bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The vault at one moment, copied and not checked yet; `finish` makes a backup of it.

    Attributes:
        part: The folder it lies in, under a name that does not count.
        at: When it was copied.
        sums: Of each block as the vault has it.
    """

    part: Path
    at: datetime
    kind: Kind
    vault_id: UUID
    schema: int
    facts: Facts
    sums: list[bytes] = field(repr=False)
    data_key: DataKey = field(repr=False)


def begin(vault: Vault, folder: Path, *, now: datetime, kind: Kind, stop: Stop = never) -> Copy:
    """Copy the pages of an open vault while it is in use, and its key slots; in any thread.

    What an earlier attempt left behind is removed.

    Args:
        vault: Open; it may be open for reading only because its folder cannot be written.
        folder: The folder of backups; it is made if need be.
        now: The present instant, aware.
        kind: Why.
        stop: Asked now and then; True ends it.

    Raises:
        VaultTooNewError: A newer PeerNote wrote the vault.
        StoppedError: `stop` said so.
        DiskFullError, ReadOnlyFolderError, StorageError: The disk refuses. No backup was made.
    """
    if vault.read_only_because is ReadOnlyReason.NEWER:
        raise read_only.refusal(ReadOnlyReason.NEWER)
    files.make_folder(folder)
    backup_folder.clear(folder, in_work=_in_work)
    now = now.replace(microsecond=0)
    part = backup_folder.free_name(folder, now, files.PART_SUFFIX)
    _in_work.add(part)
    path = part / layout.DATABASE_NAME
    try:
        _require_room(vault.pages, folder)
        files.make_folder(part)
        files.create_private(path, b"")
        sums = page_copy.copy_roughly(vault.pages, path, stop=stop)
        _copy_slots(vault.folder, part)
    except BaseException:
        drop(part)
        raise
    return Copy(vault, part, now, kind, sums)


def settle(copy: Copy, *, look: Look) -> Snapshot:
    """Bring a copy to the vault's present state; in the thread that owns the connection, between transactions.

    Takes about as long as reading the file once.

    Raises:
        VaultDamagedError: The vault does not read as it should. No backup was made.
        DiskFullError, StorageError: The disk refuses. No backup was made.
    """
    vault = copy.vault
    try:
        _require_idle(vault.connection)
        facts = look(vault.connection)
        schema = int(vault.connection.execute("PRAGMA user_version").fetchone()[0])
        page_copy.copy_rest(vault.pages, copy.part / layout.DATABASE_NAME, copy.sums)
    except BaseException as error:
        drop(copy.part)
        if isinstance(error, dbapi2.Error):
            raise _refusal(error, vault.folder / layout.DATABASE_NAME, copy.part) from None
        raise
    return Snapshot(copy.part, copy.at, copy.kind, vault.vault_id, schema, facts, copy.sums, vault.data_key)


def start(vault: Vault, folder: Path, *, now: datetime, kind: Kind, look: Look) -> Snapshot:
    """Copy an open vault in one go, in the thread that owns the connection; see `begin` and `settle`."""
    return settle(begin(vault, folder, now=now, kind=kind), look=look)


def finish(snapshot: Snapshot, *, look: Look, stop: Stop = never, prune: bool = True) -> Backup:
    """Read a snapshot back, check every page of it, and only then let it count; in any thread.

    Afterwards, and only then, older backups that are not worth their room are removed.

    Args:
        snapshot: From `settle`.
        look: Counts what the copy holds.
        stop: Asked now and then; True ends it.
        prune: Let old backups go.

    Raises:
        StoppedError: `stop` said so; the snapshot is removed.
        VaultDamagedError: The copy is what the vault is, and that does not read as it should.
        StorageError: The disk refuses or did not keep what was written. The snapshot is removed; the vault and
            every earlier backup are as they were.
    """
    part, path = snapshot.part, snapshot.part / layout.DATABASE_NAME
    try:
        with files.told(path):
            files.sync_file(path)
        page_copy.forget_cached(path)
        expected = (snapshot.vault_id, snapshot.schema, snapshot.facts)
        _require_kept(snapshot, _content_problems(path, snapshot.data_key, expected, look, stop))
        with files.told(part):
            manifest = Manifest(
                vault_id=snapshot.vault_id,
                created_at=snapshot.at,
                kind=snapshot.kind.value,
                size=path.stat().st_size,
                sha256=sha256_of(path),
                schema=snapshot.schema,
                facts=snapshot.facts,
                slots=slot_sums(part),
            )
            write_manifest(part, manifest)
            files.sync_folder(part / layout.KEYS_NAME)
            files.sync_folder(part)
            page_copy.heed(stop)
            target = part.rename(backup_folder.free_name(part.parent, snapshot.at))
            files.sync_folder(target.parent)
    except BaseException:
        drop(part)
        raise
    _in_work.discard(part)
    if prune:
        backup_folder.prune(target.parent, snapshot.vault_id, keep=target.name)
    return Backup(target, manifest)


def drop(part: Path) -> None:
    """Remove what is not a backup yet."""
    _in_work.discard(part)
    backup_folder.remove(part)


def problems(
    backup: Backup, data_key: DataKey, *, newest_schema: int, look: Look, stop: Stop = never
) -> tuple[str, ...]:
    """Whether a backup is what was made that day: every byte, every page, its key files and what it holds.

    Args:
        backup: Which one.
        data_key: Of its vault.
        newest_schema: The newest schema this program can read; the rows of a newer one are not counted.
        look: Counts what it holds.
        stop: Asked now and then; True ends it.

    Raises:
        StoppedError: `stop` said so.

    Returns:
        Sentences that name pages and numbers, never content; empty when it is whole.
    """
    # Looked at anew: what was listed a while ago may have changed.
    backup = read_backup(backup.path, vault_id=None if backup.manifest is None else backup.manifest.vault_id)
    manifest = backup.manifest
    if manifest is None or backup.problem:
        return (backup.problem,)
    try:
        with files.told(backup.path, reading=True):
            snapshot_kept = sha256_of(backup.database) == manifest.sha256
            slots_kept = slot_sums(backup.path) == manifest.slots
    except StorageError as error:
        return (error.sentence,)
    changed: tuple[str, ...] = ()
    if not slots_kept:
        changed += (f"The key files of the backup {backup.name} are not what was written.",)
    if not snapshot_kept:
        changed += (f"The snapshot of the backup {backup.name} is not what was written.",)
    facts = manifest.facts if manifest.schema <= newest_schema else None
    expected = (manifest.vault_id, manifest.schema, facts)
    page_copy.heed(stop)
    try:
        return changed + _content_problems(backup.database, data_key, expected, look, stop)
    except page_copy.StoppedError:
        raise
    except StorageError as error:
        return (*changed, error.sentence)


def read(backup: Backup, data_key: DataKey, question: Callable[[Connection], T]) -> T:
    """Ask a backup's snapshot something; it is only read, and nothing of it is written anywhere.

    Raises:
        VaultDamagedError, StorageError: It does not read.
    """
    vault_id = read_manifest(backup.path).vault_id
    try:
        with closing(database.open_copy(backup.database, data_key, vault_id=vault_id)) as copy:
            return question(copy)
    except dbapi2.Error:
        raise VaultDamagedError(
            f"The snapshot of the backup {backup.name} could not be read to its end.", CHOOSE_ANOTHER
        ) from None


def opens_with(backup: Backup, data_key: DataKey) -> bool:
    """Whether a key is the one a snapshot was written with; a vault may have had another one that day."""
    try:
        with backup.database.open("rb") as file:
            if file.read(len(data_key.salt)) == data_key.salt:
                return True
        # Where these first bytes are damaged, the pages still tell.
        read(backup, data_key, lambda _copy: None)
    except (OSError, VaultError):
        return False
    return True


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, hexadecimal; never ask it of a database that is open."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def slot_sums(folder: Path) -> dict[str, str]:
    """Name of every key slot in a folder, and its SHA-256."""
    return {path.name: sha256_of(path) for path in sorted((folder / layout.KEYS_NAME).glob("*.age"))}


def _require_kept(snapshot: Snapshot, found: tuple[str, ...]) -> None:
    if found and page_copy.is_copy(snapshot.part / layout.DATABASE_NAME, snapshot.sums):
        raise VaultDamagedError(
            f"The vault does not read as it should, so no backup was made: {found[0]}",
            "The earlier backups are as they were: peernote backup list.",
        )
    if found:
        raise StorageError(
            f"The disk did not keep the backup as it was written: {found[0]}",
            "Check the drive. The vault and the earlier backups are as they were.",
        )


def _content_problems(
    path: Path, data_key: DataKey, expected: tuple[UUID, int, Facts | None], look: Look, stop: Stop
) -> tuple[str, ...]:
    vault_id, schema, facts = expected
    try:
        with closing(database.open_copy(path, data_key, vault_id=vault_id)) as copy:
            copy.set_progress_handler(stop, _STEPS_A_LOOK)
            found = integrity.page_problems(copy)
            page_copy.heed(stop)
            if found:
                return found
            if int(copy.execute("PRAGMA user_version").fetchone()[0]) != schema:
                return ("The snapshot has another schema than its manifest says.",)
            return () if facts is None else _differences(look(copy), facts)
    except StorageError:
        # A disk that refuses says nothing about what is on it.
        raise
    except VaultError as error:
        return (error.sentence,)
    except dbapi2.Error:
        page_copy.heed(stop)
        return ("The snapshot could not be read to its end.",)


def _differences(held: Facts, said: Facts) -> tuple[str, ...]:
    found = [
        f"The snapshot holds {held.counts.get(kind, 0)} {kind.replace('_', ' ')} instead of {count}."
        for kind, count in said.counts.items()
        if held.counts.get(kind, 0) != count
    ]
    if (held.log_length, held.log_head) != (said.log_length, said.log_head):
        found.append("The log in the snapshot ends with another entry than its manifest says.")
    return tuple(found)


def _require_idle(connection: Connection) -> None:
    if connection.in_transaction:
        raise RuntimeError("A transaction is open, so the file is not what is committed.")


def _require_room(pages: page_copy.PageFile, folder: Path) -> None:
    """A backup must not take the room that the next note needs."""
    with files.told(pages.path, reading=True):
        size = pages.size()
    with files.told(folder):
        free = shutil.disk_usage(folder).free
    if free < size + _SPARE_BYTES:
        raise files.disk_full(folder)


def _copy_slots(vault_folder: Path, part: Path) -> None:
    keys_folder = vault_folder / layout.KEYS_NAME
    files.make_folder(part / layout.KEYS_NAME)
    with files.told(keys_folder, reading=True):
        slots = {path.name: path.read_bytes() for path in keys_folder.glob("*.age")}
    if not slots:
        raise StorageError(
            f"There is no key file in {keys_folder}, so a backup could not be opened.",
            "Set the passphrase again: peernote passphrase change.",
        )
    for name, data in slots.items():
        files.create_private(part / layout.KEYS_NAME / name, data)


def _refusal(error: dbapi2.Error, source: Path, path: Path) -> VaultError:
    if database_errors.says_damage(error):
        return VaultDamagedError(
            f"A page of {source} does not read as it should, so no backup was made.",
            "The earlier backups are as they were: peernote backup list.",
        )
    return database_errors.refusal(error, path) or StorageError(
        f"The backup could not be written to {path.parent}.",
        "Check the drive. The vault and the earlier backups are as they were.",
    )
