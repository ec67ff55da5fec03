"""Templates that no new note is begun in, and fields whose keys stay taken."""

from __future__ import annotations

from collections.abc import Iterable

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.errors import RefusedError
from peernote_tui.domain.note import CONTACT_TEMPLATE, DEFAULT_TEMPLATE
from peernote_tui.domain.template import About, Template
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.templates import newest_template
from peernote_tui.services.workspace import Workspace

NEVER_RETIRED = frozenset({DEFAULT_TEMPLATE, CONTACT_TEMPLATE, "group", "no-show"})
"""Templates that keys and verbs of their own begin."""
_NAME = "retired templates"


def retire_template(workspace: Workspace, template_id: str) -> Template:
    """Offer a template no more; drafts and notes in it stay as they are.

    Raises:
        NotFoundError: There is none of that id.
        RefusedError: It is one that the program itself needs.
    """
    if template_id in NEVER_RETIRED:
        raise RefusedError(
            "This template is begun by a key of its own and cannot be retired.",
            "Copy it, and begin your notes in the copy.",
        )
    return _set(workspace, template_id, retired=True)


def restore_template(workspace: Workspace, template_id: str) -> Template:
    """Offer a template again.

    Raises:
        NotFoundError: There is none of that id.
    """
    return _set(workspace, template_id, retired=False)


def retired_in(work: UnitOfWork) -> set[str]:
    """The ids of the templates that are not offered."""
    kept = work.remembered.get(_NAME)
    return {str(each) for each in kept} if isinstance(kept, list) else set()


def require_in_use(workspace: Workspace, template: Template) -> None:
    """Refuse to begin a note in a retired template, or in one of the fields of participants' pages.

    Raises:
        RefusedError: It is retired, or about participants.
    """
    if template.about is About.PARTICIPANT:
        raise RefusedError(
            "This template gives every participant's page its fields; no note is begun in it.",
            "Open a participant and press e to answer them.",
        )
    if template.id in workspace.retired:
        raise RefusedError(
            "This template is retired, so that no new note is begun in it.",
            f"Choose another, or take it back into use: peernote templates restore {template.id}",
        )


def require_kept_meaning(earlier: Iterable[Template], template: Template) -> None:
    """Refuse a further version about something else, or in which the key of a retired field asks for another kind.

    Raises:
        RefusedError: What is there already would be read as something else.
    """
    earlier = tuple(each for each in earlier if each.id == template.id)
    if any(each.about is not template.about for each in earlier):
        raise RefusedError(
            f"Earlier versions of this template are about a {earlier[-1].about.value}.",
            "Give this one an id of its own.",
        )
    retired = {
        field.key: field.kind
        for each in earlier
        for section in each.sections
        for field in section.fields
        if field.retired
    }
    for section in template.sections:
        for field in section.fields:
            if retired.get(field.key, field.kind) is not field.kind:
                raise RefusedError(
                    f"The key “{field.key}” belongs to a retired field of another kind.",
                    "Give the new field another key.",
                )


def _set(workspace: Workspace, template_id: str, *, retired: bool) -> Template:
    template = newest_template(workspace.templates, template_id)
    if (template_id in workspace.retired) is retired:
        return template
    with workspace.changing() as work:
        found = retired_in(work)
        found = found | {template_id} if retired else found - {template_id}
        work.remembered.put(_NAME, sorted(found), at=workspace.clock.now(), by=workspace.author.id)
        action = AuditAction.TEMPLATE_RETIRED if retired else AuditAction.TEMPLATE_RESTORED
        workspace.log(work, action, detail=template_id)
        work.commit()
    workspace.retired.clear()
    workspace.retired.update(found)
    return template
