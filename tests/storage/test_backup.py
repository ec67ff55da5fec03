"""A backup is whole or not there, whatever happens while it is made; and damage to one is found."""

import contextlib
import dataclasses
import errno
import itertools
import json
import os
import shutil
import stat
import subprocess
import sys
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlcipher3 import dbapi2

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.errors import (
    DiskFullError,
    InvalidInputError,
    NotFoundError,
    PeerNoteError,
    StorageError,
    VaultDamagedError,
    VaultTooNewError,
)
from peernote_tui.repository import schema
from peernote_tui.services import backups, unlocking, verifying
from peernote_tui.vault import backup as vault_backup
from peernote_tui.vault import connection as database
from peernote_tui.vault import files, manifest, page_copy
from peernote_tui.vault.manifest import Kind
from peernote_tui.vault.read_only import ReadOnlyReason

PAGE = 4096
SPOKEN = "Tomás Ibarra"
STEPS = ("open", "mkdir", "rename", "replace", "unlink", "rmdir", "fsync")


class Killed(BaseException):
    """The process is gone; nothing on the disk changes any more."""


def count_steps(monkeypatch, act):
    """Let `act(number)` decide before every step that changes a disk."""
    number = itertools.count(1)
    for name in STEPS:
        real = getattr(os, name)

        def step(*args, _real=real, **kwargs):
            act(next(number))
            return _real(*args, **kwargs)

        monkeypatch.setattr(os, name, step)


@pytest.fixture
def filled(workspace, consented, write_note):
    write_note(consented, summary="We read the second notice together.")
    return workspace


def whole(workspace, passphrase):
    """Every backup that counts is whole; gives their names."""
    found = backups.backups(workspace)
    checked = backups.check(workspace.vault.folder, found, passphrase) if found else ()
    assert [each.problems for each in checked] == [() for _ in found]
    return [each.name for each in found]


def left_over(workspace):
    return list(backups.own_folder(workspace.vault.folder).glob("*.part"))


def test_a_backup_holds_what_the_vault_holds_and_is_logged(filled, passphrase):
    with filled.reading() as work:
        length, head = work.audit.head()
    made = backups.back_up(filled)
    assert made.name == "20261123-195200"
    assert made.manifest.facts.counts["notes"] == 1
    assert (made.manifest.facts.log_length, made.manifest.facts.log_head) == (length, head)
    assert made.manifest.vault_id == filled.vault.vault_id
    assert whole(filled, passphrase) == [made.name]
    with filled.reading() as work:
        *_, last = work.audit.entries()
    assert (last.action, last.detail) == (AuditAction.BACKUP_CREATED, "asked 20261123-195200")
    assert verifying.verify(filled).ok


def test_a_backup_opens_with_the_same_key_and_every_row_is_there(filled, consented):
    made = backups.back_up(filled)
    key = filled.vault.data_key.for_sqlcipher().encode()
    copy = dbapi2.connect(str(made.database))
    copy.set_key(key)
    assert copy.execute("SELECT name FROM participants").fetchall() == [(consented.name,)]
    assert copy.execute("SELECT count(*) FROM notes_fts WHERE notes_fts MATCH 'second'").fetchone() == (1,)
    copy.close()


def test_nothing_readable_lies_in_a_backup(filled):
    made = backups.back_up(filled)
    for path in made.path.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert SPOKEN.encode() not in data
            assert b"second notice" not in data
    assert not made.database.read_bytes().startswith(b"SQLite format 3")


@pytest.mark.skipif(sys.platform == "win32", reason="rights are the folder's there")
def test_a_backup_is_for_its_owner_only(filled):
    made = backups.back_up(filled)
    for path in (made.path.parent, made.path, *made.path.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_two_backups_in_one_second_do_not_meet(filled, passphrase):
    first, second = backups.back_up(filled), backups.back_up(filled)
    assert first.name != second.name
    assert whole(filled, passphrase) == [second.name, first.name]


def test_a_backup_can_go_to_another_drive(filled, tmp_path, passphrase):
    stick = tmp_path / "stick"
    with pytest.raises(StorageError, match="no folder"):
        backups.back_up(filled, to=stick)
    stick.mkdir()
    made = backups.back_up(filled, to=stick)
    assert made.path.is_relative_to(stick)
    assert backups.backups(filled) == ()
    assert backups.backups_of(filled.vault.folder, inside=stick) == (made,)
    (checked,) = backups.check(filled.vault.folder, (made,), passphrase)
    assert checked.problems == ()
    with pytest.raises(InvalidInputError):
        backups.back_up(filled, to=filled.vault.folder / "keys")


def test_a_daily_backup_is_made_once_a_day(filled, clock):
    made = backups.backup_if_due(filled)
    assert made.manifest.kind == "daily"
    assert backups.backup_if_due(filled) is None
    clock.advance(hours=23, minutes=59)
    assert backups.backup_if_due(filled) is None
    assert backups.age_of_last_good(filled) == timedelta(hours=23, minutes=59)
    clock.advance(minutes=1)
    assert backups.backup_if_due(filled) is not None


def test_a_clock_that_was_ahead_once_does_not_put_backups_off(filled, clock):
    clock.advance(days=4000)
    backups.back_up(filled)
    clock.advance(days=-4000)
    assert backups.age_of_last_good(filled) is None
    assert backups.backup_if_due(filled) is not None


def test_a_damaged_backup_is_not_the_last_good_one(filled):
    made = backups.back_up(filled)
    with made.database.open("ab") as file:
        file.write(b"x")
    assert backups.age_of_last_good(filled) is None
    assert backups.backup_if_due(filled) is not None


def test_a_vault_with_nobody_in_it_needs_no_backup(workspace):
    assert backups.backup_if_due(workspace) is None


def test_a_newer_vault_is_left_to_the_newer_program(filled):
    filled.vault.read_only_because = ReadOnlyReason.NEWER
    assert backups.backup_if_due(filled) is None
    with pytest.raises(VaultTooNewError):
        backups.back_up(filled)


def test_what_is_written_while_a_copy_is_checked_stays_out_of_it(filled, add_participant, passphrase):
    snapshot = backups.settle(filled, backups.begin(filled, backups.job_if_due(filled)))
    add_participant("Bo Li")
    made = backups.finish(snapshot)
    assert made.manifest.facts.counts["participants"] == 1
    assert whole(filled, passphrase) == [made.name]


@pytest.mark.parametrize("kind", [Kind.BEFORE_IMPORT, Kind.BEFORE_RESTORE, Kind.BEFORE_ERASURE, Kind.AT_QUIT])
def test_a_backup_before_something_says_why_it_was_made(filled, passphrase, kind):
    made = backups.back_up_before(filled, kind)
    assert made.manifest.kind == kind
    assert whole(filled, passphrase) == [made.name]
    with filled.reading() as work:
        *_, last = work.audit.entries()
    assert (last.action, last.detail) == (AuditAction.BACKUP_CREATED, f"{kind} {made.name}")


def test_what_is_saved_between_the_two_passes_is_in_the_backup(filled, add_participant, passphrase, clock):
    folder = backups.own_folder(filled.vault.folder)
    copy = vault_backup.begin(filled.vault, folder, now=clock.now(), kind=Kind.ASKED)
    people = [add_participant(f"Bo Li {number}") for number in range(40)]
    made = backups.finish(vault_backup.settle(copy, look=backups.look))
    assert made.manifest.facts.counts["participants"] == 1 + len(people)
    assert made.database.read_bytes() == (filled.vault.folder / "vault.db").read_bytes()
    assert whole(filled, passphrase) == [made.name]


def test_a_vault_that_got_smaller_between_the_two_passes_is_copied_to_its_end(filled, add_participant, clock):
    for number in range(60):
        add_participant(f"Bo Li {number}", consent=False)
    copy = vault_backup.begin(filled.vault, backups.own_folder(filled.vault.folder), now=clock.now(), kind=Kind.ASKED)
    filled.vault.connection.execute("VACUUM")
    made = backups.finish(vault_backup.settle(copy, look=backups.look))
    assert made.manifest.size == (filled.vault.folder / "vault.db").stat().st_size


def test_a_copy_is_never_settled_inside_a_transaction(filled, clock):
    copy = vault_backup.begin(filled.vault, backups.own_folder(filled.vault.folder), now=clock.now(), kind=Kind.ASKED)
    with filled.changing(), pytest.raises(RuntimeError):
        vault_backup.settle(copy, look=backups.look)
    assert left_over(filled) == []


def test_the_vault_stays_locked_for_others_after_its_pages_were_read(filled):
    backups.back_up(filled)
    probe = (
        "import sys\n"
        "from sqlcipher3 import dbapi2\n"
        "connection = dbapi2.connect(sys.argv[1], timeout=0)\n"
        "connection.set_key(sys.argv[2].encode())\n"
        "try:\n    connection.execute('SELECT count(*) FROM sqlite_master').fetchone()\n"
        "except dbapi2.OperationalError as error:\n    sys.exit('locked' in str(error))\n"
    )
    key = filled.vault.data_key.for_sqlcipher()
    asked = [sys.executable, "-c", probe, str(filled.vault.folder / "vault.db"), key]
    assert subprocess.run(asked, check=False).returncode == 1
    unlocking.close(filled)
    assert subprocess.run(asked, check=False).returncode == 0


def test_a_backup_can_be_stopped_at_any_moment_and_leaves_nothing(filled, passphrase, clock):
    first = backups.back_up(filled)
    for moment in itertools.count(1):
        clock.advance(minutes=1)
        asked = itertools.count(1)

        def stop(moment=moment, asked=asked):
            return next(asked) >= moment

        try:
            copy = vault_backup.begin(filled.vault, first.path.parent, now=clock.now(), kind=Kind.ASKED, stop=stop)
            vault_backup.finish(vault_backup.settle(copy, look=backups.look), look=backups.look, stop=stop)
            break
        except page_copy.StoppedError:
            assert left_over(filled) == []
    assert moment > 3
    assert first.name in whole(filled, passphrase)


def test_two_backups_at_once_do_not_clear_each_other_away(filled, passphrase, clock):
    folder = backups.own_folder(filled.vault.folder)
    one = vault_backup.begin(filled.vault, folder, now=clock.now(), kind=Kind.DAILY)
    other = backups.back_up(filled)
    made = backups.finish(vault_backup.settle(one, look=backups.look))
    assert {made.name, other.name} == set(whole(filled, passphrase))


def test_nothing_is_let_go_before_the_new_one_is_whole(filled, clock, monkeypatch):
    for _ in range(8):
        backups.back_up(filled)
        clock.advance(days=1)
    before = {each.name for each in backups.backups(filled)}
    with monkeypatch.context() as patched:
        patched.setattr(vault_backup, "_content_problems", lambda *_: ("Page 7 is not what was written.",))
        with pytest.raises(PeerNoteError):
            backups.back_up(filled)
    assert {each.name for each in backups.backups(filled)} == before
    backups.back_up(filled)
    assert before - {each.name for each in backups.backups(filled)}


def test_killed_between_any_two_steps_the_vault_and_earlier_backups_are_whole(
    filled, passphrase, clock, monkeypatch, add_participant
):
    first = backups.back_up(filled)
    killed = 0
    for moment in itertools.count(1):
        clock.advance(minutes=1)

        def end_at(number, moment=moment):
            if number >= moment:
                raise Killed

        with monkeypatch.context() as patched:
            count_steps(patched, end_at)
            try:
                backups.back_up(filled)
                break
            except Killed:
                killed += 1
        assert first.name in whole(filled, passphrase)
    assert killed > 15
    assert left_over(filled) == []
    unlocking.close(filled)
    again = unlocking.open_vault(filled.vault.folder, passphrase, clock=clock)
    assert verifying.verify(again).ok
    add_participant("Bo Li", within=again)
    unlocking.close(again)


def test_a_disk_that_does_not_give_the_copy_back_is_no_damage_of_the_vault(filled, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise StorageError("The disk refused.")

    monkeypatch.setattr(database, "open_copy", refuse)
    with pytest.raises(StorageError, match=r"^The disk refused\."):
        backups.back_up(filled)
    assert left_over(filled) == []


def test_a_disk_that_fills_up_at_any_step_is_told_and_leaves_nothing_half_made(filled, passphrase, clock, monkeypatch):
    backups.back_up(filled)
    told = 0
    for moment in itertools.count(1):
        clock.advance(minutes=1)
        before = set(whole(filled, passphrase))
        reached = []

        def fill_at(number, moment=moment, reached=reached):
            reached.append(number)
            if number == moment:
                raise OSError(errno.ENOSPC, "no space")

        with monkeypatch.context() as patched:
            count_steps(patched, fill_at)
            refused = True
            with contextlib.suppress(DiskFullError):
                backups.back_up(filled)
                refused = False
        after = set(whole(filled, passphrase))
        if refused:
            told += 1
            assert before <= after
            assert left_over(filled) == []
        if max(reached) < moment:
            break
    assert told > 10


def test_a_backup_never_takes_the_room_that_the_next_note_needs(filled, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1_000_000))
    with pytest.raises(DiskFullError):
        backups.back_up(filled)
    assert left_over(filled) == []


def test_a_copy_that_breaks_off_half_way_is_told(filled, passphrase, monkeypatch):
    first = backups.back_up(filled)

    def break_off(_pages, path, _sums):
        path.write_bytes(first.database.read_bytes()[: 10 * PAGE])
        raise files.refusal(OSError(errno.EIO, "broken"), path)

    monkeypatch.setattr(page_copy, "copy_rest", break_off)
    with pytest.raises(StorageError, match="The disk refused"):
        backups.back_up(filled)
    assert left_over(filled) == []
    assert whole(filled, passphrase) == [first.name]


@pytest.mark.parametrize("harm", ["cut", "flip", "old", "empty"])
def test_a_disk_that_keeps_something_else_than_was_written_is_found_at_once(filled, passphrase, harm, monkeypatch):
    first = backups.back_up(filled)
    real = page_copy.copy_rest

    def keep_badly(pages, path, sums):
        real(pages, path, sums)
        data = path.read_bytes()
        if harm == "flip":
            data = data[: 20 * PAGE + 9] + bytes([data[20 * PAGE + 9] ^ 1]) + data[20 * PAGE + 10 :]
        path.write_bytes({"cut": data[:-PAGE], "old": first.database.read_bytes(), "empty": b""}.get(harm, data))

    monkeypatch.setattr(page_copy, "copy_rest", keep_badly)
    with pytest.raises(StorageError, match="did not keep"):
        backups.back_up(filled)
    assert left_over(filled) == []
    assert whole(filled, passphrase) == [first.name]


def test_a_vault_with_a_damaged_page_is_told_and_not_copied(filled, clock, passphrase):
    first = backups.back_up(filled)
    query = "SELECT rootpage FROM sqlite_schema WHERE name = 'notes'"
    (page,) = filled.vault.connection.execute(query).fetchone()
    unlocking.close(filled)
    path = filled.vault.folder / "vault.db"
    data = bytearray(path.read_bytes())
    data[(page - 1) * PAGE + 100] ^= 1
    path.write_bytes(data)
    again = unlocking.open_vault(filled.vault.folder, passphrase, clock=clock)
    with pytest.raises(VaultDamagedError, match="no backup was made"):
        backups.back_up(again)
    assert left_over(again) == []
    assert whole(again, passphrase) == [first.name]
    unlocking.close(again)


def rewrite(made, **changes):
    """Let the manifest speak of the snapshot as it lies, so that only what is in it can tell."""
    changed = dataclasses.replace(
        made.manifest,
        size=made.database.stat().st_size,
        sha256=vault_backup.sha256_of(made.database),
        **changes,
    )
    (made.path / "manifest.json").unlink()
    manifest.write_manifest(made.path, changed)


def problems(workspace, passphrase):
    (checked,) = backups.check(workspace.vault.folder, backups.backups(workspace)[:1], passphrase)
    return checked.problems


@pytest.mark.parametrize("manifest_too", [False, True])
def test_one_changed_bit_in_any_page_is_found(filled, passphrase, manifest_too):
    made = backups.back_up(filled)
    good = made.database.read_bytes()
    assert len(good) > 30 * PAGE
    for at in range(100, len(good), PAGE):
        data = bytearray(good)
        data[at] ^= 1
        made.database.write_bytes(data)
        if manifest_too:
            rewrite(made)
        found = problems(filled, passphrase)
        assert found, f"page {at // PAGE + 1}"
        assert "passphrase" not in " ".join(found)


@pytest.mark.parametrize("manifest_too", [False, True])
def test_a_snapshot_short_of_a_page_is_found(filled, passphrase, manifest_too):
    made = backups.back_up(filled)
    made.database.write_bytes(made.database.read_bytes()[:-PAGE])
    if manifest_too:
        rewrite(made)
    assert problems(filled, passphrase)


@pytest.mark.parametrize("manifest_too", [False, True])
def test_a_snapshot_in_the_place_of_a_newer_one_is_found(filled, passphrase, clock, add_participant, manifest_too):
    older = backups.back_up(filled)
    add_participant("Bo Li")
    clock.advance(days=1)
    newer = backups.back_up(filled)
    shutil.copyfile(older.database, newer.database)
    if manifest_too:
        rewrite(newer)
    found = problems(filled, passphrase)
    assert found
    if manifest_too:
        assert "1 participants instead of 2" in found[0]


def test_a_whole_older_backup_under_a_newer_name_is_found(filled, passphrase):
    made = backups.back_up(filled)
    shutil.copytree(made.path, made.path.with_name("20261124-195200"))
    assert "another time" in problems(filled, passphrase)[0]


def test_a_changed_key_file_beside_a_snapshot_is_found(filled, passphrase):
    made = backups.back_up(filled)
    slot = made.path / "keys" / "recovery.age"
    slot.write_bytes(slot.read_bytes()[:-1])
    assert "key files" in problems(filled, passphrase)[0]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"format": "peernote-backup", "version": 1}', '{"format": "other", "version": 1}']
)
def test_a_manifest_that_does_not_read_is_told_and_stays(filled, clock, text):
    made = backups.back_up(filled)
    (made.path / "manifest.json").write_text(text)
    (found,) = backups.backups(filled)
    assert "damaged" in found.problem
    for _ in range(10):
        clock.advance(days=40)
        backups.back_up(filled)
    assert made.path.is_dir()


def test_a_manifest_of_a_newer_program_is_told_as_such(filled):
    made = backups.back_up(filled)
    path = made.path / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "version": 2}))
    (found,) = backups.backups(filled)
    assert "newer" in found.problem


def test_a_disk_that_cannot_be_written_is_told(filled, monkeypatch):
    real = os.mkdir

    def refuse(path, *args, **kwargs):
        if str(path).endswith(files.PART_SUFFIX):
            raise OSError(errno.EROFS, "read-only")
        return real(path, *args, **kwargs)

    monkeypatch.setattr(os, "mkdir", refuse)
    with pytest.raises(StorageError, match="cannot be written"):
        backups.back_up(filled)


def test_a_backup_is_found_by_the_beginning_of_its_name_or_its_path(filled, clock):
    first = backups.back_up(filled)
    clock.advance(days=1)
    second = backups.back_up(filled)
    folder = filled.vault.folder
    assert backups.find_backup(folder, "20261124") == second
    assert backups.find_backup(folder, str(first.path)).manifest == first.manifest
    for reference in ("2026112", "2025", "", "no/such/place"):
        with pytest.raises(NotFoundError):
            backups.find_backup(folder, reference)


@pytest.fixture
def second_step(monkeypatch):
    """A program that knows one more step than the vault."""
    names, read = schema.migration_names(), schema._read
    monkeypatch.setattr(schema, "migration_names", lambda: (*names, "9999_one_more"))
    monkeypatch.setattr(
        schema, "_read", lambda name: "CREATE TABLE more (a);\n" if name == "9999_one_more" else read(name)
    )


def test_a_backup_is_made_before_the_schema_changes(filled, clock, passphrase, second_step):
    unlocking.close(filled)
    again = unlocking.open_vault(filled.vault.folder, passphrase, clock=clock)
    (made,) = backups.backups(again)
    assert (made.manifest.kind, made.manifest.schema) == ("before-update", schema.newest_schema() - 1)
    assert whole(again, passphrase) == [made.name]
    assert again.vault.connection.execute("SELECT count(*) FROM more").fetchone() == (0,)
    unlocking.close(again)


def test_a_full_disk_keeps_nobody_from_an_updated_vault(filled, clock, passphrase, second_step, monkeypatch):
    unlocking.close(filled)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
    again = unlocking.open_vault(filled.vault.folder, passphrase, clock=clock)
    assert backups.backups(again) == ()
    assert verifying.verify(again).ok
    unlocking.close(again)
