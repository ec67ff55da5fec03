"""The daily backup, behind the person's back and never in their way."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.ui import sentences

if TYPE_CHECKING:
    from datetime import datetime

    from peernote_tui.ui.app import PeerNoteApp

AFTER_SECONDS = 2.0
"""The first moments on Today belong to the person: while pages are copied, nothing else is stored."""


@dataclass
class BackupStanding:
    """What this run knows about backups, for Today to say.

    Attributes:
        last: When the newest usable one was made; None when there is none, or nobody has looked yet.
        trouble: Why none could be made, until it has been said; empty for no trouble.
    """

    last: datetime | None = None
    trouble: str = ""

    def take_trouble(self) -> str:
        """Why no backup could be made, once; empty for no trouble."""
        trouble, self.trouble = self.trouble, ""
        return trouble


async def back_up_if_due(app: PeerNoteApp) -> None:
    """Make a backup when the last good one is older than a day; what goes wrong is said on Today."""
    from peernote_tui.services import backups

    standing = app.backup_standing
    try:
        snapshot = await app.gateway.call(backups.start_if_due)
        if snapshot is not None:
            # The vault's thread is free again: the copy is read back and checked in another one.
            made = await asyncio.to_thread(backups.finish, snapshot)
            if app.gateway.is_open:
                await app.gateway.call(backups.record, made)
    except PeerNoteError as error:
        standing.trouble = sentences.no_backup(str(error))
    with suppress(PeerNoteError):
        if app.gateway.is_open:
            standing.last = await app.gateway.call(backups.last_good_of)
    show = getattr(app.screen, "show_backup_standing", None)
    if show is not None:
        show()
