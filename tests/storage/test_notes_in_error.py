"""Notes that were written in error stay readable and count for nothing; corrected ones count as corrected."""

from datetime import date, time

import pytest

from peernote_tui.domain.addendum import AddendumKind
from peernote_tui.services import amending, participants, timeline, writing
from peernote_tui.services.notes import list_notes, search_notes, view_note

CORRECTION, IN_ERROR = AddendumKind.CORRECTION, AddendumKind.IN_ERROR


@pytest.fixture
def add(workspace):
    """Sign something that is added to a note: `add(note, CORRECTION, reason="…", content={…})`."""

    def sign(note, kind, *, content=None, belongs_to="", **words):
        draft = amending.start_amendment(workspace, note.id, kind, belongs_to=belongs_to)
        changed = {"amendment": draft.amendment.model_copy(update={"reason": "As it was.", **words})}
        if content:
            changed["content"] = draft.content.model_copy(update=content)
        writing.save_draft(workspace, draft.model_copy(update=changed))
        return amending.sign_amendment(workspace, draft.id)

    return sign


def test_what_was_written_in_error_is_listed_as_such_and_counts_for_nothing(
    workspace, consented, write_note, add, clock
):
    write_note(consented, rating=4, summary="The first.", day="2026-11-20", late_reason="Later.")
    wrong = write_note(consented, rating=9, summary="Of somebody else.", place="elsewhere")
    add(wrong, IN_ERROR)
    found = participants.brief(workspace, consented.id)
    assert found.last_note.content.summary == "The first."
    assert found.ratings == (4,)
    assert writing.start_draft(workspace, consented.id).content.place == "coffee shop, Elm St"
    listed = {row.id: row.added for row in list_notes(workspace).notes}
    assert listed[wrong.id] == ("in_error",)
    assert [row.added for row in search_notes(workspace, "somebody else").notes] == [("in_error",)]
    told = [entry.note.added for entry in timeline.timeline(workspace, consented.id).entries if entry.note]
    assert sorted(told) == [(), ("in_error",)]
    with workspace.reading() as work:
        assert work.participants.glances((consented.id,))[consented.id]["last_contact"] == "2026-11-20T14:00:00"
        assert consented.id in work.narrowing.not_seen_since(date(2026, 11, 20))
        assert consented.id not in work.narrowing.not_seen_since(date(2026, 11, 19))


def test_a_corrected_note_counts_as_it_was_corrected_last(workspace, consented, write_note, add, clock):
    note = write_note(consented, rating=4)
    clock.advance(minutes=5)
    add(note, CORRECTION, content={"rating": 5, "summary": "Better."})
    add(note, CORRECTION, content={"rating": 7, "summary": "Best.", "start": time(13, 0), "concern_tags": ("rent",)})
    found = participants.brief(workspace, consented.id)
    assert found.ratings == (7,)
    assert found.last_note.content.summary == "Best."
    (row,) = list_notes(workspace).notes
    assert (row.start, row.tags, row.added) == (time(13, 0), ("rent",), ("correction", "correction"))
    assert view_note(workspace, note.id).note == note


def test_a_reader_is_told_whether_every_seal_holds(workspace, consented, write_note, add, raw_connection, passphrase):
    from peernote_tui.services import unlocking

    note = write_note(consented)
    added = add(note, AddendumKind.ADDENDUM, text="She called.")
    assert view_note(workspace, note.id).seal_problems == ()
    raw = raw_connection()
    for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        raw.execute(f"DROP TRIGGER {name}")
    raw.execute("UPDATE addenda SET document = replace(document, 'She called.', 'He called.')")
    raw.close()
    opened = unlocking.open_vault(workspace.vault.folder, passphrase, clock=workspace.clock)
    try:
        assert view_note(opened, note.id).seal_problems == (
            f"Addendum {added.id[:13]} is not what was signed: its text and its hash differ.",
        )
    finally:
        unlocking.close(opened)


def test_where_it_belongs_is_found_as_draft_and_as_note(workspace, consented, add_participant, write_note, add):
    note, right = write_note(consented), add_participant("Right Person")
    draft = amending.move_to_right_record(workspace, note.id, right.id)
    add(note, IN_ERROR, belongs_to=draft.id)
    there = view_note(workspace, note.id).belongs
    assert (there.participant.id, there.draft_id, there.note_id) == (right.id, draft.id, "")
    writing.sign_note(workspace, draft.id)
    there = view_note(workspace, note.id).belongs
    assert (there.participant.id, there.draft_id, there.note_id) == (right.id, "", draft.id)
