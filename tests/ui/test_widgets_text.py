"""One-line and large text: undo, pastes, limits, through real keys."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual import events
from textual.widgets import Input, TextArea

from peernote_tui.ui.widgets.note_area import NoteArea
from peernote_tui.ui.widgets.text_input import CAP, TextInput


async def paste(pilot, text):
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()


async def start(pilot, kind):
    widget = pilot.app.query_one(kind)
    widget.focus()
    await pilot.pause()
    return widget


async def test_undo_goes_back_word_by_word_and_redo_forward(house_app, run):
    async with run(house_app(TextInput())) as pilot:
        field = await start(pilot, TextInput)
        await pilot.press(*"call the office")
        await pilot.press("ctrl+z")
        assert field.value == "call the "
        await pilot.press("ctrl+z", "ctrl+z")
        assert field.value in {"call", "call "}
        await pilot.press(*["ctrl+z"] * 9)
        assert field.value == ""
        await pilot.press(*["ctrl+y"] * 9)
        assert field.value == "call the office"


async def test_typing_after_undo_forgets_what_was_undone(house_app, run):
    async with run(house_app(TextInput())) as pilot:
        field = await start(pilot, TextInput)
        await pilot.press(*"ab", "ctrl+z", "c", "ctrl+y")
        assert field.value == "c"


async def test_the_first_text_cannot_be_undone_and_is_no_change(house_app, run):
    heard = []

    class Hearing(house_app):
        def on_input_changed(self, event):
            heard.append(event.value)

    async with run(Hearing(TextInput("Elm St"))) as pilot:
        field = await start(pilot, TextInput)
        assert heard == []
        await pilot.press("ctrl+z")
        assert field.value == "Elm St"
        await pilot.press("x")
        await pilot.pause()
        assert (field.value, heard) == ("Elm Stx", ["Elm Stx"])
        field.load("other")
        await pilot.pause()
        assert heard == ["Elm Stx"]
        assert not field.can_undo


async def test_deleting_is_undone_in_one_step_with_its_cursor(house_app, run):
    async with run(house_app(TextInput("call housing office"))) as pilot:
        field = await start(pilot, TextInput)
        await pilot.press("ctrl+backspace")
        assert field.value == "call housing "
        await pilot.press("ctrl+z")
        assert (field.value, field.cursor_position) == ("call housing office", 19)


async def test_a_paste_of_lines_becomes_one_line(house_app, run):
    async with run(house_app(TextInput("ab"))) as pilot:
        field = await start(pilot, TextInput)
        await pilot.press("left")
        await paste(pilot, "one\r\n  two\x00\n\nthree\u202e")
        assert field.value == "aone two threeb"
        await pilot.press("ctrl+z")
        assert field.value == "ab"


@pytest.mark.parametrize("size", [60, 1_000_000])
async def test_an_overlong_paste_is_cut_and_said(size, house_app, run):
    cuts = []

    class Hearing(house_app):
        def on_text_input_cut(self, event):
            cuts.append((event.limit, event.dropped))

    async with run(Hearing(TextInput("start ", max_length=20))) as pilot:
        field = await start(pilot, TextInput)
        await paste(pilot, "x" * size)
        assert field.value == "start " + "x" * 14
        assert cuts[0][0] == 20
        assert cuts[0][1] > 0
        await pilot.press("y")
        await pilot.pause()
        assert len(cuts) == 2
        assert field.value == "start " + "x" * 14


async def test_no_field_holds_more_than_its_cap(house_app, run):
    async with run(house_app(TextInput("", max_length=10**9))) as pilot:
        field = await start(pilot, TextInput)
        await paste(pilot, "word\n" * 200_000)
        assert len(field.value) == CAP


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=12), max_size=6))
async def test_undo_leads_back_to_the_start_whatever_was_pasted(house_app, run, pastes):
    async with run(house_app(TextInput("begin"))) as pilot:
        field = await start(pilot, TextInput)
        for text in pastes:
            await paste(pilot, text)
        assert not [c for c in field.value if not c.isprintable() and c in "\r\n\t\x00"]
        last = field.value
        while field.can_undo:
            field.action_undo()
        assert field.value == "begin"
        for _ in range(len(pastes)):
            field.action_redo()
        assert field.value == last


async def test_nothing_is_selected_on_focus_unless_asked(house_app, run):
    async with run(house_app(TextInput("a guess"), TextInput("a guess", select_on_focus=True, id="two"))) as pilot:
        first = await start(pilot, TextInput)
        assert first.selected_text == ""
        await pilot.press("tab")
        assert pilot.app.focused.selected_text == "a guess"


async def test_markup_in_a_field_is_text(house_app, run, nasty_texts, read_screen):
    async with run(house_app(TextInput(placeholder="[/]"), TextInput(nasty_texts["bold tag"], id="two"))) as pilot:
        seen = read_screen(pilot.app)
        assert "[/]" in seen
        assert "[bold]x" in seen


async def test_the_large_box_pastes_cleaned_lines_once(house_app, run):
    async with run(house_app(NoteArea("a"))) as pilot:
        area = await start(pilot, NoteArea)
        area.move_cursor((0, 1))
        await paste(pilot, "one\r\ntwo\x00\x1b[31m")
        assert area.text == "aone\ntwo[31m"
        assert area.cursor_location == (1, 7)
        await pilot.press("ctrl+z")
        assert area.text == "a"


async def test_tab_leaves_the_large_box_and_enter_is_a_new_line(house_app, run):
    async with run(house_app(NoteArea("a"), TextInput())) as pilot:
        area = await start(pilot, NoteArea)
        await pilot.press("enter", "tab")
        assert area.text == "\na"
        assert isinstance(pilot.app.focused, TextInput)


@pytest.mark.parametrize("line", ["word " * 200_000, "word word word\n" * 70_000])
async def test_a_megabyte_is_cut_said_and_stays_usable(line, house_app, run):
    cuts = []

    class Hearing(house_app):
        def on_note_area_cut(self, event):
            cuts.append(event.dropped)

    async with run(Hearing(NoteArea())) as pilot:
        area = await start(pilot, NoteArea)
        await paste(pilot, line)
        assert len(area.text) == 200_000
        await pilot.press("x")
        await pilot.pause()
        assert len(area.text) == 200_000
        assert len(cuts) == 2


async def test_typing_over_a_selection_in_a_full_box_is_allowed(house_app, run):
    async with run(house_app(NoteArea("abcde", limit=5))) as pilot:
        area = await start(pilot, NoteArea)
        area.move_cursor((0, 0))
        await pilot.press("shift+right", "x")
        assert area.text == "xbcde"
        await pilot.press("y")
        assert area.text == "xbcde"


def underlined(app):
    _width, height = app.size
    return "".join(
        segment.text
        for strip in app.screen._compositor.render_strips(app.size)[:height]
        for segment in strip
        if segment.style and segment.style.underline
    )


async def test_marks_are_underlined_until_their_words_change(house_app, run):
    async with run(house_app(NoteArea("She claims\nthe office claims"))) as pilot:
        area = await start(pilot, NoteArea)
        area.mark([(4, 10), (22, 28)])
        await pilot.pause()
        assert underlined(pilot.app) == "claimsclaims"
        area.move_cursor((0, 6))
        await pilot.press("x")
        await pilot.pause()
        assert underlined(pilot.app) == "claims"
        area.mark([])
        await pilot.pause()
        assert underlined(pilot.app) == ""


async def test_loading_is_no_change(house_app, run):
    heard = []

    class Hearing(house_app):
        def on_text_area_changed(self, event):
            heard.append(event)

    async with run(Hearing(NoteArea())) as pilot:
        area = await start(pilot, NoteArea)
        area.load("one\ntwo", cursor=(1, 1))
        await pilot.pause()
        assert (area.text, area.cursor_location, heard) == ("one\ntwo", (1, 1), [])


def test_the_messages_are_textuals_own():
    assert issubclass(TextInput.Changed, Input.Changed)
    assert issubclass(NoteArea.Changed, TextArea.Changed)
