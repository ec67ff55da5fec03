"""Other ways to cut a query into words: a space that is missing, or one too many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from peernote_tui.domain.finding.asking import MOST_PARTS, Part, Word
from peernote_tui.domain.finding.index import LONGEST_WORD, PeopleIndex
from peernote_tui.domain.finding.wording import words_like
from peernote_tui.domain.names.folding import CJK

_MOST_WAYS = 3
_MOST_JOINED = 3
_LONGEST_CUT = 24
_SHORTEST_HALF = 2
_NEAR = 1.0


def respaced(index: PeopleIndex, parts: tuple[Part, ...]) -> list[tuple[Part, ...]]:
    """The parts cut otherwise, where that makes words that somebody has; the nearest first, at most three ways."""
    ways = sorted((*_joined(index, parts), *_cut(index, parts)), key=lambda way: way[0])
    return [way for _, way in ways[:_MOST_WAYS]]


def _joined(index: PeopleIndex, parts: tuple[Part, ...]) -> Iterator[tuple[float, tuple[Part, ...]]]:
    for count in range(2, _MOST_JOINED + 1):
        for place in range(len(parts) - count + 1):
            together = [part for part in parts[place : place + count] if isinstance(part, Word)]
            text = "".join(word.spellings[0] for word in together)
            if len(together) == count and len(text) <= LONGEST_WORD:
                word = Word((text,), together[-1].last)
                cost = _nearest(index, word)
                if cost <= max(_NEAR, len(text) / 4):
                    yield cost, (*parts[:place], word, *parts[place + count :])


def _cut(index: PeopleIndex, parts: tuple[Part, ...]) -> Iterator[tuple[float, tuple[Part, ...]]]:
    for place, part in enumerate(parts):
        if not isinstance(part, Word) or len(parts) == MOST_PARTS:
            continue
        text = part.spellings[0]
        # A sign of Han or Hangul is a name by itself.
        half = 1 if CJK.search(text) else _SHORTEST_HALF
        if not 2 * half < len(text) + 1 <= _LONGEST_CUT:
            continue
        for cut in range(half, len(text) - half + 1):
            left, right = Word((text[:cut],), last=False), replace(part, spellings=(text[cut:],))
            known = [index.number_of_word(half.spellings[0]) is not None for half in (left, right)]
            if any(known):
                cost = sum(
                    _nearest(index, half) for half, is_known in zip((left, right), known, strict=True) if not is_known
                )
                if cost <= _NEAR:
                    yield cost, (*parts[:place], left, right, *parts[place + 1 :])


def _nearest(index: PeopleIndex, word: Word) -> float:
    likes = words_like(index, word)
    return likes[0].cost if likes else 99.0
