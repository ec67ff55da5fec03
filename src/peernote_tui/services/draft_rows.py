"""Drafts as lists show them, whether they become notes or are added to one."""

from __future__ import annotations

from peernote_tui.documents.addendum_words import TITLES
from peernote_tui.domain.draft import Draft, DraftRow
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.amending import history_in, problems_in
from peernote_tui.services.participants import participant_in
from peernote_tui.services.reviewing import review_in
from peernote_tui.services.templates import template_of
from peernote_tui.services.workspace import Workspace


def draft_row(workspace: Workspace, work: UnitOfWork, draft: Draft) -> DraftRow:
    """A draft as a list shows it; what is added to a signed note has one step, named after its kind, never due."""
    person = participant_in(work, draft.participant_id)
    row = DraftRow(
        draft=draft,
        participant_name=person.name,
        pronouns=person.pronouns,
        external_id=person.external_id,
        birth_year=person.birth_year,
    )
    if draft.amendment is not None:
        told = {
            "step_title": TITLES[draft.amendment.kind],
            "steps": 1,
            "missing": problems_in(workspace, work, draft),
            "adds_to": history_in(work, draft.amendment.note_id).note.content.day,
        }
        return row.model_copy(update=told)
    template = template_of(workspace.templates, draft.template, draft.template_version)
    found = review_in(workspace, work, draft)
    step = min(draft.step, len(template.sections) - 1)
    told = {
        "step_title": template.sections[step].title,
        "step_number": step + 1,
        "steps": len(template.sections),
        "missing": tuple(gap.sentence for gap in found.missing),
        "emergency": bool(draft.content.emergency_reason.strip()),
        "due_at": found.due_at,
    }
    return row.model_copy(update=told)
