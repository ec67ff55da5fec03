"""Told to end by the system, the program stores what is typed, closes the vault, and says so with its exit code."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time

import pytest

from peernote_tui.services import unlocking, writing

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and terminals of POSIX")

PATIENCE = 60
CHILD = """
import signal, sys
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # a caller under nohup hands down that it is ignored
from pathlib import Path
from peernote_tui.ui import app as application

folder, passphrase, draft, config = sys.argv[1:]
application.config_folder = lambda: Path(config)
sys.exit(application.run_app(Path(folder), passphrase=passphrase, errand=application.Errand(draft=draft)))
"""


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_what_was_typed_is_kept(name, workspace, write_draft, consented, passphrase, clock, tmp_path):
    draft = write_draft(consented, summary="")
    writing.save_draft(workspace, draft.model_copy(update={"step": 2}))
    unlocking.close(workspace)
    folder = workspace.vault.folder
    ours, theirs = pty.openpty()
    code = [sys.executable, "-c", CHILD, str(folder), passphrase, draft.id, str(tmp_path / "config")]
    child = subprocess.Popen(
        code, stdin=theirs, stdout=theirs, stderr=theirs, env={**os.environ, "TERM": "xterm-256color"}
    )
    os.close(theirs)
    try:
        _read_until(ours, b"What happened", child)
        os.write(ours, b"half a wo%")
        # A sign that stands nowhere else on the screen tells that the last key has arrived.
        _read_until(ours, b"%", child)
        child.send_signal(getattr(signal, name))
        _drain_until_exit(ours, child)
    finally:
        child.kill()
        child.wait()
        os.close(ours)
    assert child.returncode == 128 + getattr(signal, name)
    after = unlocking.open_vault(folder, passphrase, clock=clock)
    try:
        assert writing.get_draft(after, draft.id).content.summary == "half a wo%"
    finally:
        unlocking.close(after)


def test_a_terminal_that_goes_away_without_a_word_ends_the_program(
    workspace, write_draft, consented, passphrase, clock, tmp_path
):
    draft = write_draft(consented, summary="")
    writing.save_draft(workspace, draft.model_copy(update={"step": 2}))
    unlocking.close(workspace)
    folder = workspace.vault.folder
    ours, theirs = pty.openpty()
    code = [sys.executable, "-c", CHILD, str(folder), passphrase, draft.id, str(tmp_path / "config")]
    # In a session without a controlling terminal nobody sends SIGHUP.
    child = subprocess.Popen(
        code,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm-256color"},
        start_new_session=True,
    )
    os.close(theirs)
    try:
        _read_until(ours, b"What happened", child)
        os.write(ours, b"gone%")
        _read_until(ours, b"%", child)
        os.close(ours)
        child.wait(PATIENCE)
    finally:
        child.kill()
        child.wait()
    after = unlocking.open_vault(folder, passphrase, clock=clock)
    try:
        assert writing.get_draft(after, draft.id).content.summary == "gone%"
    finally:
        unlocking.close(after)


def _read_until(terminal, words, child):
    deadline, seen = time.monotonic() + PATIENCE, b""
    while words not in seen:
        assert child.poll() is None, seen[-2000:]
        assert time.monotonic() < deadline, seen[-2000:]
        if select.select([terminal], [], [], 0.1)[0]:
            seen += os.read(terminal, 65536)


def _drain_until_exit(terminal, child):
    deadline = time.monotonic() + PATIENCE
    while child.poll() is None:
        assert time.monotonic() < deadline, "The program did not end."
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                os.read(terminal, 65536)
            except OSError:
                return child.wait(PATIENCE)
    return None
