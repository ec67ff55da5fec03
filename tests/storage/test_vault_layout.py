"""What a folder is, and where a vault lies, before any passphrase."""

import sys
from pathlib import Path, PurePosixPath

import platformdirs
import pytest

from peernote_tui.domain.errors import VaultInUseError
from peernote_tui.vault import layout
from peernote_tui.vault.layout import VaultState
from peernote_tui.vault.lock import VaultLock


@pytest.mark.parametrize(
    ("names", "state"),
    [
        ([], VaultState.NOT_A_VAULT),
        (["letter.txt"], VaultState.NOT_A_VAULT),
        (["reserve"], VaultState.NOT_A_VAULT),
        (["keys/mine.txt"], VaultState.NOT_A_VAULT),
        (["vault.lock"], VaultState.HALF_MADE),
        (["vault.db"], VaultState.HALF_MADE),
        (["keys/passphrase.age"], VaultState.HALF_MADE),
        (["vault.lock", "vault.db", "vault.json.part"], VaultState.HALF_MADE),
        (["vault.json"], VaultState.COMPLETE),
        (["vault.json/", "vault.db"], VaultState.NOT_A_VAULT),
    ],
)
def test_a_folder_is_known_by_what_lies_in_it(tmp_path, names, state):
    folder = tmp_path / "v"
    folder.mkdir()
    for name in names:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        if name.endswith("/"):
            path.mkdir()
        else:
            path.write_bytes(b"")
    assert layout.inspect(folder) is state
    assert layout.may_create_in(folder) is (names == [])


def test_nothing_and_a_file_are_told_apart(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    assert layout.inspect(tmp_path / "gone") is VaultState.ABSENT
    assert layout.inspect(tmp_path / "file") is VaultState.NOT_A_VAULT
    assert layout.may_create_in(tmp_path / "gone")
    assert not layout.may_create_in(tmp_path / "file")


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_to_nothing_is_not_taken_for_a_free_place(tmp_path):
    (tmp_path / "dangling").symlink_to(tmp_path / "gone")
    assert layout.inspect(tmp_path / "dangling") is VaultState.NOT_A_VAULT
    assert not layout.may_create_in(tmp_path / "dangling")


def test_moving_aside_keeps_everything_and_never_overwrites(tmp_path):
    for text in ("first", "second"):
        (tmp_path / "v").mkdir()
        (tmp_path / "v" / "vault.db").write_text(text)
        aside = layout.move_aside(tmp_path / "v")
        assert (aside / "vault.db").read_text() == text
    assert len(list(tmp_path.iterdir())) == 2


def test_a_vault_in_the_making_is_not_moved(tmp_path):
    with VaultLock.acquire(tmp_path), pytest.raises(VaultInUseError):
        layout.move_aside(tmp_path)
    assert tmp_path.exists()


def test_the_default_place_is_in_the_local_data_folder(monkeypatch):
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda name, appauthor: f"/data/{name}")
    assert layout.default_folder() == Path("/data/peernote/vault.peernote")


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/home/a/Dropbox/notes", "Dropbox"),
        ("/home/a/Dropbox (Personal)/v", "Dropbox"),
        ("/Users/a/OneDrive - Helping Hands/v", "OneDrive"),
        ("/Users/a/Library/CloudStorage/OneDrive-Personal/v", "OneDrive"),
        ("/Users/a/Library/CloudStorage/Box-Box/v", "a cloud service"),
        ("/Users/a/Library/Mobile Documents/com~apple~CloudDocs/v", "iCloud Drive"),
        ("/Users/a/iCloudDrive/v", "iCloud Drive"),
        ("/home/a/Google Drive/v", "Google Drive"),
        ("/Volumes/GoogleDrive/My Drive/v", "Google Drive"),
    ],
)
def test_synced_folders_are_named(path, service):
    assert service in layout.synced_folder_warning(PurePosixPath(path))


@pytest.mark.parametrize("path", ["/home/a/notes", "/home/dropboxer/v", "/media/my drives/v", "/home/a/onedriver/v"])
def test_other_folders_raise_no_warning(path):
    assert layout.synced_folder_warning(PurePosixPath(path)) is None
