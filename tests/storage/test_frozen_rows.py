"""Signed notes, consents, action history and the log are only ever inserted, on any connection with the key."""

from __future__ import annotations

import pytest
from sqlcipher3 import dbapi2

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.errors import NoteSignedError, RefusedError
from peernote_tui.services import changing_actions

EVERY_ROW = "SELECT * FROM {table} ORDER BY sequence"
UNDER_ANOTHER_NUMBER = "REPLACE INTO {{table}} ({names}) SELECT {others} FROM {{table}} LIMIT 1"
TABLES = ("notes", "consents", "action_events", "audit")

ATTEMPTS = {
    "update": "UPDATE {table} SET {column} = '{{}}'",
    "update nothing": "UPDATE {table} SET {column} = {column}",
    "update from": "UPDATE {table} SET {column} = other.{column} FROM (SELECT '{{}}' AS {column}) AS other",
    "update or replace": "UPDATE OR REPLACE {table} SET sequence = (SELECT max(sequence) FROM {table})",
    "update the number": "UPDATE {table} SET sequence = sequence + 100",
    "delete": "DELETE FROM {table} WHERE sequence = 1",
    "delete all": "DELETE FROM {table}",
    "replace": "REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table}",
    "insert or replace": "INSERT OR REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table} LIMIT 1",
    "upsert": (
        "INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE true "
        "ON CONFLICT (sequence) DO UPDATE SET {column} = '{{}}'"
    ),
    "insert or ignore": "INSERT OR IGNORE INTO {table} ({columns}) SELECT {columns} FROM {table}",
}


@pytest.fixture
def filled(workspace, consented, write_note):
    note = write_note(consented, agreed_actions=[{"text": "call", "owner": "me"}])
    changing_actions.settle(workspace, [note.content.agreed_actions[0].id], ActionStatus.DONE)
    return workspace


def columns(connection, table):
    # table_xinfo marks generated columns by 2 and 3; those are never written.
    return [row[1] for row in connection.execute(f"PRAGMA table_xinfo({table})") if row[6] == 0]


def rows(connection, table):
    return connection.execute(EVERY_ROW.format(table=table)).fetchall()


def attempt(connection, table, sql):
    names = columns(connection, table)
    column = {"notes": "document", "consents": "event", "action_events": "words", "audit": "detail"}[table]
    before = rows(connection, table)
    assert before
    with pytest.raises(dbapi2.DatabaseError, match="frozen"):
        connection.execute(sql.format(table=table, column=column, columns=", ".join(names)))
    assert rows(connection, table) == before


@pytest.mark.parametrize("table", TABLES)
def test_refused_on_the_programs_connection(filled, table):
    for sql in ATTEMPTS.values():
        attempt(filled.vault.connection, table, sql)


@pytest.mark.parametrize("switch", ["OFF", "ON"])
@pytest.mark.parametrize("table", TABLES)
def test_refused_on_a_strangers_connection_with_the_key(filled, raw_connection, table, switch):
    connection = raw_connection()
    connection.execute(f"PRAGMA recursive_triggers = {switch}")
    for sql in ATTEMPTS.values():
        attempt(connection, table, sql)


def test_a_row_with_the_id_of_another_is_refused_too(filled, raw_connection):
    connection = raw_connection()
    for table in ("notes", "consents", "action_events"):
        names = columns(connection, table)
        others = ", ".join("sequence + 1000" if name == "sequence" else name for name in names)
        attempt(connection, table, UNDER_ANOTHER_NUMBER.format(names=", ".join(names), others=others))


def test_what_is_derived_from_a_note_cannot_be_set(filled):
    with pytest.raises(dbapi2.DatabaseError, match="generated"):
        filled.vault.connection.execute("UPDATE notes SET day = '2000-01-01'")


def test_the_refusal_is_told_in_words(filled):
    with pytest.raises(NoteSignedError), filled.changing():
        filled.vault.connection.execute("DELETE FROM notes")
    with pytest.raises(RefusedError), filled.changing():
        filled.vault.connection.execute("DELETE FROM audit")
