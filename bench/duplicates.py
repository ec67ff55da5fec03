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
                print(
                    f"{size:6} {model:16} {fields:12} recall {one.recall:6.1%} precision {one.precision:6.1%} "
                    f"({one.true} true, {one.right} right, {one.wrong} wrong, {one.seconds:.1f} s)",
                    flush=True,
                )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
