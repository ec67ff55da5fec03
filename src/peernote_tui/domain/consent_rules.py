"""What a consent has to say before it counts, and who may give it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from peernote_tui.domain.consent import ConsentDetails, ConsentHow, ConsentScope, GivenBy
from peernote_tui.domain.participant import BirthPrecision, ParticipantDetails

OF_AGE = 18
"""Years; the age of majority in nearly every state of the US."""
_ESTIMATE = 2
"""Years that an estimated birth year may be off."""


class Minority(StrEnum):
    """Whether somebody is a minor on a day, as far as their birth date tells."""

    NO = "no"
    MAYBE = "maybe"
    YES = "yes"


class Element(StrEnum):
    """Something a consent has to say."""

    RECIPIENT = "recipient"
    WHAT = "what"
    PURPOSE = "purpose"
    END = "end"
    SIGNATURE = "signature"
    WITNESS = "witness"
    GIVEN_BY_NAME = "given_by_name"
    BASIS = "basis"
    OF_AGE = "of_age"
    PARENT_INVOLVED = "parent_involved"
    PARENT_WHY = "parent_why"

    @property
    def sentence(self) -> str:
        """What is missing, in words."""
        return _SENTENCES[self]


_SENTENCES = {
    Element.RECIPIENT: "With whom may be shared is missing.",
    Element.WHAT: "What may be shared is missing.",
    Element.PURPOSE: "What for is missing.",
    Element.END: "When it ends is missing: a day, or an event.",
    Element.SIGNATURE: "A signature is missing: sharing a record under 42 CFR Part 2 is agreed in writing.",
    Element.WITNESS: "The name of the witness is missing.",
    Element.GIVEN_BY_NAME: "The name of whoever consents for them is missing.",
    Element.BASIS: "On what basis this person consents is missing, such as the law or the order.",
    Element.OF_AGE: "They may be under 18: say on what basis they consent, such as “of age, by their ID”.",
    Element.PARENT_INVOLVED: "Whether a parent is involved is missing: yes or no.",
    Element.PARENT_WHY: "Why a parent is involved or is not is missing.",
}


def minority(person: ParticipantDetails, day: date) -> Minority:
    """Whether somebody is under 18 on a day. A year alone, or an estimate, may leave it open.

    An unknown birth date says nothing and is taken as of age: asking everybody would teach to click the question away.
    """
    born = person.born
    if not born:
        return Minority.NO
    year = int(born[:4])
    if len(born) > len("YYYY") and person.birth_precision not in (BirthPrecision.YEAR, BirthPrecision.ESTIMATED):
        turned = (day.month, day.day) >= (int(born[5:7]), int(born[8:]))
        return Minority.NO if day.year - year - (not turned) >= OF_AGE else Minority.YES
    off = _ESTIMATE if person.birth_precision is BirthPrecision.ESTIMATED else 0
    # Born in that year, somebody is one year younger until their birthday.
    oldest, youngest = day.year - year + off, day.year - year - off - 1
    if youngest >= OF_AGE:
        return Minority.NO
    return Minority.MAYBE if oldest >= OF_AGE else Minority.YES


def missing_elements(
    person: ParticipantDetails,
    *,
    scope: ConsentScope,
    how: ConsentHow,
    details: ConsentDetails,
    on: date,
    expires_on: date | None,
) -> tuple[Element, ...]:
    """What a consent does not say yet and has to, in the order of the form.

    Sharing names recipient, information and purpose; where 42 CFR Part 2 applies or nobody reviewed whether it does,
    also an end and a form that bears a signature (§2.31(a)). For a minor: who consents, on what basis, and
    whether a parent is involved and why. A minor may consent alone where the law lets them; the basis says so.

    Args:
        person: Who agreed, with their birth date as it is known.
        scope: To what.
        how: In which form.
        details: What is said.
        on: The day of the consent.
        expires_on: Its last day, if it has one.
    """
    lacking: list[Element] = []
    if scope is ConsentScope.SHARING:
        lacking += _of_sharing(person, how, details, expires_on)
    if how is ConsentHow.WITNESSED and not details.witness:
        lacking.append(Element.WITNESS)
    return (*lacking, *_of_whoever_gives(minority(person, on), details))


def _of_sharing(
    person: ParticipantDetails, how: ConsentHow, details: ConsentDetails, expires_on: date | None
) -> list[Element]:
    said = {Element.RECIPIENT: details.recipient, Element.WHAT: details.what, Element.PURPOSE: details.purpose}
    lacking = [element for element, words in said.items() if not words]
    if person.covered_by_part2:
        if expires_on is None and not details.ends_when:
            lacking.append(Element.END)
        if how is ConsentHow.VERBAL:
            lacking.append(Element.SIGNATURE)
    return lacking


def _of_whoever_gives(age: Minority, details: ConsentDetails) -> list[Element]:
    themselves = details.given_by is GivenBy.PARTICIPANT
    lacking = []
    if not themselves and not details.given_by_name:
        lacking.append(Element.GIVEN_BY_NAME)
    if age is Minority.MAYBE and themselves:
        return [] if details.basis else [Element.OF_AGE]
    if not details.basis and (age is Minority.YES or not themselves):
        lacking.append(Element.BASIS)
    if age is Minority.YES:
        if details.parent_involved is None:
            lacking.append(Element.PARENT_INVOLVED)
        if not details.parent_why:
            lacking.append(Element.PARENT_WHY)
    return lacking
