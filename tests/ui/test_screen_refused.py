"""Folders that are no vault, through real keys."""

import pytest

from peernote_tui.ui import endings
from peernote_tui.ui.screens.first_run import FirstRunScreen
from peernote_tui.ui.screens.refused import RefusedScreen
from peernote_tui.ui.screens.unlock import UnlockScreen
from peernote_tui.ui.widgets.key_line import KeyLine
from peernote_tui.ui.widgets.notice_line import NoticeLine


def words(text):
    return " ".join(text.split())


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40)])
async def test_a_file_is_no_vault(size, tmp_path, at_the_door, read_screen):
    (tmp_path / "mine.peernote").write_text("something else")
    async with at_the_door(tmp_path / "mine.peernote", size=size) as pilot:
        assert isinstance(pilot.app.screen, RefusedScreen)
        assert "is a file, and a vault is a folder" in words(read_screen(pilot.app))
        assert "m" not in [entry.key for entry in pilot.app.screen.query_one(KeyLine).entries()]
        await pilot.press("m")
        await pilot.pause()
        assert isinstance(pilot.app.screen, RefusedScreen)


async def test_a_folder_with_other_things_is_left_alone(tmp_path, at_the_door, read_screen, until):
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "letter.txt").write_text("dear")
    async with at_the_door(folder) as pilot:
        assert "holds other things" in words(read_screen(pilot.app))
        await pilot.press("q")
        await until(pilot, lambda: not pilot.app.is_running)
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]


async def test_a_half_made_vault_moves_aside_only_when_asked_twice(make_vault, at_the_door, read_screen, until):
    folder, _ = make_vault()
    (folder / "vault.json").unlink()
    async with at_the_door(folder) as pilot:
        app = pilot.app
        assert "not finished" in words(read_screen(app))
        await pilot.press("m", "enter", "m", "escape")
        await pilot.pause()
        assert folder.exists()
        await pilot.press("m", "y")
        await until(pilot, lambda: isinstance(app.screen, FirstRunScreen))
        assert not folder.exists()
        assert (folder.with_name("vault.peernote.half-made-1") / "vault.db").exists()


async def test_a_vault_being_made_elsewhere_stays(make_vault, at_the_door, read_screen, until):
    from peernote_tui.vault.lock import VaultLock

    folder, _ = make_vault()
    (folder / "vault.json").unlink()
    held = VaultLock.acquire(folder)
    try:
        async with at_the_door(folder, size=(120, 40)) as pilot:
            await pilot.press("m", "y")
            await until(pilot, lambda: "already open" in words(read_screen(pilot.app)))
            assert folder.exists()
    finally:
        held.release()


async def test_a_vault_that_was_locked_and_is_away_is_waited_for_and_none_is_made(
    make_vault, at_the_door, read_screen, until
):
    folder, _ = make_vault()
    away = folder.rename(folder.with_name("on-the-stick"))
    async with at_the_door(folder, expected=True) as pilot:
        assert isinstance(pilot.app.screen, RefusedScreen)
        assert "Connect the drive and press r" in words(read_screen(pilot.app))
        await pilot.press("r")
        await pilot.pause()
        assert isinstance(pilot.app.screen, RefusedScreen)
        assert not folder.exists()
        away.rename(folder)
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, UnlockScreen))


async def test_an_empty_mount_point_is_no_reason_to_make_a_vault_after_locking(tmp_path, at_the_door):
    (tmp_path / "stick").mkdir()
    async with at_the_door(tmp_path / "stick", expected=True) as pilot:
        assert isinstance(pilot.app.screen, RefusedScreen)


def test_the_fresh_process_knows_once_that_a_vault_was_locked():
    environment = {endings.LOCKED_BEFORE: "1", "HOME": "/home"}
    assert endings.was_locked(environment)
    assert not endings.was_locked(environment)
    assert environment == {"HOME": "/home"}


async def test_what_is_said_to_a_screen_without_a_line_is_no_fault(tmp_path, at_the_door):
    async with at_the_door(tmp_path / "stick", expected=True) as pilot:
        await pilot.app.screen.query(NoticeLine).remove()
        pilot.app.screen.say("nobody reads this")
