"""The daily backup, made beside a person who types."""

import shutil
import threading
import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
from textual import events

from peernote_tui.services import backup_places, backups
from peernote_tui.services.backup_places import Standing
from peernote_tui.ui import backing_up, sentences
from peernote_tui.ui.widgets.notice_line import NoticeLine
from peernote_tui.ui.widgets.top_line import TopLine
from peernote_tui.vault import page_copy


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(backing_up, "AFTER_SECONDS", 0.001)


def made(workspace):
    return [each.name for each in backups.backups(workspace)]


async def test_a_backup_is_made_after_today_is_shown(workspace, consented, in_the_vault, until):
    async with in_the_vault() as pilot:
        await until(pilot, lambda: pilot.app.backup_standing.last is not None)
        assert made(workspace) == ["20261123-195200"]
        assert pilot.app.screen.query_one(NoticeLine).notice[0] == ""
        assert "backup" not in pilot.app.screen.query_one(TopLine).status


async def test_the_last_one_of_today_is_enough(workspace, consented, in_the_vault, until, clock):
    backups.back_up(workspace)
    clock.instant += timedelta(hours=5)
    async with in_the_vault() as pilot:
        await until(pilot, lambda: pilot.app.backup_standing.last is not None)
        assert len(made(workspace)) == 1


async def test_a_failure_is_said_and_stands_in_nobodys_way(
    workspace, consented, in_the_vault, until, clock, monkeypatch
):
    backups.back_up(workspace)
    clock.instant += timedelta(days=4)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
    async with in_the_vault(size=(120, 40)) as pilot:
        notice, line = pilot.app.screen.query_one(NoticeLine), pilot.app.screen.query_one(TopLine)
        await until(pilot, lambda: "No backup could be made. There is no room" in notice.notice[0])
        assert line.status.endswith("backup 4 days old")
        await pilot.press("3")
        assert pilot.app.screen.PLACE == "Notes"


def test_age_is_said_from_two_days_on(clock):
    now = clock.now()
    said = {days: sentences.backup_age(now - timedelta(days=days), now) for days in (0, 1, 2, 30)}
    assert said == {0: "", 1: "", 2: "backup 2 days old", 30: "backup 30 days old"}
    assert sentences.backup_age(None, now) == ""


def test_older_than_a_week_is_said_in_words(clock):
    now = clock.now()
    standing = backing_up.BackupStanding(last=now - timedelta(days=9))
    assert standing.take_news(now)[0].startswith("The last good backup is 9 days old.")
    assert standing.take_news(now) == ("", "muted")
    assert backing_up.BackupStanding(last=now - timedelta(days=6)).take_news(now)[0] == ""


def quits(pilot):
    return not pilot.app.is_running


@pytest.fixture
def later(monkeypatch):
    """No backup comes of itself while a test looks at the end."""
    monkeypatch.setattr(backing_up, "AFTER_SECONDS", 3600)


@pytest.fixture
def busy_day(workspace, consented, write_note):
    backups.back_up(workspace)
    for _ in range(backups.MANY_NOTES):
        write_note(consented)


async def test_after_many_changes_quitting_makes_a_backup_first(
    workspace, later, busy_day, in_the_vault, until, clock, passphrase
):
    clock.instant += timedelta(hours=1)
    async with in_the_vault() as pilot:
        await pilot.press("ctrl+q")
        await until(pilot, lambda: quits(pilot))
    newest, _ = backups.backups(workspace)
    assert newest.manifest.kind == backups.Kind.AT_QUIT
    assert newest.manifest.facts.counts["notes"] == backups.MANY_NOTES
    assert backups.check(workspace.vault.folder, (newest,), passphrase)[0].problems == ()


@pytest.mark.parametrize("way", ["few changes", "a lock"])
async def test_nothing_is_waited_for_otherwise(workspace, consented, later, in_the_vault, until, way, write_note):
    backups.back_up(workspace)
    for _ in range(1 if way == "few changes" else backups.MANY_NOTES):
        write_note(consented)
    async with in_the_vault() as pilot:
        await pilot.press("ctrl+q" if way == "few changes" else "ctrl+l")
        await until(pilot, lambda: quits(pilot))
    assert len(made(workspace)) == 1


async def test_any_key_cuts_the_backup_at_the_end_short(workspace, later, busy_day, in_the_vault, until, monkeypatch):
    real, waits = backups.finish, threading.Event()

    def slow(snapshot, *, stop):
        waits.set()
        while not stop():
            time.sleep(0.001)
        return real(snapshot, stop=stop)

    monkeypatch.setattr(backups, "finish", slow)
    async with in_the_vault() as pilot:
        await pilot.press("ctrl+q")
        await until(pilot, waits.is_set)
        assert pilot.app.covered == sentences.BACKING_UP_AT_QUIT
        pilot.app.post_message(events.Key("x", "x"))
        await until(pilot, lambda: quits(pilot))
    assert len(made(workspace)) == 1
    assert list(backups.own_folder(workspace.vault.folder).glob("*.part")) == []


async def test_a_backup_that_fails_at_the_end_keeps_nobody(
    workspace, later, busy_day, in_the_vault, until, monkeypatch
):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
    async with in_the_vault() as pilot:
        await pilot.press("ctrl+q")
        await until(pilot, lambda: quits(pilot))
    assert len(made(workspace)) == 1


def on(place):
    return [each.name for each in backup_places.there(place)]


async def test_a_drive_that_appears_gets_a_backup(
    workspace, consented, in_the_vault, until, tmp_path, clock, monkeypatch
):
    monkeypatch.setattr(backing_up, "LOOK_SECONDS", 0.05)
    stick, away = tmp_path / "stick", tmp_path / "pocket"
    stick.mkdir()
    place = backup_places.choose(workspace, stick)
    stick.rename(away)
    async with in_the_vault() as pilot:
        standing = pilot.app.backup_standing
        await until(pilot, lambda: standing.drive is Standing.ABSENT and not standing.busy)
        away.rename(stick)
        await until(pilot, lambda: bool(on(place)) and not standing.busy)
        (whole,) = backup_places.there(place)
        assert whole.problem == ""
        kept = await pilot.app.gateway.call(backup_places.chosen)
        assert kept.last == whole.manifest.created_at
        assert standing.drive_trouble == ""


async def test_another_drive_at_the_same_place_is_asked_about_and_not_written_to(
    workspace, consented, in_the_vault, until, tmp_path
):
    stick = tmp_path / "stick"
    stick.mkdir()
    backup_places.choose(workspace, stick)
    shutil.rmtree(stick)
    stick.mkdir()
    async with in_the_vault() as pilot:
        notice = pilot.app.screen.query_one(NoticeLine)
        await until(pilot, lambda: notice.notice[0].startswith("The drive for backups is another one"))
    assert list(stick.iterdir()) == []


async def test_a_drive_that_vanishes_in_the_middle_is_told_and_harmless(
    workspace, consented, in_the_vault, until, tmp_path, monkeypatch
):
    stick = tmp_path / "stick"
    stick.mkdir()
    backup_places.choose(workspace, stick)
    real = page_copy.copy_rest

    def pulled(pages, path, sums):
        if path.is_relative_to(stick):
            shutil.rmtree(stick)
        real(pages, path, sums)

    monkeypatch.setattr(page_copy, "copy_rest", pulled)
    async with in_the_vault() as pilot:
        notice = pilot.app.screen.query_one(NoticeLine)
        await until(pilot, lambda: notice.notice[0].startswith("No backup could be made on the drive."))
        assert len(made(workspace)) == 1
        await pilot.press("3")
        assert pilot.app.screen.PLACE == "Notes"


async def test_a_drill_is_offered_after_a_month(workspace, consented, in_the_vault, until, clock):
    clock.instant += timedelta(days=31)
    async with in_the_vault() as pilot:
        notice = pilot.app.screen.query_one(NoticeLine)
        await until(pilot, lambda: notice.notice[0] == sentences.DRILL_OFFER)
