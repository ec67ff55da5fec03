"""Drafts that were put aside: listed with the days they are kept, brought back, and removed when those are over."""

from __future__ import annotations

from datetime import datetime, timedelta

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.base import Model, clean_text
from peernote_tui.domain.called import AboutParticipant
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.errors import NotFoundError
from peernote_tui.domain.note import Note
from peernote_tui.domain.participant import Participant
from peernote_tui.domain.template import Template
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.consenting import consent_in
from peernote_tui.services.namesakes import rows_apart, told_apart
from peernote_tui.services.participants import participant_in
from peernote_tui.services.reviewing import draft_in, draft_note
from peernote_tui.services.templates import template_of
from peernote_tui.services.workspace import Workspace

KEPT_DAYS = 30
"""How long a draft that was put aside can be brought back."""


class AsideRow(AboutParticipant):
    """A draft that was put aside, as a list shows it."""

    draft: Draft
    put_aside_at: datetime
    days_left: int
    """Days until it is removed, begun ones counted whole; 0 when the next opening of the vault removes it."""
    held: bool
    """Whether a legal hold keeps it beyond its days."""

    @property
    def about_id(self) -> str:
        """Id of the participant."""
        return self.draft.participant_id


class AsideView(Model):
    """A draft that was put aside, to read before it is brought back."""

    note: Note
    """In the form of a note, unsigned."""
    template: Template
    participant: Participant
    draft: Draft


def drafts_aside(workspace: Workspace) -> tuple[AsideRow, ...]:
    """Every draft that can be brought back, the last put aside first."""
    with workspace.reading() as work:
        rows = tuple(_row(workspace, work, draft) for draft in work.drafts.aside())
        return rows_apart(work, rows)


def view_aside(workspace: Workspace, draft_id: str) -> AsideView:
    """The words of a draft that was put aside.

    Raises:
        NotFoundError: It is not there any more.
    """
    with workspace.reading() as work:
        draft = draft_in(work, draft_id)
        (person,) = told_apart(work, (participant_in(work, draft.participant_id),))
        return AsideView(
            note=draft_note(workspace, draft, person, consent_in(workspace, work, person.id)),
            template=template_of(workspace.templates, draft.template, draft.template_version),
            participant=person,
            draft=draft,
        )


def resolve_aside(workspace: Workspace, reference: str) -> Draft:
    """The draft put aside that an id or a unique beginning of one means.

    Raises:
        NotFoundError: None, or more than one, is meant.
    """
    wanted = clean_text(reference).strip().lower()
    with workspace.reading() as work:
        found = [draft for draft in work.drafts.aside() if wanted and draft.id.startswith(wanted)]
    if not found:
        raise NotFoundError("No draft with this id is put aside.", "Look with: peernote notes aside list")
    if len(found) > 1:
        raise NotFoundError("More than one draft begins with this id.", "Use more of it.")
    return found[0]


def remove_old_in(workspace: Workspace, work: UnitOfWork) -> None:
    """Remove for good what was put aside longer ago than it is kept; the caller commits.

    A legal hold keeps the drafts of a record, too.
    """
    for draft_id in work.drafts.remove_aside(workspace.clock.now() - timedelta(days=KEPT_DAYS)):
        workspace.log(work, AuditAction.DRAFT_REMOVED, draft_id)
    for group_id in work.group_sessions.remove_aside(workspace.clock.now() - timedelta(days=KEPT_DAYS)):
        workspace.log(work, AuditAction.GROUP_REMOVED, group_id)


def _row(workspace: Workspace, work: UnitOfWork, draft: Draft) -> AsideRow:
    at = draft.discarded_at or draft.changed_at
    left = at + timedelta(days=KEPT_DAYS) - workspace.clock.now()
    person = participant_in(work, draft.participant_id)
    return AsideRow(
        draft=draft,
        participant_name=person.name,
        pronouns=person.pronouns,
        external_id=person.external_id,
        birth_year=person.birth_year,
        put_aside_at=at,
        days_left=max(0, -(-left // timedelta(days=1))),
        held=person.held_at is not None,
    )
