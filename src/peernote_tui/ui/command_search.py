"""What is found in the command palette: by the beginnings of words, and by letters only where no word fits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.fuzzy import FuzzySearch
from textual.style import Style

from peernote_tui.domain.names import fold

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Found:
    """One command that fits what was typed.

    Attributes:
        place: Which of the commands, from 0.
        score: The higher, the nearer; above 0.
        offsets: Letters of its label that fit.
    """

    place: int
    score: float
    offsets: tuple[int, ...]


def search(typed: str, commands: Iterable[tuple[str, str]]) -> list[Found]:
    """Which commands fit, in the order in which they came.

    A word that was typed begins a word of the label, or of the explanation, which counts for less. Only when nothing
    fits so are labels looked through for the letters in their order: any long sentence holds those of a short word.

    Args:
        typed: What was typed.
        commands: Label and explanation of each.
    """
    wanted = [fold(word) for word in _WORD.findall(typed)]
    listed = list(commands)
    if not wanted:
        return []
    by_words = (_by_words(wanted, place, label, tip) for place, (label, tip) in enumerate(listed))
    if found := [each for each in by_words if each]:
        return found
    fuzzy = FuzzySearch()
    by_letters = ((place, fuzzy.match("".join(wanted), label)) for place, (label, _) in enumerate(listed))
    return [Found(place, score, tuple(offsets)) for place, (score, offsets) in by_letters if score > 0]


def shown(label: str, offsets: Sequence[int], style: Style | str) -> Content:
    """A label with the letters that fit in a style; it is never read as markup, for a template's title is in some."""
    content = Content(label)
    for offset in offsets:
        content = content.stylize(style, offset, offset + 1)
    return content


def _by_words(wanted: list[str], place: int, label: str, tip: str) -> Found | None:
    inside = [(fold(word.group()), word.start(), word.end()) for word in _WORD.finditer(label)]
    told = [fold(word) for word in _WORD.findall(tip)]
    score, offsets = 0.0, set[int]()
    for each in wanted:
        fits = next((one for one in inside if one[0].startswith(each)), None)
        if fits is not None:
            # The first word of a label says most, and a word that is typed whole more than its beginning.
            score += 4 + (fits[1] == 0) + (fits[0] == each)
            offsets |= set(range(fits[1], min(fits[2], fits[1] + len(each))))
        elif any(word.startswith(each) for word in told):
            score += 1
        else:
            return None
    return Found(place, score, tuple(sorted(offsets)))
