"""How long a text is, in every script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.domain.length import ENOUGH_LINES, count_words, length


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("  \n\n ", 0),
        ("She didn't call—the well-known office.", 6),
        ("one/two … three – 4", 4),
        ("“Slowly,” she said.", 3),
        ("我们一起读信。", 6),
        ("メモを書く then rest", 7),
        ("안녕하세요 여러분", 2),
        ("مرحبا بالعالم", 2),
        ("हिन्दी में", 2),
        ("👍 👨‍👩‍👧‍👦 ok 🎉!", 1),
        ("... -- !!", 0),
        ("Z̷͑a̴͌l̷g̶o Tomás", 2),
    ],
)
def test_words_are_counted(text, words):
    assert count_words(text) == words


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 0),
        ("a", 1),
        ("a\n\nb\n", 2),
        ("x" * 80, 1),
        ("x" * 81, 2),
        ("家" * 40, 1),
        ("家" * 41, 2),
        ("e\u0301" * 80, 1),
        ("👨\u200d👩\u200d👧" * 13, 1),
    ],
)
def test_lines_are_those_of_a_page_whatever_the_window(text, lines):
    assert length(text).lines == lines


def test_more_than_ten_lines_are_long():
    assert not length("x\n" * ENOUGH_LINES).is_long
    assert length("x\n" * (ENOUGH_LINES + 1)).is_long


@given(st.text(max_size=200), st.text(max_size=200))
def test_two_paragraphs_are_as_long_as_both(one, other):
    both = length(f"{one}\n{other}")
    assert (both.words, both.lines) == (
        length(one).words + length(other).words,
        length(one).lines + length(other).lines,
    )
