"""What is added to a signed note, laid out for every format and the reading screen."""

from __future__ import annotations

from peernote_tui.documents.note_document import Block, BlockKind, DocumentField, DocumentSection, NoteDocument
from peernote_tui.domain.addendum import AddendumKind, Amendment

KIND_TITLES = {
    AddendumKind.ADDENDUM: "Addendum",
    AddendumKind.CORRECTION: "Correction",
    AddendumKind.STATEMENT: "Participant's statement",
    AddendumKind.IN_ERROR: "Written in error",
    AddendumKind.COSIGNATURE: "Co-signature",
}
"""What each is called, the same on every screen and in every document."""


def paragraphs(text: str, kind: BlockKind = BlockKind.TEXT) -> tuple[Block, ...]:
    """A long text as blocks, one a paragraph."""
    return tuple(Block(kind=kind, text=part.strip("\n")) for part in text.split("\n\n") if part.strip())


def words_of(kind: AddendumKind, text: str) -> tuple[DocumentField, ...]:
    """The words of an addendum or a statement; none where there are none."""
    quoted = BlockKind.QUOTE if kind is AddendumKind.STATEMENT else BlockKind.TEXT
    blocks = paragraphs(text, quoted)
    return (DocumentField(key="text", label="", blocks=blocks),) if blocks else ()


def amendment_document(amendment: Amendment, content: NoteDocument | None = None) -> NoteDocument:
    """What a draft is about to add, as far as it is written.

    Args:
        amendment: What it is.
        content: The note as it is to be corrected, laid out; for a correction.
    """
    facts = [("Said by", amendment.said_by), ("Reason", amendment.reason)]
    sections = content.sections if content else ()
    if words := words_of(amendment.kind, amendment.text):
        sections = (DocumentSection(title=KIND_TITLES[amendment.kind], fields=words), *sections)
    return NoteDocument(
        title=f"{KIND_TITLES[amendment.kind]} (draft)",
        facts=tuple((label, value) for label, value in facts if value.strip()),
        sections=sections,
        footing=("Not signed.",),
    )
