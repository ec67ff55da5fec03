"""Names kept, shortened and found."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.names import clean_name, first_name, fold, initials, other_forms, short_name, words

NAMES = st.text(max_size=220)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Łukasz", "lukasz"), ("SØREN", "soren"), ("Đorđe", "dorde"), ("Strauß", "strauss"), ("Þór", "thor"),
        ("Ægir", "aegir"), ("Œuvre", "oeuvre"), ("Ilkay", "ilkay"), ("İlkay", "ilkay"), ("ılkay", "ilkay"),
        ("José  Ángel", "jose angel"), ("O’Brien", "o'brien"), ("Anne–Marie", "anne-marie"), ("Ａｎｎａ", "anna"),
        ("李\u3000明", "李 明"), ("が", "が"), ("김민", "김민"), ("e\u0301", "e"),
    ],
)  # fmt: skip
def test_folding(text, folded):
    assert fold(text) == folded


@given(NAMES)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("name", "short", "first", "letters"),
    [
        ("Maria Santos", "Maria S.", "Maria", "MS"), ("Maria de los Santos", "Maria S.", "Maria", "MDS"),
        ("Santos, Maria", "Maria S.", "Maria", "MS"), ("Sam Smith Jr.", "Sam S.", "Sam", "SS"),
        ("Cher", "Cher", "Cher", "C"), ("李明华", "李明华", "李明华", "李"), ("李 明", "李 明", "李 明", "李"),
        ("김민수", "김민수", "김민수", "김"), ("Maria 🌸", "Maria", "Maria", "M"), ("🌸", "🌸", "🌸", "🌸"),
        ("ángel ómez", "ángel Ó.", "ángel", "ÁÓ"), ("", "", "", ""), ("M" * 200, "M" * 23 + "…", "M" * 200, "M"),
        ("👩🏽\u200d🦱 Ana", "👩🏽\u200d🦱 A.", "👩🏽\u200d🦱", "A"),
    ],
)  # fmt: skip
def test_short_forms(name, short, first, letters):
    assert (short_name(name), first_name(name), initials(name)) == (short, first, letters)


@given(NAMES)
def test_short_names_are_short_and_single_line(name):
    assert len(short_name(name)) <= 24 + 15 or " " not in name.strip()
    assert "\n" not in short_name(name)
    assert len(initials(name)) <= 3 * 12


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  Maria \t Santos\n", "Maria Santos"), ("Ma\x00ria", "Maria"), ("\u202eMaria\u202c", "Maria"),
        ("e\u0301va", "éva"),
        ("\ufeffMaria\u200b", "Maria"), ("می\u200cخواهم", "می\u200cخواهم"), ("a" * 200, "a" * 200),
        ("Maria \x00 S", "Maria S"),
    ],
)  # fmt: skip
def test_cleaning(text, clean):
    assert clean_name(text) == clean


@pytest.mark.parametrize("text", ["", "  ", "\x00", "\u202e\u202c", "\u200d", "a" * 201, "a" * 10**6])
def test_names_that_are_none(text):
    with pytest.raises(InvalidInputError) as refusal:
        clean_name(text)
    assert refusal.value.field == "name"


@given(st.text(max_size=100))
def test_a_clean_name_stays_as_it_is_and_holds_no_controls(text):
    try:
        name = clean_name(text)
    except InvalidInputError:
        return
    assert clean_name(name) == name
    assert not any(unicodedata.category(character) in {"Cc", "Cs"} for character in name)
    name.encode()


@pytest.mark.parametrize(
    ("name", "found", "others"),
    [
        ("María O'Brien-Kim", ["maria", "obrien", "kim"], {"obrienkim", "obrien", "brien", "kim"}),
        ("Jürgen Müller", ["jurgen", "muller"], {"juergen", "mueller"}), ("Søren", ["soren"], {"soeren"}),
        ("李明华", ["李明华"], {"明华", "华"}), ("김민수", ["김민수"], {"민수", "수"}),
        ("Maria 🌸", ["maria", "🌸"], set()),
        ("J.P. O’Neil", ["jp", "oneil"], {"jp", "oneil", "neil", "jponeil"}),
        ("Ana de la Cruz", ["ana", "de", "la", "cruz"], {"anadelacruz", "delacruz", "lacruz"}),
        ("...", [], set()), ("", [], set()),
        ("O", ["o"], set()),
    ],
)  # fmt: skip
def test_the_words_of_a_name(name, found, others):
    assert words(name) == found
    assert set(other_forms(name)) == others


@given(NAMES)
def test_words_are_folded_and_have_no_spaces(name):
    for word in (*words(name), *other_forms(name)):
        assert word
        assert fold(word) == word
        assert " " not in word
