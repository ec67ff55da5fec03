"""Why an open vault is not written, and how that is said."""

from __future__ import annotations

from enum import StrEnum

from peernote_tui.domain.errors import ReadOnlyFolderError, VaultDamagedError, VaultError, VaultTooNewError


class ReadOnlyReason(StrEnum):
    """Why a vault is open for reading only."""

    NEWER = "newer"
    """A newer PeerNote wrote it."""
    DAMAGED = "damaged"
    """A part of it does not read as it should, and whoever opened it wants to look at the rest."""
    FOLDER = "folder"
    """The folder it lies in cannot be written."""


def said(reason: ReadOnlyReason) -> str:
    """That the vault is open for reading only, and why, in one sentence."""
    return _SAID[reason]


def refusal(reason: ReadOnlyReason) -> VaultError:
    """The refusal to write in such a vault."""
    if reason is ReadOnlyReason.NEWER:
        return VaultTooNewError(
            "This vault was written by a newer PeerNote, so it can only be read here.",
            "Update PeerNote on this laptop to write in it.",
        )
    if reason is ReadOnlyReason.DAMAGED:
        return VaultDamagedError(
            "This vault is damaged and open for reading only, so nothing in it is changed.",
            "Write again once it is salvaged or a backup is put back.",
        )
    return ReadOnlyFolderError(
        "The vault's folder cannot be written, so the vault is open for reading only.",
        "Check the folder's permissions and that the drive is not write-protected, then open it again.",
    )


_SAID = {
    ReadOnlyReason.NEWER: "A newer PeerNote wrote this vault, so it is open for reading only.",
    ReadOnlyReason.DAMAGED: "This vault is damaged, so it is only read; what is missing shows as a gap.",
    ReadOnlyReason.FOLDER: "The vault's folder cannot be written, so it is open for reading only.",
}
