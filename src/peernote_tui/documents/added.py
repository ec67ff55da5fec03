"""A signed note with what was added to it as one document, for every format and the reading screen.

The note reads as it stands now, with what was corrected marked; each addition stands below it with its date, author
and reason. Who else is concerned by a note that was written in error is never named: the document may be handed on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from peernote_tui.documents.addendum_words import TITLES
from peernote_tui.documents.note_changes import NoteChange, changes_between
from peernote_tui.documents.note_document import (
    AddedPart,
    Block,
    BlockKind,
    DocumentField,
    DocumentSection,
    NoteDocument,
    instant_words,
    long_day,
    note_document,
    seal_words,
)
from peernote_tui.domain.addendum import Addendum, AddendumKind, Amendment
from peernote_tui.domain.clock import in_zone
from peernote_tui.domain.note import Note
from peernote_tui.domain.private_answers import leaving_addendum, leaving_note
from peernote_tui.domain.references import with_words
from peernote_tui.domain.template import Template

IN_ERROR = "This note was written in error. It stays readable and counts for nothing."
BELONGS = "It belongs in another record."
_NOTHING = "(nothing)"


def whole_document(
    note: Note, template: Template, addenda: Sequence[Addendum], people: Mapping[str, str] | None = None
) -> NoteDocument:
    """A signed note as it stands now, with all that was added to it.

    Args:
        note: The note as it was signed.
        template: The version it was begun with.
        addenda: What was added, in order.
        people: How participants are called here whom answers mean, by id; the others read "another participant".
    """
    note = note.model_copy(update={"content": with_words(template, note.content, people or {})})
    present, parts = note, []
    marks: dict[str, str] = {}
    for each in addenda:
        changes: tuple[NoteChange, ...] = ()
        if each.content is not None:
            content = with_words(template, each.content, people or {})
            changes = changes_between(note, template, present.content, content)
            present = note.model_copy(update={"content": content})
            marks |= dict.fromkeys((change.key for change in changes), _mark(each))
        parts.append(added_part(each, changes))
    document = note_document(present, template)
    update = {
        "notices": _notices(addenda),
        "facts": (
            *((label, _marked(value, marks.get(f"fact {label}", ""))) for label, value in document.facts),
            *((label, value) for label, value in (("Corrected", _corrected(addenda)),) if value),
        ),
        "sections": tuple(
            section.model_copy(
                update={
                    "fields": tuple(
                        field.model_copy(update={"mark": _both(field.mark, marks.get(field.key, ""))})
                        for field in section.fields
                    )
                }
            )
            for section in document.sections
        ),
        "added": tuple(parts),
    }
    return document.model_copy(update=update)


def leaving_document(
    note: Note, template: Template, addenda: Sequence[Addendum], people: Mapping[str, str] | None = None
) -> NoteDocument:
    """As `whole_document`, for what leaves the vault: without private answers, and saying how many stayed."""
    note = leaving_note(template, note)
    addenda = [leaving_addendum(template, each) for each in addenda]
    document = whole_document(note, template, addenda, people)
    stayed = len({*note.left_out, *(key for each in addenda for key in each.left_out)})
    if not stayed:
        return document
    count = "1 private or hidden answer" if stayed == 1 else f"{stayed} private or hidden answers"
    return document.model_copy(update={"footing": (*document.footing, f"Not shown here: {count}.")})


def added_part(added: Addendum, changes: Sequence[NoteChange] = ()) -> AddedPart:
    """One addition, laid out.

    Args:
        added: What was added.
        changes: What a correction replaced.
    """
    by = ", ".join(part for part in (added.author.name, added.author.credential) if part)
    facts = [
        ("Reason", added.reason),
        ("Said by", _said_by(added.kind, added.said_by)),
        ("Belongs", BELONGS if added.belongs_to else ""),
        ("Writing began", instant_words(added.entered_at, added.zone)),
        ("Signed", f"by {by}, {instant_words(added.signed_at, added.zone)}" if added.signed_at else "not yet"),
        ("Seal", f"{added.id[:13]} · {seal_words(added.seal)}" if added.seal else ""),
    ]
    return AddedPart(
        title=f"{TITLES[added.kind]}, {_day(added)}",
        facts=tuple((label, value) for label, value in facts if value.strip()),
        fields=(*_words(added.kind, added.text), *(_before(change) for change in changes)),
    )


def amendment_document(amendment: Amendment, content: NoteDocument | None = None) -> NoteDocument:
    """What a draft is about to add, as far as it is written.

    Args:
        amendment: What it is.
        content: The note as it is to be corrected, laid out; for a correction.
    """
    facts = [("Reason", amendment.reason), ("Said by", _said_by(amendment.kind, amendment.said_by))]
    sections = content.sections if content else ()
    if words := _words(amendment.kind, amendment.text):
        sections = (DocumentSection(title=TITLES[amendment.kind], fields=words), *sections)
    return NoteDocument(
        title=f"{TITLES[amendment.kind]} (draft)",
        facts=(*(content.facts if content else ()), *((label, value) for label, value in facts if value.strip())),
        sections=sections,
        footing=("Draft, not signed.",),
    )


def _both(*marks: str) -> str:
    return "; ".join(mark for mark in marks if mark)


def _notices(addenda: Sequence[Addendum]) -> tuple[str, ...]:
    in_error = next((each for each in addenda if each.kind is AddendumKind.IN_ERROR), None)
    if in_error is not None:
        return (f"{IN_ERROR} {BELONGS}" if in_error.belongs_to else IN_ERROR,)
    return ()


def _corrected(addenda: Sequence[Addendum]) -> str:
    days = dict.fromkeys(_day(each) for each in addenda if each.content is not None)
    return f"{', '.join(days)}; what it said before stands below" if days else ""


def _mark(added: Addendum) -> str:
    return f"corrected {_day(added)}, see below"


def _day(added: Addendum) -> str:
    return long_day(in_zone(added.signed_at or added.entered_at, added.zone).date())


def _marked(value: str, mark: str) -> str:
    return f"{value} ({mark})" if mark else value


def _said_by(kind: AddendumKind, said_by: str) -> str:
    return said_by or "the participant" if kind is AddendumKind.STATEMENT else said_by


def _words(kind: AddendumKind, text: str) -> tuple[DocumentField, ...]:
    quoted = BlockKind.QUOTE if kind is AddendumKind.STATEMENT else BlockKind.TEXT
    blocks = tuple(Block(kind=quoted, text=part.strip("\n")) for part in text.split("\n\n") if part.strip())
    return (DocumentField(key="text", label="", blocks=blocks),) if blocks else ()


def _before(change: NoteChange) -> DocumentField:
    return DocumentField(
        key=change.key, label=f"{change.label}, before", blocks=(Block(text=change.before or _NOTHING),)
    )
