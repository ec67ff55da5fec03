"""Patterns mean what regular expressions mean, and end whatever they ask for."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.patterns import read_pattern

ATOMS = st.sampled_from(["a", "b", "0", ".", r"\d", r"\w", r"\s", "[ab]", "[^a]", "[a-c0-9]", r"\.", "-", "[]a]"])
PATTERNS = st.recursive(
    ATOMS,
    lambda part: st.one_of(
        st.builds("{}{}".format, part, part),
        st.builds("({}|{})".format, part, part),
        st.builds("(?:{}){}".format, part, st.sampled_from(["?", "*", "+", "{2}", "{1,3}", "{0,2}", "{2,}", "{0}"])),
    ),
    max_leaves=8,
)


@given(PATTERNS, st.text("ab0.- c\n", max_size=10))
def test_it_fits_what_a_regular_expression_fits(pattern, text):
    assert read_pattern(pattern).fits(text) is bool(re.fullmatch(pattern, text))


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|a)*b", "(a*)*b", "a*a*a*a*a*b", "(.*)(.*)(.*)(.*)x"])
def test_what_would_keep_another_matcher_busy_for_ever_ends(pattern):
    began = time.perf_counter()
    assert not read_pattern(pattern).fits("a" * 2_000)
    assert time.perf_counter() - began < 5


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text):
    try:
        pattern = read_pattern(text)
    except InvalidInputError:
        return
    pattern.fits("a0 ")


@pytest.mark.parametrize(
    "text",
    ["(", ")", "a)", "[a", "a{", "a{x}", "a{200}", "*a", "a**", "a{3,2}", r"\1", "(?=a)", "a$b", "[b-a]", "\\",
     "a" * 201,      "((((a{99}){99}){99}){99})"],
)  # fmt: skip
def test_what_it_does_not_know_is_refused(text):
    with pytest.raises(InvalidInputError):
        read_pattern(text)


@pytest.mark.parametrize(("text", "fits"), [("M-0042", True), ("m-0042", False), ("M-00421", False), ("M-٠٠٤٢", True)])
def test_beginning_and_end_are_those_of_the_text(text, fits):
    assert read_pattern(r"^[A-Z]-\d{4}$").fits(text) is fits
