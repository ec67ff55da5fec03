"""How long a text is: words, and lines as on a page of a standard width."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

CELLS_OF_A_LINE = 80
"""Cells of a line that is counted: the same for every window, so that a note is as long on every laptop."""
ENOUGH_LINES = 10
"""Lines that are enough for what happened; eight to ten, as those say who teach the writing of peer notes."""

_IDEOGRAPHS = "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
_IDEOGRAPH = re.compile(f"[{_IDEOGRAPHS}]")
_BETWEEN = re.compile(r"[\s/–—…]+")
_WIDE = frozenset("WF")
_UNSEEN = frozenset({"Mn", "Me", "Cf"})


@dataclass(frozen=True, slots=True)
class Length:
    """How long a text is.

    Attributes:
        words: A hyphen or an apostrophe inside a word does not end it. Each sign of Chinese and Japanese is one,
            as no spaces stand there; an emoji or a dash is none.
        lines: Lines of `CELLS_OF_A_LINE` cells that its paragraphs fill; an empty one between them is none.
    """

    words: int
    lines: int

    @property
    def is_long(self) -> bool:
        """Whether it is longer than is enough."""
        return self.lines > ENOUGH_LINES


def length(text: str) -> Length:
    """How long a text is; the time grows with the text alone."""
    return Length(count_words(text), sum(-(-_cells(line) // CELLS_OF_A_LINE) for line in text.split("\n")))


def count_words(text: str) -> int:
    """The words of a text; see `Length`."""
    signs = 0
    if not text.isascii():
        text, signs = _IDEOGRAPH.subn(" ", text)
    return signs + sum(1 for part in _BETWEEN.split(text) if part.isalnum() or any(map(str.isalnum, part)))


def _cells(line: str) -> int:
    line = line.rstrip()
    if line.isascii():
        return len(line)
    return sum(_width(sign) for sign in line)


def _width(sign: str) -> int:
    if unicodedata.category(sign) in _UNSEEN:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in _WIDE else 1
