"""How long a key takes to appear in the summary of a note, with the draft being stored meanwhile."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import bare_area
from caseload import PASSPHRASE
from measuring import Pairs, Setting, percentile
from terminal import Terminal
from vaults import a_vault, opened

from peernote_tui.domain.names import NameTier
from peernote_tui.services.finding import find_participants
from peernote_tui.services.namesakes import namesakes
from peernote_tui.ui import sentences

_KEYS_IN_A_RUN = 40
_WORD = 6
# No label, hint or sentence of a screen holds two of these side by side, so they can only be the echo.
_LETTERS = "qxzjvk"
_PAUSES_SECONDS = (0.04, 0.12)
_SAVED_SECONDS = 1.2
_QUIET_SECONDS = 0.2
_F4, _F7, _CTRL_N, _BACKSPACE = "\x1bOS", "\x1b[18~", "\x0e", "\x7f"


def keys_echoed(setting: Setting) -> list[Pairs]:
    """A key pressed to its echo painted, at a person's pace, in the wizard against a bare text area.

    Both run at the same time in terminals of the same size; they take turns of 40 keys on an empty
    line. A turn ends when PeerNote has stored the draft, so that its own saving falls into its own turn.
    """
    lines = []
    for scale in setting.scales:
        vault, made = a_vault(setting, scale, "echo")
        peernote = [sys.executable, "-m", "peernote_tui", "--vault", str(vault)]
        bare = [sys.executable, str(Path(bare_area.__file__))]
        someone = _without_draft(vault)
        with Terminal(bare, setting.work) as theirs, Terminal(peernote, setting.work) as ours:
            theirs.painted(bare_area.PAINTED)
            go_to_summary(ours, someone)
            middle, slow = _in_turns(ours, theirs, setting.runs)
        where = f"key pressed to echo in the summary, autosave on, {made.notes:,} notes"
        beside = "bare text area, same size of terminal"
        lines += [
            Pairs(f"{where}: half of the keys within", beside, *middle, 1.5),
            Pairs(f"{where}: 95 of 100 within", beside, *slow, 1.5),
        ]
    return lines


def go_to_summary(terminal: Terminal, someone: str) -> None:
    """From Unlock to the summary of a new note about the participant with that ID."""
    terminal.painted(sentences.KEY_LABEL)
    terminal.settle(_QUIET_SECONDS)
    terminal.press(f"{PASSPHRASE}\r")
    terminal.painted(sentences.NOTES_TO_FINISH)
    terminal.settle(_QUIET_SECONDS)
    terminal.press(_CTRL_N)
    terminal.painted(sentences.FOR_WHOM)
    terminal.settle(_QUIET_SECONDS)
    terminal.press(someone)
    terminal.settle(_QUIET_SECONDS)
    terminal.press("\r")
    terminal.painted(sentences.NEW_NOTE)
    for _ in range(2):
        terminal.settle(_QUIET_SECONDS)
        terminal.press(_F4)
    terminal.settle(_QUIET_SECONDS)


def _without_draft(vault: Path) -> str:
    """The ID of a participant for whom a note begins without a question about an older draft, or about whom it is."""
    with opened(vault) as workspace:
        people = (hit.participant for hit in find_participants(workspace).hits if not hit.has_draft)
        return next(one.external_id for one in people if not namesakes(workspace, one.id, NameTier.FULL).others)


def _in_turns(ours: Terminal, theirs: Terminal, runs: int) -> tuple[list[list[float]], list[list[float]]]:
    chance = random.Random(7)
    middle: list[list[float]] = [[], []]
    slow: list[list[float]] = [[], []]
    for run in range(runs + 1):
        for place, terminal in enumerate((ours, theirs)):
            times = sorted(_typed(terminal, chance))
            terminal.press(_F7 + _BACKSPACE)
            terminal.wait(_SAVED_SECONDS)
            if run:
                middle[place].append(percentile(times, 0.5))
                slow[place].append(percentile(times, 0.95))
    return middle, slow


def _typed(terminal: Terminal, chance: random.Random) -> Iterator[float]:
    """Milliseconds from key to echo; the first letter of a word and the space before it are not timed."""
    for _ in range(_KEYS_IN_A_RUN // (_WORD - 1)):
        word = "".join(chance.choices(_LETTERS, k=_WORD))
        terminal.press(" " + word[0])
        terminal.settle(_QUIET_SECONDS)
        for end in range(2, _WORD + 1):
            time.sleep(chance.uniform(*_PAUSES_SECONDS))
            pressed = terminal.press(word[end - 1])
            yield (terminal.painted(word[:end]) - pressed) * 1000
