"""No consent, no note content: every road into the vault goes through the gate."""

from __future__ import annotations

import ast
import inspect
import pkgutil
from datetime import date, time, timedelta
from importlib import import_module

import pytest

from peernote_tui import services
from peernote_tui.domain.consent import ConsentHow
from peernote_tui.domain.errors import ConsentMissingError, RefusedError
from peernote_tui.domain.note import CONTACT_TEMPLATE, Mode, NoteBasis, NoteContent, NoteKind, NoteState
from peernote_tui.services import consenting, contacts, gate, interchange, notes, rescuing, reviewing, writing

STORES = {("drafts", "add"), ("drafts", "save"), ("notes", "add"), ("addenda", "add")}
"""What a unit of work offers to store note content with."""
CARRIED_OUT_BY_THE_CALLER = {
    "amending.store_in": "only `amending.sign_amendment` and `taking_addenda.take_addendum` call it, behind the gate",
    "unplaced.keep_not_placed": "only `writing.sign_in` calls it, behind the gate",
    "recording.enter_into_record": "only `writing.sign_in` and `interchange._take_sealed` call it, behind the gate",
}


def functions():
    for module in pkgutil.iter_modules(services.__path__):
        tree = ast.parse(inspect.getsource(import_module(f"peernote_tui.services.{module.name}")))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                yield f"{module.name}.{node.name}", node


def calls(node):
    return [call.func for call in ast.walk(node) if isinstance(call, ast.Call)]


def stores(node):
    return any(
        isinstance(call, ast.Attribute)
        and isinstance(call.value, ast.Attribute)
        and (call.value.attr, call.attr) in STORES
        for call in calls(node)
    )


def asks_the_gate(node):
    return any(
        isinstance(call, ast.Attribute)
        and isinstance(call.value, ast.Name)
        and call.value.id == "gate"
        and call.attr.startswith("admit")
        for call in calls(node)
    )


def test_whatever_stores_note_content_asks_the_gate_first():
    storing = {name: node for name, node in functions() if stores(node)}
    assert {"writing.save_in", "writing.add_beside_in", "interchange._take_draft"} <= set(storing)
    unguarded = {name for name, node in storing.items() if not asks_the_gate(node)}
    assert unguarded <= set(CARRIED_OUT_BY_THE_CALLER)
    entering = {
        name
        for name, node in functions()
        if any(isinstance(call, ast.Name) and call.id == "enter_into_record" for call in calls(node))
    }
    assert entering == {"writing.sign_in", "interchange._take_sealed"}
    assert all(asks_the_gate(node) for name, node in functions() if name in entering)


@pytest.fixture
def withdrawn(workspace, consented, write_draft):
    """A draft with words of somebody who withdrew consent since."""
    draft = write_draft(consented)
    consenting.withdraw_consent(workspace, consented.id)
    return draft


@pytest.fixture
def expired(workspace, participant, write_draft, clock):
    """A draft with words of somebody whose consent ended since."""
    consenting.give_consent(workspace, participant.id, how=ConsentHow.WRITTEN, expires_on=workspace.today)
    draft = write_draft(participant)
    clock.advance(days=1)
    return draft


@pytest.fixture(params=["withdrawn", "expired"])
def closed(request):
    return request.getfixturevalue(request.param)


def log(workspace):
    with workspace.reading() as work:
        return [(entry.action.value, entry.detail) for entry in work.audit.entries()]


class TestConsentEndsWhileADraftIsOpen:
    def test_what_is_typed_goes_on_being_kept_and_the_review_says_why_it_cannot_be_signed(self, workspace, closed):
        more = closed.model_copy(update={"content": closed.content.model_copy(update={"summary": "More words."})})
        writing.save_draft(workspace, more)
        assert writing.get_draft(workspace, closed.id).content.summary == "More words."
        told = reviewing.review(workspace, closed.id)
        (why,) = (gap.sentence for gap in told.missing if gap.key == "consent")
        assert why.startswith(("Consent to notes was withdrawn, ", "Consent to notes ended, "))
        with pytest.raises(ConsentMissingError, match="Consent to notes"):
            writing.sign_note(workspace, closed.id, late_reason="Later.")
        assert why in writing.open_drafts(workspace)[0].missing

    def test_a_new_consent_opens_it_again(self, workspace, closed):
        consenting.give_consent(workspace, closed.participant_id, how=ConsentHow.VERBAL)
        assert writing.sign_note(workspace, closed.id, late_reason="Later.").state is NoteState.SIGNED

    def test_so_does_an_emergency_which_is_in_the_note_and_in_the_log(self, workspace, closed):
        told = closed.content.model_copy(update={"emergency_reason": "Danger."})
        writing.save_draft(workspace, closed.model_copy(update={"content": told}))
        writing.save_draft(workspace, closed.model_copy(update={"content": told, "step": 2}))
        assert [what for what, _ in log(workspace)].count("draft.emergency") == 1
        note = writing.sign_note(workspace, closed.id, late_reason="Later.")
        assert note.basis == NoteBasis()
        assert log(workspace)[-1][1].startswith("emergency ")

    def test_its_words_cannot_be_moved_to_somebody_else(self, workspace, closed, add_participant):
        other = add_participant("Ana Lima", consent=False)
        with pytest.raises(ConsentMissingError):
            writing.save_draft(workspace, closed.model_copy(update={"participant_id": other.id}))

    def test_a_rescue_file_of_it_comes_back_but_not_as_new_words(self, workspace, withdrawn):
        more = withdrawn.model_copy(update={"content": withdrawn.content.model_copy(update={"summary": "Typed on."})})
        rescuing.bring_back(workspace, rescuing.rescue_draft(workspace, more))
        assert writing.get_draft(workspace, withdrawn.id).content.summary == "Typed on."
        never = more.model_copy(update={"id": writing.start_draft(workspace, more.participant_id).id})
        with pytest.raises(ConsentMissingError):
            rescuing.bring_back(workspace, rescuing.rescue_draft(workspace, never))


def test_what_a_template_fills_in_by_itself_lets_no_words_in(workspace, participant, monkeypatch):
    filled = {"custom": {"greeting": "words of the template"}, "summary": "More of them.", "kind": NoteKind.GROUP}
    monkeypatch.setattr(writing, "begun_content", lambda _, content, __: content.model_copy(update=filled))
    draft = writing.start_draft(workspace, participant.id)
    assert (draft.content.custom, draft.content.summary, draft.content.kind) == ({}, "", NoteKind.GROUP)
    assert draft.content.start is not None
    with pytest.raises(ConsentMissingError):
        writing.save_draft(workspace, draft.model_copy(update={"content": NoteContent(summary="words")}))
    consenting.give_consent(workspace, participant.id, how=ConsentHow.VERBAL)
    assert writing.start_draft(workspace, participant.id).content.custom == {"greeting": "words of the template"}


def test_a_form_that_does_not_ask_needs_consent_all_the_same(workspace, participant):
    whole = workspace.templates["peer-support", 1]
    silent = whole.model_copy(update={"sections": whole.sections[1:]})
    draft = writing.start_draft(workspace, participant.id)
    state = consenting.consent_of(workspace, participant.id)
    (gap,) = gate.consent_gaps(workspace, silent, draft, state)
    assert (gap.section, gap.sentence) == (0, "No consent to write notes is on file.")


def test_a_contact_can_be_begun_as_one(workspace, consented, write_note):
    write_note(consented, place="library")
    draft = writing.start_draft(workspace, consented.id, template_id=CONTACT_TEMPLATE)
    assert draft.content.place == ""
    assert writing.save_draft(workspace, draft.model_copy(update={"step": 0}))


class TestFromFiles:
    @pytest.fixture
    def sealed(self, new_workspace, add_participant, write_note):
        """A note that was signed in another vault."""
        elsewhere = new_workspace("Ola Berg")
        person = add_participant("Ana Lima", within=elsewhere, external_id="A-1")
        return write_note(person, within=elsewhere)

    def test_a_sealed_note_brings_the_consent_it_was_signed_with(self, workspace, sealed):
        (told,) = interchange.import_notes(workspace, (sealed,))
        assert consenting.consent_of(workspace, told.participant_id).active

    def test_not_against_a_withdrawal_that_is_older_than_the_note(self, workspace, sealed, add_participant, clock):
        person = add_participant("Ana Lima", external_id="A-1", consent=False)
        consenting.give_consent(workspace, person.id, how=ConsentHow.VERBAL)
        consenting.withdraw_consent(workspace, person.id)
        with pytest.raises(ConsentMissingError):
            interchange.import_notes(workspace, (sealed,))

    def test_a_note_written_before_the_withdrawal_stays_part_of_the_past(
        self, workspace, sealed, add_participant, clock
    ):
        clock.advance(days=2)
        person = add_participant("Ana Lima", external_id="A-1")
        consenting.withdraw_consent(workspace, person.id)
        assert interchange.import_notes(workspace, (sealed,))[0].state is NoteState.SIGNED

    def test_for_a_minor_no_consent_is_carried(self, workspace, sealed, add_participant, complete_content):
        person = add_participant("Kim Doe", consent=False, born="2012-01-01", external_id="K-1")
        bare = sealed.model_copy(
            update={"id": "", "seal": None, "signed_at": None, "participant": {"external_id": "K-1"}}
        )
        with pytest.raises(ConsentMissingError):
            interchange.import_notes(workspace, (type(sealed).model_validate(bare.model_dump(warnings=False)),))
        assert consenting.consents(workspace, person.id) == ()


class TestContactWithoutContent:
    def test_it_is_logged_and_signed_without_consent(self, workspace, participant):
        note = contacts.log_contact(
            workspace,
            participant.id,
            day=date(2026, 11, 23),
            start=time(9),
            end=time(9, 10),
            mode=Mode.PHONE,
            reached=False,
        )
        read = notes.view_note(workspace, note.id)
        assert read.note.content.custom == {"outcome": "not_reached"}
        assert (read.note.content.minutes, read.note.basis) == (10, NoteBasis())
        assert note.template.id == CONTACT_TEMPLATE

    def test_it_needs_no_reason_for_being_late(self, workspace, participant):
        long_ago = workspace.today - timedelta(days=90)
        note = contacts.log_contact(
            workspace, participant.id, day=long_ago, start=time(9), end=time(10), mode=Mode.VIDEO
        )
        assert note.late_reason == ""

    def test_a_draft_becomes_one_and_leaves_its_place_out(self, workspace, participant):
        draft = writing.start_draft(workspace, participant.id)
        placed = draft.model_copy(update={"content": NoteContent(place="home", day=date(2026, 11, 23), start=time(9))})
        writing.save_draft(workspace, placed)
        changed = contacts.as_contact(workspace, draft.id)
        assert (changed.template, changed.content.place, changed.content.start) == (CONTACT_TEMPLATE, "", time(9))
        assert writing.get_draft(workspace, draft.id) == changed
        finished = changed.content.model_copy(
            update={"end": time(10), "mode": Mode.PHONE, "custom": {"outcome": "reached"}}
        )
        writing.save_draft(workspace, changed.model_copy(update={"content": finished}))
        assert writing.sign_note(workspace, draft.id).state is NoteState.SIGNED

    def test_a_draft_with_words_does_not(self, workspace, withdrawn):
        with pytest.raises(RefusedError, match="holds words"):
            contacts.as_contact(workspace, withdrawn.id)
        assert writing.get_draft(workspace, withdrawn.id) == withdrawn

    @pytest.mark.parametrize(
        "content",
        [
            {"summary": "words"},
            {"place": "home"},
            {"emergency_reason": "Danger."},
            {"custom": {"outcome": "She cried."}},
            {"custom": {"other": "reached"}},
            {"custom": {"outcome": ["reached"]}},
        ],
    )
    def test_it_never_holds_words_with_consent_or_without(self, workspace, consented, participant, content):
        for person in (consented, participant):
            draft = contacts.as_contact(workspace, writing.start_draft(workspace, person.id).id)
            with pytest.raises(RefusedError):
                writing.save_draft(workspace, draft.model_copy(update={"content": NoteContent(**content)}))

    def test_a_place_of_many_words_is_content(self, workspace, participant):
        draft = writing.start_draft(workspace, participant.id)
        with pytest.raises(ConsentMissingError):
            writing.save_draft(workspace, draft.model_copy(update={"content": NoteContent(place="home " * 17)}))
        with pytest.raises(ConsentMissingError):
            writing.save_draft(workspace, draft.model_copy(update={"typed": {"session": "she said " * 10}}))


def test_the_gate_says_in_words_why_it_is_closed(workspace, participant):
    def why():
        return gate.why_closed(workspace, consenting.consent_of(workspace, participant.id))

    assert why() == "No consent to write notes is on file."
    consenting.give_consent(workspace, participant.id, how=ConsentHow.VERBAL)
    assert why() == ""
    consenting.withdraw_consent(workspace, participant.id)
    assert why() == "Consent to notes was withdrawn, today."
