"""Backups on another drive: which folder takes them, and when."""

import shutil
from datetime import timedelta

import pytest

from peernote_tui.domain.errors import InvalidInputError, StorageError
from peernote_tui.services import backup_places, backups, unlocking
from peernote_tui.services.backup_places import Standing


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def test_the_chosen_folder_is_kept_in_the_vault(workspace, stick, passphrase, clock):
    assert backup_places.chosen(workspace) is None
    place = backup_places.choose(workspace, stick)
    assert place.look() is Standing.OURS
    unlocking.close(workspace)
    again = unlocking.open_vault(workspace.vault.folder, passphrase, clock=clock)
    assert backup_places.chosen(again) == place
    backup_places.forget(again)
    assert backup_places.chosen(again) is None
    assert place.look() is Standing.OURS
    unlocking.close(again)


def test_a_folder_that_cannot_take_backups_is_not_chosen(workspace, tmp_path):
    with pytest.raises(StorageError):
        backup_places.choose(workspace, tmp_path / "nowhere")
    with pytest.raises(InvalidInputError):
        backup_places.choose(workspace, workspace.vault.folder)
    assert backup_places.chosen(workspace) is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": "peernote-backup-place"}', None])
def test_only_a_folder_with_the_mark_of_this_vault_is_ours(workspace, new_workspace, stick, text):
    place = backup_places.choose(workspace, stick)
    mark = place.folder / "whose-backups.json"
    if text is None:
        other = backup_places.choose(new_workspace(), stick)
        shutil.copy(other.folder / mark.name, mark)
    else:
        mark.write_text(text)
    assert place.look() is Standing.OTHER
    shutil.rmtree(stick)
    assert place.look() is Standing.ABSENT


def test_a_backup_is_due_there_once_a_day_whatever_lies_beside_the_vault(workspace, consented, stick, clock):
    place = backup_places.choose(workspace, stick)
    backups.back_up(workspace)
    job = backup_places.job_if_due(place, clock.now())
    made = backups.make(workspace, job)
    backup_places.note_made(workspace, place, made)
    assert made.path.is_relative_to(stick)
    assert backup_places.job_if_due(place, clock.now()) is None
    clock.advance(days=1)
    assert backup_places.job_if_due(place, clock.now()) is not None


def test_the_age_is_that_of_the_newest_backup_anywhere(workspace, consented, stick, clock):
    assert backup_places.newest_anywhere(workspace) is None
    backups.back_up(workspace)
    clock.advance(days=3)
    place = backup_places.choose(workspace, stick)
    assert backup_places.newest_anywhere(workspace) == clock.now() - timedelta(days=3)
    backup_places.note_made(workspace, place, backups.make(workspace, backup_places.job_if_due(place, clock.now())))
    shutil.rmtree(stick)
    assert backup_places.newest_anywhere(workspace) == clock.now()


def test_old_backups_are_let_go_there_too(workspace, consented, stick, clock):
    place = backup_places.choose(workspace, stick)
    for _ in range(12):
        backups.make(workspace, backup_places.job_if_due(place, clock.now()))
        clock.advance(days=1)
    assert 7 <= len(backup_places.there(place)) < 12


def test_where_the_drive_is_gone_nothing_is_written_to_the_disk_below(workspace, consented, stick, clock):
    place = backup_places.choose(workspace, stick)
    job = backup_places.job_if_due(place, clock.now())
    shutil.rmtree(stick)
    stick.mkdir()
    with pytest.raises(StorageError):
        backups.make(workspace, job)
    assert list(stick.iterdir()) == []
