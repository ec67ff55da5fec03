"""Pronouns in sentences that the program writes about somebody."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pronouns:
    """The forms a sentence needs: she has, of her, her own.

    Attributes:
        subject: Such as she.
        object: Such as her.
        possessive: Before a noun, such as her.
        plural: Whether the verb after the subject is a plural one: they have.
    """

    subject: str
    object: str
    possessive: str
    plural: bool = False

    def verb(self, one: str, many: str) -> str:
        """The form of a verb after the subject: `verb("has", "have")`."""
        return many if self.plural else one


THEY = Pronouns("they", "them", "their", plural=True)
_KNOWN = {
    "she": Pronouns("she", "her", "her"),
    "he": Pronouns("he", "him", "his"),
    "they": THEY,
}
_PARTS = re.compile(r"[^\w’']+")


def pronouns(typed: str) -> Pronouns:
    """The forms for what somebody's page says, such as "she/her" or "He / Him".

    Where several are named the first counts, as people write the one they like best first. Pronouns that are none of
    those known, and none at all, become they: nobody is called by a guess.
    """
    first = next((part for part in _PARTS.split(typed.casefold()) if part), "")
    return _KNOWN.get(first, THEY)
