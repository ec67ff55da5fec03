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


class Referral(Model):
    """To whom a participant is referred, and how far that has come.

    Attributes:
        to: The service or agency, or somebody there.
        stage: How far it has come.
        consent_id: The consent that what was handed on rests on; empty while nothing was.
        without_consent: Why something was handed on without one; empty otherwise.
        day: Of the appointment.
        at: Of the appointment.
        outcome: What came of it, in a line.
        barrier: What stood in the way, in a line.
    """

    to: Line
    stage: ReferralStage = ReferralStage.OFFERED
    consent_id: str = ""
    without_consent: Line = ""
    day: date | None = None
    at: time | None = None
    outcome: Line = ""
    barrier: Line = ""
