"""What lies in a folder of backups: one folder each, with the snapshot, its key slots and its manifest.

    backups/20261123-195200/    named after the moment it was made, in UTC
      vault.db                  the snapshot, encrypted with the same key as the vault
      keys/*.age                the key slots of that day
      manifest.json             what the snapshot is and holds, in numbers

A backup under the name of the vault's own files opens with the same tools. Its folder comes into being by one
rename, so it is whole or not there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from peernote_tui.domain.errors import NotFoundError, StorageError, VaultDamagedError, VaultError, VaultTooNewError
from peernote_tui.vault import files, layout

FORMAT = "peernote-backup"
VERSION = 1
MANIFEST_NAME = "manifest.json"
_MOST_BYTES = 64 * 1024
_NAME = re.compile(r"\d{8}-\d{6}(-\d+)?")
_SHA256 = re.compile(r"[0-9a-f]{64}")

CHOOSE_ANOTHER = "Choose another backup: peernote backup list."


class Kind(StrEnum):
    """Why a backup was made."""

    DAILY = "daily"
    ASKED = "asked"
    BEFORE_UPDATE = "before-update"
    BEFORE_IMPORT = "before-import"
    BEFORE_RESTORE = "before-restore"
    BEFORE_ERASURE = "before-erasure"
    AT_QUIT = "at-quit"
    NEW_KEY = "new-key"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a database holds, in numbers.

    Attributes:
        counts: Rows by kind, such as `notes`.
        log_length: Links of the log.
        log_head: Hash of its last link, hexadecimal.
    """

    counts: Mapping[str, int]
    log_length: int
    log_head: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `manifest.json` says.

    Attributes:
        vault_id: Whose snapshot it is.
        created_at: The instant it was made, in UTC, to the second.
        kind: Why it was made.
        size: Of the snapshot, in bytes.
        sha256: Of the snapshot, hexadecimal.
        schema: Its `user_version`.
        facts: What it holds.
        slots: Names of the key slots beside it, each with its SHA-256, hexadecimal.
    """

    vault_id: UUID
    created_at: datetime
    kind: str
    size: int
    sha256: str
    schema: int
    facts: Facts
    slots: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup as it lies in a folder.

    Attributes:
        path: Its folder.
        manifest: None when it does not read.
        problem: A sentence when it cannot be used as it lies; empty otherwise. Only `backup.problems` reads
            the snapshot itself.
    """

    path: Path
    manifest: Manifest | None
    problem: str = ""

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.path.name

    @property
    def database(self) -> Path:
        """The snapshot."""
        return self.path / layout.DATABASE_NAME


def folder_name(moment: datetime) -> str:
    """The name of a backup made at that instant."""
    return moment.astimezone(UTC).strftime("%Y%m%d-%H%M%S")


def is_name(text: str) -> bool:
    """Whether a text is the name of a backup."""
    return _NAME.fullmatch(text) is not None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write a new `manifest.json` down to the disk.

    Raises:
        StorageError: The disk refuses.
    """
    said = {
        "format": FORMAT,
        "version": VERSION,
        "vault_id": str(manifest.vault_id),
        "created_at": manifest.created_at.astimezone(UTC).isoformat(),
        "kind": manifest.kind,
        "size": manifest.size,
        "sha256": manifest.sha256,
        "schema": manifest.schema,
        "counts": dict(manifest.facts.counts),
        "log": {"length": manifest.facts.log_length, "head": manifest.facts.log_head},
        "keys": dict(manifest.slots),
    }
    files.create_private(folder / MANIFEST_NAME, (json.dumps(said, indent=1) + "\n").encode())


def read_manifest(folder: Path) -> Manifest:
    """Read `manifest.json` of a backup's folder.

    Raises:
        NotFoundError: There is none, so the folder is no backup.
        VaultTooNewError: A newer PeerNote wrote it.
        VaultDamagedError: It does not read as it should.
        StorageError: It may not be read.
    """
    path = folder / MANIFEST_NAME
    with files.told(path, reading=True):
        try:
            with path.open("rb") as file:
                data = file.read(_MOST_BYTES + 1)
        except (FileNotFoundError, NotADirectoryError):
            raise NotFoundError(f"{folder} is no backup.", "See: peernote backup list.") from None
    try:
        said = json.loads(data)
        foreign, version = said["format"] != FORMAT, int(said["version"])
        if not foreign and version > VERSION:
            raise VaultTooNewError(
                f"The backup {folder.name} was made by a newer PeerNote.", "Install the newest PeerNote to use it."
            )
        manifest = _parse(said)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise _damaged(folder) from None
    if foreign or version != VERSION or len(data) > _MOST_BYTES:
        raise _damaged(folder)
    return manifest


def _parse(said: Any) -> Manifest:
    moment = datetime.fromisoformat(said["created_at"])
    counts = {str(name): int(count) for name, count in said["counts"].items()}
    manifest = Manifest(
        vault_id=UUID(said["vault_id"]),
        created_at=moment.astimezone(UTC),
        kind=str(said["kind"]),
        size=int(said["size"]),
        sha256=str(said["sha256"]),
        schema=int(said["schema"]),
        facts=Facts(counts, int(said["log"]["length"]), str(said["log"]["head"])),
        slots={str(name): str(digest) for name, digest in said["keys"].items()},
    )
    if moment.tzinfo is None or not (_SHA256.fullmatch(manifest.sha256) and _SHA256.fullmatch(manifest.facts.log_head)):
        raise ValueError
    return manifest


def _damaged(folder: Path) -> VaultDamagedError:
    return VaultDamagedError(f"{MANIFEST_NAME} of the backup {folder.name} is damaged.", CHOOSE_ANOTHER)


def read_backup(path: Path, *, vault_id: UUID | None = None) -> Backup:
    """Look at one backup without reading its snapshot; what is wrong with it is its `problem`.

    Args:
        path: The backup's folder.
        vault_id: The vault it has to be of; None takes any.
    """
    try:
        manifest = read_manifest(path)
        with files.told(path, reading=True):
            size = (path / layout.DATABASE_NAME).stat().st_size
    except NotFoundError:
        return Backup(path, None, f"{MANIFEST_NAME} of the backup {path.name} is missing.")
    except StorageError as error:
        return Backup(path, None, f"The backup {path.name} could not be read: {error.sentence}")
    except VaultError as error:
        return Backup(path, None, error.sentence)
    if vault_id is not None and manifest.vault_id != vault_id:
        return Backup(path, manifest, f"The backup {path.name} belongs to another vault.")
    if size != manifest.size:
        return Backup(path, manifest, f"The snapshot of the backup {path.name} has not the size it was made with.")
    if is_name(path.name) and not path.name.startswith(folder_name(manifest.created_at)):
        return Backup(path, manifest, f"The backup {path.name} says that it was made at another time.")
    return Backup(path, manifest)


def list_backups(folder: Path, *, vault_id: UUID | None = None) -> tuple[Backup, ...]:
    """Every backup in a folder of backups, the newest first; those that do not read are there with their problem.

    Args:
        folder: Such as the vault's `backups`; it need not exist.
        vault_id: The vault they have to be of; None takes any.

    Raises:
        StorageError: The folder may not be read.
    """
    with files.told(folder, reading=True):
        try:
            paths = [path for path in folder.iterdir() if is_name(path.name) and path.is_dir()]
        except (FileNotFoundError, NotADirectoryError):
            return ()
    return tuple(read_backup(path, vault_id=vault_id) for path in sorted(paths, key=_order, reverse=True))


def _order(path: Path) -> tuple[str, int]:
    day, moment, number = (*path.name.split("-"), "1")[:3]
    return f"{day}-{moment}", int(number)
