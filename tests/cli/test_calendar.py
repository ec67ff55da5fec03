"""`peernote calendar export`, through the real entry point."""

from __future__ import annotations

from icalendar import Calendar


def titles(data):
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(data).walk("VEVENT")]


def test_it_is_written_without_names_and_replaces_nothing_unasked(maria, tmp_path):
    maria("actions", "add", "M-0042", "bring leaflet @me +2d")
    maria("actions", "add", "M-0042", "call @me +30d")
    target = tmp_path / "week.ics"
    done = maria("calendar", "export", "--out", target, "--until", "+7d", "--json")
    assert done.json == {
        "exported": {"meetings": 0, "actions": 1, "called_off": 0},
        "file": str(target),
        "names": "none",
    }
    assert titles(target.read_bytes()) == ["Action due"]
    assert target.stat().st_mode & 0o077 == 0
    again = maria("calendar", "export", "-o", target)
    assert (again.code, "--force" in again.err) == (7, True)
    named = maria("calendar", "export", "-o", target, "--force", "--only", "actions", "--with-names", "names")
    assert "leave the vault with this file" in named.err
    assert "0 meetings and 2 due actions written to" in named.out
    assert titles(target.read_bytes()) == ["Action due: Maria Santos"] * 2
    assert "calendar written to a file" in maria("log", "list").out


def test_to_standard_output_and_what_it_refuses(maria, tmp_path):
    done = maria("calendar", "export", "--out", "-")
    assert done.out.startswith("BEGIN:VCALENDAR")
    refused = maria("calendar", "export", "--out", "-", "--json")
    assert (refused.code != 0, refused.out) == (True, "")
    for wrong in (("--from", "+7d", "--until", "+1d"), ("--until", "someday")):
        assert maria("calendar", "export", "-o", tmp_path / "x.ics", *wrong).code != 0
    assert not (tmp_path / "x.ics").exists()
