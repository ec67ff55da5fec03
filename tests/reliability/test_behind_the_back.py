"""What SQL can do behind the program's back; the full run is `python -m reliability.behind_the_back`."""

from __future__ import annotations

import re
from importlib import resources

import pytest
from reliability.behind_the_back import FROZEN, SETTINGS, TAMPERINGS, Tally

from reliability import behind_the_back

SMALL = 9
"""Every how many of the ways to falsify are tried here; those that only an anchor shows always are."""


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    return behind_the_back.make_ground(tmp_path_factory.mktemp("ground"))


def test_the_database_refuses_every_statement(ground):
    tally = Tally()
    behind_the_back.try_statements(ground, tally, settings=SETTINGS[2:3])
    assert tally.missed == []
    assert tally.refused == len(FROZEN) * len(behind_the_back.REFUSED)


def test_verify_finds_what_is_falsified(ground, tmp_path):
    tally = Tally()
    chosen = tuple(each for number, each in enumerate(TAMPERINGS) if each.only_by_anchor or number % SMALL == 0)
    behind_the_back.try_tamperings(ground, tmp_path, tally, chosen=chosen)
    behind_the_back.try_replay(ground, tmp_path, tally)
    assert tally.missed == []
    assert (tally.found, tally.found_by_anchor) == (len(chosen) - 2, 3)


def test_an_untouched_vault_is_whole_and_a_harmless_change_is_not_called_found(ground, tmp_path):
    assert behind_the_back.verdict(ground.older, None) == ()
    tally = Tally()
    nothing = behind_the_back.Tampering("nothing at all", lambda _connection: None)
    behind_the_back.try_tamperings(ground, tmp_path, tally, chosen=(nothing,))
    assert tally.missed == ["nothing at all: not found"]


def test_every_frozen_table_takes_part():
    steps = resources.files("peernote_tui.repository.migrations").iterdir()
    text = "\n".join(step.read_text(encoding="utf-8") for step in steps if step.name.endswith(".sql"))
    kept = set(re.findall(r"CREATE TRIGGER \w+ BEFORE UPDATE ON (\w+)", text))
    assert kept - {"participants"} == set(FROZEN)
