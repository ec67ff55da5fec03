"""How many slips of the finger, the ear or a scanner lie between two words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_GERMAN_ROWS = ("qwertzuiop", "asdfghjkl", "yxcvbnm")
_LOOK_ALIKE = (
    "o0", "oq", "il", "i1", "l1", "ij", "s5", "b8", "g9", "gq", "ec", "eo", "uv", "hb", "hn", "ft", "ao", "z2", "tl",
    "lt", "nr", "co", "vy", "mn", "uu", "d0", "b6", "g6", "e3", "a4",
)  # fmt: skip
_SOUND_ALIKE = ("bp", "dt", "gk", "fv", "vw", "sz", "ck", "cs", "jy", "gj", "kq", "cz", "bv", "mn", "xs", "iy", "jh")
_VOWELS = "aeiouy"
# Two letters that are read, heard or written for one or two others.
_PAIRS = {
    "rn": ("m",), "cl": ("d",), "vv": ("w",), "ii": ("u",), "li": ("h",), "in": ("m",), "nn": ("m",), "ph": ("f",),
    "ck": ("k",), "th": ("t",), "ie": ("y", "ei"), "ei": ("ie", "ai", "y", "e"), "ey": ("y", "ie", "ay"),
    "ae": ("a", "e"), "ee": ("i", "ea"), "ea": ("e", "ee"), "oo": ("u",), "ou": ("u", "oo"), "oe": ("o",),
    "ue": ("u",), "sh": ("s", "ch"), "ch": ("k", "sh"), "qu": ("k",), "ks": ("x",), "gh": ("g",), "kh": ("k", "h"),
    "tz": ("z",), "ai": ("ay", "ei"), "ay": ("ei", "ey"), "ll": ("y",), "cz": ("ch",), "sz": ("sh",), "dt": ("t",),
    "wh": ("w",), "kn": ("n",), "wr": ("r",), "au": ("o", "ow"), "aw": ("au", "o"),
}  # fmt: skip

PLAIN = 1.0
_SWAPPED = 0.8
_NEAR = 0.8
_LOOKS = 0.8
_SOUNDS = 0.6
_VOWEL = 0.75
_DOUBLED = 0.5
_SILENT = 0.7
_PAIR = 0.6
_FIRST = 0.25
_SILENT_LETTERS = frozenset("eh")


def slips(typed: str, meant: str, *, begins: bool = False) -> float:  # noqa: C901 one loop that runs for every pair of letters
    """The cheapest way from one word to another: letters changed, added, dropped and neighbours swapped.

    A slip costs 1, a likely one less: the next key, letters that look or sound alike, a letter doubled or not.
    One in the first letter costs a little more. Optimal string alignment (restricted Damerau), weighted.

    Args:
        typed: A folded word.
        meant: Another.
        begins: Whether `typed` may be the beginning of `meant`: what follows then costs nothing.
    """
    changes, pairs = _changes(), _pairs()
    if begins:
        meant = meant[: len(typed) + 3]
    typed, meant = _where_they_part(typed, meant)
    width = len(meant)
    before: list[float] = []
    above = [0.0]
    for column, letter in enumerate(meant):
        above.append(above[-1] + _extra(meant, column, letter))
    for row, letter in enumerate(typed):
        extra = _extra(typed, row, letter)
        current = [above[0] + extra]
        for column in range(width):
            other = meant[column]
            if letter == other:
                best = above[column]
            else:
                best = above[column] + changes.get(letter + other, PLAIN)
                if not row and not column:
                    best += _FIRST
            best = min(best, above[column + 1] + extra, current[column] + _extra(meant, column, other))
            if row and column:
                last, prior = typed[row - 1], meant[column - 1]
                if last == other and prior == letter and last != prior:
                    best = min(best, before[column - 1] + _SWAPPED)
                if last + letter + prior + other in pairs:
                    best = min(best, before[column - 1] + _PAIR)
            if row and typed[row - 1] + letter + other in pairs:
                best = min(best, before[column] + _PAIR)
            if column and meant[column - 1] + other + letter in pairs:
                best = min(best, above[column - 1] + _PAIR)
            current.append(best)
        before, above = above, current
    return min(above) if begins else above[-1]


@lru_cache(maxsize=64)
def slipped(text: str) -> Mapping[str, float]:
    """What may have been meant by a few letters with one likely slip in them, and what the slip costs."""
    found: dict[str, float] = {}
    for place, letter in enumerate(text):
        before, after = text[:place], text[place + 1 :]
        first = 0.0 if place else _FIRST
        likely = [(pair[1], cost) for pair, cost in _changes().items() if pair[0] == letter]
        meant = {before + other + after: cost + first for other, cost in likely}
        meant[before + after] = _extra(text, place, letter)
        if after:
            meant[before + after[0] + letter + after[1:]] = _SWAPPED
        for near, cost in meant.items():
            found[near] = min(cost, found.get(near, cost))
    found.pop(text, None)
    return found


class Pattern:
    """A word made ready to be compared with many others, quickly, every slip counting 1.

    The bit-parallel optimal string alignment of Hyyrö (2003), "A bit-vector algorithm for computing Levenshtein and
    Damerau edit distances".
    """

    def __init__(self, word: str) -> None:
        self._length = len(word)
        self._all = (1 << self._length) - 1
        self._last = 1 << (self._length - 1) if word else 0
        self._masks: dict[str, int] = {}
        for place, letter in enumerate(word):
            self._masks[letter] = self._masks.get(letter, 0) | 1 << place

    def distances(self, word: str) -> tuple[int, int]:
        """How far the pattern is from a word, and from the beginning of it that is nearest."""
        if not self._length:
            return len(word), 0
        score = nearest = self._length
        ups, downs, diagonal, before = self._all, 0, 0, 0
        last, every, masks = self._last, self._all, self._masks
        for letter in word:
            mask = masks.get(letter, 0)
            swapped = ((~diagonal & mask) << 1) & before
            diagonal = (((mask & ups) + ups) ^ ups) | mask | downs | swapped
            plus = downs | ~(diagonal | ups)
            minus = diagonal & ups
            if plus & last:
                score += 1
            elif minus & last:
                score -= 1
            nearest = min(nearest, score)
            plus = plus << 1 | 1
            ups = (minus << 1 | ~(diagonal | plus)) & every
            downs = plus & diagonal & every
            before = mask
        return score, nearest


def _where_they_part(one: str, other: str) -> tuple[str, str]:
    """Two words without what both begin with, but for two letters, since a slip may reach back into them."""
    same = 0
    for letter, beside in zip(one, other, strict=False):
        if letter != beside:
            break
        same += 1
    return one[max(0, same - 2) :], other[max(0, same - 2) :]


def _extra(word: str, place: int, letter: str) -> float:
    """What a letter too many costs."""
    if place and word[place - 1] == letter:
        return _DOUBLED
    if not place:
        return PLAIN + _FIRST
    return _SILENT if letter in _SILENT_LETTERS else PLAIN


@cache
def _changes() -> dict[str, float]:
    costs: dict[str, float] = {}
    likely = [(pair, _NEAR) for rows in (_ROWS, _GERMAN_ROWS) for pair in _neighbours(rows)]
    likely += [(one + other, _VOWEL) for one in _VOWELS for other in _VOWELS]
    likely += [(pair, _LOOKS) for pair in _LOOK_ALIKE]
    likely += [(pair, _SOUNDS) for pair in _SOUND_ALIKE]
    for pair, cost in likely:
        for way in (pair, pair[::-1]):
            costs[way] = min(cost, costs.get(way, PLAIN))
    return costs


def _neighbours(rows: tuple[str, ...]) -> Iterator[str]:
    """Keys side by side, and each with those it touches in the row below."""
    for row, below in zip(rows, (*rows[1:], ""), strict=True):
        for place, key in enumerate(row):
            for other in row[place + 1 : place + 2] + below[max(place - 1, 0) : place + 1]:
                yield key + other


@cache
def _pairs() -> frozenset[str]:
    found = set()
    for one, others in _PAIRS.items():
        for other in others:
            found.add(one + other)
            if len(other) > 1:
                found.add(other + one)
    return frozenset(found)
