"""`notes take`: a filled form becomes a draft."""

from __future__ import annotations

LETTER = "Place: library\nHow you met: phone\nWhen: 22 nov 2026, 2pm-2:45pm\nNext contact: some day soon\n"


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
