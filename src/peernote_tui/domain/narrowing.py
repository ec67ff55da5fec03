"""Of whom a list of participants is: what narrows it, and what widens it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

USUAL_DAYS = 30
"""Days since the last contact, where nobody says another number."""
ENDS_WITHIN = 30
"""Days within which a consent that ends is called ending."""
MOST_DAYS = 9999


class Only(StrEnum):
    """What must hold for whoever is listed; several hold together."""

    NOT_SEEN = "not_seen"
    """No contact for so many days; counted from when they were added where there was none at all."""
    OVERDUE = "overdue"
    """An open action item is overdue."""
    CONSENT = "consent"
    """Consent to notes is missing, or ends within 30 days."""
    DRAFT = "draft"
    """A note is begun and not signed."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """How a list of participants is narrowed and widened.

    Attributes:
        only: What must hold for whoever is listed.
        days: Days for `Only.NOT_SEEN`.
        archived: List archived participants, too.
        around: Find by the people around them, too.
    """

    only: frozenset[Only] = frozenset()
    days: int = USUAL_DAYS
    archived: bool = False
    around: bool = False

    @property
    def is_on(self) -> bool:
        """Whether it lists others than when nothing was chosen."""
        return bool(self.only or self.archived or self.around)
