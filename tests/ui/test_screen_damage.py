"""A vault that does not read, through real keys: seen, looked at, salvaged, put back, and nothing unasked."""

from datetime import timedelta

import pytest

from peernote_tui.services import backups, salvaging, unlocking
from peernote_tui.ui.screens.damage import DamageScreen
from peernote_tui.ui.screens.unlock import UnlockScreen

PASSPHRASE = "correct horse battery staple"
PAGE = 4096


def words(text):
    return " ".join(text.split())


@pytest.fixture
def damaged(make_vault, tmp_path, monkeypatch):
    """A vault with a participant and a backup, damaged where it is opened: `damaged("audit")` or a page."""
    from peernote_tui.domain.participant import ParticipantDetails
    from peernote_tui.services.participants import add_participant
    from peernote_tui.vault import connection as database

    monkeypatch.setattr(database, "_PAUSES_SECONDS", (0.0, 0.0))

    def fill(workspace, clock):
        add_participant(workspace, ParticipantDetails(name="Maria Santos"))
        backups.back_up(workspace)
        clock.instant += timedelta(hours=30)
        add_participant(workspace, ParticipantDetails(name="Tomás Ibarra"))

    def damage(where):
        folder, _ = make_vault(fill)
        if isinstance(where, str):
            with salvaging.begin(folder, PASSPHRASE) as held, held.pages(tmp_path / "pages") as pages:
                where = next(root.page for root in pages.roots() if root.name == where)
        data = bytearray((folder / "vault.db").read_bytes())
        data[(where - 1) * PAGE + 1000] ^= 1
        (folder / "vault.db").write_bytes(data)
        return folder

    return damage


async def arrive(pilot, until, type_in):
    await type_in(pilot, PASSPHRASE)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, DamageScreen) and not pilot.app.screen._working)


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40)])
async def test_what_is_damaged_is_said_and_nothing_is_changed(size, damaged, at_the_door, read_screen, until, type_in):
    folder = damaged(1)
    before = (folder / "vault.db").read_bytes()
    async with at_the_door(folder, size=size) as pilot:
        await arrive(pilot, until, type_in)
        seen = words(read_screen(pilot.app))
        assert "Damaged: 1 of" in seen
        assert "pages (1)" in seen
        assert "about 30 hours old" in seen
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, UnlockScreen))
    assert (folder / "vault.db").read_bytes() == before


async def test_what_is_salvaged_takes_the_place_only_when_asked(
    damaged, at_the_door, read_screen, until, type_in, clock
):
    folder = damaged(1)
    async with at_the_door(folder, size=(120, 40)) as pilot:
        await arrive(pilot, until, type_in)
        await pilot.press("s")
        await until(pilot, lambda: pilot.app.screen._salvaged is not None)
        assert "2 participants" in words(read_screen(pilot.app))
        assert "Nothing is lost" in words(read_screen(pilot.app))
        assert folder.with_name("vault.peernote.salvaged").is_dir()
        await pilot.press("t", "enter", "escape")
        assert folder.with_name("vault.peernote.salvaged").is_dir()
        await pilot.press("t", "y")
        await until(pilot, lambda: "Done." in read_screen(pilot.app))
    aside = [path for path in folder.parent.iterdir() if ".before-salvage-" in path.name]
    assert len(aside) == 1
    opened = unlocking.open_vault(folder, PASSPHRASE, clock=clock)
    assert len(backups.backups(opened)) == 1
    unlocking.close(opened)


async def test_the_newest_backup_is_put_back_when_asked(damaged, at_the_door, read_screen, until, type_in, clock):
    folder = damaged(1)
    async with at_the_door(folder) as pilot:
        await arrive(pilot, until, type_in)
        await pilot.press("b")
        await until(pilot, lambda: "Put the newest backup" in read_screen(pilot.app))
        await pilot.press("y")
        await until(pilot, lambda: "Done." in read_screen(pilot.app))
    opened = unlocking.open_vault(folder, PASSPHRASE, clock=clock)
    assert backups.look(opened.vault.connection).counts["participants"] == 1
    unlocking.close(opened)


async def test_what_still_reads_is_looked_at_without_writing(damaged, at_the_door, read_screen, until, type_in):
    folder = damaged("audit")
    before = (folder / "vault.db").read_bytes()
    async with at_the_door(folder) as pilot:
        await arrive(pilot, until, type_in)
        assert "Concerned: the log." in words(read_screen(pilot.app))
        await pilot.press("l")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "TodayScreen")
        assert "only read" in words(read_screen(pilot.app))
    assert (folder / "vault.db").read_bytes() == before


async def test_a_damaged_card_is_written_again(make_vault, at_the_door, read_screen, until, type_in):
    folder, _ = make_vault()
    good = (folder / "vault.json").read_bytes()
    (folder / "vault.json").write_text("{")
    async with at_the_door(folder) as pilot:
        await arrive(pilot, until, type_in)
        assert "vault.json" in words(read_screen(pilot.app))
        await pilot.press("j")
        await until(pilot, lambda: isinstance(pilot.app.screen, UnlockScreen))
    assert (folder / "vault.json").read_bytes() == good


async def test_f7_looks_for_damage_in_a_vault_that_opens(make_vault, at_the_door, read_screen, until, type_in):
    folder, _ = make_vault()
    async with at_the_door(folder) as pilot:
        await type_in(pilot, PASSPHRASE)
        await pilot.press("f7")
        await until(pilot, lambda: isinstance(pilot.app.screen, DamageScreen) and not pilot.app.screen._working)
        assert "Every page of the file is what was written" in words(read_screen(pilot.app))
