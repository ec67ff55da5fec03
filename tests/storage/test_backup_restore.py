"""Putting a backup back: nothing is overwritten, nothing is lost, and every refusal has its own words."""

import itertools
import os
import shutil

import pytest

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.errors import (
    DiskFullError,
    InvalidInputError,
    KeyFileDamagedError,
    NotAVaultError,
    RefusedError,
    StorageError,
    VaultDamagedError,
    VaultInUseError,
    VaultTooNewError,
    WrongPassphraseError,
)
from peernote_tui.repository import schema
from peernote_tui.services import backups, unlocking, verifying
from peernote_tui.vault import layout
from peernote_tui.vault.keys import Slot
from peernote_tui.vault.reserve import RESERVE_BYTES

STEPS = ("open", "mkdir", "rename", "replace", "unlink", "rmdir", "fsync")
OTHER = "lantern meadow copper thistle"


class Killed(BaseException):
    """The process is gone; nothing on the disk changes any more."""


@pytest.fixture
def told(workspace, consented, write_note, write_draft, add_participant, clock):
    """A closed vault with a backup of one note; since then a note, a draft and a participant came."""
    write_note(consented, summary="We read the second notice together.")
    made = backups.back_up(workspace)
    clock.advance(hours=1)
    write_note(consented, summary="A second visit.")
    write_draft(add_participant("Bo Li"), summary="Begun.")
    unlocking.close(workspace)
    return made


@pytest.fixture
def folder(workspace):
    return workspace.vault.folder


@pytest.fixture
def opened(folder, passphrase, clock):
    """Open the vault that is in place now, look, and close it: `opened(look)`."""

    def looking(look, secret=passphrase, where=folder):
        again = unlocking.open_vault(where, secret, clock=clock)
        try:
            return look(again)
        finally:
            unlocking.close(again)

    return looking


def restored(folder, made, secret, clock, **given):
    with backups.begin_restore(folder, made, secret, **given) as restoration:
        return backups.carry_out(restoration, clock)


def counts(workspace):
    with workspace.reading() as work:
        return work.notes.signed_since("2000")[0], len(work.drafts.open()), work.participants.count()


def test_a_restore_brings_the_day_back_and_sets_the_vault_aside_unchanged(told, folder, passphrase, clock, opened):
    before = (folder / "vault.db").read_bytes()
    done = restored(folder, told, passphrase, clock)
    assert opened(counts) == (1, 0, 1)
    assert done.aside.name == "mine.peernote.before-restore-20261123-205200"
    assert (done.aside / "vault.db").read_bytes() == before
    assert opened(counts, where=done.aside) == (2, 1, 2)
    assert opened(verifying.verify).ok
    assert (folder / "reserve").stat().st_size == RESERVE_BYTES
    assert not (folder / "restore.json").exists()
    assert not folder.with_name(folder.name + layout.RESTORING_SUFFIX).exists()


def test_a_restore_is_in_the_log_and_the_backups_come_along(told, folder, passphrase, clock, opened):
    done = restored(folder, told, passphrase, clock)
    assert done.backups_here
    saved, same = opened(backups.backups)
    assert (saved.manifest.kind, same.name) == (backups.Kind.BEFORE_RESTORE, told.name)
    assert saved.manifest.facts.counts["notes"] == 2

    def last_restore(workspace):
        with workspace.reading() as work:
            return [entry.detail for entry in work.audit.entries() if entry.action is AuditAction.BACKUP_RESTORED]

    assert opened(last_restore) == [f"asked {told.name}"]


def test_a_preview_tells_what_would_be_set_aside_and_changes_nothing(told, folder, passphrase):
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with backups.begin_restore(folder, told, passphrase) as restoration:
        preview = backups.restore_preview(restoration)
    assert preview.facts.counts["notes"] == 1
    assert {kind: preview.newer[kind] for kind in ("notes", "drafts", "participants")} == {
        "notes": 1,
        "drafts": 1,
        "participants": 1,
    }
    assert preview.newer["log"] >= 4
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_second_restore_sets_aside_under_another_name(told, folder, passphrase, clock):
    first = restored(folder, told, passphrase, clock)
    again = backups.find_backup(folder, told.name)
    second = restored(folder, again, passphrase, clock)
    assert first.aside != second.aside
    assert first.aside.is_dir()
    assert second.aside.is_dir()


def test_a_backup_can_be_restored_where_there_is_no_vault(told, folder, passphrase, clock, tmp_path, opened):
    elsewhere = tmp_path / "new laptop" / "vault.peernote"
    done = restored(elsewhere, told, passphrase, clock)
    assert done.aside is None
    assert opened(counts, where=elsewhere) == (1, 0, 1)
    assert opened(counts) == (2, 1, 2)


@pytest.mark.parametrize("harm", ["database", "header", "keys", "database gone", "half made"])
def test_a_damaged_vault_is_no_reason_against_a_restore(told, folder, passphrase, clock, opened, harm):
    if harm == "database":
        (folder / "vault.db").write_bytes(b"x" * 40960)
    elif harm == "header":
        (folder / "vault.json").write_text("{")
    elif harm == "keys":
        for path in (folder / "keys").iterdir():
            path.write_bytes(b"x")
    elif harm == "database gone":
        (folder / "vault.db").unlink()
    else:
        (folder / "vault.json").unlink()
    with backups.begin_restore(folder, told, passphrase) as restoration:
        if harm.startswith("database"):
            assert backups.restore_preview(restoration).newer is None
        backups.carry_out(restoration, clock)
    assert opened(counts) == (1, 0, 1)


def test_the_passphrase_of_today_opens_an_old_backup_and_stays_in_force(told, folder, passphrase, clock, opened):
    opened(lambda workspace: unlocking.change_passphrase(workspace, OTHER, work_factor=10))
    restored(folder, told, OTHER, clock)
    assert opened(counts, OTHER) == (1, 0, 1)
    with pytest.raises(WrongPassphraseError):
        opened(counts, passphrase)


def test_the_passphrase_of_that_day_opens_it_too_and_comes_back_with_it(told, folder, passphrase, clock, opened):
    opened(lambda workspace: unlocking.change_passphrase(workspace, OTHER, work_factor=10))
    restored(folder, told, passphrase, clock)
    assert opened(counts, passphrase) == (1, 0, 1)


def test_the_recovery_code_opens_a_backup(told, folder, clock, opened):
    code = opened(lambda workspace: unlocking.new_recovery_code(workspace, work_factor=10))
    with pytest.raises(InvalidInputError, match="typing mistake"):
        restored(folder, told, "U" + code[1:], clock, slot=Slot.RECOVERY)
    restored(folder, told, code, clock, slot=Slot.RECOVERY)
    assert opened(counts) == (1, 0, 1)


def test_a_wrong_passphrase_is_told_as_such_and_changes_nothing(told, folder, clock, opened):
    with pytest.raises(WrongPassphraseError, match="does not open the backup"):
        restored(folder, told, OTHER, clock)
    assert opened(counts) == (2, 1, 2)


def test_damage_is_never_told_as_a_wrong_passphrase(told, folder, passphrase, clock, opened):
    good = told.database.read_bytes()
    for at in (0, 30, 4096 * 5 + 7, len(good) - 9):
        data = bytearray(good)
        data[at] ^= 1
        told.database.write_bytes(data)
        with pytest.raises(VaultDamagedError, match="cannot be restored"):
            restored(folder, told, passphrase, clock)
    told.database.write_bytes(good[:-4096])
    with pytest.raises(VaultDamagedError):
        restored(folder, told, passphrase, clock)
    assert opened(counts) == (2, 1, 2)


def test_damaged_key_files_in_both_places_are_told_as_that(told, folder, passphrase, clock):
    for place in (folder, told.path):
        (place / "keys" / "passphrase.age").write_bytes(b"age-encryption.org/v1\nx")
    with pytest.raises(KeyFileDamagedError):
        restored(folder, told, passphrase, clock)


def test_a_backup_of_another_vault_is_refused(told, folder, new_workspace, passphrase, clock, opened):
    other = new_workspace("Sam Okafor")
    foreign = backups.back_up(other)
    with pytest.raises(RefusedError, match="another vault"):
        restored(folder, foreign, passphrase, clock)
    moved = folder / "backups" / "20261201-000000"
    shutil.copytree(foreign.path, moved)
    assert "another vault" in opened(backups.backups)[0].problem
    assert opened(counts) == (2, 1, 2)


def test_a_snapshot_of_another_vault_under_our_manifest_is_refused(told, folder, new_workspace, passphrase, clock):
    foreign = backups.back_up(new_workspace("Sam Okafor"))
    shutil.copyfile(foreign.database, told.database)
    with pytest.raises(VaultDamagedError):
        restored(folder, told, passphrase, clock)


def test_a_vault_that_is_open_is_not_exchanged(told, folder, passphrase, clock, opened):
    def attempt(_workspace):
        with pytest.raises(VaultInUseError):
            restored(folder, told, passphrase, clock)

    opened(attempt)
    assert opened(counts) == (2, 1, 2)


def test_a_folder_with_other_things_is_left_alone(told, passphrase, clock, tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(b"x")
    with pytest.raises(NotAVaultError):
        restored(tmp_path / "photos", told, passphrase, clock)
    assert (tmp_path / "photos" / "a.jpg").read_bytes() == b"x"


def test_a_backup_of_a_newer_program_is_refused(told, folder, passphrase, clock, monkeypatch):
    monkeypatch.setattr(schema, "newest_schema", lambda: 0)
    with pytest.raises(VaultTooNewError):
        restored(folder, told, passphrase, clock)


def test_a_full_disk_is_told_and_leaves_the_vault(told, folder, passphrase, clock, opened, monkeypatch):
    def full(*_args, **_kwargs):
        raise OSError(28, "no space")

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "copyfile", full)
        with pytest.raises(DiskFullError):
            restored(folder, told, passphrase, clock)
    assert opened(counts) == (2, 1, 2)
    assert [path.name for path in folder.parent.iterdir() if path.name.startswith("mine")] == ["mine.peernote"]


def test_a_disk_that_does_not_keep_the_copy_leaves_the_vault(told, folder, passphrase, clock, opened, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "copyfile", lambda _source, target: target.write_bytes(b"x" * 4096))
        with pytest.raises(VaultDamagedError, match="did not keep"):
            restored(folder, told, passphrase, clock)
    assert opened(counts) == (2, 1, 2)


def test_a_rename_that_fails_is_undone(told, folder, passphrase, clock, opened, monkeypatch):
    real = os.rename

    def refuse(source, target, **kwargs):
        if str(source).endswith(layout.RESTORING_SUFFIX):
            raise OSError(5, "input/output error")
        return real(source, target, **kwargs)

    with monkeypatch.context() as patched:
        patched.setattr(os, "rename", refuse)
        with pytest.raises(StorageError):
            restored(folder, told, passphrase, clock)
    assert opened(counts) == (2, 1, 2)
    assert [path.name for path in folder.parent.iterdir() if path.name.startswith("mine")] == ["mine.peernote"]


def test_killed_between_any_two_steps_a_whole_vault_opens_and_nothing_is_lost(
    told, folder, passphrase, clock, monkeypatch, tmp_path
):
    # Between every two: python -m reliability.faults --operations restore
    seen = set()
    for moment in itertools.count(1, 3):
        home = tmp_path / f"run-{moment}"
        here = home / folder.name
        shutil.copytree(folder, here)
        number = itertools.count(1)
        finished = False
        with monkeypatch.context() as patched:
            for name in STEPS:
                real = getattr(os, name)

                def step(*args, _real=real, _number=number, _moment=moment, **kwargs):
                    if next(_number) >= _moment:
                        raise Killed
                    return _real(*args, **kwargs)

                patched.setattr(os, name, step)
            try:
                restored(here, backups.Backup(here / "backups" / told.name, told.manifest), passphrase, clock)
                finished = True
            except Killed:
                pass
        again = unlocking.open_vault(here, passphrase, clock=clock)
        found = counts(again)
        seen.add(found)
        assert verifying.verify(again).ok
        assert told.name in [each.name for each in backups.backups(again) if not each.problem]
        unlocking.close(again)
        if found == (1, 0, 1):
            (aside,) = home.glob("*.before-restore-*")
            kept = unlocking.open_vault(aside, passphrase, clock=clock)
            assert counts(kept) == (2, 1, 2)
            unlocking.close(kept)
        else:
            assert found == (2, 1, 2)
        shutil.rmtree(home)
        if finished:
            break
    assert seen == {(1, 0, 1), (2, 1, 2)}
    assert moment > 20


def test_between_the_two_renames_the_next_start_finds_the_vault_again(told, folder):
    making = folder.with_name(folder.name + layout.RESTORING_SUFFIX)
    aside = folder.with_name(folder.name + ".before-restore-1")
    making.mkdir()
    layout.begin_swap(making, aside)
    layout.settle_restore(folder)
    assert folder.is_dir()
    folder.rename(aside)
    assert layout.inspect(folder) is layout.VaultState.ABSENT
    layout.settle_restore(folder)
    assert layout.inspect(folder) is layout.VaultState.COMPLETE
    assert not aside.exists()


@pytest.mark.parametrize("text", ["", "[]", '{"aside": "../elsewhere"}', '{"aside": 7}', '{"aside": "gone"}'])
def test_a_note_of_an_exchange_that_says_nothing_usable_moves_nothing(tmp_path, text):
    (tmp_path / "v.restoring").mkdir()
    (tmp_path / "v.restoring" / "restore.json").write_text(text)
    layout.settle_restore(tmp_path / "v")
    assert not (tmp_path / "v").exists()
