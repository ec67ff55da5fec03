"""Verification: the file, the log, and every signed note."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from enum import StrEnum

from peernote_tui.domain.addendum import Addendum
from peernote_tui.domain.audit import (
    GENESIS,
    Anchor,
    AuditAction,
    AuditEntry,
    anchor_problem,
    anchor_words,
    chain_problems,
    parse_anchor,
)
from peernote_tui.domain.author import Author
from peernote_tui.domain.base import Model
from peernote_tui.domain.errors import VaultError
from peernote_tui.domain.note import Note, seal_hash
from peernote_tui.repository import schema
from peernote_tui.repository.erasures import EMPTY_DOCUMENT
from peernote_tui.repository.rows import Row
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.addendum_checks import addendum_problems
from peernote_tui.services.record_checks import record_problems
from peernote_tui.services.seal_checks import hash_fits, seal_is_signed
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import connection as database
from peernote_tui.vault import integrity

_LARGEST_ANCHOR_FILE = 1024 * 1024
_ANCHOR_LINE = re.compile(r"^\s*log \d.*$", re.IGNORECASE | re.MULTILINE)


class Verification(Model):
    """What a check of the whole vault found."""

    problems: tuple[str, ...]
    notes: int
    log_length: int
    log_head: str
    """Hash of the last link, hexadecimal."""
    anchor_holds: bool | None = None
    """Whether the log still holds the anchor it was checked against; None when there was none, or it was not read."""

    @property
    def ok(self) -> bool:
        """Whether everything holds."""
        return not self.problems

    @property
    def anchor(self) -> str:
        """The head of the log as it is printed."""
        return anchor_words(self.log_length, self.log_head)


class Stage(StrEnum):
    """What a verification is reading, for people who wait."""

    FILE = "file"
    LOG = "log"
    NOTES = "notes"
    RECORD = "record"


def verify(
    workspace: Workspace, *, anchor: Anchor | None = None, progress: Callable[[Stage], None] = lambda _: None
) -> Verification:
    """Check the file's pages and schema, the chain of the log, every signed note, and what else never changes.

    Args:
        workspace: The open vault.
        anchor: What was kept of the log outside the vault; None to check without.
        progress: Told what is read now.
    """
    progress(Stage.FILE)
    problems = list(integrity.check(workspace.vault).problems)
    notes, length, head = 0, 0, GENESIS
    holds: bool | None = None
    try:
        with workspace.reading() as work:
            progress(Stage.LOG)
            if not workspace.vault.read_only:
                problems += schema.differences(workspace.vault.connection, database.identity_schema())
            length, head = work.audit.head()
            entries, unreadable = _log(work)
            problems += chain_problems(entries) + unreadable
            if anchor is not None:
                against = anchor_problem(entries, anchor)
                holds = not against
                problems += [against] if against else []
            progress(Stage.NOTES)
            notes, found = _notes(work, workspace.author, entries)
            problems += found + addendum_problems(work, workspace.author, entries)
            progress(Stage.RECORD)
            problems += record_problems(work, entries, workspace.author)
    except VaultError:
        problems.append("The log and the notes could not be read to their end.")
    return Verification(problems=tuple(problems), notes=notes, log_length=length, log_head=head, anchor_holds=holds)


def present_anchor(workspace: Workspace) -> str:
    """The head of the log as it is printed: `log 1042 · 7F3A-91C2-…`."""
    with workspace.reading() as work:
        return anchor_words(*work.audit.head())


def log_head(workspace: Workspace) -> dict[str, int | str]:
    """Length of the log and hash of its last entry, as JSON answers give them."""
    with workspace.reading() as work:
        length, head = work.audit.head()
    return {"length": length, "head": head}


def anchor_in(data: bytes) -> Anchor:
    """The anchor that a file holds: a backup's manifest, an answer of PeerNote as JSON, or a text with the line.

    Raises:
        InvalidInputError: There is none in it.
    """
    text = data[:_LARGEST_ANCHOR_FILE].decode("utf-8-sig", errors="replace")
    try:
        log = json.loads(text)["log"]
        return parse_anchor(f"{int(log['length'])} {log['head']}")
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    line = _ANCHOR_LINE.search(text)
    return parse_anchor(line[0] if line else text.strip())


def _notes(work: UnitOfWork, author: Author, entries: list[AuditEntry]) -> tuple[int, list[str]]:
    """How many notes can be read, and what is wrong with them or with what an erasure left of them."""
    problems, count = [], 0
    logged = _logged_seals(entries)
    erased = {entry.subject for entry in entries if entry.action is AuditAction.NOTE_ERASED}
    for row in work.notes.documents():
        if row["document"] == EMPTY_DOCUMENT:
            problems += _emptied_problems(row, erased)
        else:
            count += 1
            problems += note_problems(row, author)
            if row["id"] in erased:
                problems.append(f"{_name(row['id'])} was erased, says the log, and is here all the same.")
        known = logged.pop(row["id"], None)
        if known is None:
            problems.append(f"{_name(row['id'])} is not in the log.")
        elif known != row["hash"]:
            problems.append(f"{_name(row['id'])} carries another seal than the log says.")
    problems += [f"{_name(note_id)} is in the log, but not in the vault." for note_id in logged]
    return count, problems


def _emptied_problems(row: Row, erased: set[str]) -> list[str]:
    """What is wrong with a note that has lost its text; its hash and signature have to be what they were."""
    name = _name(row["id"])
    if row["id"] not in erased:
        return [f"{name} has lost its text, and the log knows of no erasure."]
    if row["salt"] or not seal_is_signed(row["hash"], row["signature"], row["public_key"]):
        return [f"{name} was erased, and what sealed it is not what it was."]
    return []


def note_problems(row: Row, author: Author | None = None) -> list[str]:
    """What is wrong with one stored note, in sentences; empty when its seal holds.

    Args:
        row: The note as stored.
        author: Who keeps the vault; notes under this id carry this author's key and stand where they say.
    """
    name = _name(row["id"])
    if not hash_fits(row):
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


def seal_holds(note: Note | Addendum) -> bool:
    """Whether the seal of a note, or of what was added to one, fits its text."""
    if note.seal is None:
        return False
    try:
        fits = seal_hash(note.seal.salt, note.canonical()) == note.seal.hash
    except ValueError:
        return False
    return fits and seal_is_signed(note.seal.hash, note.seal.signature, note.seal.public_key)


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
    return {entry.subject: entry.sealed for entry in entries if entry.action in entering and entry.sealed}


def _name(note_id: object) -> str:
    return f"Note {str(note_id)[:13]}"
