"""Signals that tell the program to end: the terminal was closed, the machine shuts down."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

# Closing the terminal is SIGHUP on POSIX and arrives as SIGBREAK on Windows; each platform lacks the other.
_NAMES = ("SIGTERM", "SIGHUP", "SIGBREAK")


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
