"""Consent gates the record: who said yes to what, how, since when and until when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from peernote_tui.domain.base import Line, Model


class ConsentScope(StrEnum):
    """What a consent is about."""

    NOTES = "notes"
    SHARING = "sharing"
    VOICEMAIL = "voicemail"
    TEXT = "text"
    GROUPS = "groups"


class ConsentHow(StrEnum):
    """How a consent was given."""

    VERBAL = "verbal"
    WRITTEN = "written"
    WITNESSED = "witnessed"
    PAPER = "paper"
    """On paper, on file elsewhere."""


class ConsentEvent(StrEnum):
    """What a row of the consent history says."""

    GIVEN = "given"
    WITHDRAWN = "withdrawn"


class GivenBy(StrEnum):
    """Who gave a consent. For a minor it may be somebody else, or they themselves where the law lets them."""

    PARTICIPANT = "participant"
    PARENT = "parent"
    GUARDIAN = "guardian"
    COURT = "court"
    OTHER = "other"


class ParentInvolved(StrEnum):
    """Whether a minor's parent takes part."""

    YES = "yes"
    NO = "no"


class ConsentDetails(Model):
    """What a consent says beside what every one says. What is left empty is not stored."""

    recipient: Line = ""
    """With whom may be shared: a name, or a class of recipients."""
    recipient_address: Line = ""
    what: Line = ""
    """Which information."""
    purpose: Line = ""
    ends_when: Line = ""
    """An event that ends it, such as "when the housing case is closed"."""
    given_by: GivenBy = GivenBy.PARTICIPANT
    given_by_name: Line = ""
    """The name of whoever gave it when it was not the participant."""
    basis: Line = ""
    """For a minor: on what basis this person consents, such as the law or the order."""
    parent_involved: ParentInvolved | None = None
    parent_why: Line = ""
    """Why a parent is involved or is not."""
    witness: Line = ""
    withdraws: str = ""
    """For a withdrawal: id of the consent it ends; every one of the scope when empty."""


class Consent(Model):
    """One row of a participant's consent history; rows are only ever added."""

    id: str
    participant_id: str
    scope: ConsentScope
    event: ConsentEvent
    how: ConsentHow | None = None
    starts_on: date
    expires_on: date | None = None
    remark: Line = ""
    details: ConsentDetails = ConsentDetails()
    recorded_at: datetime
    recorded_by: str
    """Author id."""


class ConsentStanding(StrEnum):
    """Where a participant stands for one scope, today."""

    ACTIVE = "active"
    NONE = "none"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class ConsentState(Model):
    """The standing and the row it rests on."""

    standing: ConsentStanding
    consent: Consent | None = None

    @property
    def active(self) -> bool:
        """Whether notes may be written, or whatever else the scope names may be done."""
        return self.standing is ConsentStanding.ACTIVE


def consent_state(history: Iterable[Consent], scope: ConsentScope, today: date) -> ConsentState:
    """Where a participant stands for a scope.

    The row of the scope that was added last and has started decides; a consent covers its expiry day and ends
    with it. The order is that of the history, not of its clock times: a laptop's clock may have been wrong.

    Args:
        history: All consent rows of one participant, in the order they were added.
        scope: The scope asked about.
        today: The day asked about, in the person's zone.
    """
    rows = [row for row in history if row.scope is scope]
    for row in reversed(rows):
        if row.event is ConsentEvent.WITHDRAWN:
            return ConsentState(standing=ConsentStanding.WITHDRAWN, consent=row)
        if row.starts_on > today:
            continue
        if row.expires_on is not None and row.expires_on < today:
            return ConsentState(standing=ConsentStanding.EXPIRED, consent=row)
        return ConsentState(standing=ConsentStanding.ACTIVE, consent=row)
    return ConsentState(standing=ConsentStanding.NONE)
