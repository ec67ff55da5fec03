"""Every theme can be read: on paper, and on the widgets as they are really mounted."""

import re

import pytest
from textual.color import Color
from textual.containers import Horizontal

from peernote_tui.ui.safe import Column
from peernote_tui.ui.screens.base import PeerScreen
from peernote_tui.ui.settings import THEME_NAMES
from peernote_tui.ui.themes import house_themes, style_paths
from peernote_tui.ui.widgets.choice_field import ChoiceField
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.form import Form
from peernote_tui.ui.widgets.note_area import NoteArea
from peernote_tui.ui.widgets.peer_list import Heading, PeerList, Row
from peernote_tui.ui.widgets.scale_field import ScaleField
from peernote_tui.ui.widgets.side_pane import Section, SidePane
from peernote_tui.ui.widgets.step_rail import Step, StepRail
from peernote_tui.ui.widgets.tag_field import TagField
from peernote_tui.ui.widgets.text_input import TextInput

THEMES = {theme.name: theme for theme in house_themes()}


def luminance(color: Color) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.normalized]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: Color, b: Color) -> float:
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def variables(name):
    theme = THEMES[name]
    known = {**theme.to_color_system().generate(), **theme.variables}
    return {key: Color.parse(value) for key, value in known.items() if value[:1] == "#"}


def test_the_ruler_measures_black_on_white_as_twenty_one():
    assert contrast(Color.parse("#000000"), Color.parse("#FFFFFF")) == pytest.approx(21)


def test_settings_and_themes_name_the_same_themes():
    assert tuple(THEMES) == THEME_NAMES


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["background", "surface", "panel"])
@pytest.mark.parametrize("ink", ["text", "muted", "placeholder", "primary", "secondary", "success", "error"])
def test_text_can_be_read_on_every_ground(theme, ground, ink):
    colors = variables(theme)
    assert contrast(colors[ink], colors[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["background", "surface", "panel"])
@pytest.mark.parametrize("edge", ["edge", "edge-focus"])
def test_edges_of_controls_can_be_seen_on_every_ground(theme, ground, edge):
    colors = variables(theme)
    assert contrast(colors[edge], colors[ground]) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_text_on_chosen_chips_selection_and_cursor_can_be_read(theme):
    colors = variables(theme)
    assert contrast(colors["on-primary"], colors["primary"]) >= 4.5
    assert contrast(colors["chip-text"], colors["chip"]) >= 4.5
    assert contrast(colors["input-selection-foreground"], colors["input-selection-background"]) >= 4.5
    assert contrast(colors["input-cursor-foreground"], colors["input-cursor-background"]) >= 4.5
    assert contrast(colors["footer-key-foreground"], colors["footer-background"]) >= 4.5


def test_stylesheets_name_theme_variables_only():
    words = re.compile(
        r"#[0-9a-fA-F]{3,8}\b(?![\w-]*\s*[{,>])|\b(rgb|hsl)a?\(|:\s*(red|green|blue|white|black|yellow|grey|gray)\b"
    )
    for path in style_paths():
        rules = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        values = re.findall(r":\s*([^;{}]+);", rules)
        assert values
        assert not [value for value in values if words.search(f": {value}")]


class Everything(PeerScreen[None]):
    PLACE = "Everything"

    def compose_body(self):
        with Horizontal(classes="columns"):
            yield StepRail()
            with Form():
                yield Field("a", "Place", TextInput(placeholder="Elm St"), hint="A hint")
                yield Field("b", "How", ChoiceField([("x", "Phone"), ("y", "Video")], value="x"))
                yield Field("c", "Things", ScaleField("hard", "good", value=3))
                yield Field("d", "Helped", TagField(["Listening"], tags=["Listening"]))
                yield Field("e", "Summary", NoteArea("words"), stacked=True)
                yield PeerList([Column(10, flex=1)])
            yield SidePane()

    def on_mount(self):
        self.query_one(StepRail).show([Step("Who", "14:00", done=True), Step("What")], 1)
        self.query_one(SidePane).show(
            [Section("Last time", ("slept badly",), rated=((None, 1), (None, None), (None, 6)))]
        )
        self.query_one(PeerList).show([Heading("Due", 1), Row("r", ("call",))])
        self.query_one("#field-a", Field).set_error("A place is needed.")
        self.query_one("#field-b", Field).set_echo("by phone")
        self.set_context("Maria S.", "she/her")
        self.set_status("saved 14:52", "success")
        self.set_lock_countdown(30)
        self.say("Done", way="u to undo")


def cells_of(app):
    """Give each drawn piece of text with its real colours."""
    width, height = app.size
    for strip in app.screen._compositor.render_strips(app.size)[:height]:
        for segment in strip.crop(0, width):
            style = segment.style
            if segment.text.strip() and style and style.color and style.bgcolor:
                yield segment.text, Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)


_EDGES = set("▌▐│─╭╮╰╯▏▕▊▎▁▔")
_RULES = set("│─")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("place", ["a", "b", "c", "d", "e"])
async def test_everything_that_is_really_drawn_can_be_read(theme, place, house_app, run):
    app = house_app(first_screen=Everything())
    async with run(app, size=(120, 40)) as pilot:
        app.theme = theme
        app.screen.query_one(f"#field-{place}", Field).focus_control()
        await pilot.pause()
        rule = variables(theme)["rule"]
        drawn = list(cells_of(app))
        assert len(drawn) > 40
        for text, ink, ground in drawn:
            if set(text.strip()) <= _RULES and ink.rgb == rule.rgb:
                continue
            if set(text.strip()) <= set("▌▐") and ink.rgb == ground.rgb:
                continue
            least = 3 if set(text.strip()) <= _EDGES else 4.5
            assert contrast(ink, ground) >= least, (text, ink.hex, ground.hex)


@pytest.mark.parametrize("theme", THEMES)
async def test_borders_of_real_controls_can_be_seen(theme, house_app, run):
    app = house_app(first_screen=Everything())
    async with run(app, size=(120, 40)) as pilot:
        app.theme = theme
        for place in ("a", "e"):
            control = app.screen.query_one(f"#field-{place}", Field).control
            for focused in (False, True):
                app.screen.set_focus(control if focused else None)
                await pilot.pause()
                kind, color = control.styles.border_left
                assert kind
                assert contrast(color, control.background_colors[0]) >= 3
                assert contrast(color, control.background_colors[1]) >= 3
