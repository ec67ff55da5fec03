"""Erasing a record: every word is gone from the file, the chain holds, and nothing comes back by itself."""

from __future__ import annotations

import ctypes
import ctypes.util
import json
from datetime import date

import pytest
from sqlcipher3 import dbapi2

from peernote_tui.domain.action_filter import ActionFilter
from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.errors import InvalidInputError, NotFoundError, RefusedError
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.participant import ParticipantDetails
from peernote_tui.domain.referral import Referral
from peernote_tui.services import (
    action_items,
    action_views,
    backups,
    changing_actions,
    consenting,
    erasing,
    erasing_backups,
    finding,
    interchange,
    merging,
    notes,
    participants,
    restoring,
    today,
    unlocking,
    writing,
)
from peernote_tui.services.erasing import ErasureReason
from peernote_tui.services.kept_apart import APART
from peernote_tui.services.verifying import verify

PAGE, RESERVED = 4096, 80
WORDS = "quagga zyzzyva xylorimba"
"""Three words that nobody else's record holds."""


@pytest.fixture
def person(workspace, add_participant, write_note, write_draft):
    """Somebody with something in every table, each with words of their own, and somebody else beside them."""
    other = add_participant("Tomás Ibarra", external_id="T-0007")
    for number in range(3):
        write_note(other, summary=f"Common words number {number}.", next_topics="more of it")
    maria = add_participant(
        "Quagga Santos", consent=False, legal_name="Zyzzyva Santos", pronouns="xylorimba", born="1991-05-02",
        external_id="quagga-1", phone="zyzzyva-55", about=WORDS,
    )  # fmt: skip
    consenting.give_consent(workspace, maria.id, how="verbal", remark=WORDS)
    for number in range(2):
        note = write_note(
            maria, summary=f"{WORDS} {number}. " * 400, own_words=WORDS, techniques=("quagga",), place=WORDS,
            agreed_actions=[{"text": WORDS, "owner": "other", "owner_name": "zyzzyva"}],
            next_contact={"day": f"2026-12-{24 + number}"}, next_topics=WORDS, next_place="xylorimba",
        )  # fmt: skip
    action_id = note.content.agreed_actions[0].id
    changing_actions.settle(workspace, [action_id], ActionStatus.PARTLY, words=WORDS)
    line = ActionLine(WORDS, Owner.OTHER, "zyzzyva", workspace.today, ("quagga",), 7, "every friday, xylorimba")
    changing_actions.edit_action(workspace, action_id, line)
    changing_actions.snooze(workspace, [action_id], None, reason=WORDS)
    with workspace.changing() as work:
        before = changing_actions.action_in(work, action_id)
        after = before.model_copy(update={"referral": Referral(to=WORDS, words="quagga", why_covered="zyzzyva")})
        changing_actions.store(workspace, work, before, after)
        work.commit()
    action_views.save_view(workspace, "Quagga Santos", ActionFilter(text="quagga"))
    write_draft(maria, summary=WORDS)
    writing.discard_draft(workspace, write_draft(maria, summary=WORDS).id)
    with workspace.changing() as work:
        now, by = workspace.clock.now(), workspace.author.id
        work.remembered.put("place", {"screen": "participant", "subject": maria.id}, at=now, by=by)
        work.remembered.put("filter", {"words": "Quagga santos"}, at=now, by=by)
        work.remembered.put("backups folder", {"path": "/media/stick"}, at=now, by=by)
        work.remembered.put("key_slots", {"digests": {"passphrase": maria.id}}, at=now, by=by)
        apart = [{"participant_id": maria.id, "document": WORDS}, {"participant_id": "other", "document": "kept"}]
        work.remembered.put(APART, apart, at=now, by=by)
        work.commit()
    return maria


def decrypted(folder, data_key):
    """Every page of a closed vault's file as it is without its encryption, free pages and all."""
    found = ctypes.util.find_library("crypto")
    if found is None:
        pytest.skip("There is no libcrypto here to decrypt with.")
    crypto = ctypes.CDLL(found)
    crypto.EVP_CIPHER_CTX_new.restype = crypto.EVP_aes_256_cbc.restype = ctypes.c_void_p
    context = ctypes.c_void_p(crypto.EVP_CIPHER_CTX_new())
    cipher = ctypes.c_void_p(crypto.EVP_aes_256_cbc())
    data, pages = (folder / "vault.db").read_bytes(), []
    for at in range(0, len(data), PAGE):
        begin = at + (16 if at == 0 else 0)
        page, vector = data[begin : at + PAGE - RESERVED], data[at + PAGE - RESERVED : at + PAGE - RESERVED + 16]
        out, length = ctypes.create_string_buffer(PAGE), ctypes.c_int(0)
        assert crypto.EVP_DecryptInit_ex(context, cipher, None, data_key.key, vector)
        crypto.EVP_CIPHER_CTX_set_padding(context, 0)
        assert crypto.EVP_DecryptUpdate(context, out, ctypes.byref(length), page, len(page))
        pages.append(out.raw[: length.value])
    crypto.EVP_CIPHER_CTX_free(context)
    return b"".join(pages)


def hits(folder, data_key):
    text = decrypted(folder, data_key).lower()
    assert b"common words number" in text
    return {word: text.count(word.encode()) for word in WORDS.split()}


def test_not_a_word_of_theirs_is_left_in_the_file(workspace, person):
    folder, key = workspace.vault.folder, workspace.vault.data_key
    # The file may be read while SQLite holds it only in a process of its own.
    copied = backups.back_up(workspace).path
    assert all(count > 5 for count in hits(copied, key).values())
    erasing.erase_participant(workspace, person.id, reason=ErasureReason.ASKED)
    unlocking.close(workspace)
    assert hits(folder, key) == dict.fromkeys(WORDS.split(), 0)


def test_not_a_word_of_either_of_two_merged_records_is_left_in_the_file(workspace, person, add_participant):
    folder, key = workspace.vault.folder, workspace.vault.data_key
    kept = add_participant("Zyzzyva Kept", aliases=("Xylorimba",))
    merging.merge(workspace, kept.id, person.id)
    assert merging.merge(workspace, kept.id, add_participant("Quagga again").id).aliases[-1] == "Quagga again"
    erasing.erase_participant(workspace, person.id, reason=ErasureReason.ASKED)
    assert verify(workspace).problems == ()
    unlocking.close(workspace)
    assert hits(folder, key) == dict.fromkeys(WORDS.split(), 0)


def test_what_stays_is_whole(workspace, person, passphrase, clock):
    seals = sorted(workspace.vault.connection.execute("SELECT id, hash, signature, public_key FROM notes").fetchall())
    before = verify(workspace)
    assert before.ok, before.problems
    gone = erasing.erase_participant(workspace, person.id, reason=ErasureReason.ASKED)
    assert gone.notes == 2
    unlocking.close(workspace)
    opened = unlocking.open_vault(workspace.vault.folder, passphrase, clock=clock)
    try:
        after = verify(opened)
        assert after.problems == ()
        assert (after.notes, before.notes) == (3, 5)
        kept = opened.vault.connection.execute("SELECT id, hash, signature, public_key FROM notes").fetchall()
        assert sorted(kept) == seals
        assert not opened.vault.connection.execute("SELECT 1 FROM drafts").fetchone()
    finally:
        unlocking.close(opened)


def test_nobody_meets_them_again(workspace, person):
    note = notes.list_notes(workspace, participant_id=person.id).notes[0]
    erasing.erase_participant(workspace, person.id, reason=ErasureReason.RETENTION)
    assert erasing.erased_at(workspace, person.id) == workspace.clock.now()
    assert finding.find_participants(workspace, archived=True).total == 1
    assert not finding.find_participants(workspace, "quagga").hits
    for reference in (person.id, person.external_id, person.name, person.id[:20]):
        with pytest.raises(NotFoundError):
            participants.resolve_participant(workspace, reference)
    with pytest.raises(NotFoundError):
        notes.view_note(workspace, note.id)
    assert notes.list_notes(workspace).total == len(notes.list_notes(workspace).notes) == 3
    assert not notes.search_notes(workspace, "quagga").notes
    assert notes.search_notes(workspace, "common").total == 3
    assert "quagga" not in notes.used_tags(workspace, "techniques")
    assert not action_items.list_actions(workspace).actions
    assert not action_items.list_actions(workspace, closed=True).actions
    view = today.today_view(workspace)
    assert (view.participants, view.drafts, view.actions) == (1, (), ())
    workspace.clock.advance(days=40)
    assert not [row for row in today.today_view(workspace).without_note if row.follow_up.participant_id == person.id]
    assert len(interchange.export_notes(workspace)) == 3
    assert backups.look(workspace.vault.connection).counts["notes"] == 3
    with workspace.reading() as work:
        assert work.remembered.get("place") is work.remembered.get("filter") is None
        assert work.remembered.get("backups folder") == {"path": "/media/stick"}
        assert work.remembered.get("key_slots")["digests"]
        assert [each["participant_id"] for each in work.remembered.get(APART)] == ["other"]
        assert work.notes.count() == 3


def test_the_log_says_it_and_names_nobody(workspace, person):
    note_ids = {row.id for row in notes.list_notes(workspace, participant_id=person.id).notes}
    erasing.erase_participant(workspace, person.id, reason=ErasureReason.MISTAKE)
    with workspace.reading() as work:
        entries = [entry for entry in work.audit.entries() if entry.action.value.endswith("erased")]
    assert [(entry.subject, entry.detail) for entry in entries if entry.action is AuditAction.PARTICIPANT_ERASED] == [
        (person.id, "mistake")
    ]
    assert {entry.subject for entry in entries if entry.action is AuditAction.NOTE_ERASED} == note_ids
    said = json.dumps([entry.model_dump(mode="json") for entry in entries])
    assert not any(word in said.casefold() for word in WORDS.split())


def test_the_preview_counts_and_changes_nothing(workspace, person, write_note):
    tomas = participants.resolve_participant(workspace, "T-0007")
    write_note(tomas, summary="Met Quagga Santos at the door.")
    held = backups.back_up(workspace)
    preview = erasing.preview_erasure(workspace, person.id)
    assert preview.counts == {"notes": 2, "drafts": 2, "action_items": 2, "follow_ups": 2, "consents": 1}
    assert preview.named_in == 1
    assert [each.backup.name for each in preview.backups] == [held.name]
    # With one a day from now on, the eighth pushes it out; it was the last of neither a week nor a month.
    assert preview.backups[0].leaves_on == date(2026, 11, 30)
    assert len(notes.list_notes(workspace, participant_id=person.id).notes) == 2


def test_a_hold_keeps_the_record(workspace, person):
    with pytest.raises(InvalidInputError):
        erasing.hold_record(workspace, person.id, reason=" ")
    held = erasing.hold_record(workspace, person.id, reason="letter of the court")
    assert (held.held_at, held.hold_reason) == (workspace.clock.now(), "letter of the court")
    assert participants.get_participant(workspace, person.id) == held
    with pytest.raises(RefusedError, match="hold already"):
        erasing.hold_record(workspace, person.id, reason="again")
    with pytest.raises(RefusedError, match="legal hold"):
        erasing.erase_participant(workspace, person.id, reason=ErasureReason.ASKED)
    with pytest.raises(dbapi2.DatabaseError, match="legal hold"):
        workspace.vault.connection.execute(
            "INSERT INTO erasures (participant_id, reason, at, by) VALUES (?, 'asked', '', '')", (person.id,)
        )
    assert notes.list_notes(workspace, participant_id=person.id).total == 2
    erasing.release_record(workspace, person.id)
    with pytest.raises(RefusedError, match="not under"):
        erasing.release_record(workspace, person.id)
    erasing.erase_participant(workspace, person.id, reason=ErasureReason.ASKED)
    assert verify(workspace).ok


def test_an_erasure_that_fails_half_way_is_no_erasure(workspace, person, monkeypatch):
    real, calls = type(workspace).log, []

    def fail(self, work, action, *rest, **more):
        calls.append(action)
        if action is AuditAction.ACTION_ERASED:
            raise RuntimeError
        real(self, work, action, *rest, **more)

    monkeypatch.setattr(type(workspace), "log", fail)
    with pytest.raises(RuntimeError):
        erasing.erase_participant(workspace, person.id, reason=ErasureReason.ASKED)
    monkeypatch.undo()
    assert AuditAction.NOTE_ERASED in calls
    assert notes.search_notes(workspace, "quagga").total == 2
    assert verify(workspace).ok


def test_backups_that_hold_them_can_be_removed_when_there_is_one_without(workspace, person):
    first = backups.back_up(workspace)
    with pytest.raises(RefusedError):
        erasing_backups.remove_holding(workspace, person.id)
    workspace.clock.advance(hours=1)
    done = erasing.erase_participant(workspace, person.id, reason=ErasureReason.ASKED)
    before, again = done.backups
    assert (before.backup.manifest.kind, again.backup.name) == ("before-erasure", first.name)
    workspace.clock.advance(hours=1)
    gone = erasing_backups.remove_holding(workspace, person.id)
    assert {each.name for each in gone} == {before.backup.name, first.name}
    (left,) = backups.backups(workspace)
    assert left.name != first.name
    assert erasing_backups.backups_holding(workspace, person.id) == ()
    assert verify(workspace).ok


class TestComingBack:
    def test_a_sealed_note_does_not(self, workspace, person):
        exported = erasing.record_of(workspace, person.id).notes
        assert len(exported) == 3
        sealed = [note for note in exported if note.seal]
        erasing.erase_participant(workspace, person.id, reason=ErasureReason.ASKED)
        with pytest.raises(RefusedError, match="erased with its participant"):
            interchange.import_notes(workspace, tuple(sealed))
        for note in exported:
            bare = note.model_copy(update={"id": "", "seal": None, "signed_at": None})
            with pytest.raises(RefusedError, match="record was erased"):
                interchange.import_notes(workspace, (bare,))
        assert finding.find_participants(workspace, archived=True).total == 1
        assert verify(workspace).ok

    def test_only_when_they_were_added_anew(self, workspace, person):
        note = erasing.record_of(workspace, person.id).notes[0]
        erasing.erase_participant(workspace, person.id, reason=ErasureReason.ASKED)
        details = ParticipantDetails(name="Quagga Santos", external_id=person.external_id)
        anew = participants.add_participant(workspace, details)
        consenting.give_consent(workspace, anew.id, how="verbal")
        bare = note.model_copy(update={"id": "", "seal": None, "signed_at": None})
        (taken,) = interchange.import_notes(workspace, (bare,))
        assert taken.participant_id == anew.id != person.id

    def test_nothing_enters_an_erased_record(self, workspace, person, write_note):
        connection = workspace.vault.connection
        erasing.erase_participant(workspace, person.id, reason=ErasureReason.ASKED)
        with pytest.raises(NotFoundError):
            writing.start_draft(workspace, person.id)
        for sql in (
            "UPDATE participants SET name = 'x' WHERE id = ?",
            "DELETE FROM participants WHERE id = ?",
            (
                "INSERT OR REPLACE INTO participants (id, name, folded, touched_at, created_at, created_by, "
                "changed_at, changed_by) VALUES (?, 'x', 'x', '', '', '', '', '')"
            ),
            "DELETE FROM erasures WHERE participant_id = ?",
            "UPDATE notes SET document = '{\"a\": 1}' WHERE participant_id = ?",
            "UPDATE notes SET document = '{}', salt = '' WHERE participant_id = ?",
            "UPDATE consents SET remark = 'x' WHERE participant_id = ?",
        ):
            with pytest.raises(dbapi2.DatabaseError, match="frozen"):
                connection.execute(sql, (person.id,))


def test_every_column_of_a_participant_is_emptied_or_kept_on_purpose(workspace, person):
    erasing.erase_participant(workspace, person.id, reason=ErasureReason.ASKED)
    row = dict(
        zip(
            [column[1] for column in workspace.vault.connection.execute("PRAGMA table_info(participants)")],
            workspace.vault.connection.execute("SELECT * FROM participants WHERE id = ?", (person.id,)).fetchone(),
            strict=True,
        )
    )
    kept = {"id", "touched_at", "created_at", "created_by", "changed_at", "changed_by", "erased_at"}
    assert {name for name, value in row.items() if value} == kept


def test_a_rescued_draft_goes_too(workspace, person):
    from peernote_tui.services import rescuing

    held = writing.open_drafts(workspace, person.id)[0].draft
    kept = rescuing.rescue_draft(workspace, held)
    assert erasing.preview_erasure(workspace, person.id).rescue_files == 1
    erasing.erase_participant(workspace, person.id, reason=ErasureReason.ASKED)
    assert not kept.exists()


def test_a_short_name_takes_nothing_of_other_people_away(workspace, add_participant):
    ann = add_participant("Ann")
    with workspace.changing() as work:
        now, by = workspace.clock.now(), workspace.author.id
        apart = [
            {"participant_id": ann.id, "document": "hers"},
            {"participant_id": "other", "document": "he planned a visit, and Ann came along"},
        ]
        work.remembered.put(APART, apart, at=now, by=by)
        work.remembered.put("attempts", {"annual": "planned"}, at=now, by=by)
        work.remembered.put("filter", {"words": ["visits of ann"]}, at=now, by=by)
        work.commit()
    erasing.erase_participant(workspace, ann.id, reason=ErasureReason.ASKED)
    with workspace.reading() as work:
        assert [each["participant_id"] for each in work.remembered.get(APART)] == ["other"]
        assert work.remembered.get("attempts") == {"annual": "planned"}
        assert work.remembered.get("filter") is None


def test_where_a_person_was_is_forgotten_whatever_stands_there(workspace, person):
    with workspace.changing() as work:
        work.remembered.put("place", {"filter": "her nickname"}, at=workspace.clock.now(), by=workspace.author.id)
        work.commit()
    erasing.erase_participant(workspace, person.id, reason=ErasureReason.ASKED)
    with workspace.reading() as work:
        assert work.remembered.get("place") is None


def test_the_preview_of_a_restore_says_that_it_brings_an_erased_record_back(workspace, person, passphrase):
    before = backups.back_up(workspace)
    assert restoring.preview(workspace, before).erased_since == 0
    erasing.erase_participant(workspace, person.id, reason=ErasureReason.ASKED)
    after = backups.back_up(workspace)
    assert restoring.preview(workspace, before).erased_since == 1
    assert restoring.preview(workspace, after).erased_since == 0
    unlocking.close(workspace)
    with backups.begin_restore(workspace.vault.folder, before, passphrase) as restoration:
        assert backups.restore_preview(restoration).erased_since == 1
