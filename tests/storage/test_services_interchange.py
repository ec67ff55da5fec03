"""Notes out of one vault and into another: nothing lost, nothing changed, all or nothing."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peernote_tui.documents.note_json import read_notes, write_note, write_notes
from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.consent import ConsentHow
from peernote_tui.domain.errors import (
    ConsentMissingError,
    NoteIncompleteError,
    NotFoundError,
    PeerNoteError,
    RefusedError,
)
from peernote_tui.domain.note import Note, NoteAuthor, NoteBasis, NoteContent, NoteParticipant, NoteSeal, NoteState
from peernote_tui.domain.template_rules import hidden_answers
from peernote_tui.services import (
    action_items,
    changing_actions,
    consenting,
    disclosing,
    finding,
    interchange,
    notes,
    participants,
    templates,
    writing,
)
from peernote_tui.services.verifying import verify

LATER = {"next_contact": {"day": "2026-12-24"}}
AGREED = [{"text": "call housing office", "owner": "me", "due": "2026-11-27"}]
BASIS = NoteBasis(how=ConsentHow.VERBAL, starts_on="2026-11-01")
EVERY_ROW = "SELECT * FROM {}"
TABLES = ("participants", "consents", "drafts", "notes", "action_items", "action_events", "follow_ups", "audit")


def state(workspace):
    return [workspace.vault.connection.execute(EVERY_ROW.format(table)).fetchall() for table in TABLES]


def names(workspace):
    return sorted(hit.participant.name for hit in finding.find_participants(workspace).hits)


@pytest.fixture
def other(new_workspace):
    return new_workspace("Sam Okafor")


@pytest.fixture
def hand_written(complete_content):
    """A note as a script would write it; keywords change its participant."""

    def make(*, basis=BASIS, content=None, **participant):
        return Note(participant=NoteParticipant(**participant), content=content or complete_content(), basis=basis)

    return make


class TestSealed:
    @pytest.fixture
    def signed(self, workspace, consented, write_note, clock):
        first = write_note(consented, agreed_actions=AGREED, summary="First.", **LATER)
        clock.advance(minutes=1)
        review = {"action_id": first.content.agreed_actions[0].id, "text": "call", "outcome": "done", "words": "I did."}
        second = write_note(consented, action_reviews=[review], summary="Second.", **LATER)
        return [first, second]

    def test_an_exported_vault_imports_into_a_new_one_as_it_was(self, workspace, other, signed):
        data = write_notes(interchange.export_notes(workspace))
        told = interchange.import_notes(other, read_notes(data))
        assert [(each.id, each.state, each.new) for each in told] == [
            (note.id, NoteState.SIGNED, True) for note in signed
        ]
        assert write_notes(interchange.export_notes(other)) == data
        assert verify(other).problems == ()
        assert [row.id for row in notes.search_notes(other, "second").notes] == [signed[1].id]
        person = participants.get_participant(other, told[0].participant_id)
        assert (person.name, person.external_id, person.id) == ("Tomás Ibarra", "T-0007", signed[0].participant.id)

    @pytest.mark.parametrize("order", [1, -1])
    def test_outcomes_land_whatever_the_order_of_the_file(self, workspace, other, signed, order):
        told = interchange.import_notes(other, tuple(signed[::order]))
        assert [each.id for each in told] == [note.id for note in signed[::order]]
        action = action_items.resolve_action(other, signed[0].content.agreed_actions[0].id)
        assert (action.status, action.words) == (ActionStatus.DONE, "I did.")

    def test_an_older_outcome_does_not_undo_a_newer_one(self, workspace, other, signed, write_note, consented, clock):
        action = signed[0].content.agreed_actions[0]
        interchange.import_notes(other, (signed[0],))
        other.clock.advance(hours=1)
        changing_actions.settle(other, [action.id], ActionStatus.DROPPED, words="Not any more.")
        interchange.import_notes(other, (signed[1],))
        now = action_items.resolve_action(other, action.id)
        assert (now.status, now.words) == (ActionStatus.DROPPED, "Not any more.")
        with other.reading() as work:
            assert len(work.action_items.events(action.id)) == 3

    def test_importing_twice_is_harmless(self, workspace, other, signed):
        interchange.import_notes(other, tuple(signed))
        before = state(other)
        told = interchange.import_notes(other, tuple(signed))
        assert [each.new for each in told] == [False, False]
        assert state(other) == before
        assert [each.new for each in interchange.import_notes(workspace, tuple(signed))] == [False, False]

    @pytest.mark.parametrize(
        "change",
        [
            lambda note: {"content": note.content.model_copy(update={"summary": "Other."})},
            lambda note: {"late_reason": "x"},
            lambda note: {"id": "01900000-0000-7000-8000-000000000000"},
            lambda note: {"author": NoteAuthor(id=note.author.id, name="Somebody else")},
            lambda note: {"seal": note.seal.model_copy(update={"signature": "00" * 64})},
            lambda note: {"seal": note.seal.model_copy(update={"salt": "no salt"})},
            lambda note: {"seal": note.seal.model_copy(update={"public_key": "00" * 32})},
            lambda note: {"signed_at": None},
        ],
    )
    def test_a_note_changed_after_it_was_sealed_is_refused(self, other, signed, change):
        before = state(other)
        tampered = signed[0].model_copy(update=change(signed[0]))
        with pytest.raises(RefusedError) as caught:
            interchange.import_notes(other, (tampered,))
        assert caught.value.sentence.startswith("Note 1 of 1: ")
        assert state(other) == before

    def test_another_note_under_the_id_of_a_signed_one_is_refused(self, workspace, signed):
        changed = signed[0].content.model_copy(update={"summary": "Other."})
        for seal in (signed[0].seal, None):
            with pytest.raises(RefusedError):
                interchange.import_notes(workspace, (signed[0].model_copy(update={"content": changed, "seal": seal}),))

    def test_one_bad_note_among_many_keeps_nothing(self, other, signed):
        before = state(other)
        bad = signed[1].model_copy(update={"zone": "UTC"})
        with pytest.raises(RefusedError) as caught:
            interchange.import_notes(other, (signed[0], bad))
        assert caught.value.sentence.startswith("Note 2 of 2: ")
        assert state(other) == before

    def test_a_dry_run_says_the_same_and_keeps_nothing(self, other, signed):
        before = state(other)
        dry = interchange.import_notes(other, tuple(signed), dry_run=True)
        assert state(other) == before
        assert interchange.import_notes(other, tuple(signed)) == dry

    def test_a_note_without_action_ids_still_brings_its_actions(self, other, workspace, consented, write_note):
        from peernote_tui.domain.note import seal_hash
        from peernote_tui.vault import signing

        note = write_note(consented)
        bare = note.content.model_copy(
            update={"agreed_actions": tuple(NoteContent(agreed_actions=AGREED * 2).agreed_actions)}
        )
        unsealed = note.model_copy(update={"content": bare})
        key = signing.generate_signing_key()
        digest = seal_hash("00", unsealed.canonical())
        seal = NoteSeal(
            salt="00",
            hash=digest,
            signature=signing.sign(key.secret, bytes.fromhex(digest)).hex(),
            public_key=key.public.hex(),
        )
        interchange.import_notes(other, (unsealed.model_copy(update={"seal": seal}),))
        assert action_items.list_actions(other).total == 2

    def test_each_export_is_logged(self, workspace, signed, write_draft, consented, clock):
        clock.advance(minutes=1)
        draft = write_draft(consented)
        with workspace.reading() as work:
            before, _ = work.audit.head()
        found = interchange.export_notes(workspace, note_ids=(signed[0].id, draft.id))
        assert [note.state for note in found] == [NoteState.SIGNED, NoteState.DRAFT]
        assert interchange.export_notes(workspace, participant_id="nobody") == ()
        with workspace.reading() as work:
            entries = list(work.audit.entries())[before:]
        assert [(entry.action.value, entry.subject) for entry in entries] == [
            ("disclosure.made", consented.id),
            ("note.exported", signed[0].id),
            ("note.exported", draft.id),
        ]
        (row,) = disclosing.disclosures_of(workspace, consented.id)
        assert (row.what, row.form, row.note_ids) == ("2 notes, Mon 23 Nov 2026", "json", (signed[0].id, draft.id))
        with pytest.raises(NotFoundError):
            interchange.export_notes(workspace, note_ids=("ffffffff",))


class TestHandWritten:
    def test_it_becomes_a_draft_or_is_signed_when_asked(self, workspace, hand_written):
        told = interchange.import_notes(workspace, (hand_written(name="Ana Lima", external_id="A-1"),))
        assert told[0].state is NoteState.DRAFT
        assert writing.get_draft(workspace, told[0].id).content == hand_written(name="x").content
        signed = interchange.import_notes(workspace, (hand_written(external_id="A-1"),), sign=True)
        assert signed[0].state is NoteState.SIGNED
        assert signed[0].participant_id == told[0].participant_id
        assert notes.view_note(workspace, signed[0].id).note.participant.name == "Ana Lima"
        assert verify(workspace).problems == ()

    @pytest.mark.parametrize(
        "reference",
        [
            {"id": "m-0042"},
            {"id": "Maria Santos"},
            {"external_id": "M-0042"},
            {"name": "MARÍA santos"},
            {"id": "somebody", "external_id": "m-0042", "name": "Maria S."},
        ],
    )
    def test_a_participant_is_known_by_reference_id_or_name(self, workspace, participant, hand_written, reference):
        told = interchange.import_notes(workspace, (hand_written(**reference),))
        assert told[0].participant_id == participant.id
        assert names(workspace) == ["Maria Santos"]

    def test_a_participant_is_known_by_the_whole_id(self, workspace, participant, hand_written):
        assert interchange.import_notes(workspace, (hand_written(id=participant.id),))[0].participant_id == (
            participant.id
        )

    def test_a_short_number_is_never_the_beginning_of_somebodys_id(self, workspace, participant, hand_written):
        for length in range(1, 36):
            start = participant.id[:length]
            for reference in ({"external_id": start}, {"id": start}, {"name": start}):
                told = interchange.import_notes(
                    workspace, (hand_written(**{"name": "Ana Lima", **reference}),), dry_run=True
                )
                assert told[0].participant_id != participant.id
        with pytest.raises(NotFoundError):
            interchange.import_notes(workspace, (hand_written(id=participant.id[:8]),))

    def test_the_same_name_with_another_number_is_somebody_else(self, workspace, participant, hand_written):
        told = interchange.import_notes(workspace, (hand_written(name="Maria Santos", external_id="M-0099"),))
        assert told[0].participant_id != participant.id
        assert names(workspace) == ["Maria Santos", "Maria Santos"]

    def test_a_foreign_id_becomes_the_number_the_person_is_known_by(self, workspace, hand_written):
        first = interchange.import_notes(workspace, (hand_written(id="ehr/778", name="Ana Lima"),))
        second = interchange.import_notes(workspace, (hand_written(id="EHR/778", name="A. Lima"),))
        assert first[0].participant_id == second[0].participant_id
        person = participants.get_participant(workspace, first[0].participant_id)
        assert (person.external_id, len(person.id)) == ("ehr/778", 36)

    @pytest.mark.parametrize("reference", [{"id": "nobody"}, {"external_id": "X-1"}, {}])
    def test_an_unknown_participant_without_a_name_is_refused(self, workspace, hand_written, reference):
        with pytest.raises(NotFoundError):
            interchange.import_notes(workspace, (hand_written(**reference),))

    def test_a_name_that_two_people_have_is_refused(self, workspace, add_participant, hand_written):
        for _ in range(2):
            add_participant("Ana Lima")
        with pytest.raises(NotFoundError):
            interchange.import_notes(workspace, (hand_written(name="ana lima"),))

    def test_an_unusable_name_is_refused_as_input(self, workspace, hand_written):
        with pytest.raises(PeerNoteError) as caught:
            interchange.import_notes(workspace, (hand_written(name="Ana Lima"), hand_written(name="\u200b\u200b")))
        assert caught.value.sentence.startswith("Note 2 of 2: ")
        assert names(workspace) == []

    def test_words_without_consent_are_refused_and_a_bare_contact_is_not(self, workspace, hand_written):
        with pytest.raises(ConsentMissingError):
            interchange.import_notes(workspace, (hand_written(name="Ana Lima", basis=NoteBasis()),))
        bare = NoteContent(day=date(2026, 11, 23), start=time(9), mode="phone")
        told = interchange.import_notes(workspace, (hand_written(name="Ana Lima", basis=NoteBasis(), content=bare),))
        assert told[0].state is NoteState.DRAFT

    def test_an_emergency_needs_no_consent(self, workspace, hand_written, complete_content):
        content = complete_content(emergency_reason="Safety.")
        note = hand_written(name="Ana Lima", basis=NoteBasis(), content=content)
        assert interchange.import_notes(workspace, (note,), sign=True)[0].state is NoteState.SIGNED

    def test_consent_is_carried_when_no_history_exists(self, workspace, hand_written):
        basis = NoteBasis(how=ConsentHow.WRITTEN, starts_on="2026-10-01", expires_on="2027-10-01")
        told = interchange.import_notes(workspace, (hand_written(name="Ana Lima", basis=basis),))
        carried = consenting.consents(workspace, told[0].participant_id)
        assert [(row.how, row.starts_on, row.expires_on) for row in carried] == [
            (ConsentHow.WRITTEN, date(2026, 10, 1), date(2027, 10, 1))
        ]
        interchange.import_notes(workspace, (hand_written(name="Ana Lima", basis=basis),))
        assert len(consenting.consents(workspace, told[0].participant_id)) == 1

    def test_a_withdrawal_here_is_stronger_than_a_consent_in_a_file(self, workspace, consented, hand_written):
        consenting.withdraw_consent(workspace, consented.id)
        with pytest.raises(ConsentMissingError):
            interchange.import_notes(workspace, (hand_written(external_id="T-0007"),))
        assert len(consenting.consents(workspace, consented.id)) == 2

    def test_an_expired_consent_in_a_file_opens_nothing(self, workspace, hand_written):
        basis = NoteBasis(how=ConsentHow.VERBAL, starts_on="2026-10-01", expires_on="2026-11-22")
        with pytest.raises(ConsentMissingError):
            interchange.import_notes(workspace, (hand_written(name="Ana Lima", basis=basis),))

    def test_an_incomplete_note_cannot_be_signed_and_keeps_nothing(self, workspace, hand_written, complete_content):
        before = state(workspace)
        bad = hand_written(name="Ana Lima", content=complete_content(summary=""))
        with pytest.raises(NoteIncompleteError):
            interchange.import_notes(workspace, (hand_written(name="Ana Lima"), bad), sign=True)
        assert state(workspace) == before

    def test_a_late_note_is_labelled_as_one(self, workspace, hand_written, complete_content):
        content = complete_content(day="2026-11-02")
        told = interchange.import_notes(workspace, (hand_written(name="Ana Lima", content=content),), sign=True)
        assert notes.view_note(workspace, told[0].id).note.late_reason == interchange.IMPORTED_LATE

    def test_a_template_nobody_has_is_refused(self, workspace, hand_written):
        note = hand_written(name="Ana Lima").model_copy(update={"template": {"id": "other", "version": 1}})
        with pytest.raises(NotFoundError):
            interchange.import_notes(workspace, (Note.model_validate(note.model_dump(warnings=False)),))

    def test_an_exported_draft_is_harmless_to_import_again(self, workspace, consented, write_draft, complete_content):
        draft = write_draft(consented, agreed_actions=AGREED)
        exported = interchange.export_notes(workspace, note_ids=(draft.id,))
        before = state(workspace)
        told = interchange.import_notes(workspace, exported)
        assert (told[0].state, told[0].new) == (NoteState.DRAFT, False)
        assert state(workspace) == before
        writing.save_draft(workspace, draft.model_copy(update={"content": complete_content(plan="more")}))
        with pytest.raises(RefusedError):
            interchange.import_notes(workspace, exported)
        writing.save_draft(workspace, draft)
        writing.sign_note(workspace, draft.id)
        told = interchange.import_notes(workspace, exported)
        assert (told[0].state, told[0].new) == (NoteState.SIGNED, False)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_a_draft_shows_leaves_and_enters_unchanged(workspace, consented, other, any_content, data):
    content = data.draw(any_content)
    draft = writing.start_draft(workspace, consented.id)
    writing.save_draft(workspace, draft.model_copy(update={"content": content}))
    exported = interchange.export_notes(workspace, note_ids=(draft.id,))
    template = templates.template_of(workspace.templates, draft.template, draft.template_version)
    hidden = {field.key for field in hidden_answers(template, content)}
    assert set(exported[0].left_out) == hidden
    content = content.model_copy(update={key: getattr(NoteContent(), key) for key in hidden})
    assert exported[0].content == content
    data_out = write_note(exported[0])
    interchange.import_notes(other, read_notes(data_out))
    again = interchange.export_notes(other, note_ids=(draft.id,))[0]
    assert again.content == content
    assert again.participant == exported[0].participant
    assert again.entered_at == exported[0].entered_at


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_a_signed_note_holds_leaves_and_enters_with_the_same_bytes(
    workspace, consented, other, any_content, complete_content, data
):
    drawn = data.draw(any_content)
    needed = {"kind": "individual", "day": "2026-11-23", "start": "14:00", "end": "14:45", "reason": "", "place": "x"}
    filled = complete_content().model_dump() | {
        name: value for name, value in drawn.model_dump().items() if value not in ("", None, (), [])
    }
    content = NoteContent.model_validate(filled | needed | {"concerns": "x", "summary": "x", "response": "x"})
    content = content.model_copy(update={"techniques": (*drawn.techniques, "x"), "own_words": drawn.summary})
    draft = writing.start_draft(workspace, consented.id)
    writing.save_draft(workspace, draft.model_copy(update={"content": content}))
    note = writing.sign_note(workspace, draft.id)
    data_out = write_note(note)
    interchange.import_notes(other, read_notes(data_out))
    assert write_note(notes.view_note(other, note.id).note) == data_out
