"""How well the right person is found: where they stand among 500 and 2,000 people, by kinds of mistakes.

    python bench/matching.py             the table
    python bench/matching.py --misses    with some of those that were not found first

Nothing here is taken from the program's own rules, and one kind of mistake (`clerk`) was never looked at while the
rules were made.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from mishearing import MODELS, wrong_year
from people_vault import a_list

from peernote_tui.domain.finding.index import PeopleIndex
from peernote_tui.domain.finding.looking import look
from peernote_tui.domain.finding.person import Sought

TODAY = date(2026, 11, 20)
AIMS = {500: (0.0, 0.985), 2000: (0.90, 0.95)}
"""By how many people there are: how often the right one is to be the first, and among the first five."""
HEADINGS = ("people", "mistakes", "typed", "first", "among the first five", "at least", "", "look-ups")
_LOOKUPS = 1000


@dataclass(frozen=True)
class Ranks:
    """How one kind of mistake was borne.

    Attributes:
        size: How many people there are.
        model: The kind of mistake.
        with_year: Whether a year of birth was typed, too; one in eight is wrong.
        ranks: Where the right person stood in each look-up, 0 for nowhere.
    """

    size: int
    model: str
    with_year: bool
    ranks: Sequence[int]

    def share(self, most: int) -> float:
        """How often the right person is among so many."""
        return sum(0 < rank <= most for rank in self.ranks) / len(self.ranks)

    def line(self) -> str:
        """The line of a Markdown table."""
        first, five = AIMS[self.size]
        aim = f"{first:.0%}, {five:.1%}" if first else f"{five:.1%} of five"
        met = self.share(1) >= first and self.share(5) >= five
        typed = "name and year" if self.with_year else "name"
        shares = f"{self.share(1):.1%} | {self.share(5):.1%}"
        verdict = "met" if met else "**missed**"
        return f"| {self.size:,} | {self.model} | {typed} | {shares} | {aim} | {verdict} | {len(self.ranks):,} |"


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
    print(*_head(), sep="\n")
    for ranks, missed in every(options.lookups, options.seed, options.only):
        print(ranks.line(), flush=True)
        if options.misses:
            print(*missed[:25], sep="\n")
    return 0


def every(lookups: int, seed: int = 1, only: str = "") -> Iterator[tuple[Ranks, list[tuple[str, str, int]]]]:
    """Every size with every kind of mistake, with and without a year; see `ranked`."""
    for size in AIMS:
        for model in MODELS:
            for with_year in (False, True):
                if only in model:
                    yield ranked(size, model, with_year=with_year, lookups=lookups, seed=seed)


def section(lookups: int = _LOOKUPS) -> list[str]:
    """The part of RESULTS.md that tells of it."""
    return [
        "## Finding people",
        "",
        "How often the right person stands first, and among the first five, when a name is typed or heard wrongly.",
        "The people are fictional, of ten cultures, with common and rare names (`bench/people_names.py`); the mistakes",
        "are those of `bench/mishearing.py`, written apart from the program's own rules. Most come two or three at a",
        "time. With one kind, `clerk`, nothing was tuned. Without a year, whoever has exactly the same name counts as",
        "found, too; of the years, one in eight is wrong. Made by `python bench/matching.py`.",
        "",
        *_head(),
        *(ranks.line() for ranks, _ in every(lookups)),
        "",
    ]


def _head() -> list[str]:
    return [f"| {' | '.join(HEADINGS)} |", f"|{'---|' * len(HEADINGS)}"]


if __name__ == "__main__":
    raise SystemExit(main())
