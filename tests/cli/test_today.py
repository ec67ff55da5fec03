"""What is owed, on the command line: the same as on Today."""


def test_what_is_owed(maria):
    assert maria("actions", "add", "M-0042", "call housing office @me 2026-11-23").code == 0
    assert maria("meetings", "plan", "M-0042", "today 15:00", "--json").code == 0
    found = maria("today", "--json").json
    assert found["due"] == 1
    (owed,) = found["owed"]
    assert (owed["kind"], owed["text"], owed["due"]) == ("action", "call housing office", "2026-11-23")
    assert owed["participant"]["name"] == "Maria Santos"
    assert [row["at"] for row in found["meetings"]] == ["15:00:00"]
    told = maria("today").out
    assert "call housing office" in told
    assert "Maria Santos M-0042" in told


def test_nothing_is_waiting(vault):
    assert vault("today").out == "Nothing is waiting.\n"
    assert vault("today", "--json").json["owed"] == []
