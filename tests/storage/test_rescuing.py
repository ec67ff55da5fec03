"""Drafts that the vault cannot take: kept elsewhere, sealed for this vault alone."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.domain.errors import (
    ConsentMissingError,
    DiskFullError,
    ReadOnlyFolderError,
    StorageError,
    VaultDamagedError,
    VaultTooNewError,
)
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.participant import ParticipantDetails
from peernote_tui.services import backups, consenting, participants, rescuing, unlocking, verifying, writing
from peernote_tui.services.rescuing import RescueState
from peernote_tui.vault import files, rescue
from peernote_tui.vault.read_only import ReadOnlyReason

NOON = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
WORDS = "Zimtstern, the words nobody may lose"


@pytest.fixture(autouse=True)
def own_temp(tmp_path_factory, monkeypatch):
    """A place for temporary files that no other run shares."""
    place = tmp_path_factory.mktemp("temp")
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


@pytest.fixture
def draft(consented, write_draft):
    stored = write_draft(consented)
    content = stored.content.model_copy(update={"summary": WORDS, "custom": {"goal": [1, None]}})
    return stored.model_copy(update={"content": content, "typed": {"agreed_actions": "call her @m"}})


@pytest.fixture
def refuse_at(monkeypatch):
    """Let the file layer refuse to write in folders: `refuse_at(folder, errno.EROFS)`."""
    refused = {}
    really = files.create_private

    def create_private(path, data):
        with files.told(path):
            for folder, number in refused.items():
                if path.parent == folder:
                    raise OSError(number, os.strerror(number), str(path))
        really(path, data)

    monkeypatch.setattr(files, "create_private", create_private)
    return refused.__setitem__


def reading(workspace, path):
    return rescuing.read(rescue.open_sealed(path, rescue.identity(workspace.vault.data_key)))


def test_a_rescue_file_holds_the_draft_as_it_stands_on_screen(workspace, draft, clock):
    path = rescuing.rescue_draft(workspace, draft)
    assert path.parent == workspace.vault.folder / "rescue"
    kept = reading(workspace, path)
    assert kept.draft == draft
    assert kept.written_at == clock.now()
    assert kept.vault_id == str(workspace.vault.vault_id)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows gives the rights of the folder")
def test_a_rescue_file_and_its_folder_are_for_their_owner_only(workspace, draft):
    path = rescuing.rescue_draft(workspace, draft)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_neither_name_nor_content_of_a_rescue_file_says_anything(workspace, draft, consented):
    path = rescuing.rescue_draft(workspace, draft)
    sealed = path.read_bytes()
    for telling in (WORDS, consented.id, draft.id, str(workspace.vault.vault_id), "Ibarra"):
        assert telling.encode() not in sealed
        assert telling not in path.name


def test_it_asks_nothing_of_the_database(workspace, draft):
    workspace.vault.connection.close()
    path = rescuing.rescue_draft(workspace, draft)
    assert reading(workspace, path).draft == draft


def test_what_no_vault_could_take_is_kept_all_the_same(workspace, draft):
    odd = draft.model_copy(update={"typed": {"summary": "half a pair \ud800 and a bell \x07"}})
    path = rescuing.rescue_draft(workspace, odd)
    assert reading(workspace, path).draft.typed["summary"] == "half a pair  and a bell "


def test_in_one_run_the_newest_takes_the_place_of_the_one_before(workspace, draft):
    first = rescuing.rescue_draft(workspace, draft)
    assert rescuing.rescue_draft(workspace, draft) == first
    newer = draft.model_copy(update={"step": 3})
    second = rescuing.rescue_draft(workspace, newer)
    assert sorted(first.parent.iterdir()) == [second]
    assert reading(workspace, second).draft == newer


def test_a_rescue_file_of_an_earlier_run_is_not_written_over(workspace, draft, passphrase, clock):
    first = rescuing.rescue_draft(workspace, draft)
    unlocking.close(workspace)
    again = unlocking.open_vault(workspace.vault.folder, passphrase, clock=clock)
    try:
        second = rescuing.rescue_draft(again, draft.model_copy(update={"step": 2}))
    finally:
        unlocking.close(again)
    assert sorted(first.parent.iterdir()) == sorted([first, second])


def test_each_place_is_taken_when_those_before_refuse(workspace, draft, refuse_at, own_temp):
    folder = workspace.vault.folder
    places = rescue.places(folder)
    assert places[0] == folder / "rescue"
    assert places[1] == folder.parent
    assert places[-1] == own_temp
    wanted = list(places)
    for place, number in zip(places[:-1], (errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO), strict=True):
        refuse_at(place, number)
        wanted.remove(place)
        path = rescuing.rescue_draft(workspace, draft.model_copy(update={"step": len(wanted)}))
        assert path.parent == wanted[0]
    assert [each.path for each in rescue.find(folder, workspace.vault.data_key)] == [path]


def test_a_place_that_cannot_even_be_looked_at_is_passed_over(workspace, draft, monkeypatch, own_temp):
    really = os.stat

    def stat_fails(path, *args, **kwargs):
        if not str(path).startswith(str(own_temp)) and "vault.json" not in str(path):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return really(path, *args, **kwargs)

    monkeypatch.setattr(os, "stat", stat_fails)
    monkeypatch.setattr(files, "make_folder", lambda path: None)
    path = rescuing.rescue_draft(workspace, draft)
    assert path.parent == own_temp
    assert rescuing.rescue_draft(workspace, draft) == path


def test_a_computer_without_a_home_has_other_places(workspace, draft, monkeypatch):
    def nowhere():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(rescue.Path, "home", nowhere)
    assert rescuing.rescue_draft(workspace, draft).is_file()


def test_when_no_place_takes_it_the_sentence_says_so_and_nothing_is_left(workspace, draft, refuse_at):
    for place in rescue.places(workspace.vault.folder):
        refuse_at(place, errno.ENOSPC)
    with pytest.raises(DiskFullError, match="No place on this computer"):
        rescuing.rescue_draft(workspace, draft)
    assert rescue.find(workspace.vault.folder, workspace.vault.data_key) == ()


def test_a_write_that_breaks_off_leaves_no_half_file(workspace, draft, monkeypatch):
    really = os.fsync

    def refuse(handle):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StorageError):
        rescuing.rescue_draft(workspace, draft)
    monkeypatch.setattr(os, "fsync", really)
    for place in rescue.places(workspace.vault.folder):
        assert not place.is_dir() or not [each for each in place.iterdir() if rescue.PREFIX in each.name]


def test_a_vault_that_is_gone_is_not_made_anew_at_its_empty_place(workspace, draft):
    folder = workspace.vault.folder
    gone = folder.with_name("drive pulled out")
    folder.rename(gone)
    path = rescuing.rescue_draft(workspace, draft)
    assert not folder.exists()
    # The folder above may be the mount point of the drive, whose own files are hidden when it is back.
    assert path.parent not in (folder.parent, folder)
    gone.rename(folder)
    assert [each.path for each in rescue.find(folder, workspace.vault.data_key)] == [path]


def test_files_of_another_vault_are_passed_over(workspace, draft, new_workspace, own_temp):
    path = rescuing.rescue_draft(workspace, draft)
    shutil.copy(path, own_temp)
    other = new_workspace()
    assert rescue.find(other.vault.folder, other.vault.data_key) == ()
    assert len(rescue.find(workspace.vault.folder, workspace.vault.data_key)) == 2


def test_damage_is_told_and_the_file_kept(workspace, draft):
    path = rescuing.rescue_draft(workspace, draft)
    whole = path.read_bytes()
    for damaged in (whole[:-1], b"", whole[:40], whole.replace(b"X25519", b"Y25519"), whole[:-9] + bytes(9)):
        path.write_bytes(damaged)
        assert rescue.find(workspace.vault.folder, workspace.vault.data_key) == (rescue.Found(path, None),)
        assert path.read_bytes() == damaged


@pytest.mark.skipif(sys.platform == "win32", reason="needs links and pipes")
def test_links_pipes_and_folders_of_that_name_stop_nobody(workspace, draft, own_temp):
    path = rescuing.rescue_draft(workspace, draft)
    os.mkfifo(own_temp / "peernote-rescue-0.age")
    (own_temp / "peernote-rescue-1.age").symlink_to(path)
    (own_temp / "peernote-rescue-2.age").mkdir()
    whole = [each.path for each in rescue.find(workspace.vault.folder, workspace.vault.data_key) if each.plain]
    assert whole == [path]


@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_read_or_refused(data):
    with pytest.raises(VaultDamagedError):
        rescuing.read(data)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=9), st.lists, max_leaves=4))
def test_any_value_in_any_place_is_read_or_refused(value):
    for name in ("vault_id", "written_at", "draft", "format", "version"):
        said = {"format": rescuing.FORMAT, "version": 1, "vault_id": "", "written_at": "2026-11-23T19:52Z", "draft": {}}
        with pytest.raises((VaultDamagedError, VaultTooNewError)):
            rescuing.read(json.dumps({**said, name: value}).encode())


def test_a_file_of_a_newer_version_is_told_apart_from_damage():
    with pytest.raises(VaultTooNewError):
        rescuing.read(b'{"format": "peernote.rescue", "version": 2, "what": "is to come"}')


@pytest.mark.skipif(shutil.which("age") is None, reason="the age program is not installed")
def test_the_age_program_opens_it(workspace, draft, tmp_path):
    path = rescuing.rescue_draft(workspace, draft)
    key = tmp_path / "identity"
    key.write_text(rescue.identity(workspace.vault.data_key).secret + "\n")
    opened = subprocess.run(["age", "-d", "-i", str(key), str(path)], capture_output=True, check=True).stdout
    assert rescuing.read(opened).draft == draft


def test_another_implementation_of_age_opens_it(workspace, draft):
    import pyrage

    path = rescuing.rescue_draft(workspace, draft)
    own = pyrage.x25519.Identity.from_str(rescue.identity(workspace.vault.data_key).secret)
    assert rescuing.read(pyrage.decrypt(path.read_bytes(), [own])).draft == draft


class TestComingBack:
    @pytest.fixture
    def kept(self, workspace, draft):
        """A rescue file of an earlier run, with newer words than the vault holds."""
        path = rescuing.rescue_draft(workspace, draft)
        workspace.standing.rescued.clear()
        return path

    def test_it_takes_the_place_of_the_earlier_form(self, workspace, draft, kept):
        (offer,) = rescuing.offers(workspace)
        assert (offer.path, offer.state, offer.draft) == (kept, RescueState.NEWER, draft)
        assert offer.called.name == "Tomás Ibarra"
        back = rescuing.bring_back(workspace, kept)
        stored = writing.get_draft(workspace, draft.id)
        assert stored == back
        assert (stored.content, stored.typed, stored.step) == (draft.content, draft.typed, draft.step)
        assert not kept.exists()
        assert rescuing.offers(workspace) == ()
        assert verifying.verify(workspace).ok

    def test_a_draft_that_was_put_aside_comes_back_to_sight(self, workspace, draft, kept):
        writing.discard_draft(workspace, draft.id)
        rescuing.bring_back(workspace, kept)
        assert [row.draft.id for row in writing.open_drafts(workspace)] == [draft.id]

    def test_where_both_were_written_in_both_are_kept(self, workspace, draft, kept, clock):
        clock.advance(minutes=5)
        later = draft.content.model_copy(update={"summary": "Written since."})
        writing.save_draft(workspace, draft.model_copy(update={"content": later}))
        (offer,) = rescuing.offers(workspace)
        assert offer.state is RescueState.BOTH_CHANGED
        further = rescuing.bring_back(workspace, kept, beside=True)
        assert further.id != draft.id
        assert {row.draft.content.summary for row in writing.open_drafts(workspace)} == {WORDS, "Written since."}
        assert not kept.exists()

    def test_beside_a_signed_note_it_becomes_a_further_draft(self, workspace, draft, kept):
        writing.sign_note(workspace, draft.id)
        (offer,) = rescuing.offers(workspace)
        assert offer.state is RescueState.GONE
        further = rescuing.bring_back(workspace, kept)
        assert writing.get_draft(workspace, further.id).content == draft.content
        assert not kept.exists()

    def test_words_the_vault_holds_already_are_no_question(self, workspace, draft, kept):
        writing.save_draft(workspace, draft)
        assert rescuing.rescue_files(workspace)[0].state is RescueState.STORED
        assert rescuing.offers(workspace) == ()
        assert not kept.exists()

    def test_what_this_run_is_still_keeping_is_no_question(self, workspace, draft):
        path = rescuing.rescue_draft(workspace, draft)
        assert rescuing.offers(workspace) == ()
        assert path.exists()
        rescuing.settled(workspace, draft)
        assert not path.exists()

    def test_a_refusal_leaves_the_file(self, workspace, draft, kept):
        before = writing.get_draft(workspace, draft.id)
        workspace.vault.connection.execute("PRAGMA query_only = ON")
        with pytest.raises(ReadOnlyFolderError):
            rescuing.bring_back(workspace, kept)
        workspace.vault.connection.execute("PRAGMA query_only = OFF")
        assert kept.exists()
        assert writing.get_draft(workspace, draft.id) == before

    def test_without_consent_words_do_not_come_in_by_this_door(self, workspace, draft, kept, consented):
        consenting.withdraw_consent(workspace, consented.id)
        # Words that were in the vault before stay and may grow; that is what saving does, too.
        rescuing.bring_back(workspace, kept)
        other = participants.add_participant(workspace, ParticipantDetails(name="Ana Lima"))
        path = rescuing.rescue_draft(
            workspace, draft.model_copy(update={"id": new_id(NOON), "participant_id": other.id})
        )
        workspace.standing.rescued.clear()
        with pytest.raises(ConsentMissingError):
            rescuing.bring_back(workspace, path)
        assert path.exists()

    def test_of_a_participant_who_is_not_there_it_is_told(self, workspace, draft):
        rescuing.rescue_draft(workspace, draft.model_copy(update={"participant_id": new_id(NOON)}))
        workspace.standing.rescued.clear()
        (offer,) = rescuing.offers(workspace)
        assert offer.state is RescueState.NOBODY

    def test_a_damaged_one_is_told_and_kept(self, workspace, kept):
        kept.write_bytes(kept.read_bytes()[:-3])
        (offer,) = rescuing.offers(workspace)
        assert (offer.state, offer.draft) == (RescueState.DAMAGED, None)
        with pytest.raises(VaultDamagedError):
            rescuing.bring_back(workspace, kept)
        assert kept.exists()

    def test_in_a_vault_that_is_only_read_nothing_is_taken_away(self, workspace, draft, kept):
        writing.save_draft(workspace, draft)
        workspace.vault.read_only_because = ReadOnlyReason.FOLDER
        assert rescuing.offers(workspace) == ()
        assert kept.exists()

    def test_after_a_restore_the_rescue_files_are_still_found(self, workspace, draft, kept, passphrase, clock):
        made = backups.back_up(workspace)
        unlocking.close(workspace)
        folder = workspace.vault.folder
        with backups.begin_restore(folder, made, passphrase) as restoration:
            backups.carry_out(restoration, clock)
        again = unlocking.open_vault(folder, passphrase, clock=clock)
        try:
            (offer,) = rescuing.offers(again)
            assert offer.draft == draft
        finally:
            unlocking.close(again)
