"""How well the right person is found: rank among 500 and 2,000 people, by kinds of mistakes.

python bench/matching.py             a table for each size
python bench/matching.py --misses    with some of those that were not found first
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mishearing import MODELS, wrong_year
from people_vault import a_list

from peernote_tui.domain.finding.index import PeopleIndex
from peernote_tui.domain.finding.looking import look
from peernote_tui.domain.finding.person import Sought

TODAY = date(2026, 11, 20)
SIZES = (500, 2000)
_LOOKUPS = 1000


@dataclass(frozen=True)
class Ranks:
    """How one kind of mistake was borne: where the right person stood in each look-up, 0 for nowhere."""

    size: int
    model: str
    with_year: bool
    ranks: Sequence[int]

    def share(self, most: int) -> float:
        """How often the right person is among so many."""
        return sum(0 < rank <= most for rank in self.ranks) / len(self.ranks)


def index_of(people: Sequence[tuple[str, str, str]]) -> PeopleIndex:
    """An index of these people."""
    index = PeopleIndex()
    for number, (given, family, year) in enumerate(people):
        index.put(Sought(str(number), (f"{given} {family}".strip(),), born=year, touched=f"{number:06d}"))
    return index


def ranked(
    size: int, model: str, *, with_year: bool, lookups: int, seed: int
) -> tuple[Ranks, list[tuple[str, str, int]]]:
    """Look people up with one kind of mistake.

    Returns:
        The ranks, and what was typed, who was meant and at what rank where it was not the first.
    """
    chance = random.Random(f"{seed} {size} {model} {with_year}")
    people = a_list(size, seed)
    index = index_of(people)
    ranks, missed = [], []
    for _ in range(lookups):
        number = chance.randrange(size)
        given, family, year = people[number]
        typed = MODELS[model](given, family, chance)
        if with_year:
            typed = f"{typed} {wrong_year(year, chance)}"
        found = [who for who, _ in look(index, typed, today=TODAY, limit=20).people]
        same = {str(other) for other, person in enumerate(people) if person[:2] == (given, family)}
        wanted = same if not with_year else {str(number)}
        rank = next((place for place, who in enumerate(found, start=1) if who in wanted), 0)
        ranks.append(rank)
        if rank != 1:
            missed.append((typed, f"{given} {family} {year}", rank))
    return Ranks(size, model, with_year, ranks), missed


def main() -> int:
    """Print how well people are found."""
    parser = argparse.ArgumentParser(description="How well people are found.")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--lookups", type=int, default=_LOOKUPS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    for size in SIZES:
        for model in MODELS:
            if options.only not in model:
                continue
            for with_year in (False, True):
                ranks, missed = ranked(size, model, with_year=with_year, lookups=options.lookups, seed=options.seed)
                asked = "name and year" if with_year else "name"
                print(f"{size} {model:17} {asked:13} {ranks.share(1):.1%} {ranks.share(5):.1%}", flush=True)
                if options.misses:
                    print(*missed[:25], sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
