"""What was told by phone is recorded by hand, and what leaves a vault that is only read says so first; real keys."""

from __future__ import annotations

import pytest
from tests.ui.conftest import screen_text

from peernote_tui.domain.disclosure import Purpose
from peernote_tui.domain.errors import ReadOnlyFolderError
from peernote_tui.services.disclosing import disclosures_of
from peernote_tui.ui.screens.disclosures import DisclosuresScreen
from peernote_tui.ui.screens.handing_out import HandOutScreen
from peernote_tui.ui.screens.note import NoteScreen
from peernote_tui.ui.screens.participant import ParticipantScreen
from peernote_tui.ui.screens.recording_disclosure import RecordDisclosureScreen
from peernote_tui.ui.widgets.confirm import Confirm
from peernote_tui.vault.lock import VaultLock


def words(pilot):
    return " ".join(screen_text(pilot.app).split())


def records(pilot):
    return isinstance(pilot.app.screen, RecordDisclosureScreen) and not pilot.app.screen.is_returning


async def test_what_was_told_by_phone_enters_the_account(consented, in_the_vault, keys, type_in, until):
    async with in_the_vault() as pilot:
        await keys(pilot, "2", "down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ParticipantScreen) and pilot.app.screen.page)
        await keys(pilot, "s")
        await until(pilot, lambda: isinstance(pilot.app.screen, DisclosuresScreen))
        await keys(pilot, "a")
        await until(pilot, lambda: records(pilot))
        await type_in(pilot, "yesterday")
        await keys(pilot, "enter", "2", "enter")
        await type_in(pilot, "Aunt Rosa")
        await keys(pilot, "enter", "enter", "2", "f8")
        assert "About what time is missing" in words(pilot)
        assert pilot.app.screen.focused is pilot.app.screen.box("when")
        await type_in(pilot, " 3pm")
        assert "yesterday, 15:00" in words(pilot)
        await keys(pilot, "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, DisclosuresScreen))
        await keys(pilot, "a")
        await until(pilot, lambda: records(pilot) and pilot.app.screen.box("to").value == "Aunt Rosa")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: not pilot.app.gateway.is_open)
    async with in_the_vault() as pilot:
        await until(pilot, lambda: records(pilot))
        screen = pilot.app.screen
        assert (screen.box("when").value, screen.box("to").value) == ("yesterday 3pm", "Aunt Rosa")
        await keys(pilot, "f8")
        assert "How it was handed on is missing" in words(pilot)
        await keys(pilot, "2", "f8")
        assert "What it is for is missing" in words(pilot)
        await keys(pilot, "8", "f8")
        assert "What was handed on is missing" in words(pilot)
        await type_in(pilot, "where he is")
        await keys(pilot, "f8")
        assert "No consent to share" in words(pilot)
        await type_in(pilot, "he could not speak")
        await keys(pilot, "f8")
        await until(pilot, lambda: isinstance(pilot.app.screen, DisclosuresScreen))
        await until(pilot, lambda: "22 Nov 15:00" in words(pilot))
        assert "Recorded in the account: where he is, to Aunt Rosa." in words(pilot)
        await keys(pilot, "enter")
        assert "How: phone" in words(pilot)
        assert "Entered: today" in words(pilot)
        (row,) = await pilot.app.gateway.call(disclosures_of, consented.id)
    assert (row.to, row.form, row.reason, row.purpose) == (
        "Aunt Rosa",
        "phone",
        "he could not speak",
        Purpose.EMERGENCY,
    )


@pytest.fixture
def only_read(monkeypatch, workspace, consented, write_note):
    """The folder of the workspace takes no lock for writing any more."""
    write_note(consented, summary="Words to read.")

    def refuse(_folder):
        raise ReadOnlyFolderError("The lock cannot be written.")

    monkeypatch.setattr(VaultLock, "acquire", refuse)


@pytest.mark.usefixtures("only_read")
async def test_what_leaves_a_vault_that_is_only_read_asks_first(in_the_vault, consented, keys, until, tmp_path):
    target = tmp_path / "out.txt"
    async with in_the_vault() as pilot:
        await keys(pilot, "3", "down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen))
        await keys(pilot, "c")
        assert "This vault is only read, so this" in words(pilot)
        await keys(pilot, "escape", "f8")
        await until(pilot, lambda: isinstance(pilot.app.screen, HandOutScreen) and pilot.app.screen.box("file").value)
        assert "this does not enter the account" in words(pilot)
        pilot.app.screen.choice("purpose").value = "participant"
        pilot.app.screen.choice("form").value = "txt"
        pilot.app.screen.box("file").value = str(target)
        await pilot.press("f8")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, Confirm)
        await keys(pilot, "escape")
        assert not target.exists()
        await pilot.press("f8")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await keys(pilot, "y")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen))
        assert "Not in the account, record it later" in words(pilot)
        assert await pilot.app.gateway.call(disclosures_of, consented.id) == ()
    assert "Words to read." in target.read_text(encoding="utf-8")
