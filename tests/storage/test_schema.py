"""Migrations: killed at any statement, the vault opens and takes the step again."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from itertools import count

import pytest
from sqlcipher3 import dbapi2

from peernote_tui.domain.errors import VaultDamagedError, VaultTooNewError
from peernote_tui.repository import schema
from peernote_tui.services import unlocking
from peernote_tui.vault import vault

NOW = datetime(2026, 11, 23, 19, 52, tzinfo=UTC)


class Killed(BaseException):
    """The program ends here."""


class DyingConnection:
    """Passes statements on until the n-th; from there on every one fails, or only that one."""

    def __init__(self, real, dies_at, *, for_good):
        self.real = real
        self.dies_at = dies_at
        self.for_good = for_good
        self.asked = 0

    @property
    def in_transaction(self):
        return self.real.in_transaction

    def execute(self, *arguments):
        self.asked += 1
        if self.asked == self.dies_at or (self.for_good and self.asked > self.dies_at):
            raise Killed
        return self.real.execute(*arguments)


@pytest.fixture(scope="module")
def bare_vault(tmp_path_factory, passphrase):
    folder = tmp_path_factory.mktemp("bare") / "bare.peernote"
    vault.create(folder, passphrase, prepare=lambda _connection: None, work_factor=10).vault.close()
    return folder


@pytest.fixture
def make_copy(bare_vault, tmp_path, passphrase):
    """Give ways to open copies of the bare vault, a fresh copy each."""
    numbers = count()

    def make():
        folder = tmp_path / f"copy-{next(numbers)}.peernote"
        shutil.copytree(bare_vault, folder)
        return lambda: vault.open_vault(folder, passphrase, newest_schema=schema.newest_schema())

    return make


@pytest.fixture
def open_copy(make_copy):
    return make_copy()


def shape(connection):
    """Every table, index, view and trigger, as written."""
    return sorted(connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_schema").fetchall())


def journal(connection):
    exists = connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'migration_journal'").fetchone()[0]
    return [row[0] for row in connection.execute("SELECT name FROM migration_journal ORDER BY name")] if exists else []


def without_journal(connection):
    return [row for row in shape(connection) if "migration_journal" not in row[1]]


def shapes_up_to(make_copy, monkeypatch, number):
    """The shape of a vault that took so many steps."""
    names = schema.migration_names()[:number]
    with monkeypatch.context() as patched, make_copy()() as opened:
        patched.setattr(schema, "migration_names", lambda: names)
        schema.migrate(opened.connection, NOW)
        return without_journal(opened.connection)


def test_a_new_vault_takes_every_step_once(open_copy):
    with open_copy() as opened:
        assert schema.migrate(opened.connection, NOW) == schema.migration_names()
        assert schema.migrate(opened.connection, NOW) == ()
        assert schema.pending(opened.connection) == ()
        assert journal(opened.connection) == list(schema.migration_names())
        assert opened.connection.execute("PRAGMA user_version").fetchone()[0] == schema.newest_schema()


@pytest.mark.slow
@pytest.mark.parametrize("for_good", [False, True], ids=["one statement fails", "the program is killed"])
def test_a_step_stopped_at_some_statement_leaves_nothing_of_it_and_is_taken_again(make_copy, monkeypatch, for_good):
    # At every single one: python -m reliability.faults --operations migrate
    names = schema.migration_names()
    with make_copy()() as opened:
        counting = DyingConnection(opened.connection, 0, for_good=False)
        schema.migrate(counting, NOW)
    # Each step begins, does its own, writes the journal and the version, and commits.
    lengths = [len(list(schema.statements(schema._read(name)))) + 4 for name in names]
    before = counting.asked - sum(lengths)
    stops = {before + sum(lengths[:at]) + (length if for_good else 2) for at, length in enumerate(lengths)}
    whole = [shapes_up_to(make_copy, monkeypatch, number) for number in range(len(names) + 1)]
    reached = set()
    for statement in sorted(stops):
        open_copy = make_copy()
        with pytest.raises(Killed), open_copy() as opened:
            schema.migrate(DyingConnection(opened.connection, statement, for_good=for_good), NOW)
        with open_copy() as opened:
            assert journal(opened.connection) == list(names[: opened.schema])
            assert without_journal(opened.connection) == whole[opened.schema]
            reached.add(opened.schema)
            assert schema.migrate(opened.connection, NOW) == names[opened.schema :]
            assert without_journal(opened.connection) == whole[-1]
    assert reached == set(range(len(names)))


def test_a_stopped_step_can_be_taken_again_in_the_same_run(open_copy):
    with open_copy() as opened:
        with pytest.raises(Killed):
            schema.migrate(DyingConnection(opened.connection, 20, for_good=False), NOW)
        assert not opened.connection.in_transaction
        assert schema.migrate(opened.connection, NOW) == schema.migration_names()


def test_the_error_of_a_statement_is_not_hidden_by_the_rollback(open_copy, monkeypatch):
    monkeypatch.setattr(schema, "_read", lambda _name: "CREATE TABLE one (a);\nCREATE TABLE one (a);\n")
    with open_copy() as opened:
        with pytest.raises(dbapi2.OperationalError, match="already exists"):
            schema.migrate(opened.connection, NOW)
        assert journal(opened.connection) == []
        assert not any(row[1] == "one" for row in shape(opened.connection))


def test_a_later_step_is_a_transaction_of_its_own(open_copy, monkeypatch):
    first = schema.migration_names()[0]
    real = schema._read
    broken = "CREATE TABLE later (a TEXT) STRICT;\nINSERT INTO nowhere VALUES (1);\n"
    monkeypatch.setattr(schema, "migration_names", lambda: (first, "0002_later"))
    monkeypatch.setattr(schema, "_read", lambda name: real(name) if name == first else broken)
    with open_copy() as opened:
        with pytest.raises(dbapi2.OperationalError):
            schema.migrate(opened.connection, NOW)
        assert journal(opened.connection) == [first]
        assert opened.connection.execute("PRAGMA user_version").fetchone()[0] == 1
        assert schema.pending(opened.connection) == ("0002_later",)
        monkeypatch.setattr(schema, "_read", lambda _name: "CREATE TABLE later (a TEXT) STRICT;\n")
        assert schema.migrate(opened.connection, NOW) == ("0002_later",)
        assert opened.connection.execute("PRAGMA user_version").fetchone()[0] == 2


def test_a_step_this_program_does_not_know_is_told(workspace, clock, passphrase):
    workspace.vault.connection.execute("INSERT INTO migration_journal VALUES ('9999_tomorrow', 'then')")
    with pytest.raises(VaultTooNewError):
        schema.migrate(workspace.vault.connection, clock.now())
    unlocking.close(workspace)
    with pytest.raises(VaultTooNewError):
        unlocking.open_vault(workspace.vault.folder, passphrase, clock=clock)


def test_a_vault_of_a_newer_schema_opens_for_reading_only(workspace, clock, passphrase, consented, write_note):
    note = write_note(consented)
    workspace.vault.connection.execute("INSERT INTO migration_journal VALUES ('9999_tomorrow', 'then')")
    workspace.vault.connection.execute(f"PRAGMA user_version = {schema.newest_schema() + 1}")
    unlocking.close(workspace)
    reopened = unlocking.open_vault(workspace.vault.folder, passphrase, clock=clock)
    try:
        assert reopened.vault.read_only
        with reopened.reading() as work:
            assert work.notes.get(note.id) == note
    finally:
        unlocking.close(reopened)


def test_a_gap_in_the_journal_is_damage(open_copy, monkeypatch):
    names = (*schema.migration_names(), "9998_later", "9999_last")
    with open_copy() as opened:
        schema.migrate(opened.connection, NOW)
        opened.connection.execute("INSERT INTO migration_journal VALUES ('9999_last', 'then')")
        monkeypatch.setattr(schema, "migration_names", lambda: names)
        with pytest.raises(VaultDamagedError):
            schema.pending(opened.connection)


def test_statements_keep_trigger_bodies_whole():
    script = "-- why\nCREATE TABLE a (b);\n\nCREATE TRIGGER t AFTER INSERT ON a BEGIN\n  DELETE FROM a;\nEND;\nSELECT 1"
    found = list(schema.statements(script))
    assert [each.split()[0] for each in found] == ["CREATE", "CREATE", "SELECT"]
    assert found[1].rstrip().endswith("END;")
