"""The program with a fault of its own built in, for seeing what reaches the terminal.

    python -m reliability.faulty KIND WORD

opens the app as `peernote` does; F1 on any screen runs into the fault, whose message and local values hold the word.
Kinds in `DEADLY` end the program; the others happen where nobody waits for them.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable

from peernote_tui.cli.main import main
from peernote_tui.ui.screens.base import PeerScreen


def _raise(word: str) -> None:
    typed = f"typed {word}"
    raise ValueError(typed)


def _in_a_worker(screen: PeerScreen, word: str) -> None:
    async def work() -> None:
        _raise(word)

    screen.run_worker(work(), description="faulty")


def _in_the_gateway(screen: PeerScreen, word: str) -> None:
    async def work() -> None:
        await screen.app.gateway.run(_raise, word)

    screen.run_worker(work(), description="faulty")


def _while_painting(screen: PeerScreen, word: str) -> None:
    screen.render = lambda: _raise(word)
    screen.refresh()


def _in_a_callback(_screen: PeerScreen, word: str) -> None:
    asyncio.get_running_loop().call_soon(_raise, word)


def _in_a_task(_screen: PeerScreen, word: str) -> None:
    async def work() -> None:
        _raise(word)

    task = asyncio.get_running_loop().create_task(work(), name=word)
    del task
    asyncio.get_running_loop().call_later(0.1, gc.collect)


def _in_a_thread(_screen: PeerScreen, word: str) -> None:
    threading.Thread(target=_raise, args=(word,), name=word).start()


class _Falling:
    def __init__(self, word: str) -> None:
        self.word = word

    def __del__(self) -> None:
        _raise(self.word)


def _in_a_destructor(_screen: PeerScreen, word: str) -> None:
    _Falling(word)


def _at_the_very_end(_screen: PeerScreen, word: str) -> None:
    # Kept until the interpreter ends, when Textual no longer holds what is printed.
    sys.falling = _Falling(word)


def _by_telling(_screen: PeerScreen, word: str) -> None:
    warnings.warn(word, stacklevel=1)
    logging.getLogger("peernote").error("typed %s", word)
    logging.getLogger("asyncio").critical("typed %s", word)
    logging.getLogger().critical("typed %s", word)


def _by_crashing(number: int) -> Callable[[PeerScreen, str], None]:
    return lambda _screen, _word: os.kill(os.getpid(), number)


DEADLY = {
    "key": lambda _screen, word: _raise(word),
    "worker": _in_a_worker,
    "gateway": _in_the_gateway,
    "painting": _while_painting,
}
QUIET = {
    "callback": _in_a_callback,
    "task": _in_a_task,
    "thread": _in_a_thread,
    "destructor": _in_a_destructor,
    "very end": _at_the_very_end,
    "telling": _by_telling,
}
OUTRIGHT = {
    "SIGSEGV": _by_crashing(getattr(signal, "SIGSEGV", 11)),
    "SIGABRT": _by_crashing(getattr(signal, "SIGABRT", 6)),
}


def run(kind: str, word: str) -> int:
    """Open the app with the fault in it; "all quiet" runs into every one of `QUIET`."""
    chosen = list(QUIET.values()) if kind == "all quiet" else [{**DEADLY, **QUIET, **OUTRIGHT}[kind]]

    def fault(screen: PeerScreen) -> None:
        for one in chosen:
            one(screen, word)

    PeerScreen.action_help = fault
    return main([])


if __name__ == "__main__":
    sys.exit(run(*sys.argv[1:]))
