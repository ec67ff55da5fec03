"""Which other contacts were at the same time as the one a draft is about."""

from __future__ import annotations

from collections.abc import Iterator

from peernote_tui.domain.draft import Draft
from peernote_tui.domain.note import Note
from peernote_tui.domain.plausibility import Neighbour, Overlap, overlaps
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.namesakes import rows_apart
from peernote_tui.services.participants import participant_in
from peernote_tui.services.workspace import Workspace


def overlaps_in(workspace: Workspace, work: UnitOfWork, note: Note) -> tuple[Overlap, ...]:
    """Signed notes and drafts of contacts at the same time, with what tells their participants apart.

    Args:
        workspace: The open vault.
        work: A transaction.
        note: The draft in the form of a note.
    """
    content = note.content
    if content.day is None or content.start is None or content.end is None:
        return ()
    signed = tuple(each for each in work.neighbours.around(content.day) if each.note_id != note.id)
    near = (*signed, *_drafts(workspace, work, note))
    return rows_apart(work, overlaps(note, work.participants.same(note.participant.id), near))


def _drafts(workspace: Workspace, work: UnitOfWork, note: Note) -> Iterator[Neighbour]:
    for draft in work.drafts.open():
        content = draft.content
        if draft.id == note.id or draft.amendment is not None or note.content.day is None:
            continue
        if content.day is None or content.start is None or content.end is None:
            continue
        if abs((content.day - note.content.day).days) <= 1:
            yield _neighbour(workspace, work, draft)


def _neighbour(workspace: Workspace, work: UnitOfWork, draft: Draft) -> Neighbour:
    person = participant_in(work, draft.participant_id)
    return Neighbour.model_validate(
        {
            "note_id": draft.id,
            "participant_id": person.id,
            "participant_name": person.name,
            "pronouns": person.pronouns,
            "external_id": person.external_id,
            "birth_year": person.birth_year,
            "author_id": workspace.author.id,
            "zone": draft.zone or workspace.clock.zone,
            "signed": False,
            **draft.content.model_dump(include={"kind", "day", "start", "end"}),
        }
    )
