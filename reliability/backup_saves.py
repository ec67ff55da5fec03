"""Measures how long a save waits while a backup is made.

    python -m reliability.backup_saves --megabytes 100

A vault is filled up to a size. A backup is made the way the app makes it, while a draft is saved again and again,
and each save is timed from the moment it is asked for until it is on the disk.
"""

from __future__ import annotations

import argparse
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from peernote_tui.domain.consent import ConsentHow
from peernote_tui.domain.note import NoteContent
from peernote_tui.domain.participant import ParticipantDetails
from peernote_tui.services import backups, consenting, participants, unlocking, writing
from peernote_tui.services.system_clock import SystemClock
from peernote_tui.services.workspace import Workspace
from reliability.setting import a_folder, machine

_PASSPHRASE = "correct horse battery staple"
_EVERY_SECONDS = 0.02
_ROW_BYTES = 64 * 1024


@dataclass
class Waits:
    """What was measured; seconds.

    Attributes:
        megabytes: Size of the vault.
        quiet: Each save while no backup was made.
        during: Each save that was asked for while one was made.
        backup: The whole backup.
        held: The step that keeps the vault's thread busy.
        one_go: `VACUUM INTO` of the same vault, which keeps the thread busy to its end.
    """

    megabytes: float
    quiet: list[float]
    during: list[float]
    backup: float
    held: float
    one_go: float

    def said(self) -> str:
        """A few lines."""
        return (
            f"{self.megabytes:.0f} MB, {len(self.during)} saves while a backup was made: longest "
            f"{max(self.during):.3f} s, median {statistics.median(self.during):.4f} s "
            f"(without a backup: longest {max(self.quiet):.3f} s, median {statistics.median(self.quiet):.4f} s)\n"
            f"the backup took {self.backup:.2f} s and held the vault for {self.held:.3f} s; "
            f"VACUUM INTO would have held it for {self.one_go:.2f} s"
        )


def measure(megabytes: float, place: Path) -> Waits:
    """Fill a vault, make a backup, and time the saves meanwhile.

    Args:
        megabytes: Size to fill it up to.
        place: An empty folder.
    """
    with ThreadPoolExecutor(max_workers=1) as owner:
        workspace, draft_id = owner.submit(_filled, place / "vault.peernote", megabytes).result()
        try:
            return _measure(owner, workspace, draft_id, place)
        finally:
            owner.submit(unlocking.close, workspace).result()


def _measure(owner: ThreadPoolExecutor, workspace: Workspace, draft_id: str, place: Path) -> Waits:
    number = 0

    def save() -> None:
        nonlocal number
        number += 1
        draft = writing.get_draft(workspace, draft_id)
        content = NoteContent(summary=f"The {number}th state of what is being typed.")
        writing.save_draft(workspace, draft.model_copy(update={"content": content}))

    def timed(ended: threading.Event, most: int) -> list[float]:
        found: list[float] = []
        while not ended.is_set() and len(found) < most:
            began = time.perf_counter()
            owner.submit(save).result()
            found.append(time.perf_counter() - began)
            time.sleep(_EVERY_SECONDS)
        return found

    quiet = timed(threading.Event(), 50)
    ended = threading.Event()
    held = 0.0

    def settle(copy: backups.Copy) -> backups.Snapshot:
        nonlocal held
        began = time.perf_counter()
        snapshot = backups.settle(workspace, copy)
        held = time.perf_counter() - began
        return snapshot

    def back_up() -> float:
        began = time.perf_counter()
        try:
            job = backups.Job(backups.own_folder(workspace.vault.folder), backups.Kind.ASKED)
            copy = backups.begin(workspace, job)
            backups.finish(owner.submit(settle, copy).result())
            return time.perf_counter() - began
        finally:
            ended.set()

    with ThreadPoolExecutor(max_workers=1) as other:
        backing_up = other.submit(back_up)
        during = timed(ended, 1_000_000)
        took = backing_up.result()

    def in_one_go() -> float:
        began = time.perf_counter()
        workspace.vault.connection.execute("VACUUM INTO ?", (str(place / "one-go.db"),))
        return time.perf_counter() - began

    size = (workspace.vault.folder / "vault.db").stat().st_size / 1e6
    return Waits(size, quiet, during, took, held, owner.submit(in_one_go).result())


def _filled(folder: Path, megabytes: float) -> tuple[Workspace, str]:
    clock = SystemClock()
    made = unlocking.create_vault(
        folder, _PASSPHRASE, author_name="Sam Rivera", credential="CPS", clock=clock, work_factor=10
    )
    workspace = made.workspace
    person = participants.add_participant(workspace, ParticipantDetails(name="Maria Santos"))
    consenting.give_consent(workspace, person.id, how=ConsentHow.VERBAL)
    draft = writing.start_draft(workspace, person.id)
    connection = workspace.vault.connection
    connection.execute("CREATE TABLE filling (only_bytes BLOB)")
    rows = max(0, int(megabytes * 1e6 / _ROW_BYTES))
    connection.execute("BEGIN IMMEDIATE")
    for _ in range(rows):
        connection.execute("INSERT INTO filling VALUES (randomblob(?))", (_ROW_BYTES,))
    connection.execute("COMMIT")
    return workspace, draft.id


def main() -> None:
    """Measure and say it."""
    parser = argparse.ArgumentParser(prog="python -m reliability.backup_saves", description=__doc__)
    parser.add_argument("--megabytes", type=float, default=100)
    parser.add_argument("--place", type=Path, help="a folder on the disk to measure")
    args = parser.parse_args()
    print(machine())
    with a_folder(args.place) as place:
        print(measure(args.megabytes, place).said())


if __name__ == "__main__":
    main()
