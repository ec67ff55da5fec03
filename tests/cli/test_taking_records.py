"""A whole record goes from one vault into another on the command line, after it was looked at."""

from __future__ import annotations

import json

import pytest

from peernote_tui.vault import age


@pytest.fixture
def other(maria, note_file, peernote, phrase_file, tmp_path):
    """Maria's record with a signed note as record.json, and a second vault; gives the runner of that one."""
    assert maria("notes", "import", note_file(), "--sign").code == 0
    assert maria("participants", "handout", "M-0042", "--format", "json", "-o", "record.json").code == 0
    folder = tmp_path / "second.peernote"
    made = peernote("init", "--vault", folder, "--name", "Ana Bell", "--passphrase-file", phrase_file)
    assert made.code == 0

    def run(*argv, stdin=None):
        return peernote(*argv, "--vault", folder, "--passphrase-file", phrase_file, stdin=stdin)

    return run


def numbers(done):
    return {part["part"]: part["new"] for part in done.json["parts"]}


def test_it_is_looked_at_first_and_comes_in_once(other):
    take = ("participants", "take", "record.json")
    looked = other(*take, "--dry-run", "--json")
    assert looked.code == 0
    assert (looked.json["taken"], looked.json["dry_run"], numbers(looked)["notes"]) == (False, True, 1)
    assert other("participants", "list", "--json").json["total"] == 0
    blindly = other(*take)
    assert blindly.code == 2
    assert "--dry-run" in blindly.err
    taken = other(*take, "--yes")
    assert taken.code == 0
    assert "Signed notes" in taken.out
    assert "Taken in." in taken.out
    shown = other("notes", "list", "--participant", "M-0042", "--json").json
    assert shown["total"] == 1
    again = other(*take, "--yes", "--json")
    assert (again.code, again.json["taken"], numbers(again)["notes"]) == (0, False, 0)
    assert "here already" in other(*take, "--yes").out
    assert other("verify").code == 0
    assert any("whole record taken in" in line for line in other("log", "list").out.splitlines())


def test_what_cannot_be_taken_in_is_named_and_nothing_is_written(other, tmp_path):
    record = json.loads((tmp_path / "record.json").read_text(encoding="utf-8"))
    note = record["notes"][0]["id"]
    record["notes"][0]["content"]["summary"] = "Something else."
    (tmp_path / "spoilt.json").write_text(json.dumps(record), encoding="utf-8")
    spoilt = other("participants", "take", "spoilt.json", "--dry-run", "--json")
    assert (spoilt.code, spoilt.json["taken"], len(spoilt.json["refused"])) == (7, False, 1)
    assert note[:13] in spoilt.json["refused"][0]
    assert "Something else" not in spoilt.err
    record["notes"][0]["content"]["start"] = "soon"
    (tmp_path / "spoilt.json").write_text(json.dumps(record), encoding="utf-8")
    bad = other("participants", "take", "spoilt.json", "--yes", "--json")
    assert (bad.code, [problem["field"] for problem in bad.json["problems"]]) == (8, ["notes.0.content.start"])
    (tmp_path / "half.json").write_bytes((tmp_path / "record.json").read_bytes()[:900])
    assert other("participants", "take", "half.json", "--yes").code == 8
    assert other("participants", "take", "nothing.json", "--yes").code == 8
    assert other("participants", "list", "--json").json["total"] == 0
    for verb in (("participants", "import"), ("notes", "import")):
        elsewhere = other(*verb, "record.json")
        assert (elsewhere.code, "peernote participants take" in elsewhere.err) == (8, True)


def test_a_closed_file_is_opened_with_its_passphrase_and_a_person_is_asked(other, tmp_path, monkeypatch):
    (tmp_path / "K").write_text("six words that nobody else knows", encoding="utf-8")
    (tmp_path / "L").write_text("other words", encoding="utf-8")
    data = (tmp_path / "record.json").read_bytes()
    (tmp_path / "record.age").write_bytes(
        age.encrypt_with_passphrase(data, "six words that nobody else knows", work_factor=2)
    )
    take = ("participants", "take", "record.age")
    assert other(*take, "--yes").code == 8
    assert other(*take, "--yes", "--age-passphrase-file", "L").code == 3
    monkeypatch.setattr("peernote_tui.cli.taking_records.is_terminal", lambda _stream: True)
    left = other(*take, "--age-passphrase-file", "K", stdin="n\n")
    assert (left.code, "Take it in?" in left.err, "Nothing was taken in." in left.out) == (0, True, True)
    taken = other(*take, "--age-passphrase-file", "K", stdin="y\n")
    assert (taken.code, "Taken in." in taken.out) == (0, True)
