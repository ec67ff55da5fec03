"""Keeping a group session while it is typed."""

from __future__ import annotations

from peernote_tui.domain.group_session import GroupSession
from peernote_tui.services.groups import save_group
from peernote_tui.ui.screens.note_wizard.drafting import Keeping


class GroupKeeping(Keeping[GroupSession]):
    """Keeps a group session in the vault."""

    async def store(self, newest: GroupSession) -> None:
        """Store it."""
        await self._gateway.call(save_group, newest)
