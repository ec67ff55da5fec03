"""Files of people as other programs write them: encodings, CSV, workbooks."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from peernote_tui.documents.people import csv_table, xlsx_table
from peernote_tui.documents.people.columns import guess_columns
from peernote_tui.documents.people.encodings import decode
from peernote_tui.documents.people.reading import read_people
from peernote_tui.documents.people.rows import make_plan
from peernote_tui.documents.people.table import LARGEST_FILE, PeopleFileError, require_size
from peernote_tui.domain.errors import InvalidInputError

TODAY = date(2026, 11, 23)


def planned(data, **how):
    found = read_people(data, **how)
    return list(make_plan(found, guess_columns(found), today=TODAY).rows())


def names(data, **how):
    return [row.details.name if row.details else row.problem for row in planned(data, **how)]


@pytest.mark.parametrize(
    ("data", "encoding", "why"),
    [
        ("Name\nJosé".encode("utf-8-sig"), "UTF-8", "mark"),
        ("Name\nJosé".encode(), "UTF-8", "valid UTF-8"),
        (b"Name\nJo", "UTF-8", "ASCII"),
        ("Name\nJosé".encode("utf-16"), "UTF-16", "mark"),
        ("\ufeffName\nJosé".encode("utf-16-be"), "UTF-16", "mark"),
        ("Name\nJosé".encode("utf-16-le"), "UTF-16-LE", "every other byte"),
        ("Name\nJosé".encode("utf-16-be"), "UTF-16-BE", "every other byte"),
        ("Name\nJosé".encode("utf-32"), "UTF-32", "mark"),
        ("Name\nJosé Núñez, O’Brien – “Pat”".encode("cp1252"), "Windows-1252", "line 2"),
    ],
)
def test_the_encoding_is_told_with_its_reason(data, encoding, why):
    found = decode(data)
    assert (found.encoding, "Jo" in found.text) == (encoding, True)
    assert why in found.why
    assert not found.text.startswith("\ufeff")
    assert ("José" in found.text) is (why != "ASCII")


@pytest.mark.parametrize(
    "data",
    [
        "Name\nMaria\nŁukasz Żak".encode("cp1250"),
        "Name\nMaria\nJosé".encode("mac-roman"),
        "Name\nMaria\nJosé".encode("cp437"),
        "Name\nMaria\nМария".encode("cp1251"),
        "Name\nMaria\nMüşerref".encode("cp1254"),
        "Name\nMaria\n花子".encode("cp932"),
        b"Name\nMaria\n" + b"Jos\xe9\nJos\xc3\xa9",
    ],
)
def test_what_may_be_another_encoding_is_asked_for_with_the_line(data):
    with pytest.raises(PeopleFileError, match="--encoding") as refused:
        decode(data)
    assert refused.value.line == 3
    assert "Maria" not in str(refused.value)


def test_an_encoding_that_was_asked_for_is_taken_or_refused():
    assert names("Name\nŁukasz Żak".encode("cp1250"), encoding="windows-1250") == ["Łukasz Żak"]
    with pytest.raises(PeopleFileError, match=r"Line 2 is not utf-8\."):
        decode("Name\nJosé".encode("cp1252"), "utf-8")
    with pytest.raises(InvalidInputError, match="not known"):
        decode(b"Name", "klingon")


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        b"%PDF-1.7\n\x00\x01\x02\x03",
        b"\x7fELF" + bytes(300),
        b"\x1f\x8b\x08abc",
    ],
)
def test_a_binary_file_is_no_list(data):
    with pytest.raises(PeopleFileError):
        read_people(data)


@pytest.mark.parametrize("data", [b"", b"\n\n  \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_said_to_be_empty(data):
    with pytest.raises(PeopleFileError, match="empty"):
        read_people(data)


def test_a_huge_file_is_refused_by_its_size():
    with pytest.raises(PeopleFileError, match="64 MB"):
        require_size(2 * 1024**3)
    require_size(LARGEST_FILE)


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_every_delimiter_is_found(sign):
    text = sign.join(["First name", "Last name", "Notes"]) + "\n" + sign.join(["Ana", "Ruiz", '"a, b; c | d"']) + "\n"
    assert names(text.encode()) == ["Ana Ruiz"]


def test_a_sheet_of_excel_names_its_own_delimiter():
    assert names(b"sep=;\r\nName;DOB\r\nAna, Jr.;1990-05-02\r\n") == ["Ana, Jr."]


def test_every_end_of_a_line_is_one():
    for end in ("\n", "\r\n", "\r"):
        assert [row.line for row in planned(f"Name,Phone{end}Ana,5{end}{end}Bo,6{end}".encode())] == [2, 4]


def test_titles_above_the_headers_are_passed_over():
    found = read_people(b"Client list of 2026\n\nFirst name,Last name\nAna,Ruiz\n")
    assert (found.headers, found.header_line, found.rows[0].line) == (("First name", "Last name"), 3, 4)


def test_rows_of_every_shape_are_named_by_their_line():
    data = (
        b'Name,Phone,Notes\r\n"Ana\r\nRuiz",555,\r\nBo\r\n\r\nCy,1,2,3\r\n'
        b'"Di "Dee" D",1,\r\n"Ed ""Eddie"" E",,\r\n"Flo,1,\r\nGus,1,'
    )
    rows = planned(data)
    assert [(row.line, row.details.name if row.details else row.problem[:24]) for row in rows] == [
        (2, "Ana Ruiz"),
        (4, "Bo"),
        (6, "It has 4 cells, and ther"),
        (7, "A quotation mark stands "),
        (8, 'Ed "Eddie" E'),
        (9, "A quotation mark opens h"),
        (10, "Gus"),
    ]
    assert "1 row has fewer cells" in " ".join(read_people(data).told)


def test_letters_that_were_lost_before_are_told():
    assert "Line 3 holds" in " ".join(read_people("Name\nAna\nJos\ufffd\n".encode()).told)


def test_what_looks_like_a_formula_is_text():
    assert names(b"Name,Phone\n=1+1,'+1555\n@Bo,\n'-Cy,\n'Til,\n") == ["=1+1", "@Bo", "-Cy", "'Til"]
    assert planned(b"Name,Phone\nAna,'+1555\n")[0].details.phone == "+1555"


def test_more_rows_than_a_list_of_people_has_are_refused(monkeypatch):
    monkeypatch.setattr(csv_table, "MOST_ROWS", 1_000)
    with pytest.raises(PeopleFileError, match="more than 1,000 rows"):
        read_people(b"Name\n" + b"A\n" * 1_001)


def test_empty_cells_without_number_are_refused(monkeypatch):
    monkeypatch.setattr(csv_table, "MOST_CELLS", 10_000)
    with pytest.raises(PeopleFileError, match="too many rows of too many columns"):
        read_people(b"Name" + b",x" * 999 + b"\n" + (b"A" + b"," * 999 + b"\n") * 20)


def test_whoever_looks_on_may_end_the_reading():
    class EndedError(Exception):
        pass

    def stop(rows):
        raise EndedError(rows)

    with pytest.raises(EndedError):
        read_people(b"Name\n" + b"A\n" * 1500, watch=stop)


def workbook(*rows, formats=None, sheets=()):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for place, shape in (formats or {}).items():
        sheet[place].number_format = shape
    for title, more in sheets:
        other = book.create_sheet(title)
        for row in more:
            other.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rezipped(data, change):
    """The workbook with its parts changed: `change` takes name and bytes, and gives bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, change(part.filename, old.read(part.filename)))
    return out.getvalue()


def test_a_workbook_gives_values_days_and_all_digits():
    data = workbook(
        ["Name", "DOB", "Client ID", "Phone", "Zip"],
        ["Ana", date(1990, 5, 2), 42, 15550142000, 501],
        ["Bo", date(1985, 4, 1), "0007", "+1 555", 2134],
        formats={"C2": "00000", "E2": "00000", "E3": "00000"},
    )
    ana, bo = (row.details for row in planned(data))
    assert (ana.born, ana.external_id, ana.phone, ana.contacts[0].value) == (
        "1990-05-02",
        "00042",
        "15550142000",
        "00501",
    )
    assert (bo.born, bo.external_id, bo.phone) == ("1985-04-01", "0007", "+1 555")


def test_a_cell_without_a_value_is_named():
    data = workbook(["Name", "Client ID", "Notes"], ["Ana", "=1+1", "=2+2"], ["Bo", 1.5e17, None], ["Cy", "x", "=1"])
    assert [row.problem[:40] for row in planned(data)] == [
        "“Client ID”: a formula stands here, and ",
        "“Client ID”: a number of more than 15 di",
        "",
    ]
    cached = rezipped(data, lambda _, part: part.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"))
    assert planned(cached)[0].details.external_id == "2"
    broken = workbook(["Name", "Client ID"], ["Ana", "#REF!"])
    assert "in error" in planned(broken)[0].problem


def test_an_id_that_a_spreadsheet_made_a_day_of_is_refused():
    data = workbook(["Name", "Client ID"], ["Ana", date(2026, 3, 4)])
    assert planned(data)[0].problem == "“Client ID”: a spreadsheet made a day of this value."
    assert "shortened" in planned(b"Name,Phone\nAna,1.55E+10\n")[0].problem


def test_sheets_are_chosen_by_name():
    data = workbook(sheets=[("People", [["Name"], ["Ana"]]), ("Other", [["Name"], ["Bo"]])])
    assert names(data) == ["Ana"]
    assert names(data, sheet="other") == ["Bo"]
    with pytest.raises(PeopleFileError, match="It has: Sheet, People, Other"):
        read_people(data, sheet="None")


def test_a_bomb_is_not_opened():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", b"<a/>")
        bomb.writestr("xl/worksheets/sheet1.xml", bytes(8 * 1024 * 1024))
    with pytest.raises(PeopleFileError, match="not opened"):
        read_people(out.getvalue())


def test_a_bomb_of_many_parts_is_not_opened(monkeypatch):
    monkeypatch.setattr(xlsx_table, "LARGEST_UNPACKED", 10_000)
    with pytest.raises(PeopleFileError, match="not opened"):
        read_people(workbook(*[["Name", "Phone"] for _ in range(900)]))


def test_a_bomb_of_entities_does_not_go_off():
    lol = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'

    def change(name, part):
        return part.replace(b"<worksheet", lol + b"<worksheet", 1) if name.endswith("sheet1.xml") else part

    with pytest.raises(PeopleFileError, match="damaged"):
        read_people(rezipped(workbook(["Name"], ["Ana"]), change))


def test_a_row_number_beyond_every_sheet_ends_the_reading(monkeypatch):
    monkeypatch.setattr(xlsx_table, "_MOST_EMPTY_ROWS", 1_000)
    data = rezipped(workbook(["Name"], ["Ana"]), lambda _, part: part.replace(b'r="2"', b'r="99999999"'))
    with pytest.raises(PeopleFileError, match="more rows or columns"):
        read_people(data)


def test_old_and_encrypted_workbooks_are_told_apart():
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
    with pytest.raises(PeopleFileError, match=r"\.xls\b"):
        read_people(container)
    with pytest.raises(PeopleFileError, match="encrypted"):
        read_people(container + "EncryptedPackage".encode("utf-16-le"))


def test_other_archives_are_no_workbooks():
    for name, said in (("mimetype", "OpenDocument"), ("list.csv", "zip archive")):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as made:
            made.writestr(name, b"x")
        with pytest.raises(PeopleFileError, match=said):
            read_people(out.getvalue())
    with pytest.raises(PeopleFileError, match="damaged"):
        read_people(workbook(["Name"])[:-200])
