"""Verification: the file, the log, and every signed note."""

from __future__ import annotations

import json

from peernote_tui.domain.audit import anchor_words, chain_problems
from peernote_tui.domain.base import Model
from peernote_tui.domain.note import Note, seal_hash
from peernote_tui.repository.rows import Row
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import integrity, signing


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
    notes = 0
    with workspace.reading() as work:
        problems += chain_problems(work.audit.entries())
        logged = {entry.subject for entry in work.audit.entries() if entry.action.value.startswith("note.")}
        for row in work.notes.documents():
            notes += 1
            problems += note_problems(row)
            if row["id"] not in logged:
                problems.append(f"Note {row['id'][:13]} is not in the log.")
        length, head = work.audit.head()
    return Verification(problems=tuple(problems), notes=notes, log_length=length, log_head=head)


def note_problems(row: Row) -> list[str]:
    """What is wrong with one stored note, in sentences; empty when its seal holds."""
    name = f"Note {str(row['id'])[:13]}"
    if seal_hash(row["salt"], row["document"]) != row["hash"]:
        return [f"{name} is not what was signed: its text and its hash differ."]
    if not seal_is_signed(row["hash"], row["signature"], row["public_key"]):
        return [f"{name} carries a signature that is not its author's."]
    if json.loads(row["document"])["id"] != row["id"]:
        return [f"{name} stands under another id than it was signed with."]
    return []


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
