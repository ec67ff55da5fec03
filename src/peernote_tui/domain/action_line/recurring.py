"""How it recurs: "every friday" and its like, where they can mean nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from peernote_tui.domain.action_line.due import is_weak
from peernote_tui.domain.action_line.line import NOT_AFTER, Reading, bare
from peernote_tui.domain.dates.words import WEEKDAYS, tidy
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.recurrence import Series, end_not_understood, read_series
from peernote_tui.domain.recurrence.rule import DAY_NAMES

_LONGEST, _REACH, _MOST_BEHIND = 16, 32, 12
_PLURALS = frozenset(f"{name}s" for name in DAY_NAMES)
_ADVERBS = frozenset({"daily", "weekly", "fortnightly", "monthly", "yearly", "annually"})
_TWO_WAYS = frozenset({"biweekly", "bi-weekly", "bimonthly", "bi-monthly", "biannually"})
_SIGNS = _PLURALS | _ADVERBS | _TWO_WAYS | {"every", "each", "once"}
_TOLD = frozenset(
    {
        "if", "whether", "what", "whats", "when", "where", "which", "who", "whom", "whose", "how", "why", "that",
        "because", "since", "about", "not", "never", "stop", "avoid", "instead", "don't", "dont", "doesn't", "isn't",
        "is", "are", "was", "were", "says", "said", "open", "opens", "opened", "closed", "closes", "meets", "runs",
        "happens", "costs", "cost", "comes", "goes", "gets", "does", "has", "there",
    }
)  # fmt: skip
"""Words after which "every friday" more often tells of something than says when it is to be done."""
_NOT_RIGHT_AFTER = NOT_AFTER | {
    "a", "an", "almost", "nearly", "hardly", "just", "only", "like", "new", "first", "next", "last", "paid", "pays",
    "twice", "thrice", "times", "x", "semi", "by", "or", "even", "maybe", "least", "most", "as",
}  # fmt: skip
_ENDS = frozenset({"until", "till", "til", "through", "thru", "for", "from", "starting", "beginning"})
_CLOCK = r"(?:\d{1,2}(?::\d\d)? ?[ap]m?|\d{1,2}[:h]\d\d|noon|midnight)"
_TIME = re.compile(
    rf"(?:(?:at|from|by|until|till|before|after|around) )?{_CLOCK}(?: ?(?:-|to|until|till) ?{_CLOCK})?|at \d{{1,2}}"
    r"|(?:in the )?(?:morning|afternoon|evening)s?|(?:at )?night"
)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The words at `places` say a recurrence."""

    places: tuple[int, ...]
    words: str

    def series(self, reading: Reading, first: date | None) -> Series:
        """The rule and its first day.

        Raises:
            InvalidInputError: It can mean two things, or does not fit the first day.
        """
        found = read_series(self.words, today=reading.today, first=first, day_first=reading.day_first)
        if found is None:
            raise end_not_understood()
        return found


def find_recurrence(words: list[str], places: list[int], owner: int | None, reading: Reading) -> Recurrence | None:
    """The recurrence at the end of a line, or at its beginning with a comma or colon behind it.

    At the end a day and a time may follow it. "call every bank", "the monthly bill" and "ask who meets every friday"
    have none.

    Args:
        words: The words of the line.
        places: Those of them that may belong to it, in order: no tag, no confidence, no owner.
        owner: Where the owner stands; right after it nothing but the line's end is looked at.
        reading: How days are read.

    Raises:
        InvalidInputError: Until when it recurs is not understood.
    """
    plain = [bare(words[place]) for place in places]
    if not _SIGNS.intersection(plain):
        return None
    for begin, end in _spans(plain):
        said = " ".join(words[place] for place in places[begin:end])
        if _is_parted(words, places[begin:end], owner) or not _is_read(said, reading):
            continue
        beside = owner is not None and owner < places[begin] and _only_between(places, owner, places[begin])
        ends_line = _may_follow(
            [words[place] for place in places[end:]], reading, beside=owner is not None and owner > places[end - 1]
        )
        leads = begin == 0 and end < len(places) and words[places[end - 1]].endswith((",", ":"))
        if (ends_line and (beside or _may_stand(plain, begin, end))) or leads:
            return Recurrence(tuple(places[begin:end]), said)
    return None


def _spans(plain: list[str]) -> Iterator[tuple[int, int]]:
    """Where a recurrence may stand, the earliest and longest first."""
    starts = [0, *range(max(1, len(plain) - _REACH), len(plain))]
    for begin in starts:
        if not _SIGNS.intersection(plain[begin : begin + 6]):
            continue
        for end in range(min(begin + _LONGEST, len(plain)), begin, -1):
            # In "every friday sat 28 nov" the last weekday belongs to the date.
            dated = end < len(plain) and plain[end][:1].isdigit() and plain[end - 1] in WEEKDAYS
            if not (dated and end - begin > 2 and plain[end - 2] in WEEKDAYS):
                yield begin, end


def _is_parted(words: list[str], span: list[int], owner: int | None) -> bool:
    """Whether the owner stands within: only the end of a recurrence may follow it, no further day."""
    behind = [place for place in span if owner is not None and place > owner]
    return len(behind) < len(span) and bool(behind) and bare(words[behind[0]]) not in _ENDS


def _is_read(said: str, reading: Reading) -> bool:
    """Whether the words are a recurrence, be it one that is refused."""
    try:
        return read_series(said, today=reading.today, day_first=reading.day_first) is not None
    except InvalidInputError:
        return True


def _only_between(places: list[int], owner: int, begin: int) -> bool:
    return not any(owner < place < begin for place in places)


def _may_stand(plain: list[str], begin: int, end: int) -> bool:
    before = plain[:begin]
    if before and (before[-1] in _NOT_RIGHT_AFTER or before[-1] in _SIGNS or _TOLD.intersection(before)):
        return False
    # "meet at Fridays" names a place; "on fridays" and "every friday" do not.
    return not (plain[begin] in _PLURALS and before and end - begin == 1)


def _may_follow(rest: list[str], reading: Reading, *, beside: bool) -> bool:
    """Whether words behind a recurrence are none, a due day, a time, or both."""
    if rest and bare(rest[0]) in {"until", "till", "til"} and not _TIME.fullmatch(tidy(" ".join(rest))):
        raise end_not_understood()
    if len(rest) > _MOST_BEHIND:
        return False
    for cut in range(len(rest) + 1):
        day, at = rest[:cut], tidy(" ".join(rest[cut:])).rstrip(".")
        while day and bare(day[0]) in {"by", "due"}:
            day = day[1:]
        # A weak day stays a word of the text, where it would say another day than the recurrence.
        if (not cut or (day and reading.days(day) and (beside or day != rest[:cut] or not is_weak(day)))) and (
            not at or _TIME.fullmatch(at)
        ):
            return True
    return False
