"""Rescue files: a draft that the vault could not take, kept elsewhere and brought back later."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from peernote_tui.domain.base import Instant, Model
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.errors import StorageError, VaultDamagedError, VaultTooNewError
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import rescue

FORMAT = "peernote.rescue"
VERSION = 1


class RescuedDraft(Model):
    """What a rescue file holds."""

    format: Literal["peernote.rescue"] = "peernote.rescue"
    version: Literal[1] = 1
    vault_id: str
    written_at: Instant
    draft: Draft


def rescue_draft(workspace: Workspace, draft: Draft) -> Path:
    """Keep a draft in a rescue file, because the vault does not take it; it is on a disk when this returns.

    It asks nothing of the database, so it may be called from any thread and with the connection broken. Within
    one run a draft has one rescue file: the newest takes the place of the one before.

    Args:
        workspace: The open vault; its folder may be full, read-only or gone.
        draft: As it stands on screen.

    Returns:
        Where it lies. It is encrypted for this vault, and the next unlock offers it.

    Raises:
        StorageError: No place on this computer takes it.
    """
    kept = workspace.standing.rescued.get(draft.id)
    if kept is not None and kept[0] == draft and kept[1].is_file():
        return kept[1]
    path = rescue.write(workspace.vault.folder, workspace.vault.data_key, _render(workspace, draft))
    workspace.standing.rescued[draft.id] = (draft, path)
    if kept is not None:
        with suppress(StorageError):
            rescue.remove(kept[1])
    return path


def read(plain: bytes) -> RescuedDraft:
    """What was sealed in a rescue file; any bytes may be handed in.

    Raises:
        VaultDamagedError: They are not what PeerNote writes.
        VaultTooNewError: A newer PeerNote wrote them.
    """
    try:
        said = json.loads(plain)
        if isinstance(said, dict) and said.get("format") == FORMAT and _is_newer(said.get("version")):
            raise VaultTooNewError(
                "A newer PeerNote wrote this rescue file.", "Install the newest PeerNote to bring it back."
            )
        return RescuedDraft.model_validate(said)
    except (ValueError, RecursionError, ValidationError):
        raise VaultDamagedError(
            "A rescue file does not read as it should.", "It stays where it is; nothing was changed."
        ) from None


def _is_newer(version: Any) -> bool:
    return isinstance(version, int) and version > VERSION


def _render(workspace: Workspace, draft: Draft) -> bytes:
    now: datetime = workspace.clock.now()
    said = {
        "format": FORMAT,
        "version": VERSION,
        "vault_id": str(workspace.vault.vault_id),
        "written_at": now.isoformat(),
        # A copy with updates is not checked by pydantic, and whatever it holds is kept; its warnings would quote it.
        "draft": draft.model_dump(mode="json", warnings=False),
    }
    return json.dumps(said).encode()
