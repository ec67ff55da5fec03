"""Participants' fields by a template: which one is in force, what is stored, what history and lists make of it."""

from __future__ import annotations

import pytest

from peernote_tui.documents.people.columns import guess_columns
from peernote_tui.documents.people.reading import read_people
from peernote_tui.documents.people.rows import make_plan
from peernote_tui.documents.people.table import FileKind
from peernote_tui.domain.errors import InvalidInputError, RefusedError
from peernote_tui.domain.participant import CustomField
from peernote_tui.services.exporting_people import export_people
from peernote_tui.services.half_typed import save_typed
from peernote_tui.services.importing_people import Outcome, import_people, preview_people
from peernote_tui.services.keeping_records import take_back_change
from peernote_tui.services.keeping_templates import add_template, offered_templates
from peernote_tui.services.page_fields import page_fields, page_labels
from peernote_tui.services.participants import get_participant
from peernote_tui.services.retiring_templates import retire_template
from peernote_tui.services.writing import start_draft

PAGE = """\
id = "page"
version = 1
title = "Our page"
about = "participant"
[[sections]]
key = "us"
title = "What we ask"
fields = [
  { key = "size", kind = "number", label = "Shoe size", most = 60, required = true },
  { key = "served", kind = "yes_no", label = "Served in the military?" },
]
"""


@pytest.fixture
def asks(workspace):
    return add_template(workspace, PAGE.encode())


def entries(workspace, person):
    return [(each.label, each.value) for each in get_participant(workspace, person.id).custom]


def with_custom(person, *told):
    return person.model_copy(update={"custom": tuple(CustomField(label=label, value=value) for label, value in told)})


def test_the_one_added_last_that_is_not_retired_is_in_force_and_no_note_is_begun_in_it(workspace, asks, consented):
    assert [field.label for field in page_fields(workspace)] == ["Shoe size", "Served in the military?"]
    assert asks.id not in {each.id for each in offered_templates(workspace)}
    with pytest.raises(RefusedError, match="no note is begun"):
        start_draft(workspace, consented.id, template_id=asks.id)
    add_template(workspace, PAGE.replace('"page"', '"other"').replace("Shoe size", "Hat size").encode())
    assert page_fields(workspace)[0].label == "Hat size"
    retire_template(workspace, "other")
    assert page_fields(workspace)[0].label == "Shoe size"
    retire_template(workspace, "page")
    assert page_fields(workspace) == ()


def test_a_further_version_is_about_the_same(workspace, asks):
    note = PAGE.replace('about = "participant"', "").replace("version = 1", "version = 2")
    note = note.replace("fields = [", 'fields = [\n{ key = "session", kind = "session", label = "When" },'
                        '{ key = "consent", kind = "consent", label = "C" },')  # fmt: skip
    with pytest.raises(RefusedError, match=f"about a {asks.about.value}"):
        add_template(workspace, note.encode())


def test_an_answer_is_checked_and_stored_and_can_be_taken_back(workspace, asks, participant):
    with pytest.raises(InvalidInputError, match="“Shoe size” is at most 60"):
        save_typed(workspace, participant.id, with_custom(participant, ("Shoe size", "900")))
    change = save_typed(workspace, participant.id, with_custom(participant, ("shoe size", " 9 "), ("Tea", "mint")))
    assert change.fields == ("custom",)
    assert entries(workspace, participant) == [("Shoe size", "9"), ("Tea", "mint")]
    take_back_change(workspace, change.id)
    assert entries(workspace, participant) == []
    # What is required holds back nothing that has nothing to do with it.
    save_typed(workspace, participant.id, participant.model_copy(update={"phone": "555-0142"}))
    assert get_participant(workspace, participant.id).phone == "555-0142"


def test_columns_of_a_list_with_its_labels_go_there_and_bad_values_are_told(workspace, asks):
    def plan(text):
        found = read_people(text.encode())
        return make_plan(found, guess_columns(found, asked=page_labels(workspace)), today=workspace.today)

    listed = plan("Name,Shoe Size,Served in the military,Other\nAna Ruiz,9,TRUE,x\nBo Li,large,no,\nCy Fox,,x,\n")
    assert [(row.outcome, row.reason) for row in preview_people(workspace, listed).rows] == [
        (Outcome.NEW, ""),
        (Outcome.BAD, "“Shoe size”: A number is needed here. Such as 12."),
        (Outcome.NEW, ""),
    ]
    added = dict(import_people(workspace, listed, skip_bad=True).added)
    ana = get_participant(workspace, added[2])
    assert entries(workspace, ana) == [("Shoe size", "9"), ("Served in the military?", "yes")]
    back = plan(export_people(workspace, FileKind.CSV).data.decode("utf-8-sig"))
    assert [row.details.custom for row in back.rows() if row.details.name == ana.name] == [ana.custom]
    assert not [row for row in preview_people(workspace, back).rows if row.outcome is Outcome.BAD]
