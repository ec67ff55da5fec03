"""A one-line question about somebody whose half-typed answer waits in the vault."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.services.half_typed import keep_typed, typed_before
from peernote_tui.ui.screens.one_line import OneLine

if TYPE_CHECKING:
    from peernote_tui.ui.gateway import Gateway
    from peernote_tui.ui.screens.vault_screen import VaultScreen

_LINE = "line"


class KeptLine(OneLine):
    """As `OneLine`; what stands in the box is kept when it is closed, and when the vault is locked.

    Args:
        gateway: The way to the vault.
        participant_id: Whom it is about.
        form: Which question it is, as `keep_typed` tells them apart.
        words: Its title, its label and its hint.
        typed: What stands there.
        error: What is wrong with that.
    """

    def __init__(
        self,
        gateway: Gateway,
        participant_id: str,
        form: str,
        words: tuple[str, str, str],
        *,
        typed: str,
        error: str,
    ) -> None:
        title, label, hint = words
        super().__init__(title, label, hint=hint, typed=typed, error=error)
        self._gateway, self._about, self._form = gateway, participant_id, form

    async def action_close(self) -> None:
        """Close, and leave what was typed for the next time."""
        with suppress(PeerNoteError):
            await self.flush()
        super().action_close()

    async def flush(self) -> None:
        """Keep what is typed.

        Raises:
            PeerNoteError: It could not be stored.
        """
        if self.is_changed and not self._gateway.workspace.vault.read_only:
            kept = {_LINE: self.typed} if self.typed.strip() else {}
            await self._gateway.call(keep_typed, self._about, kept, form=self._form)


async def ask_kept(
    screen: VaultScreen[Any], participant_id: str, form: str, words: tuple[str, str, str], *, error: str = ""
) -> str | None:
    """Ask, with what was typed before and not taken; in a flow. `settled` ends the waiting.

    Args:
        screen: Over which it is asked.
        participant_id: Whom it is about.
        form: Which question it is.
        words: Its title, its label and its hint.
        error: What is wrong with what was typed before.

    Returns:
        The answer; None when it was closed.
    """
    before = await screen.ask(typed_before, participant_id, form=form) or {}
    question = KeptLine(
        screen.house.gateway, participant_id, form, words, typed=str(before.get(_LINE, "")), error=error
    )
    answer = await screen.app.push_screen_wait(question)
    if answer:
        # It may be refused, and is asked anew then.
        await question.flush()
    return answer


async def settled(screen: VaultScreen[Any], participant_id: str, form: str) -> None:
    """Let nothing wait any more: the answer was taken."""
    await screen.ask(keep_typed, participant_id, {}, form=form)
