"""Questions that ask for staff or another participant: completed by keys, kept without a name, shown, handed on."""

from __future__ import annotations

import pytest
from tests.ui.test_wizard_own_fields import custom, file

from peernote_tui.documents.added import leaving_document
from peernote_tui.documents.plain import plain_text
from peernote_tui.domain.answers import ANOTHER
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.names import NameTier
from peernote_tui.domain.references import ERASED, NAMES_STAY_OUT, reference
from peernote_tui.services import erasing, interchange, keeping_templates, merging, notes, reviewing, writing
from peernote_tui.services.naming import choose_name_tier
from peernote_tui.services.referring import people_meant, used_staff, words_outside
from peernote_tui.ui.screens.note import NoteScreen
from peernote_tui.ui.screens.note_wizard.review import ReviewPane

FIELDS = {"worker": 'kind = "staff"', "who": 'kind = "participant"', "told": 'kind = "computed"\nvalue = "who"'}


@pytest.fixture
def marias(add_participant):
    return [add_participant("Maria Santos", external_id=number) for number in ("M-0042", "M-0077")]


@pytest.fixture
def begin(workspace, consented):
    keeping_templates.add_template(workspace, file(fields=FIELDS))

    def begin(**answers):
        draft = writing.start_draft(workspace, consented.id, template_id="visit")
        content = draft.content.model_copy(update={"end": draft.content.start, "custom": answers})
        return writing.save_draft(workspace, draft.model_copy(update={"content": content}))

    return begin


def shown_outside(workspace, note):
    template = workspace.templates["visit", 1]
    return [*words_outside(people_meant(workspace, template, (note.content,))).values()]


async def suggested(pilot, until):
    await until(pilot, lambda: pilot.app.focused._suggestion)


async def test_both_are_completed_by_keys_and_the_name_stays_out(
    workspace, begin, marias, in_the_wizard, keys, type_in, until, read_screen
):
    for worker in ("Kim Lee", "Kit Ode", "Kit Ode"):
        writing.sign_note(workspace, begin(worker=worker).id)
    assert used_staff(workspace) == ("Kit Ode", "Kim Lee")
    async with in_the_wizard(begin().id, size=(120, 40)) as pilot:
        await keys(pilot, "f4")
        await type_in(pilot, "ki")
        await suggested(pilot, until)
        await keys(pilot, "right", "enter")
        await type_in(pilot, "mar")
        await suggested(pilot, until)
        assert pilot.app.focused._suggestion in ("Maria S. M-0042", "Maria S. M-0077")
        pilot.app.focused.value = ""
        await type_in(pilot, "0077")
        await suggested(pilot, until)
        await keys(pilot, "right")
        await until(pilot, lambda: custom(pilot).get("who") == reference(marias[1].id))
        assert custom(pilot)["worker"] == "Kit Ode"
        await until(pilot, lambda: "stays out of the note" in read_screen(pilot.app))
        await keys(pilot, "f2")
        await until(pilot, lambda: pilot.app.screen.query_one(ReviewPane).display)
        await until(pilot, lambda: "Maria S. M-0077" in read_screen(pilot.app))
        assert NAMES_STAY_OUT not in read_screen(pilot.app)
        await keys(pilot, "f8")
        call = pilot.app.gateway.call
        await until(pilot, lambda: not pilot.app.screen.query(ReviewPane))
        (row, *_) = (await call(notes.list_notes)).notes
        (note,) = await call(interchange.export_notes, note_ids=(row.id,))
        assert "Maria" not in note.model_dump_json()
        assert note.content.custom["told"] == ANOTHER
        assert await call(shown_outside, note) == ["M-0077"]


async def test_no_more_of_a_name_than_may_be_seen_and_what_is_shown_again_means_the_same(
    workspace, begin, marias, in_the_wizard, keys, read_screen
):
    choose_name_tier(workspace, NameTier.ID)
    draft = begin(who=reference(marias[0].id))
    async with in_the_wizard(draft.id, size=(120, 40)) as pilot:
        await keys(pilot, "f4", "tab")
        assert pilot.app.focused.value == "M-0042"
        await keys(pilot, "ctrl+t")
        assert pilot.app.focused.value == "Maria S. M-0042"
        await keys(pilot, "shift+tab")
        assert custom(pilot)["who"] == reference(marias[0].id)


def test_free_text_is_possible_and_told_at_review(workspace, begin):
    found = reviewing.review(workspace, begin(who="Maria Santos").id)
    assert f"“Own who”: {NAMES_STAY_OUT}" in found.warnings
    note = found.note.model_copy(update={"id": "", "content": begin(who={"participant": 5}).content})
    with pytest.raises(InvalidInputError, match="holds what is no participant"):
        interchange.import_notes(workspace, (note,))


def test_merged_and_erased_people_read_as_what_became_of_them(workspace, begin, marias):
    note = writing.sign_note(workspace, begin(who=reference(marias[0].id)).id)
    assert shown_outside(workspace, note) == ["M-0042"]
    merging.merge(workspace, marias[1].id, marias[0].id)
    assert shown_outside(workspace, note) == ["M-0077"]
    erasing.erase_participant(workspace, marias[1].id, reason=erasing.ErasureReason.ASKED)
    assert shown_outside(workspace, note) == [ERASED]


async def test_a_signed_note_is_read_with_their_name_and_handed_on_without(
    workspace, begin, marias, in_the_vault, read_screen, until
):
    note = writing.sign_note(workspace, begin(who=reference(marias[0].id)).id)
    view = notes.view_note(workspace, note.id)
    people = words_outside(view.people)
    assert "M-0042" in plain_text(leaving_document(view.note, view.template, view.addenda, people))
    assert ANOTHER in plain_text(leaving_document(view.note, view.template, view.addenda))
    async with in_the_vault(size=(120, 40)) as pilot:
        pilot.app.push_screen(NoteScreen(view))
        await until(pilot, lambda: "Maria S. M-0042" in read_screen(pilot.app))
