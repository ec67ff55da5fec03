"""Kills the program while it writes, at random moments, and looks whether anything acknowledged is lost.

    python -m reliability.kills --kills 1000        services that write, killed with SIGKILL
    python -m reliability.kills --typing 50         the whole program while somebody types

A child process does a day's work with the real services and writes into a ledger outside the vault what was
acknowledged. After each kill the vault is opened again, every owed word is compared, and all checks are run.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import sys
import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.services import unlocking
from reliability import keystrokes, workload
from reliability.setting import a_folder, machine

_KILLS_A_VAULT = 40
"""A vault that only grows would make the checks longer and longer."""
_LATEST_SECONDS = 0.25
_OPENING_SECONDS = 0.03


@dataclass
class Killed:
    """What so many kills did."""

    kills: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    in_opening: int = 0
    """Kills that came before the vault was open."""

    def said(self) -> str:
        """One line."""
        return (
            f"{self.kills} kills, {self.in_opening} of them while opening: {self.acknowledged} acknowledged acts, "
            f"{len(self.lost)} lost, {len(self.unreadable)} vaults unreadable"
        )


def kill_services(kills: int, place: Path, *, seed: int = 0) -> Killed:
    """Kill a working child so many times.

    Args:
        kills: How many.
        place: An empty folder for vaults and ledgers.
        seed: Of the moments and of the work.
    """
    chance = random.Random(seed)
    result = Killed()
    number = 0
    while result.kills < kills:
        number += 1
        folder, book = place / f"killed-{number}.peernote", place / f"ledger-{number}"
        clock = workload.TickingClock()
        ledger = workload.Ledger(book)
        unlocking.close(workload.make_vault(folder, ledger, clock))
        ledger.close()
        before = 0
        for _ in range(min(_KILLS_A_VAULT, kills - result.kills)):
            clock.instant += timedelta(minutes=10)
            _kill_once(folder, book, clock, chance)
            result.kills += 1
            owed = workload.read(book)
            result.in_opening += owed.acknowledged == before
            before = owed.acknowledged
            if not _still_whole(folder, owed, clock, result):
                break
        result.acknowledged += before
    return result


def _kill_once(folder: Path, book: Path, clock: workload.TickingClock, chance: random.Random) -> None:
    work = random.Random(chance.random())
    opened, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(opened)
        _work_until_killed(folder, book, clock, work, tell)
    os.close(tell)
    if chance.randrange(5):
        os.read(opened, 1)
        time.sleep(chance.uniform(0, _LATEST_SECONDS))
    else:
        # While the vault is being opened, and what the last kill cut off may be undone.
        time.sleep(chance.uniform(0, _OPENING_SECONDS))
    os.close(opened)
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise RuntimeError("The child ended by itself.")


def _work_until_killed(
    folder: Path, book: Path, clock: workload.TickingClock, chance: random.Random, tell: int
) -> None:
    try:
        owed = workload.read(book)
        ledger = workload.Ledger(book)
        workspace = workload.open_owed(folder, owed, clock)
        os.write(tell, b"o")
        session = workload.Session.go_on(workspace, ledger, chance, owed)
        while True:
            session.act()
    except BaseException as error:  # noqa: BLE001 the parent reads it from the terminal
        print("child:", repr(error), file=sys.stderr, flush=True)
        os._exit(1)


def _still_whole(folder: Path, owed: workload.Owed, clock: workload.TickingClock, result: Killed) -> bool:
    try:
        workspace = workload.open_owed(folder, owed, clock)
    except PeerNoteError as error:
        result.unreadable.append(str(error))
        return False
    try:
        found = workload.losses(workspace, owed)
    finally:
        unlocking.close(workspace)
    result.lost += found
    return not found


def main() -> int:
    """Run what was asked for and say what became of it."""
    parser = argparse.ArgumentParser(prog="python -m reliability.kills", description="Kill the program while it works.")
    parser.add_argument("--kills", type=int, default=0, help="kills of working services")
    parser.add_argument("--typing", type=int, default=0, help="kills of the whole program while somebody types")
    parser.add_argument("--seed", type=int, default=0, help="of the random moments")
    parser.add_argument("--in", dest="place", type=Path, help="folder for the vaults; a temporary one when not given")
    options = parser.parse_args()
    if not options.kills and not options.typing:
        options.kills, options.typing = 1000, 50
    print(machine())
    bad = False
    with a_folder(options.place) as place:
        begun = time.monotonic()
        if options.kills:
            result = kill_services(options.kills, place, seed=options.seed)
            print(f"{result.said()}; {time.monotonic() - begun:.0f} s")
            for line in (*result.lost, *result.unreadable):
                print(line)
            bad = bool(result.lost or result.unreadable)
        if options.typing:
            begun = time.monotonic()
            typed = keystrokes.kill_typing(options.typing, place, seed=options.seed)
            print(f"{typed.said()}; {time.monotonic() - begun:.0f} s")
            bad = bad or not typed.good
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
