"""What every screen test needs: a walled-off home, an app in house dress, and a screen as text."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import Any, ClassVar

import pytest
from textual.app import ComposeResult
from textual.binding import BindingType

from peernote_tui.ui.compat import HouseApp
from peernote_tui.ui.providers import CommandProvider
from peernote_tui.ui.screens.base import APP_BINDINGS
from peernote_tui.ui.themes import style_paths

SIZES = ((80, 24), (60, 20), (120, 40))
MEGABYTE = 1_000_000


@pytest.fixture(autouse=True)
def walled_home(tmp_path, monkeypatch):
    """Keep tests away from the home and the configuration of whoever runs them."""
    import os

    import platformdirs

    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    for name in [name for name in os.environ if name.startswith("TEXTUAL")]:
        monkeypatch.delenv(name)
    for name in ("user_config_dir", "user_data_dir", "user_cache_dir", "user_state_dir", "user_documents_dir"):
        monkeypatch.setattr(platformdirs, name, lambda *_a, _name=name, **_k: str(home / _name))
    return home


class Stage(HouseApp[Any]):
    """An app in house dress that shows given widgets and keeps the messages it hears."""

    CSS_PATH = style_paths()
    COMMANDS: ClassVar = {CommandProvider}
    BINDINGS: ClassVar[list[BindingType]] = [*APP_BINDINGS]

    def __init__(self, *widgets, first_screen=None):
        super().__init__()
        self.widgets = widgets
        self.first_screen = first_screen
        self.went: list[str] = []
        self.heard: list[Any] = []

    def compose(self) -> ComposeResult:
        for widget in self.widgets:
            yield widget() if callable(widget) else widget

    def on_mount(self) -> None:
        if self.first_screen is not None:
            self.push_screen(self.first_screen)

    def action_go(self, place):
        self.went.append(place)

    def action_lock(self):
        self.went.append("lock")

    def action_find(self):
        self.went.append("find")

    def action_new_note(self):
        self.went.append("new_note")


@pytest.fixture
def house_app():
    """Make an app from widgets, or from one screen: `house_app(a, lambda: b)` or `house_app(first_screen=s)`."""
    return Stage


@pytest.fixture
def run():
    """Run an app with toasts and tooltips on: `async with run(app, size=(80, 24)) as pilot`."""

    @asynccontextmanager
    async def running(app, size=(80, 24)):
        async with app.run_test(notifications=True, tooltips=True, size=size) as pilot:
            await pilot.pause()
            yield pilot

    return running


def screen_lines(app) -> list[str]:
    """Give the screen as lines of text, right ends trimmed."""
    width, height = app.size
    strips = app.screen._compositor.render_strips(app.size)[:height]
    return ["".join(segment.text for segment in strip.crop(0, width)).rstrip() for strip in strips]


def screen_text(app) -> str:
    """Give the screen as text, as a person would read it, for goldens."""
    return "\n".join(screen_lines(app))


@pytest.fixture
def read_screen():
    """Give `screen_text` to tests that cannot import this file."""
    return screen_text


@pytest.fixture
def nasty_texts():
    """Texts that have broken terminals and markup parsers before."""
    return {
        "closing tag": "[/]",
        "bold tag": "[bold]x",
        "half tag": "[/",
        "family": "Family 👨‍👩‍👧‍👦 Lee",
        "combining": "Z̷͑a̴͌l̷g̶o Tomás",
        "arabic": "مرحبا بالعالم",
        "override": "safe\u202egnp.exe",
        "nul": "a\x00b\x1b[31mc\x07",
        "long": "Wolfeschlegelsteinhausenbergerdorff " * 6,
        "cjk": "山田太郎さんの家",
        "megabyte": "word " * (MEGABYTE // 5),
    }
