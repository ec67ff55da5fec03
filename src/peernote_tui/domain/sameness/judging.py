"""The judgement: everything that two records say, added up, with a few rules above the sum."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import exp, log
from typing import NamedTuple

from peernote_tui.domain.names.likeness import Way
from peernote_tui.domain.participant import ParticipantDetails
from peernote_tui.domain.sameness.births import BirthSays, BirthWay, births_say, one_slip
from peernote_tui.domain.sameness.commonness import AT_LARGE, Commonness
from peernote_tui.domain.sameness.naming import NameSays, names_say
from peernote_tui.domain.sameness.traits import PHONE_DIGITS, Traits, traits_of

# Of so many records one is a second one of somebody, as agencies find when they count (a tenth, by rule of thumb).
_SECOND_RECORDS = 0.1
LIKELY, POSSIBLE = log(0.62 / 0.38), -4.0
"""Logarithms of the odds from which on two records are likely, and possibly, of one person."""
_SAME_PHONE, _PHONE_SLIP, _OTHER_PHONE = 6.5, 4.0, -0.7
_SAME_ID, _ID_CHARACTER, _OTHER_ID = 3.0, 1.2, -0.5
_MOST_ID = 11.0
_SAME_EMAIL = 6.5
_SAME_ADDRESS, _NEAR_ADDRESS, _OTHER_ADDRESS = 4.5, 2.0, -0.7
_FAR_YEARS = -9.0


class Verdict(StrEnum):
    """Whether two records are of one person."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely two records are of one person.

    Attributes:
        score: The probability, from 0 to 1.
        verdict: What follows from it.
        reasons: What they have in common, in words, the most telling first.
    """

    score: float
    verdict: Verdict
    reasons: tuple[str, ...]


class Beside(NamedTuple):
    """What two records say beside their names; weights are logarithms of likelihood ratios."""

    weight: float
    """All of it together."""
    birth: BirthSays
    same_id: bool
    phone: float
    email: bool
    address: float


def likeness(one: ParticipantDetails, other: ParticipantDetails, commonness: Commonness) -> Likeness:
    """How likely two records are of one person; the same both ways round."""
    return judge(traits_of(one), traits_of(other), commonness)


def judge(one: Traits, other: Traits, commonness: Commonness, beside: Beside | None = None) -> Likeness:
    """As `likeness`, of what was made ready to be compared.

    Args:
        one: What is known of one.
        other: What is known of the other.
        commonness: How common the words of names are.
        beside: What they say beside their names, where it is known already.
    """
    beside = beside or beside_names(one, other)
    name = names_say(one.names, other.names, commonness)
    odds = name.weight + beside.weight + before_looking(commonness)
    kept_apart = not beside.same_id and (name.other_given or beside.birth.far)
    verdict = _verdict(odds, name, beside, kept_apart=kept_apart)
    return Likeness(1 / (1 + exp(-max(-50.0, odds))), verdict, _reasons(name, beside))


def before_looking(commonness: Commonness) -> float:
    """The logarithm of the odds that any two records are of one person."""
    return log(2 * _SECOND_RECORDS / (commonness.people + AT_LARGE))


def beside_names(one: Traits, other: Traits) -> Beside:
    """What two records say beside their names."""
    birth = births_say(one.born, other.born)
    same_ids = one.ids & other.ids
    phone, address = _phones_say(one.phones, other.phones), _addresses_say(one, other)
    email = not one.emails.isdisjoint(other.emails)
    weight = birth.weight + phone + address + (_SAME_EMAIL if email else 0.0)
    if same_ids:
        weight += min(_MOST_ID, max(_SAME_ID + _ID_CHARACTER * len(each) for each in same_ids))
    elif one.ids and other.ids:
        weight += _OTHER_ID
    if birth.far and not same_ids:
        weight += _FAR_YEARS
    return Beside(weight, birth, bool(same_ids), phone, email, address)


def _verdict(odds: float, name: NameSays, beside: Beside, *, kept_apart: bool) -> Verdict:
    if odds >= LIKELY and not kept_apart:
        return Verdict.LIKELY
    if odds >= POSSIBLE or beside.same_id or (name.whole and not beside.birth.other and not kept_apart):
        return Verdict.POSSIBLE
    return Verdict.UNLIKELY


def _phones_say(one: frozenset[str], other: frozenset[str]) -> float:
    if not one or not other:
        return 0.0
    if one & other:
        return _SAME_PHONE
    near = any(len(left) == len(right) == PHONE_DIGITS and one_slip(left, right) for left in one for right in other)
    return _PHONE_SLIP if near else _OTHER_PHONE


def _addresses_say(one: Traits, other: Traits) -> float:
    if not one.addresses or not other.addresses:
        return 0.0
    shared = max(len(left & right) / min(len(left), len(right)) for left in one.addresses for right in other.addresses)
    if shared > 0.7:
        return _SAME_ADDRESS
    return _NEAR_ADDRESS if shared > 0.4 else _OTHER_ADDRESS


def _reasons(name: NameSays, beside: Beside) -> tuple[str, ...]:
    found = ["same ID"] if beside.same_id else []
    named, born = _name_reason(name), beside.birth.way
    if named == "same name" and born is BirthWay.SAME:
        found.append("same name and birth date")
    elif named and born is BirthWay.SAME:
        found.append(f"{named}, same birth date")
    elif named in ("name close", "name sounds alike") and born is BirthWay.CLOSE:
        found.append("name and birth date close")
    else:
        found += [each for each in (named, born.value) if each]
    phone, address = beside.phone, beside.address
    if phone > 0:
        found.append("same phone" if phone == _SAME_PHONE else "phone close")
    if beside.email:
        found.append("same email")
    if address > 0:
        found.append("same address" if address == _SAME_ADDRESS else "address close")
    return tuple(found)


def _name_reason(name: NameSays) -> str:
    if not name.ways:
        return ""
    if name.parted:
        return "a name in common"
    if Way.SHORT in name.ways:
        return "short form of the name"
    if Way.SOUND in name.ways:
        return "name sounds alike"
    if Way.CLOSE in name.ways:
        return "name close"
    return "same name"
