"""Whether somebody is in the vault already: for one new record, and for all of them."""

from __future__ import annotations

from peernote_tui.domain.base import Model
from peernote_tui.domain.finding.index import PeopleIndex
from peernote_tui.domain.participant import Participant, ParticipantDetails
from peernote_tui.domain.sameness import (
    Commonness,
    Traits,
    Verdict,
    candidates,
    commonness_in,
    joined,
    judge,
    likely_pairs,
    traits_of,
    traits_of_sought,
)
from peernote_tui.services.finding import find_participants
from peernote_tui.services.workspace import Workspace


class AlikeParticipant(Model):
    """Somebody in the vault who may be the person of a new record."""

    participant: Participant
    score: float
    """The probability that they are, from 0 to 1."""
    verdict: Verdict
    """What follows from it."""
    reasons: tuple[str, ...]
    """What they have in common, in words."""

    @property
    def likely(self) -> bool:
        """Whether they are likely the same person."""
        return self.verdict is Verdict.LIKELY


class AlikePair(Model):
    """Two records that are likely of one person."""

    one: Participant
    other: Participant
    score: float
    """The probability that they are, from 0 to 1."""
    reasons: tuple[str, ...]
    """What they have in common, in words."""


def likely_same(
    workspace: Workspace, details: ParticipantDetails, *, exclude: str | None = None, limit: int = 5
) -> tuple[AlikeParticipant, ...]:
    """Who in the vault is likely or possibly the person of a record, the likeliest first; archived ones, too.

    Args:
        workspace: The open vault.
        details: The record; as much of it as is known.
        exclude: The id of the record itself when it is in the vault; those who were called another person than
            this one are left out, too.
        limit: How many to give.
    """
    index = workspace.people.fresh(workspace.vault)
    traits, commonness = traits_of(details), commonness_in(index)
    scored = []
    for each in candidates(index, traits):
        known = _known(index, each)
        if each != exclude and known is not None:
            says = judge(traits, known, commonness)
            if says.verdict is not Verdict.UNLIKELY:
                scored.append((says.score, each))
    scored.sort(reverse=True)
    with workspace.reading() as work:
        if exclude is not None:
            apart = {each for pair in work.distinct_people.pairs() if exclude in pair for each in pair}
            scored = [(score, each) for score, each in scored if each not in apart]
        people = work.participants.by_ids(tuple(each for _, each in scored[: 2 * limit]))
    found = []
    for person in people:
        known = _known(index, person.id)
        own = traits_of(person)
        says = judge(traits, own if known is None else joined(own, known), commonness)
        if says.verdict is not Verdict.UNLIKELY:
            found.append(
                AlikeParticipant(participant=person, score=says.score, verdict=says.verdict, reasons=says.reasons)
            )
    found.sort(key=lambda alike: (alike.verdict is not Verdict.LIKELY, -alike.score))
    return tuple(found[:limit])


def look_alikes(workspace: Workspace, details: ParticipantDetails, *, limit: int = 5) -> tuple[AlikeParticipant, ...]:
    """Who is to be shown beside somebody new while they are typed: who may be the same, then who answers to the name.

    Args:
        workspace: The open vault.
        details: As much as is typed.
        limit: How many to give.
    """
    alike = likely_same(workspace, details, limit=limit)
    if len(alike) == limit or not any(sign.isalnum() for sign in details.name):
        return alike
    known = {one.participant.id for one in alike}
    found = find_participants(workspace, details.name, limit=limit, archived=True)
    named = (hit for hit in found.hits if found.sure and hit.participant.id not in known)
    more = (
        AlikeParticipant(participant=hit.participant, score=0.0, verdict=Verdict.UNLIKELY, reasons=(hit.why,))
        for hit in named
    )
    return (*alike, *more)[:limit]


def all_likely_pairs(workspace: Workspace) -> tuple[AlikePair, ...]:
    """Every two records in the vault that are likely of one person, the likeliest first.

    Those that somebody called two people are left out. It takes seconds in a vault of thousands.
    """
    with workspace.reading() as work:
        records = list(work.participants.every(archived=True))
        apart = work.distinct_people.pairs()
    people = {person.id: person for person in records if person.merged_into is None}
    traits = {each: traits_of(person) for each, person in people.items()}
    part_of = {person.id: person.merged_into for person in records}
    for part in records:
        whole = part.merged_into
        while whole is not None and whole not in traits:
            whole = part_of.get(whole)
        if whole is not None:
            traits[whole] = joined(traits[whole], traits_of(part))
    ids = list(traits)
    commonness = Commonness.of((person.name, person.legal_name) for person in people.values())
    found = []
    for pair in likely_pairs(list(traits.values()), commonness):
        one, other = sorted((ids[pair.one], ids[pair.other]))
        if (one, other) not in apart:
            likeness = pair.likeness
            found.append(
                AlikePair(one=people[one], other=people[other], score=likeness.score, reasons=likeness.reasons)
            )
    return tuple(sorted(found, key=lambda pair: (-pair.score, pair.one.id, pair.other.id)))


def _known(index: PeopleIndex, participant_id: str) -> Traits | None:
    person = index.people[index.number_of(participant_id)]
    return None if person is None else traits_of_sought(person)
