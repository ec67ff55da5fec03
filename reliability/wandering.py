"""Wanders through the whole application by chance, and looks for crashes, lost words and dead ends.

python -m reliability.wandering --seed 1 --minutes 10
python -m reliability.wandering --replay steps.jsonl
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from peernote_tui.domain.errors import PeerNoteError, ReadOnlyFolderError
from peernote_tui.services import unlocking, verifying
from peernote_tui.services.workspace import Workspace
from peernote_tui.ui.screens import handing_places
from peernote_tui.vault.lock import VaultLock
from reliability import nasty_vault
from reliability.setting import a_folder, machine
from reliability.sitter import FoundError, Sitter, Watched, marked
from reliability.steps import Chooser, Step

STEPS_A_WALK = 400
"""A vault that only grows would hide what the first steps find."""
_SHRINKS = 40
EndsWalk = Callable[[Watched], Step | None]


@dataclass
class Walked:
    """What a walk did.

    Attributes:
        steps: What was done, in order.
        found: What does not hold; empty for nothing.
        seen: How often each screen was in front.
    """

    steps: list[Step]
    found: str = ""
    seen: dict[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What was found, in one line without what is written."""
        lines = self.found.strip().splitlines()
        if not lines or not lines[0].startswith("Traceback"):
            return lines[0] if lines else ""
        places = [line.strip() for line in lines if line.startswith("  File")]
        return f"{lines[-1].split(':')[0]} at {places[-1] if places else ''}"


def wander(seed: int, steps: int, place: Path, *, read_only: bool = False) -> Walked:
    """Walk so many steps by chance."""
    with _walled(place, read_only=read_only) as files:
        chooser = Chooser(random.Random(seed), files)
        left = iter(range(steps))
        return _walk(place, lambda app: chooser.next(app) if next(left, None) is not None else None)


def replay(steps: Sequence[Step], place: Path, *, read_only: bool = False) -> Walked:
    """Do these steps."""
    with _walled(place, read_only=read_only):
        given = iter(steps)
        return _walk(place, lambda _app: next(given, None))


def shrink(walked: Walked, *, read_only: bool = False, tries: int = _SHRINKS) -> Walked:
    """The fewest steps that were found to lead to the same."""
    best, parts = walked, 2
    while tries > 0 and len(best.steps) > 1 and parts <= len(best.steps):
        size = max(1, len(best.steps) // parts)
        for begin in range(0, len(best.steps), size):
            tries -= 1
            with a_folder() as place:
                again = replay(best.steps[:begin] + best.steps[begin + size :], place, read_only=read_only)
            if again.name == walked.name:
                best, parts = again, max(2, parts - 1)
                break
            if tries <= 0:
                return best
        else:
            if size == 1:
                break
            parts = min(len(best.steps), parts * 2)
    return best


def _walk(place: Path, following: EndsWalk) -> Walked:
    clock = nasty_vault.WalkingClock()
    folder = place / "vault.peernote"
    sitter = Sitter(folder, clock, place / "config")
    before = _open_and_look(folder, clock, sitter.secrets)[0]
    try:
        asyncio.run(sitter.walk(following))
        found = _kept(folder, clock, sitter, before)
    except FoundError as error:
        found = str(error)
    return Walked(sitter.done, found, sitter.seen)


def _kept(folder: Path, clock: nasty_vault.WalkingClock, sitter: Sitter, before: tuple[int, int]) -> str:
    """What is wrong with the vault afterwards; empty for nothing."""
    (entries, signed), held, problems, actions = _open_and_look(folder, clock, sitter.secrets)
    if problems:
        return f"The vault does not verify: {len(problems)}\n" + "\n".join(problems)
    if "backup.restored" in actions or "participant.erased" in actions:
        return ""
    if signed < before[1] or entries < before[0]:
        return f"Notes or log shrank: {before} {(entries, signed)}"
    lost = {word: where for word, where in sitter.ledger.owed.items() if word not in held}
    return f"Words are lost\n{lost}" if lost else ""


def _open_and_look(
    folder: Path, clock: nasty_vault.WalkingClock, secrets: list[str]
) -> tuple[tuple[int, int], set[str], tuple[str, ...], set[str]]:
    workspace = _opened(folder, clock, secrets)
    try:
        checked = verifying.verify(workspace)
        connection = workspace.vault.connection
        signed = connection.execute("SELECT count(*) FROM notes").fetchone()[0]
        actions = {row[0] for row in connection.execute("SELECT DISTINCT action FROM audit")}
        return (checked.log_length, signed), set(_all_words(workspace)), checked.problems, actions
    finally:
        unlocking.close(workspace)


def _opened(folder: Path, clock: nasty_vault.WalkingClock, secrets: list[str]) -> Workspace:
    for secret in reversed(secrets):
        try:
            return unlocking.open_vault(folder, secret, clock=clock)
        except PeerNoteError as error:
            refused = error
    raise FoundError(f"The vault does not open any more: {refused}")


def _all_words(workspace: Workspace) -> Iterator[str]:
    """Every marked word anywhere in the vault but in its indexes."""
    connection = workspace.vault.connection
    made = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    indexes = tuple(name for name, sql in made if sql.startswith("CREATE VIRTUAL"))
    for table in (name for name, _ in made if not name.startswith(indexes)):
        for row in connection.execute(f'SELECT * FROM "{table}"'):
            for value in row:
                if isinstance(value, (str, bytes)):
                    yield from marked(value if isinstance(value, str) else value.decode("utf-8", errors="replace"))


@contextmanager
def _walled(place: Path, *, read_only: bool = False) -> Iterator[Path]:
    """A filled vault, a home and a working folder of the walk's own; nothing else is read or written."""
    nasty_vault.make(place / "vault.peernote", nasty_vault.WalkingClock())
    files, home, before = place / "files", place / "home", Path.cwd()
    home.mkdir()
    names = {"HOME": home, "USERPROFILE": home, "APPDATA": home, "LOCALAPPDATA": home}
    names |= {f"XDG_{kind}_HOME": home / kind.lower() for kind in ("CONFIG", "DATA", "CACHE", "STATE")}
    os.chdir(files)
    try:
        with (
            mock.patch.dict(os.environ, {name: str(path) for name, path in names.items()}),
            mock.patch.object(handing_places, "drive_folders", return_value=()),
            _only_read() if read_only else nullcontext(),
        ):
            yield files
    finally:
        os.chdir(before)


def _only_read() -> AbstractContextManager[object]:
    """The vault's folder takes no lock for writing any more."""
    refusal = ReadOnlyFolderError("The lock cannot be written.")
    return mock.patch.object(VaultLock, "acquire", side_effect=refusal)


def main() -> int:
    """Run what was asked for and say what became of it."""
    parser = argparse.ArgumentParser(prog="python -m reliability.wandering", description="Wander through the program.")
    parser.add_argument("--seed", type=int, default=0, help="of the first walk; each one after it has the next")
    parser.add_argument("--minutes", type=float, default=10, help="for which new walks are begun")
    parser.add_argument("--steps", type=int, default=STEPS_A_WALK, help="of one walk")
    parser.add_argument("--keep", type=Path, help="folder for the steps of what is found")
    parser.add_argument("--read-only", action="store_true", help="replay in a vault that can only be read")
    parser.add_argument("--replay", type=Path, help="file of steps to do again, and to shorten while they still fail")
    options = parser.parse_args()
    print(machine())
    if options.replay is not None:
        steps = [Step.read(line) for line in options.replay.read_text(encoding="utf-8").splitlines()]
        with a_folder() as place:
            return _tell(
                replay(steps, place, read_only=options.read_only), 7 * options.read_only, options.keep, again=True
            )
    until, seed, walks, done, seen, bad = time.monotonic() + options.minutes * 60, options.seed, 0, 0, {}, 0
    while walks == 0 or time.monotonic() < until:
        with a_folder() as place:
            walked = wander(seed, options.steps, place, read_only=_is_read_only(seed))
        walks, done = walks + 1, done + len(walked.steps)
        for name, count in walked.seen.items():
            seen[name] = seen.get(name, 0) + count
        bad += _tell(walked, seed, options.keep, again=False)
        seed += 1
    print(f"{walks} walks, {done} steps, {len(seen)} kinds of screens, {bad} with findings")
    print(", ".join(f"{name} {count}" for name, count in sorted(seen.items(), key=lambda one: -one[1])))
    return int(bool(bad))


def _is_read_only(seed: int) -> bool:
    """Every eighth walk is through a vault that can only be read."""
    return seed % 8 == 7


def _tell(walked: Walked, seed: int, keep: Path | None, *, again: bool) -> int:
    where = " (read only)" if _is_read_only(seed) else ""
    if not walked.found:
        print(f"seed {seed}{where}: nothing found in {len(walked.steps)} steps", flush=True)
        return 0
    print(f"seed {seed}{where}, step {len(walked.steps)}: {walked.name}", flush=True)
    short = shrink(walked, read_only=_is_read_only(seed)) if again else walked
    print(short.found)
    if again:
        print("\n".join(step.line() for step in short.steps))
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        lines = "".join(f"{step.line()}\n" for step in short.steps)
        (keep / f"seed-{seed}.jsonl").write_text(lines, encoding="utf-8")
    return 1


if __name__ == "__main__":
    sys.exit(main())
