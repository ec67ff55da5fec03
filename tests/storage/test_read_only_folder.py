"""A vault in a folder that cannot be written: it opens for reading, says so, and nothing is written anywhere."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from peernote_tui.domain.errors import ReadOnlyFolderError, VaultInUseError
from peernote_tui.domain.participant import ParticipantDetails
from peernote_tui.services import notes, participants, unlocking, writing
from peernote_tui.vault.lock import VaultLock
from peernote_tui.vault.read_only import ReadOnlyReason

posix = pytest.mark.skipif(sys.platform == "win32", reason="permissions and locks of POSIX")


@pytest.fixture
def closed(workspace, consented, write_note, write_draft):
    """The folder of a closed vault with one note and one draft."""
    write_note(consented, summary="Read me.")
    write_draft(consented, summary="Not signed.")
    unlocking.close(workspace)
    return workspace.vault.folder


@pytest.fixture
def open_it(closed, passphrase, clock):
    opened = []

    def open_it():
        opened.append(unlocking.open_vault(closed, passphrase, clock=clock))
        return opened[-1]

    yield open_it
    for each in opened:
        unlocking.close(each)


def state_of(folder):
    return {path: (path.stat().st_mtime_ns, path.is_file() and path.read_bytes()) for path in folder.rglob("*")}


def test_it_opens_for_reading_and_nothing_is_written(closed, open_it, write_protected, consented):
    before = state_of(closed)
    with write_protected(closed):
        opened = open_it()
        (row,) = notes.list_notes(opened).notes
        assert notes.view_note(opened, row.id).note.content.summary == "Read me."
        assert len(writing.open_drafts(opened, consented.id)) == 1
        assert opened.vault.read_only_because is ReadOnlyReason.FOLDER
        unlocking.close(opened)
    assert state_of(closed) == before


def test_every_change_is_refused_with_the_way_out(closed, open_it, write_protected, consented):
    with write_protected(closed):
        opened = open_it()
        draft = writing.open_drafts(opened)[0].draft
        for change in (
            lambda: writing.save_draft(opened, draft),
            lambda: writing.start_draft(opened, consented.id),
            lambda: writing.sign_note(opened, draft.id),
            lambda: participants.add_participant(opened, ParticipantDetails(name="Ana")),
            lambda: unlocking.change_passphrase(opened, "another one that is long", work_factor=10),
        ):
            with pytest.raises(ReadOnlyFolderError) as refused:
                change()
            assert "write-protected" in refused.value.way_out


@pytest.mark.parametrize("writable", ["vault.lock", "vault.db"])
def test_one_file_that_cannot_be_written_is_enough(closed, open_it, write_protected, writable):
    with write_protected(closed, but=writable):
        assert open_it().vault.read_only_because is ReadOnlyReason.FOLDER


def test_a_drive_without_the_lock_file_opens_too(closed, open_it, write_protected):
    (closed / "vault.lock").unlink()
    (closed / "vault.db-journal").unlink(missing_ok=True)
    with write_protected(closed):
        assert open_it().vault.read_only
        assert not (closed / "vault.lock").exists()


@posix
def test_two_may_read_at_once_but_not_beside_one_who_writes(closed, open_it, write_protected):
    with write_protected(closed):
        open_it()
        open_it()
    with pytest.raises(VaultInUseError), VaultLock.acquire(closed):
        pass


@posix
def test_whoever_writes_keeps_readers_out(closed, open_it, write_protected):
    writer = open_it()
    with write_protected(closed), pytest.raises(VaultInUseError):
        open_it()
    assert not writer.vault.read_only


def test_a_change_that_was_cut_off_is_told_and_left_as_it_is(closed, open_it, write_protected, passphrase, clock):
    cut_off = closed.with_name("cut off.peernote")
    opened = open_it()
    # A copy in the middle of a commit is what a pulled plug leaves behind; a small cache writes pages early.
    opened.vault.connection.execute("PRAGMA cache_size = 1")
    opened.vault.connection.execute("BEGIN IMMEDIATE")
    opened.vault.connection.execute("CREATE TABLE filler (noise BLOB)")
    opened.vault.connection.executemany("INSERT INTO filler VALUES (randomblob(?))", [(900,)] * 300)
    shutil.copytree(closed, cut_off)
    opened.vault.connection.execute("ROLLBACK")
    assert (cut_off / "vault.db-journal").stat().st_size
    before = state_of(cut_off)
    with write_protected(cut_off), pytest.raises(ReadOnlyFolderError, match="was cut off"):
        unlocking.open_vault(cut_off, passphrase, clock=clock)
    assert state_of(cut_off) == before
    unlocking.close(unlocking.open_vault(cut_off, passphrase, clock=clock))


def test_an_old_vault_that_cannot_be_brought_up_to_date_says_so(write_protected, tmp_path, clock):
    folder = tmp_path / "old.peernote"
    shutil.copytree(Path(__file__).parents[1] / "archive" / "0001", folder)
    passphrase = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["passphrase"]
    with write_protected(folder), pytest.raises(ReadOnlyFolderError, match="older PeerNote"):
        unlocking.open_vault(folder, passphrase, clock=clock)
