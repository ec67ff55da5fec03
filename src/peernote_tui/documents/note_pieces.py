"""A laid-out note as pieces of a document."""

from __future__ import annotations

from collections.abc import Iterator

from peernote_tui.documents.document import Facts, Heading, Notice, Paragraph, Piece
from peernote_tui.documents.note_document import AddedPart, DocumentField, NoteDocument


def note_pieces(note: NoteDocument, *, level: int = 1) -> tuple[Piece, ...]:
    """A note as pieces, whole and in its order.

    Args:
        note: The note, laid out.
        level: Of the heading that is its title, 1 for a document of its own, 2 within a longer one.
    """
    return tuple(_pieces(note, level))


def _pieces(note: NoteDocument, level: int) -> Iterator[Piece]:
    yield Heading(level=level, text=note.title)
    yield from (Notice(text=text) for text in note.notices)
    yield Facts(rows=note.facts)
    for section in note.sections:
        yield Heading(level=level + 1, text=section.title)
        for place, field in enumerate(section.fields):
            # A section with a question of its own name says it once.
            yield from _field(field, level + 2, said=section.title if place == 0 else "")
    yield from (Paragraph(text=line, quiet=True) for line in note.footing)
    for part in note.added:
        yield from _added(part, level)


def _added(part: AddedPart, level: int) -> Iterator[Piece]:
    yield Heading(level=level + 1, text=part.title)
    yield Facts(rows=part.facts)
    for field in part.fields:
        yield from _field(field, level + 2)


def _field(field: DocumentField, level: int, *, said: str = "") -> Iterator[Piece]:
    if field.label and (field.mark or field.label != said):
        yield Heading(level=level, text=f"{field.label} ({field.mark})" if field.mark else field.label)
    yield from (Paragraph(how=block.kind, text=block.text) for block in field.blocks)
