"""The language of templates: what is typed means one thing, and nothing in it can break or never end."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.expressions import FUNCTIONS, evaluate, holds, parse

TODAY = date(2026, 11, 23)
ANSWERS = {
    "mode": "phone",
    "minutes_long": Decimal(25),
    "session": (time(14), time(14, 45)),
    "late": (time(23, 30), time(0, 15)),
    "born": date(1992, 2, 29),
    "safe": True,
    "told": False,
    "tags": ("housing", "sleep"),
    "rows": ({"cost": Decimal("2.50")}, {"cost": None}, {"cost": Decimal(1)}),
    "empty": "",
    "zero": Decimal(0),
}


def value(text):
    return evaluate(parse(text), ANSWERS, today=TODAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", Decimal(7)),
        ("(1 + 2) * 3", Decimal(9)),
        ("10 - 2 - 3", Decimal(5)),
        ("-2 * -3", Decimal(6)),
        ("7 mod 4", Decimal(3)),
        ("7 div 2", Decimal("3.5")),
        ("minutes_long / zero", None),
        ("minutes_long / missing", None),
        ("mode = 'phone'", True),
        ("mode != 'phone'", False),
        ("mode = 'phone' and minutes_long > 15", True),
        ("mode = 'video' or minutes_long > 15 and safe", True),
        ("not safe", False),
        ("not not safe", True),
        ("not (mode = 'video')", True),
        ("safe = yes", True),
        ("told = no", True),
        ("missing = no", False),
        ("missing = ''", True),
        ("empty = ''", True),
        ("mode = ''", False),
        ("number('2') + number('0.5')", Decimal("2.5")),
        ("number(mode)", None),
        ("number('1e999999')", None),
        ("number(zero) + 1", Decimal(1)),
        ("whole(7 / 2)", Decimal(3)),
        ("whole(-7 / 2)", Decimal(-3)),
        ("whole(mode)", None),
        ("min(3, zero, missing)", Decimal(0)),
        ("max(rows.cost)", Decimal("2.50")),
        ("max(missing)", None),
        ("join(mode, ' ', minutes_long, missing, ' ', tags)", "phone 25 housing, sleep"),
        ("join(late)", "23:30, 00:15"),
        ("join(missing)", None),
        ("fits(mode, '[a-z]+')", True),
        ("fits(mode, 'tel.*')", False),
        ("fits(missing, '.*')", False),
        ("today() + 30", date(2026, 12, 23)),
        ("30 + today()", date(2026, 12, 23)),
        ("today() - 1 < '2026-11-23'", True),
        ("today() - '2026-11-20'", Decimal(3)),
        ("whole((today() - born) / 365.25)", Decimal(34)),
        ("today() + 0.5", None),
        ("today() + 999999999", None),
        ("today() - mode", None),
        ("today() * 2", None),
        ("missing > 3", False),
        ("missing < 3", False),
        ("minutes(session)", Decimal(45)),
        ("minutes(late)", Decimal(45)),
        ("units(25, 'floor15')", Decimal(1)),
        ("units(25, 'ceil15')", Decimal(2)),
        ("units(25, 'cms8')", Decimal(2)),
        ("units(7, 'cms8')", Decimal(0)),
        ("units(8, 'cms8')", Decimal(1)),
        ("units(22, 'cms8')", Decimal(1)),
        ("units(23, 'cms8')", Decimal(2)),
        ("age(born, '2026-02-28')", None),
        ("age(born, today())", Decimal(34)),
        ("born < '2000-01-01'", True),
        ("days(born, born)", Decimal(0)),
        ("selected(tags, 'sleep')", True),
        ("selected(mode, 'phone')", True),
        ("selected(missing, 'phone')", False),
        ("count(tags)", Decimal(2)),
        ("sum(rows.cost)", Decimal("3.50")),
        ("count(rows)", Decimal(3)),
        ("if(safe, 'a', 'b')", "a"),
        ("if(zero, 'a', 'b')", "b"),
        ("coalesce(missing, empty, mode)", "phone"),
        ("round(2.345, 2)", Decimal("2.35")),
        ("answered(mode) and not answered(missing)", True),
        ("length(mode)", Decimal(5)),
        ("'a' + 'b'", None),
    ],
)
def test_what_it_means(text, expected):
    assert value(text) == expected
    assert type(value(text)) is type(expected)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", 1),
        ("mode =", 7),
        ("mode = 'phone' and", 19),
        ("(1 + 2", 7),
        ("1 2", 3),
        ("nothing(1)", 1),
        ("minutes()", 10),
        ("mode = 'phone", 8),
        ("1 & 2", 3),
        ("a..b", 2),
        ("1.2.3", 1),
        ("and", 1),
    ],
)
def test_a_fault_is_told_with_its_place(text, place):
    with pytest.raises(InvalidInputError) as told:
        parse(text)
    assert f"character {place} " in str(told.value)


def test_the_longest_sum_is_worked_out():
    assert value("+".join("1" * 199)) == Decimal(199)


def test_a_pattern_in_an_expression_is_read_with_it():
    for text in ("fits(mode, '(')", "fits(mode, mode)", "fits(mode, 3)"):
        with pytest.raises(InvalidInputError):
            parse(text)


def test_what_is_too_long_or_too_deep_is_refused():
    for text in ("1" + " + 1" * 1_000, "+".join("1" * 1_000), "(" * 60 + "1" + ")" * 60, "if(" * 60):
        with pytest.raises(InvalidInputError):
            parse(text)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        expression = parse(text)
    except InvalidInputError:
        return
    evaluate(expression, ANSWERS, today=TODAY)


NAMES = st.sampled_from(
    [*ANSWERS, "missing", "rows.cost", "1", "0", "2.5", "'phone'", "'2026-01-01'", "yes", "today()"]
)
TREES = st.recursive(
    NAMES,
    lambda part: st.one_of(
        st.builds("({} {} {})".format, part, st.sampled_from(["+", "-", "*", "/", "mod", "=", "!=", "<", ">="]), part),
        st.builds("({} {} {})".format, part, st.sampled_from(["and", "or"]), part),
        st.builds("(not {})".format, part),
        st.builds("minutes({}, {})".format, part, part),
        st.builds("round({}, {})".format, part, part),
        st.builds("sum({}, {})".format, part, part),
        st.builds("age({}, {})".format, part, part),
        st.builds("units({}, {})".format, part, part),
        st.builds("selected({}, {})".format, part, part),
        st.builds("if({}, {}, {})".format, part, part, part),
    ),
    max_leaves=12,
)


@given(TREES)
def test_no_mix_of_kinds_breaks_it(text):
    expression = parse(text)
    found = evaluate(expression, ANSWERS, today=TODAY)
    assert holds(expression, ANSWERS, today=TODAY) in (True, False)
    assert evaluate(expression, ANSWERS, today=TODAY) == found


@given(TREES, TREES)
def test_not_turns_a_condition_around_and_both_ways_of_joining_agree(one, other):
    def true(text):
        return holds(parse(text), ANSWERS, today=TODAY)

    assert true(f"not ({one})") is not true(one)
    assert true(f"not (({one}) and ({other}))") is true(f"(not ({one})) or (not ({other}))")


def test_the_answers_it_depends_on_are_known():
    found = {(answer.key, answer.column) for answer in parse("sum(rows.cost) > a and selected(tags, mode)").answers}
    assert found == {("rows", "cost"), ("a", ""), ("tags", ""), ("mode", "")}


def test_every_function_says_what_it_is_for():
    assert all(function.says and function.least <= function.most for function in FUNCTIONS.values())
