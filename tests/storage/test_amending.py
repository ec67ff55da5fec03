"""What is added to a signed note: labelled, reasoned, sealed, and the note stays what it was."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from peernote_tui.documents.log_words import entry_words
from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.addendum import AddendumKind
from peernote_tui.domain.errors import (
    ConsentMissingError,
    NoteIncompleteError,
    NotFoundError,
    RefusedError,
)
from peernote_tui.services import (
    amending,
    changing_actions,
    consenting,
    contacts,
    erasing,
    merging,
    notes,
    reading_log,
    reviewing,
    verifying,
    writing,
)

ADDENDUM, CORRECTION, STATEMENT = AddendumKind.ADDENDUM, AddendumKind.CORRECTION, AddendumKind.STATEMENT
IN_ERROR = AddendumKind.IN_ERROR


@pytest.fixture
def add(workspace):
    """Sign something that is added to a note."""

    def sign(note, kind, *, content=None, said_by="", belongs_to="", **words):
        draft = amending.start_amendment(workspace, note.id, kind, said_by=said_by, belongs_to=belongs_to)
        changed = {"amendment": draft.amendment.model_copy(update=words)}
        if content:
            changed["content"] = draft.content.model_copy(update=content)
        writing.save_draft(workspace, draft.model_copy(update=changed))
        return amending.sign_amendment(workspace, draft.id)

    return sign


def problems(workspace):
    return verifying.verify(workspace).problems


def test_all_kinds_stand_at_the_note_which_stays_what_it_was(workspace, consented, write_note, add, clock):
    note = write_note(consented)
    clock.advance(days=2)
    added = add(note, ADDENDUM, text="She called back.", reason="She called after the meeting.")
    said = add(note, STATEMENT, text="I was tired that day.", said_by="her sister")
    mended = add(note, CORRECTION, content={"place": "the library"}, reason="We met somewhere else.")
    wrong = add(note, IN_ERROR, reason="It is about somebody else.")
    found = amending.note_with_addenda(workspace, note.id)
    assert found.note == note
    assert found.addenda == (added, said, mended, wrong)
    assert found.present == note.content.model_copy(update={"place": "the library"})
    assert found.in_error == wrong
    assert {each.note_hash for each in found.addenda} == {note.seal.hash}
    assert all(each.author.name == "Alex Rivera" and each.seal.public_key for each in found.addenda)
    assert added.signed_at - note.signed_at == timedelta(days=2)
    assert (said.said_by, said.reason) == ("her sister", "")
    assert not writing.open_drafts(workspace)
    assert problems(workspace) == ()
    lines = reading_log.read_log(workspace, participant_id=consented.id).lines
    assert "added to a note, correction" in [entry_words(line.entry) for line in lines]


def test_a_second_correction_begins_from_the_first(workspace, consented, write_note, add):
    note = write_note(consented)
    add(note, CORRECTION, content={"place": "the library"}, reason="Wrong place.")
    add(note, CORRECTION, content={"summary": "We read both letters."}, reason="There were two.")
    present = amending.note_with_addenda(workspace, note.id).present
    assert (present.place, present.summary) == ("the library", "We read both letters.")


@pytest.mark.parametrize(
    ("kind", "words", "says"),
    [
        (ADDENDUM, {"text": "more"}, "why it is added"),
        (ADDENDUM, {"reason": "because", "text": " \n"}, "no words in it"),
        (STATEMENT, {}, "no words in it"),
        (CORRECTION, {"reason": "because"}, "Nothing is changed"),
        (CORRECTION, {}, "why it is added"),
        (IN_ERROR, {}, "why it is added"),
    ],
)
def test_what_is_missing_stands_between_it_and_the_signature(workspace, consented, write_note, kind, words, says):
    note = write_note(consented)
    draft = amending.start_amendment(workspace, note.id, kind)
    amendment = draft.amendment.model_copy(update=words)
    writing.save_draft(workspace, draft.model_copy(update={"amendment": amendment}))
    told = amending.amendment_problems(workspace, draft.id)
    assert says in " ".join(told)
    with pytest.raises(NoteIncompleteError) as caught:
        amending.sign_amendment(workspace, draft.id)
    assert caught.value.missing == told
    assert amending.note_with_addenda(workspace, note.id).addenda == ()
    assert writing.open_drafts(workspace)[0].missing == told


def test_a_correction_that_takes_out_what_is_needed_is_not_signed(workspace, consented, write_note):
    note = write_note(consented)
    draft = amending.start_amendment(workspace, note.id, CORRECTION)
    emptied = {"summary": "", "start": None}
    amendment = draft.amendment.model_copy(update={"reason": "wrong"})
    writing.save_draft(
        workspace,
        draft.model_copy(update={"content": draft.content.model_copy(update=emptied), "amendment": amendment}),
    )
    told = " ".join(amending.amendment_problems(workspace, draft.id))
    assert "summary is missing" in told
    assert "start time is missing" in told


def test_it_is_kept_while_it_is_typed_and_listed_among_the_drafts(workspace, consented, write_note):
    note = write_note(consented)
    draft = amending.start_amendment(workspace, note.id, ADDENDUM)
    half = draft.amendment.model_copy(update={"text": "She cal"})
    writing.save_draft(workspace, draft.model_copy(update={"amendment": half}))
    (row,) = writing.open_drafts(workspace)
    assert row.draft.amendment.text == "She cal"
    assert (row.step_title, row.steps, row.due_at) == ("Addendum", 1, None)
    writing.discard_draft(workspace, draft.id)
    with pytest.raises(RefusedError, match="put aside"):
        amending.sign_amendment(workspace, draft.id)
    writing.restore_draft(workspace, draft.id)
    assert writing.get_draft(workspace, draft.id).amendment == half


def test_neither_is_taken_for_the_other(workspace, consented, write_note, write_draft):
    adding = amending.start_amendment(workspace, write_note(consented).id, ADDENDUM)
    with pytest.raises(RefusedError, match="no note of its own"):
        writing.sign_note(workspace, adding.id)
    with pytest.raises(RefusedError, match="no note of its own"):
        notes.resolve_note(workspace, adding.id)
    with pytest.raises(RefusedError, match="a note of its own"):
        amending.sign_amendment(workspace, write_draft(consented).id)
    with pytest.raises(NotFoundError):
        amending.start_amendment(workspace, adding.id, ADDENDUM)


class TestConsent:
    def test_without_it_only_a_statement_or_an_error_is_added(self, workspace, consented, write_note, add):
        note = write_note(consented)
        open_ = amending.start_amendment(workspace, note.id, ADDENDUM)
        consenting.withdraw_consent(workspace, consented.id)
        for kind in (ADDENDUM, CORRECTION):
            with pytest.raises(ConsentMissingError) as refused:
                amending.start_amendment(workspace, note.id, kind)
            assert "statement of their own" in refused.value.way_out
        words = open_.amendment.model_copy(update={"text": "more", "reason": "because"})
        writing.save_draft(workspace, open_.model_copy(update={"amendment": words}))
        assert "withdrawn" in " ".join(amending.amendment_problems(workspace, open_.id))
        with pytest.raises(ConsentMissingError):
            amending.sign_amendment(workspace, open_.id)
        assert writing.get_draft(workspace, open_.id).amendment == words
        add(note, STATEMENT, text="I want this to stand here.")
        add(note, IN_ERROR, reason="Not about her.")

    def test_a_statement_is_no_way_for_other_words(self, workspace, consented, write_note):
        draft = amending.start_amendment(workspace, write_note(consented).id, STATEMENT)
        with pytest.raises(RefusedError, match="no answers to its form"):
            writing.save_draft(workspace, draft.model_copy(update={"content": write_note(consented).content}))

    def test_nor_can_a_draft_become_one_without_consent(self, workspace, consented, write_note, write_draft):
        note, draft = write_note(consented), write_draft(consented)
        amendment = amending.start_amendment(workspace, note.id, ADDENDUM).amendment
        consenting.withdraw_consent(workspace, consented.id)
        with pytest.raises(ConsentMissingError):
            writing.save_draft(workspace, draft.model_copy(update={"amendment": amendment}))

    def test_a_contact_without_content_stays_without(self, workspace, participant, add):
        note = contacts.log_contact(
            workspace, participant.id, day=workspace.today, start=time(9), end=time(9, 10), mode="phone"
        )
        with pytest.raises(RefusedError, match="holds no words"):
            amending.start_amendment(workspace, note.id, ADDENDUM)
        add(note, CORRECTION, content={"mode": "video"}, reason="It was a video call.")
        assert amending.note_with_addenda(workspace, note.id).present.mode.value == "video"
        with pytest.raises(RefusedError, match="holds no words"):
            add(note, CORRECTION, content={"summary": "She said a lot."}, reason="more")


class TestWrittenInError:
    def test_its_open_actions_and_plans_are_let_go(self, workspace, consented, write_note, add):
        note = write_note(
            consented,
            agreed_actions=[{"text": "call", "owner": "me"}, {"text": "write", "owner": "both"}],
            next_contact={"day": "2026-12-24"},
        )
        first, second = note.content.agreed_actions
        changing_actions.settle(workspace, [first.id], ActionStatus.DONE)
        add(note, IN_ERROR, reason="The other Maria.")
        with workspace.reading() as work:
            assert work.action_items.get(first.id).status is ActionStatus.DONE
            assert work.action_items.get(second.id).status is ActionStatus.DROPPED
            assert "in error" in work.action_items.get(second.id).words
            assert work.follow_ups.open_of(consented.id) == ()
        assert problems(workspace) == ()
        with pytest.raises(RefusedError, match="already"):
            amending.start_amendment(workspace, note.id, IN_ERROR)
        with pytest.raises(RefusedError, match="nothing in it to correct"):
            amending.start_amendment(workspace, note.id, CORRECTION)

    def test_what_it_says_goes_where_it_belongs_through_the_gate(
        self, workspace, consented, write_note, add, add_participant
    ):
        note = write_note(consented, agreed_actions=[{"text": "call", "owner": "me"}])
        closed = add_participant("Somebody Else", consent=False)
        with pytest.raises(ConsentMissingError):
            amending.move_to_right_record(workspace, note.id, closed.id)
        with pytest.raises(RefusedError, match="already"):
            amending.move_to_right_record(workspace, note.id, consented.id)
        right = add_participant("The Right One")
        moved = amending.move_to_right_record(workspace, note.id, right.id)
        assert moved.content.summary == note.content.summary
        assert [action.id for action in moved.content.agreed_actions] == [""]
        add(note, IN_ERROR, reason="The wrong record.", belongs_to=moved.id)
        signed = writing.sign_note(workspace, moved.id)
        assert amending.note_with_addenda(workspace, note.id).in_error.belongs_to == signed.id
        assert signed.content.agreed_actions[0].id != note.content.agreed_actions[0].id
        assert problems(workspace) == ()


def test_what_was_added_is_found_by_its_words(workspace, consented, write_note, add):
    first, note, last = (write_note(consented, summary=words) for words in ("A zyzzyva.", "Nothing.", "A zyzzyva."))
    add(note, STATEMENT, text="Zyzzyva was with me.")
    add(note, STATEMENT, text="My zyzzyva went.")
    add(first, STATEMENT, text="My zyzzyva stayed.")
    add(last, CORRECTION, content={"summary": "A quagga."}, reason="Not a zyzzyva.")
    for query, whose in (("zyzz", None), ("zyzzyva", consented.id)):
        found = notes.search_notes(workspace, query, participant_id=whose)
        assert ([row.id for row in found.notes], found.total) == ([last.id, note.id, first.id], 3)
        assert "zyzzyva" in found.notes[1].snippet.lower()
    assert [row.id for row in notes.search_notes(workspace, "zyzz", limit=2).notes] == [last.id, note.id]
    assert [row.id for row in notes.search_notes(workspace, "quagga").notes] == [last.id]


def test_answers_to_a_template_of_ones_own_are_found(workspace, consented, write_note):
    custom = {"pets": "a zyzzyva", "costs": [{"what": "quagga feed", "price": "2.50"}], "miles": 4}
    note = write_note(consented, custom=custom)
    write_note(consented)
    for query in ("zyzz", "quagga feed"):
        assert [row.id for row in notes.search_notes(workspace, query).notes] == [note.id]


def test_a_merged_record_keeps_what_was_added_to_its_notes(workspace, write_note, add, add_participant):
    kept, other = add_participant("Maria Santos"), add_participant("Maria Santoz")
    note = write_note(other)
    merging.merge(workspace, kept.id, other.id)
    add(note, ADDENDUM, text="more", reason="because")
    with workspace.reading() as work:
        assert len(work.addenda.of_participant(kept.id)) == 1
    assert problems(workspace) == ()


def test_an_erasure_takes_the_words_and_leaves_the_seal(workspace, consented, write_note, add):
    note = write_note(consented)
    added = add(note, ADDENDUM, text="quagga", reason="zyzzyva")
    erasing.erase_participant(workspace, consented.id, reason=erasing.ErasureReason.ASKED)
    row = workspace.vault.connection.execute("SELECT document, salt, hash FROM addenda").fetchone()
    assert row == ("{}", "", added.seal.hash)
    assert workspace.vault.connection.execute(
        "SELECT count(*) FROM addenda_fts WHERE addenda_fts MATCH 'quagga'"
    ).fetchone() == (0,)
    assert problems(workspace) == ()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("document = replace(document, 'more', 'less')", "not what was signed"),
        ("note_id = (SELECT id FROM notes ORDER BY sequence DESC LIMIT 1)", "belongs to another note"),
        ("signature = substr(signature, 3) || '00'", "not its author's"),
        ("participant_id = (SELECT p.id FROM participants p WHERE p.id <> participant_id)", "stands in another record"),
    ],
)
def test_verify_finds_what_was_changed_behind_the_back(
    workspace, consented, write_note, add, add_participant, change, says
):
    note = write_note(consented)
    add(note, ADDENDUM, text="more", reason="because")
    write_note(add_participant("Somebody Else"))
    connection = workspace.vault.connection
    connection.execute("DROP TRIGGER addenda_stay")
    connection.execute(f"UPDATE addenda SET {change}")  # noqa: S608 a statement of the test
    assert any(says in problem for problem in problems(workspace))


def test_verify_misses_one_that_was_removed(workspace, consented, write_note, add):
    add(write_note(consented), ADDENDUM, text="more", reason="because")
    connection = workspace.vault.connection
    connection.execute("DROP TRIGGER addenda_are_kept")
    connection.execute("DELETE FROM addenda")
    assert any("in the log, but not in the vault" in problem for problem in problems(workspace))


def test_a_review_of_the_correction_draft_is_that_of_its_content(workspace, consented, write_note):
    draft = amending.start_amendment(workspace, write_note(consented).id, CORRECTION)
    assert reviewing.review(workspace, draft.id).note.content == draft.content
