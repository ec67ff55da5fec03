"""A template is changed line by line: nothing that notes hold comes to mean something else, and undo gives all back."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peernote_tui.documents.template_file import read_template, write_template
from peernote_tui.domain.errors import InvalidInputError, RefusedError
from peernote_tui.domain.template import CORE_KINDS, FieldKind, Template
from peernote_tui.domain.template_check import COLUMN_KINDS, CORE_KEYS, faults
from peernote_tui.domain.template_editing import (
    Spot,
    changed,
    field_at,
    field_keys,
    free_key,
    may_be_removed,
    moved,
    new_field,
    part_at,
    removed,
    spots,
    with_action,
    with_column,
    with_field,
    with_kind,
    with_section,
)
from peernote_tui.domain.template_entries import as_typed, choices_of, entries_at, with_typed
from peernote_tui.services.templates import built_in_templates

ROWS = {
    "key": "costs",
    "kind": "rows",
    "label": "Costs",
    "columns": [{"key": "what", "kind": "text", "label": "What"}, {"key": "price", "kind": "money", "label": "Price"}],
}
FORM = Template.model_validate(
    {
        "id": "ours",
        "version": 1,
        "title": "Ours",
        "actions": [{"text": "Call back", "due": "+1d"}],
        "sections": [
            {
                "key": "first",
                "title": "First",
                "fields": [
                    {"key": "consent", "kind": "consent", "label": "Consent"},
                    {"key": "session", "kind": "session", "label": "When"},
                    {"key": "place", "kind": "text", "label": "Where"},
                ],
            },
            {
                "key": "second",
                "title": "Second",
                "fields": [
                    {"key": "miles", "kind": "number", "label": "Miles", "least": 0, "unit": "mi"},
                    {"key": "old_way", "kind": "yes_no", "label": "Old way", "retired": True},
                    ROWS,
                    {"key": "news", "kind": "text", "label": "News"},
                ],
            },
        ],
    }
)
SAVED = field_keys((FORM,))
PLACE, MILES, COSTS = Spot(section=0, field=2), Spot(section=1, field=0), Spot(section=1, field=2)
NEWS = Spot(section=1, field=3)
PRICE = COSTS.model_copy(update={"column": 1})


def kinds(template):
    return {field.key: field.kind for section in template.sections for field in section.fields}


def one_of(data, items):
    return data.draw(st.sampled_from(list(items)))


def edited(data, template):
    """The template after any one thing a person can do to it."""
    spot = one_of(data, spots(template))
    label = data.draw(st.sampled_from(["Miles", "Old way", "Consent", "day", "ÄÖ", "   ", "1", "Bus [b]pass"]))
    keys = SAVED | field_keys((template,))
    match data.draw(
        st.sampled_from(["field", "column", "section", "action", "kind", "move", "remove", "retire", "say"])
    ):
        case "field" if template.sections:
            there = CORE_KINDS & set(kinds(template).values())
            kind = one_of(data, sorted(frozenset(FieldKind) - there))
            return with_field(template, spot, new_field(kind, label, keys))[0]
        case "column" if (field := field_at(template, spot.rows)) is not None and field.kind is FieldKind.ROWS:
            return with_column(template, spot, one_of(data, sorted(COLUMN_KINDS)), label, SAVED)[0]
        case "section":
            return with_section(template, spot, label)[0]
        case "action":
            return with_action(template, spot, label)[0]
        case "kind":
            return with_kind(template, spot, one_of(data, FieldKind), SAVED)
        case "move":
            return moved(template, spot, one_of(data, (-1, 1)))[0]
        case "remove" if may_be_removed(template, spot, SAVED):
            return removed(template, spot)
        case "retire" if field_at(template, spot) is not None and spot.column is None:
            return changed(template, spot, retired=not field_at(template, spot).retired)
        case "say":
            typed = data.draw(st.sampled_from(["", "1", "a; b", "NaN", "1e999", "2 days", "miles > 3", "٣", "x" * 300]))
            entries = [each for each in entries_at(template, spot) if each not in {"kind", "owner"}]
            return with_typed(template, spot, one_of(data, entries), typed)
    return template


@settings(max_examples=60, deadline=None)
@given(data=st.data(), count=st.integers(1, 12))
def test_whatever_is_changed_keys_stay_unique_and_keep_their_meaning(data, count):
    template, before = FORM, FORM.model_dump_json()
    for _ in range(count):
        try:
            template = edited(data, template)
        except (RefusedError, InvalidInputError):
            continue
        found = Counter(field.key for section in template.sections for field in section.fields)
        assert max(found.values(), default=1) == 1
        sections = [section.key for section in template.sections]
        assert len(set(sections)) == len(sections)
        now = kinds(template)
        for key, kind in kinds(FORM).items():
            if kind in CORE_KINDS:
                assert now.get(key, kind) is kind
            else:
                assert {now[key], kind} in ({kind}, {FieldKind.TEXT, FieldKind.LONG_TEXT}), "a key means something else"
        assert all((key in CORE_KEYS.values()) is (kind in CORE_KINDS) for key, kind in now.items())
        for section in template.sections:
            for field in section.fields:
                assert field.columns == () or field.kind is FieldKind.ROWS
                columns = {column.key: column.kind for column in field.columns}
                assert len(columns) == len(field.columns)
                if field.key == "costs":
                    assert columns.get("price", FieldKind.MONEY) is FieldKind.MONEY
        wrong = {(fault.place.entry, fault.sentence) for fault in faults(template)}
        dead_ends = {"key", "kind", "columns", "least", "required", "retired"}
        for entry, sentence in wrong:
            assert entry not in dead_ends or "repeats nothing" in sentence or "more than it is at most" in sentence
        assert [Spot.named(spot.name) for spot in spots(template)] == list(spots(template))
        if not wrong:
            assert read_template(write_template(template)) == template
    assert FORM.model_dump_json() == before, "what undo gives back was changed"


def test_a_field_moves_through_its_section_and_into_the_next():
    down, spot = moved(FORM, PLACE, 1)
    assert (part_at(down, spot).key, spot) == ("place", Spot(section=1, field=0))
    back, spot = moved(down, spot, -1)
    assert (back, spot) == (FORM, PLACE)
    assert moved(FORM, Spot(section=0), -1) == (FORM, Spot(section=0))
    assert [each.key for each in moved(FORM, Spot(section=0), 1)[0].sections] == ["second", "first"]
    first = COSTS.model_copy(update={"column": 0})
    turned, spot = moved(FORM, first, 1)
    assert ([each.key for each in part_at(turned, COSTS).columns], spot.column) == (["price", "what"], 1)
    assert moved(FORM, first, -1)[0] == FORM, "a column stays in its rows"


def test_what_was_saved_is_retired_and_not_taken_out_but_columns_and_what_the_note_itself_has_are():
    assert not may_be_removed(FORM, MILES, SAVED)
    assert not may_be_removed(FORM, Spot(section=1), SAVED)
    assert may_be_removed(FORM, Spot(section=0, field=0), SAVED)
    assert may_be_removed(FORM, MILES, frozenset())
    assert may_be_removed(FORM, PRICE, SAVED)
    without = removed(FORM, PRICE)
    again, spot = with_column(without, COSTS, FieldKind.TEXT, "Price", SAVED)
    assert part_at(again, spot).key == "price_2", "the key of a column that was saved is used for another"


def test_a_field_of_the_notes_own_kinds_comes_under_the_key_it_has_there():
    added, spot = with_field(FORM, PLACE, new_field(FieldKind.TEXT, "What next", SAVED))
    planned = with_kind(added, spot, FieldKind.ACTION_ROWS, SAVED)
    assert part_at(planned, spot).key == "agreed_actions"
    assert faults(planned) == ()
    back = with_kind(planned, spot, FieldKind.TEXT, SAVED)
    assert part_at(back, spot).key == "what_next"
    with pytest.raises(RefusedError, match="asked once only"):
        with_kind(added, spot, FieldKind.CONSENT, SAVED)


def test_the_kind_of_a_saved_field_stays_and_the_way_out_is_to_retire_it():
    with pytest.raises(RefusedError, match="retire it, and a to add another"):
        with_kind(FORM, MILES, FieldKind.TEXT, SAVED)
    with pytest.raises(RefusedError, match="take it out, and c to add another"):
        with_kind(FORM, PRICE, FieldKind.DATE, SAVED)
    with pytest.raises(RefusedError, match="cannot repeat"):
        with_kind(FORM, PRICE, FieldKind.ROWS, frozenset())
    with pytest.raises(RefusedError, match="retire it"):
        with_kind(FORM, PLACE, FieldKind.LONG_TEXT, SAVED)  # to the note itself, the place is one line
    longer = with_kind(FORM, NEWS, FieldKind.LONG_TEXT, SAVED)
    assert (part_at(longer, NEWS).key, part_at(longer, NEWS).kind) == ("news", FieldKind.LONG_TEXT)


def test_another_kind_brings_nothing_along_that_it_cannot_have():
    text = with_kind(FORM, MILES, FieldKind.TEXT, frozenset())
    assert (part_at(text, MILES).least, part_at(text, MILES).unit) == (None, "")
    asked = with_kind(FORM, COSTS, FieldKind.HEADING, frozenset())
    assert faults(asked) == ()
    chosen = with_kind(FORM, PLACE, FieldKind.YES_NO, frozenset())
    assert part_at(chosen, PLACE).key == "where", "the key place belongs to the note itself, as a text"


@pytest.mark.parametrize(
    ("spot", "entry", "typed", "said"),
    [
        (Spot(), "within", "2 business days", "2 business days"),
        (Spot(), "within", "48h", "48 hours"),
        (Spot(), "within", "8760", "1 year"),
        (Spot(), "within", "2 years", "2 years"),
        (Spot(), "description", "For bus rides.", "For bus rides."),
        (Spot(action=0), "due", "fri", "fri"),
        (Spot(action=0), "show_if", "miles > 5", "miles > 5"),
        (MILES, "places", "2", "2"),
        (MILES, "most", "0.5", "0.5"),
        (MILES, "alternatives", "place; costs", "place; costs"),
        (MILES, "source", "Our handbook, 3.1", "Our handbook, 3.1"),
        (PRICE, "least", "1", "1"),
    ],
)
def test_an_entry_is_typed_and_shown_as_it_was_typed(spot, entry, typed, said):
    assert entry in entries_at(FORM, spot)
    assert as_typed(with_typed(FORM, spot, entry, typed), spot, entry) == said


@pytest.mark.parametrize(
    ("spot", "entry", "typed"),
    [
        (Spot(), "within", "soon"),
        (Spot(), "within", "999 business days"),
        (MILES, "least", "1e99999999"),
        (MILES, "least", "few"),
        (MILES, "places", "9"),
    ],
)
def test_what_is_not_understood_is_refused(spot, entry, typed):
    with pytest.raises(InvalidInputError):
        with_typed(FORM, spot, entry, typed)


def test_choices_keep_their_values():
    before = choices_of("Bus pass; Ride", ())
    assert [each.value for each in before] == ["bus_pass", "ride"]
    assert [each.value for each in choices_of("Bus ticket; Ride", before)] == ["bus_pass", "ride"]
    assert [each.value for each in choices_of("Ride; Bus pass; Other", before)] == ["ride", "bus_pass", "other"]


@pytest.mark.parametrize(("label", "key"), [("Bus pass", "bus_pass"), ("", "field"), ("3 days", "field_3_days"),
                                            ("Day", "day_2"), ("Place", "place_2")])  # fmt: skip
def test_a_key_is_made_from_the_label(label, key):
    assert free_key(label, set()) == key


@pytest.mark.parametrize("template", built_in_templates().values(), ids=lambda template: template.id)
def test_every_entry_of_what_ships_can_be_typed_again_and_says_the_same(template):
    for spot in spots(template):
        for entry in entries_at(template, spot):
            if entry in {"kind", "owner", "required", "private", "ahead", "show_if"}:
                continue
            typed = as_typed(template, spot, entry)
            assert with_typed(template, spot, entry, typed) == template, (spot.name, entry)
