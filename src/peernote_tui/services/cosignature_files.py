"""The files in which a note goes to whoever co-signs it, and the co-signature comes back."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from peernote_tui.documents.note_json import LARGEST_FILE, InvalidNotesError, NoteFile, read_note_file, write_notes
from peernote_tui.domain.addendum import Addendum, AddendumKind
from peernote_tui.domain.base import Model
from peernote_tui.domain.disclosure import Purpose
from peernote_tui.domain.errors import InvalidInputError, PeerNoteError, RefusedError
from peernote_tui.domain.note import Note
from peernote_tui.domain.private_answers import leaving_note
from peernote_tui.domain.template import Template
from peernote_tui.services import backups
from peernote_tui.services.cosigning import require_can_cosign
from peernote_tui.services.disclosing import Given
from peernote_tui.services.exporting_people import require_free
from peernote_tui.services.interchange import exported_notes, import_file
from peernote_tui.services.notes import resolve_note
from peernote_tui.services.placing import place_out
from peernote_tui.services.taking_addenda import addenda_of
from peernote_tui.services.templates import template_of
from peernote_tui.services.verifying import seal_holds
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import files

_NUMBERED = "Addendum 1 of 1: "


class NoteToCosign(Model):
    """Somebody's note out of a file, whole and as it was signed, to read before it is co-signed."""

    note: Note
    template: Template
    addenda: tuple[Addendum, ...]


class TakenCosignature(Model):
    """A co-signature that stands under its note; `new` is False when it stood there already."""

    addendum: Addendum
    new: bool


_SUPERVISOR = "a supervisor of the agency"


def write_for_cosigning(
    workspace: Workspace, note_id: str, path: Path, *, replace: bool = False, unaccounted: bool = False
) -> None:
    """Write a signed note and what was added to it to a file for whoever co-signs it; the log keeps that it went out.

    Args:
        workspace: The open vault.
        note_id: Of a signed note.
        path: The file, which is not encrypted.
        replace: Whether a file that is there already may be replaced.
        unaccounted: Whether it is to leave although the vault is only read and keeps no account.

    Raises:
        RefusedError: Private answers would stay behind, so that its seal could not be checked; or the file is there,
            or the vault keeps no account.
        StorageError: The disk refuses; nothing half-written is left.
    """
    note = resolve_note(workspace, note_id)
    addenda = addenda_of(workspace, (note,))
    template = template_of(workspace.templates, note.template.id, note.template.version)
    if leaving_note(template, note).left_out or any(each.left_out for each in addenda):
        raise RefusedError(
            "This note holds private or hidden answers. They stay in this vault, and without them its seal does not "
            "fit, so nobody can co-sign it elsewhere."
        )
    require_free(path, replace=replace)
    given = Given(to=_SUPERVISOR, purpose=Purpose.SUPERVISION, purpose_words="co-signature")
    told = exported_notes(workspace, note_ids=(note.id,), given=given, unaccounted=unaccounted)
    place_out(workspace, path, write_notes(told.notes, addenda), replace=replace, accounted=told.accounted)


def read_for_cosigning(path: Path) -> NoteFile:
    """What a file of a note or a co-signature holds.

    Raises:
        InvalidInputError: It is no such file.
        StorageError: The disk refuses.
    """
    if path.is_dir():
        raise InvalidInputError("This is a folder.", "Name the file in it.", field="file")
    with files.told(path, reading=True):
        if path.exists() and not path.is_file():
            raise InvalidInputError("This is no file.", "Name the file that came to you.", field="file")
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    with suppress(InvalidNotesError):
        return read_note_file(data)
    raise InvalidInputError("There is no note and no co-signature in this file.", "Name another one.", field="file")


def note_to_cosign(workspace: Workspace, found: NoteFile) -> NoteToCosign:
    """The one note of a file, once it is sure that it can be co-signed here.

    Raises:
        InvalidInputError: The file holds something else than one note with what was added to it.
        NotFoundError: Its template is not in this vault.
        RefusedError: The note, or what was added to it, is not as it was signed; or the note is the author's own.
    """
    if not found.notes:
        raise InvalidInputError(
            "This file holds a co-signature, and no note.", "Its note's author takes it in.", field="file"
        )
    if len(found.notes) > 1:
        raise InvalidInputError("This file holds more than one note.", "Ask for the one that is meant.", field="file")
    (note,) = found.notes
    require_can_cosign(workspace, note)
    whole = all(
        each.note_id == note.id and note.seal and each.note_hash == note.seal.hash and seal_holds(each)
        for each in found.addenda
    )
    if not whole:
        raise RefusedError(
            "What was added to this note is not as it was signed, or belongs to another note.",
            "Ask for the file as it was written.",
        )
    template = template_of(workspace.templates, note.template.id, note.template.version)
    return NoteToCosign(note=note, template=template, addenda=found.addenda)


def take_in_cosignature(workspace: Workspace, found: NoteFile) -> TakenCosignature:
    """Let a co-signature that came back stand under its note, after a backup.

    Raises:
        InvalidInputError: The file holds something else than one co-signature.
        NotFoundError: Its note is not in this vault.
        RefusedError: It is not what was signed, or belongs to another note.
    """
    if found.notes or len(found.addenda) != 1 or found.addenda[0].kind is not AddendumKind.COSIGNATURE:
        what = "a note" if found.notes else "something else"
        raise InvalidInputError(
            f"This file holds {what}, and no co-signature alone.", "Name the file that came back.", field="file"
        )
    try:
        (told,) = import_file(workspace, (), found.addenda, dry_run=True).addenda
        if told.new:
            backups.back_up_before(workspace, backups.Kind.BEFORE_IMPORT)
            import_file(workspace, (), found.addenda)
    except PeerNoteError as error:
        error.sentence = error.sentence.removeprefix(_NUMBERED)
        raise
    return TakenCosignature(addendum=found.addenda[0], new=told.new)
