"""A note with what was added to it, as one document."""

from datetime import UTC, datetime

import pytest

from peernote_tui.documents.added import IN_ERROR, whole_document
from peernote_tui.documents.note_document import Block
from peernote_tui.documents.plain import plain_text
from peernote_tui.domain.addendum import Addendum, AddendumKind
from peernote_tui.domain.note import Note, NoteAuthor, NoteParticipant, NoteState
from peernote_tui.services.templates import built_in_templates

TEMPLATE = built_in_templates()["peer-support", 1]
SIGNED = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
SAM = NoteAuthor(name="Sam Rivera", credential="CPS")


@pytest.fixture
def note(complete_content):
    return Note(
        id="01a209f7-1f00-7ec4-b060-449d19aaaaaa",
        state=NoteState.SIGNED,
        participant=NoteParticipant(name="Maria Santos"),
        author=SAM,
        zone="America/New_York",
        content=complete_content(summary="It said this.\n\nAnd this."),
        entered_at=SIGNED,
        signed_at=SIGNED,
    )


def added(kind, *, day=24, **more):
    at = datetime(2026, 11, day, 15, 0, tzinfo=UTC)
    more = {"reason": "As it was.", **more}
    return Addendum(
        id="01a209f7-1f00-7ec4-b060-449d19bbbbbb",
        note_id="01a209f7-1f00-7ec4-b060-449d19aaaaaa",
        note_hash="ab",
        kind=kind,
        author=SAM,
        zone="America/New_York",
        entered_at=at,
        signed_at=at,
        **more,
    )


def test_what_was_added_stands_below_labelled_dated_authored_and_reasoned(note):
    parts = whole_document(
        note,
        TEMPLATE,
        [
            added(AddendumKind.ADDENDUM, text="She called back.", reason="She called after."),
            added(AddendumKind.STATEMENT, day=25, text="I was tired.", reason=""),
        ],
    ).added
    assert [part.title for part in parts] == [
        "Addendum, Tue 24 Nov 2026",
        "Participant's statement, Wed 25 Nov 2026",
    ]
    facts = dict(parts[0].facts)
    assert facts["Reason"] == "She called after."
    assert facts["Signed"] == "by Sam Rivera, CPS, Tue 24 Nov 2026, 10:00 (America/New_York)"
    assert dict(parts[1].facts)["Said by"] == "the participant"
    assert parts[1].fields[0].blocks[0].text == "I was tired."


def test_the_note_reads_as_corrected_and_says_where_and_what_it_said_before(note):
    first = note.content.model_copy(update={"summary": "It says that.", "place": "library"})
    second = first.model_copy(update={"summary": "It says something else.", "rating": 5})
    document = whole_document(
        note,
        TEMPLATE,
        [added(AddendumKind.CORRECTION, content=first), added(AddendumKind.CORRECTION, day=26, content=second)],
    )
    assert dict(document.facts)["Corrected"].startswith("Tue 24 Nov 2026, Thu 26 Nov 2026; ")
    fields = {field.key: field for section in document.sections for field in section.fields}
    assert fields["summary"].blocks == (Block(text="It says something else."),)
    assert fields["summary"].mark == "corrected Thu 26 Nov 2026, see below"
    assert fields["response"].mark == ""
    assert dict(document.facts)["Place"] == "library (corrected Tue 24 Nov 2026, see below)"
    was = [{field.key: [block.text for block in field.blocks] for field in part.fields} for part in document.added]
    assert was == [
        {"fact Place": ["coffee shop, Elm St"], "summary": ["It said this.\nAnd this."]},
        {"summary": ["It says that."], "rating": ["(nothing)"]},
    ]


def test_written_in_error_is_said_first_and_nobody_else_is_named(note):
    text = plain_text(whole_document(note, TEMPLATE, [added(AddendumKind.IN_ERROR, belongs_to=note.id)]))
    assert text.splitlines()[3].startswith(f"! {IN_ERROR[:40]}")
    assert "It belongs in another record." in text
    assert "WRITTEN IN ERROR, TUE 24 NOV 2026" in text


def test_a_text_holds_all_of_it_within_its_width(note):
    other = note.content.model_copy(update={"summary": "word " * 200, "place": "library"})
    text = plain_text(
        whole_document(
            note,
            TEMPLATE,
            [
                added(AddendumKind.CORRECTION, content=other),
                added(AddendumKind.STATEMENT, text="“I was tired.” " * 40, said_by="her sister", reason=""),
            ],
        )
    )
    assert max(map(len, text.splitlines())) <= 78
    for words in (
        "CORRECTION, TUE 24 NOV 2026",
        "As it was.",
        "PARTICIPANT'S STATEMENT",
        "her sister",
        "It said this.",
    ):
        assert words in text
    assert text.count("I was tired.") == 40
