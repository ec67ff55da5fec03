"""The order of a history of which a part was written in another vault.

Rows stay in the order in which they were added here, whatever the clock said then: a laptop's clock may have been
wrong. Only rows that came later, out of a file, and are older than what stood here already go between by their time, so
that an older consent never undoes a newer withdrawal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Protocol, TypeVar


class _Row(Protocol):
    @property
    def id(self) -> str: ...


_R = TypeVar("_R", bound=_Row)


def in_time_order(rows: Iterable[_R], at: Callable[[_R], datetime], placed: Mapping[str, datetime]) -> tuple[_R, ...]:
    """A history in its order.

    Args:
        rows: In the order in which they were added here.
        at: When a row says it was written.
        placed: By the id of a row that does not stand in its place, the instant at which it belongs.
    """
    found = tuple(rows)
    if not any(row.id in placed for row in found):
        return found
    own = _rising([row for row in found if row.id not in placed], at)
    keyed = [(placed.get(row.id) or own[row.id], row) for row in found]
    return tuple(row for _, row in sorted(keyed, key=itemgetter(0)))


def places_needed(here: Sequence[_R], theirs: Sequence[_R], at: Callable[[_R], datetime]) -> dict[str, datetime]:
    """Where rows of another vault belong that are to be added to a history here; none for those that may follow it.

    No row comes before one that stands before it in either vault.

    Args:
        here: The history as it stands, in its order.
        theirs: The same history in the other vault, in its order there.
        at: When a row says it was written.
    """
    stands = _rising(here, at)
    end = max(stands.values(), default=None)
    if end is None:
        return {}
    there = _rising(theirs, lambda row: max(at(row), stands.get(row.id, at(row))))
    return {each: place for each, place in there.items() if each not in stands and place < end}


def _rising(rows: Sequence[_R], at: Callable[[_R], datetime]) -> dict[str, datetime]:
    """By id the latest moment up to each row, so that a clock that was set back moves no row before another."""
    found: dict[str, datetime] = {}
    latest: datetime | None = None
    for row in rows:
        latest = at(row) if latest is None else max(latest, at(row))
        found[row.id] = latest
    return found
