"""The one door through which what is written about a participant leaves the vault.

Whoever hands something out says to whom, what for and what that rests on; the door says what has to go along, keeps the
account, and only then gives leave. No export is a way round: a test looks at every one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.base import LINE, Model, clean_line
from peernote_tui.domain.clock import in_zone
from peernote_tui.domain.consent import Consent, known_on, sharing_consents
from peernote_tui.domain.dates import say_day
from peernote_tui.domain.disclosure import NEED_NONE, PART2_NOTICE, Basis, Disclosure, Purpose, basis_for, by_time
from peernote_tui.domain.errors import InvalidInputError, NotFoundError, RefusedError
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.note import Note
from peernote_tui.domain.participant import Participant
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.participants import participant_in
from peernote_tui.services.shortened_ids import the_one
from peernote_tui.services.workspace import Workspace

THE_PARTICIPANT = "the participant"
CLIPBOARD = "clipboard"
"""The form of what is handed to the terminal's clipboard."""
OWN_COPY = "the peer supporter, as a copy"


class Given(Model):
    """To whom something is handed out, what for, and on what basis.

    Attributes:
        to: To whom; may be left empty where the purpose says it.
        consent_id: The consent to sharing it is to rest on, its id or a unique beginning of it; empty for the one that
            names the recipient, if any.
        reason: Why it is handed out without one.
    """

    to: str = ""
    address: str = ""
    purpose: Purpose = Purpose.OWN
    purpose_words: str = ""
    consent_id: str = ""
    reason: str = ""


class Request(Given):
    """What somebody wants to hand out.

    Attributes:
        participant_id: Out of whose record.
        what: What it is, in words without content, such as "2 notes, 3 Nov 2026 to 20 Nov 2026".
        form: The format.
        protected: How the file is closed; empty for a readable file.
        note_ids: The notes, where it is notes.
        at: When it was handed on; now when left out.
    """

    participant_id: str
    what: str
    form: str
    protected: str = ""
    note_ids: tuple[str, ...] = ()
    at: datetime | None = None


class Leave(Model):
    """The leave to hand something out, and what has to go along with it.

    Attributes:
        disclosure: As it will stand in the account.
        notices: What is to be printed with it, in this order, each a sentence or two.
    """

    disclosure: Disclosure
    notices: tuple[str, ...]


def what_notes(notes: Sequence[Note]) -> str:
    """Notes in words without content: "3 notes, 3 Nov 2026 to 20 Nov 2026"."""
    days = sorted(note.content.day for note in notes if note.content.day is not None)
    count = "1 note" if len(notes) == 1 else f"{len(notes)} notes"
    first, last = (say_day(day, today=date.min) for day in (days[0], days[-1])) if days else ("", "")
    return ", ".join(part for part in (count, first if first == last else f"{first} to {last}") if part)


def look(workspace: Workspace, participant_id: str, to: str, purpose: Purpose) -> Basis:
    """What handing something to somebody would rest on today.

    Raises:
        NotFoundError: There is no such participant.
    """
    with workspace.reading() as work:
        person = participant_in(work, participant_id)
        return basis_for(work.consents.of_participant(person.id), to, purpose, workspace.today)


def ask_leave(workspace: Workspace, request: Request) -> Leave:
    """Whether this may be handed out, and what has to go along; nothing is accounted for yet.

    Raises:
        InvalidInputError: To whom, or a reason, is missing or too long.
        RefusedError: The consent it is to rest on does not hold.
        NotFoundError: There is no such participant.
    """
    with workspace.reading() as work:
        return leave_in(workspace, work, request)


def leave_in(workspace: Workspace, work: UnitOfWork, request: Request) -> Leave:
    """As `ask_leave`, inside a transaction."""
    return leave_of(workspace, work, participant_in(work, request.participant_id), request)


def leave_of(workspace: Workspace, work: UnitOfWork, person: Participant, request: Request) -> Leave:
    """As `leave_in`, of a participant who is known already."""
    to = clean_line(request.to, field="to") or {
        Purpose.PARTICIPANT: THE_PARTICIPANT,
        Purpose.OWN: OWN_COPY,
    }.get(request.purpose, "")
    if not to:
        raise InvalidInputError("To whom is missing.", "Name who receives it, or the kind of recipient.", field="to")
    now = workspace.clock.now()
    at = request.at or now
    day = in_zone(at, workspace.clock.zone).date()
    rests_on_none = request.purpose in NEED_NONE and not request.consent_id
    history = () if rests_on_none else known_on(work.consents.of_participant(person.id), day)
    consent, reason = _basis(day, history, request, to)
    disclosure = Disclosure(
        id=new_id(now),
        participant_id=person.id,
        to=to,
        address=clean_line(request.address, field="address"),
        what=clean_line(request.what, field="what", longest=LINE),
        purpose=request.purpose,
        purpose_words=clean_line(request.purpose_words, field="purpose"),
        consent_id=consent.id if consent else "",
        reason=reason,
        form=request.form,
        protected=request.protected,
        part2=person.covered_by_part2,
        note_ids=request.note_ids,
        at=at,
        by=workspace.author.id,
    )
    return Leave(disclosure=disclosure, notices=_notices(person, disclosure, consent))


def require_account(workspace: Workspace, *, unaccounted: bool) -> bool:
    """Whether what is about to leave can be accounted for; a vault that is only read keeps no account.

    Args:
        workspace: The open vault.
        unaccounted: Whether it is to leave all the same.

    Raises:
        RefusedError: It cannot, and nobody said that it is to leave all the same.
    """
    if not workspace.vault.read_only:
        return True
    if unaccounted:
        return False
    raise RefusedError(
        "This vault is only read, so what leaves it now does not enter the account of disclosures.",
        "Say --unaccounted to hand it out all the same, and record it where the vault can be written: "
        "peernote disclosures add.",
    )


def account_for(workspace: Workspace, leaves: Sequence[Leave], *, unaccounted: bool = False) -> tuple[Disclosure, ...]:
    """Enter what is about to leave the vault into the account and the log, all in one transaction.

    Raises:
        RefusedError: See `require_account`.
    """
    if not require_account(workspace, unaccounted=unaccounted):
        return ()
    with workspace.changing() as work:
        for leave in leaves:
            account_in(workspace, work, leave.disclosure)
        work.commit()
    return tuple(leave.disclosure for leave in leaves)


def account_in(workspace: Workspace, work: UnitOfWork, disclosure: Disclosure) -> None:
    """Enter one row into the account and the log; the caller commits."""
    sealed = work.disclosures.add(disclosure)
    action = AuditAction.DISCLOSURE_VOIDED if disclosure.voids else AuditAction.DISCLOSED
    workspace.log(work, action, disclosure.participant_id, f"{disclosure.purpose.value} {disclosure.form} {sealed}")


def void(workspace: Workspace, disclosure_id: str, reason: str) -> Disclosure:
    """Say that something that was accounted for did not leave after all; both rows stay.

    Raises:
        NotFoundError: It is not in the account.
        InvalidInputError: No reason is given, or it is too long.
        RefusedError: That was said already.
    """
    why = clean_line(reason, field="reason")
    if not why:
        raise InvalidInputError("Why it did not leave after all is missing.", "A few words are enough.", field="reason")
    with workspace.changing() as work:
        held = work.disclosures.get(disclosure_id)
        if held is None:
            raise NotFoundError("This entry is not in the account of disclosures.")
        if held.voids or any(row.voids == held.id for row in work.disclosures.of_participant(held.participant_id)):
            raise RefusedError("This entry is taken back already.")
        voiding = _void_in(workspace, work, held, why)
        work.commit()
    return voiding


def void_all(workspace: Workspace, rows: Sequence[Disclosure], why: str) -> None:
    """Take back what was entered into the account a moment ago, all in one transaction."""
    with workspace.changing() as work:
        for row in rows:
            _void_in(workspace, work, row, why)
        work.commit()


def _void_in(workspace: Workspace, work: UnitOfWork, held: Disclosure, why: str) -> Disclosure:
    now = workspace.clock.now()
    update = {"id": new_id(now), "voids": held.id, "reason": why, "at": now, "by": workspace.author.id}
    voiding = held.model_copy(update=update)
    account_in(workspace, work, voiding)
    return voiding


def disclosures_of(workspace: Workspace, participant_id: str) -> tuple[Disclosure, ...]:
    """A participant's account in the order of time, with what was taken back and what took it back.

    Raises:
        NotFoundError: There is no such participant.
    """
    with workspace.reading() as work:
        return by_time(work.disclosures.of_participant(participant_in(work, participant_id).id))


def newest_disclosures(workspace: Workspace, limit: int) -> tuple[Disclosure, ...]:
    """What was handed out last, over all participants, the newest first."""
    with workspace.reading() as work:
        return work.disclosures.newest(limit)


def resolve_disclosure(workspace: Workspace, reference: str) -> str:
    """The id of the entry that an id or a unique prefix of one means.

    Raises:
        NotFoundError: None, or more than one, is meant.
    """
    with workspace.reading() as work:
        beginning_with = work.disclosures.ids_with_prefix
        return the_one(reference, beginning_with, what="entry", look="peernote disclosures list")


def _basis(day: date, history: Sequence[Consent], request: Request, to: str) -> tuple[Consent | None, str]:
    reason = clean_line(request.reason, field="reason")
    if request.consent_id:
        said = "today" if request.at is None else "on that day"
        wanted = request.consent_id.strip().lower()
        held = [each for each in sharing_consents(history, day) if each.id.startswith(wanted)]
        if len(held) != 1:
            raise RefusedError(
                f"No consent to share of this id holds {said}: it ended, was withdrawn, or is about something else.",
                "Choose another one, ask for a new one, or say why it is handed on without.",
            )
        return held[0], ""
    basis = basis_for(history, to, request.purpose, day)
    if basis.needs_reason and not reason:
        raise InvalidInputError(
            "No consent to share with this recipient is on file.",
            "Record one first, or say why it is handed on without; the reason is printed.",
            field="reason",
        )
    return basis.consent, "" if basis.consent else reason


def _notices(person: Participant, disclosure: Disclosure, consent: Consent | None) -> tuple[str, ...]:
    found = []
    if person.covered_by_part2 and disclosure.purpose is not Purpose.PARTICIPANT:
        found.append(PART2_NOTICE)
    if consent is not None:
        found.append(scope_words(consent))
    if disclosure.reason:
        found.append(f"Handed on without a consent to share. Reason: {disclosure.reason}")
    return tuple(found)


def scope_words(consent: Consent) -> str:
    """What a consent to sharing covers, in a sentence or two (42 CFR 2.32(b): a clear statement of its scope)."""
    told = consent.details
    ends = [say_day(consent.expires_on, today=date.min)] if consent.expires_on else []
    if told.ends_when:
        ends.append(told.ends_when)
    until = f" until {', or '.join(ends)}" if ends else ", with no end given"
    return (
        f"Shared with the participant's consent of {say_day(consent.starts_on, today=date.min)}: "
        f"{told.what or 'what it names'}, with {told.recipient}, for {told.purpose or 'the purpose it names'},{until}. "
        "It may be withdrawn at any time."
    )
