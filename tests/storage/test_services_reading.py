"""Reading notes, keeping action items, and Today."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.errors import InvalidInputError, NotFoundError
from peernote_tui.domain.note import NoteState
from peernote_tui.domain.owner import Owner
from peernote_tui.services import action_items, changing_actions, notes, writing
from peernote_tui.services.today import today_view
from peernote_tui.services.verifying import verify


def last_entry(workspace):
    with workspace.reading() as work:
        return list(work.audit.entries())[-1]


class TestNotes:
    def test_each_view_is_logged(self, workspace, consented, write_note):
        note = write_note(consented)
        view = notes.view_note(workspace, note.id)
        assert (view.note, view.participant, view.template.id) == (note, consented, "peer-support")
        entry = last_entry(workspace)
        assert (entry.action.value, entry.subject) == ("note.viewed", note.id)

    def test_a_view_of_nothing_is_told_and_not_logged(self, workspace):
        before = last_entry(workspace)
        with pytest.raises(NotFoundError):
            notes.view_note(workspace, "nobody")
        assert last_entry(workspace) == before

    def test_actions_are_shown_as_they_stand_today(self, workspace, consented, write_note):
        note = write_note(consented, agreed_actions=[{"text": "call", "owner": "me"}])
        changing_actions.settle(workspace, [note.content.agreed_actions[0].id], ActionStatus.DONE)
        assert notes.view_note(workspace, note.id).actions[0].status is ActionStatus.DONE

    def test_a_list_row_says_what_a_list_shows(self, workspace, consented, write_note):
        note = write_note(consented, concern_tags=("housing", "sleep"))
        row = notes.list_notes(workspace).notes[0]
        assert (row.id, row.participant_id, row.participant_name) == (note.id, consented.id, "Tomás Ibarra")
        assert (row.day, row.start, row.end) == (date(2026, 11, 23), time(14), time(14, 45))
        assert (row.kind, row.mode, row.place, row.tags) == (
            "individual",
            "in_person",
            "coffee shop, Elm St",
            ("housing", "sleep"),
        )
        assert (row.signed_at, row.late) == (note.signed_at, False)

    def test_a_reference_means_a_note_or_a_draft(self, workspace, consented, write_note, write_draft, clock):
        note = write_note(consented)
        clock.advance(days=1)
        draft = write_draft(consented)
        assert notes.resolve_note(workspace, note.id[:12].upper()) == note
        found = notes.resolve_note(workspace, f" {draft.id} ")
        assert (found.state, found.content, found.seal) == (NoteState.DRAFT, draft.content, None)
        with pytest.raises(NotFoundError, match="More than one"):
            notes.resolve_note(workspace, "0")
        for reference in ("", " ", "ffff", "%", "\x00", "\ud800"):
            with pytest.raises(NotFoundError):
                notes.resolve_note(workspace, reference)


class TestActionItems:
    @pytest.fixture
    def action(self, workspace, participant):
        line = ActionLine("call housing office", Owner.ME, due=date(2026, 11, 20))
        return action_items.add_action(workspace, participant.id, line)

    def test_added_alone_with_history_and_log(self, workspace, action):
        assert action_items.resolve_action(workspace, action.id[:13]) == action
        assert last_entry(workspace).action.value == "action.added"
        listed = action_items.list_actions(workspace)
        assert (listed.total, listed.open, listed.overdue, listed.today) == (1, 1, 1, date(2026, 11, 23))
        assert listed.actions[0].participant_name == "Maria Santos"

    def test_what_became_of_it_and_back(self, workspace, action, clock):
        clock.advance(minutes=1)
        (partly,) = changing_actions.settle(workspace, [action.id], ActionStatus.PARTLY, words=" I tried\n twice. ")
        assert (partly.before, partly.after.words) == (action, "I tried twice.")
        (done,) = changing_actions.settle(workspace, [action.id], ActionStatus.DONE)
        assert done.after.words == "I tried twice."
        assert action_items.list_actions(workspace).total == 0
        assert action_items.list_actions(workspace, closed=True).total == 1
        restored = changing_actions.take_back(workspace, [done]).actions[0]
        assert (restored.status, restored.words) == (ActionStatus.PARTLY, "I tried twice.")
        with workspace.reading() as work:
            assert [event.status.value for event in work.action_items.events(action.id)] == [
                "open",
                "partly",
                "done",
                "partly",
            ]
        assert verify(workspace).ok

    def test_what_is_too_long_is_refused_and_changes_nothing(self, workspace, participant, action):
        with pytest.raises(InvalidInputError):
            changing_actions.settle(workspace, [action.id], ActionStatus.DONE, words="x" * 2001)
        with pytest.raises(InvalidInputError):
            action_items.add_action(workspace, participant.id, ActionLine("call", Owner.OTHER, "x" * 201))
        assert action_items.resolve_action(workspace, action.id) == action
        assert action_items.list_actions(workspace).total == 1

    def test_what_is_not_there_is_told(self, workspace, action):
        with pytest.raises(NotFoundError):
            changing_actions.settle(workspace, ["nobody"], ActionStatus.DONE)
        with pytest.raises(NotFoundError):
            action_items.add_action(workspace, "nobody", ActionLine("call", Owner.ME))
        for reference in ("", "ffff", "%", "\ud800"):
            with pytest.raises(NotFoundError):
                action_items.resolve_action(workspace, reference)


class TestToday:
    def test_an_empty_vault_has_an_empty_day(self, workspace):
        view = today_view(workspace)
        assert view.now.isoformat() == "2026-11-23T14:52:00-05:00"
        assert (view.drafts, view.without_note, view.actions, view.meetings) == ((), (), (), ())
        assert (view.signed_this_week, view.late_this_week, view.participants) == (0, 0, 0)

    def test_a_planned_contact_moves_from_meetings_to_without_note(self, workspace, consented, write_note, clock):
        write_note(consented, next_contact={"day": "2026-11-30", "at": "14:00"})
        moments = [
            (datetime(2026, 11, 30, 4, 59, tzinfo=UTC), 0, 0),  # still Sunday in New York
            (datetime(2026, 11, 30, 5, 0, tzinfo=UTC), 1, 0),
            (datetime(2026, 11, 30, 19, 0, tzinfo=UTC), 1, 0),
            (datetime(2026, 11, 30, 19, 1, tzinfo=UTC), 0, 1),
            (datetime(2026, 12, 3, 12, 0, tzinfo=UTC), 0, 1),
        ]
        for instant, meetings, without_note in moments:
            clock.set(instant)
            view = today_view(workspace)
            assert (len(view.meetings), len(view.without_note)) == (meetings, without_note), instant
        writing.start_draft(workspace, consented.id)
        assert today_view(workspace).without_note == ()

    def test_a_contact_without_a_time_is_not_missed_before_the_day_is_over(
        self, workspace, consented, write_note, clock
    ):
        write_note(consented, next_contact={"day": "2026-11-24"})
        clock.set(datetime(2026, 11, 25, 4, 59, tzinfo=UTC))
        assert len(today_view(workspace).meetings) == 1
        clock.advance(minutes=1)
        assert len(today_view(workspace).without_note) == 1

    def test_actions_due_today_or_before(self, workspace, consented):
        for text, due in (("a", 22), ("b", 23), ("c", 24)):
            action_items.add_action(workspace, consented.id, ActionLine(text, Owner.ME, due=date(2026, 11, due)))
        action_items.add_action(workspace, consented.id, ActionLine("d", Owner.ME))
        assert [listing.action.text for listing in today_view(workspace).actions] == ["a", "b"]

    def test_the_week_begins_on_monday_in_the_place_of_the_person(self, workspace, consented, write_note, clock):
        clock.set(datetime(2026, 11, 24, 4, 0, tzinfo=UTC))
        write_note(consented)
        write_note(consented, day="2026-11-21", late_reason="Flat battery.")
        view = today_view(workspace)
        assert (view.signed_this_week, view.late_this_week) == (2, 1)
        clock.set(datetime(2026, 11, 30, 4, 59, tzinfo=UTC))
        assert today_view(workspace).signed_this_week == 2
        clock.advance(minutes=1)
        assert today_view(workspace).signed_this_week == 0

    def test_drafts_say_what_they_miss(self, workspace, consented, write_draft):
        write_draft(consented, summary="")
        row = today_view(workspace).drafts[0]
        assert row.missing == ("The summary is missing.",)
