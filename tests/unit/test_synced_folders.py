"""Folders that another program copies to the internet are told, on made-up homes."""

from __future__ import annotations

import sys

import pytest

from peernote_tui.services.synced_folders import drive_folders, synced_folder


@pytest.mark.parametrize(
    ("inside", "service"),
    [
        ("Google Drive/note.pdf", "Google Drive"),
        ("GoogleDrive/My Drive/work/note.pdf", "Google Drive"),
        ("Library/CloudStorage/GoogleDrive-sam@example.org/My Drive/note.pdf", "Google Drive"),
        ("Library/CloudStorage/Dropbox/note.pdf", "Dropbox"),
        ("Library/CloudStorage/Box-Box/note.pdf", "a cloud service"),
        ("OneDrive - Harbor Clinic/note.pdf", "OneDrive"),
        ("Dropbox (Personal)/note.pdf", "Dropbox"),
        ("Library/Mobile Documents/com~apple~CloudDocs/note.pdf", "iCloud Drive"),
        ("iCloudDrive/note.pdf", "iCloud Drive"),
        ("Documents/note.pdf", ""),
        ("dropboxes/note.pdf", ""),
    ],
)
def test_usual_folders_are_told_by_name(tmp_path, inside, service):
    assert synced_folder(tmp_path / inside, environment={}, home=tmp_path) == service


@pytest.mark.parametrize(
    ("marker", "service"),
    [(".dropbox", "Dropbox"), (".dropbox.cache", "Dropbox"), (".tmp.driveupload", "Google Drive")],
)
def test_a_folder_of_any_name_is_told_by_what_lies_in_it(tmp_path, marker, service):
    root = tmp_path / "shared things"
    (root / "a" / "b").mkdir(parents=True)
    (root / marker).mkdir()
    assert synced_folder(root / "a" / "b" / "note.pdf", environment={}, home=tmp_path) == service
    assert synced_folder(tmp_path / "note.pdf", environment={}, home=tmp_path) == ""


def test_windows_says_where_its_onedrive_lies(tmp_path):
    environment = {"OneDriveCommercial": str(tmp_path / "Work")}
    assert synced_folder(tmp_path / "Work" / "note.pdf", environment=environment, home=tmp_path) == "OneDrive"
    assert synced_folder(tmp_path / "Worked" / "note.pdf", environment=environment, home=tmp_path) == ""


def test_documents_that_a_mac_gave_to_icloud_are_told(tmp_path):
    (tmp_path / "Library" / "Mobile Documents" / "com~apple~CloudDocs" / "Documents").mkdir(parents=True)
    assert synced_folder(tmp_path / "Documents" / "note.pdf", environment={}, home=tmp_path) == "iCloud Drive"
    assert synced_folder(tmp_path / "Desktop" / "note.pdf", environment={}, home=tmp_path) == ""


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_into_a_synced_folder_is_followed(tmp_path):
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "Dropbox")
    assert synced_folder(tmp_path / "out" / "note.pdf", environment={}, home=tmp_path) == "Dropbox"


def test_google_drive_is_found_where_it_usually_lies(tmp_path):
    assert drive_folders(home=tmp_path) == ()
    (tmp_path / "Google Drive" / "My Drive").mkdir(parents=True)
    assert drive_folders(home=tmp_path) == (tmp_path / "Google Drive" / "My Drive",)
    (tmp_path / "google-drive").mkdir()
    assert drive_folders(home=tmp_path)[-1] == tmp_path / "google-drive"
