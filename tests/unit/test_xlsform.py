"""An XLSForm becomes a template; what cannot be carried over is told with its row, and a broken one gives nothing."""

from __future__ import annotations

import io
import zipfile

import pytest
from reliability.forms import HEADERS, workbook, xlsform

from peernote_tui.documents.template_file import read_template, write_template
from peernote_tui.documents.xlsform.converting import convert_xlsform
from peernote_tui.domain.template import FieldKind

TYPES = (
    ("start", "start"),
    ("note", "hello", "**Read** this to <b>${who}</b>"),
    ("text", "who", "Who", None, None, None, None, None, "multiline"),
    ("text", "mail", "Mail", None, None, None, None, None, "email"),
    ("text", "call", "Call", None, None, None, None, None, "tel"),
    ("text", "summary", "Core key", None, None, None, "regex(., '[a-z]+')"),
    ("integer", "Kids", "Kids", None, "yes", None, ". > 0 and . < 9", None, None, 2),
    ("decimal", "price", "Price"),
    ("date", "on", "On", None, None, None, None, None, None, "today()"),
    ("date", "born", "Born", None, None, None, None, None, "year"),
    ("time", "at", "At"),
    ("dateTime", "next", "Next", None, "yes", "${Kids} > 2 or ${read} = 'OK'"),
    ("select_one often", "q1", "Tired", None, None, None, None, None, "minimal", 2),
    ("select_multiple needs or_other", "needs", "Needs", None, None, None, None, None, None, "bus food"),
    ("select_one_from_file towns.csv", "town", "Town"),
    ("rank needs", "order", "Order"),
    ("barcode", "code", "Code"),
    ("image", "sign", "Signed", None, "yes", None, None, None, "signature"),
    ("image", "pic", "Picture"),
    ("acknowledge", "read", "Read", None, "yes"),
    ("hidden", "kind", "Kind", None, None, None, None, None, None, "visit"),
    ("text", "other", "Other", None, "${Kids} > 1", "pulldata('a', 'b', 'c', ${who})"),
)
CHOICES = (
    ("list_name", "name", "label"),
    *(("often", value, word) for value, word in enumerate(("Never", "Some days", "Most days"))),
    ("needs", "bus", "Bus pass"),
    ("needs", "food", "Food box"),
)


def fields(data, **asked):
    found = convert_xlsform(data, **asked)
    assert found.faults == ()
    return {field.key: field for section in found.template.sections for field in section.fields}


def reported(data, **asked):
    return [(line.row, line.column, line.sentence) for line in convert_xlsform(data, **asked).report]


def faults(data, **asked):
    found = convert_xlsform(data, **asked)
    assert found.template is None
    assert all(line.way_out for line in found.faults)
    return [(line.sheet, line.row, line.sentence) for line in found.faults]


def test_every_type_becomes_a_field_or_is_told():
    data = xlsform(TYPES, CHOICES, ())
    kinds = {key: field.kind.value for key, field in fields(data).items()}
    assert kinds == {
        "consent": "consent", "session": "session", "hello": "heading", "who": "long_text", "mail": "text",
        "call": "phone", "form_summary": "text", "kids": "number", "price": "number", "on": "date", "born": "text",
        "at": "time", "next": "date", "next_time": "time", "q1": "choice", "needs": "choices", "needs_other": "text",
        "town": "text", "order": "rows", "code": "text", "sign": "attestation", "read": "yes_no",
        "form_kind": "computed", "other": "text",
    }  # fmt: skip
    told = " ".join(f"{row} {sentence}" for row, _, sentence in reported(data))
    for words in (
        "2 It is not asked",
        "19 Nothing is drawn",
        "20 A picture",
        "23 It is asked always: it uses pulldata",
    ):
        assert words in told
    assert "23 It is not needed to sign" in told


def test_what_is_demanded_is_kept():
    found = fields(xlsform(TYPES, CHOICES, ()))
    kids = found["kids"]
    assert (kids.least, kids.most, kids.default, kids.required) == (1, 8, "2", True)
    assert found["form_summary"].pattern == "[a-z]+"
    assert found["next"].show_if == found["next_time"].show_if == "kids > 2 or read = yes"
    assert fields(xlsform([("date", "by", "By", None, None, None, ". > today()")]))["by"].ahead
    assert found["hello"].label == "Read this to “Who”"
    assert found["q1"].default == "2", "a score is typed as it counts"
    assert found["needs"].default == "1, 2"
    assert [choice.value for choice in found["needs"].choices] == ["bus", "food", "other"]
    assert found["needs_other"].show_if == "selected(needs, 'other')"
    assert (found["read"].must, found["on"].default) == ("read", "today")


def test_groups_are_sections_and_repeats_are_rows():
    template = convert_xlsform(xlsform()).template
    assert (template.id, template.version, template.title) == ("home-visit", 3, "Home visit")
    assert [section.title for section in template.sections] == [
        "Who and when", "The visit", "Household", "More questions"
    ]  # fmt: skip
    rows = template.field("household")
    assert [(column.key, column.kind, column.required) for column in rows.columns] == [
        ("member", FieldKind.TEXT, True),
        ("income", FieldKind.NUMBER, False),
    ]
    assert template.field("total").value == "sum(household.income) + coalesce(fares, 0) * 2.5"
    assert read_template(write_template(template)) == template


def test_conditions_of_groups_hold_for_what_is_in_them():
    rows = (
        ("integer", "age", "Age"),
        ("begin group", "grown", "Grown", None, None, "${age} > 17 or ${age} = 3"),
        ("begin group", "work", "Work", None, None, "${age} < 65"),
        ("text", "job", "Job", None, None, "${age} != 40"),
        ("end group",),
        ("end group",),
    )
    found = fields(xlsform(rows))
    assert found["job"].show_if == "(age > 17 or age = 3) and age < 65 and age != 40"
    assert found["work"].show_if == "(age > 17 or age = 3) and (age < 65)"


def test_rows_within_rows_say_what_they_belong_to():
    rows = (
        ("begin_repeat", "family", "Family"),
        ("text", "surname", "Surname"),
        ("begin_repeat", "child", "Child"),
        ("integer", "years", "Years", None, None, "${surname} != ''", ". >= 0"),
        ("note", "told", "A note"),
        ("end_repeat",),
        ("end_repeat",),
    )
    found = fields(xlsform(rows))
    assert [column.key for column in found["child"].columns] == ["belongs_to", "years"]
    assert found["child"].columns[1].least == 0
    assert {row for row, _, _ in reported(xlsform(rows)) if row > 1} == {4, 5, 6}


def test_a_language_is_chosen_and_the_others_are_named():
    headers = ("type", "name", "label::English (en)", "label::Español (es)")
    data = xlsform((("text", "who", "Who", "Quién"), ("text", "why", "Why")), headers=headers)
    assert fields(data)["who"].label == "Who"
    for asked in ("es", "Español", "español (ES)", "esp"):
        spanish = convert_xlsform(data, language=asked)
        assert spanish.template.field("who").label == "Quién"
    assert any("rows 3" in line.sentence for line in spanish.report)
    assert any("English (en)" in line.way_out for line in spanish.report)
    assert "does not have this language" in faults(data, language="fr")[0][2]
    set_to = xlsform((("text", "who", "Who", "Quién"),), settings=(("default_language",), ("es",)), headers=headers)
    assert fields(set_to)["who"].label == "Quién"


def test_id_and_version_can_be_said():
    found = convert_xlsform(xlsform(settings=()), template_id="ours", version=4, name="my_form")
    assert (found.template.id, found.template.version, found.template.title) == ("ours", 4, "My form")
    assert faults(xlsform(), template_id="No Id")[0][2] == "This id is no short name."
    settings = (("form_id", "version"), ("Ärzte Form!", "v2.1"))
    found = convert_xlsform(xlsform(settings=settings))
    assert (found.template.id, found.template.version) == ("arzte-form", 1)


@pytest.mark.parametrize(
    ("rows", "row", "words"),
    [
        ([("textt", "a", "A")], 2, "“textt” is not known"),
        ([("select_one", "a", "A")], 2, "is not known"),
        ([("text", "a", "A"), ("text", "a", "B")], 3, "more than one question"),
        ([("text", None, "A")], 2, "name is missing"),
        ([(None, "a", "A")], 2, "type is missing"),
        ([("text", "a", "A", None, None, "${gone} = 1")], 2, "“gone”"),
        ([("text", "a", "A", None, None, None, "${gone} = 1")], 2, "“gone”"),
        ([("calculate", "a", None, None, None, None, None, "${gone}")], 2, "“gone”"),
        ([("begin_group", "g", "G"), ("text", "a", "A")], 2, "never ends"),
        ([("text", "a", "A"), ("end_group",)], 3, "never began"),
        ([("begin_group", "g", "G"), ("end_repeat",)], 3, "still open"),
        ([("select_one nedes", "a", "A")], 2, "not on the sheet"),
        ([("text", "a", "A", None, None, "${b} = 1"), ("text", "b", "B", None, None, "${a} = 1")], 2, "itself"),
        ([("begin_group", "g", "G")] * 20, 13, "too deeply"),
        ([("text", f"a{number}", "A") for number in range(500)], 0, "500"),
        ([], 0, "no question"),
    ],
)  # fmt: skip
def test_what_is_broken_is_told_with_its_row(rows, row, words):
    found = faults(xlsform(rows))
    assert any(number == row and words in sentence for _, number, sentence in found), found


@pytest.mark.parametrize(
    ("sheets", "words"),
    [
        ({"surveys": [("type", "name")]}, "no sheet called survey"),
        ({"survey": [("name", "label"), ("a", "A")]}, "column type is missing"),
        ({"survey": [("type", "name", "Name"), ("text", "a", "A")]}, "mean the same"),
        ({"survey": [("type", "name", "name"), ("text", "a", "A")]}, "there twice"),
        ({"survey": [HEADERS, ("select_one x", "a", "A")]}, "no sheet called choices"),
        ({"survey": [HEADERS, ("text", "a", "=1+1")]}, "no value"),
        ({"survey": [HEADERS, ("text", "a", "A")], "choices": [("list_name", "label"), ("x", "y")]}, "name is missing"),
        ({"survey": [HEADERS, ("text", "a")], "choices": [("list name", "name"), ("x", "y"), ("x", "y")]}, "once"),
        ({"survey": [HEADERS, ("text", "a")], "choices": [("list name", "name"), ("x", None)]}, "no name"),
    ],
)
def test_broken_sheets_are_told(sheets, words):
    assert any(words in sentence for _, _, sentence in faults(workbook(**sheets)))


def test_several_faults_are_told_together():
    rows = [("textt", "a", "A"), ("text", "b", "B"), ("text", "b", "B"), ("end_group",)]
    assert [row for _, row, _ in faults(xlsform(rows))] == [2, 4, 5]


def test_the_same_choice_twice_is_taken_where_the_settings_allow_it():
    choices = (("list_name", "name", "label"), ("x", "a", "A"), ("x", "a", "B"))
    data = xlsform([("select_one x", "q", "Q")], choices, (("allow_choice_duplicates",), ("yes",)))
    assert [choice.label for choice in fields(data)["q"].choices] == ["A"]
    assert any(row == 3 for row, _, _ in reported(data))


def test_calculations_that_rest_on_each_other_in_a_long_row_are_told():
    deep = " + ".join(["1"] * 150)
    rows = [("calculate", f"c{n}", *[None] * 5, f"${{c{n + 1}}} + {deep}") for n in range(200)]
    found = convert_xlsform(xlsform([*rows, ("integer", "c200", "N")]))
    assert any("too many" in line.sentence or "too deep" in line.sentence for line in (*found.faults, *found.report))


def test_two_choices_of_one_label_can_be_told_apart():
    choices = (("list_name", "name", "label"), ("x", "a", "Other"), ("x", "b", "other"))
    found = fields(xlsform([("select_multiple x", "q", "Q")], choices))
    assert [choice.label for choice in found["q"].choices] == ["Other", "other (b)"]


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", b"<a/>")
        made.writestr("xl/worksheets/sheet1.xml", bytes(8 * 1024 * 1024))
    return out.getvalue()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: b"", "empty"),
        (lambda: b"type,name,label\n", "no .xlsx file"),
        (lambda: bytes(5 * 1024 * 1024), "larger than"),
        (lambda: xlsform()[:-300], "damaged"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "old form"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (bomb, "not opened"),
    ],
)
def test_what_is_no_form_at_all_is_refused(make, words):
    assert words in faults(make())[0][2]
