"""What a signed note does to action items and follow-ups."""

from __future__ import annotations

from datetime import date, time

import pytest

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.errors import RefusedError
from peernote_tui.services import action_items, participants
from peernote_tui.services.recording import enter_into_record

AGREED = [{"text": "call housing office", "owner": "me", "due": "2026-11-27"}]


def reviewed(action, outcome, words=""):
    return [{"action_id": action.id, "text": action.text, "outcome": outcome, "words": words}]


def item(workspace, action_id):
    return action_items.resolve_action(workspace, action_id)


def history(workspace, action_id):
    with workspace.reading() as work:
        return work.action_items.events(action_id)


def plans(workspace, person):
    return [plan.day.isoformat() for plan in participants.brief(workspace, person.id).follow_ups]


class TestActions:
    def test_an_agreed_action_becomes_an_open_item_with_a_history(self, workspace, consented, write_note):
        note = write_note(consented, agreed_actions=AGREED)
        action = item(workspace, note.content.agreed_actions[0].id)
        assert (action.text, action.due, action.status) == (
            "call housing office",
            date(2026, 11, 27),
            ActionStatus.OPEN,
        )
        assert (action.note_id, action.participant_id) == (note.id, consented.id)
        assert [(event.status, event.note_id) for event in history(workspace, action.id)] == [
            (ActionStatus.OPEN, note.id)
        ]

    @pytest.mark.parametrize("outcome", ["done", "partly", "not_yet", "changed", "dropped"])
    def test_an_outcome_lands_in_the_item_and_its_history(self, workspace, consented, write_note, clock, outcome):
        action = write_note(consented, agreed_actions=AGREED).content.agreed_actions[0]
        clock.advance(hours=1)
        told = write_note(consented, action_reviews=reviewed(action, outcome, "I did what I could."))
        now = item(workspace, action.id)
        assert (now.status, now.words, now.changed_at) == (outcome, "I did what I could.", clock.now())
        assert now.created_at < now.changed_at
        last = history(workspace, action.id)[-1]
        assert (last.status, last.words, last.note_id) == (outcome, "I did what I could.", told.id)

    def test_an_outcome_about_somebody_elses_action_stays_words(
        self, workspace, consented, add_participant, write_note
    ):
        action = write_note(consented, agreed_actions=AGREED).content.agreed_actions[0]
        write_note(add_participant("Ana Lima"), action_reviews=reviewed(action, "done"))
        assert item(workspace, action.id).status is ActionStatus.OPEN
        assert len(history(workspace, action.id)) == 1

    def test_an_outcome_without_a_known_action_stays_words(self, workspace, consented, write_note):
        unknown = {"action_id": "01900000-0000-7000-8000-000000000000", "text": "old promise", "outcome": "done"}
        note = write_note(consented, action_reviews=[unknown, {"text": "older promise", "outcome": "partly"}])
        assert len(note.content.action_reviews) == 2
        assert action_items.list_actions(workspace, closed=True).total == 0

    def test_an_outcome_signed_here_lands_although_the_clock_was_set_back(
        self, workspace, consented, write_note, clock
    ):
        action = write_note(consented, agreed_actions=AGREED).content.agreed_actions[0]
        clock.advance(minutes=-5)
        write_note(consented, action_reviews=reviewed(action, "done"))
        assert item(workspace, action.id).status is ActionStatus.DONE


class TestFollowUps:
    def test_the_next_contact_is_planned_and_the_next_note_closes_it(self, workspace, consented, write_note, clock):
        write_note(consented, next_place="park", next_topics="the letter")
        plan = participants.brief(workspace, consented.id).follow_ups[0]
        assert (plan.day, plan.at, plan.place, plan.topics) == (
            date(2026, 11, 30),
            time(14, 0),
            "park",
            "the letter",
        )
        clock.advance(days=7)
        write_note(consented, day="2026-11-30", next_contact=None, plan="Rest.")
        assert plans(workspace, consented) == []

    def test_a_note_of_an_earlier_day_leaves_it_open(self, workspace, consented, write_note):
        write_note(consented)
        write_note(consented, start=time(9), end=time(10), next_contact=None, plan="Rest.")
        assert plans(workspace, consented) == ["2026-11-30"]

    def test_a_second_contact_planned_for_the_same_day_stays_until_it_is_written_up(
        self, workspace, consented, write_note
    ):
        write_note(consented, next_contact={"day": "2026-11-23", "at": "18:00"})
        assert plans(workspace, consented) == ["2026-11-23"]
        write_note(consented, start=time(14, 46), end=time(14, 50), next_contact=None, plan="Rest.")
        assert plans(workspace, consented) == []

    def test_a_late_note_plans_nothing_that_newer_notes_have_passed(self, workspace, consented, write_note):
        write_note(consented)
        write_note(consented, day="2026-11-20", next_contact={"day": "2026-11-23"}, late_reason="Flat battery.")
        assert plans(workspace, consented) == ["2026-11-30"]

    def test_other_peoples_plans_are_left_alone(self, workspace, consented, add_participant, write_note, clock):
        other = add_participant("Ana Lima")
        write_note(other)
        clock.advance(days=8)
        write_note(consented, day="2026-12-01", next_contact=None, plan="Rest.")
        assert plans(workspace, other) == ["2026-11-30"]


def test_what_is_not_signed_does_not_enter(workspace, consented, write_note):
    note = write_note(consented)
    for unsigned in (note.model_copy(update={"seal": None}), note.model_copy(update={"signed_at": None})):
        with workspace.changing() as work, pytest.raises(RefusedError):
            enter_into_record(workspace, work, unsigned, participant_id=consented.id)
