"""Actions through real keys: views, filter, what became of it, undo, and adding in one line."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.domain.action_item import ActionItem, ActionListing, ActionStatus, due_group
from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.participant import ParticipantDetails
from peernote_tui.services.action_items import add_action, list_actions
from peernote_tui.services.changing_actions import settle
from peernote_tui.services.participants import add_participant
from peernote_tui.ui import sentences
from peernote_tui.ui.screens.actions.boxes import ActionList, AddBox, FilterBox
from peernote_tui.ui.screens.actions.dialogs import SnoozeDialog
from peernote_tui.ui.screens.actions.history import HistoryDialog, HistoryPage
from peernote_tui.ui.screens.actions.rows import lines
from peernote_tui.ui.screens.actions.screen import PAGE, ActionsScreen
from peernote_tui.ui.screens.actions.views import VIEWS, Filters, ViewLine, kept_view
from peernote_tui.ui.screens.find_list import FindBox
from peernote_tui.ui.screens.participant import ParticipantScreen
from peernote_tui.ui.screens.participants import ParticipantsScreen
from peernote_tui.ui.screens.today import TodayScreen
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.key_line import KeyLine
from peernote_tui.ui.widgets.notice_line import NoticeLine
from peernote_tui.ui.widgets.peer_list import Heading, Row
from peernote_tui.ui.widgets.top_line import TopLine

PASSPHRASE = "correct horse battery staple"
TODAY = date(2026, 11, 23)
ITEMS = (
    ("Santos", "Call the housing office", Owner.ME, "", date(2026, 11, 21), None),
    ("Santos", "Bring the leaflet", Owner.ME, "", TODAY, None),
    ("King", "Ask about the spare room", Owner.PARTICIPANT, "", TODAY, ActionStatus.PARTLY),
    ("Santos", "Fill in the form", Owner.BOTH, "", date(2026, 11, 25), None),
    ("Silva", "Look at course dates", Owner.PARTICIPANT, "", date(2026, 12, 7), None),
    ("Silva", "Send the form on", Owner.OTHER, "Ruth", None, None),
    ("King", "Ask for a receipt", Owner.ME, "", TODAY, ActionStatus.DONE),
)


def fill(workspace, clock):
    people = {}
    clock.instant -= timedelta(minutes=10)
    for name, number in (("Maria Santos", "M-0042"), ("Maria Silva", "M-0077"), ("Devon King", "D-0007")):
        clock.instant += timedelta(minutes=1)
        details = ParticipantDetails(name=name, external_id=number)
        people[name.split()[1]] = add_participant(workspace, details)
    for whose, text, owner, owner_name, due, status in ITEMS:
        clock.instant += timedelta(seconds=1)
        action = add_action(workspace, people[whose].id, ActionLine(text, owner, owner_name, due))
        if status is not None:
            settle(workspace, [action.id], status)
    clock.instant = datetime(2026, 11, 23, 19, 52, tzinfo=UTC)


def shown(app):
    return [listing.action.text for listing in app.screen.shown]


def highlighted(app):
    return app.screen.highlighted.action.text


def notice(app):
    return app.screen.query_one(NoticeLine).notice


def view(app):
    return app.screen.query_one(ViewLine).view.key


def adder(app):
    return app.screen.query_one("#field-add", Field)


async def status_of(app, text):
    for closed in (False, True):
        found = await app.gateway.call(list_actions, text=text, closed=closed)
        if found.actions:
            return found.actions[0].action.status
    return None


@pytest.fixture
def open_on(make_vault, at_the_door, until):
    """Open a filled vault on Actions: `async with open_on(size) as pilot`."""

    @asynccontextmanager
    async def opening(size=(80, 24), filling=fill):
        folder, _ = make_vault(filling)
        async with at_the_door(folder, size=size, passphrase=PASSPHRASE) as pilot:
            app = pilot.app
            await until(pilot, lambda: isinstance(app.screen, TodayScreen))
            app.action_go("actions")
            await until(pilot, lambda: isinstance(app.screen, ActionsScreen) and app.screen.query_one(TopLine).status)
            yield pilot

    return opening


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40)])
async def test_all_stand_under_their_headings_with_whose_they_are(size, open_on, until, read_screen):
    async with open_on(size) as pilot:
        app = pilot.app
        await until(pilot, lambda: "2 days overdue" in read_screen(app))
        seen = read_screen(app)
        begun = [line.strip().split("  ")[0] for line in seen.splitlines()[1:]]
        headings = ("Overdue", "Today", "This week", "Later", "No date", "Done")
        places = [begun.index(word) for word in headings if word in begun]
        assert places == sorted(places)
        assert len(places) >= (2 if size[1] < 40 else 6)
        for told in ("M-0042", "2 days overdue", "Call the"):
            assert told in seen
        await pilot.press("end")
        await until(pilot, lambda: "done 14:" in read_screen(app))
        below = read_screen(app)
        for told in ("M-0077", "Mon 7 Dec", "Ruth"):
            assert told in below
        assert app.screen.query_one(TopLine).status == "6 open · 1 overdue"
        assert [entry.label for entry in app.screen.query_one(KeyLine).entries()] == [
            "Done",
            "Partly",
            "Snooze",
            "Edit",
            "Add",
            "Help",
        ]
        assert all(len(line) <= size[0] for line in seen.splitlines())


async def test_the_arrows_go_through_the_views(open_on, until):
    async with open_on() as pilot:
        app = pilot.app
        assert app.focused is app.screen.query_one(ActionList)
        found = {}
        for expected in ("due", "mine", "theirs", "done", "all"):
            before = app.screen.shown
            await pilot.press("right")
            assert view(app) == expected
            await until(pilot, lambda before=before: app.screen.shown is not before)
            found[expected] = shown(app)
        assert found["mine"] == ["Call the housing office", "Bring the leaflet", "Fill in the form"]
        assert set(found["theirs"]) == {
            "Ask about the spare room",
            "Fill in the form",
            "Look at course dates",
            "Send the form on",
        }
        assert found["all"] == [*found["due"], "Send the form on"]
        assert found["done"] == ["Ask for a receipt"]
        await pilot.press("left")
        assert view(app) == "done"


async def test_space_finishes_and_undo_goes_back_step_by_step(open_on, until):
    async with open_on() as pilot:
        app = pilot.app
        await pilot.press("space")
        await until(pilot, lambda: "Call the housing office" in notice(app)[0])
        assert notice(app) == ("Done. Call the housing office (Maria S. M-0042)", "muted", "u to undo")
        assert "Call the housing office" not in shown(app)
        assert highlighted(app) == "Bring the leaflet"
        await pilot.press("space")
        await until(pilot, lambda: "Bring the leaflet" in notice(app)[0])
        assert await status_of(app, "leaflet") is ActionStatus.DONE
        await pilot.press("u")
        await until(pilot, lambda: shown(app)[0] == "Bring the leaflet")
        assert highlighted(app) == "Bring the leaflet"
        await pilot.press("u")
        await until(pilot, lambda: shown(app)[0] == "Call the housing office")
        assert await status_of(app, "housing") is ActionStatus.OPEN
        assert await status_of(app, "leaflet") is ActionStatus.OPEN


async def test_two_quick_keys_mean_two_lines(open_on, until):
    async with open_on() as pilot:
        app = pilot.app
        await pilot.press("space", "space")
        await until(pilot, lambda: len(app.undoing) == 2)
        assert await status_of(app, "housing") is ActionStatus.DONE
        assert await status_of(app, "leaflet") is ActionStatus.DONE
        assert await status_of(app, "spare") is ActionStatus.PARTLY


async def test_partly_is_a_switch_and_letting_go_closes(open_on, until, read_screen):
    async with open_on() as pilot:
        app = pilot.app
        await pilot.press("p")
        await until(pilot, lambda: notice(app)[0].startswith("Partly done."))
        assert await status_of(app, "housing") is ActionStatus.PARTLY
        assert "Call the housing office" in shown(app)
        await pilot.press("p")
        await until(pilot, lambda: notice(app)[0].startswith("Open again."))
        assert await status_of(app, "housing") is ActionStatus.OPEN
        await pilot.press("x")
        await until(pilot, lambda: notice(app)[0].startswith("Let go."))
        assert await status_of(app, "housing") is ActionStatus.DROPPED
        await pilot.press("left")
        await until(pilot, lambda: view(app) == "done" and "let go 14:52" in read_screen(app))


async def test_space_on_a_done_one_opens_it_again(open_on, until):
    async with open_on() as pilot:
        app = pilot.app
        await pilot.press("left")
        await until(pilot, lambda: shown(app) == ["Ask for a receipt"])
        await pilot.press("space")
        await until(pilot, lambda: notice(app)[0].startswith("Open again."))
        assert await status_of(app, "receipt") is ActionStatus.OPEN
        assert shown(app) == []


async def test_the_filter_takes_every_letter_and_escape_leaves_it(open_on, until, type_in, read_screen):
    async with open_on() as pilot:
        app = pilot.app
        await pilot.press("slash")
        assert app.focused is app.screen.query_one(FilterBox)
        await type_in(pilot, "upax 1?")
        assert app.screen.query_one(FilterBox).value == "upax 1?"
        await until(pilot, lambda: shown(app) == [])
        await pilot.press("ctrl+u")
        await type_in(pilot, "silva")
        await until(pilot, lambda: shown(app) == ["Look at course dates", "Send the form on"])
        assert "Only “silva”   Backspace shows all" in read_screen(app)
        await pilot.press("escape")
        assert isinstance(app.screen, ActionsScreen)
        assert app.focused is app.screen.query_one(ActionList)
        assert app.screen.query_one(FilterBox).value == "silva"
        await pilot.press("backspace")
        await until(pilot, lambda: len(shown(app)) == 6)
        assert app.screen.query_one(FilterBox).value == ""
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, TodayScreen))


async def test_adding_asks_for_whom_says_back_and_highlights_the_new_one(open_on, until, type_in, read_screen):
    async with open_on() as pilot:
        app = pilot.app
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, ParticipantsScreen))
        await until(pilot, lambda: app.screen._found is not None)
        await type_in(pilot, "devon")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ActionsScreen) and isinstance(app.focused, AddBox))
        assert "For Devon K.  D-0007" in read_screen(app)
        await type_in(pilot, "bring bread")
        assert adder(app).echo == "bring bread · Devon"
        await type_in(pilot, " @me fri")
        assert adder(app).echo == "bring bread · me · Fri 27 Nov"
        await pilot.press("enter")
        await until(pilot, lambda: "bring bread" in shown(app))
        assert highlighted(app) == "bring bread"
        assert notice(app)[0] == "Added. bring bread (Devon K. D-0007)"
        assert app.focused is app.screen.query_one(ActionList)
        added = app.screen.highlighted.action
        assert (added.owner, added.due, added.status) == (Owner.ME, date(2026, 11, 27), ActionStatus.OPEN)


async def test_the_last_participant_is_offered_and_another_can_be_asked_for(open_on, until, type_in, read_screen):
    async with open_on() as pilot:
        app = pilot.app
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.focused, FindBox))
        await type_in(pilot, "devon")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.focused, AddBox))
        await type_in(pilot, "half a line")
        await pilot.press("escape", "a")
        await until(pilot, lambda: isinstance(app.focused, AddBox))
        assert app.focused.value == "half a line"
        await pilot.press("f8")
        await until(pilot, lambda: isinstance(app.focused, FindBox))
        await type_in(pilot, "silva")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.focused, AddBox) and "For Maria S.  M-0077" in read_screen(app))
        assert app.focused.value == "half a line"


async def test_one_participant_in_the_filter_is_the_one_it_is_for(open_on, until, type_in, read_screen):
    async with open_on() as pilot:
        app = pilot.app
        await pilot.press("slash")
        await type_in(pilot, "santos")
        await until(pilot, lambda: len(shown(app)) == 3)
        await pilot.press("enter", "a")
        await until(pilot, lambda: isinstance(app.focused, AddBox))
        assert "For Maria S.  M-0042" in read_screen(app)


async def test_what_cannot_be_read_is_said_under_the_line_only_on_enter(open_on, until, type_in):
    async with open_on() as pilot:
        app = pilot.app
        await pilot.press("slash")
        await type_in(pilot, "santos")
        await until(pilot, lambda: len(shown(app)) == 3)
        await pilot.press("enter", "a")
        await until(pilot, lambda: isinstance(app.focused, AddBox))
        await type_in(pilot, "@me fri")
        assert (adder(app).echo, adder(app).error) == ("", "")
        await pilot.press("enter")
        assert "What is to be done is missing." in adder(app).error
        await type_in(pilot, " call")
        assert adder(app).error == ""
        assert (await app.gateway.call(list_actions)).total == 6


async def test_an_added_one_that_the_view_would_hide_is_shown_all_the_same(open_on, until, type_in):
    async with open_on() as pilot:
        app = pilot.app
        await pilot.press("slash")
        await type_in(pilot, "santos")
        await until(pilot, lambda: len(shown(app)) == 3)
        await pilot.press("enter", "a")
        await until(pilot, lambda: isinstance(app.focused, AddBox))
        await pilot.press("escape", "right", "a")
        await until(pilot, lambda: view(app) == "due" and isinstance(app.focused, AddBox))
        await type_in(pilot, "think about a garden")
        await pilot.press("enter")
        await until(pilot, lambda: "think about a garden" in shown(app))
        assert view(app) == "all"
        assert highlighted(app) == "think about a garden"


async def test_enter_opens_the_participant_and_new_note_asks_for_whom(open_on, until):
    async with open_on() as pilot:
        app = pilot.app
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: isinstance(app.screen, ParticipantScreen))
        await until(pilot, lambda: app.screen.query_one(TopLine).name_shown == "Devon King")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ActionsScreen))
        assert highlighted(app) == "Ask about the spare room"
        await pilot.press("ctrl+n")
        await until(pilot, lambda: isinstance(app.screen, ParticipantsScreen))
        assert app.screen.choosing


async def test_the_pane_briefs_on_the_participant_of_the_line(open_on, until, read_screen):
    async with open_on((120, 40)) as pilot:
        app = pilot.app
        await until(pilot, lambda: "Maria Santos  M-0042" in read_screen(app))
        await pilot.press("down", "down")
        await until(pilot, lambda: "Devon King  D-0007" in read_screen(app))


@pytest.mark.parametrize("view_key", [one.key for one in VIEWS])
async def test_an_empty_view_says_so(view_key, open_on, until, read_screen):
    async with open_on(filling=None) as pilot:
        app = pilot.app
        while view(app) != view_key:
            await pilot.press("right")
        wanted = sentences.no_actions(view_key, filtered=False)[:40]
        await until(pilot, lambda: wanted in read_screen(app))
        await pilot.press("space", "u", "x", "p", "enter")
        assert isinstance(app.screen, ActionsScreen)


async def test_four_thousand_open_ones_are_listed_in_part_and_at_once(open_on, until, type_in, read_screen):
    def crowd(workspace, clock):
        people = [add_participant(workspace, ParticipantDetails(name=f"Maria {one}")) for one in range(40)]
        with workspace.changing() as work:
            for number in range(4_000):
                at = clock.instant
                action = ActionItem(
                    id=f"{number:08d}-0000-7000-8000-000000000000",
                    participant_id=people[number % 40].id,
                    text=f"action {number}",
                    owner=Owner.ME,
                    due=TODAY + timedelta(days=number % 50),
                    created_at=at,
                    changed_at=at,
                )
                work.action_items.add(action, by=workspace.author.id)
            work.commit()

    async with open_on(filling=crowd) as pilot:
        app = pilot.app
        assert app.screen.query_one(ActionList).row_count == PAGE
        began = monotonic()
        await pilot.press("slash")
        await type_in(pilot, "3999")
        await until(pilot, lambda: shown(app) == ["action 3999"])
        assert monotonic() - began < 5
        await pilot.press("ctrl+u", "escape")
        await until(pilot, lambda: len(shown(app)) == PAGE)
        await pilot.press("end")
        await until(pilot, lambda: len(shown(app)) == 2 * PAGE)
        await pilot.press("home", "asterisk")
        await until(pilot, lambda: len(app.screen.marks) == 80)
        await pilot.press("asterisk")
        await until(pilot, lambda: len(app.screen.marks) == 4_000)
        await pilot.press("escape")
        await until(pilot, lambda: "The soonest 120 of 4,000." in read_screen(app))


async def test_texts_that_break_markup_are_shown_as_they_are(open_on, until, nasty_texts, read_screen):
    short = [text for text in nasty_texts.values() if len(text) <= 300]

    def nasty(workspace, _clock):
        person = add_participant(workspace, ParticipantDetails(name="[/]", pronouns="[bold]"))
        for text in short:
            add_action(workspace, person.id, ActionLine(text, Owner.OTHER, "[/", TODAY))

    async with open_on(filling=nasty) as pilot:
        app = pilot.app
        assert len(shown(app)) == len(short)
        assert "[/]" in read_screen(app)
        await pilot.press("space", "u")
        await until(pilot, lambda: len(shown(app)) == len(short))


@given(
    st.lists(
        st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2027, 12, 31))),
        max_size=30,
    ),
    st.integers(0, 50),
)
def test_every_item_stands_under_its_own_heading(dues, rest):
    at = datetime(2026, 11, 23, tzinfo=UTC)
    ordered = sorted(dues, key=lambda due: (due is None, due or TODAY))
    listings = [
        ActionListing(
            action=ActionItem(
                id=str(number), participant_id="p", text="t", owner=Owner.ME, due=due, created_at=at, changed_at=at
            ),
            participant_name="Maria Santos",
        )
        for number, due in enumerate(ordered)
    ]
    made = lines(listings, len(listings) + rest, today=TODAY, zone="UTC")
    heading, rows, headings = "", 0, []
    for line in made:
        if isinstance(line, Heading):
            heading = line.text
            headings.append(heading)
        else:
            assert isinstance(line, Row)
            assert heading == sentences.DUE_GROUPS[due_group(ordered[int(line.id)], TODAY).value]
            rows += 1
    assert rows == len(listings)
    assert len(set(headings)) == len(headings)
    assert any(f"of {len(listings) + rest}" in text for text in headings) is (rest > 0)


async def test_several_are_marked_changed_as_one_and_taken_back_as_one(open_on, until, type_in, read_screen):
    async with open_on() as pilot:
        app = pilot.app
        await pilot.press("m", "m", "m")
        assert "3 marked   Esc clears the marks" in read_screen(app)
        await pilot.press("m", "escape")
        assert not app.screen.marks
        assert "marked   " not in read_screen(app)
        await pilot.press("home", "m", "m", "s", "f3")
        assert "Snooze  2 actions" in read_screen(app)
        await type_in(pilot, "away [/] until then")
        await pilot.press("enter")
        await until(pilot, lambda: notice(app)[0] == "Now due Mon 30 Nov. 2 actions")
        assert len(app.screen.marks) == 2
        found = await app.gateway.call(list_actions, text="santos")
        assert {each.action.due for each in found.actions} == {date(2026, 11, 25), date(2026, 11, 30)}
        await pilot.press("e")
        assert notice(app)[0] == "This takes one action at a time. Esc clears the marks."
        await pilot.press("r", "o")
        await type_in(pilot, "Ruth Lee")
        await pilot.press("enter")
        await until(pilot, lambda: notice(app)[0] == "Taken on by Ruth Lee. 2 actions")
        await pilot.press("space")
        await until(pilot, lambda: notice(app)[0] == "Done. 2 actions")
        assert not app.screen.marks
        assert len(app.undoing) == 3
        await pilot.press("u", "u", "u")
        await until(pilot, lambda: len(app.undoing) == 0 and shown(app)[0] == "Call the housing office")
        assert await status_of(app, "housing") is ActionStatus.OPEN
        listing = next(each for each in app.screen.shown if each.action.text == "Call the housing office")
        assert (listing.action.owner, listing.action.due) == (Owner.ME, date(2026, 11, 21))
        await pilot.press("home", "h")
        await until(pilot, lambda: isinstance(app.screen, HistoryDialog))
        told = [line.plain.strip() for line in app.screen.query_one(HistoryPage).lines(70)]
        assert "because: away [/] until then" in told
        assert "by when: Sat 21 Nov → Mon 30 Nov" in told
        # All of it has room on the page.
        await pilot.pause()
        page = app.screen.query_one(HistoryPage)
        assert page.size.height == len(page.lines(page.content_size.width))
        await pilot.press("escape", "l")
        assert notice(app)[0] == "This action was added alone; there is no note to open."


async def test_a_mark_goes_when_its_action_left_the_view_and_that_is_said(open_on, until, type_in):
    async with open_on() as pilot:
        app = pilot.app
        await pilot.press("m", "m")
        gone = app.screen.shown[0].action.id
        await app.gateway.call(settle, [gone], ActionStatus.DROPPED)
        await pilot.press("right")
        await until(pilot, lambda: view(app) == "due" and "not in this view any more" in notice(app)[0])
        assert len(app.screen.marks) == 1
        await pilot.press("slash")
        await type_in(pilot, "nowhere")
        await until(pilot, lambda: not app.screen.marks)
        await pilot.press("enter", "space", "s", "m", "asterisk", "h", "l", "e")
        assert shown(app) == []


async def test_escape_changes_nothing_and_a_day_that_is_none_is_said(open_on, until, type_in, read_screen):
    async with open_on() as pilot:
        app = pilot.app
        before = app.screen.shown
        for key in ("s", "r", "d", "F", "h", "e"):
            await pilot.press(key, "escape")
        await pilot.press("s")
        await type_in(pilot, "soon")
        await pilot.press("enter")
        assert "This day is not understood." in read_screen(app)
        await pilot.press("ctrl+u")
        await type_in(pilot, "yesterday")
        await pilot.press("enter")
        assert "This day has passed." in read_screen(app)
        await pilot.press("escape")
        assert app.screen.shown == before
        assert len(app.undoing) == 0


async def test_a_line_is_changed_as_it_is_typed_and_their_words_are_kept(open_on, until, type_in, read_screen):
    async with open_on() as pilot:
        app = pilot.app
        await pilot.press("e")
        assert app.focused.value == "Call the housing office @me 2026-11-21"
        await pilot.press("enter")
        await until(pilot, lambda: notice(app)[0] == "Nothing was changed.")
        await pilot.press("e")
        await type_in(pilot, " #housing every friday")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: not app.gateway.is_open)


async def test_filters_narrow_each_other(open_on, until, type_in, read_screen):
    async with open_on() as pilot:
        app = pilot.app
        await pilot.press("F", "w", "d", "d", "enter")
        await until(pilot, lambda: shown(app) == ["Call the housing office", "Bring the leaflet"])
        assert "Only mine · due by today   Backspace shows all" in read_screen(app)
        await pilot.press("F", "s")
        await type_in(pilot, "Mon [/]")
        await pilot.press("enter")
        await until(pilot, lambda: notice(app)[0] == "“Mon [/]” is kept as a view.")
        await pilot.press("right")
        await until(pilot, lambda: len(shown(app)) == 6)
        await pilot.press("left")
        await until(pilot, lambda: shown(app) == ["Call the housing office", "Bring the leaflet"])
        assert app.screen.view.name == "Mon [/]"
        await pilot.press("F", "r")
        await until(pilot, lambda: app.screen.query_one(ViewLine).views == VIEWS)
        await pilot.press("F", "w", "d", "d", "enter")
        await until(pilot, lambda: len(shown(app)) == 2)
        await pilot.press("F", "p")
        await until(pilot, lambda: isinstance(app.focused, FindBox))
        await type_in(pilot, "devon")
        await pilot.press("enter")
        await until(pilot, lambda: "Devon K. D-0007" in read_screen(app) and "Show only" in read_screen(app))
        await pilot.press("enter")
        await until(pilot, lambda: shown(app) == [])
        assert "No action answers to this filter." in read_screen(app)
        await pilot.press("backspace")
        await until(pilot, lambda: len(shown(app)) == 6)


async def test_locked_in_a_dialog_the_same_view_marks_and_words_are_back(make_vault, at_the_door, until, type_in):
    folder, _ = make_vault(fill)
    async with at_the_door(folder, passphrase=PASSPHRASE) as pilot:
        app = pilot.app
        await until(pilot, lambda: isinstance(app.screen, TodayScreen))
        app.action_go("actions")
        await until(pilot, lambda: isinstance(app.screen, ActionsScreen) and app.screen.shown)
        await pilot.press("right", "F", "w", "enter")
        await until(pilot, lambda: len(shown(app)) == 3)
        await pilot.press("down", "m", "s", "f2")
        await type_in(pilot, "half a rea")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: not app.gateway.is_open)
    async with at_the_door(folder, passphrase=PASSPHRASE) as pilot:
        app = pilot.app
        await until(pilot, lambda: isinstance(app.screen, SnoozeDialog))
        await until(pilot, lambda: app.screen.words() == {"until": "2026-11-24", "why": "half a rea"})
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ActionsScreen))
        assert (view(app), len(app.screen.marks)) == ("due", 1)
        assert len(shown(app)) == 3
        assert len(app.undoing) == 0


def test_what_finds_no_room_in_a_line_goes_below_it():
    at = datetime(2026, 11, 23, tzinfo=UTC)
    action = ActionItem(
        id="1", participant_id="p", text="مرحبا [/] 👨‍👩‍👧 word " * 80, owner=Owner.ME, due=TODAY, created_at=at,
        changed_at=at, tags=("housing",), repeats="every friday", status=ActionStatus.NOT_YET,
    )  # fmt: skip
    (_, row) = lines([ActionListing(action=action, participant_name="Maria")], 1, today=TODAY, zone="UTC")
    for room in (52, 74, 114):
        fitted = row.fitted(room)
        below = fitted.below.plain
        assert below.endswith("not yet · #housing · ↻ every Friday")
        assert ("me · " in below) is (room < 60)
        assert all(line.cell_length <= room - 2 for line in fitted.below.split("\n"))
        assert fitted.cells[1].strip()


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(whose="mine", participant_id="p", tag="housing", window="week", text="form"),
        Filters(whose="theirs", window="no_date"),
    ],
)
@pytest.mark.parametrize("one", VIEWS, ids=lambda one: one.key)
def test_a_kept_view_asks_for_what_was_shown(one, filters):
    wanted = one.asks(filters)
    kept = kept_view("Mondays", wanted)
    assert kept.asks(kept.filters) == wanted
