"""The peer supporter who keeps this vault."""

from __future__ import annotations

from peernote_tui.domain.base import Model, Name


class Author(Model):
    """Who writes and signs. The signing key itself never leaves repository and vault."""

    id: str
    name: Name
    credential: Name = ""
    public_key: str = ""
    """Ed25519 public key, hexadecimal."""

    @property
    def signature_line(self) -> str:
        """Name and credential as they stand under a note."""
        return f"{self.name}, {self.credential}" if self.credential else self.name
