"""The C shim as Python sees it: built at run, preloaded into a new process, told what to break or to record.

Linux with glibc and a C compiler only; elsewhere `why_not` says why there is none.
"""

from __future__ import annotations

import ctypes
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from enum import IntFlag
from functools import cache
from pathlib import Path

_SOURCE = Path(__file__).with_name("shim.c")
_VARIABLE = "RELIABILITY_SHIM"


class Kind(IntFlag):
    """Which operations; as in shim.c."""

    OPEN = 1
    READ = 2
    WRITE = 4
    SYNC = 8
    TRUNCATE = 16
    RENAME = 32
    UNLINK = 64
    MKDIR = 128
    LIST = 256
    STAT = 512
    CREATE = 1024


class How(IntFlag):
    """How they fail; as in shim.c."""

    ONCE = 0
    FOREVER = 1
    SHORT = 2
    UNTIL_ROOM = 4
    """A full disk: from then on, until half a megabyte or more is given up by truncating or removing a file."""
    NO_SYNC = 8
    """In a recording: syncs are neither made nor recorded."""


def why_not() -> str:
    """Why there is no shim on this machine; empty when there is one."""
    if sys.platform != "linux" or platform.libc_ver()[0] != "glibc":
        return "faults are injected on Linux with glibc only"
    if shutil.which("cc") is None:
        return "there is no C compiler (cc)"
    return ""


def run_preloaded(module: str, arguments: list[str]) -> int:
    """Build the shim and run a module of this package with it in a new process.

    Returns:
        The exit code of the process.
    """
    with tempfile.TemporaryDirectory() as folder:
        built = Path(folder) / "shim.so"
        subprocess.run(
            ["cc", "-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-o", str(built), str(_SOURCE), "-ldl", "-lpthread"],
            check=True,
        )
        environment = {**os.environ, "LD_PRELOAD": str(built), _VARIABLE: str(built)}
        return subprocess.run([sys.executable, "-m", module, *arguments], env=environment, check=False).returncode


def is_preloaded() -> bool:
    """Whether this process runs with the shim."""
    return _VARIABLE in os.environ


@cache
def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(os.environ[_VARIABLE])
    library.shim_root.argtypes = [ctypes.c_char_p]
    library.shim_fail.argtypes = [ctypes.c_int, ctypes.c_long, ctypes.c_int, ctypes.c_int]
    library.shim_record.argtypes = [ctypes.c_int, ctypes.c_int]
    library.shim_mark.argtypes = [ctypes.c_char_p]
    library.shim_count.argtypes = [ctypes.c_int]
    for name in ("shim_seen", "shim_hits", "shim_count"):
        getattr(library, name).restype = ctypes.c_long
    library.shim_first_hit.restype = ctypes.c_char_p
    return library


def watch(root: Path) -> None:
    """Look only at what happens to paths that begin like this."""
    _library().shim_root(os.fsencode(root))


def fail(kinds: Kind, number: int, how: How, error: int) -> None:
    """From now on let an operation fail.

    Args:
        kinds: Operations that are counted.
        number: Which of them, from 1; 0 only counts.
        how: Once or for ever, with an error or by doing half.
        error: The error number.
    """
    _library().shim_fail(kinds, number, how, error)


def off() -> None:
    """Let everything succeed again."""
    _library().shim_off()


def seen() -> int:
    """How many operations of the chosen kinds there were."""
    return int(_library().shim_seen())


def hits() -> int:
    """How many of them failed."""
    return int(_library().shim_hits())


def first_hit() -> str:
    """What failed first: the operation, and its path under the watched root."""
    return os.fsdecode(_library().shim_first_hit())


def count(kind: Kind) -> int:
    """How many operations of one kind there were since `fail`."""
    return int(_library().shim_count(kind))


def record(handle: int, how: How = How.ONCE) -> None:
    """Write every operation into a file from now on; syncs are recorded and not made."""
    _library().shim_record(handle, how)


def mark(text: str) -> None:
    """Place a text in the recording."""
    _library().shim_mark(text.encode())
