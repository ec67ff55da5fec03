"""The log, verifying, legal hold and erasing on screen, with real keys."""

from __future__ import annotations

import json

import pytest

from peernote_tui.domain.errors import NotFoundError
from peernote_tui.services.participants import get_participant
from peernote_tui.services.verifying import present_anchor
from peernote_tui.ui.flows import open_participant
from peernote_tui.ui.screens.erasing import EraseScreen
from peernote_tui.ui.screens.log import LogScreen
from peernote_tui.ui.screens.participant import ParticipantScreen
from peernote_tui.ui.screens.verify import VerifyScreen
from peernote_tui.ui.widgets.text_input import TextInput


@pytest.fixture
def on_the_page(in_the_vault, until, consented, write_note):
    """Open the page of somebody with a signed note: `async with in_the_vault() as pilot: await on_the_page(pilot)`."""
    write_note(consented, summary="We read the second notice together.")

    async def opening(pilot):
        await open_participant(pilot.app, consented.id)
        await until(pilot, lambda: isinstance(pilot.app.screen, ParticipantScreen) and pilot.app.screen.page)

    return opening


async def test_the_log_from_today_and_what_an_entry_leads_to(in_the_vault, on_the_page, keys, until, read_screen):
    async with in_the_vault() as pilot:
        await keys(pilot, "f12")
        await until(pilot, lambda: isinstance(pilot.app.screen, LogScreen) and "vault opened" in read_screen(pilot.app))
        shown = read_screen(pilot.app)
        assert "note signed" in shown
        assert "Tomás I. T-0007" in shown
        assert "second notice" not in shown
        await keys(pilot, "v")
        assert isinstance(pilot.app.screen, VerifyScreen)
        await keys(pilot, "escape", "escape")
        assert not isinstance(pilot.app.screen, LogScreen)


async def test_verify_says_the_anchor_and_holds_one_against_the_log(
    in_the_vault, on_the_page, keys, until, type_in, read_screen
):
    async with in_the_vault() as pilot:
        anchor = await pilot.app.gateway.call(present_anchor)
        pilot.app.screen.action_verify()
        await until(pilot, lambda: isinstance(pilot.app.screen, VerifyScreen) and anchor in read_screen(pilot.app))
        await type_in(pilot, "nonsense")
        await keys(pilot, "enter")
        assert "no anchor" in read_screen(pilot.app)
        pilot.app.screen.query_one(TextInput).value = ""
        await type_in(pilot, anchor.lower().replace("·", " "))
        await keys(pilot, "enter")
        await until(pilot, lambda: "still holds the anchor" in read_screen(pilot.app))
        pilot.app.screen.query_one(TextInput).value = ""
        await type_in(pilot, "log 99999 0000-1111-2222-3333")
        await keys(pilot, "f2")
        await until(pilot, lambda: "was shortened" in read_screen(pilot.app))


async def test_a_hold_is_set_shown_and_lifted(in_the_vault, on_the_page, keys, until, type_in, read_screen):
    async with in_the_vault() as pilot:
        await on_the_page(pilot)
        await pilot.press("h")
        await type_in(pilot, "letter of 12 May")
        await keys(pilot, "enter")
        await until(pilot, lambda: "Legal hold since 2026-11-23: letter of 12 May" in read_screen(pilot.app))
        await keys(pilot, "x")
        await until(pilot, lambda: "under legal hold and cannot be erased" in read_screen(pilot.app))
        await keys(pilot, "escape")
        await pilot.press("h", "y")
        await until(pilot, lambda: "Legal hold since" not in read_screen(pilot.app))


async def test_a_record_is_erased_only_by_the_typed_word(
    in_the_vault, on_the_page, consented, keys, until, type_in, read_screen, tmp_path
):
    target = tmp_path / "record.json"
    async with in_the_vault() as pilot:
        await on_the_page(pilot)
        await keys(pilot, "x")
        await until(
            pilot, lambda: isinstance(pilot.app.screen, EraseScreen) and "1 signed note" in read_screen(pilot.app)
        )
        await keys(pilot, "f4")
        await keys(pilot, "enter")
        assert isinstance(pilot.app.screen, EraseScreen)
        assert "capital letters" in read_screen(pilot.app)
        assert await pilot.app.gateway.call(get_participant, consented.id)
        pilot.app.screen._box("file").value = str(target)
        pilot.app.screen._box("word").focus()
        await type_in(pilot, "ERASE")
        await pilot.press("f8")
        await until(pilot, lambda: "Remove the backup" in read_screen(pilot.app))
        await pilot.press("enter")
        assert "Remove the backup" in read_screen(pilot.app)
        await pilot.press("y")
        await until(pilot, lambda: "The record is erased." in read_screen(pilot.app))
        assert not isinstance(pilot.app.screen, ParticipantScreen)
        with pytest.raises(NotFoundError):
            await pilot.app.gateway.call(get_participant, consented.id)
    assert json.loads(target.read_text(encoding="utf-8"))[0]["participant"]["name"] == "Tomás Ibarra"
