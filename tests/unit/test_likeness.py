"""How alike names are: by sound, by slips, by short forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.domain.names import alike, sound_keys, words
from peernote_tui.domain.names.slips import Pattern, slips

NAMES = st.text(max_size=60) | st.text("abcdehimnorst '-ßüøł李明🌸", max_size=24)
LETTERS = st.text("abcdeh", max_size=9)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Shawn", "Sean"), ("Catherine", "Kathryn"), ("Muhammad", "Mohamed"), ("Schmidt", "Smitt"),
        ("Stephen", "Steven"), ("Siobhan", "Shivaun"), ("Jorge", "Horhe"), ("Meyer", "Maier"), ("Philip", "Filip"),
        ("Anna", "Hannah"), ("Jusuf", "Youssef"), ("Hussein", "Husayn"), ("Nowák", "Novak"), ("Leigh", "Lee"),
        ("Guillermo", "Giyermo"), ("Khaled", "Halid"), ("Johann", "Yohan"), ("Wagner", "Vagner"), ("Valdez", "Baldes"),
        ("Geoffrey", "Jeffery"), ("Aïsha", "Ayesha"), ("Dvořák", "Dworak"), ("Kowalczyk", "Kovalchik"),
    ],
)  # fmt: skip
def test_names_that_sound_alike(one, other):
    likeness = alike(one, other)
    assert likeness.degree >= 0.75
    assert likeness.way in ("sounds alike", "short form")
    assert likeness.degree < 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Bob", "Robert"), ("Kate", "Katherine"), ("Pepe", "José"), ("Sasha", "Alexander"), ("Paco", "Francisco"),
     ("Misha", "Mikhail"), ("Peggy", "Margaret"), ("Memo Ortiz", "Guillermo Ortiz")],
)  # fmt: skip
def test_short_forms(one, other):
    likeness = alike(one, other)
    assert (likeness.way, likeness.degree > 0.75) == ("short form", True)


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("Maria Santos", "santos  MARÍA", 1, 1), ("Müller", "Mueller", 1, 1), ("Søren", "Soeren", 1, 1),
        ("Maria Santos", "Mraia Sanots", 0.8, 0.95), ("Ann Marie Lee", "Annmarie Lee", 0.95, 0.99),
        ("Maria Santos", "Maria de los Santos", 0.75, 0.95), ("Maria Santos", "Maria Jones", 0.4, 0.8),
        ("Maria Santos", "Devon Kim", 0, 0.3), ("李明", "王芳", 0, 0.1), ("Bobby", "Robert", 0.7, 0.95),
        ("", "Bo", 0, 0),
    ],
)  # fmt: skip
def test_how_alike(one, other, least, most):
    assert least <= alike(one, other).degree <= most


@given(NAMES, NAMES)
def test_it_is_the_same_both_ways_round_and_never_out_of_bounds(one, other):
    assert alike(one, other) == alike(other, one)
    assert 0 <= alike(one, other).degree <= 1


@given(NAMES)
def test_a_name_is_most_like_itself(name):
    assert alike(name, name).degree == 1
    assert alike(name, name.upper().lower()).degree <= 1


@given(st.text(max_size=40))
def test_every_word_has_frames_or_none_and_says_them_again(text):
    for word in words(text):
        assert sound_keys(word) == sound_keys(word)
        assert all(key.isascii() for key in sound_keys(word))


def _distance(one, other):
    rows = [[i + j if i * j == 0 else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            change = rows[i - 1][j - 1] + (one[i - 1] != other[j - 1])
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, change)
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1]


@given(LETTERS, LETTERS)
def test_the_quick_way_counts_as_the_textbook_does(one, other):
    row = _distance(one, other)
    assert Pattern(one).distances(other) == (row[-1], min(row))


@given(LETTERS, LETTERS)
def test_a_weighted_slip_never_costs_more_than_a_plain_one_and_a_little_for_the_first_letter(one, other):
    plain = _distance(one, other)[-1]
    cost = slips(one, other)
    assert (cost == 0) == (one == other)
    assert cost <= plain * 1.25
    assert slips(one, other, begins=True) <= cost
