"""An expression of an XLSForm says the same in a template, or is told as not sayable; none is guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.documents.xlsform.saying import Speaker
from peernote_tui.documents.xlsform.words import Known, UnknownNameError
from peernote_tui.documents.xlsform.xpath import CannotReadError
from peernote_tui.domain.expressions import evaluate, parse
from peernote_tui.domain.template import FieldKind

TODAY = date(2026, 11, 23)
KNOWN = {
    "age": Known("age", FieldKind.NUMBER),
    "rooms": Known("rooms", FieldKind.NUMBER),
    "way": Known("way", FieldKind.CHOICE),
    "q1": Known("q1", FieldKind.CHOICE),
    "q2": Known("q2", FieldKind.CHOICE),
    "needs": Known("needs", FieldKind.CHOICES),
    "dob": Known("dob", FieldKind.DATE),
    "at": Known("at", FieldKind.TIME),
    "name": Known("form_name", FieldKind.TEXT),
    "read": Known("read", FieldKind.YES_NO),
    "house": Known("house", FieldKind.ROWS),
    "income": Known("income", FieldKind.NUMBER, rows="house"),
    "gps": Known(),
    "day": Known(says="today()"),
    "score": Known("score", FieldKind.COMPUTED, calculation="${q1} + ${q2}"),
    "odd": Known("odd", FieldKind.COMPUTED, calculation="uuid()"),
    "ring": Known("ring", FieldKind.COMPUTED, calculation="${ring} + 1"),
}
ANSWERS = {
    "age": Decimal(17),
    "way": "bus",
    "q1": "2",
    "q2": "3",
    "needs": ("food", "bed"),
    "dob": date(1992, 2, 29),
    "form_name": "Ana",
    "read": True,
    "house": ({"income": Decimal(100)}, {"income": Decimal("20.5")}),
    "score": Decimal(5),
}


def say(text, itself="age"):
    return Speaker(KNOWN).say(text, itself=KNOWN[itself])


@pytest.mark.parametrize(
    ("text", "said", "value"),
    [
        ("${age} >= 16", "age >= 16", True),
        (". > 0 and . <= 120", "age > 0 and age <= 120", True),
        ("${age} = 17 or ${age} = 18 and ${rooms} > 1", "age = 17 or age = 18 and rooms > 1", True),
        ("(${age} = 17 or ${age} = 18) and ${rooms} > 1", "(age = 17 or age = 18) and rooms > 1", False),
        ("${rooms} > 1", "rooms > 1", False),
        ("${rooms} = ''", "rooms = ''", True),
        ("${age} != ''", "age != ''", True),
        ("not(${age} < 18)", "not (age < 18)", False),
        ("${way} = 'bus'", "way = 'bus'", True),
        ("${way} != ‘bus’", "way != 'bus'", False),
        ("selected(${way}, 'bus')", "selected(way, 'bus')", True),
        ("selected(${q1}, 2)", "selected(q1, '2')", True),
        ("${q1} = 2", "q1 = 2", True),
        ("selected(${needs}, 'food') and count-selected(${needs}) > 1", "selected(needs, 'food') and count(needs) > 1",
         True),
        ("${needs} = 'food'", "selected(needs, 'food') and count(needs) = 1", False),
        ("${needs} != 'food'", "not (selected(needs, 'food') and count(needs) = 1)", True),
        ("${needs} != ''", "needs != ''", True),
        ("${read} = 'OK'", "read = yes", True),
        ("${q1} + ${q2} * 2 - 1", "number(q1) + number(q2) * 2 - 1", Decimal(7)),
        ("(${q1} + ${q2}) * 2", "(number(q1) + number(q2)) * 2", Decimal(10)),
        ("10 - (${q1} - ${q2})", "10 - (number(q1) - number(q2))", Decimal(11)),
        ("${age} div 2 mod 4", "age / 2 mod 4", Decimal("0.5")),
        ("-${age} + 1", "-age + 1", Decimal(-16)),
        ("(${way} = 'bus') + (${age} > 30)", "if(way = 'bus', 1, 0) + if(age > 30, 1, 0)", Decimal(1)),
        ("int((today() - ${dob}) div 365.25)", "whole((today() - dob) / 365.25)", Decimal(34)),
        ("int((decimal-date-time(today()) - decimal-date-time(${dob})) div 365.25)",
         "whole((today() - dob) / 365.25)", Decimal(34)),
        ("${dob} <= ${day}", "dob <= today()", True),
        ("${dob} > date('1990-01-01')", "dob > '1990-01-01'", True),
        ("${dob} + 30", "dob + 30", date(1992, 3, 30)),
        ("if(${age} >= 18, 'adult', 'minor')", "if(age >= 18, 'adult', 'minor')", "minor"),
        ("coalesce(${rooms}, ${age})", "coalesce(rooms, age)", Decimal(17)),
        ("round(${age} div 3, 1)", "round(age / 3, 1)", Decimal("5.7")),
        ("once(${age})", "age", Decimal(17)),
        ("concat(${name}, \" o'clock \", ${age})", "join(form_name, \" o'clock \", age)", "Ana o'clock 17"),
        ("string-length(${name}) > 2", "length(form_name) > 2", True),
        ("regex(${name}, '^[A-Z][a-z]+$')", "fits(form_name, '^[A-Z][a-z]+$')", True),
        ("regex(., '[0-9]{2}')", "fits(join(age), '[0-9]{2}')", True),
        ("sum(${income}) div count(${house})", "sum(house.income) / count(house)", Decimal("60.25")),
        ("max(${income}) - min(${income}, 3)", "max(house.income) - min(house.income, 3)", Decimal(97)),
        ("count(${income})", "count(house.income)", Decimal(2)),
        ("join(', ', ${income})", "join(house.income)", "100, 20.5"),
        ("${score} >= 5", "score >= 5", True),
        ("true()", "yes", True),
        (".5 + 1.", "0.5 + 1", Decimal("1.5")),
    ],
)  # fmt: skip
def test_what_is_said(text, said, value):
    assert say(text) == said
    assert evaluate(parse(said), ANSWERS, today=TODAY) == value


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("pulldata('a', 'b', 'c', ${age}) = 1", "pulldata()"),
        ("${age} > now()", "now()"),
        ("../age > 3", "cannot be read"),
        ("/data/age > 3", "cannot be read"),
        ("position(..) > 1", "cannot be read"),
        ("${gps} != ''", "“gps”"),
        ("${income} > 3", "repeating rows"),
        ("${odd} > 3", "calculation"),
        ("${needs} > 3", "several answers"),
        ("${dob} > 3", "a day"),
        ("${at} + 1", "no number"),
        ("3 - ${dob}", "a day from a number"),
        ("today() + ${dob}", "two days"),
        ("${read} = 'yes'", "OK"),
        ("selected(${name}, 'a')", "no choice"),
        ("regex(${name}, '(?=a)')", "pattern"),
        ("regex(${name}, ${name})", "no text"),
        ("string(${needs})", "no text"),
        ("date(${age})", "something else"),
        ("count(${age})", "does not repeat"),
        ("if(1, 2)", "values"),
        ("${age} >", "too early"),
        ("(${age}", "bracket"),
        ("${age} 3", "cannot be read"),
        ("", "too early"),
        ("1" + " + 1" * 300, "too long"),
        ("(" * 60 + "1" + ")" * 60, "brackets"),
        ("join(' ', ${income})", "another way"),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_told(text, why):
    with pytest.raises(CannotReadError, match=why.replace("(", r"\(").replace(")", r"\)")):
        say(text)


def test_a_name_that_is_no_question_is_a_fault_of_the_form():
    with pytest.raises(UnknownNameError):
        say("${gone} = 1")


def test_a_calculation_that_needs_itself_ends():
    assert say("${ring} + 1") == "ring + 1"


@given(st.recursive(
    st.sampled_from(["1", "${age}", "${q1}", "${needs}", "${dob}", "'a'", "today()", ".", "${name}", "${income}"]),
    lambda inner: st.tuples(
        inner, st.sampled_from(["+", "-", "*", "div", "=", "!=", "<", ">=", "and", "or", "mod"]), inner
    ).map(lambda parts: f"({' '.join(parts)})") | inner.map(lambda part: f"not({part})"),
    max_leaves=8,
))  # fmt: skip
def test_whatever_is_said_is_an_expression(text):
    try:
        said = say(text)
    except CannotReadError:
        return
    evaluate(parse(said), ANSWERS, today=TODAY)
