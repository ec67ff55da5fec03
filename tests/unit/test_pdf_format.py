"""A document as PDF, read back by programs that are not ours."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO

import pytest
from pypdf import PdfReader

from peernote_tui.documents.document import (
    Boxes,
    Document,
    DocumentKind,
    Facts,
    Heading,
    Notice,
    PageBreak,
    Paper,
    Paragraph,
    Table,
    WritingLines,
)
from peernote_tui.documents.formats import fonts
from peernote_tui.documents.note_document import BlockKind
from peernote_tui.documents.pdf_password import with_password
from peernote_tui.documents.rendering import Format, render

SENTENCE = "She told me about the housing office, and how long it took. "
LONG = "\n".join([SENTENCE * 10] * 26)
"""3,000 words."""
NAME = "Žofie Nuñez · M-0042"
PIECES = (
    Notice(text="42 CFR part 2 prohibits unauthorized use or disclosure of these records."),
    Heading(text="Guided note"),
    Facts(rows=(("Participant", NAME), ("Place", "Ελλάδα, Київ"))),
    Heading(level=2, text="Summary"),
    Paragraph(text=LONG),
    Paragraph(how=BlockKind.QUOTE, text="“[/] did it”"),
    Heading(level=2, text="Agreed actions"),
    *(Paragraph(how=BlockKind.ITEM, text=f"call office {number} · me") for number in range(12)),
    Table(heads=("What", "Who"), rows=(("call", "me"), ("x" * 300, "both"))),
    PageBreak(),
    WritingLines(key="words", label="What happened?", lines=3),
    Boxes(key="mode", label="How", options=(("phone", "by phone"),), ticked=("phone",)),
)


def made(*pieces, paper=Paper.A4, form=Format.PDF):
    document = Document(
        kind=DocumentKind.NOTE,
        title="Case note",
        about=NAME,
        anchor="log 12 · 7F3A",
        made="Made on Thu 26 Nov 2026.",
        pieces=pieces,
    )
    return render(document, form, paper=paper)


@pytest.fixture(scope="module")
def hard():
    return made(*PIECES)


def test_every_page_says_whom_it_is_about_the_anchor_and_its_number(hard):
    pages = PdfReader(BytesIO(hard.data)).pages
    assert len(pages) > 4
    for number, page in enumerate(pages, start=1):
        text = page.extract_text()
        for told in (NAME, "log 12 · 7F3A", f"{number} of {len(pages)}"):
            assert told in text
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)


def test_every_word_is_there_and_no_name_in_the_properties(hard):
    reader = PdfReader(BytesIO(hard.data))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert text.count("housing") == 260
    for told in ("Ελλάδα, Київ", "“[/] did it”", "call office 11 · me", "x" * 60, "What happened?", "by phone"):
        assert told in text
    assert reader.metadata is not None
    assert "Nuñez" not in str(dict(reader.metadata))
    assert [mark["/Title"] for mark in reader.outline if isinstance(mark, dict)] == ["Guided note"]
    assert [mark["/Title"] for mark in reader.outline[1]] == ["Summary", "Agreed actions"]
    assert hard.undrawable == 0


def test_the_same_words_are_the_same_bytes_and_letter_is_another_page():
    document = (Paragraph(text="مرحبا بك في Berlin"), Paragraph(text="שלום"))
    one, other = made(*document), made(*document)
    assert one.data == other.data
    page = PdfReader(BytesIO(made(*document, paper=Paper.LETTER).data)).pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (612, 792)


def test_arabic_and_hebrew_are_drawn_joined_and_from_the_right(tmp_path):
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler is not here")
    file = tmp_path / "made.pdf"
    file.write_bytes(made(Paragraph(text="هذه فقرة وفيها café داخل السطر"), Paragraph(text="שלום עולם")).data)
    told = subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True).stdout.decode()
    bare = "".join(character for character in told if character not in "\u202a\u202b\u202c\u200e\u200f")
    for word in ("هذه", "فقرة", "café", "السطر", "שלום", "עולם"):
        assert word in bare


def test_what_no_font_draws_is_seen_and_counted(monkeypatch):
    monkeypatch.setattr(fonts, "_there", lambda: ())
    found = made(Paragraph(text="张伟 came 🧗 café\u0301 👩\u200d👧"))
    text = PdfReader(BytesIO(found.data)).pages[0].extract_text()
    assert found.undrawable == 5
    assert f"{fonts.MARK}{fonts.MARK} came [climber]" in text.replace("[person climbing]", "[climber]")
    assert "5 characters that no font here draws" in text


def test_a_font_of_the_system_draws_what_ours_lacks(monkeypatch):
    monkeypatch.setattr(fonts, "drawn_by_shipped", lambda: frozenset(range(0x20, 0x7F)))
    monkeypatch.setattr(fonts, "_there", lambda: (fonts.shipped_path(),))
    found = made(Paragraph(text="Київ"))
    assert found.undrawable == 0
    assert "Київ" in PdfReader(BytesIO(found.data)).pages[0].extract_text()


def test_a_password_closes_it_with_aes_256(hard):
    closed = PdfReader(BytesIO(with_password(hard.data, "grüner Apfel")))
    assert closed.trailer["/Encrypt"]["/R"] == 6
    assert not closed.decrypt("wrong")
    assert closed.decrypt("grüner Apfel")
    assert NAME in closed.pages[0].extract_text()
