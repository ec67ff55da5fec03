"""Changing a participant's page from the page, and taking changes back there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.domain.participant import ParticipantChange
from peernote_tui.services.action_items import ActionChange, undo
from peernote_tui.services.keeping_records import take_back_change
from peernote_tui.ui import sentences
from peernote_tui.ui.screens.edit_participant import EditParticipant
from peernote_tui.ui.screens.participant_page import row_id
from peernote_tui.ui.screens.vault_screen import VaultScreen

Change: TypeAlias = ActionChange | ParticipantChange
"""What can be taken back on a page."""


async def edit_page(
    screen: VaultScreen[Any], participant_id: str, edited: Callable[[ParticipantChange | None], None]
) -> None:
    """Open the form of the page that a screen shows; `edited` is told the change that was saved."""
    if screen.workspace.vault.read_only:
        screen.say(sentences.READ_ONLY_PAGE, tone="error")
        return
    try:
        form = await EditParticipant.load(screen.house, participant_id)
    except PeerNoteError as error:
        screen.say(str(error), tone="error")
        return
    screen.app.push_screen(form, edited)


async def take_back(screen: VaultScreen[Any], change: Change) -> tuple[str, str | None] | None:
    """Take a change back.

    Returns:
        What to say, and the row it is about, if any; None after saying why it could not be.
    """
    if isinstance(change, ParticipantChange):
        if await screen.ask(take_back_change, change.id) is None:
            return None
        return sentences.page_as_before(change.fields), None
    restored = await screen.ask(undo, change)
    return None if restored is None else (sentences.action_back(restored.text), row_id("action", restored.id))
