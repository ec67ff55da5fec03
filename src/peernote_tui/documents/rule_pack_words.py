"""What a rule pack says, in words, the same on the screen and on the command line."""

from __future__ import annotations

from peernote_tui.documents.note_document import (
    Block,
    BlockKind,
    DocumentField,
    DocumentSection,
    NoteDocument,
    long_day,
)
from peernote_tui.domain.rule_pack import RulePack
from peernote_tui.domain.unit_rounding import UnitRounding

ROUNDINGS = {
    UnitRounding.FLOOR15: "whole quarters of an hour",
    UnitRounding.CEIL15: "begun quarters of an hour",
    UnitRounding.CMS8: "a quarter of an hour from eight minutes on",
}
"""How each counts units."""


def pack_facts(pack: RulePack) -> tuple[tuple[str, str], ...]:
    """Label and value of what a pack says beside its elements, in the order they are read."""
    facts = [
        ("Source", pack.source),
        ("In effect", f"for contacts from {long_day(pack.effective)} on" if pack.effective else ""),
        ("Due", f"within {pack.due.words}" if pack.due else ""),
        ("Units", f"{ROUNDINGS[pack.rounding]} ({pack.rounding.value})" if pack.rounding else ""),
    ]
    return tuple((label, value) for label, value in facts if value)


def pack_document(pack: RulePack) -> NoteDocument:
    """A pack as a page to read: its facts, what is needed to sign, what is only reported."""
    return NoteDocument(
        title=f"{pack.title} (version {pack.version})",
        facts=pack_facts(pack),
        sections=tuple(
            section
            for section in (
                _elements("Needed to sign", tuple(each.label for each in pack.elements if each.required)),
                _elements("Reported where missing", tuple(each.label for each in pack.elements if not each.required)),
            )
            if section.fields
        ),
        footing=(),
    )


def days_document(title: str, said: str) -> NoteDocument:
    """What counts as a business day, as a page to read."""
    field = DocumentField(key="days", label="", blocks=(Block(text=said),))
    return NoteDocument(title=title, facts=(), sections=(DocumentSection(title="", fields=(field,)),), footing=())


def _elements(title: str, labels: tuple[str, ...]) -> DocumentSection:
    blocks = tuple(Block(kind=BlockKind.ITEM, text=label) for label in labels)
    fields = (DocumentField(key="elements", label="", blocks=blocks),) if blocks else ()
    return DocumentSection(title=title, fields=fields)
