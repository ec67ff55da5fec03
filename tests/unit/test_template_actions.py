"""Actions that a template agrees by itself: put in once, dated from the day of the contact, and then the person's."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from peernote_tui.documents.note_document import note_document
from peernote_tui.documents.template_file import file_faults, read_template, write_template
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.note import AgreedAction, Note, NoteContent, NoteParticipant
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.template_actions import MADE, made_warnings, with_made_actions

FORM = """\
id = "visit"
version = 1
title = "Visit"

[[actions]]
text = "Follow up within 24 hours"
owner = "me"
due = "+1d"

[[actions]]
text = "Tell the team"
owner = "other"
owner_name = "Kim"
show_if = "hurt"

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
key = "hurt"
kind = "yes_no"
label = "Hurt"
"""
ROWS = """
[[sections.fields]]
key = "agreed_actions"
kind = "action_rows"
label = "Agreed"
"""
MORNING = datetime(2026, 11, 24, 9, tzinfo=UTC)
FOLLOW_UP = AgreedAction(text="Follow up within 24 hours", owner=Owner.ME, due=date(2026, 11, 24))


def draft(**content):
    content = NoteContent(**{"day": date(2026, 11, 23), **content})
    return Draft(id="d", participant_id="p", content=content, begun_at=MORNING, changed_at=MORNING)


@pytest.fixture(params=[FORM, FORM + ROWS], ids=["not asked", "asked"])
def form(request):
    return read_template(request.param.encode())


def test_an_action_is_put_in_once_and_dated_from_the_day_of_the_contact(form):
    made = with_made_actions(form, draft())
    assert made.content.agreed_actions == (FOLLOW_UP,)
    assert with_made_actions(form, made) is made
    emptied = made.model_copy(update={"content": made.content.model_copy(update={"agreed_actions": ()})})
    assert with_made_actions(form, emptied) is emptied, "one that was taken out stays out"


def test_an_answer_asks_for_a_further_one(form):
    first = with_made_actions(form, draft())
    hurt = first.model_copy(update={"content": first.content.model_copy(update={"custom": {"hurt": True}})})
    assert [action.text for action in with_made_actions(form, hurt).content.agreed_actions] == [
        "Follow up within 24 hours",
        "Tell the team",
    ]
    both = with_made_actions(form, draft(custom={"hurt": True}))
    assert both.content.agreed_actions[1] == AgreedAction(text="Tell the team", owner=Owner.OTHER, owner_name="Kim")


def test_what_stands_there_in_the_same_words_is_not_put_in_again(form):
    there = AgreedAction(text="Follow up within 24 hours", owner=Owner.BOTH)
    made = with_made_actions(form, draft(agreed_actions=(there,)))
    assert (made.content.agreed_actions, made.typed) == ((there,), {MADE: "0"})


def test_nothing_is_put_in_before_the_day_is_known(form):
    assert with_made_actions(form, draft(day=None)).content.agreed_actions == ()


def test_a_question_that_is_hidden_gets_none():
    form = read_template((FORM + ROWS + 'show_if = "hurt"\n').encode())
    assert with_made_actions(form, draft()).content.agreed_actions == ()


def test_where_nobody_is_asked_it_is_told_and_read():
    form = read_template(FORM.encode())
    content = with_made_actions(form, draft()).content
    assert made_warnings(form, content) == ("Signing adds an action: Follow up within 24 hours.",)
    page = note_document(Note(participant=NoteParticipant(name="Ana Lima"), content=content), form)
    (field,) = page.sections[-1].fields
    assert field.blocks[0].text == "Follow up within 24 hours · me · by Tue 24 Nov 2026"
    assert made_warnings(read_template((FORM + ROWS).encode()), content) == ()


def test_actions_are_written_and_read_back():
    form = read_template((FORM + ROWS).encode())
    assert read_template(write_template(form)) == form
    assert write_template(form).startswith(b'id = "visit"\nversion = 1\ntitle = "Visit"\n\n[[actions]]\n')


@pytest.mark.parametrize(
    ("old", "new", "line", "word"),
    [
        ('due = "+1d"', 'due = "someday"', 8, "due"),
        ('due = "+1d"', 'by = "+1d"', 8, "by"),
        ('owner = "me"', 'owner = "us"', 7, "owner"),
        ('owner_name = "Kim"\n', "", 10, "Who does"),
        ('text = "Tell the team"', 'text = " "', 11, "few words"),
        ('show_if = "hurt"', 'show_if = "gone"', 14, "gone"),
        ('show_if = "hurt"', "show_if = { gone = ['x'] }", 14, "gone"),
        ('show_if = "hurt"', 'show_if = "hurt ="', 14, "show_if"),
        ("[[sections]]", '[[actions]]\ntext = "More"\n\n' * 19 + "[[sections]]", 70, "more than 20"),
    ],
)
def test_a_fault_is_told_with_its_line(old, new, line, word):
    found = [(fault.line, fault.sentence) for fault in file_faults(FORM.replace(old, new, 1).encode())]
    assert any(number == line and word in sentence for number, sentence in found), found


def test_actions_in_one_line_are_told_with_it():
    before, rest = FORM.split("[[actions]]", 1)
    text = before + 'actions = [{ text = "Call", due = "never" }]' + rest[rest.index("\n[[sections]]") :]
    assert [fault.line for fault in file_faults(text.encode())] == [5]
