"""The n-th file operation fails, and nothing acknowledged is lost; the whole proof is `python -m reliability.faults`.

What a fault once brought to light is tested here by itself too.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from peernote_tui.domain.errors import DiskFullError, ReadOnlyFolderError, StorageError, VaultDamagedError
from peernote_tui.repository import schema
from peernote_tui.services import backups, unlocking
from peernote_tui.vault import connection as database
from peernote_tui.vault import files, layout

ROOT = Path(__file__).parents[2]
EIO = OSError(errno.EIO, "Input/output error")


def shim():
    if sys.platform == "win32":
        pytest.skip("faults are injected on Linux with glibc only")
    from reliability import shim

    if reason := shim.why_not():
        pytest.skip(reason)
    return shim


@pytest.mark.slow
def test_every_nth_operation_fails_and_nothing_is_lost(tmp_path):
    shim()
    code = [sys.executable, "-m", "reliability.faults", "--in", str(tmp_path), "--every", "8"]
    done = subprocess.run(
        [*code, "--operations", "autosave", "unlock", "--faults", "write EIO once", "read EIO once", "open EIO once"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.splitlines()[-1].split()[0]) >= 8, done.stdout
    assert " 0 wrong" in done.stdout


@pytest.fixture
def closed(workspace):
    """The folder of a vault that is closed."""
    unlocking.close(workspace)
    return workspace.vault.folder


def refusing(monkeypatch, path, *names, error=EIO):
    """Let some of the operations of `Path` fail for one path."""
    for name in names:
        real = getattr(Path, name)

        def refuse(self, *args, real=real, **kwargs):
            if self == path:
                raise error
            return real(self, *args, **kwargs)

        monkeypatch.setattr(Path, name, refuse)


@pytest.fixture
def cut_off(closed):
    """A restore cut off between its two renames: the vault lies aside, and nothing in its place."""
    making = closed.with_name(closed.name + layout.RESTORING_SUFFIX)
    making.mkdir()
    aside = closed.with_name("aside.peernote")
    layout.begin_swap(making, aside)
    closed.rename(aside)
    return closed, making / "restore.json"


def test_a_note_of_a_restore_that_does_not_read_is_not_taken_for_no_vault(cut_off, monkeypatch, passphrase, clock):
    folder, note = cut_off
    with monkeypatch.context() as patch:
        refusing(patch, note, "read_bytes")
        with pytest.raises(StorageError, match="refused"):
            unlocking.open_vault(folder, passphrase, clock=clock)
    unlocking.close(unlocking.open_vault(folder, passphrase, clock=clock))


def test_a_folder_that_the_disk_does_not_show_is_not_taken_for_absent(closed, monkeypatch, passphrase, clock):
    refusing(monkeypatch, closed, "lstat")
    with pytest.raises(StorageError, match="refused"):
        unlocking.open_vault(closed, passphrase, clock=clock)
    with pytest.raises(StorageError, match="refused"):
        layout.inspect(closed)


def test_a_disk_that_does_not_give_a_page_is_told_from_damage(closed, monkeypatch, passphrase, clock):
    def damaged(*_args, **_kwargs):
        raise error

    error = dbapi2.DatabaseError("database disk image is malformed")
    error.sqlite_errorcode = 11
    monkeypatch.setattr(database, "_attempt", damaged)
    monkeypatch.setattr(database, "_PAUSES_SECONDS", ())
    with monkeypatch.context() as patch:
        refusing(patch, closed / "vault.db", "open")
        with pytest.raises(StorageError, match="refused"):
            unlocking.open_vault(closed, passphrase, clock=clock)
    with pytest.raises(VaultDamagedError):
        unlocking.open_vault(closed, passphrase, clock=clock)


def test_one_page_that_was_not_given_while_unlocking_is_asked_for_again(closed, monkeypatch, passphrase, clock):
    real, failed = schema.pending, []

    def once(connection):
        if not failed:
            failed.append(1)
            raise VaultDamagedError("A part of the vault does not read as it should.")
        return real(connection)

    monkeypatch.setattr(schema, "pending", once)
    unlocking.close(unlocking.open_vault(closed, passphrase, clock=clock))
    assert failed


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes what is read-only")
def test_a_database_that_opens_for_reading_only_is_said_before_anything_is_written(closed, passphrase, clock):
    (closed / "vault.db").chmod(0o400)
    with pytest.raises(ReadOnlyFolderError):
        unlocking.open_vault(closed, passphrase, clock=clock)


def test_a_connection_that_only_reads_cannot_hold_the_vault(raw_connection, workspace):
    raw_connection().close()
    only_reads = dbapi2.connect(database._uri(workspace.vault.folder / "vault.db", "mode=ro"), uri=True)
    try:
        only_reads.set_key(workspace.vault.data_key.for_sqlcipher().encode("ascii"))
        with pytest.raises(dbapi2.OperationalError, match="readonly"):
            database.hold(only_reads)
    finally:
        only_reads.close()


def test_what_the_disk_says_about_a_new_file_is_said(tmp_path, monkeypatch):
    assert files.why_unwritable(tmp_path) is None
    assert list(tmp_path.iterdir()) == []
    full = OSError(errno.ENOSPC, "No space left on device")
    monkeypatch.setattr(os, "fsync", lambda _handle: (_ for _ in ()).throw(full))
    assert isinstance(files.why_unwritable(tmp_path), DiskFullError)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("code", [10, 11, 26])
def test_a_disk_that_refuses_while_a_vault_is_made_is_no_damage(tmp_path, monkeypatch, passphrase, clock, code):
    def refuse(_connection):
        error = dbapi2.OperationalError("disk I/O error")
        error.sqlite_errorcode = code
        raise error

    monkeypatch.setattr(database, "hold", refuse)
    with pytest.raises(StorageError, match="refused") as told:
        unlocking.create_vault(tmp_path / "v", passphrase, author_name="A", credential="", clock=clock, work_factor=10)
    assert not isinstance(told.value, DiskFullError)


def test_a_step_of_the_schema_that_the_disk_refuses_is_said_in_words(workspace, monkeypatch):
    class Refusing:
        in_transaction = False

        def execute(self, *_):
            error = dbapi2.OperationalError("disk I/O error")
            error.sqlite_errorcode = 10
            raise error

    for act in (schema.pending, lambda connection: schema.migrate(connection, workspace.clock.now())):
        with pytest.raises(StorageError):
            act(Refusing())


class TestRestoring:
    @pytest.fixture
    def made(self, workspace, consented):
        made = backups.back_up(workspace)
        unlocking.close(workspace)
        return made

    def test_a_backup_that_the_disk_does_not_give_is_not_called_damaged(self, workspace, made, monkeypatch, passphrase):
        refusing(monkeypatch, made.database, "open")
        with pytest.raises(StorageError, match="refused"):
            backups.begin_restore(workspace.vault.folder, made, passphrase)

    def test_one_read_that_failed_is_not_believed(self, workspace, made, monkeypatch, passphrase):
        from peernote_tui.vault import restore

        real, asked = restore.problems, []

        def once(*args, **kwargs):
            asked.append(1)
            return ("error reading 4096 bytes from file page 6",) if len(asked) == 1 else real(*args, **kwargs)

        monkeypatch.setattr(restore, "problems", once)
        backups.begin_restore(workspace.vault.folder, made, passphrase).close()
        assert len(asked) == 2

    def test_a_damaged_one_is_called_damaged(self, workspace, made, passphrase):
        shutil.copyfile(made.path / "manifest.json", made.database)
        with pytest.raises(VaultDamagedError):
            backups.begin_restore(workspace.vault.folder, made, passphrase)
