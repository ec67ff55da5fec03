"""What opens the vault, changed: both the slot and its log entry or neither, whatever fails or is killed."""

import itertools
import os
import shutil
import subprocess

import pyrage
import pytest

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.errors import (
    DiskFullError,
    InvalidInputError,
    KeyFileDamagedError,
    NotFoundError,
    StorageError,
    WrongPassphraseError,
)
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services import backups, key_slots, unlocking, verifying
from peernote_tui.vault import age, files, keys, recovery_code
from peernote_tui.vault.keys import Slot

NEW = "lantern meadow copper thistle"
STEPS = ("open", "fdopen", "replace", "unlink", "mkdir", "fsync")
KEY_ACTIONS = (AuditAction.KEY_SLOT_REPLACED, AuditAction.KEY_SLOT_REMOVED)


class Killed(BaseException):
    """The process is gone; nothing on the disk changes any more."""


@pytest.fixture(scope="module")
def person():
    return age.generate_identity()


@pytest.fixture
def folder(workspace):
    return workspace.vault.folder


@pytest.fixture
def opens(clock):
    """Say which secrets open a vault: `opens(folder, "one", "other")` gives those that do."""

    def which(folder, *secrets):
        found = []
        for secret in secrets:
            try:
                unlocking.close(unlocking.open_vault(folder, secret, clock=clock))
            except WrongPassphraseError:
                continue
            found.append(secret)
        return found

    return which


def key_entries(workspace):
    with workspace.reading() as work:
        return [entry.detail for entry in work.audit.entries() if entry.action in KEY_ACTIONS]


def change(workspace):
    unlocking.change_passphrase(workspace, NEW, work_factor=2)


def test_the_log_and_the_keys_say_since_when(workspace, clock):
    clock.advance(days=1)
    change(workspace)
    clock.advance(days=1)
    unlocking.new_recovery_code(workspace, work_factor=2)
    found = key_slots.standing(workspace)
    made = clock.now() - found.data_key_since
    assert [each.slot for each in found.slots] == list(Slot)
    assert (clock.now() - found.of(Slot.PASSPHRASE).since).days == 1
    assert found.of(Slot.RECOVERY).since == clock.now()
    assert made.days == 2
    assert all(each.ours for each in found.slots if each.there)
    assert not found.of(Slot.ORGANISATION).there
    assert key_entries(workspace) == ["passphrase", "recovery code"]


def test_the_passphrase_is_asked_before_a_key_is_changed(workspace, passphrase):
    key_slots.require_passphrase(workspace, passphrase)
    with pytest.raises(WrongPassphraseError) as told:
        key_slots.require_passphrase(workspace, NEW)
    assert "recovery code" not in str(told.value)


def test_a_code_shown_before_it_counts_leaves_the_old_one_in_force_until_it_is_set(workspace, folder, clock):
    old = unlocking.new_recovery_code(workspace, work_factor=2)
    code = recovery_code.generate()
    unlocking.close(workspace)
    unlocking.close(unlocking.open_with_recovery_code(folder, old, clock=clock))
    again = unlocking.open_with_recovery_code(folder, old, clock=clock)
    key_slots.set_recovery_code(again, code, work_factor=2)
    unlocking.close(again)
    unlocking.close(unlocking.open_with_recovery_code(folder, code, clock=clock))
    with pytest.raises(WrongPassphraseError):
        unlocking.open_with_recovery_code(folder, old, clock=clock)


def test_whatever_file_operation_fails_one_passphrase_opens_and_it_is_the_one_that_was_told(
    workspace, folder, passphrase, clock, opens, monkeypatch
):
    code = unlocking.new_recovery_code(workspace, work_factor=2)
    for moment in itertools.count(1):
        number = itertools.count(1)
        before = key_entries(workspace)
        with monkeypatch.context() as patched:
            for name in STEPS:
                real = getattr(os, name)

                def step(*args, _real=real, _number=number, _moment=moment, **kwargs):
                    if next(_number) == _moment:
                        raise OSError((28, 5, 13)[_moment % 3], "refused")
                    return _real(*args, **kwargs)

                patched.setattr(os, name, step)
            try:
                change(workspace)
                told = ""
            except StorageError as refused:
                told = str(refused)
        done = next(number) <= moment
        assert key_entries(workspace) == ([*before] if told else [*before, "passphrase"])
        unlocking.close(workspace)
        assert opens(folder, passphrase, NEW) == [passphrase if told else NEW]
        assert list((folder / "keys").glob("*.part")) == []
        workspace = unlocking.open_with_recovery_code(folder, code, clock=clock)
        if done:
            break
        assert not told or "passphrase" in told
        unlocking.change_passphrase(workspace, passphrase, work_factor=2)
    unlocking.close(workspace)
    assert moment > 6


def test_a_log_that_cannot_be_written_takes_the_change_back(workspace, folder, passphrase, opens, monkeypatch):
    def refuse(_self):
        raise DiskFullError("There is no room left on the disk.")

    with monkeypatch.context() as patched:
        patched.setattr(UnitOfWork, "commit", refuse)
        with pytest.raises(DiskFullError, match="The passphrase is as it was"):
            change(workspace)
        with pytest.raises(DiskFullError, match="The organisation is as it was"):
            key_slots.set_organisation(workspace, [age.generate_identity().recipient])
    assert key_entries(workspace) == []
    assert keys.kept(folder, Slot.ORGANISATION) is None
    unlocking.close(workspace)
    assert opens(folder, passphrase, NEW) == [passphrase]


def test_when_neither_the_log_nor_the_old_slot_can_be_written_it_is_said_and_logged_at_the_next_unlock(
    workspace, folder, passphrase, clock, opens, monkeypatch
):
    real = files.write_atomically
    written = []

    def once(path, data):
        if written:
            raise StorageError("The disk refused.")
        written.append(path)
        real(path, data)

    def refuse(_self):
        raise DiskFullError("There is no room left on the disk.")

    with monkeypatch.context() as patched:
        patched.setattr(files, "write_atomically", once)
        patched.setattr(UnitOfWork, "commit", refuse)
        with pytest.raises(StorageError, match=r"changed, and the log could not say so.*The new one is in force"):
            change(workspace)
    unlocking.close(workspace)
    assert opens(folder, passphrase, NEW) == [NEW]
    again = unlocking.open_vault(folder, NEW, clock=clock)
    assert key_entries(again) == ["passphrase, found at unlock"]
    unlocking.close(again)


def test_when_the_disk_shows_nothing_any_more_both_passphrases_are_to_be_kept(
    workspace, folder, passphrase, opens, monkeypatch
):
    real = keys.put

    gone = StorageError("The disk refused.")

    def refuse(*_args):
        raise gone

    with monkeypatch.context() as patched:

        def put_and_vanish(*args):
            real(*args)
            patched.setattr(keys, "put", refuse)
            patched.setattr(keys, "kept", refuse)
            raise gone

        patched.setattr(keys, "put", put_and_vanish)
        with pytest.raises(StorageError, match=r"may be changed or not.*Keep both"):
            key_slots.change_passphrase(workspace, NEW, work_factor=10)
    unlocking.close(workspace)
    assert opens(folder, passphrase, NEW) == [NEW]


def test_killed_at_any_file_operation_exactly_one_passphrase_opens(
    workspace, folder, passphrase, clock, opens, monkeypatch, tmp_path
):
    code = unlocking.new_recovery_code(workspace, work_factor=2)
    unlocking.close(workspace)
    seen = set()
    for moment in itertools.count(1):
        here = tmp_path / "run" / folder.name
        shutil.copytree(folder, here)
        victim = unlocking.open_vault(here, passphrase, clock=clock)
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
                change(victim)
                finished = True
            except Killed:
                pass
        victim.vault.close()
        (opened,) = opens(here, passphrase, NEW)
        again = unlocking.open_with_recovery_code(here, code, clock=clock)
        entries = key_entries(again)[1:]
        assert len(entries) == (opened == NEW)
        assert verifying.verify(again).ok
        assert list((here / "keys").glob("*.part")) == []
        unlocking.close(again)
        seen.add((opened, *entries))
        shutil.rmtree(tmp_path / "run")
        if finished:
            break
    assert {opened for opened, *_ in seen} == {passphrase, NEW}
    assert moment > 6


def test_a_slot_put_in_place_behind_the_programs_back_is_in_the_log(workspace, folder, passphrase, clock):
    old = keys.kept(folder, Slot.PASSPHRASE)
    change(workspace)
    unlocking.close(workspace)
    keys.put(folder, old)
    again = unlocking.open_vault(folder, passphrase, clock=clock)
    assert key_entries(again) == ["passphrase", "passphrase, found at unlock"]
    unlocking.close(again)


# The organisation


def test_the_organisation_opens_the_vault_and_sets_a_passphrase(workspace, folder, passphrase, clock, person, opens):
    other = age.generate_identity()
    found = key_slots.set_organisation(workspace, [person.recipient, other.recipient])
    assert [each.text for each in found] == [person.recipient, other.recipient]
    assert key_slots.standing(workspace).recipients == found
    unlocking.close(workspace)
    for secret in (person.secret, other.secret, f"# theirs\n{age.generate_identity().secret}\n{person.secret}\n"):
        again = unlocking.open_with_identity(folder, secret, clock=clock)
        with again.reading() as work:
            assert [*work.audit.entries()][-1].detail == "organisation"
        unlocking.change_passphrase(again, NEW, work_factor=2)
        unlocking.close(again)
    assert opens(folder, passphrase, NEW) == [NEW]


def test_another_organisation_opens_nothing(workspace, folder, clock, person):
    unlocking.close(workspace)
    with pytest.raises(KeyFileDamagedError, match="missing"):
        unlocking.open_with_identity(folder, person.secret, clock=clock)
    again = unlocking.open_vault(folder, "correct horse battery staple", clock=clock)
    key_slots.set_organisation(again, [person.recipient])
    unlocking.close(again)
    with pytest.raises(WrongPassphraseError, match="identity does not open"):
        unlocking.open_with_identity(folder, age.generate_identity().secret, clock=clock)
    with pytest.raises(InvalidInputError):
        unlocking.open_with_identity(folder, "nonsense", clock=clock)


def test_a_foreign_age_reads_our_slot_and_we_read_one_that_it_wrote(workspace, folder, clock):
    theirs = pyrage.x25519.Identity.generate()
    key_slots.set_organisation(workspace, [str(theirs.to_public())])
    path = keys.slot_path(folder, Slot.ORGANISATION)
    plain = pyrage.decrypt(path.read_bytes(), [theirs])
    assert plain.decode().splitlines()[-1].startswith("PRAGMA key = ")
    unlocking.close(workspace)
    path.write_bytes(pyrage.encrypt(plain, [pyrage.x25519.Identity.generate().to_public(), theirs.to_public()]))
    unlocking.close(unlocking.open_with_identity(folder, str(theirs), clock=clock))


@pytest.mark.skipif(shutil.which("age") is None, reason="the age program is not installed")
def test_the_age_program_reads_our_slot(workspace, folder, person, tmp_path):
    key_slots.set_organisation(workspace, [person.recipient])
    (tmp_path / "identity").write_text(person.secret + "\n")
    command = ["age", "-d", "-i", tmp_path / "identity", keys.slot_path(folder, Slot.ORGANISATION)]
    assert b"PRAGMA key" in subprocess.run(command, capture_output=True, check=True).stdout


def test_removing_the_organisation_is_logged_and_closes_the_way(workspace, folder, clock, person):
    with pytest.raises(NotFoundError):
        key_slots.remove_organisation(workspace)
    (found,) = key_slots.set_organisation(workspace, [person.recipient])
    key_slots.remove_organisation(workspace)
    assert key_slots.standing(workspace).recipients == ()
    assert key_entries(workspace) == [f"organisation {found.fingerprint}", "organisation"]
    unlocking.close(workspace)
    with pytest.raises(KeyFileDamagedError):
        unlocking.open_with_identity(folder, person.secret, clock=clock)


def test_an_organisations_file_that_was_not_set_here_is_told_and_logged(workspace, folder, passphrase, clock, person):
    key_slots.set_organisation(workspace, [person.recipient])
    stranger = age.generate_identity()
    plain = age.decrypt_with_identity(keys.slot_path(folder, Slot.ORGANISATION).read_bytes(), person.secret)
    unlocking.close(workspace)
    keys.slot_path(folder, Slot.ORGANISATION).write_bytes(age.encrypt_to_recipients(plain, [stranger.recipient]))
    again = unlocking.open_vault(folder, passphrase, clock=clock)
    found = key_slots.standing(again)
    assert found.organisation_unknown
    assert found.recipients == ()
    assert key_entries(again)[-1] == "organisation, found at unlock"
    unlocking.close(again)


def test_backups_open_for_the_organisation_too(workspace, folder, person):
    key_slots.set_organisation(workspace, [person.recipient])
    made = backups.back_up(workspace)
    assert set(made.manifest.slots) == {"passphrase.age", "recovery.age", "organisation.age"}
    (checked,) = backups.check(folder, (made,), person.secret, slot=Slot.ORGANISATION)
    assert checked.problems == ()
