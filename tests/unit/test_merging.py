"""What a page says after two records became one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.domain.merging import CHOOSABLE, LISTS, field_merges, merged_details
from peernote_tui.domain.participant import Part2Status, ParticipantDetails, Safe


def page(name="Ana", **said):
    return ParticipantDetails.model_validate({"name": name, **said})


def test_the_kept_value_stands_and_a_gap_is_filled():
    kept, other = page(pronouns="she/her"), page(pronouns="they/them", born="1991", birth_precision="year")
    merged = merged_details(kept, other)
    assert (merged.pronouns, merged.born, merged.birth_precision) == ("she/her", "1991", "year")
    assert merged_details(kept, other, frozenset({"pronouns"})).pronouns == "they/them"


def test_the_name_that_does_not_stand_becomes_an_alias_and_a_legal_name_does_not():
    kept, other = page("Ana", legal_name="Ana Ruiz"), page("Anna", legal_name="Anton Ruiz", aliases=["Ani", "ana"])
    assert merged_details(kept, other).aliases == ("Anna", "Ani")
    merged = merged_details(kept, other, frozenset({"name"}))
    assert (merged.name, merged.aliases, merged.legal_name) == ("Anna", ("Ana", "Ani"), "Ana Ruiz")
    assert merged_details(page("Ana"), page("ANA")).aliases == ()


def test_numbers_that_do_not_stand_are_kept_beside():
    kept = page(external_id="M-1", phone="555 0100")
    other = page(external_id="M-2", phone="555 0199", phone_safety={"voicemail": "no"})
    merged = merged_details(kept, other)
    assert [each.value for each in merged.other_ids] == ["M-2"]
    assert [(each.value, each.safety.voicemail) for each in merged.contacts] == [("555 0199", Safe.NO)]
    assert merged_details(kept, page(external_id="m-1", phone="5550100")).contacts == ()
    assert merged_details(kept, page(external_id="m-1", phone="5550100")).other_ids == ()


@pytest.mark.parametrize("keeps", [True, False])
def test_a_number_that_either_calls_unsafe_is_unsafe(keeps):
    one = page(phone="555 0100", phone_safety={"call": "yes", "voicemail": "no"})
    two = page(contacts=[{"value": "(555) 0100", "label": "work", "safety": {"call": "no", "voicemail": "yes"}}])
    merged = merged_details(one, two) if keeps else merged_details(two, one)
    assert (merged.phone, merged.phone_safety.call, merged.phone_safety.voicemail) == ("555 0100", Safe.NO, Safe.NO)
    (contact,) = merged.contacts
    assert (contact.label, contact.safety.call, contact.safety.voicemail) == ("work", Safe.NO, Safe.NO)


@pytest.mark.parametrize(
    ("one", "other", "becomes"),
    [("no", "yes", "yes"), ("no", "not_reviewed", "not_reviewed"), ("no", "no", "no"), ("not_reviewed", "yes", "yes")],
)
def test_part_2_covers_the_whole_when_it_covers_one(one, other, becomes):
    for pair in ((one, other), (other, one)):
        assert merged_details(page(part2=pair[0]), page(part2=pair[1])).part2 is Part2Status(becomes)


def test_entries_that_say_the_same_are_one_and_those_that_differ_stay_two():
    kept = page(
        people=[{"name": "Rosa", "relation": "sister"}], custom=[{"label": "Shoe size", "value": "39"}],
        languages=["Spanish"], other_ids=[{"label": "county", "value": "7"}],
    )  # fmt: skip
    other = page(
        people=[{"name": "rosa", "phone": "555 0100", "emergency": True}, {"name": "Rosa", "relation": "landlady"}],
        custom=[{"label": "shoe size", "value": "40"}], languages=["spanish", "English"],
        other_ids=[{"value": "7"}, {"label": "clinic", "value": "7"}],
    )  # fmt: skip
    merged = merged_details(kept, other)
    assert [(one.relation, one.phone, one.emergency) for one in merged.people] == [
        ("sister", "555 0100", True),
        ("landlady", "", False),
    ]
    assert [each.value for each in merged.custom] == ["39", "40"]
    assert merged.languages == ("Spanish", "English")
    assert [each.label for each in merged.other_ids] == ["county", "clinic"]


def test_there_is_a_choice_where_both_say_something_else():
    kept, other = page("Ana", phone="555 0100", about="calm"), page("Anna", phone="5550100", about="loud", born="1991")
    fields = {field.name: field for field in field_merges(kept, other, frozenset({"about"}))}
    assert {name for name, field in fields.items() if field.choosable} == {"name", "about"}
    assert {name for name, field in fields.items() if field.takes_other} == {"about", "born"}
    assert fields["about"].merged == "loud"
    assert "pronouns" not in fields
    assert fields["aliases"].merged == ("Anna",)


WORD = st.sampled_from(["", "Ana", "ANA", "Zoë", "x"])
NUMBER = st.sampled_from(["", "555 0100", "(555) 0100", "555 0199"])
SAFETY = st.fixed_dictionaries({"call": st.sampled_from(["yes", "no", "not_asked"])})
PAGES = st.fixed_dictionaries({
    "name": WORD.filter(bool), "legal_name": WORD, "external_id": WORD, "phone": NUMBER, "phone_safety": SAFETY,
    "aliases": st.lists(WORD.filter(bool), max_size=2), "goals": st.lists(WORD, max_size=2),
    "other_ids": st.lists(st.fixed_dictionaries({"label": WORD, "value": WORD.filter(bool)}), max_size=2),
    "contacts": st.lists(
        st.fixed_dictionaries({"value": NUMBER.filter(bool), "label": WORD, "safety": SAFETY}), max_size=2
    ),
}).map(ParticipantDetails.model_validate)  # fmt: skip


def test_a_number_that_gives_way_stays_unsafe_though_its_own_page_contradicts_itself():
    unsafe, safe = {"call": "no"}, {"call": "yes"}
    kept = page("Ana", phone="555 0100", phone_safety=unsafe, contacts=[{"value": "555 0100", "safety": safe}])
    merged = merged_details(kept, page("Ana", phone="555 0199"), frozenset({"phone"}))
    assert [(one.value, one.safety.call) for one in merged.contacts] == [("555 0100", Safe.NO)]


@given(PAGES, PAGES, st.frozensets(st.sampled_from(CHOOSABLE)))
def test_nothing_is_lost_and_no_number_becomes_safer(kept, other, chosen):
    merged = merged_details(kept, other, chosen)
    assert ParticipantDetails.model_validate(merged.model_dump()) == merged
    names = {name.casefold() for name in (merged.name, *merged.aliases)}
    ids = {each.casefold() for each in (merged.external_id, *(one.value for one in merged.other_ids))}
    numbers = {(merged.phone, merged.phone_safety.call), *((one.value, one.safety.call) for one in merged.contacts)}
    told = {("".join(filter(str.isdigit, value)), call) for value, call in numbers}
    for each in (kept, other):
        assert {name.casefold() for name in (each.name, *each.aliases)} <= names
        assert {one.casefold() for one in (each.external_id, *(one.value for one in each.other_ids)) if one} <= ids
        said = [(each.phone, each.phone_safety.call), *((one.value, one.safety.call) for one in each.contacts)]
        for value, call in said:
            digits = "".join(filter(str.isdigit, value))
            standing = {safe for number, safe in told if number == digits}
            assert not digits or standing
            assert not digits or call is not Safe.NO or Safe.NO in standing
    assert all(set(getattr(kept, name)) <= set(getattr(merged, name)) for name in LISTS if name == "goals")


@given(PAGES)
def test_merging_with_an_empty_record_of_the_name_changes_nothing(kept):
    assert merged_details(kept, page(kept.name)) == kept.model_copy(update={"part2": merged_details(kept, kept).part2})
