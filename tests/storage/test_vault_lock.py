"""The lock, between two processes and on drives that cannot lock."""

import errno
import os
import subprocess
import sys

import pytest

from peernote_tui.domain.errors import StorageError, VaultInUseError
from peernote_tui.vault import lock
from peernote_tui.vault.lock import VaultLock

HOLDER = """
import sys
from pathlib import Path
from peernote_tui.vault.lock import VaultLock
held = VaultLock.acquire(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""
TAKER = """
import sys
from pathlib import Path
from peernote_tui.domain.errors import VaultInUseError
from peernote_tui.vault.lock import VaultLock
try:
    VaultLock.acquire(Path(sys.argv[1]))
except VaultInUseError:
    print("in use")
else:
    print("free")
"""


def taker(folder):
    return subprocess.run(
        [sys.executable, "-c", TAKER, str(folder)], capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.fixture
def holder(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_what_another_process_holds_is_told_as_in_use(tmp_path, holder):
    with pytest.raises(VaultInUseError) as refusal:
        VaultLock.acquire(tmp_path)
    assert str(tmp_path) in refusal.value.sentence
    assert refusal.value.way_out


def test_a_killed_process_leaves_no_lock_behind(tmp_path, holder):
    holder.kill()
    holder.wait()
    assert (tmp_path / "vault.lock").exists()
    VaultLock.acquire(tmp_path).release()


def test_another_process_sees_ours_until_we_let_go(tmp_path):
    with VaultLock.acquire(tmp_path):
        assert taker(tmp_path) == "in use"
    assert taker(tmp_path) == "free"


def test_one_process_takes_it_only_once(tmp_path):
    held = VaultLock.acquire(tmp_path)
    with pytest.raises(VaultInUseError):
        VaultLock.acquire(tmp_path)
    held.release()
    held.release()
    VaultLock.acquire(tmp_path).release()


@pytest.mark.skipif(sys.platform == "win32", reason="exec keeps the process only on POSIX")
def test_a_program_that_replaces_this_one_does_not_inherit_it(tmp_path):
    code = (
        "import os, sys\n"
        + HOLDER.partition("print")[0]
        + "os.execv(sys.executable, [sys.executable, '-c', *sys.argv[2:], sys.argv[1]])"
    )
    ran = subprocess.run([sys.executable, "-c", code, str(tmp_path), TAKER], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "free"


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL, errno.EIO])
def test_a_drive_that_cannot_lock_is_refused_and_not_passed_over(tmp_path, monkeypatch, code):
    def refuse(_):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(lock, "_lock", refuse)
    with pytest.raises(StorageError, match="cannot lock files") as refusal:
        VaultLock.acquire(tmp_path)
    assert not isinstance(refusal.value, VaultInUseError)
