"""Which backups are worth their room: many of the last days, few of the last year."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import UTC, date, datetime, timedelta

DAYS, WEEKS, MONTHS = 7, 4, 12
FEWEST = 3
_LONGEST_DAYS = 2 * 366


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


def leaving_days(moments: Iterable[datetime], now: datetime) -> dict[datetime, date]:
    """On which day each of the backups goes, when there is a new one every day from now on.

    Args:
        moments: When each backup was made; aware.
        now: The present instant; aware.

    Returns:
        The day (UTC) by the instant; one that would stay for more than two years is left out.
    """
    watched = set(moments)
    there = {moment.astimezone(UTC): moment for moment in watched}
    found: dict[datetime, date] = {}
    coming = now.astimezone(UTC)
    for _ in range(_LONGEST_DAYS):
        if not watched:
            break
        coming += timedelta(days=1)
        there[coming] = coming
        kept = to_keep(there)
        for moment in [each for each in there if each not in kept]:
            original = there.pop(moment)
            if original in watched:
                watched.discard(original)
                found[original] = coming.date()
    return found


def _last_of(newest_first: list[datetime], span: Callable[[datetime], Hashable], most: int) -> set[datetime]:
    last: dict[Hashable, datetime] = {}
    for moment in newest_first:
        last.setdefault(span(moment), moment)
    return set(list(last.values())[:most])
