"""The screen of backups: what it lists and what its keys do."""

import shutil
import threading
import time
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from textual.widgets import Static

from peernote_tui.domain.audit import anchor_words
from peernote_tui.services import backup_places, backups, drilling, verifying
from peernote_tui.ui import backing_up, sentences
from peernote_tui.ui.locking import Leaving
from peernote_tui.ui.screens.backups import BackupsScreen
from peernote_tui.ui.screens.refused import RefusedScreen
from peernote_tui.ui.widgets.confirm import Confirm
from peernote_tui.ui.widgets.notice_line import NoticeLine


@pytest.fixture(autouse=True)
def nothing_of_itself(monkeypatch):
    monkeypatch.setattr(backing_up, "AFTER_SECONDS", 3600)


@pytest.fixture
def at_backups(in_the_vault, until):
    @asynccontextmanager
    async def opened(**given):
        async with in_the_vault(**given) as pilot:
            await pilot.press("b")
            await until(pilot, lambda: isinstance(pilot.app.screen, BackupsScreen) and foot(pilot))
            yield pilot

    return opened


def foot(pilot):
    found = pilot.app.screen.query("#backups-foot")
    return str(found.first(Static).content) if found else ""


def notice(pilot):
    return pilot.app.screen.query_one(NoticeLine).notice[0]


def idle(pilot):
    return isinstance(pilot.app.screen, BackupsScreen) and not pilot.app.screen._busy


@pytest.fixture
def backed_up(workspace, consented, write_note, clock):
    made = backups.back_up(workspace)
    write_note(consented)
    clock.instant += timedelta(hours=2)
    return made


def damage(made):
    data = bytearray(made.database.read_bytes())
    data[9000] ^= 1
    made.database.write_bytes(data)


async def test_an_empty_list_names_the_key_that_fills_it_and_it_does(workspace, at_backups, until, read_screen):
    async with at_backups() as pilot:
        assert "m makes one now" in read_screen(pilot.app)
        await pilot.press("m")
        await until(pilot, lambda: notice(pilot).startswith("The backup is made and checked"))
        await until(pilot, lambda: "made by hand" in read_screen(pilot.app))
    assert len(backups.backups(workspace)) == 1


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40)])
async def test_each_line_says_when_why_what_it_holds_and_where_its_log_ends(
    workspace, backed_up, at_backups, read_screen, size
):
    async with at_backups(size=size) as pilot:
        said = read_screen(pilot.app)
        for words in ("today, 14:52", "checked when made", "1 participant, 0 notes"):
            assert words in said
        if size[0] >= 80:
            facts = backed_up.manifest.facts
            assert f" · {anchor_words(facts.log_length, facts.log_head)}" in said
            assert "made by hand" in said
        assert "Tomás" not in said


async def test_checking_all_finds_the_damaged_one_and_says_what_is_wrong(
    workspace, backed_up, at_backups, until, read_screen
):
    second = backups.back_up(workspace)
    damage(backed_up)
    async with at_backups() as pilot:
        await pilot.press("a")
        await until(pilot, lambda: notice(pilot).startswith("1 of 2 cannot be used"))
        await until(pilot, lambda: "not usable" in read_screen(pilot.app))
        assert "whole, checked now" in read_screen(pilot.app)
        await pilot.press("up", "up", "c")
        await until(pilot, lambda: notice(pilot) == "It is whole.")
    assert second.path.is_dir()


async def test_esc_stops_what_is_being_done_and_only_then_leaves(workspace, backed_up, at_backups, until, monkeypatch):
    waits = threading.Event()

    def slow(_workspace, _chosen, *, stop):
        waits.set()
        while not stop():
            time.sleep(0.001)
        raise backups.StoppedError("stopped")

    monkeypatch.setattr(backups, "check_one", slow)
    async with at_backups() as pilot:
        await pilot.press("c")
        await until(pilot, waits.is_set)
        await pilot.press("escape")
        await until(pilot, lambda: notice(pilot) == sentences.BACKUP_STOPPED)
        await until(pilot, lambda: idle(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen.PLACE == "Today")


async def test_locking_waits_for_no_check(workspace, backed_up, at_backups, until, monkeypatch):
    waits = threading.Event()

    def slow(_workspace, _chosen, *, stop):
        waits.set()
        while not stop():
            time.sleep(0.001)
        raise backups.StoppedError("stopped")

    monkeypatch.setattr(backups, "check_one", slow)
    async with at_backups() as pilot:
        await pilot.press("c")
        await until(pilot, waits.is_set)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: not pilot.app.is_running)
    assert pilot.app.return_value is Leaving.LOCKED


async def test_putting_back_tells_asks_with_another_key_locks_and_brings_the_day_back(
    workspace, backed_up, at_backups, until, reopened, read_screen
):
    async with at_backups() as pilot:
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        said = " ".join(read_screen(pilot.app).replace("│", " ").split())
        assert "The vault now holds what it does not: 1 signed note" in said
        await pilot.press("r", "enter")
        assert isinstance(pilot.app.screen, Confirm)
        await pilot.press("y")
        await until(pilot, lambda: not pilot.app.is_running)
    assert pilot.app.return_value is Leaving.LOCKED
    with reopened() as again:
        assert backups.look(again.vault.connection).counts["notes"] == 0
        assert verifying.verify(again).ok
        newest, _ = backups.backups(again)
        assert newest.manifest.kind == backups.Kind.BEFORE_RESTORE
        assert newest.manifest.facts.counts["notes"] == 1
    assert len(list(workspace.vault.folder.parent.glob("*.before-restore-*"))) == 1


async def test_after_a_restore_today_says_that_it_is_done(
    workspace, backed_up, in_the_vault, until, clock, passphrase, monkeypatch
):
    workspace.vault.close()
    with backups.begin_restore(workspace.vault.folder, backed_up, passphrase) as restoration:
        backups.carry_out(restoration, clock)
    monkeypatch.setattr(backing_up, "AFTER_SECONDS", 0.001)
    async with in_the_vault() as pilot:
        await until(pilot, lambda: notice(pilot) == sentences.PUT_BACK_DONE)


async def test_esc_puts_nothing_back(workspace, backed_up, at_backups, until, reopened):
    async with at_backups() as pilot:
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await pilot.press("escape")
        await until(pilot, lambda: idle(pilot) and notice(pilot) == sentences.BACKUP_NOTHING_CHANGED)
    with reopened() as again:
        assert backups.look(again.vault.connection).counts["notes"] == 1


async def test_a_damaged_backup_is_not_put_back(workspace, backed_up, at_backups, until):
    damage(backed_up)
    async with at_backups() as pilot:
        await pilot.press("r")
        await until(pilot, lambda: "not what was written" in notice(pilot))
        assert isinstance(pilot.app.screen, BackupsScreen)


async def test_a_restore_the_disk_refuses_leaves_the_vault_and_says_so(
    workspace, backed_up, at_backups, until, reopened, monkeypatch
):
    def full(*_given):
        raise OSError(28, "no space")

    monkeypatch.setattr(shutil, "copyfile", full)
    async with at_backups() as pilot:
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await pilot.press("y")
        await until(pilot, lambda: isinstance(pilot.app.screen, RefusedScreen))
        reason = str(pilot.app.screen.query_one("#reason", Static).content)
        assert "no room left" in reason
    with reopened() as again:
        assert backups.look(again.vault.connection).counts["notes"] == 1


async def test_a_folder_is_chosen_gets_a_backup_and_can_be_given_up(
    workspace, backed_up, at_backups, until, type_in, tmp_path, read_screen
):
    stick = tmp_path / "s"
    stick.mkdir()
    async with at_backups(size=(120, 40)) as pilot:
        await pilot.press("f")
        await until(pilot, lambda: bool(pilot.app.screen.query("#folder")))
        pilot.app.screen.query_one("#folder").load(str(stick))
        await pilot.press("enter")
        await until(pilot, lambda: idle(pilot) and notice(pilot) == sentences.FOLDER_CHOSEN)
        await until(pilot, lambda: f"On {stick}" in read_screen(pilot.app))
        place = await pilot.app.gateway.call(backup_places.chosen)
        assert [each.problem for each in backup_places.there(place)] == [""]
        await pilot.press("f")
        await until(pilot, lambda: bool(pilot.app.screen.query("#folder")))
        pilot.app.screen.query_one("#folder").load("")
        await pilot.press("enter")
        await until(pilot, lambda: idle(pilot) and notice(pilot) == sentences.FOLDER_FORGOTTEN)
        assert await pilot.app.gateway.call(backup_places.chosen) is None
    assert len(backup_places.there(place)) == 1


async def test_a_folder_that_is_not_there_is_refused_in_words(workspace, backed_up, at_backups, until, tmp_path):
    async with at_backups() as pilot:
        await pilot.press("f")
        await until(pilot, lambda: bool(pilot.app.screen.query("#folder")))
        pilot.app.screen.query_one("#folder").load(str(tmp_path / "nowhere"))
        await pilot.press("enter")
        await until(pilot, lambda: idle(pilot) and notice(pilot).startswith("There is no folder"))


async def test_the_drill_is_tried_and_remembered_and_can_be_put_off(workspace, backed_up, at_backups, until, clock):
    clock.instant += timedelta(days=31)
    async with at_backups() as pilot:
        await until(pilot, lambda: pilot.app.backup_standing.drill_due)
        assert sentences.DRILL_NEVER in foot(pilot)
        await pilot.press("l")
        await until(pilot, lambda: notice(pilot) == sentences.DRILL_PUT_OFF and idle(pilot))
        await until(pilot, lambda: not pilot.app.backup_standing.drill_due)
        await pilot.press("t")
        await until(pilot, lambda: "could be put back: every page" in notice(pilot))
        await until(pilot, lambda: "Last tried out just now: it could be put back." in foot(pilot))
        last = await pilot.app.gateway.call(drilling.last_drill)
        assert last.whole


def test_every_reason_for_a_backup_has_words():
    assert [kind for kind in backups.Kind if "-" in sentences.backup_kind(kind)] == []
