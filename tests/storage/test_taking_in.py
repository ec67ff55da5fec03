"""A filled form becomes a draft to review: through the gate, with what was not placed beside it, and nothing lost."""

from __future__ import annotations

import pytest

from peernote_tui.documents.contents.form import form_document
from peernote_tui.documents.rendering import Format, render
from peernote_tui.domain.errors import ConsentMissingError, NotFoundError, RefusedError
from peernote_tui.domain.not_placed import not_placed
from peernote_tui.domain.note import NoteContent
from peernote_tui.services import erasing, putting_aside, reviewing, writing
from peernote_tui.services.erasing import ErasureReason
from peernote_tui.services.taking_in import take_in
from peernote_tui.services.verifying import verify

LETTER = b"""Place: library
How you met: phone
When: 23 nov 2026, 2pm-2:45pm
Next contact: some day soon
My bus was late: xylophone
"""


def test_what_is_understood_stands_in_a_draft_and_the_rest_beside_it(workspace, consented):
    taken = take_in(workspace, consented.id, None, LETTER, "letter.txt")
    draft = writing.get_draft(workspace, taken.draft.id)
    assert draft == taken.draft
    assert (draft.template, draft.content.place, f"{draft.content.start:%H:%M}") == ("peer-support", "library", "14:00")
    assert taken.placed == ("Place", "How you met", "When")
    assert [(piece.label, piece.words) for piece in not_placed(draft.typed)] == [
        ("Next contact", "some day soon"),
        ("", "My bus was late: xylophone"),
    ]
    assert verify(workspace).ok
    found = reviewing.review(workspace, draft.id)
    assert any(warning.startswith("2 pieces of the file are not placed;") for warning in found.warnings)


def test_a_file_without_a_day_is_no_contact_of_now(workspace, consented):
    content = take_in(workspace, consented.id, "peer-support", b"Place: library\nStrengths: x", "").draft.content
    assert (content.day, content.start, content.mode) == (None, None, None)


def test_nothing_is_lost_when_it_is_signed_with_pieces_left(workspace, consented):
    summary = b"What happened, what did you decide?\nWe talked.\nIn a sentence or two: x\nHow they responded: calm\n"
    rest = b"What you did: listened\nMain concerns: housing\nIn their own words: yes\nWhat it means for the plan: go\n"
    actions = b"What was agreed, who does it, by when:\n- call @me fri\n"
    data = LETTER.replace(b"some day soon", b"mon 30 nov 2pm") + summary + rest + actions
    draft = take_in(workspace, consented.id, None, data, "").draft
    gaps = reviewing.review(workspace, draft.id).missing
    assert gaps == ()
    note = writing.sign_note(workspace, draft.id, late_reason="Paper.")
    assert note.content.place == "library"
    (aside,) = putting_aside.drafts_aside(workspace)
    assert [piece.words for piece in not_placed(aside.draft.typed)] == ["My bus was late: xylophone"]
    assert aside.draft.content == NoteContent()


def test_without_consent_nothing_of_it_comes_in(workspace, add_participant):
    person = add_participant("Ana Lima", consent=False)
    with pytest.raises(ConsentMissingError):
        take_in(workspace, person.id, None, LETTER, "")
    # Nor what is only left beside.
    with pytest.raises(ConsentMissingError):
        take_in(workspace, person.id, "peer-support", b"My bus was late", "")
    assert writing.open_drafts(workspace) == ()


def test_an_emergency_in_a_file_opens_no_gate(workspace, add_participant):
    person = add_participant("Ana Lima", consent=False)
    with pytest.raises(ConsentMissingError):
        take_in(workspace, person.id, None, LETTER + b"Emergency: she may hurt herself\n", "")


def test_a_dry_run_stores_nothing(workspace, consented):
    before = verify(workspace).log_length
    taken = take_in(workspace, consented.id, None, LETTER, "", dry_run=True)
    assert taken.left
    assert writing.open_drafts(workspace) == ()
    assert verify(workspace).log_length == before


def test_a_form_of_another_template_says_which_it_is(workspace, consented):
    templates = workspace.templates
    soap = render(form_document(templates["soap", 1]), Format.TXT).data
    with pytest.raises(RefusedError, match=r"form of “SOAP.*\(soap\)"):
        take_in(workspace, consented.id, "girp", soap, "")
    assert take_in(workspace, consented.id, None, soap, "", dry_run=True).template.id == "soap"
    with pytest.raises(RefusedError, match="cannot be told"):
        take_in(workspace, consented.id, None, b"hello there", "")
    with pytest.raises(RefusedError, match="soap-x, version 3, which is not"):
        take_in(workspace, consented.id, None, b"hello\nform soap-x 3", "")
    with pytest.raises(NotFoundError):
        take_in(workspace, consented.id, "nothing", soap, "")


def test_what_was_not_placed_goes_with_the_record(workspace, consented):
    draft = take_in(workspace, consented.id, None, LETTER, "").draft
    erasing.erase_participant(workspace, consented.id, reason=ErasureReason.ASKED)
    assert workspace.vault.connection.execute("SELECT 1 FROM drafts").fetchone() is None
    held = "SELECT 1 FROM remembered WHERE value LIKE '%xylophone%' OR name LIKE ?"
    assert workspace.vault.connection.execute(held, (f"%{draft.id}%",)).fetchone() is None
