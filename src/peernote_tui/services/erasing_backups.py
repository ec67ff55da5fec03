"""Backups that still hold somebody whose record is to be erased, or was."""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.errors import RefusedError, StorageError, VaultError
from peernote_tui.repository.rows import DatabaseError
from peernote_tui.services import backups, rescuing
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import backup_removal, rescue
from peernote_tui.vault import connection as database
from peernote_tui.vault.backup import Backup
from peernote_tui.vault.retention import leaving_days


@dataclass(frozen=True, slots=True)
class HoldingBackup:
    """A backup beside the vault's files that holds a participant.

    Attributes:
        backup: Which one.
        leaves_on: The day on which the rotation removes it, with a backup every day; None when it stays.
        read: False when it could not be looked into, so that it may hold them.
    """

    backup: Backup
    leaves_on: date | None
    read: bool = True


def backups_holding(workspace: Workspace, participant_id: str) -> tuple[HoldingBackup, ...]:
    """Open each of the vault's own backups for reading and look for a participant; the newest first."""
    there = backups.backups(workspace)
    with workspace.reading() as work:
        whose = work.participants.same(participant_id)
    good = [each.manifest.created_at for each in there if each.manifest and not each.problem]
    leaving = leaving_days(good, workspace.clock.now())
    found = []
    for each in there:
        holds = _holds(workspace, each, whose)
        if holds is not False:
            made = each.manifest.created_at if each.manifest else None
            found.append(HoldingBackup(each, leaving.get(made) if made else None, read=holds is True))
    return tuple(found)


def remove_holding(workspace: Workspace, participant_id: str) -> tuple[Backup, ...]:
    """Remove the vault's own backups that hold somebody whose record was erased, after making one without them.

    One that cannot be looked into stays. Copies elsewhere, such as on a USB stick, are not touched.

    Returns:
        Those that are gone.

    Raises:
        RefusedError: The record was not erased.
        StorageError, VaultDamagedError: No new backup could be made; nothing was removed.
    """
    with workspace.reading() as work:
        if work.erasures.erased_at(participant_id) is None:
            raise RefusedError("This record was not erased, so its backups stay.")
    holding = [each.backup for each in backups_holding(workspace, participant_id) if each.read]
    if not holding:
        return ()
    backups.back_up(workspace)
    gone = []
    for each in holding:
        if backup_removal.remove(each):
            with workspace.changing() as work:
                workspace.log(work, AuditAction.BACKUP_REMOVED, participant_id, each.name)
                work.commit()
            gone.append(each)
    return tuple(gone)


def rescue_files(workspace: Workspace, participant_id: str) -> tuple[Path, ...]:
    """Files with rescued drafts about a participant, in every place where one may lie."""
    with workspace.reading() as work:
        whose = work.participants.same(participant_id)
    found = rescuing.rescue_files(workspace)
    return tuple(each.path for each in found if each.draft and each.draft.participant_id in whose)


def remove_rescue_files(paths: tuple[Path, ...]) -> None:
    """Remove rescue files; what the disk refuses stays, and cannot be brought back into an erased record."""
    for path in paths:
        with suppress(StorageError):
            rescue.remove(path)


def _holds(workspace: Workspace, backup: Backup, whose: tuple[str, ...]) -> bool | None:
    """Whether a backup holds one of a participant's records; None when it cannot be looked into."""
    if backup.manifest is None or backup.manifest.vault_id != workspace.vault.vault_id:
        return None
    vault = workspace.vault
    try:
        with closing(database.open_copy(backup.database, vault.data_key, vault_id=vault.vault_id)) as copy:
            sql = "SELECT 1 FROM participants WHERE id = ? AND name <> ''"
            return any(copy.execute(sql, (each,)).fetchone() is not None for each in whose)
    except (VaultError, DatabaseError):
        return None
