"""What is written to a file of participants is read back as it was, whatever the names are."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import UTC, date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peernote_tui.documents.people.columns import guess_columns
from peernote_tui.documents.people.csv_table import defuse, undefused
from peernote_tui.documents.people.reading import read_people
from peernote_tui.documents.people.rows import make_plan
from peernote_tui.documents.people.writing import write_csv, write_xlsx
from peernote_tui.domain.base import clean_text
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.names import clean_name
from peernote_tui.domain.participant import (
    Contact,
    ContactKind,
    CustomField,
    OtherId,
    Part2Status,
    Participant,
    ParticipantDetails,
    PersonAround,
    Safe,
    Safety,
)

NOW = datetime(2026, 11, 23, 19, 52, tzinfo=UTC)
TODAY = date(2026, 11, 23)

NASTY = st.sampled_from(
    [
        "=1+1",
        "'",
        "''=x",
        '"',
        ", ;|",
        "+1 555",
        "-",
        "@x",
        "007",
        "1e5",
        "_x0041_",
        "O'Brien",
        "[/]",
        "yes",
        " ::: ",
        "#",
    ]
)


def _name(text):
    try:
        return clean_name(text)
    except InvalidInputError:
        return ""


TEXT = (st.text(max_size=12) | NASTY).map(lambda text: " ".join(clean_text(text).split()))
FULL = TEXT.filter(bool)
NAMES = (st.text(min_size=1, max_size=12) | NASTY).map(_name).filter(bool)
SAFETY = st.builds(Safety, call=st.sampled_from(Safe), voicemail=st.sampled_from(Safe), text=st.sampled_from(Safe))


def tuples(entries, most=2):
    return st.lists(entries, max_size=most).map(tuple)


PEOPLE = st.builds(
    ParticipantDetails,
    name=NAMES,
    legal_name=TEXT,
    pronouns=TEXT,
    external_id=TEXT,
    phone=TEXT,
    phone_safety=SAFETY,
    about=TEXT,
    part2=st.sampled_from(Part2Status),
    aliases=tuples(FULL),
    other_ids=tuples(st.builds(OtherId, label=TEXT, value=FULL)),
    contacts=tuples(
        st.builds(Contact, kind=st.sampled_from(ContactKind), value=FULL, label=TEXT, safety=SAFETY, remark=TEXT)
    ),
    people=tuples(st.builds(PersonAround, name=FULL, relation=TEXT, phone=TEXT, emergency=st.booleans(), remark=TEXT)),
    languages=tuples(FULL),
    strengths=tuples(FULL),
    goals=tuples(FULL),
    custom=tuples(st.builds(CustomField, label=FULL, value=TEXT)),
) | st.sampled_from(
    [
        ParticipantDetails(name="Ana", born="1990-05-02", birth_precision="exact"),
        ParticipantDetails(name="Bo", born="1990", birth_precision="estimated"),
        ParticipantDetails(name="Cy", born="1990", birth_precision="year"),
    ]
)


def stored(people):
    return [
        Participant(id=f"id-{number}", created_at=NOW, changed_at=NOW, **dict(details))
        for number, details in enumerate(people)
    ]


def read_back(data):
    found = read_people(data)
    return list(make_plan(found, guess_columns(found), today=TODAY).rows())


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
@settings(max_examples=25)
@given(people=st.lists(PEOPLE, min_size=1, max_size=3, unique_by=lambda who: who.external_id.casefold() or id(who)))
def test_nothing_is_lost(write, people):
    rows = read_back(write(stored(people)))
    assert [row.problem for row in rows] == [""] * len(people)
    assert [row.details for row in rows] == people


@given(text=st.text(max_size=6) | NASTY)
def test_no_cell_begins_a_formula_and_every_one_comes_back(text):
    assert undefused(defuse(text)) == text
    assert defuse(text)[:1] not in {"=", "+", "-", "@", "\t", "＝"}


def test_a_spreadsheet_sees_text_only():
    people = stored([ParticipantDetails(name='=HYPERLINK("http://x","y")', external_id="007", phone="+1 555")])
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(people)))["Participants"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "inlineStr", "n"}
    assert [cell.value for cell in sheet[2]][6:8] == ["007", "+1 555"]
    assert sheet["G2"].number_format == "@"
    headers, first = csv.reader(io.StringIO(write_csv(people).decode("utf-8-sig")))
    assert first[0] == """'=HYPERLINK("http://x","y")"""
    assert headers[:2] == ["Name", "Legal name"]


def test_nothing_of_a_workbook_is_written_to_a_temporary_file(monkeypatch):
    def refuse(*_args, **_kwargs):
        pytest.fail("a temporary file was asked for")

    monkeypatch.setattr(tempfile, "_mkstemp_inner", refuse)
    people = stored([ParticipantDetails(name="Ana", phone="=1+1")])
    assert read_back(write_xlsx(people))[0].details.phone == "=1+1"
    assert write_xlsx(people) == write_xlsx(people)


def test_the_fullest_record_is_read_back():
    contacts = tuple(Contact(value=f"{number}", label="x") for number in range(100))
    around = tuple(PersonAround(name=f"Person {number}") for number in range(100))
    full = ParticipantDetails(name="Ana", contacts=contacts, people=around, goals=("a long one " * 20,) * 100)
    for data in (write_csv(stored([full])), write_xlsx(stored([full]))):
        assert [row.details for row in read_back(data)] == [full]


def test_the_first_columns_are_always_the_same():
    few = write_csv(stored([ParticipantDetails(name="Ana")])).decode("utf-8-sig").splitlines()[0]
    many = write_csv(stored([ParticipantDetails(name="Ana", contacts=(Contact(value="5"),))])).decode("utf-8-sig")
    assert many.startswith(few + ",Contact 1 kind,")
    assert write_csv([]).decode("utf-8-sig").strip() == few
