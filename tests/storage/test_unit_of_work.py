"""One act, one transaction; and errors that carry nothing of what was to be stored."""

from __future__ import annotations

import traceback

import pytest
from sqlcipher3 import dbapi2

from peernote_tui.domain.errors import (
    DiskFaultError,
    DiskFullError,
    NoteSignedError,
    PeerNoteError,
    ReadOnlyFolderError,
    RefusedError,
    StorageError,
    VaultDamagedError,
    VaultFullError,
)
from peernote_tui.repository.rows import insert
from peernote_tui.repository.unit_of_work import UnitOfWork, told, translate

CANARY = "CANARY-own-words"


@pytest.fixture
def connection(workspace):
    return workspace.vault.connection


def names(connection):
    return [row[0] for row in connection.execute("SELECT name FROM participants ORDER BY name")]


def rename(connection, name):
    connection.execute("UPDATE participants SET name = ?", (name,))


@pytest.mark.usefixtures("participant")
class TestEnding:
    def test_what_is_not_committed_is_rolled_back(self, connection):
        with UnitOfWork(connection):
            rename(connection, "changed")
        assert names(connection) == ["Maria Santos"]
        assert not connection.in_transaction

    def test_what_is_committed_stays(self, connection):
        with UnitOfWork(connection) as work:
            rename(connection, "changed")
            work.commit()
            assert not connection.in_transaction
        assert names(connection) == ["changed"]

    @pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
    def test_any_exception_rolls_back_and_goes_on(self, connection, error):
        def act():
            with UnitOfWork(connection):
                rename(connection, "changed")
                raise error

        with pytest.raises(error):
            act()
        assert names(connection) == ["Maria Santos"]
        assert not connection.in_transaction

    def test_an_exception_after_the_commit_undoes_nothing(self, connection):
        def act():
            with UnitOfWork(connection) as work:
                rename(connection, "changed")
                work.commit()
                raise ValueError

        with pytest.raises(ValueError):
            act()
        assert names(connection) == ["changed"]

    def test_a_reading_transaction_is_never_committed(self, connection):
        def act():
            with UnitOfWork(connection, reading=True) as work:
                rename(connection, "changed")
                work.commit()

        with pytest.raises(RuntimeError):
            act()
        assert names(connection) == ["Maria Santos"]

    def test_a_transaction_in_a_transaction_is_refused_and_the_outer_one_goes_on(self, connection):
        with UnitOfWork(connection) as outer:
            rename(connection, "changed")
            with pytest.raises(StorageError), UnitOfWork(connection):
                pass
            outer.commit()
        assert names(connection) == ["changed"]


def database_error(code, text="", kind=dbapi2.OperationalError):
    error = kind(text)
    error.sqlite_errorcode = code
    return error


class FailingConnection:
    """A connection on which one kind of statement fails."""

    def __init__(self, real, word, error):
        self.real, self.word, self.error = real, word, error

    @property
    def in_transaction(self):
        return self.real.in_transaction

    def execute(self, sql, *values):
        if sql.startswith(self.word):
            raise self.error
        return self.real.execute(sql, *values)


@pytest.mark.parametrize("word", ["BEGIN", "COMMIT"])
def test_an_error_at_begin_or_commit_is_translated(connection, word):
    failing = FailingConnection(connection, word, database_error(dbapi2.SQLITE_FULL, "whatever"))
    with pytest.raises(DiskFullError), UnitOfWork(failing) as work:
        work.commit()
    assert not connection.in_transaction


def test_a_failing_rollback_does_not_hide_what_was_refused(connection):
    failing = FailingConnection(connection, "ROLLBACK", dbapi2.OperationalError("cannot rollback"))
    with pytest.raises(RefusedError, match="rule"), UnitOfWork(failing):
        raise RefusedError("A rule.")
    connection.execute("ROLLBACK")


def no_such_column(connection):
    statement = 'SELECT "{}".x FROM participants'
    connection.execute(statement.format(CANARY))


def broken_statement(connection):
    connection.execute(f"SELEC '{CANARY}'")


def wrong_type(connection):
    connection.execute(
        "INSERT INTO audit (sequence, at, by, action, previous, hash) VALUES (?, '', '', '', '', '')", (CANARY,)
    )


def missing_value(connection):
    connection.execute("INSERT INTO authors (id, name, public_key) VALUES (?, ?, ?)", (CANARY, CANARY, CANARY))


def no_such_participant(connection):
    insert(
        connection,
        "consents",
        {
            "id": CANARY,
            "participant_id": CANARY,
            "scope": "notes",
            "event": "given",
            "starts_on": "",
            "recorded_at": "",
            "recorded_by": "",
        },
    )


def not_json(connection):
    insert(
        connection,
        "notes",
        {
            "id": CANARY,
            "participant_id": CANARY,
            "document": CANARY,
            "salt": "",
            "hash": "",
            "signature": "",
            "public_key": "",
        },
    )


@pytest.mark.parametrize(
    "act", [no_such_column, broken_statement, wrong_type, missing_value, no_such_participant, not_json]
)
def test_no_database_error_shows_what_was_to_be_stored(workspace, act):
    def try_it():
        with workspace.changing() as work:
            act(workspace.vault.connection)
            work.commit()

    with pytest.raises(PeerNoteError) as caught:
        try_it()
    shown = "".join(traceback.format_exception(caught.value))
    said = f"{caught.value} {caught.value!r} {caught.value.args}"
    assert CANARY not in said
    # The line of source above names the constant, never its value.
    assert CANARY not in shown
    assert "sqlcipher3" not in shown
    assert not workspace.vault.connection.in_transaction


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (database_error(dbapi2.SQLITE_CONSTRAINT, "frozen: a signed note never changes"), NoteSignedError),
        (database_error(dbapi2.SQLITE_CONSTRAINT, "frozen: the log never changes"), RefusedError),
        (database_error(dbapi2.SQLITE_CONSTRAINT, "UNIQUE constraint failed: participants.external_id"), RefusedError),
        (database_error(dbapi2.SQLITE_CONSTRAINT, f"CHECK constraint failed: {CANARY}"), StorageError),
        (database_error(dbapi2.SQLITE_FULL), VaultFullError),
        (database_error(dbapi2.SQLITE_READONLY), ReadOnlyFolderError),
        (database_error(dbapi2.SQLITE_READONLY | 6 << 8), ReadOnlyFolderError),
        (database_error(dbapi2.SQLITE_IOERR), DiskFaultError),
        (database_error(dbapi2.SQLITE_IOERR | 3 << 8), DiskFaultError),
        (database_error(dbapi2.SQLITE_CANTOPEN), DiskFaultError),
        (database_error(dbapi2.SQLITE_CORRUPT), VaultDamagedError),
        (database_error(dbapi2.SQLITE_NOTADB), VaultDamagedError),
        (dbapi2.ProgrammingError("Cannot operate on a closed database."), DiskFaultError),
        (dbapi2.OperationalError(f"database or disk is full {CANARY}"), StorageError),
    ],
)
def test_every_error_has_its_kind_and_a_way_out(error, kind):
    told = translate(error)
    assert type(told) is kind
    assert told.sentence.endswith(".")
    assert CANARY not in str(told)


def test_a_full_disk_is_told_and_nothing_is_half_written(workspace, add_participant):
    connection = workspace.vault.connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")

    def fill():
        for number in range(2000):
            add_participant(f"Person {number}", consent=False, about="x" * 1900)

    with pytest.raises(DiskFullError):
        fill()
    whole = len(names(connection))
    added = connection.execute("SELECT count(*) FROM audit WHERE action = 'participant.added'").fetchone()[0]
    assert whole == added
    connection.execute("PRAGMA max_page_count = 1000000")
    add_participant("After", consent=False)
    assert "After" in names(connection)


def test_a_page_that_the_disk_does_not_give_is_a_fault_of_the_disk_also_where_it_is_called_memory(workspace):
    def starve():
        with workspace.changing():
            raise MemoryError

    with pytest.raises(DiskFaultError, match="The disk did not read"):
        starve()
    with pytest.raises(DiskFaultError, match="The disk did not read"), told():
        raise MemoryError
    assert not workspace.vault.connection.in_transaction
