"""What every test of the command line needs: walls, a light vault, and the entry point itself."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from peernote_tui.cli import main as entry
from peernote_tui.cli.command_line import build_parser
from peernote_tui.services import system_clock, unlocking

# A module that is imported for the first time while a test patches another would keep what was patched.
build_parser()
PHRASE = "violin glacier walnut pepper"
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
"""A Monday."""


@dataclass(frozen=True)
class Result:
    """What one command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


class FixedClock:
    """Stands still, so that what is typed is understood the same way every day."""

    zone = "UTC"

    def now(self):
        return NOW


@pytest.fixture(autouse=True)
def walls(tmp_path, monkeypatch):
    """Keep tests away from the home, the configuration and the vault of whoever runs them."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.delenv("PEERNOTE_VAULT", raising=False)
    for name in [name for name in os.environ if name.upper().startswith("TEXTUAL")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return home


@pytest.fixture
def in_process(monkeypatch):
    """Leave the test process itself as it is, and make key slots light."""
    hardened = []
    monkeypatch.setattr("peernote_tui.vault.process.harden", hardened.append)
    monkeypatch.setattr(unlocking, "WORK_FACTOR", 2)
    monkeypatch.setattr(system_clock, "SystemClock", FixedClock)
    return hardened


@pytest.fixture
def peernote(in_process, capfd, monkeypatch):
    """Run one command: `peernote("notes", "list", stdin="…")`."""

    def run(*argv, stdin=None):
        data = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data or b""), encoding="utf-8"))
        capfd.readouterr()
        code = entry.main([str(word) for word in argv])
        out, err = capfd.readouterr()
        return Result(int(code), out, err)

    return run


@pytest.fixture
def phrase_file(tmp_path):
    path = tmp_path / "P"
    path.write_text(PHRASE + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def _vaults_to_copy():
    """What the first test of this process made, by fixture: the folder, and the recovery code."""
    return {}


@pytest.fixture
def once_made(_vaults_to_copy, tmp_path, tmp_path_factory):
    """Put a vault in place that only the first test makes: `code = once_made("maria", make)`."""
    folder = tmp_path / "vault.peernote"

    def put(name, make):
        if name not in _vaults_to_copy:
            code = make()
            _vaults_to_copy[name] = (shutil.copytree(folder, tmp_path_factory.mktemp("vaults") / name), code)
        else:
            shutil.copytree(_vaults_to_copy[name][0], folder, dirs_exist_ok=True)
        return _vaults_to_copy[name][1]

    return put


@pytest.fixture
def vault(peernote, phrase_file, tmp_path, monkeypatch, once_made):
    """A vault that PEERNOTE_VAULT names; gives a runner that hands over the passphrase."""
    monkeypatch.setenv("PEERNOTE_VAULT", str(tmp_path / "vault.peernote"))

    def init():
        made = peernote(
            "init", "--name", "Sam Rivera", "--credential", "CPS", "--passphrase-file", phrase_file, "--json"
        )
        assert made.code == 0, made.err
        return made.json["recovery_code"]

    def run(*argv, stdin=None):
        return peernote(*argv, "--passphrase-file", phrase_file, stdin=stdin)

    run.recovery_code = once_made("vault", init)
    run.folder = tmp_path / "vault.peernote"
    return run


@pytest.fixture
def maria(vault, once_made):
    """The vault with a participant who agreed to notes."""

    def add():
        vault("participants", "add", "--name", "Maria Santos", "--pronouns", "she/her", "--age", "34", "--id", "M-0042")
        assert vault("consents", "give", "M-0042", "--how", "verbal").code == 0

    once_made("maria", add)
    return vault


@pytest.fixture
def note_file(tmp_path):
    """Write a note file: `note_file(summary="…")`; keyword arguments change the content."""

    def write(name="note.json", *, participant="M-0042", **changes):
        content = {
            "kind": "individual",
            "mode": "in_person",
            "place": "coffee shop, Elm St",
            "day": "2026-11-23",
            "start": "14:00",
            "end": "14:45",
            "concern_tags": ["anxiety", "housing"],
            "summary": "We read the second notice together.",
            "techniques": ["grounding"],
            "response": "Breathing slowed.",
            "own_words": "I can do this if someone sits next to me.",
            "agreed_actions": [{"text": "call housing office", "owner": "me", "due": "2026-11-27"}],
            "next_contact": {"day": "2026-11-30", "at": "14:00"},
            **changes,
        }
        path = tmp_path / name
        note = {"format": "peernote.note", "version": 1, "participant": participant, "content": content}
        path.write_text(json.dumps(note), encoding="utf-8")
        return path

    return write
