"""A laid-out note as pieces of a document."""

from __future__ import annotations

from peernote_tui.documents.document import Heading
from peernote_tui.documents.note_document import Block, DocumentField, DocumentSection, NoteDocument
from peernote_tui.documents.note_pieces import note_pieces


def asked(label, mark=""):
    return DocumentField(key=label, label=label, mark=mark, blocks=(Block(text="words"),))


def headings(*sections):
    pieces = note_pieces(NoteDocument(title="Note", facts=(), sections=sections, footing=()))
    return [(piece.level, piece.text) for piece in pieces if isinstance(piece, Heading)][1:]


def test_a_section_and_its_question_of_the_same_name_are_one_heading():
    section = DocumentSection(title="Main concerns", fields=(asked("Main concerns"), asked("What helped")))
    assert headings(section) == [(2, "Main concerns"), (3, "What helped")]


def test_a_mark_and_a_later_question_keep_their_heading():
    corrected = asked("Main concerns", mark="corrected 24 Nov 2026")
    section = DocumentSection(title="Main concerns", fields=(corrected, asked("Main concerns")))
    expected = [(2, "Main concerns"), (3, "Main concerns (corrected 24 Nov 2026)"), (3, "Main concerns")]
    assert headings(section) == expected
