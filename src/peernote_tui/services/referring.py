"""Whom the answers of notes mean: other participants, and staff that was named before."""

from __future__ import annotations

from collections.abc import Iterable

from peernote_tui.domain.note import NoteContent
from peernote_tui.domain.participant import Participant
from peernote_tui.domain.references import ERASED, referred_in
from peernote_tui.domain.template import FieldKind, Template
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.namesakes import told_apart
from peernote_tui.services.workspace import Workspace


def people_meant(
    workspace: Workspace, template: Template, contents: Iterable[NoteContent]
) -> dict[str, Participant | None]:
    """By the id that an answer holds, the participant it means now, told apart; None once their record is erased.

    Who is not known here, because the note came from another vault, is not in it.
    """
    with workspace.reading() as work:
        return people_meant_in(work, template, contents)


def people_meant_in(
    work: UnitOfWork, template: Template, contents: Iterable[NoteContent]
) -> dict[str, Participant | None]:
    """As `people_meant`, inside a transaction."""
    found: dict[str, Participant | None] = {}
    for each in referred_in(template, contents):
        if work.erasures.erased_at(each) is not None:
            found[each] = None
        elif (person := work.participants.get(work.participants.same(each)[0])) is not None:
            (found[each],) = told_apart(work, (person,))
    return found


def words_outside(people: dict[str, Participant | None]) -> dict[str, str]:
    """How they are called in whatever is handed on: by the agency's number, and never by name."""
    return {each: ERASED if person is None else person.external_id for each, person in people.items()}


def used_staff(workspace: Workspace) -> tuple[str, ...]:
    """Staff that notes named before, the most named first."""
    keys = {
        field.key
        for template in workspace.templates.values()
        for section in template.sections
        for field in section.fields
        if field.kind is FieldKind.STAFF
    }
    with workspace.reading() as work:
        return work.notes.used_words(sorted(keys)) if keys else ()
