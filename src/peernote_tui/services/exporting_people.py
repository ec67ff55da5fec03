"""Participants out of the vault, into a file that other programs read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from peernote_tui.documents.people.table import FileKind
from peernote_tui.documents.people.writing import write_csv, write_xlsx
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.base import Model
from peernote_tui.domain.errors import InvalidInputError, RefusedError
from peernote_tui.services import disclosing
from peernote_tui.services.disclosing import Request
from peernote_tui.services.importing_people import Watching
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import files


class ExportedPeople(Model):
    """A file of participants, not written yet.

    Attributes:
        data: What is to be written.
        count: How many participants are in it.
    """

    data: bytes
    count: int


def export_people(
    workspace: Workspace,
    kind: FileKind,
    *,
    archived: bool = False,
    mark: bool = True,
    watching: Watching | None = None,
) -> ExportedPeople:
    """Participants as a file; each export is recorded in the log.

    Args:
        workspace: The open vault.
        kind: CSV or XLSX.
        archived: Whether archived participants are in it.
        mark: Whether a CSV file begins with the mark of UTF-8, which Excel needs.
        watching: Who looks on and may end it.

    Raises:
        InvalidInputError: Nothing is written in this form.
    """
    if kind not in {FileKind.CSV, FileKind.XLSX}:
        raise InvalidInputError("Participants are exported as CSV or XLSX.", field="format")
    watch = (watching or Watching()).reading
    with workspace.reading() as work:
        people = tuple(who for who in work.participants.every(archived=archived) if who.merged_into is None)
    data = write_csv(people, mark=mark, watch=watch) if kind is FileKind.CSV else write_xlsx(people, watch=watch)
    if not workspace.vault.read_only:
        with workspace.changing() as work:
            for person in people:
                request = Request(participant_id=person.id, what="the page, in a list of participants", form=kind.value)
                disclosing.account_in(workspace, work, disclosing.leave_of(workspace, work, person, request).disclosure)
            workspace.log(work, AuditAction.PARTICIPANTS_EXPORTED, detail=f"{kind.value} {len(people)}")
            work.commit()
    return ExportedPeople(data=data, count=len(people))


def require_free(path: Path, *, replace: bool) -> None:
    """Refuse a place where something is already, unless it may be replaced.

    Raises:
        InvalidInputError: It is a folder.
        RefusedError: It is taken.
        StorageError: The disk does not say.
    """
    with files.told(path):
        taken = files.is_there(path)
    if path.is_dir():
        raise InvalidInputError(f"{path} is a folder.", "Add the name of the file.", field="file")
    if taken and not replace:
        raise RefusedError(f"{path} is there already.", "Choose another name, or replace it with --force.")


def place_file(path: Path, data: bytes, *, replace: bool, then: Callable[[], object] = lambda: None) -> None:
    """Write a file that only its owner may read, whole or not at all.

    Args:
        path: The file.
        data: What it is to hold.
        replace: Whether what has this name already may be replaced.
        then: Called once the bytes are kept, right before they take the name; what it raises ends the writing.

    Raises:
        InvalidInputError: The name is that of a folder.
        RefusedError: Something has this name already and may not be replaced.
        StorageError: The disk refuses; nothing half-written is left.
    """
    require_free(path, replace=replace)
    with files.told(path):
        taken = files.is_there(path)
    if not taken:
        # Takes the name before anybody else does.
        files.create_private(path, b"")
    try:
        files.write_atomically(path, data, then=then)
    except BaseException:
        if not taken:
            path.unlink(missing_ok=True)
        raise
