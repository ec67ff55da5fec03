"""Snippets in boxes: real keys, one undo, nothing on paste."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events
from textual.widgets import Input

from peernote_tui.domain.pronouns import pronouns
from peernote_tui.domain.snippets import Filling, SnippetBook
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.note_area import NoteArea
from peernote_tui.ui.widgets.snippet_box import Snippets
from peernote_tui.ui.widgets.tag_field import TagField
from peernote_tui.ui.widgets.text_input import TextInput

TEXTS = {
    "gnd": "We practised grounding.",
    "go": "I went along to {|}, and {they} spoke.",
    "x": "y",
    "two": "one\ntwo",
}
BOTH = pytest.mark.parametrize("kind", [NoteArea, TextInput])


def words(box):
    return box.text if isinstance(box, NoteArea) else box.value


def before_cursor(box):
    if isinstance(box, NoteArea):
        return box.get_text_range((0, 0), box.cursor_location)
    return box.value[: box.cursor_position]


@pytest.fixture
def stage(house_app, run):
    """Run one widget in a field, on a screen that knows snippets: `async with stage(NoteArea()) as (pilot, box)`."""
    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def staged(widget):
        async with run(house_app(Field("summary", "Summary", widget, hint="A hint.", stacked=True))) as pilot:
            filling = Filling("Maria", pronouns("she/her"), datetime(2026, 11, 23, 14, 52))  # noqa: DTZ001 a wall clock
            pilot.app.screen.snippets = Snippets(SnippetBook(TEXTS), lambda: filling)
            pilot.app.query_one(Field).focus_control()
            await pilot.pause()
            yield pilot, widget

    return staged


WRITTEN = [
    ("Then ;gnd she", "Then We practised grounding. she", None),
    (";gnd.", "We practised grounding.", None),
    (";gnd?", "We practised grounding.?", None),
    (";GND)", "We practised grounding.)", None),
    (";go ", "I went along to , and she spoke.", "I went along to "),
    (";go,", "I went along to , and she spoke.,", "I went along to "),
    (";;gnd ;nope we talked;gnd ", ";;gnd ;nope we talked;gnd ", None),
    (";x ;x ", "y y ", None),
]


@BOTH
async def test_what_is_typed_and_what_is_written(kind, stage, type_in):
    async with stage(kind()) as (pilot, box):
        for typed, written, left in WRITTEN:
            box.load("")
            await type_in(pilot, typed)
            assert words(box) == written
            assert before_cursor(box) == (written if left is None else left)


@BOTH
async def test_one_undo_brings_back_what_was_typed(kind, stage, type_in):
    async with stage(kind()) as (pilot, box):
        for typed in (";gnd ", "Then ;gnd.", ";go ", ";x ", ";two,"):
            box.load("")
            await type_in(pilot, typed)
            assert words(box) != typed
            await pilot.press("ctrl+z")
            assert (words(box), before_cursor(box)) == (typed, typed)
            await type_in(pilot, "on")
            assert words(box) == typed + "on"


@BOTH
async def test_redo_writes_the_words_again(kind, stage, type_in):
    async with stage(kind()) as (pilot, box):
        await type_in(pilot, ";gnd ")
        await pilot.press("ctrl+z", "ctrl+y")
        assert words(box) == "We practised grounding. "


@BOTH
async def test_letters_after_it_are_a_step_of_their_own(kind, stage, type_in):
    async with stage(kind()) as (pilot, box):
        await type_in(pilot, ";gnd.abc")
        await pilot.press("ctrl+z")
        assert words(box) == "We practised grounding."


@BOTH
async def test_any_keys_are_undone_to_the_beginning_and_done_again(kind, stage, type_in):
    runs: list[str] = [";gnd ;go ;x.;two "]

    @settings(max_examples=8, deadline=None)
    @given(st.lists(st.sampled_from([";gnd", ";go", ";x", ";", " ", ".", "a", ";;"]), max_size=8))
    def collect(parts):
        runs.append("".join(parts))

    collect()
    async with stage(kind()) as (pilot, box):
        for typed in runs:
            box.load("")
            if isinstance(box, NoteArea):
                box.history.clear()
            await type_in(pilot, typed)
            written = words(box)
            for _ in range(2 * len(typed) + 1):
                box.action_undo()
            assert words(box) == ""
            for _ in range(2 * len(typed) + 1):
                box.action_redo()
            assert words(box) == written


@BOTH
async def test_nothing_comes_of_a_paste(kind, stage, type_in):
    async with stage(kind()) as (pilot, box):
        pilot.app.post_message(events.Paste("now ;gnd and ;gnd"))
        await pilot.pause()
        assert pilot.app.query_one(Field).query_one(".field--below").content.plain == "A hint."
        await type_in(pilot, " ")
        assert words(box) == "now ;gnd and ;gnd "
        await type_in(pilot, ";gnd ")
        assert words(box) == "now ;gnd and ;gnd We practised grounding. "


async def test_enter_ends_one_in_a_box_of_lines(stage, type_in):
    async with stage(NoteArea()) as (pilot, box):
        await type_in(pilot, "a ;gnd")
        await pilot.press("enter")
        assert (box.text, box.cursor_location) == ("a We practised grounding.\n", (1, 0))
        await pilot.press("ctrl+z")
        assert box.text == "a ;gnd\n"
        await type_in(pilot, ";go")
        await pilot.press("enter")
        assert box.text == "a ;gnd\nI went along to , and she spoke."
        assert box.cursor_location == (1, len("I went along to "))
        await pilot.press("ctrl+z")
        assert box.text == "a ;gnd\n;go\n"


async def test_enter_ends_one_in_a_line_and_goes_on_unless_something_is_to_be_filled_in(stage, type_in):
    async with stage(TextInput()) as (pilot, box):
        entered = []
        box.post_message, post = (lambda message: entered.append(message) or post(message)), box.post_message
        await type_in(pilot, ";go")
        await pilot.press("enter")
        assert box.value == "I went along to , and she spoke."
        assert not any(isinstance(message, Input.Submitted) for message in entered)
        box.load("")
        await type_in(pilot, ";gnd")
        await pilot.press("enter")
        assert [message.value for message in entered if isinstance(message, Input.Submitted)] == [TEXTS["gnd"]]


@BOTH
async def test_right_takes_the_first_that_begins_so(kind, stage, type_in, read_screen):
    async with stage(kind()) as (pilot, box):
        await type_in(pilot, "a ;")
        assert ";gnd ;go ;two ;x" in read_screen(pilot.app)
        await type_in(pilot, "g")
        assert "→ ;gnd  We practised grounding.  also ;go" in read_screen(pilot.app)
        await type_in(pilot, "o")
        assert "Space ;go  I went along to" in read_screen(pilot.app)
        await pilot.press("backspace", "right")
        assert words(box) == "a We practised grounding."
        assert "A hint." in read_screen(pilot.app)
        await pilot.press("ctrl+z")
        assert words(box) == "a ;g"
        await type_in(pilot, "q")
        assert "A hint." in read_screen(pilot.app)


@BOTH
async def test_right_moves_the_cursor_otherwise(kind, stage, type_in):
    async with stage(kind()) as (pilot, box):
        await type_in(pilot, "a ;")
        await pilot.press("left", "right", "left", "shift+right")
        assert words(box) == "a ;"


async def test_lines_are_joined_in_a_line_and_what_does_not_fit_is_said(stage, type_in):
    async with stage(TextInput(max_length=12)) as (pilot, box):
        await type_in(pilot, ";two ")
        assert box.value == "one two "
        box.load("")
        told = []
        box.post_message, post = (lambda message: told.append(message) or post(message)), box.post_message
        await type_in(pilot, ";gnd ")
        assert box.value == "We practised"
        assert [message.dropped for message in told if isinstance(message, TextInput.Cut)] == [12]
        await pilot.press("ctrl+z")
        assert box.value == ";gnd "


async def test_a_full_box_is_cut_and_undone(stage, type_in):
    async with stage(NoteArea(limit=12)) as (pilot, box):
        await type_in(pilot, ";gnd ")
        assert box.text == "We practised"
        await pilot.press("ctrl+z")
        assert box.text == ";gnd "


async def test_tags_and_secrets_take_none(stage, type_in, read_screen):
    async with stage(TagField()) as (pilot, field):
        await type_in(pilot, ";gnd ")
        assert field.typed == ";gnd "
    async with stage(TextInput(password=True)) as (pilot, box):
        await type_in(pilot, ";gnd ")
        assert box.value == ";gnd "
        assert "gnd" not in read_screen(pilot.app)


async def test_a_read_only_box_stays(stage, type_in):
    area = NoteArea(";gnd")
    area.read_only = True
    async with stage(area) as (pilot, box):
        box.move_cursor((0, 4))
        await type_in(pilot, " ")
        await pilot.press("right")
        assert box.text == ";gnd"
