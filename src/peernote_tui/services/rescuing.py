"""Rescue files: a draft that the vault could not take, kept elsewhere and brought back later."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.base import Instant, Model
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.errors import KeyFileDamagedError, StorageError, VaultDamagedError, VaultTooNewError
from peernote_tui.domain.names import Called
from peernote_tui.services import writing
from peernote_tui.services.namesakes import told_apart
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import rescue

_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
FORMAT = "peernote.rescue"
VERSION = 1


class RescuedDraft(Model):
    """What a rescue file holds."""

    format: Literal["peernote.rescue"] = "peernote.rescue"
    version: Literal[1] = 1
    vault_id: str
    written_at: Instant
    draft: Draft


class RescueState(StrEnum):
    """How a rescue file stands to what the vault holds."""

    NEWER = "newer"
    """The vault holds an earlier form of this draft, and nothing was written in that since."""
    BOTH_CHANGED = "both-changed"
    """The draft in the vault was written in since, too."""
    GONE = "gone"
    """The draft is not in the vault any more: it was signed, or never arrived."""
    STORED = "stored"
    """The vault holds these words already."""
    NOBODY = "nobody"
    """The participant is not in the vault, so the draft has no place in it."""
    TOO_NEW = "too-new"
    """A newer PeerNote wrote it."""
    DAMAGED = "damaged"
    """It does not read as it should."""

    @property
    def can_come_back(self) -> bool:
        """Whether the vault could take what it holds."""
        return self in {RescueState.NEWER, RescueState.BOTH_CHANGED, RescueState.GONE, RescueState.STORED}


class RescueFile(Model):
    """A rescue file of this vault, and how it stands to what the vault holds."""

    path: Path
    state: RescueState
    written_at: datetime | None = None
    draft: Draft | None = None
    called: Called | None = None
    """Whose draft it is; None where that is not known."""


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
    if kept is not None and kept[0] == draft and rescue.is_kept(kept[1]):
        return kept[1]
    path = rescue.write(workspace.vault.folder, workspace.vault.data_key, _render(workspace, draft))
    workspace.standing.rescued[draft.id] = (draft, path)
    if kept is not None:
        with suppress(StorageError):
            rescue.remove(kept[1])
    return path


def settled(workspace: Workspace, draft: Draft) -> None:
    """Take away the rescue file that this run made of a draft, because the vault holds it now."""
    kept = workspace.standing.rescued.pop(draft.id, None)
    if kept is not None:
        with suppress(StorageError):
            rescue.remove(kept[1])


def rescue_files(workspace: Workspace) -> tuple[RescueFile, ...]:
    """The rescue files of this vault in every place where one may lie, the newest first; changes nothing."""
    found = [_looked_at(workspace, each) for each in rescue.find(workspace.vault.folder, workspace.vault.data_key)]
    return tuple(sorted(found, key=lambda each: each.written_at or _LONG_AGO, reverse=True))


def offers(workspace: Workspace) -> tuple[RescueFile, ...]:
    """The rescue files somebody has to decide about; those whose words the vault holds are taken away.

    What this run keeps for a draft that is still being written is no question yet.
    """
    ours = {path for _, path in workspace.standing.rescued.values()}
    waiting = []
    for each in rescue_files(workspace):
        if each.path in ours:
            continue
        if each.state is RescueState.STORED:
            if not workspace.vault.read_only:
                with suppress(StorageError):
                    rescue.remove(each.path)
            continue
        waiting.append(each)
    return tuple(waiting)


def bring_back(workspace: Workspace, path: Path, *, beside: bool = False) -> Draft:
    """Store what a rescue file holds in the vault; when that is on the disk, the file is taken away.

    Args:
        workspace: The open vault.
        path: The rescue file.
        beside: Keep the stored draft as it is and store this one as a further draft. That is also what happens
            when the draft was signed or taken away meanwhile.

    Raises:
        VaultDamagedError, VaultTooNewError: The file cannot be read; it stays.
        WrongPassphraseError: It is of another vault.
        ConsentMissingError, InvalidInputError, NotFoundError: As for `writing.add_beside_in`; the file stays.
        StorageError: The disk refuses; the file stays.
    """
    try:
        draft = read(rescue.open_sealed(path, rescue.identity(workspace.vault.data_key))).draft
    except KeyFileDamagedError:
        raise _unreadable() from None
    with workspace.changing() as work:
        if beside or work.drafts.get(draft.id) is None:
            stored = writing.add_beside_in(workspace, work, draft)
            workspace.log(work, AuditAction.DRAFT_STARTED, stored.id, "rescue file")
        else:
            stored = writing.save_in(workspace, work, draft)
            work.drafts.put_aside(stored.id, None, by=workspace.author.id)
            workspace.log(work, AuditAction.DRAFT_RESTORED, stored.id, "rescue file")
        work.commit()
    with suppress(StorageError):
        rescue.remove(path)
    return stored


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
        raise _unreadable() from None


def _unreadable() -> VaultDamagedError:
    return VaultDamagedError("A rescue file does not read as it should.", "It stays where it is; nothing was changed.")


def _looked_at(workspace: Workspace, found: rescue.Found) -> RescueFile:
    if found.plain is None:
        return RescueFile(path=found.path, state=RescueState.DAMAGED)
    try:
        kept = read(found.plain)
    except VaultDamagedError:
        return RescueFile(path=found.path, state=RescueState.DAMAGED)
    except VaultTooNewError:
        return RescueFile(path=found.path, state=RescueState.TOO_NEW)
    with workspace.reading() as work:
        participant = work.participants.get(kept.draft.participant_id)
        people = told_apart(work, () if participant is None else (participant,))
        stored = work.drafts.get(kept.draft.id)
    return RescueFile(
        path=found.path,
        state=_state(kept, stored) if participant is not None else RescueState.NOBODY,
        written_at=kept.written_at,
        draft=kept.draft,
        called=people[0].called if people else None,
    )


def _state(kept: RescuedDraft, stored: Draft | None) -> RescueState:
    if stored is None:
        return RescueState.GONE
    if (stored.content, stored.typed) == (kept.draft.content, kept.draft.typed):
        return RescueState.STORED
    return RescueState.NEWER if stored.changed_at <= kept.written_at else RescueState.BOTH_CHANGED


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
