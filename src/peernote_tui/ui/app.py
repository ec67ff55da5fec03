"""The application: which screen stands where, opening, locking and leaving."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.screen import Screen

from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.domain.names import NameTier
from peernote_tui.ui import backing_up
from peernote_tui.ui.endings import Relaunch, relaunch, stand_still, told_to_end, was_locked
from peernote_tui.ui.locking import Leaving, LockingApp
from peernote_tui.ui.providers import CommandProvider
from peernote_tui.ui.rescuing import RescueStanding, offer_rescued_drafts
from peernote_tui.ui.screens.base import APP_BINDINGS
from peernote_tui.ui.settings import Settings, config_folder, load_settings
from peernote_tui.ui.themes import style_paths

if TYPE_CHECKING:
    from peernote_tui.domain.clock import Clock
    from peernote_tui.services.workspace import Workspace
    from peernote_tui.ui.screens.vault_screen import VaultScreen
    from peernote_tui.ui.transcribing import Sheets

_PRELOAD_AFTER_SECONDS = 0.3
"""Importing any earlier takes the processor from the first painting of the door."""


@dataclass(frozen=True)
class Errand:
    """What to do as soon as the vault is open, instead of only showing Today.

    Attributes:
        new_note_for: Id, ID or name of a participant to begin a note for; empty asks for whom.
        draft: Id, or the beginning of one, of a draft to go on with; empty for a new note.
        template: Id of the template of a new note; empty for the guided note.
        meeting: Id, or the beginning of one, of the meeting that a new note begins from; empty for none.
    """

    new_note_for: str = ""
    draft: str = ""
    template: str = ""
    meeting: str = ""


class PeerNoteApp(LockingApp):
    """PeerNote in the terminal.

    Args:
        folder: The vault's folder; without a vault in it the first run begins.
        clock: The clock services work by; the machine's when None.
        passphrase: Opens the vault without asking, for a throw-away one.
        hint: A line on the Unlock screen.
        config: Folder of settings and keymap; the usual one when None.
        monotonic: Seconds that never run backwards, for the idle lock.
        work_factor: scrypt's log2(N) for key slots that are written; the usual one when None.
        errand: What to do as soon as the vault is open.
        expected: A vault was open here a moment ago; where it is away, none is offered to be made.
    """

    CSS_PATH = [*style_paths()]
    COMMANDS = {CommandProvider}
    BINDINGS: ClassVar[list[BindingType]] = [*APP_BINDINGS]

    def __init__(
        self,
        folder: Path,
        *,
        clock: Clock | None = None,
        passphrase: str | None = None,
        hint: str = "",
        config: Path | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        work_factor: int | None = None,
        errand: Errand | None = None,
        expected: bool = False,
    ) -> None:
        super().__init__(monotonic=monotonic)
        self._errand = errand
        self._expected = expected
        self.folder = folder
        self.hint = hint
        self.work_factor = work_factor
        self.config_folder = config if config is not None else config_folder()
        loaded = load_settings(self.config_folder / "settings.toml")
        self.settings: Settings = loaded.settings
        self.problems = list(loaded.problems)
        self.theme = self.settings.theme
        self._clock = clock
        self._passphrase = passphrase
        self._announcement = ("", "")
        self.sheets: Sheets | None = None
        """The stack of paper forms that is being typed in."""
        self.name_tier = NameTier.FULL
        """How much of a participant's name may be seen; read by `ui.naming`."""
        self.rescue_standing = RescueStanding()
        self.backup_standing = backing_up.BackupStanding()

    def on_mount(self) -> None:
        """Show the door: Unlock, or the first run where there is no vault yet."""
        self.watch_the_time()
        if self._passphrase is not None:
            passphrase, self._passphrase = self._passphrase, None
            self.run_worker(self._open_at_once(passphrase), description="open", exit_on_error=True)
            return
        self.push_screen(self._door())

    @property
    def lock_seconds(self) -> float:
        """Seconds without a key after which the vault locks, as the settings say."""
        return self.settings.lock_minutes * 60

    @property
    def clock(self) -> Clock:
        """The clock services work by."""
        if self._clock is None:
            from peernote_tui.services.system_clock import SystemClock

            self._clock = SystemClock()
        return self._clock

    def preload(self) -> None:
        """Import what the open vault needs while a person types the passphrase."""
        thread = threading.Thread(target=_import_the_rest, name="preload", daemon=True)
        self.set_timer(_PRELOAD_AFTER_SECONDS, thread.start)

    async def enter(self, opener: Callable[[], Workspace]) -> None:
        """Open the vault and show where the person was when it was locked, or Today.

        Raises:
            PeerNoteError: The vault does not open; the screen that asked says why.
        """
        await self.gateway.open(opener)
        # Whoever locked while the key was still being derived does not want to see anything.
        if self.may_work:
            await self._show_where_left()

    async def show_open_vault(self, workspace: Workspace) -> None:
        """Show Today for a vault that was just made in the gateway's thread."""
        await self.gateway.open(lambda: workspace)
        await self._show_where_left()

    def action_go(self, place: str) -> None:
        """Go to one of the four top screens."""
        self.run_worker(self.go_to(place), description="go", exclusive=True, group="go")

    def action_new_note(self, template_id: str = "") -> None:
        """Begin a case note: for whom the screen is about, else ask for whom."""
        if self.gateway.is_open:
            from peernote_tui.ui.flows import new_note

            self.run_worker(
                new_note(self, template_id=template_id), description="new note", exclusive=True, group="flow"
            )

    def action_find(self) -> None:
        """Find a participant; on Notes, go to the search box."""
        finder = getattr(self.screen, "find", None)
        if finder is not None:
            finder()
        elif self.gateway.is_open:
            self.action_go("participants")

    async def show_names(self, tier: NameTier) -> None:
        """Show as much of every name as this, from now on and after the next unlock."""
        from peernote_tui.services.naming import choose_name_tier
        from peernote_tui.ui.screens.vault_screen import VaultScreen

        self.name_tier = tier
        for screen in self.screen_stack:
            if isinstance(screen, VaultScreen):
                screen.rename()
        with suppress(PeerNoteError):
            await self.gateway.call(choose_name_tier, tier)

    def announce(self, sentence: str, *, tone: str = "success") -> None:
        """Leave a sentence for the screen that comes to the front next."""
        self._announcement = (sentence, tone)

    def take_announcement(self) -> tuple[str, str]:
        """The sentence left by the screen that just closed, once, and its tone; empty for none."""
        announced, self._announcement = self._announcement, ("", "")
        return announced

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Commands that need an open vault are hidden while it is locked."""
        if action == "lock":
            return self.gateway.is_opening or self.may_work
        if action in ("new_note", "find", "go") and not self.may_work:
            return False
        return super().check_action(action, parameters)

    def look_again(self) -> None:
        """Show the door that fits what is at the vault's place now."""
        self.switch_screen(self._door())

    def _door(self) -> Screen[None]:
        from peernote_tui.vault.layout import VaultState, inspect, may_create_in, settle_restore

        try:
            settle_restore(self.folder)
            state = inspect(self.folder)
            free = may_create_in(self.folder)
        except PeerNoteError as error:
            from peernote_tui.ui.screens.refused import RefusedScreen

            return RefusedScreen(str(error))
        if free and self._expected:
            from peernote_tui.ui.screens.refused import RefusedScreen

            return RefusedScreen.for_gone(self.folder)
        if free:
            from peernote_tui.ui.screens.first_run import FirstRunScreen

            return FirstRunScreen()
        if state is VaultState.COMPLETE:
            from peernote_tui.ui.screens.unlock import UnlockScreen

            return UnlockScreen()
        from peernote_tui.ui.screens.refused import RefusedScreen

        return RefusedScreen.for_state(state, self.folder)

    async def _open_at_once(self, passphrase: str) -> None:
        from peernote_tui.services.unlocking import open_vault

        folder, clock = self.folder, self.clock
        try:
            await self.enter(lambda: open_vault(folder, passphrase, clock=clock))
        except PeerNoteError:
            self.push_screen(self._door())

    async def _show_where_left(self) -> None:
        from peernote_tui.services.holding import copy_slot
        from peernote_tui.services.naming import name_tier
        from peernote_tui.services.places import take_place
        from peernote_tui.ui.keymap import load_keymap
        from peernote_tui.ui.map import known_commands, top_screen
        from peernote_tui.ui.places import rebuild
        from peernote_tui.ui.standing import said_on_opening

        self.slot = await self.gateway.call(copy_slot)
        self.name_tier = await self.gateway.call(name_tier)
        loaded = load_keymap(self.config_folder / "keymap.toml", known_commands())
        self.set_keymap(loaded.bindings)
        place = await self.gateway.call(take_place)
        if place is not None and await self._drafts_wait():
            # A note that came back to the screen before its rescued words would be written over them.
            self.waiting_place, place = place, None
        screens = await rebuild(self, place) or [top_screen("today")]
        await self._show(screens)
        for problem in [*said_on_opening(self.gateway.workspace), *self.problems, *loaded.problems][:1]:
            screens[-1].say(problem, tone="warning")
        self.problems.clear()
        self._tick()
        backing_up.begin(self)
        self.run_worker(self._begin_work(), description="begin", exclusive=True, group="flow")

    async def _show(self, screens: list[VaultScreen[Any]]) -> None:
        with self.batch_update():
            while len(self.screen_stack) > 1:
                await self.pop_screen()
            for screen in screens:
                await self.push_screen(screen)
        for screen in screens:
            screen.return_now()

    async def _drafts_wait(self) -> bool:
        from peernote_tui.services import rescuing

        try:
            return any(each.state.can_come_back for each in await self.gateway.call(rescuing.offers))
        except PeerNoteError:
            return False

    async def _return_to_waiting_place(self) -> None:
        """Go where the person was, once nothing waits that belongs into what stood there."""
        from peernote_tui.ui.places import rebuild

        if self.waiting_place is None or not self.may_work:
            return
        screens = await rebuild(self, self.waiting_place)
        self.waiting_place = None
        if screens:
            await self._show(screens)

    async def _begin_work(self) -> None:
        """What comes first in an open vault: drafts that were kept outside it, where the person was, the errand."""
        await offer_rescued_drafts(self, then=self._return_to_waiting_place)
        if self._errand is not None and self.may_work:
            from peernote_tui.ui.flows import run_errand

            errand, self._errand = self._errand, None
            await run_errand(self, errand)

    async def before_quitting(self) -> None:
        """Make a backup when much has changed."""
        await backing_up.back_up_at_quit(self, self.must_not_wait)

    async def go_to(self, place: str, *, row: str = "") -> None:
        """Go to one of the four top screens, there to a row where one is named."""
        from peernote_tui.ui.map import top_screen
        from peernote_tui.ui.widgets.peer_list import PeerList

        try:
            await self.flush()
        except PeerNoteError as error:
            self._say(str(error))
            return
        while len(self.screen_stack) > 2:
            await self.pop_screen()
        await self.switch_screen(top_screen(place))
        if row:
            self.screen.query_one(PeerList).expect(row)
        self._tick()


def run_app(
    folder: Path,
    *,
    passphrase: str | None = None,
    hint: str = "",
    errand: Errand | None = None,
    begin_anew: Relaunch = relaunch,
) -> int:
    """Run the application until the person leaves; returns the process's exit code.

    Locking replaces the process image, so that no key and no text of a note stays in memory. A vault that
    was opened with a `passphrase` lives no longer than this process and is locked in place instead.

    Args:
        folder: The vault's folder.
        passphrase: Opens the vault without asking the first time.
        hint: A line on the Unlock screen.
        errand: What to do as soon as the vault is open.
        begin_anew: Replaces this process by a fresh one after locking.
    """
    in_place = passphrase is not None
    expected = was_locked(os.environ)
    while True:
        app = PeerNoteApp(folder, passphrase=passphrase, hint=hint, errand=errand, expected=expected)
        with told_to_end(app.leave_for):
            leaving = app.run()
            app.gateway.shutdown()
        if app.ended_by:
            return 128 + app.ended_by
        if leaving is not Leaving.LOCKED:
            return app.return_code or 0
        passphrase = errand = None
        expected = True
        if not in_place:
            begin_anew(folder, stopped=app.stopped)
        elif app.stopped:
            stand_still()


def _import_the_rest() -> None:
    import peernote_tui.services.unlocking  # noqa: F401
    from peernote_tui.ui.map import known_commands

    known_commands()
