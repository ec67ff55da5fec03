"""Referrals: begin one, move it on or one step back, list them with the consent they rest on."""

from __future__ import annotations

from datetime import date

from peernote_tui.domain.action_item import ActionItem, ActionListing
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.base import NAME, Model, clean_line
from peernote_tui.domain.consent import Consent, ConsentEvent, ConsentScope, sharing_consents, withdrawn_by
from peernote_tui.domain.errors import ConsentMissingError, InvalidInputError, NotFoundError, RefusedError
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.referral import Referral, ReferralStage, Standing
from peernote_tui.domain.referral_loop import (
    WAIT_DAYS,
    Asked,
    Step,
    asks,
    look_again,
    moved,
    one_back,
    referral_text,
    status_at,
    waits_long,
)
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services import gate
from peernote_tui.services.action_history import record_change
from peernote_tui.services.changing_actions import ActionChange, action_in, store
from peernote_tui.services.namesakes import rows_apart
from peernote_tui.services.participants import open_record_in
from peernote_tui.services.recurring import later
from peernote_tui.services.workspace import Workspace

_MOST = 500


class ReferralView(Model):
    """A referral with what a list or a dialog needs beside it."""

    listing: ActionListing
    referral: Referral
    standing: Standing
    consent: Consent | None = None
    """The one it rests on, as it was given; None when it rests on none."""
    ended_on: date | None = None
    """The day that consent was withdrawn, or its last day."""
    late: bool = False
    """Whether it is time to ask where it stands."""
    before: Referral | None = None
    """What one step back would bring; None at the start, and in a list."""

    @property
    def action(self) -> ActionItem:
        """The action item."""
        return self.listing.action


class ReferralList(Model):
    """The answer to a list of referrals."""

    referrals: tuple[ReferralView, ...]
    today: date


def begin_referral(
    workspace: Workspace,
    participant_id: str,
    to: str,
    *,
    text: str = "",
    owner: Owner = Owner.ME,
    owner_name: str = "",
    due: date | None = None,
    tags: tuple[str, ...] = (),
    confidence: int | None = None,
    repeats: str = "",
    accepted: bool = False,
    note_id: str | None = None,
) -> ActionItem:
    """Begin a referral, as an action item.

    Args:
        workspace: The open vault.
        participant_id: Who is referred.
        to: The service or agency, or somebody there.
        text: What is to be done; "Referral to …" when empty.
        owner: Who takes it on.
        owner_name: Who, for somebody else.
        due: By when.
        tags: Words to find it by.
        confidence: How sure the participant is of it, 0 to 10.
        repeats: How the action item recurs; empty for once.
        accepted: Whether the participant said yes already.
        note_id: The signed note that tells of it; None outside a note.

    Raises:
        ConsentMissingError: No consent to notes is on file: to whom somebody is referred says something about them.
        InvalidInputError: Nobody is named, or a text is too long.
        NotFoundError: There is no such participant, or they have no such note.
        RefusedError: Their record is archived.
    """
    named = clean_line(to, field="to")
    if not named:
        raise InvalidInputError(
            "A referral goes to somebody.", "Name the service, the agency or the person there.", field="to"
        )
    words = clean_line(text, field="text") or referral_text(named)
    now = workspace.clock.now()
    referral = Referral(
        to=named,
        stage=ReferralStage.ACCEPTED if accepted else ReferralStage.OFFERED,
        since=workspace.today,
    )
    action = ActionItem(
        id=new_id(now),
        participant_id="",
        note_id=note_id,
        text=words,
        owner=owner,
        owner_name=clean_line(owner_name, field="owner", longest=NAME) if owner is Owner.OTHER else "",
        due=due,
        tags=tags,
        confidence=confidence,
        repeats=repeats,
        referral=referral,
        created_at=now,
        changed_at=now,
    )
    with workspace.changing() as work:
        whose = open_record_in(work, participant_id).id
        state = gate.notes_state(workspace, work, whose)
        if not state.active:
            raise ConsentMissingError(gate.why_closed(workspace, state), "Record their consent first.")
        if note_id is not None and work.notes.participant_id(note_id) not in work.participants.same(whose):
            raise NotFoundError("They have no signed note of this id.", "Look with: peernote notes list")
        action = action.model_copy(update={"participant_id": whose})
        work.action_items.add(action, by=workspace.author.id)
        record_change(workspace, work, action, AuditAction.ACTION_ADDED, note_id=note_id)
        work.commit()
    return action


def move_referral(
    workspace: Workspace,
    action_id: str,
    stage: ReferralStage,
    step: Step | None = None,
    *,
    on: date | None = None,
    due: date | None = None,
    wait_days: int = WAIT_DAYS,
) -> ActionChange:
    """Say that a referral came to another stage; the action item's status and due day follow.

    Where handing something on rests on a consent, that consent has to be one to sharing, to hold on that day, and to
    name the recipient; one that names another, or a class of recipients, counts with a reason why it covers this one.
    Where none is named, the one that names the recipient is taken if there is exactly one.

    Args:
        workspace: The open vault.
        action_id: The action item.
        stage: Where it came.
        step: What the stage asks for; see `domain.referral_loop.asks`.
        on: The day it came there; today when None.
        due: By when to look again; the stage decides when None.
        wait_days: Days until a stage that waits for an answer is due.

    Raises:
        ConsentMissingError: No such consent holds on that day.
        RefusedError: The action is no referral, or that stage does not follow.
        InvalidInputError: Something that the stage asks for is missing or cannot be.
        NotFoundError: There is no such action item, or no consent of that id.
    """
    said = _cleaned(step or Step())
    with workspace.changing() as work:
        before = action_in(work, action_id)
        held = referral_of(before)
        if Asked.BASIS in asks(held, stage) and not said.without_consent:
            said = _rested(work, before, said, on or workspace.today)
        referral = moved(held, stage, said, today=workspace.today, on=on)
        change = _store(workspace, work, before, referral, due=due or look_again(referral, wait_days=wait_days))
        work.commit()
    return change


def step_back(workspace: Workspace, action_id: str, *, reason: str) -> ActionChange:
    """Take a referral one step back, as a correction: it says again what it said before it came to its stage.

    Raises:
        InvalidInputError: No reason is given, or it is longer than a line can hold.
        RefusedError: The action is no referral, or it is where it began.
        NotFoundError: There is no such action item.
    """
    why = clean_line(reason, field="reason")
    if not why:
        raise InvalidInputError("One step back needs a reason.", "A few words do; they stay.", field="reason")
    with workspace.changing() as work:
        before = action_in(work, action_id)
        earlier = _earlier(work, before)
        if earlier is None:
            raise RefusedError("This referral is where it began.", "Nothing comes before that.")
        change = _store(workspace, work, before, earlier, reason=why)
        work.commit()
    return change


def list_referrals(
    workspace: Workspace,
    *,
    closed: bool = False,
    participant_id: str | None = None,
    limit: int = _MOST,
    wait_days: int = WAIT_DAYS,
) -> ReferralList:
    """Referrals: open ones, those that wait too long first, then by due day; or ended ones, the last ended first.

    Args:
        workspace: The open vault.
        closed: Ended ones instead.
        participant_id: Only of this participant.
        limit: How many at most.
        wait_days: Days until a stage that waits for an answer is late.
    """
    with workspace.reading() as work:
        rows = work.action_items.referrals(closed=closed, participant_id=participant_id, limit=limit)
        listings = tuple(ActionListing(action=action_in(work, row.pop("id")), **row) for row in rows)
        views = [_view(workspace, work, listing, wait_days) for listing in rows_apart(work, listings)]
    if not closed:
        views.sort(key=lambda view: not view.late)
    return ReferralList(referrals=tuple(views), today=workspace.today)


def view_referral(workspace: Workspace, action_id: str, *, wait_days: int = WAIT_DAYS) -> ReferralView:
    """A referral with what it rests on, and what it was one step before.

    Raises:
        RefusedError: The action is no referral.
        NotFoundError: There is no such action item.
    """
    with workspace.reading() as work:
        action = action_in(work, action_id)
        referral_of(action)
        person = work.participants.by_ids((action.participant_id,))[0]
        who = {name: getattr(person, name) for name in ("pronouns", "external_id", "birth_year")}
        (listing,) = rows_apart(work, (ActionListing(action=action, participant_name=person.name, **who),))
        view = _view(workspace, work, listing, wait_days)
        return view.model_copy(update={"before": _earlier(work, action)})


def sharing_today(workspace: Workspace, participant_id: str, *, on: date | None = None) -> tuple[Consent, ...]:
    """The consents to sharing that hold on a day, today when None: what a person chooses from."""
    with workspace.reading() as work:
        return _sharing_on(work, participant_id, on or workspace.today)


def referral_of(action: ActionItem) -> Referral:
    """The referral of an action item.

    Raises:
        RefusedError: It is none.
    """
    if action.referral is None:
        raise RefusedError("This action item is no referral.", "Look with: peernote referrals list")
    return action.referral


def _cleaned(step: Step) -> Step:
    said = {name: clean_line(getattr(step, name), field=name) for name in ("why_covered", "without_consent", "words")}
    return step.model_copy(update=said)


def _store(
    workspace: Workspace,
    work: UnitOfWork,
    before: ActionItem,
    referral: Referral,
    *,
    due: date | None = None,
    reason: str = "",
) -> ActionChange:
    update = {
        "referral": referral,
        "status": status_at(referral),
        "due": due or before.due,
        "changed_at": later(workspace.clock.now(), before),
    }
    after = before.model_copy(update=update)
    series = store(workspace, work, before, after, reason=reason)
    return ActionChange(before=before, after=after, born=series.born, stays=series.stays)


def _rested(work: UnitOfWork, action: ActionItem, step: Step, day: date) -> Step:
    """A step that names the consent it rests on, once that is known to hold on the day and to cover the recipient."""
    to = referral_of(action).to
    standing = _sharing_on(work, action.participant_id, day)
    if not step.consent_id:
        naming = [consent for consent in standing if consent.names(to)]
        if not naming:
            raise ConsentMissingError(
                "No consent to share with them holds on that day.",
                "Record it first, choose another that covers them, or say why none is needed, "
                "such as “takes it there herself”.",
            )
        if len(naming) > 1:
            raise InvalidInputError(
                "More than one consent to share with them holds.", "Choose the one it rests on.", field="consent_id"
            )
        return step.model_copy(update={"consent_id": naming[0].id, "why_covered": ""})
    consent = _named(work, action.participant_id, step.consent_id, standing)
    if consent.names(to):
        return step.model_copy(update={"consent_id": consent.id, "why_covered": ""})
    if not step.why_covered:
        raise InvalidInputError(
            "This consent names another recipient.",
            "Say why it covers this one too, or choose another.",
            field="why_covered",
        )
    return step.model_copy(update={"consent_id": consent.id})


def _named(work: UnitOfWork, participant_id: str, reference: str, standing: tuple[Consent, ...]) -> Consent:
    wanted = reference.strip().lower()
    history = work.consents.of_participant(participant_id)
    known = [row for row in history if row.event is ConsentEvent.GIVEN and row.id.startswith(wanted)]
    if not wanted or len(known) != 1:
        raise NotFoundError(
            "More than one consent begins with this id." if len(known) > 1 else "They gave no consent of this id.",
            "Look with: peernote consents list …",
        )
    (consent,) = known
    if consent.scope is not ConsentScope.SHARING:
        raise ConsentMissingError("This consent is not one to sharing.", "Choose one that is.")
    if consent not in standing:
        withdrawn = consent.id in withdrawn_by(history)
        ended = "This consent was withdrawn" if withdrawn else "This consent does not hold on that day"
        raise ConsentMissingError(
            f"{ended}, so nothing is handed on on it.",
            "Record a new one, or say why none is needed, such as “takes it there herself”.",
        )
    return consent


def _sharing_on(work: UnitOfWork, participant_id: str, day: date) -> tuple[Consent, ...]:
    history = work.consents.of_participant(participant_id)
    # What ended later did not end what was handed on before; of one day, the withdrawal counts.
    return sharing_consents([row for row in history if row.starts_on <= day], day)


def _view(workspace: Workspace, work: UnitOfWork, listing: ActionListing, wait_days: int) -> ReferralView:
    referral, today = referral_of(listing.action), workspace.today
    view = ReferralView(
        listing=listing,
        referral=referral,
        standing=Standing.WITHOUT if referral.without_consent else Standing.NOTHING,
        late=waits_long(referral, today=today, wait_days=wait_days),
    )
    if not referral.consent_id:
        return view
    history = work.consents.of_participant(listing.action.participant_id)
    consent = next((row for row in history if row.id == referral.consent_id), None)
    if consent is None:
        return view
    withdrawn = withdrawn_by(history).get(consent.id)
    if withdrawn is not None:
        found = {"standing": Standing.WITHDRAWN, "ended_on": withdrawn.starts_on}
    elif consent.covers(today):
        found = {"standing": Standing.HOLDS, "ended_on": None}
    else:
        found = {"standing": Standing.ENDED, "ended_on": consent.expires_on}
    return view.model_copy(update={**found, "consent": consent})


def _earlier(work: UnitOfWork, action: ActionItem) -> Referral | None:
    told = [event.change["referral"] for event in work.action_items.events(action.id) if "referral" in event.change]
    pairs = [pair for pair in told if isinstance(pair, list) and len(pair) == len(("before", "after"))]
    states = [*(pair[0] for pair in pairs[:1]), *(pair[1] for pair in pairs)]
    return one_back([Referral.model_validate(state) for state in states if state])
