"""What a template asks, as a page to read."""

from __future__ import annotations

from peernote_tui.documents.note_document import Block, BlockKind, DocumentField, DocumentSection, NoteDocument
from peernote_tui.domain.template import About, Template, TemplateField


def template_document(template: Template) -> NoteDocument:
    """A template as a page: what it is for, when a note of it is due, and every field of every section."""
    sections = []
    for section in template.sections:
        blocks = tuple(Block(kind=BlockKind.ITEM, text=field_words(field)) for field in section.fields)
        field = DocumentField(key=section.key, label="", blocks=blocks)
        sections.append(DocumentSection(title=section.title, fields=(field,) if blocks else ()))
    due = f"within {template.due.words}" if template.about is About.NOTE else ""
    page = "fields of every participant's page" if template.about is About.PARTICIPANT else ""
    facts = [("About", template.description), ("Asks", page), ("Due", due), ("Name", template.id)]
    return NoteDocument(
        title=f"{template.title} (version {template.version})",
        facts=tuple((label, value) for label, value in facts if value),
        sections=tuple(sections),
        footing=(),
    )


def field_words(field: TemplateField) -> str:
    """A field in one line: what it asks, and what is to be known about it."""
    notes = [field.kind.value.replace("_", " ")]
    if field.retired:
        notes.append("retired")
    if field.required:
        notes.append("needed to sign")
    if field.private:
        notes.append("never leaves the vault")
    if field.show_if or field.hide_if:
        notes.append("asked only sometimes")
    return f"{field.label} ({', '.join(notes)})"
