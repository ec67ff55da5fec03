"""Two at once, and time that is not what it seems.

    python -m reliability.two_and_time
    python -m reliability.two_and_time --rounds 50        more of what is left to chance

Two processes at one vault, another user of the same machine, a clock that jumps back and forward between and during
saves, and a laptop that sleeps in the middle of one. POSIX only; what needs root is left out without it.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from peernote_tui.domain.errors import PeerNoteError, StorageError, VaultInUseError
from peernote_tui.services import backups, unlocking, verifying
from reliability import workload
from reliability.setting import a_folder, machine

JUMPS = (
    timedelta(days=-400),
    timedelta(days=800),
    timedelta(minutes=-90),
    timedelta(days=-3650),
    timedelta(days=7300),
    timedelta(seconds=-1),
    timedelta(days=-4050),
)
"""How far the clock is moved, one after the other."""
_NOBODY = 65534
_PATIENCE = 20.0


def a_vault(place: Path) -> tuple[Path, Path]:
    """A closed vault with some work in it, and its ledger."""
    folder, book = place / "both.peernote", place / "ledger"
    ledger = workload.Ledger(book)
    session = workload.Session(
        workload.make_vault(folder, ledger, workload.TickingClock()), ledger, random.Random(place.name)
    )
    for act in (workload.meet_somebody, workload.begin_draft, workload.sign, workload.begin_draft, workload.back_up):
        act(session)
    unlocking.close(session.workspace)
    return folder, book


@contextmanager
def child(work: Callable[[int], None]) -> Iterator[tuple[int, int]]:
    """A process that does something, told by its number, with a pipe it may write to; killed at the end."""
    ours, theirs = os.pipe()
    number = os.fork()
    if number == 0:
        os.close(ours)
        try:
            work(theirs)
        except BaseException as error:  # noqa: BLE001 it must not go on as the parent
            os.write(theirs, repr(error).encode())
        os._exit(0)
    os.close(theirs)
    try:
        yield number, ours
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
        os.waitpid(number, 0)
        os.close(ours)


def refused(folder: Path, owed: workload.Owed) -> PeerNoteError | None:
    """What somebody is told who opens the vault now; None when it opens."""
    try:
        unlocking.close(workload.open_owed(folder, owed, workload.TickingClock()))
    except PeerNoteError as error:
        return error
    return None


def lost(folder: Path, owed: workload.Owed) -> list[str]:
    """What is owed and not there."""
    workspace = workload.open_owed(folder, owed, workload.TickingClock())
    try:
        return workload.losses(workspace, owed)
    finally:
        unlocking.close(workspace)


def two_processes(place: Path, _rounds: int) -> list[str]:
    """The second one is told that the vault is open; when the first is killed, it opens."""
    folder, book = a_vault(place)
    owed = workload.read(book)

    def hold(pipe: int) -> None:
        workload.open_owed(folder, owed, workload.TickingClock())
        os.write(pipe, b"open")
        signal.pause()

    with child(hold) as (_, pipe):
        if os.read(pipe, 100) != b"open":
            return ["the first process could not open the vault"]
        told = refused(folder, owed)
        wrong = [] if isinstance(told, VaultInUseError) else [f"the second process was told: {told!r}"]
    told = refused(folder, owed)
    return wrong + ([f"after a kill: {told}"] if told else []) + lost(folder, owed)


def many_at_the_same_moment(place: Path, rounds: int) -> list[str]:
    """Of four that open it in one moment, exactly one gets it, and the others are told why not."""
    folder, book = a_vault(place)
    owed = workload.read(book)
    wrong = []
    for _ in range(rounds):
        begin, go = os.pipe()

        def race(pipe: int, begin: int = begin, go: int = go) -> None:
            os.close(go)
            os.read(begin, 1)
            told = "open"
            try:
                workload.open_owed(folder, owed, workload.TickingClock())
            except PeerNoteError as error:
                told = type(error).__name__
            os.write(pipe, told.encode())
            signal.pause()

        with contextlib.ExitStack() as stack:
            racers = [stack.enter_context(child(race)) for _ in range(4)]
            os.close(begin)
            os.close(go)
            answers = sorted(os.read(pipe, 200).decode() for _, pipe in racers)
        if answers != ["VaultInUseError"] * 3 + ["open"]:
            wrong.append(f"four at once were told: {', '.join(answers)}")
    return wrong + lost(folder, owed)


def two_users(place: Path, _rounds: int) -> list[str]:
    """Every file and folder is for its owner only; another user can read nothing and is told so in words."""
    folder, book = a_vault(place)
    owed = workload.read(book)
    wrong = []
    for path in (folder, *folder.rglob("*")):
        mode, right = stat.S_IMODE(path.stat().st_mode), 0o700 if path.is_dir() else 0o600
        if mode != right:
            wrong.append(f"{path.relative_to(place)} has the mode {mode:o}")
    # Whoever is to be another user has to find the program.
    if os.geteuid() != 0 or not all(path.stat().st_mode & 0o001 for path in Path(unlocking.__file__).parents):
        return wrong
    paths = [path for path in folder.rglob("*") if path.is_file()]
    for above in (place, *place.parents[:1]):
        above.chmod(0o755)

    def look(pipe: int) -> None:
        os.setgroups([])
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)
        readable = [path.name for path in paths if os.access(path, os.R_OK)]
        told = refused(folder, owed)
        in_words = isinstance(told, StorageError) and "may not be read" in str(told)
        os.write(pipe, f"{readable} {'in words' if in_words else repr(told)}".encode())

    with child(look) as (_, pipe):
        said = os.read(pipe, 4000).decode()
    return wrong + ([] if said == "[] in words" else [f"another user: {said}"])


def clock_back_and_forward(place: Path, rounds: int) -> list[str]:
    """Saves, signatures and backups go on whatever the clock says, and the checks find nothing."""
    folder, book = a_vault(place)
    owed = workload.read(book)
    ledger, clock, wrong = workload.Ledger(book), workload.TickingClock(), []
    session = workload.Session.go_on(workload.open_owed(folder, owed, clock), ledger, random.Random(1), owed)
    for jump in JUMPS[: 1 + rounds]:
        session.people.clear()
        workload.begin_draft(session)
        clock.instant += jump
        try:
            workload.type_on(session)
            # A consent from before the jump may begin in what is the future now; somebody new agrees today.
            session.people.clear()
            workload.begin_draft(session)
            if clock.instant >= workload.BEGIN:
                workload.sign(session)
            workload.tell_outcome(session)
            made = backups.backup_if_due(session.workspace)
            workload.back_up(session)
        except PeerNoteError as error:
            wrong.append(f"{jump}: {type(error).__name__}: {error}")
            continue
        if made is None and not _has_a_backup_of_today(folder, clock.instant):
            wrong.append(f"{jump}: no backup was due, and none is there of this day")
        good = {each.name for each in backups.backups(session.workspace) if not each.problem}
        if workload.read(book).backup not in good:
            wrong.append(f"{jump}: the newest backup is gone")
        wrong += [f"{jump}: {problem}" for problem in verifying.verify(session.workspace).problems]
    unlocking.close(session.workspace)
    return wrong + lost(folder, workload.read(book))


def _has_a_backup_of_today(folder: Path, now: datetime) -> bool:
    moment = backups.last_good(folder, now)
    return moment is not None and now - moment < timedelta(days=1, minutes=1)


def backups_after_a_wrong_clock(place: Path, _rounds: int) -> list[str]:
    """A year of backups made while the clock ran ahead does not push out those made once it is right again."""
    folder, book = a_vault(place)
    clock = workload.TickingClock()
    workspace = workload.open_owed(folder, workload.read(book), clock)
    right = clock.instant
    for month in range(14):
        clock.instant = right + timedelta(days=3650 + 31 * month)
        backups.back_up(workspace)
    made = []
    for day in range(4):
        clock.instant = right + timedelta(days=day + 1)
        made.append(backups.back_up(workspace).name)
    kept = {each.name for each in backups.backups(workspace) if not each.problem}
    unlocking.close(workspace)
    return [f"the backup {name} was removed" for name in made if name not in kept]


def asleep_in_mid_save(place: Path, rounds: int) -> list[str]:
    """A process stopped in the middle of writing, woken days later by its clock, then killed: nothing is lost.

    While it sleeps the vault is still its own.
    """
    folder, book = a_vault(place)
    chance, wrong = random.Random(3), []
    later = place / "days"
    later.write_text("0", encoding="ascii")

    class Clock(workload.TickingClock):
        def now(self) -> datetime:
            return super().now() + timedelta(days=int(later.read_text(encoding="ascii") or 0))

    def work(_pipe: int) -> None:
        owed = workload.read(book)
        workspace = workload.open_owed(folder, owed, Clock())
        session = workload.Session.go_on(workspace, workload.Ledger(book), random.Random(chance.random()), owed)
        while True:
            session.act()

    for number in range(rounds):
        before = workload.read(book).acknowledged
        chance.random()
        with child(work) as (process, _):
            _wait_for(book, before)
            time.sleep(chance.uniform(0, 0.1))
            os.kill(process, signal.SIGSTOP)
            os.waitpid(process, os.WUNTRACED)
            told = refused(folder, workload.read(book))
            if not isinstance(told, VaultInUseError):
                wrong.append(f"while the first one slept, another was told: {told!r}")
            later.write_text(str(3 * (number + 1)), encoding="ascii")
            asleep = workload.read(book).acknowledged
            os.kill(process, signal.SIGCONT)
            _wait_for(book, asleep)
        wrong += lost(folder, workload.read(book))
    return wrong


def _wait_for(book: Path, acknowledged: int) -> None:
    """Wait until more than so many acts are acknowledged."""
    deadline = time.monotonic() + _PATIENCE
    while workload.read(book).acknowledged <= acknowledged:
        if time.monotonic() > deadline:
            raise RuntimeError("The child does not work.")
        time.sleep(0.01)


PROOFS: dict[str, Callable[[Path, int], list[str]]] = {
    "two processes": two_processes,
    "four at the same moment": many_at_the_same_moment,
    "two users": two_users,
    "clock back and forward": clock_back_and_forward,
    "backups after a wrong clock": backups_after_a_wrong_clock,
    "asleep in mid-save": asleep_in_mid_save,
}


def main() -> int:
    """Run all of them and say what was wrong."""
    parser = argparse.ArgumentParser(prog="python -m reliability.two_and_time", description="Two at once, and time.")
    parser.add_argument("--rounds", type=int, default=20, help="of what is left to chance")
    parser.add_argument("--in", dest="place", type=Path, help="folder for the vaults; a temporary one when not given")
    options = parser.parse_args()
    print(machine(), flush=True)
    found = 0
    with a_folder(options.place) as place:
        for number, (name, proof) in enumerate(PROOFS.items()):
            (place / str(number)).mkdir()
            wrong = proof(place / str(number), options.rounds)
            found += len(wrong)
            print(f"{name}: {len(wrong)} wrong", flush=True)
            for line in wrong:
                print(f"  {line}", flush=True)
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main())
