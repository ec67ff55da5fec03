"""A file that leaves the vault is whole and accounted for, or nothing of it is there; whatever the disk does."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from peernote_tui.documents.document import DocumentKind
from peernote_tui.documents.people.table import FileKind
from peernote_tui.documents.rendering import Format
from peernote_tui.domain.calendar_row import CalendarNames
from peernote_tui.domain.disclosure import in_force
from peernote_tui.domain.errors import InvalidInputError, PeerNoteError, RefusedError, StorageError
from peernote_tui.services import (
    cosignature_files,
    disclosing,
    erasing,
    handing_out,
    left_behind,
    unlocking,
)
from peernote_tui.services.disclosing import Request
from peernote_tui.services.exporting_people import place_file
from peernote_tui.services.verifying import verify
from peernote_tui.ui.screens.exporting import write_people
from peernote_tui.ui.screens.exporting_calendar import write_calendar_file
from peernote_tui.vault import files


@pytest.fixture
def note(write_note, consented):
    return write_note(consented)


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def hand_out(workspace, note, person, path):
    request = Request(participant_id=person.id, what="1 note", form="", note_ids=(note.id,))
    handing_out.hand_out(
        workspace, handing_out.Order(kind=DocumentKind.NOTE, form=Format.TXT, request=request), path, replace=True
    )


WAYS = {
    "document": hand_out,
    "co-signature": lambda workspace, note, _person, path: cosignature_files.write_for_cosigning(
        workspace, note.id, path, replace=True
    ),
    "participants": lambda workspace, _note, _person, path: write_people(
        workspace, FileKind.CSV, path, archived=False, replace=True
    ),
    "calendar": lambda workspace, _note, _person, path: write_calendar_file(
        workspace, path, only=None, days=None, names=CalendarNames.FULL, places=True, replace=True
    ),
    "record before an erasure": lambda workspace, _note, person, path: erasing.keep_record(workspace, person.id, path),
}


def broken(number):
    def raises(*_args, **_kwargs):
        raise OSError(number, os.strerror(number))

    return raises


def full(monkeypatch):
    """The disk has room for the half of it."""
    really = os.fdopen

    def opened(handle, mode):
        file = really(handle, mode)
        if mode != "wb":
            return file
        write = file.write

        class Half:
            def __enter__(self):
                return self

            def __exit__(self, *_told):
                file.close()

            def write(self, data):
                if data:
                    write(data[: len(data) // 2])
                    file.flush()
                    broken(errno.ENOSPC)()

            def __getattr__(self, name):
                return getattr(file, name)

        return Half()

    monkeypatch.setattr(os, "fdopen", opened)


def pulled(monkeypatch):
    """Whatever is done with a file of another suffix than the vault's fails, removing it too."""
    monkeypatch.setattr(files, "_require_kept", lambda _path, _data: broken(errno.EIO)())
    monkeypatch.setattr(Path, "unlink", broken(errno.EIO))


FAULTS = {
    "full in the middle": (full, True),
    "full at the end": (lambda patch: patch.setattr(files, "sync_handle", broken(errno.EDQUOT)), True),
    "what was written is not what is read": (
        lambda patch: patch.setattr(files, "_require_kept", lambda path, _data: (_ for _ in ()).throw(
            files.refusing(path)
        )),
        True,
    ),
    "no name": (lambda patch: patch.setattr(Path, "replace", broken(errno.EIO)), True),
    "gone after the name": (lambda patch: patch.setattr(files, "sync_folder", broken(errno.ENODEV)), True),
    "pulled out": (pulled, False),
}  # fmt: skip


def account(workspace, person):
    return in_force(disclosing.disclosures_of(workspace, person.id))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("fault", FAULTS)
def test_what_cannot_be_written_is_not_there_and_not_in_the_account(
    way, fault, workspace, note, consented, out, monkeypatch
):
    break_it, all_gone = FAULTS[fault]
    with monkeypatch.context() as patched:
        break_it(patched)
        with pytest.raises(StorageError) as told:
            WAYS[way](workspace, note, consented, out / "out.x")
    assert left_behind.PART_SUFFIX not in str(told.value)
    if all_gone:
        assert list(out.iterdir()) == []
    assert account(workspace, consented) == ()
    assert verify(workspace).ok
    left_behind.remove_left(workspace)
    assert list(out.iterdir()) == []
    with workspace.reading() as work:
        assert work.remembered.get(left_behind._UNDER_WAY) is None
    WAYS[way](workspace, note, consented, out / "out.x")
    assert len(account(workspace, consented)) >= 1
    assert [path.name for path in out.iterdir()] == ["out.x"]


KILLED = """
import os, sys
from pathlib import Path
from peernote_tui.services import unlocking, exporting_people, placing
from peernote_tui.services.system_clock import SystemClock
from peernote_tui.vault import files
workspace = unlocking.open_vault(Path(sys.argv[1]), sys.argv[2], clock=SystemClock())
files._require_kept = lambda path, data: os.kill(os.getpid(), 9)
placing.place_out(workspace, Path(sys.argv[3]), b"every word of it", replace=False)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_what_a_killed_program_left_goes_with_the_next_unlocking(workspace, passphrase, out, clock):
    unlocking.close(workspace)
    path, away, elsewhere = out / "record.txt", out / "away", out.parent / "elsewhere"
    away.mkdir()
    command = [sys.executable, "-c", KILLED, str(workspace.vault.folder), passphrase]
    assert subprocess.run([*command, str(away / "record.txt")], check=False).returncode == -9
    away.rename(elsewhere)
    assert subprocess.run([*command, str(path)], check=False).returncode == -9
    assert any(b"every word" in each.read_bytes() for each in out.iterdir())
    (out / "record.txt.part").write_text("somebody else's")
    unlocking.close(unlocking.open_vault(workspace.vault.folder, passphrase, clock=clock))
    assert [each.name for each in out.iterdir()] == ["record.txt.part"]
    # A drive that was away is looked at when it is back.
    elsewhere.rename(away)
    unlocking.close(unlocking.open_vault(workspace.vault.folder, passphrase, clock=clock))
    assert list(away.iterdir()) == []


def test_nothing_of_anybody_else_is_written_over(workspace, note, consented, out, monkeypatch):
    path = out / "note.txt"
    beside = out / "note.txt.part"
    beside.write_text("a download")
    really = files._require_kept

    def meanwhile(part, data):
        really(part, data)
        path.unlink()
        path.write_text("written by another program")

    with monkeypatch.context() as patched:
        patched.setattr(files, "_require_kept", meanwhile)
        with pytest.raises(RefusedError, match="is there already"):
            place_file(path, b"ours", replace=False)
    assert path.read_text() == "written by another program"
    path.unlink()

    def at_first_sight(asked, seen=[]):  # noqa: B006 looked at twice before it is taken
        if len(seen) == 1:
            path.write_text("first")
        seen.append(asked)
        return len(seen) > 2

    with monkeypatch.context() as patched:
        patched.setattr(files, "is_there", at_first_sight)
        with pytest.raises(RefusedError, match="is there already"):
            place_file(path, b"ours", replace=False)
    assert path.read_text() == "first"
    assert beside.read_text() == "a download"
    assert account(workspace, consented) == ()


@pytest.mark.parametrize("way", WAYS)
def test_a_name_that_can_be_none_is_told_before_anything(way, workspace, note, consented, out):
    for name in ("CON.pdf", "a:b?.pdf", "end.", "x" * 300, "note\u202efdp.exe"):
        with pytest.raises(InvalidInputError, match="cannot be a file's name"):
            WAYS[way](workspace, note, consented, out / name)
    assert list(out.iterdir()) == []
    assert disclosing.disclosures_of(workspace, consented.id) == ()


@pytest.mark.parametrize("way", WAYS)
def test_folders_and_links(way, workspace, note, consented, out, write_protected):
    (out / "folder").mkdir()
    with pytest.raises(InvalidInputError, match="folder"):
        WAYS[way](workspace, note, consented, out / "folder")
    with pytest.raises(PeerNoteError):
        WAYS[way](workspace, note, consented, out / "nowhere" / "x")
    if sys.platform != "win32":
        target, link = out / "mine.txt", out / "link.txt"
        target.write_text("mine")
        link.symlink_to(target)
        if way != "record before an erasure":
            WAYS[way](workspace, note, consented, link)
            assert not link.is_symlink()
        assert target.read_text() == "mine"
        os.mkfifo(out / "pipe")
        with pytest.raises(PeerNoteError, match=r"no file|already"):
            WAYS[way](workspace, note, consented, out / "pipe")
        assert stat.S_ISFIFO((out / "pipe").stat().st_mode)
        before = len(account(workspace, consented))
        with write_protected(out / "folder"), pytest.raises(StorageError) as told:
            WAYS[way](workspace, note, consented, out / "folder" / "x")
        # It would be taken for the vault's own folder, and asked again.
        assert type(told.value) is StorageError
        assert len(account(workspace, consented)) == before
