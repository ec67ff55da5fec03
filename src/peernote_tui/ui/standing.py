"""What has to be said about an open vault as a whole, before anything else is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peernote_tui.ui import sentences

if TYPE_CHECKING:
    from peernote_tui.services.workspace import Workspace


def said_on_opening(workspace: Workspace) -> tuple[str, ...]:
    """Sentences about the vault that was just opened: why it is only read, and what was put right."""
    from peernote_tui.vault import read_only

    because = workspace.vault.read_only_because
    return (
        *((read_only.said(because),) if because is not None else ()),
        *((sentences.SALT_HEALED,) if workspace.vault.salt_healed else ()),
    )
