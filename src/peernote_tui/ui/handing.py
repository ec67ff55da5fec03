"""Handing text over to the terminal's clipboard: asked first, noted in the log, for a moment only."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from peernote_tui.domain.clock import local_now
from peernote_tui.ui import sentences
from peernote_tui.ui.locking import CLIPBOARD_SECONDS
from peernote_tui.ui.unaccounted import keeps_no_account
from peernote_tui.ui.widgets.confirm import Confirm

if TYPE_CHECKING:
    from peernote_tui.ui.screens.vault_screen import VaultScreen

MOST_BYTES = 55_500
"""Of text in UTF-8: 74,000 in base64, which is what terminals that set a limit to OSC 52 still take."""


def hand_over_soon(
    screen: VaultScreen[Any],
    text: str,
    question: str,
    *,
    asked_with: str,
    record: Callable[[], Awaitable[object]] | None = None,
) -> None:
    """Ask, and on a yes put text on the clipboard.

    Args:
        screen: The screen in front, which says what became of it.
        text: What is handed over.
        question: Names what is handed over, such as "Copy this note to the clipboard?".
        asked_with: The key that asked.
        record: Notes it in the log before anything is handed over; None from it means that it could not be noted,
            and that the screen has said why.
    """
    size = len(text.encode())
    if size > MOST_BYTES:
        screen.say(sentences.too_long_for_clipboard(size, MOST_BYTES), tone="warning")
        return

    consequence = sentences.clipboard_consequence(CLIPBOARD_SECONDS)
    if record is not None and keeps_no_account(screen.house):
        consequence = f"{sentences.UNACCOUNTED}\n{consequence}"

    async def ask() -> None:
        sure = await screen.app.push_screen_wait(
            Confirm(
                question,
                consequence,
                yes=sentences.CLIPBOARD_YES,
                asked_with=asked_with,
            )
        )
        if not sure or (record is not None and await record() is None):
            return
        house = screen.house
        # A lock may have come between the yes and the log.
        if house.may_work:
            until = local_now(house.clock) + timedelta(seconds=CLIPBOARD_SECONDS)
            notice = sentences.on_the_clipboard(f"{until:%H:%M:%S}")
            house.hand_over(text, notice)
            screen.say(notice, tone="success")

    screen.run_worker(ask(), description="copy", exclusive=True, group="flow")
