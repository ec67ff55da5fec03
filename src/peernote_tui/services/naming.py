"""How much of a name is shown: remembered in the vault, so that it holds after locking, too."""

from __future__ import annotations

from peernote_tui.domain.names import NameTier
from peernote_tui.services.workspace import Workspace

_NAME = "names"


def name_tier(workspace: Workspace) -> NameTier:
    """How much of a name is shown, as chosen last; the whole name where nobody chose."""
    with workspace.reading() as work:
        kept = work.remembered.get(_NAME)
    return NameTier(kept) if kept in set(NameTier) else NameTier.FULL


def choose_name_tier(workspace: Workspace, tier: NameTier) -> bool:
    """Keep how much of a name is shown; True when it is kept, False where the vault is only read."""
    if workspace.vault.read_only:
        return False
    with workspace.changing() as work:
        work.remembered.put(_NAME, tier.value, at=workspace.clock.now(), by=workspace.author.id)
        work.commit()
    return True
