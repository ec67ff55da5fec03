"""Owner, tag, day and recurrence of an action item are completed as they are typed, wherever a line is typed."""

from __future__ import annotations

from datetime import date

from tests.ui.test_screen_actions import PASSPHRASE, adder, open_on  # noqa: F401 a fixture

from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.owner import Owner
from peernote_tui.services.action_items import add_action
from peernote_tui.services.action_words import words_used
from peernote_tui.services.participants import ParticipantDetails, add_participant
from peernote_tui.services.writing import start_draft
from peernote_tui.ui.screens.actions.boxes import AddBox
from peernote_tui.ui.screens.participant import ParticipantScreen
from peernote_tui.ui.widgets.action_line import ActionBox


def fill(workspace, clock):
    person = add_participant(workspace, ParticipantDetails(name="Maria Santos", external_id="M-0042"))
    for tags, owner in ((("housing", "[/]"), "Ruth"), (("housing",), "Aunt [/] Anna"), (("health",), "Ruth")):
        line = ActionLine("walk", Owner.OTHER, owner, date(2026, 11, 24), tags)
        add_action(workspace, person.id, line)


async def offered(pilot, until, rest):
    box = pilot.app.focused
    await until(pilot, lambda: box._suggestion == f"{box.value}{rest}")


async def add_for_the_one_found(pilot, type_in, until):
    await pilot.press("slash")
    await type_in(pilot, "walk")
    await until(pilot, lambda: len(pilot.app.screen.shown) == 3)
    await pilot.press("enter", "a")
    await until(pilot, lambda: isinstance(pilot.app.focused, AddBox))


async def test_the_line_on_actions(open_on, keys, type_in, until):  # noqa: F811 the fixture
    async with open_on(filling=fill) as pilot:
        await add_for_the_one_found(pilot, type_in, until)
        await type_in(pilot, "bring form @r")
        await offered(pilot, until, "uth")
        assert pilot.app.focused.value == "bring form @r"
        await keys(pilot, "end")
        await type_in(pilot, " #h")
        await offered(pilot, until, "ousing")
        await keys(pilot, "right")
        await type_in(pilot, " every f")
        await offered(pilot, until, "riday")
        await keys(pilot, "right")
        box = pilot.app.focused
        assert box.value == "bring form @ruth #housing every friday"
        await until(pilot, lambda: adder(pilot.app).echo)
        assert adder(pilot.app).echo == "bring form · ruth · Fri 27 Nov · #housing · every Friday"
        await keys(pilot, "ctrl+z")
        assert box.value == "bring form @ruth #housing every f"
        await keys(pilot, "ctrl+y", "enter")
        await until(pilot, lambda: "bring form" in [listing.action.text for listing in pilot.app.screen.shown])


async def test_the_line_in_the_note(workspace, consented, in_the_wizard, keys, type_in, until, read_screen):
    add_action(workspace, consented.id, ActionLine("walk", Owner.OTHER, "Ruth", tags=("housing",)))
    assert words_used(workspace).owners == ("Ruth",)
    assert words_used(workspace).tags == ("housing",)
    async with in_the_wizard(start_draft(workspace, consented.id).id, size=(120, 40)) as pilot:
        await keys(pilot, "f4", "f4", "f4")
        await type_in(pilot, 'play sat | @"Aunt Anna" #')
        await offered(pilot, until, "housing")
        await keys(pilot, "end")
        await type_in(pilot, " sure:7 every fri")
        await offered(pilot, until, "day")
        await keys(pilot, "right", "enter")
        await until(pilot, lambda: "every Friday" in read_screen(pilot.app))
        await keys(pilot, "up", "enter")
        assert pilot.app.focused.value == 'play sat @"Aunt Anna" 2026-11-27 every friday #housing sure:7'


async def test_nasty_lines_change_nothing(open_on, keys, type_in, until):  # noqa: F811 the fixture
    async with open_on(filling=fill) as pilot:
        await add_for_the_one_found(pilot, type_in, until)
        box = pilot.app.focused
        for typed in ("@", "#", "@@", "# ", "[/", "#[/]", "سلام @", "🙂 #🙂", "x" * 2_100):
            box.load("")
            box.insert_pasted(typed)
            await keys(pilot, "backspace")
            assert box.value == typed[:-1]
        await keys(pilot, "enter")
        assert "longer than 2000 characters" in adder(pilot.app).error


async def test_a_line_waits_for_whom_it_is_about_wherever_it_was_begun(make_vault, at_the_door, until, type_in, keys):
    folder, _ = make_vault(fill)

    def stands(pilot, name):
        return getattr(pilot.app.screen, "NAME", "") == name

    async def line(pilot, typed):
        await until(pilot, lambda: isinstance(pilot.app.focused, ActionBox) and pilot.app.focused.value == typed)

    async def on_actions(pilot):
        await until(pilot, lambda: stands(pilot, "today"))
        pilot.app.action_go("actions")
        await until(pilot, lambda: stands(pilot, "actions") and len(pilot.app.screen.shown) == 3)

    async with at_the_door(folder, passphrase=PASSPHRASE) as pilot:
        await on_actions(pilot)
        whose = pilot.app.screen.shown[0].action.participant_id
        await keys(pilot, "down", "e")
        first = pilot.app.focused.value
        await type_in(pilot, " [/] half")
        # Another action item, and back: each has its own line.
        await keys(pilot, "escape", "down", "e")
        assert "half" not in pilot.app.focused.value
        await keys(pilot, "escape", "up", "e")
        await line(pilot, f"{first} [/] half")
        await keys(pilot, "escape")
        pilot.app.push_screen(ParticipantScreen(whose))
        await until(pilot, lambda: stands(pilot, "participant") and pilot.app.screen.page is not None)
        await keys(pilot, "a")
        await type_in(pilot, "a cup w")
        await keys(pilot, "escape", "escape")
        await until(pilot, lambda: stands(pilot, "actions"))
        await keys(pilot, "slash")
        await type_in(pilot, "walk")
        await keys(pilot, "enter", "a")
        await line(pilot, "a cup w")
        await type_in(pilot, "i")
        await keys(pilot, "ctrl+q")
    async with at_the_door(folder, passphrase=PASSPHRASE) as pilot:
        await until(pilot, lambda: stands(pilot, "today") or stands(pilot, "actions"))
        pilot.app.push_screen(ParticipantScreen(whose))
        await until(pilot, lambda: stands(pilot, "participant") and pilot.app.screen.page is not None)
        await keys(pilot, "a")
        await line(pilot, "a cup wi")
        await type_in(pilot, "th tea")
        await keys(pilot, "enter")
        await until(pilot, lambda: len(pilot.app.screen.page.briefing.open_actions) == 4)
        await keys(pilot, "a")
        await line(pilot, "")
