"""Disclosures: what left the vault, to whom, what for, and what that rests on.

Sources: 42 CFR 2.31, 2.32 (notices that accompany a disclosure, as of 16 February 2026), 45 CFR 164.528 (what an
accounting holds: date, recipient with address, what, purpose).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from peernote_tui.domain.base import Line, Model, Name
from peernote_tui.domain.consent import Consent, sharing_consents

PART2_NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
"""§2.32(a)(2), to the letter; regulation, not ours to reword."""


class Purpose(StrEnum):
    """What something is handed on for."""

    PARTICIPANT = "participant"
    """To the participant, whose record it is."""
    OWN = "own"
    """A copy that the peer supporter keeps, for their own work within the agency."""
    CARE = "care"
    REFERRAL = "referral"
    BENEFITS = "benefits"
    SUPERVISION = "supervision"
    AUDIT = "audit"
    LEGAL = "legal"
    EMERGENCY = "emergency"
    OTHER = "other"


class Disclosure(Model):
    """One row of a participant's account of disclosures; rows are only ever added."""

    id: str
    participant_id: str
    to: Line
    """Who received it: a name, or a class of recipients; "the participant" for themselves."""
    address: Line = ""
    what: Line
    """What it was, in words without content: "2 notes, 3 Nov 2026 to 20 Nov 2026"."""
    purpose: Purpose
    purpose_words: Line = ""
    """What for, in words."""
    consent_id: str = ""
    """The consent it rests on; empty when it rests on none."""
    reason: Line = ""
    """Why it was handed on without a consent; printed in the document."""
    form: Name
    """The format: pdf, docx, …; "clipboard", "screen"."""
    protected: Name = ""
    """How the file is closed: password, age; empty for a readable file."""
    part2: bool
    """Whether the record was covered by 42 CFR Part 2, or not reviewed, when it was handed on."""
    note_ids: tuple[str, ...] = ()
    voids: str = ""
    """Id of an earlier row that did not come to pass, such as a file that could not be written; `reason` says why."""
    at: datetime
    by: str
    """Author id."""


class Basis(Model):
    """What a disclosure would rest on.

    Attributes:
        consent: The consent to sharing that covers it; None for none.
        needs_reason: Whether a reason is required because there is none.
    """

    consent: Consent | None = None
    needs_reason: bool


NEED_NONE = frozenset({Purpose.PARTICIPANT, Purpose.OWN, Purpose.SUPERVISION})
"""What needs neither a consent to share nor a reason."""
IN_HOUSE = NEED_NONE - {Purpose.PARTICIPANT}
"""What stays within the agency that keeps the record."""


def basis_for(history: Iterable[Consent], to: str, purpose: Purpose, today: date) -> Basis:
    """What handing something to somebody rests on today.

    A consent covers the recipient it names, compared by folded words. What is for the participants themselves rests on
    their right to it (45 CFR 164.524); a copy of the peer supporter's own, and what a supervisor of the same agency
    reads, stay within the agency (42 CFR 2.12(c)(3)).

    Args:
        history: All consent rows of the participant, in the order they were added.
        to: Who is to receive it.
        purpose: What for.
        today: The local day.
    """
    if purpose in NEED_NONE:
        return Basis(needs_reason=False)
    consent = next((each for each in reversed(sharing_consents(history, today)) if each.names(to)), None)
    return Basis(consent=consent, needs_reason=consent is None)


def by_time(rows: Iterable[Disclosure]) -> tuple[Disclosure, ...]:
    """The rows in the order in which they came to pass: what was recorded later stands where it belongs."""
    return tuple(sorted(rows, key=lambda row: row.at))


def in_force(rows: Iterable[Disclosure]) -> tuple[Disclosure, ...]:
    """The rows that came to pass, the oldest first: without those that were voided, and those that void them."""
    held = by_time(rows)
    voided = {row.voids for row in held if row.voids}
    return tuple(row for row in held if row.id not in voided and not row.voids)
