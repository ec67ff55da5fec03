"""Meetings and due days out of a real vault: what is in the file, what is not, and what the log says."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from icalendar import Calendar

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.calendar_row import CalendarKind, CalendarNames
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.owner import Owner
from peernote_tui.services import action_items, changing_actions, erasing, meetings, merging
from peernote_tui.services.exporting_calendar import export_calendar
from peernote_tui.services.meetings import MeetingPlan

TODAY = date(2026, 11, 23)


def events(made):
    return [
        (str(event["SUMMARY"]), event["DTSTART"].dt.isoformat(), str(event["STATUS"]), str(event["UID"]))
        for event in Calendar.from_ical(made.data).walk("VEVENT")
    ]


def owed(workspace, person, text, due):
    return action_items.add_action(workspace, person.id, ActionLine(text, Owner.ME, due=due))


def test_what_is_planned_and_due_is_in_it_and_nothing_else(workspace, consented, write_note, add_participant, clock):
    plan = MeetingPlan(day=date(2026, 12, 1), at=time(14), place="the shelter", topics="the letter")
    meeting = meetings.plan_meeting(workspace, consented.id, plan).after
    off = meetings.plan_meeting(workspace, consented.id, MeetingPlan(day=date(2026, 12, 3))).after
    action = owed(workspace, consented, "call Ana about the room", TODAY)
    done = owed(workspace, consented, "done already", date(2026, 11, 30))
    owed(workspace, consented, "long ago", TODAY - timedelta(days=1))
    owed(workspace, consented, "some day", None)
    gone = add_participant("Ana Lima")
    owed(workspace, gone, "gone", TODAY)
    erasing.erase_participant(workspace, gone.id, reason=erasing.ErasureReason.ASKED)
    before = export_calendar(workspace, first=TODAY)
    assert [(title, begin) for title, begin, _, _ in events(before)] == [
        ("Action due", "2026-11-23"),
        ("Action due", "2026-11-30"),
        ("Meeting", "2026-12-01T14:00:00"),
        ("Meeting", "2026-12-03"),
    ]
    for word in (b"shelter", b"letter", b"Ana", b"room", consented.name.split()[0].encode(), b"T-0007"):
        assert word not in before.data
    clock.advance(hours=1)
    meetings.cancel_meeting(workspace, off.id, reason="ill")
    moved = meetings.move_meeting(workspace, meeting.id, plan.model_copy(update={"day": date(2026, 12, 2)})).after
    changing_actions.settle(workspace, [done.id], ActionStatus.DONE)
    after = export_calendar(workspace, first=TODAY)
    assert (after.meetings, after.actions, after.called_off) == (1, 1, 2)
    assert events(after) == [
        ("Action due", "2026-11-23", "CONFIRMED", action.id),
        ("Action no longer due", "2026-11-30", "CANCELLED", done.id),
        ("Meeting", "2026-12-02T14:00:00", "CONFIRMED", moved.id),
        ("Meeting called off", "2026-12-03", "CANCELLED", off.id),
    ]
    assert {row[3] for row in events(before)} == {row[3] for row in events(after)}
    assert export_calendar(workspace, first=TODAY).data == after.data
    write_note(consented, day="2026-11-23")
    told = export_calendar(workspace, first=TODAY, last=date(2026, 12, 1), only=CalendarKind.MEETING)
    assert events(told)[1:] == []
    with workspace.reading() as work:
        said = [entry.detail for entry in work.audit.entries() if entry.action is AuditAction.CALENDAR_EXPORTED]
    assert said[:2] == ["meetings 2 actions 2", "meetings 1 actions 1"]


def test_names_and_places_leave_only_when_asked_and_the_log_says_so(workspace, consented, add_participant):
    other = add_participant("Tomas Ibarra")
    meetings.plan_meeting(workspace, other.id, MeetingPlan(day=TODAY, at=time(20), place="the shelter"))
    merging.merge(workspace, consented.id, other.id)
    made = export_calendar(workspace, first=TODAY, names=CalendarNames.FULL, places=True)
    (event,) = Calendar.from_ical(made.data).walk("VEVENT")
    # The record it is part of now has the name.
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == (f"Meeting: {consented.name}", "the shelter")
    with workspace.reading() as work:
        assert list(work.audit.entries())[-1].detail == "meetings 1 actions 0 names places"
    with pytest.raises(InvalidInputError):
        export_calendar(workspace, first=TODAY, last=TODAY - timedelta(days=1))
