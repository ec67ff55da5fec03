"""What is known of one participant when somebody is looked for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from peernote_tui.domain.names import fold

_NO_LETTERS = re.compile(r"[\W_]+")
_NO_DIGITS = re.compile(r"\D+")


@dataclass(frozen=True, slots=True)
class Around:
    """Somebody around a participant, and what they are to them."""

    name: str
    relation: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Sought:
    """What one participant is found by.

    Attributes:
        id: Of the record that is found.
        names: The preferred name, then aliases and the names of records that became part of this one.
        legal_names: Never told, but found by.
        touched: When they were last written about, as text in the order of time.
        ids: External IDs, as written.
        phones: Numbers, as written.
        born: `YYYY-MM-DD`, `YYYY` or empty.
        around: The people around them.
        archived: Whether they are found only when archived ones are asked for.
    """

    id: str
    names: tuple[str, ...]
    legal_names: tuple[str, ...] = ()
    touched: str = ""
    ids: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    born: str = ""
    around: tuple[Around, ...] = ()
    archived: bool = False

    @property
    def words(self) -> tuple[object, ...]:
        """All that is looked for; the rest only orders what was found."""
        return (self.names, self.legal_names, self.ids, self.phones, self.around)


def bare(text: str) -> str:
    """An ID without case and punctuation: "PN-0042" is pn0042."""
    return _NO_LETTERS.sub("", fold(text))


def digits(text: str) -> str:
    """The digits of a phone number."""
    return _NO_DIGITS.sub("", fold(text))
