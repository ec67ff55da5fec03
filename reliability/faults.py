"""Fails the n-th file operation of everything the vault does, for every n, and looks what became of it.

    python -m reliability.faults                                  everything
    python -m reliability.faults --operations sign autosave       only these
    python -m reliability.faults --every 7                        every seventh n, for a quick look

Linux with glibc and a C compiler only. After each fault: the vault opens without it, what was acknowledged is there
whole, what was refused is there whole or not at all, and the refusal was of the right kind.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import shutil
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from peernote_tui.domain.errors import (
    DiskFaultError,
    DiskFullError,
    PeerNoteError,
    ReadOnlyFolderError,
    StorageError,
    VaultDamagedError,
    VaultError,
)
from reliability import operations, shim
from reliability.operations import Operation, State
from reliability.setting import a_folder, machine
from reliability.shim import How, Kind

_ADMITS = "is changed, and the log could not say so"
"""A refusal that says that it came too late."""
_UNSURE = "may be changed or not"
"""A refusal that says that nobody can tell."""
_ROOM = Kind.WRITE | Kind.CREATE | Kind.MKDIR


@dataclass(frozen=True)
class Fault:
    """What is done to an operation of these kinds."""

    kinds: Kind
    how: How
    error: int = 0

    @property
    def name(self) -> str:
        """As it is printed."""
        if self.how & How.UNTIL_ROOM:
            return "disk full until room is made"
        what = "write or create" if self.kinds == _ROOM else str(self.kinds.name).lower()
        with_what = "half" if self.how & How.SHORT else errno.errorcode[self.error]
        return f"{what} {with_what} {'for ever' if self.how & How.FOREVER else 'once'}"


def _both(kinds: Kind, error: int) -> tuple[Fault, Fault]:
    return Fault(kinds, How.ONCE, error), Fault(kinds, How.FOREVER, error)


FAULTS: tuple[Fault, ...] = (
    *_both(Kind.WRITE, errno.EIO),
    *_both(Kind.WRITE, errno.ENOSPC),
    Fault(_ROOM, How.FOREVER, errno.ENOSPC),
    Fault(_ROOM, How.FOREVER | How.UNTIL_ROOM, errno.ENOSPC),
    Fault(Kind.WRITE, How.SHORT),
    Fault(Kind.WRITE, How.SHORT | How.FOREVER),
    *_both(Kind.SYNC, errno.EIO),
    *_both(Kind.SYNC, errno.ENOSPC),
    *_both(Kind.TRUNCATE, errno.EIO),
    *_both(Kind.RENAME, errno.EIO),
    *_both(Kind.RENAME, errno.ENOSPC),
    *_both(Kind.UNLINK, errno.EIO),
    *_both(Kind.MKDIR, errno.EIO),
    *_both(Kind.OPEN, errno.EIO),
    *_both(Kind.CREATE, errno.ENOSPC),
    *_both(Kind.LIST, errno.EIO),
    *_both(Kind.STAT, errno.EIO),
    *_both(Kind.READ, errno.EIO),
    Fault(Kind.READ, How.SHORT),
    Fault(Kind.READ, How.SHORT | How.FOREVER),
)


@dataclass
class Broken:
    """What faults did to one operation."""

    runs: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: dict[str, list[int]] = field(default_factory=dict)
    """What went wrong, with each n at which it did."""


def inject(name: str, place: Path, *, every: int = 1, faults: tuple[Fault, ...] = FAULTS) -> Broken:
    """Run an operation once for every n of every fault.

    Args:
        name: Of the operation.
        place: An empty folder; the shim looks at nothing else.
        every: Only every so many n.
        faults: Which.
    """
    operation = operations.OPERATIONS[name]
    template, work = place / "template", place / "work"
    shim.watch(work)
    place.mkdir()
    operation.make(template)
    states = _states(operation, template, work)
    result = Broken()
    for fault in faults:
        for number in range(1, 1 + _run(operation, template, work, fault, 0)["seen"], every):
            told = _run(operation, template, work, fault, number)
            where = f"{fault.name}, {told['first']}"
            result.runs[fault.name] += 1
            if told["outcome"] == "done":
                result.done[fault.name] += 1
            else:
                result.refused[fault.name, told["outcome"]] += 1
            for line in _wrong(operation, work, fault, told, states):
                result.wrong.setdefault(f"{where}: {line}", []).append(number)
    shutil.rmtree(place)
    return result


def _states(operation: Operation, template: Path, work: Path) -> tuple[State | None, State | None]:
    """What the vault holds before the operation, and after it."""
    shutil.copytree(template, work)
    before, _ = operations.look_at(work, operation, done=False)
    shutil.rmtree(work)
    told = _run(operation, template, work, Fault(Kind.STAT, How.ONCE), 0)
    after, wrong = operations.look_at(work, operation, done=True)
    if told["outcome"] != "done" or wrong or after is None:
        raise RuntimeError(f"The operation does not work without faults: {told} {wrong}")
    return before, after


def _run(operation: Operation, template: Path, work: Path, fault: Fault, number: int) -> dict[str, Any]:
    """Run the operation with one fault, in a process of its own."""
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(template, work)
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        told = _broken_run(operation, work, fault, number)
        os.write(theirs, json.dumps(told).encode())
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return json.loads(said) if said else {"outcome": "died", "sentence": "", "seen": 0, "hits": 1, "first": ""}


def _broken_run(operation: Operation, work: Path, fault: Fault, number: int) -> dict[str, Any]:
    outcome, sentence = "done", ""
    try:
        opened = operation.open(work)
        shim.fail(fault.kinds, number, fault.how, fault.error)
        operation.run(work, opened)
    except PeerNoteError as error:
        outcome, sentence = type(error).__name__, str(error)
    except BaseException as error:  # noqa: BLE001 a person must never see one
        outcome, sentence = "traceback", _short(error)
    told = {"seen": shim.seen(), "hits": shim.hits(), "first": shim.first_hit()}
    shim.off()
    return {"outcome": outcome, "sentence": sentence, **told}


def _short(error: BaseException) -> str:
    """Type and way of an error that is none of PeerNote's."""
    way = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    return f"{type(error).__name__} at {' > '.join(way[2:])}"


def _wrong(
    operation: Operation, work: Path, fault: Fault, told: dict[str, Any], states: tuple[State | None, State | None]
) -> Iterator[str]:
    done = told["outcome"] == "done"
    unsure = _UNSURE in told["sentence"]
    admitted = _ADMITS in told["sentence"] or unsure
    found, wrong = operations.look_at(work, operation, done=done, admitted=admitted, unsure=unsure)
    yield from wrong
    before, after = states
    if done and not wrong and found != after:
        yield "said to be done, and is not"
    # What came too late for the log is entered at the next unlock, in other words.
    if not done and not admitted and not wrong and found not in (before, after):
        yield f"refused, and half of it is there: {_difference(found, before, after)}"
    if not told["hits"]:
        yield "the fault did not come"
    if not done and not admitted and not _fits(told["outcome"], fault, held=operation.held):
        yield f"said the wrong thing: {told['outcome']}: {told['sentence']}"


def _fits(outcome: str, fault: Fault, *, held: bool) -> bool:
    """Whether a refusal is of the kind that the fault is."""
    if held and fault.kinds == Kind.READ and fault.error == errno.EIO and outcome == VaultDamagedError.__name__:
        # SQLCipher takes a page that the disk does not give for a damaged one, and a second look at the file would
        # drop the lock on it. Opening the vault again tells the two apart.
        return True
    kinds: dict[str, type] = {each.__name__: each for each in _all_below(VaultError)}
    kind = kinds.get(outcome)
    if kind is None or not issubclass(kind, StorageError):
        return False
    # SQLite tells neither why a sync failed nor why a journal was not made, and the disk itself says that it has room.
    untold = fault.kinds is Kind.SYNC or (
        fault.kinds is Kind.CREATE and (not fault.how or outcome == DiskFaultError.__name__)
    )
    if fault.error == errno.ENOSPC and not untold:
        return issubclass(kind, DiskFullError)
    return fault.error == errno.ENOSPC or not issubclass(kind, (DiskFullError, ReadOnlyFolderError))


def _all_below(kind: type) -> Iterator[type]:
    yield kind
    for each in kind.__subclasses__():
        yield from _all_below(each)


def _difference(found: State | None, before: State | None, after: State | None) -> str:
    if found is None or before is None or after is None:
        return "there is no vault"
    return f"beside the state before {_tables(found - before)}, beside the state after {_tables(found - after)}"


def _tables(rows: State) -> str:
    return ", ".join(sorted({str(row[0]) for row in rows})) or "nothing"


def main() -> int:
    """Run what was asked for, in a process with the shim."""
    parser = argparse.ArgumentParser(prog="python -m reliability.faults", description="Fail the n-th file operation.")
    parser.add_argument("--operations", nargs="*", choices=[*operations.OPERATIONS, []], help="which; all if not given")
    parser.add_argument("--faults", nargs="*", default=[""], help="only those whose name begins like this")
    parser.add_argument("--every", type=int, default=1, help="only every so many n")
    parser.add_argument("--in", dest="place", type=Path, help="folder for the vaults; a temporary one when not given")
    options = parser.parse_args()
    if reason := shim.why_not():
        print(f"Not on this machine: {reason}.")
        return 0
    if not shim.is_preloaded():
        return shim.run_preloaded("reliability.faults", sys.argv[1:])
    print(machine(), flush=True)
    total, wrong = 0, 0
    for name in options.operations or operations.OPERATIONS:
        begun = time.monotonic()
        with a_folder(options.place) as place:
            chosen = tuple(fault for fault in FAULTS if fault.name.startswith(tuple(options.faults)))
            result = inject(name, place / "faults", every=options.every, faults=chosen)
        runs, done = result.runs.total(), result.done.total()
        total, wrong = total + runs, wrong + len(result.wrong)
        print(
            f"{name}: {runs} faults, {done} done all the same, {runs - done} refused, {len(result.wrong)} wrong; "
            f"{time.monotonic() - begun:.0f} s",
            flush=True,
        )
        for line, numbers in result.wrong.items():
            print(f"  {line} (n = {', '.join(map(str, numbers))})", flush=True)
    print(f"{total} faults in all, {wrong} wrong")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
