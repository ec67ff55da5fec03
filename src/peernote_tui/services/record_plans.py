"""What taking a participant's record in from a file would do, kind by kind; and what it decides for each row."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from peernote_tui.domain.action_item import ActionEvent, ActionItem
from peernote_tui.domain.addendum import Addendum
from peernote_tui.domain.base import Model
from peernote_tui.domain.consent import Consent
from peernote_tui.domain.disclosure import Disclosure, Purpose
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.errors import RefusedError
from peernote_tui.domain.follow_up import FollowUp
from peernote_tui.domain.note import Note, NoteAuthor
from peernote_tui.domain.participant import Participant
from peernote_tui.domain.uniting import Fate


class Part(StrEnum):
    """A kind of row in a record."""

    PAGE = "page"
    CONSENTS = "consents"
    NOTES = "notes"
    ADDENDA = "addenda"
    DRAFTS = "drafts"
    ACTIONS = "actions"
    CHANGES = "changes"
    """What became of action items."""
    FOLLOW_UPS = "follow_ups"
    DISCLOSURES = "disclosures"


class PartPlan(Model):
    """How many rows of one kind are new, take the file's later word, are there already, stay as they are, stay out."""

    part: Part
    new: int = 0
    changed: int = 0
    there: int = 0
    stays: int = 0
    out: int = 0


class RecordPlan(Model):
    """What taking a record in would do.

    Attributes:
        participant: The page as the file has it.
        known: Whether they are in this vault already.
        page: What becomes of the page; out where the file is refused before it was looked at whole.
        differs: Names of the fields in which the page here and that of the file differ.
        like_id: Id of somebody else here who has the same ID and is likely the same person; empty for nobody.
        parts: Kind by kind.
        told: What is to be known of single rows, a sentence each; without content.
        refused: Why the file cannot be taken in and the way out, for each row; nothing is written while there is one.
        closed: Why nothing may be written about them afterwards, in a sentence; empty when it may.
        purpose: What the file was handed on for.
        made_at: When it was made.
        made_by: By whom.
        held_back: What the other vault kept for itself, in sentences.
    """

    participant: Participant
    known: bool
    page: Fate
    differs: tuple[str, ...] = ()
    like_id: str = ""
    parts: tuple[PartPlan, ...]
    told: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    closed: str = ""
    purpose: Purpose
    made_at: datetime
    made_by: NoteAuthor
    held_back: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to take in."""
        return not any(part.new or part.changed for part in self.parts)

    def of(self, part: Part) -> PartPlan:
        """The numbers of one kind."""
        return next(each for each in self.parts if each.part is part)


class RecordRefusedError(RefusedError):
    """A record cannot be taken in; `reasons` names every row that is in the way, and nothing was written."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        more = f" ({len(reasons) - 1} more)" if len(reasons) > 1 else ""
        super().__init__(f"{reasons[0]}{more}", "Nothing was taken in.")
        self.reasons = reasons


@dataclass
class Decided:
    """What is decided for each row, gathered while a file is looked at; `services.taking_records` carries it out.

    Attributes:
        page: A new page, or the one that takes the place of the page here.
        parts_of: Records that became part of it elsewhere and are not here, as they will stand here.
        consents, notes, addenda, disclosures: New ones, in the order in which they are added.
        drafts: New ones.
        signed_drafts: Ids of drafts here that were signed elsewhere.
        kept_drafts: Those of them whose words differ from what was signed, under ids of their own.
        actions: New action items, each after the one it was born from.
        changed_actions: Those that take a later word.
        taken_back: Next ones of a series that give way to the file's, as they are here.
        events: New changes of action items, and whether the item is new with it.
        follow_ups: New ones.
        changed_follow_ups: Those that take the file's word, as they are here and as they will be.
        placed: Where rows belong that come too late.
    """

    page: Participant | None = None
    parts_of: list[Participant] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    notes: list[tuple[Note, str]] = field(default_factory=list)
    addenda: list[Addendum] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    signed_drafts: list[str] = field(default_factory=list)
    kept_drafts: list[Draft] = field(default_factory=list)
    actions: list[ActionItem] = field(default_factory=list)
    changed_actions: list[ActionItem] = field(default_factory=list)
    taken_back: list[ActionItem] = field(default_factory=list)
    events: list[ActionEvent] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)
    changed_follow_ups: list[tuple[FollowUp, FollowUp]] = field(default_factory=list)
    disclosures: list[Disclosure] = field(default_factory=list)
    placed: dict[str, datetime] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    counted: Counter[tuple[Part, Fate]] = field(default_factory=Counter)

    def count(self, part: Part, fate: Fate) -> None:
        """Add one row to the numbers."""
        self.counted[part, fate] += 1

    def numbers(self) -> tuple[PartPlan, ...]:
        """The numbers of every kind."""
        return tuple(PartPlan(part=part, **{fate.value: self.counted[part, fate] for fate in Fate}) for part in Part)


def short(row_id: str) -> str:
    """The beginning of an id by which a sentence names a row."""
    return row_id[:13]
