"""Kills the program while it changes its passphrase or gets a new data key, and looks what opens afterwards.

    python -m reliability.rekey --kills 200

A child process opens the vault, changes the passphrase, or rewrites everything under a new data key, and is ended with
SIGKILL at a random moment. Afterwards exactly one of the two passphrases opens the vault, everything in it is there,
every check holds, and the log says what happened.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from peernote_tui.domain.errors import PeerNoteError, WrongPassphraseError
from peernote_tui.services import key_slots, rekeying, unlocking, verifying
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import recovery_code
from reliability import workload
from reliability.setting import a_folder, machine

PASSPHRASES = ("correct horse battery staple", "lantern meadow copper thistle")
_WORK_FACTOR = 2
_PATIENCE = 60
_JOBS = {
    "the passphrase": lambda workspace, new: unlocking.change_passphrase(workspace, new, work_factor=_WORK_FACTOR),
    "the data key": lambda workspace, new: rekeying.new_data_key(
        workspace, new, recovery_code.generate(), work_factor=_WORK_FACTOR
    ),
}
_CHILD = """
import sys
from pathlib import Path
from reliability import rekey
rekey.change(Path(sys.argv[1]), *sys.argv[2:])
"""


@dataclass
class Changed:
    """What so many kills did to one of the changes."""

    kills: int = 0
    done: int = 0
    """Kills after which the new passphrase opens."""
    wrong: list[str] = field(default_factory=list)

    def said(self, job: str) -> str:
        """One line."""
        return (
            f"{self.kills} kills while {job} was changed: {self.done} times the new one opened the vault, "
            f"{self.kills - self.done} times the old one, {len(self.wrong)} wrong"
        )


def change(folder: Path, old: str, new: str, job: str) -> None:
    """What the child does; it says when it begins."""
    workspace = unlocking.open_vault(folder, old, clock=workload.TickingClock())
    sys.stdout.write("open\n")
    sys.stdout.flush()
    _JOBS[job](workspace, new)
    sys.stdout.write("done\n")
    sys.stdout.flush()
    time.sleep(_PATIENCE)


def kill_changes(kills: int, place: Path, job: str, *, seed: int = 0) -> Changed:
    """Kill so many changes of the passphrase or of the data key.

    Args:
        kills: How many.
        place: An empty folder.
        job: One of the two.
        seed: Of the moments.
    """
    chance = random.Random(seed)
    result = Changed()
    folder = place / "changing.peernote"
    whole = _begin(folder)
    old, new = PASSPHRASES
    seconds = _how_long(folder, old, new, job)
    old, new = new, old
    for _ in range(kills):
        _kill_once(folder, old, new, job, chance.uniform(0, 1.15 * seconds))
        result.kills += 1
        opened = [each for each in (old, new) if _opens_whole(folder, each, whole, result)]
        if len(opened) != 1:
            result.wrong.append(f"{len(opened)} passphrases open the vault")
            break
        if opened[0] == new:
            result.done += 1
            old, new = new, old
    return result


def _begin(folder: Path) -> int:
    made = unlocking.create_vault(
        folder,
        PASSPHRASES[0],
        author_name="Sam Rivera",
        credential="CPS",
        clock=workload.TickingClock(),
        work_factor=_WORK_FACTOR,
    )
    session = workload.Session(made.workspace, workload.Ledger(folder.with_name("ledger")), random.Random(1))
    for _ in range(20):
        workload.begin_draft(session)
    held = _held(made.workspace)
    unlocking.close(made.workspace)
    return held


def _held(workspace: Workspace) -> int:
    with workspace.reading() as work:
        return len(work.drafts.open())


def _start(folder: Path, old: str, new: str, job: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _CHILD, str(folder), old, new, job]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1])
    assert child.stdout is not None
    if child.stdout.readline() != "open\n":
        raise RuntimeError("The child did not open the vault.")
    return child


def _how_long(folder: Path, old: str, new: str, job: str) -> float:
    child = _start(folder, old, new, job)
    began = time.monotonic()
    assert child.stdout is not None
    child.stdout.readline()
    seconds = time.monotonic() - began
    _end(child)
    return seconds


def _kill_once(folder: Path, old: str, new: str, job: str, seconds: float) -> None:
    child = _start(folder, old, new, job)
    time.sleep(seconds)
    _end(child)


def _end(child: subprocess.Popen[str]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(child.pid, signal.SIGKILL)
    child.wait()
    if child.stdout is not None:
        child.stdout.close()


def _opens_whole(folder: Path, passphrase: str, whole: int, result: Changed) -> bool:
    try:
        workspace = unlocking.open_vault(folder, passphrase, clock=workload.TickingClock())
    except WrongPassphraseError:
        return False
    except PeerNoteError as error:
        result.wrong.append(str(error))
        return False
    with contextlib.closing(workspace.vault):
        if _held(workspace) != whole:
            result.wrong.append("Something of what was written is missing.")
        if problems := verifying.verify(workspace).problems:
            result.wrong.append(problems[0])
        if not _is_logged(workspace):
            result.wrong.append("The log does not say what happened.")
        if rekeying.old_key(workspace).backups:
            rekeying.remove_old_key(workspace)
    for left in folder.parent.glob(f"{folder.name}.before-new-key-*"):
        shutil.rmtree(left, ignore_errors=True)
    return True


def _is_logged(workspace: Workspace) -> bool:
    """Whether the keys that open the vault now are those that the log and the vault know."""
    standing = key_slots.standing(workspace)
    return all(each.ours for each in standing.slots if each.there)


def main() -> int:
    """Run the proof and say the figures; 1 when something was wrong."""
    parser = argparse.ArgumentParser(description="Kill changes of the passphrase and of the data key.")
    parser.add_argument("--kills", type=int, default=200, help="of each; 200 when left out")
    parser.add_argument("--seed", type=int, default=int(datetime.now(UTC).timestamp()) % 1000)
    args = parser.parse_args()
    print(machine())
    good = True
    for job in _JOBS:
        with a_folder() as place:
            result = kill_changes(args.kills, place, job, seed=args.seed)
        print(result.said(job))
        print(*result.wrong[:5], sep="\n")
        good = good and not result.wrong
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
