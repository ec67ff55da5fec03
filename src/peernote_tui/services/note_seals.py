"""Whether the seal of one note, and of what was added to it, still holds: what a reader of it wants to know."""

from __future__ import annotations

from peernote_tui.domain.audit import AuditAction
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.addendum_checks import addendum_row_problems
from peernote_tui.services.verifying import note_problems
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault.read_only import ReadOnlyReason

_ENTERED = (AuditAction.NOTE_SIGNED, AuditAction.NOTE_IMPORTED, AuditAction.ADDENDUM_SIGNED)


def seal_problems(workspace: Workspace, work: UnitOfWork, note_id: str) -> tuple[str, ...]:
    """What does not fit the seals of a note and of what was added to it, in sentences; empty when all of them hold.

    Text against hash, signature against key, and hash against the log; the chain of the log is for `verify`. In a
    damaged vault the log may not be readable, so it is not asked there.
    """
    row = work.notes.sealed(note_id)
    if row is None:
        return ()
    problems = note_problems(row, workspace.author)
    rows = [row]
    for added in work.addenda.documents(note_id):
        problems += addendum_row_problems(added, workspace.author)
        rows.append(added)
    for each in () if workspace.vault.read_only_because is ReadOnlyReason.DAMAGED else rows:
        entered = [entry.sealed for entry in work.audit.of_subject(each["id"], *_ENTERED)]
        if each["hash"] not in entered:
            problems.append("The log does not know this seal.")
    return tuple(problems)
