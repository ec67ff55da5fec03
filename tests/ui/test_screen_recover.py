"""The forgotten passphrase, through real keys."""

import pytest

from peernote_tui.domain.errors import WrongPassphraseError
from peernote_tui.services.unlocking import close, open_vault
from peernote_tui.ui.screens.recover import RecoverScreen
from peernote_tui.ui.screens.unlock import UnlockScreen
from peernote_tui.ui.widgets.field import Field
from peernote_tui.vault import recovery_code

OLD = "correct horse battery staple"
NEW = "my blue heron eats snow"


def error_of(app, key):
    return app.screen.query_one(f"#field-{key}", Field).error


async def choose_new(pilot, type_in):
    await pilot.press("f4")
    await type_in(pilot, NEW)
    await pilot.press("enter")
    await type_in(pilot, NEW)
    await pilot.press("enter")


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40)])
async def test_the_code_opens_and_a_new_passphrase_is_set(size, make_vault, at_the_door, until, type_in):
    folder, code = make_vault()
    async with at_the_door(folder, size=size) as pilot:
        app = pilot.app
        await pilot.press("f4")
        assert isinstance(app.screen, RecoverScreen)
        await type_in(pilot, code.lower().replace("-", " ").replace("0", "o"))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen.query_one("TopLine").status == "Step 2 of 2")
        await choose_new(pilot, type_in)
        await until(pilot, lambda: type(app.screen).__name__ == "TodayScreen")
    close(open_vault(folder, NEW, clock=app.clock))
    with pytest.raises(WrongPassphraseError):
        open_vault(folder, OLD, clock=app.clock)


async def test_a_typing_mistake_is_told_before_anything_is_tried(make_vault, at_the_door, type_in, monkeypatch):
    from peernote_tui.services import unlocking

    folder, code = make_vault()
    tried = []
    monkeypatch.setattr(unlocking, "open_with_recovery_code", lambda *a, **k: tried.append(a))
    async with at_the_door(folder) as pilot:
        await pilot.press("f4")
        await type_in(pilot, code[:-1])
        await pilot.press("enter")
        await pilot.pause()
        assert "typing mistake in group 7" in error_of(pilot.app, "code")
        assert tried == []


async def test_the_code_of_another_vault_is_told(make_vault, at_the_door, until, type_in):
    folder, _ = make_vault()
    async with at_the_door(folder) as pilot:
        await pilot.press("f4")
        await type_in(pilot, recovery_code.generate())
        await pilot.press("enter")
        await until(pilot, lambda: error_of(pilot.app, "code"))
        assert "does not open this vault" in error_of(pilot.app, "code")
        assert not pilot.app.gateway.is_open


async def test_stepping_back_closes_the_vault_and_keeps_the_old_passphrase(
    make_vault, at_the_door, until, type_in, read_screen
):
    folder, code = make_vault()
    async with at_the_door(folder) as pilot:
        app = pilot.app
        await pilot.press("f4")
        await type_in(pilot, code)
        await pilot.press("enter")
        await until(pilot, lambda: app.gateway.is_open and "six words" in read_screen(app))
        await pilot.press("ctrl+n")
        await pilot.pause()
        assert isinstance(app.screen, RecoverScreen)
        await pilot.press("escape")
        await until(pilot, lambda: app.focused is app.screen.query_one("#code"))
        assert not app.gateway.is_open
        assert app.focused.value == ""
        close(open_vault(folder, OLD, clock=app.clock))
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, UnlockScreen)
