"""A person before a terminal: the real program under a pseudo-terminal, with everything it ever wrote kept."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

COLUMNS, ROWS = 80, 24
PATIENCE_SECONDS = 30.0
_CHUNK = 65_536
# CSI sequences, OSC strings, and the short escapes: what a terminal obeys and does not show.
CONTROL = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-~])|[\x00-\x1a\x1c-\x1f]")
ALTERNATE_ON, ALTERNATE_OFF = b"\x1b[?1049h", b"\x1b[?1049l"
SOURCE = Path(__file__).resolve().parents[1] / "src"


class NeverCameError(Exception):
    """What was waited for was not painted, or the program ended."""


class Sitting:
    """A program under a pseudo-terminal.

    Args:
        command: Program and arguments.
        variables: The environment, whole.
        folder: Where it is started.
    """

    def __init__(self, command: Sequence[str], variables: Mapping[str, str], folder: Path) -> None:
        self._main, aside = pty.openpty()
        fcntl.ioctl(aside, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.transcript = b""
        """Every byte that was written to the terminal."""
        self._since = 0
        self._process = subprocess.Popen(
            command,
            stdin=aside,
            stdout=aside,
            stderr=aside,
            env=dict(variables),
            cwd=folder,
            preexec_fn=_own_terminal,  # noqa: PLW1509 nothing else runs in this process
        )
        os.close(aside)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._main)

    @property
    def pid(self) -> int:
        """The process id; the same after locking, which replaces only the image."""
        return self._process.pid

    def press(self, keys: str) -> None:
        """Send keys as a terminal does; what was painted before no longer counts for `see`."""
        self._since = len(self.transcript)
        os.write(self._main, keys.encode())

    def see(self, *words: str) -> None:
        """Wait until one of these words was painted since the last key.

        Raises:
            NeverCameError: None came.
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self.shows(*words):
            if time.monotonic() > deadline or not self._take(deadline - time.monotonic()):
                shown = CONTROL.sub(b" ", self.transcript[self._since :]).decode(errors="replace")
                raise NeverCameError(f"{words}: {' '.join(shown.split())[-900:]}")

    def shows(self, *words: str) -> bool:
        """Whether one of these words was painted since the last key."""
        painted = _tight(CONTROL.sub(b"", self.transcript[self._since :]))
        return any(_tight(word.encode()) in painted for word in words)

    def do(self, keys: str, *words: str) -> None:
        """Press keys and see words."""
        self.press(keys)
        self.see(*words)

    def settle(self, quiet: float = 0.4) -> None:
        """Let it paint until it has painted nothing for so many seconds; less than the second of the countdown."""
        while self._take(quiet):
            pass

    def end(self, number: int) -> None:
        """Send a signal to the program."""
        self._process.send_signal(number)

    def wait(self) -> int:
        """Let it end; gives its exit code, negative for a signal.

        Raises:
            NeverCameError: It did not end.
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self._process.poll() is None:
            if time.monotonic() > deadline:
                raise NeverCameError("the end")
            self._take(0.05)
        while self._take(0.05):
            pass
        return self._process.returncode

    def _take(self, seconds: float) -> bool:
        if not select.select([self._main], [], [], max(0.0, seconds))[0]:
            return False
        try:
            data = os.read(self._main, _CHUNK)
        except OSError:
            # Linux tells the end of the program as an error.
            return False
        self.transcript += data
        return bool(data)


def left_on_screen(transcript: bytes) -> bytes:
    """What is on the ordinary screen after everything, for a terminal with another screen: all that was not on it."""
    left, other = b"", False
    for part in re.split(rb"(\x1b\[\?1049[hl])", transcript):
        if part in {ALTERNATE_ON, ALTERNATE_OFF}:
            other = part == ALTERNATE_ON
        elif not other:
            left += part
    return left


def left_without_other_screen(transcript: bytes) -> bytes:
    """What is on a terminal that has only one screen: all that came after the last wiping of it."""
    return re.split(rb"\x1b\[H\x1b\[0?J", transcript)[-1]


def titles(transcript: bytes) -> set[bytes]:
    """What the window was called in between."""
    return set(re.findall(rb"\x1b\][012];([^\x07\x1b]*)", transcript))


def variables(home: Path, **more: str) -> dict[str, str]:
    """A small environment with a home of its own, in which no byte code is written."""
    temporary = home / "temporary"
    temporary.mkdir(parents=True, exist_ok=True)
    kept = {name: os.environ[name] for name in ("PATH", "LC_ALL", "VIRTUAL_ENV") if name in os.environ}
    return {
        "LANG": "C.UTF-8",
        **kept,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "TMPDIR": str(temporary),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "TZ": "UTC",
        "PYTHONPATH": os.pathsep.join((str(SOURCE), str(SOURCE.parent))),
        **more,
    }


def peernote(*arguments: str) -> list[str]:
    """The command that runs the program."""
    return [sys.executable, "-m", "peernote_tui", *arguments]


def _tight(text: bytes) -> bytes:
    # Words that are painted in one place are joined by moves of the cursor as often as by spaces.
    return text.replace(b" ", b"")


def _own_terminal() -> None:
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
