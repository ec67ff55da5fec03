"""Fields of a template on the form of a participant's page: answered by keys, checked, saved and put back."""

from __future__ import annotations

import pytest

from peernote_tui.domain.participant import CustomField
from peernote_tui.services.half_typed import keep_typed
from peernote_tui.services.keeping_records import change_participant
from peernote_tui.services.keeping_templates import add_template
from peernote_tui.services.participants import get_participant
from peernote_tui.ui.screens.edit_participant import EditParticipant
from peernote_tui.ui.screens.page_answers import AnswerField
from peernote_tui.ui.widgets.choice_field import ChoiceField
from peernote_tui.ui.widgets.text_input import TextInput

PAGE = """\
id = "page"
version = 1
title = "Our page"
about = "participant"
[[sections]]
key = "us"
title = "What we ask"
fields = [
  { key = "about_it", kind = "heading", label = "For the yearly count" },
  { key = "size", kind = "number", label = "Shoe size", most = 60, unit = "EU", required = true },
  { key = "housing", kind = "choice", label = "Housing", choices = [
    { value = "own", label = "Own place" }, { value = "friends", label = "With friends" } ] },
  { key = "served", kind = "yes_no", label = "Served" },
  { key = "ways", kind = "choices", label = "Comes by", choices = [
    { value = "bus", label = "Bus" }, { value = "foot", label = "On foot" } ] },
  { key = "hope", kind = "scale", label = "Hope" },
  { key = "skills", kind = "tags", label = "Skills" },
  { key = "since", kind = "date", label = "With us since", must = "since <= today()" },
]
"""


@pytest.fixture
def maria(workspace, add_participant):
    add_template(workspace, PAGE.encode())
    return add_participant("Maria Santos", external_id="M-0042")


@pytest.fixture
def editing(until):
    async def opening(pilot, person):
        pilot.app.push_screen(await EditParticipant.load(pilot.app, person.id))
        await until(pilot, lambda: isinstance(pilot.app.screen, EditParticipant) and pilot.app.screen.focused)
        return pilot.app.screen

    return opening


def field(form, key):
    return form.query_one(f"#field-asks_{key}", AnswerField)


async def entries(pilot, person):
    found = await pilot.app.gateway.call(get_participant, person.id)
    return {each.label: each.value for each in found.custom}


async def test_every_kind_is_answered_by_keys_checked_and_saved(
    maria, in_the_vault, editing, until, type_in, keys, read_screen
):
    async with in_the_vault() as pilot:
        form = await editing(pilot, maria)
        field(form, "size").focus_control()
        await type_in(pilot, "x")
        await pilot.press("enter")
        assert "A number is needed here" in field(form, "size").error
        assert field(form, "housing").control.has_focus
        await pilot.press("2", "enter", "y", "enter")
        await type_in(pilot, "bus")
        await pilot.press("enter", "enter", "7", "enter")
        await type_in(pilot, "bread")
        await pilot.press("enter", "enter")
        await type_in(pilot, "tomorrow")
        shown = read_screen(pilot.app)
        assert "What we ask" in shown
        assert "For the yearly count" in shown
        await pilot.press("ctrl+s")
        assert field(form, "size").control.has_focus
        assert field(form, "since").error == "“With us since” does not fit the other answers."
        await pilot.press("ctrl+u")
        await type_in(pilot, "9")
        assert field(form, "size").echo == "9 EU"
        field(form, "since").focus_control()
        await pilot.press("ctrl+u")
        await type_in(pilot, "today")
        await keys(pilot, "ctrl+s")
        await until(pilot, lambda: pilot.app.screen is not form)
        assert await entries(pilot, maria) == {
            "Shoe size": "9",
            "Housing": "With friends",
            "Served": "yes",
            "Comes by": "Bus",
            "Hope": "7",
            "Skills": "bread",
            "With us since": "2026-11-23",
        }


async def test_what_is_stored_and_what_was_typed_stand_in_the_form_and_change_places(
    maria, workspace, in_the_vault, editing
):
    stored = {"Shoe size": "9", "Housing": "own place", "Comes by": "Bus, On foot", "Served": "perhaps", "Tea": "mint"}
    custom = tuple(CustomField(label=label, value=value) for label, value in stored.items())
    change_participant(workspace, maria.id, maria.model_copy(update={"custom": custom}))
    keep_typed(
        workspace, maria.id, {"asks_housing": "With friends", "asks_ways": "", "asks_gone": "kept by an older one"}
    )
    async with in_the_vault() as pilot:
        form = await editing(pilot, maria)
        assert field(form, "housing").control.value == "friends"
        assert field(form, "ways").control.tags == ()
        # What is no answer to the field (any more) stands there to be read and changed.
        assert isinstance(field(form, "served").control, TextInput)
        assert field(form, "served").words == "perhaps"
        assert isinstance(field(form, "housing").control, ChoiceField)
        await pilot.press("f8")
        assert field(form, "housing").control.value == "own"
        assert field(form, "ways").control.tags == ("Bus", "On foot")
        await pilot.press("ctrl+s")
        assert await entries(pilot, maria) == stored


async def test_what_was_typed_for_a_field_that_is_asked_no_more_stands_as_an_entry_of_its_own(
    maria, workspace, in_the_vault, editing, keys
):
    keep_typed(workspace, maria.id, {"asks_since": "2 may 2024"})
    later = PAGE.replace("version = 1", "version = 2").replace('must = "since <= today()"', "retired = true")
    add_template(workspace, later.encode())
    async with in_the_vault() as pilot:
        form = await editing(pilot, maria)
        assert not form.query("#field-asks_since")
        field(form, "size").focus_control()
        await keys(pilot, "9", "ctrl+s")
        assert await entries(pilot, maria) == {"Shoe size": "9", "With us since": "2 may 2024"}
