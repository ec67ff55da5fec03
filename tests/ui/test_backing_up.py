"""The daily backup, made beside a person who types."""

import shutil
from datetime import timedelta
from types import SimpleNamespace

import pytest

from peernote_tui.services import backups
from peernote_tui.ui import backing_up, sentences
from peernote_tui.ui.widgets.notice_line import NoticeLine
from peernote_tui.ui.widgets.top_line import TopLine


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
