"""The log: an append-only, hash-chained account of what was seen and changed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from peernote_tui.domain.base import Model, canonical_json
from peernote_tui.domain.errors import InvalidInputError

GENESIS = "0" * 64
_PRINTED_DIGITS = 16
_LONGEST = 400
_HEXADECIMAL = "0123456789abcdef"
_UPDATED = re.compile(r"\S+ consents (\d{1,12}) changes (\d{1,12})")
# Letters that a hand takes for digits; hexadecimal has none of them.
_SLIPS = str.maketrans("oil", "011")
_ANCHOR = re.compile(r"\s*(?:(?P<length>[0-9]{1,12})\s*[·.:,;*|\s-]\s*)?(?P<head>[0-9a-f](?:[\s–—-]*[0-9a-f])*)[\s…]*")


class AuditAction(StrEnum):
    """What the log records. Details never carry content."""

    VAULT_CREATED = "vault.created"
    VAULT_UNLOCKED = "vault.unlocked"
    VAULT_HEALED = "vault.healed"
    VAULT_SALVAGED = "vault.salvaged"
    UNLOCK_FAILED = "vault.unlock_failed"
    VAULT_UPDATED = "vault.updated"
    KEY_SLOT_REPLACED = "vault.key_slot_replaced"
    KEY_SLOT_REMOVED = "vault.key_slot_removed"
    DATA_KEY_REPLACED = "vault.data_key_replaced"
    BACKUP_CREATED = "backup.created"
    BACKUP_RESTORED = "backup.restored"
    BACKUP_DRILLED = "backup.drilled"
    BACKUP_REMOVED = "backup.removed"
    PARTICIPANT_ADDED = "participant.added"
    PARTICIPANT_CHANGED = "participant.changed"
    PARTICIPANT_PINNED = "participant.pinned"
    PARTICIPANTS_MERGED = "participant.merged"
    PARTICIPANTS_SEPARATED = "participant.separated"
    PARTICIPANTS_DISTINCT = "participant.distinct"
    PARTICIPANT_VIEWED = "participant.viewed"
    PARTICIPANT_HELD = "participant.held"
    PARTICIPANT_RELEASED = "participant.released"
    PARTICIPANT_ERASED = "participant.erased"
    PARTICIPANTS_IMPORTED = "participants.imported"
    RECORD_TAKEN = "record.taken_in"
    PARTICIPANTS_EXPORTED = "participants.exported"
    CALENDAR_EXPORTED = "calendar.exported"
    REPORT_EXPORTED = "report.exported"
    CONSENT_GIVEN = "consent.given"
    CONSENT_WITHDRAWN = "consent.withdrawn"
    DRAFT_STARTED = "draft.started"
    DRAFT_DISCARDED = "draft.discarded"
    DRAFT_RESTORED = "draft.restored"
    DRAFT_REMOVED = "draft.removed"
    GROUP_STARTED = "group.started"
    GROUP_MADE = "group.made"
    GROUP_TAKEN_BACK = "group.taken_back"
    GROUP_DISCARDED = "group.discarded"
    GROUP_RESTORED = "group.restored"
    GROUP_REMOVED = "group.removed"
    EMERGENCY_WRITTEN = "draft.emergency"
    NOTE_SIGNED = "note.signed"
    NOTE_VIEWED = "note.viewed"
    NOTE_IMPORTED = "note.imported"
    NOTE_EXPORTED = "note.exported"
    NOTE_COPIED = "note.copied"
    DISCLOSED = "disclosure.made"
    DISCLOSURE_VOIDED = "disclosure.voided"
    NOTE_COSIGNED = "note.cosigned"
    NOTE_ERASED = "note.erased"
    ADDENDUM_SIGNED = "addendum.signed"
    ADDENDUM_ERASED = "addendum.erased"
    TEMPLATE_ADDED = "template.added"
    TEMPLATE_RETIRED = "template.retired"
    TEMPLATE_RESTORED = "template.restored"
    RULE_PACK_ADDED = "rule_pack.added"
    RULE_PACK_CHOSEN = "rule_pack.chosen"
    WORKING_DAYS_CHANGED = "working_days.changed"
    PROTOCOL_CHANGED = "protocol.changed"
    ACTION_ADDED = "action.added"
    ACTION_CHANGED = "action.changed"
    ACTION_ERASED = "action.erased"
    FOLLOW_UP_PLANNED = "follow_up.planned"
    FOLLOW_UP_MOVED = "follow_up.moved"
    FOLLOW_UP_CANCELLED = "follow_up.cancelled"
    FOLLOW_UP_REOPENED = "follow_up.reopened"
    FOLLOW_UP_CLOSED = "follow_up.closed"


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
    """Content-free words, such as `verbal` or `emergency`; where a note, a consent or a change of an action enters
    the record, its hash is the last."""
    previous: str
    hash: str

    def expected_hash(self) -> str:
        """What the entry's hash must be, from its own fields and the link before."""
        return chain_hash(self.model_dump(mode="json", exclude={"hash"}))

    @property
    def sealed(self) -> str:
        """The hash at the end of the detail; empty when there is none."""
        word = self.detail.rpartition(" ")[2]
        return word if len(word) == len(GENESIS) else ""

    @property
    def remark(self) -> str:
        """The detail without such a hash."""
        return self.detail.removesuffix(self.sealed).rstrip()


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


@dataclass(frozen=True, slots=True)
class UpdatedAt:
    """How many rows there were when the log began to keep the hash of each; the earlier ones have none.

    Attributes:
        consents: The highest number of a consent.
        changes: The highest number of a change of an action item.
    """

    consents: int = 0
    changes: int = 0

    def words(self, step: str) -> str:
        """The detail of the log entry, after that step of the schema."""
        return f"{step} consents {self.consents} changes {self.changes}"

    @classmethod
    def of(cls, entries: Iterable[AuditEntry]) -> UpdatedAt:
        """What the log says; nothing in a log that began later."""
        for entry in entries:
            match = _UPDATED.fullmatch(entry.detail) if entry.action is AuditAction.VAULT_UPDATED else None
            if match is not None:
                # The first such entry counts: from then on every row has a hash.
                return cls(int(match[1]), int(match[2]))
        return cls()


class Anchor(Model):
    """What was kept of a log outside the vault: how long it was, and how its last hash began."""

    length: int | None
    """None when only the whole hash was kept."""
    head: str
    """The first 16 to 64 hexadecimal digits, in lower case."""


def parse_anchor(text: str) -> Anchor:
    """An anchor as people write it: `log 1042 · 7F3A-91C2-…`, in lower case, with spaces, or with the whole hash.

    Raises:
        InvalidInputError: It is none, or has fewer digits than are printed.
    """
    words = text[:_LONGEST].strip().casefold().removeprefix("log").translate(_SLIPS)
    match = _ANCHOR.fullmatch(words)
    if match is None:
        raise _no_anchor()
    head = "".join(char for char in match["head"] if char in _HEXADECIMAL)
    if not _PRINTED_DIGITS <= len(head) <= len(GENESIS) or (match["length"] is None and len(head) < len(GENESIS)):
        raise _no_anchor()
    return Anchor(length=None if match["length"] is None else int(match["length"]), head=head)


def anchor_problem(entries: Sequence[AuditEntry], anchor: Anchor) -> str:
    """What a log says against an anchor, in a sentence; empty when it is the log that the anchor was taken from.

    Args:
        entries: The log from its beginning, unbroken.
        anchor: What was kept of it.
    """
    if anchor.length is None:
        if any(entry.hash == anchor.head for entry in entries):
            return ""
        return "No entry of the log is the one the anchor names: the log was shortened or rewritten since."
    if anchor.length > len(entries):
        return (
            f"The log was shortened: it has {len(entries)} entries, and the anchor was taken when it had "
            f"{anchor.length}. Entries were removed, or this is an older copy of the vault."
        )
    head = entries[anchor.length - 1].hash if anchor.length else GENESIS
    if head.startswith(anchor.head):
        return ""
    return f"Entry {anchor.length} of the log is not the one the anchor names: the log was rewritten since."


def _no_anchor() -> InvalidInputError:
    return InvalidInputError(
        "This is no anchor of a log.",
        "It looks like: log 1042 · 7F3A-91C2-04BE-D6A8, as “peernote verify” prints it.",
        field="anchor",
    )


def anchor_words(length: int, head: str) -> str:
    """The head of the chain as it is printed: `log 1042 · 7F3A-91C2-…`."""
    groups = [head[at : at + 4].upper() for at in range(0, 16, 4)]
    return f"log {length} · {'-'.join(groups)}"
