"""The one box that finds anyone."""

from __future__ import annotations

from peernote_tui.domain.base import LONGEST_QUERY, clean_line
from peernote_tui.domain.consent import ConsentScope, consent_state
from peernote_tui.domain.names import Match, matches
from peernote_tui.domain.participant import FoundParticipants, Participant, ParticipantHit
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.workspace import Workspace

# Below this length a one-letter difference is more likely another name than a slip.
_SHORTEST_FORGIVEN_QUERY = 4


def find_participants(
    workspace: Workspace,
    query: str = "",
    *,
    limit: int = 20,
    archived: bool = False,
    around: bool = False,  # noqa: ARG001 the people around are looked at next
) -> FoundParticipants:
    """Participants by the beginnings of words of name, legal name, ID, phone or birth year.

    Without a query the ones written about last come first. When nothing begins like it, words of four
    letters and more are forgiven one slip of the finger.

    Raises:
        InvalidInputError: The query is longer than any name and number together.
    """
    clean_line(query, field="query", longest=LONGEST_QUERY)
    with workspace.reading() as work:
        found, total = work.participants.find(query, limit=limit, archived=archived)
        whys = {person.id: _why(query, person) for person in found}
        if not found and len(query.strip()) >= _SHORTEST_FORGIVEN_QUERY:
            close = [
                (match, person)
                for person in work.participants.every(archived=archived)
                if (match := _match(query, person)) is not None
            ]
            close.sort(key=lambda pair: (-pair[0].score, pair[1].name))
            total = len(close)
            found = tuple(person for _, person in close[:limit])
            whys = {person.id: match.why for match, person in close[:limit]}
        hits = _hits(workspace, work, found, whys)
    return FoundParticipants(query=query, hits=hits, total=total)


def _hits(
    workspace: Workspace, work: UnitOfWork, found: tuple[Participant, ...], whys: dict[str, str]
) -> tuple[ParticipantHit, ...]:
    ids = tuple(person.id for person in found)
    glances = work.participants.glances(ids)
    histories = work.consents.of_participants(ids)
    return tuple(
        ParticipantHit(
            participant=person,
            why=whys[person.id],
            has_consent=consent_state(histories[person.id], ConsentScope.NOTES, workspace.today).active,
            **glances[person.id],
        )
        for person in found
    )


def _match(query: str, person: Participant) -> Match | None:
    return matches(
        query,
        {
            "name": person.name,
            "legal name": person.legal_name,
            "ID": person.external_id,
            "phone": person.phone,
            "birth year": person.birth_year,
        },
    )


def _why(query: str, person: Participant) -> str:
    if not query.strip():
        return ""
    match = _match(query, person)
    return match.why if match else "name"
