"""What was added to signed notes, against its seals, its notes and the log."""

from __future__ import annotations

import json

from peernote_tui.domain.audit import AuditAction, AuditEntry
from peernote_tui.domain.author import Author
from peernote_tui.repository.erasures import EMPTY_DOCUMENT
from peernote_tui.repository.rows import Row
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.seal_checks import hash_fits, seal_is_signed


def addendum_problems(work: UnitOfWork, author: Author, entries: list[AuditEntry]) -> list[str]:
    """Sentences for each addendum that is not what was signed; they carry no content."""
    problems: list[str] = []
    logged = {e.subject: e.sealed for e in entries if e.action is AuditAction.ADDENDUM_SIGNED}
    erased = {e.subject for e in entries if e.action is AuditAction.ADDENDUM_ERASED}
    for row in work.addenda.documents():
        name = f"Addendum {str(row['id'])[:13]}"
        if row["document"] == EMPTY_DOCUMENT:
            problems += _emptied_problems(name, row, erased)
        else:
            problems += addendum_row_problems(row, author)
            if row["id"] in erased:
                problems.append(f"{name} was erased, says the log, and is here all the same.")
        if row["participant_id"] != row["note_record"]:
            problems.append(f"{name} stands in another record than its note.")
        known = logged.pop(row["id"], None)
        if known is None:
            problems.append(f"{name} is not in the log.")
        elif known != row["hash"]:
            problems.append(f"{name} carries another seal than the log says.")
    return problems + [f"Addendum {each[:13]} is in the log, but not in the vault." for each in logged]


def _emptied_problems(name: str, row: Row, erased: set[str]) -> list[str]:
    if row["id"] not in erased:
        return [f"{name} has lost its text, and the log knows of no erasure."]
    if row["salt"] or not seal_is_signed(row["hash"], row["signature"], row["public_key"]):
        return [f"{name} was erased, and what sealed it is not what it was."]
    return []


def addendum_row_problems(row: Row, author: Author) -> list[str]:
    """What is wrong with one stored addendum, in sentences; empty when its seal holds.

    Args:
        row: The addendum as stored, with `note_seal` of its note.
        author: Who keeps the vault; addenda under this id carry this author's key.
    """
    name = f"Addendum {str(row['id'])[:13]}"
    if not hash_fits(row):
        return [f"{name} is not what was signed: its text and its hash differ."]
    if not seal_is_signed(row["hash"], row["signature"], row["public_key"]):
        return [f"{name} carries a signature that is not its author's."]
    document = json.loads(row["document"])
    if document["id"] != row["id"]:
        return [f"{name} stands under another id than it was signed with."]
    if (document["note_id"], document["note_hash"]) != (row["note_id"], row["note_seal"]):
        return [f"{name} belongs to another note than the one it stands at."]
    if document["author"]["id"] == author.id and row["public_key"] != author.public_key:
        return [f"{name} carries a key that is not its author's."]
    return []
