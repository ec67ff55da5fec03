"""A correction as it would be signed now: what it changes, and what stands between."""

from __future__ import annotations

from peernote_tui.documents.note_changes import NoteChange, changes_between
from peernote_tui.domain.base import Model
from peernote_tui.domain.errors import RefusedError
from peernote_tui.domain.template_rules import Missing, as_signed, missing
from peernote_tui.services.amending import history_in, problems_in
from peernote_tui.services.reviewing import draft_in, loose_ends
from peernote_tui.services.templates import template_of
from peernote_tui.services.workspace import Workspace


class CorrectionReview(Model):
    """What a correction changes, and what is missing."""

    changes: tuple[NoteChange, ...]
    missing: tuple[Missing, ...]
    """Each with the step and the field it is about; with an empty key where it is about none."""


def review_correction(workspace: Workspace, draft_id: str) -> CorrectionReview:
    """The stored draft of a correction as it would be signed now.

    Raises:
        NotFoundError: There is no such draft.
        RefusedError: It corrects nothing.
    """
    with workspace.reading() as work:
        draft = draft_in(work, draft_id)
        if draft.amendment is None:
            raise RefusedError("This draft is a note of its own.", "Sign it as a note.")
        history = history_in(work, draft.amendment.note_id)
        template = template_of(workspace.templates, draft.template, draft.template_version)
        known = [*loose_ends(template, draft), *missing(template, draft.content, may_write=True)]
        places = {gap.sentence: gap for gap in known}
        return CorrectionReview(
            changes=changes_between(history.note, template, history.present, as_signed(template, draft.content)),
            missing=tuple(
                places.get(sentence) or Missing(section=0, key="", sentence=sentence)
                for sentence in problems_in(workspace, work, draft)
            ),
        )
