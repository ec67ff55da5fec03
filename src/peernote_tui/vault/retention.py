"""Which backups are worth their room: many of the last days, few of the last year."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import UTC, datetime

DAYS, WEEKS, MONTHS = 7, 4, 12
FEWEST = 3


def to_keep(moments: Iterable[datetime]) -> frozenset[datetime]:
    """The instants whose backups stay: the last of each of 7 days, 4 weeks and 12 months, and always the last 3.

    Days, weeks (ISO 8601) and months are those of UTC, and only those in which there is a backup count, so that
    a laptop that lay in a drawer for a year keeps as many as one in daily use.

    Args:
        moments: When each backup was made; aware.
    """
    newest_first = sorted({moment.astimezone(UTC) for moment in moments}, reverse=True)
    kept = set(newest_first[:FEWEST])
    kept |= _last_of(newest_first, lambda moment: moment.date(), DAYS)
    kept |= _last_of(newest_first, lambda moment: moment.isocalendar()[:2], WEEKS)
    kept |= _last_of(newest_first, lambda moment: (moment.year, moment.month), MONTHS)
    return frozenset(kept)


def _last_of(newest_first: list[datetime], span: Callable[[datetime], Hashable], most: int) -> set[datetime]:
    last: dict[Hashable, datetime] = {}
    for moment in newest_first:
        last.setdefault(span(moment), moment)
    return set(list(last.values())[:most])
