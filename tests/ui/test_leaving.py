"""A screen that stores before it closes closes itself and no other, once, whatever is pressed meanwhile."""

from __future__ import annotations

import asyncio
import gc
import warnings

import pytest
from textual.command import CommandPalette

from peernote_tui.domain.errors import DiskFullError
from peernote_tui.ui.screens.base import PeerScreen
from peernote_tui.ui.screens.help import HelpScreen


class Storing(PeerScreen):
    """It takes until `stored` to close."""

    def __init__(self, stored):
        super().__init__()
        self.stored = stored

    def go_back(self):
        self.run_worker(self._close())

    async def _close(self):
        await self.stored.wait()
        self.dismiss("stored")


@pytest.fixture
def stored():
    return asyncio.Event()


@pytest.fixture
def first(house_app):
    return house_app(first_screen=PeerScreen())


async def test_esc_pressed_twice_closes_one_screen(first, run, stored, until):
    answers = []
    async with run(first) as pilot:
        await pilot.app.push_screen(Storing(stored), answers.append)
        await pilot.press("escape", "escape")
        stored.set()
        await until(pilot, lambda: answers)
        await pilot.pause()
        assert answers == ["stored"]
        assert pilot.app.screen is first.first_screen


async def test_an_answer_that_is_awaited_is_given_once(first, run, stored, until):
    answers = []

    async def ask():
        answers.append(await first.push_screen_wait(Storing(stored)))

    async with run(first) as pilot:
        first.run_worker(ask())
        await until(pilot, lambda: isinstance(first.screen, Storing))
        await pilot.press("escape", "escape")
        stored.set()
        await until(pilot, lambda: first.screen is first.first_screen)
        assert answers == ["stored"]


@pytest.mark.parametrize(("key", "kind"), [("ctrl+p", CommandPalette), ("f1", HelpScreen)])
async def test_what_was_opened_over_it_meanwhile_stays_and_it_closes_after_that(first, run, stored, until, key, kind):
    answers = []
    async with run(first) as pilot:
        storing = Storing(stored)
        await pilot.app.push_screen(storing, answers.append)
        await pilot.press("escape", key)
        front = pilot.app.screen
        stored.set()
        await pilot.app.workers.wait_for_complete([one for one in pilot.app.workers if one.node is storing])
        await pilot.pause()
        assert isinstance(front, kind)
        assert pilot.app.screen is front
        assert answers == []
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is first.first_screen)
        assert answers == ["stored"]


@pytest.mark.parametrize("by_the_app", [True, False])
async def test_what_is_refused_in_the_background_is_said_and_ends_nothing(in_the_vault, until, by_the_app):
    async def refused():
        raise DiskFullError("There is no room left on the disk.", "Free some space.")

    async with in_the_vault() as pilot:
        worked = (pilot.app if by_the_app else pilot.app.screen).run_worker(refused())
        await until(pilot, lambda: worked.is_finished)
        assert pilot.app.screen.said.startswith("There is no room left")


async def test_work_that_never_began_leaves_no_warning_behind(first, run, until):
    async def look():
        """Another look takes its place before it begins."""

    async with run(first) as pilot:
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            for _ in range(3):
                pilot.app.screen.run_worker(look(), exclusive=True, group="look")
            await until(pilot, lambda: all(one.is_finished for one in pilot.app.workers))
            gc.collect()
        assert [str(one.message) for one in warned] == []
