"""Where lines end in a PDF, and which of them can be drawn alone."""

from __future__ import annotations

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from peernote_tui.documents.formats.pdf_lines import broken, is_plain, stand_alone

LETTERS = st.text("ab Ü\u0301\u200d.,-“”張ー。「א م", max_size=80)
ARABIC = "قالت إنها في"


def wide(text):
    """A unit a letter; accents take none."""
    return float(sum(not unicodedata.combining(letter) for letter in text))


@given(LETTERS, st.integers(1, 30))
@example("a" * 1200, 7)
@example("  a" + " " * 50 + "b", 5)
def test_nothing_is_lost_and_no_line_is_too_wide(text, width):
    lines = broken(text, width, wide)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        fits = wide(line) <= width
        # A sign that takes its accents or its closing bracket along may be wider than a line of one or two.
        assert (
            fits or len(line) <= 1 or all(unicodedata.category(sign)[0] == "M" or sign == "\u200d" for sign in line[1:])
        )


def test_a_line_ends_at_its_last_space_and_the_rest_stands_as_it_was_typed():
    assert broken("  one two  three", 9, wide) == ["  one two", "three"]
    assert broken("one  two", 20, wide) == ["one  two"]
    assert broken("", 9, wide) == [""]
    assert broken("5\u00a0mg daily", 6, wide) == ["5\u00a0mg", "daily"]


def test_a_long_word_is_cut_before_a_letter_and_never_before_its_accent():
    assert broken("e\u0301" * 5, 2, wide) == ["e\u0301e\u0301", "e\u0301e\u0301", "e\u0301"]


def test_chinese_and_japanese_break_between_signs_but_not_before_a_full_stop():
    assert broken("住房办公室很远。好", 7, wide) == ["住房办公室很", "远。好"]


def test_what_needs_shaping_is_not_plain():
    assert is_plain("Žofie’s café, Київ, Ελλάδα, Đặng, 住房, 한국, “x” → ½ €")
    for text in (ARABIC, "שלום", "cafe\u0301", "a\u200db", "हिन्दी", "soft\u00adhyphen", "a\u200fb"):
        assert not is_plain(text)


def test_a_line_needs_the_others_where_they_say_which_way_its_ends_go():
    safe = [f"{ARABIC} abc", f"def {ARABIC}"]
    assert stand_alone(safe, " ".join(safe), right=True)
    # The comma belongs to the Latin words around it; alone it would stand at their left.
    torn = [f"{ARABIC} abc,", f"def {ARABIC}"]
    assert not stand_alone(torn, " ".join(torn), right=True)
    assert stand_alone(["abc,", "def"], "abc, def", right=False)
    assert not stand_alone(["soft\u00ad", "hyphen"], "soft\u00adhyphen", right=False)
