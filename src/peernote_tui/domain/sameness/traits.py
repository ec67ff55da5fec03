"""What of a participant is compared, brought into the form in which it can be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from peernote_tui.domain.finding.person import Sought, bare, digits
from peernote_tui.domain.names import fold, words
from peernote_tui.domain.names.likeness import LONGEST_WORD
from peernote_tui.domain.participant import BirthPrecision, ContactKind, ParticipantDetails

PHONE_DIGITS = 9
"""The last digits of a phone number; those before are a country's, and often left out."""
_LEAST_PHONE = 6
_LEAST_ID = 2
_MOST_WORDS = 8
_MOST_NAMES = 12
_SUFFIXES = frozenset({"jr", "sr", "junior", "senior", "ii", "iii", "iv"})


@dataclass(frozen=True, slots=True)
class FullName:
    """A name as folded words, the given name first, and what tells a son from a father ("jr")."""

    words: tuple[str, ...]
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class BirthDate:
    """A day of birth, as far as it is known; `month` and `day` are 0 when only the year is."""

    year: int
    month: int = 0
    day: int = 0
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Traits:
    """What of one record is compared.

    Attributes:
        names: The preferred name, the legal name and the aliases.
        born: The birth date, or None.
        phones: The last digits of every phone number.
        ids: External ID and other IDs without case and punctuation.
        emails: Folded.
        addresses: The words of each address.
    """

    names: tuple[FullName, ...]
    born: BirthDate | None = None
    phones: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    addresses: tuple[frozenset[str], ...] = field(default=())


def traits_of(details: ParticipantDetails) -> Traits:
    """What of a record is compared."""
    contacts = details.contacts
    phones = [details.phone, *(each.value for each in contacts if each.kind is ContactKind.PHONE)]
    ids = [details.external_id, *(each.value for each in details.other_ids)]
    addresses = (frozenset(words(each.value)) for each in contacts if each.kind is ContactKind.ADDRESS)
    return Traits(
        names=_names([details.name, details.legal_name, *details.aliases]),
        born=_day(details.born, estimated=details.birth_precision is BirthPrecision.ESTIMATED),
        phones=_phones(phones),
        ids=_ids(ids),
        emails=frozenset(fold(each.value) for each in contacts if each.kind is ContactKind.EMAIL and each.value),
        addresses=tuple(address for address in addresses if address),
    )


def traits_of_sought(person: Sought) -> Traits:
    """What of somebody is compared, as far as they are found by it; a year may be an estimate."""
    return Traits(
        names=_names([*person.names, *person.legal_names]),
        born=_day(person.born, estimated=False),
        phones=_phones(person.phones),
        ids=_ids(person.ids),
    )


def joined(own: Traits, part: Traits) -> Traits:
    """What is known of somebody from their record and from what became part of it."""
    return Traits(
        names=tuple(dict.fromkeys((*own.names, *part.names)))[:_MOST_NAMES],
        born=own.born or part.born,
        phones=own.phones | part.phones,
        ids=own.ids | part.ids,
        emails=own.emails | part.emails,
        addresses=(*own.addresses, *part.addresses),
    )


def end_of_phone(text: str) -> str:
    """The last nine digits of a phone number; empty when there are too few to tell anybody by."""
    run = digits(text).lstrip("0")
    return run[-PHONE_DIGITS:] if len(run) >= _LEAST_PHONE else ""


def _names(texts: Iterable[str]) -> tuple[FullName, ...]:
    found = dict.fromkeys(_full_name(text) for text in texts)
    return tuple(name for name in found if name.words)[:_MOST_NAMES]


def _full_name(text: str) -> FullName:
    family, comma, given = text.partition(",")
    if comma and any(word not in _SUFFIXES for word in words(given)):
        text = f"{given} {family}"
    every = [word[:LONGEST_WORD] for word in words(text)][: _MOST_WORDS + 1]
    suffix = every[-1] if len(every) > 1 and every[-1] in _SUFFIXES else ""
    if suffix:
        every.pop()
    return FullName(tuple(every[:_MOST_WORDS]), {"junior": "jr", "senior": "sr"}.get(suffix, suffix))


def _day(born: str, *, estimated: bool) -> BirthDate | None:
    if not born:
        return None
    year, month, day = (*map(int, born.split("-")), 0, 0)[:3]
    return BirthDate(year, month, day, estimated)


def _phones(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(run for run in map(end_of_phone, texts) if run)


def _ids(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(each for each in map(bare, texts) if len(each) >= _LEAST_ID)
