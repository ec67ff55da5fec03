"""What leaves a vault that is only read does not enter the account of disclosures: said and asked before it leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peernote_tui.ui import sentences
from peernote_tui.ui.widgets.confirm import Confirm

if TYPE_CHECKING:
    from peernote_tui.ui.app import PeerNoteApp


def keeps_no_account(app: PeerNoteApp) -> bool:
    """Whether what leaves the open vault is accounted for nowhere."""
    return app.gateway.is_open and app.gateway.workspace.vault.read_only


async def leaves_all_the_same(app: PeerNoteApp) -> bool:
    """Ask before something leaves unaccounted; True at once where the account is kept. From within a worker."""
    if not keeps_no_account(app):
        return True
    ask = Confirm(sentences.UNACCOUNTED_QUESTION, sentences.UNACCOUNTED, yes=sentences.UNACCOUNTED_YES)
    return await app.push_screen_wait(ask) is True
