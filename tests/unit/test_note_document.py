"""A note laid out: everything answered is there, in the words the form uses."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peernote_tui.documents.note_document import BlockKind, action_words, note_document, owner_words
from peernote_tui.domain.note import (
    AgreedAction,
    Note,
    NoteAuthor,
    NoteBasis,
    NoteContent,
    NoteParticipant,
    NoteSeal,
)
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.template_rules import is_answered, is_shown
from peernote_tui.services.templates import built_in_templates

FORM = built_in_templates()["peer-support", 1]
SEAL = NoteSeal(salt="00", hash="7f3a91c2" + "0" * 56, signature="22", public_key="33")


def note(content, **changes):
    plain = {
        "id": "01900000-0000-7000-8000-000000000000",
        "participant": NoteParticipant(id="p", name="Maria Santos", pronouns="she/her", external_id="M-0042"),
        "author": NoteAuthor(id="a", name="Alex Rivera", credential="CPS"),
        "zone": "America/New_York",
        "content": content,
        "entered_at": datetime(2026, 11, 23, 19, 52, tzinfo=UTC),
    }
    return Note(**{**plain, **changes})


def signed(content, **changes):
    return note(content, state="signed", signed_at=datetime(2026, 11, 23, 20, 1, tzinfo=UTC), seal=SEAL, **changes)


def blocks(document, key):
    found = [field for section in document.sections for field in section.fields if field.key == key]
    return [block for field in found for block in field.blocks]


def test_facts_stand_first(complete_content):
    basis = NoteBasis(how="verbal", starts_on="2026-11-01")
    facts = dict(note_document(signed(complete_content(), basis=basis), FORM).facts)
    assert facts == {
        "Participant": "Maria Santos · she/her · M-0042",
        "When": "Mon 23 Nov 2026, 14:00 to 14:45 (45 minutes)",
        "Place": "coffee shop, Elm St",
        "How": "In person",
        "Kind": "Individual",
        "Consent": "verbal, Sun 1 Nov 2026",
    }


def test_an_emergency_is_told_as_one(complete_content):
    document = note_document(note(complete_content(emergency_reason=" Somebody had to know. ")), FORM)
    assert ("Emergency", "Somebody had to know.") in document.facts


def test_own_words_are_a_quotation_and_paragraphs_stay_apart(complete_content):
    document = note_document(note(complete_content(own_words="I can.", summary="One.\n\nTwo.\nStill two.")), FORM)
    assert [(block.kind, block.text) for block in blocks(document, "own_words")] == [(BlockKind.QUOTE, "I can.")]
    assert [block.text for block in blocks(document, "summary")] == ["One.", "Two.\nStill two."]


def test_actions_and_outcomes_name_people_as_the_note_does(complete_content):
    content = complete_content(
        agreed_actions=[
            {"text": "call housing office", "owner": "me", "due": "2026-11-27"},
            {"text": "pack", "owner": "participant", "confidence": 0},
            {"text": "rest", "repeats": "every friday", "confidence": 7, "tags": ["sleep", "own time"]},
            {"text": "sing", "repeats": "whenever the moon is full"},
            {"text": "drive", "owner": "other", "owner_name": "Dana"},
        ],
        action_reviews=[{"text": "open the letter", "outcome": "not_yet", "words": "It scares me."}],
    )
    document = note_document(note(content), FORM)
    assert [block.text for block in blocks(document, "agreed_actions")] == [
        "call housing office · me · by Fri 27 Nov 2026",
        "pack · Maria · confidence 0 of 10",
        "rest · Maria · every Friday · confidence 7 of 10 · #sleep · #own time",
        "sing · Maria · whenever the moon is full",
        "drive · Dana",
    ]
    assert [block.text for block in blocks(document, "action_reviews")] == [
        "open the letter · Maria · not yet: “It scares me.”"
    ]


@pytest.mark.parametrize(
    ("owner", "name", "word"),
    [(Owner.ME, "", "me"), (Owner.BOTH, "", "both"), (Owner.OTHER, "", "other"), (Owner.OTHER, "Dana", "Dana")],
)
def test_owner_words(owner, name, word):
    assert owner_words(owner, name, "Maria") == word
    assert action_words(AgreedAction(text="call", owner=owner, owner_name=name), "Maria") == f"call · {word}"


def test_a_draft_says_that_it_is_one(complete_content):
    document = note_document(note(complete_content()), FORM)
    assert document.title == "Peer support case note (draft)"
    assert document.footing == ("Draft by Alex Rivera, CPS, not signed.",)


def test_a_signed_note_tells_all_three_times_and_its_seal(complete_content):
    document = note_document(signed(complete_content(), late_reason="No battery."), FORM)
    assert document.title == "Peer support case note"
    assert document.footing == (
        "Signed by Alex Rivera, CPS, Mon 23 Nov 2026, 15:01 (America/New_York).",
        "Writing began Mon 23 Nov 2026, 14:52 (America/New_York).",
        "Late entry: No battery.",
        "Note 01900000-0000 · seal 7F3A-91C2-0000-0000",
    )


def test_what_the_kind_hides_and_what_is_empty_leaves_no_trace():
    content = NoteContent(kind="no_show", day=date(2026, 11, 23), start=time(9), summary="hidden", reason="Bus strike.")
    document = note_document(note(content), FORM)
    assert [field.key for section in document.sections for field in section.fields] == ["reason"]
    assert dict(document.facts)["When"] == "Mon 23 Nov 2026, 09:00"


@settings(max_examples=50)
@given(data=st.data())
def test_every_shown_answer_of_any_note_is_in_the_document(any_content, data):
    content = data.draw(any_content)
    document = note_document(note(content), FORM)
    told = {field.key for section in document.sections for field in section.fields}
    facts = {"consent", "session", "place", "mode", "kind"}
    wanted = {
        field.key
        for section in FORM.sections
        for field in section.fields
        if field.key not in facts and is_shown(FORM, field, content) and is_answered(field, content)
    }
    if not content.written_together:
        wanted.discard("written_together")
    assert told == wanted
    assert all(block.text for section in document.sections for field in section.fields for block in field.blocks)
