"""The application around the wizard: palette, keymap, lock, quit, theme, and what happens on a fault."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest
from textual.command import CommandPalette

from peernote_tui.services import unlocking, writing
from peernote_tui.ui.app import Leaving, PeerNoteApp
from peernote_tui.ui.flows import open_draft
from peernote_tui.ui.screens.note_wizard import drafting
from peernote_tui.ui.screens.note_wizard.review import ReviewPane
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.today import TodayScreen
from peernote_tui.ui.widgets.notice_line import NoticeLine
from peernote_tui.ui.widgets.top_line import TopLine

CANARY = "quetzalwort"


@pytest.fixture
def full(workspace, write_draft, consented):
    """A draft with nothing missing, left in the summary."""
    draft = write_draft(consented, summary="")
    return writing.save_draft(workspace, draft.model_copy(update={"step": 2}))


@pytest.fixture
def config(tmp_path):
    """The folder of settings and keymap that `at_the_door` uses."""
    folder = tmp_path / "config"
    folder.mkdir()
    return folder


def notice(pilot):
    return pilot.app.screen.query_one(NoticeLine).notice[0]


class TestPalette:
    async def test_it_lists_the_wizards_commands_and_runs_one(self, full, in_the_wizard, keys, type_in, until):
        async with in_the_wizard(full.id) as pilot:
            await keys(pilot, "ctrl+p")
            assert isinstance(pilot.app.screen, CommandPalette)
            await type_in(pilot, "review")
            options = pilot.app.screen.query_one("CommandList")
            await until(pilot, lambda: options.option_count)
            listed = [str(options.get_option_at_index(place).prompt) for place in range(options.option_count)]
            assert any("Review & sign" in line and "f2" in line.lower() for line in listed)
            await keys(pilot, "enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, NoteWizard) and pilot.app.screen.query(ReviewPane))

    async def test_a_theme_is_put_on_at_once(self, full, in_the_wizard, keys, type_in, until):
        async with in_the_wizard(full.id) as pilot:
            await keys(pilot, "ctrl+p")
            await type_in(pilot, "daylight")
            await until(pilot, lambda: pilot.app.screen.query_one("CommandList").option_count)
            await keys(pilot, "enter")
            await until(pilot, lambda: pilot.app.theme == "daylight")


class TestOwnFiles:
    async def test_a_keymap_moves_the_signature(self, full, config, in_the_wizard, keys, type_in):
        (config / "keymap.toml").write_text('[keys]\n"note.sign" = "f12"\n', encoding="utf-8")
        async with in_the_wizard(full.id) as pilot:
            await type_in(pilot, "We read.")
            await keys(pilot, "f2", "f8")
            assert isinstance(pilot.app.screen, NoteWizard)
            await keys(pilot, "f12")
            assert isinstance(pilot.app.screen, TodayScreen)
            assert notice(pilot).startswith("Signed 14:52")

    async def test_settings_are_worn_and_a_bad_line_is_told(self, config, full, in_the_vault):
        (config / "settings.toml").write_text('theme = "contrast"\nlock_minutes = "soon"\n', encoding="utf-8")
        async with in_the_vault() as pilot:
            assert pilot.app.theme == "contrast"
            assert pilot.app.settings.lock_minutes == 5
            assert "lock_minutes is not usable" in notice(pilot)


class Watch:
    """Seconds that pass when a test says so."""

    def __init__(self):
        self.seconds = 100.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def idle_wizard(workspace, passphrase, at_the_door, until, watch, monkeypatch):
    """The wizard in the summary, in an app whose idle clock stands still: `async with idle_wizard(id) as pilot`."""
    monkeypatch.setattr(drafting, "PAUSE_SECONDS", 3600)

    @asynccontextmanager
    async def running(draft_id):
        unlocking.close(workspace)
        async with at_the_door(workspace.vault.folder, passphrase=passphrase, monotonic=watch) as pilot:
            await until(pilot, lambda: isinstance(pilot.app.screen, TodayScreen))
            await open_draft(pilot.app, draft_id)
            await until(pilot, lambda: isinstance(pilot.app.screen, NoteWizard) and pilot.app.screen.focused)
            yield pilot

    return running


class TestLock:
    async def test_it_counts_down_and_locks_with_the_draft_stored(
        self, full, idle_wizard, watch, type_in, keys, until, reopened
    ):
        async with idle_wizard(full.id) as pilot:
            await type_in(pilot, CANARY)
            watch.seconds += 240
            pilot.app._tick()
            assert pilot.app.screen.query_one(TopLine).seconds == 60
            await keys(pilot, "x")
            pilot.app._tick()
            assert pilot.app.screen.query_one(TopLine).seconds == 300
            watch.seconds += 299.5
            pilot.app._tick()
            assert pilot.app.gateway.is_open
            watch.seconds += 1
            await until(pilot, lambda: not pilot.app.gateway.is_open)
            assert pilot.app.return_value is Leaving.LOCKED
            with reopened() as after:
                assert writing.get_draft(after, full.id).content.summary == f"{CANARY}x"

    async def test_ctrl_l_in_mid_word_stores_the_word_and_forgets_what_was_copied(
        self, full, idle_wizard, type_in, until, reopened
    ):
        async with idle_wizard(full.id) as pilot:
            await type_in(pilot, CANARY[:7])
            pilot.app.copy_to_clipboard(CANARY)
            await pilot.press("ctrl+l")
            await until(pilot, lambda: not pilot.app.gateway.is_open)
            assert pilot.app.return_value is Leaving.LOCKED
            assert pilot.app.clipboard == ""
            with reopened() as after:
                assert writing.get_draft(after, full.id).content.summary == CANARY[:7]

    async def test_it_locks_over_a_dialog_too(self, full, idle_wizard, type_in, keys, until, reopened):
        async with idle_wizard(full.id) as pilot:
            await type_in(pilot, "on")
            await keys(pilot, "f1")
            await pilot.press("ctrl+l")
            await until(pilot, lambda: not pilot.app.gateway.is_open)
            with reopened() as after:
                assert writing.get_draft(after, full.id).content.summary == "on"


class TestLeaving:
    async def test_however_it_ends_the_vault_is_closed(
        self, workspace, passphrase, run, clock, tmp_path, until, reopened
    ):
        unlocking.close(workspace)
        app = PeerNoteApp(workspace.vault.folder, clock=clock, passphrase=passphrase, config=tmp_path / "c")
        try:
            async with run(app) as pilot:
                await until(pilot, lambda: isinstance(app.screen, TodayScreen))
                assert app.gateway.is_open
                app.exit()
            assert not app.gateway.is_open
            with reopened() as after:
                assert after.author.name == "Alex Rivera"
        finally:
            app.gateway.shutdown()

    async def test_a_fault_says_one_line_with_an_id_and_no_content(
        self, full, in_the_wizard, type_in, until, monkeypatch, capsys, reopened
    ):
        def break_down(_screen, _field):
            secret = f"{CANARY} {full.participant_id}"
            raise ValueError(secret)

        async def run_into_it():
            async with in_the_wizard(full.id) as pilot:
                await type_in(pilot, CANARY)
                await pilot.app.screen.flush()
                monkeypatch.setattr(NoteWizard, "_take", break_down)
                await pilot.press("a")
                await until(pilot, lambda: not pilot.app.is_running)

        with pytest.raises(ValueError, match=CANARY):
            await run_into_it()
        shown = capsys.readouterr()
        told = " ".join((shown.out + shown.err).split())
        assert "PeerNote had to stop because of a fault of its own (ValueError, " in told
        assert CANARY not in told
        assert full.participant_id not in told
        assert "Traceback" not in told
        with reopened() as after:
            assert writing.get_draft(after, full.id).content.summary.startswith(CANARY)

    async def test_nothing_typed_lies_outside_the_vault_or_readable_in_it(
        self, full, in_the_wizard, type_in, keys, tmp_path, monkeypatch
    ):
        (tmp_path / "temp").mkdir()
        for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
            monkeypatch.setenv(name, str(tmp_path / "temp"))
        async with in_the_wizard(full.id) as pilot:
            await type_in(pilot, CANARY)
            await pilot.app.screen.flush()
            assert holding(tmp_path, CANARY) == []
            await keys(pilot, "f2", "f8")
            assert isinstance(pilot.app.screen, TodayScreen)
            assert holding(tmp_path, CANARY) == []
        assert holding(tmp_path, CANARY) == []
        (tmp_path / "control.txt").write_text(f"the {CANARY} itself", encoding="utf-8")
        assert holding(tmp_path, CANARY) == ["control.txt"]


def holding(folder, word):
    """Names of the files below a folder that hold a word in the clear."""
    return [path.name for path in folder.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]
