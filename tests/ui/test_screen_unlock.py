"""The locked vault, through real keys."""

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from peernote_tui.domain.errors import DiskFullError
from peernote_tui.ui.screens.door import short_path
from peernote_tui.ui.screens.recover import RecoverScreen
from peernote_tui.ui.screens.unlock import UnlockScreen
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.key_line import KeyLine
from peernote_tui.ui.widgets.text_input import TextInput

PASSPHRASE = "correct horse battery staple"


def today(app):
    return type(app.screen).__name__ == "TodayScreen"


def field(app):
    return app.screen.query_one("#field-passphrase", Field)


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40)])
async def test_the_door_shows_one_field_and_its_keys(size, make_vault, at_the_door, read_screen):
    folder, _ = make_vault()
    async with at_the_door(folder, size=size, hint="The passphrase of the demo is on the card.") as pilot:
        app = pilot.app
        seen = read_screen(app)
        assert isinstance(app.screen, UnlockScreen)
        assert isinstance(app.focused, TextInput)
        assert "Your vault is locked" in seen
        assert "vault.peernote" in seen
        assert "The passphrase of the demo is on the card." in seen
        labels = [entry.label for entry in app.screen.query_one(KeyLine).entries()]
        assert labels == ["Open", "Show", "Recovery code", "Quit", "Help"]


async def test_the_passphrase_opens_today_and_stays_nowhere(make_vault, at_the_door, until, type_in):
    folder, _ = make_vault()
    async with at_the_door(folder) as pilot:
        app = pilot.app
        box = app.focused
        await type_in(pilot, PASSPHRASE)
        await pilot.press("enter")
        await until(pilot, lambda: today(app))
        assert box.value == ""
        assert not box.can_undo
        assert app.gateway.is_open


async def test_what_is_typed_is_masked_until_f8(make_vault, at_the_door, read_screen, type_in):
    folder, _ = make_vault()
    async with at_the_door(folder) as pilot:
        await type_in(pilot, "blue heron?")
        assert "heron" not in read_screen(pilot.app)
        await pilot.press("f8")
        assert "blue heron?" in read_screen(pilot.app)
        await pilot.press("ctrl+z", "f8")
        assert pilot.app.focused.value == "blue heron?"
        assert "heron" not in read_screen(pilot.app)


async def test_nothing_typed_can_be_copied_out(make_vault, at_the_door, type_in):
    folder, _ = make_vault()
    async with at_the_door(folder) as pilot:
        await type_in(pilot, "heron")
        pilot.app.focused.select_whole()
        await pilot.press("f8", "ctrl+c", "ctrl+x")
        assert pilot.app.clipboard == ""


async def test_a_wrong_passphrase_is_told_and_stays_selected(make_vault, at_the_door, until, type_in):
    folder, _ = make_vault()
    async with at_the_door(folder) as pilot:
        app = pilot.app
        await type_in(pilot, "wrong")
        await pilot.press("enter")
        await until(pilot, lambda: field(app).error)
        assert "does not open the vault" in field(app).error
        assert "F4" in field(app).error
        assert app.focused.selected_text == "wrong"
        await pilot.press("c")
        assert app.focused.value == "c"
        assert field(app).error == ""
        await type_in(pilot, PASSPHRASE[1:])
        await pilot.press("enter")
        await until(pilot, lambda: today(app))


async def test_an_empty_field_is_not_tried(make_vault, at_the_door):
    folder, _ = make_vault()
    async with at_the_door(folder) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert field(pilot.app).error.startswith("Type the passphrase")


async def test_it_shows_that_it_works_and_takes_enter_once(make_vault, at_the_door, read_screen, until, monkeypatch):
    from peernote_tui.services import unlocking

    folder, _ = make_vault()
    go_on = threading.Event()
    asked = []

    def slow(*_args, **_named):
        asked.append(1)
        go_on.wait(10)
        raise DiskFullError("There is no room left on the disk.", "Free some space, then try again.")

    monkeypatch.setattr(unlocking, "open_vault", slow)
    async with at_the_door(folder) as pilot:
        await pilot.press("x", "enter")
        await until(pilot, lambda: asked)
        assert "Opening the vault…" in read_screen(pilot.app)
        await pilot.press("enter", "y", "f4")
        go_on.set()
        await until(pilot, lambda: "There is no room left" in read_screen(pilot.app))
        assert "Opening" not in read_screen(pilot.app)
        assert len(asked) == 1
        assert pilot.app.focused.value == "x"
        assert isinstance(pilot.app.screen, UnlockScreen)


async def test_a_vault_open_elsewhere_is_told(make_vault, at_the_door, read_screen, until, type_in):
    from peernote_tui.vault.lock import VaultLock

    folder, _ = make_vault()
    held = VaultLock.acquire(folder)
    try:
        async with at_the_door(folder, size=(120, 40)) as pilot:
            await type_in(pilot, PASSPHRASE)
            await pilot.press("enter")
            await until(pilot, lambda: "already open in another PeerNote" in " ".join(read_screen(pilot.app).split()))
            assert field(pilot.app).error == ""
    finally:
        held.release()


async def test_a_damaged_key_file_offers_the_recovery_code(make_vault, at_the_door, read_screen, until, type_in):
    folder, _ = make_vault()
    (folder / "keys" / "passphrase.age").write_bytes(b"age-encryption.org/v1\nnonsense")
    async with at_the_door(folder, size=(120, 40)) as pilot:
        await type_in(pilot, PASSPHRASE)
        await pilot.press("enter")
        await until(pilot, lambda: "is damaged" in " ".join(read_screen(pilot.app).split()))
        assert "F4 asks for it" in " ".join(read_screen(pilot.app).split())
        await pilot.press("f4")
        assert isinstance(pilot.app.screen, RecoverScreen)


async def test_a_damaged_vault_is_never_called_a_wrong_passphrase(make_vault, at_the_door, read_screen, until, type_in):
    folder, _ = make_vault()
    pages = bytearray((folder / "vault.db").read_bytes())
    pages[4096:8192] = bytes(4096)
    pages[100:4096] = bytes(3996)
    (folder / "vault.db").write_bytes(pages)
    async with at_the_door(folder, size=(120, 40)) as pilot:
        await type_in(pilot, PASSPHRASE)
        await pilot.press("enter")
        await until(pilot, lambda: "Damaged: 2 of" in read_screen(pilot.app))
        assert "passphrase does not open" not in read_screen(pilot.app)


async def test_a_newer_layout_is_told(make_vault, at_the_door, read_screen, until, type_in):
    folder, _ = make_vault()
    header = json.loads((folder / "vault.json").read_text())
    (folder / "vault.json").write_text(json.dumps({**header, "version": 99}))
    async with at_the_door(folder, size=(120, 40)) as pilot:
        await type_in(pilot, PASSPHRASE)
        await pilot.press("enter")
        await until(pilot, lambda: "newer PeerNote" in read_screen(pilot.app))


async def test_a_synced_folder_is_warned_about(make_vault, at_the_door, read_screen, tmp_path):
    (tmp_path / "Dropbox").mkdir()
    folder, _ = make_vault(name="Dropbox/vault.peernote")
    async with at_the_door(folder) as pilot:
        assert "synced by Dropbox" in " ".join(read_screen(pilot.app).split())


async def test_commands_of_the_open_vault_do_not_exist_here(make_vault, at_the_door):
    folder, _ = make_vault()
    async with at_the_door(folder) as pilot:
        await pilot.press("ctrl+n", "f5", "ctrl+o", "f9", "escape", "ctrl+l")
        await pilot.pause()
        assert isinstance(pilot.app.screen, UnlockScreen)
        assert pilot.app.is_running


def test_a_place_is_said_without_the_home_it_lies_in():
    home = Path("/home/alice")
    assert short_path(home / "data" / "vault.peernote", home) == str(Path("~/data/vault.peernote"))
    assert short_path(Path("/home/bob/notes/mine.peernote"), home) == str(Path("…/notes/mine.peernote"))
    assert short_path(Path("/srv/mine.peernote"), home) == str(Path("/srv/mine.peernote"))


def test_the_door_imports_nothing_heavy():
    program = (
        "import sys, peernote_tui.ui.app, peernote_tui.ui.screens.unlock, peernote_tui.vault.layout\n"
        "heavy = {'pydantic', 'sqlcipher3', 'nacl', 'tzlocal', 'peernote_tui.services', 'peernote_tui.repository'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


async def test_a_damaged_salt_that_was_put_right_is_said_once(make_vault, at_the_door, read_screen, until, type_in):
    folder, _ = make_vault()
    data = bytearray((folder / "vault.db").read_bytes())
    data[2] ^= 0x40
    (folder / "vault.db").write_bytes(data)
    for told in (True, False):
        async with at_the_door(folder) as pilot:
            await type_in(pilot, PASSPHRASE)
            await pilot.press("enter")
            await until(pilot, lambda: today(pilot.app))
            assert ("is put right. Nothing is lost." in " ".join(read_screen(pilot.app).split())) is told
