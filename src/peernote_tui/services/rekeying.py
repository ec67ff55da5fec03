"""A new data key, for when the old one may have come into wrong hands; and what that one still opens."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.errors import PeerNoteError, RefusedError
from peernote_tui.repository import schema
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services import backups, key_slots
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import files, layout
from peernote_tui.vault.backup import Backup, Kind, list_backups
from peernote_tui.vault.keys import SALT_BYTES, SealedSlot, Slot
from peernote_tui.vault.passphrase import check as check_passphrase
from peernote_tui.vault.rekey import Rekeyed, Secrets, rekey, require_no_rescue_files

__all__ = ["NewKey", "OldKey", "new_data_key", "old_key", "remove_old_key", "require_ready"]


@dataclass(frozen=True, slots=True)
class OldKey:
    """What an earlier data key still opens, as far as it lies here.

    Attributes:
        backups: Backups beside the vault's files.
        aside: Vaults that were set aside when a new key came.
    """

    backups: tuple[Backup, ...]
    aside: tuple[Path, ...]

    def __bool__(self) -> bool:
        return bool(self.backups or self.aside)


@dataclass(frozen=True, slots=True)
class NewKey:
    """What a new data key did.

    Attributes:
        rekeyed: Where the vault under its old key lies.
        backup: The backup made at once under the new key; None when none could be made.
        trouble: Why there is none; empty when there is one.
    """

    rekeyed: Rekeyed
    backup: Backup | None
    trouble: str


def require_ready(workspace: Workspace) -> key_slots.KeyStanding:
    """Refuse early what would stand in the way of a new data key; gives how the keys stand.

    Raises:
        RefusedError: A rescue file waits, or it is not known whom the organisation's slot is sealed to.
        VaultTooNewError, ReadOnlyFolderError: The vault is open for reading only.
    """
    workspace.vault.require_writable()
    require_no_rescue_files(workspace.vault)
    standing = key_slots.standing(workspace)
    if standing.organisation_unknown:
        raise RefusedError(
            "A key file of an organisation lies here that was not set in this vault, so the key is not replaced yet.",
            "Set the organisation's key anew, or remove it: peernote recovery organisation --help",
        )
    return standing


def new_data_key(
    workspace: Workspace, passphrase: str, code: str, *, work_factor: int = key_slots.WORK_FACTOR
) -> NewKey:
    """Rewrite the vault under a new data key, with new slots, and make a backup of it at once.

    Args:
        workspace: The open vault; it stays open.
        passphrase: What the new slot is sealed with; the present one, or a new one.
        code: A new recovery code that is on paper by now.
        work_factor: See `key_slots.WORK_FACTOR`.

    Raises:
        InvalidInputError: The passphrase is too short or only spaces.
        RefusedError: See `require_ready`.
        StorageError, VaultDamagedError: The vault is as it was, under its old key.
    """
    standing = require_ready(workspace)
    recipients = standing.recipients if standing.of(Slot.ORGANISATION).there else ()

    def record(connection: schema.Connection, sealed: Sequence[SealedSlot]) -> None:
        with UnitOfWork(connection) as work:
            workspace.log(work, AuditAction.DATA_KEY_REPLACED)
            for each in sealed:
                named = recipients if each.slot is Slot.ORGANISATION else ()
                key_slots.remember(workspace, work, each.slot, each, named)
            work.commit()

    done = rekey(
        workspace.vault,
        Secrets(check_passphrase(passphrase), code, tuple(each.text for each in recipients)),
        now=workspace.clock.now(),
        record=record,
        work_factor=work_factor,
    )
    try:
        return NewKey(done, backups.back_up(workspace, kind=Kind.NEW_KEY), "")
    except PeerNoteError as error:
        return NewKey(done, None, str(error))


def old_key(workspace: Workspace) -> OldKey:
    """What lies here and still opens with an earlier data key: each under the passphrase of its day."""
    folder, salt = workspace.vault.folder, workspace.vault.data_key.salt
    with workspace.reading() as work:
        renewed = [entry.at for entry in work.audit.entries_of(AuditAction.DATA_KEY_REPLACED)]
    if not renewed:
        return OldKey((), ())
    old = [
        each
        for each in list_backups(backups.own_folder(folder), vault_id=workspace.vault.vault_id)
        if each.manifest is not None
        and each.manifest.created_at <= max(renewed)
        and _begins_otherwise(each.database, salt)
    ]
    aside = folder.parent.glob(f"{folder.name}.before-new-key-*")
    return OldKey(
        tuple(old), tuple(sorted(path for path in aside if _begins_otherwise(path / layout.DATABASE_NAME, salt)))
    )


def remove_old_key(workspace: Workspace) -> OldKey:
    """Remove what an earlier data key still opens here, and write that into the log.

    Returns:
        What could not be removed.

    Raises:
        RefusedError: There is no good backup under the new key yet.
        StorageError: The log could not be written; then nothing was removed.
    """
    old = old_key(workspace)
    if not old:
        return old
    there = list_backups(backups.own_folder(workspace.vault.folder), vault_id=workspace.vault.vault_id)
    if not any(not each.problem and each not in old.backups for each in there):
        raise RefusedError(
            "There is no backup under the new key yet, so the old ones are kept.",
            "Make one first: peernote backup create.",
        )
    with workspace.changing() as work:
        for each in old.backups:
            workspace.log(work, AuditAction.BACKUP_REMOVED, detail=f"old key {each.name}")
        work.commit()
    for path in (*(each.path for each in old.backups), *old.aside):
        with suppress(OSError):
            # First under a name that does not count, so that no half of one is ever taken for a whole.
            shutil.rmtree(path.rename(path.with_name(path.name + files.PART_SUFFIX)))
    return old_key(workspace)


def _begins_otherwise(database: Path, salt: bytes) -> bool:
    """Whether a database is not under this key: its first bytes are the salt that belongs to the key."""
    try:
        with database.open("rb") as file:
            return file.read(SALT_BYTES) not in {salt, b""}
    except OSError:
        return False
