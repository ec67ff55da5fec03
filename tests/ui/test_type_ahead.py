"""Typing on without waiting: each key goes where the one before it led."""

from __future__ import annotations

import asyncio

import pytest
from textual import events
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from peernote_tui.ui.screens.group.screen import GroupScreen
from peernote_tui.ui.screens.one_line import OneLine
from peernote_tui.ui.screens.participant import ParticipantScreen
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.shelf import Shelf
from peernote_tui.ui.type_ahead import TypeAhead
from peernote_tui.ui.widgets.text_input import TextInput


def _burst(app, *keys):
    """Hand keys to the app as one read of the terminal does: all before the first has had any effect."""
    for key in keys:
        event = events.Key(key, key if len(key) == 1 else None)
        event.set_sender(app)
        app._driver.send_message(event)


async def test_what_follows_tab_goes_into_the_next_field(house_app, run):
    first, second = TextInput(id="first"), TextInput(id="second")
    app = house_app(lambda: first, lambda: second)
    async with run(app) as pilot:
        first.focus()
        await pilot.pause()
        _burst(app, "a", "b", "tab", "c", "d")
        for _ in range(200):
            await pilot.pause(0.01)
            if second.value == "cd":
                break
        assert (first.value, second.value) == ("ab", "cd")


async def test_what_follows_enter_goes_where_enter_leads(house_app, run):
    first, second = TextInput(id="first"), TextInput(id="second")

    class Form(house_app):
        def on_input_submitted(self, event: Input.Submitted):
            second.focus()

    app = Form(lambda: first, lambda: second)
    async with run(app) as pilot:
        first.focus()
        await pilot.pause()
        _burst(app, "a", "enter", "b")
        for _ in range(200):
            await pilot.pause(0.01)
            if second.value:
                break
        assert (first.value, second.value) == ("a", "b")


async def test_held_keys_wait_and_are_not_lost(house_app, run):
    only = TextInput(id="only")
    app = house_app(lambda: only)
    async with run(app) as pilot:
        only.focus()
        await pilot.pause()
        app.hold_keys()
        _burst(app, "a", "b")
        await pilot.pause(0.1)
        assert not only.value
        app.release_keys()
        for _ in range(200):
            await pilot.pause(0.01)
            if only.value == "ab":
                break
        assert only.value == "ab"


async def test_no_key_waits_for_a_dialog_that_is_gone(house_app, run, monkeypatch):
    monkeypatch.setattr(TypeAhead, "_PATIENCE", 600)
    only = TextInput(id="only")
    app = house_app(lambda: only)
    async with run(app) as pilot:
        only.focus()
        for _ in range(3):
            app.push_screen(OneLine("What", "Label", hint="A hint.", shelf=Shelf("what")))
            await pilot.pause()
            async with asyncio.timeout(20):
                await pilot.press("b", "enter")
                await pilot.press("c")
        assert only.value == "ccc"


@pytest.fixture
def slow_answers(monkeypatch):
    """Answers of the vault that wait until they are let through, as on an old laptop."""
    let_through, ask = asyncio.Event(), VaultScreen.ask

    async def late(self, verb, /, *args, **kwargs):
        await let_through.wait()
        return await ask(self, verb, *args, **kwargs)

    monkeypatch.setattr(VaultScreen, "ask", late)
    return let_through


async def test_whoever_types_on_takes_whom_enter_meant_into_the_group(
    add_participant, in_the_vault, keys, until, slow_answers
):
    slow_answers.set()
    maria, devon = add_participant("Maria Santos"), add_participant("Devon Kim")
    async with in_the_vault() as pilot:
        await keys(pilot, "g")
        await until(pilot, lambda: type(pilot.app.screen) is GroupScreen)
        screen = pilot.app.screen
        await keys(pilot, "f2")
        slow_answers.clear()
        _burst(pilot.app, *"devon", "enter", *"maria", "enter")
        await pilot.pause(0.1)
        slow_answers.set()
        await until(pilot, lambda: len(screen.group.content.lines) == 2)
        assert [line.participant_id for line in screen.group.content.lines] == [devon.id, maria.id]


async def test_whoever_types_on_opens_whom_enter_meant(add_participant, in_the_vault, keys, until, slow_answers):
    slow_answers.set()
    people = {person.id: name for name in ("Maria Santos", "Devon Kim") for person in (add_participant(name),)}
    async with in_the_vault() as pilot:
        await keys(pilot, "2")
        await until(pilot, lambda: pilot.app.screen.subject is not None)
        other = next(name for each, name in people.items() if each != pilot.app.screen.subject)
        slow_answers.clear()
        _burst(pilot.app, *other[:5].lower(), "enter", "j")
        await pilot.pause(0.1)
        slow_answers.set()
        await until(pilot, lambda: type(pilot.app.screen) is ParticipantScreen)
        assert people[pilot.app.screen.subject] == other


async def test_nobody_types_into_a_box_out_of_sight(house_app, run):
    first, last = TextInput(id="first"), TextInput(id="last")

    def form():
        return VerticalScroll(first, *(Static("words\n" * 10) for _ in range(6)), last)

    app = house_app(form)
    async with run(app) as pilot:
        first.focus()
        await pilot.pause()
        scroll = first.parent
        scroll.scroll_end(animate=False, immediate=True)
        await pilot.pause()
        assert not app.screen.find_widget(first).visible_region
        await pilot.press("a")
        await pilot.pause()
        assert first.value == "a"
        assert app.screen.find_widget(first).visible_region
        # A key that is no letter, such as a page key, may look elsewhere.
        await pilot.press("pagedown", "pagedown")
        await pilot.pause()
        assert not app.screen.find_widget(first).visible_region
