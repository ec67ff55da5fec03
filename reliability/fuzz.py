"""Proof 8: no reader of the program crashes, hangs or eats the memory, whatever it is given.

    python -m reliability.fuzz --mutations 100000 --seed 1
    python -m reliability.fuzz --only "notes, JSON"

Every reader of `readers.READERS` gets the harmful inputs of `mutations.harmful` and its share of the mutations. What
may come out is a result or a refusal (`PeerNoteError`, or what the reader's entry names). Anything else, more than five
seconds, or more than 64 MiB (and ten times the input) above what was in use before is a failure, told with the
input shrunk to the smallest one that fails in the same way.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

if sys.platform == "linux":
    import resource

from reliability.mutations import harmful, mutated
from reliability.readers import READERS, Reader, close_all

MOST_SECONDS = 5.0
MOST_BYTES = 64 * 2**20
_BYTES_PER_BYTE = 10
_LIGHT_BYTES = 5_000
_ADDRESS_SPACE = 1536 * 2**20
"""What the whole process may take beside what it has; a bound on what tracemalloc cannot see."""


class HangError(Exception):
    """A reader did not come back in time."""


@dataclass
class Figures:
    """What was seen of one reader.

    Attributes:
        name: Its name.
        examples: How many inputs it was given.
        taken: How many of them it could read.
        seconds: Of the slowest one.
        peak: Bytes above the start, of the one that took most.
    """

    name: str
    examples: int = 0
    taken: int = 0
    seconds: float = 0.0
    peak: int = 0


def hold(reader: Reader, data: bytes, folder: Path, figures: Figures) -> None:
    """Give one input to a reader.

    Raises:
        AssertionError: It took too long or too much memory.
        Exception: What the reader should not have let out.
    """
    figures.examples += 1
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    # Of the processor: on a busy machine a second of the clock says little.
    began = time.process_time()
    try:
        with _in_time():
            reader.read(data, folder)
        figures.taken += 1
    except reader.refusals:
        pass
    took = time.process_time() - began
    peak = tracemalloc.get_traced_memory()[1] - before
    figures.seconds, figures.peak = max(figures.seconds, took), max(figures.peak, peak)
    if took > MOST_SECONDS:
        raise AssertionError(f"took {took:.1f} seconds for {len(data)} bytes")
    if peak > max(MOST_BYTES, _BYTES_PER_BYTE * len(data)):
        raise AssertionError(f"took {peak / 2**20:.0f} MiB for {len(data)} bytes")


@contextmanager
def _in_time() -> Iterator[None]:
    if not hasattr(signal, "setitimer"):
        yield
        return

    def late(_number: int, _frame: object) -> None:
        raise HangError

    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, 2 * MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def fuzz(reader: Reader, mutations: int, work: Path, *, seed_number: int | None = None, heavy: bool = True) -> Figures:
    """Give a reader the harmful inputs and so many mutations of its examples.

    Args:
        reader: Whom.
        mutations: How many.
        work: A folder that is removed afterwards.
        seed_number: Which mutations; the same ones every time when None.
        heavy: Give the harmful inputs in their full size, or else their first kilobytes.

    Raises:
        AssertionError: Of what came out of it for which input.
    """
    folder = work / "".join(sign if sign.isalnum() else "-" for sign in reader.name)
    folder.mkdir()
    figures = Figures(reader.name)
    seeds = reader.seeds()
    for example in seeds:
        hold(reader, example, folder, figures)
    for name, data in harmful().items():
        try:
            hold(reader, data if heavy else data[:_LIGHT_BYTES], folder, figures)
        except Exception as error:
            raise AssertionError(f"{reader.name}, {name}: {type(error).__name__}: {error}"[:500]) from error

    @settings(
        max_examples=mutations,
        database=None,
        deadline=None,
        derandomize=seed_number is None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )
    @given(st.shared(mutated(seeds, reader.form)))
    def one(data: bytes) -> None:
        try:
            hold(reader, data, folder, figures)
        except Exception as error:
            raise AssertionError(f"{reader.name}: {type(error).__name__}: {error}: {data[:400]!r}"[:900]) from error

    (one if seed_number is None else seed(seed_number)(one))()
    return figures


@contextmanager
def watched() -> Iterator[Path]:
    """Watch the memory, and give a folder for files; searched vaults are closed at the end."""
    tracemalloc.start()
    try:
        with tempfile.TemporaryDirectory() as name:
            try:
                yield Path(name)
            finally:
                close_all()
    finally:
        tracemalloc.stop()


def shares(readers: tuple[Reader, ...], mutations: int) -> Iterator[tuple[Reader, int]]:
    """How many mutations each reader gets."""
    total = sum(reader.share for reader in readers)
    for reader in readers:
        yield reader, max(1, round(mutations * reader.share / total))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m reliability.fuzz", description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--mutations", type=int, default=5_000, help="in total, over all readers")
    parser.add_argument("--seed", type=int, default=1, help="another number, other mutations")
    parser.add_argument("--only", help="the name of one reader")
    args = parser.parse_args()
    chosen = tuple(reader for reader in READERS if args.only in {None, reader.name})
    if not chosen:
        print("Readers: " + ", ".join(reader.name for reader in READERS))
        return 2
    _bound_address_space()
    failed, every = [], []
    with watched() as work:
        for reader, count in shares(chosen, args.mutations):
            try:
                figures = fuzz(reader, count, work, seed_number=args.seed)
            except AssertionError as error:
                failed.append(reader.name)
                print(f"FAILED  {str(error)[:900]}", flush=True)
                continue
            every.append(figures)
            print(
                f"{figures.name:<30} {figures.examples:>7} inputs, {figures.taken:>6} read, "
                f"slowest {figures.seconds * 1000:>6.0f} ms, most memory {figures.peak / 2**20:>5.1f} MiB",
                flush=True,
            )
    print(f"{sum(one.examples for one in every)} inputs, {len(every)} readers whole, {len(failed)} failed")
    return 1 if failed else 0


def _bound_address_space() -> None:
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        bound = pages * resource.getpagesize() + _ADDRESS_SPACE
        resource.setrlimit(resource.RLIMIT_AS, (bound, bound))


if __name__ == "__main__":
    sys.exit(main())
