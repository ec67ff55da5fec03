"""Backups: when they are made, what they hold, and putting one back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.clock import Clock
from peernote_tui.domain.errors import (
    InvalidInputError,
    NotFoundError,
    StorageError,
    VaultDamagedError,
    WrongPassphraseError,
)
from peernote_tui.repository import census, schema
from peernote_tui.repository.audit import AuditRepository
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import backup as vault_backup
from peernote_tui.vault import layout, restore
from peernote_tui.vault.backup import Backup, Facts, Kind, Snapshot
from peernote_tui.vault.keys import Slot
from peernote_tui.vault.manifest import is_name, list_backups, read_backup
from peernote_tui.vault.vault import Vault

__all__ = ["Backup", "Checked", "Kind", "Preview", "Restored"]

_DUE_AFTER = timedelta(days=1)
_STICK_FOLDER = "peernote-backups-{}"


@dataclass(frozen=True, slots=True)
class Checked:
    """One backup, and what is wrong with it: sentences, none when it is whole."""

    backup: Backup
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a restore would bring, and what it would set aside.

    Attributes:
        backup: Which one.
        facts: What it holds.
        newer: What the vault holds now and the backup does not, or not as it is now: `notes`, `drafts`,
            `participants`, and `log` entries. None when there is no vault, or it does not read.
    """

    backup: Backup
    facts: Facts
    newer: Mapping[str, int] | None


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


def look(connection: schema.Connection) -> Facts:
    """What a database holds, in numbers, and where its log ends."""
    length, head = AuditRepository(connection).head()
    return Facts(counts=census.row_counts(connection), log_length=length, log_head=head)


def back_up(workspace: Workspace, *, to: Path | None = None, kind: Kind = Kind.ASKED) -> Backup:
    """Make a backup now: beside the vault's files, or in a folder of its own on another drive.

    Args:
        workspace: The open vault.
        to: A folder that exists, such as a USB stick; the vault's own `backups` when None.
        kind: Why.

    Raises:
        InvalidInputError: `to` lies inside the vault.
        StorageError: The disk refuses, or `to` is not there. The vault and earlier backups are as they were.
        VaultDamagedError: The vault itself does not read as it should.
        VaultTooNewError: A newer PeerNote wrote the vault.
    """
    folder = own_folder(workspace.vault.folder) if to is None else _stick_folder(workspace.vault, to)
    snapshot = _start(workspace.vault, folder, workspace.clock, kind)
    made = vault_backup.finish(snapshot, look=look)
    record(workspace, made)
    return made


def back_up_before(workspace: Workspace, kind: Kind) -> Backup:
    """Make a backup of the vault as it is, checked and logged, before something changes much of it.

    Args:
        workspace: The open vault, with no transaction begun.
        kind: What is about to happen, such as `Kind.BEFORE_ERASURE`.

    Raises:
        StorageError, VaultDamagedError, VaultTooNewError: As for `back_up`. Nothing was changed.
    """
    made = finish(_start(workspace.vault, own_folder(workspace.vault.folder), workspace.clock, kind))
    record(workspace, made)
    return made


def backup_if_due(workspace: Workspace) -> Backup | None:
    """Make a backup when the last good one is older than a day; None when there is nothing to do.

    The three steps may also be taken one by one, so that only `start_if_due` and `record` keep the vault's
    thread busy.

    Raises:
        StorageError, VaultDamagedError: As for `back_up`.
    """
    snapshot = start_if_due(workspace)
    if snapshot is None:
        return None
    made = finish(snapshot)
    record(workspace, made)
    return made


def start_if_due(workspace: Workspace) -> Snapshot | None:
    """Copy the vault's pages when the last good backup is older than a day; else None.

    A vault in which there is nobody yet has nothing to lose, and one of a newer PeerNote is backed up by that.

    Raises:
        StorageError, VaultDamagedError: As for `back_up`.
    """
    if workspace.vault.read_only:
        return None
    age = age_of_last_good(workspace)
    if age is not None and age < _DUE_AFTER:
        return None
    with workspace.reading() as work:
        if not work.participants.count():
            return None
    return _start(workspace.vault, own_folder(workspace.vault.folder), workspace.clock, Kind.DAILY)


def finish(snapshot: Snapshot) -> Backup:
    """Read the copied pages back and let them count, in any thread.

    Raises:
        StorageError: The disk refuses or did not keep them.
    """
    return vault_backup.finish(snapshot, look=look)


def record(workspace: Workspace, made: Backup) -> None:
    """Write into the log that a backup was made; a vault that is only read has no log to write."""
    if workspace.vault.read_only:
        return
    with workspace.changing() as work:
        workspace.log(work, AuditAction.BACKUP_CREATED, detail=_detail(made))
        work.commit()


def before_update(opened: Vault, clock: Clock) -> Backup | None:
    """Make a backup of a vault that is about to be brought to a newer schema.

    Returns:
        The backup, or None when the disk refused: an update is undone whole when it fails, so that this keeps
        nobody from their notes.

    Raises:
        VaultDamagedError: The vault does not read as it should; it is better not changed now.
    """
    try:
        return finish(_start(opened, own_folder(opened.folder), clock, Kind.BEFORE_UPDATE))
    except StorageError:
        return None


def backups(workspace: Workspace) -> tuple[Backup, ...]:
    """The backups beside the vault's files, the newest first, unusable ones with their problem."""
    return list_backups(own_folder(workspace.vault.folder), vault_id=workspace.vault.vault_id)


def backups_of(folder: Path, *, inside: Path | None = None) -> tuple[Backup, ...]:
    """The backups of a vault that need not be open nor sound, the newest first.

    Args:
        folder: The vault.
        inside: A folder that holds them, such as a USB stick; the vault's own when None.

    Raises:
        StorageError: The folder may not be read.
    """
    vault_id = restore.vault_id_of(folder)
    if inside is None:
        return list_backups(own_folder(folder), vault_id=vault_id)
    places = [inside, *sorted(inside.glob(_STICK_FOLDER.format("*")))] if inside.is_dir() else []
    if not places:
        raise NotFoundError(f"There is no folder {inside}.", "Check that the drive is connected.")
    found = [each for place in places for each in list_backups(place)]
    return tuple(sorted(found, key=lambda each: each.name, reverse=True))


def last_good(folder: Path, now: datetime) -> datetime | None:
    """When the newest usable backup beside a vault was made; None when there is none.

    One that lies ahead of `now`, as after a clock was wrong, does not count.
    """
    made = (each.manifest.created_at for each in backups_of(folder) if each.manifest and not each.problem)
    return max((moment for moment in made if moment <= now), default=None)


def last_good_of(workspace: Workspace) -> datetime | None:
    """When the newest usable backup beside the open vault was made; None when there is none."""
    return last_good(workspace.vault.folder, workspace.clock.now())


def age_of_last_good(workspace: Workspace) -> timedelta | None:
    """How old the newest usable backup is; None when there is none."""
    now = workspace.clock.now()
    moment = last_good_of(workspace)
    return None if moment is None else now - moment


def own_folder(folder: Path) -> Path:
    """Where a vault's own backups lie."""
    return folder / layout.BACKUPS_NAME


def find_backup(folder: Path, reference: str) -> Backup:
    """The backup of a name, the beginning of one, or a path.

    Raises:
        NotFoundError: There is none, or more than one.
        StorageError: The folder may not be read.
    """
    matching = [each for each in backups_of(folder) if each.name.startswith(reference)] if reference else []
    exact = [each for each in matching if each.name == reference]
    if len(found := exact or matching) == 1:
        return found[0]
    if found:
        raise NotFoundError("More than one backup begins like this.", "Give more of its name.")
    path = Path(reference).expanduser() if reference else None
    if path is None or is_name(reference) or not path.is_dir():
        raise NotFoundError("There is no backup of this name.", "See: peernote backup list.")
    return read_backup(path.absolute())


def check(
    folder: Path, chosen: tuple[Backup, ...], secret: str, *, slot: Slot = Slot.PASSPHRASE
) -> tuple[Checked, ...]:
    """Read whole backups and say what is wrong with each; the vault may be open meanwhile, or be damaged.

    Args:
        folder: The vault.
        chosen: Which ones.
        secret: The passphrase or the recovery code.
        slot: Which of the two.

    Raises:
        WrongPassphraseError: The secret opens neither the vault nor a backup.
        VaultError: What else can be wrong with the key files, told apart.
    """
    found = []
    known: list[restore.Key] = []
    for each in chosen:
        if each.manifest is None or each.problem:
            found.append(Checked(each, (each.problem,)))
            continue
        key = next((one for one in known if one.is_of(each)), None)
        try:
            key = key or restore.unlock(folder, each, secret, slot=slot)
        except WrongPassphraseError as error:
            if not known:
                raise
            found.append(Checked(each, (str(error),)))
            continue
        known.append(key)
        problems = vault_backup.problems(each, key.data_key, newest_schema=schema.newest_schema(), look=look)
        found.append(Checked(each, problems))
    return tuple(found)


def begin_restore(folder: Path, chosen: Backup, secret: str, *, slot: Slot = Slot.PASSPHRASE) -> restore.Restoration:
    """Check everything a restore needs before anything is written; use what comes back in a `with` block.

    Raises:
        PeerNoteError: See `vault.restore.Restoration.begin`.
    """
    return restore.Restoration.begin(folder, chosen, secret, newest_schema=schema.newest_schema(), look=look, slot=slot)


def restore_preview(restoration: restore.Restoration) -> Preview:
    """What a restore would bring, and what it would set aside; changes nothing."""
    now = restoration.read_current(lambda current: (census.versions(current), AuditRepository(current).head()[0]))
    facts = restoration.manifest.facts
    if now is None:
        return Preview(restoration.backup, facts, None)
    held = restoration.read(census.versions)
    newer = {
        kind: sum(held[kind].get(each) != changed for each, changed in there.items()) for kind, there in now[0].items()
    }
    return Preview(restoration.backup, facts, {**newer, "log": max(0, now[1] - facts.log_length)})


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
                AuditAction.BACKUP_RESTORED, at=clock.now(), by=author.id, detail=_detail(restoration.backup)
            )
            work.commit()

    done = restoration.carry_out(now=clock.now(), record=note)
    return Restored(restoration.backup, restoration.manifest.facts, done.aside, done.backups_here)


def _start(vault: Vault, folder: Path, clock: Clock, kind: Kind) -> Snapshot:
    return vault_backup.start(vault, folder, now=clock.now(), kind=kind, look=look)


def _stick_folder(vault: Vault, to: Path) -> Path:
    to = to.expanduser().absolute()
    if not to.is_dir():
        raise StorageError(f"There is no folder {to}.", "Check that the drive is connected.")
    if to.resolve().is_relative_to(vault.folder.resolve()):
        raise InvalidInputError("This folder lies inside the vault.", "Choose one on another drive.", field="to")
    return to / _STICK_FOLDER.format(str(vault.vault_id)[:8])


def _detail(made: Backup) -> str:
    return f"{made.manifest.kind} {made.name}" if made.manifest else made.name
