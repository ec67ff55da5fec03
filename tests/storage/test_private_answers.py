"""Private answers, and hidden ones, stay in the vault on every way out of it."""

from __future__ import annotations

import pytest

from peernote_tui.documents.added import leaving_document, whole_document
from peernote_tui.documents.note_json import read_notes, write_file, write_note, write_notes
from peernote_tui.documents.plain import plain_text
from peernote_tui.domain.addendum import AddendumKind
from peernote_tui.domain.errors import InvalidInputError, NoteIncompleteError, RefusedError
from peernote_tui.domain.private_answers import leaving_note, stayed_words
from peernote_tui.services import (
    amending,
    cosigning,
    erasing,
    interchange,
    keeping_templates,
    notes,
    taking_addenda,
    templates,
    verifying,
    writing,
)
from peernote_tui.ui import sentences
from peernote_tui.ui.screens.erasing import erase

FORM = b"""
id = "visit"
version = 1
title = "Visit"

[[sections]]
key = "first"
title = "Who and when"
fields = [
  { key = "consent", kind = "consent", label = "Consent" },
  { key = "session", kind = "session", label = "When", required = true },
]

[[sections]]
key = "second"
title = "Visit"
fields = [
  { key = "open", kind = "text", label = "Open" },
  { key = "secret", kind = "text", label = "Secret", private = true },
  { key = "told", kind = "computed", label = "Told", value = "if(answered(secret), secret, 'none')" },
  { key = "retold", kind = "computed", label = "Retold", value = "told" },
  { key = "pet", kind = "yes_no", label = "Pet" },
  { key = "pet_name", kind = "text", label = "Its name", show_if = "pet" },
  { key = "tame", kind = "yes_no", label = "Tame", show_if = "pet" },
  { key = "costs", kind = "rows", label = "Costs", columns = [
    { key = "what", kind = "text", label = "What" },
    { key = "whose", kind = "text", label = "Whose", private = true },
  ] },
]
"""
SECRET, ROW, HIDDEN = "canary-secret", "canary-row", "canary-hidden"
CANARIES = (SECRET, ROW, HIDDEN)
ANSWERS = {"open": "in the open", "secret": SECRET, "pet": True, "costs": [{"what": "a bus", "whose": ROW}]}


@pytest.fixture
def draft(workspace, consented):
    keeping_templates.add_template(workspace, FORM)
    begun = writing.start_draft(workspace, consented.id, template_id="visit")

    def write(**answers):
        content = begun.content.model_copy(update={"end": begun.content.start, "custom": {**ANSWERS, **answers}})
        return writing.save_draft(workspace, begun.model_copy(update={"content": content}))

    return write


@pytest.fixture
def signed(workspace, draft):
    return writing.sign_note(workspace, draft().id)


def form(workspace):
    return templates.template_of(workspace.templates, "visit", 1)


def correct(workspace, note, *, sign):
    adding = amending.start_amendment(workspace, note.id, AddendumKind.CORRECTION)
    custom = {**adding.content.custom, "open": "corrected", "secret": f"{SECRET} again"}
    amendment = adding.amendment.model_copy(update={"reason": "It was wrong."})
    content = adding.content.model_copy(update={"custom": custom})
    saved = writing.save_draft(workspace, adding.model_copy(update={"content": content, "amendment": amendment}))
    return amending.sign_amendment(workspace, saved.id) if sign else saved


def ways_out(workspace, note, participant):
    """Every text that leaves the vault about a note."""
    template = form(workspace)
    exported = interchange.export_notes(workspace, note_ids=(note.id,))
    addenda = amending.note_with_addenda(workspace, note.id).addenda if note.seal else ()
    yield write_notes(exported, taking_addenda.addenda_of(workspace, exported)).decode()
    yield write_file(erasing.record_of(workspace, participant.id)).decode()
    yield write_note(leaving_note(template, note)).decode()
    yield plain_text(leaving_document(note, template, addenda))
    if note.seal:
        yield amending.leaving_history(template, amending.note_with_addenda(workspace, note.id)).model_dump_json()


def test_no_way_out_holds_a_private_answer_of_a_signed_note(workspace, signed, consented):
    correct(workspace, signed, sign=True)
    correct(workspace, signed, sign=False)
    for text in ways_out(workspace, notes.resolve_note(workspace, signed.id), consented):
        assert "in the open" in text
        assert not [canary for canary in CANARIES if canary in text]
    assert verifying.verify(workspace).ok


def test_no_way_out_holds_a_private_or_a_hidden_answer_of_a_draft(workspace, draft, consented):
    written = draft(pet=False, pet_name=HIDDEN, tame=True)
    for text in ways_out(workspace, notes.resolve_note(workspace, written.id), consented):
        assert "in the open" in text
        assert not [canary for canary in CANARIES if canary in text]
    exported = interchange.export_notes(workspace, note_ids=(written.id,))
    assert {*exported[0].left_out} == {"secret", "pet_name", "tame", "costs"}
    assert not interchange.import_notes(workspace, exported)[0].new


def test_a_hidden_answer_is_asked_about_before_the_signature(workspace, draft):
    for hidden in ({"pet_name": HIDDEN}, {"tame": False}):
        with pytest.raises(NoteIncompleteError, match="hides"):
            writing.sign_note(workspace, draft(pet=False, **hidden).id)


def test_the_page_in_the_app_shows_what_is_private_and_says_so(workspace, signed):
    page = plain_text(whole_document(signed, form(workspace), ()))
    assert SECRET in page
    assert "Secret (private, stays in this vault)" in page
    assert "Costs (private, stays in this vault: Whose)" in page
    left = plain_text(leaving_document(signed, form(workspace), ()))
    assert "Not shown here: 4 private or hidden answers." in left


def test_what_left_without_them_is_known_here_and_taken_in_nowhere_as_signed(workspace, signed, new_workspace):
    correct(workspace, signed, sign=True)
    exported = read_notes(write_notes(interchange.export_notes(workspace, note_ids=(signed.id,))))
    assert exported[0].left_out == ("secret", "told", "retold", "costs")
    added = taking_addenda.addenda_of(workspace, exported)
    known = interchange.import_file(workspace, exported, added)
    assert not known.notes[0].new
    assert not known.addenda[0].new
    other = new_workspace("Sam Okafor")
    keeping_templates.add_template(other, FORM)
    with pytest.raises(RefusedError, match="Private answers stayed"):
        interchange.import_notes(other, exported)
    with pytest.raises(RefusedError, match="Private answers stayed"):
        cosigning.cosign(other, exported[0], "Read.")


def test_a_file_cannot_pass_for_a_note_that_says_something_else(workspace, signed):
    exported = interchange.export_notes(workspace, note_ids=(signed.id,))[0]
    changed = exported.model_copy(
        update={"content": exported.content.model_copy(update={"custom": {**exported.content.custom, "open": "other"}})}
    )
    with pytest.raises(RefusedError):
        interchange.import_notes(workspace, (changed,))


def test_what_is_not_private_leaves_as_it_is(workspace, draft):
    note = notes.resolve_note(workspace, draft(secret=None, costs=[{"what": "a bus"}]).id)
    plain = note.model_copy(update={"content": note.content.model_copy(update={"custom": {"open": "x"}})})
    assert leaving_note(form(workspace), plain) is plain
    assert b"left_out" not in write_note(plain)


@pytest.mark.parametrize(
    "answers", [{"open": 5}, {"pet": "x"}, {"costs": 5}, {"costs": ["x"]}, {"costs": [{"what": 5}]}]
)
def test_an_answer_of_another_kind_is_refused_by_its_field(workspace, draft, answers):
    note = notes.resolve_note(workspace, draft().id)
    wrong = note.model_copy(
        update={"id": "", "content": note.content.model_copy(update={"custom": {**ANSWERS, **answers}})}
    )
    with pytest.raises(InvalidInputError, match=f"content.custom.{next(iter(answers))}: .* holds what is no"):
        interchange.import_notes(workspace, (wrong,))


def test_the_screen_that_erases_says_how_many_answers_its_file_lacks(workspace, signed, consented, tmp_path):
    _, count = erase(workspace, consented.id, tmp_path / "record.json")
    assert SECRET not in (tmp_path / "record.json").read_text(encoding="utf-8")
    said = sentences.erased(0, stayed_words(count))
    assert said == "The record is erased. From the file 4 private or hidden answers were left out."
