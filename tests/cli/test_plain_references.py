"""Questions that ask for staff or another participant, as plain prompts."""

from __future__ import annotations

from pathlib import Path

from peernote_tui.domain.references import NAMES_STAY_OUT

FORM = """\
id = "visit"
version = 1
title = "Visit"

[[sections]]
key = "first"
title = "Who"
fields = [
  { key = "consent", kind = "consent", label = "Consent" },
  { key = "session", kind = "session", label = "When", required = true },
  { key = "worker", kind = "staff", label = "Worker" },
  { key = "who", kind = "participant", label = "With whom" },
]
"""


def test_staff_by_number_and_a_participant_by_name_who_is_not_named_in_the_note(maria):
    Path("visit.toml").write_text(FORM, encoding="utf-8")
    assert maria("templates", "import", "visit.toml").code == 0
    other = maria("participants", "add", "--name", "Kofi Mensah", "--id", "M-7", "--json").json["id"]

    def write(worker, who):
        script = f"2-245\n{worker}\n{who}\nsign\n"
        done = maria("notes", "new", "M-0042", "--plain", "--template", "visit", "--json", stdin=script)
        assert done.code == 0, done.err
        return done, maria("notes", "show", done.json["id"], "--json").json["content"]["custom"]

    _, held = write("Kim Lee", "kofi mensah")
    assert held == {"worker": "Kim Lee", "who": {"participant": other}}
    done, held = write("1", "her sister")
    assert held == {"worker": "Kim Lee", "who": "her sister"}
    assert NAMES_STAY_OUT in done.err
    (_, first) = maria("notes", "list", "--json").json["notes"]
    text = maria("notes", "show", first["id"]).out
    assert "M-7" in text
    assert "Kofi" not in text
