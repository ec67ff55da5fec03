"""What was added to notes, out of a vault and into one."""

from __future__ import annotations

from collections.abc import Iterable

from peernote_tui.domain.addendum import Addendum, AddendumKind
from peernote_tui.domain.base import Model
from peernote_tui.domain.errors import NotFoundError, RefusedError
from peernote_tui.domain.note import Note
from peernote_tui.domain.private_answers import STAYED, leaving_addendum
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services import amending, gate
from peernote_tui.services.templates import template_of
from peernote_tui.services.verifying import seal_holds
from peernote_tui.services.workspace import Workspace


class ImportedAddendum(Model):
    """What became of one addendum of a file."""

    id: str
    note_id: str
    kind: AddendumKind
    new: bool = True
    """False when the vault held it already."""


def addenda_of(workspace: Workspace, notes: Iterable[Note]) -> tuple[Addendum, ...]:
    """What was added to signed notes, note by note, without private answers: as it leaves the vault."""
    with workspace.reading() as work:
        return tuple(
            leaving_addendum(template_of(workspace.templates, note.template.id, note.template.version), each)
            for note in notes
            if note.seal
            for each in work.addenda.of_note(note.id)
        )


def take_addendum(workspace: Workspace, work: UnitOfWork, addendum: Addendum) -> ImportedAddendum:
    """Let an addendum from a file enter the record of its note; the caller commits.

    Raises:
        ConsentMissingError: New words about the participant, signed after consent had ended, or without any.
        NotFoundError: Its note is not in the vault.
        RefusedError: It is not what was signed, or belongs to another note, or another one is here under its id.
    """
    known = work.addenda.get(addendum.id)
    note = work.notes.get(addendum.note_id)
    if known is not None:
        if addendum.left_out and note is not None:
            template = template_of(workspace.templates, note.template.id, note.template.version)
            known = leaving_addendum(template, known)
        if known.canonical() != addendum.canonical():
            raise RefusedError("The vault holds another addendum under this id.", "What was signed never changes.")
        return _result(addendum, new=False)
    if note is None:
        raise NotFoundError("The note it was added to is not in the vault.", "Take that note in first, or with it.")
    if addendum.left_out:
        raise RefusedError(STAYED, "It can be read in the file, and stays whole in the vault that it came from.")
    if not seal_holds(addendum):
        raise RefusedError(
            "The seal does not fit the text: this was changed after it was signed, or never signed.",
            "Ask for the file as it was exported.",
        )
    if note.seal is None or note.seal.hash != addendum.note_hash:
        raise RefusedError("It was added to another note than the one of this id here.")
    gate.admit_sealed_addendum(workspace, work, addendum, note)
    amending.admit_kind(amending.history_in(work, note.id), addendum.kind)
    amending.store_in(workspace, work, addendum, imported=True)
    return _result(addendum)


def _result(addendum: Addendum, *, new: bool = True) -> ImportedAddendum:
    return ImportedAddendum(id=addendum.id, note_id=addendum.note_id, kind=addendum.kind, new=new)
