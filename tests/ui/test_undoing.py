"""One history of changes for the session: any screen takes back what another made, and nothing outlives a lock."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest

from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.errors import DiskFullError, RefusedError
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.participant import ParticipantDetails
from peernote_tui.services.action_items import add_action, list_actions
from peernote_tui.services.participants import add_participant
from peernote_tui.ui import sentences
from peernote_tui.ui.flows import open_participant
from peernote_tui.ui.locking import Leaving
from peernote_tui.ui.screens.actions.screen import ActionsScreen
from peernote_tui.ui.screens.participant import ParticipantScreen
from peernote_tui.ui.screens.sweep import SweepScreen
from peernote_tui.ui.screens.today import TodayScreen
from peernote_tui.ui.undoing import MOST_STEPS, Undoing
from peernote_tui.ui.widgets.notice_line import NoticeLine

PASSPHRASE = "correct horse battery staple"
TEXTS = ("call the housing office", "bring the leaflet", "ask a cousin")


def fill(workspace, clock):
    person = add_participant(workspace, ParticipantDetails(name="Maria Santos", external_id="M-0042"))
    for text in TEXTS:
        clock.instant += timedelta(seconds=1)
        add_action(workspace, person.id, ActionLine(text, Owner.ME, due=date(2026, 11, 23)))


@pytest.fixture
def on_today(make_vault, at_the_door, until):
    def opening(folder=None):
        return at_the_door(folder or make_vault(fill)[0], passphrase=PASSPHRASE)

    return opening


def notice(app):
    return app.screen.query_one(NoticeLine).notice


async def still_open(app):
    return {row.action.text for row in (await app.gateway.call(list_actions)).actions}


async def test_each_screen_takes_back_what_another_made_the_last_first(on_today, until, keys):
    async with on_today() as pilot:
        app = pilot.app
        await until(pilot, lambda: isinstance(app.screen, TodayScreen) and app.screen._entries)
        await keys(pilot, "space")
        app.action_go("actions")
        await until(pilot, lambda: isinstance(app.screen, ActionsScreen) and app.screen.shown)
        await keys(pilot, "space")
        (left,) = await still_open(app)
        person = app.screen.shown[0].action.participant_id
        await open_participant(app, person)
        await until(pilot, lambda: isinstance(app.screen, ParticipantScreen) and app.screen.page)
        await keys(pilot, "u")
        assert notice(app)[0].startswith("As it was before. ")
        assert notice(app)[2] == "u to undo"
        assert left in await still_open(app)
        assert len(await still_open(app)) == 2
        app.action_go("today")
        await until(pilot, lambda: isinstance(app.screen, TodayScreen) and app.screen._entries)
        await keys(pilot, "u")
        assert await still_open(app) == set(TEXTS)
        assert notice(app)[2] == ""
        await keys(pilot, "u")
        assert notice(app) == (sentences.NOTHING_TO_TAKE_BACK, "muted", "")
        assert await still_open(app) == set(TEXTS)


async def test_u_right_after_space_means_that_space(on_today, until, keys):
    async with on_today() as pilot:
        app = pilot.app
        await until(pilot, lambda: isinstance(app.screen, TodayScreen) and app.screen._entries)
        app.screen.action_settle("done")
        app.screen.action_undo()
        await keys(pilot)
        assert notice(app)[0].startswith("As it was before. ")
        assert await still_open(app) == set(TEXTS)


async def test_after_a_lock_there_is_nothing_to_take_back(make_vault, on_today, until, keys):
    folder, _ = make_vault(fill)
    async with on_today(folder) as pilot:
        app = pilot.app
        await until(pilot, lambda: isinstance(app.screen, TodayScreen) and app.screen._entries)
        await keys(pilot, "space")
        assert len(app.undoing) == 1
        await pilot.press("ctrl+l")
        await until(pilot, lambda: not app.is_running)
        assert app.return_value is Leaving.LOCKED
        assert not app.undoing._steps
    async with on_today(folder) as pilot:
        app = pilot.app
        await until(pilot, lambda: isinstance(app.screen, TodayScreen) and app.screen._entries)
        await keys(pilot, "u")
        assert notice(app) == (sentences.NOTHING_TO_TAKE_BACK, "muted", "")
        assert len(await still_open(app)) == 2


class Vault:
    """Stands for the gateway: one opening of a vault after the other."""

    def __init__(self):
        self.is_open = True
        self.workspace = object()

    async def run(self, function):
        return function()

    async def call(self, verb):
        return verb(self.workspace)


def test_another_opening_begins_with_nothing_and_is_never_touched():
    vault, touched = Vault(), []
    undoing = Undoing(vault)
    undoing.push("back", touched.append)
    vault.workspace = object()
    assert asyncio.run(undoing.take_back()) is None
    undoing.push("back", touched.append)
    vault.is_open = False
    assert len(undoing) == 0
    assert asyncio.run(undoing.take_back()) is None
    undoing.push("back", touched.append)
    vault.is_open = True
    assert asyncio.run(undoing.take_back()) is None
    assert touched == []


def test_the_history_is_bounded():
    vault, touched = Vault(), []
    undoing = Undoing(vault)
    for number in range(MOST_STEPS + 5):
        undoing.push(str(number), touched.append)
    assert len(undoing) == MOST_STEPS
    assert asyncio.run(undoing.take_back()).said == str(MOST_STEPS + 4)


@pytest.mark.parametrize(("error", "left"), [(RefusedError("Changed since."), 1), (DiskFullError("No room."), 2)])
def test_what_a_rule_refuses_gives_way_to_the_one_before_and_what_the_disk_refuses_stays(error, left):
    def refuse(_workspace):
        raise error

    undoing = Undoing(Vault())
    undoing.push("first", lambda _workspace: 1)
    undoing.push("second", refuse)
    with pytest.raises(type(error)):
        asyncio.run(undoing.take_back())
    assert len(undoing) == left


def test_what_to_say_may_come_from_the_answer():
    undoing = Undoing(Vault())
    undoing.push(lambda answer: f"{answer} parts", lambda _workspace: 3, about="id")
    taken = asyncio.run(undoing.take_back())
    assert (taken.said, taken.about) == ("3 parts", "id")


async def test_the_page_says_the_next_one_of_a_series_and_u_takes_both_back(make_vault, on_today, until, keys):
    def fill_series(workspace, clock):
        fill(workspace, clock)
        person = list_actions(workspace).actions[0].action.participant_id
        add_action(workspace, person, ActionLine("walk", Owner.ME, due=date(2026, 11, 20), repeats="every friday"))

    folder, _ = make_vault(fill_series)
    async with on_today(folder) as pilot:
        app = pilot.app
        await until(pilot, lambda: isinstance(app.screen, TodayScreen) and app.screen._entries)
        (first,) = (await app.gateway.call(list_actions, text="walk")).actions
        await open_participant(app, first.action.participant_id)
        await until(pilot, lambda: isinstance(app.screen, ParticipantScreen) and app.screen.page)
        app.screen._list.highlighted = app.screen._list.get_option_index(f"action:{first.action.id}")
        await keys(pilot, "space")
        assert notice(app)[0] == "Done. walk"
        assert notice(app)[2].startswith("The next one: Fri 27 Nov.  ")
        (following,) = (await app.gateway.call(list_actions, text="walk")).actions
        assert following.action.born_from == first.action.id
        await keys(pilot, "u")
        (back,) = (await app.gateway.call(list_actions, text="walk")).actions
        assert back.action.id == first.action.id


async def test_today_the_sweep_and_the_actions_say_the_next_one_too(make_vault, on_today, until, keys):
    def fill_series(workspace, clock):
        person = add_participant(workspace, ParticipantDetails(name="Maria Santos"))
        add_action(workspace, person.id, ActionLine("walk", Owner.ME, due=date(2026, 11, 20), repeats="every friday"))

    folder, _ = make_vault(fill_series)
    async with on_today(folder) as pilot:
        app = pilot.app
        for key, place, is_ready in (
            ("1", TodayScreen, lambda screen: screen._entries),
            ("e", SweepScreen, lambda screen: screen._current),
            ("4", ActionsScreen, lambda screen: screen.shown),
        ):
            if place is ActionsScreen:
                await keys(pilot, "escape")
            await keys(pilot, key)
            await until(pilot, lambda place=place, ready=is_ready: isinstance(app.screen, place) and ready(app.screen))
            await keys(pilot, "space")
            assert notice(app)[2].startswith("The next one: Fri 27 Nov.  ")
            await keys(pilot, "u")
