"""One hard note out of a real vault in every format, read back by programs that are not ours.

It holds accents, Arabic with Latin inside, emoji, a summary of 3,000 words, brackets, twelve actions, and an addendum.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import unicodedata
from email import message_from_bytes, policy
from html.parser import HTMLParser

import docx
import pytest
from icalendar import Calendar
from pypdf import PdfReader

from peernote_tui.documents.document import DocumentKind
from peernote_tui.documents.rendering import FACTS, Format
from peernote_tui.documents.workbook_library import openpyxl
from peernote_tui.domain.addendum import AddendumKind
from peernote_tui.services import amending, writing
from peernote_tui.services.disclosing import Request
from peernote_tui.services.handing_out import Closed, Order, hand_over
from peernote_tui.vault import age

ARABIC = "قالت إنها زارت Jobcenter أمس"
WORDS = (
    "Žofie Öztürk, Ελληνικά, Київ, cafe\u0301",
    ARABIC,
    "She laughed 🙂 and left.",
    "[/] {b} <i>no tag</i> & *no star* \\par | pipe",
    "=1+1",
)
SUMMARY = "\n\n".join(
    (*WORDS, *(" ".join(f"word{number:04d}" for number in range(at, at + 100)) for at in range(0, 3000, 100)))
)
ADDED = "Later she called: žluťoučký kůň [sic]."
ACTIONS = tuple(f"action {number:02d}: ring Łukasz [{number}]" for number in range(12))
NO_SIGNS = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2069\ufeff"))


SPOKEN = (*WORDS[:-2], *ACTIONS, ADDED, *SUMMARY.split("\n\n")[len(WORDS) :])


SHORT = [each for each in SPOKEN if " word" not in each]


@pytest.fixture
def hand(workspace, add_participant, write_note):
    """The note in a format: `hand(Format.DOCX)`."""
    person = add_participant("Žofie Nuñez", external_id="M-0042")
    agreed = [{"text": text, "owner": "me", "due": "2026-11-27"} for text in ACTIONS]
    note = write_note(person, summary=SUMMARY, own_words=ARABIC, agreed_actions=agreed)
    draft = amending.start_amendment(workspace, note.id, AddendumKind.ADDENDUM)
    amendment = draft.amendment.model_copy(update={"reason": "It was forgotten.", "text": ADDED})
    writing.save_draft(workspace, draft.model_copy(update={"amendment": amendment}))
    amending.sign_amendment(workspace, draft.id)

    def bytes_of(form, kind=DocumentKind.NOTE, closed=None, **told):
        request = Request(participant_id=person.id, what="1 note", form="", note_ids=(note.id,))
        return hand_over(workspace, Order(kind=kind, form=form, request=request, **told), closed=closed).data

    return bytes_of


def bare(text):
    """A text as it reads: without signs of direction, one space for many, letters put together."""
    return " ".join(unicodedata.normalize("NFC", text.translate(NO_SIGNS)).split())


def missing(text, words=(*SPOKEN, *WORDS[-2:])):
    """What of the note a text does not hold; in the order in which it is read, but for tables."""
    told = bare(text)
    return [each[:60] for each in words if bare(each) not in told]


def numbered(text):
    """How many of the three thousand words are there."""
    return len(set(re.findall(r"word\d{4}", text)))


def run(*command, data=None):
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not here")
    return subprocess.run(command, input=data, capture_output=True, check=True, timeout=120).stdout


class Words(HTMLParser):
    def __init__(self):
        super().__init__()
        self.text, self.tags = [], set()

    def handle_starttag(self, tag, _attributes):
        self.tags.add(tag)

    def handle_data(self, data):
        self.text.append(data)


def test_text_html_and_word_hold_every_word(hand):
    assert missing(hand(Format.TXT).decode()) == []
    page = Words()
    page.feed(hand(Format.HTML).decode())
    assert missing(" ".join(page.text)) == []
    assert "i" not in page.tags
    word = docx.Document(io.BytesIO(hand(Format.DOCX)))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert missing("\n".join([*(each.text for each in word.paragraphs), *cells])) == []
    assert sum(each.text.startswith("action ") for each in word.paragraphs) == len(ACTIONS)


@pytest.mark.parametrize("form", [Format.DOCX, Format.MARKDOWN, Format.HTML, Format.RTF])
def test_pandoc_reads_every_word(form, hand):
    source = {Format.MARKDOWN: "gfm"}.get(form, form.value)
    text = run("pandoc", "-f", source, "-t", "plain", "--wrap=none", data=hand(form)).decode()
    # Version 2 reads no pair of sixteen bits from RTF; LibreOffice does.
    words = [each for each in (*SPOKEN, *WORDS[-2:]) if form is not Format.RTF or max(each) <= "\uffff"]
    assert missing(text, words) == []


def test_poppler_and_pypdf_read_every_word(hand, tmp_path):
    data = hand(Format.PDF)
    (tmp_path / "note.pdf").write_bytes(data)
    # Arabic is compared word by word; a sign that no font draws stands there by its name.
    words = [each for each in SHORT if each != ARABIC and "🙂" not in each]
    pypdf_text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    poppler = run("pdftotext", str(tmp_path / "note.pdf"), "-").decode()
    for text in (pypdf_text, poppler):
        assert missing(text, words) == []
        assert re.search(r"She laughed \S.* and left\.", bare(text))
        assert numbered(text) == 3000
    assert missing(poppler, ARABIC.split()) == []


@pytest.mark.slow
def test_libreoffice_reads_every_word_and_makes_pages_of_them(hand, tmp_path):
    if shutil.which("soffice") is None:
        pytest.skip("soffice is not here")
    office = ("soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless", "--convert-to")
    for form in (Format.DOCX, Format.RTF):
        (tmp_path / f"as-{form.value}{FACTS[form].suffix}").write_bytes(hand(form))
    sources = [str(path) for path in sorted(tmp_path.glob("as-*"))]
    run(*office, "txt:Text (encoded):UTF8", "--outdir", str(tmp_path), *sources)
    run(*office, "pdf", "--outdir", str(tmp_path), *sources)
    for form in (Format.DOCX, Format.RTF):
        assert missing((tmp_path / f"as-{form.value}.txt").read_text(encoding="utf-8")) == []
        pages = PdfReader(tmp_path / f"as-{form.value}.pdf").pages
        assert len(pages) > 5
        text = " ".join(page.extract_text() for page in pages)
        assert numbered(text) == 3000
        # Whom it is about and the log stand on every page.
        assert all("M-0042" in page.extract_text() and "log " in page.extract_text() for page in pages)


def test_tables_and_data_hold_every_word(hand):
    book = openpyxl.load_workbook(io.BytesIO(hand(Format.XLSX)))
    cells = [str(cell) for sheet in book for row in sheet.values for cell in row if cell is not None]
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    rows = csv.reader(io.StringIO(hand(Format.CSV).decode("utf-8-sig"), newline=""))
    for text in ("".join(cells), "".join(cell for row in rows for cell in row)):
        # A long text goes on in the column beside it.
        assert missing(text, (*SHORT, WORDS[-2])) == []
        assert numbered(text) == 3000
    (note, added) = json.loads(hand(Format.JSON))
    assert (note["content"]["summary"], added["text"]) == (SUMMARY, ADDED)
    assert [json.loads(line) for line in hand(Format.JSONL).splitlines()] == [note, added]
    record = json.loads(hand(Format.JSON, DocumentKind.RECORD))
    assert sorted(each["item"]["text"] for each in record["actions"]) == list(ACTIONS)


def test_mail_calendar_and_closed_files_are_opened_by_others(hand, tmp_path):
    draft = message_from_bytes(hand(Format.DOCX, mail=True), policy=policy.default)
    (attached,) = draft.iter_attachments()
    word = docx.Document(io.BytesIO(attached.get_content()))
    assert ADDED in "\n".join(each.text for each in word.paragraphs)
    (event,) = Calendar.from_ical(hand(Format.ICS, DocumentKind.CALENDAR)).walk("VEVENT")
    assert event["DTSTART"].dt.isoformat() == "2026-11-30T14:00:00"
    closed = PdfReader(io.BytesIO(hand(Format.PDF, closed=Closed(password="žluť"))))
    assert not closed.decrypt("other")
    assert closed.decrypt("žluť")
    assert "word0042" in " ".join(page.extract_text() for page in closed.pages)
    pair = age.generate_identity()
    (tmp_path / "key").write_text(pair.secret + "\n")
    sealed = hand(Format.TXT, closed=Closed(recipient=pair.recipient))
    assert missing(run("age", "-d", "-i", str(tmp_path / "key"), data=sealed).decode()) == []
