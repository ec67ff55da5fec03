"""Consent: given, withdrawn, and where a participant stands today."""

from __future__ import annotations

from collections.abc import Iterable
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
    sharing_consents,
    withdrawn_by,
)
from peernote_tui.domain.consent_rules import missing_elements
from peernote_tui.domain.errors import ConsentIncompleteError, InvalidInputError, RefusedError
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
    """Record that a participant agreed, or somebody for them.

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
        ConsentIncompleteError: It does not say everything it has to, such as with whom may be shared.
        NotFoundError: There is no such participant.
    """
    how, details = ConsentHow(how), details or ConsentDetails()
    today = workspace.today
    start = starts_on or today
    if start > today:
        raise InvalidInputError("A consent cannot begin in the future.", "Use today or an earlier day.", field="on")
    if expires_on is not None and expires_on < start:
        raise InvalidInputError("This consent would end before it begins.", "Use a later day.", field="until")
    with workspace.reading() as work:
        person = participant_in(work, participant_id)
    lacking = missing_elements(person, scope=scope, how=how, details=details, on=start, expires_on=expires_on)
    if lacking:
        raise ConsentIncompleteError(
            "This consent does not say enough yet.",
            " ".join(element.sentence for element in lacking),
            missing=tuple(element.value for element in lacking),
        )
    return _record(
        workspace,
        participant_id,
        scope,
        ConsentEvent.GIVEN,
        how=how,
        start=start,
        end=expires_on,
        remark=remark,
        details=details,
    )


def withdraw_consent(
    workspace: Workspace,
    participant_id: str,
    *,
    scope: ConsentScope = ConsentScope.NOTES,
    consent_id: str = "",
    remark: str = "",
) -> Consent:
    """Record that a participant withdrew consent; it has effect at once and rewrites nothing.

    Whoever does not want to be written about any more does not want it shared either: withdrawing notes as a whole
    ends every consent to share, in the same transaction.

    Args:
        workspace: The open vault.
        participant_id: Who withdrew it.
        scope: Every consent of this kind ends, unless one is named.
        consent_id: Id, or unique beginning of the id, of the one consent that ends; its own scope counts then.
        remark: One line.

    Raises:
        RefusedError: There is no such consent to withdraw, or it has ended already.
        NotFoundError: There is no such participant.
    """
    details = _NO_DETAILS
    if consent_id:
        named = _holding(workspace, participant_id, consent_id)
        scope, details = named.scope, ConsentDetails(withdraws=named.id)
    elif not consent_of(workspace, participant_id, scope).active:
        raise RefusedError("There is no consent of this kind on file to withdraw.")
    return _record(
        workspace,
        participant_id,
        scope,
        ConsentEvent.WITHDRAWN,
        how=None,
        start=workspace.today,
        remark=remark,
        details=details,
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


def withdraw_in_both(workspace: Workspace, work: UnitOfWork, withdrawals: Iterable[Consent], separated_id: str) -> None:
    """Let what was withdrawn while two records were one be withdrawn in the separated one, too; the caller commits.

    Nobody can tell of which of the two it was said, and a consent that may have ended is none.

    Args:
        workspace: The open vault.
        work: The transaction.
        withdrawals: Those of the record that was kept, since the merge.
        separated_id: The record that stands for itself again.
    """
    for withdrawn in withdrawals:
        history = work.consents.of_participant(separated_id)
        shared = sharing_consents(history, workspace.today)
        if withdrawn.details.withdraws:
            ends = any(row.id == withdrawn.details.withdraws for row in history)
        elif withdrawn.scope is ConsentScope.SHARING:
            ends = bool(shared)
        else:
            ends = consent_state(history, withdrawn.scope, workspace.today).active
        if ends:
            again = {"id": new_id(workspace.clock.now()), "participant_id": separated_id}
            _add(workspace, work, AuditAction.CONSENT_WITHDRAWN, withdrawn.model_copy(update=again))


def _holding(workspace: Workspace, participant_id: str, reference: str) -> Consent:
    """The consent that an id or the beginning of one means, if it still holds."""
    history = consents(workspace, participant_id)
    wanted = reference.strip().lower()
    named = [row for row in history if row.event is ConsentEvent.GIVEN and row.id.startswith(wanted)]
    named = [row for row in named if row.id == wanted] or named
    if not wanted or len(named) != 1:
        raise RefusedError(
            "More than one consent begins with this id." if len(named) > 1 else "They gave no consent of this id.",
            "Look with: peernote consents list …",
        )
    if named[0].id in withdrawn_by(history):
        raise RefusedError("This consent was withdrawn already.")
    if not named[0].covers(workspace.today):
        raise RefusedError("This consent has ended already.")
    return named[0]


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
        _add(workspace, work, action, consent)
        if event is ConsentEvent.WITHDRAWN and scope is ConsentScope.NOTES:
            _end_sharing(workspace, work, consent)
        work.commit()
    return consent


def _add(workspace: Workspace, work: UnitOfWork, action: AuditAction, consent: Consent) -> None:
    sealed = work.consents.add(consent)
    workspace.log(work, action, consent.participant_id, f"{consent.scope.value} {sealed}")


def _end_sharing(workspace: Workspace, work: UnitOfWork, withdrawn: Consent) -> None:
    history = work.consents.of_participant(withdrawn.participant_id)
    if consent_state(history, ConsentScope.NOTES, workspace.today).active:
        return
    if sharing_consents(history, workspace.today):
        ended = {"id": new_id(withdrawn.recorded_at), "scope": ConsentScope.SHARING, "details": _NO_DETAILS}
        _add(workspace, work, AuditAction.CONSENT_WITHDRAWN, withdrawn.model_copy(update=ended))
