"""How long a participant's page takes to its first frame: one with many notes against one with few."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from caseload import PASSPHRASE
from measuring import Pairs, Setting
from textual.pilot import Pilot
from vaults import a_vault, evening, opened

from peernote_tui.ui.app import PeerNoteApp
from peernote_tui.ui.flows import open_participant
from peernote_tui.ui.places import laid_out
from peernote_tui.ui.screens.participant import ParticipantScreen
from peernote_tui.ui.screens.today import TodayScreen

_FEW = 4
_SIZE = (120, 40)
_LOOK_SECONDS = 0.001


def page_painted(setting: Setting) -> list[Pairs]:
    """The page asked for to its first frame, the participant with the most notes against one with four, in turns."""
    lines = []
    for scale in setting.scales:
        folder, made = a_vault(setting, scale, "pages")
        with opened(folder) as workspace:
            counted = workspace.vault.connection.execute(
                "SELECT participant_id, count(*) AS many FROM notes GROUP BY participant_id ORDER BY many"
            ).fetchall()
        most, many = counted[-1]
        few = next(who for who, notes in counted if notes >= _FEW)
        ours, theirs = asyncio.run(_in_turns(setting, folder, (str(most), str(few))))
        what = f"a participant's page asked for to first frame, {many} notes of theirs, {made.notes:,} in all"
        lines.append(Pairs(what, f"a participant with {_FEW} notes", ours, theirs, 1.3))
    return lines


async def _in_turns(setting: Setting, folder: Path, who: tuple[str, str]) -> tuple[list[float], list[float]]:
    app = PeerNoteApp(folder, clock=evening(), config=setting.work / "config", passphrase=PASSPHRASE)
    times: tuple[list[float], list[float]] = ([], [])
    try:
        async with app.run_test(size=_SIZE) as pilot:
            while not isinstance(app.screen, TodayScreen):
                await pilot.pause(_LOOK_SECONDS)
            for run in range(2 * setting.runs + 1):
                for taken, participant in zip(times, who, strict=True):
                    found = await _first_frame(app, pilot, participant)
                    if run:
                        taken.append(found)
                    await app.pop_screen()
                    await pilot.pause()
            await app.flush()
            await app.gateway.close()
    finally:
        app.gateway.shutdown()
    return times


async def _first_frame(app: PeerNoteApp, pilot: Pilot[object], participant: str) -> float:
    """Milliseconds until the page is there and painted."""
    began = time.perf_counter()
    await open_participant(app, participant)
    while not (isinstance(app.screen, ParticipantScreen) and app.screen.page is not None):
        await pilot.pause(_LOOK_SECONDS)
    await laid_out(app.screen)
    return (time.perf_counter() - began) * 1000
