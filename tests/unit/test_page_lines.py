"""What stands on a participant's page is typed in one line and reads the same when it is typed again."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from peernote_tui.domain import page_lines
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.participant import Contact, CustomField, OtherId, PersonAround, Safe, Safety

WORDS = st.from_regex(r"[A-Za-z][a-z]{0,8}( [A-Z][a-z,]{1,8}){0,2}", fullmatch=True)
ANSWERS = st.sampled_from(list(Safe))


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("555-0142", {"kind": "phone", "value": "555-0142"}),
        (
            "555-0142, work, voicemail no, text ok, after six",
            {
                "value": "555-0142",
                "label": "work",
                "safety": {"voicemail": "no", "text": "yes"},
                "remark": "after six",
            },
        ),
        ("+1 (555) 0142, don't leave a voicemail", {"value": "+1 (555) 0142", "safety": {"voicemail": "no"}}),
        ("555-0142, safe to text, do not call", {"value": "555-0142", "safety": {"text": "yes", "call": "no"}}),
        ("555-0142, No Voicemails, call: ?", {"value": "555-0142", "safety": {"voicemail": "no"}}),
        ("maria@example.org, home", {"kind": "email", "value": "maria@example.org", "label": "home"}),
        ("12 Elm St, Springfield", {"kind": "address", "value": "12 Elm St, Springfield"}),
        (
            "address Elm St, Springfield; shelter",
            {"kind": "address", "value": "Elm St, Springfield", "label": "shelter"},
        ),
        ("the front desk", {"kind": "other", "value": "the front desk"}),
    ],
)
def test_a_contact_in_one_line(line, wanted):
    assert page_lines.parse_contact(line) == Contact(**wanted)


@pytest.mark.parametrize(
    ("line", "number", "safety"),
    [
        ("555-0142", "555-0142", {}),
        ("555-0142, voicemail no", "555-0142", {"voicemail": "no"}),
        ("555-0142; work, desk 2; text ok; don't call", "555-0142, work, desk 2", {"text": "yes", "call": "no"}),
        ("555-0142, text", "555-0142, text", {}),
        ("", "", {}),
    ],
)
def test_a_number_takes_with_it_what_is_safe_and_loses_no_other_word(line, number, safety):
    assert page_lines.parse_phone(line) == (number, Safety(**safety))
    assert page_lines.parse_phone(page_lines.say_phone(number, Safety(**safety))) == (number, Safety(**safety))


@pytest.mark.parametrize("line", ["", " , ", "phone ", "555-0142, text", "555-0142, voicemail"])
def test_a_contact_that_says_too_little_is_refused(line):
    with pytest.raises(InvalidInputError):
        page_lines.parse_contact(line)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Rosa Santos", {"name": "Rosa Santos"}),
        (
            "Rosa Santos, mother, 555-0143, emergency",
            {"name": "Rosa Santos", "relation": "mother", "phone": "555-0143", "emergency": True},
        ),
        ("!Rosa, 555-0143", {"name": "Rosa", "phone": "555-0143", "emergency": True}),
        (
            "Rosa, in an emergency, aunt, evenings",
            {"name": "Rosa", "relation": "aunt", "emergency": True, "remark": "evenings"},
        ),
    ],
)
def test_a_person_in_one_line(line, wanted):
    assert page_lines.parse_person(line) == PersonAround(**wanted)


@pytest.mark.parametrize("line", ["", "emergency", "!", ";"])
def test_a_person_needs_a_name(line):
    with pytest.raises(InvalidInputError):
        page_lines.parse_person(line)


def test_numbers_and_answers_of_an_agency():
    assert page_lines.parse_other_id("Medicaid: 4711") == OtherId(label="Medicaid", value="4711")
    assert page_lines.parse_other_id("4711") == OtherId(value="4711")
    assert page_lines.parse_custom("Shoe size:9") == CustomField(label="Shoe size", value="9")
    with pytest.raises(InvalidInputError):
        page_lines.parse_custom("9")
    with pytest.raises(InvalidInputError):
        page_lines.parse_other_id("Medicaid:")


def _plain(text):
    """Whether a text says nothing by itself."""
    try:
        return page_lines._safety(text) is None and not page_lines._EMERGENCY.fullmatch(text)
    except InvalidInputError:
        return False


@given(
    value=st.from_regex(r"[0-9]{3}-[0-9]{4}|[a-z]{1,6}@[a-z]{1,6}\.org|the [a-z]{1,6}", fullmatch=True),
    label=st.just("") | WORDS,
    remark=st.just("") | WORDS,
    safety=st.builds(Safety, call=ANSWERS, voicemail=ANSWERS, text=ANSWERS),
)
def test_a_contact_said_and_read_again_is_the_same(value, label, remark, safety):
    assume(_plain(label) and _plain(remark))
    kind = "email" if "@" in value else "phone" if value[0].isdigit() else "other"
    contact = Contact(kind=kind, value=value, label=label, remark=remark, safety=safety)
    assert page_lines.parse_contact(page_lines.say_contact(contact)) == contact


@given(
    name=WORDS,
    relation=st.just("") | WORDS,
    phone=st.sampled_from(["", "555-0142", "+1 555 0142"]),
    emergency=st.booleans(),
    remark=st.just("") | WORDS,
)
def test_a_person_said_and_read_again_is_the_same(name, relation, phone, emergency, remark):
    assume(all(_plain(text) for text in (name, relation, remark)))
    person = PersonAround(name=name, relation=relation, phone=phone, emergency=emergency, remark=remark)
    assert page_lines.parse_person(page_lines.say_person(person)) == person


@given(label=st.just("") | WORDS, value=st.from_regex(r"[A-Za-z0-9:]([A-Za-z0-9 :-]{0,8}[a-z0-9])?", fullmatch=True))
def test_a_number_said_and_read_again_is_the_same(label, value):
    value = " ".join(value.split())
    assume(value.strip(": "))
    assume(label or not value.startswith(":"))
    number = OtherId(label=label, value=value)
    assert page_lines.parse_other_id(page_lines.say_other_id(number)) == number


@given(line=st.text(max_size=60))
@pytest.mark.parametrize("parse", [page_lines.parse_contact, page_lines.parse_person, page_lines.parse_other_id])
def test_any_line_is_read_or_refused(parse, line):
    with suppress(InvalidInputError):
        parse(line)
