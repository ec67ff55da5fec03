"""A program in a pseudo-terminal, as a person sits before it: keys go in, what is painted comes out."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

COLUMNS, ROWS = 80, 24
PATIENCE_SECONDS = 60.0
"""How long anything may take on a busy machine before the run is given up."""

_CHUNK = 65_536
# CSI sequences, OSC strings, and the short escapes: what a terminal obeys and does not show.
_CONTROL = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-~])|[\x00-\x1a\x1c-\x1f]")


class NeverCameError(Exception):
    """What was waited for was not painted, or the program ended."""


class Terminal:
    """A process under a pseudo-terminal of 80 by 24.

    Args:
        command: Program and arguments.
        home: Stands in for the home of whoever runs this, so that nobody's settings take part.
    """

    def __init__(self, command: Sequence[str], home: Path) -> None:
        self._main, aside = pty.openpty()
        fcntl.ioctl(aside, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._seen = b""
        self.began = time.perf_counter()
        self._process = subprocess.Popen(
            command, stdin=aside, stdout=aside, stderr=aside, env=environment(home), start_new_session=True
        )
        os.close(aside)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # A program that measures nothing any more must not take the processor from the next one.
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._main)

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def press(self, keys: str) -> float:
        """Send keys as a terminal does; returns the moment they were sent."""
        self._seen = b""
        moment = time.perf_counter()
        os.write(self._main, keys.encode())
        return moment

    def painted(self, words: str) -> float:
        """Wait until these words stand in what was painted since the last key.

        Returns:
            The moment they were there, on the clock of `time.perf_counter`.

        Raises:
            NeverCameError: They did not come.
        """
        wanted = words.encode()
        deadline = time.perf_counter() + PATIENCE_SECONDS
        while True:
            moment = time.perf_counter()
            if wanted in _CONTROL.sub(b"", self._seen):
                return moment
            if moment > deadline or not self._take(deadline - moment):
                raise NeverCameError(words)

    def settle(self, quiet: float) -> None:
        """Let it paint until it has painted nothing for so many seconds.

        Args:
            quiet: Less than a second, since PeerNote counts the seconds until it locks.
        """
        while self._take(quiet):
            pass

    def wait(self, seconds: float) -> None:
        """Let it paint for so many seconds, whatever it paints."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self._take(left)

    def _take(self, seconds: float) -> bool:
        if not select.select([self._main], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._main, _CHUNK)
        except OSError:
            # Linux tells the end of the program as an error.
            return False
        self._seen += data
        return bool(data)


def environment(home: Path) -> Mapping[str, str]:
    """The variables a measured program gets: the few it needs, and a home of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    return {
        "LANG": "C.UTF-8",
        **kept,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }
