"""Two at one vault, and clocks that jump; the whole proof is `python -m reliability.two_and_time`."""

from __future__ import annotations

import sys
from datetime import timedelta

import pytest

from peernote_tui.services import backups

NAMES = ("two processes", "two users", "clock back and forward", "asleep in mid-save")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked and stopped")
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_lost_and_nobody_is_told_wrong(name, tmp_path):
    from reliability import two_and_time

    assert two_and_time.PROOFS[name](tmp_path, 1) == []


def test_backups_made_by_a_wrong_clock_do_not_push_out_later_ones(workspace, clock, consented):
    right = clock.now()
    for month in range(13):
        clock.set(right + timedelta(days=3650 + 31 * month))
        backups.back_up(workspace)
    made = []
    for day in range(4):
        clock.set(right + timedelta(days=day + 1))
        assert backups.backup_if_due(workspace)
        made.append(backups.backups(workspace)[-1].name)
    kept = [each.name for each in backups.backups(workspace)]
    assert set(made) <= set(kept)
    assert len(kept) >= 13
