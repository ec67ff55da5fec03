"""What a correction changes is told in the words of the document, whatever the field holds."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.documents.note_changes import changes_between
from peernote_tui.domain.note import Mode, NextContact, Note, NoteParticipant, NoteState
from peernote_tui.services.templates import built_in_templates, newest_template

TEMPLATE = newest_template(built_in_templates())


def signed(content):
    who = NoteParticipant(name="Maria Santos")
    return Note(participant=who, content=content, state=NoteState.SIGNED, signed_at=datetime(2026, 11, 23, tzinfo=UTC))


def told(before, after):
    found = changes_between(signed(before), TEMPLATE, before, after)
    return {change.label: (change.before, change.after) for change in found}


def test_every_kind_of_answer_is_told(complete_content):
    before = complete_content(rating=6)
    after = before.model_copy(
        update={
            "start": time(13), "mode": Mode.PHONE, "summary": "Two letters.", "techniques": ("listened",),
            "rating": None, "next_contact": NextContact(day=date(2026, 12, 24)), "plan": "A plan.",
        }
    )  # fmt: skip
    found = told(before, after)
    assert found["How"] == ("In person", "Phone")
    assert "13:00" in found["When"][1]
    assert found["What happened, what did you decide?"] == (before.summary, "Two letters.")
    assert found["How are things"][1] == ""
    assert "24 Dec 2026" in found["Next contact"][1]
    assert told(after, before) == {label: (new, old) for label, (old, new) in found.items()}
    assert "Place" not in found


def test_nothing_is_told_where_nothing_changed(complete_content):
    assert told(complete_content(), complete_content()) == {}


@given(st.text(alphabet="ab \n[]", max_size=40))
def test_other_words_are_always_told(words):
    from peernote_tui.domain.note import NoteContent

    before, after = NoteContent(summary="x"), NoteContent(summary=words)
    assert bool(told(before, after)) == (words.strip("\n ") != "x")
