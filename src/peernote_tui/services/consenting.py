"""Consent: given, withdrawn, and whether notes may be written today."""

from __future__ import annotations

from datetime import date

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.base import clean_line
from peernote_tui.domain.consent import (
    Consent,
    ConsentDetails,
    ConsentEvent,
    ConsentHow,
    ConsentScope,
    ConsentState,
    consent_state,
)
from peernote_tui.domain.errors import InvalidInputError, RefusedError
from peernote_tui.domain.ids import new_id
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.participants import participant_in
from peernote_tui.services.workspace import Workspace

_NO_DETAILS = ConsentDetails()


def give_consent(
    workspace: Workspace,
    participant_id: str,
    *,
    scope: ConsentScope = ConsentScope.NOTES,
    how: ConsentHow,
    starts_on: date | None = None,
    expires_on: date | None = None,
    remark: str = "",
    details: ConsentDetails | None = None,
) -> Consent:
    """Record that a participant agreed.

    Args:
        workspace: The open vault.
        participant_id: Who agreed.
        scope: To what.
        how: In which form.
        starts_on: Since when; today when None.
        expires_on: Last day it covers; open-ended when None.
        remark: One line, such as where the paper is.
        details: With whom may be shared, who gave it, and the like.

    Raises:
        InvalidInputError: The dates contradict each other, the start lies ahead, or the remark is too long.
        NotFoundError: There is no such participant.
    """
    today = workspace.today
    start = starts_on or today
    if start > today:
        raise InvalidInputError("A consent cannot begin in the future.", "Use today or an earlier day.", field="on")
    if expires_on is not None and expires_on < start:
        raise InvalidInputError("This consent would end before it begins.", "Use a later day.", field="until")
    return _record(
        workspace,
        participant_id,
        scope,
        ConsentEvent.GIVEN,
        how=how,
        start=start,
        end=expires_on,
        remark=remark,
        details=details or ConsentDetails(),
    )


def withdraw_consent(
    workspace: Workspace, participant_id: str, *, scope: ConsentScope = ConsentScope.NOTES, remark: str = ""
) -> Consent:
    """Record that a participant withdrew a consent; it has effect at once and rewrites nothing.

    Raises:
        RefusedError: There is no consent of that scope to withdraw.
        NotFoundError: There is no such participant.
    """
    if not consent_of(workspace, participant_id, scope).active:
        raise RefusedError("There is no consent of this kind on file to withdraw.")
    return _record(
        workspace,
        participant_id,
        scope,
        ConsentEvent.WITHDRAWN,
        how=None,
        start=workspace.today,
        remark=remark,
    )


def consents(workspace: Workspace, participant_id: str) -> tuple[Consent, ...]:
    """The whole consent history of a participant, oldest first."""
    with workspace.reading() as work:
        participant_in(work, participant_id)
        return work.consents.of_participant(participant_id)


def consent_of(workspace: Workspace, participant_id: str, scope: ConsentScope = ConsentScope.NOTES) -> ConsentState:
    """Where a participant stands for a scope, today."""
    with workspace.reading() as work:
        return consent_in(workspace, work, participant_id, scope)


def consent_in(
    workspace: Workspace, work: UnitOfWork, participant_id: str, scope: ConsentScope = ConsentScope.NOTES
) -> ConsentState:
    """As `consent_of`, inside a transaction."""
    return consent_state(work.consents.of_participant(participant_id), scope, workspace.today)


def _record(
    workspace: Workspace,
    participant_id: str,
    scope: ConsentScope,
    event: ConsentEvent,
    *,
    how: ConsentHow | None,
    start: date,
    end: date | None = None,
    remark: str = "",
    details: ConsentDetails = _NO_DETAILS,
) -> Consent:
    now = workspace.clock.now()
    consent = Consent(
        id=new_id(now),
        participant_id=participant_id,
        scope=scope,
        event=event,
        how=how,
        starts_on=start,
        expires_on=end,
        remark=clean_line(remark, field="remark"),
        details=details,
        recorded_at=now,
        recorded_by=workspace.author.id,
    )
    action = AuditAction.CONSENT_GIVEN if event is ConsentEvent.GIVEN else AuditAction.CONSENT_WITHDRAWN
    with workspace.changing() as work:
        consent = consent.model_copy(update={"participant_id": participant_in(work, participant_id).id})
        sealed = work.consents.add(consent)
        workspace.log(work, action, consent.participant_id, f"{scope.value} {sealed}")
        work.commit()
    return consent
