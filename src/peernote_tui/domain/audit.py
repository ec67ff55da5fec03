"""The log: an append-only, hash-chained account of what was seen and changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from peernote_tui.domain.base import Model, canonical_json

GENESIS = "0" * 64


class AuditAction(StrEnum):
    """What the log records. Details never carry content."""

    VAULT_CREATED = "vault.created"
    VAULT_UNLOCKED = "vault.unlocked"
    VAULT_HEALED = "vault.healed"
    VAULT_SALVAGED = "vault.salvaged"
    KEY_SLOT_REPLACED = "vault.key_slot_replaced"
    KEY_SLOT_REMOVED = "vault.key_slot_removed"
    DATA_KEY_REPLACED = "vault.data_key_replaced"
    BACKUP_CREATED = "backup.created"
    BACKUP_RESTORED = "backup.restored"
    PARTICIPANT_ADDED = "participant.added"
    PARTICIPANT_CHANGED = "participant.changed"
    CONSENT_GIVEN = "consent.given"
    CONSENT_WITHDRAWN = "consent.withdrawn"
    DRAFT_STARTED = "draft.started"
    DRAFT_DISCARDED = "draft.discarded"
    DRAFT_RESTORED = "draft.restored"
    NOTE_SIGNED = "note.signed"
    NOTE_VIEWED = "note.viewed"
    NOTE_IMPORTED = "note.imported"
    NOTE_EXPORTED = "note.exported"
    ACTION_ADDED = "action.added"
    ACTION_CHANGED = "action.changed"


class AuditEntry(Model):
    """One link of the chain."""

    sequence: int
    at: datetime
    by: str
    """Author id."""
    action: AuditAction
    subject: str = ""
    """Id of what it is about."""
    detail: str = ""
    """Content-free words, such as `verbal` or `emergency`; where a note enters the record, its hash is the last."""
    previous: str
    hash: str

    def expected_hash(self) -> str:
        """What the entry's hash must be, from its own fields and the link before."""
        return chain_hash(self.model_dump(mode="json", exclude={"hash"}))


def chain_hash(link: dict[str, object]) -> str:
    """SHA-256 over the canonical JSON of a link without its own hash."""
    return hashlib.sha256(canonical_json(link).encode()).hexdigest()


def chain_problems(entries: Iterable[AuditEntry]) -> list[str]:
    """Sentences naming each place where the chain does not hold; empty when it does."""
    problems: list[str] = []
    previous, expected = GENESIS, 1
    for entry in entries:
        if entry.sequence != expected:
            problems.append(f"The log jumps from entry {expected - 1} to entry {entry.sequence}.")
        if entry.previous != previous:
            problems.append(f"Log entry {entry.sequence} does not follow from the one before it.")
        if entry.hash != entry.expected_hash():
            problems.append(f"Log entry {entry.sequence} is not what was written.")
        previous, expected = entry.hash, entry.sequence + 1
    return problems


def anchor_words(length: int, head: str) -> str:
    """The head of the chain as it is printed: `log 1042 · 7F3A-91C2-…`."""
    groups = [head[at : at + 4].upper() for at in range(0, 16, 4)]
    return f"log {length} · {'-'.join(groups)}"
