"""Rule packs on the command line: taken in, chosen, and what they find in notes."""

from __future__ import annotations

import json

import pytest
from tests.unit.test_rule_pack import OWN


@pytest.fixture
def county(tmp_path):
    file = tmp_path / "county.toml"
    file.write_text(OWN, encoding="utf-8")
    return file


def test_packs_are_listed_shown_and_one_is_used(vault):
    rows = vault("packs", "list", "--json").json["packs"]
    assert [(row["id"], row["in_use"]) for row in rows] == [("seed", True), ("texas-301-361", False)]
    shown = vault("packs", "show", "texas-301-361").out
    assert "Due: within 2 business days" in shown
    assert "- service type (reported)" in shown
    assert "from 2026-01-01 on" in vault("packs", "use", "texas-301-361").out
    assert vault("packs", "list", "--json").json["packs"][1]["in_use"]
    assert vault("packs", "use", "nothing").code == 6
    assert vault("verify").code == 0


def test_a_pack_of_ones_own_is_checked_taken_in_and_frozen(peernote, vault, county):
    assert peernote("packs", "check", county).out == "The file can be used.\n"
    assert vault("packs", "import", county, "--use", "--json").json["in_use"]
    again = vault("packs", "import", county)
    assert again.code == 7
    assert "version = 2" in again.err
    county.write_text(OWN.replace('"county"', '"seed"', 1), encoding="utf-8")
    assert vault("packs", "import", county).code == 7
    county.write_text(OWN.replace("version = 1", "version = one"), encoding="utf-8")
    assert peernote("packs", "check", county, "--json").json["faults"][0]["line"] == 2
    assert vault("packs", "import", county).code == 8
    assert vault("verify").code == 0


def test_a_pack_goes_out_and_comes_in_under_another_id(vault, tmp_path):
    file = tmp_path / "ours.toml"
    assert vault("packs", "export", "texas-301-361", "-o", file).code == 0
    file.write_text(file.read_text(encoding="utf-8").replace("texas-301-361", "ours", 1), encoding="utf-8")
    assert vault("packs", "import", file).code == 0


def test_the_schema_of_packs_is_printed(peernote):
    schema = json.loads(peernote("schema", "pack").out)
    assert {"id", "version", "effective", "elements", "rounding"} <= set(schema["properties"])


def test_what_a_pack_requires_stands_between_draft_and_signature(maria, county, note_file):
    assert maria("packs", "import", county, "--use").code == 0
    draft = maria("notes", "import", note_file(), "--json").json["imported"][0]["id"]
    found = maria("notes", "review", draft, "--json").json
    assert found["missing"] == ["The county asks for a strength."]
    assert found["readiness"]["missing"] == ["strengths"]
    assert (found["minutes"], found["units"], found["rounding"]) == (45, 3, "cms8")
    assert found["due_at"] == "2026-11-26T23:59:59.999999+00:00"
    told = maria("notes", "review", draft).out
    assert "County: 1 of 2 there · missing: strengths" in told
    assert "45 minutes · 3 units (cms8)" in told
    refused = maria("notes", "sign", draft)
    assert refused.code == 7
    assert "The county asks for a strength." in refused.err


def test_a_signed_note_remembers_the_pack_it_was_signed_under(maria, county, note_file):
    old = maria("notes", "import", note_file("old.json"), "--json").json["imported"][0]["id"]
    assert maria("notes", "sign", old, "--json").json["rule_pack"]["id"] == "seed"
    assert maria("packs", "import", county, "--use").code == 0
    new = maria("notes", "import", note_file(strengths="asks for help", start="15:00"), "--json").json["imported"][0]
    assert maria("notes", "show", old, "--format", "json").json["rule_pack"]["version"] == 1
    assert maria("notes", "review", old, "--json").json["rule_pack"]["id"] == "seed"
    looked = maria("notes", "review", old, "--pack", "texas-301-361").out
    assert "Texas 301.361: 8 of 11 there · missing: service type, goal addressed, progress or lack of it" in looked
    assert maria("notes", "review", new["id"]).code == 0
    assert maria("verify").code == 0


def test_a_pack_applies_to_contacts_from_its_day_on(maria, county, note_file):
    county.write_text(OWN.replace("2026-01-01", "2026-11-23"), encoding="utf-8")
    assert maria("packs", "import", county, "--use").code == 0
    before = maria("notes", "import", note_file("a.json", day="2026-11-22"), "--json").json["imported"][0]["id"]
    after = maria("notes", "import", note_file("b.json"), "--json").json["imported"][0]["id"]
    assert maria("notes", "review", before, "--json").json["rule_pack"]["id"] == "seed"
    assert maria("notes", "review", after, "--json").json["rule_pack"]["id"] == "county"
