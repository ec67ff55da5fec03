"""Snippets: what is typed, what it becomes, and the file they are passed on in."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.documents.snippet_file import read_snippets, write_snippets
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.pronouns import pronouns
from peernote_tui.domain.snippets import (
    LONGEST_TEXT,
    MOST,
    Filling,
    Snippet,
    SnippetBook,
    checked,
    ends_snippet,
    expand,
    fixed_parts,
    typed_key,
)

MARIA = Filling("Maria", pronouns("she/her"), datetime(2026, 11, 23, 14, 52))  # noqa: DTZ001 a wall clock
BOOK = SnippetBook({"gnd": "We practised grounding.", "go": "I went along to {|}.", "said": "{Name} said: “{|}”"})
KEYS = st.from_regex(r"[a-zäéß0-9][a-z0-9_-]{0,19}", fullmatch=True)


@pytest.mark.parametrize(
    ("before", "key"),
    [
        (";gnd", "gnd"),
        ("then ;GND", "GND"),
        ("(;gnd", "gnd"),
        ("“;gnd", "gnd"),
        ("x ;", ""),
        (";;gnd", None),
        (";;", None),
        ("we talked;gnd", None),
        ("gnd", None),
        (";gnd ", None),
        ("; gnd", None),
        ("", None),
        ("a " * 400 + ";gnd", "gnd"),
        (" ;" + "a" * 20, "a" * 20),
        (" ;" + "a" * 21, None),
    ],
)
def test_a_snippet_is_begun_by_a_semicolon_that_ends_no_word(before, key):
    assert typed_key(before) == key


@pytest.mark.parametrize("sign", [" ", "\n", ".", ",", ":", "!", "?", ")", "”", "\u00a0", "。"])
def test_spaces_and_punctuation_end_a_snippet(sign):
    assert ends_snippet(sign)


@pytest.mark.parametrize("sign", ["a", "7", "-", "_", "@", "#", "/", "ab", "", "(", "é", "👍"])
def test_nothing_else_ends_a_snippet(sign):
    assert not ends_snippet(sign)


def test_unknown_ones_stay_and_capitals_do_not_matter():
    assert BOOK.expansion("now ;nope", MARIA) is None
    assert BOOK.expansion("now ;", MARIA) is None
    found = BOOK.expansion("now ;Gnd", MARIA)
    assert (found.typed, found.text, found.cursor) == (4, "We practised grounding.", None)


def test_which_ones_may_be_meant():
    assert [one.key for one in BOOK.beginning("x ;g")] == ["gnd", "go"]
    assert [one.key for one in BOOK.beginning("x ;")] == ["gnd", "go", "said"]
    assert BOOK.beginning("x ;zz") == BOOK.beginning("x") == ()


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("{Name}, {they}, {them}, {their}, {Their}", "Maria, she, her, her, Her"),
        ("on {today} at {time}", "on 23 November 2026 at 14:52"),
        ("{nope} {} { name }", "{nope} {} { name }"),
    ],
)
def test_places_are_filled(text, becomes):
    assert expand(text, MARIA).text == becomes


def test_where_no_name_may_be_seen_the_pronoun_stands():
    nobody = Filling("", pronouns(""), MARIA.now)
    assert expand("{Name} said that {they} met {them}.", nobody).text == "They said that they met them."


def test_what_fills_a_place_is_no_place_itself():
    assert expand("{name}{|}!", Filling("{time}{|}", pronouns(""), MARIA.now)).text == "{time}{|}!"
    assert expand("{name}{|}!", Filling("{|}", pronouns(""), MARIA.now)).cursor == 3


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_cursor_stands_between_what_was_written_around_it(left, right):
    found = expand(left.replace("{", "") + "{|}" + right.replace("{", ""), MARIA)
    assert found.text[: found.cursor] == left.replace("{", "")
    assert found.text[found.cursor :] == right.replace("{", "")


def test_what_is_the_same_in_every_note():
    assert list(fixed_parts("I told {name} about {|}.")) == ["I told ", " about ", "."]


@pytest.mark.parametrize(
    ("key", "text", "field"),
    [
        ("", "words", "key"),
        ("a b", "words", "key"),
        ("a;b", "words", "key"),
        ("-a", "words", "key"),
        ("a" * 21, "words", "key"),
        ("a", " \n\x00 ", "text"),
        ("a", "x" * (LONGEST_TEXT + 1), "text"),
        ("a", "of {surname}", "text"),
        ("a", "{|} and {|}", "text"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(key, text, field):
    with pytest.raises(InvalidInputError) as refused:
        checked(key, text)
    assert refused.value.field == field
    assert "surname" not in str(refused.value)


def test_what_is_kept_is_cleaned():
    assert checked(" ;GND ", " one\r\ntwo\x07 ") == Snippet(key="gnd", text="one\ntwo", own=True)


@given(st.dictionaries(KEYS, st.text(min_size=1, max_size=80), max_size=8))
def test_a_file_reads_back_as_the_same_snippets(texts):
    snippets = {}
    for key, text in texts.items():
        try:
            snippet = checked(key, text)
        except InvalidInputError:
            continue
        snippets[snippet.key] = snippet
    assert read_snippets(write_snippets(snippets.values())) == tuple(snippets.values())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"[snippets",
        b"[other]\na = 'b'",
        b"snippets = 3",
        b"[snippets]\na = 3",
        b"[snippets]\na = 'b'\nA = 'c'",
        b"[snippets]\na = ''",
        b"[snippets]\na = 'b'\na = 'c'",
        ("[snippets]\n" + "\n".join(f"a{n} = 'b'" for n in range(MOST + 1))).encode(),
        b"[snippets]\n" + b"#" * 2**20,
    ],
)
def test_a_file_that_cannot_be_used_is_refused(data):
    with pytest.raises(InvalidInputError):
        read_snippets(data)
