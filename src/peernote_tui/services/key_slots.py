"""What opens the vault: the passphrase, the recovery code, the organisation; and since when."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.errors import NotFoundError, PeerNoteError, StorageError, WrongPassphraseError
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import files, keys, recovery_code
from peernote_tui.vault.keys import SealedSlot, Slot
from peernote_tui.vault.organisation import Recipient, read_recipients
from peernote_tui.vault.passphrase import check as check_passphrase
from peernote_tui.vault.passphrase import normalise as normalise_passphrase

__all__ = ["KeyStanding", "Recipient", "Slot", "SlotStanding"]

WORK_FACTOR = 18
"""scrypt's log2(N) for key slots: 0.7 s and 256 MiB on a field laptop."""

_REMEMBERED = "key_slots"
_FOUND = ", found at unlock"
_WORDS = {
    Slot.PASSPHRASE: "passphrase",
    Slot.RECOVERY: "recovery code",
    Slot.ORGANISATION: "organisation",
}


_UNSURE = {
    Slot.PASSPHRASE: "Keep both, the one before and the new one: one of the two opens the vault.",
    Slot.RECOVERY: "Make another one when the disk works again; the passphrase still opens the vault.",
    Slot.ORGANISATION: "Look at it once more when the disk works again.",
}


@dataclass(frozen=True, slots=True)
class SlotStanding:
    """One key slot as it stands.

    Attributes:
        slot: Which one.
        there: Its file is there.
        since: When it was last set, as the log says; None when it does not.
        ours: The file is the one that was set here, not one that was put in its place.
    """

    slot: Slot
    there: bool
    since: datetime | None
    ours: bool


@dataclass(frozen=True, slots=True)
class KeyStanding:
    """All that opens the vault.

    Attributes:
        slots: Passphrase, recovery code, organisation, in this order.
        recipients: Whom the organisation's slot is sealed to; empty when there is none, or it is not known.
        data_key_since: Since when the data key is in use.
    """

    slots: tuple[SlotStanding, ...]
    recipients: tuple[Recipient, ...]
    data_key_since: datetime | None

    def of(self, slot: Slot) -> SlotStanding:
        """One of them."""
        return next(each for each in self.slots if each.slot is slot)

    @property
    def organisation_unknown(self) -> bool:
        """An organisation's key file lies here and nobody knows whose: it was not set in this vault as it is now."""
        organisation = self.of(Slot.ORGANISATION)
        return organisation.there and not (organisation.ours and self.recipients)


def standing(workspace: Workspace) -> KeyStanding:
    """Which slots there are, since when, and whom the organisation's one is sealed to."""
    with workspace.reading() as work:
        remembered = _remembered(work)
        since = _since(work)
    slots = []
    for slot in Slot:
        lies = _lies(workspace, slot)
        known = remembered["digests"].get(slot.value)
        ours = lies is not None and known in {lies.digest, None} and not (known is None and slot is Slot.ORGANISATION)
        slots.append(SlotStanding(slot, lies is not None, since.get(_WORDS[slot]) if lies else None, ours))
    return KeyStanding(tuple(slots), _recipients(remembered), since.get("data key"))


def require_passphrase(workspace: Workspace, typed: str) -> None:
    """Refuse when somebody else sits at the open vault: the passphrase is asked before a key is changed.

    Raises:
        WrongPassphraseError: It is another one.
        VaultError: The key file of the passphrase cannot be used.
    """
    vault = workspace.vault
    try:
        keys.open_slot(vault.folder, Slot.PASSPHRASE, normalise_passphrase(typed), vault_id=vault.vault_id)
    except WrongPassphraseError as error:
        raise WrongPassphraseError(
            error.sentence, "Check Caps Lock and the keyboard layout and type it again."
        ) from None


def change_passphrase(workspace: Workspace, new: str, *, work_factor: int = WORK_FACTOR) -> None:
    """Replace the passphrase, and write it into the log: both happen or neither.

    Raises:
        InvalidInputError: The new one is too short or only spaces.
        VaultTooNewError: The vault is open for reading only.
        StorageError: The disk refuses; the sentence says which passphrase is in force.
    """
    _replace(workspace, workspace.vault.seal(Slot.PASSPHRASE, check_passphrase(new), work_factor=work_factor))


def new_recovery_code(workspace: Workspace, *, work_factor: int = WORK_FACTOR) -> str:
    """Replace the recovery code and return the new one; the old one no longer opens the vault.

    Raises:
        VaultTooNewError, StorageError: As for `change_passphrase`.
    """
    code = recovery_code.generate()
    set_recovery_code(workspace, code, work_factor=work_factor)
    return code


def set_recovery_code(workspace: Workspace, code: str, *, work_factor: int = WORK_FACTOR) -> None:
    """Put a code that `vault.recovery_code.generate` made, and that is on paper by now, into force.

    Raises:
        VaultTooNewError, StorageError: As for `change_passphrase`.
    """
    _replace(workspace, workspace.vault.seal(Slot.RECOVERY, code, work_factor=work_factor))


def set_organisation(workspace: Workspace, recipients: Sequence[str]) -> tuple[Recipient, ...]:
    """Let the organisation open the vault, in the place of what was set before.

    Args:
        workspace: The open vault.
        recipients: One or more `age1…`, as typed or pasted.

    Returns:
        Whom the slot is sealed to now.

    Raises:
        InvalidInputError: There is no recipient, or one cannot be used.
        VaultTooNewError, StorageError: As for `change_passphrase`.
    """
    read = read_recipients(recipients)
    vault = workspace.vault
    sealed = keys.seal_to([each.text for each in read], vault_id=vault.vault_id, data_key=vault.data_key)
    _replace(workspace, sealed, recipients=read)
    return read


def remove_organisation(workspace: Workspace) -> None:
    """Take the organisation's slot away. Copies of it, as in backups, open what they opened before.

    Raises:
        NotFoundError: There is none.
        VaultTooNewError, StorageError: As for `change_passphrase`.
    """
    folder, before = workspace.vault.folder, keys.kept(workspace.vault.folder, Slot.ORGANISATION)
    if before is None:
        raise NotFoundError("No organisation can open this vault.", "There is nothing to remove.")
    with workspace.changing() as work:
        workspace.log(work, AuditAction.KEY_SLOT_REMOVED, detail=_WORDS[Slot.ORGANISATION])
        remember(workspace, work, Slot.ORGANISATION, None)
        with _undone_when_refused(workspace, before, None):
            keys.remove(folder, Slot.ORGANISATION)
            work.commit()


def notice_changes(workspace: Workspace, work: UnitOfWork) -> None:
    """Write into the log when a slot is another file than the one that was set.

    This closes the one gap of a change: a process killed after the slot was put in place and before its log entry
    was. It also tells of a slot that was put there behind the program's back, or by a restore. Called while the
    vault is being unlocked, in that transaction; what was left of a change that was cut off is cleared away.
    """
    folder, digests = workspace.vault.folder, _remembered(work)["digests"]
    for slot in Slot:
        path = keys.slot_path(folder, slot)
        with suppress(OSError):
            path.with_name(path.name + files.PART_SUFFIX).unlink(missing_ok=True)
        lies, known = _lies(workspace, slot), digests.get(slot.value)
        found = None if lies is None else lies.digest
        if found == known or (lies is None and slot is not Slot.ORGANISATION):
            continue
        if known is not None or slot is Slot.ORGANISATION:
            action = AuditAction.KEY_SLOT_REMOVED if lies is None else AuditAction.KEY_SLOT_REPLACED
            workspace.log(work, action, detail=_WORDS[slot] + _FOUND)
        remember(workspace, work, slot, lies)


def remember(
    workspace: Workspace,
    work: UnitOfWork,
    slot: Slot,
    sealed: SealedSlot | None,
    recipients: tuple[Recipient, ...] = (),
) -> None:
    """Keep which file a slot is, and whom it is sealed to, in the transaction of what changed it.

    Whom the organisation's slot is sealed to cannot be seen from the file, and what stood in the open beside it could
    be changed by anybody: a new data key would then be sealed to them. So the vault itself keeps it.
    """
    value = _remembered(work)
    value["digests"].pop(slot.value, None)
    if sealed is not None:
        value["digests"][slot.value] = sealed.digest
    if slot is Slot.ORGANISATION:
        value["recipients"] = [each.text for each in recipients]
    work.remembered.put(_REMEMBERED, value, at=workspace.clock.now(), by=workspace.author.id)


def _replace(workspace: Workspace, sealed: SealedSlot, *, recipients: tuple[Recipient, ...] = ()) -> None:
    folder = workspace.vault.folder
    before = keys.kept(folder, sealed.slot)
    named = "".join(f" {each.fingerprint}" for each in recipients)
    with workspace.changing() as work:
        workspace.log(work, AuditAction.KEY_SLOT_REPLACED, detail=_WORDS[sealed.slot] + named)
        remember(workspace, work, sealed.slot, sealed, recipients)
        with _undone_when_refused(workspace, before, sealed):
            keys.put(folder, sealed)
            work.commit()


class _undone_when_refused:  # noqa: N801 reads as what it does in a `with` line
    """Put a slot back as it was when it, or its log entry, could not be written; say which one is in force."""

    def __init__(self, workspace: Workspace, before: SealedSlot | None, after: SealedSlot | None) -> None:
        self._folder = workspace.vault.folder
        self._before = before
        self._after = after
        self._slot = (before or after or SealedSlot(Slot.PASSPHRASE, b"")).slot

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if error is None:
            return
        with suppress(PeerNoteError):
            if not self._is(self._before):
                if self._before is None:
                    keys.remove(self._folder, self._slot)
                else:
                    keys.put(self._folder, self._before)
        if not isinstance(error, PeerNoteError):
            return
        name = f"The {_WORDS[self._slot]}"
        if self._is(self._before):
            raise type(error)(error.sentence, f"{name} is as it was. {error.way_out}".strip()) from None
        if self._is(self._after):
            raise StorageError(
                f"{name} is changed, and the log could not say so: {error.sentence}",
                "The new one was not shown, so make another one; the passphrase still opens the vault."
                if self._slot is Slot.RECOVERY
                else "The new one is in force; the next unlock writes it into the log.",
            ) from None
        raise StorageError(
            f"{name} may be changed or not, for the disk does not even show it: {error.sentence}", _UNSURE[self._slot]
        ) from None

    def _is(self, sealed: SealedSlot | None) -> bool:
        try:
            return keys.kept(self._folder, self._slot) == sealed
        except PeerNoteError:
            return False


def _lies(workspace: Workspace, slot: Slot) -> SealedSlot | None:
    with suppress(PeerNoteError):
        return keys.kept(workspace.vault.folder, slot)
    return None


def _remembered(work: UnitOfWork) -> dict[str, Any]:
    value = work.remembered.get(_REMEMBERED)
    said = value if isinstance(value, dict) else {}
    return {"digests": dict(said.get("digests") or {}), "recipients": list(said.get("recipients") or [])}


def _recipients(remembered: dict[str, Any]) -> tuple[Recipient, ...]:
    return tuple(Recipient(text) for text in remembered["recipients"])


def _since(work: UnitOfWork) -> dict[str, datetime]:
    """When each key was last set, from the log, by its words there."""
    found: dict[str, datetime] = {}
    whole = (AuditAction.VAULT_CREATED, AuditAction.DATA_KEY_REPLACED)
    for entry in work.audit.entries_of(*whole, AuditAction.KEY_SLOT_REPLACED):
        if entry.action in whole:
            found |= dict.fromkeys((*_WORDS.values(), "data key"), entry.at)
        else:
            word = next((each for each in _WORDS.values() if entry.detail.startswith(each)), "")
            found[word] = entry.at
    return found
