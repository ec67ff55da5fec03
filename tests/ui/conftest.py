"""What every screen test needs: a walled-off home, an app in house dress, and a screen as text."""

from __future__ import annotations

import asyncio
import shutil
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from time import monotonic
from typing import Any, ClassVar
from unittest import mock

import pytest
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.css.stylesheet import Stylesheet

from peernote_tui.ui import backing_up
from peernote_tui.ui.compat import HouseApp
from peernote_tui.ui.providers import CommandProvider
from peernote_tui.ui.screens.base import APP_BINDINGS
from peernote_tui.ui.themes import style_paths

SIZES = ((80, 24), (60, 20), (120, 40))
MEGABYTE = 1_000_000


@pytest.fixture(scope="session", autouse=True)
def styles_parsed_once():
    """Parse the styles once in a process and not twice in every app: rules do not change once they are read."""
    parse = Stylesheet._parse_rules
    known = {}

    def parse_once(self, css, **asked):
        key = (css, *sorted(asked.items()), frozenset(self._variables.items()))
        if key not in known:
            known[key] = parse(self, css, **asked)
        return known[key]

    with mock.patch.object(Stylesheet, "_parse_rules", parse_once):
        yield


@pytest.fixture(autouse=True)
def settled_keys(monkeypatch):
    """Let a pilot's press return when the keys have had their effect, as a person sees it."""
    from textual.pilot import Pilot

    press = Pilot.press

    async def press_and_settle(self, *keys):
        await press(self, *keys)
        async with asyncio.timeout(10):
            while not getattr(self.app, "keys_settled", True) and self.app.is_running:
                await asyncio.sleep(0.002)
        await self.pause()

    monkeypatch.setattr(Pilot, "press", press_and_settle)


@pytest.fixture(autouse=True)
def no_backup_meanwhile(monkeypatch):
    """Begin the backup of the day in no test that does not ask for it; a slow one would meet it in the middle."""
    monkeypatch.setattr(backing_up, "AFTER_SECONDS", 3_600.0)


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


VAULT_PASSPHRASE = "correct horse battery staple"


class StandingClock:
    """A clock that stands until a test sets its `instant` (aware, UTC)."""

    zone = "America/New_York"

    def __init__(self):
        self.instant = datetime(2026, 11, 23, 19, 52, tzinfo=UTC)

    def now(self):
        return self.instant


@pytest.fixture
def clock():
    """Monday 23 November 2026, 14:52 in New York."""
    return StandingClock()


@pytest.fixture(scope="session")
def _vaults_to_copy():
    """What `make_vault` made in this process: its folder, its recovery code, and when its filling ended."""
    return {}


@pytest.fixture
def make_vault(_vaults_to_copy, tmp_path, tmp_path_factory, clock):
    """Make a closed vault, filled by `fill(workspace, clock)`: `folder, recovery_code = make_vault(fill)`.

    What one function of a file fills is made once and copied; a function inside a test may leave things behind.
    """
    from peernote_tui.services.unlocking import close, create_vault

    def made(folder, fill):
        new = create_vault(
            folder, VAULT_PASSPHRASE, author_name="Sam Rivera", credential="CPS", clock=clock, work_factor=10
        )
        try:
            if fill is not None:
                fill(new.workspace, clock)
        finally:
            close(new.workspace)
        return folder, new.recovery_code

    def make(fill=None, name="vault.peernote"):
        if fill is not None and "<locals>" in fill.__qualname__:
            return made(tmp_path / name, fill)
        key = (fill, name, clock.instant, clock.zone)
        if key not in _vaults_to_copy:
            folder, code = made(tmp_path_factory.mktemp("vaults") / "vault.peernote", fill)
            _vaults_to_copy[key] = (folder, code, clock.instant)
        folder, code, clock.instant = _vaults_to_copy[key]
        return shutil.copytree(folder, tmp_path / name), code

    return make


@pytest.fixture
def at_the_door(run, clock, tmp_path):
    """Run PeerNote on a folder: `async with at_the_door(folder, passphrase=...) as pilot`; closed at the end."""
    from peernote_tui.ui.app import PeerNoteApp

    @asynccontextmanager
    async def running(folder, *, size=(80, 24), **given):
        app = PeerNoteApp(folder, clock=clock, config=tmp_path / "config", work_factor=10, **given)
        try:
            async with run(app, size=size) as pilot:
                yield pilot
                await app.flush()
                await app.gateway.close()
        finally:
            app.gateway.shutdown()

    return running


@pytest.fixture
def until():
    """Wait for a condition without a fixed time: `await until(pilot, lambda: ...)`; fails after ten seconds."""

    async def waiting(pilot, condition):
        deadline = monotonic() + 10
        while not condition():
            assert monotonic() < deadline, "it did not happen"
            await pilot.pause(0.01)
        await pilot.pause()

    return waiting


@pytest.fixture
def type_in():
    """Type a text key by key: `await type_in(pilot, "two words")`."""

    async def typing(pilot, text):
        # As the terminal sends them: one key event after the other, without waiting in between.
        names = {" ": "space", "-": "minus"}
        for character in text:
            pilot.app.post_message(events.Key(names.get(character, character), character))
        await pilot.press()

    return typing


@pytest.fixture
def in_the_vault(workspace, passphrase, at_the_door, until):
    """Close the filled `workspace` and run PeerNote on it: `async with in_the_vault(size=...) as pilot`.

    It begins at Today, or where the last run was locked.
    """
    from peernote_tui.services import unlocking
    from peernote_tui.ui.screens.vault_screen import VaultScreen

    @asynccontextmanager
    async def running(*, size=(80, 24)):
        unlocking.close(workspace)
        async with at_the_door(workspace.vault.folder, size=size, passphrase=passphrase) as pilot:
            await until(
                pilot,
                lambda: any(isinstance(one, VaultScreen) and not one.is_returning for one in pilot.app.screen_stack),
            )
            yield pilot

    return running


@pytest.fixture
def keys():
    """Press keys and wait for what they ask of the vault: `await keys(pilot, "f4", "enter")`."""

    async def settle(pilot):
        await pilot.pause()
        # A flow waits for the person, so it is not waited for.
        pending = [worker for worker in pilot.app.workers if worker.group != "flow" and not worker.is_finished]
        if pending:
            async with asyncio.timeout(10):
                await pilot.app.workers.wait_for_complete(pending)
        await pilot.pause()

    async def pressing(pilot, *names):
        for name in names:
            await pilot.press(name)
            await settle(pilot)
        if not names:
            await settle(pilot)

    return pressing


@pytest.fixture
def in_the_wizard(in_the_vault, until):
    """Run PeerNote on the filled `workspace`, a draft in the wizard: `async with in_the_wizard(draft.id) as pilot`."""
    from peernote_tui.ui.flows import open_draft
    from peernote_tui.ui.screens.note_wizard.screen import NoteWizard

    @asynccontextmanager
    async def running(draft_id, *, size=(80, 24)):
        async with in_the_vault(size=size) as pilot:
            await open_draft(pilot.app, draft_id)
            await until(pilot, lambda: isinstance(pilot.app.screen, NoteWizard) and pilot.app.screen.focused)
            yield pilot

    return running


@pytest.fixture
def stored():
    """Give a draft as the vault holds it, while the app runs: `await stored(pilot, draft.id)`."""
    from peernote_tui.services.writing import get_draft

    async def fetching(pilot, draft_id):
        return await pilot.app.gateway.call(get_draft, draft_id)

    return fetching


@pytest.fixture
def reopened(workspace, passphrase, clock):
    """Open the vault again after the app has left it: `with reopened() as workspace`."""
    from peernote_tui.services.unlocking import close, open_vault

    @contextmanager
    def opening():
        opened = open_vault(workspace.vault.folder, passphrase, clock=clock)
        try:
            yield opened
        finally:
            close(opened)

    return opening
