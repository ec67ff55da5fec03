"""Putting a backup back: what it would bring, what it would set aside, and the exchange."""

from __future__ import annotations

import glob
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.clock import Clock
from peernote_tui.domain.errors import VaultDamagedError
from peernote_tui.repository import census, schema
from peernote_tui.repository.audit import AuditRepository
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.backup_facts import detail, look
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import backup as vault_backup
from peernote_tui.vault import restore
from peernote_tui.vault.backup_keys import Key
from peernote_tui.vault.keys import Slot
from peernote_tui.vault.manifest import Backup, Facts


@dataclass(frozen=True, slots=True)
class Preview:
    """What a restore would bring, and what it would set aside.

    Attributes:
        backup: Which one.
        facts: What it holds.
        newer: What the vault holds now and the backup does not, or not as it is now: `notes`, `drafts`,
            `participants`, and `log` entries. None when there is no vault, or it does not read.
        erased_since: How many participants it brings back whose records were erased since.
    """

    backup: Backup
    facts: Facts
    newer: Mapping[str, int] | None
    erased_since: int = 0


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    Attributes:
        backup: What is in the vault's place now.
        facts: What it holds.
        aside: Where the vault that was there lies now; None when there was none.
        backups_here: The earlier backups were brought over; else they still lie with the vault set aside.
    """

    backup: Backup
    facts: Facts
    aside: Path | None
    backups_here: bool


def begin_restore(
    folder: Path, chosen: Backup, secret: str, *, slot: Slot = Slot.PASSPHRASE, clock: Clock | None = None
) -> restore.Restoration:
    """Check everything a restore needs before anything is written; use what comes back in a `with` block.

    With a clock, a secret that opens nothing is noted beside the vault.

    Raises:
        PeerNoteError: See `vault.restore.Restoration.begin`.
    """
    return restore.Restoration.begin(
        folder,
        chosen,
        secret,
        newest_schema=schema.newest_schema(),
        look=look,
        slot=slot,
        now=None if clock is None else clock.now,
    )


def restore_preview(restoration: restore.Restoration) -> Preview:
    """What a restore would bring, and what it would set aside; changes nothing."""
    now = restoration.read_current(_standing)
    held = {} if now is None else restoration.read(census.versions)
    return _preview(restoration.backup, restoration.manifest.facts, now, held)


def preview(workspace: Workspace, chosen: Backup) -> Preview:
    """What a restore would bring to the open vault, and what it would set aside; changes nothing.

    Raises:
        VaultDamagedError, StorageError: The backup does not read.
    """
    held = vault_backup.read(chosen, workspace.vault.data_key, census.versions)
    facts = vault_backup.read(chosen, workspace.vault.data_key, look)
    return _preview(chosen, facts, _standing(workspace.vault.connection), held)


def open_key(workspace: Workspace) -> Key:
    """What puts back a backup of the open vault after it was closed; for `restore_with`."""
    return Key(workspace.vault.data_key, workspace.vault.folder)


def restore_with(folder: Path, chosen: Backup, key: Key, clock: Clock) -> Restored:
    """Put a backup in the place of a vault that was open a moment ago.

    Raises:
        PeerNoteError: See `begin_restore` and `carry_out`; the vault is as it was.
    """
    newest = schema.newest_schema()
    with restore.Restoration.begin_with(folder, chosen, lambda: key, newest_schema=newest, look=look) as restoration:
        return carry_out(restoration, clock)


def carry_out(restoration: restore.Restoration, clock: Clock) -> Restored:
    """Put the backup in the vault's place; the vault that was there is set aside, not changed.

    Raises:
        StorageError, VaultDamagedError: The disk refuses; the vault is as it was.
    """

    def note(connection: schema.Connection) -> None:
        with UnitOfWork(connection) as work:
            author = work.authors.current()
            if author is None:
                raise VaultDamagedError("The backup does not say whose it is.", "Choose another backup.")
            work.audit.append(
                AuditAction.BACKUP_RESTORED, at=clock.now(), by=author.id, detail=detail(restoration.backup)
            )
            work.commit()

    done = restoration.carry_out(now=clock.now(), record=note, look=look)
    return Restored(restoration.backup, restoration.manifest.facts, done.aside, done.backups_here)


def just_restored(workspace: Workspace) -> bool:
    """Whether this is the first time that the vault is open since a backup was put back."""
    with workspace.reading() as work:
        length, _ = work.audit.head()
        last = max((entry.sequence for entry in work.audit.entries_of(AuditAction.BACKUP_RESTORED)), default=0)
    # After it stands this unlock alone.
    return bool(last) and length - last == 1


def set_aside(folder: Path) -> Path | None:
    """The newest vault that a restore has set aside beside a vault; None when there is none."""
    return max(folder.parent.glob(f"{glob.escape(folder.name)}.before-restore-*"), default=None)


_Versions: TypeAlias = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class _Standing:
    """What the vault holds now."""

    versions: _Versions
    log_length: int
    erased: frozenset[str]


def _standing(connection: schema.Connection) -> _Standing:
    return _Standing(census.versions(connection), AuditRepository(connection).head()[0], census.erased(connection))


def _preview(chosen: Backup, facts: Facts, now: _Standing | None, held: _Versions) -> Preview:
    if now is None:
        return Preview(chosen, facts, None)
    newer = {
        kind: sum(held[kind].get(each) != changed for each, changed in there.items())
        for kind, there in now.versions.items()
    }
    newer["log"] = max(0, now.log_length - facts.log_length)
    return Preview(chosen, facts, newer, erased_since=len(now.erased & held["participants"].keys()))
