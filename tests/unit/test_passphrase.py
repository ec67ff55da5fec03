"""The passphrase rule, generated phrases and the estimate."""

import math
import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.vault import passphrase


def test_the_word_list_is_fit_for_phrases():
    words = passphrase.word_list()
    assert len(words) >= 2048
    assert len(set(words)) == len(words)
    assert list(words) == sorted(words)
    assert all(re.fullmatch(r"[a-z]{3,8}", word) for word in words)


def test_no_word_begins_another():
    words = sorted(passphrase.word_list())
    assert not [pair for pair in pairwise(words) if pair[1].startswith(pair[0])]


def test_a_generated_phrase_is_six_words_that_pass_and_are_strong():
    known = set(passphrase.word_list())
    made = {passphrase.generate_phrase() for _ in range(100)}
    assert len(made) == 100
    for phrase in made:
        assert len(phrase.split(" ")) == 6
        assert set(phrase.split(" ")) <= known
        assert passphrase.check(phrase) == phrase
        assert passphrase.estimate(phrase).level == 4


def test_length_is_counted_after_composition():
    decomposed = unicodedata.normalize("NFD", "é" * 14)
    assert len(decomposed) == 28
    with pytest.raises(InvalidInputError, match="14 characters"):
        passphrase.check(decomposed)
    assert passphrase.check(decomposed + "x") == "é" * 14 + "x"


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_both_spellings_of_a_text_become_one(text):
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert passphrase.normalise(composed) == passphrase.normalise(decomposed)


@pytest.mark.parametrize("typed", ["", " " * 20, "\u00a0" * 20, "fourteen chars", "half \ud800 a character"])
def test_what_cannot_be_used_is_refused_with_a_way_out(typed):
    with pytest.raises(InvalidInputError) as refusal:
        passphrase.check(typed)
    assert refusal.value.field == "passphrase"
    assert refusal.value.way_out
    assert not typed.strip() or typed not in str(refusal.value)


def test_any_characters_are_allowed_and_none_are_taken_away():
    typed = "  Ärger\tmit 🦊 und <tab> "
    assert passphrase.check(typed) == typed


@pytest.mark.parametrize(
    ("typed", "most"),
    [
        ("", 0),
        ("aaaaaaaaaaaaaaaaaaaa", 0),
        ("abcdefghijklmnopqrstuvwxyz", 0),
        ("qwertyuiopasdfghjkl", 0),
        ("passwordpasswordpassword", 0),
        ("123456789012345", 0),
        ("abcabcabcabcabcabc", 0),
        ("Password1234567", 1),
        ("secretnotesecretnote", 1),
    ],
)
def test_what_a_thief_tries_first_is_called_weak(typed, most):
    assert passphrase.estimate(typed).level <= most


@pytest.mark.parametrize(
    "typed",
    [
        "the cat sat on the mat every day",
        "Ilovemydogrover2019",
        "my daughter was born in june",
        "Summer in Boston 2024",
    ],
)
def test_what_a_person_would_say_is_not_called_out_of_reach(typed):
    assert passphrase.estimate(typed).level <= 3


def test_no_word_of_a_generated_phrase_is_counted_as_a_common_one():
    counted = passphrase._known_words()
    assert {counted[word] for word in passphrase.word_list()} == {math.log2(len(passphrase.word_list()))}


def test_random_characters_are_called_strong():
    assert passphrase.estimate("x7#Kq!9vTz$2mWpL").level == 4


def test_levels_follow_the_number_of_random_words():
    words = ["walnut", "harbor", "violin", "glacier", "pepper", "ribbon"]
    levels = [passphrase.estimate(" ".join(words[:count])).level for count in range(1, 7)]
    assert levels == sorted(levels)
    assert levels[0] == 0
    assert levels[-1] == 4


@given(st.text(max_size=60))
def test_every_text_has_an_estimate_in_words(text):
    strength = passphrase.estimate(text)
    assert 0 <= strength.level <= 4
    assert ": " in strength.words


@given(st.text(alphabet="abcdefgh xyz019", min_size=1, max_size=12), st.integers(2, 4))
def test_repeating_a_text_hardly_helps(text, times):
    assert passphrase.estimate(text * times).level <= passphrase.estimate(text).level + 1
