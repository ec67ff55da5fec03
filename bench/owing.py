"""How long it takes to look up what is owed: actions, Today, whom to call, meetings; much of it against little."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from caseload import PASSPHRASE
from measuring import Pairs, Setting
from tracker import FEW, MANY, tracker_vault
from vaults import evening

from peernote_tui.domain.follow_up import FollowUp
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.note import Mode
from peernote_tui.services.action_items import list_actions
from peernote_tui.services.meetings import open_meetings, people_to_call
from peernote_tui.services.today import today_view
from peernote_tui.services.unlocking import close, open_vault
from peernote_tui.services.workspace import Workspace

_LISTED = 60
_VERBS: dict[str, Callable[[Workspace], object]] = {
    "A page of action items": partial(list_actions, limit=FEW),
    "Today looked up": today_view,
}


def owed_looked_up(setting: Setting) -> list[Pairs]:
    """Each of them with 4,000 open action items or planned calls against 60, in turn."""
    spaces = []
    for count in (MANY, FEW):
        folder = tracker_vault(setting.work / f"owing-{count}.peernote", count)
        spaces.append(open_vault(folder, PASSPHRASE, clock=evening()))
    try:
        lines = [
            Pairs(f"{name}, {MANY:,} open actions", f"{FEW} of them", *_taken(setting, verb, spaces), 1.5)
            for name, verb in _VERBS.items()
        ]
        for workspace, count in zip(spaces, (MANY, FEW), strict=True):
            _plan(workspace, count, Mode.IN_PERSON)
        much, little = f"{MANY:,} meetings nobody wrote up", f"{FEW} of them"
        passed = _taken(setting, today_view, spaces)
        lines.append(Pairs(f"Today looked up, {much}, {MANY:,} open actions", little, *passed, 1.5))
        listed = _taken(setting, partial(open_meetings, limit=_LISTED), spaces)
        lines.append(Pairs(f"Meetings looked up, {much}", little, *listed, 1.5))
        for workspace, count in zip(spaces, (MANY, FEW), strict=True):
            _plan(workspace, count, Mode.PHONE)
        calls = _taken(setting, people_to_call, spaces)
        return [*lines, Pairs(f"Whom to call, {MANY:,} planned calls", f"{FEW} of them", *calls, 1.5)]
    finally:
        for workspace in spaces:
            close(workspace)


def _taken(setting: Setting, verb: Callable[[Workspace], object], spaces: list[Workspace]) -> list[list[float]]:
    """Milliseconds, of one vault and the other by turns; the first time counts nowhere."""
    times: list[list[float]] = [[] for _ in spaces]
    for run in range(setting.runs + 1):
        for workspace, taken in zip(spaces, times, strict=True):
            began = time.perf_counter()
            verb(workspace)
            if run:
                taken.append((time.perf_counter() - began) * 1000)
    return times


def _plan(workspace: Workspace, count: int, mode: Mode) -> None:
    people = [row.action.participant_id for row in list_actions(workspace).actions]
    with workspace.changing() as work:
        for number in range(count):
            now = workspace.clock.now()
            meeting = FollowUp(
                id=new_id(now),
                participant_id=people[number % len(people)],
                day=workspace.today - timedelta(days=number % 60),
                mode=mode,
                created_at=now,
            )
            work.follow_ups.add(meeting, by=workspace.author.id)
        work.commit()
