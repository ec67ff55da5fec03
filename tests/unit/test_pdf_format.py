"""A document as PDF, read back by programs that are not ours."""

from __future__ import annotations

import logging
import shutil
import subprocess
from io import BytesIO

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
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


def test_braces_and_tabs_stand_as_they_were_typed():
    text = PdfReader(BytesIO(made(Paragraph(text="{n} of {nb}\tnext")).data)).pages[0].extract_text()
    assert "{n} of {nb}    next" in text


def chinese(path):
    """A font with a square for one Chinese sign."""
    square = TTGlyphPen(None)
    square.moveTo((0, 0))
    for corner in ((0, 700), (700, 700), (700, 0)):
        square.lineTo(corner)
    square.closePath()
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder([".notdef", "sign"])
    made.setupCharacterMap({ord("你"): "sign"})
    made.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "sign": square.glyph()})
    made.setupHorizontalMetrics({".notdef": (500, 0), "sign": (1000, 0)})
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable({"familyName": "Square", "styleName": "Regular"})
    made.setupOS2()
    made.setupPost()
    made.save(path)
    return path


def test_a_line_that_begins_in_a_font_of_the_system_changes_no_other(monkeypatch, tmp_path):
    font = chinese(tmp_path / "square.ttf")
    monkeypatch.setattr(fonts, "_there", lambda: (font,))
    rows = (("你", "me"), ("你\nboth", "你"))
    words = Paragraph(text="你\ncafe\u0301, and\u00ad again")
    found = made(Table(heads=("What", "你"), rows=rows), words, Notice(text="你"), Paragraph(text="end"))
    text = PdfReader(BytesIO(found.data)).pages[0].extract_text()
    for told in ("What", "me", "both", "cafe\u0301, and", "again", "end", "1 of 1"):
        assert told in text
    assert text.count("你") == 6
    assert found.undrawable == 0


def test_the_libraries_say_nothing_on_the_terminal(hard):
    assert hard.data
    for library in ("fpdf.output", "fontTools.subset"):
        assert not logging.getLogger(library).isEnabledFor(logging.CRITICAL)


def test_a_heading_goes_with_what_it_stands_above():
    for lines in range(43, 50):
        pieces = [Paragraph(text="\n".join(["words"] * lines))]
        pieces += [Heading(level=2, text="Section"), Heading(level=3, text="Question"), Paragraph(text="Answer")]
        pages = [page.extract_text() for page in PdfReader(BytesIO(made(*pieces).data)).pages]
        (page,) = (page for page in pages if "Section" in page)
        assert "Question" in page
        assert "Answer" in page


def test_no_line_of_a_paragraph_stands_alone_on_a_page():
    split = 0
    for before in range(43, 50):
        filler = Paragraph(text="\n".join(["words"] * before))
        pages = PdfReader(BytesIO(made(filler, Paragraph(text="alpha " * 60)).data)).pages
        found = [page.extract_text().count("alpha") for page in pages]
        # A line takes about sixteen of them.
        assert all(count == 0 or count > 24 for count in found)
        split += found[0] > 0 and found[-1] > 0
    assert split


def test_a_table_tells_its_heads_on_every_page_and_short_columns_stay_in_one_line():
    rows = tuple((f"{SENTENCE}{number}", "me", "Tue 24 Nov 2026") for number in range(60))
    pages = PdfReader(BytesIO(made(Table(heads=("What", "Who", "By"), rows=rows)).data)).pages
    assert len(pages) > 1
    for page in pages:
        text = page.extract_text()
        assert "What" in text
        assert text.count("Tue 24 Nov 2026") == text.count("housing")


def test_it_says_its_language_and_shows_its_title_in_the_window(hard):
    root = PdfReader(BytesIO(hard.data)).root_object
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_a_password_closes_it_with_aes_256(hard):
    closed = PdfReader(BytesIO(with_password(hard.data, "grüner Apfel")))
    assert closed.trailer["/Encrypt"]["/R"] == 6
    assert not closed.decrypt("wrong")
    assert closed.decrypt("grüner Apfel")
    assert NAME in closed.pages[0].extract_text()
