"""Two records of one person, and two people of one name."""

from __future__ import annotations

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.errors import RefusedError
from peernote_tui.services.participants import participant_in
from peernote_tui.services.workspace import Workspace


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
        now, by = workspace.clock.now(), workspace.author.id
        if work.distinct_people.add(one.id, other.id, at=now, by=by):
            for person in (one, other):
                workspace.log(work, AuditAction.PARTICIPANTS_DISTINCT, person.id)
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
