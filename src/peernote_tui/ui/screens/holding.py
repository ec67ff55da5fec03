"""Legal hold on a participant's record: set with a reason, lifted with a question."""

from __future__ import annotations

from typing import Any

from peernote_tui.domain.base import LINE
from peernote_tui.domain.participant import Participant
from peernote_tui.services.erasing import hold_record, release_record
from peernote_tui.ui import sentences
from peernote_tui.ui.screens.one_line import OneLine
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.shelf import Shelf
from peernote_tui.ui.widgets.confirm import Confirm


async def change_hold(screen: VaultScreen[Any], *, held: bool) -> None:
    """Ask for the reason and set a hold on the participant of a screen, or ask and lift it.

    Args:
        screen: It has the participant's id as `subject`.
        held: Whether there is a hold now.
    """
    subject: str = getattr(screen, "subject", "")
    if held:
        question = Confirm(sentences.HOLD_QUESTION, sentences.HOLD_CONSEQUENCE, yes=sentences.HOLD_YES, asked_with="h")
        if not await screen.app.push_screen_wait(question) or await screen.ask(release_record, subject) is None:
            return
        said = sentences.HOLD_LIFTED
    else:

        async def take(reason: str) -> object:
            return await screen.house.gateway.call(hold_record, subject, reason=reason)

        asked = OneLine(
            sentences.HOLD_REASON,
            sentences.CANCEL_WHY,
            hint=sentences.HOLD_HINT,
            shelf=Shelf("hold", (subject,)),
            take=take,
            longest=LINE,
        )
        if await screen.app.push_screen_wait(asked) is None:
            return
        said = sentences.HOLD_SET
    await screen.reload()
    screen.say(said)


def held(person: Participant) -> str:
    """A line under what stands first on a page; empty without a hold."""
    return f"\n! {sentences.held_since(f'{person.held_at:%Y-%m-%d}', person.hold_reason)}" if person.held_at else ""
