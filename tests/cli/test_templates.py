"""Templates on the command line: checked without a vault, taken in by version, and written in."""

from __future__ import annotations

import json

import pytest
from pypdf import PdfReader
from reliability.forms import xlsform

VISIT = """\
id = "visit"
version = 1
title = "First visit"

[[sections]]
key = "first"
title = "Who and when"

[[sections.fields]]
key = "consent"
kind = "consent"
label = "Consent"

[[sections.fields]]
key = "session"
kind = "session"
label = "When"
required = true

[[sections.fields]]
key = "miles"
kind = "number"
label = "Miles driven"
unit = "miles"
most = 300
required = true

[[sections.fields]]
key = "units"
kind = "computed"
label = "Units"
value = "units(minutes(session), 'cms8')"
"""


@pytest.fixture
def visit(tmp_path):
    file = tmp_path / "visit.toml"
    file.write_text(VISIT, encoding="utf-8")
    return file


def test_a_file_is_checked_without_a_vault(peernote, visit):
    assert peernote("templates", "check", visit).out == "The file can be used.\n"
    visit.write_text(VISIT.replace('kind = "number"', 'kind = "numeral"').replace("version = 1", ""), encoding="utf-8")
    told = peernote("templates", "check", visit, "--json")
    assert told.code == 8
    assert [fault["line"] for fault in told.json["faults"]] == [1, 22]
    assert "The kinds are" in told.err


def test_a_template_is_taken_in_by_version_and_none_is_changed(vault, visit):
    assert vault("templates", "import", visit, "--json").json["id"] == "visit"
    again = vault("templates", "import", visit)
    assert again.code == 7
    assert "version = 2" in again.err
    visit.write_text(VISIT.replace("version = 1", "version = 2").replace("First visit", "Visit"), encoding="utf-8")
    assert vault("templates", "import", visit).code == 0
    rows = vault("templates", "list", "--json").json["templates"]
    assert [(row["id"], row["version"]) for row in rows if row["id"] in ("visit", "peer-support")] == [
        ("peer-support", 1),
        ("visit", 2),
    ]
    assert vault("templates", "show", "visit", "--version-number", 1).out.startswith("First visit (visit, version 1)")
    assert vault("templates", "show", "nothing").code == 6
    assert vault("verify").code == 0


def test_a_faulty_file_changes_nothing(vault, visit):
    visit.write_text(VISIT.replace('"visit"', '"peer-support"'), encoding="utf-8")
    assert vault("templates", "import", visit).code == 7
    visit.write_text("id = ", encoding="utf-8")
    refused = vault("templates", "import", visit)
    assert refused.code == 8
    assert "line 1" in refused.err
    assert vault("templates", "import", visit.parent / "gone.toml").code == 8


def test_a_built_in_template_goes_out_and_comes_in_under_another_id(vault, tmp_path):
    file = tmp_path / "ours.toml"
    assert vault("templates", "export", "peer-support", "-o", file).code == 0
    assert vault("templates", "export", "peer-support", "-o", file).code == 7
    text = file.read_text(encoding="utf-8").replace('id = "peer-support"', 'id = "ours"', 1)
    file.write_text(text, encoding="utf-8")
    assert vault("templates", "import", file).code == 0


def test_the_schema_of_templates_is_printed(peernote):
    schema = json.loads(peernote("schema", "template").out)
    assert {"id", "version", "title", "sections"} <= set(schema["properties"])


def test_an_xlsform_is_checked_converted_and_taken_in(peernote, vault, tmp_path):
    form = tmp_path / "home visit.xlsx"
    form.write_bytes(xlsform())
    checked = peernote("templates", "check", form, "--json").json
    assert checked["ok"]
    assert any(line["row"] == 15 and "A place on the map" in line["sentence"] for line in checked["report"])
    ours = tmp_path / "ours.toml"
    told = peernote("templates", "convert", form, "-o", ours)
    assert (told.code, "row 15" in told.out) == (0, True)
    assert peernote("templates", "check", ours).out == "The file can be used.\n"
    assert peernote("templates", "convert", form).out == ours.read_text(encoding="utf-8")
    taken = vault("templates", "import", form, "--id", "ours", "--version-number", 2, "--json").json
    assert (taken["id"], taken["version"], taken["title"]) == ("ours", 2, "Home visit")
    assert vault("templates", "export", "ours").out == ours.read_text(encoding="utf-8").replace(
        'id = "home-visit"\nversion = 3', 'id = "ours"\nversion = 2'
    )
    assert vault("templates", "import", form, "--id", "ours", "--version-number", 2).code == 7
    assert vault("verify").code == 0


def test_a_broken_xlsform_changes_nothing(vault, tmp_path):
    form = tmp_path / "form.xlsx"
    form.write_bytes(xlsform([("textt", "a", "A"), ("select_one x", "b", "B")]))
    before = vault("templates", "list", "--json").json["total"]
    refused = vault("templates", "import", form)
    assert refused.code == 8
    assert "survey, row 2, type: The type “textt” is not known. Did you mean text?" in refused.err
    assert "row 3" in refused.err
    assert vault("templates", "list", "--json").json["total"] == before
    assert vault("templates", "convert", form).code == 8


def test_private_answers_are_shown_only_when_asked_for_and_every_file_says_that_they_stayed(maria, visit, tmp_path):
    private = VISIT + '\n[[sections.fields]]\nkey = "aside"\nkind = "text"\nlabel = "Aside"\nprivate = true\n'
    visit.write_text(private, encoding="utf-8")
    assert maria("templates", "import", visit).code == 0
    content = {"day": "2026-11-23", "start": "09:00", "end": "09:25", "custom": {"miles": "12", "aside": "canary"}}
    note = {"participant": "M-0042", "template": {"id": "visit", "version": 1}, "content": content}
    told = maria("notes", "import", "-", "--sign", "--json", stdin=json.dumps(note))
    assert told.code == 0, told.err
    written = told.json["imported"][0]["id"]
    for shown in (("show", written), ("show", written, "--json"), ("history", written), ("history", written, "--json")):
        said = maria("notes", *shown)
        assert said.code == 0, said.err
        assert "canary" not in said.out
    assert "canary" in maria("notes", "show", written, "--private").out
    assert "canary" in maria("notes", "show", written, "--private", "--json").out
    out = maria("notes", "export", written)
    assert out.json[0]["left_out"] == ["aside"]
    assert "1 private or hidden answer was left out." in out.err
    assert maria("notes", "export", "-o", tmp_path / "n.json", "--json").json["left_out"] == 1
    assert maria("verify").code == 0


def test_a_template_is_retired_and_taken_back_and_its_drafts_go_on(maria, visit):
    vault = maria
    vault("templates", "import", visit)
    begun = ("notes", "new", "M-0042", "--template", "visit", "--plain", "--json")
    draft = vault(*begun, stdin="").json["id"]
    assert vault("templates", "retire", "visit", "--json").json == {"id": "visit", "retired": True}
    refused = vault(*begun, stdin="")
    assert (refused.code, "templates restore visit" in refused.err) == (7, True)
    assert vault("notes", "new", "--plain", "--draft", draft, "--json", stdin="2-245\n").json["id"] == draft
    rows = vault("templates", "list", "--json").json["templates"]
    assert [row["id"] for row in rows if row["retired"]] == ["visit"]
    assert vault("templates", "retire", "peer-support").code == 7
    assert vault("templates", "retire", "nothing").code == 6
    assert vault("templates", "restore", "visit").code == 0
    assert vault(*begun, stdin="").json["id"]


def test_the_key_of_a_retired_field_keeps_its_meaning(vault, visit):
    vault("templates", "import", visit)
    retired = VISIT.replace("version = 1", "version = 2").replace("most = 300", "most = 300\nretired = true")
    visit.write_text(retired, encoding="utf-8")
    assert vault("templates", "import", visit).code == 0
    assert "retired" in vault("templates", "show", "visit").out
    other = VISIT.replace("version = 1", "version = 3").replace('kind = "number"', 'kind = "money"')
    visit.write_text(other, encoding="utf-8")
    refused = vault("templates", "import", visit)
    assert (refused.code, "retired field" in refused.err) == (7, True)


def test_an_empty_form_is_printed_and_tells_of_nobody(vault, tmp_path):
    target = tmp_path / "form.pdf"
    told = vault("templates", "print", "peer-support", "--fillable", "--paper", "letter", "-o", target, "--json")
    assert told.json == {"file": str(target), "form": "form peer-support 1", "undrawable": 0}
    assert {"summary", "agreed_actions.1.text"} <= PdfReader(target).get_fields().keys()
    assert vault("templates", "print", "peer-support", "-o", target).code == 7
    assert vault("templates", "print", "peer-support", "--format", "txt", "--fillable").code == 2
    assert vault("templates", "print", "nothing", "-o", tmp_path / "x").code == 6
    assert not (tmp_path / "x").exists()
    assert "form soap 1" in vault("templates", "print", "soap", "--format", "txt").out
    assert vault("disclosures", "list", "--json").json["total"] == 0
