"""The recovery sheet: one page that a person reads on paper, in text and as PDF."""

import re
import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peernote_tui.documents.recovery_sheet import RecoverySheet, plain_sheet
from peernote_tui.documents.recovery_sheet_pdf import pdf_sheet

CODE = "7F3A-91C2-K0QV-ZZ8Y-M4TD-2H6R-PW5N"
SHEET = RecoverySheet(
    vault_id="4f1c2a9e-7c1b-4b7e-9d54-0d3a1f6b2c11", place="/home/sam/vault.peernote", day=date(2026, 11, 23), code=CODE
)


def pages(data):
    return len(re.findall(rb"/Type /Page\b(?!s)", data))


def test_the_text_holds_everything_and_fits_a_terminal():
    text = plain_sheet(SHEET)
    assert CODE.replace("-", " - ") in text
    for word in (SHEET.vault_id, SHEET.place, "23 November 2026", "age -d keys/recovery.age", "Nobody else"):
        assert word in text
    assert max(map(len, text.splitlines())) <= 78
    assert "An organisation can open" in plain_sheet(SHEET.model_copy(update={"organisation": True}))


def test_without_a_code_there_is_a_box_for_it():
    text = plain_sheet(SHEET.model_copy(update={"code": ""}))
    assert "____ - ____ - ____ - ____ - ____ - ____ - ____" in text
    assert "by hand" in text
    empty = pdf_sheet(SHEET.model_copy(update={"code": ""}))
    assert empty.count(b" re S") == 7
    assert b"7F3A" not in empty


def test_the_pdf_is_one_page_with_every_group_of_the_code():
    data = pdf_sheet(SHEET)
    assert data.startswith(b"%PDF-")
    assert pages(data) == 1
    assert all(f"({group})".encode() in data for group in CODE.split("-"))
    assert b"(age -d keys/recovery.age)" in data
    assert data == pdf_sheet(SHEET)


@pytest.mark.parametrize(
    "place", ["/home/山田/ünï/vault.peernote", "/x" * 2000, "C:\\Users\\Zoë (work)\\vault", "/a\tb\x1b"]
)
def test_a_path_that_the_font_lacks_or_that_is_long_keeps_one_page(place):
    data = pdf_sheet(SHEET.model_copy(update={"place": place}))
    assert pages(data) == 1
    assert b"\x1b" not in data


@settings(max_examples=12)
@given(st.text(max_size=400))
def test_any_path_makes_one_page(place):
    assert pages(pdf_sheet(SHEET.model_copy(update={"place": place}))) == 1
    assert plain_sheet(SHEET.model_copy(update={"place": place})).endswith("\n")


def test_nothing_that_makes_pdf_is_imported_before_it_is_needed():
    program = "import sys, peernote_tui.services.recovery_sheet, peernote_tui.documents.recovery_sheet_pdf; "
    program += "print('fpdf' in sys.modules or 'PIL' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "False\n"
    )
