"""The protocol card on the command line: shown, set, and brought back."""

from __future__ import annotations


def test_an_own_card_is_set_shown_and_taken_out(vault, tmp_path):
    shipped = vault("protocol", "show", "--json").json
    assert (shipped["own"], len(shipped["lines"]) >= 5) == (False, True)
    file = tmp_path / "card.txt"
    file.write_text("Call the lead: 555 0100\nStay with them.\n", encoding="utf-8")
    assert vault("protocol", "set", str(file)).code == 0
    assert vault("protocol", "show").out.splitlines() == ["Call the lead: 555 0100", "Stay with them."]
    file.write_bytes(b"\xff\xfe\x00")
    assert vault("protocol", "set", str(file)).code == 8
    file.write_text("line\n" * 14, encoding="utf-8")
    refused = vault("protocol", "set", str(file))
    assert refused.code == 2
    assert "more than 12 lines" in refused.err
    file.write_text("", encoding="utf-8")
    assert vault("protocol", "set", str(file), "--json").json == shipped
