"""How well second records of one person are told: recall and precision of pairs, by error model and by fields.

python bench/duplicates.py               all models and fields at 500, 1,000 and 10,000 records
python bench/duplicates.py --misses      with some pairs that were missed, and some that were wrongly joined
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from doubling import MODELS, Entry, register
from measuring import Pairs, Setting

from peernote_tui.domain.sameness import Commonness, likely_pairs, likeness, traits_of

SIZES = (500, 1000, 10_000)
FIELDS = {
    "name, birth": frozenset[str](),
    "and phone": frozenset({"phone"}),
    "and address": frozenset({"address"}),
    "and ID": frozenset({"id"}),
    "and all": frozenset({"phone", "address", "id"}),
}


@dataclass(frozen=True)
class Told:
    """What was found of one register."""

    size: int
    model: str
    fields: str
    true: int
    right: int
    wrong: int
    seconds: float

    @property
    def recall(self) -> float:
        """The share of the true pairs that were found."""
        return self.right / self.true

    @property
    def precision(self) -> float:
        """The share of what was found that is true."""
        return self.right / max(1, self.right + self.wrong)

    def row(self) -> str:
        """The line of a Markdown table."""
        met = "met" if self.recall >= RECALL and self.precision >= PRECISION else "**missed**"
        counted = f"{self.right} of {self.true}, {self.wrong} wrong"
        return (
            f"| {self.size:,} | {self.model} | {self.fields} | {self.recall:.1%} | {self.precision:.1%} | {counted} "
            f"| {met} | {self.seconds:.1f} s |"
        )


RECALL, PRECISION = 0.95, 0.98
"""What was aimed at."""
_SIZE = 1000


def second_records_told(_setting: Setting) -> list[Pairs]:
    """What of a hundred second records is missed, and of a hundred pairs found is none, by name and birth date."""
    lines = []
    for model in MODELS:
        one = told(register(_SIZE, model, seed=1), _SIZE, model, "name, birth")
        what = f"{_SIZE:,} records, name and birth date, {model}"
        missed, wrong = 100 * (1 - one.recall), 100 * (1 - one.precision)
        lines.append(Pairs(f"second records missed, of 100: {what}", "5 of 100", [missed], [5.0], 1, unit=""))
        lines.append(Pairs(f"pairs wrongly taken for one, of 100: {what}", "2 of 100", [wrong], [2.0], 1, unit=""))
    return lines


def told(entries: Sequence[Entry], size: int, model: str, fields: str, misses: int = 0) -> Told:
    """Look for all pairs in one register."""
    people = [entry.details(FIELDS[fields]) for entry in entries]
    whose = defaultdict(list)
    for place, entry in enumerate(entries):
        whose[entry.whose].append(place)
    true = {pair for places in whose.values() for pair in combinations(places, 2)}
    began = time.perf_counter()
    traits = [traits_of(each) for each in people]
    commonness = Commonness.of((person.name,) for person in people)
    found = {(pair.one, pair.other) for pair in likely_pairs(traits, commonness)}
    seconds = time.perf_counter() - began
    if misses:
        for label, pairs in (("missed", true - found), ("wrong", found - true)):
            for one, other in sorted(pairs)[:misses]:
                says = likeness(people[one], people[other], commonness)
                said = [f"{people[at].name} {people[at].born} {people[at].phone}" for at in (one, other)]
                print(f"  {label}: {said[0]} | {said[1]} | {says.score:.3f} {says.verdict} {says.reasons}")
    right = len(true & found)
    return Told(size, model, fields, len(true), right, len(found) - right, seconds)


def main() -> int:
    """Print how well second records are told."""
    parser = argparse.ArgumentParser(description="How well second records are told.")
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--model", default="")
    parser.add_argument("--fields", default="")
    options = parser.parse_args()
    for size in options.sizes:
        for model in MODELS:
            if options.model not in model:
                continue
            entries = register(size, model, options.seed)
            for fields in FIELDS:
                if options.fields not in fields:
                    continue
                one = told(entries, size, model, fields, options.misses)
                print(one.row(), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
