"""How much of a participant's name is shown, and what tells two people of one name apart."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from peernote_tui.domain.names.folding import fold
from peernote_tui.domain.names.shortening import first_name, initials, short_name

_SHORT_ID_LENGTH = 4


class NameTier(StrEnum):
    """How much of a name is shown in lists, in the top line and in what is said."""

    FULL = "full"
    SHORT = "short"
    """First name and initial."""
    INITIALS = "initials"
    ID = "id"
    """The agency's number; initials and a short id where there is none."""

    @property
    def next(self) -> NameTier:
        """The tier that shows less; after the last, the first."""
        tiers = list(NameTier)
        return tiers[(tiers.index(self) + 1) % len(tiers)]


@dataclass(frozen=True, slots=True)
class Called:
    """What a participant is called by, and what tells them from others of the name.

    Attributes:
        id: Their id in the vault.
        name: The name they want to be called.
        pronouns: Such as "she/her".
        external_id: The agency's number.
        birth_year: Four digits.
        short_id: The end of their id; given where somebody else is called alike and there is no number.
    """

    id: str
    name: str
    pronouns: str = ""
    external_id: str = ""
    birth_year: str = ""
    short_id: str = ""


def short_id(participant_id: str, others: tuple[str, ...] = ()) -> str:
    """The end of an id, such as "…3f2a": four characters, or as many as tell it from those of `others`."""
    length = _SHORT_ID_LENGTH
    while length < len(participant_id) and any(other[-length:] == participant_id[-length:] for other in others):
        length += 1
    return f"…{participant_id[-length:]}"


def shown_name(person: Called, tier: NameTier) -> str:
    """A participant's name as far as it may be seen."""
    if tier is NameTier.FULL:
        return person.name
    if tier is NameTier.SHORT:
        return short_name(person.name)
    if tier is NameTier.INITIALS:
        return initials(person.name)
    return person.external_id or f"{initials(person.name)} {person.short_id or short_id(person.id)}".strip()


def shown_first_name(person: Called, tier: NameTier) -> str:
    """What stands for a participant within a sentence: first name, initials, or nothing when only the ID is shown."""
    if tier is NameTier.ID:
        return ""
    return initials(person.name) if tier is NameTier.INITIALS else first_name(person.name)


def called_alike(person: Called, other: Called, tier: NameTier) -> bool:
    """Whether two participants could be taken for each other by their names, as far as these may be seen.

    Where less than first name and initial is seen, those still decide: initials alone are shared by too many.
    """
    seen = tier if tier is NameTier.FULL else NameTier.SHORT
    return fold(shown_name(person, seen)) == fold(shown_name(other, seen))


def telling_number(person: Called, tier: NameTier) -> str:
    """The one thing that is no other participant's; empty where it stands in the name's place, or nobody is alike."""
    if tier is NameTier.ID:
        return ""
    # Initials are shared by so many that everybody is told apart.
    return person.external_id or person.short_id or (short_id(person.id) if tier is NameTier.INITIALS else "")


def ways_apart(person: Called, tier: NameTier) -> tuple[tuple[str, ...], ...]:
    """Ways to tell a participant from others who are called alike, the fullest first; the number outlasts the rest.

    Returns:
        Each way as its parts, such as ("she/her", "M-0042", "1992"); none when nothing is known.
    """
    number = telling_number(person, tier)
    pronouns, year = person.pronouns, person.birth_year
    ways = ((pronouns, number, year), (pronouns, number), (number or year,), (number or year or pronouns,))
    said = (tuple(part for part in way if part) for way in ways)
    return tuple(dict.fromkeys(way for way in said if way))
