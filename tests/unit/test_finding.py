"""Looking somebody up, without a vault: what must hold of every query and every name."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peernote_tui.domain.base import NAME
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.finding.asking import BirthDay, Number, Word, parts_of
from peernote_tui.domain.finding.index import PeopleIndex
from peernote_tui.domain.finding.looking import look
from peernote_tui.domain.finding.person import Around, Sought
from peernote_tui.domain.names import clean_name, fold, words

TODAY = date(2026, 11, 26)
NAMED = (
    "Maria Santos", "Mario Sanchez", "Marisol Delgado", "Anna Kim", "Hannah Kim", "Shawn O'Brien", "Kathryn Meier",
    "Muhammad al-Rashid", "李明华", "김민수", "Łukasz Wójcik", "José Hernández", "Jürgen Müller", "🌸", "O",
    "Mary-Ann Lee", "Juan de la Cruz", "Siobhán Ní Bhriain", "Nguyễn Thị Hương", "محمد الخطيب", "Björk",
    "Светлана Юрьева", "Γιώργος Παπαδόπουλος",
)  # fmt: skip


def index_of(*names):
    index = PeopleIndex()
    for number, name in enumerate(names):
        index.put(Sought(str(number), (name,), touched=f"{number:03d}"))
    return index


@pytest.fixture(scope="module")
def index():
    return index_of(*NAMED)


def first(index, query, **asked):
    found = look(index, query, today=TODAY, **asked).people
    return NAMED[int(found[0][0])] if found else None


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("sean obrian", "Shawn O'Brien"), ("kathryn maier", "Kathryn Meier"), ("catherine mayer", "Kathryn Meier"),
        ("mohamed rasheed", "Muhammad al-Rashid"), ("mohammed", "Muhammad al-Rashid"),
        ("明华", "李明华"), ("华", "李明华"),
        ("李明", "李明华"), ("민수", "김민수"), ("lukas woycik", "Łukasz Wójcik"), ("pepe hernandez", "José Hernández"),
        ("mueller", "Jürgen Müller"), ("juergen", "Jürgen Müller"), ("mariasantos", "Maria Santos"),
        ("mari a santos", "Maria Santos"), ("santos, maria", "Maria Santos"), ("snatos maira", "Maria Santos"),
        ("mraiasantos", "Maria Santos"), ("maryann", "Mary-Ann Lee"), ("delacruz", "Juan de la Cruz"),
        ("juan dela cruz", "Juan de la Cruz"), ("shivaun", "Siobhán Ní Bhriain"),
        ("nguyen huong", "Nguyễn Thị Hương"),
        ("🌸", "🌸"), ("o", "O"), ("محمد", "محمد الخطيب"), ("bjoerk", "Björk"), ("cathr", "Kathryn Meier"),
        ("hern", "José Hernández"), ("hernadn", "José Hernández"), ("m d", "Marisol Delgado"),
        ("md", "Marisol Delgado"),
        ("svetlana yurieva", "Светлана Юрьева"), ("светлана", "Светлана Юрьева"), ("giorgos", "Γιώργος Παπαδόπουλος"),
        ("5hawn", "Shawn O'Brien"), ("hana kim", "Hannah Kim"),
    ],
)  # fmt: skip
def test_the_right_one_first(index, query, name):
    assert first(index, query) == name


@pytest.mark.parametrize("name", NAMED)
def test_every_name_finds_itself_first_also_in_another_order_and_without_accents(index, name):
    assert first(index, name) == name
    assert first(index, fold(name)) == name
    assert first(index, " ".join(reversed(words(name)))) == name


NAMES = st.text(min_size=1, max_size=24) | st.text("abcehimnors '-ßüøł李明🌸9", min_size=1, max_size=20)
QUERIES = st.text(max_size=210) | st.text("abehimnors '-ß李🌸0159/.", max_size=60)


def _kept(names):
    kept = []
    for name in names:
        try:
            kept.append(clean_name(name))
        except InvalidInputError:
            continue
    return kept


@given(st.lists(NAMES, min_size=1, max_size=8), st.data())
def test_whoever_has_exactly_this_name_comes_first(names, data):
    kept = [name for name in _kept(names) if words(name)]
    if not kept:
        return
    name = data.draw(st.sampled_from(kept))
    found = look(index_of(*kept), name, today=TODAY).people
    assert found
    assert fold(kept[int(found[0][0])]) == fold(name)


@given(st.lists(NAMES, max_size=6), QUERIES, st.booleans())
def test_no_query_raises_and_what_is_found_is_there_once(names, query, around):
    index = index_of(*_kept(names))
    found = look(index, query, today=TODAY, around=around, limit=4)
    ids = [who for who, _ in found.people]
    assert len(ids) == len(set(ids)) == min(found.total, 4)
    assert all(who in index and why for who, why in found.people)


@given(st.lists(NAMES, min_size=1, max_size=6))
@settings(max_examples=50)
def test_an_index_from_which_everybody_was_taken_keeps_nothing(names):
    index = index_of(*_kept(names))
    for number in range(len(names)):
        index.remove(str(number))
    assert len(index) == 0
    tables = (index._words, index._pairs, index._frames, index._wholes, index._initials, index._short_ids)
    assert not any(tables)
    assert not any(index._texts)
    assert not any(index.people)


@given(st.lists(NAMES, min_size=2, max_size=6), QUERIES)
@settings(max_examples=50)
def test_an_index_that_was_changed_answers_as_a_new_one(names, query):
    kept = _kept(names)
    changed = index_of(*reversed(kept))
    for number, name in enumerate(kept):
        changed.put(Sought(str(number), (name,), touched=f"{number:03d}"))
    assert look(changed, query, today=TODAY) == look(index_of(*kept), query, today=TODAY)


SECOND_OF_MAY = BirthDay(frozenset({"1990-05-02"}))
EITHER_ORDER = BirthDay(frozenset({"1990-05-02", "1990-02-05"}))


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("2 may 1990", [SECOND_OF_MAY]), ("may 2, 1990", [SECOND_OF_MAY]), ("02/05/1990", [EITHER_ORDER]),
        ("2.5.90", [EITHER_ORDER]), ("1990-05-02", [SECOND_OF_MAY]),
        ("29/02/28", [BirthDay(frozenset({"1928-02-29"}))]),
        ("(555) 010 7788", [Number("5550107788", "5550107788", None)]), ("maria", [Word(("maria",), last=True)]),
        ("maria ", [Word(("maria",), last=False)]), ("müller", [Word(("muller", "mueller"), last=True)]),
        ("", []), ("..", []),
    ],
)  # fmt: skip
def test_what_is_asked_for(query, parts):
    found = list(parts_of(query, today=TODAY))
    assert [part for part in found if not isinstance(part, Number)] == [
        part for part in parts if not isinstance(part, Number)
    ]
    assert len(found) == len(parts)


def test_a_year_and_a_number_are_told_from_names():
    word, year, number = parts_of("maria 1990 m-0042", today=TODAY)
    assert isinstance(word, Word)
    assert (year.year, number.year, number.text) == ("1990", "", "m0042")


def test_of_two_with_the_same_words_the_one_written_about_last(index):
    twins = index_of("Ana Lima", "Ana Lima", "Ana Lima")
    twins.put(Sought("1", ("Ana Lima",), touched="999"))
    assert [who for who, _ in look(twins, "ana lima", today=TODAY).people] == ["1", "2", "0"]


def test_only_those_who_come_into_question():
    index = index_of("Ana Lima", "Ana Limas", "Ana Limon")
    index.put(Sought("2", ("Ana Limon",), archived=True))
    assert {who for who, _ in look(index, "ana", today=TODAY).people} == {"0", "1"}
    assert look(index, "ana", today=TODAY, archived=True).total == 3
    assert look(index, "ana", today=TODAY, archived=True, among=("2", "1")).total == 2
    assert look(index, "ana", today=TODAY, among=("2",)).total == 0


def test_somebody_around_says_less_than_a_name_of_ones_own():
    index = index_of("Zoe Hart")
    index.put(Sought("1", ("Maria Santos",), around=(Around("Zoe Hart", "sister"), Around("Ann"))))
    assert look(index, "zoe hart", today=TODAY).total == 1
    found = look(index, "zoe hart", today=TODAY, around=True).people
    assert found == (("0", "name"), ("1", "person around them: sister"))
    assert look(index, "ann", today=TODAY, around=True).people == (("1", "person around them"),)


def test_long_queries_take_a_bounded_time():
    index = index_of(*(f"{name} {other}" for name in NAMED for other in NAMED))
    worst = [
        "x" * NAME,
        "ab" * 100,
        "maria " * 33,
        " ".join("abcdefgh"),
        "santosmaria" * 18,
        "1990 " * 40,
        "müller" * 33,
    ]
    for query in worst:
        began = time.process_time()
        look(index, query, today=TODAY, around=True)
        assert time.process_time() - began < 1


@pytest.mark.parametrize("digits", [1, 13, 400])
def test_a_number_of_any_length_finds_nobody_or_somebody(index, digits):
    assert look(index, "7" * digits, today=TODAY).total == 0
