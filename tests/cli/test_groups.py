"""`peernote groups`: a file in, one note for each, and no name in the note of anybody else."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def group_file(maria, peernote, tmp_path):
    """Write the example of the schema, changed by keywords; its two people are in the vault."""
    maria("participants", "add", "--name", "Tomas Ibarra", "--id", "T-0007")
    assert maria("consents", "give", "T-0007", "--how", "verbal").code == 0

    def write(**changes):
        example = json.loads(peernote("schema", "group").out)["examples"][0]
        path = tmp_path / "group.json"
        path.write_text(json.dumps({**example, **changes}), encoding="utf-8")
        return path

    return write


def test_from_a_file_to_signed_notes(maria, group_file):
    made = maria("groups", "new", group_file(), "--json").json
    assert made["people"] == 2
    (row,) = maria("groups", "list", "--json").json["groups"]
    assert (row["id"], row["people"], row["written"], row["made"]) == (made["id"], 2, 2, 0)
    done = maria("groups", "finish", made["id"], "--sign", "--json").json
    assert done["signed"] == 2
    assert [line["state"] for line in done["lines"]] == ["signed", "signed"]
    assert maria("groups", "list", "--json").json == {"groups": [], "total": 0}
    for line in done["lines"]:
        said = maria("notes", "show", line["note_id"], "--format", "txt").out
        other = "Ibarra" if line["name"] == "Maria Santos" else "Santos"
        assert line["name"] in said
        assert other not in said


def test_a_name_is_refused_until_something_is_said_about_it(maria, group_file):
    made = maria("groups", "new", group_file(happened="Then Tomas spoke."), "--json").json["id"]
    refused = maria("groups", "finish", made, "--json")
    assert (refused.code, refused.out) == (7, "")
    assert "Tomas" not in refused.err
    done = maria("groups", "finish", made[:20], "--replace-names", "--json").json
    said = maria("notes", "show", done["lines"][0]["note_id"], "--format", "txt").out
    assert "Then a participant spoke." in said


def test_a_word_that_is_no_name_here(maria, group_file):
    made = maria("groups", "new", group_file(topic="tomas a verb"), "--json").json["id"]
    assert maria("groups", "finish", made, "--ordinary", "Tomas").code == 7
    assert maria("groups", "finish", made, "--ordinary", "tomas").code == 0


def test_taken_back_put_aside_and_brought_back(maria, group_file):
    made = maria("groups", "new", group_file(), "--json").json["id"]
    maria("groups", "finish", made)
    back = maria("groups", "take-back", made, "--json").json
    assert [line["state"] for line in back["lines"]] == ["waiting", "waiting"]
    assert maria("groups", "discard", made).code == 0
    assert maria("groups", "list").out.strip() == "No group session is open."
    assert maria("groups", "restore", made).code == 0
    assert "Relapse prevention" in maria("groups", "list").out
    assert "Maria Santos" in maria("groups", "show", made).out


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"people": [{"participant": "X-1"}]}, 6),
        ({"people": [{"participant": "M-0042", "attendance": "late"}]}, 8),
        ({"secret words of mine": 1}, 8),
        ({"unnamed": -1}, 8),
        ({"people": [{"participant": "M-0042"}, {"participant": "Maria Santos"}]}, 7),
    ],
)
def test_what_cannot_be_used_is_told_and_nothing_is_written(maria, group_file, changes, code):
    refused = maria("groups", "new", group_file(**changes))
    assert refused.code == code
    assert refused.err.strip()
    assert "secret words" not in refused.err
    assert maria("groups", "list", "--json").json["total"] == 0


def test_without_consent_no_word_is_taken_in(maria, group_file):
    maria("consents", "withdraw", "M-0042")
    assert maria("groups", "new", group_file()).code == 7
    assert maria("groups", "show", "0").code == 6
