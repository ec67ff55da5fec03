"""The report and the progress of a participant, from the command line."""

import json


def sign(vault, note_file, **changes):
    made = vault("notes", "import", note_file(**changes), "--sign", "--json")
    assert made.code == 0, made.err
    return made


def test_a_report_on_screen_and_in_files(maria, note_file, tmp_path):
    sign(maria, note_file)
    said = maria("report", "--period", "this month")
    assert said.code == 0, said.err
    assert "Report for November 2026" in said.out
    assert "Contacts" in said.out
    assert "Maria" not in said.out
    plain = maria("report", "--from", "1 nov", "--until", "23 nov 2026", "--json").json
    assert (plain["counts"]["contacts"], plain["minutes"]["contacts"], plain["hidden"]) == (1, 45, {})
    shared = maria("report", "--period", "this week", "--sharing", "--format", "json").json
    assert (shared["counts"]["contacts"], shared["hidden"]["contacts"]) == (None, "under 5")
    assert maria("report", "--period", "this week", "--format", "csv", "--sharing").out.count("<5") > 3
    for name in ("r.txt", "r.csv", "r.xlsx"):
        done = maria("report", "--period", "this month", "-o", tmp_path / name)
        assert done.code == 0, done.err
        assert (tmp_path / name).stat().st_size > 100
    before = (tmp_path / "r.csv").read_bytes()
    assert maria("report", "-o", tmp_path / "r.csv").code == 7
    assert (tmp_path / "r.csv").read_bytes() == before
    assert maria("report", "--period", "q1", "--out", tmp_path / "r.csv", "--force").code == 0
    logged = [entry["action"] for entry in maria("log", "list", "--json").json["entries"]]
    assert logged.count("report.exported") == 5


def test_what_a_report_is_not_made_of(vault, tmp_path):
    for words, code in (
        (("--period", "5 nov to 1 nov"), 2),
        (("--period", "whenever"), 2),
        (("--from", "2 nov", "--until", "1 nov"), 2),
        (("--until", "1 nov"), 2),
        (("--from", "1 nov", "--period", "q3"), 2),
        (("--format", "xlsx"), 2),
        (("-o", str(tmp_path / "report.doc")), 2),
        (("--format", "json", "-o", str(tmp_path / "report.json")), 2),
    ):
        done = vault("report", *words)
        assert (done.code, done.out) == (code, ""), words
        assert done.err
    assert not list(tmp_path.glob("report.*"))
    assert vault("report", "--period", "next century").code == 2
    assert vault("report", "--period", "1 jan 2031").code == 0


def test_progress_as_sentences_and_as_json(maria, note_file):
    sign(maria, note_file, rating=6)
    maria("actions", "add", "M-0042", "bring the letter @both")
    said = maria("participants", "progress", "M-0042")
    assert said.code == 0, said.err
    for line in (
        "Progress of Maria Santos, November 2026 to November 2026",
        "  November 2026: 1 contact (1 in person).",
        "  November 2026: 6.",
        "Actions: me",
        "  November 2026: 1 agreed: 1 open.",
        "Concerns. Came in the last three months:",
        "  anxiety: November 2026 1.",
    ):
        assert line in said.out.splitlines(), said.out
    document = json.loads(maria("participants", "progress", "M-0042", "--json").out)
    assert document["actions"]["both"][0] == {
        "month": "2026-11", "agreed": 1, "kept": 0, "partly": 0, "open": 1, "let_go": 0
    }  # fmt: skip
    assert document["contacts"][0]["middle"] == 6
    assert maria("participants", "progress", "nobody").code == 6
