"""A vault of every released schema opens in today's program, and holds what it held."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from peernote_tui.repository import schema
from peernote_tui.services import backups, unlocking, verifying

ARCHIVE = Path(__file__).parents[1] / "archive"
ARCHIVED = sorted(path.name for path in ARCHIVE.iterdir() if path.is_dir())


@pytest.fixture(params=ARCHIVED)
def archived(request, tmp_path):
    """A copy of an archived vault, and what it has to hold."""
    folder = tmp_path / "old.peernote"
    shutil.copytree(ARCHIVE / request.param, folder)
    return folder, json.loads((folder / "expected.json").read_text(encoding="utf-8"))


def test_every_released_schema_is_archived():
    assert ARCHIVED
    known = [f"{number:04d}" for number in range(1, schema.newest_schema() + 1)]
    # A schema that no version was released with has no vaults to keep.
    assert [name for name in known if name in ARCHIVED] == ARCHIVED


def test_an_archived_vault_is_brought_to_today_and_keeps_everything(archived, clock):
    folder, expected = archived
    opened = unlocking.open_vault(folder, expected["passphrase"], clock=clock)
    try:
        assert schema.pending(opened.vault.connection) == ()
        counts = backups.look(opened.vault.connection).counts
        # What a later schema counts besides was not there yet.
        assert counts == {**dict.fromkeys(counts, 0), **expected["counts"]}
        connection = opened.vault.connection
        held = connection.execute("SELECT id, hash, document FROM notes ORDER BY sequence").fetchall()
        assert [tuple(row) for row in held] == [(row["id"], row["hash"], row["document"]) for row in expected["notes"]]
        before = connection.execute("SELECT hash FROM audit WHERE sequence = ?", (expected["log"]["length"],))
        assert before.fetchone()[0] == expected["log"]["head"]
        found = verifying.verify(opened)
        assert found.problems == ()
        assert found.notes == len(expected["notes"]) > 5
    finally:
        unlocking.close(opened)


def test_an_archived_vault_is_backed_up_before_it_is_changed(archived, clock):
    folder, expected = archived
    if expected["migrations"] == list(schema.migration_names()):
        pytest.skip("This one needs no change.")
    unlocking.close(unlocking.open_vault(folder, expected["passphrase"], clock=clock))
    (made,) = backups.backups_of(folder)
    # A snapshot of an older schema is read to its last page too.
    assert [each.problems for each in backups.check(folder, (made,), expected["passphrase"])] == [()]
    assert (made.manifest.kind, made.manifest.schema) == ("before-update", len(expected["migrations"]))
    assert (made.manifest.facts.log_length, made.manifest.facts.log_head) == (
        expected["log"]["length"],
        expected["log"]["head"],
    )


def test_an_archived_vault_opens_with_its_recovery_code(archived, clock):
    folder, expected = archived
    opened = unlocking.open_with_recovery_code(folder, expected["recovery_code"], clock=clock)
    unlocking.close(opened)
