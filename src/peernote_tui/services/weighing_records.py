"""A record out of a file against what is here: whose it is, the page, the consents.

Nothing is written. What was signed is weighed in `weighing_notes`, what is to be done in `weighing_tracker`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from peernote_tui.documents.record_json import RecordFile
from peernote_tui.domain.consent import Consent
from peernote_tui.domain.disclosure import Purpose
from peernote_tui.domain.note import Note
from peernote_tui.domain.participant import OtherId, Participant
from peernote_tui.domain.row_order import in_time_order, places_needed
from peernote_tui.domain.template import Template
from peernote_tui.domain.uniting import Fate, differing, page_fate
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.interchange import CARRIED
from peernote_tui.services.record_plans import Decided, Part, short
from peernote_tui.services.staying import leaving_consents
from peernote_tui.services.workspace import Workspace

_MOST_IDS = 100
ERASED = (
    "This record was erased here, and does not come back by itself. If they want to be in the vault again, add them "
    "anew with the ID that stands in the file."
)
OTHER_HERE = "{} says something else here under the same id. What was signed or recorded never changes."
_SOMEBODY_ELSES = "{} of the file stand in somebody else's record here. Nothing of two people is mixed."
_NO_ROOM = "Their ID is somebody else's here, and their page has no room for another one. Shorten it where it was made."
_PART_ELSEWHERE = (
    "A record that became part of theirs elsewhere stands for itself here, and what belongs to it goes there. Merge "
    "the two if they are the same person."
)


@dataclass
class Sight:
    """What a file is weighed against.

    Attributes:
        whose: The ids of its participant in the file: their record, then those that became part of it.
        family: The ids of records here whose rows may be the file's.
        person: The page here that their record counts for; None when they are not here.
        like: Somebody else here with the same ID.
        history: The consents as they will stand; known once they are weighed.
        notes: Ids of signed notes that are here or come with the file; known once they are weighed.
    """

    workspace: Workspace
    work: UnitOfWork
    record: RecordFile
    whose: tuple[str, ...]
    family: frozenset[str]
    person: Participant | None
    like: Participant | None
    decided: Decided = field(default_factory=Decided)
    history: tuple[Consent, ...] = ()
    notes: frozenset[str] = frozenset()

    def template(self, note: Note) -> Template | None:
        """The form of a note; None when this vault does not have it."""
        return self.workspace.templates.get((note.template.id, note.template.version))


def see(workspace: Workspace, work: UnitOfWork, record: RecordFile) -> Sight:
    """Whose record it is, here."""
    whose = tuple(dict.fromkeys((record.participant.id, *record.merged_ids)))
    family = {same for each in whose if work.participants.get(each) for same in work.participants.same(each)}
    number = record.participant.external_id
    like = work.participants.by_external_id(number) if number else None
    if like is not None and like.id in family:
        like = None
    if like is not None:
        # Notes of theirs that were imported alone found them by their ID.
        family |= set(work.participants.same(like.id))
    return Sight(workspace, work, record, whose, frozenset(family), work.participants.get(whose[0]), like)


def weigh_owners(sight: Sight) -> None:
    """Refuse a record that was erased here, and ids that stand in somebody else's."""
    record, refused = sight.record, sight.decided.refused
    if any(sight.work.erasures.erased_at(each) for each in sight.whose):
        refused.append(ERASED)
        return
    signed, added = [note.id for note in record.notes], [each.id for each in record.addenda]
    asked: Mapping[str, tuple[str, Sequence[str]]] = {
        "Consents": ("consents", [row.id for row in record.consents]),
        "Notes": ("notes", signed),
        "Addenda": ("addenda", added),
        "Drafts": ("drafts", [*signed, *added]),
        "Action items": ("action_items", [action.item.id for action in record.actions]),
        "Meetings": ("follow_ups", [row.id for row in record.follow_ups]),
        "Disclosures": ("disclosures", [row.id for row in record.disclosures]),
    }
    for what, (table, ids) in asked.items():
        if set(sight.work.taken_records.owners(table, ids).values()) - sight.family:
            refused.append(_SOMEBODY_ELSES.format(what))


def weigh_page(sight: Sight) -> tuple[Fate, Participant, tuple[str, ...]]:
    """What becomes of the page, how it would stand here, and in which fields the two differ."""
    decided, person, theirs = sight.decided, sight.person, _fitted(sight)
    fate = Fate.THERE
    differs: tuple[str, ...] = ()
    if person is None:
        fate, decided.page = Fate.NEW, theirs
    elif person.id != theirs.id:
        decided.told.append("Their record is part of another one here; what is new joins it, and its page stays.")
    else:
        last = sight.work.participant_changes.last_of(person.id)
        changed_here = last is not None and last.at == person.changed_at
        fate, differs = page_fate(person, theirs, changed_here=changed_here), differing(person, theirs)
        if fate is Fate.CHANGED:
            decided.page = theirs
        elif theirs.held_at is not None and person.held_at is None:
            decided.told.append("The file says that a legal hold keeps their record; here none does.")
    decided.count(Part.PAGE, fate)
    _weigh_merged(sight, theirs)
    return fate, theirs, differs


def weigh_consents(sight: Sight) -> None:
    """The history of consents as it will stand, in the order of time."""
    decided, asked = sight.decided, sight.work.consents.of_participant
    here = asked(sight.whose[0])
    apart = [sight.like.id] if sight.like else []
    known = {row.id: row for each in (*apart, *sight.whose) for row in asked(each)}
    for row in sight.record.consents:
        if row.id not in known:
            decided.count(Part.CONSENTS, Fate.NEW)
            decided.consents.append(row)
        elif _says_the_same(known[row.id], row, sight.record.purpose):
            decided.count(Part.CONSENTS, Fate.THERE)
        else:
            decided.refused.append(OTHER_HERE.format(f"Consent {short(row.id)}"))
    places = places_needed(here, sight.record.consents, lambda row: row.recorded_at)
    decided.placed |= places
    sight.history = in_time_order((*here, *decided.consents), lambda row: row.recorded_at, places)


def _says_the_same(here: Consent, theirs: Consent, purpose: Purpose) -> bool:
    if theirs in (here, *leaving_consents((here,), purpose)) or here in leaving_consents((theirs,), Purpose.OTHER):
        # A copy for others says less of it, whichever of the two came first.
        return True
    if here.remark == CARRIED:
        # It came with a note that was imported alone, and says only what a note knows of the consent it rests on.
        names = ("scope", "event", "how", "starts_on", "expires_on")
        return all(getattr(here, name) == getattr(theirs, name) for name in names)
    return False


def _fitted(sight: Sight) -> Participant:
    """The file's page as it would stand here."""
    theirs, here = sight.record.participant, sight.person
    update: dict[str, object] = {}
    if here is not None:
        update |= {"pinned_at": here.pinned_at, "merged_into": here.merged_into}
        if here.held_at is not None or sight.record.purpose is not Purpose.OWN:
            update |= {"held_at": here.held_at, "hold_reason": here.hold_reason}
        if sight.record.purpose is not Purpose.OWN:
            update["people"] = here.people
    if sight.like is not None:
        number = theirs.external_id
        listed = any(each.value == number for each in theirs.other_ids)
        others = theirs.other_ids if listed else (*theirs.other_ids, OtherId(value=number))
        update |= {"external_id": "", "other_ids": others}
        if len(others) > _MOST_IDS:
            sight.decided.refused.append(_NO_ROOM)
    return theirs.model_copy(update=update)


def _weigh_merged(sight: Sight, theirs: Participant) -> None:
    """Records that became part of theirs elsewhere: as part of theirs when they are not here, else as they are."""
    kept = theirs.id if sight.person is None else sight.person.id
    own = set(sight.work.participants.same(kept))
    for each in sight.whose[1:]:
        if sight.work.participants.get(each) is None:
            # Their own page is not in the file.
            told = {"id": each, "name": theirs.name, "part2": theirs.part2, "merged_into": kept}
            bare = Participant(**told, created_at=theirs.created_at, changed_at=theirs.created_at)
            sight.decided.parts_of.append(bare)
        elif each not in own:
            sight.decided.told.append(_PART_ELSEWHERE)
