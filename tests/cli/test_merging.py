"""Merging, separating and telling apart, as a script does it."""

from __future__ import annotations

import pytest


@pytest.fixture
def pair(vault):
    """Ids of Maria Santos and of Marie, who is the same person."""
    add = ("participants", "add", "--json", "--name")
    one = vault(*add, "Maria Santos", "--id", "M-1", "--phone", "555 0100").json["id"]
    other = vault(*add, "Marie", "--id", "M-2", "--born", "1991", "--phone", "555 0199").json["id"]
    return one, other


def test_a_dry_run_says_it_all_and_changes_nothing(vault, pair):
    done = vault("participants", "merge", "M-1", "M-2", "--take-other", "phone", "--dry-run", "--json")
    said = done.json
    assert (said["merged"], said["kept"], said["other"]) == (False, *pair)
    fields = {field["field"]: field for field in said["fields"]}
    assert (fields["phone"]["afterwards"], fields["phone"]["takes_other"]) == ("555 0199", True)
    assert fields["contacts"]["afterwards"][0]["value"] == "555 0100"
    assert (fields["born"]["afterwards"], fields["born"]["choosable"]) == ("1991", False)
    assert set(said) == {"kept", "other", "fields", "counts", "consents", "warnings", "merged"}
    assert vault("participants", "list", "--json").json["total"] == 2
    assert "Nothing was changed." in vault("participants", "merge", "M-1", "M-2", "--dry-run").out


def test_merge_and_separate(vault, pair):
    one, other = pair
    done = vault("participants", "merge", "M-1", "M-2")
    assert (done.code, "are one now" in done.out) == (0, True)
    assert vault("participants", "list", "--json").json["total"] == 1
    assert vault("participants", "show", "M-2", "--json").json["id"] == one
    assert vault("participants", "merge", "M-1", "M-2").code == 7
    apart = vault("participants", "separate", "M-1", "--record", other[:20], "--json").json
    assert apart == {
        "kept": one,
        "separated": other,
        "stays": [],
        "written_since": {"notes": 0, "drafts": 0, "action_items": 0, "consents": 0},
    }
    assert vault("participants", "show", "M-2", "--json").json["id"] == other
    assert vault("participants", "separate", "M-1").code == 6
    assert vault("verify").code == 0


def test_which_record_is_separated_has_to_be_said(vault, pair):
    third = vault("participants", "add", "--name", "Mary", "--json").json["id"]
    for each in (pair[1], third):
        assert vault("participants", "merge", "M-1", each).code == 0
    asked = vault("participants", "separate", "M-1")
    assert (asked.code, "--record" in asked.err) == (6, True)
    assert vault("participants", "separate", "M-1", "--record", third).code == 0
    assert vault("participants", "separate", "M-1").code == 0


def test_not_the_same_is_remembered_and_taken_back(vault, pair):
    said = vault("participants", "not-same", "M-1", "M-2", "--json").json
    assert said == {"one": pair[0], "other": pair[1], "not_the_same": True}
    preview = vault("participants", "merge", "M-1", "M-2", "--dry-run", "--json").json
    assert preview["warnings"] == ["called_distinct"]
    assert vault("participants", "not-same", "M-2", "M-1", "--take-back").code == 0
    assert vault("participants", "not-same", "M-2", "M-1", "--take-back").code == 7


def test_a_field_without_a_choice_is_named(vault, pair):
    refused = vault("participants", "merge", *pair, "--take-other", "goals")
    assert (refused.code, "external_id" in refused.err) == (2, True)
