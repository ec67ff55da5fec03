"""`notes take`: a filled form becomes a draft."""

from __future__ import annotations

import pytest
from reliability.bad_forms import bad_forms

LETTER = "Place: library\nHow you met: phone\nWhen: 22 nov 2026, 2pm-2:45pm\nNext contact: some day soon\n"

PRIVATE = """
id = "own"
version = 1
title = "Own"

[[sections]]
key = "one"
title = "One"
fields = [
  { key = "consent", kind = "consent", label = "Consent" },
  { key = "session", kind = "session", label = "When" },
  { key = "was", kind = "scale", label = "How it was" },
  { key = "sure", kind = "scale", label = "How sure", private = true },
]
"""


def test_a_form_is_taken_in_as_a_draft(maria, tmp_path):
    (tmp_path / "form.txt").write_text(LETTER, encoding="utf-8")
    dry = maria("notes", "take", "form.txt", "--participant", "M-0042", "--dry-run", "--json")
    assert (dry.code, dry.json["draft"], dry.json["dry_run"]) == (0, None, True)
    assert maria("notes", "list", "--json").json["total"] == 0
    done = maria("notes", "take", "form.txt", "--participant", "M-0042", "--json").json
    assert set(done) == {"draft", "participant", "template", "placed", "not_placed", "dry_run"}
    assert done["template"] == {"id": "peer-support", "version": 1}
    assert done["placed"] == ["Place", "How you met", "When"]
    assert [(piece["label"], piece["words"]) for piece in done["not_placed"]] == [("Next contact", "some day soon")]
    shown = maria("notes", "show", done["draft"], "--json").json
    assert shown["not_placed"] == done["not_placed"]
    assert "not_placed" not in maria("notes", "show", done["draft"], "--format", "json").json
    for told in (
        maria("notes", "show", done["draft"]).out,
        maria("notes", "new", "--plain", "--draft", done["draft"], stdin="").out,
    ):
        assert "Not placed, and kept beside the draft: 1\n  Next contact: some day soon\n    " in told
    assert [note["state"] for note in maria("notes", "list", "--json").json["notes"]] == ["draft"]
    said = maria("notes", "take", "form.txt", "--participant", "M-0042", "--template", "peer-support").out
    assert "Read as “Peer support case note”: 3 answers." in said
    assert "Next contact: some day soon" in said


def test_refusals_have_their_codes(maria, tmp_path):
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    old = maria("notes", "take", "old.doc", "--participant", "M-0042")
    assert (old.code, old.out) == (8, "")
    assert "save it as .docx" in old.err
    assert maria("notes", "take", "nowhere.txt", "--participant", "M-0042").code == 8
    (tmp_path / "form.txt").write_text("Good morning", encoding="utf-8")
    assert maria("notes", "take", "form.txt", "--participant", "M-0042").code == 7
    maria("participants", "add", "--name", "Ana Lima", "--id", "A-1")
    (tmp_path / "form.txt").write_text(LETTER, encoding="utf-8")
    assert maria("notes", "take", "form.txt", "--participant", "A-1").code == 7
    assert maria("notes", "take", "form.txt", "--participant", "nobody").code == 6


def test_what_stood_under_a_private_question_is_shown_only_when_asked_for(maria, tmp_path):
    (tmp_path / "own.toml").write_text(PRIVATE, encoding="utf-8")
    assert maria("templates", "import", "own.toml").code == 0
    (tmp_path / "form.txt").write_text("How it was: 12\nHow sure: 99\n", encoding="utf-8")
    done = maria("notes", "take", "form.txt", "--participant", "M-0042", "--template", "own", "--json").json
    assert {piece["label"] for piece in done["not_placed"]} == {"How it was", "How sure"}
    shown = maria("notes", "show", done["draft"], "--json").json["not_placed"]
    assert [piece["label"] for piece in shown] == ["How it was"]
    assert "How sure: 99" not in maria("notes", "show", done["draft"]).out
    assert "How sure: 99" in maria("notes", "show", done["draft"], "--private").out


@pytest.mark.parametrize("name", bad_forms())
def test_what_is_no_form_is_told_in_one_sentence_and_nothing_is_kept(name, maria, tmp_path):
    data, says = bad_forms()[name]
    (tmp_path / name).write_bytes(data)
    told = maria("notes", "take", name, "--participant", "M-0042", "--json")
    assert (told.code, told.out) == (8, "")
    assert says in told.err
    assert "Traceback" not in told.err
    assert maria("notes", "list", "--json").json["total"] == 0


def test_folders_links_and_a_form_of_another_template(maria, tmp_path):
    assert maria("templates", "print", "soap", "--format", "docx", "-o", "soap.docx").code == 0
    other = maria("notes", "take", "soap.docx", "--participant", "M-0042", "--template", "girp")
    assert (other.code, "This is a form of" in other.err, "Take it in as soap." in other.err) == (7, True, True)
    assert maria("notes", "take", tmp_path, "--participant", "M-0042").code == 8
    assert maria("notes", "take", "", "--participant", "M-0042").code == 8
    assert maria("notes", "list", "--json").json["total"] == 0
