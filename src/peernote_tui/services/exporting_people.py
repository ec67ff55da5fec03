"""Participants out of the vault, into a file that other programs read."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from peernote_tui.documents.people.table import FileKind
from peernote_tui.documents.people.writing import write_csv, write_xlsx
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.base import Model
from peernote_tui.domain.disclosure import Disclosure
from peernote_tui.domain.errors import InvalidInputError, ReadOnlyFolderError, RefusedError, StorageError
from peernote_tui.domain.file_names import name_fault
from peernote_tui.domain.participant import Participant
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services import disclosing
from peernote_tui.services.disclosing import Request
from peernote_tui.services.importing_people import Watching
from peernote_tui.services.left_behind import PART_SUFFIX, is_held
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import files


class ExportedPeople(Model):
    """A file of participants, not written yet.

    Attributes:
        data: What is to be written.
        count: How many participants are in it.
        accounted: What the account says of it.
    """

    data: bytes
    count: int
    accounted: tuple[Disclosure, ...] = ()


def export_people(
    workspace: Workspace,
    kind: FileKind,
    *,
    archived: bool = False,
    mark: bool = True,
    watching: Watching | None = None,
    unaccounted: bool = False,
) -> ExportedPeople:
    """Participants as a file; each export is recorded in the log.

    Args:
        workspace: The open vault.
        kind: CSV or XLSX.
        archived: Whether archived participants are in it.
        mark: Whether a CSV file begins with the mark of UTF-8, which Excel needs.
        watching: Who looks on and may end it.
        unaccounted: Whether they are to leave although the vault is only read and keeps no account.

    Raises:
        InvalidInputError: Nothing is written in this form.
        RefusedError: The vault keeps no account.
    """
    if kind not in {FileKind.CSV, FileKind.XLSX}:
        raise InvalidInputError("Participants are exported as CSV or XLSX.", field="format")
    kept = disclosing.require_account(workspace, unaccounted=unaccounted)
    watch = (watching or Watching()).reading
    with workspace.reading() as work:
        people = tuple(who for who in work.participants.every(archived=archived) if who.merged_into is None)
    data = write_csv(people, mark=mark, watch=watch) if kind is FileKind.CSV else write_xlsx(people, watch=watch)
    accounted: tuple[Disclosure, ...] = ()
    if kept:
        with workspace.changing() as work:
            accounted = tuple(_leave(workspace, work, person, kind) for person in people)
            for disclosure in accounted:
                disclosing.account_in(workspace, work, disclosure)
            workspace.log(work, AuditAction.PARTICIPANTS_EXPORTED, detail=f"{kind.value} {len(people)}")
            work.commit()
    return ExportedPeople(data=data, count=len(people), accounted=accounted)


def _leave(workspace: Workspace, work: UnitOfWork, person: Participant, kind: FileKind) -> Disclosure:
    request = Request(participant_id=person.id, what="the page, in a list of participants", form=kind.value)
    return disclosing.leave_of(workspace, work, person, request).disclosure


def require_free(path: Path, *, replace: bool) -> None:
    """Refuse a place where something is already, unless it may be replaced, and a name that not every system takes.

    Raises:
        InvalidInputError: It is a folder or a device, or cannot be a file's name.
        RefusedError: It is taken.
        StorageError: Its folder is not there, or the disk does not say.
    """
    if path.name and (fault := name_fault(path.name)):
        raise InvalidInputError(
            f"This cannot be a file's name: {fault}.", "Use letters, digits and hyphens.", field="file"
        )
    with files.told(path):
        taken, is_folder = files.is_there(path), path.is_dir()
        is_file, has_folder = path.is_file() or path.is_symlink(), path.parent.is_dir()
    if is_folder:
        raise InvalidInputError(f"{path} is a folder.", "Add the name of the file.", field="file")
    if taken and not is_file:
        # A device that is replaced by a file is one no more, for every program.
        raise InvalidInputError(f"{path} is no file.", "Name a file, or write to standard output.", field="file")
    if taken and not replace:
        raise _taken(path)
    if not has_folder:
        raise StorageError(f"There is no folder {path.parent}.", "Check that the drive is there, or make the folder.")


def place_file(path: Path, data: bytes, *, replace: bool, then: Callable[[], object] = lambda: None) -> None:
    """Write a file that only its owner may read, whole or not at all.

    Args:
        path: The file.
        data: What it is to hold.
        replace: Whether what has this name already may be replaced.
        then: Called once the bytes are kept, right before they take the name; what it raises ends the writing.

    Raises:
        InvalidInputError: The name is that of a folder, or cannot be a file's.
        RefusedError: Something has this name already and may not be replaced.
        StorageError: The disk refuses; nothing half-written is left.
    """
    require_free(path, replace=replace)
    try:
        _place(path, data, then)
    except StorageError as error:
        # Nobody typed the name of the part.
        error.sentence = error.sentence.replace(f"{path}{PART_SUFFIX}", str(path))
        if not isinstance(error, ReadOnlyFolderError):
            raise
        # It is not the vault's folder, which would be asked once more on a new connection.
        raise StorageError(error.sentence, error.way_out) from None


def _place(path: Path, data: bytes, then: Callable[[], object]) -> None:
    with files.told(path):
        taken = files.is_there(path)
    if not taken:
        _take(path)

    def last_look() -> None:
        # What somebody else wrote under the name in the meantime is theirs.
        if not taken and not is_held(path):
            raise _taken(path)
        then()

    try:
        files.write_atomically(path, data, then=last_look, part_suffix=PART_SUFFIX)
    except BaseException:
        if not taken:
            with suppress(OSError):
                if is_held(path) or path.read_bytes() == data:
                    path.unlink()
        raise


def _take(path: Path) -> None:
    """Take the name before anybody else does."""
    try:
        files.create_private(path, b"")
    except StorageError:
        with suppress(OSError):
            if files.is_there(path):
                raise _taken(path) from None
        raise


def _taken(path: Path) -> RefusedError:
    return RefusedError(f"{path} is there already.", "Choose another name, or replace it with --force.")
