"""Templates that are being changed: a working copy in the vault until it is saved as a further version."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from pydantic import ValidationError

from peernote_tui.documents.template_file import write_template
from peernote_tui.domain.template import Template
from peernote_tui.domain.template_editing import field_keys, free_key
from peernote_tui.services.keeping_templates import add_template
from peernote_tui.services.templates import newest_template
from peernote_tui.services.workspace import Workspace

_PREFIX = "template being changed:"


def working_copies(workspace: Workspace) -> tuple[Template, ...]:
    """Every working copy that was not saved yet."""
    with workspace.reading() as work:
        kept = work.remembered.beginning(_PREFIX)
    found = []
    for value in kept.values():
        with suppress(ValidationError):
            found.append(Template.model_validate(value))
    return tuple(found)


def begin_changing(workspace: Workspace, template_id: str) -> Template:
    """The working copy of a template of one's own: the one that is there, or a further version to be.

    Raises:
        NotFoundError: There is no template of that id.
    """
    for copy in working_copies(workspace):
        if copy.id == template_id:
            return copy
    newest = newest_template(workspace.templates, template_id)
    return newest.model_copy(update={"version": newest.version + 1})


def copy_template(workspace: Workspace, template: Template, title: str) -> Template:
    """Begin a template of one's own as a copy of another, with an id of its own.

    Args:
        workspace: The open vault.
        template: What is copied.
        title: The title of the copy; its id is made from it.
    """
    taken = {name.replace("-", "_") for name, _version in workspace.templates}
    taken |= {copy.id.replace("-", "_") for copy in working_copies(workspace)}
    name = free_key(title, taken).replace("_", "-")
    copy = template.model_copy(update={"id": name, "version": 1, "title": title})
    keep_working_copy(workspace, copy)
    return copy


def keep_working_copy(workspace: Workspace, template: Template) -> None:
    """Keep a template as it stands now, also where it cannot be used yet."""
    value: dict[str, Any] = template.model_dump(mode="json")
    with workspace.changing() as work:
        work.remembered.put(_PREFIX + template.id, value, at=workspace.clock.now(), by=workspace.author.id)
        work.commit()


def discard_working_copy(workspace: Workspace, template_id: str) -> str:
    """Keep no working copy of that template any more, and give its id; its saved versions stay."""
    with workspace.changing() as work:
        work.remembered.forget(_PREFIX + template_id)
        work.commit()
    return template_id


def save_working_copy(workspace: Workspace, template: Template) -> Template:
    """Save a working copy as the next version; drafts and notes begun before keep theirs.

    Raises:
        InvalidInputError: Something is wrong with it.
        RefusedError: The vault holds this version already, or a retired field would mean something else.
    """
    saved = add_template(workspace, write_template(template))
    discard_working_copy(workspace, template.id)
    return saved


def saved_keys(workspace: Workspace, template_id: str) -> frozenset[str]:
    """The keys of the fields that a saved version of a template has, which stay taken."""
    return field_keys(each for each in workspace.templates.values() if each.id == template_id)
