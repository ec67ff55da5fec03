"""Where the lines of a paragraph end, found by the widths of whole words; and what can be drawn letter by letter.

The library that draws the pages breaks lines too, but has the shaping engine measure every letter and, at every letter,
the line so far. Words come again and again, so that they are measured once here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import TypeAlias

from fpdf.bidi import BidiParagraph
from fpdf.enums import TextDirection

Measure: TypeAlias = Callable[[str], float]
"""How wide a text is, in the unit of the line."""

_PLAIN = re.compile(
    r"[ -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u058f\u10a0-\u10ff\u1e00-\u1fff\u2010-\u2027\u2030-\u205e"
    r"\u2070-\u209f\u20a0-\u20c0\u2100-\u2bff\u2c60-\u2c7f\u2e80-\u3029\u3030-\u3098\u309b-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    r"\uff01-\uffe6\ufffd]*"
)
"""Scripts that are written from the left, one sign a letter: Latin, Greek, Cyrillic, Armenian, Georgian, Chinese,
Japanese, Korean, and signs. No combining accents, no joiners, no soft hyphens."""
_SPACES = r" \u1680\u2000-\u2006\u2008-\u200b\u205f\u3000"
_HAN = r"\u2e80-\u2fff\u3003-\u3007\u3012-\u301b\u3021-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_OPENING, _CLOSING = (
    "([{“‘「『（［｛〈《【〔",
    ")]}”’」』）］｝〉》】〕、。，．！？：；…々ーぁぃぅぇぉっゃゅょァィゥェォッャュョ",
)
_TOKENS = re.compile(
    rf"([{_SPACES}]*)([{re.escape(_OPENING)}]*[{_HAN}][{re.escape(_CLOSING)}]*|[^{_SPACES}{_HAN}]{{1,400}}|$)"
)
"""A word with the spaces before it; a sign of Chinese or Japanese is one. A word of endless length is cut."""
_LEANS = re.compile(
    r"[\u00ad\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff"
    r"\U0001e800-\U0001efff]"
)
"""What is written from the right, or says which way others go; and the soft hyphen."""
_SOFT_HYPHEN = "\u00ad"
_TOLERANCE = 0.001


def is_plain(text: str) -> bool:
    """Whether a text can be drawn letter by letter, without a shaping engine."""
    return _PLAIN.fullmatch(text) is not None


def broken(text: str, width: float, measure: Measure) -> list[str]:
    """The lines of a paragraph, none of them wider than there is room; one where it is empty.

    Spaces at which a line ends are left out, as they are in print; the others stand as they were typed.
    """
    lines: list[str] = []
    line, wide = "", 0.0
    for space, word in _TOKENS.findall(text):
        gap, long = measure(space), measure(word)
        if line and wide + gap + long > width + _TOLERANCE:
            lines.append(line)
            line, wide, space, gap = "", 0.0, "", 0.0  # noqa: PLW2901 the space went with the end of the line
        while gap + long > width + _TOLERANCE and len(space + word) > 1:
            at = _fitting(space + word, width, measure)
            lines.append((space + word)[:at])
            space, word, gap = "", (space + word)[at:], 0.0  # noqa: PLW2901 what is left of it
            long = measure(word)
        line, wide = line + space + word, wide + gap + long
    return [*lines, line.rstrip(" ")] if line or not lines else lines


def _fitting(text: str, width: float, measure: Measure) -> int:
    """How many of the letters of a word that is too long stand on one line; an accent stays with its letter."""
    low, high = 1, len(text) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(text[:middle]) <= width + _TOLERANCE else (low, middle - 1)
    while low > 1 and unicodedata.category(text[low]) in {"Mn", "Mc", "Me", "Cf"}:
        low -= 1
    return low


def stand_alone(lines: list[str], text: str, *, right: bool) -> bool:
    """Whether each of the lines of a paragraph can be drawn without the others (Unicode UAX 9).

    Which way a comma or a number stands is a matter of what comes before and after it, on other lines too; and a soft
    hyphen is seen only where a line ends at it.

    Args:
        lines: Of the paragraph.
        text: All of it.
        right: Whether the paragraph begins at the right.
    """
    if _LEANS.search(text) is None:
        return True
    if _SOFT_HYPHEN in text:
        return False
    whole, at = _ways(text, right=right), 0
    for line in lines:
        at = text.index(line, at)
        if _ways(line, right=right) != whole[at : at + len(line)]:
            return False
        at += len(line)
    return True


def _ways(text: str, *, right: bool) -> str:
    base = TextDirection.RTL if right else TextDirection.LTR
    runs = BidiParagraph(text, base, preserve_bn_chars=True).get_bidi_fragments()
    return "".join(("R" if way is TextDirection.RTL else "L") * len(run) for run, way in runs)
