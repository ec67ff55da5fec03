"""The loop of a referral: what follows what, what is asked, and what the action item is meanwhile."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.errors import InvalidInputError, RefusedError
from peernote_tui.domain.note import AgreedAction
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.referral import Referral, ReferralBarrier, ReferralOutcome, ReferralStage
from peernote_tui.domain.referral_line import agreed_action, understand_agreed, write_agreed
from peernote_tui.domain.referral_loop import (
    Asked,
    Step,
    asks,
    look_again,
    moved,
    next_stages,
    one_back,
    referral_text,
    settled,
    status_at,
    waits_long,
)


def clean_name(text):
    return " ".join(text.replace('"', "'").split()).strip()


TODAY = date(2028, 2, 28)
STAGE = ReferralStage
NEW = Referral(to="Tenants' desk", since=TODAY)
FULL = Step(
    without_consent="takes it there herself", day=date(2028, 2, 29), at=time(14), outcome=ReferralOutcome.HELPED
)


def walk(picks, start=NEW):
    """A referral's states, choosing each time among the stages that may follow."""
    states = [start]
    for place, pick in enumerate(picks):
        follows = next_stages(states[-1])
        if not follows:
            break
        day = TODAY + timedelta(days=place)
        step = FULL.model_copy(update={"day": day + timedelta(days=1)})
        states.append(moved(states[-1], follows[pick % len(follows)], step, today=day))
    return states


walks = st.lists(st.integers(0, 20), max_size=12).map(walk)


@settings(max_examples=60)
@given(walks)
def test_nothing_that_was_handed_on_is_without_what_it_rests_on(states):
    for state in states:
        if state.stage in (STAGE.SENT, STAGE.ACKNOWLEDGED, STAGE.APPOINTMENT, STAGE.CONNECTED):
            assert state.has_basis
            assert state.handed_on is not None
        assert (state.stage is STAGE.APPOINTMENT) <= (state.day is not None and state.at is not None)


@settings(max_examples=60)
@given(walks)
def test_the_action_is_open_exactly_while_the_loop_is(states):
    for state in states:
        assert status_at(state).is_open == state.stage.is_open == bool(next_stages(state))


@settings(max_examples=60)
@given(walks)
def test_stepping_back_leads_to_the_beginning_the_way_it_came(states):
    history = list(states)
    earlier = list(dict.fromkeys(range(len(states))))
    while (back := one_back(history)) is not None:
        assert back == states[earlier[-2]]
        earlier.pop()
        history.append(back)
    assert history[-1] == states[0]


@settings(max_examples=60)
@given(walks, st.sampled_from(ActionStatus))
def test_settling_and_the_loop_say_the_same(states, status):
    after = settled(states[-1], status, today=TODAY)
    assert status_at(after).is_open == status.is_open
    assert (status_at(after) is ActionStatus.DONE) == (status is ActionStatus.DONE)
    assert settled(after, status, today=TODAY) == after


@settings(max_examples=60)
@given(walks, st.sampled_from(ReferralStage))
def test_a_stage_that_does_not_follow_is_refused_with_a_way_out(states, stage):
    if stage in next_stages(states[-1]):
        return
    with pytest.raises(RefusedError) as refused:
        moved(states[-1], stage, FULL, today=TODAY + timedelta(days=20))
    assert refused.value.way_out


def test_life_may_skip_but_not_the_yes_and_not_the_sending():
    assert STAGE.SENT not in next_stages(NEW)
    accepted = moved(NEW, STAGE.ACCEPTED, Step(), today=TODAY)
    assert STAGE.ACKNOWLEDGED not in next_stages(accepted)
    warm = moved(accepted, STAGE.CONNECTED, Step(without_consent="she was on the line"), today=TODAY)
    assert (warm.stage, warm.handed_on) == (STAGE.CONNECTED, TODAY)


def test_each_stage_asks_for_its_own():
    accepted = moved(NEW, STAGE.ACCEPTED, Step(), today=TODAY)
    assert asks(NEW, STAGE.ACCEPTED) == ()
    assert asks(accepted, STAGE.SENT) == (Asked.BASIS,)
    assert asks(accepted, STAGE.APPOINTMENT) == (Asked.BASIS, Asked.APPOINTMENT)
    sent = moved(accepted, STAGE.SENT, FULL, today=TODAY)
    assert asks(sent, STAGE.APPOINTMENT) == (Asked.APPOINTMENT,)
    assert asks(sent, STAGE.SENT) == (Asked.BASIS,)
    assert asks(sent, STAGE.CLOSED) == (Asked.RESULT,)


@pytest.mark.parametrize(
    ("stage", "step", "field"),
    [
        (STAGE.APPOINTMENT, Step(), "appointment"),
        (STAGE.APPOINTMENT, Step(day=TODAY), "appointment"),
        (STAGE.APPOINTMENT, Step(day=TODAY - timedelta(days=1), at=time(9)), "appointment"),
        (STAGE.CLOSED, Step(), "result"),
        (STAGE.CLOSED, Step(outcome=ReferralOutcome.HELPED, barrier=ReferralBarrier.COST), "result"),
        (STAGE.CLOSED, Step(barrier=ReferralBarrier.OTHER), "words"),
        (STAGE.SENT, Step(consent_id="x", without_consent="y"), "without_consent"),
    ],
)
def test_what_is_missing_is_named(stage, step, field):
    sent = Referral(to="Clinic", stage=STAGE.SENT, since=TODAY, handed_on=TODAY, consent_id="c")
    with pytest.raises(InvalidInputError) as refused:
        moved(sent, stage, step, today=TODAY)
    assert refused.value.field == field


def test_handing_on_more_asks_anew():
    sent = Referral(to="Clinic", stage=STAGE.SENT, since=TODAY, handed_on=TODAY, consent_id="c")
    with pytest.raises(RefusedError):
        moved(sent, STAGE.SENT, Step(), today=TODAY)
    again = moved(sent, STAGE.SENT, Step(without_consent="brought it herself"), today=TODAY)
    assert (again.consent_id, again.without_consent) == ("", "brought it herself")


def test_an_appointment_on_the_twenty_ninth_of_february_is_one():
    accepted = moved(NEW, STAGE.ACCEPTED, Step(), today=TODAY)
    planned = moved(accepted, STAGE.APPOINTMENT, FULL, today=TODAY)
    assert look_again(planned) == date(2028, 2, 29)
    assert not waits_long(planned, today=date(2028, 2, 29))
    assert waits_long(planned, today=date(2028, 3, 1))


def test_a_day_ahead_is_no_day_it_came_there():
    with pytest.raises(InvalidInputError):
        moved(NEW, STAGE.ACCEPTED, Step(), today=TODAY, on=TODAY + timedelta(days=1))


@given(st.integers(1, 60), st.integers(0, 120))
def test_what_was_sent_is_due_after_so_many_days(wait, passed):
    sent = Referral(to="Clinic", stage=STAGE.SENT, since=TODAY, handed_on=TODAY, consent_id="c")
    today = TODAY + timedelta(days=passed)
    assert waits_long(sent, today=today, wait_days=wait) == (passed >= wait)
    assert not waits_long(NEW, today=today, wait_days=wait)


@pytest.mark.parametrize(
    ("typed", "to", "text"),
    [
        ("refer: Tenants' desk @me fri", "Tenants' desk", "Referral to Tenants' desk"),
        ("REFERRAL : Legal aid: call them together @both", "Legal aid", "call them together"),
        ('refer: "Clinic: second desk" @me', "Clinic: second desk", "Referral to Clinic: second desk"),
        (
            'refer: "Clinic: desk": bring the letter: the old one @both #x',
            "Clinic: desk",
            "bring the letter: the old one",
        ),
        ("refer Ana to the clinic", "", "refer Ana to the clinic"),
        ("ask whom to refer: the clinic", "", "ask whom to refer: the clinic"),
        ("call the desk about the referral: Maria @me", "", "call the desk about the referral: Maria"),
    ],
)
def test_a_line_is_a_referral_only_with_its_mark_in_front(typed, to, text):
    line, named = understand_agreed(typed, today=TODAY, participant_name="Maria Santos")
    assert (named, line.text) == (to, text)
    action = agreed_action(line, named)
    written = write_agreed(action, today=TODAY, participant_name="Maria Santos")
    assert understand_agreed(written, today=TODAY, participant_name="Maria Santos") == (line, to)


@given(
    st.text(st.sampled_from('ab :"@#.'), min_size=1, max_size=9).map(clean_name).filter(bool),
    st.text(st.sampled_from("ab :"), max_size=9).map(clean_name),
)
def test_a_referral_that_is_edited_and_left_alone_still_goes_to_the_same(to, words):
    action = AgreedAction(text=words or referral_text(to), owner=Owner.ME, due=TODAY, referral_to=to)
    written = write_agreed(action, today=TODAY, participant_name="Maria Santos")
    line, named = understand_agreed(written, today=TODAY, participant_name="Maria Santos")
    assert named == to
    assert agreed_action(line, named) == action


@pytest.mark.parametrize("typed", ["refer:", " referral :  ", "refer: @me fri", 'refer: "" @me', "refer: : words"])
def test_a_referral_to_nobody_is_refused(typed):
    with pytest.raises(InvalidInputError):
        understand_agreed(typed, today=TODAY)
