"""Pieces of a file that nobody placed: kept when their draft is signed."""

from __future__ import annotations

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.not_placed import not_placed, with_not_placed
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.workspace import Workspace


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
