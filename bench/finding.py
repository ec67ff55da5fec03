"""How long a key takes in the two boxes that find: people by name or ID, notes by their words."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from measuring import Pairs, Setting, milliseconds, percentile
from mishearing import MODELS
from people_vault import a_list, people_vault
from sqlcipher3 import dbapi2
from vaults import a_vault, opened

from peernote_tui.services.finding import find_participants, get_ready_to_find
from peernote_tui.services.notes import list_notes, search_notes, view_note
from peernote_tui.services.workspace import Workspace

FRAME_MS = 16.0

_NAMES = ("maria san", "devon", "tomas riv", "p-00012", "1975", "王", "ليلى", "mraia", "santso")
"""Names with and without accents, an ID, a year, two other scripts, and two slips of the finger."""
_COMMON = "the lease"
_HITS = 50
_CROWD = 20_000
_SEED = 5
_NAMES_A_MODEL = 12


def people_found(setting: Setting) -> list[Pairs]:
    """Every beginning of some names, one lookup a key, against a frame of 16 ms; a run is its 95th percentile."""
    lines = []
    for scale in setting.scales:
        folder, made = a_vault(setting, scale, "people")
        with opened(folder) as workspace:
            slow = [percentile(_lookups(workspace), 0.95) for _ in range(setting.runs + 1)][1:]
        what = f"finding a participant, per key, 95 of 100 within, {made.participants:,} participants"
        lines.append(Pairs(what, "one frame", slow, [FRAME_MS], 1))
    return lines


def crowd_searched(setting: Setting) -> list[Pairs]:
    """Every beginning of names typed with mistakes of all kinds, among 20,000 people, against a frame of 16 ms."""
    folder = setting.work / "crowd.peernote"
    people_vault(folder, _CROWD, seed=_SEED)
    chance = random.Random(_SEED)
    people = a_list(_CROWD, _SEED)
    typed = []
    for model in MODELS.values():
        for given, family, year in chance.sample(people, _NAMES_A_MODEL):
            query = model(given, family, chance) + (f" {year}" if chance.random() < 0.3 else "")
            typed += [query[:end] for end in range(1, len(query) + 1)]
    with opened(folder) as workspace:
        while not get_ready_to_find(workspace):
            pass
        on_the_clock, of_the_processor = [], []
        for _ in range(setting.runs):
            # What was typed in the run before helps no key of this one.
            workspace.people.fresh(workspace.vault).understood.clear()
            taken = [_both_times(workspace, query) for query in typed]
            on_the_clock.append(percentile([clock for clock, _ in taken], 0.95))
            of_the_processor.append(percentile([processor for _, processor in taken], 0.95))
    what = f"finding a participant, typed wrongly, per key, 95 of 100 within, {_CROWD:,} participants"
    return [
        Pairs(f"{what}, processor time", "one frame", of_the_processor, [FRAME_MS], 1),
        Pairs(f"{what}, on the clock", "one frame", on_the_clock, [FRAME_MS], 1),
    ]


def _both_times(workspace: Workspace, query: str) -> tuple[float, float]:
    """How long one look-up takes on the clock, and how much of it this process had the processor."""
    before = time.process_time()
    clock = milliseconds(lambda: find_participants(workspace, query))
    return clock, (time.process_time() - before) * 1000


def words_found(setting: Setting) -> list[Pairs]:
    """Full-text search per key against its own SQL on an unencrypted copy of the same database."""
    lines = []
    for scale in setting.scales:
        folder, made = a_vault(setting, scale, "words")
        plain = setting.work / f"plain-{scale:g}.db"
        with opened(folder) as workspace:
            _export(workspace, plain)
            with closing(dbapi2.connect(str(plain), isolation_level=None)) as bare:
                for name, typed in (("common", _COMMON), ("rare", _rare_word(workspace))):
                    found = _searched(workspace, bare, typed, setting.runs)
                    what = f"searching the notes for {name} words, per key, {made.notes:,} notes"
                    lines.append(Pairs(what, "the same queries on unencrypted SQLite", *found, 2))
    return lines


def _lookups(workspace: Workspace) -> list[float]:
    return [
        milliseconds(lambda typed=name[:end]: find_participants(workspace, typed))
        for name in _NAMES
        for end in range(1, len(name) + 1)
    ]


def _rare_word(workspace: Workspace) -> str:
    """A word of the newest note that hardly comes again; every note of the caseload begins with such a one."""
    newest = list_notes(workspace, limit=1).notes[0].id
    return view_note(workspace, newest).note.content.summary.split()[3].strip(".")


def _searched(workspace: Workspace, bare: dbapi2.Connection, typed: str, runs: int) -> tuple[list[float], list[float]]:
    ours, theirs = [], []
    for run in range(runs + 1):
        for end in range(3, len(typed) + 1):
            search: Callable[[], object] = lambda query=typed[:end]: search_notes(workspace, query, limit=_HITS)  # noqa: E731 timed twice
            # Asked once untimed on both sides, so that neither reads from the disk alone.
            statements = _statements_of(workspace, search)
            _run(bare, statements)
            time_ours = milliseconds(search)
            time_theirs = milliseconds(lambda statements=statements: _run(bare, statements))
            if run:
                ours.append(time_ours)
                theirs.append(time_theirs)
    return ours, theirs


def _statements_of(workspace: Workspace, act: Callable[[], object]) -> list[str]:
    """The SQL that an act asks of the vault, with its values in it."""
    heard: list[str] = []
    connection = workspace.vault.connection
    connection.set_trace_callback(heard.append)
    try:
        act()
    finally:
        connection.set_trace_callback(None)
    return [statement for statement in heard if statement.startswith("SELECT")]


def _run(connection: dbapi2.Connection, statements: list[str]) -> None:
    for statement in statements:
        connection.execute(statement).fetchall()


def _export(workspace: Workspace, plain: Path) -> None:
    connection = workspace.vault.connection
    connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
    connection.execute("SELECT sqlcipher_export('plain')")
    connection.execute("DETACH DATABASE plain")
