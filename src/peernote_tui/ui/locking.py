"""Locking and leaving: hide, store, close, in this order, whatever happens.

Locking hides everything before anything is stored, so that a slow disk shows nothing. It never refuses: what
the vault does not take goes to a rescue file, and where there is no place for one either, everything stays
hidden in memory behind the passphrase until there is. Quitting stays instead, and says why.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from typing import TYPE_CHECKING

from textual import events

from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.ui import sentences
from peernote_tui.ui.compat import HouseApp
from peernote_tui.ui.endings import HANGUP, SleepWatch, StopWatch, has_terminal
from peernote_tui.ui.gateway import Gateway
from peernote_tui.ui.leaving import TellingApp
from peernote_tui.ui.screens.base import PeerScreen
from peernote_tui.ui.undoing import Undoing

if TYPE_CHECKING:
    from rich.console import RenderableType

    from peernote_tui.services.holding import SlotCopy
    from peernote_tui.services.places import Place
    from peernote_tui.ui.screens.held import HeldScreen

_TICK_SECONDS = 1.0
CLIPBOARD_SECONDS = 45
"""For which what was handed to the terminal's clipboard stays there."""
RETRY_SECONDS = 3.0
"""Between two tries to store what could not be stored."""
_KEYS_SECONDS = 2.0
"""For keys that wait behind the one before; what they type belongs into the draft."""


class Leaving(Enum):
    """Why the application ended."""

    QUIT = "quit"
    LOCKED = "locked"


class LockingApp(TellingApp[Leaving], HouseApp[Leaving]):
    """The part of the application that hides, stores and leaves.

    Args:
        monotonic: Seconds that never run backwards, for the idle lock.
    """

    def __init__(self, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self.gateway = Gateway()
        self.undoing = Undoing(self.gateway)
        self._monotonic = monotonic
        self._leaving: Leaving | None = None
        self._held: HeldScreen | None = None
        self.waiting_place: Place | None = None
        """Where the person was, while drafts kept outside the vault are asked about first."""
        self.slot: SlotCopy | None = None
        """The key slot as it was at unlock, for when the folder is gone and everything must stay hidden."""
        self._next_try = 0.0
        self._clears_at = 0.0
        self._clipboard_notice = ""
        self._event_loop: asyncio.AbstractEventLoop | None = None
        self._had_terminal = False
        self._sleep = SleepWatch()
        self._stops = StopWatch(self._told_to_stop, self._goes_on)
        self.ended_by = 0
        """Number of the signal that ended the program; 0 for none."""
        self._cut_short = False
        self._told_of = ""
        self.stopped = False
        """Whether the process was told to stop; it locks first and stands still then."""

    @property
    def lock_seconds(self) -> float:
        """Seconds without a key after which the vault locks; for subclasses."""
        raise NotImplementedError

    @property
    def may_work(self) -> bool:
        """Whether a vault is open and nobody is on the way out."""
        return self.gateway.is_open and self._leaving is None

    def watch_the_time(self) -> None:
        """Begin to look every second whether it is time to lock."""
        self._event_loop = asyncio.get_running_loop()
        self._had_terminal = not self.is_headless and has_terminal()
        if not self.is_headless:
            self._stops.begin()
        self.watch_idleness(self._monotonic)
        self.set_interval(_TICK_SECONDS, self._tick)

    async def on_unmount(self) -> None:
        """Close the vault however the application ends."""
        self._stops.end()
        await self.gateway.close()

    async def on_event(self, event: events.Event) -> None:
        """Look at the clock before anything is done: the first key after sleep meets a locked vault."""
        self._lock_after_sleep()
        if isinstance(event, events.Key) and self.covered == sentences.BACKING_UP_AT_QUIT:
            self._cut_short = True
        await super().on_event(event)

    def action_lock(self) -> None:
        """Hide everything, store what is typed, close the vault, and show Unlock in a fresh process."""
        if self.gateway.is_open or self.gateway.is_opening:
            self._begin(Leaving.LOCKED)

    async def action_quit(self) -> None:
        """Store what is typed, close the vault, and leave."""
        self._begin(Leaving.QUIT)

    async def flush(self) -> None:
        """Let every screen store what is typed but not saved yet.

        Raises:
            PeerNoteError: It could not be stored.
        """
        for screen in self.screen_stack:
            store = getattr(screen, "flush", None)
            if store is not None:
                await store()

    async def before_quitting(self) -> None:
        """Do what may be done with a vault where everything is stored, until `must_not_wait`; for subclasses."""

    def must_not_wait(self) -> bool:
        """Whether leaving must not wait for anything: it is a lock, the system ends the program, or a key says so."""
        return self._leaving is not Leaving.QUIT or bool(self.ended_by) or self._cut_short

    def hand_over(self, text: str, notice: str) -> None:
        """Hand text to the terminal's clipboard until the time is over, or until locking or leaving.

        Args:
            text: What somebody asked for and said yes to.
            notice: What the screen says meanwhile; where it still stands when the time is over, that is said instead.
        """
        self._clears_at = self._monotonic() + CLIPBOARD_SECONDS
        self._clipboard_notice = notice
        self.copy_to_terminal(text)

    def _clear_in_time(self) -> None:
        if self._handed_over and self._monotonic() >= self._clears_at:
            self.clear_terminal()
            for screen in self.screen_stack:
                if isinstance(screen, PeerScreen) and screen.said == self._clipboard_notice:
                    screen.say(sentences.CLIPBOARD_CLEARED)

    def leave_for(self, signal_number: int) -> None:
        """Store what is typed, close the vault and leave, because the process was told to end."""
        self.ended_by = signal_number
        if self._event_loop is None:
            sys.exit(128 + signal_number)
        # The signal may interrupt anything, so the way out is only queued here.
        self._event_loop.call_soon_threadsafe(self.call_later, self.action_quit)

    def panic(self, *renderables: RenderableType) -> None:
        """End because reading the terminal failed; what is typed is stored when the terminal is what went away."""
        if self._had_terminal and not has_terminal():
            self.leave_for(HANGUP)
        else:
            super().panic(*renderables)

    def come_back(self) -> None:
        """Show the screens again: whoever holds the passphrase goes on where nothing could be stored."""
        self._held, self._leaving, self.stopped = None, None, False
        self.watch_idleness(self._monotonic)

    def show_lock_countdown(self) -> None:
        """Say in the top line of the screen in front when the vault locks."""
        if self.may_work and isinstance(self.screen, PeerScreen) and self.screen.query("TopLine"):
            self.screen.set_lock_countdown(max(0, self._seconds_left()))

    def _begin(self, leaving: Leaving) -> None:
        """Set out once; a lock that comes while quitting is still under way makes it a lock."""
        if self._leaving is not None and self._held is None:
            if leaving is Leaving.LOCKED:
                self._leaving = leaving
            return
        if self._held is not None and leaving is Leaving.LOCKED:
            return
        self._leaving, self._cut_short = leaving, False
        # Before anything that may wait: the clipboard is no safer place than the screen.
        self.clear_terminal()
        if self._held is None and self.gateway.is_open:
            self.cover(sentences.LOCKING if leaving is Leaving.LOCKED else sentences.CLOSING)
        self.run_worker(self._leave(), description="leave", group="leave", exclusive=True)

    async def _leave(self) -> None:
        await self._wait_for_all_keys()
        trouble = await self._store()
        # Told to end from outside, there is nobody to read why, and no time.
        if trouble is None or self.ended_by:
            if self.gateway.is_open and not self.must_not_wait():
                await self.before_quitting()
            await self._end()
        elif self._held is not None:
            self._leaving = Leaving.LOCKED
            self._held.tell(str(trouble))
        elif self._leaving is Leaving.LOCKED:
            await self._hold(trouble)
        elif self._told_of == str(trouble) and self.gateway.is_open and self.gateway.workspace.vault.read_only:
            # Nothing can ever be stored there: whoever was told so and asks again is not kept.
            await self._end()
        else:
            self._leaving, self._told_of = None, str(trouble)
            self.uncover()
            read_only = self.gateway.is_open and self.gateway.workspace.vault.read_only
            self._say(sentences.quit_without(self._told_of) if read_only else self._told_of)

    async def _wait_for_all_keys(self) -> None:
        deadline = time.monotonic() + _KEYS_SECONDS
        await self.wait_for_keys()
        while not self.keys_settled and time.monotonic() < deadline:
            await self.wait_for_keys()

    async def _store(self) -> PeerNoteError | None:
        """Bring everything typed to safety; gives why that is not possible."""
        trouble: PeerNoteError | None = None
        # Before the first wait: where the person was when everything was hidden.
        place, half_typed = self._place()
        for screen in self.screen_stack:
            keep = getattr(screen, "keep", None) or getattr(screen, "flush", None)
            if keep is None:
                continue
            try:
                await keep()
            except PeerNoteError as error:
                trouble = error
            except Exception:  # noqa: BLE001 a fault of our own must neither show words nor lose them
                trouble = PeerNoteError(sentences.NOT_STORED_FAULT)
        if not self.gateway.is_open:
            return trouble
        from peernote_tui.services.places import leave_place

        # Who quits begins with Today next time, unless words stand where nothing else keeps them.
        wanted = place if half_typed or self._leaving is Leaving.LOCKED or self.ended_by else None
        try:
            await self.gateway.call(leave_place, wanted)
        except PeerNoteError as error:
            trouble = trouble or (error if half_typed else None)
        except Exception:  # noqa: BLE001 as above
            trouble = trouble or (PeerNoteError(sentences.NOT_STORED_FAULT) if half_typed else None)
        return trouble

    def _place(self) -> tuple[Place | None, bool]:
        """Where the person is, and whether words stand there that nothing else keeps."""
        from peernote_tui.services.places import Place
        from peernote_tui.ui.screens.vault_screen import VaultScreen

        if self.waiting_place is not None:
            return self.waiting_place, True
        half_typed, found = False, []
        for screen in self.screen_stack:
            if isinstance(screen, VaultScreen) and screen.is_mounted:
                half_typed = half_typed or screen.half_typed
                # A screen that cannot say where it is keeps nobody from locking.
                with suppress(Exception):
                    found.append(screen.where())
        screens = tuple(place for place in found if place is not None)
        return (Place(screens=screens) if screens else None), half_typed

    async def _end(self) -> None:
        self.end_with(self._leaving or Leaving.QUIT)
        self.undoing.forget()
        # What a disk that went away refuses at the very end keeps nobody from leaving.
        with suppress(Exception):
            await self.gateway.close()
        self.forget_clipboard()
        self.exit(self._leaving)

    async def _hold(self, trouble: PeerNoteError) -> None:
        """Keep everything in memory, hidden behind the passphrase, and go on trying."""
        from textual.screen import ModalScreen

        from peernote_tui.ui.screens.held import HeldScreen

        # What was under way behind the cover must not come to the front.
        for group in ("flow", "go", "open", "errand"):
            self.workers.cancel_group(self, group)
        while isinstance(self.screen, ModalScreen):
            await self.pop_screen()
        self._held = HeldScreen(str(trouble), self.slot)
        self._next_try = self._monotonic() + RETRY_SECONDS
        await self.push_screen(self._held)
        self.uncover()
        if self.stopped:
            self._stops.stop_now()

    async def _try_again(self) -> None:
        held = self._held
        if held is None or held.is_busy:
            return
        trouble = await self._store()
        if trouble is not None:
            held.tell(str(trouble))
        elif self._held is held and not held.is_busy:
            await self._end()

    def _tick(self) -> None:
        if self._had_terminal and not self.ended_by and not has_terminal():
            # Some terminals close without a signal; what is left behind would stay unlocked and busy.
            self.leave_for(HANGUP)
        self._lock_after_sleep()
        self._clear_in_time()
        if self._held is not None:
            if self._monotonic() >= self._next_try:
                self._next_try = self._monotonic() + RETRY_SECONDS
                self.run_worker(self._try_again(), description="store", group="leave")
        elif self.may_work:
            if self._seconds_left() <= 0:
                self.action_lock()
            else:
                self.show_lock_countdown()

    def _lock_after_sleep(self) -> None:
        if self._sleep.has_slept() and self.may_work:
            self.action_lock()

    def _told_to_stop(self) -> bool:
        """Lock before the process stands still; at the door there is nothing to lock."""
        if self._event_loop is None or not self.gateway.is_open or self._held is not None:
            return False
        self.stopped = True
        self._lock_from_signal()
        return True

    def _goes_on(self) -> None:
        """Lock after the process stood still without a word."""
        if self._event_loop is None:
            return
        if self.may_work:
            self._lock_from_signal()
        else:
            self._event_loop.call_soon_threadsafe(self.call_later, self.refresh)

    def _lock_from_signal(self) -> None:
        # The signal may interrupt anything: from here on nothing is painted but the cover, the rest is queued.
        self._cover = sentences.LOCKING
        if self._event_loop is not None:
            self._event_loop.call_soon_threadsafe(self.call_later, self.action_lock)

    def _say(self, sentence: str) -> None:
        if isinstance(self.screen, PeerScreen):
            self.screen.say(sentence, tone="error")

    def _seconds_left(self) -> int:
        return int(self.lock_seconds - self.idle_seconds)
