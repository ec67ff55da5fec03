"""Everybody in the vault, laid out so that thousands of rows of a file can be compared with them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from peernote_tui.domain.names import alike, fold, words
from peernote_tui.domain.participant import ContactKind, Participant, ParticipantDetails

_ALIKE = 0.85
_SHORTEST_NUMBER, _COMPARED_DIGITS = 7, 9
_NO_DIGIT = re.compile(r"\D")


@dataclass(frozen=True, slots=True)
class Likely:
    """Who somebody is likely the same as, and why in a sentence."""

    ids: tuple[str, ...]
    reason: str


class KnownPeople:
    """Participants by ID, number, birth date and name."""

    def __init__(self, people: Iterable[Participant]) -> None:
        self._by_id: dict[str, Participant] = {}
        self._by_number: dict[str, list[Participant]] = {}
        self._by_birth: dict[str, list[Participant]] = {}
        self._by_name: dict[tuple[str, ...], list[Participant]] = {}
        for person in people:
            if person.external_id:
                self._by_id[person.external_id.casefold()] = person
            for number in _numbers(person):
                self._by_number.setdefault(number, []).append(person)
            if len(person.born) > 4:
                self._by_birth.setdefault(person.born, []).append(person)
            for name in _names(person):
                self._by_name.setdefault(_key(name), []).append(person)

    def with_id(self, external_id: str) -> Participant | None:
        """Who has this ID, upper and lower case alike."""
        return self._by_id.get(external_id.casefold()) if external_id else None

    def names_alike(self, one: ParticipantDetails, other: ParticipantDetails) -> bool:
        """Whether a name of the one is close to a name of the other."""
        return any(
            fold(mine) == fold(theirs) or alike(mine, theirs).degree >= _ALIKE
            for mine in _names(one)
            for theirs in _names(other)
        )

    def likely(self, details: ParticipantDetails) -> Likely | None:
        """Who in the vault is likely the same person; None when nobody is."""
        found = [
            person
            for number in _numbers(details)
            for person in self._by_number.get(number, ())
            if self.names_alike(details, person)
        ]
        if found:
            return _likely(found, "Somebody with this number and a name like this is in the vault already.")
        found = [person for person in self._by_birth.get(details.born, ()) if self.names_alike(details, person)]
        if found:
            return _likely(found, "Somebody with this birth date and a name like this is in the vault already.")
        found = [
            person
            for name in _names(details)
            for person in self._by_name.get(_key(name), ())
            if _births_agree(details.born, person.born)
        ]
        return _likely(found, "Somebody of this name is in the vault already.") if found else None


def _likely(found: list[Participant], reason: str) -> Likely:
    return Likely(tuple(dict.fromkeys(person.id for person in found)), reason)


def _names(details: ParticipantDetails) -> tuple[str, ...]:
    return tuple(name for name in (details.name, details.legal_name, *details.aliases) if name)


def _key(name: str) -> tuple[str, ...]:
    return tuple(sorted(words(name)))


def _numbers(details: ParticipantDetails) -> set[str]:
    """The ends of all numbers; the beginning may be written with or without the code of the country."""
    texts = [details.phone, *(one.value for one in details.contacts if one.kind is ContactKind.PHONE)]
    digits = (_NO_DIGIT.sub("", text) for text in texts if text)
    return {number[-_COMPARED_DIGITS:] for number in digits if len(number) >= _SHORTEST_NUMBER}


def _births_agree(one: str, other: str) -> bool:
    if not one or not other:
        return True
    return one == other if len(one) == len(other) else one[:4] == other[:4]
