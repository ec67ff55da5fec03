"""How long it takes from the passphrase to Today, and what the open vault takes of the machine."""

from __future__ import annotations

import sys
from pathlib import Path

import bare_app
from caseload import PASSPHRASE
from measuring import Pairs, Setting
from terminal import Terminal
from vaults import a_vault

from peernote_tui.ui import sentences

_QUIET_SECONDS = 1.0


def today_painted(setting: Setting) -> list[Pairs]:
    """The passphrase entered to Today painted against a bare start, and memory on Today against a bare app.

    The key slots of these vaults are cheap to open (a work factor of 12: some ten milliseconds), so key
    derivation is counted but hardly weighs.
    """
    lines = []
    for scale in setting.scales:
        vault, made = a_vault(setting, scale, "opening")
        waits, starts, ours, theirs = [], [], [], []
        for run in range(setting.runs + 1):
            with Terminal([sys.executable, str(Path(bare_app.__file__))], setting.work) as bare:
                start = (bare.painted(bare_app.PAINTED) - bare.began) * 1000
                bare.wait(_QUIET_SECONDS)
                bare_memory = _resident(bare)
            peernote = [sys.executable, "-m", "peernote_tui", "--vault", str(vault)]
            with Terminal(peernote, setting.work) as terminal:
                terminal.painted(sentences.KEY_LABEL)
                # A person needs seconds for a passphrase; what is imported meanwhile has come by then.
                terminal.wait(_QUIET_SECONDS)
                terminal.press(PASSPHRASE)
                terminal.wait(_QUIET_SECONDS)
                pressed = terminal.press("\r")
                wait = (terminal.painted(sentences.NOTES_TO_FINISH) - pressed) * 1000
                terminal.wait(_QUIET_SECONDS)
                memory = _resident(terminal)
            if run:
                starts.append(start)
                waits.append(wait)
                ours.append(memory)
                theirs.append(bare_memory)
        where = f"{made.notes:,} notes"
        lines += [
            Pairs(f"passphrase entered to Today painted, {where}", "bare Textual start", waits, starts, 0.5),
            Pairs(f"resident memory on Today, {where}", "bare Textual app", ours, theirs, 60, "MB", by_difference=True),
        ]
    return lines


def _resident(terminal: Terminal) -> float:
    """Megabytes in memory, as Linux counts them (`VmRSS`, kibibytes)."""
    status = Path(f"/proc/{terminal.pid}/status").read_text(encoding="utf-8")
    (line,) = [line for line in status.splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) * 1024 / 1e6
