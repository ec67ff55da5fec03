"""Locking hides first, stores then, and never refuses, whatever goes on at the time."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from pathlib import Path

import pytest
from textual.command import CommandPalette

from peernote_tui.domain.errors import DiskFullError, PeerNoteError, ReadOnlyFolderError
from peernote_tui.services import unlocking, writing
from peernote_tui.ui import endings, locking, sentences
from peernote_tui.ui.endings import SleepWatch
from peernote_tui.ui.locking import Leaving
from peernote_tui.ui.screens.held import HeldScreen
from peernote_tui.ui.screens.note_wizard import drafting
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.unlock import UnlockScreen
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.notice_line import NoticeLine

CANARY = "quetzalwort"
FULL = DiskFullError("There is no room left on the disk.", "Free some space.")


@pytest.fixture
def draft(workspace, write_draft, consented):
    """A draft that was left in the summary."""
    draft = write_draft(consented, summary="")
    return writing.save_draft(workspace, draft.model_copy(update={"step": 2}))


@pytest.fixture
def at_summary(draft, in_the_wizard, monkeypatch):
    """The wizard in the summary; nothing is stored until it has to be: `async with at_summary() as pilot`."""
    monkeypatch.setattr(drafting, "PAUSE_SECONDS", 3600)
    return lambda: in_the_wizard(draft.id)


@pytest.fixture
def refusing(monkeypatch):
    """Let saving fail until `refusing["vault"]` is None, and rescuing until `refusing["elsewhere"]` is None."""
    errors = {"vault": FULL, "elsewhere": ReadOnlyFolderError("Nothing can be written."), "rescued": []}
    save = writing.save_draft

    def saving(workspace, draft):
        if errors["vault"] is not None:
            raise errors["vault"]
        return save(workspace, draft)

    def rescuing(_workspace, draft):
        if errors["elsewhere"] is not None:
            raise errors["elsewhere"]
        errors["rescued"].append(draft)
        return Path("elsewhere")

    monkeypatch.setattr(drafting, "save_draft", saving)
    monkeypatch.setattr(drafting, "rescue_draft", rescuing)
    return errors


def text_of(pilot):
    return next(one for one in pilot.app.screen.query(Field) if one.key == "summary").control.text


def is_gone(pilot):
    return not pilot.app.gateway.is_open


class TestHiding:
    async def test_everything_is_hidden_before_a_busy_vault_answers(self, draft, at_summary, type_in, until, reopened):
        async with at_summary() as pilot:
            await type_in(pilot, CANARY[:7])
            busy = threading.Event()
            waiting = pilot.app.run_worker(pilot.app.gateway.run(busy.wait), description="a backup")
            await pilot.press("ctrl+l")
            assert pilot.app.covered == sentences.LOCKING
            assert pilot.app.gateway.is_open
            # Nobody sees what these would do.
            await type_in(pilot, "xyz")
            await pilot.press("ctrl+q", "ctrl+l")
            busy.set()
            await until(pilot, lambda: is_gone(pilot))
            assert pilot.app.return_value is Leaving.LOCKED
            assert waiting.is_finished
        with reopened() as after:
            assert writing.get_draft(after, draft.id).content.summary == CANARY[:7]

    async def test_it_waits_for_the_save_that_is_running(
        self, draft, at_summary, type_in, until, reopened, monkeypatch
    ):
        running, go_on, save = threading.Event(), threading.Event(), writing.save_draft

        def slow(workspace, given):
            running.set()
            go_on.wait(10)
            return save(workspace, given)

        monkeypatch.setattr(drafting, "save_draft", slow)
        async with at_summary() as pilot:
            await type_in(pilot, "half a wo")
            pilot.app.run_worker(pilot.app.screen.flush(), description="save")
            await until(pilot, running.is_set)
            await type_in(pilot, "rd")
            await pilot.press("ctrl+l")
            go_on.set()
            await until(pilot, lambda: is_gone(pilot))
        with reopened() as after:
            assert writing.get_draft(after, draft.id).content.summary == "half a word"

    async def test_a_screen_that_stumbles_over_the_closed_vault_keeps_nobody_from_locking(
        self, at_summary, monkeypatch
    ):
        async with at_summary() as pilot:
            app = pilot.app
            close = app.gateway.close

            async def close_and_stumble():
                await close()
                if app.return_value is not None:
                    return
                app.screen.call_later(lambda: app.gateway.workspace)
                app.screen.run_worker(app.gateway.call(writing.get_draft, "none"), description="late")
                await asyncio.sleep(0.01)

            monkeypatch.setattr(app.gateway, "close", close_and_stumble)
            app.action_lock()
            # A pilot would wait for the screen that stumbled.
            async with asyncio.timeout(10):
                while app.return_value is None:
                    await asyncio.sleep(0.01)
        assert app.return_value is Leaving.LOCKED
        assert not app.return_code

    async def test_what_is_painted_under_the_cover_is_the_cover(self, at_summary, type_in):
        async with at_summary() as pilot:
            await type_in(pilot, CANARY)
            app = pilot.app
            app.cover(sentences.LOCKING)
            painted = []
            app._driver.write = painted.append
            # The driver of a test writes nothing by itself.
            type(app).is_headless, kept = property(lambda _app: False), type(app).is_headless
            try:
                app.screen.refresh(layout=True)
                await pilot.pause()
                app.cover(sentences.LOCKING)
            finally:
                type(app).is_headless = kept
            app.uncover()
            text = "".join(painted)
            assert sentences.LOCKING in text
            assert CANARY not in text
            assert text.count("\r\n") % 23 == 0

    async def test_it_locks_over_the_palette(self, draft, at_summary, type_in, until, reopened):
        async with at_summary() as pilot:
            await type_in(pilot, "on")
            await pilot.press("ctrl+p")
            assert isinstance(pilot.app.screen, CommandPalette)
            await pilot.press("ctrl+l")
            await until(pilot, lambda: is_gone(pilot))
            assert pilot.app.return_value is Leaving.LOCKED
        with reopened() as after:
            assert writing.get_draft(after, draft.id).content.summary == "on"

    async def test_a_lock_while_the_key_is_derived_shows_nothing(
        self, workspace, passphrase, at_the_door, type_in, until, monkeypatch, reopened
    ):
        unlocking.close(workspace)
        deriving, go_on, open_vault = threading.Event(), threading.Event(), unlocking.open_vault

        def slow(*given, **named):
            deriving.set()
            go_on.wait(10)
            return open_vault(*given, **named)

        monkeypatch.setattr(unlocking, "open_vault", slow)
        async with at_the_door(workspace.vault.folder) as pilot:
            await type_in(pilot, passphrase)
            pilot.app.post_message(_key("enter"))
            await until(pilot, deriving.is_set)
            await pilot.press("ctrl+l")
            go_on.set()
            await until(pilot, lambda: pilot.app.return_value is Leaving.LOCKED)
            assert isinstance(pilot.app.screen, UnlockScreen)
        monkeypatch.undo()
        with reopened() as after:
            assert after.author.name == "Alex Rivera"


class TestNothingTakesIt:
    async def test_what_the_vault_refuses_is_rescued_and_it_locks(self, draft, at_summary, type_in, until, refusing):
        refusing["elsewhere"] = None
        async with at_summary() as pilot:
            await type_in(pilot, CANARY)
            await pilot.press("ctrl+l")
            await until(pilot, lambda: is_gone(pilot))
            assert pilot.app.return_value is Leaving.LOCKED
        rescued = refusing["rescued"][-1]
        assert (rescued.id, rescued.content.summary, rescued.step) == (draft.id, CANARY, 2)

    async def test_where_there_is_no_place_at_all_it_stays_hidden_until_the_passphrase(
        self, draft, at_summary, type_in, keys, until, refusing, read_screen, passphrase, reopened
    ):
        async with at_summary() as pilot:
            await type_in(pilot, CANARY)
            await pilot.press("ctrl+l")
            await until(pilot, lambda: isinstance(pilot.app.screen, HeldScreen) and not pilot.app.covered)
            shown = read_screen(pilot.app)
            assert CANARY not in shown
            assert FULL.sentence in shown
            for key in ("escape", "ctrl+n", "f5", "ctrl+l"):
                await pilot.press(key)
                assert isinstance(pilot.app.screen, HeldScreen)
            await keys(pilot, "ctrl+q")
            assert pilot.app.gateway.is_open
            await type_in(pilot, "no such words")
            await keys(pilot, "enter")
            assert sentences.HELD_WRONG[:20] in read_screen(pilot.app)
            await type_in(pilot, passphrase)
            await keys(pilot, "enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, NoteWizard))
            assert text_of(pilot) == CANARY
            await type_in(pilot, "s")
            assert text_of(pilot) == f"{CANARY}s"
            refusing["vault"] = None
            await pilot.press("ctrl+l")
            await until(pilot, lambda: is_gone(pilot))
        with reopened() as after:
            assert writing.get_draft(after, draft.id).content.summary == f"{CANARY}s"

    async def test_after_a_fault_of_its_own_it_stays_hidden_and_locks_once_it_can(
        self, draft, at_summary, type_in, until, refusing, read_screen, reopened, monkeypatch
    ):
        monkeypatch.setattr(locking, "RETRY_SECONDS", 0)
        refusing["vault"] = ValueError(CANARY)
        async with at_summary() as pilot:
            await type_in(pilot, CANARY)
            await pilot.press("ctrl+l")
            await until(pilot, lambda: isinstance(pilot.app.screen, HeldScreen) and not pilot.app.covered)
            assert CANARY not in read_screen(pilot.app)
            assert sentences.NOT_STORED_FAULT[:40] in read_screen(pilot.app)
            refusing["vault"] = None
            pilot.app._tick()
            await until(pilot, lambda: is_gone(pilot))
            assert pilot.app.return_value is Leaving.LOCKED
        with reopened() as after:
            assert writing.get_draft(after, draft.id).content.summary == CANARY

    async def test_the_passphrase_is_known_when_the_folder_is_gone(self, draft, at_summary, refusing, passphrase):
        from peernote_tui.services import holding

        async with at_summary() as pilot:
            kept = pilot.app.slot
            slot = pilot.app.folder / "keys" / "passphrase.age"
            away = slot.rename(slot.with_suffix(".away"))
            call = pilot.app.gateway.call
            assert await call(holding.is_passphrase, passphrase, kept)
            assert not await call(holding.is_passphrase, "another one altogether", kept)
            with pytest.raises(PeerNoteError, match="missing"):
                await call(holding.is_passphrase, passphrase, None)
            away.rename(slot)
            refusing["vault"] = None

    async def test_quitting_stays_and_says_why_unless_locking_was_asked_for_too(
        self, draft, at_summary, type_in, keys, until, refusing
    ):
        async with at_summary() as pilot:
            await type_in(pilot, CANARY)
            await keys(pilot, "ctrl+q")
            await until(pilot, lambda: not pilot.app.covered)
            assert pilot.app.screen.query_one(NoticeLine).notice[0] == str(FULL)
            assert text_of(pilot) == CANARY
            pilot.app.run_worker(pilot.app.action_quit(), description="both at once")
            pilot.app.call_later(pilot.app.action_lock)
            await until(pilot, lambda: isinstance(pilot.app.screen, HeldScreen))
            refusing["elsewhere"] = None
            pilot.app.leave_for(15)
            await until(pilot, lambda: is_gone(pilot))
            assert {draft.content.summary for draft in refusing["rescued"]} == {CANARY}


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self):
        self.seconds = 1000.0

    def __call__(self):
        return self.seconds


class TestSleep:
    @pytest.fixture
    def clocks(self):
        return Clock(), Clock()

    @pytest.mark.parametrize(
        ("ran", "passed", "slept"),
        [
            (1, 1, False),
            (1, 3, False),
            (0, 0, False),
            (1, 30, True),
            (0.5, 28_800, True),
            (40, 40, True),
            # A clock set back or a little forward.
            (1, -3600, False),
            (1, 2, False),
        ],
    )
    def test_it_tells_sleep_from_wear(self, ran, passed, slept, clocks):
        awake, always = clocks
        watch = SleepWatch(awake, always)
        awake.seconds += ran
        always.seconds += passed
        assert watch.has_slept() is slept
        awake.seconds += 1
        always.seconds += 1
        assert not watch.has_slept()

    def test_the_clocks_of_this_machine_agree_while_it_runs(self):
        watch = SleepWatch()
        assert not watch.has_slept()
        assert not watch.has_slept()

    async def test_the_first_key_after_sleep_meets_a_locked_vault_and_a_clock_set_back_does_nothing(
        self, draft, at_summary, type_in, until, reopened, clocks
    ):
        awake, always = clocks
        async with at_summary() as pilot:
            pilot.app._sleep = SleepWatch(awake, always)
            always.seconds -= 86_400
            pilot.app._tick()
            await type_in(pilot, "before")
            assert text_of(pilot) == "before"
            always.seconds += 600
            await pilot.press("x")
            await until(pilot, lambda: is_gone(pilot))
            assert pilot.app.return_value is Leaving.LOCKED
        with reopened() as after:
            assert writing.get_draft(after, draft.id).content.summary == "before"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no exec")
class TestBeginningAnew:
    def test_the_process_is_replaced_by_one_that_knows_only_the_folder(self, tmp_path, monkeypatch):
        called = []
        monkeypatch.setattr(os, "execv", lambda path, argv: called.append((path, argv)))
        endings.relaunch(tmp_path)
        endings.relaunch(tmp_path, stopped=True)
        plain = [sys.executable, "-m", "peernote_tui", "--vault", str(tmp_path)]
        assert called[0] == (sys.executable, plain)
        assert called[1][1][:2] == [sys.executable, "-c"]
        assert called[1][1][3:] == plain

    def test_without_a_program_to_begin_with_it_ends_with_a_sentence(self, tmp_path, monkeypatch):
        monkeypatch.setattr(sys, "executable", str(tmp_path / "gone"))
        with pytest.raises(PeerNoteError, match="locked and could not start itself again"):
            endings.relaunch(tmp_path)


def _key(name):
    from textual import events

    return events.Key(name, None)
