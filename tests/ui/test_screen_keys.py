"""Keys: what opens the vault, changed from inside; until the last step nothing is."""

import re
import shutil
from datetime import timedelta

import pytest

from peernote_tui.domain.errors import WrongPassphraseError
from peernote_tui.services import backups, key_slots, unlocking
from peernote_tui.ui.screens.key_tasks import ChangePassphrase, NewCode, NewDataKey, SetOrganisation
from peernote_tui.ui.screens.keys import KeysScreen
from peernote_tui.ui.screens.sheet import SheetDialog
from peernote_tui.ui.widgets.field import Field
from peernote_tui.vault import age

SIZES = [(80, 24), (60, 20), (120, 40)]


@pytest.fixture
def at_keys(in_the_vault, until):
    """Run PeerNote at the keys: `async with at_keys() as pilot`."""
    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def running(size=(80, 24)):
        async with in_the_vault(size=size) as pilot:
            await pilot.press("k")
            await until(pilot, lambda: isinstance(pilot.app.screen, KeysScreen) and pilot.app.screen._standing)
            yield pilot

    return running


@pytest.fixture
def past_the_question(until, type_in, passphrase):
    """Open a change with a key and answer the question: `await past_the_question(pilot, "p", ChangePassphrase)`."""

    async def going(pilot, key, screen):
        await pilot.press(key)
        await until(pilot, lambda: isinstance(pilot.app.screen, screen))
        await type_in(pilot, passphrase)
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen._begun)

    return going


def error_of(app, key):
    return app.screen.query_one(f"#field-{key}", Field).error


def shown_phrase(text):
    return next(found[1] for line in text.splitlines() if (found := re.match(r"\s*▌?\s+((?:[a-z]+ ){5}[a-z]+)$", line)))


def shown_code(text):
    return re.search(r"(?:\w{4} - ){6}\w{4}", text)[0]


def opens(folder, clock, secret, opener=unlocking.open_vault):
    try:
        unlocking.close(opener(folder, secret, clock=clock))
    except WrongPassphraseError:
        return False
    return True


async def back_at_keys(pilot, until):
    await until(pilot, lambda: isinstance(pilot.app.screen, KeysScreen))
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_the_keys_say_what_opens_the_vault_and_since_when(size, at_keys, read_screen):
    async with at_keys(size) as pilot:
        text = read_screen(pilot.app)
        for word in ("Passphrase", "Recovery code", "Organisation", "Data key", "since today", "not set"):
            assert word in text
        assert "Nobody but you can open the vault." in text
        assert "Old data key" not in text


async def test_another_passphrase_is_set_from_inside(
    workspace, passphrase, clock, at_keys, past_the_question, read_screen, until, type_in
):
    async with at_keys() as pilot:
        await past_the_question(pilot, "p", ChangePassphrase)
        phrase = shown_phrase(read_screen(pilot.app))
        await pilot.press("enter")
        await type_in(pilot, phrase)
        await pilot.press("enter")
        await back_at_keys(pilot, until)
        assert "The passphrase is changed." in read_screen(pilot.app)
        folder = pilot.app.folder
    assert opens(folder, clock, phrase)
    assert not opens(folder, clock, passphrase)


async def test_another_passphrase_than_the_present_one_changes_nothing(
    workspace, passphrase, clock, at_keys, until, type_in, read_screen
):
    async with at_keys() as pilot:
        await pilot.press("p")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChangePassphrase))
        await pilot.press("enter")
        assert error_of(pilot.app, "present")
        await type_in(pilot, "not the passphrase at all")
        await pilot.press("enter")
        await until(pilot, lambda: "does not open" in error_of(pilot.app, "present"))
        await pilot.press("escape")
        await back_at_keys(pilot, until)
    assert opens(workspace.vault.folder, clock, passphrase)


async def test_a_new_code_counts_once_it_was_typed_back(
    workspace, clock, at_keys, past_the_question, read_screen, until, type_in
):
    old = unlocking.new_recovery_code(workspace, work_factor=2)
    by_code = unlocking.open_with_recovery_code
    async with at_keys() as pilot:
        await past_the_question(pilot, "c", NewCode)
        code = shown_code(read_screen(pilot.app))
        await pilot.press("enter")
        assert code not in read_screen(pilot.app)
        await pilot.press("escape")
        assert code in read_screen(pilot.app)
        await pilot.press("escape")
        await back_at_keys(pilot, until)
        copy = workspace.vault.folder.with_name("copy.peernote")
        shutil.copytree(workspace.vault.folder, copy)
        assert opens(copy, clock, old, by_code)

        await past_the_question(pilot, "c", NewCode)
        assert shown_code(read_screen(pilot.app)) != code
        code = shown_code(read_screen(pilot.app))
        await pilot.press("enter")
        await type_in(pilot, old.lower())
        await pilot.press("enter")
        await until(pilot, lambda: "is not as it was shown" in error_of(pilot.app, "code"))
        pilot.app.focused.load("")
        await type_in(pilot, code.lower().replace(" ", ""))
        await pilot.press("enter")
        await back_at_keys(pilot, until)
        assert "new recovery code is in force" in read_screen(pilot.app)
    assert opens(workspace.vault.folder, clock, code, by_code)
    assert not opens(workspace.vault.folder, clock, old, by_code)


async def test_the_page_to_print_goes_only_where_it_is_wanted(
    at_keys, past_the_question, read_screen, until, tmp_path, type_in
):
    async with at_keys() as pilot:
        await past_the_question(pilot, "c", NewCode)
        code = shown_code(read_screen(pilot.app))
        await pilot.press("f6")
        await until(pilot, lambda: isinstance(pilot.app.screen, SheetDialog))
        assert "readable by everybody" in " ".join(read_screen(pilot.app).replace("│", " ").split())
        await pilot.press("enter")
        assert error_of(pilot.app, "place")
        await type_in(pilot, str(pilot.app.folder / "sheet.txt"))
        await pilot.press("enter")
        await until(pilot, lambda: "inside the vault" in error_of(pilot.app, "place"))
        pilot.app.focused.load("")
        await type_in(pilot, str(tmp_path / "s.txt"))
        await pilot.press("enter")
        await until(pilot, (tmp_path / "s.txt").exists)
        assert code in (tmp_path / "s.txt").read_text(encoding="utf-8")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, NewCode))
        assert code in read_screen(pilot.app)
        await pilot.press("escape")
        await back_at_keys(pilot, until)
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, SheetDialog))
        await type_in(pilot, str(tmp_path / "s.pdf"))
        await pilot.press("enter")
        await until(pilot, lambda: (tmp_path / "s.pdf").exists() and "Written" in read_screen(pilot.app))
    data = (tmp_path / "s.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    assert code.split(" - ")[0].encode() not in data


async def test_the_organisation_is_told_at_once_set_shown_and_taken_away(
    workspace, clock, at_keys, past_the_question, read_screen, until, type_in
):
    person = age.generate_identity()
    async with at_keys() as pilot:
        await past_the_question(pilot, "o", SetOrganisation)
        await type_in(pilot, person.recipient[:-1] + ("q" if person.recipient[-1] != "q" else "p"))
        assert "mistyped" in error_of(pilot.app, "recipients")
        await pilot.press("backspace")
        await type_in(pilot, person.recipient[-1])
        fingerprint = key_slots.read_recipients([person.recipient])[0].fingerprint
        assert error_of(pilot.app, "recipients") == ""
        assert fingerprint in read_screen(pilot.app)
        await pilot.press("enter")
        await back_at_keys(pilot, until)
        await until(pilot, lambda: fingerprint in read_screen(pilot.app))
        copy = workspace.vault.folder.with_name("copy.peernote")
        shutil.copytree(workspace.vault.folder, copy)
        assert opens(copy, clock, person.secret, unlocking.open_with_identity)

        await pilot.press("down", "down", "x")
        await pilot.press("enter", "x")
        assert "Take the organisation's key away?" in read_screen(pilot.app)
        await pilot.press("y")
        await until(pilot, lambda: "Nobody but you" in read_screen(pilot.app))
        assert not (workspace.vault.folder / "keys" / "organisation.age").exists()


async def test_a_new_data_key_and_what_the_old_one_opens(
    workspace, consented, write_note, passphrase, clock, at_keys, past_the_question, read_screen, until, type_in
):
    write_note(consented)
    backups.back_up(workspace)
    salt = workspace.vault.data_key.salt
    clock.instant += timedelta(hours=1)
    async with at_keys() as pilot:
        await past_the_question(pilot, "d", NewDataKey)
        code = shown_code(read_screen(pilot.app))
        await pilot.press("enter")
        await type_in(pilot, code)
        await pilot.press("enter")
        await back_at_keys(pilot, until)
        await until(pilot, lambda: "Old data key" in read_screen(pilot.app))
        assert "new data key, and a backup under it" in read_screen(pilot.app)
        await pilot.press("end", "x", "y")
        await until(pilot, lambda: "Old data key" not in read_screen(pilot.app))
        await pilot.press("escape", "2")
        await until(pilot, lambda: "Ibarra" in read_screen(pilot.app))
        folder = pilot.app.folder
    assert (folder / "vault.db").read_bytes()[:16] != salt
    assert opens(folder, clock, passphrase)
    assert opens(folder, clock, code, unlocking.open_with_recovery_code)
    assert [path.name for path in folder.parent.glob("mine*")] == ["mine.peernote"]
    assert len(list((folder / "backups").iterdir())) == 1
