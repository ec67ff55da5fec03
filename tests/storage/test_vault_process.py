"""Hardening is watched in a process of its own, so that the test run keeps its settings."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

WATCH = """
import json, os, sys
environment = {"TEXTUAL": "debug", "TEXTUAL_LOG": "/x", "textual_screenshot": "1", "PATH": "/bin"}
from peernote_tui.vault.process import harden
harden(environment)
harden(environment)
said = {"environment": environment, "modules": sorted(sys.modules)}
umask = os.umask(0)
said["umask"] = umask
if sys.platform != "win32":
    import resource
    said["core"] = resource.getrlimit(resource.RLIMIT_CORE)
if sys.platform == "linux":
    import ctypes
    said["dumpable"] = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def said():
    ran = subprocess.run([sys.executable, "-c", WATCH], capture_output=True, text=True, check=True)
    return json.loads(ran.stdout)


def test_textual_switches_are_dropped_and_nothing_else(said):
    assert said["environment"] == {"PATH": "/bin"}


def test_it_comes_before_anything_heavy(said):
    assert not {"textual", "sqlcipher3", "nacl", "pydantic"} & set(said["modules"])


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")
def test_new_files_are_for_the_owner_and_a_crash_leaves_no_image(said):
    assert said["umask"] == 0o077
    assert said["core"] == [0, 0]


@pytest.mark.skipif(sys.platform != "linux", reason="Linux only")
def test_other_processes_may_not_read_this_one(said):
    assert said["dumpable"] == 0


def test_looking_at_a_folder_needs_no_crypto_library(tmp_path):
    code = (
        "import sys; from pathlib import Path; from peernote_tui.vault.layout import inspect;"
        "print(inspect(Path(sys.argv[1]))); print(sorted({'nacl', 'sqlcipher3'} & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "v")],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"HOME": str(tmp_path)},
    )
    assert ran.stdout.splitlines() == ["absent", "[]"]
    assert list(Path(tmp_path).iterdir()) == []
