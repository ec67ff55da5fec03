"""Whether two records are of one person: telling cases, and what holds for all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.domain.participant import BirthPrecision, Contact, ContactKind, OtherId, ParticipantDetails
from peernote_tui.domain.sameness import Commonness, Verdict, likely_pairs, likeness, traits_of

LIKELY, POSSIBLE, UNLIKELY = Verdict.LIKELY, Verdict.POSSIBLE, Verdict.UNLIKELY
NAMES = (
    [("Maria Garcia",)] * 12 + [("Thomas Müller",)] * 9 + [("Peter Novak",)] * 3 + [(f"P{n} Q{n}",) for n in range(500)]
)
VAULT = Commonness.of(NAMES)


def person(text, **details):
    name, _, born = text.partition(" * ")
    return ParticipantDetails(name=name, born=born, **details)


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("Maria Santos * 1990-05-02", "Maria Santos * 1990-05-02", LIKELY),
        ("Maria Santos * 1990-05-02", "maria sántos * 1990-05-02", LIKELY),
        ("Maria Santos * 1990-05-02", "Santos Maria * 1990-05-02", LIKELY),
        ("Maria Santos * 1990-05-02", "Santos, Maria * 1990-05-02", LIKELY),
        ("Maria Santos * 1990-05-02", "Mraia Santso * 1990-05-02", LIKELY),
        ("Maria Santos * 1990-05-02", "Maria Santos * 1990-02-05", LIKELY),
        ("Maria Santos * 1990-05-02", "Maria Santos * 1990-05-03", LIKELY),
        ("Maria Santos * 1990-05-02", "Maria Santos * 1996-05-02", LIKELY),
        ("Maria Santos * 1990-05-02", "Maria Santos * 1990", LIKELY),
        ("Maria Santos * 1990-05-02", "Maria Luisa Santos * 1990-05-02", LIKELY),
        ("Maria Santos Vega * 1990-05-02", "Maria Santos * 1990-05-02", LIKELY),
        ("Annemarie Koch * 1961-07-12", "Anne Marie Koch * 1961-07-12", LIKELY),
        ("Anne-Marie Koch * 1961-07-12", "Annemarie Koch * 1961-07-12", LIKELY),
        ("Thomas Müller * 1955-11-30", "Thomas Mueller * 1955-11-30", LIKELY),
        ("Shawn Doyle * 1988-03-17", "Sean Doyle * 1988-03-17", LIKELY),
        ("Katherine Whitfield * 1979-09-09", "Cathryn Whitfield * 1979-09-09", LIKELY),
        ("Mohammed Qureshi * 1993-01-24", "Muhamad Qureshi * 1993-01-24", LIKELY),
        ("Bob Thibodeaux * 1970-08-01", "Robert Thibodeaux * 1970-08-01", LIKELY),
        ("李明 * 1990-05-02", "李明 * 1990-05-02", LIKELY),
        ("Maria Santos", "Maria Santos", LIKELY),
        # Common names tell less, so that alone they only may be one person.
        ("Maria Garcia", "Maria Garcia", POSSIBLE),
        ("Maria", "Maria", POSSIBLE),
        ("Sean Doyle", "Shawn Doyle", LIKELY),
        # Born on other days.
        ("Maria Santos * 1990-05-02", "Maria Santos * 1983-11-21", POSSIBLE),
        ("Maria Garcia * 1990-05-02", "Maria Garcia * 1990-11-21", UNLIKELY),
        ("Maria Santos * 1990", "Maria Santos * 1962", UNLIKELY),
        # Of one family: parent and child of one name, twins, siblings.
        ("John Whitfield * 1990-05-02", "John Whitfield * 1962-11-21", UNLIKELY),
        ("John Whitfield Jr * 1990", "John Whitfield Sr", POSSIBLE),
        ("Ana Santos * 1990-05-02", "Luz Santos * 1990-05-02", POSSIBLE),
        ("Marta Santos * 1990-05-02", "Maria Santos * 1990-05-02", POSSIBLE),
        ("Daniel Okafor * 1990-05-02", "Daniela Okafor * 1990-05-02", POSSIBLE),
        ("Ana Santos * 1990-05-02", "Luz Santos * 1988-01-13", UNLIKELY),
        # Nothing in common but the day.
        ("Ana Santos * 1990-05-02", "Tom Berg * 1990-05-02", UNLIKELY),
        ("Ana Santos", "Tom Berg", UNLIKELY),
    ],
)  # fmt: skip
def test_told_by_name_and_birth(one, other, verdict):
    assert likeness(person(one), person(other), VAULT).verdict is verdict


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (person("Maria Garcia", phone="+1 555 010 7788"), person("Maria Garcia", phone="(555) 010-7788"), LIKELY),
        (person("M. Garcia", phone="555 010 7788"), person("Maria Garcia", phone="555 010 7788"), POSSIBLE),
        (person("Tom Berg", phone="555 010 7788"), person("Ana Santos", phone="555 010 7788"), UNLIKELY),
        (
            person("Ana Santos * 1990-05-02", phone="555 010 7788"),
            person("Luz Santos * 1990-05-02", phone="555 010 7788"),
            POSSIBLE,
        ),
        (
            person("John Whitfield * 1990-05-02", phone="555 010 7788"),
            person("John Whitfield * 1962-11-21", phone="555 010 7788"),
            UNLIKELY,
        ),
        (
            person("Maria Santos", external_id="PN-12345"),
            person("Mia S", other_ids=(OtherId(label="clinic", value="pn 12345"),)),
            LIKELY,
        ),
        (
            person("Maria Garcia * 1990", birth_precision=BirthPrecision.ESTIMATED, phone="555 010 7788"),
            person("Maria Garcia * 1988-02-02", phone="555 010 7788"),
            LIKELY,
        ),
        (
            person("Maria Garcia", contacts=(Contact(kind=ContactKind.EMAIL, value="mg@example.org"),)),
            person("Maria Garcia", contacts=(Contact(kind=ContactKind.EMAIL, value="MG@example.org"),)),
            LIKELY,
        ),
        (person("Mimi * 1990-05-02", legal_name="Maria Santos"), person("Maria Santos * 1990-05-02"), LIKELY),
        (person("Mimi * 1990-05-02", aliases=("Maria Santos",)), person("Maria Santos * 1990-05-02"), LIKELY),
    ],
)
def test_told_by_more(one, other, verdict):
    assert likeness(one, other, VAULT).verdict is verdict


def test_the_reasons_are_words():
    phone = {"phone": "555 010 7788"}
    one, other = person("Shawn Doyle * 1988-03-17", **phone), person("Sean Doyle * 1988-03-18", **phone)
    assert likeness(one, other, VAULT).reasons == ("name and birth date close", "same phone")
    assert likeness(one, one, VAULT).reasons == ("same name and birth date", "same phone")


def test_a_rare_name_says_more_than_a_common_one():
    rare, common = person("Xochitl Vandermolen"), person("Maria Garcia")
    assert likeness(rare, rare, VAULT).score > likeness(common, common, VAULT).score


words = st.text(st.sampled_from("abcdefgijklmnorstuvzéüł李'- .,"), min_size=1, max_size=14).filter(
    lambda text: any(sign.isalpha() for sign in text)
)
names = st.lists(words, min_size=1, max_size=4).map(" ".join)
days = st.dates().filter(lambda day: day.year >= 1900).map(lambda day: day.isoformat())
people = st.builds(
    ParticipantDetails,
    name=names,
    legal_name=names | st.just(""),
    born=st.just("") | days | days.map(lambda day: day[:4]),
    phone=st.text(st.sampled_from("0123456789 +-"), max_size=14),
    external_id=st.text(st.sampled_from("0123456789AB-"), max_size=6),
    aliases=st.lists(names, max_size=2).map(tuple),
)


@given(people, people)
def test_it_is_the_same_both_ways_round(one, other):
    here, there = likeness(one, other, VAULT), likeness(other, one, VAULT)
    assert here.verdict is there.verdict
    assert here.score == pytest.approx(there.score)
    assert set(here.reasons) == set(there.reasons)


@given(people, days)
def test_the_same_record_is_likely(one, day):
    one = one.model_copy(update={"born": day, "phone": "555 010 7788"})
    assert likeness(one, one, VAULT).verdict is Verdict.LIKELY


@given(st.permutations(["Xochitl", "Luz", "Vandermolen"]), days)
def test_the_order_of_words_says_nothing(order, day):
    one = person(f"Xochitl Luz Vandermolen * {day}")
    assert likeness(one, person(f"{' '.join(order)} * {day}"), VAULT).verdict is Verdict.LIKELY


@given(st.text(max_size=200).filter(lambda text: text.strip()), people)
def test_no_name_is_too_strange(name, other):
    try:
        strange = ParticipantDetails(name=name)
    except ValueError:
        return
    assert 0 <= likeness(strange, other, VAULT).score <= 1


def test_pairs_among_many():
    records = [person(f"{first} {last} * {year}-03-{day:02}") for first, last, year, day in (
        ("Ines", "Vandermolen", 1980, 4), ("Otto", "Brandt", 1971, 9), ("Inez", "Vandermolen", 1980, 14),
        ("Brandt", "Otto", 1971, 9), ("Lola", "Brandt", 1980, 4),
    )]  # fmt: skip
    pairs = likely_pairs([traits_of(each) for each in records], Commonness.of((each.name,) for each in records))
    assert {(pair.one, pair.other) for pair in pairs} == {(0, 2), (1, 3)}


def test_a_name_without_a_letter_keeps_no_pair_from_being_found():
    records = [person("[/] * 1980-03-04"), person("[/] * 1980-03-04"), *[person("Ines Vandermolen * 1980-03-04")] * 2]
    pairs = likely_pairs([traits_of(each) for each in records], Commonness.of((each.name,) for each in records))
    assert (2, 3) in {(pair.one, pair.other) for pair in pairs}
