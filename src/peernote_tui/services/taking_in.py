"""A filled form becomes a draft to review, never a record: what was understood in its boxes, the rest beside them."""

from __future__ import annotations

from pathlib import Path

from peernote_tui.documents.readers.filling import Reader, fill, labels_in, seems_to_be
from peernote_tui.documents.readers.form import LARGEST_FILE, FilledForm, FormFileError, stamp
from peernote_tui.documents.readers.reading import read_form
from peernote_tui.domain.answers import Asked
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.base import Model
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.errors import RefusedError
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.not_placed import NotPlaced, not_placed, with_not_placed
from peernote_tui.domain.note import NoteContent
from peernote_tui.domain.template import Template
from peernote_tui.domain.template_rules import begun_content
from peernote_tui.services import gate
from peernote_tui.services.participants import open_record_in, participant_in
from peernote_tui.services.retiring_templates import require_in_use
from peernote_tui.services.templates import newest_template
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import files


class TakenIn(Model):
    """What became of a file.

    Attributes:
        draft: The draft, as it is stored; of a dry run as it would be.
        template: Its form.
        placed: Labels of what was understood, in the order of the file.
        left: What stands beside the draft, in the order of the file.
    """

    draft: Draft
    template: Template
    placed: tuple[str, ...]
    left: tuple[NotPlaced, ...]


def take_in(
    workspace: Workspace,
    participant_id: str,
    template_id: str | None,
    data: bytes,
    name: str = "",
    *,
    day_first: bool | None = None,
    dry_run: bool = False,
) -> TakenIn:
    """Take a filled form in as a draft about a participant.

    Nothing is filled in by itself but what the template lets stand there: a file that says no day is no contact of now.

    Args:
        workspace: The open vault.
        participant_id: Whose note it becomes; the file is not asked.
        template_id: The form; None to tell it from the file.
        data: The file: DOCX, PDF, Markdown or text.
        name: What the file is called; it tells Markdown from text.
        day_first: How numbers such as 5/6 are ordered; None refuses what can be read both ways.
        dry_run: Whether nothing is to be stored.

    Raises:
        FormFileError: The file cannot be read.
        RefusedError: It is a form of another template, or it cannot be told of which; or the record is archived.
        NotFoundError: There is no such participant or template.
        ConsentMissingError: There is no consent to notes about the participant.
    """
    return take_form_in(
        workspace, participant_id, template_id, read_form(data, name=name), day_first=day_first, dry_run=dry_run
    )


def read_file(path: Path) -> FilledForm:
    """A filled form out of a file; its size is looked at before it is read.

    Raises:
        FormFileError: It cannot be read as a form; says why and the way out.
        StorageError: The disk refuses.
    """
    try:
        path = path.expanduser()
    except RuntimeError:
        raise FormFileError("This home folder is not known here.", "Write the whole path.") from None
    if path.is_dir():
        raise FormFileError("This is a folder.", "Name the file in it.")
    with files.told(path, reading=True):
        if not path.is_file() and path.exists():
            raise FormFileError("This is no file.", "Name a DOCX, PDF, Markdown or text file.")
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    return read_form(data, name=path.name)


def take_form_in(
    workspace: Workspace,
    participant_id: str,
    template_id: str | None,
    form: FilledForm,
    *,
    day_first: bool | None = None,
    dry_run: bool = False,
) -> TakenIn:
    """As `take_in`, of a form that is read already."""
    template = _template(workspace, form, template_id)
    require_in_use(workspace, template)
    now = workspace.clock.now()
    with workspace.changing() as work:
        person = participant_in(work, open_record_in(work, participant_id).id)
        begun = begun_content(template, NoteContent(), Asked(workspace.local_now, day_first))
        filled = fill(form, template, begun, Reader(workspace.local_now, person, day_first))
        draft = Draft(
            id=new_id(now),
            participant_id=person.id,
            template=template.id,
            template_version=template.version,
            zone=workspace.clock.zone,
            content=filled.content,
            typed=with_not_placed({}, filled.left),
            begun_at=now,
            changed_at=now,
        )
        # Once more as a whole: what was put in piece by piece was not checked together.
        draft = Draft.model_validate(draft.model_dump(warnings=False))
        gate.admit_words(workspace, work, draft, held=None)
        if not dry_run:
            work.drafts.add(draft, by=workspace.author.id)
            work.participants.touch(person.id, now)
            workspace.log(work, AuditAction.NOTE_IMPORTED, draft.id, f"draft from a form, {form.kind}")
            work.commit()
    return TakenIn(draft=draft, template=template, placed=filled.placed, left=not_placed(draft.typed))


def _template(workspace: Workspace, form: FilledForm, template_id: str | None) -> Template:
    seems = seems_to_be(form, workspace.templates)
    if template_id is None:
        if seems is not None:
            return seems
        named = stamp(form)
        if named is not None:
            raise RefusedError(
                f"This is a form of the template {named[0]}, version {named[1]}, which is not in this vault.",
                "Import that template first, or name another one to read it as.",
            )
        raise RefusedError(
            "It cannot be told which template this form is of: none of their labels stand in it.",
            "Name the template. See which there are with: peernote templates list",
        )
    wanted = newest_template(workspace.templates, template_id)
    if seems is None or seems.id == wanted.id:
        return seems or wanted
    if stamp(form) == (seems.id, seems.version) or not labels_in(form, wanted):
        raise RefusedError(
            f"This is a form of “{seems.title}” ({seems.id}), and not of “{wanted.title}” ({wanted.id}).",
            f"Take it in as {seems.id}.",
        )
    return wanted
