"""How common the words of names are, among the people of a vault and at large."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from peernote_tui.domain.names import words
from peernote_tui.domain.names.short_forms import used_for

AT_LARGE = 400
"""So many people at large are taken to stand beside those of a vault: a few records cannot show what is common."""
_KNOWN, _UNKNOWN = 1 / 150, 1 / 2000
_MANY, _COMMON = 3, 20
_MISTYPED, _OFTEN = 0.03, 0.15
_MOST_KEPT = 200_000


class Commonness:
    """How common words are.

    Args:
        people: How many people there are.
        having: How many of them have a folded word in their name.
    """

    def __init__(self, people: int, having: Callable[[str], int]) -> None:
        self.people = people
        self._having = having
        self._shares: dict[str, float] = {}
        self.compared: dict[tuple[str, str], object] = {}
        """What pairs of words were found to say; kept because the same words meet again and again."""

    @classmethod
    def of(cls, names: Iterable[Iterable[str]]) -> Commonness:
        """The commonness of words among people who have these names, each person a group of names."""
        counted: Counter[str] = Counter()
        people = 0
        for group in names:
            people += 1
            counted.update({word for name in group for word in words(name)})
        return cls(people, lambda word: counted[word])

    def share(self, word: str) -> float:
        """The share of people who have a folded word in their name, between 0 and 1."""
        known = self._shares.get(word)
        if known is None:
            at_large = _KNOWN if used_for(word) else _UNKNOWN
            known = (self._having(word) + AT_LARGE * at_large) / (self.people + AT_LARGE)
            self._shares[word] = known = min(known, 1.0)
        return known

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
