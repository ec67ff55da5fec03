"""Participants out of files and into files, from the command line."""

from __future__ import annotations

import csv
import io

import pytest

CLIENTS = "First,Last,DOB,Client ID,Mobile,Notes\nAna,Ruiz,13/5/1990,A-1,555-0142,tea\nBo,Li,,007,,\n"


@pytest.fixture
def clients(tmp_path):
    def write(text=CLIENTS, name="clients.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def people(vault):
    return sorted(who["name"] for who in vault("participants", "list", "--json").json["participants"])


def test_a_list_is_looked_at_taken_in_and_written_out(vault, clients, tmp_path):
    path = clients()
    look = vault("participants", "import", path, "--dry-run")
    assert look.code == 0
    assert "column 6  Notes      → leave_out" in look.out
    assert "line 2  new  Ana Ruiz" in look.out
    assert "day first, because line 2" in look.out
    assert "2 participants would be added; nothing was written." in look.out
    assert people(vault) == []
    done = vault("participants", "import", path, "--map", "Notes=custom", "--json")
    assert done.code == 0, done.err
    assert [one["line"] for one in done.json["imported"]] == [2, 3]
    assert (done.json["kind"], done.json["encoding"], done.json["problems"]) == ("csv", "UTF-8", [])
    assert done.json["columns"][5] == {"column": 6, "header": "Notes", "field": "custom"}
    assert people(vault) == ["Ana Ruiz", "Bo Li"]
    out = tmp_path / "out.csv"
    written = vault("participants", "export", "-o", out)
    assert written.code == 0
    assert "The file is not encrypted." in written.out
    rows = list(csv.DictReader(io.StringIO(out.read_bytes().decode("utf-8-sig"))))
    assert [(row["Name"], row["Born"], row["ID"], row["Custom 1 answer"]) for row in rows] == [
        ("Ana Ruiz", "1990-05-13", "A-1", "tea"),
        ("Bo Li", "", "007", ""),
    ]
    assert vault("participants", "export", "-o", out).code == 7
    assert vault("participants", "export", "--format", "xlsx", "-o", out, "--force", "--json").json["exported"] == 2
    again = vault("participants", "import", out, "--json")
    assert ([one["line"] for one in again.json["skipped"]], again.json["imported"]) == ([2, 3], [])


def test_every_bad_row_is_named_and_nothing_is_written(vault, clients):
    path = clients("Name,DOB\nAna,1990-05-13\n,1990-05-13\nBo,2050-01-01\nCy,1880-01-01\n")
    refused = vault("participants", "import", path, "--json")
    assert refused.code == 8
    assert refused.json["problems"] == [
        {"file": str(path), "line": 3, "reason": "A name is missing."},
        {"file": str(path), "line": 4, "reason": "This birth date is in the future."},
        {"file": str(path), "line": 5, "reason": "This birth date lies before 1900."},
    ]
    assert "line 4: This birth date is in the future." in refused.err
    assert people(vault) == []
    assert vault("participants", "import", path, "--dry-run").code == 8
    taken = vault("participants", "import", path, "--skip-bad")
    assert taken.code == 0
    assert "line 3: left out. A name is missing." in taken.out
    assert people(vault) == ["Ana"]


def test_what_is_unclear_is_asked_with_the_option_that_answers(vault, clients):
    path = clients("Name,DOB\nAna,2/5/1990\n")
    asked = vault("participants", "import", path)
    assert (asked.code, "--dates dmy" in asked.err, "Ana" in asked.err) == (8, True, False)
    assert vault("participants", "import", path, "--dates", "mdy").code == 0
    polish = clients("Name\nŁukasz Żak\n".encode("cp1250"))
    asked = vault("participants", "import", polish, "--json")
    assert (asked.code, asked.json["problems"][0]["line"]) == (8, 2)
    assert vault("participants", "import", polish, "--encoding", "windows-1250").code == 0
    assert people(vault) == ["Ana", "Łukasz Żak"]


def test_a_mistake_in_the_command_is_told(vault, clients):
    for option, value in (
        ("--map", "Name=title"),
        ("--map", "Nobody=name"),
        ("--map", "Name"),
        ("--encoding", "klingon"),
        ("--dates", "xyz"),
    ):
        assert vault("participants", "import", clients(), option, value).code == 2


def test_cards_and_standard_input(vault):
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:Ana Ruiz\nTEL;TYPE=CELL:555-0142\nEND:VCARD\n"
    assert vault("participants", "import", "-", stdin=card).code == 0
    again = vault("participants", "import", "-", "--dry-run", "--json", stdin=card)
    assert [row["outcome"] for row in again.json["rows"]] == ["duplicate"]
    assert vault("participants", "import", "-", "--duplicates", "add", stdin=card).code == 0
    assert people(vault) == ["Ana Ruiz", "Ana Ruiz"]


def test_files_that_are_none(vault, clients, tmp_path):
    assert vault("participants", "import", tmp_path / "nowhere.csv").code == 8
    assert vault("participants", "import", tmp_path).code == 8
    assert vault("participants", "import", clients(b"\x89PNG\r\n\x00\x01")).code == 8
    refused = vault("participants", "import", clients(b""), "--json")
    assert (refused.code, refused.json["problems"][0]["reason"][:18]) == (8, "The file is empty.")
