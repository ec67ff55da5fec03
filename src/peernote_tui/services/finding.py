"""The one box that finds anyone."""

from __future__ import annotations

from peernote_tui.domain.base import LONGEST_QUERY, clean_line, clean_text
from peernote_tui.domain.consent import ConsentScope, consent_state
from peernote_tui.domain.finding.index import PeopleIndex
from peernote_tui.domain.finding.looking import look
from peernote_tui.domain.narrowing import USUAL_DAYS, Only
from peernote_tui.domain.participant import FoundParticipants, Participant, ParticipantHit
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.namesakes import told_apart
from peernote_tui.services.workspace import Workspace


def find_participants(
    workspace: Workspace,
    query: str = "",
    *,
    limit: int = 20,
    archived: bool = False,
    around: bool = False,
    only: frozenset[Only] = frozenset(),
    not_seen_days: int = USUAL_DAYS,
) -> FoundParticipants:
    """Participants by whatever is typed of them: parts of names, slips and sounds forgiven, IDs, numbers, birth dates.

    The likeliest come first, of two as likely the one written about last. Without a query the pinned ones come
    first, then the ones written about last.

    Args:
        workspace: The open vault.
        query: What was typed.
        limit: How many hits to give.
        archived: Whether archived participants are found.
        around: Whether the name or number of somebody around a participant finds them.
        only: What must hold for whoever is found.
        not_seen_days: Days for `Only.NOT_SEEN`.

    Raises:
        InvalidInputError: The query is longer than any name and number together.
    """
    clean_line(query, field="query", longest=LONGEST_QUERY)
    known = None if query.strip() else workspace.people.if_known(workspace.vault)
    with workspace.reading() as work:
        among = workspace.narrowed.left(workspace.vault.connection, work, only, not_seen_days, workspace.today)
        if not query.strip():
            recent, total = work.participants.recent(limit=limit, archived=archived, among=among)
            return FoundParticipants(query=query, hits=_hits(workspace, work, recent, {}, known), total=total)
    index = workspace.people.fresh(workspace.vault)
    found = look(
        index,
        clean_text(query),
        today=workspace.today,
        limit=limit,
        archived=archived,
        around=around,
        among=among,
    )
    with workspace.reading() as work:
        people = work.participants.by_ids(tuple(who for who, _ in found.people))
        return FoundParticipants(
            query=query,
            hits=_hits(workspace, work, people, dict(found.people), index),
            total=found.total,
            sure=found.sure,
        )


def get_ready_to_find(workspace: Workspace) -> bool:
    """Read a few hundred people ahead of the first look-up; whether everybody is known now.

    To be called again and again while nobody waits, so that the first key in a large vault waits for nothing.
    """
    return workspace.people.prepare(workspace.vault)


def _hits(
    workspace: Workspace,
    work: UnitOfWork,
    found: tuple[Participant, ...],
    whys: dict[str, str],
    index: PeopleIndex | None = None,
) -> tuple[ParticipantHit, ...]:
    ids = tuple(person.id for person in found)
    found = told_apart(work, found, index)
    glances = work.participants.glances(ids)
    histories = work.consents.of_participants(ids)
    return tuple(
        ParticipantHit(
            participant=person,
            why=whys.get(person.id, ""),
            has_consent=consent_state(histories[person.id], ConsentScope.NOTES, workspace.today).active,
            **glances[person.id],
        )
        for person in found
    )
