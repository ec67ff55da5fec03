"""How long the tracker takes: 4,000 open action items against 60, to its first frame and from key to repaint."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from pathlib import Path

from caseload import PASSPHRASE
from measuring import Pairs, Setting
from textual import events
from textual.pilot import Pilot
from vaults import evening

from peernote_tui.domain.action_item import ActionItem
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.participant import ParticipantDetails
from peernote_tui.services.participants import add_participant
from peernote_tui.services.unlocking import close, create_vault
from peernote_tui.ui.app import PeerNoteApp
from peernote_tui.ui.places import laid_out
from peernote_tui.ui.screens.actions.screen import ActionsScreen
from peernote_tui.ui.screens.today import TodayScreen

MANY, FEW = 4_000, 60
_PEOPLE = 30
_SIZE = (80, 24)
_LOOK_SECONDS = 0.001
_KEYS = ("down", "m")


def tracker_painted(setting: Setting) -> list[Pairs]:
    """The tracker asked for to its first frame, and a key pressed to its repaint, one vault after the other."""
    folders = [tracker_vault(setting.work / f"tracker-{count}.peernote", count) for count in (MANY, FEW)]
    many, few = (asyncio.run(_measured(setting, folder)) for folder in folders)
    yardstick = f"{FEW} open actions"
    first = f"Actions asked for to first frame, {MANY:,} open actions"
    keys = [
        Pairs(f"{key} on Actions to repaint, {MANY:,} open actions", yardstick, many[key], few[key], 1.5)
        for key in _KEYS
    ]
    return [Pairs(first, yardstick, many["first"], few["first"], 1.5), *keys]


def tracker_vault(folder: Path, count: int) -> Path:
    clock = evening()
    made = create_vault(folder, PASSPHRASE, author_name="Sam Rivera", credential="CPS", clock=clock, work_factor=12)
    workspace = made.workspace
    try:
        people = [add_participant(workspace, ParticipantDetails(name=f"Maria {each}")).id for each in range(_PEOPLE)]
        with workspace.changing() as work:
            for number in range(count):
                at = clock.now()
                action = ActionItem(
                    id=new_id(at),
                    participant_id=people[number % _PEOPLE],
                    text=f"Call the office about form {number}",
                    owner=Owner.ME,
                    due=workspace.today + timedelta(days=number % 50 - 10),
                    tags=("housing",),
                    created_at=at,
                    changed_at=at,
                )
                work.action_items.add(action, by=workspace.author.id)
            work.commit()
    finally:
        close(workspace)
    return folder


async def _measured(setting: Setting, folder: Path) -> dict[str, list[float]]:
    app = PeerNoteApp(folder, clock=evening(), config=setting.work / "config", passphrase=PASSPHRASE)
    times: dict[str, list[float]] = {"first": [], **{key: [] for key in _KEYS}}
    try:
        async with app.run_test(size=_SIZE) as pilot:
            while not isinstance(app.screen, TodayScreen):
                await pilot.pause(_LOOK_SECONDS)
            for run in range(setting.runs + 1):
                app.action_go("today")
                while not isinstance(app.screen, TodayScreen):
                    await pilot.pause(_LOOK_SECONDS)
                await pilot.pause()
                took = {"first": await _first_frame(app, pilot)}
                for key in _KEYS:
                    took[key] = await _pressed(app, pilot, key)
                if run:
                    for name, taken in took.items():
                        times[name].append(taken)
            await app.flush()
            await app.gateway.close()
    finally:
        app.gateway.shutdown()
    return times


async def _first_frame(app: PeerNoteApp, pilot: Pilot[object]) -> float:
    """Milliseconds until the tracker is there and painted."""
    began = time.perf_counter()
    app.action_go("actions")
    while not (isinstance(app.screen, ActionsScreen) and app.screen.shown):
        await pilot.pause(_LOOK_SECONDS)
    await laid_out(app.screen)
    return (time.perf_counter() - began) * 1000


async def _pressed(app: PeerNoteApp, pilot: Pilot[object], key: str) -> float:
    """Milliseconds until a key has had its effect and that is painted."""
    await pilot.pause()
    screen = app.screen
    assert isinstance(screen, ActionsScreen)
    before = screen.action_rows.highlighted
    began = time.perf_counter()
    app.post_message(events.Key(key, key if len(key) == 1 else None))
    while screen.action_rows.highlighted == before:  # noqa: ASYNC110 the highlight tells nobody else
        await asyncio.sleep(0)
    await laid_out(screen)
    return (time.perf_counter() - began) * 1000
