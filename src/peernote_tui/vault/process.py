"""Hardening the process before anything secret is in it.

What is bound to a platform is here and nowhere else. Each step is best effort: an old or locked-down
system that refuses one must not keep a person from their notes.
"""

from __future__ import annotations

import ctypes
import faulthandler
import logging
import os
import sys
import threading
import warnings
from collections.abc import MutableMapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

if sys.platform != "win32":
    import resource

_PR_GET_DUMPABLE, _PR_SET_DUMPABLE = 3, 4
_SEM_FAILCRITICALERRORS = 0x0001
_SEM_NOGPFAULTERRORBOX = 0x0002


def harden(environment: MutableMapping[str, str]) -> None:
    """Keep what this process holds out of other people's files. Call it first, before Textual is imported.

    New files are for their owner only; a crash leaves no memory image on disk; on Linux other processes
    of the same user can no longer read this one's memory. Variables that make Textual write logs or
    screenshots are dropped. Whatever goes wrong where nobody catches it says one line and no value.

    Args:
        environment: `os.environ`.
    """
    os.umask(0o077)
    for name in textual_variables(environment):
        del environment[name]
    keep_quiet()
    if sys.platform == "win32":
        with suppress(OSError, AttributeError):
            ctypes.windll.kernel32.SetErrorMode(_SEM_FAILCRITICALERRORS | _SEM_NOGPFAULTERRORBOX)
    else:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Protection:
    """What the system says about this process; None where it has no such thing to ask.

    Attributes:
        core_dumps: Whether a crash may leave an image of the memory on the disk.
        memory_readable: Whether other programs of the same user may read the memory.
    """

    core_dumps: bool | None
    memory_readable: bool | None


def protection() -> Protection:
    """Ask the system how this process is protected, instead of believing that `harden` had its way."""
    core_dumps: bool | None = None
    if sys.platform != "win32":
        core_dumps = resource.getrlimit(resource.RLIMIT_CORE)[0] != 0
    readable: bool | None = None
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            readable = ctypes.CDLL(None).prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0) != 0
    return Protection(core_dumps, readable)


def textual_variables(environment: MutableMapping[str, str]) -> list[str]:
    """Names of the variables that Textual would obey, some of which make it write what is typed to the disk."""
    return [name for name in environment if name.upper().startswith("TEXTUAL")]


def keep_quiet() -> None:
    """Let nothing but one line with an id reach the terminal when something goes wrong where nobody catches it.

    Python's own words for a fault in a thread, a callback of the event loop or a destructor quote the values at
    hand, and so do warnings and the log of asyncio.
    """

    def say_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            _say(args.exc_value)

    sys.excepthook = _say_uncaught
    threading.excepthook = say_thread
    # Destructors mostly fail at the very end, when everything is stored and an id would only frighten.
    sys.unraisablehook = _say_nothing
    logging.disable(logging.CRITICAL)
    logging.raiseExceptions = False
    warnings.simplefilter("ignore")
    faulthandler.disable()


def fault_id(error: BaseException) -> str:
    """Name a fault by its kind and its place in this program, never by what was handled."""
    place, trace = "start", error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if f"{os.sep}peernote_tui{os.sep}" in code.co_filename:
            place = f"{Path(code.co_filename).stem}-{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__}-{place}"


def _say_uncaught(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    if not isinstance(error, KeyboardInterrupt):
        _say(error)


def _say_nothing(_: object) -> None:
    """Say nothing."""


def _say(error: BaseException) -> None:
    with suppress(Exception):
        sys.stderr.write(f"Something unexpected happened. Fault {fault_id(error)}.\n")
