"""A note as plain text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from peernote_tui.documents.note_document import (
    Block,
    BlockKind,
    DocumentField,
    DocumentSection,
    NoteDocument,
    note_document,
)
from peernote_tui.documents.plain import plain_text
from peernote_tui.domain.note import Note, NoteParticipant
from peernote_tui.services.templates import built_in_templates

FORM = built_in_templates()["peer-support", 1]

DOCUMENT = NoteDocument(
    title="Case note",
    facts=(("Participant", "Maria Santos"), ("When", "Mon 23 Nov 2026")),
    sections=(
        DocumentSection(
            title="Summary",
            fields=(
                DocumentField(key="summary", label="What happened", blocks=(Block(text="We talked."),)),
                DocumentField(key="own", label="Own words", blocks=(Block(kind=BlockKind.QUOTE, text="I can."),)),
                DocumentField(key="acts", label="Agreed", blocks=(Block(kind=BlockKind.ITEM, text="call"),)),
            ),
        ),
    ),
    footing=("Draft, not signed.",),
)


def test_the_whole_text():
    assert plain_text(DOCUMENT, width=24) == (
        "Case note\n"
        "=========\n"
        "\n"
        "Participant  Maria\n"
        "             Santos\n"
        "When         Mon 23 Nov\n"
        "             2026\n"
        "\n"
        "SUMMARY\n"
        "\n"
        "What happened\n"
        "  We talked.\n"
        "\n"
        "Own words\n"
        "  > I can.\n"
        "\n"
        "Agreed\n"
        "  - call\n"
        "\n"
        "------------------------\n"
        "Draft, not signed.\n"
    )


def test_lines_typed_apart_stay_apart_under_one_indent():
    field = DocumentField(key="k", label="L", blocks=(Block(kind=BlockKind.ITEM, text="one\n\ntwo " + "x" * 30),))
    document = DOCUMENT.model_copy(update={"sections": (DocumentSection(title="S", fields=(field,)),)})
    assert "  - one\n\n    two " + "x" * 16 + "\n    " + "x" * 14 + "\n" in plain_text(document, width=24)


@settings(max_examples=50)
@given(data=st.data(), width=st.sampled_from([40, 78, 120]))
def test_no_line_is_wider_than_asked_and_no_word_is_lost(any_content, data, width):
    content = data.draw(any_content)
    note = Note(participant=NoteParticipant(id="p", name="Maria Santos"), content=content)
    document = note_document(note, FORM)
    text = plain_text(document, width=width)
    labels = {field.label for section in document.sections for field in section.fields}
    assert text.endswith("\n")
    assert all(len(line) <= width or line in labels for line in text.split("\n"))
    told = "".join(text.split())
    for section in document.sections:
        for field in section.fields:
            for block in field.blocks:
                assert all("".join(word.split()) in told for word in block.text.split() if len(word) < width // 2)
