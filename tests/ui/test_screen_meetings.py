"""Meetings: the list by day, planning, moving, cancelling, taking back, and the note of one."""

from __future__ import annotations

from datetime import date, time

import pytest

from peernote_tui.domain.note import Mode
from peernote_tui.services import meetings
from peernote_tui.services.half_typed import words_before
from peernote_tui.services.meetings import MeetingPlan
from peernote_tui.ui.screens.meeting_dialog import MeetingDialog
from peernote_tui.ui.screens.meetings import MeetingsScreen
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.one_line import OneLine
from peernote_tui.ui.screens.participant import ParticipantScreen
from peernote_tui.ui.screens.participants import ParticipantsScreen
from peernote_tui.ui.shelf import Shelf

TODAY = date(2026, 11, 23)


@pytest.fixture
def planned(workspace, add_participant):
    """Maria is met this morning and on Friday; her name would break a parser of markup."""
    maria = add_participant("[/] Maria Santos", external_id="M-0042")
    made = [
        meetings.plan_meeting(workspace, maria.id, plan).after
        for plan in (
            MeetingPlan(day=TODAY, at=time(9), mode=Mode.PHONE, topics="the [/] hearing"),
            MeetingPlan(day=date(2026, 11, 27), at=time(14), place="library"),
        )
    ]
    return maria, made


async def held(pilot):
    found = await pilot.app.gateway.call(meetings.open_meetings)
    return [row.follow_up for row in found.meetings]


async def type_anew(pilot, type_in, text):
    await pilot.press("home", "shift+end", "delete")
    await type_in(pilot, text)


@pytest.fixture
def at_meetings(in_the_vault, until):
    async def go(pilot):
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(pilot.app.screen, MeetingsScreen) and pilot.app.screen._rows)
        return pilot.app.screen

    return go


async def test_what_passed_stands_first_then_each_day(planned, in_the_vault, at_meetings, read_screen):
    async with in_the_vault(size=(60, 20)) as pilot:
        await at_meetings(pilot)
        text = read_screen(pilot.app)
        assert text.index("No note yet") < text.index("09:00") < text.index("Fri 27 Nov") < text.index("14:00")
        assert "1 without a note" in text


async def test_moved_cancelled_and_taken_back_by_key(planned, in_the_vault, at_meetings, until, read_screen, type_in):
    _maria, (first, second) = planned
    async with in_the_vault() as pilot:
        screen = await at_meetings(pilot)
        await pilot.press("down", "v")
        await until(pilot, lambda: isinstance(pilot.app.screen, MeetingDialog))
        # What is typed takes the place of the time it had.
        await type_in(pilot, "mon 10 video")
        await until(pilot, lambda: "Mon 30 Nov, 10:00, video" in read_screen(pilot.app))
        await pilot.press("f2")
        await until(pilot, lambda: "is moved to" in screen.said)
        assert [(each.day, each.at, each.place) for each in await held(pilot)][1] == (
            date(2026, 11, 30),
            time(10),
            "library",
        )
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, OneLine))
        await type_in(pilot, "ill")
        await pilot.press("enter")
        await until(pilot, lambda: "is cancelled" in screen.said)
        assert await held(pilot) == [first]
        await pilot.press("u")
        await until(pilot, lambda: "as it was before" in screen.said)
        assert len(await held(pilot)) == 2
        await pilot.press("u")
        await until(pilot, lambda: screen.meeting_here()[0].day == second.day)
        assert await held(pilot) == [first, second]


async def test_a_meeting_is_planned_and_another_then_is_told_of(
    planned, in_the_vault, at_meetings, until, read_screen, type_in
):
    async with in_the_vault() as pilot:
        screen = await at_meetings(pilot)
        await pilot.press("f")
        await until(pilot, lambda: isinstance(pilot.app.screen, ParticipantsScreen))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, MeetingDialog))
        await type_in(pilot, "fri 2:15pm")
        await until(pilot, lambda: "At 14:00 there is a meeting" in read_screen(pilot.app))
        await type_anew(pilot, type_in, "2026-11-20")
        await pilot.press("f2")
        await until(pilot, lambda: "This day is past" in read_screen(pilot.app))
        assert pilot.app.screen.query_one("#field-meeting-when TextInput").value == "2026-11-20"
        await type_anew(pilot, type_in, "wed")
        await pilot.press("f2")
        await until(pilot, lambda: "is planned for" in screen.said)
        assert screen.meeting_here()[0].day == date(2026, 11, 25)


async def test_enter_begins_the_note_and_o_the_no_show(planned, in_the_vault, at_meetings, until, read_screen):
    _maria, (first, _second) = planned
    async with in_the_vault(size=(120, 40)) as pilot:
        await at_meetings(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteWizard))
        draft = pilot.app.screen.draft
        assert (draft.meeting_id, draft.content.start, draft.content.mode) == (first.id, time(9), Mode.PHONE)
        text = read_screen(pilot.app)
        assert text.index("Planned to talk about") < text.index("the [/] hearing") < text.index("Last time")
        assert "hearing" not in draft.content.model_dump_json()
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, MeetingsScreen) and "draft" in read_screen(pilot.app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteWizard))
        assert pilot.app.screen.draft.id == draft.id


async def test_who_did_not_come_gets_the_no_show_note(planned, in_the_vault, at_meetings, until):
    async with in_the_vault() as pilot:
        await at_meetings(pilot)
        await pilot.press("o")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteWizard))
        draft = pilot.app.screen.draft
        assert (draft.template, draft.meeting_id, draft.content.end) == ("no-show", planned[1][0].id, None)


async def test_on_the_page_of_whom_it_is_with(planned, in_the_vault, until, read_screen, type_in):
    maria, (first, _second) = planned
    async with in_the_vault(size=(120, 40)) as pilot:
        await pilot.app.push_screen(ParticipantScreen(maria.id))
        screen = pilot.app.screen
        await until(pilot, lambda: "no note" in read_screen(pilot.app))
        assert screen.meeting_here()[0].id == first.id
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, OneLine))
        await type_in(pilot, "was [/] ill")
        await pilot.press("enter")
        await until(pilot, lambda: "is cancelled" in screen.said)
        await until(pilot, lambda: "Cancelled: today" in read_screen(pilot.app))
        await pilot.press("u")
        await until(pilot, lambda: "as it was before" in screen.said)
        assert len(await held(pilot)) == 2
        await pilot.press("f")
        await until(pilot, lambda: isinstance(pilot.app.screen, MeetingDialog))
        await type_in(pilot, "tomorrow")
        # What was typed waits over a lock, which stores what every screen holds, and over Esc.
        await pilot.app.flush()
        shelf = Shelf("meeting", (maria.id, "")).name
        words = await pilot.app.gateway.call(words_before, shelf)
        assert words == {"meeting-when": "tomorrow", "meeting-place": "", "meeting-topics": ""}
        await pilot.press("escape", "f")
        await until(pilot, lambda: isinstance(pilot.app.screen, MeetingDialog))
        await pilot.press("f2")
        await until(pilot, lambda: "is planned for" in screen.said)
        assert await pilot.app.gateway.call(words_before, shelf) == {}
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteWizard))
        assert pilot.app.screen.draft.meeting_id == (await held(pilot))[1].id
