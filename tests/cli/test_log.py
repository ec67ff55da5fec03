"""The log, its anchor, legal hold and erasure, through the entry point."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def written(maria, note_file):
    maria("notes", "import", note_file(), "--sign")
    return maria


def test_the_log_is_read_newest_first_and_by_participant(written, peernote, phrase_file):
    note = written("notes", "list", "--json").json["notes"][0]["id"]
    assert written("notes", "show", note).code == 0
    found = written("log", "list", "--json").json
    assert [entry["action"] for entry in found["entries"][:3]] == ["vault.unlocked", "note.viewed", "vault.unlocked"]
    assert found["entries"][0]["number"] == found["log"]["length"]
    assert not found["more"]
    theirs = written("log", "list", "--participant", "M-0042", "--json").json["entries"]
    assert {entry["participant"]["name"] for entry in theirs} == {"Maria Santos"}
    assert {"participant.added", "consent.given", "note.signed", "action.added", "follow_up.planned"} <= {
        entry["action"] for entry in theirs
    }
    page = written("log", "list", "--limit", "2", "--json").json
    assert page["more"]
    assert len(page["entries"]) == 2
    earlier = written("log", "list", "--before", page["entries"][-1]["number"], "--limit", "1", "--json").json
    assert earlier["entries"][0]["number"] == page["entries"][-1]["number"] - 1
    assert written("log", "list", "--since", "tomorrow", "--json").json["entries"] == []
    assert written("log", "list", "--since", "whenever").code == 2
    said = written("log", "list", "--since", "today").out
    assert "note read" in said
    assert said.splitlines()[-1].startswith("log ")
    for words in ("coffee shop", "second notice", "housing"):
        assert words not in said


def test_failed_attempts_are_in_the_log_with_the_next_opening(vault, peernote, tmp_path):
    wrong = tmp_path / "wrong"
    wrong.write_text("not the passphrase at all")
    for _ in range(3):
        assert peernote("notes", "list", "--passphrase-file", wrong).code == 3
    assert b"passphrase" not in (vault.folder / "failed-attempts").read_bytes()
    (failed,) = [
        entry for entry in vault("log", "list", "--json").json["entries"] if entry["action"] == "vault.unlock_failed"
    ]
    assert failed["what"].startswith("3 failed attempts to open")
    assert not (vault.folder / "failed-attempts").exists()
    assert vault("verify").code == 0


def test_verify_takes_an_anchor_in_every_form(written, tmp_path):
    first = written("verify", "--json").json["log"]
    line = written("verify").out.splitlines()[-1]
    assert line.startswith("log ")
    exported = tmp_path / "notes.json"
    kept = written("notes", "export", "-o", exported, "--json").json
    answer = tmp_path / "answer.json"
    answer.write_text(json.dumps(kept))
    text = tmp_path / "paper.txt"
    text.write_text(f"Kept on paper\n{line}\n")
    manifest = f"{written('backup', 'create', '--json').json['path']}/manifest.json"
    for option, value in (
        ("--anchor", line),
        ("--anchor", line.lower().replace("-", " ").replace("·", " ")),
        ("--anchor", f"{first['length']} {first['head']}"),
        ("--anchor", first["head"]),
        ("--anchor-file", answer),
        ("--anchor-file", text),
        ("--anchor-file", manifest),
    ):
        found = written("verify", option, value, "--json")
        assert (found.code, found.json["anchor"]["holds"]) == (0, True), (option, value, found.err)
    assert "still holds the anchor" in written("verify", "--anchor", line).out


def test_verify_says_what_an_anchor_speaks_against(written, tmp_path):
    log = written("verify", "--json").json["log"]
    longer = written("verify", "--anchor", f"log {log['length'] + 500} {log['head']}", "--json")
    assert (longer.code, longer.json["anchor"]["holds"]) == (4, False)
    assert "shortened" in longer.json["problems"][0]
    other = written("verify", "--anchor", f"log {log['length'] - 1} {'0' * 16}", "--json")
    assert (other.code, "rewritten" in other.json["problems"][0]) == (4, True)
    assert written("verify", "--anchor", "no anchor").code == 2
    assert written("verify", "--anchor-file", tmp_path / "nowhere").code == 8
    (tmp_path / "empty").write_text("[1, 2]")
    assert written("verify", "--anchor-file", tmp_path / "empty").code == 2


def test_exports_print_the_anchor(written, tmp_path):
    note = written("notes", "list", "--json").json["notes"][0]["id"]
    shown = written("notes", "show", note)
    assert shown.out.splitlines()[-1].startswith("log ")
    out = written("notes", "export")
    assert json.loads(out.out)
    assert out.err.startswith("log ")


class TestErasing:
    def test_a_hold_is_shown_and_keeps_the_record(self, written):
        assert written("participants", "hold", "M-0042", "--reason", "letter of 12 May").code == 0
        assert "letter of 12 May" in written("participants", "show", "M-0042").out
        refused = written("participants", "erase", "M-0042", "--without-export", "--yes")
        assert refused.code == 7
        assert "legal hold" in refused.err
        assert written("participants", "show", "M-0042").code == 0
        assert written("participants", "release", "M-0042").code == 0
        assert written("participants", "release", "M-0042").code == 7

    def test_it_asks_for_everything_first(self, written, tmp_path):
        assert written("participants", "erase", "M-0042", "--yes").code == 2
        assert written("participants", "erase", "M-0042", "--without-export").code == 2
        taken = tmp_path / "there.json"
        taken.write_text("x")
        assert written("participants", "erase", "M-0042", "--export", taken, "--yes").code == 7
        looked = written("participants", "erase", "M-0042", "--dry-run")
        assert "1 signed note" in looked.out
        assert "Nothing was changed" in looked.out
        assert written("participants", "show", "M-0042").code == 0

    def test_the_record_is_written_out_and_gone(self, written, tmp_path):
        made = written("backup", "create", "--json").json["backup"]["name"]
        target = tmp_path / "maria.json"
        done = written("participants", "erase", "M-0042", "--export", target, "--yes", "--json").json
        assert done["erased"]
        assert made in {each["name"] for each in done["backups"]}
        assert json.loads(target.read_text())[0]["participant"]["name"] == "Maria Santos"
        assert written("participants", "show", "M-0042").code == 6
        assert written("notes", "search", "notice", "--json").json["total"] == 0
        assert written("verify", "--json").json["ok"]
        theirs = written("log", "list", "--participant", done["id"], "--json").json["entries"]
        assert {"participant.erased", "note.erased"} <= {entry["action"] for entry in theirs}
        back = written("notes", "import", target)
        assert back.code == 7
        assert "erased" in back.err

    def test_backups_go_too_when_asked(self, written):
        done = written(
            "participants", "erase", "M-0042", "--without-export", "--yes", "--remove-backups", "--json"
        ).json
        assert done["backups"] == []
        assert written("backup", "list", "--json").json["total"] == 1
