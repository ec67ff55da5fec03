"""Does the steps at the real application under Textual's Pilot, and looks after each whether everything still holds."""

from __future__ import annotations

import asyncio
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from textual import events
from textual.binding import Binding
from textual.command import CommandPalette
from textual.keys import _character_to_key, key_to_character
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input, TextArea
from textual.worker import WorkerFailed

from peernote_tui.ui.app import PeerNoteApp
from peernote_tui.ui.locking import Leaving
from peernote_tui.ui.screens.adding.screen import AddScreen
from peernote_tui.ui.screens.base import LEAST_COLUMNS, LEAST_ROWS, PeerScreen
from peernote_tui.ui.screens.door import DoorScreen
from peernote_tui.ui.screens.group.screen import GroupScreen
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.vault_screen import VaultTopScreen
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.note_area import NoteArea
from peernote_tui.ui.widgets.text_input import TextInput
from reliability.nasty_vault import PASSPHRASE, WORK_FACTOR, WalkingClock
from reliability.steps import MARK, Step

PATIENCE_SECONDS = 10.0
_SHORT_WORK_SECONDS = 0.5
_FRAME_SECONDS = 1.5
MOST_ESCAPES = 12
WRITTEN_ON = (NoteWizard, AddScreen, GroupScreen)
_TAKES = ("delete", "cut", "undo", "redo", "paste")
TAKES_AWAY = frozenset(
    key
    for box in (Input, TextArea, TextInput, NoteArea)
    for binding in box.BINDINGS
    if isinstance(binding, Binding) and binding.action.startswith(_TAKES)
    for key in binding.key.split(",")
)
"""Keys that may take words out of a box."""


class FoundError(Exception):
    """Something does not hold. The first line names it; what a person wrote stands only below."""


class Watched(PeerNoteApp):
    """The application, telling what it would keep to itself when it ends by a fault."""

    fault = ""

    @property
    def is_over(self) -> bool:
        """Whether it is on its way out, and takes no more keys."""
        return self._exit

    def _handle_exception(self, error: Exception) -> None:
        if self._ending is None and not self.fault:
            cause = error.error if isinstance(error, WorkerFailed) else error
            self.fault = "".join(traceback.format_exception(cause))
        super()._handle_exception(error)


class _Patience:
    """Seconds of the processor, or six times as many on the clock: on a busy machine a program may not get its turn."""

    def __init__(self, seconds: float, *, times: int = 6) -> None:
        self._until = time.process_time() + seconds, time.monotonic() + seconds * times

    @property
    def is_over(self) -> bool:
        """Whether nothing is waited for any more."""
        return time.process_time() > self._until[0] or time.monotonic() > self._until[1]


class Ledger:
    """Words that were typed into what is being written and must be found again."""

    def __init__(self) -> None:
        self.owed: dict[str, str] = {}
        """Each word, with where it was typed."""

    def owe(self, words: set[str], where: str) -> None:
        """These stand in a box of a draft."""
        self.owed.update(dict.fromkeys(words - self.owed.keys(), where))

    def forgive(self, words: set[str]) -> None:
        """A key took these away."""
        for word in words:
            self.owed.pop(word, None)


class Sitter:
    """Somebody who sits before the application, locks it and comes back.

    Args:
        folder: The vault's.
        clock: What the services go by.
        config: Folder of the settings.
    """

    def __init__(self, folder: Path, clock: WalkingClock, config: Path) -> None:
        self.folder, self.clock, self.config = folder, clock, config
        self.ledger = Ledger()
        self.secrets = [PASSPHRASE]
        """Everything that ever stood in a box for a passphrase; one of them opens the vault."""
        self.done: list[Step] = []
        self.seen: dict[str, int] = {}
        """How often each screen was in front after a step."""
        self._size = (80, 24)
        self._slept = 0.0
        self._refused = 0

    async def walk(self, following: Callable[[Watched], Step | None]) -> None:
        """Do what `following` says until it says None.

        Raises:
            FoundError: Something does not hold.
        """
        goes_on = True
        while goes_on:
            app = Watched(
                self.folder,
                clock=self.clock,
                config=self.config,
                work_factor=WORK_FACTOR,
                monotonic=lambda: time.monotonic() + self._slept,
            )
            try:
                goes_on = await self._sit(app, following)
            finally:
                app.gateway.shutdown()

    async def _sit(self, app: Watched, following: Callable[[Watched], Step | None]) -> bool:
        goes_on, found = True, None
        try:
            async with app.run_test(notifications=True, tooltips=True, size=self._size) as pilot:
                try:
                    goes_on = await self._sit_on(pilot, app, following)
                except FoundError as error:
                    # What comes to light while everything is torn down must not stand before it.
                    found = error
                    app.end_with(Leaving.QUIT)
        except Exception as error:  # noqa: BLE001 whatever it is, it was found
            found = found or FoundError(app.fault or "".join(traceback.format_exception(error)))
        if app.fault and found is None:
            found = FoundError(app.fault)
        if found is not None:
            raise found
        return goes_on

    async def _sit_on(self, pilot: Pilot[Any], app: Watched, following: Callable[[Watched], Step | None]) -> bool:
        """Do one step after the other until the application ends; gives whether there are more."""
        await self._settle(app)
        while not app.is_over:
            at_door = isinstance(app.screen, DoorScreen) and len(self.done) % 3 != 1
            step = Step("unlock") if at_door else following(app)
            if step is None:
                _press(app, "ctrl+q")
                await self._settle(app)
                await self._rest(app, PATIENCE_SECONDS)
                if not app.is_over:
                    # What cannot be stored in a vault that is only read is said first.
                    _press(app, "ctrl+q")
                await self._until(lambda: app.is_over, app, "Ctrl+Q does not leave")
                return False
            await self._do(pilot, app, step)
        return True

    async def _do(self, pilot: Pilot[Any], app: Watched, step: Step) -> None:
        self.done.append(step)
        screen, focused = app.screen, app.focused
        written = next((one for one in reversed(app.screen_stack) if isinstance(one, WRITTEN_ON)), None)
        before = _words_on(written)
        begun = time.process_time()
        sure = _goes_in(screen, focused, step)
        self._keep_secrets(app)
        await self._act(pilot, app, step)
        if step.waits or step.kind in ("home", "unlock"):
            await self._settle(app)
            if app.is_over:
                return
            await self._look_well(app)
        else:
            await asyncio.sleep(0)
        self._keep_secrets(app)
        took = time.process_time() - begun
        if took > PATIENCE_SECONDS and step.kind not in ("home", "unlock"):
            raise FoundError(f"A step took {took:.0f} seconds of the processor on {type(screen).__name__}")
        if written is not None:
            after = _words_on(written)
            if _may_take_away(step) or isinstance(screen, CommandPalette):
                self.ledger.forgive(before - after)
            in_front = step.waits and app.screen is written
            where = f"{_box_of(focused)} on {type(written).__name__}, step {len(self.done)}"
            self.ledger.owe(sure | (after if in_front else set()), where)

    async def _act(self, pilot: Pilot[Any], app: Watched, step: Step) -> None:
        if step.kind == "keys":
            for name in step.value:
                _press(app, name)
        elif step.kind == "type":
            for character in step.value:
                _press(app, "enter" if character == "\n" else character)
        elif step.kind == "paste":
            app.post_message(events.Paste(step.value))
        elif step.kind == "size":
            self._size = (step.value[0], step.value[1])
            await pilot.resize_terminal(*self._size)
        elif step.kind == "minutes":
            self.clock.move(step.value)
            self._slept += step.value * 60
            await asyncio.sleep(0)
        elif step.kind == "home":
            await self._go_home(app)
        elif step.kind == "unlock":
            await self._unlock(app)

    async def _go_home(self, app: Watched) -> None:
        """Esc leads to a top screen, or to the door, from anywhere."""
        way = [type(app.screen).__name__]
        for _ in range(MOST_ESCAPES):
            if app.is_over or isinstance(app.screen, (VaultTopScreen, DoorScreen)):
                return
            _press(app, "escape")
            await self._settle(app)
            if app.is_over:
                return
            way.append(type(app.screen).__name__)
        if not isinstance(app.screen, (VaultTopScreen, DoorScreen)):
            raise FoundError(f"Esc leads nowhere: {' > '.join(dict.fromkeys(way))}\n{_shown(app)}")
        if not await self._rest(app, PATIENCE_SECONDS):
            groups = sorted(worker.description for worker in app.workers if not worker.is_finished)
            raise FoundError(f"Work in the background does not end: {groups}")

    async def _unlock(self, app: Watched) -> None:
        for secret in reversed(list(dict.fromkeys(self.secrets))):
            for _ in range(3):
                _press(app, "escape")
                await self._settle(app)
            if app.is_over or not isinstance(app.screen, DoorScreen):
                return
            boxes = [box for box in app.screen.query(Input) if box.password and box.focusable]
            if not boxes:
                raise FoundError(f"Nothing to type a passphrase into on {type(app.screen).__name__}")
            boxes[0].focus()
            boxes[0].value = ""
            await self._settle(app)
            for character in secret:
                _press(app, character)
            _press(app, "enter")
            await self._settle(app)
            await self._rest(app, PATIENCE_SECONDS)
            await self._settle(app)
            if app.is_over or not isinstance(app.screen, DoorScreen):
                return
        raise FoundError(f"The vault does not open any more: {type(app.screen).__name__}")

    def _keep_secrets(self, app: Watched) -> None:
        if app.is_over:
            return
        for box in app.screen.query(Input):
            if box.password and box.value and box.value not in self.secrets:
                self.secrets.append(box.value)

    async def _settle(self, app: Watched) -> None:
        """Wait until keys, work and painting are done; bounded in time."""
        read = asyncio.Event()
        app.call_later(read.set)
        await self._until(read.is_set, app, "Keys are not read")
        await self._until(lambda: app.keys_settled, app, "Keys are not taken")

        await self._rest(app, _SHORT_WORK_SECONDS)
        painted = asyncio.Event()
        if not app.is_over:
            screen = app.screen
            screen.call_after_refresh(painted.set)
            await self._until(lambda: painted.is_set() or app.screen is not screen, app, "Nothing is painted")

    async def _rest(self, app: Watched, seconds: float) -> bool:
        """Give work in the background some time; whether it has ended. What waits for a dialog does not end."""
        patience = _Patience(seconds, times=1 if seconds == _SHORT_WORK_SECONDS else 6)
        while not (app.is_over or app.fault or all(each.is_finished or each.group == "flow" for each in app.workers)):
            if patience.is_over:
                return False
            await asyncio.sleep(0.002)
        return True

    async def _until(self, condition: Callable[[], bool], app: Watched, else_found: str) -> None:
        patience = _Patience(PATIENCE_SECONDS)
        while not (condition() or app.is_over or app.fault):
            if patience.is_over:
                groups = sorted(worker.description for worker in app.workers if not worker.is_finished)
                raise FoundError(f"{else_found} on {type(app.screen).__name__} {groups}")
            await asyncio.sleep(0.002)
        if app.fault:
            raise FoundError(app.fault)

    async def _look_well(self, app: Watched) -> None:
        """Look, and look again where a frame was still on its way."""
        patience = _Patience(_FRAME_SECONDS)
        while True:
            try:
                self._look(app)
            except FoundError:
                if patience.is_over:
                    raise
                await asyncio.sleep(0.05)
                await self._settle(app)
                if app.is_over:
                    return
            else:
                return

    def _look(self, app: Watched) -> None:
        """Whether what stands on the screen is as it must be."""
        screen = app.screen
        name = type(screen).__name__
        self.seen[name] = self.seen.get(name, 0) + 1
        if app.title != "PeerNote" or app.sub_title:
            raise FoundError("Something else stands in the title")
        if app.covered or isinstance(screen, CommandPalette):
            return
        lines = _lines(app)
        small = app.size.width < LEAST_COLUMNS or app.size.height < LEAST_ROWS
        if not any(lines):
            raise FoundError(f"Nothing stands on {name}\n{_shown(app)}")
        if small or not isinstance(screen, PeerScreen):
            return
        if not lines[0] or not lines[-1]:
            raise FoundError(f"Top line or footer is empty on {name}\n{_shown(app)}")
        focused = screen.focused
        if focused is not None:
            place = screen._compositor.full_map.get(focused)  # noqa: SLF001 where Textual keeps what is on the screen
            # What was scrolled away comes back before it takes a letter.
            scrolled = any(isinstance(each, Widget) and each.max_scroll_y for each in focused.ancestors)
            if place is None or not (place.visible_region or scrolled):
                raise FoundError(f"What has focus is not seen on {name}: {type(focused).__name__}\n{_shown(app)}")


def _goes_in(screen: Any, focused: Any, step: Step) -> set[str]:
    """The marked words that a box for long texts takes for sure, whatever is pressed after them."""
    if not isinstance(screen, WRITTEN_ON) or step.kind not in ("type", "paste") or not isinstance(focused, NoteArea):
        return set()
    return set(marked(step.value)) if len(focused.text) + len(step.value) < focused.limit else set()


def _may_take_away(step: Step) -> bool:
    """Whether a step may take words away: what is typed replaces what is selected."""
    if step.kind != "keys":
        return step.kind in ("type", "paste")
    return any(name in TAKES_AWAY or key_to_character(name) for name in step.value)


def _box_of(focused: Any) -> str:
    """Which box has focus, without what is in it."""
    fields = [node.key for node in focused.ancestors if isinstance(node, Field)] if focused is not None else []
    return f"{type(focused).__name__} {' '.join(fields)}".strip()


def _lines(app: Watched) -> list[str]:
    strips = app.screen._compositor.render_strips(app.size)  # noqa: SLF001 as above
    return ["".join(part.text for part in strip).rstrip() for strip in strips]


def _shown(app: Watched) -> str:
    return f"{app.size} {[type(one).__name__ for one in app.screen_stack]}\n" + "\n".join(_lines(app))


def _words_on(screen: Any) -> set[str]:
    """The marked words that stand on a screen where something is written."""
    if not isinstance(screen, WRITTEN_ON):
        return set()
    kept = screen.group if isinstance(screen, GroupScreen) else screen.draft
    texts = [kept.model_dump_json()]
    with suppress(Exception):
        texts += [box.value for box in screen.query(Input)] + [box.text for box in screen.query(TextArea)]
    return set(marked(" ".join(texts)))


def marked(text: str) -> Iterator[str]:
    """The marked words in a text."""
    start = text.find(MARK)
    while start >= 0:
        yield text[start : start + len(MARK) + 5]
        start = text.find(MARK, start + 1)


def _press(app: Watched, name: str) -> None:
    """Send a key as the terminal does."""
    key = _character_to_key(name) if len(name) == 1 and not name.isalnum() else name
    app.post_message(events.Key(key, name if len(name) == 1 else key_to_character(key)))
