"""What is written stays what it is in a table, however long and odd it is."""

from __future__ import annotations

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from peernote_tui.documents.mail_draft import is_address
from peernote_tui.documents.note_sheet import LONGEST_CELL, notice_rows, within_cells
from peernote_tui.documents.people.csv_table import undefused
from peernote_tui.documents.sheet import Sheet, book_bytes, csv_bytes
from peernote_tui.documents.workbook import cell_text
from peernote_tui.documents.workbook_library import openpyxl
from peernote_tui.domain.base import clean_text

texts = st.text(max_size=30).map(clean_text)


@settings(max_examples=25)
@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=4))
def test_text_survives_a_workbook_and_a_csv(rows):
    table = [("A", "B"), *((f"r{one}", other) for one, other in rows)]
    sheets = [Sheet("One", [("x",)]), Sheet("Two", table)]
    data = book_bytes(sheets)
    assert book_bytes(sheets) == data
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [tuple(cell_text(cell) for cell in row) for row in book["Two"].iter_rows()]
    assert cells[1:] == [tuple(cell.strip() for cell in row) for row in table[1:]]
    read = list(csv.reader(io.StringIO(csv_bytes(table).decode("utf-8-sig"), newline="")))
    assert [tuple(undefused(cell) for cell in row) for row in read] == table


@settings(max_examples=40)
@given(st.lists(st.integers(0, 3 * LONGEST_CELL), min_size=1, max_size=3))
def test_a_long_text_goes_on_in_the_next_columns(lengths):
    rows = [("N", "Text", "Z"), *((number, "y" * length, "z") for number, length in enumerate(lengths))]
    heads, *others = within_cells(rows)
    assert len(set(heads)) == len(heads)
    for row, length in zip(others, lengths, strict=True):
        assert "".join(row[1:-1]) == "y" * length
        assert all(len(cell) <= LONGEST_CELL for cell in row[1:])
        assert len(row) == len(heads)


def test_a_notice_is_one_line_that_begins_with_a_mark():
    assert notice_rows(["one\ntwo", "three"]) == [("# one two",), ("# three",)]


def test_only_a_plain_address_is_one():
    assert is_address("a.b+c@clinic.example.org")
    for text in ("", "12 Elm St", "a@b", "Ann <a@b.org>", "a@b.org, c@d.org", "a@b.org\nBcc: x@y.org", "ä@b.org"):
        assert not is_address(text)
