"""Today, through real keys, on a real vault."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.consent import ConsentHow
from peernote_tui.domain.note import NextContact, NoteKind
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.participant import ParticipantDetails
from peernote_tui.services.action_items import add_action, list_actions
from peernote_tui.services.consenting import give_consent
from peernote_tui.services.participants import add_participant
from peernote_tui.services.writing import open_drafts, save_draft, sign_note, start_draft
from peernote_tui.ui.screens.actions.screen import ActionsScreen
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.today import TodayScreen
from peernote_tui.ui.screens.today_rows import due_words
from peernote_tui.ui.widgets.key_line import KeyLine
from peernote_tui.ui.widgets.notice_line import NoticeLine
from peernote_tui.ui.widgets.peer_list import PeerList
from peernote_tui.ui.widgets.side_pane import SidePane

PASSPHRASE = "correct horse battery staple"
MONDAY = date(2026, 11, 23)


def person(workspace, name, pronouns, number):
    details = ParticipantDetails(name=name, pronouns=pronouns, external_id=number, born="1991")
    found = add_participant(workspace, details)
    give_consent(workspace, found.id, how=ConsentHow.VERBAL)
    return found


def plan(workspace, participant, at, place, topics):
    """Sign the note of a missed contact that plans the next one for Monday."""
    draft = start_draft(workspace, participant.id)
    now = workspace.local_now
    content = draft.content.model_copy(
        update={
            "kind": NoteKind.NO_SHOW,
            "start": (now - timedelta(minutes=20)).time().replace(tzinfo=None),
            "end": now.time().replace(tzinfo=None),
            "reason": "The bus did not come.",
            "next_contact": NextContact(day=MONDAY, at=at),
            "next_place": place,
            "next_topics": topics,
        }
    )
    sign_note(workspace, save_draft(workspace, draft.model_copy(update={"content": content})).id)


def fill(workspace, clock):
    """Last Monday three notes and two actions; today one draft."""
    clock.instant = datetime(2026, 11, 16, 15, 0, tzinfo=UTC)
    maria = person(workspace, "Maria Santos", "she/her", "M-0042")
    other = person(workspace, "Maria [/] Silva", "they/them", "M-0077")
    devon = person(workspace, "Devon King", "they/them", "D-0017")
    plan(workspace, devon, time(11, 0), "library", "housing forms")
    plan(workspace, other, time(16, 30), "coffee shop", "a job [/] offer")
    add_action(workspace, maria.id, ActionLine("Call the office", Owner.ME, due=MONDAY - timedelta(days=2)))
    add_action(workspace, other.id, ActionLine("Bring the leaflet", Owner.PARTICIPANT, due=MONDAY))
    clock.instant = datetime(2026, 11, 23, 18, 52, tzinfo=UTC)
    draft = start_draft(workspace, maria.id)
    save_draft(workspace, draft.model_copy(update={"step": 2}))
    clock.instant = datetime(2026, 11, 23, 19, 52, tzinfo=UTC)


@pytest.fixture
def today(make_vault, at_the_door, until):
    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def running(size=(80, 24), filler=fill):
        folder, _ = make_vault(filler)
        async with at_the_door(folder, size=size, passphrase=PASSPHRASE) as pilot:
            await until(pilot, lambda: isinstance(pilot.app.screen, TodayScreen))
            await until(pilot, lambda: pilot.app.screen.query_one("TopLine").status)
            yield pilot

    return running


def listing(app):
    return app.screen.query_one(PeerList)


def notice(app):
    return app.screen.query_one(NoticeLine).notice


def labels(app):
    return [entry.label for entry in app.screen.query_one(KeyLine).entries()]


async def to_action(pilot):
    while not listing(pilot.app).highlighted_id.startswith("action:"):
        await pilot.press("down")


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40)])
async def test_what_is_owed_to_whom(size, today, read_screen, until):
    async with today(size) as pilot:
        seen = read_screen(pilot.app)
        assert "Monday 23 November" in seen
        lines = seen.splitlines()

        def line(*parts):
            return any(all(part in one for part in parts) for one in lines)

        assert line("Notes to finish", "2")
        assert line("Maria Santos", "M-0042", "step 3 of 5")
        assert line("Summary", "begun 1 hour ago")
        assert line("Devon King", "D-0017", "no note yet", "tomorrow 11:00")
        assert line("for 11:00 · library")
        assert line("Actions due", "2")
        assert line("!", "Call the", "Maria S. M-0042", "2 days overdue")
        assert line("○", "Bring the", "Maria S. M-0077", "today")
        assert line("16:30", "Maria S.", "M-0077", "coffee shop")
        assert pilot.app.screen.query_one("TopLine").status == "no notes this week"
        if size[0] >= 100:
            # What is late first stands first.
            await until(pilot, lambda: "Devon King  they/them · D-0017" in read_screen(pilot.app))


async def test_the_side_pane_follows_the_highlight(today, read_screen, until):
    async with today((120, 40)) as pilot:
        app = pilot.app
        pane = app.screen.query_one(SidePane)

        def beside():
            return str(pane.query_one(".side--text").render())

        await until(pilot, lambda: "Devon King" in beside())
        assert "The bus did not come." in beside()
        await pilot.press("down", "down", "up")
        await until(pilot, lambda: "Maria Santos" in beside())


async def test_done_and_undo(today, read_screen, until):
    async with today() as pilot:
        app = pilot.app
        assert "Done" not in labels(app)
        await to_action(pilot)
        assert {"Done", "Partly", "Snooze"} <= set(labels(app))
        await pilot.press("space")
        await until(pilot, lambda: notice(app)[0])
        assert notice(app) == ("Done. Call the office (Maria S. M-0042)", "muted", "u to undo")
        await until(pilot, lambda: "Call the office  " not in read_screen(app))
        assert (await app.gateway.call(list_actions, closed=True)).total == 1
        await pilot.press("u")
        await until(pilot, lambda: "As it was before." in read_screen(app))
        await until(pilot, lambda: "2 days overdue" in read_screen(app))
        assert (await app.gateway.call(list_actions, closed=True)).total == 0


async def test_partly_stays_with_its_sign(today, read_screen, until):
    async with today() as pilot:
        app = pilot.app
        await to_action(pilot)
        await pilot.press("down", "p")
        await until(pilot, lambda: "◐" in read_screen(app))
        found = await app.gateway.call(list_actions)
        assert ActionStatus.PARTLY in {row.action.status for row in found.actions}


async def test_a_draft_is_put_aside_and_comes_back(today, read_screen, until):
    async with today() as pilot:
        app = pilot.app
        await pilot.press("down")
        assert listing(app).highlighted_id.startswith("draft:")
        await pilot.press("d")
        await until(pilot, lambda: "put aside" in notice(app)[0])
        assert await app.gateway.call(open_drafts) == ()
        await pilot.press("u")
        await until(pilot, lambda: "is back" in notice(app)[0])
        await until(pilot, lambda: "step 3 of 5" in read_screen(app))


async def test_enter_opens_what_is_highlighted(today, until):
    async with today() as pilot:
        app = pilot.app
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, NoteWizard))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, TodayScreen))
        await to_action(pilot)
        wanted = listing(app).highlighted_id.removeprefix("action:")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ActionsScreen) and listing(app).highlighted_id == wanted)


async def test_enter_on_a_contact_begins_its_note(today, until):
    async with today() as pilot:
        app = pilot.app
        assert listing(app).highlighted_id.startswith("contact:")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, NoteWizard))
        drafts = await app.gateway.call(open_drafts)
        assert {row.participant_name for row in drafts} == {"Maria Santos", "Devon King"}


async def test_times_move_and_the_highlight_stays(today, clock, until, read_screen, monkeypatch):
    from peernote_tui.ui.screens import today as module

    monkeypatch.setattr(module, "_MINUTE", 0.05)
    async with today() as pilot:
        app = pilot.app
        await to_action(pilot)
        before = listing(app).highlighted_id
        clock.instant += timedelta(hours=2)
        await until(pilot, lambda: "for 16:30" in read_screen(app))
        assert "begun 3 hours ago" in read_screen(app)
        assert listing(app).highlighted_id == before


async def test_late_notes_are_counted(today, clock):
    def late(workspace, clock):
        clock.instant = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
        devon = person(workspace, "Devon King", "they/them", "D-0017")
        draft = start_draft(workspace, devon.id)
        content = draft.content.model_copy(
            update={
                "kind": NoteKind.NO_SHOW,
                "end": time(9, 30),
                "reason": "The bus did not come.",
                "next_contact": NextContact(day=MONDAY + timedelta(days=9)),
            }
        )
        save_draft(workspace, draft.model_copy(update={"content": content}))
        clock.instant += timedelta(days=3)
        sign_note(workspace, draft.id, late_reason="no power")

    async with today(filler=late) as pilot:
        line = pilot.app.screen.query_one("TopLine")
        assert (line.status, line.tone) == ("1 note this week · 1 late", "warning")


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40)])
async def test_an_empty_vault_names_the_keys(size, today, read_screen, until):
    async with today(size, filler=None) as pilot:
        seen = " ".join(read_screen(pilot.app).split())
        assert "Welcome, Sam." in seen
        assert "2 goes to Participants" in seen
        assert "Ctrl+N begins a case note" in seen
        await pilot.press("space", "p", "d", "u", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, TodayScreen)
        await pilot.press("2")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "ParticipantsScreen")


async def test_nothing_owed_is_said(today, read_screen):
    def quiet(workspace, clock):
        person(workspace, "Devon King", "they/them", "D-0017")

    async with today(filler=quiet) as pilot:
        assert "Nothing is waiting today. Ctrl+N begins a case note." in read_screen(pilot.app)


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (datetime(2026, 11, 23, 20, 0, tzinfo=UTC), "today 20:00"),
        (datetime(2026, 11, 24, 14, 45, tzinfo=UTC), "tomorrow 14:45"),
        (datetime(2026, 11, 26, 9, 0, tzinfo=UTC), "Thu 09:00"),
        (datetime(2026, 12, 12, 9, 0, tzinfo=UTC), "12 Dec 09:00"),
        (datetime(2026, 11, 23, 8, 5, tzinfo=UTC), "late since 08:05"),
        (datetime(2026, 11, 22, 8, 5, tzinfo=UTC), "late since Sun"),
        (datetime(2026, 10, 2, 8, 5, tzinfo=UTC), "late since 2 Oct"),
    ],
)
def test_when_a_note_is_due(due, words):
    assert due_words(due, datetime(2026, 11, 23, 14, 52, tzinfo=UTC))[0] == words


@given(st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2030, 1, 1)))  # noqa: DTZ001 made aware below
def test_a_due_time_says_late_exactly_when_it_is(due):
    now = datetime(2026, 11, 23, 14, 52, tzinfo=UTC)
    said, _ = due_words(due.replace(tzinfo=UTC), now)
    assert said.startswith("late") == (due.replace(tzinfo=UTC) < now)
    assert len(said) <= 17
