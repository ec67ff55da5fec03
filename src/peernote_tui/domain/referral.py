"""A referral: an action item with a loop that is closed only when it is known what came of it."""

from __future__ import annotations

from datetime import date, time
from enum import StrEnum

from peernote_tui.domain.base import Line, Model


class ReferralStage(StrEnum):
    """How far a referral has come."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    APPOINTMENT = "appointment"
    CONNECTED = "connected"
    CLOSED = "closed"

    @property
    def is_open(self) -> bool:
        """Whether something is still to come."""
        return self not in (ReferralStage.DECLINED, ReferralStage.CLOSED)


class ReferralOutcome(StrEnum):
    """What came of a referral that went well, wholly or in part."""

    CONNECTED = "connected"
    HELPED = "helped"
    PARTLY_HELPED = "partly_helped"
    WAITING_LIST = "waiting_list"
    OTHER = "other"


class ReferralBarrier(StrEnum):
    """What stood in the way."""

    NO_SPACE = "no_space"
    COST = "cost"
    TRANSPORT = "transport"
    DECLINED = "declined"
    NOT_ELIGIBLE = "not_eligible"
    NO_ANSWER = "no_answer"
    OTHER = "other"


class Standing(StrEnum):
    """How what a referral rests on stands today."""

    NOTHING = "nothing"
    """Nothing was handed on, or nobody said on what that rests."""
    HOLDS = "holds"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"
    WITHOUT = "without"
    """It needed no consent, for a reason that is kept."""


class Referral(Model):
    """To whom a participant is referred, and how far that has come.

    Attributes:
        to: The service or agency, or somebody there.
        stage: How far it has come.
        since: The day it came there.
        handed_on: The day something was handed on last; None while nothing was.
        consent_id: The consent that what was handed on rests on; empty while nothing was.
        why_covered: Why that consent covers the recipient although it names another, or a class of them.
        without_consent: Why it needed none, such as that the participant took it there; empty otherwise.
        day: Of the appointment.
        at: Of the appointment.
        outcome: What came of it.
        barrier: What stood in the way.
        words: A line about the one or the other.
    """

    to: Line
    stage: ReferralStage = ReferralStage.OFFERED
    since: date | None = None
    handed_on: date | None = None
    consent_id: str = ""
    why_covered: Line = ""
    without_consent: Line = ""
    day: date | None = None
    at: time | None = None
    outcome: ReferralOutcome | None = None
    barrier: ReferralBarrier | None = None
    words: Line = ""

    @property
    def has_basis(self) -> bool:
        """Whether it is said on what the handing on rests."""
        return bool(self.consent_id or self.without_consent)
