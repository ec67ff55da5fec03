"""Today says calmly when somebody tried to open the vault in vain."""

from __future__ import annotations

from datetime import timedelta

from peernote_tui.vault import attempts


async def test_today_says_how_many_and_since_when(workspace, clock, in_the_vault, read_screen):
    for minutes in (30, 20, 10):
        attempts.note(workspace.vault.folder, clock.now() - timedelta(minutes=minutes))
    async with in_the_vault() as pilot:
        assert "3 failed attempts to open since today, 14:22; noted in the log." in read_screen(pilot.app)


async def test_it_says_nothing_when_nobody_did(in_the_vault, read_screen):
    async with in_the_vault() as pilot:
        assert "attempt" not in read_screen(pilot.app)
