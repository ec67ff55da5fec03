"""Stopped and let go on again, the real program in a real terminal comes back locked, in the same process."""

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
CANARY = b"quetzalwort%"


@pytest.fixture
def program(workspace, write_draft, consented, passphrase, tmp_path):
    """Run `peernote --vault` in a terminal of its own: gives (child, terminal, draft); the draft is in the summary."""
    draft = write_draft(consented, summary="")
    writing.save_draft(workspace, draft.model_copy(update={"step": 2}))
    unlocking.close(workspace)
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "peernote_tui", "--vault", str(workspace.vault.folder)]
    child = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    try:
        yield child, ours, draft
    finally:
        child.kill()
        child.wait()
        os.close(ours)


def test_it_stands_still_with_a_closed_vault_and_comes_back_locked(program, workspace, passphrase, clock):
    child, terminal, draft = program
    type_in_the_summary(child, terminal, passphrase)
    child.send_signal(signal.SIGTSTP)
    seen = read_until_stopped(child, terminal)
    assert CANARY not in after_the_cover(seen)
    # While it stands still somebody else can open the vault, and every letter is in it.
    opened = unlocking.open_vault(workspace.vault.folder, passphrase, clock=clock)
    assert writing.get_draft(opened, draft.id).content.summary == CANARY.decode()
    unlocking.close(opened)
    child.send_signal(signal.SIGCONT)
    assert CANARY not in read_until(terminal, b"vault is locked", child)
    # SIGSTOP is told to nobody: what stood on the terminal is covered when the process goes on.
    unlock(child, terminal, passphrase)
    # It is where it was.
    read_until(terminal, CANARY, child)
    child.send_signal(signal.SIGSTOP)
    read_until_stopped(child, terminal)
    child.send_signal(signal.SIGCONT)
    seen = read_until(terminal, b"vault is locked", child)
    assert CANARY not in after_the_cover(seen)


def after_the_cover(seen):
    """What was painted before the signal may still be on its way; the cover is the last word."""
    _, cover, after = seen.partition("Locking…".encode())
    assert cover
    return after


def unlock(child, terminal, passphrase):
    read_until(terminal, b"Passphrase", child)
    os.write(terminal, passphrase.encode() + b"\r")


def type_in_the_summary(child, terminal, passphrase):
    unlock(child, terminal, passphrase)
    read_until(terminal, b"Notes to finish", child)
    os.write(terminal, b"\r")
    read_until(terminal, b"What happened", child)
    os.write(terminal, CANARY)
    # A sign that stands nowhere else on the screen tells that the last key has arrived.
    read_until(terminal, b"%", child)


def read_until(terminal, words, child):
    deadline, seen = time.monotonic() + PATIENCE, b""
    while words not in seen:
        assert child.poll() is None, seen[-2000:]
        assert time.monotonic() < deadline, seen[-2000:]
        seen += read_some(terminal)
    return seen


def read_until_stopped(child, terminal):
    deadline, seen = time.monotonic() + PATIENCE, b""
    while True:
        assert time.monotonic() < deadline, seen[-2000:]
        seen += read_some(terminal)
        pid, status = os.waitpid(child.pid, os.WNOHANG | os.WUNTRACED)
        if pid:
            assert os.WIFSTOPPED(status), status
            return seen + read_some(terminal)


def read_some(terminal):
    if select.select([terminal], [], [], 0.05)[0]:
        return os.read(terminal, 65536)
    return b""
