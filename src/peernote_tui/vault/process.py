"""Hardening the process before anything secret is in it.

What is bound to a platform is here and nowhere else. Each step is best effort: an old or locked-down
system that refuses one must not keep a person from their notes.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import MutableMapping
from contextlib import suppress

if sys.platform != "win32":
    import resource

_PR_SET_DUMPABLE = 4
_SEM_FAILCRITICALERRORS = 0x0001
_SEM_NOGPFAULTERRORBOX = 0x0002


def harden(environment: MutableMapping[str, str]) -> None:
    """Keep what this process holds out of other people's files. Call it first, before Textual is imported.

    New files are for their owner only; a crash leaves no memory image on disk; on Linux other processes
    of the same user can no longer read this one's memory. Variables that make Textual write logs or
    screenshots are dropped.

    Args:
        environment: `os.environ`.
    """
    os.umask(0o077)
    for name in [name for name in environment if name.upper().startswith("TEXTUAL")]:
        del environment[name]
    if sys.platform == "win32":
        with suppress(OSError, AttributeError):
            ctypes.windll.kernel32.SetErrorMode(_SEM_FAILCRITICALERRORS | _SEM_NOGPFAULTERRORBOX)
    else:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
