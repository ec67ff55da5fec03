"""Keys that wait for the key before them, so that whoever types on without looking types into the right place.

It reaches into how Textual hands keys on; a canary test fails when that changes. Measured with Textual 8.2.8.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from typing import Any, TypeVar

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.message import Message

ResultT = TypeVar("ResultT")


class Settled(Message, bubble=True):
    """Follows a key on its way from the focused widget to the app, and so arrives after it."""

    def __init__(self, arrived: asyncio.Event) -> None:
        super().__init__()
        self.arrived = arrived


class TypeAhead(App[ResultT]):
    """An app in which a key waits until the key before it has had its effect.

    Textual hands each key to the widget that has focus when it is read, although the key before it may still
    be about to move the focus. Somebody who types on without waiting would find words in the wrong field.
    """

    _ROUNDS = 3
    """A key, the message it causes, and the change of focus that message causes."""
    _PATIENCE = 0.5
    _LOOK_AGAIN = 0.02
    _LONGEST_HOLD = 3.0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._hurried: deque[events.Event] = deque()
        self._settling = False
        self._free = asyncio.Event()
        self._free.set()

    def hold_keys(self) -> None:
        """Keep keys waiting until `release_keys`, for what takes longer than a message, such as another screen."""
        self._free.clear()

    def release_keys(self) -> None:
        """Let waiting keys in."""
        self._free.set()

    @property
    def keys_settled(self) -> bool:
        """Whether every key read so far has had its effect."""
        return not self._settling and not self._hurried

    async def on_event(self, event: events.Event) -> None:
        """Let a key in, or keep it waiting behind the one before."""
        if not isinstance(event, (events.Key, events.Paste)) or event.is_forwarded:
            await super().on_event(event)
            return
        if not self._hurried and not self._settling and self._only_types(event):
            await super().on_event(event)
            return
        self._hurried.append(event)
        if not self._settling:
            self._settling = True
            if self._free.is_set():
                await self._let_in()
            self._settle_task = asyncio.create_task(self._settle())

    def on_settled(self, event: Settled) -> None:
        """Note that everything before has arrived."""
        event.stop()
        event.arrived.set()

    def _only_types(self, event: events.Event) -> bool:
        """Whether a key is a character the focused box takes, which keeps its own keys in order and moves no focus."""
        return (
            self._free.is_set()
            and isinstance(event, events.Key)
            and event.is_printable
            and self.focused is not None
            and self.focused.check_consume_key(event.key, event.character)
        )

    async def _let_in(self) -> None:
        await super().on_event(self._hurried.popleft())

    async def _settle(self) -> None:
        try:
            while True:
                await self._wait_for_effect()
                if not self._hurried:
                    return
                await self._let_in()
        except Exception as error:  # noqa: BLE001 a task of ours has nobody else to tell
            self._handle_exception(error)
        finally:
            self._settling = False

    async def wait_for_keys(self) -> None:
        """Wait until what was typed so far has reached the screen that keeps it; bounded in time."""
        for _ in range(self._ROUNDS):
            arrived, target = asyncio.Event(), self.focused or self.screen
            if not target.post_message(Settled(arrived)):
                return
            with suppress(TimeoutError):
                async with asyncio.timeout(self._PATIENCE):
                    await self._arrival(arrived, target)

    async def _arrival(self, arrived: asyncio.Event, target: DOMNode) -> None:
        # What a key closed takes its messages with it: nothing arrives there any more.
        while not arrived.is_set() and target.is_attached:
            with suppress(TimeoutError):
                await asyncio.wait_for(arrived.wait(), self._LOOK_AGAIN)

    async def _wait_for_effect(self) -> None:
        await self.wait_for_keys()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._free.wait(), self._LONGEST_HOLD)
        self._free.set()
