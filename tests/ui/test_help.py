"""Help, palette, frame and the compatibility layer, through real keys."""

from typing import ClassVar

import pytest
from textual.app import App
from textual.binding import Binding
from textual.command import CommandPalette
from textual.containers import VerticalScroll
from textual.widgets import Static

from peernote_tui.ui import compat, sentences
from peernote_tui.ui.safe import Column
from peernote_tui.ui.screens.base import PeerScreen, TopScreen
from peernote_tui.ui.screens.help import HelpScreen, live_help
from peernote_tui.ui.widgets.confirm import Confirm
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.form import Form
from peernote_tui.ui.widgets.key_line import KeyLine
from peernote_tui.ui.widgets.peer_list import PeerList
from peernote_tui.ui.widgets.side_pane import Section, SidePane
from peernote_tui.ui.widgets.text_input import TextInput

SECRET = "correct horse battery staple"


class Step(PeerScreen[None]):
    PLACE = "New note"
    BINDINGS: ClassVar = [
        Binding("f3", "before", "Back", id="step.before", tooltip="One step back."),
        Binding("f4", "after", "Next step", id="step.after", tooltip="One step on."),
    ]
    allowed: bool | None = True

    def compose_body(self):
        with Form():
            yield Field("place", "Place", TextInput("Elm St"), hint="Where you met", help_text="Any word will do.")
            yield Field("who", "Who", TextInput())
        yield SidePane()

    def on_mount(self):
        self.query_one(SidePane).show([Section("Last time", ("slept badly",))])
        self.query_one("#field-place", Field).focus_control()

    def check_action(self, action, parameters):
        return self.allowed if action == "after" else super().check_action(action, parameters)


class Listing(TopScreen):
    PLACE = "Actions"

    def compose_body(self):
        yield PeerList([Column(5, flex=1)], empty="Nothing here. Press a to add.")


async def test_help_groups_what_works_here_and_everywhere(house_app, run, read_screen):
    app = house_app(first_screen=Step())
    async with run(app, size=(120, 40)) as pilot:
        page = live_help(app.screen)
        groups = {heading: [entry.label for entry in entries] for heading, entries in page.groups}
        assert page.subject == "Place"
        assert "Any word will do." in page.text
        assert "Next field" in groups["Here"]
        assert {"Back", "Next step"} <= set(groups["This screen"])
        assert {"Lock", "Quit", "Find", "Help", "Commands"} <= set(groups["Everywhere"])
        assert "Undo" in groups["While typing"]
        await pilot.press("f1")
        assert isinstance(app.screen, HelpScreen)
        seen = read_screen(app)
        assert "Any word will do." in seen
        assert "One step on." in seen
        await pilot.press("escape")
        assert isinstance(app.screen, Step)
        assert app.focused is app.screen.query_one("#field-place", Field).control


async def test_find_shows_both_its_keys_in_help(house_app, run):
    app = house_app(first_screen=Step())
    async with run(app):
        entries = dict(live_help(app.screen).groups)["Everywhere"]
        assert [entry.keys for entry in entries if entry.label == "Find"] == ["f5, ^f"]


async def test_help_begins_with_what_the_screen_is_for(house_app, run):
    class Own(Step):
        FIRST_KEYS = ("step.after",)

    app = house_app(first_screen=Own())
    async with run(app, size=(120, 40)):
        groups = dict(live_help(app.screen).groups)
        assert groups["This screen"][0].label == "Next step"


async def test_f1_helps_in_a_dialog_and_esc_leads_back_to_it(house_app, run, read_screen):
    from peernote_tui.ui.screens.one_line import OneLine
    from peernote_tui.ui.shelf import Shelf

    async with run(house_app()) as pilot:
        question = OneLine("Cancel the meeting", "Because", hint="A few words.", shelf=Shelf("cancel"))
        pilot.app.push_screen(question)
        await pilot.pause()
        await pilot.press(*"was?", "f1")
        await pilot.pause()
        seen = read_screen(pilot.app)
        assert "Because" in seen
        assert "Close and change nothing." in seen
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.screen is question
        assert question.words() == {"one_line": "was?"}


async def test_a_question_mark_is_typed_in_a_field_and_asks_for_help_on_a_list(house_app, run):
    app = house_app(first_screen=Step())
    async with run(app) as pilot:
        await pilot.press("?")
        assert app.screen.query_one("#field-place", Field).control.value == "Elm St?"
    app = house_app(first_screen=Listing())
    async with run(app) as pilot:
        await pilot.press("?")
        assert isinstance(app.screen, HelpScreen)


async def test_the_footer_has_at_most_six_keys_and_help_is_last(house_app, run):
    app = house_app(first_screen=Step())
    async with run(app):
        entries = app.screen.query_one(KeyLine).entries()
        assert len(entries) == 6
        assert [entry.label for entry in entries[:3]] == ["Next field", "Back", "Next step"]
        assert [entry.key for entry in entries[:2]] == ["⏎", "f3"]
        assert (entries[-1].key, entries[-1].label) == ("f1", "Help")


@pytest.mark.parametrize(("state", "shown"), [(True, "f4 Next step"), (None, "(f4 Next step)"), (False, None)])
async def test_the_footer_follows_what_is_allowed(state, shown, house_app, run, read_screen):
    app = house_app(first_screen=Step())
    async with run(app, size=(120, 30)) as pilot:
        app.screen.allowed = state
        app.screen.refresh_bindings()
        await pilot.pause()
        foot = read_screen(app).splitlines()[-1]
        assert (shown in foot) if shown else ("Next step" not in foot)


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40)])
async def test_top_line_and_footer_fit_every_size(size, house_app, run, read_screen):
    for screen in (Step(), Listing()):
        app = house_app(first_screen=screen)
        async with run(app, size=size) as pilot:
            if isinstance(screen, Step):
                screen.set_context("Wolfeschlegelsteinhausenbergerdorff 山田太郎", "she/her · M-0042")
            screen.set_status("4 notes this week · all on time")
            screen.set_lock_countdown(298)
            await pilot.pause()
            lines = read_screen(app).splitlines()
            assert lines[0].endswith("4:58")
            assert "f1 Help" in lines[-1]
            assert "Wolfe" in lines[0] or "Actions" in lines[0]


async def test_digits_go_to_the_four_screens_where_nothing_is_typed(house_app, run):
    app = house_app(first_screen=Listing())
    async with run(app) as pilot:
        await pilot.press("1", "2", "3", "4")
        assert app.went == ["today", "participants", "notes", "actions"]


async def test_house_keys_work_while_typing(house_app, run):
    app = house_app(first_screen=Step())
    async with run(app) as pilot:
        await pilot.press("ctrl+l", "ctrl+f", "f5", "ctrl+n")
        assert app.went == ["lock", "find", "find", "new_note"]
        assert app.screen.query_one("#field-place", Field).control.value == "Elm St"


async def test_locking_works_over_dialogs_and_the_palette(house_app, run):
    app = house_app(first_screen=Step())
    async with run(app) as pilot:
        for opener in ("f1", "ctrl+o", "ctrl+p"):
            await pilot.press(opener)
            await pilot.pause()
            await pilot.press("ctrl+l")
            await pilot.press("escape")
        app.push_screen(Confirm("Remove it?"))
        await pilot.pause()
        await pilot.press("ctrl+l")
        assert app.went == ["lock"] * 4


async def test_a_small_terminal_says_so_and_everything_is_back_after(house_app, run, read_screen):
    app = house_app(first_screen=Step())
    async with run(app) as pilot:
        await pilot.press("x", "left")
        field = app.focused
        await pilot.resize_terminal(40, 10)
        await pilot.pause()
        seen = " ".join(read_screen(app).split())
        assert "at least 60 by 20" in seen
        assert "Place" not in seen
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        await pilot.pause()
        assert app.focused is field
        assert (field.value, field.cursor_position, field.selected_text) == ("Elm Stx", 6, "")
        assert "Place" in read_screen(app)


async def test_the_side_pane_folds_and_one_key_brings_it_back(house_app, run, read_screen):
    app = house_app(first_screen=Step())
    async with run(app, size=(80, 24)) as pilot:
        typed_in = app.focused
        assert "slept badly" not in read_screen(app)
        await pilot.press("f9")
        await pilot.pause()
        assert "slept badly" in read_screen(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "slept badly" not in read_screen(app)
        assert app.focused is typed_in
    app = house_app(first_screen=Step())
    async with run(app, size=(120, 40)) as pilot:
        assert "slept badly" in read_screen(app)
        await pilot.press("f9")
        await pilot.pause()
        assert "slept badly" not in read_screen(app)


async def test_an_error_notice_stays_until_read(house_app, run, read_screen):
    app = house_app(first_screen=Step())
    async with run(app) as pilot:
        app.screen.say("The disk is full [/].", tone="error")
        await pilot.press("a", "tab")
        await pilot.pause()
        assert "! The disk is full [/]." in read_screen(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "disk is full" not in read_screen(app)
        assert isinstance(app.screen, Step)


async def test_the_palette_lists_commands_with_keys_and_no_screenshot(house_app, run, read_screen):
    app = house_app(first_screen=Step())
    async with run(app, size=(100, 60)) as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause(0.3)
        assert isinstance(app.screen, CommandPalette)
        seen = read_screen(app)
        assert "Lock   ^l" in seen
        assert "Find   f5, ^f" in seen
        assert "Next step   f4" in seen
        assert "Colours: daylight" in seen
        assert "creenshot" not in seen


async def test_the_palette_runs_what_was_found_by_words(house_app, run):
    app = house_app(first_screen=Step())
    async with run(app) as pilot:
        await pilot.press("ctrl+p", *"hide every")
        await app.workers.wait_for_complete()
        await pilot.pause(0.3)
        await pilot.press("enter")
        await pilot.pause()
        assert app.went == ["lock"]


class Breaking(compat.HouseApp[None]):
    def on_mount(self):
        passphrase = SECRET
        raise ValueError(passphrase)


async def test_a_crash_says_one_line_without_values(capsys):
    app = Breaking()
    with pytest.raises(ValueError, match="horse"):
        async with app.run_test():
            pass
    heard = "".join(capsys.readouterr())
    assert SECRET not in heard
    assert "PeerNote had to stop" in heard
    assert "Traceback" not in heard
    assert app.return_code == 1


def test_a_fault_id_names_the_place_and_not_the_value():
    def fault(value):
        with pytest.raises(ZeroDivisionError) as caught:
            _ = value / 0
        return compat.fault_id(caught.value)

    def other():
        with pytest.raises(ZeroDivisionError) as caught:
            _ = 1 / 0
        return compat.fault_id(caught.value)

    assert fault(1) == fault(2)
    assert fault(1) != other()
    assert len(fault(1)) == 8


@pytest.mark.parametrize(
    "name",
    [
        "_handle_exception",
        "_fatal_error",
        "_close_messages_no_wait",
        "get_system_commands",
        "action_screenshot",
        "deliver_screenshot",
        "copy_to_clipboard",
        "validate_title",
        "validate_sub_title",
        "action_command_palette",
        "on_event",
        "get_theme_variable_defaults",
    ],
)
def test_textual_still_has_what_the_compatibility_layer_overrides(name):
    assert callable(getattr(App, name))


async def test_copying_stays_inside_the_program(house_app, run, monkeypatch):
    app = house_app(TextInput(SECRET, id="secret"))
    async with run(app) as pilot:
        written = []
        monkeypatch.setattr(app._driver, "write", written.append)
        app.query_one(TextInput).focus()
        await pilot.press("ctrl+shift+a", "ctrl+c")
        assert app.clipboard == SECRET
        assert not [data for data in written if "\x1b]52" in data]
        app.forget_clipboard()
        assert app.clipboard == ""


async def test_the_window_title_never_takes_content(house_app, run):
    app = house_app(Static("x"))
    async with run(app):
        app.title, app.sub_title = "Maria S.", "M-0042"
        assert (app.title, app.sub_title) == ("PeerNote", "")


async def test_a_screenshot_writes_nothing(house_app, run, walled_home, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    app = house_app(Static("x"))
    async with run(app):
        app.action_screenshot()
        app.deliver_screenshot()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


async def test_idleness_is_counted_from_the_last_key_even_inside_a_field(house_app, run):
    now = [100.0]
    app = house_app(TextInput())
    async with run(app) as pilot:
        assert app.idle_seconds == 0
        app.watch_idleness(lambda: now[0])
        app.query_one(TextInput).focus()
        now[0] = 130.0
        assert app.idle_seconds == 30
        await pilot.press("a")
        assert app.idle_seconds == 0
        now[0] = 131.5
        assert app.idle_seconds == 1.5


async def test_nothing_blinks_and_nothing_animates(house_app, run):
    app = house_app(TextInput())
    async with run(app):
        assert app.animation_level == "none"
        assert app.query_one(TextInput).cursor_blink is False


@pytest.mark.parametrize(("key", "answer"), [("y", True), ("escape", False), ("n", False)])
async def test_confirm_takes_only_deliberate_keys(key, answer, house_app, run):
    answers = []
    app = house_app(Static("x"))
    async with run(app) as pilot:
        app.push_screen(
            Confirm("Remove [/] for good?", "It is gone then.", yes="Remove", asked_with="x"), answers.append
        )
        await pilot.pause()
        await pilot.press("enter", "x", "space")
        assert answers == []
        await pilot.press(key)
        await pilot.pause()
        assert answers == [answer]


def test_confirm_never_takes_the_key_that_asked():
    assert Confirm("?", asked_with="y").yes_key != "y"
    assert Confirm("?", asked_with="x").yes_key == "y"
    assert Confirm("?", yes_key="n").yes_key != "n"


async def test_however_long_help_is_it_says_how_it_closes(house_app, run, read_screen):
    app = house_app(first_screen=Step())
    async with run(app, size=(60, 20)) as pilot:
        await pilot.press("f1")
        await pilot.pause()
        assert app.screen.query_one(VerticalScroll).max_scroll_y > 0
        assert sentences.HELP_CLOSE in read_screen(app)
        assert "super+c" not in str(
            [entry.keys for _heading, entries in live_help(app.screen).groups for entry in entries]
        )
