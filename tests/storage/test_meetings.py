"""Meetings: planned, moved, cancelled, taken back; and whom to call."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.calling import CallWhy
from peernote_tui.domain.consent import ConsentHow, ConsentScope, ConsentStanding
from peernote_tui.domain.errors import ConsentMissingError, InvalidInputError, NotFoundError, RefusedError
from peernote_tui.domain.note import Mode, NoteContent, NoteKind
from peernote_tui.domain.timeline import TimelineKind
from peernote_tui.services import consenting, contacts, erasing, keeping_records, meetings, merging, today, writing
from peernote_tui.services.meetings import MeetingPlan
from peernote_tui.services.timeline import timeline

FRIDAY = MeetingPlan(day=date(2026, 11, 27), at=time(14), mode=Mode.PHONE, place="park", topics="the hearing")
TODAY = date(2026, 11, 23)


@pytest.fixture
def plan(workspace, consented):
    """Plan a meeting with Tomás: `plan(day, at, …)`."""

    def make(day=TODAY, at=None, *, whose=consented, **told):
        return meetings.plan_meeting(workspace, whose.id, MeetingPlan(day=day, at=at, **told)).after

    return make


@pytest.fixture
def miss(workspace):
    """Write and sign that somebody did not come: `miss(person, day)`."""

    def write(who, day="2026-11-20"):
        draft = writing.start_draft(workspace, who.id)
        content = NoteContent(
            kind=NoteKind.NO_SHOW, day=day, start=time(9), reason="nobody at the door", next_topics="hear"
        )
        writing.save_draft(workspace, draft.model_copy(update={"content": content}))
        return writing.sign_note(workspace, draft.id, late_reason="was on the road")

    return write


def newest_entry(work):
    return list(work.audit.entries())[-1]


def listed(workspace, **asked):
    return [row.follow_up for row in meetings.open_meetings(workspace, **asked).meetings]


class TestPlanning:
    def test_everything_that_was_agreed_is_kept(self, workspace, consented):
        made = meetings.plan_meeting(workspace, consented.id, FRIDAY).after
        (held,) = listed(workspace)
        assert held == made
        assert meetings.plan_of(held) == FRIDAY

    def test_a_day_that_is_past_is_refused_and_today_is_not(self, workspace, consented, plan):
        with pytest.raises(InvalidInputError, match="2026-11-23") as refused:
            plan(date(2026, 11, 22))
        assert refused.value.field == "day"
        assert plan(TODAY, time(9)).has_passed(workspace.local_now)

    def test_topics_need_consent_and_the_bare_meeting_does_not(self, workspace, participant, plan):
        with pytest.raises(ConsentMissingError):
            plan(whose=participant, topics="the hearing")
        assert plan(whose=participant, place="park").place == "park"

    def test_nothing_is_planned_with_somebody_whose_record_is_archived(self, workspace, consented, plan):
        keeping_records.archive_participant(workspace, consented.id, "moved away")
        with pytest.raises(RefusedError, match="archived"):
            plan()

    def test_what_passed_is_looked_up_as_it_is_told_of_one(self, workspace, consented, add_participant, plan, clock):
        other = add_participant("Rosa Diaz", external_id="R-9")
        made = [
            plan(TODAY, at, whose=whose)
            for whose in (consented, other)
            for at in (None, time(9), time(14, 52), time(16))
        ]
        clock.instant = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
        made += [plan(date(2026, 11, 24), at, whose=other) for at in (None, time(9), time(10), time(11))]
        gone = add_participant("Ben Gone")
        plan(date(2026, 11, 24), time(9), whose=gone)
        erasing.erase_participant(workspace, gone.id, reason=erasing.ErasureReason.ASKED)
        begun = writing.start_draft(workspace, consented.id, meeting_id=made[1].id)
        now = workspace.local_now
        wanted = [each.id for each in made if each.has_passed(now) and each.id != begun.meeting_id]
        with workspace.reading() as work:
            found, total = work.follow_ups.passed(now, limit=100)
            assert (sorted(row.follow_up.id for row in found), total) == (sorted(wanted), len(wanted))
            days = [(row.follow_up.day, row.follow_up.at or time.max) for row in found]
            assert days == sorted(days)
            for limit in range(len(wanted) + 1):
                assert work.follow_ups.passed(now, limit=limit) == (found[:limit], total)
            assert work.follow_ups.passed(now, limit=2, but=[found[0].follow_up.id]) == (found[1:3], total - 1)
            assert set(work.follow_ups.met_until(TODAY)) == {consented.id, other.id}

    def test_topics_as_long_as_a_text_may_be(self, workspace, plan):
        assert len(plan(topics="w" * 200_000).topics) == 200_000
        with pytest.raises(InvalidInputError):
            plan(topics="w" * 200_001)


class TestChanging:
    def test_a_moved_meeting_keeps_its_reason_and_the_log_its_old_day(self, workspace, plan):
        made = plan(date(2026, 11, 27), time(14))
        change = meetings.move_meeting(
            workspace, made.id, FRIDAY.model_copy(update={"day": date(2026, 12, 1)}), reason="ill"
        )
        assert (change.after.day, change.after.reason) == (date(2026, 12, 1), "ill")
        with workspace.reading() as work:
            entry = newest_entry(work)
        assert (entry.action, entry.subject, entry.detail) == (AuditAction.FOLLOW_UP_MOVED, made.id, "2026-11-27")

    def test_what_is_only_changed_is_not_called_moved(self, workspace, plan):
        made = plan(date(2026, 11, 27), time(14))
        meetings.move_meeting(workspace, made.id, FRIDAY)
        with workspace.reading() as work:
            assert newest_entry(work).detail == ""

    def test_a_meeting_of_yesterday_keeps_its_day_when_something_else_changes(self, workspace, plan, clock):
        made = plan(TODAY, time(14))
        clock.advance(days=1)
        kept = meetings.move_meeting(workspace, made.id, MeetingPlan(day=TODAY, at=time(15)))
        assert kept.after.at == time(15)
        with pytest.raises(InvalidInputError):
            meetings.move_meeting(workspace, made.id, MeetingPlan(day=date(2026, 11, 22)))

    def test_cancelling_asks_why_and_takes_it_off_every_list(self, workspace, plan):
        made = plan(TODAY, time(9))
        with pytest.raises(InvalidInputError, match="reason"):
            meetings.cancel_meeting(workspace, made.id, reason=" ")
        meetings.cancel_meeting(workspace, made.id, reason="asked for another week")
        assert listed(workspace) == []
        assert today.today_view(workspace).without_note == ()
        for act in (
            lambda: meetings.cancel_meeting(workspace, made.id, reason="again"),
            lambda: meetings.move_meeting(workspace, made.id, FRIDAY),
        ):
            with pytest.raises(RefusedError, match="cancelled"):
                act()
        assert meetings.reopen_meeting(workspace, made.id).after == made
        assert listed(workspace) == [made]
        with pytest.raises(RefusedError):
            meetings.reopen_meeting(workspace, made.id)

    def test_every_change_is_taken_back(self, workspace, consented):
        planned = meetings.plan_meeting(workspace, consented.id, FRIDAY)
        moved = meetings.move_meeting(workspace, planned.after.id, MeetingPlan(day=date(2026, 12, 4)), reason="ill")
        cancelled = meetings.cancel_meeting(workspace, planned.after.id, reason="no")
        meetings.take_back(workspace, cancelled)
        assert listed(workspace) == [moved.after]
        meetings.take_back(workspace, moved)
        assert listed(workspace) == [planned.after]
        meetings.take_back(workspace, planned)
        assert listed(workspace) == []

    def test_what_a_signed_note_tells_of_stays(self, workspace, plan, consented, write_note):
        change = meetings.move_meeting(workspace, plan(TODAY, time(9)).id, MeetingPlan(day=TODAY, at=time(14)))
        write_note(consented)
        for act in (
            lambda: meetings.take_back(workspace, change),
            lambda: meetings.move_meeting(workspace, change.after.id, FRIDAY),
            lambda: meetings.cancel_meeting(workspace, change.after.id, reason="no"),
        ):
            with pytest.raises(RefusedError, match="note"):
                act()

    def test_what_is_not_there(self, workspace):
        with pytest.raises(NotFoundError):
            meetings.cancel_meeting(workspace, "nothing", reason="no")
        with pytest.raises(NotFoundError):
            meetings.resolve_meeting(workspace, "")


class TestFinding:
    def test_by_days_and_person_in_order_and_counted(self, workspace, plan, add_participant):
        ana = add_participant("Ana Lopes")
        late, early = plan(date(2026, 11, 27), time(16)), plan(date(2026, 11, 27), time(9))
        other = plan(date(2026, 11, 25), whose=ana)
        assert [each.id for each in listed(workspace)] == [other.id, early.id, late.id]
        assert [each.id for each in listed(workspace, first=date(2026, 11, 26))] == [early.id, late.id]
        assert [each.id for each in listed(workspace, last=date(2026, 11, 26))] == [other.id]
        assert [each.id for each in listed(workspace, participant_id=ana.id)] == [other.id]
        found = meetings.open_meetings(workspace, limit=1)
        assert (len(found.meetings), found.total) == (1, 3)
        assert meetings.resolve_meeting(workspace, late.id[:30].upper()).id == late.id

    def test_another_at_about_the_same_time_is_found(self, workspace, plan, add_participant):
        made = plan(date(2026, 11, 27), time(14))
        plan(date(2026, 11, 27), whose=add_participant("Ana Lopes"))

        def near(at, **but):
            return [row.follow_up.id for row in meetings.meetings_near(workspace, date(2026, 11, 27), at, **but)]

        assert near(time(14, 29)) == [made.id] == near(time(13, 31))
        assert near(time(14, 30)) == [] == near(None)
        assert near(time(14), besides=made.id) == []

    def test_the_meetings_of_both_records_after_a_merger(self, workspace, plan, consented, add_participant):
        ana = add_participant("Ana Lopes")
        made = plan(date(2026, 11, 27), whose=ana)
        merging.merge(workspace, consented.id, ana.id)
        assert [each.id for each in listed(workspace, participant_id=consented.id)] == [made.id]
        moved = meetings.move_meeting(workspace, made.id, FRIDAY).after
        assert moved.participant_id == consented.id
        assert writing.start_draft(workspace, ana.id, meeting_id=made.id).participant_id == consented.id


class TestClosing:
    def test_a_note_of_the_morning_leaves_the_afternoon_open(self, workspace, plan, consented, write_note):
        morning, afternoon = plan(TODAY, time(9)), plan(TODAY, time(17))
        write_note(consented, start=time(9, 20), end=time(10, 0), next_contact=None, plan="go on")
        assert [each.id for each in listed(workspace)] == [afternoon.id]
        assert morning.id not in {row.follow_up.id for row in today.today_view(workspace).without_note}

    def test_a_draft_that_was_begun_on_its_own_is_named_by_the_meeting_it_will_tell_of(
        self, workspace, plan, consented, clock
    ):
        morning, afternoon = plan(TODAY, time(9)), plan(TODAY, time(17))
        draft = writing.start_draft(workspace, consented.id)
        content = draft.content.model_copy(update={"day": TODAY, "start": time(9, 20), "end": time(10, 0)})
        writing.save_draft(workspace, draft.model_copy(update={"content": content}))
        rows = meetings.open_meetings(workspace).meetings
        assert [(row.follow_up.id, row.draft_id) for row in rows] == [(morning.id, draft.id), (afternoon.id, "")]

    def test_earlier_days_and_the_one_meeting_of_the_day_close(self, workspace, plan, consented, write_note, clock):
        plan(TODAY, time(9))
        clock.advance(days=1)
        plan(date(2026, 11, 24), time(18))
        write_note(consented, day="2026-11-24", start=time(9), end=time(10), next_contact=None, plan="go on")
        assert listed(workspace) == []

    def test_a_note_begun_from_a_meeting_closes_that_one_whatever_its_day(
        self, workspace, plan, consented, complete_content
    ):
        first, second = plan(TODAY, time(9)), plan(TODAY, time(13))
        draft = writing.start_draft(workspace, consented.id, meeting_id=second.id)
        assert [row.follow_up.id for row in today.today_view(workspace).without_note] == [first.id]
        content = complete_content(day="2026-11-22", start=time(8), next_contact=None, plan="go on")
        writing.save_draft(workspace, draft.model_copy(update={"content": content}))
        writing.sign_note(workspace, draft.id, late_reason="was on the road")
        assert listed(workspace) == [first]


class TestBeginning:
    def test_today_gives_the_start_and_now_is_the_end(self, workspace, plan, consented):
        made = plan(TODAY, time(13, 30), mode=Mode.VIDEO, place="library", topics="the hearing")
        draft = writing.start_draft(workspace, consented.id, meeting_id=made.id)
        content = draft.content
        assert (content.day, content.start, content.end) == (TODAY, time(13, 30), time(14, 52))
        assert (content.mode, content.place, draft.meeting_id) == (Mode.VIDEO, "library", made.id)
        assert "hearing" not in content.model_dump_json()

    def test_yesterday_gives_its_day_and_start_and_no_end(self, workspace, plan, consented, clock):
        timed, bare = plan(TODAY, time(13, 30)), plan(TODAY)
        clock.advance(days=1)
        content = writing.start_draft(workspace, consented.id, meeting_id=timed.id).content
        assert (content.day, content.start, content.end) == (TODAY, time(13, 30), None)
        content = writing.start_draft(workspace, consented.id, meeting_id=bare.id).content
        assert (content.day, content.start, content.end) == (TODAY, None, None)

    def test_one_of_a_later_day_takes_place_now(self, workspace, plan, consented):
        made = plan(date(2026, 11, 27), time(9), place="library")
        content = writing.start_draft(workspace, consented.id, meeting_id=made.id).content
        assert (content.day, content.start, content.end, content.place) == (TODAY, time(14, 52), None, "library")

    def test_who_did_not_come_was_expected_at_the_planned_time(self, workspace, plan, consented, clock):
        made = plan(TODAY, time(13, 30), place="library")
        draft = writing.start_draft(workspace, consented.id, template_id="no-show", meeting_id=made.id)
        assert (draft.content.day, draft.content.start, draft.content.end) == (TODAY, time(13, 30), None)

    def test_a_draft_is_begun_once_and_put_aside_wants_a_note_again(self, workspace, plan, consented):
        made = plan(TODAY, time(9))
        draft = writing.start_draft(workspace, consented.id, meeting_id=made.id)
        assert writing.start_draft(workspace, consented.id, meeting_id=made.id) == draft
        assert meetings.open_meetings(workspace).meetings[0].draft_id == draft.id
        with pytest.raises(RefusedError, match="another form"):
            writing.start_draft(workspace, consented.id, template_id="no-show", meeting_id=made.id)
        assert today.today_view(workspace).without_note == ()
        writing.discard_draft(workspace, draft.id)
        assert [row.follow_up for row in today.today_view(workspace).without_note] == [made]

    def test_somebody_elses_or_a_cancelled_one_is_refused(self, workspace, plan, consented, add_participant):
        made = plan()
        with pytest.raises(NotFoundError):
            writing.start_draft(workspace, add_participant("Ana Lopes").id, meeting_id=made.id)
        meetings.cancel_meeting(workspace, made.id, reason="ill")
        with pytest.raises(RefusedError):
            writing.start_draft(workspace, consented.id, meeting_id=made.id)

    @pytest.mark.parametrize(
        "instant", [(2026, 3, 8, 6, 30), (2026, 3, 8, 7, 30), (2026, 11, 1, 5, 45), (2026, 11, 1, 6, 45)]
    )
    def test_a_meeting_in_the_night_of_the_clock_change_is_at_the_agreed_time(
        self, workspace, plan, consented, clock, instant
    ):
        now = datetime(*instant, tzinfo=UTC)
        clock.set(now.replace(hour=4) if now.month == 11 else now.replace(hour=5))
        made = plan(now.date(), time(2, 30) if now.month == 3 else time(1, 30))
        clock.set(now)
        assert listed(workspace) == [made]
        clock.set(now.replace(hour=9))
        assert writing.start_draft(workspace, consented.id, meeting_id=made.id).content.start == made.at

    def test_travelling_leaves_day_and_time_alone(self, workspace, plan, consented, clock):
        made = plan(date(2026, 11, 24), time(9))
        clock.zone = "Asia/Tokyo"
        assert listed(workspace) == [made]
        assert made.has_passed(workspace.local_now) is False
        clock.set(datetime(2026, 11, 24, 1, 0, tzinfo=UTC))
        content = writing.start_draft(workspace, consented.id, meeting_id=made.id).content
        assert (content.day, content.start, content.end) == (date(2026, 11, 24), time(9), time(10))

    def test_a_clock_set_back_puts_a_meeting_into_the_future_again(self, workspace, plan, consented, clock):
        made = plan(TODAY, time(14))
        clock.set(datetime(2026, 11, 20, 15, 0, tzinfo=UTC))
        assert today.today_view(workspace).without_note == ()
        assert meetings.cancel_meeting(workspace, made.id, reason="ill").after.id == made.id


class TestCalling:
    def test_planned_calls_first_then_who_did_not_come(self, workspace, plan, add_participant, miss):
        ana = add_participant(
            "Ana Lopes", phone="555-0142", contacts=({"value": "555-0199", "safety": {"call": "yes"}},)
        )
        consenting.give_consent(workspace, ana.id, scope=ConsentScope.VOICEMAIL, how=ConsentHow.VERBAL)
        call = plan(TODAY, time(16), whose=ana, mode=Mode.PHONE)
        plan(TODAY, time(17), mode=Mode.IN_PERSON)
        gone = add_participant("Ben Okoye")
        note = miss(gone)
        first, second = meetings.people_to_call(workspace)
        assert (first.why, first.participant_name, first.meeting_id) == (CallWhy.PLANNED, "Ana Lopes", call.id)
        assert [way.number for way in first.ways] == ["555-0199", "555-0142"]
        assert (first.voicemail, first.text) == (ConsentStanding.ACTIVE, ConsentStanding.NONE)
        assert (second.why, second.note_id, second.day) == (CallWhy.MISSED, note.id, date(2026, 11, 20))
        plan(TODAY, time(18), whose=add_participant("Cy Ode"), mode=Mode.TEXT)
        miss(add_participant("Dee Fay"), day="2026-11-21")
        # Of planned ones the earliest, of those who did not come the last.
        assert [row.participant_name for row in meetings.people_to_call(workspace, limit=1)] == ["Ana Lopes", "Dee Fay"]

    def test_who_was_in_contact_since_or_is_planned_is_not_called(self, workspace, plan, add_participant, miss):
        def missing(name, **when):
            who = add_participant(name)
            miss(who, **when)
            return who

        called = missing("Ana Lopes")
        contacts.log_contact(
            workspace, called.id, day=TODAY, start=time(9), end=time(9, 5), mode=Mode.PHONE, reached=False
        )
        assert [row.participant_id for row in meetings.people_to_call(workspace)] == [called.id]
        contacts.log_contact(workspace, called.id, day=TODAY, start=time(10), end=time(10, 5), mode=Mode.PHONE)
        plan(date(2026, 12, 24), whose=missing("Ben Okoye"))
        missing("Cleo Marsh", day="2026-11-08")
        keeping_records.archive_participant(workspace, missing("Dana Fox").id, "moved away")
        assert meetings.people_to_call(workspace) == ()


def test_five_hundred_open_meetings_are_cut_off_and_counted(workspace, consented):
    with workspace.changing() as work:
        for number in range(500):
            day = date.fromordinal(TODAY.toordinal() + number)
            made = meetings.FollowUp(
                id=f"{number:08}", participant_id=consented.id, day=day, created_at=workspace.clock.now()
            )
            work.follow_ups.add(made, by=workspace.author.id)
        work.commit()
    found = meetings.open_meetings(workspace, limit=40)
    assert (len(found.meetings), found.total) == (40, 500)
    assert found.meetings[-1].follow_up.day == date(2027, 1, 1)
    assert date(2028, 2, 29) in {each.day for each in listed(workspace, limit=500)}


def test_the_timeline_tells_what_was_planned_moved_and_cancelled_and_not_what_was_taken_back(
    workspace, consented, plan
):
    def told():
        found = timeline(workspace, consented.id, kinds=[TimelineKind.FOLLOW_UP]).entries
        return [(entry.event, entry.day, entry.text) for entry in found]

    made = plan(date(2026, 11, 27), time(14))
    workspace.clock.advance(minutes=1)
    meetings.move_meeting(workspace, made.id, MeetingPlan(day=date(2026, 12, 1)), reason="ill")
    meetings.move_meeting(workspace, made.id, MeetingPlan(day=date(2026, 12, 1), topics="rent"))
    assert told() == [("moved", "2026-11-27", "ill"), ("planned", "2026-12-01", "")]
    workspace.clock.advance(minutes=1)
    cancelled = meetings.cancel_meeting(workspace, made.id, reason="moved away")
    assert told()[0] == ("cancelled", "2026-12-01", "moved away")
    meetings.take_back(workspace, cancelled)
    assert [event for event, _, _ in told()] == ["moved", "planned"]
    meetings.take_back(workspace, meetings.plan_meeting(workspace, consented.id, FRIDAY))
    assert len(told()) == 2


def test_nothing_said_of_a_meeting_outlives_the_record(workspace, consented, plan):
    made = plan(date(2026, 11, 27), time(14), place="her home", topics="the hearing", mode=Mode.PHONE)
    meetings.cancel_meeting(workspace, made.id, reason="in hospital")
    erasing.erase_participant(workspace, consented.id, reason=erasing.ErasureReason.ASKED)
    with workspace.reading() as work:
        held = work.follow_ups.get(made.id)
    assert (held.at, held.place, held.topics, held.mode, held.reason) == (None, "", "", None, "")
    assert listed(workspace) == []
    assert meetings.people_to_call(workspace) == ()
