"""Making and opening a vault on real encrypted files."""

import contextlib
import errno
import io
import json
import os
import re
import secrets
import shutil
import stat
import subprocess
import sys
import threading
from pathlib import Path
from uuid import UUID

import pyrage
import pytest
from sqlcipher3 import dbapi2

from peernote_tui.domain.errors import (
    DiskFullError,
    ForeignKeyFileError,
    InvalidInputError,
    KeyFileDamagedError,
    NotAVaultError,
    ReadOnlyFolderError,
    StorageError,
    VaultDamagedError,
    VaultError,
    VaultInUseError,
    VaultTooNewError,
    WrongPassphraseError,
)
from peernote_tui.vault import connection as database
from peernote_tui.vault import database_errors, files, integrity, vault
from peernote_tui.vault.layout import VaultState, inspect

PHRASE = "violin glacier walnut pepper"
CANARY = "Canary Marisol needs an insulin fridge"
SCHEMA = 3
posix = pytest.mark.skipif(sys.platform == "win32", reason="permissions and descriptors of POSIX")


def prepare(connection):
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
    connection.execute("INSERT INTO note (text) VALUES (?)", (CANARY,))
    connection.execute(f"PRAGMA user_version = {SCHEMA}")
    connection.execute("COMMIT")


def make(folder, phrase=PHRASE, **more):
    made = vault.create(folder, phrase, prepare=prepare, work_factor=2, **more)
    made.vault.close()
    return made


def reopen(folder, phrase=PHRASE, newest_schema=SCHEMA, **more):
    more.setdefault("sleep", lambda _: None)
    return vault.open_vault(folder, phrase, newest_schema=newest_schema, max_work_factor=6, **more)


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "deep" / "Ünï # 100% vault.peernote"
    make(place)
    return place


def test_what_was_written_is_there_after_opening_again(folder):
    with reopen(folder) as opened:
        assert opened.connection.execute("SELECT text FROM note").fetchall() == [(CANARY,)]
        assert opened.folder == folder
        assert isinstance(opened.vault_id, UUID)
        assert opened.schema == SCHEMA
        assert not opened.read_only


def test_the_vault_has_the_same_identity_everywhere(tmp_path):
    made = make(tmp_path / "v")
    assert json.loads((tmp_path / "v" / "vault.json").read_text()) == {
        "format": "peernote-vault",
        "version": 1,
        "vault_id": str(made.vault.vault_id),
    }
    with reopen(tmp_path / "v") as opened:
        assert opened.vault_id == made.vault.vault_id
        assert opened.connection.execute("SELECT vault_id FROM vault_identity").fetchall() == [
            (str(made.vault.vault_id),)
        ]


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("cipher_log_level", "NONE"),
        ("cipher_status", "1"),
        ("locking_mode", "exclusive"),
        ("journal_mode", "truncate"),
        ("synchronous", 3),
        ("fullfsync", 1),
        ("secure_delete", 1),
        ("temp_store", 2),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("trusted_schema", 0),
        ("mmap_size", 0),
        ("application_id", 0x50454E4F),
        ("query_only", 0),
    ],
)
def test_every_setting_is_in_force(tmp_path, pragma, value):
    made = vault.create(tmp_path / "v", PHRASE, prepare=prepare, work_factor=2)
    with made.vault as fresh:
        assert fresh.connection.execute(f"PRAGMA {pragma}").fetchone()[0] == value
    with reopen(tmp_path / "v") as opened:
        assert opened.connection.execute(f"PRAGMA {pragma}").fetchone()[0] == value
        assert opened.connection.isolation_level is None


def test_memory_is_locked_and_wiped_in_a_process_of_its_own(tmp_path):
    program = (
        "import sys\nfrom pathlib import Path\nfrom peernote_tui.vault import vault\n"
        "made = vault.create(Path(sys.argv[1]), sys.argv[2], prepare=lambda _: None, work_factor=2)\n"
        "print(made.vault.connection.execute('PRAGMA cipher_memory_security').fetchone()[0])\nmade.vault.close()"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "v"), PHRASE]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "1"


def test_a_setting_that_is_not_accepted_stops_the_opening(folder, monkeypatch):
    monkeypatch.setattr(database, "_AFTER_KEY", (("journal_mode", "MEMORY", "truncate"),))
    with pytest.raises(VaultError, match="journal_mode"):
        reopen(folder)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE vault_identity SET vault_id = hex(randomblob(18))",
        "DELETE FROM vault_identity",
        "INSERT INTO vault_identity VALUES (2, hex(randomblob(18)))",
        "INSERT OR REPLACE INTO vault_identity VALUES (1, hex(randomblob(18)))",
        "REPLACE INTO vault_identity SELECT 1, hex(randomblob(18))",
    ],
)
def test_the_identity_never_changes(folder, statement):
    with reopen(folder) as opened:
        before = opened.connection.execute("SELECT * FROM vault_identity").fetchall()
        with pytest.raises(dbapi2.IntegrityError):
            opened.connection.execute(statement)
        assert opened.connection.execute("SELECT * FROM vault_identity").fetchall() == before


def test_nothing_readable_lies_in_the_folder(tmp_path):
    made = vault.create(tmp_path / "v", PHRASE, prepare=prepare, work_factor=2)
    words = [text.encode(code) for text in (CANARY, PHRASE, made.recovery_code) for code in ("utf-8", "utf-16-le")]
    words += [made.vault._data_key.key, made.vault._data_key.key.hex().encode()]
    made.vault.connection.execute("BEGIN IMMEDIATE")
    made.vault.connection.execute("INSERT INTO note (text) VALUES (?)", (CANARY * 1000,))
    for path in (tmp_path / "v").rglob("*"):
        # vault.db itself must not be opened while it is held.
        if path.is_file() and path.name not in {"vault.db", "vault.lock"}:
            assert not [word for word in words if word in path.read_bytes()], path.name
    made.vault.connection.execute("COMMIT")
    made.vault.close()
    for path in (tmp_path / "v").rglob("*"):
        if path.is_file():
            assert not [word for word in words if word in path.read_bytes()], path.name
    assert PHRASE not in repr(made)
    assert made.recovery_code not in repr(made)
    assert made.vault._data_key.key.hex() not in repr(vars(made.vault))
    assert (tmp_path / "v" / "vault.db").read_bytes()[:16] == made.vault._data_key.salt


@posix
def test_only_the_owner_may_read_even_with_a_careless_umask(tmp_path):
    before = os.umask(0)
    try:
        made = vault.create(tmp_path / "v", PHRASE, prepare=prepare, work_factor=2)
        made.vault.connection.execute("BEGIN IMMEDIATE")
        made.vault.connection.execute("INSERT INTO note (text) VALUES ('x')")
        everything = [tmp_path / "v", *(tmp_path / "v").rglob("*")]
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in everything}
        made.vault.close()
    finally:
        os.umask(before)
    assert "vault.db-journal" in modes
    assert modes.pop("v") == 0o700
    assert modes.pop("keys") == 0o700
    assert set(modes.values()) == {0o600}


def test_the_reserve_is_one_mebibyte_of_noise(folder):
    noise = (folder / "reserve").read_bytes()
    assert len(noise) == 2**20
    assert len(set(noise)) == 256
    assert noise[:4096] != noise[4096:8192]


def test_age_and_a_sqlcipher_shell_open_the_vault_without_peernote(folder):
    text = pyrage.passphrase.decrypt((folder / "keys" / "passphrase.age").read_bytes(), PHRASE).decode()
    *comments, last = text.splitlines()
    assert all(line.startswith("-- ") for line in comments)
    assert re.fullmatch(r"PRAGMA key = \"x'[0-9a-f]{96}'\";", last)
    plain = dbapi2.connect(str(folder / "vault.db"))
    plain.execute(last)
    assert plain.execute("SELECT text FROM note").fetchall() == [(CANARY,)]
    plain.close()
    shell = dbapi2.connect(str(folder / "vault.db"))
    shell.executescript(text)
    assert shell.execute("SELECT count(*) FROM note").fetchone() == (1,)
    shell.close()


def test_a_damaged_salt_in_the_file_is_survivable(folder):
    path = folder / "vault.db"
    data = path.read_bytes()
    path.write_bytes(secrets.token_bytes(16) + data[16:])
    with reopen(folder) as opened:
        assert opened.connection.execute("SELECT text FROM note").fetchall() == [(CANARY,)]


def test_a_wrong_passphrase_is_told_before_the_database_is_touched(folder, monkeypatch):
    monkeypatch.setattr(database, "open_database", lambda *_, **__: pytest.fail("must not be reached"))
    with pytest.raises(WrongPassphraseError) as refusal:
        reopen(folder, "violin glacier walnut salt")
    assert "recovery code" in refusal.value.way_out
    assert "salt" not in str(refusal.value)


def test_after_a_refusal_the_lock_is_free_again(folder):
    with pytest.raises(WrongPassphraseError):
        reopen(folder, "not the passphrase at all")
    reopen(folder).close()


def test_both_spellings_of_an_accent_open_the_vault(tmp_path):
    make(tmp_path / "v", "caf\u00e9 am Rande der Stadt")
    reopen(tmp_path / "v", "cafe\u0301 am Rande der Stadt").close()


def test_a_vault_is_open_only_once(folder):
    with reopen(folder), pytest.raises(VaultInUseError):
        reopen(folder)
    reopen(folder).close()


def test_closing_twice_does_no_harm(folder):
    opened = reopen(folder)
    opened.close()
    opened.close()
    with pytest.raises(dbapi2.ProgrammingError):
        opened.connection.execute("SELECT 1")


def test_the_open_database_is_held_against_other_programs(folder):
    with reopen(folder) as opened:
        other = dbapi2.connect(str(folder / "vault.db"), timeout=0)
        other.set_key(opened._data_key.for_sqlcipher().encode())
        with pytest.raises(dbapi2.OperationalError, match="locked"):
            other.execute("SELECT count(*) FROM note")
        other.close()


def test_another_program_holding_the_database_is_told_as_such(folder):
    with reopen(folder) as opened:
        key = opened._data_key.for_sqlcipher().encode()
    other = dbapi2.connect(str(folder / "vault.db"), isolation_level=None)
    other.set_key(key)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(VaultInUseError, match="Another program"):
        reopen(folder)
    other.close()


def test_a_connection_may_be_closed_from_another_thread_when_asked_for(folder):
    opened = reopen(folder, check_same_thread=False)
    closer = threading.Thread(target=opened.close)
    closer.start()
    closer.join()
    reopen(folder).close()


def test_a_newer_schema_opens_for_reading_only(folder):
    before = (folder / "vault.db").read_bytes()
    with reopen(folder, newest_schema=SCHEMA - 1) as opened:
        assert opened.read_only
        assert opened.connection.execute("SELECT text FROM note").fetchall() == [(CANARY,)]
        with pytest.raises(dbapi2.OperationalError):
            opened.connection.execute("INSERT INTO note (text) VALUES ('x')")
        with pytest.raises(VaultTooNewError):
            opened.change_passphrase("another good passphrase", work_factor=2)
        with pytest.raises(VaultTooNewError):
            opened.new_recovery_code(work_factor=2)
    assert (folder / "vault.db").read_bytes() == before


class TestChangingKeys:
    def test_a_new_passphrase_replaces_the_old_one_and_nothing_else(self, tmp_path):
        made = make(tmp_path / "v")
        recovery = (tmp_path / "v" / "keys" / "recovery.age").read_bytes()
        with reopen(tmp_path / "v") as opened:
            opened.change_passphrase("quiet lantern by the river", work_factor=2)
        assert (tmp_path / "v" / "keys" / "recovery.age").read_bytes() == recovery
        with pytest.raises(WrongPassphraseError):
            reopen(tmp_path / "v")
        reopen(tmp_path / "v", "quiet lantern by the river").close()
        vault.open_with_recovery_code(tmp_path / "v", made.recovery_code, newest_schema=SCHEMA).close()

    def test_a_new_recovery_code_replaces_the_old_one(self, tmp_path):
        made = make(tmp_path / "v")
        with vault.open_with_recovery_code(tmp_path / "v", made.recovery_code.lower(), newest_schema=SCHEMA) as opened:
            code = opened.new_recovery_code(work_factor=2)
        assert code != made.recovery_code
        with pytest.raises(WrongPassphraseError, match="recovery code"):
            vault.open_with_recovery_code(tmp_path / "v", made.recovery_code, newest_schema=SCHEMA)
        vault.open_with_recovery_code(tmp_path / "v", code.replace("-", " "), newest_schema=SCHEMA).close()
        reopen(tmp_path / "v").close()

    def test_a_mistyped_code_is_told_before_anything_else(self, folder):
        with reopen(folder), pytest.raises(InvalidInputError):
            vault.open_with_recovery_code(folder, "0000-0000-0000-0000-0000-0000-0001", newest_schema=SCHEMA)

    def test_a_short_passphrase_changes_nothing(self, folder):
        with reopen(folder) as opened, pytest.raises(InvalidInputError):
            opened.change_passphrase("too short", work_factor=2)
        reopen(folder).close()

    def test_when_the_disk_is_full_the_old_passphrase_stays(self, folder, monkeypatch):
        def full(*_):
            raise OSError(errno.ENOSPC, "full")

        with reopen(folder) as opened, monkeypatch.context() as patch:
            patch.setattr(files, "sync_handle", full)
            with pytest.raises(DiskFullError):
                opened.change_passphrase("quiet lantern by the river", work_factor=2)
        assert sorted(path.name for path in (folder / "keys").iterdir()) == ["passphrase.age", "recovery.age"]
        reopen(folder).close()

    def test_a_lost_key_file_comes_back_through_the_recovery_code(self, tmp_path):
        made = make(tmp_path / "v")
        (tmp_path / "v" / "keys" / "passphrase.age").unlink()
        with pytest.raises(KeyFileDamagedError, match="missing") as refusal:
            reopen(tmp_path / "v")
        assert "recovery code" in refusal.value.way_out
        with vault.open_with_recovery_code(tmp_path / "v", made.recovery_code, newest_schema=SCHEMA) as opened:
            opened.change_passphrase(PHRASE, work_factor=2)
        reopen(tmp_path / "v").close()


class TestKeyFiles:
    def test_every_changed_byte_is_told_and_never_opens(self, folder):
        path = folder / "keys" / "passphrase.age"
        data = path.read_bytes()
        told = set()
        for place in range(len(data)):
            path.write_bytes(data[:place] + bytes([data[place] ^ 0x04]) + data[place + 1 :])
            with pytest.raises((KeyFileDamagedError, WrongPassphraseError)) as refusal:
                reopen(folder)
            told.add(refusal.type)
            assert refusal.value.way_out
        assert told == {KeyFileDamagedError, WrongPassphraseError}
        path.write_bytes(data)
        reopen(folder).close()

    @pytest.mark.parametrize("data", [b"", b"hello", bytes(100_000)])
    def test_foreign_bytes_are_told_as_damage(self, folder, data):
        (folder / "keys" / "passphrase.age").write_bytes(data)
        with pytest.raises(KeyFileDamagedError, match=r"passphrase\.age is damaged"):
            reopen(folder)

    def test_a_slot_of_another_vault_is_told_apart(self, folder, tmp_path):
        make(tmp_path / "other")
        shutil.copy(tmp_path / "other" / "keys" / "passphrase.age", folder / "keys" / "passphrase.age")
        with pytest.raises(ForeignKeyFileError, match="another vault"):
            reopen(folder)

    def test_a_slot_in_the_place_of_the_other_is_not_taken(self, tmp_path):
        made = make(tmp_path / "v")
        keys = tmp_path / "v" / "keys"
        shutil.copy(keys / "recovery.age", keys / "passphrase.age")
        with pytest.raises(KeyFileDamagedError):
            reopen(tmp_path / "v", made.recovery_code)

    def test_a_slot_of_a_newer_form_is_told(self, folder):
        path = folder / "keys" / "passphrase.age"
        text = pyrage.passphrase.decrypt(path.read_bytes(), PHRASE).replace(b"version: 1", b"version: 2")
        path.write_bytes(vault.keys.age.encrypt_with_passphrase(text, PHRASE, work_factor=2))
        with pytest.raises(VaultTooNewError):
            reopen(folder)

    def test_a_slot_that_was_encrypted_right_but_holds_something_else_is_damage(self, folder):
        path = folder / "keys" / "passphrase.age"
        good = pyrage.passphrase.decrypt(path.read_bytes(), PHRASE)
        for text in (
            b"",
            b"\xff\xfe",
            b"hello",
            good.replace(b"x'", b"x'00"),
            good + b"DROP TABLE note;",
            good.upper(),
        ):
            path.write_bytes(vault.keys.age.encrypt_with_passphrase(text, PHRASE, work_factor=2))
            with pytest.raises(KeyFileDamagedError):
                reopen(folder)


class TestDamage:
    def test_a_missing_database_is_told_and_never_made(self, folder):
        (folder / "vault.db").unlink()
        with pytest.raises(VaultDamagedError, match="missing"):
            reopen(folder)
        assert not (folder / "vault.db").exists()

    def test_an_empty_database_is_told(self, folder):
        (folder / "vault.db").write_bytes(b"")
        with pytest.raises(VaultDamagedError, match="cut off"):
            reopen(folder)

    def test_a_damaged_first_page_is_tried_three_times_and_never_called_a_wrong_passphrase(self, folder):
        path = folder / "vault.db"
        data = bytearray(path.read_bytes())
        data[100] ^= 1
        path.write_bytes(data)
        pauses = []
        with pytest.raises(VaultDamagedError) as refusal:
            reopen(folder, sleep=pauses.append)
        assert len(pauses) == 2
        assert all(pause > 0 for pause in pauses)
        assert "passphrase" not in str(refusal.value).lower()
        assert "delete" not in str(refusal.value).lower()
        assert path.read_bytes() == data

    def test_one_bad_read_is_forgiven(self, folder, monkeypatch):
        real = database._configure
        left = [dbapi2.DatabaseError("file is not a database"), dbapi2.OperationalError("disk I/O error")]

        def unlucky(connection, data_key):
            if left:
                raise left.pop()
            real(connection, data_key)

        monkeypatch.setattr(database, "_configure", unlucky)
        reopen(folder).close()
        assert left == []

    def test_missing_pages_at_the_end_are_told(self, folder):
        path = folder / "vault.db"
        data = path.read_bytes()
        path.write_bytes(data[:-4096])
        with pytest.raises(VaultDamagedError):
            reopen(folder)
        path.write_bytes(data + bytes(4096))
        with pytest.raises(VaultDamagedError, match="size"):
            reopen(folder)

    def test_an_unencrypted_database_is_not_taken(self, folder):
        (folder / "vault.db").unlink()
        plain = dbapi2.connect(str(folder / "vault.db"))
        plain.execute(f"PRAGMA application_id = {0x50454E4F}")
        plain.execute("CREATE TABLE t (a)")
        plain.commit()
        plain.close()
        with pytest.raises(VaultDamagedError):
            reopen(folder)

    def test_a_foreign_database_under_the_same_key_is_told(self, folder):
        change_inside(folder, "PRAGMA application_id = 7")
        with pytest.raises(NotAVaultError):
            reopen(folder)

    def test_another_identity_inside_is_told(self, folder):
        change_inside(
            folder,
            "DROP TRIGGER vault_identity_stays_on_update",
            "UPDATE vault_identity SET vault_id = '00000000-0000-0000-0000-000000000000'",
        )
        with pytest.raises(VaultDamagedError, match="another vault"):
            reopen(folder)

    def test_a_layout_that_cannot_be_read_is_told_as_newer(self, folder):
        change_inside(folder, "DROP TABLE vault_identity")
        with pytest.raises(VaultTooNewError):
            reopen(folder)


def change_inside(folder, *statements):
    with reopen(folder) as opened:
        for statement in statements:
            opened.connection.execute(statement)


class TestHeader:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            "{",
            "[]",
            "7",
            "\ufeff\x00",
            '{"format": "peernote-vault"}',
            '{"format": "peernote-vault", "version": 1, "vault_id": "x"}',
            '{"format": "peernote-vault", "version": 0, "vault_id": "00000000-0000-0000-0000-000000000000"}',
            '{"format": "peernote-vault", "version": null, "vault_id": 5}',
        ],
    )
    def test_a_damaged_card_is_told(self, folder, text):
        (folder / "vault.json").write_text(text, encoding="utf-8")
        with pytest.raises((VaultDamagedError, NotAVaultError)) as refusal:
            reopen(folder)
        assert refusal.value.way_out

    def test_a_newer_layout_is_told(self, folder):
        said = json.loads((folder / "vault.json").read_text())
        (folder / "vault.json").write_text(json.dumps(said | {"version": 2}))
        with pytest.raises(VaultTooNewError):
            reopen(folder)

    def test_a_card_of_something_else_is_no_vault(self, folder):
        (folder / "vault.json").write_text('{"format": "other"}')
        assert inspect(folder) is VaultState.NOT_A_VAULT
        with pytest.raises(NotAVaultError):
            reopen(folder)


class TestTheDiskRefuses:
    @pytest.mark.parametrize(
        ("code", "kind"),
        [
            (errno.ENOSPC, DiskFullError),
            (errno.ENOENT, StorageError),
            (errno.EIO, StorageError),
        ],
    )
    def test_the_lock_file_cannot_be_written(self, folder, monkeypatch, code, kind):
        real = os.open

        def refuse(path, *args, **kwargs):
            if Path(path).name == "vault.lock":
                raise OSError(code, os.strerror(code))
            return real(path, *args, **kwargs)

        with monkeypatch.context() as patch:
            patch.setattr(os, "open", refuse)
            with pytest.raises(kind) as refusal:
                reopen(folder)
        assert type(refusal.value) is kind
        assert refusal.value.way_out
        reopen(folder).close()

    def test_a_key_file_that_may_not_be_read_is_not_called_damaged(self, folder, monkeypatch):
        real = Path.read_bytes

        def refuse(path):
            if path.suffix == ".age":
                raise PermissionError(errno.EACCES, "no")
            return real(path)

        with monkeypatch.context() as patch:
            patch.setattr(Path, "read_bytes", refuse)
            with pytest.raises(StorageError, match="may not be read"):
                reopen(folder)

    @pytest.mark.parametrize(
        ("code", "kind"),
        [
            (8, ReadOnlyFolderError),
            (13, DiskFullError),
            (14, StorageError),
            (10, StorageError),
            (522, None),
            (5, VaultInUseError),
            (1032, ReadOnlyFolderError),
        ],
    )
    def test_the_codes_of_sqlite_are_told_apart(self, code, kind):
        error = dbapi2.OperationalError("x")
        error.sqlite_errorcode = code
        refusal = database_errors.refusal(error, Path("vault.db"))
        assert type(refusal) is (kind or type(None))


class TestCreating:
    def test_a_new_vault_may_take_an_empty_folder(self, tmp_path):
        (tmp_path / "v").mkdir()
        make(tmp_path / "v")
        reopen(tmp_path / "v").close()

    def test_the_new_vault_is_open_and_held(self, tmp_path):
        made = vault.create(tmp_path / "v", PHRASE, prepare=prepare, work_factor=2)
        with made.vault as fresh:
            assert fresh.schema == SCHEMA
            with pytest.raises(VaultInUseError):
                reopen(tmp_path / "v")

    @pytest.mark.parametrize("phrase", ["", "short", " " * 30])
    def test_a_poor_passphrase_leaves_nothing_behind(self, tmp_path, phrase):
        with pytest.raises(InvalidInputError):
            make(tmp_path / "v", phrase)
        assert not (tmp_path / "v").exists()

    def test_no_vault_is_made_over_a_file_a_vault_or_other_things(self, tmp_path):
        (tmp_path / "file").write_text("mine")
        (tmp_path / "things").mkdir()
        (tmp_path / "things" / "letter.txt").write_text("mine")
        make(tmp_path / "vault")
        before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
        for name, words in (("file", "not empty|file"), ("things", "not empty"), ("vault", "already a vault")):
            with pytest.raises(NotAVaultError, match=words):
                make(tmp_path / name)
        assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before

    def test_a_stop_half_way_leaves_half_a_vault_that_can_be_moved_aside(self, tmp_path):
        class StopError(Exception):
            pass

        def stop(_):
            raise StopError

        with pytest.raises(StopError):
            vault.create(tmp_path / "v", PHRASE, prepare=stop, work_factor=2)
        assert inspect(tmp_path / "v") is VaultState.HALF_MADE
        for attempt in (make, reopen):
            with pytest.raises(NotAVaultError, match="half made"):
                attempt(tmp_path / "v")
        aside = vault.move_aside(tmp_path / "v")
        assert (aside / "vault.db").exists()
        assert inspect(tmp_path / "v") is VaultState.ABSENT
        make(tmp_path / "v")
        reopen(tmp_path / "v").close()
        with pytest.raises(NotAVaultError):
            vault.move_aside(tmp_path / "v")

    @pytest.mark.parametrize(
        "name", ["reserve.part", "passphrase.age.part", "recovery.age.part", "vault.db", "vault.json.part"]
    )
    def test_a_full_disk_at_any_file_is_told_and_the_vault_is_not_called_complete(self, tmp_path, monkeypatch, name):
        real = os.open

        def full(path, *args, **kwargs):
            if Path(path).name == name:
                raise OSError(errno.ENOSPC, "full")
            return real(path, *args, **kwargs)

        with monkeypatch.context() as patch:
            patch.setattr(os, "open", full)
            with pytest.raises(DiskFullError):
                make(tmp_path / "v")
        assert inspect(tmp_path / "v") is VaultState.HALF_MADE

    def test_a_full_disk_inside_the_schema_is_told(self, tmp_path):
        def full(_):
            error = dbapi2.OperationalError("database or disk is full")
            error.sqlite_errorcode = 13
            raise error

        with pytest.raises(DiskFullError):
            vault.create(tmp_path / "v", PHRASE, prepare=full, work_factor=2)

    def test_a_mistake_in_the_schema_is_not_hidden(self, tmp_path):
        def wrong(connection):
            connection.execute("CREATE TABEL x")

        with pytest.raises(dbapi2.OperationalError, match="TABEL"):
            vault.create(tmp_path / "v", PHRASE, prepare=wrong, work_factor=2)

    def test_of_two_at_once_only_one_makes_the_vault(self, tmp_path):
        def second(connection):
            with pytest.raises((VaultInUseError, NotAVaultError)):
                make(tmp_path / "v")
            prepare(connection)

        vault.create(tmp_path / "v", PHRASE, prepare=second, work_factor=2).vault.close()
        reopen(tmp_path / "v").close()


@pytest.mark.parametrize("setup", ["absent", "file", "empty", "foreign", "half"])
def test_what_is_no_vault_is_told_and_left_as_it_is(tmp_path, setup):
    place = tmp_path / "place"
    if setup == "file":
        place.write_text("x")
    elif setup != "absent":
        place.mkdir()
    if setup == "foreign":
        (place / "letter.txt").write_text("x")
    if setup == "half":
        (place / "vault.db").write_bytes(b"x")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(NotAVaultError) as refusal:
        reopen(place)
    assert refusal.value.way_out
    assert sorted(tmp_path.rglob("*")) == before


@posix
@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc")
def test_nothing_stays_open_after_a_refusal(folder):
    def handles():
        found = []
        for name in Path("/proc/self/fd").iterdir():
            with contextlib.suppress(OSError):
                found.append(str(name.readlink()))
        return [target for target in found if str(folder) in target]

    data = bytearray((folder / "vault.db").read_bytes())
    data[100] ^= 1
    (folder / "vault.db").write_bytes(data)
    with pytest.raises(VaultDamagedError):
        reopen(folder)
    assert handles() == []


def test_the_held_database_is_never_opened_a_second_time(folder, monkeypatch):
    """On POSIX, closing any other descriptor of the file would drop SQLite's lock."""
    opened_paths = []
    real_open, real_os_open = io.open, os.open

    def watch(path, *args, **kwargs):
        opened_paths.append(str(path))
        return real_open(path, *args, **kwargs)

    def watch_os(path, *args, **kwargs):
        opened_paths.append(str(path))
        return real_os_open(path, *args, **kwargs)

    with reopen(folder) as opened, monkeypatch.context() as patch:
        patch.setattr(io, "open", watch)
        patch.setattr("builtins.open", watch)
        patch.setattr(os, "open", watch_os)
        opened.change_passphrase("quiet lantern by the river", work_factor=2)
        opened.new_recovery_code(work_factor=2)
        assert integrity.check(opened).ok
        assert inspect(folder) is VaultState.COMPLETE
        with pytest.raises(VaultInUseError):
            reopen(folder)
    assert any(path.endswith("passphrase.age.part") for path in opened_paths)
    assert not [path for path in opened_paths if path.endswith("vault.db")]
