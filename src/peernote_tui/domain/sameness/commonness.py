"""How common the words of names are, among the people of a vault and at large."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from math import log, prod

from peernote_tui.domain.names import words
from peernote_tui.domain.names.short_forms import used_for

AT_LARGE = 400
"""So many people at large are taken to stand beside those of a vault: a few records cannot show what is common."""
_KNOWN, _UNKNOWN = 1 / 150, 1 / 2000
_MANY, _COMMON = 3, 20
_BELIEVED = 2.0
"""How far the number of those of one whole name is believed; more is more doubt."""
_MISTYPED, _OFTEN = 0.03, 0.15
_MOST_KEPT = 200_000


class Commonness:
    """How common words are.

    Args:
        people: How many people there are.
        having: How many of them have a folded word in their name.
        called: How many of them have a name of these folded words.
    """

    def __init__(self, people: int, having: Callable[[str], int], called: Callable[[tuple[str, ...]], int]) -> None:
        self.people = people
        self._having = having
        self._called = called
        self._shares: dict[str, float] = {}
        self.compared: dict[tuple[str, str], object] = {}
        """What pairs of words were found to say; kept because the same words meet again and again."""

    @classmethod
    def of(cls, names: Iterable[Iterable[str]]) -> Commonness:
        """The commonness of words among people who have these names, each person a group of names."""
        counted: Counter[str] = Counter()
        wholes: Counter[tuple[str, ...]] = Counter()
        people = 0
        for group in names:
            people += 1
            parts = [words(name) for name in group]
            counted.update({word for name in parts for word in name})
            wholes.update({tuple(sorted(name)) for name in parts})
        return cls(people, counted.__getitem__, lambda name: wholes[tuple(sorted(name))])

    def share(self, word: str) -> float:
        """The share of people who have a folded word in their name, between 0 and 1."""
        known = self._shares.get(word)
        if known is None:
            at_large = _KNOWN if used_for(word) else _UNKNOWN
            known = (self._having(word) + AT_LARGE * at_large) / (self.people + AT_LARGE)
            self._shares[word] = known = min(known, 1.0)
        return known

    def together(self, name: tuple[str, ...]) -> float:
        """What is to be added to the weight of a whole name, because its words come together oftener than by chance.

        Names go together by culture and fashion. Two of those who are called so may be the pair in question; the
        others show how common the whole is.

        Returns:
            A logarithm, at most 0.
        """
        others = max(0, self._called(name) - 2)
        by_chance = prod(self.share(word) for word in name) * (self.people + AT_LARGE)
        return min(0.0, log((by_chance + _BELIEVED) / (others + _BELIEVED)))

    def are_names(self, one: str, other: str) -> bool:
        """Whether two folded words are both names that people have, and not one of them the other one mistyped.

        The commoner a name, the more often it is mistyped in one and the same way.
        """
        few, many = sorted((self._having(one), self._having(other)))
        known, other_known = bool(used_for(one)), bool(used_for(other))
        if known and other_known:
            return many < _COMMON or few > many * _MISTYPED
        return few >= _MANY and few > many * _OFTEN

    def keep(self, pair: tuple[str, str], found: object) -> None:
        """Remember what two words say."""
        if len(self.compared) >= _MOST_KEPT:
            self.compared.clear()
        self.compared[pair] = found
