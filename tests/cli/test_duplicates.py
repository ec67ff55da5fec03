"""Second records of one person on the command line: refused unless said so, and listed."""

from __future__ import annotations

MIRIA = ("participants", "add", "--name", "Mraia Santos", "--age", "34", "--phone", "555 010 7788")


def test_who_is_likely_here_is_added_only_when_said_so(maria):
    known = maria("participants", "show", "M-0042", "--json").json["id"]
    refused = maria(*MIRIA)
    assert (refused.code, refused.out) == (7, "")
    assert f"{known[:18]} (name close, about the same age)." in refused.err
    assert "--even-if-alike" in refused.err
    assert "Santos" not in refused.err
    assert len(maria("participants", "list", "--json").json["participants"]) == 1
    added = maria(*MIRIA, "--even-if-alike")
    assert added.code == 0
    assert "Likely the same person" in added.err
    assert len(maria("participants", "list", "--json").json["participants"]) == 2


def test_pairs_that_are_likely_one_person_are_listed_with_reasons(maria):
    assert maria("participants", "duplicates").out == "No two records look like one person.\n"
    other = maria(*MIRIA, "--even-if-alike", "--json").json["id"]
    found = maria("participants", "duplicates", "--json").json
    (pair,) = found["pairs"]
    assert found["total"] == 1
    assert pair["reasons"] == ["name close", "about the same age"]
    assert {pair["one"]["external_id"], pair["other"]["external_id"]} == {"M-0042", ""}
    assert other in (pair["one"]["id"], pair["other"]["id"])
    assert 0.6 < pair["probability"] <= 1
    assert "name close, about the same age" in maria("participants", "duplicates").out
