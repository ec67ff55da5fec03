"""How much of a name is seen, and what tells two people of one name apart."""

from hypothesis import assume, given
from hypothesis import strategies as st

from peernote_tui.domain.names import (
    Called,
    NameTier,
    called_alike,
    fold,
    short_id,
    shown_first_name,
    shown_name,
    telling_number,
    ways_apart,
)
from peernote_tui.ui import naming, safe

MARIA = Called("0190-aaaa-3f2a", "Maria Santos", "she/her", "M-0042", "1991")
NOBODY = Called("0190-aaaa-77c1", "Maria Santos")
words = st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=40)
names = st.text(st.characters(categories=["L"]), min_size=4, max_size=12)


def test_each_tier_shows_less_and_after_the_last_comes_the_first():
    assert [shown_name(MARIA, tier) for tier in NameTier] == ["Maria Santos", "Maria S.", "MS", "M-0042"]
    assert NameTier.FULL.next.next.next.next is NameTier.FULL
    assert shown_name(NOBODY, NameTier.ID) == "MS …77c1"


def test_the_id_outlasts_what_else_tells_people_apart():
    assert ways_apart(MARIA, NameTier.FULL) == (("she/her", "M-0042", "1991"), ("she/her", "M-0042"), ("M-0042",))
    without = Called("id", "Maria Santos", "she/her", "", "1991")
    assert ways_apart(without, NameTier.FULL) == (("she/her", "1991"), ("she/her",), ("1991",))
    assert ways_apart(NOBODY, NameTier.FULL) == ()


def test_the_number_is_not_said_twice_and_initials_alone_never_stand_alone():
    assert ways_apart(MARIA, NameTier.ID)[0] == ("she/her", "1991")
    assert telling_number(NOBODY, NameTier.FULL) == ""
    assert telling_number(NOBODY, NameTier.INITIALS) == "…77c1"


def test_a_short_id_is_as_long_as_it_must_be():
    assert short_id("aaaa-bbb1", ("aaaa-ccc1",)) == "…bbb1"
    assert short_id("aaaa-1bbb1", ("aaaa-2bbb1",)) == "…1bbb1"


@given(given=names, family=names, number=words)
def test_nothing_of_the_name_is_seen_by_id(given, family, number):
    person = Called("0190-77c1", f"{given} {family}", "", number)
    assume(fold(given) not in fold(number) and fold(family) not in fold(number))
    shown = shown_name(person, NameTier.ID)
    assert given not in shown
    assert family not in shown
    assert shown_first_name(person, NameTier.ID) == ""


def test_who_could_be_taken_for_whom_depends_on_what_is_seen():
    silva = Called("other", "Maria Silva")
    assert not called_alike(MARIA, silva, NameTier.FULL)
    assert all(called_alike(MARIA, silva, tier) for tier in NameTier if tier is not NameTier.FULL)
    assert called_alike(MARIA, Called("x", "MARÍA santos"), NameTier.FULL)


@given(pronouns=words, number=words, year=st.sampled_from(["", "1990"]), cells=st.integers(4, 60))
def test_the_id_is_the_last_to_go_and_its_end_outlasts_its_beginning(pronouns, number, year, cells):
    told = naming.apart(Called("id", "Maria Santos", pronouns, number, year), cells)
    assert safe.width(told) <= cells
    if number and safe.width(number) <= cells:
        assert number in told
    elif number:
        assert number.endswith(told.removeprefix(safe.ELLIPSIS))
    if safe.width(safe.clean(f"{pronouns} · {number} · {year}")) <= cells:
        assert pronouns in told
        assert year in told


@given(name=st.text(st.characters(categories=["L", "Zs"]), min_size=1, max_size=200), cells=st.integers(12, 40))
def test_in_one_cell_the_name_gives_way_to_the_number(name, cells):
    told = naming.both(Called("id", name, "she/her", "M-0042", "1990"), cells)
    assert told.endswith("M-0042")
    assert safe.width(safe.clean(told)) <= cells
