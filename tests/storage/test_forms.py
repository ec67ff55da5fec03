"""Forms as agencies and open-source systems have them: each is written as a template, filled, signed, shown, exported.

The forms are in our own words, after kinds of forms that are publicly known.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from reliability.forms import xlsform

from peernote_tui.documents.note_document import note_document
from peernote_tui.documents.note_json import write_notes
from peernote_tui.documents.plain import plain_text
from peernote_tui.documents.template_file import file_faults, read_template, write_template
from peernote_tui.documents.template_source import read_source
from peernote_tui.domain.answer_rows import row_line, understand_row
from peernote_tui.domain.answered import Answers
from peernote_tui.domain.answers import Asked, answer_text, understand_answer
from peernote_tui.domain.note import NoteContent
from peernote_tui.domain.template import CORE_KINDS, FieldKind
from peernote_tui.services import keeping_templates, writing

FORMS = sorted((Path(__file__).resolve().parents[1] / "forms").glob("*.toml"))
ASKED = Asked(datetime(2026, 11, 23, 14, 52))  # noqa: DTZ001 a wall clock
TYPED = {
    FieldKind.MONEY: "12.50",
    FieldKind.TIME: "2pm",
    FieldKind.TIME_SPAN: "2-245",
    FieldKind.DURATION: "45m",
    FieldKind.YES_NO: "y",
    FieldKind.TAGS: "housing, a bus",
    FieldKind.PHONE: "555-0100",
    FieldKind.CHOICES: "1, 2",
    FieldKind.CHOICE: "",
}
DECISIVE = {"q9": "3"}
"""What is answered so that everything else is asked."""


def typed(field):
    if field.key in DECISIVE or field.example:
        return DECISIVE.get(field.key, field.example)
    if field.kind is FieldKind.NUMBER:
        return str(max(field.least or 0, 2))
    if field.kind is FieldKind.SCALE:
        return str((field.least or 0) + 1)
    if field.kind is FieldKind.DATE:
        return "tomorrow" if field.ahead else "yesterday"
    if field.kind is FieldKind.CHOICE:
        return field.choices[0].label
    return TYPED.get(field.kind, "a few words of [markup]")


def own_fields(template):
    fields = [field for section in template.sections for field in section.fields]
    return [field for field in fields if field.kind not in CORE_KINDS | {FieldKind.HEADING, FieldKind.COMPUTED}]


def answered(field):
    if field.kind is FieldKind.ROWS:
        line = "; ".join(typed(column) for column in field.columns)
        row = understand_row(field, line, ASKED)
        assert set(row) == {column.key for column in field.columns}
        assert understand_row(field, row_line(field, row), ASKED) == row, "a row can be changed"
        return [row, row]
    value = understand_answer(field, typed(field), ASKED)
    assert understand_answer(field, answer_text(field, value), ASKED) == value, "what is said back can be typed"
    return value


def filled(workspace, person, template):
    draft = writing.start_draft(workspace, person.id, template_id=template.id)
    given = {field.key: answered(field) for field in own_fields(template)}
    custom = {key: value for key, value in given.items() if key not in NoteContent.model_fields}
    core = {key: value for key, value in given.items() if key not in custom}
    session = {"day": "2026-11-23", "start": "14:00", "end": "14:45", **core}
    agreed = {"agreed_actions": [{"text": "call"}], "next_contact": {"day": "2026-11-30"}}
    content = NoteContent.model_validate({**draft.content.model_dump(), **session, **agreed, "custom": custom})
    answers = Answers(template, content)
    hidden = [field.key for section in template.sections for field in section.fields if not answers.shown(field)]
    assert hidden == [], "everything is asked"
    return writing.save_draft(workspace, draft.model_copy(update={"content": content}))


def shown_and_exported(note, template):
    document = note_document(note, template)
    shown = {field.key: field for section in document.sections for field in section.fields}
    text, exported = plain_text(document), write_notes([note]).decode()
    for section in template.sections:
        for field in section.fields:
            if field.kind is FieldKind.HEADING or field.private or field.key in ("consent", "session"):
                continue
            assert shown[field.key].blocks, field.key
            assert field.label in text
            assert field.kind in CORE_KINDS or f'"{field.key}"' in exported


@pytest.mark.parametrize("file", FORMS, ids=lambda file: file.stem)
def test_a_form_is_filled_signed_shown_and_exported(file, workspace, consented):
    data = file.read_bytes()
    assert file_faults(data) == ()
    template = keeping_templates.add_template(workspace, data)
    assert read_template(write_template(template)) == template
    note = writing.sign_note(workspace, filled(workspace, consented, template).id)
    shown_and_exported(note, template)


def test_an_xlsform_goes_the_whole_way(workspace, consented):
    template = keeping_templates.add_source(workspace, read_source(xlsform()))
    by_key = {"dob": "1991-05-02", "needs": "Bus pass, Other", "income": "100"}
    draft = writing.start_draft(workspace, consented.id, template_id=template.id)
    custom = {
        field.key: understand_answer(field, by_key.get(field.key, typed(field)), ASKED)
        for field in own_fields(template)
        if field.kind is not FieldKind.ROWS
    }
    custom["household"] = [understand_row(template.field("household"), "Ana; 100.50", ASKED)]
    session = {"day": "2026-11-23", "start": "14:00", "end": "14:45"}
    content = NoteContent.model_validate({**draft.content.model_dump(), **session, "custom": custom})
    note = writing.sign_note(workspace, writing.save_draft(workspace, draft.model_copy(update={"content": content})).id)
    assert (note.content.custom["age"], note.content.custom["total"]) == ("35", "105.5")
    shown_and_exported(note, template)


def test_the_forms_are_many_and_of_every_kind():
    fields = [
        field for file in FORMS for section in read_template(file.read_bytes()).sections for field in section.fields
    ]
    kinds = Counter(field.kind for field in fields)
    assert len(FORMS) >= 12
    assert len(fields) >= 150
    # Those of the guided note are filled in its own tests.
    assert set(FieldKind) - set(kinds) == {FieldKind.ACTION_REVIEWS}
