"""Ctrl+O: letters over the fields."""

from peernote_tui.ui.screens.base import PeerScreen
from peernote_tui.ui.screens.jump import JumpScreen, jump_targets
from peernote_tui.ui.widgets.choice_field import ChoiceField
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.form import Form
from peernote_tui.ui.widgets.text_input import TextInput


class Three(PeerScreen[None]):
    PLACE = "Three"

    def compose_body(self):
        with Form():
            yield Field("a", "First", TextInput("one"))
            yield Field("b", "Second", ChoiceField([("x", "Phone")]))
            yield Field("c", "Third", TextInput("three"))

    def on_mount(self):
        self.query_one("#field-a", Field).focus_control()


async def test_letters_begin_on_the_home_row_from_the_top(house_app, run):
    app = house_app(first_screen=Three())
    async with run(app):
        targets = jump_targets(app.screen)
        assert [target.letter for target in targets] == ["a", "s", "d"]
        assert [target.widget for target in targets] == [field.control for field in app.screen.query(Field)]


async def test_a_letter_goes_there_and_types_nothing(house_app, run, read_screen):
    app = house_app(first_screen=Three())
    async with run(app) as pilot:
        screen = app.screen
        await pilot.press("ctrl+o")
        await pilot.pause()
        assert isinstance(app.screen, JumpScreen)
        lines = read_screen(app).splitlines()
        assert any(" d ree" in line or " d " in line for line in lines)
        await pilot.press("d")
        await pilot.pause()
        third = screen.query_one("#field-c", Field).control
        assert app.screen is screen
        assert app.focused is third
        assert third.value == "three"


async def test_escape_and_unknown_letters_stay(house_app, run):
    app = house_app(first_screen=Three())
    async with run(app) as pilot:
        before = app.focused
        await pilot.press("ctrl+o")
        await pilot.pause()
        await pilot.press("z")
        assert isinstance(app.screen, JumpScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert app.focused is before
