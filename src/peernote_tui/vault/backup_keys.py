"""What opens a backup: the key of today or that of its day, from the vault's key slots or from its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from peernote_tui.domain.errors import KeyFileDamagedError, UnusableVaultError, VaultError, WrongPassphraseError
from peernote_tui.vault import attempts, files, keys, recovery_code
from peernote_tui.vault.backup import opens_with, sha256_of
from peernote_tui.vault.header import read_header
from peernote_tui.vault.keys import DataKey, Slot
from peernote_tui.vault.manifest import CHOOSE_ANOTHER, Backup, read_manifest
from peernote_tui.vault.organisation import read_identities
from peernote_tui.vault.passphrase import normalise
from peernote_tui.vault.vault import MAX_WORK_FACTOR


@dataclass(frozen=True, slots=True)
class Key:
    """What opens a backup, and whose key slots gave it.

    Attributes:
        slots: The folder with `keys` that the secret opened: the vault's, else the backup's own.
    """

    data_key: DataKey = field(repr=False)
    slots: Path


def vault_id_of(folder: Path) -> UUID | None:
    """The id of the vault in a folder; None when there is none, or its card does not read."""
    try:
        return read_header(folder).vault_id
    except VaultError:
        return None


def unlock(
    folder: Path,
    backup: Backup,
    secret: str,
    *,
    slot: Slot = Slot.PASSPHRASE,
    max_work_factor: int = MAX_WORK_FACTOR,
    now: Callable[[], datetime] | None = None,
) -> Key:
    """Find the key of a backup: with the vault's own key slots, else with those of the backup's day.

    Args:
        folder: The vault; it need not exist, nor be sound.
        backup: Which one.
        secret: The passphrase or the recovery code, as typed.
        slot: Which of the two it is.
        max_work_factor: The most work a key file may ask for.
        now: The present instant, to note a wrong secret beside the vault by; None notes nothing.

    Raises:
        InvalidInputError: The recovery code has a typing mistake.
        WrongPassphraseError: The secret opens neither.
        KeyFileDamagedError: The key slots of both are missing or damaged.
        VaultDamagedError: The manifest does not read.
        ForeignKeyFileError, VaultTooNewError, StorageError: What else can be wrong with a key slot.
    """
    vault_id = read_manifest(backup.path).vault_id
    secret = _READ[slot](secret)
    refused: VaultError | None = None
    opened: list[Key] = []
    places = [folder, backup.path] if vault_id_of(folder) == vault_id else [backup.path]
    for place in places:
        try:
            data_key = keys.open_slot(place, slot, secret, vault_id=vault_id, max_work_factor=max_work_factor)
        except (UnusableVaultError, WrongPassphraseError) as error:
            # That a passphrase is wrong says more than that the other key file is damaged.
            refused = error if refused is None or isinstance(error, WrongPassphraseError) else refused
        else:
            if opens_with(backup, data_key):
                return Key(data_key, place)
            opened.append(Key(data_key, place))
    if opened:
        return _of_a_damaged_one(backup, opened, slot)
    if isinstance(refused, WrongPassphraseError):
        if now is not None and folder in places:
            attempts.note(folder, now())
        raise WrongPassphraseError(
            f"This {_SAID[slot]} does not open the backup {backup.name}.",
            f"It opens with the {_SAID[slot]} of today, or with the one of the day it was made.",
        ) from None
    raise refused or KeyFileDamagedError(f"The backup {backup.name} has no key file.", CHOOSE_ANOTHER) from None


def _of_a_damaged_one(backup: Backup, opened: list[Key], slot: Slot) -> Key:
    """Which of the keys is that of a snapshot that none of them opens.

    Raises:
        WrongPassphraseError: The snapshot is as it was made, under an earlier data key.
    """
    with files.told(backup.path, reading=True):
        if sha256_of(backup.database) != read_manifest(backup.path).sha256:
            return opened[0]
    raise WrongPassphraseError(
        f"The backup {backup.name} was made before the vault got a new data key.",
        f"It opens with the {_SAID[slot]} of the day it was made.",
    )


_READ: dict[Slot, Callable[[str], str]] = {
    Slot.PASSPHRASE: normalise,
    Slot.RECOVERY: recovery_code.normalise,
    Slot.ORGANISATION: read_identities,
}
_SAID = {Slot.PASSPHRASE: "passphrase", Slot.RECOVERY: "recovery code", Slot.ORGANISATION: "identity"}
