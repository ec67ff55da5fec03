"""Participants, adding one in place, and the question about a draft, through real keys."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from textual.worker import WorkerFailed, WorkerState

from peernote_tui.domain.consent import ConsentHow
from peernote_tui.domain.dates import Birth, Precision
from peernote_tui.domain.participant import ParticipantDetails, Safe
from peernote_tui.services.consenting import give_consent
from peernote_tui.services.finding import find_participants
from peernote_tui.services.merging import not_the_same
from peernote_tui.services.participants import add_participant
from peernote_tui.services.sameness import all_likely_pairs
from peernote_tui.services.writing import open_drafts, start_draft
from peernote_tui.ui import flows
from peernote_tui.ui.briefing import brief_beside
from peernote_tui.ui.safe import Column
from peernote_tui.ui.screens.actions.screen import ActionsScreen
from peernote_tui.ui.screens.add_participant import AddParticipant, say_birth
from peernote_tui.ui.screens.find_list import FindBox, HitList
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.participant import ParticipantScreen
from peernote_tui.ui.screens.participants import MOST_HITS, ParticipantsScreen
from peernote_tui.ui.screens.resume import ResumeDraft
from peernote_tui.ui.screens.today import TodayScreen
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.key_line import KeyLine
from peernote_tui.ui.widgets.notice_line import NoticeLine
from peernote_tui.ui.widgets.peer_list import PeerList, Row
from peernote_tui.ui.widgets.side_pane import SidePane
from peernote_tui.ui.widgets.top_line import TopLine

PASSPHRASE = "correct horse battery staple"
PEOPLE = (
    {"name": "Ann Bell", "external_id": "A-0001", "born": "1960"},
    {"name": "Tomás Ruiz", "pronouns": "he/him", "external_id": "T-0311"},
    {"name": "Aaliyah Osei", "pronouns": "she/her", "born": "2001", "legal_name": "Aaliyah Mensah"},
    {"name": "Devon King", "pronouns": "they/them", "external_id": "D-0007", "phone": "555 0142 99"},
    {"name": "Maria Silva", "pronouns": "she/her", "external_id": "M-0077", "born": "1971"},
    {
        "name": "Maria Santos",
        "pronouns": "she/her",
        "external_id": "M-0042",
        "born": "1990-05-02",
        "birth_precision": "exact",
    },
)
"""Added in this order, one minute apart; the last one is the most recent."""


def fill(workspace, clock):
    clock.instant = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
    for details in PEOPLE:
        clock.instant += timedelta(minutes=1)
        person = add_participant(workspace, ParticipantDetails(**details))
        if details["name"] != "Tomás Ruiz":
            give_consent(workspace, person.id, how=ConsentHow.VERBAL)
    clock.instant = datetime(2026, 11, 23, 19, 52, tzinfo=UTC)


def box(app):
    return app.screen.query_one(FindBox)


def hits(app):
    return app.screen.query_one(HitList)


def names(app):
    """The names in the list, from top to bottom."""
    found = app.screen._found
    return [hit.participant.name for hit in found.hits] if found else []


def highlighted(app):
    found = app.screen._found
    return next(h.participant.name for h in found.hits if h.participant.id == hits(app).highlighted_id)


def notice(app):
    return app.screen.query_one(NoticeLine).notice


def keys(app):
    return [entry.label for entry in app.screen.query_one(KeyLine).entries()]


@pytest.fixture
def open_on(make_vault, at_the_door, until):
    """Open a filled vault on Participants: `async with open_on(size) as pilot`."""

    @asynccontextmanager
    async def opening(size=(80, 24), filling=fill):
        folder, _ = make_vault(filling)
        async with at_the_door(folder, size=size, passphrase=PASSPHRASE) as pilot:
            app = pilot.app
            await until(pilot, lambda: isinstance(app.screen, TodayScreen))
            app.action_go("participants")
            await until(pilot, lambda: isinstance(app.screen, ParticipantsScreen) and app.screen._found is not None)
            yield pilot

    return opening


@pytest.fixture
def look_for(until, type_in):
    """Type into the box and wait for the answer: `await look_for(pilot, "maria")`."""

    async def looking(pilot, text):
        await type_in(pilot, text)
        app = pilot.app
        await until(pilot, lambda: app.screen._found.query == box(app).value)

    return looking


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40)])
async def test_recents_stand_there_before_the_first_key(size, open_on, read_screen):
    async with open_on(size) as pilot:
        app = pilot.app
        seen = read_screen(app)
        assert app.focused is box(app)
        assert names(app)[:3] == ["Maria Santos", "Maria Silva", "Devon King"]
        for telling in ("M-0042", "M-0077", "1990", "1971", "they/them", "! no consent", "6 participants"):
            assert telling in seen
        assert keys(app)[:4] == ["Open", "Add", "Filter", "New note"]
        assert all(len(line) <= size[0] for line in seen.splitlines())


async def test_hits_as_one_types_say_why_they_are_hits(open_on, look_for, read_screen):
    async with open_on() as pilot:
        app = pilot.app
        await look_for(pilot, "maria")
        assert names(app) == ["Maria Santos", "Maria Silva"]
        assert "found by" not in read_screen(app)
        await pilot.press("ctrl+u")
        await look_for(pilot, "mensah")
        assert "found by legal name" in read_screen(app)
        assert "Mensah" not in read_screen(app)
        await pilot.press("ctrl+u")
        await look_for(pilot, "tonas")
        assert names(app) == ["Tomás Ruiz"]
        assert "close to what you typed" in read_screen(app)


async def test_who_only_comes_near_is_shown_and_not_taken_by_enter(open_on, look_for, until, read_screen):
    async with open_on() as pilot:
        app = pilot.app
        await look_for(pilot, "maria jones")
        assert set(names(app)) == {"Maria Silva", "Maria Santos"}
        assert hits(app).highlighted_id is None
        assert "nobody fits all of it, 2 near" in read_screen(app)
        assert "found by name, in part" in read_screen(app)
        await pilot.press("down")
        assert highlighted(app) == names(app)[0]
        await look_for(pilot, " x")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen.query_one(AddParticipant).display)


async def test_digits_and_question_marks_are_typed_like_any_other_character(open_on, look_for):
    async with open_on() as pilot:
        app = pilot.app
        await look_for(pilot, "1990")
        assert isinstance(app.screen, ParticipantsScreen)
        assert names(app) == ["Maria Santos"]
        await look_for(pilot, "?")
        assert box(app).value == "1990?"


async def test_an_answer_that_comes_too_late_is_dropped(open_on, until, monkeypatch):
    async with open_on() as pilot:
        app = pilot.app
        screen = app.screen
        ask, typed_meanwhile = screen.ask, []

        async def slowly(verb, *args, **kwargs):
            found = await ask(verb, *args, **kwargs)
            if args == ("a",) and not typed_meanwhile:
                typed_meanwhile.append(True)
                box(app).load("ab")
            return found

        monkeypatch.setattr(screen, "ask", slowly)
        await pilot.press("a")
        await until(pilot, lambda: bool(typed_meanwhile))
        assert screen._found.query == ""


async def test_the_arrows_move_the_highlight_while_the_box_keeps_focus(open_on, until):
    async with open_on() as pilot:
        app = pilot.app
        await pilot.press("down", "down")
        assert highlighted(app) == "Devon King"
        assert app.focused is box(app)
        assert app.screen.subject == hits(app).highlighted_id
        await pilot.press("up", "enter")
        await until(pilot, lambda: isinstance(app.screen, ParticipantScreen))
        await until(pilot, lambda: app.screen.query_one(TopLine).name_shown == "Maria Silva")


async def test_typing_highlights_the_first_hit_again(open_on, look_for):
    async with open_on() as pilot:
        await pilot.press("down", "down", "down", "down")
        await look_for(pilot, "a")
        assert highlighted(pilot.app) == names(pilot.app)[0]


async def test_enter_right_after_typing_opens_what_was_typed(open_on, until, type_in):
    async with open_on() as pilot:
        app = pilot.app
        await type_in(pilot, "ann bell")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ParticipantScreen))
        await until(pilot, lambda: app.screen.query_one(TopLine).name_shown == "Ann Bell")


async def test_the_pane_follows_the_highlight(open_on, look_for, until, read_screen):
    async with open_on((120, 40)) as pilot:
        app = pilot.app
        await until(pilot, lambda: "Maria Santos  she/her · M-0042" in read_screen(app))
        await look_for(pilot, "tomas")
        await until(pilot, lambda: "no consent to notes on file" in read_screen(app))


async def test_on_the_list_letters_go_back_into_the_box_and_digits_to_the_tabs(open_on, until):
    async with open_on() as pilot:
        app = pilot.app
        await pilot.press("tab")
        assert app.focused is hits(app)
        await pilot.press("m")
        assert box(app).value == "m"
        assert app.focused is box(app)
        await pilot.press("tab", "4")
        await until(pilot, lambda: isinstance(app.screen, ActionsScreen))


async def test_escape_leads_to_today(open_on, until):
    async with open_on() as pilot:
        await pilot.press("m", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, TodayScreen))


async def test_a_long_answer_says_how_much_of_it_is_shown(open_on, look_for, read_screen):
    def crowd(workspace, _clock):
        for number in range(MOST_HITS + 5):
            add_participant(workspace, ParticipantDetails(name=f"Maria {number}"))

    async with open_on(filling=crowd) as pilot:
        await look_for(pilot, "mar")
        assert f"{MOST_HITS} of {MOST_HITS + 5}, keep typing" in read_screen(pilot.app)


async def test_an_empty_vault_names_the_key_that_fills_it(open_on, read_screen):
    async with open_on(filling=None) as pilot:
        assert "No participants yet. F8 adds the first one." in read_screen(pilot.app)
        assert pilot.app.screen.subject is None


async def test_nobody_found_and_enter_begin_a_form_with_the_name(open_on, look_for, until, type_in, read_screen):
    async with open_on() as pilot:
        app = pilot.app
        await look_for(pilot, "Zeno Quist")
        assert "Nobody is found by this" in read_screen(app)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen.query_one(AddParticipant).display)
        assert app.focused.value == "Zeno Quist"
        await pilot.press("enter")
        await type_in(pilot, "he/him")
        await pilot.press("tab")
        await type_in(pilot, "34")
        await pilot.pause()
        assert "born about 1992" in read_screen(app)
        await pilot.press("enter")
        await type_in(pilot, "Z-1")
        await pilot.press("enter", "enter")
        await until(pilot, lambda: not app.screen.query_one(AddParticipant).display)
        await until(pilot, lambda: "Zeno Quist" in names(app))
        await until(pilot, lambda: hits(app).row_count == hits(app).option_count == len(names(app)))
        assert highlighted(app) == "Zeno Quist"
        assert "found by" not in read_screen(app)
        assert notice(app)[0] == "Added: Zeno Q. Z-1"
        assert notice(app)[2] == "Ctrl+N begins a note"
        assert app.focused is box(app)
        found = await app.gateway.call(find_participants, "Z-1")
        (added,) = found.hits
        details = added.participant
        assert (details.name, details.pronouns, details.born) == ("Zeno Quist", "he/him", "1992")
        assert details.birth_precision == "estimated"


async def test_who_may_be_the_same_person_is_shown_while_typing_and_can_be_opened(open_on, until, type_in, read_screen):
    async with open_on() as pilot:
        app = pilot.app
        await pilot.press("f8")
        await type_in(pilot, "maria")
        await until(pilot, lambda: "she/her · M-0042 · 1990" in read_screen(app))
        assert "she/her · M-0077 · 1971" in read_screen(app)
        await pilot.press(*["tab"] * 5, "enter")
        await until(pilot, lambda: isinstance(app.screen, ParticipantScreen))


async def test_what_is_safe_with_a_number_is_understood_when_somebody_is_added(open_on, until, type_in, read_screen):
    async with open_on() as pilot:
        app = pilot.app
        await pilot.press("f8")
        await type_in(pilot, "Rosa Lund")
        await pilot.press("tab", "tab", "tab", "tab")
        await type_in(pilot, "555 0188, voicemail no")
        await until(pilot, lambda: "voicemail no · text not asked" in read_screen(app))
        await pilot.press("enter")
        await until(pilot, lambda: not app.screen.query_one(AddParticipant).display)
        rosa = (await app.gateway.call(find_participants, "rosa lund")).hits[0].participant
        assert (rosa.phone, rosa.phone_safety.voicemail) == ("555 0188", Safe.NO)


async def test_somebody_who_is_likely_here_is_added_only_when_said_so(open_on, until, type_in, read_screen):
    async with open_on() as pilot:
        app = pilot.app

        async def people():
            return (await app.gateway.call(find_participants)).total

        await pilot.press("f8")
        await type_in(pilot, "Mraia Santos")
        await pilot.press("tab", "tab")
        await type_in(pilot, "2 may 1990")
        await until(pilot, lambda: "name close, same birth date" in read_screen(app))
        assert "Already here, perhaps the same person" in read_screen(app)
        await pilot.press("f8")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Likely here already" in read_screen(app))
        shown = read_screen(app)
        assert "Add as new" in shown
        assert all(field in shown for field in ("Name", "Pronouns", "Born or age", "ID", "Phone", "Maria Santos"))
        assert app.screen.query_one(AddParticipant).query_one("#add-name", Field).control.value == "Mraia Santos"
        await pilot.press("tab", "tab", "enter")
        await pilot.pause()
        assert await people() == len(PEOPLE)
        await until(pilot, lambda: "Likely here already" in read_screen(app))
        await pilot.press("f8")
        await until(pilot, lambda: notice(app)[0] == "Added: Mraia S.")
        assert await people() == len(PEOPLE) + 1


async def test_who_is_said_not_to_be_the_same_asks_nothing_and_is_remembered(open_on, until, type_in, read_screen):
    async with open_on() as pilot:
        app = pilot.app
        await pilot.press("f8")
        await type_in(pilot, "Maria Santos")
        await until(pilot, lambda: "same name" in read_screen(app))
        await pilot.press("n", "backspace", *["tab"] * 5, "n")
        await until(pilot, lambda: "not the same person" in read_screen(app))
        await pilot.press("n")
        await until(pilot, lambda: "not the same person" not in read_screen(app))
        await pilot.press("n", "ctrl+s")
        await until(pilot, lambda: notice(app)[0] == "Added: Maria S.")
        assert len(await app.gateway.call(not_the_same)) == 1
        assert await app.gateway.call(all_likely_pairs) == ()


async def test_the_app_can_be_left_with_a_birth_date_in_hand(open_on, type_in):
    async with open_on() as pilot:
        await pilot.press("f8", "tab", "tab")
        await type_in(pilot, "2 may 1990")
        await pilot.press("ctrl+s")
        assert pilot.app.focused is pilot.app.screen.query_one("#add-name", Field).control
        await pilot.press("tab", "tab")


async def test_refusals_stand_under_their_field_and_nothing_typed_is_lost(open_on, until, type_in, read_screen):
    async with open_on() as pilot:
        app = pilot.app
        await pilot.press("f8", "ctrl+s")
        name = app.screen.query_one("#add-name", Field)
        born = app.screen.query_one("#add-born", Field)
        number = app.screen.query_one("#add-external-id", Field)
        await until(pilot, lambda: name.error.startswith("A name is missing."))
        await type_in(pilot, "Rosa")
        assert name.error == ""
        await pilot.press("tab", "tab")
        await type_in(pilot, "2 may 2031")
        assert born.error == ""
        await pilot.press("tab")
        await until(pilot, lambda: "in the future" in born.error)
        await type_in(pilot, "m-0042")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert app.focused is born.control
        await pilot.press("ctrl+u")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "has this ID already" in number.error)
        assert app.focused is number.control
        assert "has this ID already" in read_screen(app)
        assert (name.control.value, number.control.value) == ("Rosa", "m-0042")


async def test_escape_goes_back_to_the_list_and_the_form_keeps_what_was_typed(open_on, type_in):
    async with open_on() as pilot:
        app = pilot.app
        await pilot.press("f8")
        await type_in(pilot, "Rosa")
        await pilot.press("tab")
        await type_in(pilot, "she/her")
        await pilot.press("escape")
        assert isinstance(app.screen, ParticipantsScreen)
        assert app.focused is box(app)
        await pilot.press("f8")
        assert app.screen.query_one("#add-name", Field).control.value == "Rosa"
        assert app.screen.query_one("#add-pronouns", Field).control.value == "she/her"


async def test_a_list_filled_while_hidden_is_there_when_it_shows_itself(house_app, run, read_screen):
    found = PeerList((Column(10, flex=1),), id="found")
    async with run(house_app(found)) as pilot:
        found.show([Row("1", ("before",)), Row("2", ("also before",))])
        found.display = False
        await pilot.pause()
        found.show([Row("1", ("after",)), Row("2", ("chosen",))], highlight="2")
        found.display = True
        await pilot.pause()
        assert "after" in read_screen(pilot.app)
        assert "before" not in read_screen(pilot.app)
        assert found.highlighted_id == "2"


@pytest.mark.parametrize(
    ("typed", "field"), [("D-9", "external-id"), ("555 0000 11", "phone"), ("O'Brien", "name"), ("  ", "name")]
)
async def test_what_was_looked_for_is_put_where_it_belongs(typed, field, open_on, type_in):
    async with open_on() as pilot:
        app = pilot.app
        box(app).load(typed)
        await pilot.press("f8")
        filled = {
            part.id: part.control.value
            for part in app.screen.query_one(AddParticipant).query(Field)
            if part.control.value
        }
        assert filled == ({f"add-{field}": typed} if typed.strip() else {})


async def test_choosing_has_no_tabs_and_gives_the_id(open_on, until, type_in, read_screen):
    async with open_on() as pilot:
        app = pilot.app
        answers = []
        app.push_screen(ParticipantsScreen(choosing=True), answers.append)
        await until(pilot, lambda: getattr(app.screen, "choosing", False) and app.screen._found is not None)
        assert "For whom is this?" in read_screen(app)
        assert "Today" not in read_screen(app).splitlines()[0]
        assert keys(app)[0] == "Choose"
        assert "New note" not in keys(app)
        assert app.screen.subject is None
        await pilot.press("tab", "1")
        assert box(app).value == "1"
        await pilot.press("backspace")
        await type_in(pilot, "silva")
        await pilot.press("enter")
        await until(pilot, lambda: bool(answers))
        found = await app.gateway.call(find_participants, "silva")
        assert answers == [found.hits[0].participant.id]
        app.push_screen(ParticipantsScreen(choosing=True), answers.append)
        await until(pilot, lambda: getattr(app.screen, "choosing", False) and app.screen._found is not None)
        await pilot.press("escape")
        await until(pilot, lambda: len(answers) == 2)
        assert answers[1] is None


async def test_choosing_somebody_new_gives_the_new_id(open_on, until, type_in):
    async with open_on() as pilot:
        app = pilot.app
        answers = []
        app.push_screen(ParticipantsScreen(choosing=True), answers.append)
        await until(pilot, lambda: getattr(app.screen, "choosing", False) and app.screen._found is not None)
        await type_in(pilot, "Quentin")
        await pilot.press("f8", "ctrl+s")
        await until(pilot, lambda: bool(answers))
        found = await app.gateway.call(find_participants, "quentin")
        assert answers == [found.hits[0].participant.id]


async def test_names_that_break_markup_are_shown_as_they_are(open_on, nasty_texts, read_screen):
    shown = [text for text in nasty_texts.values() if len(text) <= 100]

    def nasty(workspace, _clock):
        for number, text in enumerate(shown):
            add_participant(
                workspace, ParticipantDetails(name=f"{number} {text}", pronouns="[/]", external_id=f"[{number}")
            )

    async with open_on((120, 40), filling=nasty) as pilot:
        assert len(names(pilot.app)) == len(shown)
        assert "[/]" in read_screen(pilot.app)
        await pilot.press("f8", *"[/", "ctrl+s")


@pytest.mark.parametrize(
    ("birth", "said"),
    [
        (Birth("1990-05-02", Precision.EXACT), "2 May 1990, age 36"),
        (Birth("1990", Precision.YEAR), "age 35 or 36"),
        (Birth("1992", Precision.ESTIMATED), "born about 1992"),
    ],
)
def test_a_birth_is_said_back_with_what_was_not_typed(birth, said):
    assert say_birth(birth, date(2026, 11, 23)) == said


@pytest.fixture
def with_draft(open_on, until):
    """Open on the question about Maria Santos' draft from 14:02: `async with with_draft() as pilot`."""

    def fill_and_begin(workspace, clock):
        fill(workspace, clock)
        maria = find_participants(workspace, "M-0042").hits[0].participant
        clock.instant = datetime(2026, 11, 23, 19, 2, tzinfo=UTC)
        start_draft(workspace, maria.id)
        clock.instant = datetime(2026, 11, 23, 19, 52, tzinfo=UTC)

    @asynccontextmanager
    async def asked(size=(80, 24)):
        async with open_on(size, filling=fill_and_begin) as pilot:
            await pilot.press("ctrl+n")
            await until(pilot, lambda: isinstance(pilot.app.screen, ResumeDraft))
            yield pilot

    return asked


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_a_draft_is_offered_with_whose_and_from_when(size, with_draft, read_screen):
    async with with_draft(size) as pilot:
        seen = read_screen(pilot.app)
        for told in ("Maria S. has a draft", "she/her · M-0042 · 1990", "From 14:02, step 1 of 5", "Go on with it"):
            assert told in seen


async def test_enter_goes_on_with_the_draft(with_draft, until):
    async with with_draft() as pilot:
        app = pilot.app
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, NoteWizard))
        assert len(await app.gateway.call(open_drafts)) == 1


async def test_n_begins_another_note_and_keeps_the_draft(with_draft, until):
    async with with_draft() as pilot:
        app = pilot.app
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, NoteWizard))
        assert len(await app.gateway.call(open_drafts)) == 2


async def test_escape_begins_nothing(with_draft, until):
    async with with_draft() as pilot:
        app = pilot.app
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ParticipantsScreen))
        assert len(await app.gateway.call(open_drafts)) == 1


async def test_a_draft_of_another_day_names_the_day(with_draft, until, read_screen, clock):
    async with with_draft() as pilot:
        app = pilot.app
        await pilot.press("escape")
        clock.instant += timedelta(days=3)
        app.run_worker(flows.new_note(app), description="test")
        await until(pilot, lambda: isinstance(app.screen, ResumeDraft))
        assert "From Mon 23 Nov, 14:02" in read_screen(app)


async def test_the_pane_is_out_of_the_way_of_the_form(open_on):
    async with open_on((120, 40)) as pilot:
        pane = pilot.app.screen.query_one(SidePane)
        await pilot.pause()
        assert pane.region.width > 0
        await pilot.press("f8")
        await pilot.pause()
        assert pane.region.width == 0


async def test_a_screen_that_is_left_while_somebody_is_looked_up_is_no_fault(open_on, until, monkeypatch):
    async with open_on() as pilot:
        app = pilot.app
        await until(pilot, lambda: app.screen._found is not None)
        screen, seen = app.screen, []

        async def ask(*_args):
            if not leaving:
                leaving.append(app.switch_screen(ActionsScreen()))
            while screen.query(HitList):
                await asyncio.sleep(0)
            seen.append(screen.display)

        leaving = []
        monkeypatch.setattr(screen, "ask", ask)
        working = screen.run_worker(brief_beside(screen, lambda: screen._hits.highlighted_id or ""))
        await until(pilot, lambda: working.is_finished)
        await leaving[0]
        assert seen
        assert not any(seen)
        assert working.state is WorkerState.SUCCESS


async def test_a_widget_that_is_missing_on_a_screen_in_front_is_a_fault(open_on, until):
    async def looking():
        async with open_on() as pilot:
            screen = pilot.app.screen

            async def look():
                screen.query_one("#nothing-of-that-name")

            screen.run_worker(look)
            await until(pilot, lambda: not pilot.app.is_running)

    with pytest.raises(WorkerFailed):
        await looking()
