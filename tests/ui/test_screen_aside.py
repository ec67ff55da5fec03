"""Drafts put aside, through real keys, on a real vault."""

from datetime import timedelta

import pytest

from peernote_tui.services import writing
from peernote_tui.services.writing import open_drafts
from peernote_tui.ui.screens.aside import AsideScreen
from peernote_tui.ui.screens.today import TodayScreen


@pytest.fixture
def two_aside(workspace, clock, add_participant, write_draft):
    maria, tomas = add_participant(external_id="M-0042"), add_participant("Tomás [/] Ibarra")
    older = write_draft(maria, summary="The first [/] words.")
    writing.discard_draft(workspace, older.id)
    clock.instant += timedelta(days=28)
    newer = write_draft(tomas, summary="Other words.")
    writing.discard_draft(workspace, newer.id)
    return older, newer


async def test_a_draft_is_read_and_brought_back_by_keys(two_aside, in_the_vault, keys, until, read_screen):
    older, _ = two_aside
    async with in_the_vault() as pilot:
        app = pilot.app
        await keys(pilot, "z")
        await until(pilot, lambda: isinstance(app.screen, AsideScreen) and "Other words." in read_screen(app))
        assert "Tomás [/] Ibarra" in read_screen(app)
        assert "30 days left" in read_screen(app)
        await keys(pilot, "down")
        await until(pilot, lambda: "The first [/] words." in read_screen(app))
        assert "2 days left" in read_screen(app)
        await keys(pilot, "enter")
        assert app.screen.said == "The draft for Maria S. M-0042 is back. It stands on Today."
        assert "Maria" not in "\n".join(read_screen(app).splitlines()[1:8])
        assert [row.draft.id for row in await app.gateway.call(open_drafts)] == [older.id]
        await keys(pilot, "u")
        assert await app.gateway.call(open_drafts) == ()
        assert "Maria Santos" in read_screen(app)
        await keys(pilot, "enter", "enter")
        await until(pilot, lambda: "No draft is put aside. On Today, d puts one aside" in read_screen(app))
        await keys(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, TodayScreen))


async def test_locking_there_leads_back_there(two_aside, in_the_vault, keys, until, at_the_door, workspace, passphrase):
    async with in_the_vault() as pilot:
        await keys(pilot, "z", "down")
        await pilot.press("ctrl+l")
    async with at_the_door(workspace.vault.folder, passphrase=passphrase) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, AsideScreen))
        await until(pilot, lambda: pilot.app.screen.query_one("AsideList").highlighted_id == two_aside[0].id)
