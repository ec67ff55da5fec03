"""Making a vault, opening it, and the two ways to its key."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from peernote_tui.domain.audit import AuditAction, UpdatedAt
from peernote_tui.domain.author import Author
from peernote_tui.domain.base import NAME, clean_line
from peernote_tui.domain.clock import Clock
from peernote_tui.domain.errors import (
    DiskFaultError,
    InvalidInputError,
    PeerNoteError,
    ReadOnlyFolderError,
    VaultDamagedError,
    VaultFullError,
)
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.names import clean_name
from peernote_tui.repository import schema
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.backups import Backup, before_update, record
from peernote_tui.services.enduring import endure
from peernote_tui.services.key_slots import WORK_FACTOR, change_passphrase, new_recovery_code, notice_changes
from peernote_tui.services.left_behind import remove_left
from peernote_tui.services.putting_aside import remove_old_in
from peernote_tui.services.retiring_templates import retired_in
from peernote_tui.services.templates import built_in_templates, every_template
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import attempts, files, reserve, signing, vault
from peernote_tui.vault.attempts import Attempts
from peernote_tui.vault.read_only import ReadOnlyReason
from peernote_tui.vault.vault import Vault

__all__ = [
    "WORK_FACTOR",
    "NewVault",
    "change_passphrase",
    "close",
    "create_vault",
    "new_recovery_code",
    "open_vault",
    "open_with_identity",
    "open_with_recovery_code",
]

_ENTERED = "failed attempts in the log"
_UPDATE_TO_LOG = "schema to be logged"
"""Left by the step that added the hashes, so that a power cut after it changes nothing."""


@dataclass(frozen=True)
class NewVault:
    """A vault just made, open, and the recovery code that is shown once."""

    workspace: Workspace
    recovery_code: str = field(repr=False)


def create_vault(
    folder: Path,
    passphrase: str,
    *,
    author_name: str,
    credential: str,
    clock: Clock,
    work_factor: int = WORK_FACTOR,
) -> NewVault:
    """Make a vault with its author and open it.

    Args:
        folder: Where; absent, or an empty folder.
        passphrase: At least 15 characters, or a generated phrase.
        author_name: Who writes in it.
        credential: Letters after the name, such as CPS; may be empty.
        clock: The clock to work by.
        work_factor: scrypt's log2(N); lower only where a throw-away vault is made.

    Raises:
        InvalidInputError: The name or the passphrase cannot be used; nothing was made.
        VaultError: The folder cannot be used; its sentence says why.
    """
    name = _author_name(author_name)
    letters = clean_line(credential, field="credential", longest=NAME)
    created = vault.create(
        folder,
        passphrase,
        prepare=lambda connection: _prepare(connection, name, letters, clock),
        work_factor=work_factor,
    )
    workspace = _workspace(created.vault, clock)
    return NewVault(workspace=workspace, recovery_code=created.recovery_code)


def open_vault(folder: Path, passphrase: str, *, clock: Clock) -> Workspace:
    """Open a vault with its passphrase.

    Raises:
        WrongPassphraseError: The passphrase is another.
        VaultError: What else can be wrong, told apart; see `domain.errors`.
    """
    return _opened(
        lambda: vault.open_vault(folder, passphrase, newest_schema=schema.newest_schema(), now=clock.now),
        clock,
        "passphrase",
    )


def open_with_recovery_code(folder: Path, code: str, *, clock: Clock) -> Workspace:
    """Open a vault with its recovery code.

    Raises:
        InvalidInputError: The code was mistyped; told before any key is derived.
        WrongPassphraseError: The code belongs to another vault or was replaced.
        VaultError: As for `open_vault`.
    """
    return _opened(
        lambda: vault.open_with_recovery_code(folder, code, newest_schema=schema.newest_schema(), now=clock.now),
        clock,
        "recovery code",
    )


def open_with_identity(folder: Path, identity_file: str, *, clock: Clock) -> Workspace:
    """Open a vault as its organisation, with the text of an age identity file.

    Raises:
        InvalidInputError: The file holds no identity, or a mistyped one.
        WrongPassphraseError: None of its identities is a recipient of this vault.
        VaultError: As for `open_vault`.
    """
    return _opened(
        lambda: vault.open_with_identity(folder, identity_file, newest_schema=schema.newest_schema(), now=clock.now),
        clock,
        "organisation",
    )


def workspace_to_read(opened: Vault, clock: Clock) -> Workspace:
    """A workspace over a damaged vault that is open for reading only; whose it is may be lost."""
    try:
        return _workspace(opened, clock)
    except VaultDamagedError:
        nobody = Author(id="", name="")
        return Workspace(vault=opened, clock=clock, author=nobody, templates=dict(built_in_templates()))


def close(workspace: Workspace) -> None:
    """Close the vault and let go of its lock."""
    workspace.vault.close()


def _author_name(text: str) -> str:
    try:
        return clean_name(text)
    except InvalidInputError as error:
        raise InvalidInputError(error.sentence, error.way_out, field="name") from None


def _prepare(connection: schema.Connection, name: str, credential: str, clock: Clock) -> None:
    schema.migrate(connection, clock.now())
    keys = signing.generate_signing_key()
    author = Author(id=new_id(clock.now()), name=name, credential=credential, public_key=keys.public.hex())
    with UnitOfWork(connection) as work:
        work.authors.add(author, secret_key=keys.secret.hex(), at=clock.now())
        work.audit.append(AuditAction.VAULT_CREATED, at=clock.now(), by=author.id, detail=author.public_key)
        work.commit()


def _opened(opening: Callable[[], Vault], clock: Clock, how: str) -> Workspace:
    opened = opening()
    try:
        return _made_ready(opened, clock, how)
    except VaultDamagedError:
        # A page that the disk did not give looks like a damaged one; it is asked for once more.
        refused = opened.unread()
        if refused is not None:
            raise refused from None
    except DiskFaultError:
        # SQLite does not say why it could not make its journal.
        refused = files.why_unwritable(opened.folder)
        if refused is not None:
            raise refused from None
        raise
    return _made_ready(opening(), clock, how)


def _made_ready(opened: Vault, clock: Clock, how: str) -> Workspace:
    saved: Backup | None = None
    updated: tuple[str, ...] = ()
    try:
        _require_up_to_date(opened)
        if not opened.read_only:
            if schema.pending(opened.connection):
                saved = before_update(opened, clock)
            updated = schema.migrate(opened.connection, clock.now())
        workspace = _workspace(opened, clock)
        if saved is not None:
            record(workspace, saved)
        if not opened.read_only:
            _begin_work(workspace, how, updated)
    except BaseException:
        opened.close()
        raise
    return workspace


def _begin_work(workspace: Workspace, how: str, updated: tuple[str, ...]) -> None:
    """Write into the log that the vault was opened, and hold the reserve; no room keeps nobody from their notes."""
    folder = workspace.vault.folder
    waiting = attempts.waiting(folder)

    def note(opened: Workspace) -> None:
        with opened.changing() as work:
            _log_update(opened, work, updated)
            failed = _log_failed(opened, work, waiting)
            opened.log(work, AuditAction.VAULT_UNLOCKED, detail=how)
            if opened.vault.salt_healed:
                opened.log(work, AuditAction.VAULT_HEALED, detail="salt")
            notice_changes(opened, work)
            remove_old_in(opened, work)
            work.commit()
        opened.standing.failed_attempts = failed
        if waiting is not None:
            attempts.forget(folder)

    with suppress(VaultFullError):
        endure(workspace, note)
    with suppress(PeerNoteError):
        remove_left(workspace)
    workspace.standing.reserve_used = not reserve.make_again(folder)


def _log_update(workspace: Workspace, work: UnitOfWork, updated: tuple[str, ...]) -> None:
    """Write a newer schema into the log, and which rows are older than the hashes that the log keeps of rows."""
    if updated or work.remembered.get(_UPDATE_TO_LOG) is not None:
        words = UpdatedAt(*work.audit.unsealed()).words(schema.migration_names()[-1])
        workspace.log(work, AuditAction.VAULT_UPDATED, detail=words)
        work.remembered.forget(_UPDATE_TO_LOG)


def _log_failed(workspace: Workspace, work: UnitOfWork, waiting: Attempts | None) -> Attempts | None:
    """Write into the log what was noted beside the vault while it was locked, once, and give what was new."""
    failed = _not_in_the_log(work, waiting)
    if waiting is not None and failed is not None:
        workspace.log(work, AuditAction.UNLOCK_FAILED, detail=_attempt_words(failed))
        entered = {"batch": waiting.batch, "count": waiting.count}
        work.remembered.put(_ENTERED, entered, at=workspace.clock.now(), by=workspace.author.id)
    return failed


def _not_in_the_log(work: UnitOfWork, waiting: Attempts | None) -> Attempts | None:
    """What is new in a list that may have stayed after the log had taken it, as when the power failed between."""
    entered = work.remembered.get(_ENTERED)
    if waiting is None or not isinstance(entered, dict) or entered.get("batch") != waiting.batch or not waiting.batch:
        return waiting
    count = waiting.count - int(entered.get("count", 0))
    return replace(waiting, count=count, first=waiting.last) if count > 0 else None


def _attempt_words(failed: Attempts) -> str:
    moments = (moment.isoformat(timespec="seconds") for moment in (failed.first, failed.last) if moment is not None)
    return " ".join((str(failed.count), *moments))


def _require_up_to_date(opened: Vault) -> None:
    """Refuse a vault that would have to be changed before it can be read, where nothing can be changed."""
    if opened.read_only_because is ReadOnlyReason.FOLDER and schema.pending(opened.connection):
        raise ReadOnlyFolderError(
            "This vault was written by an older PeerNote and has to be brought up to date, but its folder cannot "
            "be written.",
            "Take the write protection off, or copy the whole folder to a place that can be written.",
        )


def _workspace(opened: Vault, clock: Clock) -> Workspace:
    with UnitOfWork(opened.connection, reading=True) as work:
        author = work.authors.current()
        files = work.templates.files()
        retired = retired_in(work)
    if author is None:
        raise VaultDamagedError(
            "The vault does not say whose it is.", "Look what is damaged: peernote salvage --dry-run."
        )
    return Workspace(vault=opened, clock=clock, author=author, templates=every_template(files), retired=retired)
