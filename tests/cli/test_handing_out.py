"""Documents and their account, as a script hands them out."""

from __future__ import annotations

import json
import shlex
from email import message_from_bytes, policy
from io import BytesIO

import docx
import pyrage
import pytest
from pypdf import PdfReader

from peernote_tui.documents.workbook_library import openpyxl
from peernote_tui.domain.errors import ReadOnlyFolderError
from peernote_tui.vault import age
from peernote_tui.vault.lock import VaultLock

SUMMARY = "We read the second notice together."
SHARING = ("--scope", "sharing", "--how", "written", "--to", "Harbor Clinic", "--what", "progress")


@pytest.fixture
def noted(maria, note_file):
    """The vault with a signed note of Maria's; gives the runner, which knows the id."""
    maria.note = maria("notes", "import", note_file(), "--sign", "--json").json["imported"][0]["id"]
    return maria


def account(run):
    return run("disclosures", "list", "--json").json["disclosures"]


def test_a_note_in_every_format_is_accounted_for(noted, tmp_path):
    for form in ("pdf", "docx", "rtf", "txt", "md", "html"):
        done = noted("notes", "export", noted.note, "--format", form, "-o", f"note.{form}", "--json")
        assert (done.code, done.json["disclosure"]["form"]) == (0, form)
    text = "\n".join(page.extract_text() for page in PdfReader("note.pdf").pages)
    assert SUMMARY in " ".join(text.split())
    assert SUMMARY in "\n".join(paragraph.text for paragraph in docx.Document("note.docx").paragraphs)
    assert all(SUMMARY in (tmp_path / f"note.{form}").read_text(encoding="utf-8") for form in ("rtf", "txt", "html"))
    assert [row["form"] for row in account(noted)] == ["html", "md", "txt", "rtf", "docx", "pdf"]
    assert noted("verify").code == 0


def test_a_document_says_who_is_meant_by_me_and_that_a_year_is_a_guess(noted):
    for words in ("call the office @me fri", "bring receipts"):
        assert noted("actions", "add", "M-0042", words).code == 0
    for what in ("record", "summary"):
        hand = ("participants", "handout", "M-0042", "--what", what, "--purpose", "participant", "--format", "md")
        told = noted(*hand).out
        assert "| call the office | peer supporter |" in told
    hand = ("participants", "handout", "M-0042", "--what", "summary", "--to", "Harbor Clinic", "--purpose", "care")
    told = " ".join(noted(*hand, "--reason", "she asked for it", "--format", "txt").out.split())
    assert ", for Harbor Clinic (care)." in told
    assert "Needs and progress are those of November 2026." in told
    added = noted(
        "participants", "add", "--name", "Tom Reed", "--id", "T-1", "--age", "40", "--phone", "555-0101, text no"
    )
    assert added.code == 0
    told = noted("participants", "handout", "T-1", "--purpose", "participant", "--format", "txt").out
    assert "about 19" in told
    assert "555-0101, text no" in told
    assert noted("participants", "show", "T-1", "--json").json["phone_safety"]["text"] == "no"


def test_tables_lines_mail_and_meetings_leave_from_the_command_line(noted, tmp_path):
    whom = ("--to", "County court", "--reason", "a subpoena", "--address", "clerk@court.example")
    assert noted("notes", "export", noted.note, "--format", "csv", *whom).out.startswith("\ufeff# 42 CFR part 2")
    lines = noted("notes", "export", noted.note, "--format", "jsonl", *whom).out.splitlines()
    assert [json.loads(line)["format"] for line in lines] == ["peernote.notices", "peernote.note"]
    handed = noted("notes", "export", noted.note, *whom).out
    (tmp_path / "handed.json").write_text(handed, encoding="utf-8")
    assert noted("notes", "import", "handed.json", "--json").code == 0
    hand = ("participants", "handout", "M-0042")
    assert noted(*hand, "--format", "xlsx", "-o", "record.xlsx").code == 0
    assert "Notes" in openpyxl.load_workbook("record.xlsx").sheetnames
    assert json.loads(noted(*hand, "--format", "json").out)["format"] == "peernote.record"
    theirs = noted(*hand, "--what", "calendar", "--purpose", "participant")
    assert "SUMMARY:Meeting: Sam Rivera" in theirs.out
    assert noted("notes", "export", noted.note, "--format", "json", "--mail", *whom, "-o", "draft.eml").code == 0
    draft = message_from_bytes((tmp_path / "draft.eml").read_bytes(), policy=policy.default)
    assert draft["To"] == "clerk@court.example"
    assert account(noted)[0]["form"] == "eml (json)"
    refused = noted(*hand, "--what", "summary", "--format", "xlsx", "-o", "x.xlsx")
    assert (refused.code, "not made as xlsx" in refused.err) == (2, True)


def test_sharing_needs_a_consent_or_a_reason_and_prints_it(noted):
    ask = ("notes", "export", noted.note, "--format", "txt", "--to", "Harbor Clinic")
    refused = noted(*ask)
    assert (refused.code, refused.out) == (2, "")
    assert "No consent to share" in refused.err
    reasoned = noted(*ask, "--reason", "She asked me to, on the phone.")
    assert "Reason: She asked me to, on the phone." in reasoned.out
    given = noted("consents", "give", "M-0042", *SHARING, "--purpose", "care", "--until", "2027-11-22", "--json")
    assert given.code == 0, given.err
    consented = noted(*ask)
    assert "42 CFR part 2 prohibits unauthorized use or disclosure of these records." in consented.out
    assert "progress, with Harbor Clinic, for care" in " ".join(consented.out.split())
    rows = account(noted)
    assert [(row["to"], bool(row["consent_id"])) for row in rows] == [("Harbor Clinic", True), ("Harbor Clinic", False)]


def test_files_are_closed_with_a_password_or_age(noted, tmp_path):
    (tmp_path / "S").write_text("grüner Apfel\n", encoding="utf-8")
    pair = age.generate_identity()
    ask = ("notes", "export", noted.note, "--force")
    assert noted(*ask, "--format", "pdf", "--password-file", "S", "-o", "a.pdf").code == 0
    reader = PdfReader(BytesIO((tmp_path / "a.pdf").read_bytes()))
    assert not reader.decrypt("S")
    assert reader.decrypt("grüner Apfel")
    assert noted(*ask, "--age-to", pair.recipient, "-o", "a.json.age").code == 0
    opened = pyrage.decrypt((tmp_path / "a.json.age").read_bytes(), [pyrage.x25519.Identity.from_str(pair.secret)])
    assert SUMMARY in opened.decode()
    assert noted(*ask, "--format", "docx", "--password-file", "S", "-o", "a.docx").code == 2
    assert noted(*ask, "--age-to", "age1nonsense", "-o", "b.age").code == 2
    assert not (tmp_path / "a.docx").exists()
    assert not (tmp_path / "b.age").exists()
    assert len(account(noted)) == 2


def test_a_record_and_its_accounting_are_handed_to_the_participant(noted, tmp_path):
    out = ("participants", "handout", "M-0042", "--purpose", "participant", "--format", "txt")
    whole = noted(*out)
    assert SUMMARY in whole.out
    assert "42 CFR" not in whole.out
    told = noted(*out, "--what", "accounting")
    assert "for the participant" in told.out
    assert SUMMARY not in told.out
    row = account(noted)[0]
    void = noted("disclosures", "void", row["id"][:20], "--reason", "not printed", "--json")
    assert void.json["voids"] == row["id"]
    assert noted("disclosures", "void", row["id"], "--reason", "again").code == 7
    assert "not printed" in noted("disclosures", "list", "--participant", "M-0042").out


def test_what_cannot_be_handed_out_says_so(noted, tmp_path):
    draft = noted("notes", "import", tmp_path / "note.json", "--json").json["imported"][0]["id"]
    assert noted("notes", "export", draft, "--format", "pdf", "-o", "x.pdf").code == 6
    assert noted("notes", "export", "--format", "pdf", "-o", "x.pdf").code == 2
    noted("participants", "add", "--name", "Ann Lee", "--id", "A-1")
    assert noted("notes", "export", "--participant", "A-1", "--format", "pdf", "-o", "x.pdf").code == 2
    assert noted("disclosures", "void", "ffff", "--reason", "x").code == 6
    assert not (tmp_path / "x.pdf").exists()
    assert account(noted) == []


def test_a_summary_tells_needs_progress_and_open_actions_and_no_narrative(noted):
    told = noted(
        "participants", "handout", "M-0042", "--what", "summary", "--format", "txt", "--purpose", "participant"
    )
    text = " ".join(told.out.split())
    for words in ("Needs", "anxiety", "housing", "1 contact (1 in person)", "Open actions (1)"):
        assert words in text
    assert "call housing office" in text
    assert "Mon 30 Nov 2026, 14:00" in text
    assert SUMMARY not in text
    assert "Breathing" not in text


def test_what_was_told_by_phone_is_recorded(noted):
    add = ("disclosures", "add", "M-0042", "--to", "Harbor Clinic", "--what", "how often we meet", "--how", "phone")
    refused = noted(*add)
    assert (refused.code, "No consent to share" in refused.err) == (2, True)
    assert noted("disclosures", "add", "M-0042", "--what", "x", "--how", "phone").code == 2
    done = noted(*add, "--when", "22 nov 3pm", "--reason", "She asked me to.", "--json")
    assert done.code == 0, done.err
    assert (done.json["form"], done.json["purpose"], done.json["reason"]) == ("phone", "care", "She asked me to.")
    assert "Sun 22 Nov 2026, 15:00" in noted("disclosures", "list", "--participant", "M-0042").out


def test_out_of_a_vault_that_is_only_read_one_is_told_before_and_how_to_record_it(noted, monkeypatch, tmp_path):
    def refuse(_folder):
        raise ReadOnlyFolderError("The lock cannot be written.")

    reason = 'an "emergency", $(echo x)'
    note = ("notes", "export", noted.note, "--to", "Harbor Clinic", "--reason", reason)
    with monkeypatch.context() as broken:
        broken.setattr(VaultLock, "acquire", refuse)
        for more in (("--format", "txt", "-o", "note.txt"), ("-o", "handed.json")):
            refused = noted(*note, *more)
            assert (refused.code, "--unaccounted" in refused.err) == (7, True)
        assert [*tmp_path.glob("note.t*"), *tmp_path.glob("handed.*")] == []
        done = noted(*note, "--format", "txt", "-o", "note.txt", "--unaccounted")
        assert done.code == 0, done.err
        assert noted(*note, "-o", "out.json", "--unaccounted", "--json").json["accounted"] is False
    line = next(line for line in done.out.splitlines() if "disclosures add" in line and "--to=" in line)
    assert noted(*shlex.split(line)[1:]).code == 0
    (row,) = account(noted)
    assert (row["to"], row["form"], row["reason"]) == ("Harbor Clinic", "txt", reason)


def test_a_draft_as_a_form_is_gone_over_and_comes_back(noted, note_file, tmp_path):
    draft = noted("notes", "import", note_file(), "--json").json["imported"][0]["id"]
    for form in ("docx", "txt", "md"):
        done = noted("notes", "form", draft, "--format", form, "--to", "her aunt", "--reason", "x", "-o", f"f.{form}")
        assert done.code == 0, done.err
        back = noted("notes", "take", f"f.{form}", "--participant", "M-0042", "--json").json
        assert noted("notes", "show", back["draft"], "--json").json["content"]["summary"] == SUMMARY
        # Of what is printed along, only the reason is not the form's own.
        left = [piece["words"] for piece in back["not_placed"]]
        assert [words.lstrip("! ") for words in left] == ["Handed on without a consent to share. Reason: x"]
    (row, *_) = account(noted)
    assert (row["what"], row["form"], row["note_ids"]) == ("a draft, as a form to go over", "md", [draft])
    assert noted("notes", "form", noted.note).code == 7
    mine = noted("notes", "form", draft, "--purpose", "participant", "-o", "f.pdf")
    assert mine.code == 0, mine.err
    assert "form peer-support 1" in PdfReader("f.pdf").pages[0].extract_text()
