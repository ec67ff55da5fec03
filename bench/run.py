"""Runs the benchmarks and writes their table.

    python bench/run.py                  everything, at 1x and 10x
    python bench/run.py --quick          fewer runs, at 1x; prints and writes nothing
    python bench/run.py start storing    only these; prints and writes nothing

Every number is taken side by side with its yardstick, turn by turn, in one run on one machine. Times of one
machine say nothing about another; the ratios do.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import matching
from drawing import documents_drawn
from duplicates import second_records_told
from echoing import keys_echoed
from finding import crowd_searched, people_found, words_found
from measuring import FEWEST_RUNS, Pairs, Setting, table
from opening import today_painted
from owing import owed_looked_up
from pages import page_painted
from starting import unlock_painted, version_said
from storing import stored_and_signed
from tracker import tracker_painted

BENCHMARKS: dict[str, Callable[[Setting], list[Pairs]]] = {
    "start": unlock_painted,
    "version": version_said,
    "open": today_painted,
    "page": page_painted,
    "tracker": tracker_painted,
    "owing": owed_looked_up,
    "echo": keys_echoed,
    "storing": stored_and_signed,
    "people": people_found,
    "crowd": crowd_searched,
    "duplicates": second_records_told,
    "words": words_found,
    "drawing": documents_drawn,
}
RESULTS = Path(__file__).with_name("RESULTS.md")

_RUNS = 9
_PARTS = ("textual", "rich", "pydantic", "sqlcipher3", "PyNaCl")


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description="Measure PeerNote against yardsticks in the same run.")
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []], help="which; all when none is named")
    parser.add_argument("--quick", action="store_true", help="fewer runs, one size")
    options = parser.parse_args()
    lines: list[Pairs] = []
    with tempfile.TemporaryDirectory() as folder:
        runs, scales = (FEWEST_RUNS, (1,)) if options.quick else (_RUNS, (1, 10))
        setting = Setting(Path(folder), runs, scales)
        for name in options.names or BENCHMARKS:
            found = BENCHMARKS[name](setting)
            print(*(pairs.line() for pairs in found), sep="\n", flush=True)
            lines += found
    if not options.quick and not options.names:
        RESULTS.write_text(report(lines), encoding="utf-8")
    return 0


def report(lines: list[Pairs]) -> str:
    """The table with what is needed to read it."""
    parts = ", ".join(f"{name} {version(name)}" for name in _PARTS)
    load = ", ".join(f"{share:.1f}" for share in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"
    missed = sum(pairs.verdict == "**missed**" for pairs in lines)
    return "\n".join(
        [
            "# Measured speed",
            "",
            "Made by `python bench/run.py`. PeerNote and its yardstick take turns (A B A B …) in one run, so that",
            "what else the machine does falls on both; the first pair only warms the caches. Times are in",
            "milliseconds unless said, as the median of the runs with the smallest and the largest; the result is",
            "the median of the pairs with its middle half. Only the results are worth comparing between machines.",
            "",
            f"- {datetime.now(tz=UTC):%Y-%m-%d}",
            f"- PeerNote {version('peernote-tui')}, Python {platform.python_version()}",
            f"- {parts}",
            f"- {_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}",
            f"- load of the machine at the end (1, 5, 15 minutes): {load}; other programs ran at the same time",
            "",
            *table(lines),
            "",
            f"{missed} of {len(lines)} lines miss their target." if missed else "Every target is met.",
            "",
            "What the sizes mean: 2,429 notes are a year of one peer supporter (1×), 10× is ten such years. The",
            "vaults hold `bench/caseload.py`'s fictional people.",
            "",
            *matching.section(),
        ]
    )


def _processor() -> str:
    with_name = Path("/proc/cpuinfo")
    if with_name.exists():
        for line in with_name.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


if __name__ == "__main__":
    sys.exit(main())
