"""Notes that a salvage kept apart, because their text is not what was signed."""

from __future__ import annotations

import json
from typing import Any

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.base import Model
from peernote_tui.services.workspace import Workspace

APART = "salvage.kept_apart"
"""Under this name a salvaged vault remembers them, as they were found."""


class KeptNote(Model):
    """One of them. Nothing vouches for it: the text may be what somebody wrote, or what damage made of that."""

    id: str
    participant_id: str
    text: str
    """The note as it was found: canonical JSON, or what is left of it."""


def kept_notes(workspace: Workspace) -> tuple[KeptNote, ...]:
    """Read the notes that were kept apart; that they were read is recorded in the log."""
    with workspace.reading() as work:
        value = work.remembered.get(APART)
    rows: list[Any] = value if isinstance(value, list) else []
    found = tuple(_note(row) for row in rows if isinstance(row, dict))
    if found and not workspace.vault.read_only:
        with workspace.changing() as work:
            for each in found:
                workspace.log(work, AuditAction.NOTE_VIEWED, each.id, "kept apart")
            work.commit()
    return found


def _note(row: dict[str, Any]) -> KeptNote:
    text = row.get("document")
    return KeptNote(
        id=str(row.get("id", "")),
        participant_id=str(row.get("participant_id", "")),
        text=text if isinstance(text, str) else json.dumps(text, ensure_ascii=False),
    )
