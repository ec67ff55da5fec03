"""Keeping what is written: every keystroke is in the vault within a second."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from peernote_tui.domain.clock import local_now
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.errors import PeerNoteError, StorageError, VaultError
from peernote_tui.services.rescuing import rescue_draft, settled
from peernote_tui.services.writing import save_draft
from peernote_tui.ui import sentences
from peernote_tui.ui.screens.door import short_path

if TYPE_CHECKING:
    from peernote_tui.ui.gateway import Gateway
    from peernote_tui.ui.screens.vault_screen import VaultScreen

PAUSE_SECONDS = 0.6
"""From the first unsaved key to the save; a throttle, not a wait for silence."""
RETRY_SECONDS = 2.0

KeptT = TypeVar("KeptT")


class Keeping(Generic[KeptT]):
    """Stores the newest form of what is written, one save at a time; what is written is a frozen model.

    Args:
        gateway: The way to the vault.
        stored: As the vault holds it.
        later: Runs a function after a number of seconds.
        saved: Told after each save.
        failed: Told why a save did not succeed, and where the words are kept meanwhile, if anywhere; it is tried
            again.
        newest: As it stood when it could not be stored; stored as soon as possible.
    """

    def __init__(
        self,
        gateway: Gateway,
        stored: KeptT,
        *,
        later: Callable[[float, Callable[[], object]], object],
        saved: Callable[[KeptT], None],
        failed: Callable[[PeerNoteError, Path | None], None],
        newest: KeptT | None = None,
    ) -> None:
        self._gateway = gateway
        self._stored = stored
        self._newest = newest or stored
        self._rescued = newest is not None
        self._later = later
        self._saved = saved
        self._failed = failed
        self._waiting = False
        self._turn = asyncio.Lock()
        if not self.is_saved:
            self._soon(PAUSE_SECONDS)

    async def store(self, newest: KeptT) -> None:
        """Store it in the vault; for subclasses."""
        raise NotImplementedError

    async def settle(self, stored: KeptT) -> None:
        """Take away what kept it outside the vault; for subclasses."""

    async def rescue(self) -> Path | None:
        """Keep what stands on screen outside the vault; None where no place takes it. For subclasses."""
        return None

    @property
    def newest(self) -> KeptT:
        """As it stands on screen."""
        return self._newest

    @property
    def is_saved(self) -> bool:
        """Whether the vault holds what stands on screen."""
        return self._newest is self._stored

    def change(self, newest: KeptT) -> None:
        """Take it as it stands now, and store it soon."""
        if newest == self._newest:
            return
        self._newest = newest
        self._soon(PAUSE_SECONDS)

    async def flush(self) -> None:
        """Store what is not stored yet.

        Raises:
            PeerNoteError: It could not be stored.
        """
        async with self._turn:
            while not self.is_saved:
                sent = self._newest
                await self.store(sent)
                self._stored = sent
                if self._rescued:
                    self._rescued = False
                    await self.settle(sent)
                if self.is_saved:
                    self._saved(sent)

    async def keep(self) -> None:
        """Store what is not stored yet; what the vault does not take goes to a rescue file.

        Raises:
            PeerNoteError: Neither the vault nor any other place takes it.
        """
        try:
            await self.flush()
        except Exception as error:
            sent = self._newest
            if await self.rescue() is None:
                raise error from None
            self._stored = sent

    async def put_down(self) -> str:
        """Store what is not stored yet, before it is left.

        Returns:
            Where it is kept when the vault does not take it, in a sentence; empty when it does.

        Raises:
            PeerNoteError: A rule refuses it, or no place takes it.
        """
        try:
            await self.flush()
        except VaultError as error:
            kept = await self.rescue()
            if kept is None:
                raise
            return sentences.left_elsewhere(error.sentence, short_path(kept, Path.home()))
        return ""

    def _soon(self, seconds: float) -> None:
        if not self._waiting:
            self._waiting = True
            self._later(seconds, self._save)

    async def _save(self) -> None:
        self._waiting = False
        if not self._gateway.is_open:
            return
        try:
            await self.flush()
        except PeerNoteError as error:
            if not self._gateway.is_open:
                # Locking meanwhile has brought the draft to safety by itself.
                return
            # What a rule refuses waits for the person. What the disk refuses must not wait for the disk.
            kept = await self.rescue() if isinstance(error, VaultError) else None
            self._failed(error, kept)
            self._soon(RETRY_SECONDS)


class Drafting(Keeping[Draft]):
    """Keeps a draft; what the vault does not take goes to a rescue file."""

    async def store(self, newest: Draft) -> None:
        """Store the draft."""
        await self._gateway.call(save_draft, newest)

    async def settle(self, stored: Draft) -> None:
        """Take the rescue file away."""
        await self._gateway.call(settled, stored)

    async def rescue(self) -> Path | None:
        """Keep what stands on screen in a rescue file; None where no place takes it."""
        try:
            # In another thread: the vault's own may be what does not answer.
            kept = await asyncio.to_thread(rescue_draft, self._gateway.workspace, self._newest)
        except StorageError:
            return None
        self._rescued = True
        return kept


class SavingSaid:
    """Says in the top line when it was last stored, and in the notice why it could not be.

    Args:
        screen: Where it is written.
    """

    def __init__(self, screen: VaultScreen[Any]) -> None:
        self._screen = screen
        self._trouble = ""
        self._told_of_reserve = False

    def show(self, at: datetime) -> None:
        """Say when the draft was stored; `at` is local."""
        self._screen.set_status(sentences.saved_at(f"{at:%H:%M}"), "success")

    def saved(self, _kept: object) -> None:
        """Say that the draft was stored just now; what stood in the way does so no longer."""
        if not self._screen.is_attached:
            return
        self.show(local_now(self._screen.workspace.clock))
        self._screen.show_mark()
        if self._trouble:
            self._trouble = ""
            self._screen.say(sentences.SAVED_AGAIN, tone="success")
        if self._screen.workspace.standing.reserve_used and not self._told_of_reserve:
            self._told_of_reserve = True
            self._screen.say(sentences.RESERVE_USED, tone="warning")

    def failed(self, error: PeerNoteError, kept: Path | None = None) -> None:
        """Say why the draft could not be stored, and where it is kept meanwhile; it is tried again."""
        if not self._screen.is_attached:
            return
        self._screen.show_mark()
        self._screen.set_status(sentences.NOT_SAVED, "error")
        told = str(error) if kept is None else sentences.kept_elsewhere(error.sentence, short_path(kept, Path.home()))
        # Said once, so that Esc puts it away for good.
        if told != self._trouble:
            self._trouble = told
            self._screen.say(told, tone="error")
