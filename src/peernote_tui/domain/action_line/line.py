"""What a line means, and the words it is taken apart into."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from peernote_tui.domain.base import LINE, clean_text
from peernote_tui.domain.dates import Toward
from peernote_tui.domain.dates.days import day_readings
from peernote_tui.domain.dates.words import tidy
from peernote_tui.domain.names import fold
from peernote_tui.domain.owner import Owner

LONGEST_TEXT = LINE
"""Characters of what is to be done."""
LONGEST_LINE = 4_000
"""Characters typed: the longest text and everything that can stand beside it."""
MOST_TAGS = 20

ENDING = ".,;:!?"
NOT_AFTER = frozenset(
    {
        "about", "after", "all", "and", "any", "or", "ash", "before", "between", "black", "but", "cyber", "during",
        "each", "easter", "every", "except", "for", "from", "good", "her", "his", "its", "my", "not", "of", "our",
        "palm", "since", "some", "than", "that", "the", "their", "these", "this", "those",
        "through", "thru", "til", "till", "to", "until", "what", "when",
        "with", "without", "your", "mr", "mrs", "ms", "miss", "dr", "ruby", "tgi", "fat", "shrove", "holy", "super",
    }
)  # fmt: skip
"""Words after which a day is part of a phrase: "about friday", "Good Friday", "Mr Friday"."""

_WORD = re.compile(r"""(?<!\S)[@#]"[^"]+"[.,;:!?]*(?!\S)|\S+""")


@dataclass(frozen=True, slots=True)
class ActionLine:
    """What is to be done, who does it (`owner_name` when it is someone else), and by which day."""

    text: str
    owner: Owner
    owner_name: str = ""
    due: date | None = None
    tags: tuple[str, ...] = ()
    confidence: int | None = None
    repeats: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How days are read."""

    today: date
    day_first: bool | None

    def days(self, words: list[str]) -> frozenset[date]:
        """Every day that these words can mean as a whole, toward the future."""
        plain = tidy(" ".join(words))
        found = day_readings(plain, today=self.today, toward=Toward.FUTURE, day_first=self.day_first)
        if not found and plain.endswith(tuple(ENDING)):
            found = day_readings(plain.rstrip(ENDING), today=self.today, toward=Toward.FUTURE, day_first=self.day_first)
        return frozenset() if plain.rstrip(ENDING) == "24/7" else found


def split_words(text: str) -> list[str]:
    """The words of a line; a name or tag in double quotes, as in @"Aunt Anna", is one."""
    return _WORD.findall(clean_text(text))


def bare(word: str) -> str:
    """A word to look up: folded, without the signs around it."""
    return fold(word).strip(ENDING + "'\"()")
