"""A review points out contacts at the same time, over notes and drafts."""

from __future__ import annotations

from peernote_tui.domain.addendum import AddendumKind
from peernote_tui.services import amending, merging, reviewing, writing


def names(overlaps):
    return [(overlap.participant_name, overlap.signed, overlap.same_participant) for overlap in overlaps]


def test_notes_and_drafts_at_the_same_time_are_named(workspace, consented, add_participant, write_note, write_draft):
    other = add_participant("Ben Okafor", consent=True)
    write_note(other)
    write_draft(other)
    aside = write_draft(other)
    writing.discard_draft(workspace, aside.id)
    draft = write_draft(consented)
    found = reviewing.review(workspace, draft.id)
    assert sorted(names(found.overlaps)) == [("Ben Okafor", False, False), ("Ben Okafor", True, False)]
    assert any("At the same time you were with B" in line for line in found.look_twice(lambda person: person.name))
    writing.sign_note(workspace, draft.id)


def test_the_same_participant_twice_at_once_also_over_two_records(
    workspace, consented, add_participant, write_note, write_draft
):
    again = add_participant("Tomas Ibarra", consent=True)
    write_note(again)
    merging.merge(workspace, consented.id, again.id)
    found = reviewing.review(workspace, write_draft(consented).id)
    assert names(found.overlaps) == [(consented.name, True, True)]


def test_a_note_in_error_took_up_nobodys_time(workspace, consented, write_note, write_draft):
    wrong = write_note(consented)
    begun = amending.start_amendment(workspace, wrong.id, AddendumKind.IN_ERROR)
    words = begun.amendment.model_copy(update={"reason": "about somebody else"})
    writing.save_draft(workspace, begun.model_copy(update={"amendment": words}))
    amending.sign_amendment(workspace, begun.id)
    assert reviewing.review(workspace, write_draft(consented).id).overlaps == ()
