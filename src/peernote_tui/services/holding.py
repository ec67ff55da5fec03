"""Whether a passphrase is the right one while the vault stays open: for a screen that is hidden and not locked."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field

from peernote_tui.domain.errors import VaultError, WrongPassphraseError
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import keys
from peernote_tui.vault.keys import Slot
from peernote_tui.vault.passphrase import normalise


@dataclass(frozen=True)
class SlotCopy:
    """The key slot of the passphrase as it lay on the disk; it tells nothing without the passphrase."""

    sealed: bytes = field(repr=False)


def copy_slot(workspace: Workspace) -> SlotCopy | None:
    """Keep the key slot, for when the folder is gone; None when it cannot be read."""
    with suppress(VaultError):
        return SlotCopy(keys.read_slot(workspace.vault.folder, Slot.PASSPHRASE))
    return None


def is_passphrase(workspace: Workspace, passphrase: str, kept: SlotCopy | None) -> bool:
    """Whether a passphrase opens the vault that is open; derives a key, which takes about a second.

    Args:
        workspace: The open vault.
        passphrase: As typed.
        kept: The slot as it was at unlock; used when it cannot be read now.

    Raises:
        VaultError: There is no slot to try it on.
    """
    vault = workspace.vault
    try:
        sealed = keys.read_slot(vault.folder, Slot.PASSPHRASE)
    except VaultError:
        if kept is None:
            raise
        sealed = kept.sealed
    secret = normalise(passphrase)
    try:
        found = keys.open_sealed(sealed, vault.folder, Slot.PASSPHRASE, secret, vault_id=vault.vault_id)
    except WrongPassphraseError:
        return False
    return found == vault.data_key
