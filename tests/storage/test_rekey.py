"""A new data key: the whole vault under it or the whole vault under the old one, whatever happens between."""

import contextlib
import os
import shutil

import pytest

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.errors import (
    DiskFullError,
    RefusedError,
    StorageError,
    VaultDamagedError,
    VaultInUseError,
    WrongPassphraseError,
)
from peernote_tui.services import backups, key_slots, notes, rekeying, unlocking, verifying, writing
from peernote_tui.vault import age, keys, layout, recovery_code, rescue
from peernote_tui.vault.keys import Slot

NEW = "lantern meadow copper thistle"
STEPS = ("open", "mkdir", "rename", "replace", "unlink", "rmdir", "fsync")


class Killed(BaseException):
    """The process is gone; nothing on the disk changes any more."""


@pytest.fixture
def folder(workspace):
    return workspace.vault.folder


@pytest.fixture
def written(workspace, consented, write_note, write_draft):
    """The vault with a signed note and a draft in it."""
    write_note(consented, summary="We read the second notice together.")
    return write_draft(consented, summary="Begun.")


def renew(workspace, passphrase, code=None):
    return rekeying.new_data_key(workspace, passphrase, code or recovery_code.generate(), work_factor=2)


def counts(workspace):
    with workspace.reading() as work:
        return work.notes.signed_since("2000")[0], len(work.drafts.open()), work.participants.count()


def actions(workspace):
    with workspace.reading() as work:
        return [entry.action for entry in work.audit.entries()]


def test_everything_is_under_a_new_key_and_stays_open(workspace, folder, passphrase, clock, written):
    old_code = unlocking.new_recovery_code(workspace, work_factor=2)
    old = workspace.vault.data_key
    old_file = (folder / "vault.db").read_bytes()
    code = recovery_code.generate()
    done = renew(workspace, passphrase, code)
    new = workspace.vault.data_key
    assert new.key != old.key
    assert new.salt != old.salt
    assert (folder / "vault.db").read_bytes()[:16] == new.salt
    assert (done.rekeyed.aside / "vault.db").read_bytes() == old_file
    assert done.rekeyed.aside.name == "mine.peernote.before-new-key-20261123-195200"

    assert counts(workspace) == (1, 1, 1)
    assert verifying.verify(workspace).ok
    assert notes.search_notes(workspace, "notice").total == 1
    writing.save_draft(workspace, written.model_copy(update={"step": 3}))
    assert AuditAction.DATA_KEY_REPLACED in actions(workspace)
    assert key_slots.standing(workspace).data_key_since == clock.now()
    assert all(each.ours for each in key_slots.standing(workspace).slots if each.there)
    with pytest.raises(VaultInUseError):
        unlocking.open_vault(folder, passphrase, clock=clock)
    unlocking.close(workspace)

    unlocking.close(unlocking.open_vault(folder, passphrase, clock=clock))
    unlocking.close(unlocking.open_with_recovery_code(folder, code, clock=clock))
    with pytest.raises(WrongPassphraseError):
        unlocking.open_with_recovery_code(folder, old_code, clock=clock)
    assert not folder.with_name(folder.name + layout.RESTORING_SUFFIX).exists()
    assert {path.name for path in folder.iterdir()} - {"vault.db-journal", "failed-attempts"} == {
        *("backups", "keys", "reserve", "vault.db", "vault.json", "vault.lock")
    }


def test_a_new_passphrase_can_come_with_it_and_the_organisation_keeps_its_way(workspace, folder, clock, passphrase):
    person = age.generate_identity()
    key_slots.set_organisation(workspace, [person.recipient])
    renew(workspace, NEW)
    assert [each.text for each in key_slots.standing(workspace).recipients] == [person.recipient]
    unlocking.close(workspace)
    unlocking.close(unlocking.open_with_identity(folder, person.secret, clock=clock))
    unlocking.close(unlocking.open_vault(folder, NEW, clock=clock))
    with pytest.raises(WrongPassphraseError):
        unlocking.open_vault(folder, passphrase, clock=clock)


def test_a_backup_is_made_at_once_and_the_old_ones_open_with_the_old_key(workspace, folder, passphrase, clock, written):
    before = backups.back_up(workspace)
    clock.advance(hours=1)
    done = renew(workspace, passphrase)
    assert (done.backup.manifest.kind, done.trouble) == ("new-key", "")
    assert [each.name for each in backups.backups(workspace)] == [done.backup.name, before.name]
    checked = backups.check(folder, backups.backups(workspace), passphrase)
    assert [each.problems for each in checked] == [(), ()]
    unlocking.change_passphrase(workspace, NEW, work_factor=2)
    new, old = backups.check(folder, backups.backups(workspace), NEW)
    assert new.problems == ()
    assert "before the vault got a new data key" in old.problems[0]
    assert "of the day it was made" in old.problems[0]
    unlocking.close(workspace)
    with pytest.raises(WrongPassphraseError, match="new data key"):
        backups.begin_restore(folder, backups.find_backup(folder, before.name), NEW)
    with backups.begin_restore(folder, backups.find_backup(folder, before.name), passphrase) as restoration:
        backups.carry_out(restoration, clock)
    again = unlocking.open_vault(folder, passphrase, clock=clock)
    assert counts(again) == (1, 1, 1)
    unlocking.close(again)


def test_a_damaged_salt_in_a_backup_is_told_as_damage_also_after_a_new_key(workspace, folder, passphrase):
    made = renew(workspace, passphrase).backup
    data = bytearray(made.database.read_bytes())
    data[3] ^= 1
    made.database.write_bytes(data)
    (checked,) = backups.check(folder, (made,), passphrase)
    assert "not what was written" in checked.problems[0]


def test_what_the_old_key_opens_is_named_and_removed_only_when_asked(workspace, folder, passphrase, clock, written):
    assert not rekeying.old_key(workspace)
    before = backups.back_up(workspace)
    clock.advance(hours=1)
    done = renew(workspace, passphrase)
    old = rekeying.old_key(workspace)
    assert [each.name for each in old.backups] == [before.name]
    assert old.aside == (done.rekeyed.aside,)
    assert not rekeying.remove_old_key(workspace)
    assert [each.name for each in backups.backups(workspace)] == [done.backup.name]
    assert [path.name for path in folder.parent.iterdir() if path.name.startswith("mine")] == ["mine.peernote"]
    assert actions(workspace).count(AuditAction.BACKUP_REMOVED) == 1


def test_old_backups_are_kept_while_there_is_no_new_one(workspace, passphrase, written, monkeypatch):
    backups.back_up(workspace)

    with monkeypatch.context() as patched:
        patched.setattr(backups, "back_up", no_backup)
        done = renew(workspace, passphrase)
    assert done.backup is None
    assert "no room" in done.trouble
    with pytest.raises(RefusedError, match="no backup under the new key"):
        rekeying.remove_old_key(workspace)
    assert len(rekeying.old_key(workspace).backups) == 1


def test_a_waiting_rescue_file_stands_in_the_way(workspace, folder, passphrase):
    rescue.write(folder, workspace.vault.data_key, b"{}")
    with pytest.raises(RefusedError, match="rescue file"):
        renew(workspace, passphrase)
    assert key_slots.standing(workspace).of(Slot.PASSPHRASE).ours


def test_an_unknown_organisation_stands_in_the_way(workspace, folder, passphrase):
    keys.slot_path(folder, Slot.ORGANISATION).write_bytes(b"somebody else's")
    with pytest.raises(RefusedError, match="was not set in this vault"):
        renew(workspace, passphrase)


def test_a_damaged_vault_keeps_its_key(workspace, folder, passphrase, clock, written):
    unlocking.close(workspace)
    path = folder / "vault.db"
    data = bytearray(path.read_bytes())
    data[4096 * 9 + 100] ^= 1
    path.write_bytes(data)
    again = unlocking.open_vault(folder, passphrase, clock=clock)
    with pytest.raises(VaultDamagedError, match="key is not replaced"):
        renew(again, passphrase)
    unlocking.close(again)
    assert path.read_bytes()[4096 * 9 + 100] == data[4096 * 9 + 100]
    assert not folder.with_name(folder.name + layout.RESTORING_SUFFIX).exists()


def test_a_copy_that_is_not_the_same_is_never_put_in_place(workspace, passphrase, written, monkeypatch):
    from peernote_tui.vault import connection

    real = connection.export_into

    def lose_a_row(source, path, data_key):
        real(source, path, data_key)
        source.execute("DELETE FROM drafts")

    monkeypatch.setattr(connection, "export_into", lose_a_row)
    with pytest.raises(StorageError, match="not what the vault holds"):
        renew(workspace, passphrase)
    assert AuditAction.DATA_KEY_REPLACED not in actions(workspace)


@pytest.mark.parametrize("refused", ["aside", "in place"])
def test_a_rename_that_fails_is_undone_and_the_vault_stays_open(
    workspace, folder, passphrase, clock, written, monkeypatch, refused
):
    real = os.rename
    ends = {"aside": folder.name, "in place": layout.RESTORING_SUFFIX}

    def refuse(source, target, **kwargs):
        if str(source).endswith(ends[refused]):
            raise OSError(5, "input/output error")
        return real(source, target, **kwargs)

    with monkeypatch.context() as patched:
        patched.setattr(os, "rename", refuse)
        with pytest.raises(StorageError):
            renew(workspace, passphrase)
    assert counts(workspace) == (1, 1, 1)
    writing.save_draft(workspace, written.model_copy(update={"step": 3}))
    with pytest.raises(VaultInUseError):
        unlocking.open_vault(folder, passphrase, clock=clock)
    unlocking.close(workspace)
    again = unlocking.open_vault(folder, passphrase, clock=clock)
    assert AuditAction.DATA_KEY_REPLACED not in actions(again)
    unlocking.close(again)


def stepping(patched, moment):
    """Count file operations and end everything from the moment-th on; gives the names of those that were done."""
    done = []
    for name in STEPS:
        real = getattr(os, name)

        def step(*args, _real=real, _name=name, **kwargs):
            if len(done) + 1 >= moment:
                raise Killed
            done.append(_name)
            return _real(*args, **kwargs)

        patched.setattr(os, name, step)
    return done


def test_killed_between_steps_the_old_vault_opens_whole_or_the_new_one_does(
    workspace, folder, passphrase, clock, written, monkeypatch, tmp_path
):
    """The moments around the exchange, and every twentieth before; `python -m reliability.rekey` takes any."""
    monkeypatch.setattr(backups, "back_up", no_backup)
    unlocking.close(workspace)

    def attempt(moment):
        here = tmp_path / f"run-{moment}" / folder.name
        shutil.copytree(folder, here)
        victim = unlocking.open_vault(here, passphrase, clock=clock)
        with monkeypatch.context() as patched:
            done = stepping(patched, moment)
            with contextlib.suppress(Killed):
                renew(victim, NEW)
        victim.vault.close()
        return here, done

    _, steps = attempt(10_000)
    exchanged = len(steps) - steps[::-1].index("rename")
    seen = []
    for moment in (*range(1, exchanged - 4, 20), *range(exchanged - 4, len(steps) + 1)):
        here, _ = attempt(moment)
        found = []
        for secret in (passphrase, NEW):
            with contextlib.suppress(WrongPassphraseError):
                again = unlocking.open_vault(here, secret, clock=clock)
                found.append(secret)
                assert counts(again) == (1, 1, 1)
                assert (AuditAction.DATA_KEY_REPLACED in actions(again)) == (secret == NEW)
                assert verifying.verify(again).ok
                unlocking.close(again)
        assert len(found) == 1
        seen += found
        shutil.rmtree(here.parent)
    assert set(seen) == {passphrase, NEW}


def no_backup(*_args, **_kwargs):
    raise DiskFullError("There is no room left.")


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_a_killed_process_leaves_the_old_key_or_the_new_one(tmp_path):
    from reliability import rekey

    result = rekey.kill_changes(2, tmp_path, "the data key", seed=5)
    assert (result.kills, result.wrong) == (2, [])
