"""Handing text to the terminal's clipboard: nothing before the yes, once, and emptied again."""

from __future__ import annotations

import base64
import re
from contextlib import asynccontextmanager

import pytest

from peernote_tui.cli.doctor import _protection_rows
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.errors import StorageError
from peernote_tui.services import unlocking, writing
from peernote_tui.ui import compat, handing, sentences
from peernote_tui.ui.flows import open_draft, open_note
from peernote_tui.ui.locking import CLIPBOARD_SECONDS
from peernote_tui.ui.screens.log import LogScreen
from peernote_tui.ui.screens.note import NoteScreen
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.today import TodayScreen
from peernote_tui.ui.screens.verify import VerifyScreen
from peernote_tui.ui.widgets.confirm import Confirm

CANARY = "quetzalwort"
EMPTIED = [" ", ""]


class Terminal:
    """What the terminal was told, its clipboard above all."""

    def __init__(self):
        self.written = ""
        self.seconds = 100.0

    def __call__(self):
        return self.seconds

    @property
    def clipboard(self):
        """Each text that was handed over, in order."""
        found = re.findall("\x1b\\]52;c;([^\x07]*)\x07", self.written)
        assert len(found) == self.written.count("\x1b]52")
        return [base64.b64decode(text, validate=True).decode() for text in found]


@pytest.fixture
def signed(workspace, add_participant, write_note):
    """A note that holds the canary."""
    return write_note(add_participant("Maria Santos"), summary=f"{CANARY} über Straße")


@pytest.fixture
def terminal():
    return Terminal()


@pytest.fixture
def before(workspace, passphrase, at_the_door, until, terminal, monkeypatch):
    """Today, with what the driver writes in `terminal`, whose seconds are the app's: `async with before() as pilot`."""

    @asynccontextmanager
    async def running(size=(80, 24)):
        unlocking.close(workspace)
        folder = workspace.vault.folder
        async with at_the_door(folder, passphrase=passphrase, monotonic=terminal, size=size) as pilot:
            await until(pilot, lambda: isinstance(pilot.app.screen, TodayScreen))

            def write(data):
                terminal.written += data

            monkeypatch.setattr(pilot.app._driver, "write", write)
            yield pilot

    return running


@pytest.fixture
def reading(before, signed, until):
    """The note open: `async with reading() as pilot`."""

    @asynccontextmanager
    async def running():
        async with before() as pilot:
            await open_note(pilot.app, signed.id)
            await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen) and pilot.app.screen.focused)
            yield pilot

    return running


@pytest.fixture
def ask(until):
    """Press the key that asks: `await ask(pilot, "c")`."""

    async def asking(pilot, key):
        await pilot.press(key)
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))

    return asking


def count_copies(workspace):
    with workspace.reading() as work:
        return [entry.subject for entry in work.audit.entries() if entry.action is AuditAction.NOTE_COPIED]


def given_back(app):
    """What is on the terminal's clipboard after the driver gave the terminal back, as it does after a fault."""
    told = Terminal()

    class Driver:
        _app = app

        def write(self, data):
            told.written += data

        def stop_application_mode(self):
            """As the real one, and nothing else."""

    compat.tidy(Driver)().stop_application_mode()
    return told.clipboard


async def test_it_asks_hands_over_once_and_empties_it_in_time_and_on_lock(
    reading, signed, ask, until, terminal, read_screen, monkeypatch
):
    async with reading() as pilot:
        await ask(pilot, "c")
        said = read_screen(pilot.app)
        for words in (sentences.COPY_NOTE_QUESTION, "history", "45 seconds", "cannot know", "y  Copy it"):
            assert words in said
        # Neither Enter nor the key that asked is a yes.
        await pilot.press("c", "enter")
        assert isinstance(pilot.app.screen, Confirm)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen))
        assert terminal.clipboard == given_back(pilot.app) == []
        assert await pilot.app.gateway.call(count_copies) == []

        await ask(pilot, "c")
        await pilot.press("y")
        await until(pilot, lambda: pilot.app.screen.said)
        (text,) = terminal.clipboard
        assert f"{CANARY} über Straße" in text
        assert "Maria Santos" in text
        assert await pilot.app.gateway.call(count_copies) == [signed.id]
        assert pilot.app.screen.said == sentences.on_the_clipboard("14:52:45")
        assert given_back(pilot.app) == EMPTIED
        terminal.seconds += CLIPBOARD_SECONDS - 1
        pilot.app._tick()
        assert terminal.clipboard == [text]
        terminal.seconds += 1
        pilot.app._tick()
        pilot.app._tick()
        assert terminal.clipboard == [text, *EMPTIED]
        assert given_back(pilot.app) == []
        assert pilot.app.screen.said == sentences.CLIPBOARD_CLEARED

        terminal.written = ""
        await ask(pilot, "c")
        await pilot.press("y")
        await until(pilot, lambda: terminal.clipboard)
        seen, store = [], pilot.app._store

        async def storing():
            seen.extend(terminal.clipboard[1:])
            return await store()

        monkeypatch.setattr(pilot.app, "_store", storing)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: not pilot.app.gateway.is_open)
        # Before a slow disk is waited for, and not again afterwards.
        assert seen == EMPTIED
        assert terminal.clipboard == [text, *EMPTIED]


async def test_what_is_refused_does_not_leave_and_empties_nothing(reading, ask, until, terminal, monkeypatch):
    def refuse(_workspace, _note_id):
        raise StorageError("The disk is full.")

    async with reading() as pilot:
        monkeypatch.setattr("peernote_tui.ui.screens.note.note_copied", refuse)
        await ask(pilot, "c")
        await pilot.press("y")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen) and pilot.app.screen.said)
        assert "disk is full" in pilot.app.screen.said
        monkeypatch.setattr(handing, "MOST_BYTES", 100)
        await pilot.press("c")
        assert pilot.app.screen.said.startswith("Not copied")
        pilot.app.copy_to_clipboard(CANARY)
        terminal.seconds += CLIPBOARD_SECONDS
        pilot.app._tick()
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not pilot.app.gateway.is_open)
        assert terminal.clipboard == given_back(pilot.app) == []


async def test_what_is_selected_in_a_draft_and_the_anchor(
    workspace, consented, write_draft, before, ask, until, type_in, terminal
):
    draft = writing.save_draft(workspace, write_draft(consented, summary="").model_copy(update={"step": 2}))
    async with before() as pilot:
        await open_draft(pilot.app, draft.id)
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteWizard) and pilot.app.screen.focused)
        wizard = pilot.app.screen
        await type_in(pilot, f"so {CANARY}")
        await pilot.press("ctrl+g")
        assert wizard.said == sentences.NOTHING_SELECTED
        await pilot.press("ctrl+shift+left")
        await ask(pilot, "ctrl+g")
        await pilot.press("y")
        await until(pilot, lambda: terminal.clipboard)
        assert wizard.focused.text == f"so {CANARY}"
        copied = [CANARY]
        for screen, key in ((VerifyScreen(), "ctrl+g"), (LogScreen(), "c")):
            await pilot.app.push_screen(screen)
            await until(pilot, lambda shown=screen: shown._anchor)
            # The day's backup may enter the log meanwhile, and make another anchor.
            copied.append(screen._anchor)
            await ask(pilot, key)
            await pilot.press("y")
            await until(pilot, lambda: terminal.clipboard == copied)


def test_doctor_and_the_limit_say_what_holds():
    rows = dict(_protection_rows({"core_dumps": False, "memory_readable": False, "textual_variables": []}))
    assert f"{CLIPBOARD_SECONDS} seconds" in rows["clipboard"]
    assert len(base64.b64encode(b"x" * handing.MOST_BYTES)) == 74_000
