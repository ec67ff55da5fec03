"""What the process says to the shell when it ends; the one place that turns errors into exit codes."""

from __future__ import annotations

from enum import IntEnum

from peernote_tui.domain.errors import (
    InvalidInputError,
    NotFoundError,
    PeerNoteError,
    RefusedError,
    UnusableVaultError,
    VaultInUseError,
    VaultTooNewError,
    WrongPassphraseError,
)


class Exit(IntEnum):
    """Exit codes; they never change their meaning, because scripts rest on them."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    WRONG_PASSPHRASE = 3
    VAULT_DAMAGED = 4
    VAULT_IN_USE = 5
    NOT_FOUND = 6
    REFUSED = 7
    INVALID_FILE = 8
    INTERRUPTED = 130


class InvalidFileError(InvalidInputError):
    """A file handed in cannot be taken in; nothing of it was written."""


_BY_TYPE: tuple[tuple[type[PeerNoteError], Exit], ...] = (
    (WrongPassphraseError, Exit.WRONG_PASSPHRASE),
    # A vault of a newer program is sound; this program only cannot do what was asked.
    (VaultTooNewError, Exit.FAILED),
    (UnusableVaultError, Exit.VAULT_DAMAGED),
    (VaultInUseError, Exit.VAULT_IN_USE),
    (NotFoundError, Exit.NOT_FOUND),
    (RefusedError, Exit.REFUSED),
    (InvalidFileError, Exit.INVALID_FILE),
    (InvalidInputError, Exit.USAGE),
)
# The vault's rule about new passphrases is a rule, and a mistyped recovery code or identity opens nothing, although
# they are told as input that cannot be used.
_BY_FIELD = {
    "passphrase": Exit.REFUSED,
    "recovery_code": Exit.WRONG_PASSPHRASE,
    "identity": Exit.WRONG_PASSPHRASE,
}


def exit_code(error: PeerNoteError) -> Exit:
    """The exit code of a refusal."""
    code = next((code for kind, code in _BY_TYPE if isinstance(error, kind)), Exit.FAILED)
    if code is Exit.USAGE and isinstance(error, InvalidInputError):
        return _BY_FIELD.get(error.field, code)
    return code
