"""Consent gates the record: who said yes to what, how, since when and until when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from peernote_tui.domain.base import Line, Model
from peernote_tui.domain.names import fold


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

    def covers(self, day: date) -> bool:
        """Whether a day lies between its first and its last, both of them within."""
        return self.starts_on <= day and (self.expires_on is None or day <= self.expires_on)

    def names(self, recipient: str) -> bool:
        """Whether it lets something be shared with a recipient of this name; case, accents and spaces do not matter."""
        return bool(fold(recipient)) and fold(self.details.recipient) == fold(recipient)


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

    The consent of the scope that was added last and has started decides; a consent covers its expiry day and ends
    with it. A withdrawal ends the one consent it names, or every one before it. The order is that of the history,
    not of its clock times: a laptop's clock may have been wrong. Sharing is another matter: several consents hold
    at once, each for its recipient, and one of them is enough to stand.

    Args:
        history: All consent rows of one participant, in the order they were added.
        scope: The scope asked about.
        today: The day asked about, in the person's zone.
    """
    rows = [row for row in history if row.scope is scope]
    if scope is ConsentScope.SHARING:
        shared = sharing_consents(rows, today)
        if shared:
            return ConsentState(standing=ConsentStanding.ACTIVE, consent=shared[-1])
    ended: dict[str, Consent] = {}
    for row in reversed(rows):
        if row.event is ConsentEvent.WITHDRAWN:
            if not row.details.withdraws:
                return ConsentState(standing=ConsentStanding.WITHDRAWN, consent=row)
            ended.setdefault(row.details.withdraws, row)
            continue
        # What was withdrawn does not make room for what it had taken the place of.
        if row.id in ended:
            return ConsentState(standing=ConsentStanding.WITHDRAWN, consent=ended[row.id])
        if row.starts_on > today:
            continue
        if row.expires_on is not None and row.expires_on < today:
            return ConsentState(standing=ConsentStanding.EXPIRED, consent=row)
        return ConsentState(standing=ConsentStanding.ACTIVE, consent=row)
    return ConsentState(standing=ConsentStanding.NONE)


def known_on(history: Iterable[Consent], day: date) -> tuple[Consent, ...]:
    """A history as it stood at the end of a day: without the withdrawals that came later."""
    return tuple(row for row in history if row.event is ConsentEvent.GIVEN or row.starts_on <= day)


def sharing_consents(history: Iterable[Consent], today: date) -> tuple[Consent, ...]:
    """The consents to sharing that hold today, the oldest first: several recipients may stand side by side.

    Args:
        history: All consent rows of one participant, in the order they were added.
        today: The day asked about, in the person's zone.
    """
    standing: dict[str, Consent] = {}
    for row in history:
        if row.scope is not ConsentScope.SHARING:
            continue
        if row.event is ConsentEvent.GIVEN:
            standing[row.id] = row
        elif row.details.withdraws:
            standing.pop(row.details.withdraws, None)
        else:
            standing.clear()
    return tuple(row for row in standing.values() if row.covers(today))


def withdrawn_by(history: Iterable[Consent]) -> dict[str, Consent]:
    """By id of a consent the withdrawal that ended it; consents that nobody withdrew are not in it."""
    open_rows: dict[str, Consent] = {}
    ended: dict[str, Consent] = {}
    for row in history:
        if row.event is ConsentEvent.GIVEN:
            open_rows[row.id] = row
            continue
        named = row.details.withdraws
        hit = [named] if named else [key for key, given in open_rows.items() if given.scope is row.scope]
        for key in hit:
            if open_rows.pop(key, None) is not None:
                ended[key] = row
    return ended
