"""The end of day sweep, through real keys: to zero, skipping, leaving, coming back."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.consent import ConsentHow
from peernote_tui.domain.note import Mode, NextContact, NoteKind
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.participant import ParticipantDetails, Safe, Safety
from peernote_tui.services.action_items import add_action, list_actions
from peernote_tui.services.consenting import give_consent
from peernote_tui.services.meetings import MeetingPlan, open_meetings, plan_meeting
from peernote_tui.services.participants import add_participant
from peernote_tui.services.sweeping import sweep_view
from peernote_tui.services.today import today_view
from peernote_tui.services.writing import open_drafts, save_draft, sign_note, start_draft
from peernote_tui.ui.screens.meeting_dialog import MeetingDialog
from peernote_tui.ui.screens.meeting_outcome import MeetingOutcome
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.one_line import OneLine
from peernote_tui.ui.screens.sweep import SweepScreen
from peernote_tui.ui.screens.today import TodayScreen
from peernote_tui.ui.widgets.notice_line import NoticeLine

PASSPHRASE = "correct horse battery staple"
MONDAY = date(2026, 11, 23)


def person(workspace, name, number):
    safety = Safety(voicemail=Safe.NO, text=Safe.YES)
    details = ParticipantDetails(
        name=name, pronouns="she/her", external_id=number, phone="555-0142", phone_safety=safety
    )
    found = add_participant(workspace, details)
    give_consent(workspace, found.id, how=ConsentHow.VERBAL)
    return found


def no_show(draft):
    start = draft.content.start or time(9, 0)
    update = {
        "kind": NoteKind.NO_SHOW,
        "start": start,
        "end": time(14, 40),
        "reason": "The bus did not come.",
        "next_contact": NextContact(day=MONDAY + timedelta(days=9)),
    }
    return draft.model_copy(update={"content": draft.content.model_copy(update=update)})


def fill(workspace, clock):
    """At 17:30: two meetings without a note, a draft, three actions due, an untimed call; one meeting to come."""
    clock.instant = datetime(2026, 11, 16, 15, 0, tzinfo=UTC)
    maria, devon, ana, rosa = (
        person(workspace, *each)
        for each in (("Maria Santos", "M-1"), ("Devon King", "D-2"), ("Ana Lee", "A-3"), ("Rosa Diaz", "R-4"))
    )
    plan_meeting(workspace, devon.id, MeetingPlan(day=MONDAY, at=time(9, 30), place="library"))
    plan_meeting(workspace, maria.id, MeetingPlan(day=MONDAY, at=time(11, 0), topics="housing [/] forms"))
    plan_meeting(workspace, rosa.id, MeetingPlan(day=MONDAY, mode=Mode.PHONE))
    plan_meeting(workspace, maria.id, MeetingPlan(day=MONDAY, at=time(19, 0)))
    for text, days in (("Call the office", -2), ("Bring the leaflet", 0), ("Ask the sister", 0)):
        # Of what is due on one day, what was agreed first comes first.
        clock.instant += timedelta(minutes=1)
        add_action(workspace, maria.id, ActionLine(text, Owner.ME, due=MONDAY + timedelta(days=days)))
    clock.instant = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
    save_draft(workspace, no_show(start_draft(workspace, ana.id)))
    clock.instant = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)


@pytest.fixture
def evening(make_vault, at_the_door, until):
    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def running(size=(80, 24), filler=fill):
        folder, _ = make_vault(filler)
        async with at_the_door(folder, size=size, passphrase=PASSPHRASE) as pilot:
            await until(pilot, lambda: isinstance(pilot.app.screen, TodayScreen))
            await until(pilot, lambda: pilot.app.screen.query_one("TopLine").status)
            yield pilot

    return running


def notice(app):
    return app.screen.query_one(NoticeLine).notice[0]


async def test_the_day_is_swept_to_zero(evening, until, read_screen, keys, type_in):
    async with evening() as pilot:
        app = pilot.app

        def shows(*parts):
            seen = read_screen(app)
            return isinstance(app.screen, SweepScreen) and all(part in seen for part in parts)

        async def owed():
            return (await app.gateway.call(today_view)).due

        assert "e walks through 7 things" in read_screen(app)
        await pilot.press("e")
        # The contacts of the day stand first, in time order; the first is skipped.
        await until(pilot, lambda: shows("1 of 7", "What became of this meeting?", "Devon King", "09:30", "library"))
        await keys(pilot, "k")
        await until(pilot, lambda: shows("2 of 7", "Maria Santos", "11:00", "housing [/] forms"))
        # Cancelled, with a reason; taken back; then moved to another day.
        await pilot.press("d")
        await until(pilot, lambda: isinstance(app.screen, OneLine))
        await type_in(pilot, "ill")
        await pilot.press("enter")
        await until(pilot, lambda: shows("waits for your signature", "Ana Lee") and "is cancelled" in notice(app))
        await keys(pilot, "u")
        await until(pilot, lambda: shows("2 of 7", "Maria Santos"))
        await pilot.press("v")
        await until(pilot, lambda: isinstance(app.screen, MeetingDialog))
        await type_in(pilot, "yesterday")
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, MeetingDialog) and "past" in read_screen(app))
        await pilot.press("home", "shift+end", "delete")
        await type_in(pilot, "fri 10:00")
        await pilot.press("f2")
        await until(pilot, lambda: shows("3 of 7", "waits for your signature", "Ana Lee"))
        moved = await app.gateway.call(open_meetings)
        assert (date(2026, 11, 27), time(10, 0)) in {(row.follow_up.day, row.follow_up.at) for row in moved.meetings}
        # The draft opens at its step, and Esc comes back to the sweep; signing it elsewhere settles it.
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, NoteWizard))
        await pilot.press("escape")
        await until(pilot, lambda: shows("3 of 7"))
        (draft,) = await app.gateway.call(open_drafts)
        await app.gateway.call(sign_note, draft.draft.id)
        app.screen.reload_soon()
        # The longest overdue action first: partly and not yet wait until tomorrow, done is done.
        await until(pilot, lambda: shows("4 of 7", "Call the office", "2 days overdue"))
        await keys(pilot, "p")
        await until(pilot, lambda: shows("5 of 7", "Bring the leaflet"))
        await keys(pilot, "n")
        await until(pilot, lambda: shows("6 of 7", "Ask the sister"))
        await keys(pilot, "space")
        found = await app.gateway.call(list_actions)
        assert {(row.action.text, row.action.status, row.action.due - MONDAY) for row in found.actions} == {
            ("Call the office", ActionStatus.PARTLY, timedelta(days=1)),
            ("Bring the leaflet", ActionStatus.NOT_YET, timedelta(days=1)),
        }
        # Nobody answered the phone: another day.
        await until(pilot, lambda: shows("7 of 7", "Rosa Diaz", "do not leave voicemail"))
        await pilot.press("v")
        await until(pilot, lambda: isinstance(app.screen, MeetingDialog))
        await type_in(pilot, "tomorrow")
        await pilot.press("f2")
        # What was skipped comes round again; leaving and coming back goes on there.
        await until(pilot, lambda: shows("7 of 7", "Devon King", "It was skipped before"))
        assert await owed() == 1
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, TodayScreen))
        await pilot.press("e")
        await until(pilot, lambda: shows("Devon King", "It was skipped before"))
        # Left for tomorrow is not called nothing.
        await keys(pilot, "k")
        await until(pilot, lambda: shows("Left for tomorrow: 1 meeting without a note."))
        assert "Nothing is left" not in read_screen(app)
        await keys(pilot, "b")
        await until(pilot, lambda: shows("Devon King", "What became of this meeting?"))
        await pilot.press("d")
        await until(pilot, lambda: isinstance(app.screen, OneLine))
        await type_in(pilot, "moved away")
        await pilot.press("enter")
        await until(pilot, lambda: shows("Nothing is left.", "1 note signed, 1 action done", "19:00 Maria S. M-1"))
        assert await owed() == 0


async def test_a_call_shows_what_is_safe_before_the_number(evening, until, read_screen):
    def only_a_call(workspace, clock):
        ana = person(workspace, "Ana Lee", "A-3")
        plan_meeting(workspace, ana.id, MeetingPlan(day=MONDAY, mode=Mode.PHONE))

    async with evening(filler=only_a_call) as pilot:
        app = pilot.app
        await until(pilot, lambda: "People to call   1" in read_screen(app))
        await pilot.press("e")
        await until(pilot, lambda: "! do not leave voicemail · text is fine: 555-0142" in read_screen(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, NoteWizard))
        (row,) = await app.gateway.call(open_drafts)
        assert (row.draft.template, row.draft.meeting_id is None) == ("contact", False)


async def test_a_meeting_that_did_not_take_place_on_today(evening, until, read_screen, type_in):
    async with evening() as pilot:
        app = pilot.app
        await pilot.press("x")
        await until(pilot, lambda: isinstance(app.screen, MeetingOutcome))
        await pilot.press("o")
        await until(pilot, lambda: isinstance(app.screen, NoteWizard))
        rows = await app.gateway.call(open_drafts)
        assert "no-show" in {row.draft.template for row in rows}


async def test_half_a_reason_waits_over_esc_and_over_a_lock_and_nothing_is_no_reason(
    evening, until, read_screen, type_in
):
    def two_meetings(workspace, clock):
        ana = person(workspace, "Ana Lee", "A-3")
        for hour in (9, 10):
            plan_meeting(workspace, ana.id, MeetingPlan(day=MONDAY, at=time(hour, 0)))
        clock.instant = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)

    async with evening(filler=two_meetings) as pilot:
        app = pilot.app

        async def asked(act):
            await pilot.press(act)
            await until(pilot, lambda: isinstance(app.screen, OneLine))
            return app.screen

        await until(pilot, lambda: isinstance(app.screen, TodayScreen) and "no note yet" in read_screen(app))
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, SweepScreen) and "1 of 2" in read_screen(app))
        question = await asked("d")
        await pilot.press("enter")
        await until(pilot, lambda: "Nothing stands here yet" in read_screen(app))
        await type_in(pilot, "was ill [/], says")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, SweepScreen))
        question = await asked("d")
        assert question.words()["one_line"] == "was ill [/], says"
        # Locking stores what every screen holds.
        await type_in(pilot, " her sister")
        await app.flush()
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, SweepScreen))
        # The other meeting knows nothing of it.
        await pilot.press("k")
        await until(pilot, lambda: "2 of 2" in read_screen(app))
        assert (await asked("d")).words()["one_line"] == ""
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, SweepScreen))
        await pilot.press("b")
        await until(pilot, lambda: "1 of 2" in read_screen(app))
        assert (await asked("d")).words()["one_line"] == "was ill [/], says her sister"
        await pilot.press("enter")
        await until(pilot, lambda: "is cancelled" in notice(app))


def test_what_is_due_on_today_is_what_the_sweep_walks(workspace, clock):
    fill(workspace, clock)
    view = sweep_view(workspace)
    assert len(view.items) == view.today.due == 7
    assert view.progress.current is not None
