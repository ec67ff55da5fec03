"""What the disk refuses once is asked again, and nothing is done twice, half or not at all without a word."""

from __future__ import annotations

import shutil
import sys

import pytest
from sqlcipher3 import dbapi2

from peernote_tui.domain.errors import (
    DiskFaultError,
    NotFoundError,
    ReadOnlyFolderError,
    RefusedError,
    VaultDamagedError,
    VaultFullError,
    VaultGoneError,
    VaultInUseError,
)
from peernote_tui.services import enduring, notes, rescuing, unlocking, verifying, writing
from peernote_tui.services.enduring import endure
from peernote_tui.vault import files, reserve
from peernote_tui.vault.lock import VaultLock
from peernote_tui.vault.read_only import ReadOnlyReason


def database_error(code):
    error = dbapi2.OperationalError("CANARY of the engine")
    error.sqlite_errorcode = code
    return error


class Faulty:
    """A connection that fails at a statement a number of times; `after` does the statement first all the same."""

    def __init__(self, real, word, code, *, times=1, after=False):
        self._real, self._word, self._code, self._times, self._after = real, word, code, times, after

    def __getattr__(self, name):
        return getattr(self._real, name)

    def execute(self, sql, *values):
        if self._times and sql.lstrip().startswith(self._word):
            self._times -= 1
            if self._after:
                self._real.execute(sql, *values)
            elif self._real.in_transaction:
                self._real.execute("ROLLBACK")
            raise database_error(self._code)
        return self._real.execute(sql, *values)


@pytest.fixture
def break_at(workspace):
    """Let the open connection fail: `break_at("COMMIT", dbapi2.SQLITE_IOERR)`."""

    def break_at(word, code, **how):
        workspace.vault.connection = Faulty(workspace.vault.connection, word, code, **how)

    return break_at


@pytest.fixture
def waits():
    """The pauses that were made, in seconds; nobody waits for them."""
    return []


@pytest.fixture
def do(workspace, waits):
    """Let a service do one thing as the screens do: `do(writing.save_draft, draft)`."""
    return lambda verb, *args, **more: endure(workspace, lambda opened: verb(opened, *args, **more), sleep=waits.append)


@pytest.fixture
def draft(consented, write_draft):
    stored = write_draft(consented)
    return stored.model_copy(update={"content": stored.content.model_copy(update={"summary": "Words typed since."})})


def summary(workspace, draft):
    return writing.get_draft(workspace, draft.id).content.summary


def reserve_of(workspace):
    return workspace.vault.folder / "reserve"


class TestAFullDisk:
    @pytest.fixture
    def full(self, workspace, monkeypatch):
        """A vault that may not grow by a page, and gets `room` pages when the reserve is given up."""

        def fill(*, room):
            connection = workspace.vault.connection
            # What secure_delete and free pages leave would take many saves.
            connection.execute("VACUUM")
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages}")
            monkeypatch.setattr(reserve, "ROOM_BYTES", 2**62)
            give_up = reserve.give_up

            def give_up_and_grow(folder):
                given = give_up(folder)
                connection.execute(f"PRAGMA max_page_count = {pages + (room if given else 0)}")
                return given

            monkeypatch.setattr(reserve, "give_up", give_up_and_grow)

        return fill

    @pytest.fixture
    def long(self, draft):
        return draft.model_copy(update={"content": draft.content.model_copy(update={"summary": "long " * 3000})})

    def test_the_reserve_is_given_up_and_the_draft_stored(self, workspace, full, do, long, waits):
        full(room=500)
        do(writing.save_draft, long)
        assert summary(workspace, long) == long.content.summary
        assert not reserve_of(workspace).exists()
        assert workspace.standing.reserve_used
        assert waits == []

    def test_a_note_is_signed_with_it_once(self, workspace, full, do, long, waits):
        writing.save_draft(workspace, long)
        full(room=500)
        signed = do(writing.sign_note, long.id)
        assert notes.list_notes(workspace).total == 1
        assert notes.list_notes(workspace).notes[0].id == signed.id
        assert verifying.verify(workspace).ok

    def test_the_second_refusal_is_told_and_nothing_half_written(self, workspace, full, do, long):
        before = summary(workspace, long)
        full(room=0)
        for _ in range(2):
            with pytest.raises(VaultFullError, match="no room"):
                do(writing.save_draft, long)
        assert summary(workspace, long) == before
        assert rescuing.rescue_draft(workspace, long).is_file()

    def test_the_reserve_is_made_again_as_soon_as_there_is_room(self, workspace, full, do, long, draft, monkeypatch):
        full(room=500)
        do(writing.save_draft, long)
        do(writing.save_draft, draft)
        assert workspace.standing.reserve_used
        monkeypatch.setattr(reserve, "ROOM_BYTES", 0)
        do(writing.save_draft, long)
        assert not workspace.standing.reserve_used
        assert reserve_of(workspace).stat().st_size == reserve.RESERVE_BYTES

    def test_a_disk_that_stays_full_keeps_nobody_from_opening(self, workspace, passphrase, clock, monkeypatch):
        unlocking.close(workspace)
        monkeypatch.setattr(reserve, "give_up", lambda _folder: False)
        monkeypatch.setattr(reserve, "make_again", lambda _folder: False)

        def refuse(*_):
            raise VaultFullError("There is no room left on the disk.")

        monkeypatch.setattr(unlocking, "notice_changes", refuse)
        opened = unlocking.open_vault(workspace.vault.folder, passphrase, clock=clock)
        assert opened.standing.reserve_used
        unlocking.close(opened)

    def test_opening_makes_a_missing_reserve_again(self, workspace, passphrase, clock):
        unlocking.close(workspace)
        reserve_of(workspace).write_bytes(b"half")
        opened = unlocking.open_vault(workspace.vault.folder, passphrase, clock=clock)
        assert reserve_of(workspace).stat().st_size == reserve.RESERVE_BYTES
        assert not opened.standing.reserve_used
        unlocking.close(opened)

    def test_a_refusal_of_another_disk_costs_no_reserve(self, workspace, do, tmp_path):
        def elsewhere(_workspace):
            raise files.disk_full(tmp_path)

        with pytest.raises(files.DiskFullError):
            do(elsewhere)
        assert reserve_of(workspace).exists()

    @pytest.mark.skipif(not hasattr(shutil, "disk_usage"), reason="needs the size of the disk")
    def test_the_reserve_is_given_up_when_a_full_disk_speaks_of_other_faults(self, workspace, do, draft, break_at):
        usage = shutil.disk_usage

        def full(_place):
            return usage("/")._replace(free=0)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(shutil, "disk_usage", full)
            break_at("BEGIN IMMEDIATE", dbapi2.SQLITE_CANTOPEN)
            do(writing.save_draft, draft)
        assert not reserve_of(workspace).exists()
        assert summary(workspace, draft) == draft.content.summary


class TestAFaultOfTheDisk:
    @pytest.mark.parametrize("word", ["BEGIN IMMEDIATE", "UPDATE drafts", "COMMIT"])
    def test_a_draft_is_sent_again_on_a_new_connection(self, workspace, break_at, do, draft, word, waits):
        break_at(word, dbapi2.SQLITE_IOERR)
        before = workspace.vault.connection
        do(writing.save_draft, draft)
        assert workspace.vault.connection is not before
        assert summary(workspace, draft) == draft.content.summary
        assert waits == [enduring.PAUSES_SECONDS[0]]

    @pytest.mark.parametrize("arrived", [False, True])
    def test_a_commit_that_broke_off_signs_one_note(self, workspace, break_at, do, draft, arrived):
        writing.save_draft(workspace, draft)
        break_at("COMMIT", dbapi2.SQLITE_IOERR, after=arrived)
        signed = do(writing.sign_note, draft.id)
        assert signed.state == "signed"
        assert [row.id for row in notes.list_notes(workspace).notes] == [signed.id]
        with pytest.raises(NotFoundError):
            writing.get_draft(workspace, draft.id)
        assert verifying.verify(workspace).ok

    def test_a_commit_that_arrived_begins_one_draft(self, workspace, break_at, do, consented):
        break_at("COMMIT", dbapi2.SQLITE_IOERR, after=True)
        begun = do(writing.start_draft, consented.id)
        assert [row.draft.id for row in writing.open_drafts(workspace, consented.id)] == [begun.id]

    def test_a_commit_that_cannot_be_looked_after_is_told_as_such(self, workspace, break_at, consented, monkeypatch):
        break_at("COMMIT", dbapi2.SQLITE_IOERR, after=True)
        monkeypatch.setattr(type(workspace.vault), "reopen", _away)
        with pytest.raises(DiskFaultError, match="cannot be told yet"):
            writing.start_draft(workspace, consented.id)

    def test_a_fault_that_stays_is_told_and_the_next_call_tries_again(self, workspace, break_at, do, draft, waits):
        before = summary(workspace, draft)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(type(workspace.vault), "reopen", _away)
            break_at("COMMIT", dbapi2.SQLITE_IOERR)
            with pytest.raises(VaultGoneError):
                do(writing.save_draft, draft)
        assert waits == list(enduring.PAUSES_SECONDS)
        assert do(writing.get_draft, draft.id).content.summary == before
        do(writing.save_draft, draft)
        assert summary(workspace, draft) == draft.content.summary

    def test_what_a_rule_refuses_is_not_asked_twice(self, workspace, do, draft):
        asked = []

        def refuse(_workspace):
            asked.append(1)
            raise RefusedError("No.")

        with pytest.raises(RefusedError):
            do(refuse)
        assert asked == [1]

    def test_one_bad_read_is_no_damage(self, workspace, break_at, do, draft):
        break_at("SELECT", dbapi2.SQLITE_NOTADB)
        assert do(writing.get_draft, draft.id).id == draft.id

    def test_damage_that_stays_is_told_after_one_new_connection(self, workspace, do, waits):
        def damaged(_workspace):
            raise VaultDamagedError("A part of the vault does not read as it should.")

        with pytest.raises(VaultDamagedError):
            do(damaged)
        assert len(waits) == 1

    def test_a_damaged_vault_that_is_looked_at_keeps_its_connection(self, workspace, break_at, do, draft):
        workspace.vault.read_only_because = ReadOnlyReason.DAMAGED
        break_at("SELECT", dbapi2.SQLITE_CORRUPT)
        before = workspace.vault.connection
        with pytest.raises(VaultDamagedError):
            do(writing.get_draft, draft.id)
        assert workspace.vault.connection is before

    @pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
    def test_a_file_that_may_not_grow_for_a_while_loses_nothing(self, workspace, draft):
        import resource

        size = (workspace.vault.folder / "vault.db").stat().st_size
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        long = draft.model_copy(update={"content": draft.content.model_copy(update={"summary": "long " * 30_000})})
        pauses = []

        def lift(seconds):
            pauses.append(seconds)
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
        try:
            endure(workspace, lambda opened: writing.save_draft(opened, long), sleep=lift)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert len(pauses) == 1
        assert summary(workspace, long) == long.content.summary
        assert verifying.verify(workspace).ok


def _away(self):
    self.is_connected = False
    self.connection.close()
    raise VaultGoneError("The vault's folder is no longer there.")


class TestAFolderThatGoesAway:
    def test_it_is_told_and_the_next_save_after_its_return_works(self, workspace, break_at, do, draft):
        folder = workspace.vault.folder
        elsewhere = folder.with_name("pulled out")
        break_at("COMMIT", dbapi2.SQLITE_IOERR)
        folder.rename(elsewhere)
        with pytest.raises(VaultGoneError, match="no longer there"):
            do(writing.save_draft, draft)
        assert not folder.exists()
        with pytest.raises(VaultGoneError):
            do(writing.get_draft, draft.id)
        elsewhere.rename(folder)
        do(writing.save_draft, draft)
        assert summary(workspace, draft) == draft.content.summary

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows does not let an open file go")
    @pytest.mark.parametrize("gone", ["moved", "deleted"])
    def test_a_folder_that_goes_without_an_error_does_not_take_words_with_it(self, workspace, do, draft, gone):
        folder = workspace.vault.folder
        elsewhere = folder.with_name("elsewhere")
        shutil.copytree(folder, elsewhere)
        if gone == "deleted":
            shutil.rmtree(folder)
        else:
            folder.rename(folder.with_name("moved"))
        with pytest.raises(VaultGoneError):
            do(writing.save_draft, draft)
        assert rescuing.rescue_draft(workspace, draft).is_file()
        elsewhere.rename(folder)
        do(writing.save_draft, draft)
        assert summary(workspace, draft) == draft.content.summary

    def test_an_empty_mount_point_is_not_filled(self, workspace, break_at, do, draft):
        folder = workspace.vault.folder
        elsewhere = folder.with_name("pulled out")
        break_at("COMMIT", dbapi2.SQLITE_IOERR)
        folder.rename(elsewhere)
        folder.mkdir()
        with pytest.raises(VaultGoneError):
            do(writing.save_draft, draft)
        assert list(folder.iterdir()) == []
        folder.rmdir()
        elsewhere.rename(folder)
        do(writing.save_draft, draft)

    def test_another_vault_in_its_place_is_not_written(self, workspace, break_at, do, draft, new_workspace):
        other = new_workspace()
        unlocking.close(other)
        folder = workspace.vault.folder
        folder.rename(folder.with_name("pulled out"))
        shutil.copytree(other.vault.folder, folder)
        before = (folder / "vault.db").read_bytes()
        break_at("COMMIT", dbapi2.SQLITE_IOERR)
        with pytest.raises(VaultGoneError, match="Another vault"):
            do(writing.save_draft, draft)
        assert (folder / "vault.db").read_bytes() == before

    def test_the_lock_is_held_anew_on_the_drive_that_came_back(self, workspace, break_at, do, draft):
        folder = workspace.vault.folder
        folder.rename(folder.with_name("pulled out"))
        shutil.copytree(folder.with_name("pulled out"), folder)
        break_at("COMMIT", dbapi2.SQLITE_IOERR)
        do(writing.save_draft, draft)
        with pytest.raises(VaultInUseError):
            VaultLock.acquire(folder)


class TestAFolderThatBecomesReadOnly:
    def test_reading_goes_on_and_changes_are_refused(self, workspace, break_at, do, draft, write_protected):
        before = summary(workspace, draft)
        break_at("COMMIT", dbapi2.SQLITE_READONLY)
        with write_protected(workspace.vault.folder):
            with pytest.raises(ReadOnlyFolderError):
                do(writing.save_draft, draft)
            assert workspace.vault.read_only_because is ReadOnlyReason.FOLDER
            assert do(writing.get_draft, draft.id).content.summary == before
        do(writing.save_draft, draft)
        assert not workspace.vault.read_only
        assert summary(workspace, draft) == draft.content.summary
