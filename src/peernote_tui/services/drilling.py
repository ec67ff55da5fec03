"""The restore drill: try once a month whether the newest backup could be put back, without putting it back.

Everything happens on the encrypted snapshot as it lies, opened for reading; nothing of it is decrypted to a disk.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from peernote_tui.domain.audit import AuditAction, chain_problems
from peernote_tui.domain.errors import NotFoundError, PeerNoteError
from peernote_tui.repository import schema
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services import backups
from peernote_tui.services.verifying import note_problems
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import backup as vault_backup
from peernote_tui.vault.backup import Backup
from peernote_tui.vault.page_copy import Stop, never

EVERY = timedelta(days=30)
LATER = timedelta(days=7)
NOTES_TRIED = 3
_DRILLED, _LATER = "restore drill", "restore drill later"


@dataclass(frozen=True, slots=True)
class Drill:
    """What a drill found.

    Attributes:
        backup: Which one was tried.
        problems: Sentences that name pages and numbers, never content; none when it could be put back.
        seals: Signed notes whose seal was verified.
    """

    backup: Backup
    problems: tuple[str, ...]
    seals: int


@dataclass(frozen=True, slots=True)
class LastDrill:
    """The drill before: when, which backup, and whether it could have been put back."""

    at: datetime
    name: str
    whole: bool


def last_drill(workspace: Workspace) -> LastDrill | None:
    """The drill before; None when there was none."""
    with workspace.reading() as work:
        kept = work.remembered.get(_DRILLED)
    if not isinstance(kept, dict):
        return None
    return LastDrill(datetime.fromisoformat(kept["at"]), str(kept["backup"]), bool(kept["whole"]))


def is_due(workspace: Workspace) -> bool:
    """Whether a drill is worth offering: a month after the last one, or after the vault was made; not when put off."""
    now = workspace.clock.now()
    if workspace.vault.read_only or backups.last_good_of(workspace) is None:
        return False
    with workspace.reading() as work:
        until = work.remembered.get(_LATER)
        first = next(iter(work.audit.entries_of(AuditAction.VAULT_CREATED)), None)
    if until is not None and now < datetime.fromisoformat(until):
        return False
    last = last_drill(workspace)
    since = last.at if last is not None else first.at if first is not None else now
    return now - since >= EVERY


def put_off(workspace: Workspace) -> None:
    """Offer the drill again in a week."""
    until = (workspace.clock.now() + LATER).isoformat()
    with workspace.changing() as work:
        work.remembered.put(_LATER, until, at=workspace.clock.now(), by=workspace.author.id)
        work.commit()


def newest(workspace: Workspace) -> Backup:
    """The newest backup beside the vault that looks usable: the one to try.

    Raises:
        NotFoundError: There is none.
    """
    for each in backups.backups(workspace):
        if each.manifest is not None and not each.problem:
            return each
    raise NotFoundError("There is no backup to try yet.", "Make one: peernote backup create.")


def try_out(workspace: Workspace, chosen: Backup, *, stop: Stop = never) -> Drill:
    """Read a backup whole, open it, run every check, compare its counts, and verify some seals; in any thread.

    Raises:
        StoppedError: `stop` said so.
    """
    found = backups.check_one(workspace, chosen, stop=stop).problems
    if found:
        return Drill(chosen, found, 0)
    said = chosen.manifest
    if said is None or said.schema != schema.newest_schema():
        # Rows of another schema are not read as notes; its pages and counts are whole.
        return Drill(chosen, (), 0)
    notes = said.facts.counts.get("notes", 0)
    # Which notes is left to chance, so that over the months all are tried; nothing hangs on its secrecy.
    places = frozenset(random.sample(range(notes), min(NOTES_TRIED, notes)))
    try:
        problems, seals = vault_backup.read(chosen, workspace.vault.data_key, lambda copy: _look_closely(copy, places))
    except PeerNoteError as error:
        return Drill(chosen, (str(error),), 0)
    return Drill(chosen, problems, seals)


def record(workspace: Workspace, drill: Drill) -> None:
    """Keep in the log, and for the next offer, what a drill found."""
    now, whole = workspace.clock.now(), not drill.problems
    with workspace.changing() as work:
        said = f"{'whole' if whole else 'not whole'} {drill.backup.name}"
        workspace.log(work, AuditAction.BACKUP_DRILLED, detail=said)
        kept = {"at": now.isoformat(), "backup": drill.backup.name, "whole": whole}
        work.remembered.put(_DRILLED, kept, at=now, by=workspace.author.id)
        work.remembered.forget(_LATER)
        work.commit()


def drill(workspace: Workspace) -> Drill:
    """Try the newest backup out and record what was found.

    Raises:
        NotFoundError: There is none.
    """
    done = try_out(workspace, newest(workspace))
    record(workspace, done)
    return done


def _look_closely(copy: schema.Connection, places: frozenset[int]) -> tuple[tuple[str, ...], int]:
    """The log's chain and the seals of the notes at some places, in a snapshot."""
    with UnitOfWork(copy, reading=True) as work:
        problems = chain_problems(work.audit.entries())
        rows = [row for place, row in enumerate(work.notes.documents()) if place in places]
    for row in rows:
        problems += note_problems(row)
    return tuple(problems), len(rows)
