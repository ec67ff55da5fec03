"""A vault in a folder that cannot be written: every screen says so, reading works, changes are refused in words."""

from __future__ import annotations

import pytest

from peernote_tui.domain.errors import ReadOnlyFolderError
from peernote_tui.ui.locking import Leaving
from peernote_tui.ui.screens.note import NoteScreen
from peernote_tui.ui.screens.protocol import ProtocolScreen
from peernote_tui.ui.screens.today import TodayScreen
from peernote_tui.ui.widgets.notice_line import NoticeLine
from peernote_tui.vault.lock import VaultLock


@pytest.fixture
def only_read(monkeypatch, workspace, consented, write_note):
    """The folder of the workspace takes no lock for writing any more."""
    write_note(consented, summary="Words to read.")

    def refuse(_folder):
        raise ReadOnlyFolderError("The lock cannot be written.")

    monkeypatch.setattr(VaultLock, "acquire", refuse)


@pytest.mark.usefixtures("only_read")
async def test_every_screen_says_read_only(in_the_vault, keys, read_screen):
    async with in_the_vault() as pilot:
        assert "cannot be written" in read_screen(pilot.app)
        for key in ("2", "3", "4", "1"):
            await keys(pilot, key)
            assert "read only" in read_screen(pilot.app).splitlines()[0]


@pytest.mark.usefixtures("only_read")
async def test_a_note_is_read_and_nothing_new_begun(in_the_vault, keys, read_screen, until):
    async with in_the_vault() as pilot:
        await keys(pilot, "3", "down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen))
        seen = read_screen(pilot.app)
        assert "Words to read." in seen
        assert "read only" in seen.splitlines()[0]
        await pilot.press("ctrl+n")
        await until(pilot, lambda: pilot.app.screen.query_one(NoticeLine).is_error)
        assert "cannot be written" in pilot.app.screen.query_one(NoticeLine).notice[0]


async def test_a_vault_that_may_be_written_says_nothing_of_the_kind(workspace, in_the_vault, read_screen):
    assert not workspace.vault.read_only
    async with in_the_vault() as pilot:
        assert "read only" not in read_screen(pilot.app)


@pytest.mark.usefixtures("only_read")
async def test_what_cannot_be_kept_is_said_and_keeps_nobody_on_the_screen(in_the_vault, keys, until, type_in):
    async with in_the_vault() as pilot:
        await keys(pilot, "o")
        await until(pilot, lambda: isinstance(pilot.app.screen, ProtocolScreen) and pilot.app.screen._ready)
        card = pilot.app.screen
        await type_in(pilot, "Call the lead")
        await until(pilot, lambda: card.query_one(NoticeLine).is_error)
        assert "cannot be written" in card.said
        for _ in range(4):
            await keys(pilot, "escape")
        assert isinstance(pilot.app.screen, TodayScreen)


@pytest.mark.usefixtures("only_read")
async def test_whoever_typed_what_cannot_be_kept_quits_by_asking_twice(in_the_vault, keys, until, type_in):
    async with in_the_vault() as pilot:
        await keys(pilot, "2", "f8")
        await type_in(pilot, "Maria")
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not pilot.app.covered)
        assert "Quitting once more leaves" in pilot.app.screen.said
        assert pilot.app.may_work
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not pilot.app.gateway.is_open)
        assert pilot.app.return_value is Leaving.QUIT
