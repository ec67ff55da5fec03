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
from peernote_tui.ui.screens.action_rows import VIEWS, ActionList, AddBox, FilterBox, ViewLine, lines
from peernote_tui.ui.screens.actions import MOST_ROWS, ActionsScreen
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
    return [listing.action.text for listing in app.screen._shown]


def highlighted(app):
    return app.screen._highlighted.action.text


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
async def test_due_ones_stand_under_their_headings_with_whose_they_are(size, open_on, read_screen):
    async with open_on(size) as pilot:
        app = pilot.app
        seen = read_screen(app)
        begun = [line.strip().split("  ")[0] for line in seen.splitlines()[1:]]
        places = [begun.index(word) for word in ("Overdue", "Today", "This week", "Later")]
        assert places == sorted(places)
        for told in ("M-0042", "M-0077", "2 days overdue", "Wed 25 Nov", "Mon 7 Dec", "Call the"):
            assert told in seen
        assert "Send the form on" not in seen
        assert app.screen.query_one(TopLine).status == "6 open · 1 overdue"
        assert [entry.label for entry in app.screen.query_one(KeyLine).entries()] == [
            "Done",
            "Partly",
            "Add",
            "Undo",
            "View",
            "Help",
        ]
        assert all(len(line) <= size[0] for line in seen.splitlines())


async def test_the_arrows_go_through_the_views(open_on, until):
    async with open_on() as pilot:
        app = pilot.app
        assert app.focused is app.screen.query_one(ActionList)
        found = {}
        for expected in ("mine", "theirs", "open", "done", "due"):
            before = app.screen._shown
            await pilot.press("right")
            assert view(app) == expected
            await until(pilot, lambda before=before: app.screen._shown is not before)
            found[expected] = shown(app)
        assert found["mine"] == ["Call the housing office", "Bring the leaflet", "Fill in the form"]
        assert set(found["theirs"]) == {
            "Ask about the spare room",
            "Fill in the form",
            "Look at course dates",
            "Send the form on",
        }
        assert found["open"] == [*found["due"], "Send the form on"]
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
        await until(pilot, lambda: "let go 14:52" in read_screen(app))


async def test_space_on_a_done_one_opens_it_again(open_on, until):
    async with open_on() as pilot:
        app = pilot.app
        await pilot.press("left")
        await until(pilot, lambda: shown(app) == ["Ask for a receipt"])
        await pilot.press("space")
        await until(pilot, lambda: notice(app)[0].startswith("Open again."))
        assert await status_of(app, "receipt") is ActionStatus.OPEN
        assert shown(app) == []


async def test_the_filter_takes_every_letter_and_escape_leaves_it(open_on, until, type_in):
    async with open_on() as pilot:
        app = pilot.app
        await pilot.press("slash")
        assert app.focused is app.screen.query_one(FilterBox)
        await type_in(pilot, "upax 1?")
        assert app.screen.query_one(FilterBox).value == "upax 1?"
        await until(pilot, lambda: shown(app) == [])
        await pilot.press("ctrl+u")
        await type_in(pilot, "silva")
        await until(pilot, lambda: shown(app) == ["Look at course dates"])
        await pilot.press("escape")
        assert isinstance(app.screen, ActionsScreen)
        assert app.focused is app.screen.query_one(ActionList)
        assert app.screen.query_one(FilterBox).value == "silva"
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
        added = app.screen._highlighted.action
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
        await type_in(pilot, "think about a garden")
        await pilot.press("enter")
        await until(pilot, lambda: "think about a garden" in shown(app))
        assert view(app) == "open"
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
        assert app.screen.query_one(ActionList).row_count == MOST_ROWS
        began = monotonic()
        await pilot.press("slash")
        await type_in(pilot, "3999")
        await until(pilot, lambda: shown(app) == ["action 3999"])
        assert monotonic() - began < 5
        await pilot.press("ctrl+u", "escape")
        await until(pilot, lambda: len(shown(app)) == MOST_ROWS)
        await pilot.press("end", "home")
        await until(pilot, lambda: "The soonest 200 of 4,000." in read_screen(app))


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
    made = lines(VIEWS[3], listings, len(listings) + rest, today=TODAY, zone="UTC")
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
