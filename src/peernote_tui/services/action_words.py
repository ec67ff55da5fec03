"""The words of action items to complete a new line with."""

from __future__ import annotations

from peernote_tui.domain.action_line import LineWords
from peernote_tui.services.workspace import Workspace


def words_used(workspace: Workspace) -> LineWords:
    """Tags and names of owners in the latest action items, the most used first; none when nothing is stored."""
    with workspace.reading() as work:
        return LineWords(tags=work.action_items.used_tags(), owners=work.action_items.used_owners())
