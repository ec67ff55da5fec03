"""Verification: the file, the log, and every signed note."""

from __future__ import annotations

import json

from peernote_tui.domain.audit import GENESIS, AuditAction, AuditEntry, anchor_words, chain_problems
from peernote_tui.domain.author import Author
from peernote_tui.domain.base import Model
from peernote_tui.domain.errors import VaultError
from peernote_tui.domain.note import Note, seal_hash
from peernote_tui.repository.rows import Row
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import integrity, signing

_HASH_DIGITS = 64


class Verification(Model):
    """What a check of the whole vault found."""

    problems: tuple[str, ...]
    notes: int
    log_length: int
    log_head: str
    """Hash of the last link, hexadecimal."""

    @property
    def ok(self) -> bool:
        """Whether everything holds."""
        return not self.problems

    @property
    def anchor(self) -> str:
        """The head of the log as it is printed."""
        return anchor_words(self.log_length, self.log_head)


def verify(workspace: Workspace) -> Verification:
    """Check the file's pages, the chain of the log, and hash and signature of every signed note."""
    problems = list(integrity.check(workspace.vault).problems)
    notes, length, head = 0, 0, GENESIS
    try:
        with workspace.reading() as work:
            length, head = work.audit.head()
            entries, unreadable = _log(work)
            problems += chain_problems(entries) + unreadable
            logged = _logged_seals(entries)
            for row in work.notes.documents():
                notes += 1
                problems += note_problems(row, workspace.author)
                known = logged.pop(row["id"], None)
                if known is None:
                    problems.append(f"{_name(row['id'])} is not in the log.")
                elif known != row["hash"]:
                    problems.append(f"{_name(row['id'])} carries another seal than the log says.")
            problems += [f"{_name(note_id)} is in the log, but not in the vault." for note_id in logged]
    except VaultError:
        problems.append("The log and the notes could not be read to their end.")
    return Verification(problems=tuple(problems), notes=notes, log_length=length, log_head=head)


def note_problems(row: Row, author: Author | None = None) -> list[str]:
    """What is wrong with one stored note, in sentences; empty when its seal holds.

    Args:
        row: The note as stored.
        author: Who keeps the vault; notes under this id carry this author's key and stand where they say.
    """
    name = _name(row["id"])
    if not _hash_fits(row):
        return [f"{name} is not what was signed: its text and its hash differ."]
    if not seal_is_signed(row["hash"], row["signature"], row["public_key"]):
        return [f"{name} carries a signature that is not its author's."]
    document = json.loads(row["document"])
    if document["id"] != row["id"]:
        return [f"{name} stands under another id than it was signed with."]
    if author is None or document["author"]["id"] != author.id:
        return []
    problems = []
    if row["public_key"] != author.public_key:
        problems.append(f"{name} carries a key that is not its author's.")
    if document["participant"]["id"] != row["participant_id"]:
        problems.append(f"{name} stands in the record of somebody else.")
    return problems


def seal_holds(note: Note) -> bool:
    """Whether a note's seal fits its text."""
    if note.seal is None:
        return False
    try:
        fits = seal_hash(note.seal.salt, note.canonical()) == note.seal.hash
    except ValueError:
        return False
    return fits and seal_is_signed(note.seal.hash, note.seal.signature, note.seal.public_key)


def seal_is_signed(digest: str, signature: str, public_key: str) -> bool:
    """Whether a hexadecimal Ed25519 signature over a hexadecimal hash is that key's."""
    try:
        return signing.verify(bytes.fromhex(public_key), bytes.fromhex(digest), bytes.fromhex(signature))
    except ValueError:
        return False


def _log(work: UnitOfWork) -> tuple[list[AuditEntry], list[str]]:
    """The readable beginning of the log, and a sentence when it does not read to its end."""
    entries: list[AuditEntry] = []
    try:
        entries.extend(work.audit.entries())
    except ValueError:
        return entries, [f"The log cannot be read beyond entry {len(entries)}."]
    return entries, []


def _logged_seals(entries: list[AuditEntry]) -> dict[str, str]:
    """Id of every note that entered the record, and the hash its seal had then."""
    entering = (AuditAction.NOTE_SIGNED, AuditAction.NOTE_IMPORTED)
    last_words = ((entry.subject, entry.detail.rpartition(" ")[2]) for entry in entries if entry.action in entering)
    return {subject: word for subject, word in last_words if len(word) == _HASH_DIGITS}


def _hash_fits(row: Row) -> bool:
    try:
        return bool(seal_hash(row["salt"], row["document"]) == row["hash"])
    except ValueError:
        return False


def _name(note_id: object) -> str:
    return f"Note {str(note_id)[:13]}"
