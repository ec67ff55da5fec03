"""Every reader takes what it is given, or refuses it in words; the full run is `python -m reliability.fuzz`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from reliability.readers import READERS, Reader

from reliability import fuzz

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "peernote_tui"
READS = re.compile(r"\b(?:json\.loads?|tomllib\.loads?|read_toml|raw_decode|age\.decrypt_with_\w+|csv\.\w*reader)\(")
NOT_FROM_OUTSIDE = {
    "repository/drafts.py": "reads rows of the encrypted database, which refuse a changed byte",
    "repository/action_items.py": "the same",
    "repository/listed_actions.py": "the same",
    "repository/counting.py": "the same",
    "repository/addenda.py": "the same",
    "services/timeline.py": "reads rows of the encrypted database, which refuse a changed byte",
    "services/addendum_checks.py": "the same, and only after its hash and signature held",
    "repository/consents.py": "the same",
    "repository/finding.py": "the same",
    "repository/group_sessions.py": "the same",
    "services/protocol.py": "reads a file that ships with the program",
    "repository/notes.py": "the same",
    "repository/participant_changes.py": "the same",
    "repository/merges.py": "the same",
    "repository/participants.py": "the same",
    "repository/erasures.py": "the same",
    "repository/remembered.py": "the same",
    "repository/taken_records.py": "the same",
    "services/record_bytes.py": "opens an age file, as key slots do; what is in it goes to the reader of records",
}
MUTATIONS = 12


@pytest.fixture(scope="module")
def work():
    with fuzz.watched() as folder:
        yield folder


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_no_input_breaks_it(reader, work):
    figures = fuzz.fuzz(reader, MUTATIONS, work, heavy=False)
    assert figures.taken, "not even its own examples could be read"
    assert figures.examples > MUTATIONS


def test_a_reader_that_breaks_is_found(work):
    def careless(data, _folder):
        return data.decode("ascii")

    broken = Reader("careless", careless, lambda: (b"abc",), ())
    with pytest.raises(AssertionError, match="UnicodeDecodeError"):
        fuzz.fuzz(broken, MUTATIONS, work, heavy=False)


def test_a_reader_that_eats_memory_is_found(work):
    greedy = Reader("greedy", lambda data, _: data * 2000, lambda: (b"a" * 100_000,), ())
    with pytest.raises(AssertionError, match="MiB"):
        fuzz.fuzz(greedy, MUTATIONS, work, heavy=False)


def test_every_module_that_reads_is_under_fire():
    """A new reader of files joins `reliability/readers.py`, or says here why nothing from outside reaches it."""
    covered = {module for reader in READERS for module in reader.covers}
    reading = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if READS.search(path.read_text(encoding="utf-8"))
    }
    assert reading - covered - set(NOT_FROM_OUTSIDE) == set()
    assert {module for module in covered if not (SOURCE / module).is_file()} == set()


@pytest.mark.parametrize("name", ["1" * 5000, "\\ud800", "\\u0000"])
def test_a_damaged_note_of_a_restore_keeps_nobody_from_the_vault(name, tmp_path):
    reader = next(one for one in READERS if one.name == "note of a restore")
    assert reader.read(f'{{"aside": "{name}"}}'.encode(), tmp_path) is None
