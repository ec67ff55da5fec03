"""Signals that tell the program to end: the terminal was closed, the machine shuts down."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

# Closing the terminal is SIGHUP on POSIX and arrives as SIGBREAK on Windows; each platform lacks the other.
_NAMES = ("SIGTERM", "SIGHUP", "SIGBREAK")


HANGUP = int(getattr(signal, "SIGHUP", 1))


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
