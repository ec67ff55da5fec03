"""Drafts that were kept outside the vault: asked about after unlocking, and from Today."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.ui import naming, sentences

if TYPE_CHECKING:
    from peernote_tui.services.rescuing import RescueFile
    from peernote_tui.ui.app import PeerNoteApp


@dataclass
class RescueStanding:
    """What this run knows about rescue files, for Today to say.

    Attributes:
        waiting: How many drafts wait for an answer.
        unusable: How many files cannot be brought back.
    """

    waiting: int = 0
    unusable: int = 0

    def take(self, found: tuple[RescueFile, ...]) -> None:
        """Count what was found."""
        self.waiting = sum(each.state.can_come_back for each in found)
        self.unusable = len(found) - self.waiting


async def offer_rescued_drafts(
    app: PeerNoteApp, *, asked: bool = False, then: Callable[[], Awaitable[None]] | None = None
) -> None:
    """Ask about each draft that was kept outside the vault; what is put off waits on Today.

    Args:
        app: The application.
        asked: Somebody wants to see them now, and is told why that cannot be.
        then: Done when all are answered, before it is said what came of it.
    """
    from peernote_tui.services import rescuing
    from peernote_tui.ui.screens.rescued import RescuedDraft
    from peernote_tui.ui.screens.vault_screen import VaultScreen
    from peernote_tui.vault import read_only

    names: list[str] = []
    trouble = ""
    try:
        found = await app.gateway.call(rescuing.offers)
        usable = [each for each in found if each.state.can_come_back]
        because = app.gateway.workspace.vault.read_only_because
        if because is not None:
            trouble = str(read_only.refusal(because)) if asked else ""
        else:
            for number, each in enumerate(usable, start=1):
                answer = await app.push_screen_wait(RescuedDraft(each, number, len(usable)))
                if answer is None:
                    break
                await app.gateway.call(rescuing.bring_back, each.path, beside=answer == "beside")
                names.extend([naming.by_number(each.called)] if each.called else [""])
    except PeerNoteError as error:
        trouble = str(error)
    with suppress(PeerNoteError):
        if app.gateway.is_open:
            app.rescue_standing.take(await app.gateway.call(rescuing.offers))
    if then is not None:
        await then()
    if isinstance(app.screen, VaultScreen):
        app.screen.reload_soon()
        if trouble:
            app.screen.say(trouble, tone="error")
        elif names:
            app.screen.say(sentences.rescued_back(names), tone="success")
