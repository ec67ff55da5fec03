"""One record on the command line: shown, changed, archived, reopened, and its history."""

from __future__ import annotations

import json

import pytest

from peernote_tui.cli.exits import Exit
from peernote_tui.documents.participant_json import EXAMPLE, page_schema


@pytest.fixture
def run(vault):
    """`peernote` with vault and passphrase."""
    return vault


@pytest.fixture
def maria(run):
    """Maria in a vault; gives her id."""
    return run(
        "participants", "add", "--name", "Maria Santos", "--legal-name", "Guadalupe Santos", "--id", "M-0042", "--json"
    ).json["id"]


def test_a_page_is_changed_by_options_and_taken_back(run, maria):
    done = run(
        *("participants", "edit", "M-0042", "--pronouns", "she/her", "--phone", "555-0142", "--voicemail", "no"),
        *("--goal", "my own flat", "--goal", "a job", "--person", "Rosa, mother, 555-0143, emergency"),
        *("--contact", "555-0150, work, text no", "--custom", "Shoe size: 9", "--born", "about 1990", "--json"),
    )
    assert done.code == Exit.DONE
    assert "goals" in done.json["changed"]
    shown = run("participants", "show", "M-0042", "--json").json
    assert shown["phone_safety"] == {"call": "not_asked", "voicemail": "no", "text": "not_asked"}
    assert shown["goals"] == ["my own flat", "a job"]
    assert shown["people"][0] == {
        "name": "Rosa",
        "relation": "mother",
        "phone": "555-0143",
        "emergency": True,
        "remark": "",
    }
    assert (shown["born"], shown["birth_precision"], shown["legal_name"]) == ("1990", "estimated", "Guadalupe Santos")
    told = run("participants", "show", "M-0042").out
    assert "voicemail no, text not asked: 555-0142" in told
    assert "Guadalupe" not in told
    assert "Guadalupe" in run("participants", "show", "M-0042", "--all").out
    assert run("participants", "edit", "M-0042", "--goal", "", "--json").json["changed"] == ["goals"]
    run("participants", "edit", "M-0042", "--undo")
    assert run("participants", "show", "M-0042", "--json").json["goals"] == ["my own flat", "a job"]
    assert run("participants", "edit", "M-0042").out == "Nothing was changed.\n"


def test_a_page_is_changed_by_a_file(run, maria, tmp_path):
    file = tmp_path / "page.json"
    file.write_text(json.dumps({**EXAMPLE, "name": "Maria S"}), encoding="utf-8")
    assert run("participants", "edit", maria, "--json-from", file).code == Exit.DONE
    shown = run("participants", "show", maria, "--json").json
    assert shown["languages"] == ["Spanish", "English"]
    assert shown["external_id"] == "M-0042"
    for wrong in ("[1]", "{", '{"goals": 3}', '{"name": ""}', '{"Guadalupe": 1}', '{"born": "1880-13-01"}'):
        file.write_text(wrong, encoding="utf-8")
        done = run("participants", "edit", maria, "--json-from", file)
        assert done.code == Exit.INVALID_FILE
        assert "Guadalupe" not in done.err
    assert run("participants", "edit", maria, "--json-from", tmp_path / "none").code == Exit.USAGE


@pytest.mark.parametrize(
    "wrong", [("--born", "1 jan 2999"), ("--born", "1880"), ("--contact", "555-0150, text"), ("--custom", "9")]
)
def test_what_cannot_be_is_refused_and_nothing_is_changed(run, maria, wrong):
    before = run("participants", "show", maria, "--json").out
    assert run("participants", "edit", maria, "--goal", "x", *wrong).code == Exit.USAGE
    assert run("participants", "show", maria, "--json").out == before


def test_a_record_is_archived_reopened_and_tells_its_history(run, maria):
    assert run("participants", "archive", maria, "--reason", " ").code == Exit.USAGE
    done = run("participants", "archive", maria, "--reason", "moved away", "--json")
    assert done.json == {
        "id": maria,
        "archived": True,
        "still_open": {"drafts": 0, "open_actions": 0, "follow_ups": 0},
    }
    assert run("participants", "archive", maria, "--reason", "again").code == Exit.REFUSED
    assert "Archived" in run("participants", "show", maria).out
    assert run("participants", "reopen", maria).code == Exit.DONE
    found = run("participants", "history", maria, "--only", "record", "--limit", "2", "--json").json
    # The clock of these tests stands still, so what happened at one instant stands in no order.
    assert {entry["event"] for entry in found["entries"]} == {"reopened", "archived"}
    assert found["more"]
    more = run("participants", "history", maria, "--before", found["entries"][-1]["cursor"], "--json").json
    assert [entry["event"] for entry in more["entries"]] == ["added"]
    assert "moved away" in run("participants", "history", maria).out


def test_the_schema_knows_the_example(run):
    schema = run("schema", "participant").json
    assert schema == page_schema()
    assert set(EXAMPLE) <= set(schema["properties"])


def test_an_answer_to_a_field_of_a_template_is_checked_and_kept_as_understood(run, maria, tmp_path):
    file = tmp_path / "page.toml"
    file.write_text(
        'id = "page"\nversion = 1\ntitle = "Our page"\nabout = "participant"\n[[sections]]\nkey = "us"\ntitle = "Us"\n'
        'fields = [{ key = "since", kind = "date", label = "With us since" }]\n',
        encoding="utf-8",
    )
    assert run("templates", "check", file).code == Exit.DONE
    assert run("templates", "import", file).code == Exit.DONE
    assert "fields of a participant's page" in run("templates", "show", "page").out
    assert run("notes", "new", maria, "--template", "page", "--plain").code == Exit.REFUSED
    wrong = run("participants", "edit", "M-0042", "--custom", "With us since: once upon a time")
    assert wrong.code == Exit.USAGE
    assert "“With us since”" in wrong.err
    assert "once" not in wrong.err
    run("participants", "edit", "M-0042", "--custom", "with us since: 2 may 2024", "--custom", "Tea: mint")
    shown = run("participants", "show", "M-0042", "--json").json
    assert shown["custom"] == [
        {"label": "With us since", "value": "2024-05-02"},
        {"label": "Tea", "value": "mint"},
    ]
    people = tmp_path / "people.csv"
    people.write_text("Name,With us since\nAna Ruiz,1 may 2024\nBo Li,once\n", encoding="utf-8")
    told = run("participants", "import", people, "--dry-run", "--json")
    assert "“With us since”" in told.out
    assert "Left out" not in told.out
