"""The peer supporter this vault belongs to, and the signing key."""

from __future__ import annotations

from datetime import datetime

from peernote_tui.domain.author import Author
from peernote_tui.repository.rows import Connection, fetch_one, insert, instant_text


class AuthorRepository:
    """Authors; today a vault has one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, author: Author, *, secret_key: str, at: datetime) -> None:
        """Store an author with the Ed25519 secret key (hexadecimal)."""
        insert(
            self._connection,
            "authors",
            {**author.model_dump(), "secret_key": secret_key, "created_at": instant_text(at)},
        )

    def current(self) -> Author | None:
        """The author who writes in this vault, or None in a vault that has none yet."""
        row = fetch_one(
            self._connection,
            "SELECT id, name, credential, public_key FROM authors ORDER BY created_at, id LIMIT 1",
        )
        return None if row is None else Author(**row)

    def secret_key(self, author_id: str) -> str:
        """The signing key of an author, hexadecimal."""
        row = fetch_one(self._connection, "SELECT secret_key FROM authors WHERE id = ?", (author_id,))
        return "" if row is None else str(row["secret_key"])
