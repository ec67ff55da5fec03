"""A sound vault is called sound, and every tampering behind the triggers is found."""

from __future__ import annotations

import json
import secrets

import pytest

from peernote_tui.domain.note import Note, seal_hash
from peernote_tui.services import interchange, unlocking
from peernote_tui.services.verifying import seal_holds, seal_is_signed, verify
from peernote_tui.vault import signing

SET_NOTE = "UPDATE notes SET {} = ? WHERE id = ?"
SET_ENTRY = "UPDATE audit SET {} = ? WHERE sequence = 3"
LATER = {"next_contact": {"day": "2026-12-24"}}


@pytest.fixture
def signed(workspace, consented, write_note):
    return [write_note(consented, summary=text, **LATER) for text in ("First.", "Second.", "Third.")]


@pytest.fixture
def tamper(workspace):
    """Drop every trigger, run a statement, and put them back, as somebody with the key could."""

    def run(sql, *values):
        connection = workspace.vault.connection
        connection.execute("PRAGMA foreign_keys = OFF")
        triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        assert connection.execute(sql, values).rowcount > 0
        for _, made in triggers:
            connection.execute(made)
        return verify(workspace).problems

    return run


def reseal(note, key):
    """Seal a changed note so that text, hash and signature fit each other."""
    salt = secrets.token_hex(32)
    digest = seal_hash(salt, note.canonical())
    signature = signing.sign(key.secret, bytes.fromhex(digest)).hex()
    seal = {"salt": salt, "hash": digest, "signature": signature, "public_key": key.public.hex()}
    return Note.model_validate({**note.model_dump(), "seal": seal})


def test_a_new_vault_and_one_with_notes_are_sound(workspace, signed, write_draft, consented):
    write_draft(consented)
    interchange.export_notes(workspace)
    found = verify(workspace)
    assert found.ok
    assert (found.problems, found.notes) == ((), 3)
    with workspace.reading() as work:
        assert (found.log_length, found.log_head) == work.audit.head()
    assert found.anchor.startswith(f"log {found.log_length} · ")


def test_a_vault_reopened_with_its_recovery_code_is_sound(tmp_path, clock, passphrase):
    made = unlocking.create_vault(
        tmp_path / "own.peernote", passphrase, author_name="Alex", credential="", clock=clock, work_factor=10
    )
    unlocking.close(made.workspace)
    opened = unlocking.open_with_recovery_code(tmp_path / "own.peernote", made.recovery_code, clock=clock)
    assert verify(opened).problems == ()
    unlocking.close(opened)


class TestNotes:
    def test_a_changed_text(self, signed, tamper):
        problems = tamper(
            "UPDATE notes SET document = replace(document, 'Second.', 'Other.') WHERE id = ?", signed[1].id
        )
        assert problems == (f"Note {signed[1].id[:13]} is not what was signed: its text and its hash differ.",)

    def test_a_changed_text_with_a_matching_hash(self, signed, tamper):
        document = signed[1].canonical().replace("Second.", "Other.")
        digest = seal_hash(signed[1].seal.salt, document)
        problems = tamper("UPDATE notes SET document = ?, hash = ? WHERE id = ?", document, digest, signed[1].id)
        assert f"Note {signed[1].id[:13]} carries a signature that is not its author's." in problems

    def test_a_signature_of_another_note(self, signed, tamper):
        problems = tamper("UPDATE notes SET signature = ? WHERE id = ?", signed[0].seal.signature, signed[1].id)
        assert problems == (f"Note {signed[1].id[:13]} carries a signature that is not its author's.",)

    def test_another_key(self, signed, tamper):
        other = signing.generate_signing_key()
        signature = signing.sign(other.secret, bytes.fromhex(signed[1].seal.hash)).hex()
        problems = tamper(
            "UPDATE notes SET signature = ?, public_key = ? WHERE id = ?", signature, other.public.hex(), signed[1].id
        )
        assert problems == (f"Note {signed[1].id[:13]} carries a key that is not its author's.",)

    def test_a_note_written_and_sealed_anew_with_a_strangers_key(self, signed, tamper):
        content = signed[1].content.model_copy(update={"summary": "Other."})
        forged = reseal(signed[1].model_copy(update={"content": content}), signing.generate_signing_key())
        assert seal_holds(forged)
        seal = forged.seal
        problems = tamper(
            "UPDATE notes SET document = ?, salt = ?, hash = ?, signature = ?, public_key = ? WHERE id = ?",
            forged.canonical(), seal.salt, seal.hash, seal.signature, seal.public_key, forged.id,
        )  # fmt: skip
        assert f"Note {signed[1].id[:13]} carries another seal than the log says." in problems

    @pytest.mark.parametrize("column", ["salt", "hash", "signature", "public_key"])
    @pytest.mark.parametrize("value", ["", "00", "not hexadecimal", "é"])
    def test_a_seal_that_is_none(self, signed, tamper, column, value):
        problems = tamper(SET_NOTE.format(column), value, signed[1].id)
        assert any(signed[1].id[:13] in problem for problem in problems)

    def test_two_texts_swapped(self, signed, tamper):
        problems = tamper(
            "UPDATE notes SET document = (SELECT document FROM notes AS other WHERE other.id = ?) WHERE id = ?",
            signed[0].id, signed[1].id,
        )  # fmt: skip
        assert len(problems) == 1

    def test_a_whole_note_under_another_id(self, signed, tamper):
        problems = tamper("UPDATE notes SET id = 'elsewhere' WHERE id = ?", signed[1].id)
        assert set(problems) >= {
            "Note elsewhere stands under another id than it was signed with.",
            "Note elsewhere is not in the log.",
            f"Note {signed[1].id[:13]} is in the log, but not in the vault.",
        }

    def test_a_note_deleted_whole(self, signed, tamper):
        assert f"Note {signed[1].id[:13]} is in the log, but not in the vault." in tamper(
            "DELETE FROM notes WHERE id = ?", signed[1].id
        )

    def test_a_note_slipped_in(self, workspace, signed, tamper):
        stranger = reseal(
            signed[0].model_copy(update={"id": "01900000-0000-7000-8000-000000000000"}), signing.generate_signing_key()
        )
        problems = tamper(
            "INSERT INTO notes (id, participant_id, document, salt, hash, signature, public_key) "
            "SELECT ?, participant_id, ?, ?, ?, ?, ? FROM notes LIMIT 1",
            stranger.id, stranger.canonical(), *stranger.seal.model_dump().values(),
        )  # fmt: skip
        assert "Note 01900000-0000 is not in the log." in problems

    def test_a_note_moved_to_another_person(self, workspace, signed, add_participant, tamper):
        other = add_participant("Ana Lima", consent=False)
        problems = tamper("UPDATE notes SET participant_id = ? WHERE id = ?", other.id, signed[1].id)
        assert problems == (f"Note {signed[1].id[:13]} stands in the record of somebody else.",)


class TestLog:
    def test_an_entry_edited(self, signed, tamper):
        assert "Log entry 3 is not what was written." in tamper("UPDATE audit SET detail = 'x' WHERE sequence = 3")

    @pytest.mark.parametrize(
        ("column", "value"), [("action", "note.invented"), ("at", "yesterday"), ("at", ""), ("hash", "")]
    )
    def test_an_entry_made_unreadable(self, signed, tamper, column, value):
        assert tamper(SET_ENTRY.format(column), value)

    def test_an_entry_edited_and_hashed_again(self, workspace, signed, tamper):
        with workspace.reading() as work:
            entry = list(work.audit.entries())[2].model_copy(update={"detail": "x"})
        problems = tamper("UPDATE audit SET detail = 'x', hash = ? WHERE sequence = 3", entry.expected_hash())
        assert problems == ("Log entry 4 does not follow from the one before it.",)

    def test_an_entry_removed(self, signed, tamper):
        assert "The log jumps from entry 2 to entry 4." in tamper("DELETE FROM audit WHERE sequence = 3")

    def test_the_first_entry_removed(self, signed, tamper):
        assert "The log jumps from entry 0 to entry 2." in tamper("DELETE FROM audit WHERE sequence = 1")

    def test_two_entries_exchanged(self, signed, tamper):
        problems = tamper("UPDATE audit SET sequence = -sequence WHERE sequence IN (3, 4)")
        assert problems
        assert tamper("UPDATE audit SET sequence = 7 + sequence WHERE sequence < 0")

    def test_the_end_cut_off_with_a_note_in_it(self, workspace, signed, tamper):
        problems = tamper("DELETE FROM audit WHERE subject = ?", signed[2].id)
        assert f"Note {signed[2].id[:13]} is not in the log." in problems

    def test_the_whole_log_removed(self, signed, tamper):
        assert len(tamper("DELETE FROM audit")) == 4


def test_damaged_pages_are_found(workspace, signed, clock, passphrase):
    path = workspace.vault.folder / "vault.db"
    run = workspace.vault.connection.execute
    # A page that opening does not need.
    (root,) = run("SELECT rootpage FROM sqlite_schema WHERE name = 'notes'").fetchone()
    (size,) = run("PRAGMA page_size").fetchone()
    workspace.vault.close()
    data = bytearray(path.read_bytes())
    data[root * int(size) - int(size) // 2] ^= 1
    path.write_bytes(data)
    opened = unlocking.open_vault(workspace.vault.folder, passphrase, clock=clock)
    assert verify(opened).problems
    unlocking.close(opened)


def test_a_seal_holds_for_its_note_alone(signed):
    first, second = signed[0], signed[1]
    assert seal_holds(first)
    assert not seal_holds(first.model_copy(update={"seal": None}))
    assert not seal_holds(first.model_copy(update={"seal": second.seal}))
    assert not seal_holds(first.model_copy(update={"zone": "UTC"}))
    for name in first.seal.model_dump():
        for value in ("", "zz", getattr(second.seal, name)[::-1]):
            assert not seal_holds(first.model_copy(update={"seal": first.seal.model_copy(update={name: value})}))
    assert not seal_is_signed("é", "é", "é")


def test_problems_name_no_content(signed, tamper):
    problems = tamper("UPDATE notes SET document = replace(document, 'Second.', 'CANARY') WHERE id = ?", signed[1].id)
    assert "CANARY" not in json.dumps(problems)
