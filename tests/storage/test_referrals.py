"""Referrals in a real vault: the consent they rest on, their history, and what is taken back."""

from __future__ import annotations

from datetime import date, time, timedelta
from functools import partial

import pytest

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.action_line import parse_action_line
from peernote_tui.domain.base import LINE
from peernote_tui.domain.consent import ConsentDetails, ConsentHow, ConsentScope
from peernote_tui.domain.errors import ConsentMissingError, InvalidInputError, NotFoundError, RefusedError
from peernote_tui.domain.note import ActionReview, AgreedAction
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.referral import ReferralBarrier, ReferralOutcome, ReferralStage, Standing
from peernote_tui.domain.referral_loop import Step
from peernote_tui.domain.timeline import TimelineKind
from peernote_tui.services import changing_actions, consenting
from peernote_tui.services.action_items import add_action
from peernote_tui.services.referrals import (
    begin_referral,
    list_referrals,
    move_referral,
    step_back,
    view_referral,
)
from peernote_tui.services.timeline import timeline

STAGE = ReferralStage


@pytest.fixture
def agree(workspace):
    """Record a consent to sharing: `agree(person, "Tenants' desk", until=…)`."""

    def record(person, recipient, *, until=None, since=None):
        details = ConsentDetails(recipient=recipient, what="dates", purpose="advice", ends_when="the case is closed")
        return consenting.give_consent(
            workspace,
            person.id,
            scope=ConsentScope.SHARING,
            how=ConsentHow.WRITTEN,
            starts_on=since,
            expires_on=until,
            details=details,
        )

    return record


@pytest.fixture
def accepted(workspace, consented):
    """A referral of Tomás Ibarra's that he said yes to."""
    return begin_referral(workspace, consented.id, "Tenants' desk", accepted=True)


def stage_of(workspace, action):
    return view_referral(workspace, action.id).referral.stage


def test_the_whole_loop(workspace, consented, agree):
    consent = agree(consented, "TENANTS’  desk".replace("’", "'"))
    action = begin_referral(workspace, consented.id, "Tenants' desk", due=workspace.today)
    assert (action.text, action.referral.stage) == ("Referral to Tenants' desk", STAGE.OFFERED)
    move_referral(workspace, action.id, STAGE.ACCEPTED)
    sent = move_referral(workspace, action.id, STAGE.SENT).after
    assert (sent.status, sent.referral.consent_id) == (ActionStatus.PARTLY, consent.id)
    assert sent.due == workspace.today + timedelta(days=7)
    move_referral(workspace, action.id, STAGE.ACKNOWLEDGED)
    day = workspace.today + timedelta(days=3)
    planned = move_referral(workspace, action.id, STAGE.APPOINTMENT, Step(day=day, at=time(14))).after
    assert planned.due == day
    move_referral(workspace, action.id, STAGE.CONNECTED)
    closed = move_referral(workspace, action.id, STAGE.CLOSED, Step(outcome=ReferralOutcome.HELPED)).after
    assert closed.status is ActionStatus.DONE
    assert list_referrals(workspace).referrals == ()
    (view,) = list_referrals(workspace, closed=True).referrals
    assert (view.standing, view.consent) == (Standing.HOLDS, consent)


def test_nothing_is_handed_on_without_consent_or_a_reason(workspace, accepted):
    with pytest.raises(ConsentMissingError):
        move_referral(workspace, accepted.id, STAGE.SENT)
    assert stage_of(workspace, accepted) is STAGE.ACCEPTED
    move_referral(workspace, accepted.id, STAGE.SENT, Step(without_consent="takes it there himself"))
    assert view_referral(workspace, accepted.id).standing is Standing.WITHOUT


def test_a_consent_withdrawn_before_sending_is_none(workspace, consented, agree, accepted):
    consent = agree(consented, "Tenants' desk")
    consenting.withdraw_consent(workspace, consented.id, consent_id=consent.id)
    for step in (Step(), Step(consent_id=consent.id)):
        with pytest.raises(ConsentMissingError):
            move_referral(workspace, accepted.id, STAGE.SENT, step)


def test_a_consent_counts_on_the_day_of_handing_on(workspace, consented, agree, accepted, clock):
    consent = agree(consented, "Tenants' desk", until=workspace.today)
    then = workspace.today
    clock.advance(days=1)
    with pytest.raises(ConsentMissingError):
        move_referral(workspace, accepted.id, STAGE.SENT)
    consenting.withdraw_consent(workspace, consented.id)
    sent = move_referral(workspace, accepted.id, STAGE.SENT, on=then).after
    assert (sent.referral.consent_id, sent.referral.since) == (consent.id, then)


def test_a_consent_that_ends_later_is_said_calmly_and_more_asks_again(workspace, consented, agree, accepted, clock):
    ended = agree(consented, "Tenants' desk")
    move_referral(workspace, accepted.id, STAGE.SENT)
    consenting.withdraw_consent(workspace, consented.id, consent_id=ended.id)
    view = view_referral(workspace, accepted.id)
    assert (view.standing, view.ended_on) == (Standing.WITHDRAWN, workspace.today)
    with pytest.raises(ConsentMissingError):
        move_referral(workspace, accepted.id, STAGE.SENT)
    move_referral(workspace, accepted.id, STAGE.ACKNOWLEDGED)
    other = begin_referral(workspace, consented.id, "Clinic", accepted=True)
    agree(consented, "Clinic", until=workspace.today)
    move_referral(workspace, other.id, STAGE.SENT)
    clock.advance(days=1)
    assert view_referral(workspace, other.id).standing is Standing.ENDED


def test_a_consent_that_names_another_counts_with_a_reason(workspace, consented, agree, accepted):
    consent = agree(consented, "housing agencies")
    with pytest.raises(InvalidInputError) as refused:
        move_referral(workspace, accepted.id, STAGE.SENT, Step(consent_id=consent.id))
    assert refused.value.field == "why_covered"
    step = Step(consent_id=consent.id[:20], why_covered="it is one of them")
    assert move_referral(workspace, accepted.id, STAGE.SENT, step).after.referral.why_covered == "it is one of them"


def test_another_persons_consent_and_one_to_notes_are_none(workspace, consented, add_participant, agree, accepted):
    theirs = agree(add_participant("Maria Santos"), "Tenants' desk")
    with pytest.raises(NotFoundError):
        move_referral(workspace, accepted.id, STAGE.SENT, Step(consent_id=theirs.id))
    notes = consenting.consents(workspace, consented.id)[0]
    with pytest.raises(ConsentMissingError):
        move_referral(workspace, accepted.id, STAGE.SENT, Step(consent_id=notes.id))


def test_two_consents_to_one_recipient_are_chosen_from(workspace, consented, agree, accepted):
    first = agree(consented, "Tenants' desk")
    agree(consented, "Tenants' desk")
    with pytest.raises(InvalidInputError):
        move_referral(workspace, accepted.id, STAGE.SENT)
    sent = move_referral(workspace, accepted.id, STAGE.SENT, Step(consent_id=first.id)).after
    assert sent.referral.consent_id == first.id


def test_a_step_back_restores_what_was_and_says_why(workspace, accepted):
    before = accepted.referral
    move_referral(workspace, accepted.id, STAGE.SENT, Step(without_consent="by himself"))
    with pytest.raises(InvalidInputError):
        step_back(workspace, accepted.id, reason=" ")
    back = step_back(workspace, accepted.id, reason="it was another one").after
    assert (back.referral, back.status) == (before, ActionStatus.OPEN)
    with workspace.reading() as work:
        assert work.action_items.events(accepted.id)[-1].change["reason"] == "it was another one"
    with pytest.raises(RefusedError):
        step_back(workspace, accepted.id, reason="again")


def test_a_move_is_taken_back_like_every_change(workspace, accepted):
    change = move_referral(workspace, accepted.id, STAGE.SENT, Step(without_consent="by himself"))
    changing_actions.take_back(workspace, [change])
    assert view_referral(workspace, accepted.id).action.model_copy(
        update={"changed_at": accepted.changed_at}
    ) == accepted.model_copy(update={"changed_at": accepted.changed_at})


def test_settling_the_action_moves_the_loop(workspace, accepted):
    changing_actions.settle(workspace, [accepted.id], ActionStatus.DONE)
    assert view_referral(workspace, accepted.id).referral.outcome is ReferralOutcome.CONNECTED
    changing_actions.settle(workspace, [accepted.id], ActionStatus.OPEN)
    assert stage_of(workspace, accepted) is STAGE.OFFERED
    changing_actions.settle(workspace, [accepted.id], ActionStatus.DROPPED, words="not now")
    closed = view_referral(workspace, accepted.id).referral
    assert (closed.barrier, closed.words) == (ReferralBarrier.OTHER, "not now")


def test_it_is_born_in_a_note_and_settled_in_the_next(workspace, consented, write_note):
    agreed = AgreedAction(text="call the desk", referral_to="Tenants' desk")
    note = write_note(consented, agreed_actions=(agreed,))
    (view,) = list_referrals(workspace, participant_id=consented.id).referrals
    assert (view.action.note_id, view.referral.to, view.referral.stage) == (note.id, "Tenants' desk", STAGE.ACCEPTED)
    told = ActionReview(action_id=view.action.id, text="call the desk", outcome=ActionStatus.DONE, words="I went.")
    write_note(consented, action_reviews=(told,))
    closed = view_referral(workspace, view.action.id)
    assert (closed.referral.stage, closed.referral.outcome) == (STAGE.CLOSED, ReferralOutcome.CONNECTED)
    assert closed.before == view.referral


def test_a_note_without_referrals_is_sealed_as_before():
    assert "referral_to" not in AgreedAction(text="call").model_dump(mode="json")


def test_two_referrals_to_one_agency_stand_side_by_side(workspace, consented):
    first = begin_referral(workspace, consented.id, "Clinic")
    second = begin_referral(workspace, consented.id, "Clinic")
    move_referral(workspace, second.id, STAGE.DECLINED)
    (open_,) = list_referrals(workspace).referrals
    assert open_.action.id == first.id


def test_those_that_wait_too_long_come_first(workspace, consented, clock):
    first = begin_referral(workspace, consented.id, "Clinic", accepted=True)
    begin_referral(workspace, consented.id, "Desk", due=workspace.today)
    move_referral(workspace, first.id, STAGE.SENT, Step(without_consent="by himself"))
    assert not any(view.late for view in list_referrals(workspace).referrals)
    clock.advance(days=7)
    assert [view.late for view in list_referrals(workspace).referrals] == [True, False]
    assert list_referrals(workspace).referrals[0].action.id == first.id


def test_begun_only_with_consent_to_notes_and_with_a_name(workspace, participant, consented):
    with pytest.raises(ConsentMissingError):
        begin_referral(workspace, participant.id, "Clinic")
    with pytest.raises(InvalidInputError):
        begin_referral(workspace, consented.id, "  ")
    with pytest.raises(NotFoundError):
        begin_referral(workspace, consented.id, "Clinic", note_id="nothing")


def test_words_as_long_as_a_line_are_kept_and_longer_ones_refused(workspace, consented):
    long = "x" * LINE
    action = begin_referral(workspace, consented.id, long, accepted=True)
    assert action.text == long
    move_referral(workspace, action.id, STAGE.SENT, Step(without_consent=long))
    with pytest.raises(InvalidInputError):
        begin_referral(workspace, consented.id, long + "x")
    with pytest.raises(InvalidInputError):
        step_back(workspace, action.id, reason=long + "x")


def test_the_timeline_tells_each_stage(workspace, consented, accepted, clock):
    clock.advance(minutes=1)
    move_referral(workspace, accepted.id, STAGE.SENT, Step(without_consent="by himself"))
    clock.advance(minutes=1)
    changing_actions.settle(workspace, [accepted.id], ActionStatus.DONE)
    told = timeline(workspace, consented.id, kinds=[TimelineKind.ACTION]).entries
    assert [entry.stage for entry in told] == ["closed", "sent", ""]


def test_an_action_that_is_no_referral_is_not_moved(workspace, consented, write_note):
    write_note(consented, agreed_actions=(AgreedAction(text="call"),))
    with workspace.reading() as work:
        (action,) = work.action_items.open_of(consented.id)
    with pytest.raises(RefusedError):
        move_referral(workspace, action.id, STAGE.ACCEPTED)


def test_the_log_holds_no_words(workspace, consented):
    action = begin_referral(workspace, consented.id, "Zanzibar clinic", accepted=True)
    move_referral(
        workspace, action.id, STAGE.APPOINTMENT, Step(without_consent="Quokka", day=date(2028, 2, 29), at=time(9))
    )
    with workspace.reading() as work:
        told = " ".join(str(entry) for entry in work.audit.entries())
    assert "Zanzibar" not in told
    assert "Quokka" not in told


def test_a_line_outside_a_note_begins_one_and_can_be_taken_back(workspace, consented):
    line = parse_action_line("refer: Legal aid: call them @both fri #law sure:6", today=workspace.today)
    action = add_action(workspace, consented.id, line)
    (view,) = list_referrals(workspace).referrals
    assert (view.action, view.referral.to, view.referral.stage) == (action, "Legal aid", STAGE.OFFERED)
    assert (action.text, action.owner, action.due, action.tags, action.confidence) == (
        "call them",
        Owner.BOTH,
        line.due,
        ("law",),
        6,
    )
    changing_actions.take_back_new(workspace, action)
    assert list_referrals(workspace).referrals == list_referrals(workspace, closed=True).referrals == ()
    with pytest.raises(NotFoundError):
        changing_actions.take_back_new(workspace, action)


def test_what_was_done_with_since_is_not_taken_back(workspace, consented, accepted):
    move_referral(workspace, accepted.id, STAGE.SENT, Step(without_consent="by himself"))
    with pytest.raises(RefusedError):
        changing_actions.take_back_new(workspace, accepted)


def test_an_action_item_becomes_no_referral_by_its_line(workspace, participant):
    read = partial(parse_action_line, today=workspace.today)
    with pytest.raises(ConsentMissingError):
        add_action(workspace, participant.id, read("refer: Legal aid"))
    action = add_action(workspace, participant.id, read("call legal aid"))
    with pytest.raises(RefusedError):
        changing_actions.edit_action(workspace, action.id, read("refer: Legal aid"))
