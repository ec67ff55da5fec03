"""The recipes of the documents, run as they stand, on a vault and on notes that PeerNote made."""

from __future__ import annotations

import getpass
import json
import re
import runpy
import sys
from datetime import date
from pathlib import Path

import pytest

from peernote_tui.documents.note_json import read_notes, write_notes
from peernote_tui.services import key_slots, recovery_sheet, unlocking
from peernote_tui.services.interchange import export_notes
from peernote_tui.services.rescuing import rescue_draft
from peernote_tui.services.sealing import seal

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture
def run_recipe(tmp_path, monkeypatch, capsys):
    """Run a Python block of a document: `run_recipe("interchange.md", path, passphrase="…")` gives its lines."""

    def run(document, path, *, passphrase=None, number=0):
        text = (DOCS / document).read_text(encoding="utf-8")
        block = re.findall(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)[number]
        recipe = tmp_path / "recipe.py"
        recipe.write_text(block, encoding="utf-8")
        monkeypatch.setattr(sys, "argv", [str(recipe), str(path)])
        monkeypatch.setattr(getpass, "getpass", lambda _prompt: passphrase)
        capsys.readouterr()
        runpy.run_path(str(recipe), run_name="__main__")
        return capsys.readouterr().out.splitlines()

    return run


def test_a_vault_opens_without_peernote(workspace, passphrase, consented, write_note, run_recipe):
    write_note(consented, summary="The second one, “café” 王.", day=date(2026, 11, 23))
    write_note(consented, summary="The first one.", day=date(2026, 11, 22), late_reason="No battery.")
    folder = workspace.vault.folder
    unlocking.close(workspace)
    before = (folder / "vault.db").read_bytes()

    notes = [json.loads(line) for line in run_recipe("open-without-peernote.md", folder, passphrase=passphrase)]

    assert [note["content"]["summary"] for note in notes] == ["The first one.", "The second one, “café” 王."]
    assert {note["participant"]["name"] for note in notes} == {"Tomás Ibarra"}
    assert (folder / "vault.db").read_bytes() == before


def test_an_accent_in_the_passphrase_does_not_depend_on_how_it_is_typed(workspace, consented, write_note, run_recipe):
    composed, apart = "caf\u00e9 violin glacier walnut", "cafe\u0301 violin glacier walnut"
    write_note(consented)
    unlocking.change_passphrase(workspace, apart, work_factor=2)
    folder = workspace.vault.folder
    unlocking.close(workspace)
    for typed in (composed, apart):
        assert len(run_recipe("open-without-peernote.md", folder, passphrase=typed)) == 1


def test_another_passphrase_opens_nothing(workspace, run_recipe):
    import pyrage

    folder = workspace.vault.folder
    unlocking.close(workspace)
    with pytest.raises(pyrage.DecryptError):
        run_recipe("open-without-peernote.md", folder, passphrase="violin glacier walnut pepper")


def test_a_rescue_file_opens_without_peernote(workspace, consented, write_draft, run_recipe):
    import pyrage

    draft = write_draft(consented, summary="Kept elsewhere, “café” 王.")
    sealed = rescue_draft(workspace, draft).read_bytes()
    digits = re.search("[0-9a-f]{96}", workspace.vault.data_key.for_sqlcipher())[0]

    (line,) = run_recipe("open-without-peernote.md", "", passphrase=digits, number=1)

    found = json.loads(pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(line)]))
    assert found["draft"]["content"]["summary"] == "Kept elsewhere, “café” 王."
    assert found["vault_id"] == str(workspace.vault.vault_id)


def test_the_recovery_sheet_opens_a_vault_without_peernote(workspace, clock, consented, write_note, monkeypatch):
    import pyrage.passphrase
    import sqlcipher3

    write_note(consented, summary="The second notice.")
    folder = workspace.vault.folder
    code = unlocking.new_recovery_code(workspace, work_factor=2)
    sheet = recovery_sheet.sheet_of(folder, clock=clock, code=code)
    unlocking.close(workspace)
    text = recovery_sheet.rendered(sheet, recovery_sheet.SheetFormat.TEXT).decode()

    # As a person does who has only the sheet: the folder, the code, and the lines to type.
    printed = re.search(r"(?:\w{4} - ){6}\w{4}", text)[0].replace(" ", "")
    monkeypatch.chdir(re.search(r"Lies in +(\S.*(?:\n {10,}\S.*)*)", text)[1].replace("\n", "").replace(" ", ""))
    slot = re.search(r"^ +age -d (\S+)$", text, re.MULTILINE)[1]
    database = re.search(r"^ +sqlcipher (\S+)$", text, re.MULTILINE)[1]
    query = re.search(r"^ +(SELECT .*;)$", text, re.MULTILINE)[1]
    statements = pyrage.passphrase.decrypt(Path(slot).read_bytes(), printed).decode()
    connection = sqlcipher3.connect(database)
    connection.execute(statements.splitlines()[-1])
    documents = [json.loads(document) for (document,) in connection.execute(query)]
    connection.close()
    assert [each["content"]["summary"] for each in documents] == ["The second notice."]


def test_the_organisation_opens_a_vault_without_peernote(workspace, consented, write_note):
    import pyrage
    import sqlcipher3

    write_note(consented)
    theirs = pyrage.x25519.Identity.generate()
    key_slots.set_organisation(workspace, [str(theirs.to_public())])
    folder = workspace.vault.folder
    unlocking.close(workspace)
    slot = (folder / "keys" / "organisation.age").read_bytes()
    (call,) = re.findall(r"`(pyrage\.decrypt\(.*\))`", (DOCS / "open-without-peernote.md").read_text(encoding="utf-8"))
    made = {"pyrage": pyrage, "slot": slot}
    statements = eval(call.replace("AGE-SECRET-KEY-1…", str(theirs)), made).decode()  # noqa: S307 our own document
    connection = sqlcipher3.connect(folder / "vault.db")
    connection.execute(statements.splitlines()[-1])
    assert len(connection.execute("SELECT document FROM notes").fetchall()) == 1
    connection.close()


@pytest.fixture
def exported(workspace, consented, write_note, write_draft, tmp_path):
    """A file with two signed notes and a draft, and its notes as JSON."""
    write_note(consented, summary="Umlauts äöü, quotes “so”, \\ and \u2028, 王小明 🙂.\nA second line.\t")
    write_note(consented, custom={"goal": {"b": 1, "a": [True, None]}})
    draft = write_draft(consented)
    notes = (*export_notes(workspace, participant_id=consented.id), *export_notes(workspace, note_ids=(draft.id,)))
    path = tmp_path / "notes.json"
    path.write_bytes(write_notes(notes))
    return path


def test_seals_hold_for_notes_as_they_were_exported(exported, run_recipe):
    said = run_recipe("interchange.md", exported)
    assert sorted(line.partition(" ")[2] for line in said) == [
        "is a draft, without a seal",
        "is as it was signed",
        "is as it was signed",
    ]


def test_seals_hold_of_notes_signed_before_there_were_rule_packs(
    workspace, consented, write_note, run_recipe, tmp_path
):
    signed = write_note(consented)
    old = signed.model_copy(update={"rule_pack": None})
    with workspace.reading() as work:
        old = old.model_copy(update={"seal": seal(workspace, work, old.canonical())})
    path = tmp_path / "notes.json"
    path.write_bytes(write_notes([signed, old]))
    assert run_recipe("interchange.md", path) == [f"{signed.id} is as it was signed"] * 2
    assert read_notes(path.read_bytes()) == (signed, old)


@pytest.mark.parametrize("change", ["summary", "hash", "signature", "extra"])
def test_a_change_breaks_the_seal(change, exported, run_recipe):
    notes = [note for note in json.loads(exported.read_bytes()) if note["seal"]]
    changed, other = notes
    if change == "summary":
        changed["content"]["summary"] += " "
    elif change == "extra":
        changed["remark"] = ""
    else:
        changed["seal"][change] = other["seal"][change]
    exported.write_text(json.dumps(notes), encoding="utf-8")
    assert run_recipe("interchange.md", exported) == [
        f"{changed['id']} was changed after it was signed",
        f"{other['id']} is as it was signed",
    ]
