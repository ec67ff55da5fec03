"""A template as a form: to print and write on, or to type into."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from peernote_tui.documents.condition_words import condition_words
from peernote_tui.documents.contents.form import form_document
from peernote_tui.documents.document import Boxes, Heading, Paper, Table, WritingLines
from peernote_tui.documents.rendering import Format, render
from peernote_tui.documents.template_file import read_template
from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.dates import understand_session
from peernote_tui.domain.next_contact import understand_contact
from peernote_tui.domain.note import ActionReview, AgreedAction, Mode, NextContact, NoteContent, NoteKind
from peernote_tui.domain.template import FieldKind
from peernote_tui.services.templates import built_in_templates

GOLDEN = Path(__file__).parents[1] / "golden" / "form.txt"
NOW = datetime(2026, 11, 26, 10, 0)  # noqa: DTZ001 a wall clock
BUILT_IN = built_in_templates()
GUIDED = BUILT_IN["peer-support", 1]


def by_key(document):
    return {
        piece.key: piece for piece in document.pieces if isinstance(piece, Boxes | Table | WritingLines) and piece.key
    }


def test_the_guided_form_reads_as_it_did():
    assert render(form_document(GUIDED), Format.TXT).data.decode() == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("template", BUILT_IN.values(), ids=lambda template: template.id)
def test_every_question_stands_in_every_form_under_its_own_label(template):
    document = form_document(template)
    asked = by_key(document)
    for section in template.sections:
        for field in section.fields:
            if field.kind not in (FieldKind.COMPUTED, FieldKind.HEADING):
                assert asked[field.key].label == field.label
    for form in (Format.TXT, Format.MARKDOWN, Format.HTML, Format.RTF):
        assert f"form {template.id} {template.version}" in render(document, form).data.decode()


@pytest.mark.parametrize("template", BUILT_IN.values(), ids=lambda template: template.id)
def test_every_form_prints(template):
    document = form_document(template)
    word = zipfile.ZipFile(BytesIO(render(document, Format.DOCX).data))
    assert f"form {template.id} 1" in word.read("word/footer1.xml").decode()
    paper = {Paper.A4: (595, 842), Paper.LETTER: (612, 792)}
    for size in paper if template is GUIDED else (Paper.A4,):
        pages = PdfReader(BytesIO(render(document, Format.PDF, paper=size).data)).pages
        assert tuple(map(round, pages[0].mediabox[2:])) == paper[size]
        assert all(f"form {template.id} 1" in page.extract_text() for page in pages)


def test_a_form_names_nobody_and_is_the_same_each_time():
    document = form_document(GUIDED)
    assert (document.about, document.made) == ("", "")
    for form in (Format.PDF, Format.DOCX):
        assert render(document, form).data == render(document, form).data


def test_no_hint_speaks_of_keys():
    for template in BUILT_IN.values():
        for piece in form_document(template).pieces:
            assert "Enter" not in getattr(piece, "hint", getattr(piece, "text", ""))


def test_what_stands_in_a_filled_form_is_understood_again():
    content = NoteContent(
        kind=NoteKind.OUTREACH,
        mode=Mode.PHONE,
        place="the café [/]",
        day=date(2026, 11, 24),
        start=time(14, 0),
        end=time(14, 45),
        concern_tags=("housing", "sleep"),
        rating=7,
        summary="She went alone.\n\n“[/] did it”",
        action_reviews=(ActionReview(text="call", outcome=ActionStatus.NOT_YET, words="no time"),),
        agreed_actions=(AgreedAction(text="bring the form", due=date(2026, 11, 27)),),
        next_contact=NextContact(day=date(2026, 12, 1), at=time(10, 0), mode=Mode.PHONE),
    )
    asked = by_key(form_document(GUIDED, content=content))
    session = understand_session(asked["session"].value, now=NOW)
    assert (session.day, session.start, session.end) == (content.day, content.start, content.end)
    assert understand_contact(asked["next_contact"].value, now=NOW) == content.next_contact
    assert asked["concern_tags"].value == "housing, sleep"
    assert asked["summary"].value == content.summary
    assert (asked["kind"].ticked, asked["mode"].ticked, asked["rating"].ticked) == (("outreach",), ("phone",), ("7",))
    assert asked["written_together"].ticked == ()
    assert asked["action_reviews"].rows[0] == ("call", "not yet", "no time")
    assert asked["agreed_actions"].rows[0] == ("bring the form", "participant", "2026-11-27")
    for hint in (asked["session"].hint, asked["next_contact"].hint):
        assert hint


@pytest.mark.parametrize("example", ["24 Nov 2026, 2pm-2:45pm"])
def test_what_a_form_gives_as_an_example_is_understood(example):
    assert understand_session(example, now=NOW).end == time(14, 45)
    assert understand_contact("1 Dec 2026 2pm, by phone", now=NOW).mode is Mode.PHONE


OWN = """
id = "own"
version = 3
title = "Own"
[[sections]]
key = "all"
title = "All"
[[sections.fields]]
key = "consent"
kind = "consent"
label = "Consent"
[[sections.fields]]
key = "session"
kind = "session"
label = "When"
[[sections.fields]]
key = "refill"
kind = "yes_no"
label = "A refill"
[[sections.fields]]
key = "why"
kind = "choices"
label = "Why"
show_if = "refill"
choices = [{ value = "used", label = "Was used" }, { value = "lost", label = "Lost" }]
[[sections.fields]]
key = "much"
kind = "number"
label = "How many"
show_if = "refill and selected(why, 'used')"
private = true
[[sections.fields]]
key = "cost"
kind = "money"
label = "Cost"
unit = "USD"
show_if = "number(much) * 2 > 7"
[[sections.fields]]
key = "total"
kind = "computed"
label = "Total"
value = "number(much) * 2"
[[sections.fields]]
key = "people"
kind = "rows"
label = "People"
[[sections.fields.columns]]
key = "who"
kind = "text"
label = "Who"
"""


def test_fields_of_a_template_of_ones_own():
    template = read_template(OWN.encode())
    content = NoteContent(custom={"refill": False, "much": "12", "people": [{"who": "her sister"}]})
    asked = by_key(form_document(template, content=content))
    assert asked["refill"].ticked == ("no",)
    assert asked["why"].hint == "Tick all that apply. Only if A refill is Yes."
    assert asked["much"].hint == "Private: it is never handed out. Only if A refill is Yes and Why has Was used."
    assert asked["much"].value == ""
    assert asked["cost"].hint == "In USD. Only if the other answers ask for it."
    assert "total" not in asked
    assert (asked["people"].heads, asked["people"].columns) == (("Who",), ("who",))
    assert asked["people"].rows[:2] == (("her sister",), ("",))
    assert [p.text for p in form_document(template).pieces if isinstance(p, Heading)][:2] == ["Own", "All"]


def test_a_condition_in_words():
    assert condition_words(GUIDED, {"kind": ("no_show", "group")}) == "Kind is No-show or Group"
    safety = BUILT_IN["safety", 1]
    assert condition_words(safety, "ground = 'danger' or ground = 'law'") == (
        "It rested on is Danger to life or It rested on is Required by law"
    )
