"""Holidays on the command line, and a note that is due by business days."""

from __future__ import annotations

import pytest


def test_holidays_are_added_taken_out_and_listed(vault, tmp_path):
    assert "No holidays" in vault("holidays", "list").out
    assert vault("holidays", "add", "2026-12-25", "Christmas").code == 0
    assert vault("holidays", "add", "25 dec", "Christmas Day", "--json").json["holidays"] == [
        {"day": "2026-12-25", "name": "Christmas Day"}
    ]
    file = tmp_path / "holidays.csv"
    file.write_text("day;name\n2026-11-26;Thanksgiving\n", encoding="utf-8")
    assert vault("holidays", "import", file, "--dry-run", "--json").json["total"] == 1
    told = vault("holidays", "import", file)
    assert told.out == "Weekend: Saturday, Sunday.\n2026-11-26  Thanksgiving\n2026-12-25  Christmas Day\n"
    assert vault("holidays", "remove", "2026-12-25", "--json").json["total"] == 1
    assert vault("holidays", "remove", "2026-12-25").code == 6
    assert vault("verify").code == 0


def test_a_wrong_list_changes_nothing(vault, tmp_path):
    file = tmp_path / "holidays.txt"
    file.write_text("2026-11-26 Thanksgiving\ntomorrow off\n", encoding="utf-8")
    refused = vault("holidays", "import", file)
    assert refused.code == 8
    assert "line 2" in refused.err
    assert vault("holidays", "list", "--json").json["total"] == 0


def test_the_weekend_is_the_agencys_own(vault):
    assert vault("holidays", "weekend", "fri", "sat", "--json").json["weekend"] == ["friday", "saturday"]
    assert vault("holidays", "weekend").out.splitlines()[0] == "Every day of the week counts."
    assert vault("holidays", "weekend", "t").code == 2
    assert vault("holidays", "weekend", *["mon", "tue", "wed", "thu", "fri", "sat", "sun"]).code == 2


DUE = """\
id = "visit"
version = 1
title = "Visit"
due_business_days = 2
[[sections]]
key = "first"
title = "Visit"
fields = [
  { key = "consent", kind = "consent", label = "Consent" },
  { key = "session", kind = "session", label = "When", required = true },
]
"""


@pytest.mark.parametrize(("holidays", "late"), [((), True), (("2026-11-20",), False)])
def test_a_note_is_late_after_so_many_business_days(maria, note_file, tmp_path, holidays, late):
    """It is Monday 23 November; Wednesday's contact was due on Friday."""
    file = tmp_path / "visit.toml"
    file.write_text(DUE, encoding="utf-8")
    assert maria("templates", "import", file).code == 0
    for day in holidays:
        assert maria("holidays", "add", day).code == 0
    path = note_file(day="2026-11-18")
    text = path.read_text(encoding="utf-8")
    named = text.replace('"version": 1,', '"version": 1, "template": {"id": "visit", "version": 1},')
    path.write_text(named, encoding="utf-8")
    assert maria("notes", "import", path, "--sign").code == 0
    (row,) = maria("notes", "list", "--json").json["notes"]
    assert row["late"] is late
