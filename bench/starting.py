"""How long it takes until something can be typed: Unlock on the screen, and the version on a line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import bare_app
from caseload import PASSPHRASE
from measuring import Pairs, Setting, milliseconds
from terminal import Terminal, environment
from vaults import evening

from peernote_tui.services.unlocking import close, create_vault
from peernote_tui.ui import sentences

_BARE = [sys.executable, str(Path(bare_app.__file__))]
_PEERNOTE = [sys.executable, "-m", "peernote_tui"]


def unlock_painted(setting: Setting) -> list[Pairs]:
    """Process start to painted Unlock against a bare Textual app.

    Both are real processes under a pseudo-terminal. PeerNote waits until the label of its field is painted,
    which is more than the bare app's first line.
    """
    vault = setting.work / "locked.peernote"
    _make_vault(vault)
    ours, theirs = [], []
    for run in range(setting.runs + 1):
        bare = _start(_BARE, bare_app.PAINTED, setting.work)
        locked = _start([*_PEERNOTE, "--vault", str(vault)], sentences.KEY_LABEL, setting.work)
        # The first pair fills the disk cache.
        if run:
            theirs.append(bare)
            ours.append(locked)
    return [Pairs("process start to painted Unlock", "bare Textual app, one Static, one Input", ours, theirs, 1.5)]


def version_said(setting: Setting) -> list[Pairs]:
    """`peernote --version` against `python -c pass`."""
    ours, theirs = [], []
    for run in range(setting.runs + 1):
        nothing = milliseconds(lambda: _run([sys.executable, "-c", "pass"], setting.work))
        version = milliseconds(lambda: _run([*_PEERNOTE, "--version"], setting.work))
        if run:
            theirs.append(nothing)
            ours.append(version)
    return [Pairs("`peernote --version`", "`python -c pass`", ours, theirs, 4)]


def _start(command: list[str], words: str, home: Path) -> float:
    with Terminal(command, home) as terminal:
        return (terminal.painted(words) - terminal.began) * 1000


def _run(command: list[str], home: Path) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=dict(environment(home)))


def _make_vault(folder: Path) -> None:
    """A vault with the ordinary work factor; Unlock looks at its files and never derives a key."""
    close(create_vault(folder, PASSPHRASE, author_name="Sam Rivera", credential="CPS", clock=evening()).workspace)
