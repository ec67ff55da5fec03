"""Sealing: the author's signature under a canonical text."""

from __future__ import annotations

import secrets

from peernote_tui.domain.note import NoteSeal, seal_hash
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import signing


def seal(workspace: Workspace, work: UnitOfWork, canonical: str) -> NoteSeal:
    """Sign a canonical text with the key of the vault's author, over a hash with fresh salt."""
    salt = secrets.token_hex(32)
    digest = seal_hash(salt, canonical)
    secret = bytes.fromhex(work.authors.secret_key(workspace.author.id))
    return NoteSeal(
        salt=salt,
        hash=digest,
        signature=signing.sign(secret, bytes.fromhex(digest)).hex(),
        public_key=workspace.author.public_key,
    )
