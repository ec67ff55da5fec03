"""Pulls the plug: replays what a real session did to its files up to a random moment, and loses what was not synced.

    python -m reliability.power_cuts --cuts 2000
    python -m reliability.power_cuts --cuts 300 --without-syncs        the control: it has to show losses

Linux with glibc and a C compiler only. A session with the real services is recorded: every write with its bytes, every
sync, truncation, rename, removal and new name, and between them the lines of the ledger. A cut chooses a moment. What
was synced before it is kept. Of everything else, each write may be there, be lost, be there without the ones before
it, or be torn at the borders of sectors; each new, changed or removed name may be there or not. The files that come
of it are opened, and everything that the ledger had acknowledged before that moment has to be there.
"""

from __future__ import annotations

import argparse
import os
import random
import struct
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.services import backups, unlocking
from reliability import shim, workload
from reliability.setting import a_folder, machine
from reliability.shim import How

_HEADER = struct.Struct("<c3xIII qqq")
_NAME = "cut.peernote"
_DAY_OF_WORK = 60
"""Acts between two passphrases, backups and restores."""


@dataclass(frozen=True)
class Event:
    """One event of a recording; see shim.c."""

    what: str
    path: str
    second: str
    handle: int
    offset: int
    data: bytes


def events(recording: Path) -> Iterator[Event]:
    """The events of a recording in order."""
    data = memoryview(recording.read_bytes())
    at = 0
    while at < len(data):
        what, path, second, _, handle, offset, length = _HEADER.unpack_from(data, at)
        at += _HEADER.size
        parts = []
        for size in (path, second, length):
            parts.append(bytes(data[at : at + size]))
            at += size
        yield Event(what.decode(), os.fsdecode(parts[0]), os.fsdecode(parts[1]), handle, offset, parts[2])


@dataclass(eq=False)
class File:
    """A file as the disk has it, and what was done to it since it was last synced.

    Attributes:
        pending: Writes as `(offset, bytes)` and truncations as `(size, None)`, in order.
    """

    kept: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)


@dataclass(eq=False)
class Folder:
    """A folder: the names in it as the program sees them, and as the disk has them for sure."""

    now: dict[str, Node] = field(default_factory=dict)
    kept: dict[str, Node] = field(default_factory=dict)


Node: TypeAlias = File | Folder


@dataclass(frozen=True, eq=False)
class Naming:
    """A change of names: what is taken from one place, and what is put in another; a rename does both at once.

    It is kept when a folder of it is synced; a rename that changes two folders is one act of the file system.
    """

    taken: tuple[Folder, str] | None
    put: tuple[Folder, str, Node] | None

    def touches(self, folder: Folder) -> bool:
        """Whether it changes that folder."""
        return folder in {each[0] for each in (self.taken, self.put) if each}


class Disk:
    """What a recording has done to the disk so far: what is kept for sure, and what may be lost."""

    def __init__(self, root: str) -> None:
        self._above = Path(root)
        self._root = Folder()
        self._namings: list[Naming] = []
        self._files: list[File] = []
        self._handles: dict[int, Node] = {}

    @property
    def has_unsynced(self) -> bool:
        """Whether a cut now could lose anything."""
        return bool(self._namings) or any(file.pending for file in self._files)

    def take(self, event: Event) -> None:
        """Let one event happen."""
        if event.what == "O":
            self._open(event)
        elif event.what in "WT":
            file = self._handles[event.handle]
            if isinstance(file, File):
                file.pending.append((event.offset, event.data if event.what == "W" else None))
        elif event.what == "F":
            self._sync(self._handles[event.handle])
        elif event.what == "M":
            self._put(event.path, Folder())
        elif event.what in "RUD":
            folder, name = self._place(event.path)
            put = (*self._place(event.second), folder.now[name]) if event.what == "R" else None
            self._name(Naming((folder, name), put))

    def _place(self, path: str) -> tuple[Folder, str]:
        *above, name = Path(path).relative_to(self._above).parts or ("",)
        folder = self._root
        for each in above:
            below = folder.now[each]
            if isinstance(below, Folder):
                folder = below
        return folder, name

    def _put(self, path: str, node: Node) -> None:
        self._name(Naming(None, (*self._place(path), node)))

    def _open(self, event: Event) -> None:
        folder, name = self._place(event.path)
        if not name:
            self._handles[event.handle] = self._root
            return
        if name not in folder.now:
            self._files.append(made := File())
            self._put(event.path, made)
        node = folder.now[name]
        if isinstance(node, File) and event.offset & os.O_TRUNC:
            node.pending.append((0, None))
        self._handles[event.handle] = node

    def _name(self, naming: Naming) -> None:
        _apply(naming, lambda folder: folder.now)
        self._namings.append(naming)

    def _sync(self, node: Node) -> None:
        if isinstance(node, File):
            _settle(node.kept, node.pending)
            node.pending.clear()
            return
        for naming in self._namings:
            if naming.touches(node):
                _apply(naming, lambda folder: folder.kept)
        self._namings = [naming for naming in self._namings if not naming.touches(node)]

    def after_a_cut(self, chance: random.Random) -> dict[str, bytes | None]:
        """One of the things that may be found when the power comes back: path to bytes, None for a folder."""
        left: dict[Folder, dict[str, Node]] = {}

        def names(folder: Folder) -> dict[str, Node]:
            return left.setdefault(folder, dict(folder.kept))

        share = chance.choice((0.0, 1.0, chance.random(), chance.random()))
        ordered = chance.random() < 0.5
        for naming in self._namings:
            if chance.random() < share:
                _apply(naming, names)
            elif ordered:
                break
        way = chance.choice(("none", "all", "first", "some", "torn", "torn"))
        found: dict[str, bytes | None] = {"": None}
        walk: list[tuple[str, Folder]] = [("", self._root)]
        while walk:
            path, folder = walk.pop()
            for name, node in names(folder).items():
                below = f"{path}/{name}"
                if isinstance(node, File):
                    found[below] = _content(node, way, chance)
                else:
                    found[below] = None
                    walk.append((below, node))
        return found


def _apply(naming: Naming, names: Callable[[Folder], dict[str, Node]]) -> None:
    if naming.taken is not None:
        folder, name = naming.taken
        # After a rename that was lost, another file may have this name.
        if naming.put is None or names(folder).get(name) is naming.put[2]:
            names(folder).pop(name, None)
    if naming.put is not None:
        folder, name, node = naming.put
        names(folder)[name] = node


def _settle(content: bytearray, done: list[tuple[int, bytes | None]]) -> None:
    for at, data in done:
        if data is None:
            del content[at:]
            content.extend(bytes(at - len(content)))
        else:
            content.extend(bytes(max(0, at - len(content))))
            content[at : at + len(data)] = data


def _content(file: File, way: str, chance: random.Random) -> bytes:
    content, pending = bytearray(file.kept), file.pending
    if way == "none":
        pending = []
    elif way == "first":
        pending = pending[: chance.randint(0, len(pending))]
    elif way == "some":
        pending = [each for each in pending if chance.random() < 0.5]
    elif way == "torn":
        pending = [piece for each in pending for piece in _torn(each, chance)]
    _settle(content, pending)
    if way in {"some", "torn"} and pending and chance.random() < 0.5:
        # The new size may be there before what was written, with whatever lay on the disk.
        size = max((at + len(data or b"") for at, data in file.pending), default=0)
        content.extend(chance.randbytes(max(0, size - len(content))))
    return bytes(content)


def _torn(done: tuple[int, bytes | None], chance: random.Random) -> Iterator[tuple[int, bytes | None]]:
    at, data = done
    if data is None:
        if chance.random() < 0.5:
            yield done
        return
    sector = chance.choice((512, 4096))
    begin = 0
    while begin < len(data):
        end = min(len(data), (at + begin) // sector * sector + sector - at)
        if chance.random() < 0.5:
            yield at + begin, data[begin:end]
        begin = end


def record_session(place: Path, acts: int, *, syncs: bool = True, seed: int = 0) -> Path:
    """Let the real services work in a folder and record what they do to it.

    Args:
        place: An empty folder.
        acts: How many acts, besides backups and restores.
        syncs: Whether syncs are recorded.
        seed: Of the work.

    Returns:
        The recording.
    """
    recording = place / "recording"
    root = place / "disk"
    root.mkdir()
    handle = os.open(recording, os.O_WRONLY | os.O_CREAT)
    shim.watch(root)
    shim.record(handle, How.ONCE if syncs else How.NO_SYNC)
    clock = workload.TickingClock()
    ledger = workload.Ledger(place / "session-ledger", mark=shim.mark)
    workspace = workload.make_vault(root / _NAME, ledger, clock)
    session = workload.Session(workspace, ledger, random.Random(seed))
    for number in range(1, acts + 1):
        session.act()
        if number % _DAY_OF_WORK == 0:
            session = _restored(session, root / _NAME, clock, place / "session-ledger")
    unlocking.close(session.workspace)
    shim.record(-1)
    os.close(handle)
    return recording


def _restored(session: workload.Session, folder: Path, clock: workload.TickingClock, book: Path) -> workload.Session:
    """Back up, put the backup back, and go on in the restored vault, which holds what the vault held."""
    made = backups.back_up(session.workspace)
    if made.manifest is not None:
        # What the log said after that is not in the backup, and is set aside with the vault.
        facts = made.manifest.facts
        session.ledger.done("log", length=facts.log_length, head=facts.log_head)
    unlocking.close(session.workspace)
    owed = workload.read(book)
    passphrase = owed.passphrases[-1]
    with backups.begin_restore(folder, made, passphrase) as restoration:
        backups.carry_out(restoration, clock)
    workspace = unlocking.open_vault(folder, passphrase, clock=clock)
    return workload.Session.go_on(workspace, session.ledger, session.chance, owed)


@dataclass
class Cuts:
    """What so many cuts did."""

    cuts: int = 0
    acknowledged: int = 0
    unsynced: int = 0
    """Cuts in which something was written and not synced yet."""
    lost: list[str] = field(default_factory=list)

    def said(self) -> str:
        """One line."""
        return (
            f"{self.cuts} cuts, {self.unsynced} of them with something unsynced, {self.acknowledged} acknowledged acts "
            f"looked for: {len(self.lost)} cuts with losses"
        )


def cut(recording: Path, place: Path, cuts: int, *, seed: int = 0) -> Cuts:
    """Cut the power so many times, at random moments of a recording, and open what is left.

    Args:
        recording: From `record_session`.
        place: An empty folder for what is left.
        cuts: How many.
        seed: Of the moments and of what is lost.
    """
    chance = random.Random(seed)
    recorded = list(events(recording))
    moments = sorted(chance.randrange(1, len(recorded) + 1) for _ in range(cuts))
    root = str(recording.parent / "disk")
    disk, owed, result = Disk(root), workload.Owed(), Cuts()
    done = 0
    for number, moment in enumerate(moments):
        for event in recorded[done:moment]:
            if event.what == "K":
                owed.take(event.data.decode())
            else:
                disk.take(event)
        done = moment
        after = disk.after_a_cut(chance)
        result.cuts += 1
        result.unsynced += disk.has_unsynced
        result.acknowledged += owed.acknowledged
        found = place / f"cut-{number}"
        _lay_out(after, found)
        lost = _losses(found / _NAME, owed)
        if lost:
            result.lost.append(f"cut {number} after event {moment} of {len(recorded)}: {'; '.join(lost[:3])}")
        else:
            _clear(found)
    return result


def _lay_out(after: dict[str, bytes | None], found: Path) -> None:
    for path in sorted(after):
        target = Path(f"{found}{path}")
        content = after[path]
        if content is None:
            target.mkdir(mode=0o700, parents=True, exist_ok=True)
        else:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            target.write_bytes(content)


def _losses(folder: Path, owed: workload.Owed) -> list[str]:
    try:
        workspace = workload.open_owed(folder, owed, workload.TickingClock())
    except PeerNoteError as error:
        # Before the vault was said to be made, there may be none, or half of one.
        return [f"{type(error).__name__}: {error.sentence}"] if owed.made else []
    try:
        return workload.losses(workspace, owed)
    finally:
        unlocking.close(workspace)


def _clear(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()


def main() -> int:
    """Run what was asked for, in a process with the shim."""
    parser = argparse.ArgumentParser(prog="python -m reliability.power_cuts", description="Cut the power.")
    parser.add_argument("--cuts", type=int, default=2000)
    parser.add_argument("--acts", type=int, default=0, help="acts in the recorded session; as many as fit when 0")
    parser.add_argument("--without-syncs", action="store_true", help="the control: no sync is made")
    parser.add_argument("--seed", type=int, default=0, help="of the work and the cuts")
    parser.add_argument("--in", dest="place", type=Path, help="folder for the vaults; a temporary one when not given")
    options = parser.parse_args()
    if reason := shim.why_not():
        print(f"Not on this machine: {reason}.")
        return 0
    if not shim.is_preloaded():
        return shim.run_preloaded("reliability.power_cuts", sys.argv[1:])
    print(machine(), flush=True)
    begun = time.monotonic()
    with a_folder(options.place) as place:
        acts = options.acts or 2 * _DAY_OF_WORK + _DAY_OF_WORK // 2
        recording = record_session(place, acts, syncs=not options.without_syncs, seed=options.seed)
        result = cut(recording, place / "cuts", options.cuts, seed=options.seed)
    print(f"{result.said()}; {time.monotonic() - begun:.0f} s")
    for line in result.lost[:20]:
        print(f"  {line}")
    if options.without_syncs:
        return int(not result.lost)
    return int(bool(result.lost))


if __name__ == "__main__":
    sys.exit(main())
