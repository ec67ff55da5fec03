"""Records that became part of another, and making them two again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peernote_tui.domain.consent import ConsentEvent
from peernote_tui.domain.errors import RefusedError
from peernote_tui.domain.merging import Merge, MergeEvent
from peernote_tui.domain.participant import ChangeKind, Participant, ParticipantChange
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.consenting import withdraw_in_both
from peernote_tui.services.keeping_records import store_change
from peernote_tui.services.merging import record_merge
from peernote_tui.services.participants import participant_in
from peernote_tui.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Part:
    """A record that is part of another.

    Attributes:
        record: As it was when it became part, and will be when it is separated.
        merged_at: When.
        direct: It can be separated by itself; otherwise the one that it was part of before goes first.
    """

    record: Participant
    merged_at: datetime
    direct: bool


@dataclass(frozen=True, slots=True)
class Separated:
    """What separating two records did.

    Attributes:
        kept: The record that was kept, as it is now.
        separated: The record that stands for itself again.
        stays: Fields of the kept page that were edited since the merge, and stay as they are.
        written_since: How many `notes`, `drafts`, `action_items` and `consents` were written since the merge; they
            stay with the kept record.
    """

    kept: Participant
    separated: Participant
    stays: tuple[str, ...]
    written_since: dict[str, int]


def separate(workspace: Workspace, merged_id: str) -> Separated:
    """Make a record that became part of another stand for itself again, as it was.

    The kept page gets back what it said before, but for what was edited since; what was written since the merge stays
    with it. What was withdrawn since counts for both.

    Raises:
        RefusedError: The record is not part of another; the one that it became part of is itself part of another; or
            somebody else has its ID meanwhile.
        NotFoundError: There is no such record.
    """
    with workspace.changing() as work:
        kept = participant_in(work, merged_id)
        record = next((each for each in work.participants.records(kept.id) if each.id == merged_id), None)
        row = work.merges.last_of(merged_id)
        if record is None or record.merged_into is None or row is None:
            raise RefusedError("This record stands for itself; it is not part of another.")
        if row.participant_id != record.merged_into:
            raise RefusedError(
                "This record became part of one that is part of another by now.", "Separate that one first."
            )
        back, stays = _as_before(work, kept, row, record)
        kept = store_change(workspace, work, kept, back, ChangeKind.SEPARATED)
        alone = record.model_copy(update={"merged_into": None})
        alone = store_change(workspace, work, record, alone, ChangeKind.SEPARATED)
        still = set(work.participants.same(kept.id))
        moved = tuple(each for each in row.moved if each in still)
        if moved:
            work.participants.point(moved, merged_id)
        record_merge(workspace, work, MergeEvent.SEPARATED, kept_id=kept.id, merged_id=merged_id, moved=moved)
        withdrawn = [
            each
            for each in work.consents.of_participant(kept.id)
            if each.event is ConsentEvent.WITHDRAWN and each.recorded_at >= row.at
        ]
        withdraw_in_both(workspace, work, withdrawn, merged_id)
        since = work.merges.written_since(row)
        work.commit()
    return Separated(kept=kept, separated=alone, stays=stays, written_since=since)


def parts_of(workspace: Workspace, participant_id: str) -> tuple[Part, ...]:
    """The records that became part of a participant's, the last one first."""
    with workspace.reading() as work:
        kept = participant_in(work, participant_id)
        found = []
        for record in work.participants.records(kept.id)[1:]:
            row = work.merges.last_of(record.id)
            at = record.changed_at if row is None else row.at
            found.append(Part(record, at, direct=row is not None and row.participant_id == kept.id))
    return tuple(sorted(found, key=lambda part: part.merged_at, reverse=True))


def _as_before(
    work: UnitOfWork, kept: Participant, row: Merge, record: Participant
) -> tuple[Participant, tuple[str, ...]]:
    """The kept record as it was before a merge, and the fields in which it was edited since."""
    change = None if row.change_id is None else work.participant_changes.get(row.change_id)
    if change is None:
        return kept, ()
    now = kept.model_dump(mode="json")
    made = _after_change(work, change, now)
    stays = [name for name in change.fields if made[name] != now[name]]
    if "external_id" in stays and kept.external_id.casefold() == record.external_id.casefold():
        # The separated record has it, and no two have one ID.
        stays.remove("external_id")
    before = {name: change.document[name] for name in change.fields if name not in stays}
    return Participant.model_validate({**kept.model_dump(), **before}), tuple(stays)


def _after_change(work: UnitOfWork, change: ParticipantChange, now: dict[str, Any]) -> dict[str, Any]:
    """What the fields of a change held right after it: what the next change of each found, or what they hold now."""
    held: dict[str, Any] = {}
    own = [
        each
        for each in work.participant_changes.of_participant(change.participant_id)
        if each.participant_id == change.participant_id
    ]
    for later in own[[each.id for each in own].index(change.id) + 1 :]:
        for name in later.fields:
            held.setdefault(name, later.document.get(name))
    return {name: held.get(name, now[name]) for name in change.fields}
