"""What a line that is being typed may go on with; it is only offered, never put in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from peernote_tui.domain.action_line.marks import tag_at
from peernote_tui.domain.action_line.owners import name_at
from peernote_tui.domain.recurrence.rule import DAY_NAMES, MONTH_WORDS

_BEGUN = re.compile(r'(?:^|\s)([@#])("?)((?<=")[^"]*|[^\s"]*)$')
_FEWEST = 3
"""Letters before a day is offered by itself."""
_LAST_WORDS = 4


@dataclass(frozen=True, slots=True)
class LineWords:
    """What action items said before, the most used first: tags without #, and names of owners."""

    tags: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()


def needs_words(line: str) -> bool:
    """Whether completing a line needs the words used before."""
    return _BEGUN.search(line) is not None


def complete_line(line: str, *, words: LineWords, today: date, participant: str = "") -> str:
    """The characters that may follow a line: of an owner after @, of a tag after #, of a day or recurrence begun.

    Args:
        line: What is typed, as far as the cursor.
        words: What was used before.
        today: The local day; of weekdays and months the nearest to come is offered.
        participant: The participant's first name, where it may be shown.
    """
    if match := _BEGUN.search(line):
        sign, quote, begun = match.groups()
        owners = ("me", "both", *((participant,) if participant else ()), "them", *words.owners)
        return _after_sign(sign, quote, begun, words.tags if sign == "#" else owners)
    last = line.split(" ")[-_LAST_WORDS:]
    if not last[-1]:
        return ""
    for count in range(len(last), 0, -1):
        said = " ".join(last[-count:]).casefold()
        if count > 1 or len(said) >= _FEWEST:
            found = [phrase for phrase in _phrases(today) if phrase.startswith(said)]
            if found:
                # What is whole already goes on with nothing: "every week" is no beginning of "weekly".
                return "" if said in found else found[0][len(said) :]
    return ""


def _after_sign(sign: str, quote: str, begun: str, known: Iterable[str]) -> str:
    read = tag_at if sign == "#" else name_at
    for word in known:
        if word[: len(begun)].casefold() != begun.casefold() or '"' in word:
            continue
        if quote:
            return f'{word[len(begun) :]}"'
        # What would be read as something else without quotes is offered behind a quote only.
        if read(sign + word) == word and len(word) > len(begun):
            return word[len(begun) :]
    return ""


def _phrases(today: date) -> Iterator[str]:
    days = [DAY_NAMES[(today + timedelta(days=ahead)).weekday()] for ahead in range(1, 8)]
    months = [MONTH_WORDS[(today.month - 1 + ahead) % 12] for ahead in range(12)]
    yield from ("today", "tomorrow", *days)
    yield from (f"next {day}" for day in days)
    yield from ("every day", "every week", "every weekday", "every month", "every year", "every 2 weeks")
    yield from (f"every {day}" for day in days)
    yield from (f"every other {day}" for day in (*days, "week"))
    yield from (f"every last {day} of the month" for day in days)
    yield from (f"until {month}" for month in months)
    yield from ("end of month", "daily", "weekly", "fortnightly", "monthly", "yearly")
