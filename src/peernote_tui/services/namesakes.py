"""Participants who are called alike, so that every line can tell them apart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from peernote_tui.domain.base import Model
from peernote_tui.domain.called import AboutParticipant
from peernote_tui.domain.errors import NotFoundError
from peernote_tui.domain.finding.index import PeopleIndex
from peernote_tui.domain.names import NameTier, called_alike, first_name, fold, short_id, short_name
from peernote_tui.domain.participant import Participant
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.workspace import Workspace

RowT = TypeVar("RowT", bound=AboutParticipant)


class Namesakes(Model):
    """A participant, and whom one could take for them."""

    participant: Participant
    others: tuple[Participant, ...]


def namesakes(workspace: Workspace, participant_id: str, tier: NameTier) -> Namesakes:
    """A participant and the active ones who are called alike, as far as names may be seen.

    Raises:
        NotFoundError: There is no such participant.
    """
    with workspace.reading() as work:
        person = work.participants.get(participant_id)
        if person is None:
            raise NotFoundError("This participant is not in the vault.")
        alike = work.participants.by_ids(tuple(_alike(work, {person.id: person.name})[_key(person.name)]))
        others = tuple(
            other
            for other in alike
            if other.id != person.id and other.archived_at is None and called_alike(person.called, other.called, tier)
        )
        (person,) = told_apart(work, (person,))
        return Namesakes(participant=person, others=told_apart(work, others))


def rows_apart(work: UnitOfWork, rows: tuple[RowT, ...]) -> tuple[RowT, ...]:
    """The rows of a list, with a short id where nothing else is sure to tell their participants apart."""
    ids = _short_ids(work, ((row.about_id, row.participant_name, row.external_id) for row in rows))
    return tuple(row.model_copy(update={"short_id": ids[row.about_id]}) if row.about_id in ids else row for row in rows)


def told_apart(
    work: UnitOfWork, people: tuple[Participant, ...], index: PeopleIndex | None = None
) -> tuple[Participant, ...]:
    """As `rows_apart`, for participants; with an index of everybody, where it is at hand, at once."""
    ids = _short_ids(work, ((person.id, person.name, person.external_id) for person in people), index)
    return tuple(
        person.model_copy(update={"short_id": ids[person.id]}) if person.id in ids else person for person in people
    )


def _short_ids(
    work: UnitOfWork, people: Iterable[tuple[str, str, str]], index: PeopleIndex | None = None
) -> dict[str, str]:
    """By id, the short ids of those without a number whose name another has."""
    # A number belongs to one participant alone, so whoever has one is told apart by it.
    without = {participant_id: name for participant_id, name, number in people if not number}
    if not without:
        return {}
    alike = _alike(work, without) if index is None else _alike_in(index, without)
    found = {}
    for participant_id, name in without.items():
        others = tuple(other for other in alike[_key(name)] if other != participant_id)
        if others:
            found[participant_id] = short_id(participant_id, others)
    return found


def _alike(work: UnitOfWork, people: dict[str, str]) -> dict[str, list[str]]:
    """Ids of everybody who is called as one of these, by what they are called in lists."""
    alike: dict[str, list[str]] = {_key(name): [] for name in people.values()}
    for participant_id, name in work.participants.beginning_with({_first_word(name) for name in people.values()}):
        if (key := _key(name)) in alike:
            alike[key].append(participant_id)
    return alike


def _alike_in(index: PeopleIndex, people: dict[str, str]) -> dict[str, list[str]]:
    keys = {_key(name) for name in people.values()}
    return {key: [person.id for person in index.called_in_lists(key)] for key in keys}


def _key(name: str) -> str:
    return fold(short_name(name))


def _first_word(name: str) -> str:
    return (fold(first_name(name)).split() or [""])[0]
