"""Notes: listed newest first, found by words, opened to read."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.repository.notes import MARK_END, MARK_START
from peernote_tui.services.notes import FoundNotes
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.screens.note import NoteScreen
from peernote_tui.ui.screens.notes import FindBox, NoteList, NotesScreen, in_surroundings
from peernote_tui.ui.screens.today import TodayScreen
from peernote_tui.ui.widgets.key_line import KeyLine

SIZES = ((60, 20), (80, 24), (120, 40))


@pytest.fixture
def shelf(clock, add_participant, write_note):
    """Three notes: two people called James Miller, and Maria, whose note is a late entry."""
    now = clock.instant
    clock.instant = datetime(2026, 11, 2, 20, 0, tzinfo=UTC)
    one = add_participant("James Miller", pronouns="he/him", external_id="J-0008")
    other = add_participant("James Miller", pronouns="they/them", external_id="J-0051")
    maria = add_participant("Maria Santos", pronouns="she/her", external_id="M-0042")
    made = [write_note(one, day="2026-11-02", summary="He cooked soup for the neighbours.", concern_tags=("family",))]
    clock.instant = datetime(2026, 11, 9, 20, 0, tzinfo=UTC)
    made.append(write_note(other, day="2026-11-09", mode="phone", summary="They called the landlord themselves."))
    clock.instant = now
    made.append(
        write_note(maria, day="2026-11-16", late_reason="I was ill.", summary="We read the housing letter together.")
    )
    return made


@pytest.fixture
def at_notes(in_the_vault, until):
    """Go to Notes by its key: `pilot = await at_notes(pilot)` inside `in_the_vault`."""

    async def going(pilot):
        await pilot.press("3")
        await until(pilot, lambda: isinstance(pilot.app.screen, NotesScreen) and pilot.app.screen._found is not None)
        await until(pilot, lambda: bool(pilot.app.screen.query_one(NoteList).option_count))
        return pilot.app.screen

    return going


def rows(text, *words):
    return [line for line in text.split("\n") if any(word in line for word in words)]


@pytest.mark.parametrize("size", SIZES)
async def test_newest_first_and_two_of_one_name_told_apart(shelf, in_the_vault, at_notes, read_screen, size):
    async with in_the_vault(size=size) as pilot:
        await at_notes(pilot)
        lines = rows(read_screen(pilot.app), "James", "Maria")
        days = [" ".join(line.strip(" ▌").split()[:3]) for line in lines]
        assert days == ["Mon 16 Nov", "Mon 9 Nov", "Mon 2 Nov"]
        assert "M-0042" in lines[0]
        assert "J-0051" in lines[1]
        assert "J-0008" in lines[2]
        assert all("14:00" in line for line in lines)
        assert "late" in lines[0].split()
        assert "late" not in lines[1].split()


async def test_wide_rows_say_how_and_what_about(shelf, in_the_vault, at_notes, read_screen):
    async with in_the_vault(size=(120, 40)) as pilot:
        await at_notes(pilot)
        lines = rows(read_screen(pilot.app), "James")
        assert "they/them · J-0051" in lines[0]
        assert "phone" in lines[0]
        assert "in person" in lines[1]
        assert "family" in lines[1]


async def test_words_are_found_and_shown_in_amber(shelf, in_the_vault, at_notes, until, type_in, read_screen):
    async with in_the_vault() as pilot:
        screen = await at_notes(pilot)
        await pilot.press("slash")
        await type_in(pilot, "landl")
        await until(pilot, lambda: screen._found.query == "landl")
        text = read_screen(pilot.app)
        assert "They called the landlord themselves." in text
        assert "J-0051" in text
        assert "M-0042" not in text
        assert sentences.count_line(1, 1) in text
        list_ = screen.query_one(NoteList)
        prompt = list_.get_option_at_index(0).prompt
        amber = [prompt.plain[span.start : span.end] for span in prompt.spans if span.style == "bold $primary"]
        assert amber == ["landlord"]


async def test_digits_in_the_box_are_text_and_tabs_on_the_list(shelf, in_the_vault, at_notes, until, type_in):
    async with in_the_vault() as pilot:
        screen = await at_notes(pilot)
        assert screen.focused is screen.query_one(NoteList)
        await pilot.press("f5")
        await type_in(pilot, "14")
        assert screen.query_one(FindBox).value == "14"
        assert pilot.app.screen is screen
        await pilot.press("escape")
        await until(pilot, lambda: screen._found.query == "")
        await pilot.press("down")
        assert screen.focused is screen.query_one(NoteList)
        await pilot.press("1")
        await until(pilot, lambda: isinstance(pilot.app.screen, TodayScreen))


async def test_up_from_the_first_note_goes_to_the_box(shelf, in_the_vault, at_notes):
    async with in_the_vault() as pilot:
        screen = await at_notes(pilot)
        await pilot.press("down", "up")
        assert screen.focused is screen.query_one(NoteList)
        await pilot.press("up")
        assert screen.focused is screen.query_one(FindBox)


async def test_escape_empties_the_box_then_steps_back(shelf, in_the_vault, at_notes, until, type_in):
    async with in_the_vault() as pilot:
        screen = await at_notes(pilot)
        await pilot.press("slash")
        await type_in(pilot, "soup")
        await until(pilot, lambda: screen._found.query == "soup")
        await pilot.press("escape")
        await until(pilot, lambda: screen._found.query == "" and len(screen._found.notes) == 3)
        assert pilot.app.screen is screen
        await pilot.press("ctrl+z")
        await until(pilot, lambda: screen._found.query == "soup")
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, TodayScreen))


async def test_enter_opens_and_escape_comes_back_to_the_same_line(shelf, in_the_vault, at_notes, until, read_screen):
    async with in_the_vault() as pilot:
        screen = await at_notes(pilot)
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen))
        assert "J-0051" in read_screen(pilot.app)
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert screen.query_one(NoteList).highlighted_id == shelf[1].id


async def test_enter_in_the_box_opens_what_was_found(shelf, in_the_vault, at_notes, until, type_in):
    async with in_the_vault() as pilot:
        screen = await at_notes(pilot)
        await pilot.press("slash")
        await type_in(pilot, "soup")
        await until(pilot, lambda: screen._found.query == "soup")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen))
        assert pilot.app.screen._view.note.id == shelf[0].id


async def test_an_answer_to_older_words_is_dropped(shelf, in_the_vault, at_notes, until, monkeypatch):
    async with in_the_vault() as pilot:
        screen = await at_notes(pilot)
        gate = asyncio.Event()
        real = screen.ask

        async def slow(verb, *args, **kwargs):
            if args == ("so",):
                await gate.wait()
                return FoundNotes(query="so", notes=(), total=0)
            return await real(verb, *args, **kwargs)

        monkeypatch.setattr(screen, "ask", slow)
        box = screen.query_one(FindBox)
        box.load("so")
        late = asyncio.ensure_future(screen._fetch(50))
        await pilot.pause()
        box.load("soup")
        await screen._fetch(50)
        gate.set()
        await late
        assert screen._found.query == "soup"
        assert screen.query_one(NoteList).row_count == 1


async def test_empty_states_name_the_way_on(workspace, in_the_vault, at_notes, until, type_in, read_screen):
    async with in_the_vault() as pilot:
        screen = await at_notes(pilot)
        assert sentences.NOTES_EMPTY in read_screen(pilot.app)
        assert "Ctrl+N" in sentences.NOTES_EMPTY
        await pilot.press("slash")
        await type_in(pilot, "xyz")
        await until(pilot, lambda: screen._found.query == "xyz")
        assert sentences.NOTES_NOT_FOUND in read_screen(pilot.app)


async def test_more_notes_come_as_the_end_is_near(
    clock, add_participant, write_note, in_the_vault, at_notes, until, read_screen
):
    maria = add_participant("Maria Santos", external_id="M-0042")
    for minute in range(55):
        start = (datetime(2026, 11, 23, 8, 0, tzinfo=UTC) + timedelta(minutes=minute)).time()
        write_note(maria, start=start, end=(datetime.combine(clock.instant, start) + timedelta(minutes=1)).time())
    async with in_the_vault() as pilot:
        screen = await at_notes(pilot)
        list_ = screen.query_one(NoteList)
        assert list_.row_count == 50
        assert "50 of 55, type to find" in read_screen(pilot.app)
        await pilot.press("end")
        await until(pilot, lambda: list_.row_count == 55)
        assert "55 notes" in read_screen(pilot.app)
        assert list_.highlighted == 49


@pytest.mark.parametrize("name", ["[/]", "[/", "[bold]x", "山田太郎さんの家", "مرحبا بالعالم"])
async def test_any_name_can_be_listed(name, add_participant, write_note, in_the_vault, at_notes, read_screen):
    person = add_participant(name, external_id="X-1")
    write_note(person, summary=f"soup {name}")
    async with in_the_vault() as pilot:
        await at_notes(pilot)
        (line,) = rows(read_screen(pilot.app), "X-1")
        assert safe.width(line) <= 80
        assert len(pilot.app.screen.query_one(KeyLine).entries()) <= 6


words = st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=40)


@given(before=words, hit=st.text(st.characters(categories=["L"]), min_size=1, max_size=12), after=words)
def test_the_found_word_is_whole_and_alone_in_amber(before, hit, after):
    shown = in_surroundings(f"{before}{MARK_START}{hit}{MARK_END}{after}")
    assert [shown.plain[s.start : s.end] for s in shown.spans if s.style == "bold $primary"] == [safe.clean(hit)]
    assert MARK_START not in shown.plain
    assert MARK_END not in shown.plain
    assert shown.plain.endswith(safe.clean(after))
    assert len(shown.plain) <= len(hit) + len(after) + max(len(before), 0) + 1
