"""Drafts put aside: brought back for 30 days, then gone for good, unless a legal hold keeps them."""

import pytest

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.errors import NotFoundError
from peernote_tui.services import erasing, merging, unlocking, writing
from peernote_tui.services.putting_aside import drafts_aside, resolve_aside, view_aside


@pytest.fixture
def reopen(workspace, passphrase, clock):
    """Close the vault and open it again: `reopen()`."""
    opened = [workspace]

    def again():
        unlocking.close(opened[-1])
        opened.append(unlocking.open_vault(workspace.vault.folder, passphrase, clock=clock))
        return opened[-1]

    yield again
    unlocking.close(opened[-1])


def actions(workspace):
    with workspace.reading() as work:
        return [(entry.action, entry.subject, entry.detail) for entry in work.audit.entries()]


def test_what_was_put_aside_is_listed_with_its_words_and_the_days_left(workspace, consented, write_draft, clock):
    first, second = write_draft(consented, summary="The first words."), write_draft(consented)
    writing.discard_draft(workspace, first.id)
    clock.advance(days=2, hours=1)
    writing.discard_draft(workspace, second.id)
    rows = drafts_aside(workspace)
    assert [(row.draft.id, row.days_left, row.held) for row in rows] == [
        (second.id, 30, False),
        (first.id, 28, False),
    ]
    assert rows[0].called.name == consented.name
    assert view_aside(workspace, first.id).note.content.summary == "The first words."


def test_brought_back_it_is_as_it_was(workspace, consented, write_draft, clock):
    draft = write_draft(consented, summary="Every word.")
    writing.discard_draft(workspace, draft.id)
    clock.advance(days=29)
    writing.restore_draft(workspace, draft.id)
    assert drafts_aside(workspace) == ()
    assert writing.get_draft(workspace, draft.id) == draft


def test_thirty_days_it_outlives_every_opening_and_not_one_more(workspace, consented, write_draft, clock, reopen):
    draft, writing_on = write_draft(consented, summary="Never mind."), write_draft(consented)
    writing.discard_draft(workspace, draft.id)
    clock.advance(days=30, seconds=-1)
    opened = reopen()
    assert [row.draft.id for row in drafts_aside(opened)] == [draft.id]
    clock.advance(seconds=1)
    assert drafts_aside(opened)[0].days_left == 0
    opened = reopen()
    assert drafts_aside(opened) == ()
    with pytest.raises(NotFoundError):
        writing.get_draft(opened, draft.id)
    assert writing.get_draft(opened, writing_on.id) == writing_on
    assert [entry for entry in actions(opened) if entry[0] is AuditAction.DRAFT_REMOVED] == [
        (AuditAction.DRAFT_REMOVED, draft.id, "")
    ]


def test_a_legal_hold_keeps_them(workspace, add_participant, write_draft, clock, reopen):
    held, other = add_participant("Held Person"), add_participant("Other Person")
    part = add_participant("Part Person")
    kept = [write_draft(person).id for person in (held, part)]
    gone = write_draft(other).id
    for draft_id in (*kept, gone):
        writing.discard_draft(workspace, draft_id)
    merging.merge(workspace, held.id, part.id)
    erasing.hold_record(workspace, held.id, reason="letter")
    clock.advance(days=40)
    assert {row.draft.id: row.held for row in drafts_aside(workspace)} == {
        kept[0]: True,
        kept[1]: True,
        gone: False,
    }
    opened = reopen()
    assert {row.draft.id for row in drafts_aside(opened)} == set(kept)
    erasing.release_record(opened, held.id)
    assert drafts_aside(reopen()) == ()


def test_erasing_the_person_takes_them_too(workspace, consented, write_draft):
    writing.discard_draft(workspace, write_draft(consented).id)
    erasing.erase_participant(workspace, consented.id, reason=erasing.ErasureReason.ASKED)
    assert drafts_aside(workspace) == ()


def test_a_reference_is_understood_only_where_it_means_one(workspace, consented, write_draft):
    first, second, still_open = write_draft(consented), write_draft(consented), write_draft(consented)
    for draft in (first, second):
        writing.discard_draft(workspace, draft.id)
    assert resolve_aside(workspace, first.id.upper()).id == first.id
    for reference in ("", first.id[:6], still_open.id, "%"):
        with pytest.raises(NotFoundError):
            resolve_aside(workspace, reference)
