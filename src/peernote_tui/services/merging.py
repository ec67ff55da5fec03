"""Two records of one person, and two people of one name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.consent import ConsentScope, ConsentStanding, ConsentState, consent_state
from peernote_tui.domain.errors import InvalidInputError, RefusedError
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.merging import (
    CHOOSABLE,
    LISTS,
    FieldMerge,
    Merge,
    MergeEvent,
    field_merges,
    merged_details,
)
from peernote_tui.domain.participant import ChangeKind, Participant, ParticipantDetails
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.keeping_records import store_change
from peernote_tui.services.participants import call_distinct, participant_in
from peernote_tui.services.workspace import Workspace

_MOST = 100


class MergeWarning(StrEnum):
    """What whoever merges two records should look at first."""

    CALLED_DISTINCT = "called_distinct"
    """Somebody said that they are two people."""
    CONSENTS_DIFFER = "consents_differ"
    """One stands elsewhere than the other for a scope; what was said last counts."""
    BOTH_HAVE_DRAFTS = "both_have_drafts"
    HELD = "held"
    """A legal hold on one covers both afterwards."""
    PART2_DIFFERS = "part2_differs"
    REOPENED = "reopened"
    """The kept record is archived and the other is not, so it is reopened."""


@dataclass(frozen=True, slots=True)
class ConsentMerge:
    """Where both stand for a scope, and where one stands afterwards."""

    scope: ConsentScope
    kept: ConsentState
    other: ConsentState
    merged: ConsentState


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge would do.

    Attributes:
        kept: The record that is kept.
        other: The record that becomes part of it.
        fields: What the page says afterwards, field by field.
        kept_counts: How many `notes`, `drafts`, `action_items`, `follow_ups` and `consents` the kept one has.
        other_counts: How many the other one has.
        consents: For each scope that either ever spoke of.
        warnings: What to look at first.
    """

    kept: Participant
    other: Participant
    fields: tuple[FieldMerge, ...]
    kept_counts: dict[str, int]
    other_counts: dict[str, int]
    consents: tuple[ConsentMerge, ...]
    warnings: tuple[MergeWarning, ...]


def preview_merge(workspace: Workspace, keep_id: str, merge_id: str, take_other: Iterable[str] = ()) -> MergePreview:
    """What merging two records would do; changes nothing.

    Args:
        workspace: The open vault.
        keep_id: The record that is kept.
        merge_id: The record that becomes part of it.
        take_other: Fields of which the other record's value is taken where both have one.

    Raises:
        RefusedError: Both are one record, or a list would grow too long.
        InvalidInputError: There is no choice in one of these fields.
        NotFoundError: One of them is not in the vault.
    """
    with workspace.reading() as work:
        kept, other = _two(work, keep_id, merge_id)
        fields = field_merges(kept, other, _choices(take_other))
        _require_room(fields)
        counts = [work.erasures.counts(person.id) for person in (kept, other)]
        consents = _consents(workspace, work, kept, other)
        distinct = (min(kept.id, other.id), max(kept.id, other.id)) in work.distinct_people.pairs()
        both_drafts = all(work.drafts.open(person.id) for person in (kept, other))
    told = {
        MergeWarning.CALLED_DISTINCT: distinct,
        MergeWarning.CONSENTS_DIFFER: any(each.kept.standing is not each.other.standing for each in consents),
        MergeWarning.BOTH_HAVE_DRAFTS: both_drafts,
        MergeWarning.HELD: (kept.held_at is None) is not (other.held_at is None),
        MergeWarning.PART2_DIFFERS: kept.part2 is not other.part2,
        MergeWarning.REOPENED: kept.archived_at is not None and other.archived_at is None,
    }
    return MergePreview(
        kept=kept,
        other=other,
        fields=fields,
        kept_counts=counts[0],
        other_counts=counts[1],
        consents=consents,
        warnings=tuple(warning for warning, so in told.items() if so),
    )


def merge(workspace: Workspace, keep_id: str, merge_id: str, take_other: Iterable[str] = ()) -> Participant:
    """Make two records one: no row moves, and whoever asks for the kept one gets the rows of both.

    Args:
        workspace: The open vault.
        keep_id: The record that is kept.
        merge_id: The record that becomes part of it.
        take_other: Fields of which the other record's value is taken where both have one.

    Returns:
        The kept record as it is now.

    Raises:
        RefusedError: Both are one record, or a list would grow too long.
        InvalidInputError: There is no choice in one of these fields.
        NotFoundError: One of them is not in the vault.
    """
    chosen = _choices(take_other)
    with workspace.changing() as work:
        kept, other = _two(work, keep_id, merge_id)
        _require_room(field_merges(kept, other, chosen))
        moved = work.participants.same(other.id)[1:]
        # First, so that the kept record can take its ID over.
        store_change(workspace, work, other, other.model_copy(update={"merged_into": kept.id}), ChangeKind.MERGED)
        if moved:
            work.participants.point(moved, kept.id)
        after = _after(kept, other, chosen)
        now = store_change(workspace, work, kept, after, ChangeKind.MERGED)
        change = work.participant_changes.last_of(kept.id) if now is not kept else None
        record_merge(
            workspace,
            work,
            MergeEvent.MERGED,
            kept_id=kept.id,
            merged_id=other.id,
            moved=moved,
            change_id=change.id if change else None,
        )
        work.commit()
    return now


def say_not_the_same(workspace: Workspace, one_id: str, other_id: str) -> None:
    """Remember that two records are two people, so that they are not offered as one again.

    Raises:
        RefusedError: Both are one record.
        NotFoundError: One of them is not in the vault.
    """
    with workspace.changing() as work:
        one, other = participant_in(work, one_id), participant_in(work, other_id)
        if one.id == other.id:
            raise RefusedError("This is one record, not two.")
        if call_distinct(workspace, work, one.id, other.id):
            work.commit()


def take_back_not_the_same(workspace: Workspace, one_id: str, other_id: str) -> None:
    """Forget that two records were called two people.

    Raises:
        RefusedError: Nobody called them so.
        NotFoundError: One of them is not in the vault.
    """
    with workspace.changing() as work:
        one, other = participant_in(work, one_id), participant_in(work, other_id)
        if not work.distinct_people.remove(one.id, other.id):
            raise RefusedError("Nobody said that these two are not the same person.")
        for person in (one, other):
            workspace.log(work, AuditAction.PARTICIPANTS_DISTINCT, person.id, "no longer")
        work.commit()


def not_the_same(workspace: Workspace) -> frozenset[tuple[str, str]]:
    """Pairs of ids of records that were called two people, the smaller id first in each.

    A record that became part of another counts as that one.
    """
    with workspace.reading() as work:
        return work.distinct_people.pairs()


def _two(work: UnitOfWork, keep_id: str, merge_id: str) -> tuple[Participant, Participant]:
    kept, other = participant_in(work, keep_id), participant_in(work, merge_id)
    if kept.id == other.id:
        raise RefusedError("These are one record already.", "Choose another one to merge.")
    return kept, other


def _choices(take_other: Iterable[str]) -> frozenset[str]:
    chosen = frozenset(take_other)
    if chosen - set(CHOOSABLE):
        raise InvalidInputError(
            "There is no choice in one of these fields.", f"Choose among: {', '.join(CHOOSABLE)}.", field="take-other"
        )
    return chosen


def _require_room(fields: tuple[FieldMerge, ...]) -> None:
    for field in fields:
        if field.name in LISTS and len(field.merged) > _MOST:
            raise RefusedError(
                f"Both records together have more than {_MOST} entries in one list: {field.name.replace('_', ' ')}.",
                "Shorten it on one of the pages first.",
            )


def _after(kept: Participant, other: Participant, chosen: frozenset[str]) -> Participant:
    details = merged_details(kept, other, chosen)
    update: dict[str, Any] = {name: getattr(details, name) for name in ParticipantDetails.model_fields}
    if other.archived_at is None:
        update |= {"archived_at": None, "archive_reason": ""}
    if kept.held_at is None:
        update |= {"held_at": other.held_at, "hold_reason": other.hold_reason}
    return kept.model_copy(update=update)


def _consents(
    workspace: Workspace, work: UnitOfWork, kept: Participant, other: Participant
) -> tuple[ConsentMerge, ...]:
    histories = [work.consents.of_participant(person.id) for person in (kept, other)]
    both = work.consents.of_either(kept.id, other.id)
    found = []
    for scope in ConsentScope:
        one, two, merged = (consent_state(rows, scope, workspace.today) for rows in (*histories, both))
        if {one.standing, two.standing} != {ConsentStanding.NONE}:
            found.append(ConsentMerge(scope, one, two, merged))
    return tuple(found)


def record_merge(
    workspace: Workspace,
    work: UnitOfWork,
    event: MergeEvent,
    *,
    kept_id: str,
    merged_id: str,
    moved: tuple[str, ...],
    change_id: str | None = None,
) -> None:
    """Add to the history of merges, and to the log with the hash of that row; the caller commits."""
    now = workspace.clock.now()
    sealed = work.merges.add(
        Merge(
            id=new_id(now),
            participant_id=kept_id,
            merged_id=merged_id,
            event=event,
            moved=moved,
            change_id=change_id,
            at=now,
            by=workspace.author.id,
        )
    )
    action = AuditAction.PARTICIPANTS_MERGED if event is MergeEvent.MERGED else AuditAction.PARTICIPANTS_SEPARATED
    workspace.log(work, action, kept_id, sealed)
