"""A document in formats with a markup: whatever was written means nothing but itself, and every word is read back."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from io import BytesIO
from unicodedata import normalize

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from peernote_tui.documents.note_document import BlockKind
from peernote_tui.documents.rendering import LAID_OUT, Format, render

NASTY = (
    "[/] *bold* _it_ `code` ~~no~~ | pipe | $x$",
    "1. not a list",
    "# no heading",
    "- no item",
    "<script>alert('x')</script> &amp; &lt;b&gt;",
    "\\par {curly} \\u8364? \\b",
    "=cmd|'/c calc'!A1",
    "Žofie Öztürk, Ελληνικά, Привет",
    "مرحبا بك في Berlin 2026 يا صديقي",
    "שלום עולם",
    "张伟 😀 👩\u200d👧",
    "cafe\u0301",
    "one\ntwo\nthree",
)


def document(*texts):
    pieces = [Notice(text=texts[0]), Heading(text="What is written"), Facts(rows=(("Label", texts[0]),))]
    for text in texts:
        pieces += [
            Paragraph(text=text),
            Paragraph(how=BlockKind.QUOTE, text=text),
            Paragraph(how=BlockKind.ITEM, text=text),
        ]
    pieces += [
        Table(heads=("What", "Who"), rows=tuple((text, "me") for text in texts)),
        PageBreak(),
        WritingLines(key="k", label=texts[-1], value=texts[-1], lines=2),
        WritingLines(key="k", label="Empty", hint="hint", lines=2),
        Boxes(key="b", label="How", options=(("p", texts[-1]), ("v", "video")), ticked=("p",)),
    ]
    return Document(
        kind=DocumentKind.NOTE, title="Case note", about="Žofie · M-1", anchor="log 1", pieces=tuple(pieces)
    )


def written(form, *texts, paper=Paper.A4):
    return render(document(*texts), form, paper=paper).data


def times(text, *texts):
    """How often a text is written: in notice and facts the first, in box, label and value the last."""
    return 4 + 2 * (text == texts[0]) + 3 * (text == texts[-1])


class Words(HTMLParser):
    def __init__(self):
        super().__init__()
        self.text, self.tags = [], set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)

    def handle_data(self, data):
        self.text.append(data)


def from_html(data):
    reader = Words()
    reader.feed(data.decode())
    assert "script" not in reader.tags
    return "\n".join(reader.text)


def from_docx(data):
    word = docx.Document(BytesIO(data))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])


TOKEN = re.compile(r"\\(?P<sign>[\\{}])|\\u(?P<unit>-?\d+)\\'3f|\\'95|\\(?P<word>[a-z*]+)-?\d* ?|[{}]|\r\n|(?P<text>.)")
ENDS = {"par": "\n", "cell": "\n", "row": "\n", "line": "\n", "tab": "\t"}


def from_rtf(data):
    """The text of a file, sixteen bits at a time, as its specification has it."""
    units = bytearray()
    for found in TOKEN.finditer(data.decode("ascii")):
        if found["unit"]:
            units += int(found["unit"]).to_bytes(2, "little", signed=True)
        else:
            units += (found["sign"] or found["text"] or ENDS.get(found["word"], "")).encode("utf-16-le")
    return units.decode("utf-16-le")


READERS = {Format.HTML: from_html, Format.DOCX: from_docx, Format.RTF: from_rtf}


@pytest.mark.parametrize("form", READERS)
def test_every_word_is_read_back_and_means_only_itself(form):
    text = READERS[form](written(form, *NASTY))
    for nasty in NASTY:
        # A word within a longer one is found there, too.
        assert text.count(nasty) >= times(nasty, *NASTY), nasty


@given(text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40))
@pytest.mark.parametrize("form", [Format.HTML, Format.RTF])
def test_any_text_is_read_back(form, text):
    assert READERS[form](written(form, f"({text})")).count(f"({text})") >= 8


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not here")
@pytest.mark.parametrize("form", [Format.MARKDOWN, Format.HTML, Format.DOCX, Format.RTF])
def test_pandoc_reads_every_word(form):
    source = {Format.MARKDOWN: "gfm"}.get(form, form.value)
    data = written(form, *NASTY)
    command = ["pandoc", "-f", source, "-t", "plain", "--wrap=none"]
    told = subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()
    bare = "".join(character for character in told if character not in "\u202a\u202b\u202c\u200e\u200f")
    for nasty in NASTY:
        if form is Format.RTF and max(nasty) > "\uffff":
            continue  # pandoc 2 reads no pair of sixteen bits from RTF; LibreOffice and Word do
        for line in nasty.split("\n"):
            assert normalize("NFC", line) in normalize("NFC", bare), (line, form)


def test_markdown_is_what_was_written():
    text = written(Format.MARKDOWN, *NASTY).decode()
    for told in (
        "\\[/\\] \\*bold\\*",
        "\\1. not a list",
        "\\# no heading",
        "\\- no item",
        "\\<script\\>",
        "one\\\ntwo",
    ):
        assert told in text


@pytest.mark.parametrize("form", LAID_OUT)
@pytest.mark.parametrize("paper", Paper)
def test_the_same_words_are_the_same_bytes(form, paper):
    assert written(form, *NASTY, paper=paper) == written(form, *NASTY, paper=paper)


def test_a_docx_has_headings_tables_of_two_columns_and_no_name_in_its_properties():
    word = docx.Document(BytesIO(written(Format.DOCX, *NASTY, paper=Paper.LETTER)))
    assert [p.text for p in word.paragraphs if p.style.name == "Heading 1"] == ["What is written"]
    assert len(word.tables[0].columns) == 2
    assert round(word.sections[0].page_width.mm) == 216
    told = word.core_properties
    assert (told.title, told.author, told.last_modified_by) == ("Case note", "PeerNote", "PeerNote")
    assert "Žofie" in word.sections[0].header.paragraphs[0].text


def test_a_new_page_of_a_docx_is_no_paragraph_of_its_own_which_could_fill_an_empty_page():
    pieces = (Paragraph(text="before"), PageBreak(), Heading(level=4, text="after"))
    made = Document(kind=DocumentKind.NOTE, title="Case note", pieces=pieces)
    paragraphs = docx.Document(BytesIO(render(made, Format.DOCX).data)).paragraphs
    told = [(each.text, each.style.name, bool(each.paragraph_format.page_break_before)) for each in paragraphs]
    assert told == [("before", "Normal", False), ("after", "Heading 4", True)]


def test_the_properties_of_tables_and_paragraphs_in_a_docx_stand_in_the_order_of_the_schema():
    pieces = (Notice(text="שלום"), Table(heads=("What", "Who"), rows=(("call", "me"),)), Facts(rows=(("a", "b"),)))
    made = Document(kind=DocumentKind.NOTE, title="Case note", language="es", pieces=pieces)
    word = docx.Document(BytesIO(render(made, Format.DOCX).data))
    for table in word.tables:
        told = [each.tag.partition("}")[2] for each in table._tbl.tblPr]
        order = ("tblStyle", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook")
        assert told == sorted(told, key=order.index)
    told = [each.tag.partition("}")[2] for each in word.paragraphs[0]._p.pPr]
    order = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "pBdr", "shd", "bidi", "spacing", "ind")
    assert told == sorted(told, key=order.index)
    assert {"pBdr", "shd", "bidi"} <= set(told)
    languages = {
        value for name, value in word.styles.element.xpath(".//w:lang")[0].attrib.items() if name.endswith("}val")
    }
    assert languages == {"es"}


def test_short_columns_take_what_they_need_and_long_ones_share_the_rest():
    table = Table(
        heads=("What", "Who", "By"), rows=(("call the housing office about the notice", "me", "Tue 24 Nov 2026"),)
    )
    what, who, by = table.shares
    assert what > 2 * by > 2 * who
    assert what + who + by == pytest.approx(1)
    assert Table(key="k", heads=("a long head of a column", "b"), rows=(("", ""),)).shares == (0.5, 0.5)


@pytest.mark.parametrize("form", LAID_OUT)
def test_who_looks_on_is_told_how_far_it_is_and_may_end_it_in_the_middle(form):
    pieces = tuple(Paragraph(text=f"line {number}") for number in range(40))
    long = Document(kind=DocumentKind.NOTE, title="Case note", pieces=pieces)
    told = []
    whole = render(long, form, watching=lambda done, total: told.append((done, total)))
    assert whole.data == render(long, form).data
    assert told[-1] == (40, 40)
    assert [done for done, _ in told[-40:]] == list(range(1, 41))

    def stop(done, total):
        told.append((done, total))
        if len(told) > 20:
            raise InterruptedError

    told.clear()
    with pytest.raises(InterruptedError):
        render(long, form, watching=stop)
    assert len(told) == 21


def test_a_page_of_html_is_one_file_that_prints_on_the_paper_it_is_for():
    text = written(
        Format.HTML, "https://example.org/a.png <img src='https://example.org/b.png'>", paper=Paper.LETTER
    ).decode()
    page = Words()
    page.feed(text)
    assert not page.tags & {"script", "img", "link", "iframe", "a", "form", "object"}
    assert "@import" not in text
    assert "url(" not in text
    assert "@page { size: letter" in text
    assert "@media print" in text
    assert "break-after: page" in text
