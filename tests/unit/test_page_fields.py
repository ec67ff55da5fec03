"""Fields that a template gives every participant's page: what it may ask, and how answers are kept and read again."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.documents.template_file import file_faults, read_template, write_template
from peernote_tui.domain.answers import Asked, answer_text, understand_answer
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.page_fields import (
    asked_fields,
    entry_problems,
    free_entries,
    settled_entries,
    with_answers,
    words_of,
)
from peernote_tui.domain.participant import CustomField
from peernote_tui.domain.template import Template
from peernote_tui.domain.template_check import faults

NOW = Asked(datetime(2026, 11, 23, 14, 52))  # noqa: DTZ001 a wall clock
FILE = """\
id = "page"
version = 1
title = "Our page"
about = "participant"

[[sections]]
key = "us"
title = "What we ask"

[[sections.fields]]
key = "size"
kind = "number"
label = "Shoe size"
least = 1
most = 60
required = true

[[sections.fields]]
key = "since"
kind = "date"
label = "With us since"
must = "since <= today()"
must_say = "That day has not come yet."
"""


def page(*fields, **more):
    sections = [{"key": "s", "title": "S", "fields": fields}]
    return Template.model_validate(
        {"id": "page", "version": 1, "title": "P", "about": "participant", "sections": sections, **more}
    )


def asking(kind, **more):
    return {"key": "q", "kind": kind, "label": "Question", **more}


def entry(label, value):
    return CustomField(label=label, value=value)


FIELDS = asked_fields(read_template(FILE.encode()))


def test_a_page_needs_neither_consent_nor_a_time_and_its_file_reads_back():
    template = read_template(FILE.encode())
    assert read_template(write_template(template)) == template


@pytest.mark.parametrize(
    ("line", "becomes", "at", "word"),
    [
        ('kind = "number"', 'kind = "rows"', 12, "of a kind that a page cannot hold"),
        ('kind = "date"', 'kind = "computed"\nvalue = "1"', 20, "of a kind that a page cannot hold"),
        ('label = "With us since"', 'label = "Since:"', 21, "has a colon"),
        ('label = "With us since"', 'label = "shoe size"', 21, "is the label of more than one field"),
        ('label = "With us since"', 'label = "?"', 21, "a label of signs alone"),
        ("required = true", "private = true", 16, "is private"),
        ("required = true", 'default = "9"', 16, "has a default"),
        ("required = true", 'show_if = "answered(since)"', 16, "depends on others"),
        ('must = "since <= today()"', 'must = "since <= day"', 22, "a page has none"),
        ('key = "since"', 'key = "plan"', 19, "a key of notes"),
        ('about = "participant"', 'about = "staff"', 4, "about"),
        ('about = "participant"', 'about = "participant"\n[[actions]]\ntext = "Call"', 5, "agrees no actions"),
    ],
)
def test_what_a_page_cannot_hold_is_told_by_its_line(line, becomes, at, word):
    found = file_faults(FILE.replace(line, becomes).encode())
    assert at in {fault.line for fault in found if word in fault.sentence}


def test_a_choice_that_would_read_as_another_is_refused():
    turned = [{"value": "a", "label": "2"}, {"value": "b", "label": "1"}]
    same = [{"value": "a", "label": "Yes"}, {"value": "b", "label": "yes"}]
    comma = [{"value": "a", "label": "Bus, train"}, {"value": "b", "label": "Bus"}]
    assert faults(page(asking("choice", choices=turned)))
    assert faults(page(asking("choice", choices=same)))
    assert faults(page(asking("choices", choices=comma)))


LABELS = st.lists(st.text("abc12 -éB", min_size=1, max_size=6), min_size=1, max_size=4)


@given(LABELS, st.sampled_from(["choice", "choices"]), st.data())
def test_what_is_kept_of_a_choice_is_read_as_the_same_choice(labels, kind, data):
    template = page(asking(kind, choices=[{"value": f"v{n}", "label": label} for n, label in enumerate(labels)]))
    if faults(template):
        return
    (field,) = asked_fields(template)
    values = [choice.value for choice in field.choices]
    value = data.draw(st.sampled_from(values) if kind == "choice" else st.lists(st.sampled_from(values), unique=True))
    (kept,) = with_answers([field], {"q": answer_text(field, value)}, ()) or (entry("Question", ""),)
    assert understand_answer(field, kept.value, NOW) == (value or None)


def test_an_answer_is_kept_as_it_is_understood_and_others_stay():
    before = (entry("Favourite tea", "mint"),)
    typed = with_answers(FIELDS, {"size": " 9 ", "since": "2 may 2024"}, before)
    kept = settled_entries(FIELDS, typed, before, NOW)
    assert kept == (entry("Shoe size", "9"), entry("With us since", "2024-05-02"), *before)
    assert settled_entries(FIELDS, kept, (), NOW) == kept
    assert free_entries(FIELDS, kept) == before
    # Under another spelling of its label it is the same question.
    assert settled_entries(FIELDS, (entry("SHOE size", "9"),), (), NOW) == (entry("Shoe size", "9"),)


def test_what_is_wrong_is_told_for_every_field():
    typed = (entry("With us since", "2027-01-01"),)
    assert entry_problems(FIELDS, typed, (), NOW) == {
        "size": "“Shoe size” is needed.",
        "since": "That day has not come yet.",
    }
    assert "size" not in entry_problems(FIELDS, typed, (), NOW, whole=False)
    with pytest.raises(InvalidInputError) as refused:
        settled_entries(FIELDS, (entry("Shoe size", "large"),), (), NOW)
    assert str(refused.value).startswith("“Shoe size”: A number is needed")
    assert "large" not in str(refused.value)
    assert "custom" in entry_problems(FIELDS, (entry("Shoe size", "9"), entry("shoe size", "10")), (), NOW)


def test_an_answer_that_a_later_rule_refuses_stays_until_it_is_changed():
    before = (entry("Shoe size", "large"), entry("With us since", "2027-01-01"))
    assert settled_entries(FIELDS, before, before, NOW) == before
    more = (*before, entry("Favourite tea", "mint"))
    assert settled_entries(FIELDS, more, before, NOW) == more
    assert entry_problems(FIELDS, (entry("Shoe size", "huge"), before[1]), before, NOW).keys() == {"size"}


def test_a_retired_field_leaves_its_answer_as_any_other_entry():
    entries = (entry("Shoe size", "9"),)
    later = read_template(FILE.replace("required = true", "retired = true").encode())
    assert [words_of(field, entries) for field in asked_fields(later)] == [""]
    assert free_entries(asked_fields(later), entries) == entries
