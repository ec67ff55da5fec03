"""Key slots: the data key of a vault, each time in another envelope.

A slot is an age file whose plaintext is SQL. Its last line is the key as SQLCipher takes it, so that the
`age` program and any SQLCipher 4 shell open the vault without PeerNote. Every slot holds the same key;
replacing one changes neither the database nor the other slots.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from peernote_tui.domain.errors import (
    ForeignKeyFileError,
    KeyFileDamagedError,
    VaultTooNewError,
    WrongPassphraseError,
)
from peernote_tui.domain.ids import is_id
from peernote_tui.vault import age, files
from peernote_tui.vault.layout import KEYS_NAME

KEY_BYTES = 32
SALT_BYTES = 16
_FORMAT = "peernote-key"
_VERSION = 1
_MOST_BYTES = 64 * 1024
_LINE = re.compile(r"-- (format|version|vault_id|slot): (\S+)")
_KEY_LINE = re.compile(rf"PRAGMA key = \"x'([0-9a-f]{{{2 * (KEY_BYTES + SALT_BYTES)}}})'\";")


class Slot(StrEnum):
    """Which envelope; the value is the name of its file."""

    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a file, not what opens it
    RECOVERY = "recovery"
    ORGANISATION = "organisation"


_WRONG = {
    Slot.PASSPHRASE: (
        "This passphrase does not open the vault.",
        "Check Caps Lock, the keyboard layout and the spaces and type it again, or use the recovery code.",
    ),
    Slot.RECOVERY: (
        "This recovery code is complete, but it does not open this vault.",
        "Check that it was printed for this vault and is the newest one.",
    ),
    Slot.ORGANISATION: (
        "This identity does not open the vault.",
        "Check that it belongs to a recipient that was set for this vault: peernote recovery organisation show.",
    ),
}
_OTHER_WAY = {
    Slot.PASSPHRASE: "Open the vault with the recovery code and set a passphrase again.",
    Slot.RECOVERY: "Open the vault with the passphrase and make a new recovery code.",
    Slot.ORGANISATION: "Open the vault with the passphrase or the recovery code.",
}


@dataclass(frozen=True, slots=True)
class DataKey:
    """What opens the database: 32 bytes of key and the 16 bytes of salt that begin the file.

    The salt is kept too, so that a damaged first page does not take the whole database with it.
    """

    key: bytes = field(repr=False)
    salt: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> DataKey:
        """Make a new random key."""
        return cls(secrets.token_bytes(KEY_BYTES), secrets.token_bytes(SALT_BYTES))

    def for_sqlcipher(self) -> str:
        """The key as SQLCipher takes it: `x'` and 96 hex digits and `'`."""
        return f"x'{(self.key + self.salt).hex()}'"


@dataclass(frozen=True, slots=True)
class SealedSlot:
    """A slot that is sealed and not written yet: its slow part is done, nothing has changed.

    Attributes:
        slot: Which one.
        data: The age file.
    """

    slot: Slot
    data: bytes = field(repr=False)

    @property
    def digest(self) -> str:
        """The SHA-256 of the file, hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


def slot_path(folder: Path, slot: Slot) -> Path:
    """Where a slot lies."""
    return folder / KEYS_NAME / f"{slot.value}.age"


def seal(slot: Slot, secret: str, *, vault_id: UUID, data_key: DataKey, work_factor: int) -> SealedSlot:
    """Seal a slot with a secret; takes as long as one guess does.

    Args:
        slot: Which one.
        secret: The passphrase in NFC, or the recovery code as it is printed.
        vault_id: Goes into the slot, so that a slot of another vault is known as such.
        data_key: What the slot is for.
        work_factor: See `age.encrypt_with_passphrase`.

    Raises:
        VaultError: There is not enough memory for the derivation.
    """
    plain = _render(slot, vault_id, data_key)
    return SealedSlot(slot, age.encrypt_with_passphrase(plain, secret, work_factor=work_factor))


def seal_to(recipients: Sequence[str], *, vault_id: UUID, data_key: DataKey) -> SealedSlot:
    """Seal the organisation's slot to its recipients, `age1…`.

    Raises:
        InvalidInputError: There is no recipient, or one is mistyped.
    """
    plain = _render(Slot.ORGANISATION, vault_id, data_key)
    return SealedSlot(Slot.ORGANISATION, age.encrypt_to_recipients(plain, recipients))


def put(folder: Path, sealed: SealedSlot) -> None:
    """Write or replace a slot; a crash leaves the old one or the new one.

    Raises:
        StorageError: The disk refuses.
    """
    path = slot_path(folder, sealed.slot)
    files.make_folder(path.parent)
    files.write_atomically(path, sealed.data)


def remove(folder: Path, slot: Slot) -> None:
    """Remove a slot; that it is not there is fine.

    Raises:
        StorageError: The disk refuses.
    """
    path = slot_path(folder, slot)
    with files.told(path):
        path.unlink(missing_ok=True)
        files.sync_folder(path.parent)


def kept(folder: Path, slot: Slot) -> SealedSlot | None:
    """What lies at the place of a slot, whatever it is; None when nothing does.

    Raises:
        StorageError: It may not be read.
    """
    path = slot_path(folder, slot)
    with files.told(path, reading=True):
        try:
            with path.open("rb") as file:
                return SealedSlot(slot, file.read(_MOST_BYTES + 1))
        except (FileNotFoundError, NotADirectoryError):
            return None


def write_slot(folder: Path, slot: Slot, secret: str, *, vault_id: UUID, data_key: DataKey, work_factor: int) -> None:
    """Seal a slot with a secret and put it in place; see `seal` and `put`."""
    put(folder, seal(slot, secret, vault_id=vault_id, data_key=data_key, work_factor=work_factor))


def open_slot(
    folder: Path, slot: Slot, secret: str, *, vault_id: UUID, max_work_factor: int = age.MOST_WORK
) -> DataKey:
    """Take the data key out of a slot.

    Args:
        folder: The vault.
        slot: Which one.
        secret: The passphrase in NFC, the recovery code as it is printed, or identities, one a line.
        vault_id: The vault the slot has to belong to.
        max_work_factor: See `age.decrypt_with_passphrase`.

    Raises:
        WrongPassphraseError: The secret does not open the slot.
        InvalidInputError: An identity is mistyped.
        KeyFileDamagedError: The slot is missing or not what it was.
        ForeignKeyFileError: The slot belongs to another vault.
        VaultTooNewError: A newer PeerNote wrote the slot.
        StorageError: The slot may not be read.
    """
    return open_sealed(
        read_slot(folder, slot), folder, slot, secret, vault_id=vault_id, max_work_factor=max_work_factor
    )


def open_sealed(
    sealed: bytes, folder: Path, slot: Slot, secret: str, *, vault_id: UUID, max_work_factor: int = age.MOST_WORK
) -> DataKey:
    """Take the data key out of the bytes of a slot; arguments and refusals as for `open_slot`."""
    found, data_key = _open(sealed, slot_path(folder, slot), slot, secret, max_work_factor)
    if found != vault_id:
        raise ForeignKeyFileError(
            f"The key file {slot_path(folder, slot)} belongs to another vault than vault.json.",
            "Put back the key file that was made with this vault; its backups hold copies.",
        )
    return data_key


def open_unnamed(
    folder: Path, slot: Slot, secret: str, *, max_work_factor: int = age.MOST_WORK
) -> tuple[UUID, DataKey]:
    """Take out of a slot which vault it is for, and the key, where nothing else says which vault that is.

    Arguments and refusals are those of `open_slot`.
    """
    return _open(read_slot(folder, slot), slot_path(folder, slot), slot, secret, max_work_factor)


def _open(sealed: bytes, path: Path, slot: Slot, secret: str, max_work_factor: int) -> tuple[UUID, DataKey]:
    try:
        if slot is Slot.ORGANISATION:
            plain = _decrypt_with_one_of(sealed, secret.split())
        else:
            plain = age.decrypt_with_passphrase(sealed, secret, max_work_factor=max_work_factor)
    except WrongPassphraseError:
        raise WrongPassphraseError(*_WRONG[slot]) from None
    except KeyFileDamagedError:
        raise _damaged(path, slot) from None
    return _parse(plain, path, slot)


def _decrypt_with_one_of(sealed: bytes, identities: Sequence[str]) -> bytes:
    for identity in identities:
        with suppress(WrongPassphraseError):
            return age.decrypt_with_identity(sealed, identity)
    raise WrongPassphraseError("No identity opens the file.")


def read_slot(folder: Path, slot: Slot) -> bytes:
    """The sealed bytes of a slot.

    Raises:
        KeyFileDamagedError: The slot is missing or cannot be one.
        StorageError: The slot may not be read.
    """
    path = slot_path(folder, slot)
    with files.told(path, reading=True):
        try:
            if path.stat().st_size > _MOST_BYTES:
                raise _damaged(path, slot)
            return path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            raise KeyFileDamagedError(f"The key file {path} is missing.", _OTHER_WAY[slot]) from None
        except IsADirectoryError:
            raise _damaged(path, slot) from None


def _damaged(path: Path, slot: Slot) -> KeyFileDamagedError:
    return KeyFileDamagedError(f"The key file {path} is damaged.", _OTHER_WAY[slot])


def _render(slot: Slot, vault_id: UUID, data_key: DataKey) -> bytes:
    lines = (
        "-- The key of a PeerNote vault. Whoever has the last line can read every note.",
        f"-- format: {_FORMAT}",
        f"-- version: {_VERSION}",
        f"-- vault_id: {vault_id}",
        f"-- slot: {slot.value}",
        "-- In a SQLCipher 4 shell on vault.db, enter the last line first.",
        f'PRAGMA key = "{data_key.for_sqlcipher()}";',
    )
    return ("\n".join(lines) + "\n").encode("ascii")


def _parse(plain: bytes, path: Path, slot: Slot) -> tuple[UUID, DataKey]:
    text = plain.decode("ascii", errors="replace")
    *comments, last = text.rstrip("\n").split("\n")
    said = {match[1]: match[2] for match in map(_LINE.fullmatch, comments) if match}
    if said.get("format") != _FORMAT:
        raise _damaged(path, slot)
    if said.get("version") != str(_VERSION):
        raise VaultTooNewError(
            f"The key file {path} was written by a newer PeerNote.",
            "Install the newest PeerNote to open the vault.",
        )
    key_line = _KEY_LINE.fullmatch(last)
    if said.get("slot") != slot.value or key_line is None or not is_id(said.get("vault_id", "")):
        raise _damaged(path, slot)
    both = bytes.fromhex(key_line[1])
    return UUID(said["vault_id"]), DataKey(both[:KEY_BYTES], both[KEY_BYTES:])
