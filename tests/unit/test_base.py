"""Clean text, frozen models, canonical JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from peernote_tui.domain.base import (
    LINE,
    Born,
    Line,
    LongText,
    Model,
    Name,
    Tag,
    canonical_json,
    clean_line,
    clean_text,
)
from peernote_tui.domain.errors import InvalidInputError

ANY_TEXT = st.text(st.characters(exclude_categories=[]))
"""Hypothesis' text with lone surrogates, which terminals can produce."""


class Sample(Model):
    text: LongText = ""


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("a\x00b\x1b[31mc\x07", "ab[31mc"),
        ("tab\tand\nnewline", "tab\tand\nnewline"),
        ("half \ud800 pair", "half  pair"),
        ("\x85next line", "next line"),
        ("Zoë 山田 👨‍👩‍👧‍👦", "Zoë 山田 👨‍👩‍👧‍👦"),
    ],
)
def test_what_no_file_or_screen_can_hold_is_dropped(raw, kept):
    assert clean_text(raw) == kept


@given(ANY_TEXT)
def test_clean_text_is_idempotent_and_can_be_written(text):
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert cleaned.encode().decode() == cleaned
    assert "\x00" not in cleaned
    assert "\r" not in cleaned


@pytest.mark.parametrize("kind", [LongText, Line, Name, Tag])
def test_every_kind_of_text_mends_half_a_character_pair(kind):
    assert TypeAdapter(kind).validate_python("a\ud800b\x00") == "ab"


@given(ANY_TEXT)
def test_a_line_is_one_line(text):
    line = TypeAdapter(Line).validate_python(text)
    assert line.splitlines() in ([], [line])
    assert line == line.strip()


def test_length_is_counted_after_cleaning():
    assert TypeAdapter(Tag).validate_python("\x00" * 500 + "sleep") == "sleep"
    with pytest.raises(ValidationError):
        TypeAdapter(Tag).validate_python("s" * 61)


def test_a_line_that_is_too_long_is_refused_with_its_field():
    assert clean_line(" two \n words\x00 ", field="words") == "two words"
    with pytest.raises(InvalidInputError) as caught:
        clean_line("x" * (LINE + 1), field="words")
    assert caught.value.field == "words"


def test_models_are_frozen_and_know_their_fields():
    sample = Sample(text="kept")
    with pytest.raises(ValidationError):
        sample.text = "changed"
    with pytest.raises(ValidationError):
        Sample.model_validate({"text": "kept", "other": 1})


def test_a_refused_value_is_not_quoted():
    with pytest.raises(ValidationError) as caught:
        Sample.model_validate({"text": ["CANARY"]})
    assert "CANARY" not in str(caught.value)


@pytest.mark.parametrize("born", ["", "1991", "1991-05-02"])
def test_birth_dates_as_they_are_known(born):
    assert TypeAdapter(Born).validate_python(born) == born


@pytest.mark.parametrize("born", ["1991-05", "1991-13-01", "91", "2026-W01-1", "1991-05-02T00:00", "0000", "١٩٩١"])
def test_other_birth_dates_are_refused(born):
    with pytest.raises(ValidationError):
        TypeAdapter(Born).validate_python(born)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=8), JSON, max_size=5))
def test_canonical_json_does_not_depend_on_the_order_of_keys(value):
    turned = dict(reversed(value.items()))
    assert canonical_json(value) == canonical_json(turned)
    assert json.loads(canonical_json(value)) == value


def test_canonical_json_has_one_known_form():
    assert canonical_json({"b": [1, None, True], "a": "é\n"}) == '{"a":"é\\n","b":[1,null,true]}'
    with pytest.raises(ValueError):
        canonical_json(float("nan"))
