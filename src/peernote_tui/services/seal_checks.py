"""Whether a text is what was signed."""

from __future__ import annotations

from peernote_tui.domain.note import seal_hash
from peernote_tui.repository.rows import Row
from peernote_tui.vault import signing


def hash_fits(row: Row) -> bool:
    """Whether the hash of a stored text, with its salt, is the one that stands beside it."""
    try:
        return bool(seal_hash(row["salt"], row["document"]) == row["hash"])
    except ValueError:
        return False


def seal_is_signed(digest: str, signature: str, public_key: str) -> bool:
    """Whether a hexadecimal Ed25519 signature over a hexadecimal hash is that key's."""
    try:
        return signing.verify(bytes.fromhex(public_key), bytes.fromhex(digest), bytes.fromhex(signature))
    except ValueError:
        return False


def is_as_signed(row: Row) -> bool:
    """Whether a stored text and its hash, salt, signature and key hold together."""
    return hash_fits(row) and seal_is_signed(row["hash"], row["signature"], row["public_key"])
