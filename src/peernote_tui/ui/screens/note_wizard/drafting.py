"""Keeping a draft: every keystroke is in the vault within a second."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from peernote_tui.domain.clock import local_now
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.errors import PeerNoteError, StorageError
from peernote_tui.services.rescuing import rescue_draft
from peernote_tui.services.writing import save_draft
from peernote_tui.ui import sentences

if TYPE_CHECKING:
    from peernote_tui.ui.gateway import Gateway
    from peernote_tui.ui.screens.vault_screen import VaultScreen

PAUSE_SECONDS = 0.6
"""From the first unsaved key to the save; a throttle, not a wait for silence."""
RETRY_SECONDS = 2.0


class Drafting:
    """Stores the newest form of a draft, one save at a time.

    Args:
        gateway: The way to the vault.
        draft: The draft as stored.
        later: Runs a function after a number of seconds.
        saved: Told after each save.
        failed: Told why a save did not succeed; it is tried again.
    """

    def __init__(
        self,
        gateway: Gateway,
        draft: Draft,
        *,
        later: Callable[[float, Callable[[], object]], object],
        saved: Callable[[Draft], None],
        failed: Callable[[PeerNoteError], None],
    ) -> None:
        self._gateway = gateway
        self._stored = draft
        self._newest = draft
        self._later = later
        self._saved = saved
        self._failed = failed
        self._waiting = False
        self._turn = asyncio.Lock()

    @property
    def newest(self) -> Draft:
        """The draft as it stands on screen."""
        return self._newest

    @property
    def is_saved(self) -> bool:
        """Whether the vault holds what stands on screen."""
        return self._newest is self._stored

    def change(self, draft: Draft) -> None:
        """Take the draft as it stands now, and store it soon."""
        if draft == self._newest:
            return
        self._newest = draft
        self._soon(PAUSE_SECONDS)

    async def flush(self) -> None:
        """Store what is not stored yet.

        Raises:
            PeerNoteError: It could not be stored.
        """
        async with self._turn:
            while not self.is_saved:
                sent = self._newest
                await self._gateway.call(save_draft, sent)
                self._stored = sent
                if self.is_saved:
                    self._saved(sent)

    async def keep(self) -> None:
        """Store what is not stored yet; what the vault does not take goes to a rescue file.

        Raises:
            PeerNoteError: Neither the vault nor any other place takes it.
        """
        try:
            await self.flush()
        except Exception as error:  # noqa: BLE001 whatever is wrong with the vault, the words must not go with it
            sent = self._newest
            try:
                # In another thread: the vault's own may be what does not answer.
                await asyncio.to_thread(rescue_draft, self._gateway.workspace, sent)
            except StorageError:
                raise error from None
            self._stored = sent

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
            self._failed(error)
            self._soon(RETRY_SECONDS)


class SavingSaid:
    """Says in the top line when the draft was last stored, and in the notice why it could not be.

    Args:
        screen: The wizard.
    """

    def __init__(self, screen: VaultScreen[str]) -> None:
        self._screen = screen
        self._failed = False

    def show(self, at: datetime) -> None:
        """Say when the draft was stored; `at` is local."""
        self._screen.set_status(sentences.saved_at(f"{at:%H:%M}"), "success")

    def saved(self, _draft: Draft) -> None:
        """Say that the draft was stored just now; what stood in the way does so no longer."""
        if not self._screen.is_attached:
            return
        self.show(local_now(self._screen.workspace.clock))
        if self._failed:
            self._failed = False
            self._screen.say_nothing()

    def failed(self, error: PeerNoteError) -> None:
        """Say why the draft could not be stored; it is tried again."""
        if self._screen.is_attached:
            self._failed = True
            self._screen.set_status(sentences.NOT_SAVED, "error")
            self._screen.say(str(error), tone="error")
