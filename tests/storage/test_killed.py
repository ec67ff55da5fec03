"""A process killed in mid-sentence loses at most the last second of typing.

A child process runs the real application without a terminal, types into a draft and writes into a ledger
outside the vault when each letter had been taken. The parent kills it without warning and opens the vault again.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import subprocess
import sys
import time
from itertools import count

import pytest

from peernote_tui.services import unlocking, writing

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")

MOST_LOST_SECONDS = 1.0
KILLS = int(os.environ.get("PEERNOTE_KILLS", "3"))
"""More of them in a long run; read here, because tests run without such settings."""
PATIENCE = 60

CHILD = """
import asyncio, os, sys, time
from datetime import UTC, datetime
from pathlib import Path

from peernote_tui.ui.app import PeerNoteApp
from peernote_tui.ui.flows import open_draft


class Clock:
    zone = "America/New_York"

    def now(self):
        return datetime(2026, 11, 23, 19, 52, tzinfo=UTC)


async def shown(pilot, name):
    while type(pilot.app.screen).__name__ != name or pilot.app.screen.focused is None:
        await pilot.pause(0.01)


async def main(folder, passphrase, draft_id, ledger, config):
    app = PeerNoteApp(Path(folder), clock=Clock(), passphrase=passphrase, config=Path(config))
    book = os.open(ledger, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    async with app.run_test() as pilot:
        await shown(pilot, "TodayScreen")
        await open_draft(app, draft_id)
        await shown(pilot, "NoteWizard")
        place = 0
        while True:
            letter = "abcdefghijklmnopqrstuvwxyz"[place % 26]
            await pilot.press(letter)
            os.write(book, f"{letter} {time.monotonic()}\\n".encode())
            place += 1


asyncio.run(main(*sys.argv[1:]))
"""


def entries(ledger):
    """The letters taken so far, each with the second it was taken; a half-written line does not count."""
    lines = ledger.read_text(encoding="ascii").splitlines(keepends=True) if ledger.exists() else []
    return [(line[0], float(line[2:])) for line in lines if line.endswith("\n")]


def typed_for(seconds, ledger, child):
    """Wait until there is typing of so many seconds in the ledger."""
    deadline = time.monotonic() + PATIENCE
    while True:
        assert child.poll() is None, child.stderr.read().decode()
        assert time.monotonic() < deadline, "The child did not type."
        written = entries(ledger)
        if written and written[-1][1] - written[0][1] >= seconds:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(0.01)


@pytest.fixture
def draft(workspace, write_draft, consented):
    """A draft whose summary is to be typed, in a vault that is closed."""
    made = write_draft(consented, summary="")
    made = writing.save_draft(workspace, made.model_copy(update={"step": 2}))
    unlocking.close(workspace)
    return made


@pytest.fixture
def typing_child(workspace, draft, passphrase, tmp_path):
    """Start a child that types into the draft: `child, ledger = typing_child()`; killed at the end at the latest."""
    started = []
    numbers = count()

    def start():
        ledger = tmp_path / f"ledger-{next(numbers)}"
        code = [sys.executable, "-c", CHILD, str(workspace.vault.folder), passphrase, draft.id, str(ledger)]
        child = subprocess.Popen(
            [*code, str(tmp_path / "config")],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        started.append(child)
        return child, ledger

    yield start
    for child in started:
        child.kill()
        child.communicate()


@pytest.mark.slow
def test_a_killed_process_loses_at_most_a_second(workspace, draft, passphrase, clock, typing_child):
    before = ""
    for _ in range(KILLS):
        child, ledger = typing_child()
        typed_for(1.5 + secrets.randbelow(1500) / 1000, ledger, child)
        killed_at = time.monotonic()
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        taken = entries(ledger)
        owed = before + "".join(letter for letter, at in taken if at < killed_at - MOST_LOST_SECONDS)
        assert len(owed) > len(before), "nothing was typed early enough to prove anything"
        after = unlocking.open_vault(workspace.vault.folder, passphrase, clock=clock)
        try:
            kept = writing.get_draft(after, draft.id)
        finally:
            unlocking.close(after)
        typed = before + "".join(letter for letter, _ in taken)
        # The last letter may have been taken and not yet written down.
        assert (typed + "abcdefghijklmnopqrstuvwxyz"[len(taken) % 26]).startswith(kept.content.summary)
        assert kept.content.summary.startswith(owed)
        assert (kept.step, kept.content.concern_tags) == (draft.step, draft.content.concern_tags)
        before = kept.content.summary
