"""Where a file cannot go, on the command line: a sentence, a code, nothing half-written, and a true account."""

from __future__ import annotations

import errno
import os
import sys

import pytest

from peernote_tui.cli.exits import Exit
from peernote_tui.vault import files

OUT = {
    "json": ("notes", "export"),
    "a document": ("notes", "export", "--participant", "M-0042", "--format", "txt"),
    "an e-mail": ("notes", "export", "--participant", "M-0042", "--mail"),
    "a record": ("participants", "handout", "M-0042", "--format", "json"),
    "participants": ("participants", "export"),
    "a form": ("templates", "print", "peer-support", "--format", "txt"),
}
NAMES = {
    "CON.txt": "device",
    "a:b.txt": "takes no :",
    "what?.txt": "takes no ?",
    "end.txt.": "dot",
    "note\u202etxt.exe": "not seen",
    "x" * 250: "too long",
}


@pytest.fixture
def noted(maria, note_file):
    assert maria("notes", "import", note_file(), "--sign").code == Exit.DONE
    return maria


def account(run):
    return run("disclosures", "list", "--json").json["disclosures"]


@pytest.mark.parametrize("way", OUT)
def test_a_disk_that_is_full_in_the_middle(way, noted, tmp_path, monkeypatch):
    def full(_handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    target = tmp_path / "stick" / "out"
    target.parent.mkdir()
    with monkeypatch.context() as patched:
        patched.setattr(files, "sync_handle", full)
        done = noted(*OUT[way], "-o", target)
    assert (done.code, done.out) == (Exit.FAILED, "")
    assert "no room left" in done.err
    assert list(target.parent.iterdir()) == []
    rows = account(noted)
    assert {row["id"] for row in rows if not row["voids"]} == {row["voids"] for row in rows if row["voids"]}
    assert noted(*OUT[way], "-o", target).code == Exit.DONE


@pytest.mark.parametrize("way", OUT)
def test_names_folders_and_files_that_are_there(way, noted, tmp_path):
    for name, why in NAMES.items():
        done = noted(*OUT[way], "-o", name)
        assert (done.code, why in done.err) == (Exit.USAGE, True), (name, done.err)
    (tmp_path / "stick").mkdir()
    assert "is a folder" in noted(*OUT[way], "-o", "stick").err
    assert "is a folder" in noted(*OUT[way], "-o", "stick", "--force").err
    (tmp_path / "there").write_text("mine")
    there = noted(*OUT[way], "-o", "there")
    assert (there.code, "is there already" in there.err) == (Exit.REFUSED, True)
    assert (tmp_path / "there").read_text() == "mine"
    if sys.platform != "win32":
        (tmp_path / "link").symlink_to(tmp_path / "nowhere")
        assert noted(*OUT[way], "-o", "link").code == Exit.REFUSED
        assert not (tmp_path / "nowhere").exists()
    assert noted(*OUT[way], "-o", tmp_path / "nowhere" / "out").code == Exit.FAILED
    assert account(noted) == []


@pytest.mark.parametrize("way", [way for way in OUT if way != "a form"])
def test_a_folder_that_is_copied_to_the_internet_is_told(way, noted, tmp_path, walls):
    folder = walls / "Dropbox"
    folder.mkdir()
    written = noted(*OUT[way], "-o", folder / "out")
    assert "synced by Dropbox: the file leaves this computer" in written.out + written.err
    beside = noted(*OUT[way], "-o", tmp_path / "out")
    assert "synced" not in beside.out + beside.err
