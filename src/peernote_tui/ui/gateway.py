"""The one thread that owns the vault; everything the screens ask of it is awaited here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from textual._context import active_app

if TYPE_CHECKING:
    from peernote_tui.services.workspace import Workspace

P = ParamSpec("P")
R = TypeVar("R")


class Gateway:
    """A dedicated thread with the one connection.

    Calls are awaitable, in order, and shielded: what was asked is finished even when the screen that asked
    goes away or the program quits.
    """

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="vault")
        self._workspace: Workspace | None = None
        self._opening = 0

    @property
    def is_opening(self) -> bool:
        """Whether a vault is being opened just now."""
        return self._opening > 0

    @property
    def is_open(self) -> bool:
        """Whether a vault is open."""
        return self._workspace is not None

    @property
    def workspace(self) -> Workspace:
        """The open vault; only its frozen facts (author, clock, templates) may be read outside the thread."""
        if self._workspace is None:
            raise RuntimeError("The vault is locked.")
        return self._workspace

    async def run(self, function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run something in the vault's thread that needs no open vault, such as deriving a key."""
        future = asyncio.get_running_loop().run_in_executor(self._pool, lambda: function(*args, **kwargs))
        return await asyncio.shield(future)

    async def open(self, opener: Callable[[], Workspace]) -> Workspace:
        """Open a vault in the thread and keep it.

        Raises:
            PeerNoteError: Whatever the opener raises.
        """

        def opened() -> Workspace:
            # Kept here, so that a vault nobody waits for any more is closed all the same.
            self._workspace = workspace = opener()
            return workspace

        self._opening += 1
        try:
            return await self.run(opened)
        finally:
            self._opening -= 1

    async def call(self, verb: Callable[Concatenate[Workspace, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Let a service do one thing with the open vault, which may take a second or two when the disk refuses.

        Raises:
            PeerNoteError: Whatever the service refuses.
        """
        from peernote_tui.services.enduring import endure

        workspace = self.workspace
        return await self.run(endure, workspace, lambda opened: verb(opened, *args, **kwargs))

    async def close(self) -> None:
        """Finish what was asked, close the vault and let go of it; also one that is just being opened."""
        workspace, self._workspace = self._workspace, None
        await self.run(self._let_go, workspace)

    def shutdown(self) -> None:
        """Finish what was asked, close the vault if it is still open, and end the thread; for the very end."""
        with suppress(RuntimeError):
            self._pool.submit(self._let_go, None)
        self._pool.shutdown(wait=True)

    def _let_go(self, workspace: Workspace | None) -> None:
        late, self._workspace = self._workspace, None
        for one in (workspace, late):
            if one is not None:
                one.vault.close()


def gateway_here() -> Gateway | None:
    """The way of the app that runs, for widgets; None while no vault is open, and in an app without one."""
    gateway: Gateway | None = getattr(active_app.get(), "gateway", None)
    return gateway if gateway is not None and gateway.is_open else None
