"""Making a vault, opening it, and the two ways to its key."""

from __future__ import annotations

import pytest

from peernote_tui.domain.errors import (
    DiskFaultError,
    DiskFullError,
    InvalidInputError,
    NotAVaultError,
    VaultDamagedError,
    VaultInUseError,
    WrongPassphraseError,
)
from peernote_tui.repository import schema
from peernote_tui.services import unlocking
from peernote_tui.vault import files, vault

NEW = "a wholly different passphrase"


def log(workspace):
    with workspace.reading() as work:
        return [(entry.action.value, entry.detail) for entry in work.audit.entries()]


@pytest.fixture
def make(tmp_path, clock, passphrase):
    def making(**changes):
        asked = {"author_name": "Alex Rivera", "credential": "CPS", "clock": clock, "work_factor": 10}
        return unlocking.create_vault(tmp_path / "v.peernote", passphrase, **{**asked, **changes})

    return making


def test_a_new_vault_knows_its_author_and_says_so_in_the_log(make):
    made = make(author_name="  Alex\u200b Rivera ", credential=" CPS ")
    assert (made.workspace.author.name, made.workspace.author.credential) == ("Alex Rivera", "CPS")
    assert len(made.workspace.author.public_key) == 64
    assert log(made.workspace) == [("vault.created", made.workspace.author.public_key)]
    assert made.recovery_code not in repr(made)
    unlocking.close(made.workspace)


@pytest.mark.parametrize(
    ("changes", "field"), [({"author_name": " "}, "name"), ({"credential": "x" * 201}, "credential")]
)
def test_what_cannot_be_used_is_told_before_anything_is_made(make, tmp_path, changes, field):
    with pytest.raises(InvalidInputError) as caught:
        make(**changes)
    assert caught.value.field == field
    assert not (tmp_path / "v.peernote").exists()


def test_each_opening_is_logged_with_its_way(make, clock, passphrase):
    made = make()
    unlocking.close(made.workspace)
    folder = made.workspace.vault.folder
    opened = unlocking.open_vault(folder, passphrase, clock=clock)
    assert opened.author == made.workspace.author
    unlocking.close(opened)
    opened = unlocking.open_with_recovery_code(folder, made.recovery_code.lower(), clock=clock)
    assert log(opened)[1:] == [("vault.unlocked", "passphrase"), ("vault.unlocked", "recovery code")]
    unlocking.close(opened)


def test_a_wrong_passphrase_changes_nothing_and_holds_nothing(workspace, clock, passphrase):
    unlocking.close(workspace)
    before = (workspace.vault.folder / "vault.db").read_bytes()
    with pytest.raises(WrongPassphraseError):
        unlocking.open_vault(workspace.vault.folder, NEW, clock=clock)
    assert (workspace.vault.folder / "vault.db").read_bytes() == before
    unlocking.close(unlocking.open_vault(workspace.vault.folder, passphrase, clock=clock))


def test_an_open_vault_is_not_opened_twice(workspace, clock, passphrase):
    with pytest.raises(VaultInUseError):
        unlocking.open_vault(workspace.vault.folder, passphrase, clock=clock)


def test_a_new_passphrase_takes_the_place_of_the_old(workspace, clock, passphrase):
    with pytest.raises(InvalidInputError):
        unlocking.change_passphrase(workspace, "short", work_factor=10)
    unlocking.change_passphrase(workspace, NEW, work_factor=10)
    assert log(workspace)[-1] == ("vault.key_slot_replaced", "passphrase")
    unlocking.close(workspace)
    with pytest.raises(WrongPassphraseError):
        unlocking.open_vault(workspace.vault.folder, passphrase, clock=clock)
    unlocking.close(unlocking.open_vault(workspace.vault.folder, NEW, clock=clock))


def test_a_new_recovery_code_takes_the_place_of_the_old(make, clock):
    made = make()
    code = unlocking.new_recovery_code(made.workspace, work_factor=10)
    unlocking.close(made.workspace)
    with pytest.raises(WrongPassphraseError):
        unlocking.open_with_recovery_code(made.workspace.vault.folder, made.recovery_code, clock=clock)
    unlocking.close(unlocking.open_with_recovery_code(made.workspace.vault.folder, code, clock=clock))


def test_a_vault_without_an_author_is_told_and_let_go_of(tmp_path, clock, passphrase):
    folder = tmp_path / "nobody.peernote"
    made = vault.create(
        folder, passphrase, prepare=lambda connection: schema.migrate(connection, clock.now()), work_factor=10
    )
    made.vault.close()
    for _ in range(2):
        with pytest.raises(VaultDamagedError):
            unlocking.open_vault(folder, passphrase, clock=clock)


def test_a_place_without_a_vault_is_told(tmp_path, clock, passphrase):
    with pytest.raises(NotAVaultError):
        unlocking.open_vault(tmp_path / "nothing", passphrase, clock=clock)


def test_nothing_typed_lies_readable_in_the_folder(workspace, participant, consented, write_note, write_draft):
    write_note(consented, summary="CANARY in a note")
    write_draft(consented, summary="CANARY in a draft")
    unlocking.close(workspace)
    for path in workspace.vault.folder.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        assert b"CANARY" not in data
        assert b"Santos" not in data
        assert b"SQLite format" not in data


def test_a_full_disk_is_told_as_such_also_where_the_database_does_not_say_it(workspace, passphrase, clock, monkeypatch):
    unlocking.close(workspace)

    def refuse(*_args, **_kwargs):
        raise DiskFaultError("The disk did not read or write as it should.")

    monkeypatch.setattr(schema, "migrate", refuse)
    monkeypatch.setattr(files, "why_unwritable", files.disk_full)
    with pytest.raises(DiskFullError):
        unlocking.open_vault(workspace.vault.folder, passphrase, clock=clock)
    monkeypatch.setattr(files, "why_unwritable", lambda _folder: None)
    with pytest.raises(DiskFaultError):
        unlocking.open_vault(workspace.vault.folder, passphrase, clock=clock)
