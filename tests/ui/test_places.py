"""Locked in mid-word, a person finds the same screen, word, cursor and scroll position after the next unlock."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.owner import Owner
from peernote_tui.services import action_items, places, unlocking, writing
from peernote_tui.services.places import Place, ScreenPlace
from peernote_tui.ui.flows import open_draft, open_participant
from peernote_tui.ui.places import rebuild
from peernote_tui.ui.screens.actions.screen import ActionsScreen
from peernote_tui.ui.screens.add_participant import AddParticipant
from peernote_tui.ui.screens.note_wizard import drafting
from peernote_tui.ui.screens.note_wizard.review import ReviewPane
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.notes import NoteList, NotesScreen
from peernote_tui.ui.screens.participant import ParticipantScreen
from peernote_tui.ui.screens.participants import ParticipantsScreen
from peernote_tui.ui.screens.today import TodayScreen
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.note_page import NotePage
from peernote_tui.ui.widgets.peer_list import PeerList
from peernote_tui.ui.widgets.side_pane import SidePane
from peernote_tui.ui.widgets.text_input import TextInput

NASTY = "[/] [bold]x 山田太郎 👨‍👩‍👧‍👦 مرحبا "


@pytest.fixture
def entered(workspace, passphrase, at_the_door, until, monkeypatch):
    """Unlock the vault once more: `async with entered() as pilot`; at rest where the person was."""
    monkeypatch.setattr(drafting, "PAUSE_SECONDS", 3600)

    @asynccontextmanager
    async def running(**given):
        unlocking.close(workspace)
        async with at_the_door(workspace.vault.folder, passphrase=passphrase, **given) as pilot:
            await until(pilot, lambda: at_rest(pilot.app))
            yield pilot

    return running


def at_rest(app):
    return getattr(app.screen, "NAME", "") and not app.screen.is_returning and app._free.is_set()


@pytest.fixture
def leave(until):
    """Lock, or quit with another key, and wait until the vault is closed: `await leave(pilot)`."""

    async def leaving(pilot, key="ctrl+l"):
        await pilot.press(key)
        await until(pilot, lambda: not pilot.app.gateway.is_open)

    return leaving


@pytest.fixture
def draft(workspace, write_draft, consented):
    """A draft with a long summary of many lines, left in it."""
    summary = "\n".join(f"{number} {NASTY}" for number in range(40))
    draft = write_draft(consented, summary=summary)
    return writing.save_draft(workspace, draft.model_copy(update={"step": 2}))


def field(pilot, key):
    return next(one for one in pilot.app.screen.query(Field) if one.key == key)


def stack(pilot):
    return [type(screen) for screen in pilot.app.screen_stack[1:]]


class TestInANote:
    async def test_the_same_word_cursor_and_scroll_in_the_summary(self, draft, entered, leave, type_in, until):
        async with entered() as pilot:
            await open_draft(pilot.app, draft.id)
            await until(pilot, lambda: isinstance(pilot.app.screen, NoteWizard) and pilot.app.screen.focused)
            area = field(pilot, "summary").control
            area.move_cursor((20, 7))
            await pilot.press("up", "down")
            await type_in(pilot, "half a wo")
            await pilot.press("shift+left", "shift+left")
            before = (area.text, area.selection, area.scroll_offset)
            assert before[2].y > 0
            await leave(pilot)
        async with entered() as pilot:
            assert stack(pilot) == [TodayScreen, NoteWizard]
            area = pilot.app.screen.focused
            assert area is field(pilot, "summary").control
            assert (area.text, area.selection, area.scroll_offset) == before
            await pilot.press("right")
            await type_in(pilot, "rd")
            assert "half a word" in area.text
            assert area.text.replace("half a word", "") == draft.content.summary
            await leave(pilot, "ctrl+q")
        # Who quits begins with Today.
        async with entered() as pilot:
            assert stack(pilot) == [TodayScreen]

    async def test_boxes_hold_what_was_typed_letter_for_letter_while_it_means_the_same(
        self, workspace, write_draft, consented, entered, leave, type_in, until, clock
    ):
        action = action_items.add_action(workspace, consented.id, ActionLine("walk", Owner.ME))
        draft = write_draft(consented, summary="")
        async with entered() as pilot:
            await open_draft(pilot.app, draft.id)
            await until(pilot, lambda: isinstance(pilot.app.screen, NoteWizard) and pilot.app.screen.focused)
            session = field(pilot, "session").control
            session.focus()
            await pilot.pause()
            session.action_delete_left_all()
            await type_in(pilot, "yesterday 2-2:4")
            await pilot.press("left")
            await leave(pilot)
        async with entered() as pilot:
            session = field(pilot, "session").control
            assert pilot.app.screen.focused is session
            assert (session.value, session.cursor_position) == ("yesterday 2-2:4", 14)
            await type_in(pilot, "0")
            assert session.value == "yesterday 2-2:04"
            assert pilot.app.screen.draft.content.end.minute == 4
            # On to the words about last time's action, with a space at their end.
            await pilot.press("f4", "enter")
            await type_in(pilot, "we did ")
            await leave(pilot)
        clock.instant += timedelta(days=1)
        async with entered() as pilot:
            line = field(pilot, "action_reviews").control.line
            assert pilot.app.screen.focused is line
            assert (line.value, line.about) == ("we did ", action.id)
            await pilot.press("f3")
            # By now "yesterday" would be another day.
            assert field(pilot, "session").control.value == "2026-11-22 14:00-14:04"

    async def test_the_review_where_it_was_scrolled_to(self, draft, entered, leave, until):
        async with entered() as pilot:
            await open_draft(pilot.app, draft.id)
            await until(pilot, lambda: isinstance(pilot.app.screen, NoteWizard) and pilot.app.screen.focused)
            await pilot.press("f2")
            await until(pilot, lambda: isinstance(pilot.app.screen.focused, NotePage))
            await pilot.press("pagedown", "down")
            top = pilot.app.screen.query_one(NotePage).scroll_offset
            assert top.y > 1
            await leave(pilot)
        async with entered() as pilot:
            assert pilot.app.screen.query_one("#steps").current == "review"
            assert pilot.app.screen.query_one(ReviewPane).display
            assert isinstance(pilot.app.screen.focused, NotePage)
            assert pilot.app.screen.query_one(NotePage).scroll_offset == top


class TestInLists:
    async def test_what_was_looked_for_and_a_new_participant_half_typed(
        self, add_participant, entered, leave, type_in, keys
    ):
        for number in range(21):
            add_participant(f"Maria {chr(65 + number)}.", external_id=f"M-{number:04}")
        async with entered() as pilot:
            await keys(pilot, "2")
            await type_in(pilot, "mar")
            await pilot.press("pagedown", "pagedown")
            hits = pilot.app.screen.query_one("#hits", PeerList)
            row, top = hits.highlighted_id, hits.scroll_offset
            assert top.y > 0
            await leave(pilot)
        async with entered() as pilot:
            assert stack(pilot) == [ParticipantsScreen]
            hits = pilot.app.screen.query_one("#hits", PeerList)
            assert pilot.app.screen.focused.value == "mar"
            assert (hits.highlighted_id, hits.scroll_offset) == (row, top)
            await keys(pilot, "f8", "tab", "tab")
            await type_in(pilot, "about 34")
            await pilot.press("left", "left")
            await leave(pilot, "ctrl+q")
        # Nothing else keeps these words, so they are back after quitting too.
        async with entered() as pilot:
            form = pilot.app.screen.query_one(AddParticipant)
            assert form.display
            assert [box.value for box in form.query(TextInput)] == ["mar", "", "about 34", "", ""]
            assert pilot.app.screen.focused.value == "about 34"
            assert pilot.app.screen.focused.cursor_position == 6
            assert form.query_one("#add-born", Field).echo
            await leave(pilot)

    async def test_a_page_under_a_page_with_a_line_half_typed(
        self, workspace, consented, entered, leave, type_in, keys
    ):
        async with entered() as pilot:
            await open_participant(pilot.app, consented.id)
            await keys(pilot)
            await keys(pilot, "a")
            await type_in(pilot, "call the off")
            await leave(pilot)
        async with entered() as pilot:
            assert stack(pilot) == [TodayScreen, ParticipantScreen]
            screen = pilot.app.screen
            assert screen.subject == consented.id
            assert screen.focused.value == "call the off"
            assert field(pilot, "add").echo
            await type_in(pilot, "ice")
            await keys(pilot, "enter")
            assert "call the office" in [
                listing.action.text for listing in (await pilot.app.gateway.call(action_items.list_actions)).actions
            ]
            await keys(pilot, "escape")
            assert isinstance(pilot.app.screen, TodayScreen)

    async def test_notes_and_actions_with_words_row_and_view(
        self, workspace, add_participant, write_note, entered, leave, type_in, keys, until, clock
    ):
        person = add_participant("James Miller", external_id="J-0008")
        for number in range(12):
            write_note(person, summary=f"We cooked soup number {number}.", day="2026-11-23")
            action_items.add_action(workspace, person.id, ActionLine(f"cook {number}", Owner.ME))
        async with entered() as pilot:
            await keys(pilot, "3", "slash")
            await type_in(pilot, "soup")
            await keys(pilot, "down")
            await pilot.press("end", "up")
            notes = pilot.app.screen.query_one(NoteList)
            before = (notes.highlighted_id, notes.scroll_offset)
            await leave(pilot)
        async with entered() as pilot:
            assert stack(pilot) == [NotesScreen]
            notes = pilot.app.screen.query_one(NoteList)
            assert pilot.app.screen.focused is notes
            assert pilot.app.screen.query_one("#field-find TextInput, #field-find FindBox").value == "soup"
            assert (notes.highlighted_id, notes.scroll_offset) == before
            await keys(pilot, "4", "right")
            await pilot.press("down", "down", "down")
            view, row = pilot.app.screen.view, pilot.app.screen.query_one(PeerList).highlighted_id
            await pilot.press("a")
            await until(pilot, lambda: isinstance(pilot.app.screen, ParticipantsScreen))
            await until(pilot, lambda: pilot.app.screen.query_one("#hits", PeerList).row_count)
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, ActionsScreen))
            await until(pilot, lambda: pilot.app.screen.query_one("#adder").display)
            await type_in(pilot, "buy car")
            await leave(pilot)
        async with entered() as pilot:
            screen = pilot.app.screen
            assert (stack(pilot), screen.view) == ([ActionsScreen], view)
            assert screen.focused.value == "buy car"
            assert screen._for.id == person.id
            assert screen.query_one("#adder").display
            assert screen.query_one("#actions", PeerList).highlighted_id == row


class TestNotThereAnyMore:
    async def test_a_place_that_leads_nowhere_is_today(self, workspace, draft, consented, write_note, entered):
        signed = write_note(consented)
        today, gone = ScreenPlace(name="today"), "01a209f7-1f00-7e66-8000-000000000000"
        wizard = ScreenPlace(name="wizard", own={"draft": draft.id, "review": False})
        nowhere = {
            "no draft": (today, ScreenPlace(name="wizard", own={"draft": signed.id, "review": False})),
            "nobody": (today, ScreenPlace(name="participant", own={"participant": gone})),
            "no such screen": (ScreenPlace(name="attic"),),
            "nothing told": (today, ScreenPlace(name="note")),
            "the first gone": (ScreenPlace(name="note", own={"note": gone}), wizard),
        }
        async with entered() as pilot:
            for why, screens in nowhere.items():
                assert await rebuild(pilot.app, Place(screens=screens)) == [], why
            assert await rebuild(pilot.app, None) == []
            between = (today, ScreenPlace(name="note", own={"note": gone}), wizard)
            kinds = [type(screen) for screen in await rebuild(pilot.app, Place(screens=between))]
            assert kinds == [TodayScreen, NoteWizard]

    async def test_a_place_that_does_not_fit_opens_the_screen_plainly(self, workspace, draft, entered):
        odd = {"/body/nowhere": {"text": "x"}, "/body/Horizontal.1/Vertical.1/today": {"row": 7, "top": "far"}}
        places.leave_place(workspace, Place(screens=(ScreenPlace(name="today", widgets=odd, focus="/nowhere"),)))
        async with entered() as pilot:
            assert stack(pilot) == [TodayScreen]
            assert pilot.app.screen.query_one(PeerList).row_count == 1


class TestInTheVault:
    def test_it_is_given_back_once_and_another_version_is_forgotten(self, workspace, clock):
        place = Place(screens=(ScreenPlace(name="notes", own={"limit": 50}, widgets={"/a": {"text": NASTY}}),))
        assert places.take_place(workspace) is None
        places.leave_place(workspace, place)
        assert places.take_place(workspace) == place
        assert places.take_place(workspace) is None
        for value in ({"version": 2, "screens": []}, [], "x", {"screens": [{"name": 3}]}):
            with workspace.changing() as work:
                work.remembered.put("place", value, at=datetime(2026, 1, 1, tzinfo=UTC), by=workspace.author.id)
                work.commit()
            assert places.take_place(workspace) is None
            with workspace.reading() as work:
                assert work.remembered.get("place") is None

    def test_what_it_holds_is_not_shown_by_accident(self):
        assert NASTY not in repr(Place(screens=(ScreenPlace(name="notes", widgets={"/a": {"text": NASTY}}),)))


async def test_focus_in_a_side_pane_is_not_given_back_where_there_is_no_room_for_one(entered, leave):
    async with entered(size=(120, 40)) as pilot:
        pilot.app.screen.query_one(SidePane).focus()
        await leave(pilot)
    async with entered(size=(80, 24)) as pilot:
        assert isinstance(pilot.app.focused, PeerList)
