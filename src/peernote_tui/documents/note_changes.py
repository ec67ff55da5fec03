"""What a correction changes, in the words in which a document says it."""

from __future__ import annotations

from peernote_tui.documents.note_document import NoteDocument, note_document
from peernote_tui.domain.base import Model
from peernote_tui.domain.note import Note, NoteContent
from peernote_tui.domain.template import Template


class NoteChange(Model):
    """One answer in two versions of a note."""

    key: str
    """Key of the field; of a fact at the head of the note, "fact" and its label."""
    label: str
    before: str
    """Its words before; empty when there was no answer."""
    after: str

    @property
    def differs(self) -> bool:
        """Whether the two say anything different."""
        return self.before != self.after


def changes_between(note: Note, template: Template, before: NoteContent, after: NoteContent) -> tuple[NoteChange, ...]:
    """What differs between two versions of a note's content, in the order in which the note is read.

    Args:
        note: The signed note that both are versions of.
        template: The version it was begun with.
        before: The earlier content.
        after: The later one.
    """
    return tuple(each for each in compared(note, template, before, after) if each.differs)


def compared(note: Note, template: Template, before: NoteContent, after: NoteContent) -> tuple[NoteChange, ...]:
    """As `changes_between`, with what is the same in both."""
    old = _said(note_document(note.model_copy(update={"content": before}), template))
    new = _said(note_document(note.model_copy(update={"content": after}), template))
    labels = {key: label for said in (old, new) for key, (label, _) in said.items()}
    in_order = [*new, *(key for key in old if key not in new)]
    return tuple(
        NoteChange(key=key, label=labels[key], before=old.get(key, ("", ""))[1], after=new.get(key, ("", ""))[1])
        for key in in_order
    )


def _said(document: NoteDocument) -> dict[str, tuple[str, str]]:
    """Every answer by a key, with its label and its words."""
    facts = {f"fact {label}": (label, value) for label, value in document.facts}
    fields = (field for section in document.sections for field in section.fields)
    return facts | {field.key: (field.label, "\n".join(block.text for block in field.blocks)) for field in fields}
