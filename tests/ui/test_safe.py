"""User text becomes something shown without harm, and rows keep their widths."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.widgets import Label

from peernote_tui.ui import safe
from peernote_tui.ui.safe import Cell, Column

any_text = st.text(max_size=80)


@given(any_text)
def test_clean_text_holds_no_control_characters_and_no_overrides(text):
    for kept in (safe.clean(text), safe.clean(text, keep_lines=True).replace("\n", "")):
        assert not [c for c in kept if unicodedata.category(c) in {"Cc", "Cs"}]
        assert not set(kept) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@given(any_text)
def test_cleaning_twice_changes_nothing_more(text):
    assert safe.clean(safe.clean(text)) == safe.clean(text)


def test_ordinary_text_of_any_script_is_kept():
    for text in ("Tomás", "山田太郎", "مرحبا", "👨‍👩‍👧‍👦", "[/]", "a [bold]b"):
        assert safe.clean(text) == text


def test_line_breaks_become_spaces_unless_kept():
    assert safe.clean("a\r\nb\u2028c") == "a b c"
    assert safe.clean("a\r\nb\u2028c", keep_lines=True) == "a\nb\nc"


@given(any_text, st.integers(0, 40))
def test_shortened_text_never_exceeds_its_cells(text, cells):
    assert cell_len(safe.shorten(text, cells)) <= cells


@given(any_text, st.integers(1, 40), st.sampled_from(["left", "right"]))
def test_fitted_text_fills_its_cells_exactly(text, cells, align):
    assert cell_len(safe.fit(text, cells, align=align)) == cells


def test_shortening_ends_in_an_ellipsis_and_keeps_wide_characters_whole():
    assert safe.shorten("housing office", 8) == "housing…"
    assert safe.shorten("山田太郎", 5) == "山田…"
    assert safe.shorten("山田太郎", 4) == "山…"
    assert safe.shorten("short", 8) == "short"


def test_a_megabyte_is_shortened_by_its_beginning_only(nasty_texts):
    assert safe.shorten(nasty_texts["megabyte"], 12) == "word word w…"


columns = st.lists(
    st.builds(Column, cells=st.integers(0, 20), flex=st.integers(0, 3), gone_below=st.sampled_from([0, 0, 60])),
    min_size=1,
    max_size=6,
)


@given(columns, st.integers(1, 140))
def test_columns_and_gaps_never_exceed_the_row(cols, total):
    widths = safe.column_widths(cols, total)
    shown = [cells for cells in widths if cells]
    assert all(cells >= 0 for cells in widths)
    assert sum(shown) + 2 * max(0, len(shown) - 1) <= total


@given(st.lists(any_text, max_size=3), st.integers(20, 90))
def test_a_row_is_never_wider_than_its_room(texts, total):
    row = safe.row(texts, [Column(6), Column(8, flex=1), Column(5, gone_below=40)], total)
    assert "\n" not in row.plain
    assert row.cell_length <= total


def test_columns_stand_under_each_other_whatever_is_in_them():
    cols = [Column(10), Column(4)]
    rows = [
        safe.row([Cell(text, "bold"), "end"], cols, 30).plain
        for text in ("Maria", "山田太郎です", "Family 👨‍👩‍👧‍👦", "[/]")
    ]
    assert {cell_len(row[: row.index("end")]) for row in rows} == {12}


def test_a_column_that_is_gone_below_a_width_leaves_its_room():
    cols = [Column(10, flex=1), Column(8, gone_below=60)]
    assert safe.column_widths(cols, 50) == [50, 0]
    assert safe.column_widths(cols, 80) == [70, 8]


@pytest.mark.parametrize("name", ["closing tag", "bold tag", "half tag", "family", "arabic", "override", "nul", "cjk"])
async def test_nasty_text_is_shown_as_it_is(name, nasty_texts, house_app, run, read_screen):
    app = house_app(Label(safe.content(nasty_texts[name]), markup=False))
    async with run(app):
        seen = read_screen(app)
    if "tag" in name:
        assert nasty_texts[name] in seen
    assert "\x1b" not in seen
    assert "\u202e" not in seen
