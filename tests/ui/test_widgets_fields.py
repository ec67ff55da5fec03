"""Choices, tags, scales and the field around them, through real keys."""

import unicodedata

import pytest

from peernote_tui.ui.screens.base import TopScreen
from peernote_tui.ui.widgets.choice_field import ChoiceField
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.scale_field import ScaleField
from peernote_tui.ui.widgets.tag_field import TagField
from peernote_tui.ui.widgets.text_input import TextInput

MODES = [("in", "In person"), ("phone", "Phone"), ("video", "Video"), ("text", "Text"), ("post", "Post")]
TECHNIQUES = ["Grounding", "Role play", "My own story", "Räume öffnen", "Ground rules"]


def fold(text):
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


@pytest.fixture
def stage(house_app, run):
    """Run one widget with focus and keep the messages it posts."""
    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def staging(widget, size=(80, 24)):
        heard = []

        class Hearing(house_app):
            def on_choice_field_changed(self, event):
                heard.append(event.value)

            def on_choice_field_submitted(self, event):
                heard.append("go on")

            def on_scale_field_changed(self, event):
                heard.append(event.value)

            def on_scale_field_submitted(self, event):
                heard.append("go on")

            def on_tag_field_changed(self, event):
                heard.append((event.tags, event.typed))

            def on_tag_field_submitted(self, event):
                heard.append("go on")

        async with run(Hearing(widget), size=size) as pilot:
            await pilot.press("tab")
            yield pilot, heard

    return staging


async def test_a_choice_begins_unanswered_and_is_made_by_digit_letter_and_arrows(stage):
    field = ChoiceField(MODES)
    async with stage(field) as (pilot, heard):
        assert field.value is None
        for key, value in (
            ("2", "phone"),
            ("i", "in"),
            ("right", "phone"),
            ("left", "in"),
            ("left", "in"),
            ("V", "video"),
        ):
            await pilot.press(key)
            assert field.value == value
        await pilot.press("9", "x")
        assert field.value == "video"
        await pilot.press("delete")
        assert field.value is None
        await pilot.press("enter")
        await pilot.pause()
        assert heard == ["phone", "in", "phone", "in", "video", None, "go on"]


async def test_one_letter_goes_round_the_choices_that_begin_with_it(stage):
    field = ChoiceField(MODES)
    async with stage(field) as (pilot, _heard):
        await pilot.press("p")
        assert field.value == "phone"
        await pilot.press("p")
        assert field.value == "post"
        await pilot.press("p")
        assert field.value == "phone"


async def test_arrows_from_no_answer_begin_at_the_near_end(stage):
    field = ChoiceField(MODES)
    async with stage(field) as (pilot, _heard):
        await pilot.press("left")
        assert field.value == "post"


async def test_a_stored_choice_is_no_change_and_an_unknown_one_is_none(stage):
    field = ChoiceField(MODES, value="gone")
    async with stage(field) as (pilot, heard):
        assert field.value is None
        field.load("text")
        await pilot.pause()
        assert (field.value, heard) == ("text", [])


async def test_digits_in_a_choice_do_not_leave_the_screen(house_app, run):
    class Screen(TopScreen):
        PLACE = "Today"

        def compose_body(self):
            yield ChoiceField(MODES[:2])

    app = house_app(first_screen=Screen())
    async with run(app) as pilot:
        await pilot.press("2")
        assert (app.screen.query_one(ChoiceField).value, app.went) == ("phone", [])
        await pilot.press("3")
        assert app.went == ["notes"]


async def test_choices_wrap_into_the_lines_they_need(stage, read_screen):
    field = ChoiceField(MODES)
    async with stage(field, size=(30, 10)) as (pilot, _heard):
        seen = read_screen(pilot.app)
        assert all(label in seen for _key, label in MODES)
        assert field.size.height == 2 + ("5 Post" not in seen.splitlines()[1])


async def test_what_is_chosen_is_told_without_colours(stage, read_screen):
    field = ChoiceField(MODES)
    async with stage(field) as (pilot, _heard):
        assert "✓" not in read_screen(pilot.app)
        await pilot.press("2")
        await pilot.pause()
        assert "✓2 " in read_screen(pilot.app)


async def test_the_number_on_a_scale_is_told_without_colours_and_apart_from_its_label(stage, read_screen):
    async with stage(ScaleField("very hard", "very good")) as (pilot, _heard):
        await pilot.press("7")
        await pilot.pause()
        seen = read_screen(pilot.app)
        assert "✓7 " in seen
        assert " very hard  0 " in seen


async def test_a_scale_takes_digits_and_ten(stage):
    field = ScaleField("very hard", "very good")
    async with stage(field) as (pilot, heard):
        assert field.value is None
        for key, value in (("7", 7), ("1", 1), ("0", 10), ("0", 0), ("1", 1), ("right", 2), ("0", 0), ("left", 0)):
            await pilot.press(key)
            assert field.value == value
        await pilot.press("1", "backspace", "0")
        assert field.value == 0
        await pilot.press("delete", "enter")
        await pilot.pause()
        assert field.value is None
        assert heard[-1] == "go on"


async def test_a_scale_moves_by_arrows_from_either_end_and_stops(stage):
    field = ScaleField("low", "high")
    async with stage(field) as (pilot, _heard):
        await pilot.press("left")
        assert field.value == 10
        await pilot.press("right")
        assert field.value == 10
        await pilot.press("delete", "right", "down")
        assert field.value == 0


@pytest.mark.parametrize("width", [80, 44, 30])
async def test_a_scale_shows_all_numbers_and_its_ends_at_every_width(width, stage, read_screen):
    async with stage(ScaleField("hard", "good [/]"), size=(width, 10)) as (pilot, _heard):
        seen = read_screen(pilot.app)
        assert seen.split("0")[0].strip() in {"", "hard"}
        assert "".join(str(n) for n in range(11)) in seen.replace(" ", "").replace("\n", "")
        assert "hard" in seen
        assert "good" in seen


async def test_numbers_add_and_take_away_suggested_tags(stage):
    field = TagField(TECHNIQUES)
    async with stage(field) as (pilot, heard):
        await pilot.press("1", "3")
        assert field.tags == ("Grounding", "My own story")
        await pilot.press("1")
        await pilot.pause()
        assert field.tags == ("My own story",)
        assert heard == [(("Grounding",), ""), (("Grounding", "My own story"), ""), (("My own story",), "")]


async def test_backspace_takes_the_last_and_undo_brings_it_back(stage):
    field = TagField(TECHNIQUES, tags=["Grounding", "Walks"])
    async with stage(field) as (pilot, _heard):
        await pilot.press("backspace")
        assert field.tags == ("Grounding",)
        await pilot.press("ctrl+z")
        assert field.tags == ("Grounding", "Walks")


async def test_a_new_tag_is_typed_and_enter_goes_on_from_an_empty_line(stage):
    field = TagField(TECHNIQUES)
    async with stage(field) as (pilot, heard):
        await pilot.press(*"box breathing", "enter")
        assert (field.tags, field.typed) == (("box breathing",), "")
        await pilot.press("enter")
        await pilot.pause()
        assert heard[-2:] == [(("box breathing",), ""), "go on"]


async def test_half_typed_words_are_part_of_the_state(stage):
    field = TagField(TECHNIQUES)
    async with stage(field) as (pilot, heard):
        await pilot.press(*"hou")
        await pilot.pause()
        assert heard[-1] == ((), "hou")
        field.load(["Role play"], "sle")
        await pilot.pause()
        assert (field.tags, field.typed) == (("Role play",), "sle")
        assert heard[-1] == ((), "hou")


async def test_a_single_suggestion_that_fits_is_taken_by_enter_unless_refused(stage, read_screen):
    field = TagField(TECHNIQUES, fold=fold)
    async with stage(field) as (pilot, _heard):
        await pilot.press(*"raum")
        await pilot.pause()
        assert "Enter adds Räume öffnen" in read_screen(pilot.app)
        await pilot.press("enter")
        assert field.tags == ("Räume öffnen",)
        await pilot.press(*"role", "up", "enter")
        assert field.tags == ("Räume öffnen", "role")


async def test_arrows_pick_among_several_suggestions(stage):
    field = TagField(TECHNIQUES)
    async with stage(field) as (pilot, _heard):
        await pilot.press(*"gro", "down", "down", "enter")
        assert field.tags == ("Ground rules",)
        await pilot.press(*"gro", "down", "up", "enter")
        assert field.tags == ("Ground rules", "gro")


async def test_the_same_tag_is_not_added_twice_and_spelling_follows_the_suggestion(stage):
    field = TagField(TECHNIQUES, tags=["Walks"])
    async with stage(field) as (pilot, _heard):
        await pilot.press(*"WALKS", "enter", *"my own story", "enter")
        assert field.tags == ("Walks", "My own story")


async def test_a_digit_inside_a_word_is_typed(stage):
    field = TagField(TECHNIQUES)
    async with stage(field) as (pilot, _heard):
        await pilot.press(*"a1")
        assert (field.typed, field.tags) == ("a1", ())


async def test_nasty_tags_are_shown_and_do_not_break(stage, nasty_texts, read_screen):
    field = TagField(
        [nasty_texts["closing tag"], nasty_texts["long"]], tags=[nasty_texts["cjk"], nasty_texts["override"]]
    )
    async with stage(field, size=(60, 20)) as (pilot, _heard):
        await pilot.press("1")
        seen = read_screen(pilot.app)
        assert "[/]" in seen
        assert nasty_texts["cjk"] in seen
        assert field.tags[-1] == "[/]"


async def test_a_field_takes_one_line_until_there_is_something_to_say(house_app, run, read_screen):
    field = Field("place", "Place", TextInput("Elm"), hint="Where you met")
    async with run(house_app(field, lambda: Field("who", "Who", TextInput()))) as pilot:
        pilot.app.screen.set_focus(None)
        await pilot.pause()
        assert field.size.height == 1
        field.focus_control()
        await pilot.pause()
        assert "Where you met" in read_screen(pilot.app)
        assert field.size.height == 2
        await pilot.press("tab")
        await pilot.pause()
        assert "Where you met" not in read_screen(pilot.app)


async def test_an_error_stands_with_its_sign_until_cured(house_app, run, read_screen):
    field = Field("place", "Place [/]", TextInput())
    async with run(house_app(field)) as pilot:
        field.set_error("A place is needed [/]. Type one.")
        field.focus_control()
        await pilot.press("x", "tab")
        await pilot.pause()
        assert "! A place is needed [/]. Type one." in read_screen(pilot.app)
        field.set_error(None)
        await pilot.pause()
        assert "needed" not in read_screen(pilot.app)
        assert field.error == ""


async def test_the_echo_stands_beside_a_short_control_and_below_a_long_one(house_app, run, read_screen):
    short = Field("when", "Time", TextInput("2-245"), width=14)
    wide = Field("place", "Place", TextInput("elm"))
    async with run(house_app(short, wide)) as pilot:
        short.set_echo("14:00–14:45")
        wide.set_echo("Elm St café")
        await pilot.pause()
        lines = read_screen(pilot.app).splitlines()
        assert [line for line in lines if "2-245" in line and "14:00–14:45" in line]
        assert short.size.height == 1
        assert not [line for line in lines if " elm " in line and "Elm St" in line]
        assert wide.size.height == 2


async def test_a_stacked_optional_field_says_so(house_app, run, read_screen):
    async with run(house_app(Field("a.b", "Strengths", TextInput(), stacked=True, optional=True))) as pilot:
        assert "Strengths (may be left out)" in read_screen(pilot.app)
        assert pilot.app.query_one("#field-a-b", Field).key == "a.b"
