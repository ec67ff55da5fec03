"""Names kept, shortened and found."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.names import clean_name, first_name, fold, initials, matches, short_name

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


FIELDS = {"name": "María Santos O’Brien", "ID": "PN-0042", "phone": "+1 (555) 010-7788", "birth year": "1990"}


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("mar", "name"), ("maria santos", "name"), ("san mar", "name"), ("obrien", "name"), ("o'br", "name"),
        ("marai", "name, close to what you typed"), ("mria", "name, close to what you typed"),
        ("marria", "name, close to what you typed"), ("maxia", "name, close to what you typed"),
        ("xaria", "name, close to what you typed"), ("pn-00", "ID"), ("0042", "ID"), ("15550107788", "phone"),
        ("555", "phone"), ("1990", "birth year"), ("maria 1990", "name and birth year"),
    ],
)  # fmt: skip
def test_found_and_why(query, why):
    found = matches(query, FIELDS)
    assert found is not None
    assert found.why == why


@pytest.mark.parametrize(
    "query", ["", " ", "...", "mxa", "maria jones", "mraai", "santso maira x", "1991", "0043", "zzzz"]
)
def test_not_found(query):
    assert matches(query, FIELDS) is None


def test_exact_beats_beginning_beats_close():
    scores = [matches(query, FIELDS).score for query in ("maria", "mari", "marja")]
    assert scores == sorted(set(scores), reverse=True)


def test_two_letter_names_match_by_their_beginning():
    assert matches("李明", {"name": "李明华"}).why == "name"
    assert matches("李", {"name": "李明"}).why == "name"
    assert matches("王", {"name": "李明"}) is None


LETTERS = st.text("abcdefgh", min_size=5, max_size=12)


@given(LETTERS, st.data())
def test_one_slip_is_forgiven(name, data):
    place = data.draw(st.integers(0, len(name) - 2))
    slips = [
        name[:place] + name[place + 1 :],
        name[:place] + name[place + 1] + name[place] + name[place + 2 :],
        name[:place] + "x" + name[place + 1 :],
        name[:place] + "x" + name[place:],
    ]
    assert matches(data.draw(st.sampled_from(slips)), {"name": name}) is not None


def _distance(one: str, other: str) -> int:
    rows = [[i + j if i * j == 0 else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            change = rows[i - 1][j - 1] + (one[i - 1] != other[j - 1])
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, change)
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


@given(st.text("abc", min_size=4, max_size=6), st.text("abc", min_size=1, max_size=8))
def test_close_means_one_slip_from_a_beginning(query, name):
    expected = min(_distance(query, name[:end]) for end in range(len(name) + 1)) <= 1
    assert (matches(query, {"name": name}) is not None) == expected


@given(st.text(max_size=40), st.text(max_size=40))
def test_looking_never_fails_and_finds_a_whole_name(query, name):
    matches(query, {"name": name})
    assume(any(character.isalnum() for character in fold(name)))
    assume(len(fold(name).split()) <= 8)
    assert matches(name, {"name": name}) is not None
