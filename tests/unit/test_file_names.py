"""Names of files that every system takes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.domain.file_names import name_fault, proposed_name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "a:b.pdf",
        "what?.pdf",
        "a/b",
        "a\\b",
        'say "no".txt',
        "tab\t.txt",
        "CON",
        "con.pdf",
        "Lpt1 .txt",
        "com¹.pdf",
        "CONOUT$",
        "note\u202efdp.exe",
        "note\u2066.pdf",
        "no\u200bte.pdf",
        "\x9bnote.pdf",
        "end.",
        "end ",
    ],
)
def test_what_windows_refuses_is_told(name):
    assert name_fault(name)


@pytest.mark.parametrize(
    "name", ["note-2026-11-23.pdf", "Überblick.docx", "записка.txt", "console.pdf", ".hidden", "山"]
)
def test_other_names_are_taken(name):
    assert name_fault(name) == ""


@given(st.characters(), st.integers(201, 300))
def test_a_name_is_never_too_long_for_a_file_system(character, length):
    assert name_fault(character * length)


@given(st.sampled_from(["note", "notes", "record"]), st.dates(date(1900, 1, 1)), st.integers(1, 99))
def test_what_is_proposed_can_be_a_name(kind, day, number):
    assert name_fault(proposed_name(kind, day, ".pdf.age", number)) == ""
