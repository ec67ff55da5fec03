"""Answers to a template's own fields: understood as typed, said back, refused in words, and worked with."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.domain.answer_checks import answer_problem
from peernote_tui.domain.answer_rows import row_line, row_words, understand_row
from peernote_tui.domain.answered import Answers
from peernote_tui.domain.answers import (
    Asked,
    answer_text,
    answer_words,
    stored_value,
    typed_value,
    understand_answer,
)
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.note import NoteContent
from peernote_tui.domain.template import FieldKind, Template, TemplateField
from peernote_tui.domain.template_rules import hidden_answers, missing

ASKED = Asked(datetime(2026, 11, 23, 14, 52), day_first=True)  # noqa: DTZ001 a wall clock
CHOICES = [
    {"value": "bus", "label": "Bus pass"},
    {"value": "food", "label": "Food box"},
    {"value": "call", "label": "Call"},
]

SCORES = [
    {"value": "0", "label": "Never"},
    {"value": "1", "label": "Some days, not all"},
    {"value": "2", "label": "Often"},
]


def field(kind, **more):
    return TemplateField.model_validate({"key": "q", "kind": kind, "label": "Question", **more})


@pytest.mark.parametrize(
    ("asked", "typed", "stored", "words"),
    [
        (field("text"), "  two words ", "two words", "two words"),
        (field("number", unit="miles", places=1), "1,204.5 miles", "1204.5", "1204.5 miles"),
        (field("number"), "12", "12", "12"),
        (field("number", least=-5), "-3", "-3", "-3"),
        (field("money", unit="USD"), "$2.50", "2.50", "2.50 USD"),
        (field("date"), "yesterday", "2026-11-22", "Sun 22 Nov 2026"),
        (field("date"), "2/5/2026", "2026-05-02", "Sat 2 May 2026"),
        (field("time"), "2pm", "14:00", "14:00"),
        (field("time_span"), "2-245", ["14:00", "14:45"], "14:00 to 14:45 (45 minutes)"),
        (field("duration"), "1h30", 90, "1h30"),
        (field("duration"), "45", 45, "45m"),
        (field("yes_no"), "no", False, "No"),
        (field("choice", choices=CHOICES), "2", "food", "Food box"),
        (field("choice", choices=CHOICES), "bus", "bus", "Bus pass"),
        (field("choice", choices=SCORES), "0", "0", "Never"),
        (field("choice", choices=SCORES), "2", "2", "Often"),
        (field("choice", choices=SCORES), "some", "1", "Some days, not all"),
        (field("choices", choices=SCORES), "1", ["0"], "Never"),
        (field("choices", choices=SCORES), "some days; not all, Never", ["1", "0"], "Some days, not all, Never"),
        (field("choices", choices=SCORES), "Some days, Never", ["1", "0"], "Some days, not all, Never"),
        (field("date", ahead=True), "fri", "2026-11-27", "Fri 27 Nov 2026"),
        (field("date"), "fri", "2026-11-20", "Fri 20 Nov 2026"),
        (field("choices", choices=CHOICES), "bus, 3, bus", ["bus", "call"], "Bus pass, Call"),
        (field("scale"), "0", 0, "0 of 10"),
        (field("scale", least=1, most=5), "5", 5, "5 of 5"),
        (field("phone"), "+1 (555) 0100 x4", "+1 (555) 0100 x4", "+1 (555) 0100 x4"),
        (field("tags"), "a; b", ["a", "b"], "a, b"),
    ],
)
def test_what_is_typed_is_stored_and_said_back(asked, typed, stored, words):
    found = understand_answer(asked, typed, ASKED)
    assert found == stored
    assert answer_words(asked, found) == words
    assert understand_answer(asked, answer_text(asked, found), ASKED) == found
    assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize(
    ("asked", "typed"),
    [
        (field("number"), "many"),
        (field("number"), "1e5"),
        (field("number"), "٣"),
        (field("number"), "nan"),
        (field("number"), "2.5"),
        (field("number", most=5), "6"),
        (field("date"), "someday"),
        (field("time"), "26"),
        (field("time_span"), "2"),
        (field("duration"), "long"),
        (field("yes_no"), "perhaps"),
        (field("choice", choices=CHOICES), "9"),
        (field("choices", choices=CHOICES), "bus, boat"),
        (field("scale"), "11"),
        (field("scale"), "-1"),
        (field("phone"), "call me"),
        (field("text", pattern=r"[A-Z]-\d{4}"), "A-1"),
    ],
)
def test_what_does_not_fit_is_refused_without_quoting_it(asked, typed):
    with pytest.raises(InvalidInputError) as told:
        understand_answer(asked, typed, ASKED)
    assert told.value.sentence
    if len(typed) > 3:
        assert typed not in str(told.value)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8)),
    lambda part: st.one_of(st.lists(part, max_size=3), st.dictionaries(st.text(max_size=3), part, max_size=3)),
    max_leaves=5,
)
KINDS = st.sampled_from(list(FieldKind))


@given(KINDS, JSON)
def test_an_answer_of_any_shape_from_a_file_is_judged_and_never_breaks(kind, value):
    asked = field(kind, choices=CHOICES, columns=[{"key": "c", "kind": "number", "label": "C"}])
    problem = answer_problem(asked, value)
    assert isinstance(problem, str)
    assert typed_value(asked, value) is None or not problem


@given(KINDS, st.text(max_size=20))
def test_any_text_is_understood_or_refused(kind, typed):
    asked = field(kind, choices=CHOICES)
    try:
        found = understand_answer(asked, typed, ASKED)
    except InvalidInputError:
        return
    assert answer_problem(asked, found) == ""
    assert isinstance(answer_words(asked, found), str)


def test_rows_read_in_one_line():
    rows = field(
        "rows",
        columns=[
            {"key": "what", "kind": "text", "label": "What"},
            {"key": "price", "kind": "money", "label": "Price", "unit": "USD"},
        ],
    )
    row = understand_row(rows, "Bus pass; $2.50", ASKED)
    assert row == {"what": "Bus pass", "price": "2.50"}
    assert row_words(rows, row) == "Bus pass · 2.50 USD"
    assert understand_row(rows, row_line(rows, row), ASKED) == row
    assert understand_row(rows, "; 3", ASKED) == {"price": "3"}
    for wrong in ("a; b", "a; 1; c"):
        with pytest.raises(InvalidInputError):
            understand_row(rows, wrong, ASKED)
    assert answer_problem(rows, [{"what": "x", "price": "much"}])
    assert answer_problem(rows, [{"who": "x"}])
    assert answer_problem(rows, [{}] * 101)


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (Decimal("3.50"), "3.5"),
        (Decimal(100), "100"),
        (Decimal("-0"), "0"),
        (time(9, 5), "09:05"),
        (date(2026, 1, 2), "2026-01-02"),
        (True, True),
        (None, None),
        ((Decimal(1), "a"), ["1", "a"]),
    ],
)
def test_what_an_expression_gives_can_be_stored(value, stored):
    assert stored_value(value) == stored


def form(*fields):
    sections = [{"key": "s", "title": "S", "fields": list(fields)}]
    return Template.model_validate({"id": "own", "version": 1, "title": "Own", "sections": sections})


def asks(key, kind="text", **more):
    return {"key": key, "kind": kind, "label": key, **more}


def test_a_hidden_answer_counts_for_nothing_and_is_held_aside():
    template = form(
        asks("pet", "yes_no"),
        asks("count", "number", show_if="pet"),
        asks("food", "computed", value="count * 2", show_if="count > 0"),
        asks("note", show_if="food >= 4"),
    )
    content = NoteContent(custom={"pet": True, "count": "3", "note": "two cats"})
    assert Answers(template, content).computed(template.field("food")) == "6"
    assert hidden_answers(template, content) == ()
    turned = content.model_copy(update={"custom": {**content.custom, "pet": False}})
    answers = Answers(template, turned)
    assert [answers.shown(template.field(key)) for key in ("count", "food", "note")] == [False, False, False]
    assert {each.key for each in hidden_answers(template, turned)} == {"count", "note"}


def test_units_of_a_session():
    template = form(asks("session", "session"), asks("units", "computed", value="units(minutes(session), 'cms8')"))
    content = NoteContent(day=date(2026, 11, 23), start=time(14), end=time(14, 25))
    assert Answers(template, content).computed(template.field("units")) == "2"


def test_a_rule_of_its_own_stands_between_note_and_signature():
    template = form(
        asks("a", "number"), asks("b", "number", must="b >= a", must_say="B is at least A."), asks("c", "number")
    )
    content = NoteContent(custom={"a": "3", "b": "2", "c": "many"})
    assert [(gap.key, gap.sentence) for gap in missing(template, content, may_write=True)] == [
        ("b", "B is at least A."),
        ("c", "“c” holds what is no number."),
    ]


def test_what_depends_on_itself_holds_nothing():
    template = form(asks("a", "computed", value="b + 1"), asks("b", "computed", value="a + 1"))
    assert Answers(template, NoteContent()).computed(template.field("a")) is None


def test_a_row_with_a_comma_in_a_choice_can_be_changed():
    columns = [
        {"key": "a", "kind": "choice", "label": "A", "choices": SCORES},
        {"key": "b", "kind": "choices", "label": "B", "choices": SCORES},
    ]
    rows = field("rows", columns=columns)
    row = {"a": "1", "b": ["1", "2"]}
    assert row_line(rows, row) == "1; 2, Often"
    assert understand_row(rows, row_line(rows, row), ASKED) == row


def test_what_was_computed_reads_as_words():
    assert answer_words(field("computed"), True) == "Yes"
    assert answer_words(field("computed", unit="USD"), "2.5") == "2.5 USD"
    assert answer_words(field("computed"), ["a", "b"]) == "a, b"
