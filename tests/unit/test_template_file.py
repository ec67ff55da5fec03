"""A template's file: what is wrong is told with its line, and what is written reads back the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peernote_tui.documents.template_file import file_faults, read_template, write_template
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.template import FieldKind, Template
from peernote_tui.services.templates import built_in_templates

GOOD = """\
id = "visit"
version = 1
title = "Visit"

[[sections]]
key = "first"
title = "First"

[[sections.fields]]
key = "consent"
kind = "consent"
label = "Consent"

[[sections.fields]]
key = "session"
kind = "session"
label = "When"

[[sections.fields]]
key = "costs"
kind = "rows"
label = "Costs"

[[sections.fields.columns]]
key = "price"
kind = "money"
label = "Price"
"""


def told(text):
    return [(fault.line, fault.sentence) for fault in file_faults(text.encode())]


def test_a_good_file_is_read():
    assert told(GOOD) == []
    assert [field.key for field in read_template(GOOD.encode()).sections[0].fields] == ["consent", "session", "costs"]


@pytest.mark.parametrize(
    ("old", "new", "line", "word"),
    [
        ("version = 1", "version = 0", 2, "1 or more"),
        ("version = 1", 'version = "x"', 2, "version"),
        ("version = 1", 'version = 1\nkind = "crowd"', 3, "kind of contact"),
        ('key = "first"', 'key = "First one"', 6, "short name"),
        ('kind = "session"', 'kind = "sesion"', 16, "kind"),
        ('kind = "money"', 'kind = "rows"', 26, "repeat"),
        ('label = "Price"', 'label = "Price"\nwhat = 1', 28, "what"),
        ('label = "Price"', "", 24, "label"),
        ('key = "session"', 'key = "costs"', 15, "more than one"),
        ('title = "First"', 'title = "First', 7, "TOML"),
        ('title = "First"', 'title = "First"\ntitle = "Again"', 8, "TOML"),
        ('label = "When"', 'label = "When"\nshow_if = "gone = 1"', 18, "gone"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line(old, new, line, word):
    found = told(GOOD.replace(old, new, 1))
    assert any(number == line and word in sentence for number, sentence in found), found
    with pytest.raises(InvalidInputError, match=r"Line \d+ of the template"):
        read_template(GOOD.replace(old, new, 1).encode())


def test_several_faults_are_told_together():
    text = GOOD.replace('kind = "money"', 'kind = "gold"').replace('label = "When"', "")
    assert [line for line, _ in told(text)] == [14, 26]


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"PK\x03\x04", b"[" * 5_000, b"a." * 2_000 + b"=1", b"x" * 300_000])
def test_what_is_no_template_at_all_is_refused(data):
    assert file_faults(data)


@pytest.mark.parametrize("template", built_in_templates().values(), ids=lambda template: template.id)
def test_what_ships_reads_back_the_same(template):
    assert read_template(write_template(template)) == template


WORDS = st.text(max_size=12).filter(lambda text: "\r" not in text)
COLUMNS = st.fixed_dictionaries({"kind": st.just("text"), "label": WORDS, "hint": WORDS, "pattern": WORDS})


@settings(max_examples=60)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "kind": st.sampled_from(list(FieldKind)),
                "label": WORDS,
                "hint": WORDS,
                "required": st.booleans(),
                "least": st.none() | st.decimals(-1000, 1000, places=2),
                "show_if": WORDS | st.dictionaries(WORDS, st.lists(WORDS, max_size=2), max_size=2),
                "choices": st.lists(st.fixed_dictionaries({"value": WORDS, "label": WORDS}), max_size=2),
                "columns": st.lists(COLUMNS, max_size=2),
            }
        ),
        max_size=4,
    )
)
def test_whatever_stands_in_a_template_reads_back_the_same(fields):
    for number, field in enumerate(fields):
        field["key"] = f"q{number}"
        for place, column in enumerate(field["columns"]):
            column["key"] = f"c{place}"
    template = Template.model_validate(
        {"id": "t", "version": 1, "title": "T", "sections": [{"key": "s", "title": "S", "fields": fields}]}
    )
    from peernote_tui.domain.toml import read_toml

    assert Template.model_validate(read_toml(write_template(template))) == template
