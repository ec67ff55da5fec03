"""Handing a document out: what is in it, and that the account and the file come together or not at all."""

from __future__ import annotations

import pyrage
import pytest

from peernote_tui.documents.document import DocumentKind
from peernote_tui.documents.rendering import Format
from peernote_tui.domain.disclosure import Purpose, in_force
from peernote_tui.domain.errors import InvalidInputError, RefusedError, StorageError
from peernote_tui.services import disclosing
from peernote_tui.services.disclosing import Request
from peernote_tui.services.handing_out import Closed, Order, hand_out, hand_over
from peernote_tui.services.verifying import verify
from peernote_tui.vault import age, files


@pytest.fixture
def note(write_note, consented):
    return write_note(consented)


@pytest.fixture
def order(note, consented):
    request = Request(
        participant_id=consented.id, what="1 note", purpose=Purpose.PARTICIPANT, form="", note_ids=(note.id,)
    )
    return Order(kind=DocumentKind.NOTE, form=Format.TXT, request=request)


def account(workspace, participant):
    return in_force(disclosing.disclosures_of(workspace, participant.id))


def test_a_note_stands_in_its_file_and_in_the_account(workspace, consented, note, order, tmp_path):
    done = hand_out(workspace, order, tmp_path / "note.txt")
    text = (tmp_path / "note.txt").read_text(encoding="utf-8")
    assert text.startswith("Case note\n=========\nTomás Ibarra · T-0007\n")
    assert note.content.summary in text
    assert "Made by " in text
    assert "log " in text.splitlines()[4]
    assert account(workspace, consented) == (done.disclosure,)
    assert (done.disclosure.form, done.disclosure.protected) == ("txt", "")
    assert verify(workspace).ok


def test_a_whole_record_says_what_was_handed_out_before(workspace, consented, note, order, tmp_path):
    hand_over(workspace, order)
    request = order.request.model_copy(update={"note_ids": (), "what": "the whole record"})
    whole = Order(kind=DocumentKind.RECORD, form=Format.TXT, request=request)
    text = hand_over(workspace, whole).data.decode()
    for word in (note.content.summary, "Action items", "given", "1 note (txt)", "for the participant"):
        assert word in text
    accounting = Order(kind=DocumentKind.ACCOUNTING, form=Format.TXT, request=request)
    assert "the whole record (txt)" in hand_over(workspace, accounting).data.decode()


def test_nothing_is_accounted_for_that_was_not_written(workspace, consented, order, tmp_path, monkeypatch):
    (tmp_path / "there").write_text("mine")
    with pytest.raises(RefusedError):
        hand_out(workspace, order, tmp_path / "there")
    with pytest.raises(StorageError):
        hand_out(workspace, order, tmp_path / "no such folder" / "note.txt")
    with monkeypatch.context() as patched:
        patched.setattr(files, "_require_kept", lambda path, _data: (_ for _ in ()).throw(files.disk_full(path)))
        with pytest.raises(StorageError):
            hand_out(workspace, order, tmp_path / "there", replace=True)
    assert account(workspace, consented) == ()
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["there"]
    assert (tmp_path / "there").read_text() == "mine"


def test_what_could_not_take_its_name_is_taken_back_in_the_account(workspace, consented, order, tmp_path, monkeypatch):
    monkeypatch.setattr(type(tmp_path), "replace", lambda *_: (_ for _ in ()).throw(OSError(5, "gone")))
    with pytest.raises(StorageError):
        hand_out(workspace, order, tmp_path / "note.txt")
    monkeypatch.undo()
    assert account(workspace, consented) == ()
    assert len(disclosing.disclosures_of(workspace, consented.id)) == 2
    assert list(tmp_path.glob("note*")) == []


def test_the_passphrase_is_asked_for_by_age(workspace, consented, order, tmp_path, note):
    pair = age.generate_identity()
    hand_out(workspace, order, tmp_path / "note.txt.age", closed=Closed(recipient=pair.recipient))
    sealed = (tmp_path / "note.txt.age").read_bytes()
    opened = pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(pair.secret)])
    assert note.content.summary in opened.decode()
    locked = hand_over(workspace, order, closed=Closed(passphrase="six plain words", work_factor=10))
    assert note.content.summary in age.decrypt_with_passphrase(locked.data, "six plain words").decode()
    assert [row.protected for row in account(workspace, consented)] == ["age", "age"]
    with pytest.raises(InvalidInputError, match="Only a PDF"):
        hand_over(workspace, order, closed=Closed(password="x"))
