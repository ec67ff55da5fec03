"""What was told by word of mouth, sent by post, or handed out elsewhere: recorded by hand, through the same door."""

from __future__ import annotations

from datetime import datetime

from peernote_tui.domain.base import clean_line
from peernote_tui.domain.clock import in_zone, local_now
from peernote_tui.domain.consent import Consent, known_on, sharing_consents
from peernote_tui.domain.dates import Toward, understand_moment
from peernote_tui.domain.disclosure import Disclosure
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.services import disclosing
from peernote_tui.services.disclosing import Request
from peernote_tui.services.participants import participant_in
from peernote_tui.services.workspace import Workspace


def record_disclosure(workspace: Workspace, request: Request) -> Disclosure:
    """Enter something into the account that left without PeerNote, as of when it left.

    Args:
        workspace: The open vault.
        request: As for what is handed out; `form` says how, such as "phone".

    Raises:
        InvalidInputError: To whom, what, how or a reason is missing; or it lies in the future.
        RefusedError: The consent it is to rest on did not hold on that day.
        NotFoundError: There is no such participant.
    """
    if not clean_line(request.what, field="what"):
        raise InvalidInputError("What was handed on is missing.", "A few words without its content.", field="what")
    if not clean_line(request.form, field="how"):
        raise InvalidInputError("How it was handed on is missing.", "Such as phone, in person or paper.", field="how")
    if request.at is not None and request.at > workspace.clock.now():
        raise InvalidInputError("This lies in the future.", "The account tells of what was handed on.", field="when")
    with workspace.changing() as work:
        recorded = disclosing.leave_in(workspace, work, request).disclosure
        disclosing.account_in(workspace, work, recorded)
        work.commit()
    return recorded


def understand_when(workspace: Workspace, typed: str, *, day_first: bool | None) -> datetime | None:
    """When something was handed on, as it is typed: "yesterday 3pm"; None for nothing typed, which is now.

    Raises:
        InvalidInputError: It is not understood, or says no time.
    """
    if not typed.strip():
        return None
    now = local_now(workspace.clock)
    moment = understand_moment(
        clean_line(typed, field="when"), now=now.replace(tzinfo=None), toward=Toward.PAST, day_first=day_first
    )
    if moment.at is None:
        raise InvalidInputError("About what time is missing.", "Two ways that work: yesterday 3pm, 20 nov 14:00.")
    return datetime.combine(moment.day, moment.at, tzinfo=now.tzinfo)


def sharing_consents_on(workspace: Workspace, participant_id: str, at: datetime | None) -> tuple[Consent, ...]:
    """The consents to sharing that held on the day of an instant; today's for None, the oldest first.

    Raises:
        NotFoundError: There is no such participant.
    """
    day = workspace.today if at is None else in_zone(at, workspace.clock.zone).date()
    with workspace.reading() as work:
        history = work.consents.of_participant(participant_in(work, participant_id).id)
    return sharing_consents(known_on(history, day), day)
