"""Action items that recur: closing one bears the next, whichever way it is closed, and never two of it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.addendum import AddendumKind
from peernote_tui.domain.errors import NotFoundError, RefusedError
from peernote_tui.domain.owner import Owner
from peernote_tui.services import amending, erasing, merging, recurring, verifying, writing
from peernote_tui.services.action_items import add_action, list_actions
from peernote_tui.services.changing_actions import edit_action, reassign, settle, snooze, take_back
from peernote_tui.services.recurring import due_after

FRIDAY = date(2026, 11, 27)
RULE = "every friday"
DONE, CHANGED, DROPPED, OPEN = ActionStatus.DONE, ActionStatus.CHANGED, ActionStatus.DROPPED, ActionStatus.OPEN
LINE = ActionLine("call the housing office", Owner.OTHER, "Ruth", FRIDAY, ("housing",), 7, RULE)


@pytest.fixture
def action(workspace, consented):
    return add_action(workspace, consented.id, LINE)


def open_ones(workspace):
    return [row.action for row in list_actions(workspace).actions]


def every_one(workspace):
    return [row[0] for row in workspace.vault.connection.execute("SELECT id FROM action_items")]


def history(workspace, action_id):
    with workspace.reading() as work:
        return work.action_items.events(action_id)


def events(workspace):
    return workspace.vault.connection.execute("SELECT count(*) FROM action_events").fetchone()[0]


def look(workspace):
    """What lists show of each item, without when it was changed."""
    listed = (*list_actions(workspace).actions, *list_actions(workspace, closed=True).actions)
    return {row.action.id: row.action.model_dump(exclude={"changed_at"}) for row in listed}


class TestBearing:
    @pytest.mark.parametrize("status", [DONE, CHANGED])
    def test_closing_bears_the_next_with_all_that_was_agreed(self, workspace, action, status):
        (change,) = settle(workspace, [action.id], status, words="I went.")
        (following,) = open_ones(workspace)
        assert change.born == following
        assert (following.text, following.owner, following.owner_name) == (LINE.text, LINE.owner, LINE.owner_name)
        assert (following.tags, following.repeats, following.due) == (("housing",), RULE, date(2026, 12, 4))
        assert (following.words, following.confidence, following.born_from) == ("", None, action.id)
        assert [(event.status, event.change) for event in history(workspace, following.id)] == [
            (OPEN, {"born_from": [None, action.id]})
        ]
        assert verifying.verify(workspace).ok

    @pytest.mark.parametrize("status", [DROPPED, ActionStatus.PARTLY, ActionStatus.NOT_YET])
    def test_letting_go_ends_the_series_and_what_stays_open_bears_nothing(self, workspace, action, status):
        (change,) = settle(workspace, [action.id], status)
        assert change.born is None
        assert every_one(workspace) == [action.id]

    def test_what_does_not_recur_bears_nothing(self, workspace, consented):
        action = add_action(workspace, consented.id, ActionLine("once", Owner.ME, due=FRIDAY))
        assert settle(workspace, [action.id], DONE)[0].born is None

    def test_the_last_one_of_a_series_bears_nothing(self, workspace, consented):
        until = ActionLine("call", Owner.ME, due=FRIDAY, repeats=f"{RULE} until 2026-12-01")
        action = add_action(workspace, consented.id, until)
        assert settle(workspace, [action.id], DONE)[0].born is None

    def test_a_pile_of_missed_weeks_gives_one_next_item(self, workspace, action, clock):
        clock.advance(days=70)
        (change,) = settle(workspace, [action.id], DONE)
        assert change.born.due == date(2027, 2, 5)
        assert open_ones(workspace) == [change.born]

    def test_closing_early_counts_from_the_due_day(self, workspace, action):
        assert settle(workspace, [action.id], DONE)[0].born.due == FRIDAY + timedelta(days=7)

    def test_without_a_due_day_it_counts_from_today(self, workspace, consented):
        action = add_action(workspace, consented.id, ActionLine("call", Owner.ME, repeats=RULE))
        assert settle(workspace, [action.id], DONE)[0].born.due == FRIDAY

    def test_a_rule_that_does_not_read_keeps_nobody_from_closing_or_signing(self, workspace, consented, write_note):
        assert due_after("now and then", FRIDAY, today=FRIDAY) is None
        agreed = [{"text": "call", "owner": "me", "due": FRIDAY, "repeats": "now and then"}]
        first = write_note(consented, agreed_actions=agreed).content.agreed_actions[0]
        write_note(consented, action_reviews=[{"action_id": first.id, "text": "call", "outcome": "done"}])
        assert every_one(workspace) == [first.id]

    @pytest.mark.parametrize(
        ("due", "today", "following"),
        [
            (date(2024, 2, 29), date(2024, 3, 1), date(2024, 3, 31)),
            (date(2024, 1, 31), date(2024, 3, 15), date(2024, 3, 31)),
            (date(2026, 11, 30), date(2026, 11, 30), date(2026, 12, 31)),
        ],
    )
    def test_the_last_day_of_a_month_stays_that(self, due, today, following):
        assert due_after("every month on the 31st", due, today=today) == following

    def test_what_is_due_today_again_is_still_to_be_done(self):
        assert due_after("every day", FRIDAY - timedelta(days=9), today=FRIDAY) == FRIDAY
        assert due_after("every day", FRIDAY, today=FRIDAY) == FRIDAY + timedelta(days=1)

    def test_a_signed_note_that_closes_it_bears_the_next_and_a_second_one_does_not(
        self, workspace, consented, write_note
    ):
        note = write_note(consented, agreed_actions=[{"text": "call", "owner": "me", "due": FRIDAY, "repeats": RULE}])
        first = note.content.agreed_actions[0]
        told = [{"action_id": first.id, "text": "call", "outcome": "done", "words": ""}]
        second = write_note(consented, action_reviews=told)
        (following,) = open_ones(workspace)
        assert (following.born_from, following.note_id, following.due) == (first.id, note.id, date(2026, 12, 4))
        assert history(workspace, following.id)[0].note_id == second.id
        write_note(consented, action_reviews=told)
        assert open_ones(workspace) == [following]

    def test_an_error_note_lets_its_whole_series_go(self, workspace, consented, write_note):
        note = write_note(consented, agreed_actions=[{"text": "call", "owner": "me", "due": FRIDAY, "repeats": RULE}])
        settle(workspace, [note.content.agreed_actions[0].id], DONE)
        draft = amending.start_amendment(workspace, note.id, AddendumKind.IN_ERROR)
        filled = draft.amendment.model_copy(update={"reason": "Another person's note."})
        writing.save_draft(workspace, draft.model_copy(update={"amendment": filled}))
        amending.sign_amendment(workspace, draft.id)
        assert open_ones(workspace) == []
        assert len(every_one(workspace)) == 2


class TestOpeningAgain:
    def test_takes_the_next_one_back_and_closing_again_brings_that_one(self, workspace, action):
        born = settle(workspace, [action.id], DONE)[0].born
        settle(workspace, [action.id], OPEN)
        assert [each.id for each in open_ones(workspace)] == [action.id]
        assert not list_actions(workspace, closed=True).actions
        assert history(workspace, born.id)[-1].status is DROPPED
        again = settle(workspace, [action.id], DONE)[0].born
        assert (again.id, again.due) == (born.id, born.due)
        assert open_ones(workspace) == [again]
        assert len(every_one(workspace)) == 2

    def test_leaves_the_next_one_where_something_was_done_with_it(self, workspace, action):
        born = settle(workspace, [action.id], DONE)[0].born
        snooze(workspace, [born.id], FRIDAY + timedelta(days=9))
        (change,) = settle(workspace, [action.id], OPEN)
        assert change.stays.id == born.id
        assert {each.id for each in open_ones(workspace)} == {action.id, born.id}
        assert settle(workspace, [action.id], DONE)[0].born is None
        assert len(every_one(workspace)) == 2

    def test_what_was_taken_back_cannot_be_changed(self, workspace, action):
        born = settle(workspace, [action.id], DONE)[0].born
        settle(workspace, [action.id], OPEN)
        with pytest.raises(NotFoundError):
            settle(workspace, [born.id], DONE)


class TestTakingBack:
    def test_takes_the_next_one_with_it(self, workspace, action):
        before = look(workspace)
        restored = take_back(workspace, settle(workspace, [action.id], DONE))
        assert restored.stays == ()
        assert look(workspace) == before

    def test_says_what_stays_because_something_was_done_with_it(self, workspace, action):
        closing = settle(workspace, [action.id], DONE)
        born = closing[0].born
        settle(workspace, [born.id], ActionStatus.PARTLY)
        restored = take_back(workspace, closing)
        assert [each.id for each in restored.stays] == [born.id]
        assert {each.id for each in open_ones(workspace)} == {action.id, born.id}

    def test_refuses_what_a_note_changed_since(self, workspace, consented, action, write_note):
        snoozed = snooze(workspace, [action.id], None, reason="They were ill.")
        told = [{"action_id": action.id, "text": action.text, "outcome": "partly", "words": "I began."}]
        write_note(consented, action_reviews=told)
        with pytest.raises(RefusedError, match="changed again since"):
            take_back(workspace, snoozed)
        (now,) = open_ones(workspace)
        assert (now.status, now.due, now.words) == (ActionStatus.PARTLY, None, "I began.")

    def test_refuses_all_of_an_act_when_one_was_changed_since(self, workspace, consented, action):
        other = add_action(workspace, consented.id, ActionLine("other", Owner.ME))
        both = reassign(workspace, [action.id, other.id], Owner.ME)
        settle(workspace, [other.id], DONE)
        with pytest.raises(RefusedError):
            take_back(workspace, both)
        assert {each.id: each.owner for each in open_ones(workspace)}[action.id] is Owner.ME

    def test_thirty_changes_are_all_taken_back_and_the_history_keeps_all(self, workspace, consented, clock):
        for number in range(3):
            line = ActionLine(f"number {number}", Owner.ME, due=FRIDAY, repeats=RULE)
            add_action(workspace, consented.id, line)
        before, told, done = look(workspace), events(workspace), []
        for round_ in range(5):
            clock.advance(minutes=1)
            alive = [each.id for each in open_ones(workspace)]
            done += [
                settle(workspace, alive[:2], ActionStatus.PARTLY, words=f"round {round_}"),
                snooze(workspace, alive, FRIDAY + timedelta(days=round_), reason="Later."),
                edit_action(workspace, alive[1], ActionLine(f"edited {round_}", Owner.BOTH, tags=("t",), repeats=RULE)),
                reassign(workspace, alive, Owner.OTHER, "Ruth"),
                settle(workspace, alive[:2], DONE),
                settle(workspace, [alive[2]], CHANGED),
            ]
        assert len(done) == 30
        for change in reversed(done):
            take_back(workspace, change)
        assert look(workspace) == before
        assert events(workspace) >= told + 2 * sum(len(change) for change in done)
        assert verifying.verify(workspace).ok

    def test_a_clock_set_back_never_makes_history_go_backwards(self, workspace, action, clock):
        later = settle(workspace, [action.id], ActionStatus.PARTLY)[0].after.changed_at
        clock.advance(days=-400)
        closing = settle(workspace, [action.id], DONE)
        assert closing[0].after.changed_at > later
        assert take_back(workspace, closing).actions[0].changed_at > closing[0].after.changed_at
        assert [event.status for event in history(workspace, action.id)] == [
            OPEN,
            ActionStatus.PARTLY,
            DONE,
            ActionStatus.PARTLY,
        ]


def test_edit_gives_it_what_the_line_says(workspace, action):
    line = ActionLine("write a letter", Owner.ME, due=None, tags=("a", "b"), confidence=3)
    (change,) = edit_action(workspace, action.id, line)
    now = change.after
    assert (now.text, now.owner, now.owner_name, now.due) == ("write a letter", Owner.ME, "", None)
    assert (now.tags, now.confidence, now.repeats) == (("a", "b"), 3, "")
    assert history(workspace, action.id)[-1].change["tags"] == [["housing"], ["a", "b"]]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["done", "changed", "dropped", "open", "partly", "snooze", "note", "back"]), st.integers(0, 3)
    ),
    max_size=10,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_is_done_each_item_bears_at_most_one(workspace, consented, write_note, steps):
    series, acts = [add_action(workspace, consented.id, LINE)], []
    for step, which in steps:
        action_id = series[which % len(series)].id
        with suppress(NotFoundError, RefusedError):
            if step == "note":
                outcome = ("done", "not_yet")[which % 2]
                write_note(consented, action_reviews=[{"action_id": action_id, "text": LINE.text, "outcome": outcome}])
            elif step == "snooze":
                acts.append(snooze(workspace, [action_id], FRIDAY + timedelta(days=which)))
            elif step != "back":
                acts.append(settle(workspace, [action_id], ActionStatus(step)))
            elif acts:
                take_back(workspace, acts.pop())
        with workspace.reading() as work:
            series = [work.action_items.get(series[0].id)]
            series += recurring.series_after(work, series[0])
            for each, following in pairwise([*series, None]):
                assert not (each.unlisted and each.status.is_open)
                if each.status in recurring.BEARING:
                    assert following is not None
                    assert not following.unlisted
    assert len({each.born_from for each in series}) == len(series)


def test_a_series_goes_with_two_records_that_become_one_and_stays_whole(workspace, consented, add_participant):
    first = add_action(workspace, consented.id, LINE)
    closing = settle(workspace, [first.id], DONE)
    other = add_participant("Tomas Ibarra")
    merging.merge(workspace, other.id, consented.id)
    (following,) = open_ones(workspace)
    assert (following.participant_id, following.born_from) == (other.id, first.id)
    take_back(workspace, closing)
    assert [(each.id, each.participant_id) for each in open_ones(workspace)] == [(first.id, other.id)]
    assert settle(workspace, [first.id], DONE)[0].born.id == following.id
    assert verifying.verify(workspace).ok


def test_an_erased_series_bears_nothing_and_comes_back_by_no_undo(workspace, consented):
    action = add_action(workspace, consented.id, LINE)
    snoozed = snooze(workspace, [action.id], None)
    settle(workspace, [action.id], DONE)
    erasing.erase_participant(workspace, consented.id, reason=erasing.ErasureReason.ASKED)
    with pytest.raises(NotFoundError):
        take_back(workspace, snoozed)
    assert open_ones(workspace) == []
    assert not list_actions(workspace, closed=True).actions
    assert verifying.verify(workspace).ok
