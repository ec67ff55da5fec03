"""What of a record stays in the vault beside private answers: what is about somebody else, or others need not read.

Those who look after the record (`IN_HOUSE`) see it as it is kept. Everybody else, the participant among them, gets no
note that was written in this record in error and belongs in another one, and nothing that was agreed in it. To those
who are not the participant, a consent does not say who gave or witnessed it for them, and no remark.
"""

from __future__ import annotations

from collections.abc import Iterable

from peernote_tui.domain.action_item import ActionItem
from peernote_tui.domain.consent import Consent
from peernote_tui.domain.disclosure import IN_HOUSE, Purpose
from peernote_tui.domain.errors import RefusedError
from peernote_tui.domain.follow_up import FollowUp
from peernote_tui.domain.note import Note
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.group_names import other_names_in

_OF_OTHERS = {"given_by_name": "", "witness": "", "parent_involved": None, "parent_why": ""}


def misplaced(work: UnitOfWork, note_id: str) -> bool:
    """Whether a note was written in a record in error and belongs in another one."""
    return any(each.belongs_to for each in work.addenda.of_note(note_id))


def leaving_notes(work: UnitOfWork, notes: Iterable[Note], purpose: Purpose) -> tuple[Note, ...]:
    """Those of some notes that leave for this purpose."""
    return tuple(note for note in notes if purpose in IN_HOUSE or not misplaced(work, note.id))


def require_leaves(work: UnitOfWork, note_id: str, purpose: Purpose) -> None:
    """Refuse a note that was chosen and is about somebody else, and a draft that still names others of its group.

    Raises:
        RefusedError: It is, or does.
    """
    if purpose in IN_HOUSE:
        return
    if misplaced(work, note_id):
        raise RefusedError(
            "A note that was chosen was written in this record in error, and is about somebody else.", "Leave it out."
        )
    draft = work.drafts.get(note_id)
    if draft is not None and other_names_in(work, draft):
        raise RefusedError(
            "A draft that was chosen still names somebody else of its group.", "Say “a participant” in it instead."
        )


def leaving_record(
    work: UnitOfWork, participant_id: str, purpose: Purpose, *, unlisted: bool = False
) -> tuple[tuple[Note, ...], tuple[ActionItem, ...], tuple[FollowUp, ...]]:
    """The notes, action items and planned contacts of a record that leave for this purpose.

    Args:
        work: The transaction.
        participant_id: Whose.
        purpose: What for.
        unlisted: Action items that were taken back, too.
    """
    every = tuple(work.notes.in_order(participant_id))
    notes = leaving_notes(work, every, purpose)
    kept = {note.id for note in every} - {note.id for note in notes}
    actions = work.action_items.all_of(participant_id, unlisted=unlisted)
    planned = work.follow_ups.all_of(participant_id)
    return (
        notes,
        tuple(action for action in actions if action.note_id not in kept),
        tuple(each for each in planned if each.note_id not in kept),
    )


def leaving_consents(consents: Iterable[Consent], purpose: Purpose) -> tuple[Consent, ...]:
    """The history of consents as it leaves for this purpose."""
    if purpose in IN_HOUSE or purpose is Purpose.PARTICIPANT:
        return tuple(consents)
    return tuple(
        each.model_copy(update={"remark": "", "details": each.details.model_copy(update=_OF_OTHERS)})
        for each in consents
    )


def stayed_notes(work: UnitOfWork, participant_id: str, purpose: Purpose) -> tuple[str, ...]:
    """Say how many notes of a record stay; nothing for none."""
    every = tuple(work.notes.in_order(participant_id))
    count = len(every) - len(leaving_notes(work, every, purpose))
    if not count:
        return ()
    notes = "1 note that was" if count == 1 else f"{count} notes that were"
    return (f"Not shown here: {notes} written in this record in error, about somebody else.",)
