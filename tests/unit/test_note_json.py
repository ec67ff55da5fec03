"""The lossless JSON form: nothing lost, every mistake named by line and field, nothing quoted."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peernote_tui.documents import note_json
from peernote_tui.documents.note_json import InvalidNotesError, note_schema, read_notes, write_note, write_notes
from peernote_tui.domain.note import Note, NoteParticipant, NoteSeal

MINIMAL = {"participant": {"name": "Maria Santos"}, "content": {}}


def problems(data):
    with pytest.raises(InvalidNotesError) as caught:
        read_notes(data if isinstance(data, bytes) else data.encode())
    return [(problem.line, problem.field) for problem in caught.value.problems], str(caught.value)


@settings(max_examples=60)
@given(data=st.data())
def test_a_note_read_and_written_again_has_the_same_bytes(any_content, data):
    instants = st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 bounds have no zone here
    note = Note(
        id=str(data.draw(st.uuids())),
        participant=NoteParticipant(id="M-0042", name=data.draw(st.text(max_size=20)), born="1991"),
        zone="America/New_York",
        content=data.draw(any_content),
        entered_at=data.draw(instants),
        signed_at=data.draw(st.none() | instants),
        seal=NoteSeal(salt="00", hash="11", signature="22", public_key="33"),
    )
    for written in (write_note(note), write_notes([note]), json.dumps(json.loads(write_note(note))).encode()):
        assert read_notes(written) == (note,)
    assert write_note(read_notes(write_note(note))[0]) == write_note(note)


def test_one_note_an_array_and_lines_say_the_same():
    one = json.dumps(MINIMAL)
    expected = read_notes(one.encode())
    assert read_notes(f"[{one}]".encode()) == expected
    for text in (f"{one}\n{one}\n", f"\n{one}\r\n\r\n{one}", f"[\n{one},\n {one}]"):
        assert read_notes(text.encode()) == expected * 2


def test_the_example_of_the_schema_is_a_note_and_serialises():
    schema = note_schema()
    assert read_notes(json.dumps(schema["examples"]).encode())[0].content.place == "coffee shop, Elm St"
    json.dumps(schema)


def test_a_byte_order_mark_is_no_part_of_the_text():
    assert read_notes(b"\xef\xbb\xbf" + json.dumps(MINIMAL).encode()) == read_notes(json.dumps(MINIMAL).encode())


def test_a_line_separator_inside_a_text_ends_no_line():
    line = json.dumps({**MINIMAL, "content": {"summary": "one\u2028two\u2029three\x85"}}, ensure_ascii=False)
    notes = read_notes(f"{line}\n{line}\n".encode())
    assert [note.content.summary for note in notes] == ["one\u2028two\u2029three"] * 2


def test_characters_no_screen_can_hold_are_dropped():
    read = read_notes(json.dumps({**MINIMAL, "content": {"summary": "a\x00b\x1b[2J"}}).encode())
    assert read[0].content.summary == "ab[2J"


def test_array_problems_are_named_by_line_and_field():
    text = """[
      {"participant": {"name": "A"}, "content": {}},
      {"participant": {"name": "B"},
       "content": {"start": "CANARY", "rating": 99}},

      {"participant": {"name": "C"}, "content": {"next_contact": {"day": "CANARY"}}},
      "CANARY"
    ]"""
    found, said = problems(text)
    assert found == [(3, "content.start"), (3, "content.rating"), (6, "content.next_contact.day"), (7, "")]
    assert "line 3, content.start" in said
    assert "(3 more)" in said
    assert "CANARY" not in said


def test_problems_of_lines_are_named_by_line_and_field():
    good = json.dumps(MINIMAL)
    bad = json.dumps({**MINIMAL, "content": {"mode": "CANARY"}})
    found, said = problems(f"{good}\n\n{bad}\n{good}\n")
    assert found == [(3, "content.mode")]
    assert "CANARY" not in said
    found, said = problems(f"{good}\n{{CANARY\n")
    assert found == [(2, "")]
    assert "CANARY" not in said


@pytest.mark.parametrize(
    "content",
    [
        {"CANARY told me on the phone": 1},
        {"summary": {"CANARY": 1}},
        {"day": "CANARY"},
        {"rating": "CANARY"},
        {"kind": "CANARY"},
        {"agreed_actions": [{"text": "CANARY", "owner": "CANARY"}]},
        {"agreed_actions": "CANARY"},
        {"custom": {"CANARY": [1e999]}},
    ],
)
def test_nothing_that_was_written_is_quoted(content):
    with pytest.raises(InvalidNotesError) as caught:
        read_notes(json.dumps({**MINIMAL, "content": content}).encode())
    told = [str(caught.value), repr(caught.value), *(str(problem) for problem in caught.value.problems)]
    assert not any("CANARY" in text for text in told)


def test_a_misspelt_field_is_named():
    assert problems(json.dumps({**MINIMAL, "content": {"sumary": "x"}}))[0] == [(1, "content.sumary")]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n ",
        b"null",
        b"[]",
        b"{}",
        b"[[]]",
        b"1",
        b'"text"',
        b"\xff\xfe{\x00}\x00",
        b"\x00" * 100,
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b'{"participant":"x","content":{"custom":{"a":' + b"[" * 900 + b"]" * 900 + b"}}}",
        b'[{"participant":"x","content":{}},' + b"[" * 900 + b"]" * 900 + b"]",
        b'{"participant":"x","content":{"summary":"\\ud800"}}',
        b'{"participant":"x","content":{"rating":' + b"9" * 5000 + b"}}",
        b'{"participant":"x","content":{}} trailing',
        b'{"participant":"x","content":{}}\n{"participant":',
    ],
)
def test_no_file_of_any_kind_gets_past_or_breaks_the_reader(data):
    found, said = problems(data)
    assert found
    assert said.startswith("This file cannot be imported: line ")


@given(st.binary(max_size=200) | st.text().map(str.encode))
def test_any_bytes_are_read_or_refused(data):
    with suppress(InvalidNotesError):
        assert read_notes(data)


def test_a_file_that_is_too_large_is_not_parsed(monkeypatch):
    monkeypatch.setattr(note_json, "LARGEST_FILE", 10)
    assert "larger than" in problems(json.dumps(MINIMAL))[1]


def test_a_text_that_is_not_utf_8_is_named_by_its_line():
    assert problems(b'{"participant": "x",\n"content": \xff')[0] == [(2, "")]


def test_a_file_full_of_mistakes_names_a_bounded_number():
    bad = json.dumps({**MINIMAL, "content": {"rating": 99}})
    found, _ = problems("\n".join([bad] * 500))
    assert 50 <= len(found) < 60
