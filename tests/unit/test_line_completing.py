"""What is offered while a line is typed, and that it never changes what stands there."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.domain.action_line import LineWords, complete_line, needs_words

TODAY = date(2026, 11, 26)  # a Thursday
WORDS = LineWords(
    tags=("housing", "health", "food bank", "3", 'a"b'), owners=("Anna", "Aunt Anna", "Maria", "Meret", "9")
)


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("call @", "me"),
        ("call @b", "oth"),
        ("call @m", "e"),
        ("call @mA", "ria"),
        ("call @me", "ret"),
        ("call @t", "hem"),
        ("call @an", "na"),
        ("call @au", ""),
        ('call @"au', 'nt Anna"'),
        ('call @"aunt a', 'nna"'),
        ('call @"', 'me"'),
        ("call @9", ""),
        ("call a@m", ""),
        ("call @me ", ""),
        ("call #", "housing"),
        ("call #he", "alth"),
        ("call #f", ""),
        ('call #"f', 'ood bank"'),
        ("call #3", ""),
        ("call c#h", ""),
        ("call tom", "orrow"),
        ("call to", ""),
        ("call fri", "day"),
        ("call Frid", "ay"),
        ("call sun", "day"),
        ("call every", " day"),
        ("call every f", "riday"),
        ("call every t", "uesday"),
        ("call every th", "ursday"),
        ("call every other t", "uesday"),
        ("call every last f", "riday of the month"),
        ("call every friday until j", "anuary"),
        ("call every friday until ju", "ne"),
        ("call every d", "ay"),
        ("call every do", ""),
        ("call every document", ""),
        ("call every ", ""),
        ("call mont", "hly"),
        ("call week", "ly"),
        ("call every week", ""),
        ("call every other week", ""),
        ("call every month", ""),
        ("call end of month", ""),
        ("call next m", "onday"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_what_is_offered(line, rest):
    assert complete_line(line, words=WORDS, today=TODAY, participant="Maria") == rest


@given(st.text(alphabet='ab @#"everymondayf ', max_size=20))
def test_without_words_used_before_only_the_fixed_ones_are_offered(line):
    rest = complete_line(line, words=LineWords(), today=TODAY)
    assert rest == "" or not needs_words(line) or "@" in line
