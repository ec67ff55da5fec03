"""A participant's whole record, and the account of what was handed out of it, as documents."""

from __future__ import annotations

from collections.abc import Sequence

from peernote_tui.documents.contents.tables import actions_table, consents_table, disclosures_table
from peernote_tui.documents.document import (
    Cover,
    Document,
    DocumentKind,
    Facts,
    Heading,
    Notice,
    PageBreak,
    Paragraph,
    Piece,
    Table,
)
from peernote_tui.documents.note_document import NoteDocument
from peernote_tui.documents.note_pieces import note_pieces
from peernote_tui.domain.action_item import ActionItem
from peernote_tui.domain.base import Model
from peernote_tui.domain.consent import Consent
from peernote_tui.domain.disclosure import Disclosure, in_force

RECORD, ACCOUNTING = "Record", "Accounting of disclosures"
_NOTHING = "None."


class RecordContents(Model):
    """What a record holds.

    Attributes:
        facts: What the page says, label and value.
        held_back: What stays in the vault, such as other people's data, a sentence each.
        notes: Laid out as they leave the vault, the oldest contact first.
    """

    participant_name: str
    facts: tuple[tuple[str, str], ...]
    held_back: tuple[str, ...] = ()
    notes: tuple[NoteDocument, ...]
    actions: tuple[ActionItem, ...]
    consents: tuple[Consent, ...]
    disclosures: tuple[Disclosure, ...]
    zone: str


def record_document(contents: RecordContents, cover: Cover) -> Document:
    """A whole record: the page, the notes with all that was added to them, actions, consents, disclosures."""
    pieces: list[Piece] = [Notice(text=notice) for notice in cover.notices]
    pieces += [Heading(text="The person"), Facts(rows=contents.facts)]
    pieces += [Paragraph(text=sentence, quiet=True) for sentence in contents.held_back]
    pieces += _tabled("Action items", actions_table(contents.actions, contents.participant_name))
    pieces += _tabled("Consents", consents_table(contents.consents))
    pieces += _tabled("Disclosures", disclosures_table(in_force(contents.disclosures), contents.zone))
    pieces.append(Heading(text=f"Notes ({len(contents.notes)})"))
    for number, note in enumerate(contents.notes):
        if number:
            pieces.append(PageBreak())
        pieces += note_pieces(note, level=2)
    return _document(DocumentKind.RECORD, RECORD, cover, pieces)


def accounting_document(disclosures: Sequence[Disclosure], zone: str, cover: Cover) -> Document:
    """The account of disclosures that a participant may ask for; what did not come to pass is left out."""
    pieces: list[Piece] = [Notice(text=notice) for notice in cover.notices]
    pieces += _tabled(ACCOUNTING, disclosures_table(in_force(disclosures), zone))
    return _document(DocumentKind.ACCOUNTING, ACCOUNTING, cover, pieces)


def _tabled(title: str, table: Table) -> list[Piece]:
    return [Heading(text=title), table if table.rows else Paragraph(text=_NOTHING)]


def _document(kind: DocumentKind, title: str, cover: Cover, pieces: Sequence[Piece]) -> Document:
    return Document(
        kind=kind, title=title, about=cover.about, anchor=cover.anchor, made=cover.made, pieces=tuple(pieces)
    )
