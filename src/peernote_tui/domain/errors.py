"""Refusals, each with a sentence for people.

An error names what is wrong and the way out. It never carries what was written in a note, a name or a
passphrase: messages are shown, printed and may be logged.
"""

from __future__ import annotations


class PeerNoteError(Exception):
    """Base of every refusal PeerNote makes on purpose.

    Args:
        sentence: What is wrong, and where, in one plain sentence.
        way_out: What the person can do now; empty when the sentence already says it.
    """

    def __init__(self, sentence: str, way_out: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.way_out = way_out

    def __str__(self) -> str:
        return f"{self.sentence} {self.way_out}".strip()


class InvalidInputError(PeerNoteError):
    """What was typed or handed in cannot be used as it is; `field` names the place."""

    def __init__(self, sentence: str, way_out: str = "", *, field: str = "") -> None:
        super().__init__(sentence, way_out)
        self.field = field


class NotFoundError(PeerNoteError):
    """Nothing, or more than one thing, answers to a reference."""


class RefusedError(PeerNoteError):
    """A rule says no: missing consent, a signed note, an incomplete note."""


class ConsentMissingError(RefusedError):
    """No consent to write notes is on file and no emergency reason was recorded."""


class ConsentIncompleteError(RefusedError):
    """A consent does not say everything it has to; `missing` holds the name of each gap, in the order of the form."""

    def __init__(self, sentence: str, way_out: str = "", *, missing: tuple[str, ...] = ()) -> None:
        super().__init__(sentence, way_out)
        self.missing = missing


class NoteSignedError(RefusedError):
    """A signed note never changes."""


class NoteIncompleteError(RefusedError):
    """The note cannot be signed yet; `missing` holds one sentence per gap."""

    def __init__(self, sentence: str, way_out: str = "", *, missing: tuple[str, ...] = ()) -> None:
        super().__init__(sentence, way_out)
        self.missing = missing


class VaultError(PeerNoteError):
    """Base of what can go wrong between the program and the vault folder."""


class WrongPassphraseError(VaultError):
    """The passphrase or recovery code does not open the key file."""


class VaultInUseError(VaultError):
    """Another PeerNote holds the vault open."""


class UnusableVaultError(VaultError):
    """The folder or a file in it cannot be used as a vault; see the subclasses."""


class NotAVaultError(UnusableVaultError):
    """The folder is no PeerNote vault, or only half of one."""


class KeyFileDamagedError(UnusableVaultError):
    """A key slot is there but is not what it was."""


class ForeignKeyFileError(UnusableVaultError):
    """The key slot belongs to another vault."""


class VaultDamagedError(UnusableVaultError):
    """The database does not read as it should."""


class CardDamagedError(VaultDamagedError):
    """`vault.json` does not read as it should; the rest may be sound."""


class VaultTooNewError(UnusableVaultError):
    """The vault was written by a newer PeerNote."""


class StorageError(VaultError):
    """The disk or folder refuses: see the subclasses."""


class ReadOnlyFolderError(StorageError):
    """The folder cannot be written."""


class DiskFullError(StorageError):
    """There is no room left on the disk."""


class VaultFullError(DiskFullError):
    """There is no room left for the vault's own database."""


class DiskFaultError(StorageError):
    """The drive did not read or write what it was told to, or the connection to it is broken."""


class VaultGoneError(StorageError):
    """The vault's folder is not there any more, as when its drive was pulled out."""
