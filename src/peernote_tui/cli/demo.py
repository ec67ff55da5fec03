"""`peernote demo`: the app on a throw-away vault of fictional people, removed in every way out."""

from __future__ import annotations

import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

_PATIENCE_SECONDS = 0.5
_WORK_FACTOR = 12
# Closing the terminal is SIGHUP on POSIX and arrives as SIGBREAK on Windows; each platform lacks the other.
_ENDING_SIGNALS = ("SIGTERM", "SIGHUP", "SIGBREAK")


def run_demo() -> int:
    """Make a vault of fictional people in a private temporary folder, open the app on it, and remove it.

    The vault goes when the app returns, fails, or the process is told to end; only being killed outright
    leaves it behind, encrypted with a passphrase nobody kept.

    Returns:
        The app's exit code.

    Raises:
        PeerNoteError: The vault could not be made; nothing is left of it.
        SystemExit: A signal told the process to end; the code is 128 and the signal's number.
    """
    with _signals_leave(), _throw_away_folder() as folder:
        with _line_if_slow("Making a throw-away vault of fictional people …"):
            passphrase = _make_vault(folder)
        from peernote_tui.ui.app import run_app

        return run_app(folder, passphrase=passphrase, hint=f"Demo passphrase: {passphrase}")


def _make_vault(folder: Path) -> str:
    from dataclasses import replace

    from peernote_tui.services.demo import fill_with_demo, story_begins
    from peernote_tui.services.system_clock import SystemClock
    from peernote_tui.services.unlocking import close, create_vault
    from peernote_tui.vault.passphrase import generate_phrase

    clock = SystemClock()
    passphrase = generate_phrase()
    made = create_vault(
        folder,
        passphrase,
        author_name="Sam Rivera",
        credential="CPS",
        clock=story_begins(clock),
        work_factor=_WORK_FACTOR,
    )
    try:
        fill_with_demo(replace(made.workspace, clock=clock))
    finally:
        close(made.workspace)
    return passphrase


@contextmanager
def _throw_away_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp())
    try:
        yield folder
    finally:
        with _signals_wait():
            shutil.rmtree(folder, ignore_errors=True)
            _say_what_is_left(folder)


def _say_what_is_left(folder: Path) -> None:
    # The terminal may be what went away.
    with suppress(OSError, ValueError):
        if folder.exists():
            print(f"The demo vault could not be removed. Delete this folder: {folder}", file=sys.stderr, flush=True)
        else:
            print("The demo vault is gone.", flush=True)


@contextmanager
def _line_if_slow(line: str) -> Iterator[None]:
    timer = threading.Timer(_PATIENCE_SECONDS, print, args=(line,), kwargs={"flush": True})
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        # A line that is being printed is finished before the app takes the screen.
        timer.join()


@contextmanager
def _signals_leave() -> Iterator[None]:
    """Signals that would end the process at once unwind it instead, so that the folder is removed."""
    before = {number: signal.getsignal(number) for number in _ending_signals()}
    # A signal the caller ignores, as under nohup, stays ignored; one set outside Python cannot be put back.
    ours = [number for number, handler in before.items() if handler not in {signal.SIG_IGN, None}]
    for number in ours:
        signal.signal(number, _leave)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, before[number])


@contextmanager
def _signals_wait() -> Iterator[None]:
    """While the folder is being removed a second signal must not cut that short."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (*_ending_signals(), *_interrupts())}
    try:
        yield
    finally:
        for number, handler in before.items():
            if handler is not None:
                signal.signal(number, handler)


def _ending_signals() -> tuple[signal.Signals, ...]:
    if threading.current_thread() is not threading.main_thread():
        return ()
    return tuple(getattr(signal, name) for name in _ENDING_SIGNALS if hasattr(signal, name))


def _interrupts() -> tuple[signal.Signals, ...]:
    return (signal.SIGINT,) if _ending_signals() else ()


def _leave(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)
