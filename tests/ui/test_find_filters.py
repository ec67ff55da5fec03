"""Pinned, filtered, archived: whom the list of participants shows, through real keys on a real vault."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from textual import events

from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.narrowing import Only
from peernote_tui.domain.owner import Owner
from peernote_tui.services.action_items import add_action
from peernote_tui.services.finding import find_participants
from peernote_tui.services.keeping_records import archive_participant
from peernote_tui.services.writing import start_draft
from peernote_tui.ui.screens.add_participant import AddParticipant
from peernote_tui.ui.screens.find_filters import FilterLine
from peernote_tui.ui.screens.find_list import FindBox, HitList
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.participants import ParticipantsScreen
from peernote_tui.ui.screens.resume import ResumeDraft
from peernote_tui.ui.screens.today import TodayScreen
from peernote_tui.ui.widgets.field import Field

SIZES = ((60, 20), (80, 24), (120, 40))


@pytest.fixture
def people(workspace, clock, add_participant, write_note):
    """Maria was seen today and has a draft; Devon not for long, with an overdue action; Ann is archived."""
    now = clock.instant
    clock.instant = now - timedelta(days=100)
    maria = add_participant("Maria Santos", external_id="M-0042")
    devon = add_participant("Devon [/] King", external_id="D-0017", people=({"name": "Rosa Delgado"},))
    ann = add_participant("Ann Bell", external_id="A-0001")
    add_action(workspace, devon.id, ActionLine("call", Owner.ME, due=now.date() - timedelta(days=1)))
    archive_participant(workspace, ann.id, reason="moved")
    clock.instant = now
    write_note(maria, day="2026-11-23")
    start_draft(workspace, maria.id)
    return maria, devon, ann


@pytest.fixture
def at_people(in_the_vault, until, keys):
    """Go to Participants by its key, with the list there: `async with at_people(size) as pilot`."""
    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def going(size=(80, 24)):
        async with in_the_vault(size=size) as pilot:
            await pilot.press("2")
            await until(pilot, lambda: isinstance(pilot.app.screen, ParticipantsScreen))
            await keys(pilot)
            yield pilot

    return going


def listed(pilot):
    """The ids in the list, from the top."""
    return [option.id for option in pilot.app.screen.query_one(HitList).options if option.id]


def echo(pilot):
    return pilot.app.screen.query_one("#field-find", Field).echo


@pytest.mark.parametrize("size", SIZES)
async def test_letters_put_filters_on_and_one_line_says_which(people, at_people, keys, read_screen, size):
    maria, devon, _ = people
    async with at_people(size) as pilot:
        assert listed(pilot) == [maria.id, devon.id]
        await keys(pilot, "f4", "n")
        text = read_screen(pilot.app)
        for words in ("not seen for 30 days", "overdue action", "consent missing", "draft open", "archived", "around"):
            assert words in text
        assert listed(pilot) == [devon.id]
        await keys(pilot, "1", "0", "1")
        assert "not seen for 101 days" in read_screen(pilot.app)
        assert listed(pilot) == []
        await keys(pilot, "backspace", "o", "enter")
        text = read_screen(pilot.app)
        assert "Only  not seen for 10 days · overdue action" in text
        assert "draft open" not in text
        assert isinstance(pilot.app.focused, FindBox)
        assert listed(pilot) == [devon.id]
        assert echo(pilot) == "1 participant"


async def test_filters_hold_with_the_words_and_esc_shows_everybody(people, at_people, keys, read_screen):
    maria, devon, _ = people
    async with at_people() as pilot:
        await keys(pilot, "f4", "d", "enter", *"mar")
        assert listed(pilot) == [maria.id]
        assert echo(pilot) == "1 found"
        await keys(pilot, *["backspace"] * 3, *"devon")
        assert listed(pilot) == []
        assert "Esc shows everybody again" in read_screen(pilot.app)
        await keys(pilot, "enter")
        assert not pilot.app.screen.query_one(AddParticipant).display, "somebody outside the filter is not new"
        await keys(pilot, "escape")
        assert listed(pilot) == [devon.id]
        assert not pilot.app.screen.query_one(FilterLine).display
        await keys(pilot, "escape")
        assert isinstance(pilot.app.screen, TodayScreen)


async def test_esc_in_the_open_line_clears_and_goes_back_to_the_box(people, at_people, keys):
    async with at_people() as pilot:
        await keys(pilot, "f4", "o", "escape")
        assert len(listed(pilot)) == 2
        assert isinstance(pilot.app.focused, FindBox)
        await keys(pilot, "f4", "o", "f4")
        assert len(listed(pilot)) == 1


async def test_archived_ones_only_when_asked_and_marked(people, at_people, keys, read_screen):
    *_, ann = people
    async with at_people() as pilot:
        await keys(pilot, *"ann bell")
        assert ann.id not in listed(pilot)
        await keys(pilot, "f4", "a", "enter")
        assert listed(pilot)[0] == ann.id
        line = next(line for line in read_screen(pilot.app).split("\n") if "A-0001" in line)
        assert "archived" in line


async def test_people_around_only_when_asked(people, at_people, keys, read_screen):
    _, devon, _ = people
    async with at_people() as pilot:
        await keys(pilot, *"delgado")
        assert devon.id not in listed(pilot)
        await keys(pilot, "f4", "r", "enter")
        assert listed(pilot)[0] == devon.id
        assert "found by person around them" in read_screen(pilot.app)


@pytest.mark.parametrize("size", SIZES)
async def test_a_pinned_one_stands_at_the_head_until_the_first_key(people, at_people, keys, read_screen, size):
    maria, devon, _ = people
    async with at_people(size) as pilot:
        await keys(pilot, "down", "f3")
        assert listed(pilot) == [devon.id, maria.id]
        text = read_screen(pilot.app)
        assert "Pinned: Devon" in text
        left = "\n".join(line[:60] for line in text.split("\n"))
        places = [left.index(words) for words in ("  Pinned", "D-0017", "  Lately", "M-0042")]
        assert places == sorted(places)
        await keys(pilot, "m")
        assert "Lately" not in read_screen(pilot.app)
        await keys(pilot, "backspace", "up", "up", "f3")
        assert "No longer pinned: Devon" in read_screen(pilot.app)
        assert listed(pilot) == [maria.id, devon.id]


async def test_filters_are_back_after_locking(people, in_the_vault, at_the_door, passphrase, workspace, until, keys):
    async with in_the_vault() as pilot:
        await pilot.press("2")
        await until(pilot, lambda: isinstance(pilot.app.screen, ParticipantsScreen))
        await keys(pilot, "f4", "n", "4", "5", "a", "enter", "ctrl+l")
        await until(pilot, lambda: not pilot.app.gateway.is_open)
    async with at_the_door(workspace.vault.folder, passphrase=passphrase) as pilot:
        await until(
            pilot, lambda: isinstance(pilot.app.screen, ParticipantsScreen) and not pilot.app.screen.is_returning
        )
        on = pilot.app.screen.query_one(FilterLine).narrowing
        assert (on.only, on.days, on.archived, on.around) == (frozenset({Only.NOT_SEEN}), 45, True, False)


async def test_typing_does_not_wait_for_a_slow_answer(people, at_people, until, keys, monkeypatch):
    """Keys typed while the vault answers are all in the box, and only the answer to the last one is shown."""
    import time

    from peernote_tui.ui.screens import participants as screen

    def slowly(workspace, query="", **more):
        time.sleep(0.05)
        return find_participants(workspace, query, **more)

    async with at_people() as pilot:
        monkeypatch.setattr(screen, "find_participants", slowly)
        for letter in "maria":
            pilot.app.screen.query_one(FindBox).insert_text_at_cursor(letter)
            await asyncio.sleep(0)
        assert pilot.app.screen.query_one(FindBox).value == "maria"
        await keys(pilot)
        assert pilot.app.screen._found.query == "maria"


async def test_a_note_right_after_typing_is_for_whom_the_words_find(people, at_people, until, keys, monkeypatch):
    """Ctrl+N pressed before the list has caught up must not begin a note for who stood first before."""
    import time

    from peernote_tui.ui.screens import participants as screen

    def slowly(workspace, query="", **more):
        time.sleep(0.05)
        return find_participants(workspace, query, **more)

    _, devon, _ = people
    async with at_people() as pilot:
        monkeypatch.setattr(screen, "find_participants", slowly)
        for letter in "devon":
            pilot.app.post_message(events.Key(letter, letter))
        pilot.app.post_message(events.Key("ctrl+n", None))
        await until(pilot, lambda: isinstance(pilot.app.screen, (NoteWizard, ResumeDraft)))
        assert isinstance(pilot.app.screen, NoteWizard)
        assert pilot.app.screen.subject == devon.id
