"""Backups: when they are made, what they hold, and putting one back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.clock import Clock
from peernote_tui.domain.errors import InvalidInputError, NotFoundError, PeerNoteError, StorageError
from peernote_tui.repository import schema
from peernote_tui.services.backup_facts import detail, look
from peernote_tui.services.restoring import Preview, Restored, begin_restore, carry_out, restore_preview
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import backup as vault_backup
from peernote_tui.vault import backup_keys, files, layout
from peernote_tui.vault.backup import Backup, Copy, Facts, Kind, Manifest, Snapshot
from peernote_tui.vault.backup_place import has_mark
from peernote_tui.vault.keys import Slot
from peernote_tui.vault.manifest import is_name, list_backups, read_backup
from peernote_tui.vault.page_copy import Stop, StoppedError, never
from peernote_tui.vault.vault import Vault

__all__ = [
    "Backup",
    "Checked",
    "Copy",
    "Job",
    "Kind",
    "Preview",
    "Restored",
    "Snapshot",
    "StoppedError",
    "begin_restore",
    "carry_out",
    "look",
    "restore_preview",
]

DUE_AFTER = timedelta(days=1)
MANY_ENTRIES = 20
MANY_NOTES = 5
OTHER_KEY = "It was made with another key, or its first page is damaged. Try: peernote backup verify {}"
_STICK_FOLDER = "peernote-backups-{}"


@dataclass(frozen=True, slots=True)
class Job:
    """A backup to be made.

    Attributes:
        folder: The folder of backups.
        kind: Why.
        marked: The folder is on another drive and has to say that it takes the backups of this vault.
    """

    folder: Path
    kind: Kind
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """One backup, and what is wrong with it: sentences, none when it is whole."""

    backup: Backup
    problems: tuple[str, ...]


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
    folder = own_folder(workspace.vault.folder) if to is None else stick_folder(workspace.vault, to)
    return make(workspace, Job(folder, kind))


def back_up_before(workspace: Workspace, kind: Kind) -> Backup:
    """Make a backup of the vault as it is, checked and logged, before something changes much of it.

    Args:
        workspace: The open vault, with no transaction begun.
        kind: What is about to happen, such as `Kind.BEFORE_ERASURE`.

    Raises:
        StorageError, VaultDamagedError, VaultTooNewError: As for `back_up`. Nothing was changed.
    """
    return make(workspace, Job(own_folder(workspace.vault.folder), kind))


def backup_if_due(workspace: Workspace) -> Backup | None:
    """Make a backup when the last good one is older than a day; None when there is nothing to do.

    Raises:
        StorageError, VaultDamagedError: As for `back_up`.
    """
    job = job_if_due(workspace)
    return None if job is None else make(workspace, job)


def job_if_due(workspace: Workspace) -> Job | None:
    """What to do when the last good backup is older than a day; else None.

    A vault in which there is nobody yet has nothing to lose, and one of a newer PeerNote is backed up by that.
    """
    if workspace.vault.read_only or not has_somebody(workspace):
        return None
    age = age_of_last_good(workspace)
    return None if age is not None and age < DUE_AFTER else Job(own_folder(workspace.vault.folder), Kind.DAILY)


def job_at_quit(workspace: Workspace) -> Job | None:
    """What to do at the end of a run in which much has changed since the last good backup; else None.

    Much is `MANY_ENTRIES` of the log, or `MANY_NOTES` signed notes.
    """
    if workspace.vault.read_only or not has_somebody(workspace):
        return None
    job = Job(own_folder(workspace.vault.folder), Kind.AT_QUIT)
    last = _last_manifest(workspace.vault.folder, workspace.clock.now())
    then = Facts({}, 0, "") if last is None else last.facts
    now = look(workspace.vault.connection)
    entries = now.log_length - then.log_length
    notes = now.counts.get("notes", 0) - then.counts.get("notes", 0)
    return job if entries >= MANY_ENTRIES or notes >= MANY_NOTES else None


def make(workspace: Workspace, job: Job) -> Backup:
    """Do all four steps of a backup at once, in the vault's thread.

    Raises:
        StorageError, VaultDamagedError, VaultTooNewError: As for `back_up`.
    """
    made = finish(settle(workspace, begin(workspace, job)))
    record(workspace, made)
    return made


def begin(workspace: Workspace, job: Job, *, stop: Stop = never) -> Copy:
    """First step, in any thread: copy the vault's pages while it is in use.

    Raises:
        StoppedError: `stop` said so.
        StorageError, VaultTooNewError: As for `back_up`.
    """
    if job.marked and not has_mark(job.folder, workspace.vault.vault_id):
        # Where a drive was a moment ago, the path may lead to the computer's own disk now.
        raise StorageError(f"{job.folder} is no longer there.", "Check that the drive is connected, then try again.")
    return vault_backup.begin(workspace.vault, job.folder, now=workspace.clock.now(), kind=job.kind, stop=stop)


def settle(workspace: Workspace, copy: Copy) -> Snapshot:  # noqa: ARG001 it is asked of the open vault
    """Second step, in the vault's thread: copy what has changed since.

    Raises:
        StorageError, VaultDamagedError: As for `back_up`.
    """
    return vault_backup.settle(copy, look=look)


def drop(copy: Copy) -> None:
    """Give a copy up that will not be settled."""
    vault_backup.drop(copy.part)


def finish(snapshot: Snapshot, *, stop: Stop = never) -> Backup:
    """Third step, in any thread: read the copied pages back and let them count. The fourth is `record`.

    Raises:
        StoppedError: `stop` said so.
        StorageError: The disk refuses or did not keep them.
        VaultDamagedError: The vault itself does not read as it should.
    """
    return vault_backup.finish(snapshot, look=look, stop=stop)


def record(workspace: Workspace, made: Backup) -> None:
    """Write into the log that a backup was made; a vault that is only read has no log to write."""
    if workspace.vault.read_only:
        return
    with workspace.changing() as work:
        workspace.log(work, AuditAction.BACKUP_CREATED, detail=detail(made))
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
        folder = own_folder(opened.folder)
        return finish(vault_backup.start(opened, folder, now=clock.now(), kind=Kind.BEFORE_UPDATE, look=look))
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
    vault_id = backup_keys.vault_id_of(folder)
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
    last = _last_manifest(folder, now)
    return None if last is None else last.created_at


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


def stick_name(vault_id: UUID) -> str:
    """The name of the folder that holds a vault's backups on another drive."""
    return _STICK_FOLDER.format(str(vault_id)[:8])


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
    path = files.spelled_out(reference) if reference else None
    if path is None or is_name(reference) or not path.is_dir():
        raise NotFoundError("There is no backup of this name.", "See: peernote backup list.")
    backup = read_backup(path.absolute())
    if backup.manifest is None and (lying := backups_of(folder, inside=path)):
        raise NotFoundError(
            f"{path.name} holds backups and is none itself.", f"Name one of them; the newest is {lying[0].path}"
        )
    return backup


def check(
    folder: Path,
    chosen: tuple[Backup, ...],
    secret: str,
    *,
    slot: Slot = Slot.PASSPHRASE,
    clock: Clock | None = None,
) -> tuple[Checked, ...]:
    """Read whole backups and say what is wrong with each; the vault may be open meanwhile, or be damaged.

    Args:
        folder: The vault.
        chosen: Which ones.
        secret: The passphrase or the recovery code.
        slot: Which of the two.
        clock: To note by that a secret opened nothing, once; None notes nothing.

    Raises:
        WrongPassphraseError: The secret opens neither the vault nor a backup.
        VaultError: What else can be wrong with the key files, told apart.
    """
    found: list[Checked] = []
    refused: PeerNoteError | None = None
    key: backup_keys.Key | None = None
    for each in chosen:
        if each.manifest is None or each.problem:
            found.append(Checked(each, (each.problem,)))
            continue
        if key is None or not vault_backup.opens_with(each, key.data_key):
            try:
                now = clock.now if clock is not None and refused is None else None
                key = backup_keys.unlock(folder, each, secret, slot=slot, now=now)
            except PeerNoteError as error:
                refused = error
                found.append(Checked(each, (str(error),)))
                continue
        problems = vault_backup.problems(each, key.data_key, newest_schema=schema.newest_schema(), look=look)
        found.append(Checked(each, problems))
    if refused is not None and key is None:
        raise refused
    return tuple(found)


def check_one(workspace: Workspace, chosen: Backup, *, stop: Stop = never) -> Checked:
    """Read one backup whole with the key of the open vault; in any thread.

    Raises:
        StoppedError: `stop` said so.
    """
    if chosen.manifest is None or chosen.problem:
        return Checked(chosen, (chosen.problem,))
    key = workspace.vault.data_key
    if not vault_backup.opens_with(chosen, key):
        return Checked(chosen, (OTHER_KEY.format(chosen.path),))
    found = vault_backup.problems(chosen, key, newest_schema=schema.newest_schema(), look=look, stop=stop)
    return Checked(chosen, found)


def stick_folder(vault: Vault, to: Path) -> Path:
    """Where a vault's backups lie in a folder on another drive.

    Raises:
        StorageError: The folder is not there.
        InvalidInputError: It lies inside the vault.
    """
    to = files.spelled_out(to).absolute()
    if not to.is_dir():
        raise StorageError(f"There is no folder {to}.", "Check that the drive is connected.")
    if to.resolve().is_relative_to(vault.folder.resolve()):
        raise InvalidInputError("This folder lies inside the vault.", "Choose one on another drive.", field="to")
    return to / stick_name(vault.vault_id)


def _last_manifest(folder: Path, now: datetime) -> Manifest | None:
    good = (each.manifest for each in backups_of(folder) if each.manifest and not each.problem)
    return max((said for said in good if said.created_at <= now), key=lambda said: said.created_at, default=None)


def has_somebody(workspace: Workspace) -> bool:
    """Whether there is anybody in the vault yet; one without has nothing to lose."""
    with workspace.reading() as work:
        return bool(work.participants.count())
