"""Kills the whole program while somebody types, and measures how old the oldest lost keystroke is.

A child process runs the real application without a terminal, types into a draft and writes into a ledger outside
the vault when each letter had been taken. The parent kills it without warning and opens the vault again.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from peernote_tui.services import unlocking, writing
from reliability import workload

MOST_LOST_SECONDS = 1.0
LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PATIENCE = 60


@dataclass
class Typed:
    """What so many kills did to what was being typed.

    Attributes:
        lost: For each kill, how many seconds before it the oldest lost letter had been typed; 0 when none was lost.
        wrong: What else was not as it should be.
    """

    letters: int = 0
    lost: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether nothing older than a second was lost."""
        return not self.wrong and max(self.lost, default=0.0) <= MOST_LOST_SECONDS

    def said(self) -> str:
        """One line."""
        oldest, middle = max(self.lost, default=0.0), sorted(self.lost)[len(self.lost) // 2] if self.lost else 0.0
        return (
            f"{len(self.lost)} kills of the typing program, {self.letters} letters: oldest lost keystroke "
            f"{oldest:.2f} s (median {middle:.2f} s), {len(self.wrong)} wrong"
        )


def kill_typing(kills: int, place: Path, *, seed: int = 0) -> Typed:
    """Kill the typing program so many times.

    Args:
        kills: How many.
        place: An empty folder.
        seed: Of the moments.
    """
    chance = random.Random(seed)
    result = Typed()
    clock = workload.TickingClock()
    ledger = workload.Ledger(place / "typing-ledger")
    folder = place / "typing.peernote"
    workspace = workload.make_vault(folder, ledger, clock)
    session = workload.Session(workspace, ledger, chance)
    workload.begin_draft(session)
    draft, _ = session.drafts[0]
    content = draft.content.model_copy(update={"summary": ""})
    draft = writing.save_draft(workspace, draft.model_copy(update={"content": content, "step": 2}))
    unlocking.close(workspace)
    before = ""
    for number in range(kills):
        book = place / f"typed-{number}"
        child = _start(folder, draft.id, book, place / "config")
        try:
            _typed_for(chance.uniform(1.5, 3.0), book, child)
            killed_at = time.monotonic()
            os.kill(child.pid, signal.SIGKILL)
        finally:
            child.kill()
            child.communicate()
        taken = _entries(book)
        result.letters += len(taken)
        after = unlocking.open_vault(folder, workload.PASSPHRASE, clock=clock)
        try:
            kept = writing.get_draft(after, draft.id)
        finally:
            unlocking.close(after)
        summary = kept.content.summary
        typed = before + "".join(letter for letter, _ in taken)
        # The last letter may have been taken and not yet written down.
        if not (typed + LETTERS[len(taken) % 26]).startswith(summary) or len(summary) < len(before):
            result.wrong.append(f"kill {number}: other words than were typed")
        if (kept.step, kept.content.concern_tags) != (draft.step, draft.content.concern_tags):
            result.wrong.append(f"kill {number}: the rest of the draft changed")
        missing = taken[len(summary) - len(before) :]
        result.lost.append(killed_at - missing[0][1] if missing else 0.0)
        before = summary
    return result


def _start(folder: Path, draft_id: str, book: Path, config: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "reliability.keystrokes", str(folder), draft_id, str(book), str(config)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[1],
    )


def _entries(book: Path) -> list[tuple[str, float]]:
    """The letters taken so far, each with the second it was taken; a half-written line does not count."""
    lines = book.read_text(encoding="ascii").splitlines(keepends=True) if book.exists() else []
    return [(line[0], float(line[2:])) for line in lines if line.endswith("\n")]


def _typed_for(seconds: float, book: Path, child: subprocess.Popen[bytes]) -> None:
    """Wait until there is typing of so many seconds in the ledger."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        if child.poll() is not None:
            raise RuntimeError(child.communicate()[1].decode())
        if time.monotonic() > deadline:
            raise RuntimeError("The child did not type.")
        written = _entries(book)
        if written and written[-1][1] - written[0][1] >= seconds:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(0.01)


async def _type_until_killed(folder: str, draft_id: str, book: str, config: str) -> None:
    from peernote_tui.ui.app import PeerNoteApp  # noqa: PLC0415 only the child needs the screens
    from peernote_tui.ui.flows import open_draft  # noqa: PLC0415

    app = PeerNoteApp(Path(folder), clock=workload.TickingClock(), passphrase=workload.PASSPHRASE, config=Path(config))
    handle = os.open(book, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    async with app.run_test() as pilot:

        async def shown(name: str) -> None:
            while type(app.screen).__name__ != name or app.screen.focused is None:
                await pilot.pause(0.01)

        await shown("TodayScreen")
        await open_draft(app, draft_id)
        await shown("NoteWizard")
        for place in count():
            letter = LETTERS[place % 26]
            await pilot.press(letter)
            os.write(handle, f"{letter} {time.monotonic()}\n".encode())


if __name__ == "__main__":
    asyncio.run(_type_until_killed(*sys.argv[1:]))
