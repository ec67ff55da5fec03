"""Pieces of a file that nobody placed: read beside their draft, and kept when it is signed."""

from __future__ import annotations

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.names import fold
from peernote_tui.domain.not_placed import NotPlaced, not_placed, with_not_placed
from peernote_tui.domain.private_answers import private_fields
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.templates import template_of
from peernote_tui.services.workspace import Workspace


def pieces_beside(workspace: Workspace, draft_id: str, *, private: bool) -> tuple[NotPlaced, ...]:
    """The pieces that stand beside a draft, in the order of the file; nothing of what is none.

    Args:
        workspace: The open vault.
        draft_id: The draft.
        private: Whether those are among them that stood under the label of a private answer.
    """
    with workspace.reading() as work:
        draft = work.drafts.get(draft_id)
    if draft is None:
        return ()
    template = template_of(workspace.templates, draft.template, draft.template_version)
    hidden = set() if private else {fold(field.label) for field in private_fields(template)}
    return tuple(piece for piece in not_placed(draft.typed) if fold(piece.label) not in hidden)


def keep_not_placed(workspace: Workspace, work: UnitOfWork, draft: Draft) -> None:
    """Put the pieces of a file aside that are not placed when their draft is signed, so that none is lost.

    They stand among what was put aside, as a draft of their own, for as long as anything that was put aside.
    """
    pieces = not_placed(draft.typed)
    if not pieces:
        return
    now = workspace.clock.now()
    kept = Draft(
        id=new_id(now),
        participant_id=draft.participant_id,
        template=draft.template,
        template_version=draft.template_version,
        zone=draft.zone,
        typed=with_not_placed({}, pieces),
        begun_at=draft.begun_at,
        changed_at=now,
        discarded_at=now,
    )
    work.drafts.add(kept, by=workspace.author.id)
    workspace.log(work, AuditAction.DRAFT_DISCARDED, kept.id)
