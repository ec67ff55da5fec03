"""Where a participant stands, from the history of their consents."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.domain.consent import (
    Consent,
    ConsentDetails,
    ConsentEvent,
    ConsentHow,
    ConsentScope,
    ConsentStanding,
    consent_state,
    sharing_consents,
    withdrawn_by,
)

TODAY = date(2026, 11, 23)


def row(event=ConsentEvent.GIVEN, *, scope=ConsentScope.NOTES, starts=TODAY, expires=None, recorded=0, **more):
    details = ConsentDetails(recipient=more.get("recipient", ""), withdraws=more.get("withdraws", ""))
    return Consent(
        id=more.get("key") or f"c{recorded}",
        details=details,
        participant_id="p",
        scope=scope,
        event=event,
        how=ConsentHow.VERBAL if event is ConsentEvent.GIVEN else None,
        starts_on=starts,
        expires_on=expires,
        recorded_at=datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=recorded),
        recorded_by="a",
    )


def standing(*history, today=TODAY, scope=ConsentScope.NOTES):
    return consent_state(history, scope, today).standing


def test_without_a_row_there_is_none():
    assert standing() is ConsentStanding.NONE


def test_a_consent_is_active_until_it_is_withdrawn_and_again_once_given_anew():
    assert standing(row()) is ConsentStanding.ACTIVE
    assert standing(row(), row(ConsentEvent.WITHDRAWN)) is ConsentStanding.WITHDRAWN
    assert standing(row(), row(ConsentEvent.WITHDRAWN), row()) is ConsentStanding.ACTIVE


def test_it_covers_its_last_day_and_ends_with_it():
    given_for_today = row(expires=TODAY)
    assert standing(given_for_today) is ConsentStanding.ACTIVE
    assert standing(given_for_today, today=TODAY + timedelta(days=1)) is ConsentStanding.EXPIRED


def test_it_begins_on_its_first_day():
    tomorrow = row(starts=TODAY + timedelta(days=1))
    assert standing(tomorrow) is ConsentStanding.NONE
    assert standing(tomorrow, today=TODAY + timedelta(days=1)) is ConsentStanding.ACTIVE


def test_one_that_has_not_begun_leaves_the_earlier_one_in_force():
    earlier = row(starts=TODAY - timedelta(days=9))
    found = consent_state([earlier, row(starts=TODAY + timedelta(days=1), recorded=1)], ConsentScope.NOTES, TODAY)
    assert found.consent == earlier
    assert found.active


def test_a_withdrawal_counts_although_the_clock_was_ahead_when_consent_was_given():
    clock_was_ahead = row(recorded=600)
    assert standing(clock_was_ahead, row(ConsentEvent.WITHDRAWN, recorded=5)) is ConsentStanding.WITHDRAWN


HISTORIES = st.lists(
    st.builds(
        row,
        st.sampled_from(ConsentEvent),
        scope=st.sampled_from(ConsentScope),
        starts=st.dates(TODAY - timedelta(days=30), TODAY + timedelta(days=5)),
        expires=st.none() | st.dates(TODAY - timedelta(days=20), TODAY + timedelta(days=20)),
        recorded=st.integers(0, 1000),
    ),
    max_size=8,
)


@given(HISTORIES)
def test_a_withdrawal_added_last_always_ends_it(history):
    history.append(row(ConsentEvent.WITHDRAWN))
    assert standing(*history) is ConsentStanding.WITHDRAWN


@given(HISTORIES)
def test_an_open_consent_added_last_always_holds(history):
    latest = row()
    found = consent_state([*history, latest], ConsentScope.NOTES, TODAY)
    assert (found.standing, found.consent) == (ConsentStanding.ACTIVE, latest)


@given(HISTORIES)
def test_what_is_active_rests_on_a_given_row_that_covers_the_day(history):
    found = consent_state(history, ConsentScope.NOTES, TODAY)
    if not found.active:
        return
    basis = found.consent
    assert basis in history
    assert basis.event is ConsentEvent.GIVEN
    assert basis.scope is ConsentScope.NOTES
    assert basis.starts_on <= TODAY
    assert basis.expires_on is None or basis.expires_on >= TODAY


@given(HISTORIES)
def test_other_scopes_say_nothing_about_notes(history):
    of_notes = [each for each in history if each.scope is ConsentScope.NOTES]
    assert standing(*history) is standing(*of_notes)


@given(HISTORIES, st.data())
def test_withdrawing_the_one_that_holds_ends_it_and_revives_none_before_it(history, data):
    history = [each.model_copy(update={"id": f"c{place}"}) for place, each in enumerate(history)]
    found = consent_state(history, ConsentScope.NOTES, TODAY)
    if not found.active:
        return
    history.append(row(ConsentEvent.WITHDRAWN, withdraws=found.consent.id, key="w"))
    assert standing(*history) is ConsentStanding.WITHDRAWN
    renewed = data.draw(st.booleans())
    if renewed:
        assert standing(*history, row(key="n")) is ConsentStanding.ACTIVE


@given(HISTORIES)
def test_withdrawing_one_that_was_replaced_changes_nothing(history):
    history = [each.model_copy(update={"id": f"c{place}"}) for place, each in enumerate(history)]
    history += [row(key="old"), row(key="new"), row(ConsentEvent.WITHDRAWN, withdraws="old", key="w")]
    found = consent_state(history, ConsentScope.NOTES, TODAY)
    assert (found.standing, found.consent.id) == (ConsentStanding.ACTIVE, "new")


DAYS = st.dates(TODAY - timedelta(days=4), TODAY + timedelta(days=4))
SHARED = st.lists(
    st.one_of(
        st.tuples(st.just("given"), st.sampled_from("abc"), DAYS, st.none() | DAYS),
        st.tuples(st.just("one"), st.integers(0, 9)),
        st.tuples(st.just("all")),
        st.tuples(st.just("notes")),
    ),
    max_size=10,
)


@given(SHARED, DAYS)
def test_sharing_stands_for_each_consent_by_itself(acts, day):
    history, holding = [], {}
    for place, (act, *rest) in enumerate(acts):
        key = f"s{place}"
        if act == "given":
            whom, starts, expires = rest
            history.append(row(scope=ConsentScope.SHARING, starts=starts, expires=expires, recipient=whom, key=key))
            holding[key] = starts <= day and (expires is None or day <= expires)
        elif act == "one":
            named = f"s{rest[0]}"
            history.append(row(ConsentEvent.WITHDRAWN, scope=ConsentScope.SHARING, withdraws=named, key=key))
            holding.pop(named, None)
        elif act == "all":
            history.append(row(ConsentEvent.WITHDRAWN, scope=ConsentScope.SHARING, key=key))
            holding.clear()
        else:
            history.append(row(ConsentEvent.WITHDRAWN, key=key))
    expected = [key for key, holds in holding.items() if holds]
    assert [each.id for each in sharing_consents(history, day)] == expected
    assert consent_state(history, ConsentScope.SHARING, day).active is bool(expected)
    ended = withdrawn_by(history)
    assert {each.id for each in history if each.event is ConsentEvent.GIVEN} - set(ended) == set(holding)
    assert all(each.event is ConsentEvent.WITHDRAWN for each in ended.values())
