"""What every benchmark gives back: pairs of times taken turn by turn, and the line they make in the table."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from caseload import Made

FEWEST_RUNS = 7


@dataclass(frozen=True)
class Setting:
    """What a benchmark works with.

    Attributes:
        work: An empty folder for vaults.
        runs: Pairs of runs, at least `FEWEST_RUNS` for a result that is written down.
        scales: Sizes of the vaults, 1 being a year of one peer supporter.
        made: What has been made so far, by size.
    """

    work: Path
    runs: int
    scales: tuple[float, ...]
    made: dict[float, Made] = field(default_factory=dict)


@dataclass(frozen=True)
class Pairs:
    """One line of the table: the same thing done by PeerNote and by its yardstick, in turns.

    Attributes:
        what: What was measured.
        yardstick: What it was measured against.
        ours: One number a run.
        theirs: As many; a single one for a fixed limit such as a frame.
        at_most: The largest ratio, or the largest difference where `by_difference`, that was aimed at; None for
            a line that is told without a target.
        unit: What the numbers are in.
        by_difference: The target is a difference, in the unit.
    """

    what: str
    yardstick: str
    ours: Sequence[float]
    theirs: Sequence[float]
    at_most: float | None
    unit: str = "ms"
    by_difference: bool = False

    @property
    def compared(self) -> list[float]:
        """Ours against theirs, run by run: neighbours in time share the noise of the machine."""
        theirs = self.theirs if len(self.theirs) > 1 else [self.theirs[0]] * len(self.ours)
        if self.by_difference:
            return [one - other for one, other in zip(self.ours, theirs, strict=True)]
        return [one / other for one, other in zip(self.ours, theirs, strict=True)]

    @property
    def result(self) -> float:
        """The median of the comparisons."""
        return median(self.compared)

    @property
    def verdict(self) -> str:
        """Whether the target is met."""
        if self.at_most is None:
            return "–"
        return "met" if self.result <= self.at_most else "**missed**"

    def line(self) -> str:
        """The line of a Markdown table."""
        sign = f" {self.unit}" if self.by_difference else " ×"
        low, _, high = quantiles(self.compared, n=4) if len(self.compared) > 1 else [self.compared[0]] * 3
        aim = "–" if self.at_most is None else f"{'+' if self.by_difference else ''}{self.at_most:g}{sign}"
        cells = [
            self.what,
            self.yardstick,
            self._number(self.ours),
            self._number(self.theirs),
            f"{self.result:.2f}{sign} ({low:.2f}–{high:.2f})",
            aim,
            self.verdict,
            str(len(self.ours)),
        ]
        return f"| {' | '.join(cells)} |"

    def _number(self, numbers: Sequence[float]) -> str:
        if len(numbers) == 1:
            return f"{numbers[0]:.3g}"
        return f"{_rounded(median(numbers))} ({_rounded(min(numbers))}–{_rounded(max(numbers))})"


HEADINGS = (
    "what",
    "yardstick",
    "PeerNote",
    "yardstick's",
    "result (middle half)",
    "at most",
    "",
    "pairs",
)


def table(lines: Sequence[Pairs]) -> list[str]:
    """A Markdown table of all lines."""
    return [
        f"| {' | '.join(HEADINGS)} |",
        f"|{'---|' * len(HEADINGS)}",
        *(pairs.line() for pairs in lines),
    ]


def milliseconds(act: Callable[[], object]) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def percentile(numbers: Sequence[float], share: float) -> float:
    """The number that this share of them does not exceed."""
    ordered = sorted(numbers)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _rounded(number: float) -> str:
    return f"{number:.0f}" if number >= 100 else f"{number:.1f}" if number >= 10 else f"{number:.2f}"
