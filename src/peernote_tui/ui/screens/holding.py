"""Legal hold on a participant's record: set with a reason, lifted with a question."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from peernote_tui.domain.participant import Participant
from peernote_tui.services.erasing import hold_record, release_record
from peernote_tui.ui import sentences
from peernote_tui.ui.screens.base import PeerModal
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.widgets.confirm import Confirm
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.text_input import TextInput

_LONGEST = 500


class HoldReason(PeerModal[str]):
    """Asks why a record is held; gives the reason."""

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical(classes="dialog dialog--wide"):
            box = TextInput(max_length=_LONGEST)
            yield Field("reason", sentences.HOLD_REASON, box, hint=sentences.HOLD_HINT, stacked=True)

    def on_mount(self) -> None:
        """Begin in the box."""
        self.query_one(TextInput).focus()

    @on(Input.Submitted)
    def _entered(self) -> None:
        reason = self.query_one(TextInput).value.strip()
        if reason:
            self.dismiss(reason)


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
        reason = await screen.app.push_screen_wait(HoldReason())
        if not reason or await screen.ask(hold_record, subject, reason=reason) is None:
            return
        said = sentences.HOLD_SET
    await screen.reload()
    screen.say(said)


def held(person: Participant) -> str:
    """A line under what stands first on a page; empty without a hold."""
    return f"\n! {sentences.held_since(f'{person.held_at:%Y-%m-%d}', person.hold_reason)}" if person.held_at else ""
