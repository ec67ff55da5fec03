"""The power is cut at random moments of a recorded session; the whole proof is `python -m reliability.power_cuts`."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("recorded on Linux with glibc only", allow_module_level=True)

from reliability.power_cuts import Disk, Event

from reliability import power_cuts, shim

ROOT = Path(__file__).parents[2]
CUTS = "8"


def run(tmp_path, *arguments):
    if reason := shim.why_not():
        pytest.skip(reason)
    return subprocess.run(
        [sys.executable, "-m", "reliability.power_cuts", "--in", str(tmp_path), "--acts", "12", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_a_power_cut_loses_nothing_that_was_acknowledged(tmp_path):
    done = run(tmp_path, "--cuts", CUTS)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{CUTS} cuts" in done.stdout


@pytest.mark.slow
def test_without_syncs_the_same_cuts_do_lose_something(tmp_path):
    done = run(tmp_path, "--cuts", CUTS, "--without-syncs")
    assert done.returncode == 0, done.stdout + done.stderr
    assert ": 0 cuts with losses" not in done.stdout


def happen(*events):
    disk = Disk("/disk")
    for what, path, second, handle, offset, data in events:
        disk.take(Event(what, path, second, handle, offset, data))
    return disk


def possible(disk):
    """Everything that may be found after a cut, as often as chance finds it."""
    found = [disk.after_a_cut(random.Random(seed)) for seed in range(300)]  # noqa: S311 nothing secret
    return {tuple(sorted((path, content) for path, content in each.items() if path)) for each in found}


WRITTEN = (
    ("O", "/disk", "", 1, 0, b""),
    ("O", "/disk/a", "", 2, os.O_CREAT, b""),
    ("W", "", "", 2, 0, b"new"),
)


def test_what_was_not_synced_may_be_lost_or_kept():
    assert possible(happen(*WRITTEN)) >= {(), (("/a", b""),), (("/a", b"new"),)}


def test_a_synced_file_in_a_synced_folder_is_kept():
    disk = happen(*WRITTEN, ("F", "", "", 2, 0, b""), ("F", "", "", 1, 0, b""))
    assert possible(disk) == {(("/a", b"new"),)}
    assert not disk.has_unsynced


def test_a_synced_file_may_lose_its_name_until_the_folder_is_synced():
    assert possible(happen(*WRITTEN, ("F", "", "", 2, 0, b""))) == {(), (("/a", b"new"),)}


def test_a_rename_is_there_whole_or_not_at_all():
    synced = (*WRITTEN, ("F", "", "", 2, 0, b""), ("F", "", "", 1, 0, b""))
    disk = happen(*synced, ("R", "/disk/a", "/disk/b", 0, 0, b""))
    assert possible(disk) == {(("/a", b"new"),), (("/b", b"new"),)}


def test_a_removal_may_not_have_happened():
    synced = (*WRITTEN, ("F", "", "", 2, 0, b""), ("F", "", "", 1, 0, b""))
    assert possible(happen(*synced, ("U", "/disk/a", "", 0, 0, b""))) == {(), (("/a", b"new"),)}


def test_a_write_is_torn_at_sectors():
    disk = happen(*WRITTEN[:2], ("F", "", "", 1, 0, b""), ("W", "", "", 2, 0, b"x" * 1024))
    halves = {dict(found)["/a"][:1024].count(b"x"[0]) for found in possible(disk)}
    # Where only the size was kept, chance lies behind it.
    assert halves >= {0, 512, 1024}


def test_a_recording_reads_back(tmp_path):
    header = power_cuts._HEADER.pack(b"W", 1, 2, 0, 7, 4096, 3)
    (tmp_path / "recording").write_bytes(header + b"abc" + b"xyz")
    assert list(power_cuts.events(tmp_path / "recording")) == [Event("W", "a", "bc", 7, 4096, b"xyz")]
