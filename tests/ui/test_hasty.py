"""Keys that come before what they are for stands on the screen."""

from __future__ import annotations

import pytest
from textual.command import CommandList, CommandPalette

from peernote_tui.ui import sentences
from peernote_tui.ui.flows import open_participant
from peernote_tui.ui.screens.add_participant import AddParticipant
from peernote_tui.ui.screens.find_list import HitList
from peernote_tui.ui.screens.participants import ParticipantsScreen
from peernote_tui.ui.widgets.side_pane import SidePane


@pytest.mark.parametrize("action", ["page_up", "page_down"])
async def test_a_page_key_before_the_palette_has_laid_out_its_list(in_the_vault, keys, until, action):
    async with in_the_vault() as pilot:
        await keys(pilot, "ctrl+p")
        palette = pilot.app.screen
        listed = palette.query_one(CommandList)
        await until(pilot, lambda: listed.option_count > 1)
        palette._list_visible = False
        await pilot.pause()
        listed.set_options(list(listed.options))
        palette._list_visible = True
        listed.highlighted = 1
        palette._action_command_list(action)
        await keys(pilot, "escape")
        assert not isinstance(pilot.app.screen, CommandPalette)


async def test_a_terminal_that_grows_again_gives_focus_to_nothing_hidden(in_the_vault, keys, read_screen):
    async with in_the_vault() as pilot:
        await keys(pilot, "2")
        assert isinstance(pilot.app.screen, ParticipantsScreen)
        await pilot.resize_terminal(40, 10)
        await keys(pilot, "f8")
        await pilot.resize_terminal(80, 24)
        await keys(pilot, "x")
        assert sentences.ADD_PARTICIPANT in read_screen(pilot.app)
        form = pilot.app.screen.query_one(AddParticipant)
        assert form in pilot.app.screen.focused.ancestors
        assert form._text("name") == "x"


async def test_the_side_pane_that_is_put_away_for_a_form_takes_no_focus(in_the_vault, keys):
    async with in_the_vault() as pilot:
        await keys(pilot, "2", "f8", "f9", "x")
        assert pilot.app.screen.query_one(AddParticipant)._text("name") == "x"


async def test_a_palette_that_goes_before_it_stands_ends_nothing(house_app, run):
    app = house_app()
    async with run(app) as pilot:
        app.action_command_palette()
        await app.pop_screen()
        await pilot.pause()
        assert app.is_running
        await pilot.press("ctrl+p")
        assert isinstance(app.screen, CommandPalette)


async def test_a_screen_that_lost_focus_and_comes_back_gives_it_to_no_hidden_box(add_participant, in_the_vault, keys):
    person = add_participant()
    async with in_the_vault(size=(120, 40)) as pilot:
        await open_participant(pilot.app, person.id)
        await keys(pilot)
        pilot.app.screen.set_focus(None)
        await keys(pilot, "f1", "escape")
        assert pilot.app.focused in pilot.app.screen.focus_chain


async def test_a_side_pane_that_is_folded_away_gives_focus_to_what_stays(add_participant, in_the_vault, keys):
    person = add_participant()
    async with in_the_vault(size=(120, 40)) as pilot:
        await open_participant(pilot.app, person.id)
        pilot.app.screen.query_one(SidePane).focus()
        await keys(pilot, "f9")
        assert pilot.app.focused in pilot.app.screen.focus_chain


@pytest.mark.parametrize("action", ["page_up", "page_down"])
async def test_a_page_key_for_a_list_that_is_hidden(add_participant, in_the_vault, keys, action):
    for number in range(3):
        add_participant(f"Maria {number}")
    async with in_the_vault() as pilot:
        await keys(pilot, "2")
        listed = pilot.app.screen.query_one(HitList)
        listed.display = False
        await keys(pilot)
        listed.set_options(list(listed.options))
        listed.highlighted = 2
        await listed.run_action(action)
        assert listed.highlighted == 2
