"""The templates a vault offers, and taking an agency's own in."""

from __future__ import annotations

from peernote_tui.documents.template_file import read_template
from peernote_tui.documents.template_source import TemplateSource
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.errors import InvalidInputError, RefusedError
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.note import DEFAULT_TEMPLATE
from peernote_tui.domain.template import About, Template
from peernote_tui.services.retiring_templates import require_kept_meaning
from peernote_tui.services.templates import built_in_templates
from peernote_tui.services.workspace import Workspace


def offered_templates(workspace: Workspace) -> tuple[Template, ...]:
    """What a note can be begun in: the newest version of every template of notes that is not retired."""
    return tuple(
        template
        for template in newest_templates(workspace)
        if template.about is About.NOTE and template.id not in workspace.retired
    )


def newest_templates(workspace: Workspace) -> tuple[Template, ...]:
    """The newest version of every template, the guided note first, then by title."""
    newest: dict[str, Template] = {}
    for template in workspace.templates.values():
        if template.id not in newest or newest[template.id].version < template.version:
            newest[template.id] = template
    return tuple(sorted(newest.values(), key=lambda each: (each.id != DEFAULT_TEMPLATE, each.title.casefold())))


def add_template(workspace: Workspace, data: bytes) -> Template:
    """Take a template, or a further version of one, into the vault; notes begun before keep their version.

    Args:
        workspace: The open vault.
        data: The file.

    Raises:
        InvalidInputError: It cannot be used; the sentence names the line.
        RefusedError: The id belongs to the program, or the vault holds this version, or a newer one.
    """
    return add_source(workspace, TemplateSource(template=read_template(data), text=data.decode("utf-8-sig")))


def add_source(workspace: Workspace, source: TemplateSource) -> Template:
    """The same with what a file of either kind gave; see `read_source`.

    Raises:
        InvalidInputError: Something is wrong with the file; the sentence names the first fault and its place.
        RefusedError: The id belongs to the program, or the vault holds this version, or a newer one; or the key of a
            retired field would mean something else.
    """
    template = source.template
    if template is None:
        more = f" There are {len(source.faults) - 1} more." if len(source.faults) > 1 else ""
        raise InvalidInputError(f"{source.faults[0]}{more}")
    if (template.id, 1) in built_in_templates():
        raise RefusedError(
            f"The id {template.id} belongs to a template that ships with the program.",
            "Give yours another id; its title may be the same.",
        )
    newest = max((version for name, version in workspace.templates if name == template.id), default=0)
    if template.version <= newest:
        raise RefusedError(
            f"The vault holds version {newest} of this template already.",
            f"If something changed, write version = {newest + 1} into the file.",
        )
    require_kept_meaning(workspace.templates.values(), template)
    now = workspace.clock.now()
    row_id = new_id(now)
    with workspace.changing() as work:
        sealed = work.templates.add(row_id, template.id, template.version, source.text, at=now, by=workspace.author.id)
        workspace.log(work, AuditAction.TEMPLATE_ADDED, row_id, sealed)
        work.commit()
    workspace.templates[template.id, template.version] = template
    return template
