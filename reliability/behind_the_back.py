"""SQL behind the program's back, by somebody who holds the key: refused by the database, or found by verify.

    python -m reliability.behind_the_back

Whoever has the key reaches the file with any SQLCipher shell, without PeerNote's settings. Three kinds of attempt are
made on what is only ever inserted: statements that the triggers have to refuse; changes after the triggers were dropped
or rewritten, put back or not, which verify has to find; and changes that leave a vault whole in itself, which only an
anchor kept elsewhere can show. A table that joins `FROZEN` is tried in every way.
"""

from __future__ import annotations

import argparse
import secrets
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.addendum import AddendumKind
from peernote_tui.domain.audit import Anchor, chain_hash
from peernote_tui.domain.consent import ConsentHow
from peernote_tui.domain.errors import VaultError
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.note import NextContact, NoteContent, seal_hash
from peernote_tui.domain.participant import ParticipantDetails
from peernote_tui.services import (
    amending,
    changing_actions,
    consenting,
    disclosing,
    erasing,
    keeping_records,
    keeping_templates,
    merging,
    participants,
    record_files,
    rule_packs,
    taking_records,
    unlocking,
    verifying,
    writing,
)
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import signing
from peernote_tui.vault.keys import DataKey
from reliability.setting import a_folder, machine

OWN_TEMPLATE = """id = "own"
version = {version}
title = "Own"
[[sections]]
key = "first"
title = "First"
fields = [
  {{ key = "consent", kind = "consent", label = "Consent" }},
  {{ key = "session", kind = "session", label = "When" }},
]
"""
OWN_PACK = """id = "own"
version = {version}
title = "Own"
[[elements]]
key = "plan"
label = "plan"
fields = ["plan"]
"""
PASSPHRASE = "correct horse battery staple"

FROZEN = {
    "notes": "document",
    "addenda": "document",
    "consents": "remark",
    "action_events": "words",
    "templates": "file",
    "rule_packs": "file",
    "participant_changes": "document",
    "disclosures": "document",
    "merges": "moved",
    "taken_records": "placed",
    "audit": "detail",
    "erasures": "reason",
}
"""Each table that is only ever inserted into, and a column with something to falsify."""
CHANGED = {"notes": "json_set({}, '$.zone', 'UTC')", "addenda": "json_set({}, '$.zone', 'UTC')", "": "{} || 'x'"}
"""How that column is falsified so that the row can still be read."""

REFUSED = {
    "update": "UPDATE {table} SET {column} = '7'",
    "update nothing": "UPDATE {table} SET {column} = {column}",
    "update to the erased form": "UPDATE {table} SET {column} = '{{}}' WHERE sequence = 1",
    "update from": "UPDATE {table} SET {column} = o.c FROM (SELECT '7' AS c) AS o",
    "update or replace": "UPDATE OR REPLACE {table} SET sequence = (SELECT max(sequence) FROM {table})",
    "renumber": "UPDATE {table} SET sequence = sequence + 1000",
    "delete one": "DELETE FROM {table} WHERE sequence = 1",
    "delete all": "DELETE FROM {table}",
    "replace": "REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table}",
    "insert or replace": "INSERT OR REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table} LIMIT 1",
    "insert or ignore": "INSERT OR IGNORE INTO {table} ({columns}) SELECT {columns} FROM {table}",
    "upsert": (
        "INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE true "
        "ON CONFLICT (sequence) DO UPDATE SET {column} = '7'"
    ),
    "upsert on anything": (
        "INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE true "
        "ON CONFLICT DO UPDATE SET {column} = '7'"
    ),
    "from an attached copy": "INSERT OR REPLACE INTO main.{table} ({columns}) SELECT {columns} FROM held.{table}",
}
SETTINGS = (
    (),
    ("recursive_triggers = ON",),
    ("recursive_triggers = OFF", "foreign_keys = OFF"),
    ("foreign_keys = ON", "trusted_schema = OFF"),
    ("foreign_keys = OFF", "ignore_check_constraints = ON", "trusted_schema = ON"),
)


@dataclass
class Clock:
    """A clock that stands still."""

    zone: str = "America/New_York"
    instant: datetime = datetime(2026, 11, 23, 19, 52, tzinfo=UTC)

    def now(self) -> datetime:
        return self.instant


@dataclass(frozen=True)
class Ground:
    """A closed vault to make copies of, an older copy of it, and what was kept outside."""

    folder: Path
    older: Path
    data_key: DataKey = field(repr=False)
    anchor: Anchor


@dataclass(frozen=True)
class Tampering:
    """One way to falsify a vault with every means its key gives.

    Attributes:
        name: For the report.
        act: Does it, on a connection without PeerNote's settings.
        only_by_anchor: It leaves a vault that is whole in itself.
    """

    name: str
    act: Callable[[dbapi2.Connection], None]
    only_by_anchor: bool = False


@dataclass
class Tally:
    """What came of it."""

    refused: int = 0
    found: int = 0
    found_by_anchor: int = 0
    missed: list[str] = field(default_factory=list)


def make_ground(place: Path) -> Ground:
    """A vault in which every frozen table holds rows, of three people, one of them erased."""
    folder = place / "ground.peernote"
    clock = Clock()
    made = unlocking.create_vault(
        folder, PASSPHRASE, author_name="Alex Rivera", credential="", clock=clock, work_factor=10
    )
    workspace = made.workspace
    for version in (1, 2):
        keeping_templates.add_template(workspace, OWN_TEMPLATE.format(version=version).encode())
        rule_packs.add_pack(workspace, OWN_PACK.format(version=version).encode())
    for name in ("Ana", "Ben", "Cleo"):
        _live(workspace, name)
    for name in ("Ana", "Ben"):
        again = participants.add_participant(workspace, ParticipantDetails(name=f"{name} again"))
        merging.merge(workspace, participants.resolve_participant(workspace, name).id, again.id)
    gone = participants.resolve_participant(workspace, "Cleo")
    erasing.erase_participant(workspace, gone.id, reason=erasing.ErasureReason.ASKED)
    unlocking.close(workspace)
    shutil.rmtree(folder / "backups")
    older = place / "older.peernote"
    shutil.copytree(folder, older)
    opened = unlocking.open_vault(folder, PASSPHRASE, clock=clock)
    _live(opened, "Dora")
    # The last entry tells of reading alone: nothing else in the vault would miss it.
    participants.view_participant(opened, participants.resolve_participant(opened, "Dora").id)
    length, head = verifying.log_head(opened).values()
    anchor, key = Anchor(length=int(length), head=str(head)), opened.vault.data_key
    unlocking.close(opened)
    return Ground(folder, older, key, anchor)


def _live(workspace: Workspace, name: str) -> None:
    person = participants.add_participant(workspace, ParticipantDetails(name=name))
    consenting.give_consent(workspace, person.id, how=ConsentHow.VERBAL, remark=f"said to {name}")
    keeping_records.change_participant(workspace, person.id, ParticipantDetails(name=name, about=f"{name} sings"))
    for number in range(2):
        content = {
            "mode": "in_person", "place": "library", "day": "2026-11-23", "start": "14:00", "end": "14:45",
            "concern_tags": ["housing"], "summary": f"{name} {number}.", "techniques": ["listening"],
            "response": "calmer", "next_contact": NextContact(day="2026-11-30"),
            "agreed_actions": [{"text": f"call for {name}", "owner": "me"}],
        }  # fmt: skip
        draft = writing.start_draft(workspace, person.id)
        filled = draft.model_copy(update={"content": NoteContent.model_validate(content)})
        writing.save_draft(workspace, filled)
        note = writing.sign_note(workspace, draft.id)
    _take_back_in(workspace, person.id)
    changing_actions.settle(workspace, [note.content.agreed_actions[0].id], ActionStatus.PARTLY, words=f"{name} tried")
    changing_actions.snooze(workspace, [note.content.agreed_actions[0].id], None, reason=f"{name} asked")
    for what in ("1 note", "2 notes"):
        asked = disclosing.Request(participant_id=person.id, what=what, form="txt")
        disclosing.account_for(workspace, [disclosing.ask_leave(workspace, asked)])
    for words in ("was there", "came back"):
        added = amending.start_amendment(workspace, note.id, AddendumKind.STATEMENT)
        statement = added.amendment.model_copy(update={"text": f"{name} {words}"}) if added.amendment else None
        writing.save_draft(workspace, added.model_copy(update={"amendment": statement}))
        amending.sign_amendment(workspace, added.id)


def _take_back_in(workspace: Workspace, participant_id: str) -> None:
    """Take a copy of the record in again, with a consent in it that another vault knows of."""
    request = disclosing.Request(participant_id=participant_id, what="the whole record", form="json")
    record = record_files.record_file(workspace, disclosing.ask_leave(workspace, request))
    (first, *_) = record.consents
    other = first.model_copy(update={"id": new_id(workspace.clock.now())})
    taking_records.take_record(workspace, record.model_copy(update={"consents": (*record.consents, other)}))


@contextmanager
def stranger(folder: Path, data_key: DataKey, *settings: str) -> Iterator[dbapi2.Connection]:
    """A connection of somebody with the key and another program."""
    connection = dbapi2.connect(str(folder / "vault.db"), isolation_level=None)
    try:
        connection.set_key(data_key.for_sqlcipher().encode("ascii"))
        for setting in ("synchronous = OFF", *settings):
            connection.execute(f"PRAGMA {setting}")
        yield connection
    finally:
        connection.close()


def columns(connection: dbapi2.Connection, table: str) -> str:
    """The columns of a table that can be written."""
    return ", ".join(row[1] for row in connection.execute(f"PRAGMA main.table_xinfo({table})") if row[6] == 0)


def try_statements(ground: Ground, tally: Tally, *, settings: tuple[tuple[str, ...], ...] = SETTINGS) -> None:
    """Every statement on every frozen table under every setting: refused, and nothing changed."""
    for chosen in settings:
        with stranger(ground.folder, ground.data_key, *chosen) as connection:
            key = ground.data_key.for_sqlcipher()
            connection.execute("ATTACH DATABASE ? AS held KEY ?", (str(ground.older / "vault.db"), key))
            for table, column in FROZEN.items():
                before = connection.execute(f"SELECT * FROM main.{table} ORDER BY sequence").fetchall()
                for name, sql in REFUSED.items():
                    told = f"{name} on {table} with {chosen}"
                    try:
                        names = columns(connection, table)
                        connection.execute(sql.format(table=table, column=column, columns=names))
                        tally.missed.append(told)
                    except dbapi2.DatabaseError as error:
                        if "frozen" in str(error):
                            tally.refused += 1
                        else:
                            tally.missed.append(f"{told}: {error}")
                    if connection.execute(f"SELECT * FROM main.{table} ORDER BY sequence").fetchall() != before:
                        tally.missed.append(f"{told}: rows changed")


@contextmanager
def without_triggers(connection: dbapi2.Connection, *, put_back: bool = True) -> Iterator[None]:
    """Drop every trigger, and put them back as they were, as somebody careful would."""
    connection.execute("PRAGMA foreign_keys = OFF")
    triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    yield
    for _, sql in triggers if put_back else ():
        connection.execute(sql)


def _quietly(*sql: str, put_back: bool = True) -> Callable[[dbapi2.Connection], None]:
    def act(connection: dbapi2.Connection) -> None:
        with without_triggers(connection, put_back=put_back):
            for statement in sql:
                if connection.execute(statement).rowcount == 0:
                    raise AssertionError(f"this changed nothing: {statement}")

    return act


def _schema(*sql: str) -> Callable[[dbapi2.Connection], None]:
    def act(connection: dbapi2.Connection) -> None:
        connection.execute("PRAGMA writable_schema = ON")
        for statement in sql:
            connection.execute(statement)
        connection.execute("PRAGMA writable_schema = RESET")

    return act


def _rehash(connection: dbapi2.Connection) -> None:
    """A changed note with a hash that fits, without the author's key."""
    with without_triggers(connection):
        number, document, salt = connection.execute(
            "SELECT sequence, document, salt FROM notes WHERE document <> '{}' LIMIT 1"
        ).fetchone()
        document = document.replace("Ana", "Eve")
        row = (document, seal_hash(salt, document), number)
        connection.execute("UPDATE notes SET document = ?, hash = ? WHERE sequence = ?", row)


def _resign(connection: dbapi2.Connection) -> None:
    """As before, sealed anew with a stranger's key, which also takes the author's place."""
    key, salt = signing.generate_signing_key(), secrets.token_hex(32)
    with without_triggers(connection):
        number, document = connection.execute(
            "SELECT sequence, document FROM notes WHERE document <> '{}' LIMIT 1"
        ).fetchone()
        document = document.replace("Ana", "Eve")
        digest = seal_hash(salt, document)
        signature = signing.sign(key.secret, bytes.fromhex(digest)).hex()
        connection.execute(
            "UPDATE notes SET document = ?, salt = ?, hash = ?, signature = ?, public_key = ? WHERE sequence = ?",
            (document, salt, digest, signature, key.public.hex(), number),
        )
        connection.execute("UPDATE authors SET public_key = ?", (key.public.hex(),))


def _resign_with_the_authors_key(connection: dbapi2.Connection) -> None:
    """A changed note sealed with the author's own key, which lies in the vault; the log still has the old hash."""
    secret, public = connection.execute("SELECT secret_key, public_key FROM authors").fetchone()
    with without_triggers(connection):
        number, document, salt = connection.execute(
            "SELECT sequence, document, salt FROM notes WHERE document <> '{}' LIMIT 1"
        ).fetchone()
        document = document.replace("Ana", "Eve")
        digest = seal_hash(salt, document)
        signature = signing.sign(bytes.fromhex(secret), bytes.fromhex(digest)).hex()
        connection.execute(
            "UPDATE notes SET document = ?, hash = ?, signature = ?, public_key = ? WHERE sequence = ?",
            (document, digest, signature, public, number),
        )


def _swap_seals(connection: dbapi2.Connection) -> None:
    with without_triggers(connection):
        first, second = connection.execute(
            "SELECT sequence, salt, hash, signature FROM notes WHERE document <> '{}' LIMIT 2"
        ).fetchall()
        for mine, theirs in ((first, second), (second, first)):
            values = (*theirs[1:], mine[0])
            connection.execute("UPDATE notes SET salt = ?, hash = ?, signature = ? WHERE sequence = ?", values)


def _swap_texts(connection: dbapi2.Connection) -> None:
    with without_triggers(connection):
        first, second = connection.execute(
            "SELECT sequence, document FROM notes WHERE document <> '{}' LIMIT 2"
        ).fetchall()
        for number, document in ((first[0], second[1]), (second[0], first[1])):
            connection.execute("UPDATE notes SET document = ? WHERE sequence = ?", (document, number))


def rechain(connection: dbapi2.Connection) -> None:
    """Hash every entry of the log anew from the first, as an entry before an anchor can only be changed."""
    names = ("sequence", "at", "by", "action", "subject", "detail")
    previous = "0" * 64
    for row in connection.execute(f"SELECT {', '.join(names)} FROM audit ORDER BY sequence").fetchall():
        entry = dict(zip(names, row, strict=True))
        moment = datetime.fromisoformat(entry["at"]).isoformat().replace("+00:00", "Z")
        digest = chain_hash({**entry, "at": moment, "previous": previous})
        values = (previous, digest, entry["sequence"])
        connection.execute("UPDATE audit SET previous = ?, hash = ? WHERE sequence = ?", values)
        previous = digest


def _rewrite_the_log(connection: dbapi2.Connection) -> None:
    """Somebody else's name for who did it, in an entry of long ago, and every hash after it made to fit."""
    with without_triggers(connection):
        connection.execute("UPDATE audit SET by = 'somebody else' WHERE sequence = 4")
        rechain(connection)


def _cut_the_tail(connection: dbapi2.Connection) -> None:
    """The last entry alone, which speaks of reading: nothing else in the vault misses it."""
    with without_triggers(connection):
        connection.execute("DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit)")


_DORA = "(SELECT id FROM participants WHERE name = 'Dora')"
_OTHER = "(SELECT id FROM participants WHERE name = 'Ben')"
_ANA = "(SELECT id FROM participants WHERE name = 'Ana')"
_GONE = "(SELECT participant_id FROM erasures)"


def _erase_without_log(connection: dbapi2.Connection) -> None:
    """By the one exception that the triggers have, all of it allowed by the database."""
    who = connection.execute(f"SELECT {_DORA}").fetchone()
    connection.execute("INSERT INTO erasures (participant_id, reason, at, by) VALUES (?, 'asked', '', '')", who)
    connection.execute("UPDATE notes SET document = '{}', salt = '' WHERE participant_id = ?", who)


TAMPERINGS = (
    *(
        Tampering(
            f"{table}: changed, triggers {'put back' if put_back else 'left off'}",
            _quietly(
                f"UPDATE {table} SET {column} = {CHANGED.get(table, CHANGED['']).format(column)} WHERE sequence = 1",
                put_back=put_back,
            ),
        )
        for table, column in FROZEN.items()
        for put_back in (True, False)
    ),
    *(
        Tampering(f"{table}: the first row removed", _quietly(f"DELETE FROM {table} WHERE sequence = 1"))
        for table in FROZEN
    ),
    *(
        Tampering(
            f"{table}: the last row removed",
            _quietly(f"DELETE FROM {table} WHERE sequence = (SELECT max(sequence) FROM {table})"),
        )
        for table in FROZEN
        if table != "audit"
    ),
    Tampering("one trigger dropped", lambda c: c.execute("DROP TRIGGER notes_stay") and None),
    Tampering("a trigger rewritten through writable_schema", _schema(
        "UPDATE sqlite_schema SET sql = replace("
        "sql, 'RAISE(ABORT, ''frozen: the log never changes'')', 'RAISE(IGNORE)') WHERE name = 'audit_stays'")),
    Tampering("a trigger removed through writable_schema", _schema(
        "DELETE FROM sqlite_schema WHERE name = 'consents_are_kept'")),
    Tampering("a trigger added that changes what is written", lambda c: c.execute(
        "CREATE TRIGGER helper AFTER INSERT ON drafts BEGIN UPDATE drafts SET step = 0; END") and None),
    Tampering("the check of the vault's identity dropped", lambda c: c.execute(
        "DROP TRIGGER vault_identity_stays_on_update") and None),
    Tampering("a changed note hashed again", _rehash),
    Tampering("a changed note sealed with another key, put in the author's place", _resign),
    Tampering("a changed note sealed with the author's key", _resign_with_the_authors_key),
    Tampering("the seals of two notes swapped", _swap_seals),
    Tampering("the texts of two notes swapped", _swap_texts),
    Tampering("a note moved to another person", _quietly(
        f"UPDATE notes SET participant_id = {_OTHER} WHERE participant_id = {_ANA}")),
    Tampering("a consent moved to another person", _quietly(
        f"UPDATE consents SET participant_id = {_OTHER} WHERE participant_id = {_ANA}")),
    Tampering("a record made part of another", _quietly(
        f"UPDATE participants SET merged_into = {_ANA} WHERE name = 'Ben'")),
    Tampering("a record that is part of another made to stand for itself", _quietly(
        "UPDATE participants SET merged_into = NULL WHERE name = 'Ana again'")),
    Tampering("a consent made to last", _quietly("UPDATE consents SET expires_on = '2030-01-01' WHERE sequence = 1")),
    Tampering("a consent made up", _quietly(
        "INSERT INTO consents (id, participant_id, scope, event, how, starts_on, recorded_at, recorded_by) "
        "SELECT 'made up', participant_id, 'sharing', 'given', how, starts_on, recorded_at, recorded_by "
        "FROM consents WHERE sequence = 1")),
    Tampering("a note emptied as if it were erased", _quietly(
        "UPDATE notes SET document = '{}', salt = '' WHERE sequence = 1")),
    Tampering("a person erased without the log", _erase_without_log),
    Tampering("a note hidden under an erased record", _quietly(
        f"UPDATE notes SET document = '{{}}', salt = '', participant_id = {_GONE} WHERE sequence = 1")),
    Tampering("an erased record filled again", _quietly(
        "UPDATE participants SET name = 'Cleo' WHERE erased_at IS NOT NULL")),
    Tampering("an erased record marked as if it never was", _quietly("DELETE FROM erasures")),
    Tampering("an entry of the log changed and hashed again", _quietly(
        "UPDATE audit SET at = '2020-01-01T00:00:00.000000+00:00', hash = '" + "ab" * 32 + "' WHERE sequence = 3")),
    Tampering("two entries of the log swapped", _quietly(
        "UPDATE audit SET sequence = -1 WHERE sequence = 2", "UPDATE audit SET sequence = 2 WHERE sequence = 3",
        "UPDATE audit SET sequence = 3 WHERE sequence = -1")),
    Tampering("the whole log removed", _quietly("DELETE FROM audit")),
    Tampering("the log rewritten from its fourth entry on", _rewrite_the_log, only_by_anchor=True),
    Tampering("the end of the log cut off", _cut_the_tail, only_by_anchor=True),
)  # fmt: skip


def verdict(folder: Path, anchor: Anchor | None) -> tuple[str, ...]:
    """What verify says of a vault; a vault that does not open says it by that."""
    try:
        opened = unlocking.open_vault(folder, PASSPHRASE, clock=Clock())
    except VaultError as error:
        return (error.sentence,)
    try:
        return verifying.verify(opened, anchor=anchor).problems
    finally:
        unlocking.close(opened)


def try_tamperings(ground: Ground, place: Path, tally: Tally, *, chosen: tuple[Tampering, ...] = TAMPERINGS) -> None:
    """Each on a fresh copy: found by verify, with the anchor where nothing else can show it."""
    for number, tampering in enumerate(chosen):
        folder = place / f"tampered-{number}.peernote"
        shutil.copytree(ground.folder, folder)
        with stranger(folder, ground.data_key) as connection:
            tampering.act(connection)
        _judge(tampering.name, folder, ground.anchor, tally, only_by_anchor=tampering.only_by_anchor)
        shutil.rmtree(folder)


def try_replay(ground: Ground, place: Path, tally: Tally) -> None:
    """The whole file as it was before: whole in itself, and not what the anchor was taken from."""
    folder = place / "replayed.peernote"
    shutil.copytree(ground.folder, folder)
    shutil.copyfile(ground.older / "vault.db", folder / "vault.db")
    _judge("an older copy of the file put back", folder, ground.anchor, tally, only_by_anchor=True)


def _judge(name: str, folder: Path, anchor: Anchor, tally: Tally, *, only_by_anchor: bool) -> None:
    without = verdict(folder, None)
    if only_by_anchor:
        if without:
            tally.missed.append(f"{name}: thought whole in itself, and it is not: {without[0]}")
        elif verdict(folder, anchor):
            tally.found_by_anchor += 1
        else:
            tally.missed.append(f"{name}: not found with the anchor")
    elif without:
        tally.found += 1
    else:
        tally.missed.append(f"{name}: not found")


def run(place: Path) -> Tally:
    """All of it."""
    ground, tally = make_ground(place), Tally()
    untouched = place / "untouched.peernote"
    shutil.copytree(ground.folder, untouched)
    if problems := verdict(untouched, ground.anchor):
        tally.missed.append(f"the untouched vault: {problems[0]}")
    try_statements(ground, tally)
    try_tamperings(ground, place, tally)
    try_replay(ground, place, tally)
    return tally


def main() -> int:
    argparse.ArgumentParser(
        prog="python -m reliability.behind_the_back", description=__doc__.splitlines()[0]
    ).parse_args()
    with a_folder() as place:
        tally = run(place)
    print(machine())
    print(f"{tally.refused} statements on {len(FROZEN)} tables refused by the database")
    print(f"{tally.found} ways to falsify found by verify, {tally.found_by_anchor} more with an anchor kept elsewhere")
    for missed in tally.missed:
        print(f"MISSED: {missed}")
    return 1 if tally.missed else 0


if __name__ == "__main__":
    sys.exit(main())
