"""Everybody in the vault, laid out so that thousands of rows of a file can be compared with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from peernote_tui.domain.names import fold, sound_keys, words
from peernote_tui.domain.participant import Participant, ParticipantDetails
from peernote_tui.domain.sameness import Commonness, Traits, Verdict, judge, traits_of

_MOST_TOGETHER = 60
"""People who share a key; what more of them share tells nobody apart."""
_MOST_SHOWN = 5
_MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class Likely:
    """Who somebody is likely the same as.

    Attributes:
        ids: The likeliest first.
        reason: Why, in a sentence.
        who: Name, ID and year of birth of the likeliest.
    """

    ids: tuple[str, ...]
    reason: str
    who: str


class KnownPeople:
    """Participants by what they may share with a new record; the judgement is that of `domain.sameness`."""

    def __init__(self, people: Iterable[Participant]) -> None:
        self._people = tuple(people)
        self._commonness = Commonness.of((person.name, person.legal_name) for person in self._people)
        self._traits = [traits_of(person) for person in self._people]
        self._by_id = {person.external_id.casefold(): person for person in self._people if person.external_id}
        self._together: dict[object, list[int]] = {}
        for place, (person, traits) in enumerate(zip(self._people, self._traits, strict=True)):
            for key in {*_keys(traits), *_whole_names(person)}:
                self._together.setdefault(key, []).append(place)

    def with_id(self, external_id: str) -> Participant | None:
        """Who has this ID, upper and lower case alike."""
        return self._by_id.get(external_id.casefold()) if external_id else None

    def likely(self, details: ParticipantDetails) -> Likely | None:
        """Who in the vault is likely the same person; None when nobody is."""
        if not self._people:
            return None
        traits, names = traits_of(details), _whole_names(details)
        places = {
            place
            for key in {*_keys(traits), *names}
            if len(group := self._together.get(key, ())) <= _MOST_TOGETHER
            for place in group
        }
        found = []
        for place in places:
            person = self._people[place]
            says = judge(traits, self._traits[place], self._commonness)
            of_one_name = bool(names & _whole_names(person)) and _births_agree(details.born, person.born)
            # A list without birth dates says no more than a name; adding them all again does harm, asking none.
            if says.verdict is Verdict.LIKELY or of_one_name:
                found.append((says.score, person.id, place, says.reasons or ("same name",)))
        if not found:
            return None
        found.sort(reverse=True)
        _, _, likeliest, reasons = found[0]
        reason = f"Likely in the vault already: {', '.join(reasons[:_MOST_REASONS])}."
        return Likely(tuple(each for _, each, *_ in found[:_MOST_SHOWN]), reason, who(self._people[likeliest]))

    def is_somebody_else(self, details: ParticipantDetails, person: Participant) -> bool:
        """Whether nothing but an ID speaks for one person."""
        return judge(
            _without_ids(details), _without_ids(person), self._commonness
        ).verdict is Verdict.UNLIKELY and not _whole_names(details) & _whole_names(person)


def who(person: Participant) -> str:
    """Somebody told apart from others of their name: name, ID and year of birth."""
    return ", ".join(each for each in (person.name, person.external_id, person.birth_year) if each)


def _keys(traits: Traits) -> Iterator[object]:
    """What two records of one person likely share."""
    yield from (("id", each) for each in traits.ids)
    yield from (("phone", each) for each in traits.phones)
    yield from (("email", each) for each in traits.emails)
    born = traits.born
    if born is not None and born.month:
        yield ("born", born.year, *sorted((born.month, born.day)))
    for name in traits.names:
        heard = [sound_keys(word) or (word,) for word in name.words]
        for frames, other_frames in combinations(heard, 2):
            yield from (("names", *sorted((one, other))) for one in frames for other in other_frames)
        if born is not None:
            yield from (("year", frame, born.year) for frames in heard for frame in frames)


def _whole_names(details: ParticipantDetails) -> set[tuple[str, ...]]:
    names = (details.name, details.legal_name, *details.aliases)
    return {("whole", *(sorted(words(name)) or [fold(name)])) for name in names if name}


def _without_ids(details: ParticipantDetails) -> Traits:
    return traits_of(details.model_copy(update={"external_id": "", "other_ids": ()}))


def _births_agree(one: str, other: str) -> bool:
    if not one or not other:
        return True
    return one == other if len(one) == len(other) else one[:4] == other[:4]
