"""Consents, the history of actions, and erasures, against the log that has a hash of each row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from peernote_tui.domain.audit import AuditAction, AuditEntry, UpdatedAt
from peernote_tui.domain.author import Author
from peernote_tui.domain.base import canonical_json
from peernote_tui.domain.merging import parts_now
from peernote_tui.domain.note import seal_hash
from peernote_tui.repository.erasures import EMPTY_DOCUMENT, KEPT_OF_PARTICIPANT
from peernote_tui.repository.rows import Row
from peernote_tui.repository.unit_of_work import UnitOfWork

_CONSENTS = (AuditAction.CONSENT_GIVEN, AuditAction.CONSENT_WITHDRAWN)
_EDITS = (AuditAction.PARTICIPANT_CHANGED,)
_MERGES = (AuditAction.PARTICIPANTS_MERGED, AuditAction.PARTICIPANTS_SEPARATED)
_DISCLOSED = (AuditAction.DISCLOSED, AuditAction.DISCLOSURE_VOIDED)
_CHANGES = (AuditAction.ACTION_ADDED, AuditAction.ACTION_CHANGED)


def record_problems(work: UnitOfWork, entries: list[AuditEntry], author: Author) -> list[str]:
    """Sentences for each row that never changes and is not what the log says it was; they carry no content."""
    updated = UpdatedAt.of(entries)
    erased = _subjects(entries, AuditAction.PARTICIPANT_ERASED)
    return [
        *_key_problems(entries, author),
        *_sealed_problems(
            "Consent",
            work.consents.stored(),
            owner="participant_id",
            logged=_hashes(entries, _CONSENTS),
            emptied=(erased, ("remark", "details")),
            unsealed_until=updated.consents,
        ),
        *_sealed_problems(
            "Change of an action",
            work.action_items.stored_events(),
            owner="action_id",
            logged=_hashes(entries, _CHANGES),
            emptied=(_subjects(entries, AuditAction.ACTION_ERASED), ("words", "change")),
            unsealed_until=updated.changes,
        ),
        *_sealed_problems(
            "Change of a participant",
            work.participant_changes.stored(),
            owner="participant_id",
            logged=_hashes(entries, _EDITS),
            emptied=(erased, ("document",)),
            unsealed_until=0,
        ),
        *_sealed_problems(
            "Disclosure",
            work.disclosures.stored(),
            owner="participant_id",
            logged=_hashes(entries, _DISCLOSED),
            emptied=(erased, ("document",)),
            unsealed_until=0,
        ),
        *_sealed_problems(
            "Record taken in",
            work.taken_records.stored(),
            owner="participant_id",
            logged=_hashes(entries, (AuditAction.RECORD_TAKEN,)),
            emptied=(set(), ()),
            unsealed_until=0,
        ),
        *_merge_problems(work, entries),
        *_sealed_problems(
            "Template",
            work.templates.stored(),
            owner="id",
            logged=_hashes(entries, (AuditAction.TEMPLATE_ADDED,)),
            emptied=(set(), ()),
            unsealed_until=0,
        ),
        *_sealed_problems(
            "Rule pack",
            work.rule_packs.stored(),
            owner="id",
            logged=_hashes(entries, (AuditAction.RULE_PACK_ADDED,)),
            emptied=(set(), ()),
            unsealed_until=0,
        ),
        *_erasure_problems(work, {e.subject: e.remark for e in entries if e.action is AuditAction.PARTICIPANT_ERASED}),
    ]


def _merge_problems(work: UnitOfWork, entries: list[AuditEntry]) -> list[str]:
    """What is wrong with the history of merges, or with a record that is part of another one than it says."""
    problems = _sealed_problems(
        "Merge",
        work.merges.stored(),
        owner="participant_id",
        logged=_hashes(entries, _MERGES),
        emptied=(set(), ()),
        unsealed_until=0,
    )
    try:
        told = parts_now(work.merges.history())
    except ValueError:
        # Named above.
        return problems
    found = work.merges.parts()
    odd = sorted(each for each in told.keys() | found.keys() if told.get(each) != found.get(each))
    return problems + [f"The record {each[:13]} is not part of the one that the merges say." for each in odd]


def _key_problems(entries: list[AuditEntry], author: Author) -> list[str]:
    made = next((entry.sealed for entry in entries if entry.action is AuditAction.VAULT_CREATED), "")
    if made and made != author.public_key:
        return ["The key that signs is not the one this vault was made with."]
    return []


def _sealed_problems(
    what: str,
    rows: Iterable[Row],
    *,
    owner: str,
    logged: Mapping[str, set[str]],
    emptied: tuple[set[str], tuple[str, ...]],
    unsealed_until: int,
) -> list[str]:
    """Compare rows with the hashes the log has of them.

    Args:
        what: Names a row in a sentence.
        rows: As stored, with number and salt.
        owner: The column with the subject of the log entry.
        logged: The hashes by that subject.
        emptied: The subjects whose rows were emptied, and the columns that lost their words.
        unsealed_until: The highest number of a row from before the log had hashes.
    """
    erased, words = emptied
    problems: list[str] = []
    seen: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        number, salt = row.pop("sequence"), row.pop("salt")
        whose = row[owner]
        if not salt and whose in erased:
            if any(row.get(word, "") not in ("", EMPTY_DOCUMENT) for word in words):
                problems.append(f"{what} {number} was erased, says the log, and has words all the same.")
        elif not salt and number <= unsealed_until:
            continue
        elif salt and (digest := _digest(salt, row)) in logged.get(whose, set()):
            seen[whose].add(digest)
        else:
            problems.append(f"{what} {number} is not what was written.")
    gone = sum(len(hashes - seen[whose]) for whose, hashes in logged.items() if whose not in erased)
    if gone:
        problems.append(f"{what}: {gone} in the log, but not in the vault.")
    return problems


def _erasure_problems(work: UnitOfWork, erased: Mapping[str, str]) -> list[str]:
    problems = []
    stones = work.erasures.tombstones()
    for row in stones:
        whose = f"The record {row['id'][:13]}"
        left = [name for name, value in row.items() if name not in {*KEPT_OF_PARTICIPANT, "reason"} and value]
        if row["id"] not in erased:
            problems.append(f"{whose} is called erased, and the log knows of no erasure.")
        elif row["reason"] != erased[row["id"]]:
            problems.append(f"{whose} was erased for another reason, says the log.")
        if left or row["erased_at"] is None:
            problems.append(f"{whose} was erased and holds something all the same.")
    problems += [
        f"The record {each[:13]} was erased, says the log, and is not marked so."
        for each in sorted(erased.keys() - {row["id"] for row in stones})
    ]
    called = work.erasures.called_erased()
    return problems + [f"The record {each[:13]} is called erased without an erasure." for each in called]


def _digest(salt: str, row: Row) -> str:
    try:
        return seal_hash(salt, canonical_json(row))
    except ValueError:
        return ""


def _hashes(entries: Iterable[AuditEntry], actions: tuple[AuditAction, ...]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.action in actions and entry.sealed:
            found[entry.subject].add(entry.sealed)
    return found


def _subjects(entries: Iterable[AuditEntry], action: AuditAction) -> set[str]:
    return {entry.subject for entry in entries if entry.action is action}
