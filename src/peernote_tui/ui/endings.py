"""How the program is told to end, to stop or that it slept, and how it begins anew: all that is bound to a platform."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Protocol

from peernote_tui.domain.errors import PeerNoteError

# Closing the terminal is SIGHUP on POSIX and arrives as SIGBREAK on Windows; each platform lacks the other.
_NAMES = ("SIGTERM", "SIGHUP", "SIGBREAK")


HANGUP = int(getattr(signal, "SIGHUP", 1))

_LEAP_SECONDS = 3.0
"""So much more time on the clock that counts sleep than on the one that does not is sleep, not wear."""
_LATE_SECONDS = 15.0
"""A look that comes so much later than the one before: the process stood still, whatever the reason."""


def has_terminal() -> bool:
    """Whether a terminal stands behind standard input; one that was closed is none any more."""
    try:
        return sys.__stdin__ is not None and os.isatty(sys.__stdin__.fileno())
    except (OSError, ValueError):
        return False


@contextmanager
def told_to_end(leave: Callable[[int], None]) -> Iterator[None]:
    """Let a function answer the signals that end a program, instead of ending at once.

    Args:
        leave: Takes the signal's number; called in the main thread, between two steps of the program.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def answer(number: int, _frame: FrameType | None) -> None:
        leave(number)

    before = {number: signal.getsignal(number) for name in _NAMES if (number := getattr(signal, name, None))}
    # A signal the caller ignores, as under nohup, stays ignored; one set outside Python cannot be put back.
    ours = [number for number, handler in before.items() if handler not in {signal.SIG_IGN, None}]
    for number in ours:
        signal.signal(number, answer)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, before[number])


class StopWatch:
    """Answers the signals that stop a process and let it go on again, in the place of Textual's driver.

    The driver stops at once and shows everything again when it goes on. Windows has neither signal.

    Args:
        stop: Asked to stop; True when it takes over, False to stop as the driver would.
        go_on: Told that the process goes on.
    """

    def __init__(self, stop: Callable[[], bool], go_on: Callable[[], None]) -> None:
        self._stop = stop
        self._go_on = go_on
        self._drivers: dict[int, Callable[[int, FrameType | None], object]] = {}
        self._stopped = False

    def begin(self) -> None:
        """Take the signals over; the driver is there already. Only in the main thread, as Python asks."""
        if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
            return
        for number, answer in ((signal.SIGTSTP, self._told_to_stop), (signal.SIGCONT, self._goes_on)):
            before = signal.getsignal(number)
            if callable(before):
                self._drivers[number] = before
                signal.signal(number, answer)

    def end(self) -> None:
        """Answer the signals no longer."""
        for number in self._drivers:
            signal.signal(number, signal.SIG_DFL)
        self._drivers.clear()

    def stop_now(self) -> None:
        """Give the terminal back and stop until the process is told to go on."""
        if sys.platform != "win32" and (driver := self._drivers.get(signal.SIGTSTP)):
            self._stopped = True
            driver(signal.SIGTSTP, None)

    def _told_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        if not self._stop():
            self.stop_now()

    def _goes_on(self, number: int, frame: FrameType | None) -> None:
        stopped, self._stopped = self._stopped, False
        self._go_on()
        # After a stop that the driver did not hear of (SIGSTOP), its terminal is still set up.
        if stopped and (driver := self._drivers.get(number)):
            driver(number, frame)


class SleepWatch:
    """Tells whether the machine slept, or the process stood still, since it was last asked.

    Args:
        awake: Seconds that do not count sleep, where the platform has such a clock.
        always: Seconds that count sleep too.
    """

    def __init__(self, awake: Callable[[], float] = time.monotonic, always: Callable[[], float] | None = None) -> None:
        self._awake = awake
        self._always = always or _clock_that_counts_sleep()
        self._last = awake(), self._always()

    def has_slept(self) -> bool:
        """Whether time passed in which nothing ran; a clock that was set back is no sleep."""
        (awake, always), self._last = self._last, (self._awake(), self._always())
        ran, passed = self._last[0] - awake, self._last[1] - always
        return passed - ran > _LEAP_SECONDS or ran > _LATE_SECONDS


def _clock_that_counts_sleep() -> Callable[[], float]:
    # CLOCK_MONOTONIC stands still in sleep on Linux and goes on in macOS; Python's own monotonic clock stands
    # still on both. On Windows it goes on, and a late look tells.
    number = getattr(time, "CLOCK_BOOTTIME", None)
    if number is None and sys.platform == "darwin":
        number = getattr(time, "CLOCK_MONOTONIC", None)
    if number is None or sys.platform == "win32":
        return time.time
    clock: int = number

    def read() -> float:
        return time.clock_gettime(clock)

    return read


class Relaunch(Protocol):
    """Replaces this process by a fresh one; see `relaunch`."""

    def __call__(self, folder: Path, *, stopped: bool = False) -> None:
        """Begin anew on that folder."""


_STOP_FIRST = "import os, signal, sys; os.kill(os.getpid(), signal.SIGSTOP); os.execv(sys.argv[1], sys.argv[1:])"
"""For a process that was told to stop: nothing of the vault is in memory any more while it stands still."""


LOCKED_BEFORE = "PEERNOTE_LOCKED"
"""Variable that tells the fresh process that there was a vault a moment ago."""


def was_locked(environment: MutableMapping[str, str]) -> bool:
    """Whether this process began by locking a vault; asked once, then forgotten."""
    return environment.pop(LOCKED_BEFORE, "") != ""


def relaunch(folder: Path, *, stopped: bool = False) -> None:
    """Begin anew in a fresh process image, at the Unlock screen; does not come back.

    Args:
        folder: The vault's folder.
        stopped: Stand still first, until the process is told to go on.

    Raises:
        PeerNoteError: There is no program to begin anew with, such as in the middle of an update.
    """
    command = [sys.executable, "-m", "peernote_tui", "--vault", str(folder)]
    os.environ[LOCKED_BEFORE] = "1"
    if sys.platform == "win32":
        import subprocess

        # Windows has no exec that keeps the console; the old process holds nothing but the wait.
        sys.exit(subprocess.call(command))  # noqa: S603 our own interpreter and module
    if stopped:
        command = [sys.executable, "-c", _STOP_FIRST, *command]
    try:
        os.execv(sys.executable, command)  # noqa: S606 our own interpreter and module
    except OSError:
        raise PeerNoteError("PeerNote is locked and could not start itself again.", "Start it with: peernote") from None


def stand_still() -> None:
    """Stop this process until it is told to go on; nothing where the platform cannot."""
    if sys.platform != "win32":
        os.kill(os.getpid(), signal.SIGSTOP)
