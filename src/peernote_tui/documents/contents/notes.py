"""One note, or a choice of notes, as a document."""

from __future__ import annotations

from collections.abc import Sequence

from peernote_tui.documents.document import Cover, Document, DocumentKind, Notice, PageBreak, Piece
from peernote_tui.documents.note_document import NoteDocument
from peernote_tui.documents.note_pieces import note_pieces

ONE, SEVERAL = "Case note", "Case notes"


def notes_document(notes: Sequence[NoteDocument], cover: Cover) -> Document:
    """Notes as a document, each on a page of its own, in the order in which they are given.

    Args:
        notes: Laid out as they leave the vault, at least one.
        cover: Whom they are about, and what goes along.
    """
    pieces: list[Piece] = [Notice(text=notice) for notice in cover.notices]
    for number, note in enumerate(notes):
        if number:
            pieces.append(PageBreak())
        pieces += note_pieces(note)
    several = len(notes) > 1
    return Document(
        kind=DocumentKind.NOTES if several else DocumentKind.NOTE,
        title=SEVERAL if several else ONE,
        about=cover.about,
        anchor=cover.anchor,
        made=cover.made,
        pieces=tuple(pieces),
    )
